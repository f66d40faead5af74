"""Whatever is asked of a register, the search finds what a look at every line would, on both databases."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

import pytest
import sqlalchemy as sa

from documents.decisions import Assignee, Role
from documents.events import DocumentSealed
from documents.lines import OPEN_STATES, LineNumber
from documents.people import PersonId
from documents.reach import ALL, Reach
from documents.record import AssignmentRecord
from documents.register import LineKind, RegisterAsk
from documents.status import Status
from documents.text import fold
from documents.work import LineAccepted, LineFinished, LineHandedOn
from registry import book_search, search
from registry.book_search import find_lines
from registry.engine import Registry
from registry.records import assignment_of
from registry.search import pieces_of
from registry.tables import AssignmentRow, DocumentRow, EntryRow, FieldRow, MarkRow, SearchRow
from registry.view import View
from tests.registry.builders import (
    HOA,
    INCOMING,
    LINH,
    NOW,
    OFFICE,
    PRESS,
    TODAY,
    XUAN,
    an_office,
    assigned,
    cancelled,
    name,
    read,
    received,
    registered,
    started,
)

YEAR, PAPERS = 2012, 60
WORDS = ("báo chí", "y tế", "tài chính", "đối ngoại", "thanh tra", "bào chế")
TYPES = ("Công văn", "Kế hoạch", "Báo cáo")
ISSUERS = ("Sở Nội vụ", "Sở Y tế", "UBND tỉnh Tây Ninh", "Công an tỉnh")
PEOPLE, UNITS = (HOA, LINH, XUAN), (PRESS, OFFICE)
REACHES = {
    "all": ALL,
    "all but restricted": Reach(person=HOA, people=frozenset({HOA}), everything=True),
    "an officer": Reach(person=LINH, people=frozenset({LINH})),
    "in the place of another": Reach(person=LINH, people=frozenset({LINH}), stands_in_for=frozenset({XUAN})),
    "a head": Reach(person=XUAN, people=frozenset({XUAN, LINH}), units=frozenset({PRESS})),
    "a stranger": Reach(person=PersonId("ai"), people=frozenset({PersonId("ai")})),
}


def fill(registry: Registry) -> None:
    """Papers of every kind, in every state, some entered twice; numbers do not follow the arrivals."""
    said = random.Random(16)
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        order = list(range(1, PAPERS + 1))
        for number in order:
            book.record(received(number))
            book.record(started(name(number)))
            text = " ".join(said.choices(WORDS, k=2))
            book.record(
                read(
                    name(number),
                    text=text,
                    number_symbol=f"{number:02}/KH-UBND",
                    doc_type=said.choice(TYPES),
                    subject=f"Về {said.choice(WORDS)}",
                    issuer=said.choice(ISSUERS),
                    **({"urgency": "Khẩn"} if said.random() < 0.2 else {}),
                    **({"secrecy": "MẬT"} if said.random() < 0.2 else {}),
                )
            )
        said.shuffle(order)
        for place, number in enumerate(order):
            day = TODAY + dt.timedelta(place // 6)
            entered, _ = book.allot_number(INCOMING, YEAR)
            book.record(registered(name(number), entered, arrival_date=day))
            if said.random() < 0.15:
                book.record(cancelled(name(number), entered))
                if said.random() < 0.5:
                    again, _ = book.allot_number(INCOMING, YEAR)
                    book.record(registered(name(number), again, arrival_date=day))
                continue
            due = TODAY + dt.timedelta(said.randrange(20)) if said.random() < 0.7 else None
            lead = {"unit": said.choice(UNITS)} if said.random() < 0.3 else {"person": said.choice(PEOPLE)}
            others = [Assignee(role=Role.INFORM, person=one) for one in PEOPLE if said.random() < 0.15]
            book.record(assigned(name(number), Assignee(role=Role.LEAD, due=due, **lead), *others))
            line = {"document": name(number), "line": LineNumber(1), "role": Role.LEAD}
            if said.random() < 0.2:
                given = {"stands_in_for": XUAN} if said.random() < 0.5 else {}
                book.record(LineHandedOn(**line, to=LINH, direction="Xử lý", **given))
            if said.random() < 0.5:
                book.record(LineAccepted(**line))
                if said.random() < 0.6:
                    book.record(LineFinished(**line, result="Xong"))
            if said.random() < 0.07:
                book.record(DocumentSealed(document=name(number), attempt=None))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A register that tests only look at."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('book') / 'registry.db'}"
    else:
        server = request.getfixturevalue("postgresql_server")
        url = server.url(server.create())
    registry = Registry(url)
    registry.migrate()
    fill(registry)
    yield registry
    registry.close()


@dataclass(frozen=True)
class Known:
    """A line of the register as its own rows tell it, whatever it is found by."""

    entry: EntryRow
    arrived: int
    status: Status
    fields: dict[str, str]
    lines: tuple[AssignmentRecord, ...]
    head: str
    text: str

    @property
    def is_restricted(self) -> bool:
        return self.status is Status.SEALED or bool(self.fields.get("secrecy"))

    def is_told(self, reach: Reach, pieces: list[str]) -> bool:
        covered = reach.covers(self.lines, restricted=self.is_restricted)
        in_head = not self.is_restricted and all(piece in self.head for piece in pieces)
        return in_head or (covered and all(piece in f"{self.head} {self.text}" for piece in pieces))

    def fits(self, ask: RegisterAsk) -> bool:
        day, taken = self.entry.arrival_date, self.entry.state == "taken"
        open_lines = [line for line in self.lines if line.state in OPEN_STATES]
        kinds = {
            LineKind.OPEN: taken and self.status in (Status.REGISTERED, Status.ASSIGNED, Status.IN_PROGRESS),
            LineKind.DONE: taken and self.status is Status.DONE,
            LineKind.CANCELLED: self.entry.state == "cancelled",
        }
        return all(
            (
                not ask.since or (day is not None and day >= ask.since),
                not ask.until or (day is not None and day <= ask.until),
                not ask.issuer or fold(self.fields.get("issuer", "")).startswith(fold(ask.issuer)),
                not ask.doc_type or fold(self.fields.get("doc_type", "")) == fold(ask.doc_type),
                not ask.urgency or fold(self.fields.get("urgency", "")) == fold(ask.urgency),
                not ask.person or any(ask.person in (line.person, line.holder) for line in self.lines),
                not ask.unit or any(line.unit == ask.unit for line in self.lines),
                not ask.overdue_on
                or any(line.due is not None and line.due < ask.overdue_on for line in open_lines),
                ask.kind is None or kinds[ask.kind],
            )
        )


def known_lines(view: View) -> list[Known]:
    session = view.session
    found = []
    for entry in session.scalars(sa.select(EntryRow).where(EntryRow.document.is_not(None))):
        assert entry.document
        document = session.get_one(DocumentRow, entry.document)
        fields = session.scalars(sa.select(FieldRow).where(FieldRow.document == document.id))
        lines = session.scalars(sa.select(AssignmentRow).where(AssignmentRow.document == document.id))
        words = session.get(SearchRow, document.arrived)
        found.append(
            Known(
                entry=entry,
                arrived=document.arrived,
                status=document.status,
                fields={one.name: one.value for one in fields if isinstance(one.value, str)},
                lines=tuple(assignment_of(line, None, None, None) for line in lines),
                head=words.head if words else "",
                text=words.body if words else "",
            )
        )
    return found


def random_ask(said: random.Random) -> RegisterAsk:
    """One to four things asked at once."""
    first = TODAY + dt.timedelta(said.randrange(8))
    kinds = (LineKind.OPEN, LineKind.DONE, LineKind.CANCELLED)
    possible = [
        {"text": said.choice((*WORDS, "bao", "tinh tay", "te", "kh ubnd", "bao chi y te", "ve tai"))},
        {"text": fold(said.choice(WORDS))},
        {"since": first, "until": first + dt.timedelta(said.randrange(4))},
        {"since": first},
        {"until": first},
        {"issuer": said.choice(("sở", "so noi", "ubnd", "công an tỉnh", "không có"))},
        {"doc_type": said.choice(TYPES)},
        {"person": said.choice(PEOPLE)},
        {"unit": said.choice(UNITS)},
        {"kind": said.choice(kinds)},
        {"urgency": "khan"},
        {"overdue_on": first},
    ]
    asked: dict[str, object] = {"year": YEAR}
    for one in said.sample(possible, k=said.randint(1, 4)):
        asked |= one
    return RegisterAsk(**asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("reach", [pytest.param(reach, id=who) for who, reach in REACHES.items()])
@pytest.mark.parametrize(
    "small", [pytest.param(False, id="as it is"), pytest.param(True, id="as in a large one")]
)
def test_finds_what_a_look_at_every_line_would(
    small: bool, reach: Reach, filled: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    if small:
        for module, setting, value in (
            (book_search, "_COUNTED", 10),
            (book_search, "_FEW", 3),
            (book_search, "_READ_FIRST", 2),
            (book_search, "_READ_AT_MOST", 4),
            (search, "_NEWEST", 5),
            (search, "_RARE", 1),
        ):
            monkeypatch.setattr(module, setting, value)
    said = random.Random(f"{reach} {small}")
    met = 0
    with filled.view() as view:
        known = known_lines(view)
        for _ in range(40):
            ask = random_ask(said)
            rows = find_lines(view, INCOMING, ask, reach, 200)
            pieces = pieces_of(ask.text)
            told = [
                one
                for one in known
                if one.fits(ask) and (not ask.tells_content or one.is_told(reach, pieces))
            ]
            assert sorted(row.number for row in rows) == sorted(one.entry.number for one in told), ask
            assert [row.place for row in rows] == sorted((row.place for row in rows), reverse=True), ask
            first = find_lines(view, INCOMING, ask, reach, 3)
            assert [row.place for row in first] == [row.place for row in rows[:3]], ask
            if rows:
                further = find_lines(view, INCOMING, _from(ask, rows[0].place), reach, 200)
                expected = [row.number for row in rows if row.place < rows[0].place]
                assert sorted(row.number for row in further) == sorted(expected), ask
            met += len(rows)
    assert met > 30 or reach is REACHES["a stranger"], "the questions must find something"


def _from(ask: RegisterAsk, before: int) -> RegisterAsk:
    return RegisterAsk(**{**{name: getattr(ask, name) for name in RegisterAsk.__slots__}, "before": before})


def test_marks_kept_step_by_step_are_those_made_from_nothing(filled: Registry) -> None:
    def marks() -> tuple[object, ...]:
        lines = session.execute(
            sa.select(EntryRow.number, EntryRow.arrived, EntryRow.due, EntryRow.marks).order_by(
                EntryRow.number
            )
        )
        listed = session.execute(sa.select(MarkRow.book, MarkRow.year, MarkRow.mark, MarkRow.arrived))
        return (
            [(n, arrived, due, set(said.split("\n"))) for n, arrived, due, said in lines],
            {tuple(row) for row in listed},
        )

    with filled.writing() as session:
        kept = marks()
        session.execute(sa.delete(MarkRow))
        session.execute(sa.update(EntryRow).values(marks="", arrived=None, due=None))
        import_module("registry.migrations.versions.0016_register_marks").fill(session.connection())
        session.expire_all()
        assert marks() == kept
