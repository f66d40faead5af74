"""Read typed rows in whose gaps a pen has written, by two readers that are not Tesseract.

The recogniser reads the whole row, which also tells where the gaps are; then each gap alone, digits only; and
the pen network reads the same gap. Each says what it sees by itself: whom to believe is decided in `fields`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import exp

import numpy as np

from documents.looks import SecondReader
from documents.page import Box
from ocr.cuts import cut_out
from ocr.gaps import cut_gap
from ocr.inks import all_ink
from ocr.pen_digits import DIGITS, DigitReading, read_digits, score_text
from ocr.raster import Gray, Raster
from ocr.recogniser import Recognised, recognise

_MARGINS_MM = (1.5, 2.2)
_DATE_MARGINS_MM = (1.0, 2.0)
_NEARLY = 0.5
"""Likelihood, of the likeliest text's, from which the pen network holds another text possible."""
_SURE = 0.9
"""How sure the recogniser must be of every digit in a gap, or it says which it could not tell (`1?6`)."""
_PEN_SURE = 0.4
"""Share of its likeliest text from which the pen network can tell; below, it says `?` beside its text."""
_UNTOLD = "?"
_WIDEST_DIGIT, _INK = 1.2, 200
"""Width of a digit in heights of the written, and the gray below which ink is."""
_CRUMBS = " .,…"
_PEN_SUFFIXES = frozenset("ABab")
_WRITTEN = re.compile(r"[0-9]+[ABab]?")
"""What the pen network can be asked about."""
_SUFFIXED = re.compile(r"\d+\s?([A-EĐa-eđ])")

