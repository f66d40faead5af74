"""Whether a value on a row is struck out: a stroke through it that is none of its own signs.

A clerk who corrects a paper draws a line through the old value and writes the new one above or beside it. The
old value stays legible, and every reader reads it. So the ink itself is asked: a stroke that runs on through
the whole value, the value's ink above and below it, and stands alone at its ends, belongs to no digit. The
bar of a pen's 7 ends inside the value, that of a 4 begins at its tip, a dotted line runs below.

Lengths are in heights of the row's capitals unless their names say pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.page import Box
from ocr.cuts import cut_out
from ocr.gaps import Gap
from ocr.inks import all_ink, black_and_white
from ocr.raster import Gray, Raster
from ocr.strokes import HIGHEST, LOWEST, SHORTEST, Ink, Print, Stroke, longest_stroke, without_stroke

_LEVEL = float(np.tan(np.radians(18)))
"""Up to here a stroke lies level; a steeper one must be surer."""
_COVERED = 0.85
"""Share of the value's width that a stroke through it covers."""
_ALONE, _AS_LONG = 0.45, 0.7
"""A second stroke: share of its columns where nothing crosses it, and its length as a share of the first."""
_CROSSES_NOTHING = 0.95
"""A stroke that is alone nearly everywhere goes through no sign."""
_BEYOND = 0.4
"""How far beyond the gap a stroke is followed."""
_CRUMB = 0.12
_LEAST_PX = 6.0
"""Narrower and lower places show nothing."""
_AT_ITS_HEIGHT = 0.4
"""What stands so far above or below a stroke stands at its height."""
_TALLEST, _DEEPEST = 1.35, 0.5
"""How far over and under the base line a value reaches."""
_BESIDE_MM, _OVER_MM = 7.0, 2.0
"""How much around a value is looked at, to see the print beside it."""
_USUAL_CAPITAL = 0.75
"""Height of capitals where none is seen, in heights of the printed line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What a stroke must be to strike a value out; the freer it ends, the less is asked besides.

    `free` and `freer` are how far it runs on beyond the signs at its two ends (less than nought: the signs
    run on beyond it), `crossed` the share of the struck width with ink above it, and below, `alone` the share
    of its columns where nothing crosses it, `bent` how far it strays from a bow.
    """

    free: float
    freer: float
    crossed: float
    alone: float
    bent: float
    long: float
    may_slant: bool = False


_RULES = (
    _Rule(free=0.2, freer=0.2, crossed=0.1, alone=0.35, bent=0.1, long=1.0, may_slant=True),
    _Rule(free=0.13, freer=0.13, crossed=0.1, alone=0.5, bent=0.055, long=1.0),
    _Rule(free=0.05, freer=0.3, crossed=0.4, alone=0.6, bent=0.045, long=1.1, may_slant=True),
    # A pen's 4 and 7 may share a bar that runs on at the right; it is short, or no ruled line.
    _Rule(free=-0.17, freer=0.25, crossed=0.2, alone=0.58, bent=0.04, long=2.0),
    _Rule(free=-0.05, freer=0.25, crossed=0.4, alone=0.38, bent=0.025, long=2.0),
)
"""Source: measured on the number and date lines of 46 real papers and of some hundred drawn ones."""


def is_struck_out(row: Gray, gap: Gap, height_px: float) -> bool:
    """Whether what stands in a gap of a row is struck out.

    Args:
        row: The row with some paper around it, 0 is ink.
        gap: The place between two printed signs of it.
        height_px: Height of the printed line.
    """
    height_px = max(height_px, _LEAST_PX)
    ink = np.asarray(black_and_white(row) == 0, np.bool_)
    printed = find_print(ink, gap, height_px)
    beyond = _BEYOND * printed.capital_px
    left, right = max(int(gap.begin - beyond), 0), min(int(gap.end + beyond), ink.shape[1])
    if right - left < max(SHORTEST * printed.capital_px, _LEAST_PX):
        return False
    place = ink[:, left:right]
    strokes = _strokes_through(place, printed)
    if not strokes:
        return False
    signs = place & ~gap.beside[:, left:right]
    begin, end = max(int(gap.begin) - left, 0), max(int(gap.end) - left, 0)
    signs[:, :begin], signs[:, end:] = False, False
    signs = _signs_under(signs, strokes, printed)
    return any(_strikes(stroke, signs, printed) for stroke in strokes)


def is_struck_out_at(seen: Raster, place: Box, tilt_deg: float = 0.0) -> bool:
    """Whether the short value at `place` of a page is struck out; it lies `tilt_deg` turned clockwise."""
    beside, over = (mm / 25.4 * seen.dpi for mm in (_BESIDE_MM, _OVER_MM))
    wide = Box(
        max(place.x0 - beside / seen.width_px, 0.0),
        max(place.y0 - over / seen.height_px, 0.0),
        min(place.x1 + beside / seen.width_px, 1.0),
        min(place.y1 + over / seen.height_px, 1.0),
    )
    cut = cut_out(seen.pixels, wide, dpi=seen.dpi, tilt_deg=tilt_deg, margin_mm=0.0)
    row = all_ink(cut.pixels)
    scale = cut.dpi / seen.dpi * seen.width_px
    grown = (row.shape[1] - wide.width * scale) / 2
    begin, end = ((x - wide.x0) * scale + grown for x in (place.x0, place.x1))
    nothing = np.zeros(row.shape, np.bool_)
    height_px = place.height * seen.height_px * cut.dpi / seen.dpi
    return is_struck_out(row, Gap(begin, end, nothing, nothing), height_px)


