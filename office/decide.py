"""Decide what happens to a read document: which number, who, by when, and why.

Joins the register, the directory, the calendar and the routing table (all as they stand in the open book)
with the pure rules. Nothing here asks anybody; what cannot be decided comes back as questions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from documents.decisions import Assignee, Because, Deadline, Ground, Role, Routing
from documents.events import DocumentAssigned, DocumentRegistered
from documents.lines import OPEN_STATES, LineState
from documents.people import Directory, PersonId, UnitId
from documents.reading import FieldName, Reading
from documents.record import AssignmentRecord, EntryRecord
from documents.status import DocumentId, Status
from documents.wording import ROLE_LABELS
from fields.agencies import AgencyDirectory
from fields.circumstances import Circumstances
from fields.superiors import find_chain
from office.absence import with_stand_ins
from office.agencies import agencies_of
from office.office import INCOMING, local_day, working_calendar
from registry.book import Book
from registry.view import View
from rules.deadline import BY, order_due, set_deadline
from rules.route import apply_deadline, choose_assignees, find_row
from rules.rows import RoutingTable
from rules.table import load_table

ROUTING_TABLE = "giao_viec"
"""Name of the office's routing table in the registry."""

UNTOUCHED = frozenset({LineState.OPEN, LineState.INFORM})
DEFAULT_DAYS = 15
"""Working days when neither the paper nor a rule says otherwise; a setting of the office overrides it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A whole decision: the day it counts from, the number wanted, the routing and the deadline."""

    arrival_date: dt.date
    wanted_number: int | None
    routing: Routing
    deadline: Deadline
    because: tuple[Because, ...]
    calendar_version: int
    hold_between: bool = False


def circumstances(
    view: View, document: DocumentId, agencies: AgencyDirectory, now: dt.datetime
) -> Circumstances:
    """What the checks of a document may lean on, as it stands now."""
    directory = view.directory()
    return Circumstances(
        today=local_day(now),
        agencies=agencies,
        office_names=(directory.office_name, *directory.office_aliases) if directory.office_name else (),
        books={state.year: state for state in view.book_states(INCOMING)},
        received_on=local_day(view.document(document).received_at),
        staff=directory,
        signers_of=partial(view.signers_of, besides=document),
    )


def decide(
    view: View,
    document: DocumentId,
    reading: Reading,
    *,
    answers: Mapping[str, str] | None = None,
    due: dt.date | None = None,
) -> Decision:
    """Return who gets the document, by when, and under which number, with every reason."""
    arrival, because = arrival_day(view, document, reading)
    directory = view.directory()
    table = routing_table(view, on=arrival)
    reading = with_chain(reading, agencies_of(view) if table.asks_agencies else None)
    routing = choose_assignees(
        reading,
        table,
        directory,
        on=arrival,
        first_named_leads=bool(view.setting("first_named_leads", default=False)),
        answers=answers or {},
    )
    calendar = working_calendar(view)
    deadline = set_deadline(
        reading,
        find_row(reading, table, on=arrival),
        calendar,
        arrival=arrival,
        default_days=int(view.setting("default_days", default=DEFAULT_DAYS)),
        before_means=str(view.setting("before_means", default=BY)),
    )
    if due:
        said = f"Hạn {due:%d/%m/%Y} do người duyệt đặt."
        deadline = order_due(deadline, due, said=said, is_extension=True)
    number = reading.value(FieldName.ARRIVAL_NUMBER)
    return Decision(
        arrival_date=arrival,
        wanted_number=int(number) if isinstance(number, str) and number.isdigit() else None,
        routing=apply_deadline(routing, deadline),
        deadline=deadline,
        because=because,
        calendar_version=calendar.version,
    )


def arrival_day(view: View, document: DocumentId, reading: Reading) -> tuple[dt.date, tuple[Because, ...]]:
    """The day the document came in: as stamped, else the day its scan was taken."""
    stamped = reading.fields.get(FieldName.ARRIVAL_DATE)
    if stamped and isinstance(stamped.value, str):
        day = dt.date.fromisoformat(stamped.value)
        return day, (
            Because(
                Ground.EVIDENCE,
                f"Dấu đến ghi ngày {day:%d/%m/%Y}.",
                page=stamped.page,
                box=stamped.box,
            ),
        )
    day = local_day(view.document(document).received_at)
    return day, (Because(Ground.CHECK, f"Không có ngày trên dấu đến: lấy ngày nhận tệp {day:%d/%m/%Y}."),)


