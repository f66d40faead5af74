"""Sheets that carry two pages side by side, as an open folder or an A3 scan: shown as the pages they are.

A sheet is parted when it lies broad, an empty strip runs down its middle from edge to edge, and both sides
carry level lines of text. A broad table, a plan or a certificate has something in the middle; a page scanned
lying on its side has lines that run upward. Only a file that begins with such a sheet is looked at further.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.page import Annotation, Box, Line, SignaturePanel, Word
from ocr.files import PageSource, open_source
from ocr.inks import all_ink
from ocr.limits import Limits
from ocr.placed_words import Mount
from ocr.raster import Pixels, Raster, scaled

_BROAD = 1.2
"""Width over height from which a sheet can carry two pages."""
_SEARCH_DPI = 50
_MIDDLE = (0.44, 0.56)
_STRIP = 0.02
"""Least width of the empty strip, as a fraction of the sheet's width."""
_DIRT = 0.004
"""Share of a column that may be dark though nothing is printed there."""
_EDGE = 0.02
"""How much of the top and bottom edge is not looked at: shadows of the scanner lie there."""
_LEAST_INK = 0.008
_LEVEL = 1.5
"""How much rougher the rows of level text are than its columns."""

Profile = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page is found: a sheet of the file, and the part of its width."""

    sheet: int
    x0: float = 0.0
    x1: float = 1.0


class Spreads:
    """A source of pages in which every sheet with two pages is two pages."""

    def __init__(self, source: PageSource) -> None:
        """Look at every sheet; each is decoded once for it."""
        self._source = source
        self.media_type = source.media_type
        self._places = [p for n in range(1, source.page_count + 1) for p in _places(source, n)]
        self.page_count = len(self._places)

    def check_page(self, number: int) -> None:
        """Raise `PictureTooLarge` from headers alone."""
        self._source.check_page(self._at(number).sheet)

    def picture(self, number: int) -> Raster:
        """The page as one sees it."""
        place = self._at(number)
        sheet = self._source.picture(place.sheet)
        return replace(sheet, pixels=_part(sheet.pixels, place))

    def mount(self, number: int) -> Mount:
        """Its part of the sheet's mount."""
        place = self._at(number)
        return replace(self._source.mount(place.sheet), x0=place.x0, x1=place.x1)

    def is_scan(self, number: int) -> bool:
        """Whether the sheet is nothing but a picture."""
        return self._source.is_scan(self._at(number).sheet)

    def words(self, number: int) -> tuple[Line, ...]:
        """The file's own words on this page."""
        place = self._at(number)
        lines = (
            tuple(
                Word(word.text, box, word.confidence)
                for word in line.words
                if (box := _on_page(word.box, place))
            )
            for line in self._source.words(place.sheet)
        )
        return tuple(Line(words) for words in lines if words)

    def annotations(self, number: int) -> tuple[Annotation, ...]:
        """Text in annotations of this page; one without a place belongs to the first page of its sheet."""
        place = self._at(number)
        found = []
        for one in self._source.annotations(place.sheet):
            box = _on_page(one.box, place) if one.box else None
            if box or (one.box is None and place.x0 == 0):
                found.append(replace(one, page=number, box=box))
        return tuple(found)

    def signature_boxes(self, number: int) -> tuple[Box, ...]:
        """Where signatures show on this page."""
        place = self._at(number)
        boxes = (_on_page(box, place) for box in self._source.signature_boxes(place.sheet))
        return tuple(box for box in boxes if box)

    def flags(self) -> tuple[str, ...]:
        """What a person should know of the file: `two_on_a_sheet` among it."""
        return (*self._source.flags(), "two_on_a_sheet")

    def signatures(self) -> tuple[SignaturePanel, ...]:
        """What the file's signatures say of themselves."""
        return self._source.signatures()

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """Title, author and the like."""
        return self._source.metadata()

    def close(self) -> None:
        """Let the file go."""
        self._source.close()

    def _at(self, number: int) -> _Place:
        return self._places[number - 1]


@contextmanager
def open_pages(path: Path, limits: Limits) -> Iterator[PageSource]:
    """Open a file as pages, its sheets parted when the first of them carries two; raises as `open_source`."""
    with open_source(path, limits) as source:
        yield Spreads(source) if find_gutter(source.picture(1)) is not None else source


def find_gutter(sheet: Raster) -> float | None:
    """Return where two pages on a sheet part, as a fraction of its width; None when it carries one page."""
    if sheet.width_px < _BROAD * sheet.height_px:
        return None
    small = scaled(all_ink(sheet.pixels), min(_SEARCH_DPI / sheet.dpi, 1.0))
    edge = round(small.shape[0] * _EDGE)
    _, ink = cv2.threshold(small[edge : small.shape[0] - edge], 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    dark = np.asarray(ink, np.float64)
    middle = _empty_strip(dark.mean(axis=0))
    if middle is None:
        return None
    at = round(middle * dark.shape[1])
    return middle if _has_level_text(dark[:, :at]) and _has_level_text(dark[:, at:]) else None


def _empty_strip(columns: Profile) -> float | None:
    """The middle of the widest empty strip near the middle, as a fraction of the width."""
    width = len(columns)
    start, end = round(_MIDDLE[0] * width), round(_MIDDLE[1] * width)
    best, run = (0, 0), 0
    for at in range(start, end + 1):
        run = run + 1 if at < end and columns[at] <= _DIRT else 0
        best = max(best, (run, at))
    length, last = best
    return (last - length / 2 + 1) / width if length >= _STRIP * width else None


def _has_level_text(dark: Profile) -> bool:
    """Whether there is text whose lines run level: its rows alternate more than its columns."""
    rough_rows = float(np.abs(np.diff(dark.mean(axis=1))).mean())
    rough_columns = float(np.abs(np.diff(dark.mean(axis=0))).mean())
    return bool(dark.mean() >= _LEAST_INK and rough_rows >= _LEVEL * rough_columns)


def _places(source: PageSource, sheet: int) -> tuple[_Place, ...]:
    gutter = find_gutter(source.picture(sheet))
    if gutter is None:
        return (_Place(sheet),)
    return _Place(sheet, 0.0, gutter), _Place(sheet, gutter, 1.0)


def _part(pixels: Pixels, place: _Place) -> Pixels:
    width = pixels.shape[1]
    return np.ascontiguousarray(pixels[:, round(place.x0 * width) : round(place.x1 * width)])


def _on_page(box: Box, place: _Place) -> Box | None:
    """`box` of the sheet in fractions of the page; None when its middle is not on it."""
    if not place.x0 <= box.middle[0] < place.x1 and not (place.x1 == 1.0 and box.middle[0] == 1.0):
        return None
    wide = place.x1 - place.x0
    x0, x1 = (min(max((x - place.x0) / wide, 0.0), 1.0) for x in (box.x0, box.x1))
    return Box(x0, box.y0, x1, box.y1)
