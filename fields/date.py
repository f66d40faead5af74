"""Find place and date of the document: `Tây Ninh, ngày 03 tháng 01 năm 2012`.

The day, and often the month, is written by hand on the dotted place. Day, month and year are each read by
several readers (`fields.opinions`). A date is whole only when all three parts are read and name a real day.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 4.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.looks import Alphabet, SecondLook, SecondReading
from documents.page import Box, Line, Paper, Source, Word, around
from documents.reading import FieldName, FieldReading, Found
from documents.text import fold
from fields.circumstances import Circumstances
from fields.layer import layer_paper, page_source
from fields.layout import Layout, find_layout
from fields.marks import is_day_word
from fields.opinions import Opinions, gather
from fields.strikes import list_struck, unless_struck
from fields.typed import looks_typed
from fields.verdict import checked, doubted

_DIGITS = str.maketrans(
    {"O": "0", "o": "0", "Ơ": "0", "l": "1", "I": "1", "|": "1", "]": "1", "!": "1", "i": "1"}
)
_WORDED = re.compile(
    r"ng[aàá]?[yvý]?[.:,]?\s*(?P<day>[\w|\]!]{0,4}?)[\s.,]*th[áaả]ng[\s.]*(?P<month>[\w|\]!]{0,3}?)[\s.,]*n[ăaâ]m[\s.:]*"
    r"(?P<year>[\w|\]!]{4})",
    re.IGNORECASE,
)
_CLEAR_WORD = 85.0
_LEAST_DIGITS = 60.0
_PARTS = {
    "day": (
        re.compile(
            r"(?<!\w)ng[aàá]?[yvý]?[.:,]?\s*(?P<it>[^\s]{1,6}?)[\s.,]*(?=th?[áaả]ng|$)", re.IGNORECASE
        ),
        31,
    ),
    "month": (re.compile(r"th[áaả]ng[\s.]*(?P<it>[^\s]{1,6}?)[\s.,]*(?=n[ăaâ]m|$)", re.IGNORECASE), 12),
    "year": (re.compile(r"n[ăaâ]m[\s.:]*(?P<it>\d{4})(?!\d)", re.IGNORECASE), 9999),
}
"""Each part of a written date as `it`, and its greatest value."""
_DIFFERENT = "Các cách đọc ngày văn bản chưa thống nhất: {}."
_UNCONFIRMED = "Ngày văn bản chưa được cách đọc khác xác nhận: {}."
_LABELS = ("ngày", "tháng", "năm")
_SHOWN = 3
_YEAR_WIDTH = 0.08
"""Width of a printed year with the space before it, as a share of the page's."""
_LONGEST_PLACE = 7
"""Words that may stand before `ngày`: `Thành phố Hồ Chí Minh,`."""
_NUMERIC = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFinding:
    """The date as read, or what could be read of it.

    `typed` says that all its digits look typed; `repaired` that a letter was taken for the digit it
    resembles; `from_layer` is the date that the file's own text has, when that is another source than the
    picture.
    """

    found: Found | None
    line: Line
    day: dt.date | None
    typed: bool
    repaired: bool
    source: Source = Source.OCR
    from_layer: dt.date | None = None

    @property
    def is_in_a_sentence(self) -> bool:
        """Whether more than a place stands before the date: the date line of the head was not read."""
        after = _after_place(self.line)
        before = self.line.words[: len(self.line.words) - len(after)]
        return len(before) > _LONGEST_PLACE or any(c.isdigit() for w in before for c in w.text)

    @property
    def box(self) -> Box:
        """Where the date stands, its place left aside."""
        return around(w.box for w in _after_place(self.line))


def parse_date(text: str) -> dt.date | None:
    """Return the first whole date in `text`, day first; None when there is none or no such day exists.

    >>> parse_date("ngày 03 tháng 01 năm 2012")
    datetime.date(2012, 1, 3)
    """
    for pattern in (_WORDED, _NUMERIC):
        if match := pattern.search(text):
            return _real(match["day"], match["month"], match["year"])
    return None


def find_date(paper: Paper, layout: Layout) -> DateFinding | None:
    """Return the date of the head, or None when no line carries one."""
    line = layout.head.date
    if line is None:
        return None
    day = parse_date(line.text)
    layer = _layer_date(paper)
    found = (
        Found(day.isoformat(), 1, around(w.box for w in _after_place(line)), page_source(paper))
        if day
        else None
    )
    return DateFinding(
        found=found,
        line=line,
        day=day,
        typed=_is_typed(line),
        repaired=day is not None and _strict(line.text) is None,
        source=page_source(paper),
        from_layer=layer,
    )


