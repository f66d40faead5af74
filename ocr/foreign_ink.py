"""Ink on page 1 that nothing accounts for: what may be a stamp although no frame and no word told so.

Print that was read, long rules, tables, seals, marks, panels and dark edges are taken away (`ocr.accounted`);
what is left and lies together is a patch. A patch is measured here; what it may be, `ocr.stamp_traces` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import atan2, degrees, hypot, pi
from statistics import median

import cv2
import numpy as np

from documents.page import Box, Line, Region
from ocr.accounted import Mask, accounted_for, filled, list_rows_of, long_rules, solids
from ocr.cleaning import CleanPage
from ocr.inks import all_ink
from ocr.raster import Gray, Pixels, crop, scaled

LOOK_DPI = 150
MM = LOOK_DPI / 25.4
_DARKER, _PAPER_MM = 30, 4.0
"""By how much ink is darker than the paper around it, and how far around is looked."""
_GATHER_MM, _GATHER_DOWN_MM, _SPECK_MM, _LEAST_MM = 6.5, 6.5, 0.45, (9.0, 5.0)
_COLOURED, _BRIGHT, _MOSTLY, _GATHER_COLOUR_MM = 36, 110, 0.5, 8.0
_PRINT_MM = (0.6, 3.2, 4.0)
"""A letter of a stamp: its least and greatest height, its greatest width."""
_CRUMB_MM, _STEP_MM = 1.2, 4.0
_STROKE_MM, _STROKE_GAP_MM, _STROKE_VOTES_MM = 10.0, 2.5, 5.0
_STEEPEST_DEG = 10.0
_ON_STROKE, _BESIDE, _ALL_BESIDE = 0.55, 0.28, 0.15
"""Share of ink along a stroke, at most beside it on one side, and on all: a row of letters has more."""
_BESIDE_MM = (-1.6, -1.1, 1.1, 1.6)
_KNOWN = 0.3
_BELOW_MM = 15.0
"""How much of the page below what was read is looked at, so that the paper there counts as paper."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight thin line, perhaps broken; `tilt_deg` is clockwise off the nearest axis."""

    length_mm: float
    tilt_deg: float
    is_level: bool


@dataclass(frozen=True)
class Patch:
    """Ink that lies together. `ink` is 1 on ink at `LOOK_DPI`; `box` in fractions of the page.

    `coloured` is the share of its ink that has a colour, 0 to 1.
    """

    box: Box
    ink: Mask
    coloured: float

    @property
    def width_mm(self) -> float:
        """Width."""
        return float(self.ink.shape[1] / MM)

    @property
    def height_mm(self) -> float:
        """Height."""
        return float(self.ink.shape[0] / MM)

    @cached_property
    def density(self) -> float:
        """Share of the patch that is ink, 0 to 1."""
        return float(np.mean(self.ink))

    @cached_property
    def _sizes_mm(self) -> np.typing.NDArray[np.float64]:
        """Width and height of every connected piece, a row each."""
        _, _, stats, _ = cv2.connectedComponentsWithStats(self.ink)
        return np.asarray(stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]] / MM, np.float64)

    @cached_property
    def letters(self) -> int:
        """How many pieces have the size of a stamp's letters; a pen's are larger."""
        least, most, widest = _PRINT_MM
        wide, high = self._sizes_mm.T
        return int(((high > least) & (high < most) & (wide < widest)).sum())

    @cached_property
    def crumbs(self) -> int:
        """How many pieces are dots, accents or what is left of worn print; a pen leaves few."""
        return int((self._sizes_mm.max(axis=1) < _CRUMB_MM).sum())

    @cached_property
    def strokes(self) -> tuple[Stroke, ...]:
        """The straight strokes with paper on both sides: what is left of a frame."""
        return tuple(_strokes(self.ink))

    @property
    def tilt_deg(self) -> float:
        """How far it seems to lean, clockwise; 0 without strokes."""
        return float(median([s.tilt_deg for s in self.strokes])) if self.strokes else 0.0

    def densest(self, width_mm: float) -> Patch:
        """The part of the patch of that width with the most small pieces."""
        wide = round(width_mm * MM)
        _, _, _, middles = cv2.connectedComponentsWithStats(self.ink)
        small = middles[1:][self._sizes_mm.max(axis=1) < _PRINT_MM[1], 0]
        starts = range(0, max(self.ink.shape[1] - wide, 0) + 1, round(_STEP_MM * MM))
        left = max(starts, key=lambda x: int(((small >= x) & (small < x + wide)).sum()))
        part = np.ascontiguousarray(self.ink[:, left : left + wide])
        rows = np.flatnonzero(part.any(axis=1))
        top, bottom = (int(rows[0]), int(rows[-1]) + 1) if rows.size else (0, part.shape[0])
        x, y = self.box.width / self.ink.shape[1], self.box.height / self.ink.shape[0]
        box = Box(
            self.box.x0 + left * x,
            self.box.y0 + top * y,
            self.box.x0 + (left + part.shape[1]) * x,
            self.box.y0 + bottom * y,
        )
        return Patch(box, part[top:bottom], self.coloured)

    @property
    def touches_edge(self) -> bool:
        """Whether it lies at an edge of the page, so that part of it may be cut off."""
        box = self.box
        return min(box.x0, box.y0, 1 - box.x1, 1 - box.y1) < 0.012