_LABEL = re.compile(
    r"\W{0,3}(?:[SsŠ5$][oOóÓòôÔöÖőŐõŌōŏǒ06]{0,2}\s?[:;.,]|[oóôöőÓÔ]\s?[:;]|[Ss][^\d/\s]{0,2}(?=\s|\d|$))"
)
_NOTATION = re.compile(r"[/\-–\\|]\s?(?:[12]\d{2,4}\s?/+\s?)?(?=[A-ZĐÐ]{2}|[A-Z][a-z]?\.?[A-Z])")
_BARE_NOTATION = re.compile(r"(?<=\d)(?=[A-ZĐÐ]{2})")
_DATE = re.compile(
    r"(?P<before>ng[^\d\s]{0,2}[yýv]|gày|gay)(?P<day>.{0,8}?)(?P<between>t?h[^\d\s]{1,3}g)(?P<month>.{0,7}?)"
    r"(?P<after>n[^\d\s]{1,2}m)[\s.:]*(?P<year>\d{4})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RowReading:
    """What one reader saw; `others` are texts that it holds nearly as likely."""

    reader: SecondReader
    text: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as the recogniser read it: its ink, the height of its printed line in pixels, its signs."""

    ink: Gray
    height_px: float
    read: Recognised


def read_number_row(seen: Raster, row: Box) -> tuple[RowReading, ...]:
    """Return what stands between `Số:` and the notation, by each reader that saw something; digits alone.

    Args:
        seen: The upright page.
        row: The printed line of the number, in fractions of the page.
    """
    found = [(row, bounds) for row in _rows(seen, row, _MARGINS_MM) if (bounds := number_gap(row.read.text))]
    texts = tuple(row.read.text[start:end].strip() for row, (start, end) in found)
    gaps = [
        (text, gap)
        for text, (row, at) in zip(texts, found, strict=True)
        if (gap := _gap(row, *at)) is not None
    ]
    return (*(RowReading(SecondReader.ROW, text) for text in texts), *_read_gap(gaps))


def read_whole_row(seen: Raster, row: Box) -> str | None:
    """Return the row as the recogniser reads it, without Vietnamese marks; None where it sees nothing."""
    return next((read.read.text for read in _rows(seen, row, _MARGINS_MM[:1])), None)


def read_date_row(seen: Raster, row: Box) -> tuple[RowReading, ...]:
    """Return the date in `ngày … tháng … năm …` by each reader, in these words, with what it saw in each gap.

    Args:
        seen: The upright page.
        row: The printed line from `ngày` on, in fractions of the page.
    """
    found = [(row, at) for row in _rows(seen, row, _DATE_MARGINS_MM) if (at := _DATE.search(row.read.text))]
    days, months = (
        tuple(
            (at[part].strip(_CRUMBS), gap)
            for row, at in found
            if (gap := _gap(row, *at.span(part))) is not None
        )
        for part in ("day", "month")
    )
    years = tuple(at["year"] for _, at in found if at["year"])
    whole = tuple(
        RowReading(
            SecondReader.ROW, _date(at["day"].strip(_CRUMBS), at["month"].strip(_CRUMBS), at["year"] or "")
        )
        for _, at in found
    )
    alone = _dates([*_read_gap(days)], [*_read_gap(months)], years[0] if years else "")
    return (*whole, *alone)


def _dates(days: Sequence[RowReading], months: Sequence[RowReading], year: str) -> Iterator[RowReading]:
    """The date of each reader that saw something in both gaps; the others are single days and months."""
    for day, month in product(days, months):
        if day.reader == month.reader:
            others = (*(f"ngày {d}" for d in day.others), *(f"tháng {m}" for m in month.others))
            yield RowReading(day.reader, _date(day.text, month.text, year), others)


def _date(day: str, month: str, year: str) -> str:
    return f"ngày {day} tháng {month} năm {year}"


def number_gap(text: str) -> tuple[int, int] | None:
    """Return where in a row's `text` the number stands: from the end of `Số:` to the slash or the notation.

    >>> number_gap("Só:745/GM-UBND")
    (3, 6)
    """
    label = _LABEL.match(text)
    start = label.end() if label else 0
    ends = [m.start() for p in (_NOTATION, _BARE_NOTATION) if (m := p.search(text, start))]
    return (start, min(ends)) if ends else None


def _rows(seen: Raster, row: Box, margins_mm: Sequence[float]) -> Iterator[_Row]:
    for margin in margins_mm:
        cut = cut_out(seen.pixels, row, dpi=seen.dpi, margin_mm=margin)
        ink = all_ink(cut.pixels)
        read = recognise(ink)
        if read is not None and read.signs:
            yield _Row(ink, row.height * seen.height_px * cut.dpi / seen.dpi, read)


def _gap(row: _Row, start: int, end: int) -> Gray | None:
    """The ink of the signs `start` to `end` (exclusive), found by the printed signs beside them."""
    return cut_gap(row.ink, row.read.signs, start, end, row.height_px)


def _read_gap(gaps: Sequence[tuple[str, Gray]]) -> Iterator[RowReading]:
    """Read one gap by both readers, digits only.

    `gaps` are the same gap, cut by the rows' readings, each with what that reading has in it; the one where
    the most digits were seen is cut best. The pen network is also asked how likely the other texts are.
    """
    if not gaps:
        return
    _, gap = max(gaps, key=lambda pair: sum(c.isdigit() for c in pair[0]))
    # A suffix (`29a`) is looked for only where the row's reading has one: letters pass for digits easily.
    suffix = next((m[1] for seen, _ in gaps if (m := _SUFFIXED.fullmatch(seen))), "")
    alone = recognise(gap, DIGITS + suffix)
    text = alone.text if alone else ""
    if alone and text:
        told = "".join(sign.text if sign.sure >= _SURE else _UNTOLD for sign in alone.signs)
        yield RowReading(SecondReader.GAP, text, () if told == text else (told,))
    # Of letters the pen network knows these four; any other suffix it reads as a digit or passes over.
    pen = read_digits(gap, DIGITS + (suffix if suffix in _PEN_SUFFIXES else ""))
    if pen.text:
        nearly = _nearly(gap, pen, (text, *(seen for seen, _ in gaps)))
        unsure = dict(pen.alternatives).get(pen.text, 0.0) < _PEN_SURE or _leaves_room(gap, pen.text)
        yield RowReading(SecondReader.PEN, pen.text, (*nearly, _UNTOLD) if unsure else nearly)


def _leaves_room(gap: Gray, text: str) -> bool:
    """Whether the ink is wider than its digits can be: something in it was passed over."""
    rows, columns = np.nonzero(gap < _INK)
    if len(columns) == 0:
        return True
    return bool(np.ptp(columns) > _WIDEST_DIGIT * len(text) * (np.ptp(rows) + 1))


def _nearly(gap: Gray, pen: DigitReading, seen: Iterable[str]) -> tuple[str, ...]:
    """The texts that the pen network holds nearly as likely as its own, others' `seen` among them."""
    likely = dict(pen.alternatives)
    best = max(likely.get(pen.text, 0.0), 1e-9)
    others = [text for text, share in pen.alternatives if text != pen.text and share >= _NEARLY * best]
    for text in dict.fromkeys(seen):
        if text not in likely and _WRITTEN.fullmatch(text):
            likely[text] = exp(score_text(gap, text) - score_text(gap, pen.text)) * best
            others += [text] if likely[text] >= _NEARLY * best else []
    return tuple(others)
