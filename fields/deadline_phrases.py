"""Dated phrases of running text: where each stands, its day, and how much it says of itself.

    before   = "trước" [hour] ["ngày"] day                     the day itself; many offices read "by"
    latest   = ("chậm nhất" | "muộn nhất" | "hạn chót" | "hạn cuối" | "thời hạn" | "đến hết") … day
    within   = "trong" "ngày" day
    period   = ("trong" | "cuối" | "hết" | "giữa" | "đầu") ("tháng" m | "quý" q | "năm") [year]
    counted  = ("trong thời hạn" | "trong vòng" | "chậm nhất" | "không quá") n unit [from]
               | "trước" ("tháng" m | "quý" q | "năm") [year]      the last day before it
    range    = "từ" day "đến" ["hết"] day                       no single day is certain
    repeated = ["trước" | …] "ngày" d ("hằng" | "hàng" | "mỗi") ("tháng" | "quý" | "năm")
               | ["trước" | …] day ("hằng" | "hàng" | "mỗi") "năm"
    unread   = ("trước" | "chậm nhất" | …) "ngày" something with a digit that is no day

A day before the day of issue is history, and so is a range that ended before it. A number of days counted
from the day of signing gives a day; one counted from receipt does not, because only the office knows when
that was.

Source: Civil Code 2015, articles 145 to 148 (periods; the first day is not counted; the beginning, the middle
and the end of a month, a quarter and a year).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from fields.asking import DatedKind
from fields.when import DAY, HOUR, WEEKDAY, list_days, read_day

_TIMED = (
    rf"(?:(?:luc\s+)?{HOUR}(?:\s+(?:sang|trua|chieu))?,?\s+)?(?:(?:ngay\s+)?{WEEKDAY},?\s+)?"
    r"(?:\((?=\s?ngay))?"
)
_SURE = (
    r"(?:(?:cham|muon|tre)\s+nhat|khong\s+(?:cham|muon|tre)\s+(?:hon|qua)|han\s+chot|han\s+cuoi"
    r"|(?:thoi\s+)?han\s+(?:dang\s+ky|nop|gui|bao\s+cao|gop\s+y|hoan\s+thanh|tra\s+loi))"
)
_LATEST = r"(?:thoi\s+han|den\s+het|khong\s+qua)"
_OTHERS = r"cong\s+van|quyet\s+dinh|thong\s+tu|nghi\s+(?:dinh|quyet)|luat|\btu\b|\bsau\b"
_FILLER = rf"(?:(?!{_OTHERS})[^.;\n\d]){{0,40}}?:?\s*"
_COUNT = r"(?P<count>\d{1,3})(?:\s*\([^)]{1,20}\))?"
_UNIT = r"(?P<unit>ngay\s+lam\s+viec|ngay|gio|tuan|thang)\b"
_FROM = r",?\s*\(?(?:ke|tinh)?\s*tu\s+(?:ngay|khi)\s+(?P<start>[^.,;:()\n]{2,60})"
_COUNTED = (
    rf"\b(?:(?:trong\s+(?:thoi\s+(?:han|gian)|vong)|cham\s+nhat|khong\s+qua)\s+(?:la\s+)?(?:sau\s+)?"
    rf"|(?:thoi\s+han|{_SURE}){_FILLER}(?<=\s))"
    rf"{_COUNT}\s+{_UNIT}"
)
_AHEAD = (
    rf"\btruoc\s+(?:(?:it\s+nhat|toi\s+thieu)\s+)?{_COUNT}\s+(?:ngay(?:\s+lam\s+viec)?|tuan|thang)\b(?!\s*\d)"
)
_EVERY = r"(?:hang|hanng|moi)\s+(?P<every>tuan|thang|quy|nam)\b"
_PERIOD = (
    r"\b(?P<part>trong|vao|cuoi|den\s+het|het|giua|dau|truoc)\s+(?:thang\s+(?P<month>\d{1,2})(?!\d)"
    r"|quy\s+(?P<quarter>iv|i{1,3}|[1-4])(?!\w)|nam(?=\s+\d{4}(?!\d)))"
    r"(?:(?:\s*[/-]\s*|\s+nam\s+|(?<=nam)\s+)(?P<year>\d{4}))?(?![\d/])"
)
_LEAP_YEAR = 2000
_SIGNED = re.compile(r"(?:ky|ban\s+hanh|phat\s+hanh)\b")
_NOT_MAIL = r"ho\s+so|don|khieu\s+nai|to\s+cao|y\s+kien|hang|tien"
_RECEIVED = re.compile(rf"(?:tiep\s+)?nhan\b(?!.*\b(?:{_NOT_MAIL})\b)")
_UNREAD = re.compile(
    rf"\b(?:truoc|{_SURE}(?:\s+la)?|den\s+het)\s+{_TIMED}ngay\s+(?=\S{{0,6}}\d)[^\s,;()]{{1,12}}(?<![.])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPhrase:
    """A dated phrase at `start`:`end` of the text; `kind` says whether its sentence must ask something."""

    start: int
    end: int
    kind: DatedKind
    day: dt.date | None = None
    recurrence: str | None = None
    count: tuple[str, str] | None = None
    """Days from receipt and their kind, `days` or `working_days`."""
    is_unclear: bool = False
    """It names a day, but none that is in the calendar or that can be told."""
    is_past: bool = False
    """Its day, or the range that it closes, lies before the day of issue."""
    leans: bool = False
    """Its day is reckoned from the day of issue: counted from signing, or written without a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    day: dt.date | None = None
    recurrence: str | None = None
    count: tuple[str, str] | None = None
    is_unclear: bool = False
    over: dt.date | None = None
    """The last day it speaks of, when it sets none."""
    leans: bool = False