def _strokes_through(ink: Ink, printed: Print) -> list[Stroke]:
    """The longest stroke across, and one more beside or across it: a value is often struck out twice."""
    first = longest_stroke(ink, printed)
    if first is None or first.length_px < SHORTEST * printed.capital_px:
        return []
    second = longest_stroke(without_stroke(ink, first, printed), printed)
    if second is None or second.length_px < _AS_LONG * first.length_px or second.alone.mean() < _ALONE:
        return [first]
    return [first, second]


def find_print(ink: Ink, gap: Gap, height_px: float) -> Print:
    """Find the base line by the print beside the value: there the ink ends at once along the row."""
    beside = ink.copy()
    ends = _BEYOND * _USUAL_CAPITAL * height_px
    beside[:, max(int(gap.begin - ends), 0) : max(int(gap.end + ends), 0)] = False
    rows = np.concatenate([[0.0], np.cumsum(beside.sum(axis=1, dtype=np.float64))])
    middle, reach = ink.shape[0] / 2, max(round(0.06 * height_px), 1)
    lowest = min(int(middle + 0.65 * height_px), ink.shape[0] - reach)
    # The sum of a strip of rows less that of the strip below it.
    fall = {
        y: 2 * rows[y] - rows[y - reach] - rows[y + reach] for y in range(max(int(middle), reach), lowest)
    }
    base = max(fall, key=lambda y: fall[y], default=int(middle + 0.3 * height_px))
    _, _, stats, _ = cv2.connectedComponentsWithStats(beside.astype(np.uint8))
    tall = [
        float(high) for _, y, wide, high, _ in stats[1:]
        if abs(y + high - base) < 0.1 * height_px and 0.4 * height_px < high < 1.1 * height_px
        and wide < 1.5 * height_px
    ]  # fmt: skip
    usual = _USUAL_CAPITAL * height_px
    capital = float(np.percentile(tall, 70)) if len(tall) > 2 else usual
    return Print(float(base), min(max(capital, 0.7 * usual), 1.3 * usual, ink.shape[0] * 1.0))


def _strikes(stroke: Stroke, signs: Ink, printed: Print) -> bool:
    """Whether a stroke strikes out the `signs` of a value."""
    capital = printed.capital_px
    length = stroke.length_px / capital
    over_base = (printed.base_px - float(stroke.y_px.mean())) / capital
    alone, bent = float(stroke.alone.mean()), stroke.bent_px / capital
    if not LOWEST <= over_base <= HIGHEST or alone > _CROSSES_NOTHING:
        return False
    columns = np.flatnonzero(_beside(signs, stroke, capital))
    if not len(columns):
        return False
    first, last = int(columns[0]), int(columns[-1]) + 1
    struck = range(max(stroke.x_px, first), min(stroke.end_px, last))
    if len(struck) < _COVERED * (last - first):
        return False
    ys = [int(stroke.y_px[x - stroke.x_px]) for x in struck]
    above = sum(bool(signs[:y, x].any()) for x, y in zip(struck, ys, strict=True)) / len(struck)
    below = sum(bool(signs[y:, x].any()) for x, y in zip(struck, ys, strict=True)) / len(struck)
    free = sorted(((first - stroke.x_px) / capital, (stroke.end_px - last) / capital))
    crossed = min(above, below)
    is_level = abs(stroke.slope) <= _LEVEL
    return any(
        free[0] >= rule.free and free[1] >= rule.freer and alone >= rule.alone and bent <= rule.bent
        and crossed >= rule.crossed and length >= rule.long and (is_level or rule.may_slant)
        for rule in _RULES
    )  # fmt: skip


def _beside(signs: Ink, stroke: Stroke, capital: float) -> NDArray[np.bool_]:
    """The columns in which a sign stands at the height of the stroke, or of its nearest end."""
    half = _AT_ITS_HEIGHT * capital
    height, width = signs.shape
    ys = np.interp(np.arange(width), np.arange(stroke.x_px, stroke.end_px), stroke.y_px)
    rows = np.arange(height)[:, None]
    return np.asarray((signs & (np.abs(rows - ys) <= half)).any(axis=0), np.bool_)


def _signs_under(ink: Ink, strokes: Sequence[Stroke], printed: Print) -> Ink:
    """The ink without the strokes, what is left of their edges, and what stands far from the row."""
    signs = ink
    for stroke in strokes:
        signs = without_stroke(signs, stroke, printed)
    signs = signs.copy()
    signs[: max(int(printed.base_px - _TALLEST * printed.capital_px), 0)] = False
    signs[max(int(printed.base_px + _DEEPEST * printed.capital_px), 0) :] = False
    for box, part in _spots(signs):
        if max(box[2:]) < _CRUMB * printed.capital_px:
            signs[part] = False
    return signs


def _spots(ink: Ink) -> Iterator[tuple[tuple[int, int, int, int], Ink]]:
    """Each connected piece of ink: its left, top, width and height, and where it is."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    for label in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[label])
        yield (x, y, width, height), np.asarray(labels == label, np.bool_)
