"""Whether something is written in a coloured stamp with another ink.

A coloured stamp is read in its own ink, which leaves black writing out: a name that a leader added with a
black pen would be lost in silence. Black ink that no clear word of the page accounts for tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from documents.page import Box, Line, Region, Word
from ocr.cleaning import CleanPage
from ocr.inks import is_black
from ocr.raster import crop

MIXED = "mixed"
_LEAST_MM2 = 3.0
"""Black ink of one short written word; print that is accounted for leaves less than 1."""
_CLEAR = 60
_BESIDE_MM, _ABOVE_MM = 1.0, 0.8


def with_other_ink(clean: CleanPage, region: Region, lines: Iterable[Line]) -> Region:
    """Return `region` with the ink `mixed` when black writing of its own stands in a coloured stamp.

    `lines` are those of the whole page as read, the words under the stamp among them.
    """
    if region.ink in {"black", None} or not clean.seen.has_colour:
        return region
    part, place = crop(clean.seen.pixels, region.box)
    black = is_black(part)
    mm = clean.seen.dpi / 25.4
    for word in _clear_words(lines, region.box):
        _wipe(black, word.box, place, mm)
    return replace(region, ink=MIXED) if float(black.sum()) >= _LEAST_MM2 * mm**2 else region


def _clear_words(lines: Iterable[Line], within: Box) -> Iterable[Word]:
    for line in lines:
        for word in line.words:
            sure = word.confidence is None or word.confidence >= _CLEAR
            if sure and word.box.overlap(within) > 0 and any(c.isalnum() for c in word.text):
                yield word


def _wipe(black: np.typing.NDArray[np.bool_], word: Box, place: Box, mm: float) -> None:
    height, width = black.shape
    x0, x1 = ((x - place.x0) / place.width * width for x in (word.x0, word.x1))
    y0, y1 = ((y - place.y0) / place.height * height for y in (word.y0, word.y1))
    rows = slice(max(round(y0 - _ABOVE_MM * mm), 0), max(round(y1 + _ABOVE_MM * mm), 0))
    columns = slice(max(round(x0 - _BESIDE_MM * mm), 0), max(round(x1 + _BESIDE_MM * mm), 0))
    black[rows, columns] = False
