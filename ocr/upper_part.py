"""The upper part of a page, parted from the rest along a row of paper without ink, so that no line is cut.

A document is known by what stands there: who wrote it, its number and day, its type and what it is about.
Reading it alone takes a quarter of the time of the whole page, and the rest can be read later. Lines of the
text cost most, so the part ends above them where nothing speaks against it: `SHORT`; a subject that may go on
below asks for `LONG`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from documents.page import Box, Line, Word
from ocr.cleaning import CALMED_DPI, CleanPage
from ocr.raster import Gray


@dataclass(frozen=True, slots=True)
class End:
    """From where on a part may end, and about where it does, in fractions of the page's height."""

    least: float
    best: float


SHORT, LONG = End(0.3, 0.33), End(0.36, 0.4)
_NOT_BELOW, _A_LINE = 0.5, 0.015
_COLOURED, _LEAST_COLOURED = 45, 0.0004
"""How far the channels lie apart in coloured ink, and from which share of it in a band it is some."""
_UPRIGHT = 1.2
_INK, _SAMPLED, _MARGIN = 140, 3, 0.04
"""Gray that counts as ink; every how many columns are looked at, and the edges that are not."""
_BLANK, _LEAST_MM = 0.002, 0.8
"""Share of ink of a blank row, and how high a strip of them is."""


def find_end_of_upper_part(
    clean: CleanPage, end: End = SHORT, *, read_to: float = 0.0, below: Iterable[float] = ()
) -> float:
    """Return how far down the upper part of a page reaches, as a fraction of its height.

    Args:
        clean: The page.
        end: Where the part should end; with coloured ink between the two ends it is the long one, for that
            may be a stamp that nothing frames.
        read_to: How far down the page was read before; at least one line more is.
        below: Places beneath which the part must end.

    Returns:
        1.0, all of it, where the page lies across, is coarse, or has no row of paper in the right place.
    """
    gray = clean.gray
    height, width = gray.shape
    if height < _UPRIGHT * width or clean.sharpness_dpi < CALMED_DPI or clean.bend is not None:
        return 1.0
    if _has_coloured_ink(clean, SHORT.least, LONG.best):
        end = LONG
    least = max((end.least, read_to + _A_LINE, *below))
    top, floor = round(least * height), round(_NOT_BELOW * height)
    if top >= floor:
        return 1.0
    edge = round(_MARGIN * width)
    inked = (gray[top:floor, edge : width - edge : _SAMPLED] < _INK).mean(axis=1)
    strips = _strips(inked <= _BLANK, max(round(_LEAST_MM * clean.seen.dpi / 25.4), 2))
    middles = [(top + (first + last) / 2) / height for first, last in strips]
    return min(middles, key=lambda middle: abs(middle - end.best), default=1.0)


def _has_coloured_ink(clean: CleanPage, start: float, end: float) -> bool:
    """Whether a stamp, seal or pen may have left coloured ink between `start` and `end`."""
    seen = clean.seen
    if not seen.has_colour:
        return False
    first, last = (round(at * seen.height_px) for at in (start, end))
    band = np.asarray(seen.pixels[first:last:_SAMPLED, ::_SAMPLED], np.int16)
    return float((np.ptp(band, axis=2) > _COLOURED).mean()) > _LEAST_COLOURED


def _strips(blank: np.typing.NDArray[np.bool_], least_px: int) -> list[tuple[int, int]]:
    """First and last row (exclusive) of each run of blank rows that is high enough."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], blank, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least_px]


def lines_of_part(
    gray: Gray, start: float, end: float, read: Callable[[Gray], tuple[Line, ...]]
) -> tuple[Line, ...]:
    """Return the lines that `read` finds between `start` and `end`, their boxes in fractions of the page.

    Args:
        gray: The page, shape (height_px, width_px).
        start: Where the part begins, 0 to 1.
        end: Where it ends.
        read: Reads a picture; boxes are fractions of that picture.
    """
    height = gray.shape[0]
    first, last = round(start * height), round(end * height)
    if last <= first:
        return ()
    share, above = (last - first) / height, first / height
    return tuple(
        Line(tuple(Word(w.text, _on_page(w.box, share, above), w.confidence) for w in line.words))
        for line in read(np.ascontiguousarray(gray[first:last]))
    )


def _on_page(box: Box, share: float, above: float) -> Box:
    return Box(box.x0, above + box.y0 * share, box.x1, above + box.y1 * share)
