"""When a duty that comes again is due: a rule of RFC 5545 to days, each moved off days off.

The rule carries no beginning; days are counted from the one given here, so that `INTERVAL=3` of a paper of
January falls into January, April, July and October. A day that a month lacks (31, or 29 and 30 in February)
is its last one there: an office that reports on the 31st reports each month.

Source: RFC 5545, 3.3.10; Civil Code 2015, articles 147 and 148 (a period ends on the last day of a month that
has no such day; a day off moves to the next working day).
"""

from __future__ import annotations

import calendar as months
import datetime as dt
import re
from collections.abc import Iterator

from dateutil.rrule import rrule, rrulestr

from documents.errors import RuleNotUnderstood
from rules.calendar import WorkingCalendar

HORIZON = dt.timedelta(3660)
"""How far ahead a next day is looked for; a rule without one in ten years has ended."""

_LOOK_BACK = dt.timedelta(30)
"""How far a day off may carry an occurrence at most: longer than any Tết."""
_MONTHDAY, _MONTH = r"-?(?:[1-9]|[12]\d|3[01])", r"(?:[1-9]|1[0-2])"
_WEEKDAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_PART = (
    rf"(?:INTERVAL=[1-9]\d{{0,2}}|BYMONTHDAY={_MONTHDAY}(?:,{_MONTHDAY})*|BYMONTH={_MONTH}(?:,{_MONTH})*"
    rf"|BYDAY=-?[1-4]?{_WEEKDAY}(?:,-?[1-4]?{_WEEKDAY})*|BYSETPOS=-?[1-9]|WKST={_WEEKDAY}|UNTIL=\d{{8}})"
)
_WRITTEN = re.compile(rf"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;{_PART}){{0,6}}")
_LATE_DAY = re.compile(r"(?<=;BYMONTHDAY=)(29|30|31)(?=;|$)")
_SHORTEST_MONTH = 28


def list_occurrences(
    recurrence: str, calendar: WorkingCalendar, *, start: dt.date, after: dt.date, until: dt.date
) -> tuple[dt.date, ...]:
    """Return the working days on which a duty is due, from `after` up to `until`, both included.

    Args:
        recurrence: The rule, as a reading or a person gave it.
        calendar: The office's days; an occurrence on a day off is due on the next working day.
        start: The day from which the rule counts: no occurrence lies before it.
        after: The first day to list.
        until: The last day to list.

    Raises:
        RuleNotUnderstood: `recurrence` is no rule of RFC 5545 that gives days.
    """
    listed = (calendar.next_working(day) for day in _days(recurrence, start, after - _LOOK_BACK, until))
    return tuple(dict.fromkeys(day for day in listed if after <= day <= until))


def pair_occurrences(
    recurrence: str, calendar: WorkingCalendar, *, start: dt.date, until: dt.date
) -> tuple[tuple[dt.date, dt.date], ...]:
    """Return each day of the rule from `start` on with the working day it is due, as far as due by `until`.

    Raises:
        RuleNotUnderstood: as `list_occurrences`.
    """
    days = ((day, calendar.next_working(day)) for day in _days(recurrence, start, start, until))
    return tuple((day, due) for day, due in days if due <= until)


def next_occurrence(
    recurrence: str, calendar: WorkingCalendar, *, start: dt.date, after: dt.date
) -> dt.date | None:
    """Return the first working day on or after `after` on which the duty is due; None when it has ended.

    Raises:
        RuleNotUnderstood: as `list_occurrences`.
    """
    until = max(start, after) + HORIZON
    listed = (calendar.next_working(day) for day in _days(recurrence, start, after - _LOOK_BACK, until))
    return next((day for day in listed if day >= after), None)


def check_recurrence(recurrence: str) -> str:
    """Return the rule as it is kept, in capitals without blanks.

    Raises:
        RuleNotUnderstood: as `list_occurrences`.
    """
    written = "".join(recurrence.split()).upper().removeprefix("RRULE:")
    _rule(written, dt.date(2012, 1, 1), dt.date(2012, 1, 1))
    return written


def _days(recurrence: str, start: dt.date, first: dt.date, until: dt.date) -> Iterator[dt.date]:
    """The days of the rule from `first` or `start` to `until`, before days off are looked at."""
    late = _late_day(recurrence, start)
    begin = start.replace(day=min(start.day, _SHORTEST_MONTH)) if late else start
    for moment in _rule(_in_every_month(recurrence, late), begin, until):
        day = _in_month(moment.date(), late) if late else moment.date()
        if day >= max(start, first):
            yield day


def _late_day(recurrence: str, start: dt.date) -> int | None:
    """A day of the month that not every month has, written or taken from the beginning; None for others."""
    if written := _LATE_DAY.search(recurrence):
        return int(written[1])
    is_bare = recurrence.startswith(("FREQ=MONTHLY", "FREQ=YEARLY")) and ";BY" not in recurrence
    return start.day if is_bare and start.day > _SHORTEST_MONTH else None


def _in_every_month(recurrence: str, late: int | None) -> str:
    """The rule with a day that every month has in place of `late`."""
    return _LATE_DAY.sub(str(_SHORTEST_MONTH), recurrence) if late else recurrence


def _in_month(day: dt.date, late: int) -> dt.date:
    return day.replace(day=min(late, months.monthrange(day.year, day.month)[1]))


def _rule(recurrence: str, start: dt.date, until: dt.date) -> rrule:
    if not _WRITTEN.fullmatch(recurrence):
        raise RuleNotUnderstood(given=recurrence)
    try:
        rule = rrulestr(recurrence, dtstart=dt.datetime.combine(start, dt.time()))
    except ValueError as cause:
        raise RuleNotUnderstood(given=recurrence) from cause
    last = dt.datetime.combine(until, dt.time())
    return rule.replace(until=min(last, rule._until or last))
