"""Duties that come again, and duties without any time: their phrases, and the rule of RFC 5545 each names.

    monthly   = ["trước" | …] "ngày" d EACH ("tháng" | "quý" | "năm")         quarter: the month is not said
    yearly    = ["trước" | …] d "/" m EACH "năm" | EACH "năm" ["trước" | …] d "/" m
    monthly   = EACH "tháng" ["trước" | …] "ngày" d
    quarterly = "ngày" d ["của"] "tháng" ("đầu" | "cuối") ["của"] [EACH] "quý"
    weekly    = weekday EACH "tuần"
    halves    = n ("ngày" | "tuần" | "tháng" | "quý" | "năm") ("01" | "1" | "một") "lần"
              | ("01" | "1" | "một") "lần" ("/" | "một" | "mỗi" | "trong") ("tuần" | "tháng" | "quý" | "năm")
    periodic  = "định kỳ" EACH ("ngày" | "tuần" | "tháng" | "quý" | "năm")
              | EACH ("ngày" | "tuần" | "tháng" | "quý" | "năm")              at the beginning of a sentence
    open      = "định kỳ" ("hoặc" | "và" | ",") "đột xuất" | "định kỳ" "theo quy định"
    EACH      = "hằng" | "hàng" | "mỗi"

A rule never gets a day that the paper does not name: what it lacks is told (`PhraseEnd.ask`), and the office
says it. In the middle of a sentence `hằng năm` describes a thing (`kế hoạch hằng năm`), not a duty.

Source: RFC 5545, 3.3.10; papers as they are written (`hằng` and `hàng` both occur).
"""

from __future__ import annotations

import datetime as dt
import re

from fields.asking import DatedKind
from fields.phrase_ends import PhraseEnd, compile_phrases
from fields.when import DAY, read_day

_LEAP_YEAR = 2000
_EACH = r"(?:hang|hanng|moi)"
_EVERY = rf"{_EACH}\s+(?P<every>tuan|thang|quy|nam)\b"
_BEFORE = (
    r"(?:\b(?:truoc|den|(?:cham|muon|tre)\s+nhat|khong\s+(?:cham|muon|tre)\s+(?:hon|qua)|han\s+chot|han\s+cuoi"
    r"|(?:thoi\s+)?han\s+(?:dang\s+ky|nop|gui|bao\s+cao|gop\s+y|hoan\s+thanh|tra\s+loi)|thoi\s+han"
    r"|den\s+het|khong\s+qua)\s+(?:la\s+)?(?:vao\s+)?(?:ngay\s+)?|\bvao\s+ngay\s+|\bngay\s+)"
)
_OF_ANY_YEAR = r"(?<![\d/])\d{1,2}(?:\s?/\s?|\s+thang\s+)\d{1,2}(?![\d/]|\s?/\s?\d|\s+nam\s+\d)"
_WEEKDAYS = {
    "hai": "MO",
    "2": "MO",
    "ba": "TU",
    "3": "TU",
    "tu": "WE",
    "4": "WE",
    "nam": "TH",
    "5": "TH",
    "sau": "FR",
    "6": "FR",
    "bay": "SA",
    "7": "SA",
}
_FREQUENCIES = {
    "ngay": ("DAILY", 1),
    "tuan": ("WEEKLY", 1),
    "thang": ("MONTHLY", 1),
    "quy": ("MONTHLY", 3),
    "nam": ("YEARLY", 1),
}
_MOST_APART = 60
"""Units between two times beyond which a number was misread."""


def _rule(unit: str, times: int = 1, *parts: str) -> str:
    frequency, step = _FREQUENCIES[unit]
    interval = (f"INTERVAL={step * times}",) if step * times > 1 else ()
    return ";".join((f"FREQ={frequency}", *interval, *parts))


