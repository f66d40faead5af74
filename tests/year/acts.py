"""What people and machines do in a year, each as one act on a real office; refusals are part of life.

Nothing is decided here that the office decides: an act picks who does what to which line, and calls the same
operation that a page or a command calls.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from documents.errors import NotSure, Trouble
from documents.events import Arrival, DocumentRead, DocumentReceived
from documents.lines import OPEN_STATES, LineNumber, LineState
from documents.people import Officer, PersonId
from documents.reading import Reading
from documents.record import AssignmentRecord
from documents.status import DocumentId, Status
from office import extensions, lines
from office.direction import DirectionUnclear, give_direction
from office.lines import OnLine, seen_of
from office.office import Office, local_day
from office.reassign import reassign
from office.review import confirm_document
from office.views import ReviewAnswer
from office.work import settle
from registry.engine import Registry
from registry.queue import claim

LEASE = dt.timedelta(minutes=10)


class Killed(BaseException):
    """The process that was at work is no more; what it had committed stands."""


@contextmanager
def killed_after(writes: int) -> Iterator[None]:
    """Let the process die when it opens its next transaction after so many; the block ends quietly."""
    left = writes
    opened = Registry.book

    def book(self: Registry, *args: object, **more: object) -> object:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        return opened(self, *args, **more)  # type: ignore[arg-type]

    with mock.patch.object(Registry, "book", book):
        try:
            yield
        except Killed:
            return


def arrive(office: Office, number: int, reading: Reading, *, now: dt.datetime) -> tuple[DocumentId, Status]:
    """A paper comes in, is read as `reading`, and goes as far as its checks allow."""
    name = f"{number:06d}"
    document = DocumentId(hashlib.sha256(name.encode()).hexdigest()[:12])
    with office.registry.book("intake", now) as book:
        book.record(
            DocumentReceived(
                document=document,
                sha256=hashlib.sha256(name.encode()).hexdigest(),
                size=1000,
                media_type="application/pdf",
                arrival=Arrival(folder="nhan", name=f"{name}.pdf", inode=number, mtime_ns=number, size=1000),
            )
        )
    claimed = claim(office.registry, "year", now, LEASE, "head")
    assert claimed is not None
    with office.registry.book("reader:year", now) as book:
        book.record(
            DocumentRead(document=claimed.document, attempt=claimed.attempt, reading=reading, page_count=1)
        )
        return claimed.document, settle(book, claimed.document, reading)


def review(
    office: Office, document: DocumentId, clerk: Officer, rng: random.Random, *, now: dt.datetime
) -> bool:
    """The clerk answers every question with one of its candidates, or names a lead; False when refused."""
    with office.view() as view:
        record = view.document(document)
        staff = [p for p in view.directory().active(local_day(now)) if p.unit]
    chosen = {
        question.about: rng.choice(question.candidates or (str(rng.choice(staff).id),))
        for question in record.questions
        if question.about
    }
    asked_lead = next((q for q in record.questions if q.topic == "lead"), None)
    leads = (asked_lead.candidates if asked_lead else ()) or (str(rng.choice(staff).id),)
    lead = rng.choice(leads) if asked_lead or not record.proposal else None
    answer = ReviewAnswer(chosen=chosen, lead=lead)
    return _insisting(
        lambda sure: confirm_document(
            office,
            document,
            by=clerk,
            answer=ReviewAnswer(chosen=chosen, lead=answer.lead, sure=sure),
            now=now,
        )
    )


def direct(office: Office, document: DocumentId, leader: Officer, text: str, *, now: dt.datetime) -> bool:
    """The leader gives a direction; what is unclear is answered with the first candidate."""
    chosen: dict[str, str] = {}
    lead: str | None = None
    for _ in range(4):
        try:
            return _insisting(
                lambda sure: give_direction(
                    office, document, text, said_by=leader.id, by=leader, now=now, lead=lead, chosen=chosen, sure=sure  # noqa: B023
                )
            )  # fmt: skip
        except DirectionUnclear as unclear:
            for question in unclear.facts["questions"]:
                if question.topic == "lead" and question.candidates:
                    lead = question.candidates[0]
                elif question.about and question.candidates:
                    chosen[question.about if question.topic != "due" else "due"] = question.candidates[0]
    return False


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as somebody looks at it, and the office it is in."""

    office: Office
    document: DocumentId
    record: AssignmentRecord

    def by(self, person: Officer) -> OnLine:
        """This line, to be acted on by that person."""
        return OnLine(document=self.document, line=self.record.line, by=person, seen=seen_of(self.record))


