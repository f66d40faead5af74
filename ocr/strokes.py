"""Whether a value on a row is struck out: a stroke through it that is none of its own signs.

A clerk who corrects a paper draws a line through the old value and writes the new one above or beside it. The
old value stays legible, and every reader reads it. So the ink itself is asked: a stroke that runs on through
the whole value, the value's ink above and below it, and stands alone at its ends, belongs to no digit. The
bar of a pen's 7 ends inside the value, that of a 4 begins at its tip, a dotted line runs below.

Lengths are in heights of the row's capitals unless their names say pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.page import Box
from ocr.cuts import cut_out
from ocr.gaps import Gap
from ocr.inks import all_ink, black_and_white
from ocr.raster import Gray, Raster

Ink = NDArray[np.bool_]
"""Shape (height_px, width_px); True is ink."""

_TILTS = tuple(np.tan(np.radians(range(-18, 19, 3))))
"""Slopes at which a stroke is sought; what is steeper is a digit's own."""
_WOBBLE, _BROKEN = 0.05, 0.08
"""How far a stroke strays from a straight line, up or down; the gaps that a scanner leaves in it."""
_THICKEST = 0.2
"""Where the ink is thicker, the stroke crosses a sign."""
_HIGHEST, _LOWEST = 0.85, 0.28
"""Heights over the base line between which the middle of a stroke lies."""
_SHORTEST = 1.0
_COVERED, _ALONE, _SURELY_ALONE = 0.85, 0.45, 0.58
"""Shares: of the value's width under the stroke; of the stroke's columns where it stands alone."""
_CROSSED, _SURELY_CROSSED = 0.1, 0.2
"""Share of the struck width with ink of the value above the stroke, and below."""
_MOST_BENT, _STRAIGHT = 0.055, 0.035
_FREE, _LONG = 0.13, 2.0
"""How far a stroke runs on beyond the signs, by itself."""
_BEYOND = 0.4
"""How far beyond the gap a stroke is followed."""
_CRUMB, _MARGIN = 0.12, 0.05
_AT_ITS_HEIGHT = 0.4
_TALLEST, _DEEPEST = 1.35, 0.5
"""How far over and under the base line a value reaches."""
_BESIDE_MM, _OVER_MM = 5.0, 2.0
"""How much around a value is looked at, to see the print beside it."""
_USUAL_CAPITAL = 0.75
"""Height of capitals where none is seen, in heights of the printed line."""


@dataclass(frozen=True, slots=True)
class Print:
    """Where the print of a row stands: its base line and the height of its capitals, in pixels."""

    base_px: float
    capital_px: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke across: `y_px` is its middle at each column from `x_px` on, `alone` where nothing crosses."""

    x_px: int
    y_px: NDArray[np.float64]
    alone: NDArray[np.bool_]
    thickness_px: float

    @property
    def end_px(self) -> int:
        """The column behind its last one."""
        return self.x_px + len(self.y_px)

    @property
    def bent_px(self) -> float:
        """How far it strays from a bow, on average."""
        xs = np.arange(len(self.y_px))
        bow = np.polyval(np.polyfit(xs, self.y_px, 2), xs)
        return float(np.sqrt(np.mean(np.square(self.y_px - bow))))


def is_struck_out(row: Gray, gap: Gap, height_px: float) -> bool:
    """Whether what stands in a gap of a row is struck out.

    Args:
        row: The row with some paper around it, 0 is ink.
        gap: The place between two printed signs of it.
        height_px: Height of the printed line.
    """
    ink = np.asarray(black_and_white(row) == 0, np.bool_)
    printed = find_print(ink, gap, height_px)
    beyond = _BEYOND * printed.capital_px
    left, right = max(int(gap.begin - beyond), 0), min(int(gap.end + beyond), ink.shape[1])
    if right - left < _SHORTEST * printed.capital_px:
        return False
    place = ink[:, left:right]
    stroke = longest_stroke(place, printed)
    if stroke is None:
        return False
    signs = place & ~gap.beside[:, left:right]
    begin, end = max(int(gap.begin) - left, 0), max(int(gap.end) - left, 0)
    signs[:, :begin], signs[:, end:] = False, False
    return _strikes(stroke, _signs_under(signs, stroke, printed), printed)


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


def find_print(ink: Ink, gap: Gap, height_px: float) -> Print:
    """Find the base line by the print beside the value: there the ink ends at once along the row."""
    beside = ink.copy()
    beside[:, max(int(gap.begin), 0) : max(int(gap.end), 0)] = False
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


def longest_stroke(ink: Ink, printed: Print) -> Stroke | None:
    """Return the longest stroke across at the height of the print's middle, level or nearly; None without."""
    height, width = ink.shape
    wobble = max(round(_WOBBLE * printed.capital_px), 1)
    thick = cv2.dilate(ink.astype(np.uint8), np.ones((2 * wobble + 1, 1), np.uint8))
    broken = max(round(_BROKEN * printed.capital_px), 1)
    fat = np.asarray(cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, broken + 1), np.uint8)), np.uint8)
    slopes = np.array(_TILTS)
    level = [_sheared(fat, slope) for slope in _TILTS]
    whole = np.ones((1, round(_SHORTEST * printed.capital_px)), np.uint8)
    if not any(cv2.erode(way, whole, borderValue=(0,)).any() for way in level):
        return None
    columns = np.stack(level, axis=2).transpose(1, 0, 2)
    run = np.zeros((height, len(slopes)), np.int32)
    longest, end = run.copy(), run.copy()
    for x in range(width):
        run = (run + 1) * columns[x]
        longer = run > longest
        longest[longer] = run[longer]
        end[longer] = x + 1
    middles = np.arange(height)[:, None] + slopes * (end - longest / 2 - width / 2)
    over_base = (printed.base_px - middles) / printed.capital_px
    longest[(over_base > _HIGHEST) | (over_base < _LOWEST)] = 0
    if not longest.any():
        return None
    ways = np.argwhere(longest >= 0.97 * longest.max())
    found = (
        _follow(ink, int(end[y, at] - longest[y, at]), y + slopes[at] * (np.arange(width) - width / 2),
                int(end[y, at]), wobble, _THICKEST * printed.capital_px)
        for y, at in ways
    )  # fmt: skip
    return max(found, key=lambda stroke: int(stroke.alone.sum()))


