"""What officers do with their work: each step is one function and one transaction.

Every step says what the person saw of the line. When it has changed meanwhile, the step is refused and says
what is now: a stale page never writes over somebody's word.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from documents.errors import LineChanged, NotAllowed, Refused, TextTooLong
from documents.lines import LineNumber, LineState
from documents.people import Duty, Officer, PersonId
from documents.record import AssignmentRecord
from documents.status import DocumentId
from documents.text import nfc, visible
from documents.wording import LINE_STATE_LABELS
from documents.work import (
    LineAccepted,
    LineFinished,
    LineHandedOn,
    LineRead,
    LineReopened,
    LineReturned,
    ProgressReported,
)
from office.absence import follow_document, holder_for, matter_of
from office.office import Office, local_day
from office.phrase import Phrase
from office.policy import Act, may
from office.typed import plain
from registry.absence import load_delegations
from registry.book import Book
from registry.view import View

LONGEST_WORDS = 2000


class WordsMissing(Refused):
    """A reason, a direction or a result that is obligatory and empty."""

    message = "Chưa ghi {field}."
    advice = "Ghi vài chữ cho người nhận hiểu rồi bấm lại; chưa có gì thay đổi."


class BadDue(Refused):
    """A due day that this line cannot have."""

    message = "Không đặt được hạn ấy: {why}."
    advice = "Chọn ngày khác, hoặc để trống nếu giữ hạn cũ; chưa có gì thay đổi."


class BadTaker(Refused):
    """Work cannot be given to them."""

    message = "Không giao được cho “{who}”: {why}."
    advice = "Chọn người khác trong danh bạ; chưa có gì thay đổi."


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLine:
    """Who acts on which line, and what they saw of it (`seen_of`) when they decided to."""

    document: DocumentId
    line: LineNumber
    by: Officer
    seen: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step that may be taken: the open book, the line as it stands, and in whose place one acts."""

    book: Book
    document: DocumentId
    line: AssignmentRecord
    behalf: PersonId | None

    @property
    def about(self) -> dict[str, Any]:
        """What every event of the step says: of which line it is, and in whose place one acts."""
        line = self.line
        return {"document": self.document, "line": line.line, "role": line.role, "behalf": self.behalf}

    @property
    def today(self) -> dt.date:
        """The civil day of the step."""
        return local_day(self.book.now)


def seen_of(line: AssignmentRecord) -> str:
    """A short name for all of a line that a step may rest on; forms carry it back."""
    facts = (line.line, line.state.value, line.holder, line.stands_in_for, line.due, line.asked_due)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def accept(office: Office, on: OnLine, *, now: dt.datetime) -> None:
    """Take the work on.

    Raises (this and every other step here):
        LineChanged: the line is not as it was seen.
        NotAllowed: role, unit or relation do not include it.
    """
    with stepping(office, on, Act.ACCEPT, now) as step:
        step.book.record(LineAccepted(**step.about))


def hand_on(
    office: Office, on: OnLine, *, to: str, direction: str, due: dt.date | None = None, now: dt.datetime
) -> None:
    """Give the work to somebody with a direction; whoever hands it on still answers for it.

    Raises:
        BadTaker: they do not serve, or hold it already.
        BadDue: `due` is past, or later than the line's own day.
        WordsMissing, TextTooLong: the direction.
    """
    said = words(direction, "ý kiến chỉ đạo")
    with office.view() as view:
        taker = _serving(view, to, local_day(now))
    with stepping(office, on, Act.HAND_ON, now, to=taker) as step:
        if taker.id in (step.line.holder, step.line.stands_in_for):
            raise BadTaker(who=taker.name, why=Phrase("người này đang giữ việc"))
        _require_within(due, step)
        right = holder_for(step.book, on.document, taker.id, step.line.unit, step.today)
        step.book.record(
            LineHandedOn(
                **step.about,
                to=right.holder or taker.id,
                stands_in_for=right.stands_in_for,
                direction=said,
                due=due,
            )
        )


def give_back(office: Office, on: OnLine, *, reason: str, now: dt.datetime) -> None:
    """Return the work to whoever had handed it on and still serves, else to the clerks.

    Raises:
        WordsMissing, TextTooLong: the reason.
    """
    said = words(reason, "lý do trả lại")
    with stepping(office, on, Act.RETURN, now) as step:
        directory = step.book.directory()
        givers = (directory.person(one) for one in reversed(step.line.handed_by))
        back = next((p.id for p in givers if p and p.is_active(step.today)), None)
        right = holder_for(step.book, on.document, back, step.line.unit, step.today) if back else None
        if right and right.holder == on.by.id:
            # Who stands in for the giver would give it to themselves.
            right = None
        step.book.record(
            LineReturned(
                **step.about,
                reason=said,
                to=right.holder if right else None,
                stands_in_for=right.stands_in_for if right else None,
            )
        )


