"""The office calendar: what is off, what is worked, what is doubtful of a year, and counting days on it."""

from __future__ import annotations

import datetime as dt

from documents.events import CalendarDayRemoved, CalendarDaySet, SettingChanged
from documents.record import CalendarDay
from office.office import Office, working_calendar
from office.recount import Preview, change_calendar, preview_change
from rules.calendar import KINDS as KINDS
from rules.calendar import OFF, WORK
from rules.calendar_check import check_year
from rules.deadline import BY, STRICT

READINGS = (BY, STRICT)
"""How `trước ngày` may be read: done on that day, or the day before."""


def list_days(office: Office, year: int) -> tuple[tuple[CalendarDay, ...], tuple[str, ...]]:
    """Days of a year that are not plain weekdays or weekends, and what is not yet known of that year."""
    with office.view() as view:
        calendar = working_calendar(view)
    own = {one.day: one for one in calendar.own_days(year)}
    day = dt.date(year, 1, 1)
    special = []
    while day.year == year:
        weekday = day.weekday() < 5
        if day in own:
            special.append(own[day])
        elif calendar.is_working(day) != weekday:
            special.append(
                CalendarDay(
                    day=day,
                    kind=OFF if weekday else WORK,
                    reason=calendar.name_of(day) or "",
                    source=calendar.source_of(day),
                    entered_by="",
                )
            )
        day += dt.timedelta(1)
    return tuple(special), calendar.warnings(year)


def check_calendar(office: Office, year: int) -> tuple[str, ...]:
    """What is doubtful in the calendar of a year, a Vietnamese sentence each."""
    with office.view() as view:
        return check_year(working_calendar(view), year)


def preview_day(office: Office, day: dt.date, kind: str | None) -> Preview:
    """What entering a day (`kind`), or taking it out again (None), would move."""
    if kind is None:
        return preview_change(office, day)
    return preview_change(office, CalendarDay(day=day, kind=kind, reason="", source="", entered_by=""))


def set_day(
    office: Office, day: dt.date, *, kind: str, reason: str, source: str, by: str, now: dt.datetime
) -> int:
    """Enter a day of the office over the public calendar; returns how many open deadlines moved."""
    return change_calendar(
        office, CalendarDaySet(day=day, kind=kind, reason=reason, source=source), by=by, now=now
    )


def remove_day(office: Office, day: dt.date, *, reason: str, by: str, now: dt.datetime) -> int:
    """Take out what the office entered for a day; returns how many open deadlines moved.

    Raises:
        NoSuchDay: nothing was entered for it.
    """
    return change_calendar(office, CalendarDayRemoved(day=day, reason=reason), by=by, now=now)


def reading_of_before(office: Office) -> str:
    """How the office reads `trước ngày`: `by` or `strict`."""
    with office.view() as view:
        return str(view.setting("before_means", default=BY))


def read_before_as(office: Office, means: str, *, by: str, now: dt.datetime) -> None:
    """Say how the office reads `trước ngày` from now on, as one of `READINGS`; deadlines already set stay."""
    if means not in READINGS:
        raise ValueError(f"trước ngày is read by or strict, not {means}")
    with office.registry.book(by, now) as book:
        book.record(SettingChanged(name="before_means", value=means))


def count_working_days(office: Office, start: dt.date, days: int) -> dt.date:
    """The day `days` working days after `start`."""
    with office.view() as view:
        return working_calendar(view).add_working_days(start, days)