_Reader = Callable[[re.Match[str], dt.date | None], _End]


def list_dated_phrases(folded: str, issued: dt.date | None) -> list[DatedPhrase]:
    """Return the dated phrases of `folded` (no marks), left to right; where two fit, the longer stands.

    `issued` is the day of issue: it gives a day without a year its year, and tells what is past.
    """
    kept = _without_overlaps(_list_read(folded, issued))
    unread = (
        DatedPhrase(start=m.start(), end=m.end(), kind=DatedKind.DAY, is_unclear=True)
        for m in _UNREAD.finditer(folded)
    )
    kept += [p for p in unread if all(p.end <= k.start or k.end <= p.start for k in kept)]
    return sorted(kept, key=lambda p: p.start)


def _list_read(folded: str, issued: dt.date | None) -> Iterator[DatedPhrase]:
    for kind, pattern, read in _PATTERNS:
        for match in pattern.finditer(folded):
            end = read(match, issued)
            last = end.over or end.day
            yield DatedPhrase(
                start=match.start(),
                end=match.end() + _closes(folded, match),
                kind=kind,
                day=end.day,
                recurrence=end.recurrence,
                count=end.count,
                is_unclear=end.is_unclear,
                is_past=last is not None and issued is not None and last < issued,
                leans=end.leans,
            )


def _closes(folded: str, match: re.Match[str]) -> int:
    """1 where the bracket closes that the phrase opened, else 0."""
    return int(match[0].count("(") > match[0].count(")") and folded[match.end() : match.end() + 1] == ")")


def _without_overlaps(phrases: Iterable[DatedPhrase]) -> list[DatedPhrase]:
    kept: list[DatedPhrase] = []
    for phrase in sorted(phrases, key=lambda p: (p.start - p.end, p.start)):
        if all(phrase.end <= other.start or other.end <= phrase.start for other in kept):
            kept.append(phrase)
    return kept


def _one_day(match: re.Match[str], issued: dt.date | None) -> _End:
    written = read_day(match["day"])
    day = written.after(issued) if written else None
    return _End(day=day, is_unclear=day is None, leans=written is not None and written.year is None)


def _end_of_period(match: re.Match[str], issued: dt.date | None) -> _End:
    year = int(match["year"]) if match["year"] else issued.year if issued else 0
    first, last = _months(match)
    if not (dt.MINYEAR <= year <= dt.MAXYEAR and 1 <= first <= last <= 12):
        return _End(is_unclear=True)
    end = _End(day=dt.date(year, last, calendar.monthrange(year, last)[1]))
    if match["part"] == "truoc":
        end = _later(dt.date(year, first, 1), -1)
    if match["part"] == "dau":
        end = _End(day=dt.date(year, first, 1))
    if match["part"] == "giua" and match["month"]:
        end = _End(day=dt.date(year, first, 15))
    return replace(end, leans=not match["year"])


