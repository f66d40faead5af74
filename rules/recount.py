"""Count due days again on another calendar, and say which changes of it moved them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from documents.decisions import Because, Ground
from documents.events import LineRecounted
from documents.lines import OPEN_STATES, DueBasis, DueKind
from documents.record import AssignmentRecord, CalendarChange
from rules.calendar import HALF, OFF, WorkingCalendar
from rules.deadline import count_due
from rules.wording import name_day

_WORDS = {
    OFF: "là ngày nghỉ",
    HALF: "làm việc buổi sáng",
    "work": "là ngày làm việc",
    None: "bỏ ngày ghi riêng",
}


def recount_lines(
    lines: Iterable[AssignmentRecord], calendar: WorkingCalendar, changes: Sequence[CalendarChange]
) -> tuple[LineRecounted, ...]:
    """Return the open lines whose day is another one on `calendar`.

    A day that a person ordered never moves, nor one that is not known to be counted from anything. `changes`
    are what happened to the calendar since the lines were counted; those that touch a line are its reason.
    """
    moved = []
    for line in lines:
        if line.state not in OPEN_STATES or line.due is None or line.basis is None:
            continue
        due = count_due(line.basis, calendar)
        if line.basis.kind is DueKind.ORDERED or due == line.due:
            continue
        moved.append(
            LineRecounted(
                line=line.line,
                before=line.due,
                after=due,
                outer=_outer(line.outer_due, line.basis, calendar),
                because=(Because(Ground.CALENDAR, _say(line.due, due, line.basis.start, changes)),),
            )
        )
    return tuple(moved)


def _outer(outer: dt.date | None, basis: DueBasis, calendar: WorkingCalendar) -> dt.date | None:
    """The last day that the paper allows, by the reading that most offices have."""
    if outer is None:
        return None
    plain = replace(basis, kind=DueKind.DAY) if basis.kind is DueKind.STRICT_DAY else basis
    return count_due(plain, calendar)


def _say(before: dt.date, after: dt.date, start: dt.date, changes: Sequence[CalendarChange]) -> str:
    first, last = min(start, before, after), max(start, before, after)
    touching = [one for one in changes if first <= one.day <= last]
    told = "; ".join(_tell(one) for one in touching or changes)
    cause = f"Lịch cơ quan đổi ({told})" if told else "Lịch cơ quan đổi"
    return f"{cause}: hạn {name_day(before)} chuyển thành {name_day(after)}."


def _tell(change: CalendarChange) -> str:
    because = ", ".join(text for text in (change.reason, change.source) if text)
    return f"{name_day(change.day)} {_WORDS[change.kind]}" + (f": {because}" if because else "")