def list_date_looks(finding: DateFinding | None) -> tuple[SecondLook, ...]:
    """Where the date should be read a second time."""
    if finding is None:
        return ()
    return (SecondLook(FieldName.DATE, 1, finding.box, Alphabet.DATE, _whole_row(finding)),)


def _whole_row(finding: DateFinding) -> Box:
    """The row of the date, a year's width longer where none was read: it may stand behind the last word."""
    box = finding.box
    if _PARTS["year"][0].search(finding.line.text):
        return box
    return Box(box.x0, box.y0, min(box.x1 + _YEAR_WIDTH, 1.0), box.y1)


def issued_day(finding: DateFinding | None, answers: Sequence[SecondReading]) -> dt.date | None:
    """Return the likeliest day of issue, whether it is checked or not; None when nobody read one."""
    if finding is None or finding.is_in_a_sentence:
        return None
    parts = [_gather(part, finding, answers) for part in _PARTS]
    return _real(*(part.guess or "" for part in parts)) or finding.day


def check_date(
    finding: DateFinding | None,
    answers: Sequence[SecondReading],
    circumstances: Circumstances,
    *,
    arrival: dt.date | None,
) -> FieldReading:
    """Return the date checked or doubted.

    `arrival` is the day of the arrival stamp, when it was read: no document arrives before it is issued.
    """
    struck = list_struck(answers, FieldName.DATE)
    reading = _check_as_read(finding, answers, circumstances, arrival)
    return unless_struck(reading, f"Phần {', '.join(struck)} của ngày văn bản", struck=bool(struck))


def _check_as_read(
    finding: DateFinding | None,
    answers: Sequence[SecondReading],
    circumstances: Circumstances,
    arrival: dt.date | None,
) -> FieldReading:
    name = FieldName.DATE
    if finding is None:
        return doubted(name, None, "Không thấy dòng ngày, tháng, năm của văn bản.")
    if finding.is_in_a_sentence:
        return doubted(name, None, "Ngày này đứng trong một câu, có thể là ngày của văn bản khác.")
    day, month, year = (_gather(part, finding, answers) for part in _PARTS)
    if not day.is_empty and not month.is_empty:
        return _check_read_by_several(finding, (day, month, year), circumstances, arrival)
    seconds = _second_dates(answers)
    if finding.day is None:
        return doubted(
            name, _second_found(finding, seconds), "Ngày, tháng, năm chưa đọc được trọn vẹn, có thể viết tay."
        )
    if complaint := _complain_of_day(finding.day, circumstances, arrival):
        return doubted(name, finding.found, complaint)
    if not finding.typed:
        return doubted(name, finding.found, "Ngày hoặc tháng trông như viết tay, cần đối chiếu với bản quét.")
    if any(second != finding.day for second in seconds):
        return doubted(name, finding.found, "Hai lần đọc ngày văn bản cho kết quả khác nhau.")
    if finding.from_layer == finding.day:
        return checked(name, finding.found, "Ngày có thật.", "Lớp chữ của tệp cũng ghi ngày này.")
    if seconds:
        return checked(name, finding.found, "Ngày có thật.", "Hai lần đọc độc lập cho cùng một ngày.")
    return doubted(name, finding.found, "Ngày văn bản mới đọc được một lần, chưa có gì để đối chiếu.")


def _gather(part: str, finding: DateFinding, answers: Sequence[SecondReading]) -> Opinions:
    """What the readers saw of the day, the month or the year, beside the first reading and the file."""
    pattern, last = _PARTS[part]
    first = pattern.search(finding.line.text)
    layer = finding.from_layer
    return gather(
        [answer for answer in answers if answer.look.field is FieldName.DATE],
        lambda text: match["it"] if (match := pattern.search(text)) else None,
        lambda text: (
            text.isdecimal() and text.isascii() and len(text) <= len(str(last)) and 1 <= int(text) <= last
        ),
        first=first["it"] if first else None,
        # The year is typed on every form; a pen writes the day, and the month now and then.
        typed=finding.typed or part == "year",
        elsewhere=[str(getattr(layer, part))] if layer else (),
    )


