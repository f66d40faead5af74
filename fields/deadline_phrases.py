"""Dated phrases of running text: where each stands, its day, and how much it says of itself.

    before   = "trước" [hour] ["ngày"] day                     the day itself; many offices read "by"
    latest   = ("chậm nhất" | "muộn nhất" | "hạn chót" | "hạn cuối" | "thời hạn" | "đến hết") … day
    within   = "trong" "ngày" day
    period   = ("trong" | "cuối" | "hết" | "giữa" | "đầu") ("tháng" m | "quý" q | "năm") [year]
             | "trước" ("tháng" m | "quý" q | "năm") [year]      the last day before it
             | ("vào" | "trong" | "trước" | "đến") ("cuối" | "giữa" | "đầu") ("năm" | "quý" | "tháng") ["nay"]
    range    = "từ" day "đến" ["hết"] day                       no single day is certain
    unread   = ("trước" | "chậm nhất" | …) "ngày" something with a digit that is no day

What counts units is in `fields.counted_phrases`, what comes again in `fields.recurring_phrases`, what names a
day without figures in `fields.spoken_phrases`. A day before the day of issue is history, and so is a range
that ended before it. Haste without a day (`khẩn trương`) sets none. An hour that no day has and a day of the
week that is not the day's are asked about.

Source: Civil Code 2015, articles 145 to 148 (periods; the first day is not counted; the beginning, the middle
and the end of a month and of a year; of the middle of a quarter it says nothing).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from fields.asking import DatedKind
from fields.counted_phrases import COUNTED, FILLER, SURE
from fields.phrase_ends import PhraseEnd, compile_phrases
from fields.recurring_phrases import RECURRING
from fields.spoken_phrases import SPOKEN
from fields.when import DAY, HOUR, WEEKDAY, is_hour, list_days, read_day, read_hour, read_weekday

_TIMED = (
    rf"(?:(?:luc\s+)?{HOUR}(?:\s+(?:sang|trua|chieu|toi))?,?\s+)?(?:(?:ngay\s+)?{WEEKDAY},?\s+)?"
    r"(?:\((?=\s?ngay))?"
)
_LATER = rf"(?P<later>,?\s+luc\s+{HOUR})?"
"""The hour behind its day: `trước ngày 15/3 lúc 17 giờ`."""
_LATEST = r"(?:thoi\s+han|den\s+het|khong\s+qua)"
_PERIOD = (
    r"\b(?P<part>trong|vao|cuoi|den\s+het|het|giua|dau|truoc)\s+(?:thang\s+(?P<month>\d{1,2})(?!\d)"
    r"|quy\s+(?P<quarter>iv|i{1,3}|\d)(?!\w)|nam(?=\s+\d{4}(?!\d)))"
    r"(?:(?:\s*[/-]\s*|\s+nam\s+|(?<=nam)\s+)(?P<year>\d{4}))?(?![\d/])"
)
_PRESENT = (
    r"\b(?:vao|trong|truoc|den|het)\s+(?P<part>dau|giua|cuoi)\s+(?P<unit>thang|quy|nam)"
    r"(?P<now>\s+nay)?\b(?!\s*(?:\d|i{1,3}\b|iv\b|toi\b|sau\b|hoc\b|ngoai\b|truoc\b))"
)
_WEEKDAY_AFTER = re.compile(rf"\s*,?\s*{WEEKDAY}")
_UNREAD = re.compile(
    rf"\b(?:truoc|{SURE}(?:\s+la)?|den\s+het)\s+{_TIMED}ngay\s+(?=\S{{0,6}}\d)[^\s,;()]{{1,12}}(?<![.])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPhrase:
    """A dated phrase at `start`:`end` of the text; `kind` says whether its sentence must ask something."""

    start: int
    end: int
    kind: DatedKind
    says: PhraseEnd
    is_past: bool = False
    """Its day, or the range that it closes, lies before the day of issue."""


def list_dated_phrases(folded: str, issued: dt.date | None) -> list[DatedPhrase]:
    """Return the dated phrases of `folded` (no marks), left to right; where two fit, the longer stands.

    `issued` is the day of issue: it gives a day without a year its year, and tells what is past.
    """
    kept = _without_overlaps(_list_read(folded, issued))
    unread = (
        DatedPhrase(start=m.start(), end=m.end(), kind=DatedKind.DAY, says=PhraseEnd(is_unclear=True))
        for m in _UNREAD.finditer(folded)
    )
    kept += [p for p in unread if all(p.end <= k.start or k.end <= p.start for k in kept)]
    return sorted(kept, key=lambda p: p.start)


def _list_read(folded: str, issued: dt.date | None) -> Iterator[DatedPhrase]:
    for kind, pattern, read in (*_DATED, *COUNTED, *RECURRING, *SPOKEN):
        for match in pattern.finditer(folded):
            says = _beside_weekday(read(match, issued), folded, match)
            last = says.over or says.day
            yield DatedPhrase(
                start=match.start(),
                end=match.end() + _closes(folded, match),
                kind=kind,
                says=says,
                is_past=last is not None and issued is not None and last < issued,
            )


def _beside_weekday(says: PhraseEnd, folded: str, match: re.Match[str]) -> PhraseEnd:
    """In doubt where the paper names a day of the week beside a single day, and the day is another."""
    if says.day is None or not re.search(DAY, match[0]):
        return says
    after = _WEEKDAY_AFTER.match(folded, match.end())
    named = read_weekday(match[0] + (after[0] if after else ""))
    return replace(says, is_unclear=True) if named not in (None, says.day.weekday()) else says


def _closes(folded: str, match: re.Match[str]) -> int:
    """1 where the bracket closes that the phrase opened, else 0."""
    return int(match[0].count("(") > match[0].count(")") and folded[match.end() : match.end() + 1] == ")")


def _without_overlaps(phrases: Iterable[DatedPhrase]) -> list[DatedPhrase]:
    kept: list[DatedPhrase] = []
    for phrase in sorted(phrases, key=lambda p: (p.start - p.end, p.start)):
        if all(phrase.end <= other.start or other.end <= phrase.start for other in kept):
            kept.append(phrase)
    return kept


def _one_day(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    written = read_day(match["day"])
    day = written.after(issued) if written else None
    if written is None or (day is None and (written.year or issued is None)):
        return PhraseEnd(is_unclear=True)
    # Without a year, and past in the year of issue: the next year, which a person must confirm.
    is_past = day is None and issued is not None and written.in_year(issued.year) is not None
    next_year = written.in_year(issued.year + 1) if issued and is_past and issued.year < dt.MAXYEAR else None
    day = day or next_year
    timed = _around_day(match)
    time = read_hour(timed)
    if day and time == dt.time(0):
        # The first moment of a day is the end of the one before.
        day, time = _shift(day, -1), None
    return PhraseEnd(
        day=day,
        time=time,
        is_unclear=day is None or not is_hour(timed),
        is_next_year=next_year is not None,
        leans=written.year is None,
    )


def _around_day(match: re.Match[str]) -> str:
    """What a phrase says before and behind its day."""
    return f"{match[0][: match.start('day') - match.start()]} {match['later'] or ''}"


def _before_day(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """`trước ngày` is "by" to many offices; in its letter the day before is the last. An hour is plain."""
    end = _one_day(match, issued)
    has_hour = re.search(HOUR, _around_day(match))
    return replace(end, strict=_shift(end.day, -1)) if end.day and not has_hour else end


def _end_of_period(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    year = int(match["year"]) if match["year"] else issued.year if issued else 0
    first, last = _months(match)
    if not (dt.MINYEAR <= year <= dt.MAXYEAR and 1 <= first <= last <= 12):
        return PhraseEnd(is_unclear=True)
    if match["part"] == "truoc":
        day = _shift(dt.date(year, first, 1), -1)
    else:
        day = _part_of(match["part"], year, first, last)
    is_middle = match["part"] == "giua"
    return PhraseEnd(day=day, is_unclear=day is None and not is_middle, leans=not match["year"])


def _end_of_present(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """`vào cuối năm`: of the year of issue. A month or a quarter only with `này`: else it may be any."""
    if issued is None or (match["unit"] != "nam" and not match["now"]):
        return PhraseEnd()
    quarter = (issued.month - 1) // 3
    first, last = {
        "thang": (issued.month, issued.month),
        "quy": (3 * quarter + 1, 3 * quarter + 3),
        "nam": (1, 12),
    }[match["unit"]]
    day = _part_of(match["part"], issued.year, first, last)
    if day and "truoc" in match[0].split()[0] and match["part"] == "dau":
        day = _shift(day, -1)
    return PhraseEnd(day=day, leans=day is not None)


def _part_of(part: str, year: int, first: int, last: int) -> dt.date | None:
    """The day of a part of the months `first` to `last`; None where the law names none."""
    if part == "dau":
        return dt.date(year, first, 1)
    if part == "giua":
        return (
            dt.date(year, first, 15)
            if first == last
            else dt.date(year, 6, 30)
            if last - first == 11
            else None
        )
    return dt.date(year, last, calendar.monthrange(year, last)[1])


def _months(match: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of the period; nought and nought when there is no such period."""
    if match["month"]:
        return int(match["month"]), int(match["month"])
    if not match["quarter"]:
        return 1, 12
    written = match["quarter"]
    quarter = int(written) if written.isdecimal() else {"i": 1, "ii": 2, "iii": 3, "iv": 4}[written]
    return 3 * quarter - 2, 3 * quarter


