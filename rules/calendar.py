"""Working days of an office: public holidays of Vietnam under the office's own calendar.

Monday to Friday are worked. Public holidays, days off in lieu and swapped Saturdays come from the package
`holidays`; what the office enters itself (storm days, late swaps, provincial days) stands above it. A half
day is worked in the morning: it counts as a working day.

Source: Decision 188/1999/QĐ-TTg (40-hour week); the yearly announcements as `holidays` 0.109 has them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import holidays
from holidays import version as package
from holidays.countries.vietnam import VietnamStaticHolidays

from documents.record import CalendarDay

OFF = "off"
WORK = "work"
HALF = "half"
KINDS = (OFF, WORK, HALF)

LAST_ANNOUNCED_YEAR = max(VietnamStaticHolidays.special_public_holidays)
"""The last year for which the package carries announced swaps; later years are computed by rule only."""

_SATURDAY = 5
_TET_FROM, _TET_UNTIL = (1, 15), (3, 1)
"""Month and day between which the days off of Tết lie in every year."""
_MOST_DAYS = 5000


@dataclass(frozen=True, slots=True)
class _PublicYear:
    names: dict[dt.date, str]
    worked_weekends: frozenset[dt.date]


@cache
def _public_year(year: int) -> _PublicYear:
    # A swap stands in the year of its day off: the worked Saturday may lie in the year before or after.
    public = holidays.country_holidays("VN", years=range(year - 1, year + 2), language="vi")
    return _PublicYear(
        {day: name for day, name in public.items() if day.year == year},
        frozenset(day for day in public.weekend_workdays if day.year == year),
    )


def _is_announced(own: CalendarDay) -> bool:
    around_tet = _TET_FROM <= (own.day.month, own.day.day) <= _TET_UNTIL
    return around_tet or (own.kind == WORK and own.day.weekday() >= _SATURDAY)


class WorkingCalendar:
    """The days an office works.

    Args:
        days: The office's own days, kind `off`, `work` or `half`; of two for one day the later one counts.
        version: Version of the office's calendar, stored with every deadline counted on it.

    Raises:
        ValueError: a kind that is none of these.
    """

    def __init__(self, days: Iterable[CalendarDay] = (), version: int = 0) -> None:
        self.version = version
        self._own = {one.day: one for one in days}
        for one in self._own.values():
            if one.kind not in KINDS:
                raise ValueError(f"calendar day {one.day} is neither off, work nor half: {one.kind}")

    def is_working(self, day: dt.date) -> bool:
        """Whether the office works on that day."""
        if own := self._own.get(day):
            return own.kind != OFF
        return self.is_public_working(day)

    def is_public_working(self, day: dt.date) -> bool:
        """Whether that day is worked by the public calendar alone."""
        public = _public_year(day.year)
        if day.weekday() >= _SATURDAY:
            return day in public.worked_weekends
        return day not in public.names

    def is_half_day(self, day: dt.date) -> bool:
        """Whether the office works on that day in the morning only."""
        own = self._own.get(day)
        return own is not None and own.kind == HALF

    def own_days(self, year: int) -> tuple[CalendarDay, ...]:
        """The office's own days of a year, in order."""
        return tuple(self._own[day] for day in sorted(self._own) if day.year == year)

    def next_working(self, day: dt.date) -> dt.date:
        """That day when it is worked, else the next one that is."""
        return self._walk(day, 1)

    def previous_working(self, day: dt.date) -> dt.date:
        """That day when it is worked, else the last one before it that is."""
        return self._walk(day, -1)

    def add_working_days(self, start: dt.date, days: int) -> dt.date:
        """Return the working day that is `days` working days after `start`, the first day not counted.

        Negative `days` count back. With 0 it is `start` itself, moved to the next working day when off.
        """
        if days == 0:
            return self.next_working(start)
        step = 1 if days > 0 else -1
        day = start
        for _ in range(abs(days)):
            day = self._walk(day + dt.timedelta(step), step)
        return day

    def count_working_days(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        first, last = sorted((start, end))
        count = sum(self.is_working(first + dt.timedelta(n)) for n in range(1, (last - first).days + 1))
        return count if start <= end else -count

    def days_off(self, start: dt.date, end: dt.date) -> tuple[tuple[dt.date, str], ...]:
        """Days off with a name, after `start` up to and including `end`; plain weekends are left out."""
        span = (start + dt.timedelta(n) for n in range(1, (end - start).days + 1))
        return tuple((d, name) for d in span if not self.is_working(d) and (name := self.name_of(d)))

    def name_of(self, day: dt.date) -> str | None:
        """Why the day is special, in Vietnamese (holiday, office's reason, worked weekend), or None."""
        if own := self._own.get(day):
            return own.reason
        public = _public_year(day.year)
        if day in public.worked_weekends:
            return "Làm việc bù ngày hoán đổi"
        return public.names.get(day)

    def source_of(self, day: dt.date) -> str:
        """Where that is known from: the office's source or the package; empty for a plain day."""
        if own := self._own.get(day):
            return own.source
        return f"holidays {package.__version__}" if self.name_of(day) else ""

    def warnings(self, first_year: int, last_year: int | None = None) -> tuple[str, ...]:
        """Say of which years the announced holidays and swaps are not yet known.

        A year counts as known once the office has entered what only an announcement says: a weekend day that
        is worked, or a day around Tết. A storm day says nothing of the year.
        """
        years = range(first_year, (last_year or first_year) + 1)
        return tuple(
            f"Lịch nghỉ lễ, Tết và ngày hoán đổi năm {year} mới tính theo luật, chưa theo thông báo của năm; "
            "nhập vào lịch cơ quan khi có thông báo."
            for year in years
            if year > LAST_ANNOUNCED_YEAR and not any(map(_is_announced, self.own_days(year)))
        )

    def _walk(self, day: dt.date, step: int) -> dt.date:
        for _ in range(_MOST_DAYS):
            if self.is_working(day):
                return day
            day += dt.timedelta(step)
        raise ValueError(f"no working day within {_MOST_DAYS} days of {day}")