def find_patches(
    clean: CleanPage, lines: Sequence[Line], regions: Sequence[Region], *, down_to: float = 1.0
) -> tuple[Patch, ...]:
    """Return the patches of ink above `down_to` that no line and no region accounts for, top to bottom.

    Coloured ink is gathered a second time by itself: print under it accounts for none of it.
    """
    pixels, shape = _looked_at(clean, down_to)
    ink = ink_of(all_ink(pixels))
    ink[round(down_to * shape[0]) :] = 0
    high = ink.shape[0]
    aside = long_rules(ink, MM) | solids(ink, MM)
    known = aside | accounted_for(shape, lines, regions, px_in_mm=MM)[:high]
    known |= filled(shape, list_rows_of(lines))[:high]
    found = [*_gathered(_without_specks(np.asarray(ink & (1 - known), np.uint8)), pixels, _GATHER_MM, shape)]
    if pixels.ndim == 3:
        colour = np.asarray(ink & _has_colour(pixels), np.uint8)

        def is_coloured(box: Box) -> bool:
            on_part = Box(box.x0, box.y0 * shape[0] / high, box.x1, box.y1 * shape[0] / high)
            part, whole = (crop(mask, on_part)[0].sum() for mask in (colour, ink))
            return bool(part > _MOSTLY * whole)

        known = aside | accounted_for(shape, lines, regions, px_in_mm=MM, is_own=is_coloured)[:high]
        left = _without_specks(np.asarray(colour & (1 - known), np.uint8))
        found += _gathered(left, pixels, _GATHER_COLOUR_MM, shape)
    return tuple(sorted(found, key=lambda patch: patch.box.y0))


def _looked_at(clean: CleanPage, down_to: float) -> tuple[Pixels, tuple[int, int]]:
    """The page as it is looked at, down to a little below what was read, and the shape of all of it."""
    seen, factor = clean.seen, LOOK_DPI / clean.seen.dpi
    below = round(down_to * seen.height_px + _BELOW_MM / 25.4 * seen.dpi)
    shape = (round(seen.height_px * factor), round(seen.width_px * factor))
    return scaled(seen.pixels[:below], factor), shape


def ink_of(gray: Gray) -> Mask:
    """Return 1 where `gray` is darker than the paper around it, pale ink included."""
    reach = round(_PAPER_MM * MM) | 1
    paper = cv2.dilate(cv2.medianBlur(gray, 3), np.ones((reach, reach), np.uint8))
    paper = cv2.blur(paper, (2 * reach, 2 * reach))
    return np.asarray(paper.astype(np.int16) - gray > _DARKER, np.uint8)