def look(office: Office, document: DocumentId, line: LineNumber) -> Seen | None:
    """The line as it is now, None when it is gone."""
    with office.view() as view:
        found = next((one for one in view.assignments(document) if one.line == line), None)
    return Seen(office, document, found) if found else None


def holder_of(seen: Seen, staff: dict[PersonId, Officer]) -> Officer | None:
    """Who has the line."""
    return staff.get(seen.record.holder) if seen.record.holder else None


def work_on(seen: Seen, staff: dict[PersonId, Officer], rng: random.Random, *, now: dt.datetime) -> str:
    """The holder of a line does what comes next; returns the name of the act, or of its refusal."""
    holder = holder_of(seen, staff)
    if holder is None or seen.record.state not in OPEN_STATES:
        return "nothing"
    on, office = seen.by(holder), seen.office
    colleagues = [p for p in staff.values() if p.unit == holder.unit and p.id != holder.id]
    if seen.record.state is LineState.OPEN:
        if colleagues and rng.random() < 0.3:
            to = rng.choice(colleagues)
            return _try(
                "hand on", lambda: lines.hand_on(office, on, to=str(to.id), direction="Xử lý", now=now)
            )
        if rng.random() < 0.03:
            return _try("return", lambda: lines.give_back(office, on, reason="Không đúng việc", now=now))
        return _try("accept", lambda: lines.accept(office, on, now=now))
    throw = rng.random()
    if throw < 0.15:
        return _try("report", lambda: lines.report_progress(office, on, note="Đã làm một nửa", now=now))
    if throw < 0.25 and seen.record.due:
        wanted = max(seen.record.due, local_day(now)) + dt.timedelta(rng.randint(3, 10))
        return _try(
            "ask extension",
            lambda: extensions.ask_extension(office, on, wanted=wanted, reason="Chờ số liệu", now=now),
        )
    return _try("finish", lambda: lines.finish(office, on, result="Đã trả lời", reply="12/STTTT", now=now))


def answer_extension(seen: Seen, by: Officer, rng: random.Random, *, now: dt.datetime) -> str:
    """Whoever may answer grants what is asked for, or does not."""
    on, office = seen.by(by), seen.office
    if seen.record.asked_due is None:
        return "nothing"
    if rng.random() < 0.3:
        return _try("refuse", lambda: extensions.refuse_extension(office, on, reason="Việc gấp", now=now))
    return _try(
        "grant", lambda: _insisting(lambda sure: extensions.grant_extension(office, on, sure=sure, now=now))
    )


def give_again(seen: Seen, clerk: Officer, rng: random.Random, *, now: dt.datetime) -> str:
    """The clerk gives a line that came back to somebody else."""
    with seen.office.view() as view:
        staff = [p for p in view.directory().active(local_day(now)) if p.unit]
    to = rng.choice(staff)
    return _try(
        "reassign",
        lambda: reassign(seen.office, seen.by(clerk), to=str(to.id), reason="Đúng người hơn", now=now),
    )


def _try(name: str, act: Callable[[], object]) -> str:
    try:
        act()
    except Trouble as trouble:
        return f"{name} refused: {trouble.code}"
    return name


def _insisting(act: Callable[[str | None], object]) -> bool:
    """Do it; when the office asks whether one is sure, insist once."""
    try:
        act(None)
    except NotSure as asked:
        act(asked.token)
    return True
