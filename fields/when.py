"""Days and hours as they are written in running text, day first.

    day   = ["ngày"] d "/" m ["/" yyyy] | d "-" m "-" yyyy | d "." m "." yyyy | d "tháng" m ["năm" yyyy]
    hour  = h ("giờ" | "g" | "h" | ":") [mm ["phút"]] | h "giờ" m "phút"

The patterns run on text without marks (`fields.running_text.fold_in_place`). A slash may be struck twice,
as on paper.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 4 (day first, year in four digits).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

_D = r"(?<![\d/])\d{1,2}"
DAY = (
    rf"(?:(?:ngay\s+)?(?:{_D}\s?/{{1,2}}\s?\d{{1,2}}(?:\s?/{{1,2}}\s?\d{{4}})?"
    rf"|{_D}\s?[-.]\s?\d{{1,2}}\s?[-.]\s?\d{{4}}"
    rf"|{_D}\s+thang\s+\d{{1,2}}(?:\s*,?\s*(?:nam\s+|/\s?)\d{{4}})?)(?![\d/]))"
)
"""A day, with or without its year; holds no groups, so it may be set into other patterns."""

HOUR = (
    r"(?:(?<!\d)\d{1,2}\s?(?:gio|g|h)(?![a-z])(?:\s?\d{2}(?!\d|\s?/|\s+thang|\s?[-.]\s?\d{1,2}\s?[-.])(?:\s?phut)?|\s?\d\s?phut)?"
    r"|(?<!\d)\d{1,2}(?::|\s?[gh])\d{2}(?!\d))"
)
"""An hour of the day; the day that may follow it (`8 giờ 15/3`, `8 giờ 15 tháng 3`) is not its minutes."""

WEEKDAY = r"(?:\(?(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu\s+nhat)\)?)"
"""A day of the week."""

_NAMED_DAY = re.compile(r"thu\s+(hai|ba|tu|nam|sau|bay|[2-7])\b|chu\s+nhat\b")
_WEEKDAYS = ("hai", "ba", "tu", "nam", "sau", "bay")
_LIKE_AN_HOUR = re.compile(HOUR)
_NUMBERS = re.compile(r"\d+")
_HALF_DAY = re.compile(r"\s*(trua|chieu|toi)\b")
_AFTER_NOON = {"trua": (1, 2), "chieu": (1, 7), "toi": (5, 11)}
"""`11 giờ trưa` is before noon, `1 giờ trưa`, `2 giờ chiều` and `7 giờ tối` after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDay:
    """A day as written; `year` None when the paper leaves it out.

    `start` and `end` are its place in the text.
    """

    day: int
    month: int
    year: int | None
    start: int = 0
    end: int = 0

    def in_year(self, year: int) -> dt.date | None:
        """The day, in `year` when none is written; None when there is no such day."""
        try:
            return dt.date(self.year or year, self.month, self.day)
        except ValueError:
            return None

    def after(self, issued: dt.date | None) -> dt.date | None:
        """The day, its year taken from the day of issue when none is written.

        A day that would then lie before the day of issue is in the next year only when the paper was issued
        in its last quarter; else nothing is certain and the answer is None.
        """
        if self.year is not None:
            return self.in_year(self.year)
        if issued is None:
            return None
        same = self.in_year(issued.year)
        if same and same >= issued:
            return same
        return self.in_year(issued.year + 1) if issued.month >= 10 and self.month <= 3 else None


def read_day(folded: str) -> WrittenDay | None:
    """Return the first day in `folded` (no marks), or None."""
    return next(iter(list_days(folded)), None)


def list_days(folded: str) -> Iterator[WrittenDay]:
    """Every day in `folded`, left to right."""
    for match in re.finditer(DAY, folded):
        day, month, *year = map(int, _NUMBERS.findall(match[0]))
        yield WrittenDay(
            day=day, month=month, year=year[0] if year else None, start=match.start(), end=match.end()
        )


def read_weekday(folded: str) -> int | None:
    """Return the first day of the week in `folded`, Monday as 0, or None.

    >>> read_weekday("thu sau, ngay 16/3/2012"), read_weekday("chu nhat")
    (4, 6)
    """
    match = _NAMED_DAY.search(folded)
    if match is None:
        return None
    named = match[1]
    if named is None:
        return 6
    return int(named) - 2 if named.isdecimal() else _WEEKDAYS.index(named)


def is_hour(folded: str) -> bool:
    """Whether every hour that `folded` names is one of the day; true where it names none.

    >>> is_hour("truoc 25h"), is_hour("truoc 24 gio")
    (False, True)
    """
    for match in _LIKE_AN_HOUR.finditer(folded):
        hour, *minutes = map(int, _NUMBERS.findall(match[0]))
        minute = minutes[0] if minutes else 0
        if minute > 59 or hour > 24 or (hour == 24 and minute):
            return False
    return True


def read_hour(folded: str) -> dt.time | None:
    """Return the first hour of the day in `folded`, or None when there is none or no such hour.

    >>> read_hour("luc 4 gio chieu")
    datetime.time(16, 0)
    """
    for match in re.finditer(HOUR, folded):
        hour, *minutes = map(int, _NUMBERS.findall(match[0]))
        minute = minutes[0] if minutes else 0
        if half := _HALF_DAY.match(folded, match.end()):
            first, last = _AFTER_NOON[half[1]]
            hour += 12 if first <= hour <= last else 0
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    return None