def report_progress(office: Office, on: OnLine, *, note: str, now: dt.datetime) -> None:
    """Say how far the work is.

    Raises:
        WordsMissing, TextTooLong: the note.
    """
    said = words(note, "tiến độ")
    with stepping(office, on, Act.REPORT, now) as step:
        step.book.record(ProgressReported(**step.about, note=said))


def finish(office: Office, on: OnLine, *, result: str, reply: str = "", now: dt.datetime) -> None:
    """Say that the work is done and what came of it; `reply` is the number of the reply, if there is one.

    Raises:
        WordsMissing, TextTooLong: the result.
    """
    said, number = words(result, "kết quả"), words(reply, "số văn bản trả lời", needed=False)
    with stepping(office, on, Act.FINISH, now) as step:
        step.book.record(LineFinished(**step.about, result=said, reply=number or None))


def reopen(office: Office, on: OnLine, *, reason: str, now: dt.datetime) -> None:
    """Take up work again that was done; whoever held it goes on, or who stands in for them.

    Raises:
        WordsMissing, TextTooLong: the reason.
    """
    said = words(reason, "lý do mở lại")
    with stepping(office, on, Act.REOPEN, now) as step:
        step.book.record(LineReopened(**step.about, reason=said))
        follow_document(step.book, on.document)


def note_read(book: Book, document: DocumentId, reader: Officer) -> None:
    """Record that who was to know has looked, the first time; nothing for anybody else."""
    for line in book.assignments(document):
        if line.state is LineState.INFORM and line.holder == reader.id:
            book.record(LineRead(document=document, line=line.line, role=line.role))


# ── inside ───────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def stepping(
    office: Office, on: OnLine, act: Act, now: dt.datetime, *, to: Officer | None = None
) -> Iterator[Step]:
    """Open the book for one step on one line, once it is as it was seen and the person may act.

    Raises:
        NoSuchDocument: there is no such document.
        LineChanged: the line is gone, or not as it was seen.
        NotAllowed: the person may not.
    """
    with office.registry.book(on.by.id, now) as book:
        book.document(on.document)
        line = next((one for one in book.assignments(on.document) if one.line == on.line), None)
        if line is None:
            raise LineChanged(now=Phrase("không còn ở văn bản này"))
        if on.seen != seen_of(line):
            raise LineChanged(now=told_state(line))
        directory, today = book.directory(), local_day(now)
        verdict = may(
            directory.person(on.by.id) or on.by,
            act,
            directory=directory,
            on=today,
            line=line,
            to=to,
            delegations=load_delegations(book, today),
            matter=matter_of(book, on.document, line.unit),
        )
        if verdict.refusal:
            raise NotAllowed(why=verdict.refusal)
        yield Step(book, on.document, line, verdict.behalf)


def told_state(line: AssignmentRecord) -> Phrase:
    """Where a line stands, in a few words: state, holder, day."""
    label = LINE_STATE_LABELS[line.state]
    if line.due is None:
        return Phrase("{state}, {holder} giữ", state=label, holder=line.holder_name or "—")
    return Phrase(
        "{state}, {holder} giữ, hạn {due}",
        state=label,
        holder=line.holder_name or "—",
        due=day_text(line.due),
    )


def words(given: str, field: str, *, needed: bool = True) -> str:
    """What a person typed, cleaned.

    Raises:
        WordsMissing: nothing is there and it is needed.
        TextTooLong: more than a line can keep.
    """
    text = plain(given)
    if needed and not text:
        raise WordsMissing(field=field)
    if len(text) > LONGEST_WORDS:
        raise TextTooLong(field=field, most=LONGEST_WORDS)
    return text


def _serving(view: View, given: str, today: dt.date) -> Officer:
    person = view.directory().person(PersonId(nfc(given).strip()))
    if person is None or not person.is_active(today):
        who = person.name if person else visible(given[:60])
        raise BadTaker(who=who, why=Phrase("không có trong danh bạ, hoặc không còn làm việc"))
    require_worker(person)
    return person


def require_worker(person: Officer) -> None:
    """Let work go to somebody who can do something with it.

    Raises:
        BadTaker: they only watch, the work would lie with them for ever.
    """
    if person.duty is Duty.SUPERVISOR:
        raise BadTaker(who=person.name, why=Phrase("người giám sát chỉ xem, không xử lý việc"))


def _require_within(due: dt.date | None, step: Step) -> None:
    if due is not None and (due < step.today or (step.line.due is not None and due > step.line.due)):
        last = day_text(step.line.due) if step.line.due else "—"
        raise BadDue(why=Phrase("phải từ hôm nay đến hạn của việc này ({last})", last=last))


def day_text(day: dt.date) -> str:
    """A day as people write it."""
    return f"{day:%d/%m/%Y}"
