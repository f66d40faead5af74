"""What a clerk should look at in the calendar of a year before deadlines are trusted to it.

A working day alone between two days off, one of them a holiday, was swapped with a Saturday in most years:
one that is not is asked about. A swap has two sides: a day off without its worked weekend is asked about too.

Source: the yearly announcements as the package `holidays` has them (2010 to 2026).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rules.calendar import HALF, OFF, WORK, WorkingCalendar
from rules.wording import name_day

_ONE = dt.timedelta(1)
_APART = dt.timedelta(60)
"""How far a worked weekend day lies at most from the day off it is worked for."""


def check_year(calendar: WorkingCalendar, year: int) -> tuple[str, ...]:
    """Return what is doubtful in a year, a Vietnamese sentence each; empty when nothing is."""
    return (*list_doubts(calendar, year), *_repeated(calendar, year))


def list_doubts(calendar: WorkingCalendar, year: int, *, since: dt.date = dt.date.min) -> tuple[str, ...]:
    """Return what may make deadlines of a year wrong: not announced yet, a swap not entered or half entered.

    Days before `since` are left out: nothing is counted over them any more.
    """
    return (
        *calendar.warnings(year),
        *_unswapped(calendar, year, since),
        *_one_sided(calendar, year, since),
    )


def list_bridges(calendar: WorkingCalendar, year: int) -> tuple[dt.date, ...]:
    """Weekdays that the public calendar has worked, alone between two days off of which one is a holiday."""
    first = dt.date(year, 1, 1)
    days = (first + dt.timedelta(n) for n in range(366))
    return tuple(
        day
        for day in days
        if day.year == year
        and calendar.is_public_working(day)
        and not calendar.is_public_working(day - _ONE)
        and not calendar.is_public_working(day + _ONE)
        and any(_is_holiday(calendar, near) for near in (day - _ONE, day + _ONE))
    )


def _is_holiday(calendar: WorkingCalendar, day: dt.date) -> bool:
    return day.weekday() < 5 and not calendar.is_public_working(day)


def _unswapped(calendar: WorkingCalendar, year: int, since: dt.date) -> Iterator[str]:
    own = {one.day for one in calendar.own_days(year)}
    for day in list_bridges(calendar, year):
        if day >= since and day not in own:
            yield (
                f"{_begin(day)} là ngày làm việc lẻ giữa hai ngày nghỉ, các năm thường được hoán đổi: "
                "xem thông báo, rồi ghi ngày nghỉ và ngày làm bù, hoặc ghi là ngày làm việc."
            )


def _one_sided(calendar: WorkingCalendar, year: int, since: dt.date) -> Iterator[str]:
    bridges = set(list_bridges(calendar, year))
    worked = [
        one.day
        for near in (year - 1, year, year + 1)
        for one in calendar.own_days(near)
        if one.kind == WORK and one.day.weekday() >= 5
    ]
    for one in calendar.own_days(year):
        if one.kind == OFF and one.day in bridges:
            fitting = [day for day in worked if abs(day - one.day) <= _APART]
            if fitting:
                worked.remove(min(fitting, key=lambda day: abs(day - one.day)))
            elif one.day >= since:
                yield f"{_begin(one.day)} nghỉ hoán đổi mà chưa ghi ngày làm bù: ghi, hoặc kiểm thông báo."


def _repeated(calendar: WorkingCalendar, year: int) -> Iterator[str]:
    for one in calendar.own_days(year):
        same = one.kind != HALF and calendar.is_public_working(one.day) == (one.kind == WORK)
        if same and one.day not in list_bridges(calendar, year):
            yield f"{_begin(one.day)} ghi trùng với lịch chung: giữ hay bỏ đều như nhau."


def _begin(day: dt.date) -> str:
    name = name_day(day)
    return f"{name[:1].upper()}{name[1:]}"
