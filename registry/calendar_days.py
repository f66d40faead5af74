"""The office's own calendar, its history, and the due days that follow from it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from documents.errors import NoSuchDay
from documents.events import (
    CalendarDayRemoved,
    CalendarDaySet,
    DeadlinesRecounted,
    LineRecounted,
    RecountFinished,
)
from documents.lines import OPEN_STATES
from documents.record import CalendarChange
from documents.status import DocumentId
from registry.change import Appliers, Change
from registry.organisation import office_row
from registry.outbox import put_notice, tell_clerks
from registry.plain import because_as_json
from registry.tables import AssignmentRow, CalendarChangeRow, CalendarDayRow, OfficeRow
from registry.view import View


def set_calendar_day(event: CalendarDaySet, change: Change) -> None:
    """A day off, a working day or a half one; the calendar's version counts on."""
    change.session.merge(
        CalendarDayRow(
            day=event.day, kind=event.kind, reason=event.reason, source=event.source, entered_by=change.actor
        )
    )
    _count_on(change, event.day, event.kind, event.reason, event.source)


def remove_calendar_day(event: CalendarDayRemoved, change: Change) -> None:
    """The public calendar stands again for that day.

    Raises:
        NoSuchDay: the office has entered nothing for it; nothing was changed.
    """
    row = change.session.get(CalendarDayRow, event.day)
    if row is None:
        raise NoSuchDay(day=f"{event.day:%d/%m/%Y}")
    change.session.delete(row)
    _count_on(change, event.day, None, event.reason, "")


def move_deadlines(event: DeadlinesRecounted, change: Change) -> None:
    """Give the lines their new days; whoever holds one is told, with both days and the reason."""
    change.document(event.document)
    for moved in event.lines:
        row = change.session.get(AssignmentRow, (event.document, moved.line))
        if row is None or row.state not in OPEN_STATES:
            continue
        row.due, row.outer_due = moved.after, moved.outer
        row.because = [*row.because, *because_as_json(moved.because)]
        row.calendar_version = event.calendar_version
        _tell(change, row, moved, event.calendar_version)


def finish_recount(event: RecountFinished, change: Change) -> None:
    """All open deadlines stand on this version of the calendar."""
    office_row(change).recounted_version = event.calendar_version


def recounted_version(view: View) -> int:
    """The version of the calendar under which every open deadline has been looked at."""
    return view.session.scalar(select(OfficeRow.recounted_version)) or 0


def list_calendar_changes(view: View, after: int = 0) -> tuple[CalendarChange, ...]:
    """How the office's calendar came to be what it is, oldest first, from the version after `after`."""
    asked = select(CalendarChangeRow).where(CalendarChangeRow.version > after)
    return tuple(
        CalendarChange(
            version=row.version,
            day=row.day,
            kind=row.kind,
            reason=row.reason,
            source=row.source,
            changed_by=row.changed_by,
            changed_at=row.changed_at,
        )
        for row in view.session.scalars(asked.order_by(CalendarChangeRow.version))
    )


def list_counted_before(
    view: View, version: int, *, after: DocumentId | None, limit: int
) -> tuple[DocumentId, ...]:
    """Documents with an open deadline that an older calendar than `version` counted, by id, after `after`."""
    asked = (
        select(AssignmentRow.document)
        .where(
            AssignmentRow.state.in_(OPEN_STATES),
            AssignmentRow.due.is_not(None),
            AssignmentRow.calendar_version < version,
        )
        .distinct()
        .order_by(AssignmentRow.document)
        .limit(limit)
    )
    if after is not None:
        asked = asked.where(AssignmentRow.document > after)
    return tuple(view.session.scalars(asked))


def _count_on(change: Change, day: dt.date, kind: str | None, reason: str, source: str) -> None:
    office = office_row(change)
    office.calendar_version += 1
    change.session.add(
        CalendarChangeRow(
            version=office.calendar_version,
            day=day,
            kind=kind,
            reason=reason,
            source=source,
            changed_by=change.actor,
            changed_at=change.now,
        )
    )


def _tell(change: Change, row: AssignmentRow, moved: LineRecounted, version: int) -> None:
    payload = {
        "role": row.role.value,
        "unit": row.unit,
        "line": row.line,
        "before": moved.before.isoformat(),
        "after": moved.after.isoformat(),
        "due": moved.after.isoformat(),
        "reason": " ".join(step.text for step in moved.because),
    }
    slot = f"{row.line}:{version}"
    if row.holder is None:
        tell_clerks(change, row.document, kind="recounted", slot=slot, payload=payload)
    else:
        put_notice(change, row.document, row.holder, kind="recounted", slot=slot, payload=payload)


APPLIERS: Appliers = {
    CalendarDaySet: set_calendar_day,
    CalendarDayRemoved: remove_calendar_day,
    DeadlinesRecounted: move_deadlines,
    RecountFinished: finish_recount,
}
