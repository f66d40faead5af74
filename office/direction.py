"""The leader's direction (bút phê), given at the desk or entered by the clerk from the paper."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from documents.decisions import Assignee, Deadline, Role
from documents.direction import DirectionGiven, NameChosen
from documents.errors import AlreadyMoved, Conflict, Refused, UnknownRecipient
from documents.events import DocumentAssigned
from documents.lines import LineState
from documents.people import Directory, Duty, Officer, PersonId
from documents.reading import Reading
from documents.record import AssignmentRecord
from documents.status import DocumentId, Status
from documents.text import tidy
from office.absence import with_stand_ins
from office.decide import as_assignee, decide, routing_table
from office.office import Office, local_day, working_calendar
from office.phrase import Phrase
from office.policy import Act, require
from office.review import FormChanged
from office.typed import require_sure
from registry.view import View
from rules.case import LEAD, is_there
from rules.direction import DUE, only_adds, read_direction
from rules.names import plain_name
from rules.rows import Target

LONGEST = 500
"""Characters of a direction; a longer one is a document of its own."""
_DIRECTED = frozenset({Status.ASSIGNED, Status.IN_PROGRESS})


class NotALeader(Refused):
    """Directions are given by leaders who serve on that day."""

    message = "{name} không phải lãnh đạo đang làm việc nên không cho ý kiến chỉ đạo được."
    advice = "Chọn lãnh đạo đã ghi ý kiến; trong đơn vị mình, trưởng phòng chuyển tiếp công việc được giao."


class EmptyDirection(Refused):
    """A direction without words, or one that is too long."""

    message = "Ý kiến chỉ đạo để trống hoặc dài quá {most} ký tự."
    advice = "Ghi như trên giấy, ví dụ: P.CNTT chủ trì, VP p/h, trước 20/01"


class DirectionUnclear(Conflict):
    """The direction leaves something to ask; nothing was changed. `questions` are in the facts."""

    message = "Chưa ghi được ý kiến chỉ đạo: {asked}"
    advice = "Trả lời rồi ghi lại, ví dụ: --choose “Đ/c Linh=MÃ”, --lead MÃ; hoặc ghi rõ hơn."


def give_direction(
    office: Office,
    document: DocumentId,
    text: str,
    *,
    said_by: PersonId,
    by: Officer,
    now: dt.datetime,
    lead: str | None = None,
    chosen: Mapping[str, str] | None = None,
    sure: str | None = None,
    seen: str | None = None,
) -> tuple[Assignee, ...]:
    """Record a leader's direction and make the recipient lines those it asks for.

    A direction that names who leads replaces the lines, those already done aside; one that names only who
    supports or is told is added to them. What it names no day for keeps the day it had, else gets the day
    of the text, of the rules or of the office.

    Args:
        office: The office.
        document: A document that has been passed on and is not done.
        text: The direction as written.
        said_by: The leader.
        by: Who enters it: the leader, or a clerk from the paper.
        now: The moment; the direction's days count from this day.
        lead: Who leads, where the direction leaves that open.
        chosen: Who is meant by a name as written; under `due` a day that looked like a slip, insisted on.
        sure: The token of the doubts that the person has seen and insists on.
        seen: What the person was shown that it would do (`shown_of`); None when nothing was.

    Raises:
        NotALeader, NotAllowed: not a leader's word, or not this person's to enter.
        EmptyDirection: no words, or too many.
        UnknownRecipient: who is named to lead, or for a name, is no unit and nobody serving.
        AlreadyMoved: the document is not with anybody to be directed.
        DirectionUnclear: something must be asked first.
        FormChanged: it would do something else than what was shown.
        NotSure: a day goes beyond what the paper itself allows.
    """
    named = {written: who for written, who in (chosen or {}).items() if written != DUE}
    with office.registry.book(by.id, now) as book:
        lines = directed_lines(
            book, document, text, said_by=said_by, by=by, on=local_day(now), lead=lead, chosen=chosen
        )
        if seen is not None and seen != shown_of(text, said_by, book.assignments(document), lines):
            raise FormChanged(what=Phrase("ý kiến, người nhận hoặc hạn không còn như lúc xem trước"))
        require_sure(beyond_paper(lines), sure)
        book.record(DirectionGiven(document=document, said_by=said_by, text=text))
        for written, who in named.items():
            if who:
                book.record(NameChosen(document=document, written=plain_name(written), chosen=who))
        book.record(
            DocumentAssigned(
                document=document, assignees=lines, calendar_version=working_calendar(book).version
            )
        )
        return lines


def directed_lines(
    view: View,
    document: DocumentId,
    text: str,
    *,
    said_by: PersonId,
    by: Officer,
    on: dt.date,
    lead: str | None = None,
    chosen: Mapping[str, str] | None = None,
) -> tuple[Assignee, ...]:
    """The recipient lines that `give_direction` would leave, nothing written; raises as it does."""
    if not tidy(text) or len(text) > LONGEST:
        raise EmptyDirection(most=LONGEST)
    directory = view.directory()
    leader = _leader(directory, said_by, on)
    answers = {**(chosen or {}), **({LEAD: lead} if lead else {})}
    for written, who in answers.items():
        if who and written != DUE:
            _require_known(directory, who, on)
    if by.id != leader.id:
        require(view, by, Act.ENTER_DIRECTION, on=on)
    status = view.document(document).status
    if status not in _DIRECTED:
        raise AlreadyMoved(status=status.value)
    return _lines(view, document, text, leader=leader, on=on, answers=answers)


def shown_of(
    text: str, said_by: PersonId, present: Iterable[AssignmentRecord], lines: Iterable[Assignee]
) -> str:
    """A short name for what a direction would do to the lines as they are; forms carry it back."""
    was = [(a.line, a.role.value, a.person, a.unit, a.holder, a.due, a.state.value) for a in present]
    will = [(a.role.value, a.person, a.unit, a.holder, a.due) for a in lines]
    return hashlib.sha256(repr((tidy(text), said_by, was, will)).encode()).hexdigest()[:16]


def beyond_paper(lines: Iterable[Assignee]) -> tuple[str, ...]:
    """Of each line due later than the paper itself allows, a sentence that says so, each once."""
    return tuple(
        dict.fromkeys(
            f"Hạn {line.due:%d/%m/%Y} theo chỉ đạo muộn hơn ngày {line.outer:%d/%m/%Y} mà văn bản yêu cầu."
            for line in lines
            if line.due and line.outer and line.due > line.outer
        )
    )


def _leader(directory: Directory, said_by: PersonId, on: dt.date) -> Officer:
    leader = directory.person(said_by)
    if leader is None or leader.duty is not Duty.LEADER or not leader.is_active(on):
        raise NotALeader(name=leader.name if leader else said_by)
    return leader


def _require_known(directory: Directory, who: str, on: dt.date) -> None:
    if not is_there(Target.of(who), directory, on):
        raise UnknownRecipient(who=who)


def _lines(
    view: View, document: DocumentId, text: str, *, leader: Officer, on: dt.date, answers: Mapping[str, str]
) -> tuple[Assignee, ...]:
    """The lines after the direction.

    Raises:
        DirectionUnclear: something must be asked first.
    """
    reading = Reading(view.fields(document))
    present = view.assignments(document)
    routing = read_direction(
        text,
        reading,
        routing_table(view, on=on),
        view.directory(),
        working_calendar(view),
        on=on,
        said_by=_introduce(leader),
        first_named_leads=bool(view.setting("first_named_leads", default=False)),
        answers=answers,
    )
    directed, questions = routing.assignees, routing.questions
    kept = [one for one in present if one.state is LineState.DONE]
    if LEAD not in answers and only_adds(text, view.directory(), on):
        directed = tuple(one for one in directed if one.role is not Role.LEAD)
        questions = tuple(one for one in questions if one.topic != LEAD)
        kept = list(present)
    if questions or not directed:
        said = " ".join(one.text for one in questions) or "ý kiến không nêu người hay đơn vị nào."
        raise DirectionUnclear(asked=said, questions=questions)
    deadline = decide(view, document, reading).deadline
    had = {(one.person, one.unit): one for one in present}
    named = {(one.person, one.unit) for one in directed}
    lines = tuple(_with_day(line, had.get((line.person, line.unit)), deadline) for line in directed)
    # Who holds a line that stays is settled already; it may have been handed on.
    staying = {(one.role, one.person, one.unit) for one in present}
    new = tuple(line for line in lines if (line.role, line.person, line.unit) not in staying)
    held = dict(zip(new, with_stand_ins(view, document, new, on=on), strict=True))
    staying_on = tuple(as_assignee(one) for one in kept if (one.person, one.unit) not in named)
    if not any(line.role is Role.LEAD for line in (*staying_on, *lines)):
        raise DirectionUnclear(
            asked="người đang chủ trì được chỉ đạo chỉ phối hợp hoặc để biết. Ai chủ trì?", questions=()
        )
    return (*staying_on, *(held.get(line, line) for line in lines))


def _with_day(line: Assignee, had: AssignmentRecord | None, usual: Deadline) -> Assignee:
    """The line with the day of the direction, else the one it had, else that of text, rule or office."""
    if line.role is Role.INFORM:
        return line
    outer = had.outer_due if had and had.outer_due else usual.outer
    if line.due is not None:
        return replace(line, outer=outer)
    if had is not None and had.due is not None:
        return replace(line, due=had.due, basis=had.basis, outer=outer)
    return replace(line, due=usual.due, basis=usual.basis, outer=outer)


def _introduce(leader: Officer) -> str:
    return f"{leader.title} {leader.name}" if leader.title else leader.name
