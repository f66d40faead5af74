"""Read a copy list again: its column alone, without coloured ink, and larger.

A page read as a whole loses lines of small print beside a seal, and takes signs in small print for others.
Each line is read by the engine once more and by the recogniser of another kind, which knows few marks.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from documents.looks import LETTERS_ONLY
from documents.page import Box, Line
from ocr.cleaning import CleanPage
from ocr.cuts import CUT_DPI, cut_out
from ocr.engine import Engine, Layout
from ocr.raster import Gray
from ocr.recogniser import recognise

_MARGIN_MM = 1.0
_LARGER = 1.25
_GAP = 1.5
"""The widest space inside a line, in heights of it; beyond it another column begins."""
_LEAST_MM = 4.0
_MOST_LINES = 40
_AROUND = 0.25
"""Paper around a line for the recogniser, in heights of the line."""


def read_list_rows(clean: CleanPage, box: Box, engine: Engine) -> tuple[str, ...]:
    """Read the lines in `box` of a page, top to bottom, 40 at most.

    Args:
        clean: The page, upright.
        box: Where the list stands, in fractions of the page.
        engine: What turns pictures into words.

    Returns:
        For each line what the engine reads, up to the first wide space, and on the next row behind
        `LETTERS_ONLY` what the recogniser does, where it is there.
    """
    cut = cut_out(clean.gray, box, dpi=clean.seen.dpi, margin_mm=_MARGIN_MM, to_dpi=round(CUT_DPI * _LARGER))
    picture = np.asarray(cut.pixels, np.uint8)
    if min(picture.shape) < _LEAST_MM / 25.4 * cut.dpi:
        return ()
    lines = engine.read_lines(picture, dpi=cut.dpi, layout=Layout.BLOCK)
    aspect = picture.shape[1] / picture.shape[0]
    return tuple(row for line in lines[:_MOST_LINES] for row in _rows(_first_column(line, aspect), picture))


def _rows(line: Line, picture: Gray) -> Iterator[str]:
    yield " ".join(line.text.split())
    height, width = picture.shape
    box, around = line.box, _AROUND * line.box.height
    top, floor = max(box.y0 - around, 0.0), min(box.y1 + around, 1.0)
    part = picture[round(top * height) : round(floor * height), round(box.x0 * width) : round(box.x1 * width)]
    seen = recognise(np.ascontiguousarray(part)) if part.size else None
    if seen is not None and (text := " ".join(seen.text.split())):
        yield f"{LETTERS_ONLY}{text}"


def _first_column(line: Line, aspect: float) -> Line:
    """The words of `line` up to its first wide space; `aspect` is the picture's width over its height."""
    words = line.words
    most = _GAP * line.box.height / aspect
    ends = (at for at in range(1, len(words)) if words[at].box.x0 - words[at - 1].box.x1 > most)
    return Line(words[: next(ends, len(words))])
