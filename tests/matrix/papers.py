"""An office with a paper of every kind for every role, each with words of its own that nobody else may see."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from documents.events import (
    DocumentRead,
    DocumentReceived,
    DocumentSealed,
    EntryCancelled,
    PageKept,
    PersonSaved,
    ReviewAsked,
)
from documents.lines import LineNumber
from documents.page import Box, Source
from documents.people import Officer, PersonId, UnitId
from documents.reading import FieldName, FieldReading, Reading
from documents.status import DocumentId
from documents.work import LineHandedOn, LineReturned
from gateways.store import Beside
from office import drafts
from office.delegations import add_delegation
from office.office import Office
from registry.book import Book
from tests.matrix.places import COMMON
from tests.matrix.should_be import Role, Whose
from tests.office import lines_at_work as people
from tests.office.lines_at_work import inform, lead
from tests.offices import MORNING
from tests.registry.builders import arrival, assigned, registered, started

AWAY = Officer(id=PersonId("dung"), name="Hồ Tiến Dũng", unit=UnitId("khtc"), email="dung@so.example")
"""For whose whole work the officer stands in."""
WHO: dict[Role, Officer] = {
    Role.CLERK: people.HOA,
    Role.OFFICER: people.LINH,
    Role.HEAD: people.XUAN,
    Role.LEADER: people.LEADER,
    Role.INSPECTOR: people.OBSERVER,
    Role.ADMIN: people.ADMIN,
}
_UNITS = {
    person.id: person.unit for person in (*WHO.values(), people.SECOND, people.LAN, people.STRANGER, AWAY)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper: who has it, who had it, what it bears."""

    number: int
    marked: bool = False
    holder: PersonId | None = None
    handed_by: PersonId | None = None
    is_sealed: bool = False
    is_cancelled: bool = False

    @property
    def id(self) -> DocumentId:
        """Its id."""
        return DocumentId(f"vb{self.number}")

    @property
    def subject(self) -> str:
        """A word of its subject that stands in no other paper."""
        return f"chimse{self.number:02}x"

    @property
    def inner(self) -> str:
        """A word of its text, signer, file name and history, which no line of the register shows."""
        return f"hangsau{self.number:02}x"

    @property
    def has_line(self) -> bool:
        """Whether it was given to somebody."""
        return not self.is_sealed and bool(self.holder or self.handed_by)

    def whose(self, role: Role) -> Whose:
        """Whose it is, seen by that role."""
        return _marked(self._whose(role)) if self.marked and not self.is_sealed else self._whose(role)

    def _whose(self, role: Role) -> Whose:
        me = WHO[role].id if role in WHO else PersonId("")
        if self.is_sealed:
            return Whose.SEALED
        if not self.has_line:
            return Whose.WAITING
        if self.holder == me:
            return Whose.OWN
        if self.handed_by == me:
            return Whose.HANDED
        if self.holder == AWAY.id and role is Role.OFFICER:
            return Whose.STOOD_IN
        return Whose.UNIT if _UNITS.get(me) and _UNITS[me] in self._units else Whose.ELSEWHERE

    @property
    def _units(self) -> set[UnitId | None]:
        """The units of whom it was given to, who has it, and who stands in for them."""
        stands_in = people.LINH.id if self.holder == AWAY.id and not self.marked else None
        return {_UNITS[one] for one in (self.holder, self.handed_by, stands_in) if one}


def _marked(whose: Whose) -> Whose:
    return Whose(f"{whose}+")


def _papers() -> Iterator[Paper]:
    holders = [*WHO.values(), people.SECOND, people.LAN, people.STRANGER, AWAY]
    kinds: list[dict[str, PersonId | bool | None]] = [{"holder": one.id} for one in holders]
    kinds.append({"holder": people.STRANGER.id, "handed_by": people.LINH.id})
    kinds.append({"handed_by": people.STRANGER.id})
    kinds.append({"holder": people.STRANGER.id, "is_cancelled": True})
    kinds.append({})
    number = 0
    for kind in kinds:
        for marked in (False, True):
            number += 1
            yield Paper(number=number, marked=marked, **kind)  # type: ignore[arg-type]
    yield Paper(number=number + 1, marked=True, is_sealed=True)


PAPERS = tuple(_papers())


def papers_of(role: Role) -> dict[Whose, Paper]:
    """One paper of each kind that there is for that role."""
    found: dict[Whose, Paper] = {}
    for paper in PAPERS:
        if not paper.is_cancelled:
            found.setdefault(paper.whose(role), paper)
    return found


