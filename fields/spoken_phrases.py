"""Ends named without a day in figures: the lunar new year, today, this week, a feast, a month in words.

    giêng    = ("trước" | …) ("mồng" | "mùng" | "rằm") [d] "tháng" ("Giêng" | "1 âm lịch") [year]
    today    = ("trước" | "trong" | …) [hour] ["ngày"] ("hôm nay" | "chiều nay" | "ngày mai")
    asked    = "trước" ["dịp" | "ngày" | …] ("Tết" | "Quốc khánh" | "lễ" | "rằm" | "mồng" | …)
             | (… "tuần" | "tháng" | "quý") ("này" | "tới" | "sau")
             | (… "tháng" | "quý") a number in words
             | (… "tháng" m | "quý" q) ("và" | "đến" | ",") another one
             | "sau" n "ngày làm việc"                                 after what is not said

Every lunar month has 29 days, so of the first one a day up to the 29th is certain once the new year's is; of
the others too little is. What is asked about sets no day: the clerk says it.

Source: package `holidays` for the day of the new year (Decision 121-CP of 1967, the calendar of Vietnam).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

import holidays

from fields.asking import DatedKind
from fields.counted_phrases import SURE
from fields.phrase_ends import PhraseEnd, compile_phrases
from fields.when import HOUR, WEEKDAY, is_hour, read_hour

_BY = rf"\b(?:truoc|trong|{SURE}(?:\s+la)?(?:\s+vao)?|den\s+het|het|vao)\s+"
_BEFORE = rf"\b(?:truoc|{SURE}(?:\s+la)?(?:\s+vao)?|den\s+het)\s+"
_NEW_YEAR = "Tết Nguyên Đán"
_FULL_MOON = 15
_CERTAIN = 29
"""Days that every lunar month has."""


@cache
def _new_year(year: int) -> dt.date | None:
    """The first day of the lunar year that begins in `year`, where the package knows it."""
    public = holidays.country_holidays("VN", years=year, language="vi")
    return next((day for day, name in public.items() if name == _NEW_YEAR and day.year == year), None)


def _in_first_moon(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    number = int(match["lunar"]) if match["lunar"] else _FULL_MOON
    years = [int(match["year"])] if match["year"] else [issued.year, issued.year + 1] if issued else []
    if not 1 <= number <= _CERTAIN:
        return PhraseEnd(is_unclear=True)
    for year in years:
        first = _new_year(year) if year < dt.MAXYEAR else None
        day = first + dt.timedelta(number - 1) if first else None
        # Without a year written the next one is certain only near the end of this one.
        if day and (match["year"] or (issued and (day - issued).days in range(150))):
            return PhraseEnd(day=day, leans=not match["year"])
    return PhraseEnd(is_unclear=True)


def _today(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """`trước 16 giờ chiều nay`: of the day on which the paper was issued."""
    if issued is None or issued == dt.date.max or not is_hour(match[0]):
        return PhraseEnd(is_unclear=True)
    day = issued + dt.timedelta(1) if match["which"] is None else issued
    return PhraseEnd(day=day, time=read_hour(match[0]), leans=True)


def _asked(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    del match, issued
    return PhraseEnd(is_unclear=True)


_WORDS = r"(?:ba|tu|bon|bay|tam|chin|muoi(?:\s+(?:mot|hai))?)"
_DAY_WORD = r"(?:mot|hai|ba|bon|tu|nam|lam|nham|sau|bay|tam|chin|muoi|ram)"
_FEAST = (
    r"(?:tet\b(?!\s+duong\s+lich)(?:\s+nguyen\s+dan)?|quoc\s+khanh\b|gio\s+to\b"
    r"|(?:nghi\s+)?le\s+\d{1,2}\s?/\s?\d{1,2}|(?:nghi\s+)?le\s+(?:quoc|gio|tet)\b)"
)

SPOKEN = compile_phrases(
    (
        DatedKind.DAY,
        rf"{_BEFORE}(?:ngay\s+)?(?:(?:mong|mung)\s+(?P<lunar>\d{{1,2}})|ram)\s+"
        r"thang\s+(?:gieng|0?1\s+am\s+lich)(?:\s+(?:am\s+lich|nam\s+(?:\w+\s+){0,2}?(?P<year>\d{4})))?",
        _in_first_moon,
    ),
    (
        DatedKind.DAY,
        rf"{_BY}(?:(?:luc\s+)?{HOUR}(?:\s+(?:sang|trua|chieu|toi))?,?\s+)?(?:ngay\s+)?"
        r"(?:(?:hom|sang|trua|chieu|toi)\s+(?P<which>nay)|(?:ngay|sang|trua|chieu|toi)\s+mai)\b",
        _today,
    ),
    (DatedKind.DAY, rf"{_BEFORE}(?:ky\s+)?(?:khi\s+)?(?:dip\s+|ngay\s+|nghi\s+){{0,3}}{_FEAST}", _asked),
    (
        DatedKind.DAY,
        rf"{_BEFORE}(?:ngay\s+)?(?:(?:mong|mung)\s+\d{{1,2}}|ram)\b(?:\s+thang\s+\w+)?",
        _asked,
    ),
    (
        DatedKind.DAY,
        rf"{_BY}(?:(?:{HOUR},?\s+)?(?:ngay\s+)?(?:{WEEKDAY}|cuoi|dau|giua),?\s+)?tuan\s+(?:nay|toi|sau)\b",
        _asked,
    ),
    (DatedKind.DAY, rf"{_BEFORE}ngay\s+\d{{1,2}}\s+thang\s+(?:{_WORDS}|gieng|chap|nay|toi)\b", _asked),
    (
        DatedKind.DAY,
        rf"{_BEFORE}ngay\s+(?:{_DAY_WORD}\s+){{1,4}}thang\s+(?:\d{{1,2}}|{_WORDS}|gieng|chap|nay|toi)\b",
        _asked,
    ),
    (
        DatedKind.PERIOD,
        rf"\b(?:trong|vao|cuoi|den\s+het|het|dau|truoc)\s+(?:thang\s+{_WORDS}|quy\s+(?:nhat|mot|hai|ba|tu))"
        r"(?:\s+nam\s+\d{4})\b",
        _asked,
    ),
    (
        DatedKind.PERIOD,
        r"\b(?:trong|vao|cuoi|den\s+het|het|dau|truoc)\s+(?:thang\s+\d{1,2}|quy\s+(?:iv|i{1,3}|[1-4]))"
        r"\s*(?:,|va|den|-)\s*(?:(?:thang|quy)\s+)?(?:\d{1,2}|iv|i{1,3})(?:\s*[/-]\s*\d{4}|\s+nam\s+\d{4})?(?!\w|/)",
        _asked,
    ),
    (DatedKind.PERIOD, r"\bsau\s+\d{1,3}(?:\s*\([^)]{1,20}\))?\s+ngay\s+lam\s+viec\b", _asked),
)
"""Every phrase of this module, to be read beside those that name a day."""
