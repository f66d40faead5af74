"""Follow a stroke of the pen across a row: where it runs, how long, and where nothing crosses it.

Lengths are in heights of the row's capitals unless their names say pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.bool_]
"""Shape (height_px, width_px); True is ink."""

SHORTEST = 1.0
"""Shorter strokes are a digit's own."""
HIGHEST, LOWEST = 0.85, 0.28
"""Heights over the base line between which the middle of a stroke lies."""
_TILTS = tuple(np.tan(np.radians(range(-42, 43, 3))))
"""Slopes at which a stroke is sought; what is steeper is a digit's own."""
_WOBBLE, _BROKEN = 0.065, 0.08
"""How far a stroke strays from a straight line, up or down; the gaps that a scanner leaves in it."""
_THICKEST = 0.2
"""Where the ink is thicker, the stroke crosses a sign."""
_MARGIN = 0.05
_AS_GOOD = 0.97


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
    def length_px(self) -> int:
        """How many columns it crosses."""
        return len(self.y_px)

    @property
    def slope(self) -> float:
        """How far it falls in each column."""
        return float(np.polyfit(np.arange(len(self.y_px)), self.y_px, 1)[0])

    @property
    def bent_px(self) -> float:
        """How far it strays from a bow, on average."""
        xs = np.arange(len(self.y_px))
        bow = np.polyval(np.polyfit(xs, self.y_px, 2), xs)
        return float(np.sqrt(np.mean(np.square(self.y_px - bow))))


def longest_stroke(ink: Ink, printed: Print) -> Stroke | None:
    """Return the longest stroke across at the height of the print's middle, level or nearly; None without."""
    height, width = ink.shape
    wobble = max(round(_WOBBLE * printed.capital_px), 1)
    thick = cv2.dilate(ink.astype(np.uint8), np.ones((2 * wobble + 1, 1), np.uint8))
    broken = max(round(_BROKEN * printed.capital_px), 1)
    fat = np.asarray(cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, broken + 1), np.uint8)), np.uint8)
    slopes = np.array(_TILTS)
    level = [_sheared(fat, slope) for slope in _TILTS]
    whole = np.ones((1, round(SHORTEST * printed.capital_px)), np.uint8)
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
    longest[(over_base > HIGHEST) | (over_base < LOWEST)] = 0
    if not longest.any():
        return None
    ways = np.argwhere(longest >= _AS_GOOD * longest.max())
    found = (
        _follow(ink, int(end[y, at] - longest[y, at]), y + slopes[at] * (np.arange(width) - width / 2),
                int(end[y, at]), wobble,
                _THICKEST * printed.capital_px * float(np.hypot(1.0, slopes[at])))
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


def without_stroke(ink: Ink, stroke: Stroke, printed: Print) -> Ink:
    """The ink without the stroke and its edges; signs that it crosses are cut in two."""
    signs = ink.copy()
    half = stroke.thickness_px / 2 + max(_MARGIN * printed.capital_px, 1.0)
    tips = max(round(_MARGIN * printed.capital_px), 1)
    for x, y in enumerate(np.pad(stroke.y_px, tips, "edge"), stroke.x_px - tips):
        if 0 <= x < signs.shape[1]:
            signs[max(int(y - half), 0) : int(np.ceil(y + half)) + 1, x] = False
    return signs
