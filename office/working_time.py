"""How long something took, days off not counted."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from office.office import CIVIL_TIME
from rules.calendar import WorkingCalendar

DAY = dt.timedelta(days=1)


class WorkClock:
    """Measures time on working days: midnight to midnight of each, so that 24 hours are one working day.

    The office's hours are set nowhere, and none are guessed: nights of working days count, days off do not.
    """

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self._works: dict[dt.date, bool] = {}

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """Working time from `start` to `end` (aware); nothing when `end` is not later."""
        first, last = (moment.astimezone(CIVIL_TIME).replace(tzinfo=None) for moment in (start, end))
        taken, day = dt.timedelta(), first.date()
        while day <= last.date():
            if self._is_working(day):
                midnight = dt.datetime.combine(day, dt.time())
                taken += max(min(last, midnight + DAY) - max(first, midnight), dt.timedelta())
            day += DAY
        return taken

    def _is_working(self, day: dt.date) -> bool:
        if day not in self._works:
            self._works[day] = self.calendar.is_working(day)
        return self._works[day]


def nearest_rank(sorted_spans: Sequence[dt.timedelta], share: float) -> dt.timedelta | None:
    """The least of them that so large a share does not exceed (nearest rank); None of none.

    >>> nearest_rank([dt.timedelta(1), dt.timedelta(2), dt.timedelta(9)], 0.5)
    datetime.timedelta(days=2)
    """
    if not sorted_spans:
        return None
    return sorted_spans[max(math.ceil(share * len(sorted_spans)), 1) - 1]