@contextmanager
def filled(home: Path) -> Iterator[Office]:
    """The office with all papers in it, one delegation and one draft of the rules."""
    with people.at_work(home) as office:
        with office.registry.book("test", MORNING) as book:
            book.record(PersonSaved(person=AWAY))
            for paper in PAPERS:
                _bring(office, book, paper)
        add_delegation(
            office,
            giver=AWAY.id,
            taker=people.LINH.id,
            since=people.TODAY,
            until=people.TODAY,
            instrument="GUQ số 3",
            by=people.ADMIN.id,
            now=MORNING,
        )
        with office.view() as view:
            text = view.rule_versions("giao_viec")[-1].text
        drafts.draft_table(
            office, text.replace("bcxb", "khtc"), by=people.HOA.id, actor=people.HOA.id, now=MORNING
        )
        yield office


def _bring(office: Office, book: Book, paper: Paper) -> None:
    kept = office.store.keep_bytes(b"%PDF-1.4 " + paper.inner.encode())
    picture = office.store.keep_bytes(b"\xff\xd8\xff" + paper.inner.encode())
    beside = office.settings.home / "tam.pdf"
    beside.write_bytes(b"%PDF-1.4 searchable " + paper.inner.encode())
    office.store.keep_beside(kept.sha256, Beside.SEARCHABLE, beside)
    document = paper.id
    book.record(
        DocumentReceived(
            document=document,
            sha256=kept.sha256,
            size=kept.size,
            media_type="application/pdf",
            arrival=arrival(paper.number, name=f"{paper.inner}.pdf"),
        )
    )
    book.record(started(document))
    if paper.is_sealed:
        book.record(DocumentSealed(document=document, attempt=1))
        return
    book.record(
        DocumentRead(
            document=document,
            attempt=1,
            reading=_reading(paper),
            page_count=1,
            pages=(PageKept(number=1, picture_sha256=picture.sha256, width_px=10, height_px=10),),
            text=f"{COMMON} {paper.inner}",
        )
    )
    book.record(ReviewAsked(document=document, reasons=(f"Chữ {paper.inner} mờ.",)))
    if not paper.has_line:
        return
    book.record(registered(document, book.allot_number("den", 2012)[0]))
    first = paper.handed_by or paper.holder
    book.record(assigned(document, lead(_person(first)), inform("ttra")))
    line = book.assignments(document)[0]
    at = {"document": document, "line": LineNumber(line.line), "role": line.role}
    if paper.handed_by and paper.holder:
        book.record(LineHandedOn(**at, to=paper.holder, direction=paper.inner))  # type: ignore[arg-type]
    elif paper.handed_by:
        book.record(LineReturned(**at, reason=paper.inner))  # type: ignore[arg-type]
    if paper.is_cancelled:
        entry = book.document(document).entry
        assert entry is not None
        cancelled = {"book": entry.book, "year": entry.year, "number": entry.number}
        book.record(EntryCancelled(document=document, reason=paper.subject, **cancelled))  # type: ignore[arg-type]


def _person(who: PersonId | None) -> Officer:
    known = (*WHO.values(), people.SECOND, people.LAN, people.STRANGER, AWAY)
    return next(one for one in known if one.id == who)


def _reading(paper: Paper) -> Reading:
    values = {
        FieldName.SUBJECT: f"Kế hoạch {paper.subject} năm 2012",
        FieldName.ISSUER: f"SỞ {paper.subject.upper()}",
        FieldName.NUMBER_SYMBOL: f"{paper.number}/{paper.subject.upper()}",
        FieldName.DOC_TYPE: "Kế hoạch",
        FieldName.URGENCY: "Khẩn",
        FieldName.SIGNER_NAME: f"Ông {paper.inner}",
        **({FieldName.SECRECY: "MẬT"} if paper.marked else {}),
    }
    return Reading(
        {
            name: FieldReading(
                name=name,
                value=value,
                checked=True,
                page=1,
                box=Box(0.1, 0.2, 0.3, 0.25),
                source=Source.OCR,
                evidence=(f"Thấy {paper.inner}.",),
            )
            for name, value in values.items()
        }
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """The registry as it was, to be put back after something was changed."""

    live: Path
    copy: Path

    @staticmethod
    def of(office: Office) -> Kept:
        """Keep the registry as it is now."""
        kept = Kept(office.settings.home / "registry.db", office.settings.home / "kept.db")
        _copy(kept.live, kept.copy)
        return kept

    def put_back(self) -> None:
        """Let the registry be as it was."""
        _copy(self.copy, self.live)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
