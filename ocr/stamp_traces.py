"""Arrival stamps that neither a whole frame nor the word ĐẾN gave away: worn, faint, faxed, half off the page.

That page 1 has no stamp is believed only when no ink on it is left that could be one. A patch of such ink with
a stamp's size is read once more, kindlier; what says what a stamp says is a stamp, what only looks like one
comes back without lines, for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from documents.page import Box, Line, Region, RegionKind
from documents.syllables import count_sensible
from ocr.accounted import find_signing
from ocr.cleaning import CleanPage
from ocr.engine import Engine
from ocr.foreign_ink import Patch, find_patches
from ocr.marks import known_mark
from ocr.seal_rings import Circle
from ocr.stamp_reading import SAYS_ENOUGH, is_foreign, read_worn_stamp, what_it_says

_WIDEST_MM, _HIGHEST_MM = 85.0, 66.0
_DENSEST = 0.235
"""Share of ink from which a patch is a picture, a seal or a logo."""
_SIZE_MM, _LETTERS = (16.0, 10.5), 9
"""Size and number of small letters from which a patch looks like a stamp."""
_CUT_MM, _CUT_LETTERS, _CUT_HIGH_MM = (10.0, 7.0), 6, 14.0
"""The same for one that the page's edge cuts."""
_FRAME_MM, _FRAME_HIGH_MM = 40.0, 10.5
"""Length of straight strokes, level and upright, and height from which a patch looks like a frame."""
_LOWEST, _IN_BLOCK = 0.72, 0.6
_RING_MM, _RING_ASPECT, _IN_CORNERS, _ROUND, _SLICES = (24.0, 44.0), 1.25, 0.03, 0.8, 48
_MOST_READ = 3
_MOST_TOLD = 14
"""Sensible words up to which an unread patch may be a stamp; a box of text has more."""


def find_traces(
    clean: CleanPage, lines: Sequence[Line], regions: Sequence[Region], engine: Engine
) -> tuple[Region, ...]:
    """Return what else may be an arrival stamp on page 1, read where it can be, top to bottom.

    Args:
        clean: The page.
        lines: Its lines as read, before anything was set apart.
        regions: What was set apart already.
        engine: What turns pictures into words; its errors are let through.
    """
    patches = [
        p for p in find_patches(clean, lines, [r for r in regions if _is_known(r)]) if looks_like_stamp(p)
    ]
    signing = find_signing(lines)
    likely = [p for p in patches if not _is_in(p.box, signing) and not is_round(p)]
    found: list[Region] = []
    for patch in sorted(likely, key=lambda p: -p.letters)[:_MOST_READ]:
        region = _read(clean, patch, engine)
        if region is not None and not any(region.box.overlap(other.box) for other in found):
            found.append(region)
    return tuple(sorted(found, key=lambda r: r.box.y0))


def _is_known(region: Region) -> bool:
    """Whether a region is surely no stamp that was not read."""
    if region.kind is RegionKind.FRAMED_MARK:
        return any(known_mark(line.text) for line in region.lines)
    return region.kind is not RegionKind.ARRIVAL_STAMP or bool(region.lines)


def looks_like_stamp(patch: Patch) -> bool:
    """Whether size, small letters or straight strokes of a patch are those of a stamp or a part of one."""
    wide, high = patch.width_mm, patch.height_mm
    if patch.density > _DENSEST or patch.box.middle[1] > _LOWEST or high > _HIGHEST_MM:
        return False
    level = [stroke.length_mm for stroke in patch.strokes if stroke.is_level]
    upright = [stroke.length_mm for stroke in patch.strokes if not stroke.is_level]
    framed = bool(level and upright) and sum(level) + sum(upright) >= _FRAME_MM and high >= _FRAME_HIGH_MM
    if wide > _WIDEST_MM:
        return framed and patch.letters >= _LETTERS
    if patch.touches_edge and wide >= _CUT_MM[0] and high >= _CUT_MM[1]:
        return patch.letters >= (_CUT_LETTERS if high < _CUT_HIGH_MM else _CUT_LETTERS / 2)
    return framed or (wide >= _SIZE_MM[0] and high >= _SIZE_MM[1] and patch.letters >= _LETTERS)


def is_round(patch: Patch) -> bool:
    """Whether a patch is a round seal, whole, showing through from the back, or cut by a side of the page.

    Nothing lies in its corners, and its outermost ink goes round.
    """
    least, most = _RING_MM
    if not least <= patch.height_mm <= most or patch.width_mm > most or patch.strokes:
        return False
    return any(_goes_round(patch, circle) for circle in _circles_around(patch))


def _circles_around(patch: Patch) -> Iterator[Circle]:
    high, wide = patch.ink.shape
    radius = max(wide, high) / 2
    if wide * _RING_ASPECT >= high:
        for x, y in ((wide / 2, high / 2), (radius, radius), (wide - radius, high - radius)):
            yield Circle(x, y, radius)
    if patch.touches_edge:
        for x in (high / 2, wide - high / 2):
            yield Circle(x, high / 2, high / 2)


def _goes_round(patch: Patch, circle: Circle) -> bool:
    high, wide = patch.ink.shape
    y, x = np.mgrid[0:high, 0:wide]
    away = np.hypot(y - circle.y, x - circle.x)
    beyond = float(patch.ink[away > circle.radius * 1.05].sum())
    if beyond > _IN_CORNERS * float(patch.ink.sum()):
        return False
    turns = np.arctan2(y - circle.y, x - circle.x)
    outer = (away > 0.78 * circle.radius) & (away <= 1.06 * circle.radius)
    there = np.histogram(turns[outer], bins=_SLICES, range=(-np.pi, np.pi))[0] > 0
    inked = np.histogram(turns[outer & (patch.ink > 0)], bins=_SLICES, range=(-np.pi, np.pi))[0] > 0
    return float(inked.sum()) >= _ROUND * float(there.sum())


def _is_in(box: Box, blocks: Sequence[Box]) -> bool:
    return any(box.overlap(block) >= _IN_BLOCK for block in blocks)


def _read(clean: CleanPage, patch: Patch, engine: Engine) -> Region | None:
    lines = read_worn_stamp(clean, patch.box, patch.tilt_deg, engine)
    if what_it_says(lines) > SAYS_ENOUGH:
        return Region(RegionKind.ARRIVAL_STAMP, patch.box, lines, "black")
    if is_foreign(lines) or count_sensible(line.text for line in lines) > _MOST_TOLD:
        return None
    return Region(RegionKind.ARRIVAL_STAMP, patch.box, (), "black")