def enter_and_pass_on(book: Book, document: DocumentId, decision: Decision) -> EntryRecord:
    """Give the number, register and assign, in the caller's one transaction.

    Raises:
        NumberTaken, NumberOutOfOrder: the stamped number does not fit the book; nothing is written.
    """
    year = decision.arrival_date.year
    number, held = book.allot_number(
        INCOMING, year, decision.wanted_number, hold_between=decision.hold_between
    )
    book.record(
        DocumentRegistered(
            document=document,
            book=INCOMING,
            year=year,
            number=number,
            arrival_date=decision.arrival_date,
            because=(*decision.because, _number_because(decision.wanted_number, number, year)),
            held=held,
        )
    )
    book.record(
        DocumentAssigned(
            document=document,
            assignees=with_stand_ins(book, document, decision.routing.assignees, on=local_day(book.now)),
            because=(*decision.routing.because, *decision.deadline.because),
            calendar_version=decision.calendar_version,
        )
    )
    return EntryRecord(
        book=INCOMING, year=year, number=number, state="taken", arrival_date=decision.arrival_date
    )


def set_day_of_text(book: Book, document: DocumentId, early: Reading) -> None:
    """Give a document that was passed on by its upper part the day that the rest of its text sets.

    `early` is what was known when it was passed on. Nothing changes where a person has taken it on or has set
    another day (`doubts_of_day` says so); a text that names a day without setting it leaves the reason why.
    """
    if book.document(document).status is not Status.ASSIGNED:
        return
    before = decide(book, document, early).deadline
    after = decide(book, document, Reading(book.fields(document))).deadline
    lines = book.assignments(document)
    if before.due is None or after.due is None or after.because == before.because:
        return
    if not _is_own(lines, before.due):
        return
    said = (
        f"hạn {before.due:%d/%m/%Y} đặt khi mới đọc phần đầu đổi thành {after.due:%d/%m/%Y}."
        if after.due != before.due
        else f"hạn giữ nguyên {after.due:%d/%m/%Y}."
    )
    book.record(
        DocumentAssigned(
            document=document,
            assignees=tuple(_due_again(line, after) for line in lines),
            because=(Because(Ground.CHECK, f"Đọc hết văn bản: {said}"), *after.because),
            calendar_version=after.calendar_version,
        )
    )


def doubts_of_day(view: View, document: DocumentId, early: Reading, reading: Reading) -> tuple[str, ...]:
    """A sentence for the clerks where the text sets another day than the one somebody already works by.

    Whoever has taken the work on keeps the day until a person changes it; a day that a person set is in doubt
    only where the text ends sooner. `early` is as of `set_day_of_text`, `reading` what is known now.
    """
    before, after = (decide(view, document, known).deadline for known in (early, reading))
    if before.due is None or after.due is None or after.because == before.because:
        return ()
    lines = view.assignments(document)
    if view.document(document).status is Status.ASSIGNED and _is_own(lines, before.due):
        return ()
    worked_by = {line.due for line in lines if line.due and line.state in OPEN_STATES}
    kept = sorted(day for day in worked_by - {after.due} if day > after.due or day == before.due)
    days = ", ".join(f"{day:%d/%m/%Y}" for day in kept)
    if not kept:
        return ()
    return (
        f"Phần đọc sau đặt hạn {after.due:%d/%m/%Y}, việc đã nhận vẫn theo hạn {days}: xem lại hạn với "
        "người đang giữ.",
    )


def _is_own(lines: Iterable[AssignmentRecord], due: dt.date) -> bool:
    """Whether nobody has taken any of the lines on, and all have the day that the machine set."""
    return all(line.due in (None, due) and line.state in UNTOUCHED for line in lines)


def as_assignee(line: AssignmentRecord) -> Assignee:
    """A recipient line that stands, as one to be assigned again unchanged."""
    return Assignee(
        role=line.role,
        person=line.person,
        unit=line.unit,
        due=line.due,
        basis=line.basis,
        outer=line.outer_due,
        because=line.because,
    )


def _due_again(line: AssignmentRecord, deadline: Deadline) -> Assignee:
    if line.due is None:
        return as_assignee(line)
    return replace(as_assignee(line), due=deadline.due, basis=deadline.basis, outer=deadline.outer)


