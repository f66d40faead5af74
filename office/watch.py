"""Supervision (giám sát): what is late, who has it, what waits, how documents went.

A figure is the length of `chosen(watched, which)`, and its list is made of the very same rows: the two cannot
differ. What is looked at is loaded at once, by a fixed number of questions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from documents.absence import Delegation
from documents.lines import LineState
from documents.people import Directory, Officer, PersonId, UnitId
from documents.reach import Reach
from documents.reading import FieldName
from documents.record import AssignmentRecord
from documents.status import DocumentId
from documents.wording import shown
from office import policy
from office.corrections import count_corrections
from office.office import CIVIL_TIME, Office, local_day, working_calendar
from office.queries import working_days_left
from office.working_time import WorkClock
from registry import watch as rows
from registry.absence import load_delegations
from registry.view import View
from registry.watch import OpenLine as OpenLine
from registry.watch import Passage, Period, Waiting

SOON_DAYS = 3
"""Working days ahead that leaders want to see."""


class Kind(StrEnum):
    """What a figure counts; the value stands in its address."""

    OVERDUE = "qua-han"
    """Quá hạn."""
    SOON = "sap-den-han"
    """Đến hạn trong ba ngày làm việc tới."""
    UNCLAIMED = "chua-nhan"
    """Có người giữ mà chưa nhận."""
    UNGIVEN = "cho-giao-lai"
    """Không ai giữ: trả lại văn thư, hoặc đơn vị không có người nhận."""
    HELD = "dang-giu"
    """Mọi việc chưa xong."""
    REVIEW = "cho-duyet"
    """Chờ văn thư xem."""
    REGISTERED = "vao-so"
    """Đã vào sổ trong kỳ."""
    ACCEPTED = "da-nhan"
    """Vào sổ trong kỳ, đã có người nhận."""
    DONE = "da-xong"
    """Vào sổ trong kỳ, đã xong."""
    ALONE = "may-tu-lam"
    """Vào sổ trong kỳ mà không ai phải xem."""
    UNTOUCHED = "khong-sua"
    """Vào sổ trong kỳ mà không ai phải sửa."""
    CORRECTED = "co-sua"
    """Vào sổ trong kỳ, người đã sửa."""


OF_LINES = frozenset({Kind.OVERDUE, Kind.SOON, Kind.UNCLAIMED, Kind.UNGIVEN, Kind.HELD})
OF_READINGS = frozenset({Kind.ALONE, Kind.UNTOUCHED, Kind.CORRECTED})
NOBODY = "-"
"""In place of a person's or a unit's id: nobody, no unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a page looks at: one unit or all, and the days `since` to `until`, both included."""

    since: dt.date
    until: dt.date
    unit: UnitId | None = None

    @property
    def period(self) -> Period:
        """The days as moments."""
        return Period(since=_midnight(self.since), until=_midnight(self.until + dt.timedelta(days=1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """What a figure counts: of whom (a person's or unit's id, or `NOBODY`), and which field was corrected."""

    kind: Kind
    person: str = ""
    unit: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What supervision sees at a moment.

    Attributes:
        lines: Everything not done, the soonest due first.
        since: When a line came to its holder, by document and line.
        corrected: What people corrected of the documents they confirmed; others are not in it.
        away: Who is away by a delegation in force today.
    """

    ask: Ask
    now: dt.datetime
    today: dt.date
    soon: dt.date
    directory: Directory
    clock: WorkClock
    lines: tuple[OpenLine, ...] = ()
    since: dict[tuple[DocumentId, int], dt.datetime]
    waiting: tuple[Waiting, ...] = ()
    passages: tuple[Passage, ...] = ()
    corrected: dict[DocumentId, frozenset[str]]
    away: tuple[Delegation, ...] = ()
    units: frozenset[UnitId] | None = None
    """The units whose work its reader leads; None for one who sees every unit's."""

    def held_since(self, line: OpenLine) -> dt.datetime:
        """Since when the line is with its holder."""
        return self.since.get((line.document, line.line), line.assigned_at)

    def days_left(self, due: dt.date) -> int:
        """Working days from today to a day, negative when it has passed."""
        return working_days_left(self.clock.calendar, self.today, due)

    def unit_of(self, one: OpenLine | Passage) -> UnitId | None:
        """The one unit that a line counts for: the holder's, else the one it was given to."""
        holder = self.directory.person(one.holder or one.person or PersonId(""))
        return (holder.unit if holder else None) or one.unit


Row = OpenLine | Passage | Waiting
R = TypeVar("R", bound=Row)


def watch(office: Office, reader: Officer, ask: Ask, *, now: dt.datetime, readings: bool = True) -> Watched:
    """Look at the work of the office, or of the units that a head leads.

    Args:
        office: The office.
        reader: Who looks; nothing is counted that they may not open.
        ask: Unit and period.
        now: Aware moment.
        readings: Whether corrections are looked at too; they cost the most.
    """
    with office.view() as view:
        return load(view, reader, ask, now=now, readings=readings)