def _months(match: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of the period; nought and nought when there is no such period."""
    if match["month"]:
        return int(match["month"]), int(match["month"])
    if not match["quarter"]:
        return 1, 12
    written = match["quarter"]
    quarter = int(written) if written.isdecimal() else {"i": 1, "ii": 2, "iii": 3, "iv": 4}[written]
    return 3 * quarter - 2, 3 * quarter


def _counted(match: re.Match[str], issued: dt.date | None) -> _End:
    """A day for calendar days from the day of signing; from receipt the number, which the office counts."""
    start, count = match["start"], int(match["count"])
    unit = " ".join(match["unit"].split())
    days = count * 7 if unit == "tuan" else count
    if unit in {"ngay", "tuan"} and issued and _SIGNED.match(start):
        return replace(_later(issued, days), leans=True)
    if unit in {"ngay", "tuan", "ngay lam viec"} and _RECEIVED.match(start):
        return _End(count=(str(days), "working_days" if unit == "ngay lam viec" else "days"))
    return _End()


def _no_day(match: re.Match[str], issued: dt.date | None) -> _End:
    del match, issued
    return _End()


def _later(day: dt.date, days: int) -> _End:
    try:
        return _End(day=day + dt.timedelta(days=days))
    except OverflowError:
        return _End(is_unclear=True)


def _range(match: re.Match[str], issued: dt.date | None) -> _End:
    *_, last = list_days(match[0])
    return _End(over=last.in_year(issued.year) if issued else None)


def _repeated(match: re.Match[str], issued: dt.date | None) -> _End:
    del issued
    if match["day"]:
        written = read_day(match["day"])
        if written is None or written.in_year(_LEAP_YEAR) is None:
            return _End(is_unclear=True)
        return _End(recurrence=f"FREQ=YEARLY;BYMONTH={written.month};BYMONTHDAY={written.day}")
    every = {"tuan": "WEEKLY", "thang": "MONTHLY", "quy": "MONTHLY;INTERVAL=3", "nam": "YEARLY"}[
        match["every"]
    ]
    if not 1 <= int(match["dom"]) <= 31:
        return _End(is_unclear=True)
    day = f";BYMONTHDAY={int(match['dom'])}" if match["every"] in {"thang", "quy"} else ""
    return _End(recurrence=f"FREQ={every}{day}")


_PATTERNS: tuple[tuple[DatedKind, re.Pattern[str], _Reader], ...] = tuple(
    (kind, re.compile(pattern), read)
    for kind, pattern, read in (
        (
            DatedKind.DAY,
            rf"(?:\b(?:truoc|den|{_SURE}|{_LATEST})\s+(?:la\s+)?(?:ngay\s+)?|\bvao\s+ngay\s+|\bngay\s+)"
            rf"(?:(?P<dom>\d{{1,2}})\s+{_EVERY}|(?P<day>{DAY})\s+(?:hang|moi)\s+nam\b)",
            _repeated,
        ),
        (DatedKind.DAY, rf"\btu\s+{_TIMED}{DAY}\s+den\s+(?:het\s+)?{_TIMED}{DAY}", _range),
        (DatedKind.SURE, rf"\b{_SURE}\b{_FILLER}{_TIMED}(?P<day>{DAY})", _one_day),
        (DatedKind.DAY, rf"\b{_LATEST}\b{_FILLER}{_TIMED}(?P<day>{DAY})", _one_day),
        (DatedKind.DAY, rf"\btruoc\s+{_TIMED}(?P<day>{DAY})", _one_day),
        (DatedKind.DAY, rf"\btrong\s+(?P<day>ngay\s+{DAY})", _one_day),
        (DatedKind.PERIOD, _PERIOD, _end_of_period),
        (DatedKind.DAY, rf"{_COUNTED}{_FROM}", _counted),
        (DatedKind.PERIOD, _COUNTED, _no_day),
        (DatedKind.PERIOD, _AHEAD, _no_day),
    )
)