def _check_read_by_several(
    finding: DateFinding,
    parts: tuple[Opinions, Opinions, Opinions],
    circumstances: Circumstances,
    arrival: dt.date | None,
) -> FieldReading:
    """Check a date that readers of different kinds have read; what they agree on is believed."""
    name = FieldName.DATE
    guess = _real(*(part.guess or "" for part in parts))
    if guess is None:
        return doubted(name, finding.found, _say_why_no_day(parts))
    found = Found(guess.isoformat(), 1, finding.box, finding.source)
    if complaint := _complain_of_day(guess, circumstances, arrival):
        return doubted(name, found, complaint)
    if any(part.agreed is None for part in parts):
        differ = any(part.agreed is None and len(part.seen) > 1 for part in parts)
        return doubted(name, found, (_DIFFERENT if differ else _UNCONFIRMED).format(_seen(parts)))
    return checked(name, found, "Ngày có thật.", "Các cách đọc độc lập cho cùng một ngày.")


def _say_why_no_day(parts: Sequence[Opinions]) -> str:
    """Why the likeliest parts make no day: one was not read, readers differ, or no calendar has it."""
    blank = [label for label, part in zip(_LABELS, parts, strict=True) if part.guess is None]
    if blank:
        return f"Chưa đọc được {', '.join(blank)} của văn bản; chỗ này có thể để trống."
    if any(part.agreed is None and len(part.seen) > 1 for part in parts):
        return _DIFFERENT.format(_seen(parts))
    return f"Ngày văn bản đọc được là {'/'.join(str(part.guess) for part in parts)}, là ngày không có thật."


def _seen(parts: Sequence[Opinions]) -> str:
    """What the readers gave for the parts that they do not agree on."""
    return ", ".join(
        f"{label} {' hoặc '.join(part.seen[:_SHOWN])}"
        for label, part in zip(_LABELS, parts, strict=True)
        if part.agreed is None
    )


def _complain_of_day(day: dt.date, circumstances: Circumstances, arrival: dt.date | None) -> str | None:
    if day > circumstances.today:
        return f"Ngày văn bản {day:%d/%m/%Y} ở sau hôm nay."
    if arrival and day > arrival:
        return f"Ngày văn bản {day:%d/%m/%Y} ở sau ngày đến {arrival:%d/%m/%Y}."
    if day.year < 1945:
        return f"Ngày văn bản {day:%d/%m/%Y} quá xa."
    return None


def _second_dates(answers: Sequence[SecondReading]) -> tuple[dt.date, ...]:
    own = [a for a in answers if a.look.field is FieldName.DATE and a.text]
    return tuple(day for a in own if (day := parse_date(a.text or "")))


def _second_found(finding: DateFinding, seconds: Sequence[dt.date]) -> Found | None:
    """The only date that anybody read whole: shown, never believed."""
    offers = {*seconds, *([finding.from_layer] if finding.from_layer else [])}
    return Found(offers.pop().isoformat(), 1, finding.box) if len(offers) == 1 else None


def _is_typed(line: Line) -> bool:
    """Three bare numbers and clear words between them: a pen that touches `ngày` blurs it too."""
    after = _after_place(line)
    digits = [w for w in after if re.fullmatch(r"\d{1,4}[.,;]?", w.text)]
    words = [w for w in after if w not in digits]
    clear = all(w.confidence is None or w.confidence >= _CLEAR_WORD for w in words)
    plain = [fold(w.text).strip(".,;:") for w in words] == ["ngay", "thang", "nam"]
    return clear and plain and len(digits) == 3 and looks_typed(digits, digits, _LEAST_DIGITS)


def _after_place(line: Line) -> tuple[Word, ...]:
    """The words from `ngày` on."""
    at = next((i for i, w in enumerate(line.words) if i and is_day_word(w.text)), 0)
    return line.words[at:]


def _strict(text: str) -> dt.date | None:
    match = _WORDED.search(text)
    parts = [match["day"], match["month"], match["year"]] if match else []
    return _real(*parts) if parts and all(p.isdigit() for p in parts) else None


def _real(day: str, month: str, year: str) -> dt.date | None:
    parts = [p.translate(_DIGITS) for p in (year, month, day)]
    if not all(p.isascii() and p.isdigit() for p in parts):
        return None
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        return None


def _layer_date(paper: Paper) -> dt.date | None:
    """The date in the head of the file's own text, where page 1 was read from the picture."""
    own = layer_paper(paper)
    line = find_layout(own).head.date if own else None
    return parse_date(line.text) if line else None