def load(view: View, reader: Officer, ask: Ask, *, now: dt.datetime, readings: bool) -> Watched:
    """The same, in a view that is open already."""
    today, directory = local_day(now), view.directory()
    delegations = load_delegations(view, today)
    reach = policy.reach_of(reader, directory, on=today, delegations=delegations)
    calendar = working_calendar(view)
    read = rows.readings(view, reach, ask.period) if readings else ()
    whole = Watched(
        ask=ask,
        now=now,
        today=today,
        soon=calendar.add_working_days(today, SOON_DAYS),
        directory=directory,
        clock=WorkClock(calendar),
        lines=tuple(line for line in rows.open_lines(view, reach) if is_theirs(line, reach)),
        since=rows.held_since(view),
        waiting=rows.waiting_for_review(view, reach) if ask.unit is None else (),
        passages=rows.passages(view, reach, ask.period),
        corrected=count_corrections(read),
        away=tuple(d for d in delegations if d.is_in_force(today)),
        units=None if reach.everything else reach.units,
    )
    return whole if ask.unit is None else _of_unit(whole, ask.unit)


def chosen(watched: Watched, which: Which) -> tuple[Row, ...]:
    """The rows that a figure counts, as its list shows them."""
    if which.kind is Kind.REVIEW:
        return watched.waiting
    return lines_chosen(watched, which) if which.kind in OF_LINES else passages_chosen(watched, which)


def lines_chosen(watched: Watched, which: Which) -> tuple[OpenLine, ...]:
    """The rows of a figure of `OF_LINES`."""
    found = (line for line in watched.lines if _is_counted(watched, line, which.kind))
    return tuple(line for line in found if _is_of(watched, line, which))


def passages_chosen(watched: Watched, which: Which) -> tuple[Passage, ...]:
    """The rows of a figure of documents registered in the period."""
    found = (one for one in watched.passages if _has_passed(watched, one, which))
    return tuple(one for one in found if _is_of(watched, one, which))


def lead_units(reader: Officer, directory: Directory) -> tuple[UnitId, ...]:
    """The units a reader may choose among: those a head leads, else all."""
    led = policy.units_led_by(reader, directory)
    sees_all = policy.reach_of(reader, directory, on=dt.date.min).everything
    return tuple(unit.id for unit in directory.units if sees_all or unit.id in led)


def _is_counted(watched: Watched, line: OpenLine, kind: Kind) -> bool:
    is_running = line.state is not LineState.RETURNED
    if kind is Kind.OVERDUE:
        return is_running and line.due is not None and line.due < watched.today
    if kind is Kind.SOON:
        return is_running and line.due is not None and watched.today <= line.due <= watched.soon
    if kind is Kind.UNCLAIMED:
        return line.state is LineState.OPEN and line.holder is not None
    if kind is Kind.UNGIVEN:
        return line.state is LineState.RETURNED or line.holder is None
    return True


def _has_passed(watched: Watched, one: Passage, which: Which) -> bool:
    corrected = watched.corrected.get(one.document)
    if which.kind is Kind.ACCEPTED:
        return one.accepted_at is not None
    if which.kind is Kind.DONE:
        return one.accepted_at is not None and one.done_at is not None
    if which.kind is Kind.ALONE:
        return corrected is None
    if which.kind is Kind.UNTOUCHED:
        return not corrected
    if which.kind is Kind.CORRECTED:
        return bool(corrected) and (not which.field or which.field in (corrected or ()))
    return True


def _is_of(watched: Watched, one: OpenLine | Passage, which: Which) -> bool:
    person = not which.person or which.person == (one.holder or NOBODY)
    return person and (not which.unit or which.unit == (watched.unit_of(one) or NOBODY))


def is_theirs(line: OpenLine | AssignmentRecord, reach: Reach) -> bool:
    """A head sees a document for one line of it; the lines of other units in it are not theirs to watch."""
    people = reach.people | reach.stands_in_for
    return (
        reach.everything
        or line.unit in reach.units
        or bool({line.person, line.holder, line.stands_in_for} & people)
    )


def _of_unit(whole: Watched, unit: UnitId) -> Watched:
    return replace(
        whole,
        lines=tuple(line for line in whole.lines if whole.unit_of(line) == unit),
        passages=tuple(one for one in whole.passages if whole.unit_of(one) == unit),
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), CIVIL_TIME)


# ── what a list shows ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What people know a document by."""

    document: DocumentId
    number: int | None
    arrival_date: dt.date | None
    number_symbol: str
    issuer: str
    subject: str


def describe(view: View, found: Sequence[R]) -> tuple[tuple[R, Named], ...]:
    """These rows, each with its document; they are within reach already."""
    named = name_documents(view, {one.document for one in found})
    return tuple((one, named[one.document]) for one in found)


def name_documents(view: View, documents: Iterable[DocumentId]) -> dict[DocumentId, Named]:
    """What people know these documents by; they are within reach already."""
    ids = sorted(documents)
    fields, known = view.fields_of(ids), rows.captions(view, ids)

    def text(document: DocumentId, name: FieldName) -> str:
        mine = fields.get(document, {})
        return shown(mine[name].value) if name in mine else ""

    return {
        one: Named(
            document=one,
            number=caption.number,
            arrival_date=caption.arrival_date,
            number_symbol=text(one, FieldName.NUMBER_SYMBOL),
            issuer=text(one, FieldName.ISSUER),
            subject=text(one, FieldName.SUBJECT) or caption.file_name,
        )
        for one, caption in known.items()
    }