def look_alike_reasons(view: View, document: DocumentId, reading: Reading) -> tuple[str, ...]:
    """Warn when the book already holds the same number, issuer and date (NĐ30 PL VI.I.III.1h)."""
    return tuple(
        f"Có thể trùng với văn bản số đến {entry.name}: cùng số ký hiệu và ngày."
        for entry in look_alikes(view, document, reading)
    )


def look_alikes(view: View, document: DocumentId, reading: Reading) -> tuple[EntryRecord, ...]:
    """Entries whose number and notation and date are the same as this reading's."""
    number, date = reading.value(FieldName.NUMBER_SYMBOL), reading.value(FieldName.DATE)
    if not isinstance(number, str) or not isinstance(date, str):
        return ()
    found = (view.document(other) for other in view.same_reference(number, date) if other != document)
    return tuple(record.entry for record in found if record.entry)


def routing_table(view: View, *, on: dt.date) -> RoutingTable:
    """The routing table for what arrives on a day, parsed against today's directory."""
    version, text = view.rules(ROUTING_TABLE, on)
    return _parsed(version, text, view.directory())


@lru_cache(maxsize=8)
def _parsed(version: int, text: str, directory: Directory) -> RoutingTable:
    """A table is read for every document and changes hardly ever."""
    return load_table(text, directory, name=ROUTING_TABLE, version=version)


def with_chain(reading: Reading, agencies: AgencyDirectory | None) -> Reading:
    """The reading with what the directory of agencies knows above its issuer, when a row asks for that.

    `agencies` is that directory; None when no row asks.
    """
    issuers, parent = reading.value(FieldName.ISSUER_AGENCY), reading.value(FieldName.ISSUER_PARENT)
    if agencies is None or not isinstance(issuers, str) or not issuers:
        return reading
    above = parent if isinstance(parent, str) and parent else None
    return replace(reading, chain=find_chain(issuers, above, agencies))


def with_people(
    decision: Decision,
    *,
    lead: str | None,
    support: tuple[str, ...] | None,
    inform: tuple[str, ...] | None,
    proposal: Iterable[Assignee] = (),
) -> Decision:
    """Return `decision` with the people a person named, role by role; None keeps what was proposed.

    Ids are person ids, or `unit:` and a unit id. Somebody named in one role leaves the others. `proposal` is
    what the person was shown: its reasons stay with those who are named again.
    """
    named = {
        Role.LEAD: (lead,) if lead else None,
        Role.SUPPORT: support,
        Role.INFORM: inform,
    }
    proposed = {_key(line): line for line in (*decision.routing.assignees, *proposal)}
    lines = [
        _line(one, role, decision.deadline, proposed.get(one))
        for role, ids in named.items()
        if ids is not None
        for one in ids
        if role is Role.LEAD or one != lead
    ]
    taken = {(line.person, line.unit) for line in lines}
    kept = [
        line
        for line in decision.routing.assignees
        if named[line.role] is None and (line.person, line.unit) not in taken
    ]
    assignees = tuple(sorted((*lines, *kept), key=lambda line: list(Role).index(line.role)))
    return replace(decision, routing=replace(decision.routing, assignees=assignees))


def _key(line: Assignee) -> str:
    return f"unit:{line.unit}" if line.person is None else str(line.person)


def _line(one: str, role: Role, deadline: Deadline, proposed: Assignee | None) -> Assignee:
    """The line of somebody a person named; what had spoken for a proposal still speaks for it."""
    is_unit = one.startswith("unit:")
    because: tuple[Because, ...]
    if proposed is None:
        because = (Because(Ground.PERSON, "Người duyệt chọn."),)
    elif proposed.role is role:
        because = (*proposed.because, Because(Ground.PERSON, "Người duyệt xác nhận."))
    else:
        because = (*proposed.because, Because(Ground.PERSON, f"Người duyệt đổi thành {ROLE_LABELS[role]}."))
    return Assignee(
        role=role,
        person=None if is_unit else PersonId(one),
        unit=UnitId(one.removeprefix("unit:")) if is_unit else None,
        due=None if role is Role.INFORM else deadline.due,
        basis=None if role is Role.INFORM else deadline.basis,
        outer=None if role is Role.INFORM else deadline.outer,
        because=because,
    )


def _number_because(wanted: int | None, number: int, year: int) -> Because:
    if wanted is None:
        return Because(Ground.CHECK, f"Số đến {number}/{year} là số kế tiếp trong sổ.")
    return Because(Ground.CHECK, f"Số đến {number} trên dấu khớp với sổ năm {year}.")