def _without_specks(ink: Mask) -> Mask:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    least = _SPECK_MM * MM
    keep = (stats[:, cv2.CC_STAT_WIDTH] > least) | (stats[:, cv2.CC_STAT_HEIGHT] > least)
    keep[0] = False
    return np.asarray(keep[labels], np.uint8)


def _gathered(ink: Mask, pixels: Pixels, gather_mm: float, page: tuple[int, int]) -> Iterator[Patch]:
    """The patches of `ink`, which may be the upper part of a page of the shape `page`."""
    reach = np.ones((round(_GATHER_DOWN_MM * MM), round(gather_mm * MM)), np.uint8)
    near = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, reach), np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near)
    height, width = page
    for index in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[index])
        if w < _LEAST_MM[0] * MM or h < _LEAST_MM[1] * MM:
            continue
        place = (slice(y, y + h), slice(x, x + w))
        own = np.asarray((labels[place] == index) & (ink[place] > 0), np.uint8)
        coloured = (
            float(_has_colour(pixels[place])[own > 0].mean()) if pixels.ndim == 3 and own.any() else 0.0
        )
        yield Patch(Box(x / width, y / height, (x + w) / width, (y + h) / height), own, coloured)


def _has_colour(pixels: Pixels) -> Mask:
    red, green, blue = cv2.split(pixels)
    brightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return np.asarray((cv2.subtract(brightest, darkest) > _COLOURED) & (brightest > _BRIGHT), np.uint8)


# ── strokes ──────────────────────────────────────────────────────────────────────────────────────────────


def _strokes(ink: Mask) -> Iterator[Stroke]:
    found = cv2.HoughLinesP(
        np.asarray(ink * np.uint8(255), np.uint8),
        1,
        pi / 360,
        threshold=round(_STROKE_VOTES_MM * MM),
        minLineLength=_STROKE_MM * MM,
        maxLineGap=_STROKE_GAP_MM * MM,
    )
    if found is None:
        return
    fat = np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), np.uint8)
    known = np.zeros_like(ink)
    ends = [tuple(int(v) for v in line) for line in found.reshape(-1, 4)]
    for x0, y0, x1, y1 in sorted(ends, key=lambda e: -hypot(e[2] - e[0], e[3] - e[1])):
        angle = degrees(atan2(y1 - y0, x1 - x0))
        tilt = (angle + 45) % 90 - 45
        if abs(tilt) > _STEEPEST_DEG or not _stands_free(ink, fat, known, (x0, y0, x1, y1)):
            continue
        cv2.line(known, (x0, y0), (x1, y1), (1,), round(1.5 * MM))
        yield Stroke(hypot(x1 - x0, y1 - y0) / MM, tilt, abs((angle + 90) % 180 - 90) < 45)


def _stands_free(ink: Mask, fat: Mask, known: Mask, ends: tuple[int, int, int, int]) -> bool:
    """Whether the line is inked, has paper beside it, and was not taken already."""
    x0, y0, x1, y1 = ends
    length = hypot(x1 - x0, y1 - y0)
    along = np.linspace(0, 1, max(int(length), 2))
    across = ((y0 - y1) / length, (x1 - x0) / length)

    def share(picture: Mask, aside_px: float) -> float:
        xs = np.clip(np.round(x0 + (x1 - x0) * along + across[0] * aside_px), 0, ink.shape[1] - 1)
        ys = np.clip(np.round(y0 + (y1 - y0) * along + across[1] * aside_px), 0, ink.shape[0] - 1)
        return float(picture[ys.astype(int), xs.astype(int)].mean())

    beside = [share(ink, mm * MM) for mm in _BESIDE_MM]
    free = max(beside) <= _BESIDE and sum(beside) / len(beside) <= _ALL_BESIDE
    return free and share(fat, 0.0) >= _ON_STROKE and share(known, 0.0) <= _KNOWN