def _sheared(picture: NDArray[np.uint8], slope: float) -> NDArray[np.uint8]:
    """The picture with every column moved so that what rises by `slope` lies level."""
    height, width = picture.shape
    shear = np.array([[1, 0, 0], [-slope, 1, slope * width / 2]], np.float32)
    return np.asarray(cv2.warpAffine(picture, shear, (width, height), flags=cv2.INTER_NEAREST), np.uint8)


def _follow(
    ink: Ink, begin: int, line: NDArray[np.float64], end: int, wobble: int, thickest_px: float
) -> Stroke:
    """Follow the stroke along `line`; where it stands alone its own middle is known."""
    middles = np.full(end - begin, np.nan)
    thickness = np.zeros(end - begin)
    for x in range(begin, end):
        run = _run_at(ink[:, x], round(float(line[x])), wobble)
        if run is not None and run[1] - run[0] <= thickest_px:
            middles[x - begin] = (run[0] + run[1] - 1) / 2
            thickness[x - begin] = run[1] - run[0]
    alone = ~np.isnan(middles)
    xs = np.arange(end - begin)
    ys = np.interp(xs, xs[alone], middles[alone]) if alone.sum() > 2 else line[begin:end]
    thick = float(np.median(thickness[alone])) if alone.any() else 0.0
    return Stroke(begin, np.asarray(ys, np.float64), alone, thick)


def _run_at(column: NDArray[np.bool_], y: int, reach: int) -> tuple[int, int] | None:
    """The first and behind the last row of the ink in a column that is nearest to `y`."""
    first, last = max(y - reach, 0), min(y + reach + 1, len(column))
    near = np.flatnonzero(column[first:last])
    if not len(near):
        return None
    at = first + int(near[np.argmin(np.abs(near + first - y))])
    above, below = np.flatnonzero(~column[:at]), np.flatnonzero(~column[at:])
    return (int(above[-1]) + 1 if len(above) else 0), (at + int(below[0]) if len(below) else len(column))


def _strikes(stroke: Stroke, signs: Ink, printed: Print) -> bool:
    """Whether a stroke strikes out the `signs` of a value."""
    capital = printed.capital_px
    length = (stroke.end_px - stroke.x_px) / capital
    over_base = (printed.base_px - float(stroke.y_px.mean())) / capital
    alone, bent = float(stroke.alone.mean()), stroke.bent_px / capital
    if length < _SHORTEST or alone < _ALONE or bent > _MOST_BENT or not _LOWEST <= over_base <= _HIGHEST:
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
    free = [first - stroke.x_px >= _FREE * capital, stroke.end_px - last >= _FREE * capital]
    if all(free):
        return min(above, below) >= _CROSSED
    surely = min(above, below) >= _SURELY_CROSSED and alone >= _SURELY_ALONE
    return any(free) and surely and length >= _LONG and bent <= _STRAIGHT


def _beside(signs: Ink, stroke: Stroke, capital: float) -> NDArray[np.bool_]:
    """The columns in which a sign stands at the height of the stroke, or of its nearest end."""
    half = _AT_ITS_HEIGHT * capital
    height, width = signs.shape
    ys = np.interp(np.arange(width), np.arange(stroke.x_px, stroke.end_px), stroke.y_px)
    rows = np.arange(height)[:, None]
    return np.asarray((signs & (np.abs(rows - ys) <= half)).any(axis=0), np.bool_)


def _signs_under(ink: Ink, stroke: Stroke, printed: Print) -> Ink:
    """The ink without the stroke and what is left of its edges, and without what stands far from the row."""
    signs = ink.copy()
    half = stroke.thickness_px / 2 + max(_MARGIN * printed.capital_px, 1.0)
    tips = max(round(_MARGIN * printed.capital_px), 1)
    for x, y in enumerate(np.pad(stroke.y_px, tips, "edge"), stroke.x_px - tips):
        if 0 <= x < signs.shape[1]:
            signs[max(int(y - half), 0) : int(np.ceil(y + half)) + 1, x] = False
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