def _shift(day: dt.date, days: int) -> dt.date | None:
    try:
        return day + dt.timedelta(days)
    except OverflowError:
        return None


def _range(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    first, *_, last = list_days(match[0])
    year = last.year or (issued.year if issued else None)
    return _from_to(first.in_year(year), last.in_year(year)) if year else PhraseEnd()


def _range_of_month(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """`từ 15 đến 20/3/2012`."""
    last = read_day(match["day"])
    year = last.year or (issued.year if issued else None) if last else None
    if last is None or year is None:
        return PhraseEnd()
    return _from_to(replace(last, day=int(match["first"])).in_year(year), last.in_year(year))


def _from_to(since: dt.date | None, over: dt.date | None) -> PhraseEnd:
    """A range; one that is none of the calendar, or ends before it begins, is asked about."""
    if since is None or over is None or over < since:
        return PhraseEnd(is_unclear=True)
    return PhraseEnd(since=since, over=over)


_DATED = compile_phrases(
    (DatedKind.DAY, rf"\btu\s+{_TIMED}{DAY}\s+den\s+(?:het\s+)?{_TIMED}{DAY}", _range),
    (
        DatedKind.DAY,
        rf"\btu\s+(?:ngay\s+)?(?P<first>\d{{1,2}})\s*(?:-|den)\s*(?:het\s+)?(?:ngay\s+)?(?P<day>{DAY})",
        _range_of_month,
    ),
    (DatedKind.SURE, rf"\b{SURE}\b{FILLER}{_TIMED}(?P<day>{DAY}){_LATER}", _one_day),
    (DatedKind.DAY, rf"\b{_LATEST}\b{FILLER}{_TIMED}(?P<day>{DAY}){_LATER}", _one_day),
    (DatedKind.DAY, rf"\btruoc\s+{_TIMED}(?P<day>{DAY}){_LATER}", _before_day),
    (DatedKind.DAY, rf"\btrong\s+(?P<day>ngay\s+{DAY}){_LATER}", _one_day),
    (DatedKind.PERIOD, _PERIOD, _end_of_period),
    (DatedKind.PERIOD, _PRESENT, _end_of_present),
)