def _each(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """`ngày 20 hằng tháng`, `ngày 10/12 hằng năm`."""
    del issued
    if match["day"]:
        written = read_day(match["day"])
        if written is None or written.in_year(_LEAP_YEAR) is None:
            return PhraseEnd(is_unclear=True)
        return PhraseEnd(recurrence=_rule("nam", 1, f"BYMONTH={written.month}", f"BYMONTHDAY={written.day}"))
    if not 1 <= int(match["dom"]) <= 31:
        return PhraseEnd(is_unclear=True)
    if match["every"] in {"tuan", "nam"}:
        # The 20th of a week is nothing, and of a year the month is wanting.
        return PhraseEnd(recurrence=_rule(match["every"]), ask="day")
    ask = "month" if match["every"] == "quy" else None
    return PhraseEnd(recurrence=_rule(match["every"], 1, f"BYMONTHDAY={int(match['dom'])}"), ask=ask)


def _of_the_quarter(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """`ngày 15 tháng cuối quý`."""
    del issued
    if not 1 <= int(match["dom"]) <= 31:
        return PhraseEnd(is_unclear=True)
    months = "1,4,7,10" if match["which"] == "dau" else "3,6,9,12"
    return PhraseEnd(recurrence=_rule("nam", 1, f"BYMONTH={months}", f"BYMONTHDAY={int(match['dom'])}"))


def _weekly(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """`thứ Sáu hằng tuần`."""
    del issued
    day = _WEEKDAYS[match["weekday"]] if match["weekday"] else "SU"
    return PhraseEnd(recurrence=_rule("tuan", 1, f"BYDAY={day}"))


def _times(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """`06 tháng 01 lần`, `mỗi quý một lần`, `01 lần/tháng`."""
    del issued
    apart = int(match["apart"] or 1) if "apart" in match.groupdict() else 1
    if not 1 <= apart <= _MOST_APART:
        return PhraseEnd(is_unclear=True)
    return PhraseEnd(recurrence=_rule(match["unit"], apart), ask=_lacks(match["unit"], apart))


def _periodic(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """`định kỳ hằng quý`."""
    del issued
    return PhraseEnd(recurrence=_rule(match["unit"]), ask=_lacks(match["unit"]))


def _lacks(unit: str, apart: int = 1) -> str | None:
    """What the office must say; a thing of every day lacks nothing."""
    return None if (unit, apart) == ("ngay", 1) else "day"


def _open(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    del match, issued
    return PhraseEnd(is_open=True)


_UNIT = r"(?P<unit>ngay|tuan|thang|quy|nam)\b"
_ONCE = r"(?:0?1|mot)(?:\s*\(\s*mot\s*\))?\s+lan\b"

RECURRING = compile_phrases(
    (
        DatedKind.DAY,
        rf"{_BEFORE}(?:(?P<dom>\d{{1,2}})\s+{_EVERY}|(?P<day>{DAY})\s+{_EACH}\s+nam\b)",
        _each,
    ),
    (
        DatedKind.DAY,
        rf"\b(?:{_EACH}\s+nam,?\s+{_BEFORE}(?P<day>{_OF_ANY_YEAR})|{_EACH}\s+(?P<every>thang|quy),?\s+{_BEFORE}"
        r"(?P<dom>\d{1,2})(?!\d|\s?[/.-]\s?\d|\s+(?:cua\s+)?thang|\s+ngay))",
        _each,
    ),
    (
        DatedKind.DAY,
        rf"{_BEFORE}(?P<dom>\d{{1,2}})\s+(?:cua\s+)?thang\s+(?P<which>dau|cuoi)(?:\s+tien|\s+cung)?"
        rf"\s+(?:cua\s+)?(?:{_EACH}\s+)?quy\b(?!\s+(?:[1-4]|i{{1,3}}|iv)\b)",
        _of_the_quarter,
    ),
    (
        DatedKind.DAY,
        rf"(?:\b(?:truoc|vao|chieu|sang)\s+)*\b(?:thu\s+(?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|chu\s+nhat)"
        rf"\s+{_EACH}\s+tuan\b",
        _weekly,
    ),
    (
        DatedKind.DAY,
        rf"(?<!\d)(?:(?P<apart>\d{{1,3}})(?:\s*\([^)]{{1,20}}\))?\s+|\b{_EACH}\s+){_UNIT}\s*[/,]?\s*{_ONCE}",
        _times,
    ),
    (DatedKind.DAY, rf"\b{_ONCE}\s*(?:/\s*|(?:mot|moi|trong|hang)\s+){_UNIT}", _times),
    (DatedKind.DAY, rf"\bdinh\s+ky\s+(?:vao\s+)?{_EACH}\s+{_UNIT}", _periodic),
    (
        DatedKind.DAY,
        rf"(?:(?<=[.;:\n])|(?<=[.;:]\s)|(?<=\n[-+*]\s)|(?<=\n[-+*])|^){_EACH}\s+{_UNIT}(?=\s*,|\s+[a-z])",
        _periodic,
    ),
    (
        DatedKind.DAY,
        r"\bdinh\s+ky\s*(?:,|hoac|va|/)\s*(?:hoac\s+)?dot\s+xuat\b(?:\s+theo\s+(?:quy\s+dinh|yeu\s+cau))?"
        r"|\bdinh\s+ky\s+theo\s+quy\s+dinh\b",
        _open,
    ),
)
"""Every phrase of this module, to be read beside those that name a day."""
