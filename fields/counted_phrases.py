"""Phrases that count: so many hours, days, weeks or months after this paper was signed or came in.

    counted   = ("trong thời hạn" | "trong vòng" | "chậm nhất" | "không quá" | "sau") n unit [from]
    from      = ["kể" | "tính"] "từ" ("ngày" | "khi") …
    within    = "trong" n unit from                             only from this paper's signing or receipt
    at once   = "ngay" ["sau" | "từ"] "khi" "nhận được" [this paper]
    ahead     = "trước" ["ít nhất"] n unit                      before what only the reader knows

A number of calendar units counted from the day of signing gives a day; of working days, or from receipt, the
office counts, because it has the calendar and knows when that was. Counted from anything else, nothing is
known.

Source: Civil Code 2015, articles 145 to 148 (the first day is not counted; a month ends on the day of the
same number, or on its last).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from fields.asking import DatedKind
from fields.phrase_ends import Count, PhraseEnd, compile_phrases, no_day

_OTHERS = r"cong\s+van|quyet\s+dinh|thong\s+tu|nghi\s+(?:dinh|quyet)|luat|\btu\b|\bsau\b"
FILLER = rf"(?:(?!{_OTHERS})[^.;\n\d]){{0,40}}?:?\s*"
"""What may stand between the words of a time limit and its day or number."""
SURE = (
    r"(?:(?:cham|muon|tre)\s+nhat|khong\s+(?:cham|muon|tre)\s+(?:hon|qua)|han\s+chot|han\s+cuoi"
    r"|(?:thoi\s+)?han\s+(?:dang\s+ky|nop|gui|bao\s+cao|gop\s+y|hoan\s+thanh|tra\s+loi))"
)
"""Words that say by themselves that an end follows."""
_NUMBERS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi lam": 15,
    "hai muoi": 20,
    "ba muoi": 30,
}
"""Numbers in words, without marks; `sáu` looks like `sau` (after) and is left out."""
_COUNT = r"(?P<count>\d{1,3})(?:\s*\([^)]{1,20}\))?"
_IN_WORDS = rf"(?P<count>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?:\s*\([^)]{{1,20}}\))?"
_UNIT = (
    r"(?:\s+|(?<=\d)(?=h))"
    r"(?P<unit>ngay\s+lam\s+viec|ngay|(?:gio|h|tieng)(?:\s+lam\s+viec)?|tuan|thang|quy|nam)\b"
)
_FROM = r",?\s*\(?(?:ke|tinh)?\s*tu\s+(?:ngay|khi|luc|thoi\s+diem)\s+(?P<start>[^.,;:()\n]{2,60})"
_COUNTED = (
    rf"\b(?:(?:trong\s+(?:thoi\s+(?:han|gian)|vong)|cham\s+nhat|khong\s+qua)\s+(?:la\s+)?(?:sau\s+)?"
    rf"|(?:thoi\s+han|{SURE}){FILLER}(?<=\s))"
    rf"{_COUNT}{_UNIT}"
)
_SAID = rf"\btrong\s+(?:thoi\s+(?:han|gian)|vong)\s+{_IN_WORDS}{_UNIT}{_FROM}"
_WITHIN = rf"\btrong\s+{_COUNT}{_UNIT}"
_OUR_START = r"(?=(?:tiep\s+)?nhan\b|ky\b|ban\s+hanh\b|phat\s+hanh\b)"
_AFTER = rf"\bsau\s+{_COUNT}{_UNIT}"
_AHEAD = (
    rf"\btruoc\s+(?:(?:it\s+nhat|toi\s+thieu)\s+)?{_COUNT}\s+(?:ngay(?:\s+lam\s+viec)?|tuan|thang)\b(?!\s*\d)"
)
_PAPER = (
    r"(?:cong\s+(?:van|dien)|van\s+ban|thong\s+bao|ke\s+hoach|chi\s+thi|quyet\s+dinh|giay\s+moi|huong\s+dan)"
)
_AT_ONCE = (
    rf"\bngay\s+(?:sau\s+|tu\s+)?khi\s+(?:tiep\s+)?nhan(?:\s+duoc)?"
    rf"(?:\s+{_PAPER}(?:\s+nay)?(?=\s*(?:[.,;:)]|$|\n))|\s+{_PAPER}\s+nay\b|(?=\s*[.,;:)]))"
)
_SIGNED = re.compile(r"(?:ky|ban\s+hanh|phat\s+hanh)\b")
_NOT_MAIL = r"ho\s+so|don|khieu\s+nai|to\s+cao|y\s+kien|hang|tien|bao\s+cao|de\s+nghi|ket\s+qua"
_RECEIVED = re.compile(rf"(?:tiep\s+)?nhan\b(?!.*\b(?:{_NOT_MAIL})\b)")
_DAYS = {"ngay": 1, "tuan": 7}
_MONTHS = {"thang": 1, "quy": 3, "nam": 12}
_HOURS = frozenset({"gio", "h", "tieng"})


def _counted(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    since = "issue" if _SIGNED.match(match["start"]) else "receipt" if _RECEIVED.match(match["start"]) else ""
    count = _NUMBERS.get(match["count"]) or int(match["count"])
    unit = " ".join(match["unit"].split())
    is_hours = unit.split()[0] in _HOURS
    if not since or (is_hours and (since == "issue" or unit not in _HOURS)):
        # No paper says at which hour it was signed, and hours of work are counted by no calendar.
        return PhraseEnd()
    if since == "issue" and unit != "ngay lam viec":
        day = _later(issued, count, unit) if issued else None
        return PhraseEnd(day=day, leans=day is not None, is_unclear=issued is not None and day is None)
    if unit in _DAYS:
        return PhraseEnd(count=Count(str(count * _DAYS[unit]), "days", since))
    if unit in _MONTHS:
        return PhraseEnd(count=Count(str(count * _MONTHS[unit]), "months", since))
    return PhraseEnd(count=Count(str(count), "hours" if is_hours else "working_days", since))


def _later(day: dt.date, count: int, unit: str) -> dt.date | None:
    try:
        if unit in _DAYS:
            return day + dt.timedelta(count * _DAYS[unit])
        year, month = divmod(day.year * 12 + day.month - 1 + count * _MONTHS[unit], 12)
        return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def _at_once(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """The same working day; the paper names no date, and none is made up."""
    del match, issued
    return PhraseEnd(count=Count("0", "working_days", "receipt"))


# `sau 05 ngày kể từ ngày nhận` is an end where it counts from this paper; from anything else it is a wait.
_OF_THIS_PAPER = rf"(?=[^.,;:()\n]{{0,20}}\b(?:nhan|ky|ban\s+hanh)\b[^.,;:()\n]{{0,14}}\b{_PAPER})"

COUNTED = compile_phrases(
    (DatedKind.DAY, rf"{_COUNTED}{_FROM}", _counted),
    (DatedKind.DAY, _SAID, _counted),
    # `trong 07 ngày` alone may be how long a thing takes; counted from this paper it is an end.
    (
        DatedKind.DAY,
        rf"{_WITHIN},?\s*\(?(?:ke|tinh)\s+tu\s+(?:ngay|khi|luc)\s+{_OUR_START}(?P<start>[^.,;:()\n]{{2,60}})",
        _counted,
    ),
    (DatedKind.PERIOD, _COUNTED, no_day),
    (
        DatedKind.DAY,
        rf"{_AFTER},?\s*\(?(?:ke|tinh)?\s*tu\s+(?:ngay|khi)\s+{_OF_THIS_PAPER}"
        r"(?P<start>[^.,;:()\n]{2,60})",
        _counted,
    ),
    (DatedKind.PERIOD, _AHEAD, no_day),
    (DatedKind.DAY, _AT_ONCE, _at_once),
)
"""Every phrase of this module, to be read beside those that name a day."""
