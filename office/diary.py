"""The office calendar: what is off, what is worked, and counting days on it."""

from __future__ import annotations

import datetime as dt

from documents.events import CalendarDaySet
from documents.record import CalendarDay
from office.office import Office, working_calendar


def list_days(office: Office, year: int) -> tuple[tuple[CalendarDay, ...], tuple[str, ...]]:
    """Days of a year that are not plain weekdays or weekends, and what is not yet known of that year."""
    with office.view() as view:
        calendar = working_calendar(view)
    day = dt.date(year, 1, 1)
    special = []
    while day.year == year:
        weekday = day.weekday() < 5
        if calendar.is_working(day) != weekday:
            special.append(
                CalendarDay(
                    day=day,
                    kind="work" if not weekday else "off",
                    reason=calendar.name_of(day) or "",
                    source=calendar.source_of(day),
                    entered_by="",
                )
            )
        day += dt.timedelta(1)
    return tuple(special), calendar.warnings(year)


def set_day(
    office: Office, day: dt.date, *, kind: str, reason: str, source: str, by: str, now: dt.datetime
) -> None:
    """Enter a day off or a working day of the office; it overrides the public calendar."""
    with office.registry.book(by, now) as book:
        book.record(CalendarDaySet(day=day, kind=kind, reason=reason, source=source))


def count_working_days(office: Office, start: dt.date, days: int) -> dt.date:
    """The day `days` working days after `start`."""
    with office.view() as view:
        return working_calendar(view).add_working_days(start, days)
