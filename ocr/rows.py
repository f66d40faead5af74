"""Read typed rows in whose gaps a pen has written, by two readers that are not Tesseract.

The recogniser reads the whole row, which also tells where the gaps are; then each gap alone, digits only; and
the pen network reads the same gap. Each says what it sees by itself: whom to believe is decided in `fields`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import exp

from documents.looks import SecondReader
from documents.page import Box
from ocr.ctc import likely_texts, mean_chance
from ocr.cuts import cut_out
from ocr.gaps import cut_gap, find_gap
from ocr.inks import all_ink
from ocr.pen_digits import DIGITS, look_at_digits
from ocr.raster import Gray, Raster
from ocr.recogniser import Recognised, decode, look_at, recognise
from ocr.struck import is_struck_out

_MARGINS_MM = (1.5, 2.2)
_DATE_MARGINS_MM = (1.0, 2.0)
_CRUMBS = " .,…"
_SUFFIXES = "ABab"
"""The letters behind a number that the pen network knows."""
_WRITTEN = re.compile(r"[0-9]+[A-EĐa-eđ]?")
_STROKES = str.maketrans("/|lI!", "11111")
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
    """What one reader saw; `shares` are texts, each with how likely the reader holds it, 0 to 1."""

    reader: SecondReader
    text: str
    shares: tuple[tuple[str, float], ...] = ()


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
    return (
        *(RowReading(SecondReader.ROW, text) for text in texts),
        *read_gap(gaps, letters=_SUFFIXES),
        *_struck_out({"số": found}),
    )


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
    alone = _dates([*read_gap(days)], [*read_gap(months)], years[0] if years else "")
    parts = {"ngày": "day", "tháng": "month", "năm": "year"}
    places = {name: [(row, at.span(part)) for row, at in found if at[part]] for name, part in parts.items()}
    return (*whole, *alone, *_struck_out(places))


def _struck_out(values: Mapping[str, Sequence[tuple[_Row, tuple[int, int]]]]) -> Iterator[RowReading]:
    """The names of those values that are struck out on one of their rows at least, one a line."""
    struck = [name for name, places in values.items() if any(_is_struck(row, *at) for row, at in places)]
    if struck:
        yield RowReading(SecondReader.STRIKE, "\n".join(struck))


def _is_struck(row: _Row, start: int, end: int) -> bool:
    gap = find_gap(row.ink, row.read.signs, start, end, row.height_px)
    return is_struck_out(row.ink, gap, row.height_px)


def _dates(in_day: Sequence[RowReading], in_month: Sequence[RowReading], year: str) -> Iterator[RowReading]:
    """The date of each reader that saw something in both gaps; its shares are of single days and months."""
    for day, month in product(in_day, in_month):
        if day.reader == month.reader:
            days = ((f"ngày {text}", share) for text, share in day.shares)
            months = ((f"tháng {text}", share) for text, share in month.shares)
            yield RowReading(day.reader, _date(day.text, month.text, year), (*days, *months))


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
    return cut_gap(row.ink, find_gap(row.ink, row.read.signs, start, end, row.height_px), row.height_px)


def read_gap(gaps: Sequence[tuple[str, Gray]], *, letters: str = "") -> Iterator[RowReading]:
    """Read one gap by both readers and ask each how likely it holds what anyone saw there.

    `gaps` are the same gap, cut by the rows' readings, each with what that reading has in it; the one where
    the most digits were seen is cut best, of two alike the wider one: a cut loses signs that touch the print.
    `letters` are those that may stand behind the digits: who may not answer `3176B` is sure of `31768`.
    """
    if not gaps:
        return
    _, gap = max(
        gaps, key=lambda pair: (sum(c.isdigit() for c in pair[0]), pair[1].shape[1] / pair[1].shape[0])
    )
    # Other letters are looked for only where the row's reading has one: they pass for digits easily.
    seen_letters = {m[1] for seen, _ in gaps if (m := _SUFFIXED.fullmatch(seen))} if letters else set()
    allowed = DIGITS + letters + "".join(sorted(seen_letters - set(letters)))
    pen = look_at_digits(gap, DIGITS + letters)
    by_pen = pen.reading
    alone = look_at(gap)
    texts = [text for text, _ in by_pen.alternatives]
    if alone is not None:
        table, signs = alone.restricted(allowed)
        texts = [*likely_texts(table, signs), *texts]
    seen = (text.translate(_STROKES).strip(_CRUMBS) for text, _ in gaps)
    every = [text for text in dict.fromkeys((*texts, *seen)) if _WRITTEN.fullmatch(text)]
    if alone is not None and (read := decode(alone.probabilities, alone.signs, allowed).text):
        chances = (
            (text, exp(mean_chance([table], text, signs))) for text in every if set(text) <= set(signs)
        )
        yield RowReading(SecondReader.GAP, read, tuple(chances))
    if by_pen.text:
        yield RowReading(SecondReader.PEN, by_pen.text, tuple((text, pen.share(text)) for text in every))
