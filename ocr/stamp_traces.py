"""Arrival stamps that neither a whole frame nor the word ĐẾN gave away: worn, faint, faxed, cut by the edge.

That page 1 has no stamp is believed only when no ink on it is left that could be one. A patch of such ink of
a stamp's size is read once more, kindlier; what says what a stamp says is a stamp, what only looks like one
comes back without lines, for a person to look at.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from documents.page import Box, Line, Region, RegionKind
from documents.syllables import count_sensible
from documents.text import fold
from ocr.accounted import find_signing
from ocr.cleaning import CleanPage
from ocr.engine import Engine
from ocr.foreign_ink import MM, Patch, find_patches
from ocr.marks import known_mark
from ocr.stamp_reading import SAYS_ENOUGH, is_foreign, read_worn_stamp, says_arrived, what_it_says

Values = np.typing.NDArray[np.float64]
_WIDEST_MM, _HIGHEST_MM = 85.0, 66.0
_DENSEST, _DENSEST_FRAMED, _STROKES = 0.235, 0.36, 3
"""Share of ink from which a patch is no stamp, and of one with that many straight strokes."""
_SIZE_MM, _LETTERS = (16.0, 10.5), 9
"""Size and number of small letters from which a patch looks like a stamp."""
_CUT_MM, _CUT_LETTERS, _CUT_HIGH_MM, _CUT_DENSITY = (10.0, 7.0), 6, 14.0, 0.02
"""The same for one that the page's edge cuts."""
_FRAME_MM, _FRAME_HIGH_MM = 40.0, 13.5
"""Length of straight strokes, level and upright, and height from which a patch looks like a frame."""
_CRUMBS = 10
_LOWEST, _IN_BLOCK = 0.72, 0.6
_RING_MM, _RING_ASPECT, _SLACK_MM, _OUTSIDE, _ROUND = (24.0, 44.0), 1.25, 4.0, 0.1, 0.68
"""Diameter of a seal; how far its patch is from square and off its middle; ink outside, share of the ring."""
_OUTSIDE_CUT, _STRAIGHT_MM = 0.06, 28.0
_POINTS, _SLICES = 1200, 40
_WINDOW_MM, _WIDE_HIGH_MM, _FEW_LETTERS, _MORE_MM, _ARRIVED = 62.0, 22.0, 3, 6.0, 2
_NARROW_MM, _MOST_READ, _MOST_ROWS = 45.0, 3, 14
_TOLD, _MOST_TOLD = 1, 14
"""Sensible words from which a frame is known to hold something else, and which no unread stamp has."""


def find_traces(
    clean: CleanPage,
    lines: Sequence[Line],
    regions: Sequence[Region],
    engine: Engine,
    *,
    down_to: float = 1.0,
) -> tuple[Region, ...]:
    """Return what else may be an arrival stamp on page 1, read where it can be, top to bottom.

    Args:
        clean: The page.
        lines: Its lines as read, before anything was set apart.
        regions: What was set apart already.
        engine: What turns pictures into words; its errors are let through.
        down_to: How far down the lines were read: of ink below nothing is known.
    """
    known = [region for region in regions if _is_known(region)]
    signing = find_signing(lines)
    likely: list[tuple[Patch, bool]] = []
    for whole in find_patches(clean, lines, known, down_to=down_to):
        wide = _is_wide(whole)
        patch = whole.densest(_WINDOW_MM) if wide else whole
        surely = looks_like_stamp(patch) and (is_framed(patch) or not wide)
        if (surely or _may_say_so(patch)) and not _is_in(patch.box, signing) and not is_round(patch):
            likely.append((patch, surely))
    found: list[Region] = []
    for patch, surely in sorted(likely, key=lambda pair: -pair[0].letters)[:_MOST_READ]:
        region = _read(clean, patch, engine, surely=surely)
        if region is not None and not any(region.box.overlap(other.box) for other in found):
            found.append(region)
    return tuple(sorted(found, key=lambda r: r.box.y0))


def _is_wide(patch: Patch) -> bool:
    """Whether lines that were not read may have run together with a stamp."""
    return patch.width_mm > _WIDEST_MM and patch.height_mm >= _WIDE_HIGH_MM


def _may_say_so(patch: Patch) -> bool:
    """Whether a patch is worth being read, although only words would make it a stamp."""
    sized = patch.width_mm >= _SIZE_MM[0] and _SIZE_MM[1] <= patch.height_mm <= _HIGHEST_MM
    return (
        sized
        and patch.letters >= _FEW_LETTERS
        and patch.density <= _DENSEST
        and patch.box.middle[1] <= _LOWEST
    )


def _is_known(region: Region) -> bool:
    """Whether a region is surely no stamp that was not read."""
    if region.kind is RegionKind.FRAMED_MARK:
        told = count_sensible(line.text for line in region.lines)
        other = told >= _TOLD and what_it_says(region.lines) < SAYS_ENOUGH
        return other or any(known_mark(line.text) for line in region.lines)
    return region.kind is not RegionKind.ARRIVAL_STAMP or bool(region.lines)


