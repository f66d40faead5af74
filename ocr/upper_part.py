"""The upper part of a page, parted from the rest along a row of paper without ink, so that no line is cut.

A document is known by what stands there: who wrote it, its number and day, its type and what it is about.
Reading it alone takes a third of the time of the whole page, and the rest can be read later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from documents.page import Box, Line, Word
from ocr.cleaning import CALMED_DPI, CleanPage
from ocr.raster import Gray

_NOT_ABOVE, _BEST, _NOT_BELOW = 0.36, 0.4, 0.5
"""Where the part may end, and about where, in fractions of the page's height."""
_UPRIGHT = 1.2
_INK, _SAMPLED, _MARGIN = 140, 3, 0.04
"""Gray that counts as ink; every how many columns are looked at, and the edges that are not."""
_BLANK, _LEAST_MM = 0.002, 0.8
"""Share of ink of a blank row, and how high a strip of them is."""


def find_end_of_upper_part(clean: CleanPage, *, below: Iterable[float] = ()) -> float:
    """Return how far down the upper part of a page reaches, as a fraction of its height.

    1.0, all of it, where the page lies across, is coarse, or has no row of paper in the right place, beneath
    every place of `below`.
    """
    gray = clean.gray
    height, width = gray.shape
    if height < _UPRIGHT * width or clean.sharpness_dpi < CALMED_DPI or clean.bend is not None:
        return 1.0
    top, floor = round(max((_NOT_ABOVE, *below)) * height), round(_NOT_BELOW * height)
    if top >= floor:
        return 1.0
    edge = round(_MARGIN * width)
    inked = (gray[top:floor, edge : width - edge : _SAMPLED] < _INK).mean(axis=1)
    strips = _strips(inked <= _BLANK, max(round(_LEAST_MM * clean.seen.dpi / 25.4), 2))
    middles = [(top + (first + last) / 2) / height for first, last in strips]
    return min(middles, key=lambda middle: abs(middle - _BEST), default=1.0)


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
