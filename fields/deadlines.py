"""Find by when the paper wants something done: the phrase as printed, and the day where it names one.

    before   = "trước" [hour] ["ngày"] day                     the day itself; many offices read "by"
    latest   = ("chậm nhất" | "muộn nhất" | "hạn chót" | "hạn cuối" | "thời hạn" | "đến hết") … day
    within   = "trong" ("ngày" day | "tháng" m | "quý" q)       the last day of the period
    counted  = ("trong thời hạn" | "trong vòng" | "chậm nhất" | "không quá") n unit [from]
    range    = "từ" day "đến" ["hết"] day                       no single day is certain
    repeated = ["trước" | …] "ngày" d ("hằng" | "hàng" | "mỗi") ("tháng" | "quý" | "năm")

A day before the day of issue is history, no deadline. A number of days counted from the day of signing gives
a day; one counted from receipt does not, because only the office knows when that was.

Source: Civil Code 2015, articles 145 to 148 (periods; the first day is not counted).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from documents.looks import Alphabet, SecondLook, SecondReading
from documents.page import Box, Line, Source, around
from documents.reading import FieldName, FieldReading, Found
from fields.annexes import list_own_pages, run_body
from fields.layout import Layout
from fields.running_text import RunningText, fold_in_place
from fields.verdict import checked, doubted
from fields.when import DAY, HOUR, WEEKDAY, read_day

_TIMED = rf"(?:(?:luc\s+)?{HOUR},?\s+)?(?:{WEEKDAY},?\s+)?"
_LATEST = (
    r"(?:cham\s+nhat|muon\s+nhat|han\s+chot|han\s+cuoi|thoi\s+han|han\s+(?:dang\s+ky|nop|gui)|den\s+het)"
)
_COUNT = r"(?P<count>\d{1,3})(?:\s*\([^)]{1,20}\))?"
_UNIT = r"(?P<unit>ngay\s+lam\s+viec|ngay|gio|tuan|thang)"
_FROM = r"(?:,?\s*\(?(?:ke|tinh)?\s*tu\s+(?:ngay|khi)\s+(?P<start>[^.;:()\n]{2,60}))?"
_EVERY = r"(?:hang|hanng|moi)\s+(?P<every>tuan|thang|quy|nam)"
_MOST_LINES = 6

_End = tuple[dt.date | None, str | None, tuple[str, str] | None]
_Reader = Callable[[re.Match[str], dt.date | None], "_End"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFinding:
    """The phrases found, each with its day or recurrence, and the lines that they stand on."""

    found: Found
    lines: tuple[tuple[int, Box, str], ...]
    """Page, box and text of every line with a dated phrase, for a second look."""
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    start: int
    end: int
    day: dt.date | None = None
    recurrence: str | None = None
    count: tuple[str, str] | None = None
    """Days from receipt and their kind, `days` or `working_days`."""


def find_deadlines(layout: Layout, *, issued: dt.date | None, source: Source) -> DeadlineFinding | None:
    """Return the deadlines of the body, in the order of the paper; None when it names none.

    `issued` is the day of issue: it gives a day without a year its year, and tells history from deadlines.
    `source` is where the words come from.
    """
    running = run_body(list_own_pages(layout))
    phrases = _without_overlaps(_list_phrases(fold_in_place(running.text), issued))
    if not phrases:
        return None
    page, box = running.place(phrases[0].start, phrases[0].end)
    rows: list[dict[str, str | None]] = []
    for phrase in phrases:
        row = _row(running, phrase)
        if row not in rows:
            rows.append(row)
    dated = [p for p in phrases if p.day or p.count][:_MOST_LINES]
    return DeadlineFinding(
        found=Found(rows, page, box, source),
        lines=tuple(_line_of(running, p) for p in dated),
        phrases=tuple(running.printed(p.start, p.end) for p in dated),
    )


def list_deadline_looks(finding: DeadlineFinding | None) -> tuple[SecondLook, ...]:
    """Return where the dated phrases stand, to be read again."""
    lines = finding.lines if finding and finding.found.source is not Source.TEXT_LAYER else ()
    return tuple(SecondLook(FieldName.DEADLINES, page, box, Alphabet.TEXT) for page, box, _ in lines)


def check_deadlines(finding: DeadlineFinding | None, answers: Sequence[SecondReading]) -> FieldReading:
    """Return the deadlines; checked when every dated phrase was read twice with the same day."""
    name = FieldName.DEADLINES
    if finding is None:
        return FieldReading(name=name)
    if finding.found.source is Source.TEXT_LAYER:
        return checked(name, finding.found, "Thời hạn lấy từ chữ có sẵn trong tệp.")
    said = {(a.look.page, a.look.box): a.text for a in answers if a.look.field is name}
    again = [said.get((page, box)) for page, box, _ in finding.lines]
    if not finding.lines or not all(again):
        return doubted(name, finding.found, "Thời hạn mới đọc được một lần.")
    for (_, _, first), second in zip(finding.lines, again, strict=True):
        if _numbers(first) != _numbers(second or ""):
            return doubted(name, finding.found, f"Hai lần đọc thời hạn khác nhau; lần sau đọc “{second}”.")
    return checked(name, finding.found, "Hai lần đọc độc lập cho cùng ngày hạn.")


# ── phrases ──────────────────────────────────────────────────────────────────────────────────────────────


def _one_day(match: re.Match[str], issued: dt.date | None) -> _End:
    written = read_day(match["day"])
    return (written.after(issued) if written else None), None, None


def _end_of_period(match: re.Match[str], issued: dt.date | None) -> _End:
    year = int(match["year"]) if match["year"] else issued.year if issued else None
    month = int(match["month"]) if match["month"] else _last_month(match["quarter"])
    if not year or not 1 <= month <= 12:
        return _NO_DAY
    return dt.date(year, month, calendar.monthrange(year, month)[1]), None, None


def _last_month(quarter: str) -> int:
    return 3 * {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(quarter, int(quarter) if quarter.isdigit() else 5)


def _counted(match: re.Match[str], issued: dt.date | None) -> _End:
    """A day for calendar days from the day of signing; from receipt the number, which the office counts."""
    start, count = match["start"] or "", int(match["count"])
    unit = " ".join(match["unit"].split())
    days = count * 7 if unit == "tuan" else count
    if unit in {"ngay", "tuan"} and issued and _SIGNED.match(start):
        return issued + dt.timedelta(days=days), None, None
    if unit in {"ngay", "tuan", "ngay lam viec"} and _RECEIVED.match(start):
        return None, None, (str(days), "working_days" if unit == "ngay lam viec" else "days")
    return _NO_DAY


def _no_day(match: re.Match[str], issued: dt.date | None) -> _End:
    del match, issued
    return _NO_DAY


def _repeated(match: re.Match[str], issued: dt.date | None) -> _End:
    del issued
    every = {"tuan": "WEEKLY", "thang": "MONTHLY", "quy": "MONTHLY;INTERVAL=3", "nam": "YEARLY"}[
        match["every"]
    ]
    if not 1 <= int(match["dom"]) <= 31:
        return _NO_DAY
    day = f";BYMONTHDAY={int(match['dom'])}" if match["every"] in {"thang", "quy"} else ""
    return None, f"FREQ={every}{day}", None


_NO_DAY: _End = (None, None, None)
_SIGNED = re.compile(r"(?:ky|ban\s+hanh|phat\s+hanh)\b")
_RECEIVED = re.compile(r"(?:nhan|tiep\s+nhan)\b")
_PATTERNS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), day)
    for pattern, day in (
        (
            rf"(?:(?:truoc|den|{_LATEST})\s+(?:ngay\s+)?|vao\s+ngay\s+|ngay\s+)(?P<dom>\d{{1,2}})\s+{_EVERY}",
            _repeated,
        ),
        (rf"\btu\s+{_TIMED}{DAY}\s+den\s+(?:het\s+)?{_TIMED}{DAY}", _no_day),
        (rf"\b{_LATEST}\b[^.;\n\d]{{0,40}}?:?\s*{_TIMED}(?P<day>{DAY})", _one_day),
        (rf"\btruoc\s+{_TIMED}(?P<day>{DAY})", _one_day),
        (rf"\btrong\s+(?P<day>ngay\s+{DAY})", _one_day),
        (
            r"\b(?:trong|cuoi|het|den\s+het)\s+(?:thang\s+(?P<month>\d{1,2})|quy\s+(?P<quarter>iv|i{1,3}|[1-4]))"
            r"(?:\s*[/-]\s*|\s+nam\s+)?(?P<year>\d{4})?(?![\d/])",
            _end_of_period,
        ),
        (
            rf"\b(?:trong\s+(?:thoi\s+(?:han|gian)|vong)|cham\s+nhat|khong\s+qua)\s+(?:la\s+)?(?:sau\s+)?"
            rf"{_COUNT}\s+{_UNIT}{_FROM}",
            _counted,
        ),
    )
)


def _list_phrases(folded: str, issued: dt.date | None) -> Iterator[_Phrase]:
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(folded):
            day, recurrence, count = read(match, issued)
            if day is None or issued is None or day >= issued:
                yield _Phrase(match.start(), match.end(), day, recurrence, count)


def _without_overlaps(phrases: Iterator[_Phrase]) -> list[_Phrase]:
    """Where two patterns fit, the longer phrase stands."""
    kept: list[_Phrase] = []
    for phrase in sorted(phrases, key=lambda p: (p.start - p.end, p.start)):
        if all(phrase.end <= other.start or other.end <= phrase.start for other in kept):
            kept.append(phrase)
    return sorted(kept, key=lambda p: p.start)


def _row(running: RunningText, phrase: _Phrase) -> dict[str, str | None]:
    row: dict[str, str | None] = {"phrase": running.printed(phrase.start, phrase.end).strip(" ,;.")}
    if phrase.recurrence:
        return {**row, "recurrence": phrase.recurrence}
    row["date"] = phrase.day.isoformat() if phrase.day else None
    if phrase.count:
        row |= {"days": phrase.count[0], "unit": phrase.count[1], "from": "receipt"}
    return row


def _line_of(running: RunningText, phrase: _Phrase) -> tuple[int, Box, str]:
    """The row of print where the phrase ends for a day, and where it begins for a number of days."""
    words = running.words_in(phrase.start, phrase.end)
    last = words[0 if phrase.count else -1]
    row = [w for w in words if abs(w.box.middle[1] - last.box.middle[1]) < 0.5 * last.box.height]
    return running.place(phrase.start, phrase.end)[0], around(w.box for w in row), Line(tuple(row)).text


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]