def looks_like_stamp(patch: Patch) -> bool:
    """Whether size, small letters or straight strokes of a patch are those of a stamp or a part of one."""
    wide, high = patch.width_mm, patch.height_mm
    if is_dense(patch) or patch.box.middle[1] > _LOWEST or high > _HIGHEST_MM:
        return False
    if wide > _WIDEST_MM:
        return is_framed(patch) and patch.letters >= _LETTERS
    if patch.touches_edge and wide >= _CUT_MM[0] and high >= _CUT_MM[1]:
        surely = high >= _CUT_HIGH_MM and patch.density >= _CUT_DENSITY
        return patch.letters >= (_CUT_LETTERS / 2 if surely else _CUT_LETTERS)
    return is_framed(patch) or (wide >= _SIZE_MM[0] and high >= _SIZE_MM[1] and patch.letters >= _LETTERS)


def is_dense(patch: Patch) -> bool:
    """Whether a patch is a picture, a seal or a logo; a stamp filled with print has straight strokes too."""
    most = _DENSEST_FRAMED if len(patch.strokes) >= _STROKES else _DENSEST
    return patch.density > most


def is_framed(patch: Patch) -> bool:
    """Whether straight strokes, level and upright, show what is left of a stamp's frame."""
    level = [stroke.length_mm for stroke in patch.strokes if stroke.is_level]
    upright = [stroke.length_mm for stroke in patch.strokes if not stroke.is_level]
    long = bool(level and upright) and sum(level) + sum(upright) >= _FRAME_MM
    return long and patch.height_mm >= _FRAME_HIGH_MM


def is_round(patch: Patch) -> bool:
    """Whether a patch is a round seal, whole, showing through from the back, or cut by a side of the page.

    Nearly all of its ink lies in a circle along which there is ink nearly all the way round.
    """
    least, most = _RING_MM
    if not least - _SLACK_MM <= patch.height_mm <= most or patch.width_mm > most:
        return False
    if sum(stroke.length_mm for stroke in patch.strokes) > _STRAIGHT_MM:
        return False
    ys, xs = (axis[:: max(len(axis) // _POINTS, 1)] / MM for axis in np.nonzero(patch.ink))
    middles = np.arange(-_SLACK_MM, _SLACK_MM + 0.1, 1.0)
    wide, high = patch.width_mm, patch.height_mm
    across = [wide / 2] if wide * _RING_ASPECT >= high else []
    across += [wide - high / 2, high / 2] if patch.touches_edge else []
    return any(
        _goes_round(xs - x - dx, ys - high / 2 - dy, patch)
        for x in across
        for dx in middles
        for dy in middles
    )


def _goes_round(x: Values, y: Values, patch: Patch) -> bool:
    """The same for one middle, from which `x` and `y` are counted; the circle is the best of all sizes."""
    away, turns = np.hypot(x, y), np.arctan2(y, x)
    slices = ((turns + np.pi) / (2 * np.pi) * _SLICES).astype(int) % _SLICES
    is_cut = patch.width_mm * _RING_ASPECT < patch.height_mm
    part, most_outside = (0.5, _OUTSIDE_CUT) if is_cut else (1.0, _OUTSIDE)
    for radius in np.arange(_RING_MM[0] / 2, _RING_MM[1] / 2, 0.75):
        if float((away > radius * 1.06).mean()) > most_outside:
            continue
        on = (away > 0.93 * radius) & (away <= 1.06 * radius)
        if len(np.unique(slices[on])) >= _ROUND * part * _SLICES:
            return True
    return False


def _is_in(box: Box, blocks: Sequence[Box]) -> bool:
    return any(box.overlap(block) >= _IN_BLOCK for block in blocks)


def _read(clean: CleanPage, patch: Patch, engine: Engine, *, surely: bool) -> Region | None:
    """Read a patch; one that does not surely look like a stamp must say so by its words."""
    around = patch.box if surely or patch.width_mm > _NARROW_MM else _grown(patch)
    lines = read_worn_stamp(clean, around, patch.tilt_deg, engine)
    if is_foreign(lines):
        return None
    lines = lines if len(lines) <= _MOST_ROWS else ()
    printed, says = " ".join(line.text for line in lines), what_it_says(lines)
    if says > SAYS_ENOUGH and (says_arrived(printed) or "chuyen" in fold(printed)):
        return Region(RegionKind.ARRIVAL_STAMP, around, lines, "black")
    if says_arrived(printed) < _ARRIVED and not (surely and (says >= SAYS_ENOUGH or _is_worn_print(patch))):
        return None
    if says_arrived(printed) < _ARRIVED and count_sensible(line.text for line in lines) > _MOST_TOLD:
        return None
    return Region(RegionKind.ARRIVAL_STAMP, around, (), "black")


def _grown(patch: Patch) -> Box:
    """The patch and what stands beside it: of clear print under a stamp only a part is left over."""
    box = patch.box
    across, down = _MORE_MM / patch.width_mm * box.width, _MORE_MM / patch.height_mm * box.height
    return Box(
        max(box.x0 - across, 0.0), max(box.y0 - down, 0.0), min(box.x1 + across, 1.0), min(box.y1 + down, 1.0)
    )


def _is_worn_print(patch: Patch) -> bool:
    """Whether no pen wrote a patch: rubber leaves crumbs and a frame, or the page's edge cuts it."""
    return patch.crumbs >= _CRUMBS or is_framed(patch) or patch.touches_edge
