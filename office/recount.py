"""A changed calendar moves the deadlines that were counted on it: each is recorded, and its holder told.

Computed from "counted by an older calendar", never from a list kept aside: cut off anywhere, the next sweep
finds what is left. A day that a person ordered stays.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from documents.events import CalendarDayRemoved, CalendarDaySet, DeadlinesRecounted, RecountFinished
from documents.record import CalendarChange, CalendarDay
from documents.status import DocumentId
from office.office import Office, working_calendar
from registry.book import Book
from registry.calendar_days import list_calendar_changes, list_counted_before, recounted_version
from registry.view import View
from rules.calendar import WorkingCalendar
from rules.recount import recount_lines

BATCH = 50
"""Documents looked at in one transaction: others may write in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a change of the calendar would do: how many open deadlines move, and the first of them."""

    moved: int
    examples: tuple[tuple[DocumentId, dt.date, dt.date], ...] = ()
    """Document, the day before and the day after."""


def change_calendar(
    office: Office, event: CalendarDaySet | CalendarDayRemoved, *, by: str, now: dt.datetime
) -> int:
    """Record a change of the calendar and count the open deadlines again; returns how many lines moved.

    The change and the first deadlines stand in one transaction; what is left is finished in further ones,
    here or, after a kill, by the sweep.

    Raises:
        NoSuchDay: a day is to be removed that was never entered; nothing was changed.
    """
    with office.registry.book(by, now) as book:
        book.record(event)
        moved, last = _recount_batch(book, after=None)
        if last is None:
            _finish(book, moved)
            return moved
    return moved + _go_on(office, by=by, now=now, after=last, moved=moved)


def recount_open(office: Office, *, now: dt.datetime) -> int:
    """Finish what a change of the calendar left to count; returns how many lines moved."""
    with office.view() as view:
        if recounted_version(view) >= view.calendar_version():
            return 0
    return _go_on(office, by="sweeper", now=now, after=None, moved=0)


def preview_change(office: Office, day: CalendarDay | dt.date) -> Preview:
    """What entering `day`, or taking a day out again, would move; nothing is recorded."""
    with office.view() as view:
        own = {one.day: one for one in view.calendar_days()}
        if isinstance(day, CalendarDay):
            own[day.day] = day
        else:
            own.pop(day, None)
        version = view.calendar_version() + 1
        calendar = WorkingCalendar(own.values(), version)
        moved: list[tuple[DocumentId, dt.date, dt.date]] = []
        after: DocumentId | None = None
        while documents := list_counted_before(view, version, after=after, limit=BATCH):
            for document, lines in view.assignments_of(documents).items():
                moved.extend((document, one.before, one.after) for one in recount_lines(lines, calendar, ()))
            after = documents[-1]
    return Preview(moved=len(moved), examples=tuple(moved[:5]))


def calendar_history(office: Office) -> tuple[CalendarChange, ...]:
    """Every change of the office's own calendar, oldest first."""
    with office.view() as view:
        return list_calendar_changes(view)


def _go_on(office: Office, *, by: str, now: dt.datetime, after: DocumentId | None, moved: int) -> int:
    """Batch after batch until all are looked at; returns how many lines moved here."""
    here = 0
    while True:
        with office.registry.book(by, now) as book:
            count, after = _recount_batch(book, after=after)
            here += count
            if after is None:
                _finish(book, moved + here)
                return here


def _recount_batch(book: Book, *, after: DocumentId | None) -> tuple[int, DocumentId | None]:
    """Count the next documents again; how many lines moved, and the last document, None at the end."""
    calendar = working_calendar(book)
    documents = list_counted_before(book, calendar.version, after=after, limit=BATCH)
    changes = _changes(book)
    count = 0
    for document, lines in book.assignments_of(documents).items():
        if moved := recount_lines(lines, calendar, changes):
            book.record(DeadlinesRecounted(document=document, lines=moved, calendar_version=calendar.version))
            count += len(moved)
    return count, documents[-1] if len(documents) == BATCH else None


def _changes(view: View) -> tuple[CalendarChange, ...]:
    return list_calendar_changes(view, recounted_version(view))


def _finish(book: Book, moved: int) -> None:
    book.record(RecountFinished(calendar_version=book.calendar_version(), moved=moved))
