"""Rows of letters in a cut of a page: on their common baseline, levelled, with nothing but letters in them.

Letters are connected ink of a letter's size. Those side by side make a row; its slope is the one at which its
ink begins and ends most sharply, as in `ocr.cleaning.find_skew`, and its height is taken from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.raster import WHITE, Gray

_LEFT_MM, _RIGHT_MM = 15.0, 12.0
_DOWN_MM = 1.5
_LEAST_UP_MM, _UP = 5.2, 2.6
"""How far above its baseline a row reaches: in millimetres, and in heights of its small letters."""
_TALLEST_MM, _WIDEST_MM, _LOWEST_MM = 6.5, 20.0, 1.2
_SPECK_MM2 = 0.03
_WORD_GAP_MM = 6.0
_LEAST_ROW_MM, _HIGHEST_ROW_MM = 9.0, 13.0
_STEEPEST = 0.09
_FOOT_SOUGHT_MM = 3.5
_SMALL_MM = (1.4, 2.9)
"""Heights of small letters."""
_ON_BASE_MM = 0.6
_SAME_ROW_MM = 2.0
_BAND = (2.4, 0.7)
_PALE = 40
_MARK_MM, _MARK_WIDE_MM, _BESIDE_MM = 2.4, 3.2, 0.6
_FEET_MM = (1.8, 1.9)
"""How far above and below the baseline letters may end."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of letters in pixels of the cut: from `x0` to `x1`, its baseline at `base` + `slope` × x."""

    x0: int
    x1: int
    base: float
    slope: float
    small_px: float
    """The height of its small letters."""

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its small letters, (x, y)."""
        x = (self.x0 + self.x1) / 2
        return x, self.base + self.slope * x - self.small_px / 2

    def height_at(self, x: float) -> float:
        """The y of the baseline at `x`."""
        return self.base + self.slope * x


def letters_of(
    ink: Gray, mm: float
) -> tuple[NDArray[np.int32], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int32]]:
    """Connected ink: its labels, which of them may be letters or marks, which surely letters, and where."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    letters = (height <= _TALLEST_MM * mm) & (width <= _WIDEST_MM * mm) & (area >= _SPECK_MM2 * mm * mm)
    letters[0] = False
    cores = letters & (height >= _LOWEST_MM * mm) & (width >= 0.3 * mm)
    return (
        np.asarray(labels, np.int32),
        np.asarray(letters, np.bool_),
        np.asarray(cores, np.bool_),
        np.asarray(stats, np.int32),
    )


def find_rows(
    labels: NDArray[np.int32], cores: NDArray[np.bool_], stats: NDArray[np.int32], mm: float
) -> Iterator[Row]:
    """Letters that stand close side by side, on their common baseline."""
    mask = np.asarray(cores[labels], np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, max(round(_WORD_GAP_MM * mm), 1)), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((max(round(0.6 * mm), 2), 1), np.uint8))
    count, groups, boxes, _ = cv2.connectedComponentsWithStats(joined)
    for group in range(1, count):
        if boxes[group, 2] < _LEAST_ROW_MM * mm or boxes[group, 3] > _HIGHEST_ROW_MM * mm:
            continue
        x, y, w, h = (int(v) for v in boxes[group, :4])
        inside = labels[y : y + h, x : x + w][groups[y : y + h, x : x + w] == group]
        members = [int(i) for i in np.unique(inside) if cores[i]]
        if row := _row_of(stats[members], mm):
            yield row


def _row_of(letters: NDArray[np.int32], mm: float) -> Row | None:
    """The line on which most of the letters' width stands, or None where it is too little."""
    if len(letters) == 0:
        return None
    left, top, width, height = (letters[:, i].astype(np.float64) for i in range(4))
    middles, feet = left + width / 2, top + height
    best, line = 0.0, (0.0, 0.0)
    slopes = np.linspace(-_STEEPEST, _STEEPEST, 19) if len(letters) >= 3 else np.zeros(1)
    for slope in slopes:
        level = feet - slope * middles
        apart = level[None, :] - level[:, None]
        held = ((apart >= 0) & (apart <= _ON_BASE_MM * mm)) @ width
        at = int(held.argmax())
        if held[at] * (1 - abs(slope)) > best:
            best, line = float(held[at] * (1 - abs(slope))), (float(slope), float(level[at]))
    slope, base = line
    base += _ON_BASE_MM * mm / 2
    on = np.abs(feet - slope * middles - base) < _ON_BASE_MM * mm
    x0, x1 = left[on].min(), (left + width)[on].max()
    if x1 - x0 < _LEAST_ROW_MM * mm or width[on].sum() < 0.35 * (x1 - x0):
        return None
    return Row(int(x0), int(x1), base, slope, float(np.percentile(height[on], 30)))


def levelled(row: Row, clean: Gray, mm: float) -> Row:
    """`row` with the slope at which its letters stand sharpest on one line, and that line."""
    best, found = 0.0, row
    middle = (row.x0 + row.x1) / 2
    for slope in np.linspace(-_STEEPEST, _STEEPEST, 19):
        turned = replace(row, slope=float(slope), base=row.height_at(middle) - float(slope) * middle)
        strip = strip_of(clean, turned, mm, left_mm=0.0, right_mm=0.0)
        steps = np.diff((WHITE - strip.astype(np.float64)).sum(axis=1))
        if (sharp := float(np.square(steps).sum())) > best:
            foot, small = _foot_and_small(steps, mm)
            best = sharp
            small = min(small or row.small_px, row.small_px)
            found = replace(turned, base=turned.base + foot - _up_px(row, mm), small_px=small)
    return found


def _foot_and_small(steps: NDArray[np.float64], mm: float) -> tuple[int, float]:
    """Where the letters stand, as an index into `steps` of ink from above down, and how high small ones are.

    Most ink ends at the foot of a row, and most begins at the top of its small letters.
    """
    sought = max(len(steps) - round(_FOOT_SOUGHT_MM * mm), 0)
    foot = sought + int(steps[sought:].argmin()) + 1
    least, most = (round(v * mm) for v in _SMALL_MM)
    tops = steps[max(foot - most, 0) : max(foot - least, 0)]
    return foot, float(foot - max(foot - most, 0) - int(tops.argmax()) - 1) if len(tops) else 0.0


def _up_px(row: Row, mm: float) -> float:
    return max(_UP * row.small_px, _LEAST_UP_MM * mm)


def is_same_row(one: Row, other: Row, mm: float) -> bool:
    """Whether two rows, found in two kinds of ink, are one; `mm` is the pixels to a millimetre."""
    at = (max(one.x0, other.x0) + min(one.x1, other.x1)) / 2
    near = abs(one.height_at(at) - other.height_at(at)) < _SAME_ROW_MM * mm
    return near and min(one.x1, other.x1) + _LEFT_MM * mm > max(one.x0, other.x0)


def strip_of(
    gray: Gray, row: Row, mm: float, *, left_mm: float = _LEFT_MM, right_mm: float = _RIGHT_MM
) -> Gray:
    """Cut `row` out, levelled, with room for the first letters that were not found."""
    up = _up_px(row, mm)
    x0, x1 = max(row.x0 - left_mm * mm, 0.0), min(row.x1 + right_mm * mm, float(gray.shape[1]))
    shift = np.array([[1, 0, -x0], [-row.slope, 1, up - row.base]], np.float32)
    size = (max(int(x1 - x0), 1), max(int(up + _DOWN_MM * mm), 1))
    return np.asarray(
        cv2.warpAffine(gray, shift, size, flags=cv2.INTER_LINEAR, borderValue=(WHITE,) * 3), np.uint8
    )


def close_strip_of(gray: Gray, row: Row, mm: float, *, left_mm: float, right_mm: float) -> Gray:
    """Cut `row` out as `strip_of` does, without the paper above its marks and below its letters."""
    strip, base = strip_of(gray, row, mm, left_mm=left_mm, right_mm=right_mm), _up_px(row, mm)
    top, floor = max(round(base - _BAND[0] * row.small_px), 0), round(base + _BAND[1] * row.small_px)
    return strip[top : max(floor, top + 1)]


def ink_level(gray: Gray) -> float:
    """Return the gray below which a pixel is ink, 0 to 255: above Otsu's step, for pale strokes."""
    step, _ = cv2.threshold(gray, 0, WHITE, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return min(max((step + WHITE) / 2, 100.0), step + _PALE)


def only_row(strip: Gray, row: Row, mm: float) -> Gray:
    """Erase what neither stands on the row's baseline nor is a mark over or under a letter that does."""
    base = _up_px(row, mm)
    ink = np.asarray(strip < ink_level(strip), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    left, top, width, height = (stats[:, i] for i in range(4))
    right, foot = left + width, top + height
    up, down = _FEET_MM
    stands = (
        (foot > base - up * mm) & (foot < base + down * mm)
        & (height >= _LOWEST_MM * mm) & (width <= _WIDEST_MM * mm)
    )  # fmt: skip
    stands[0] = False
    column = np.zeros(strip.shape[1] + 1, np.int32)
    beside = round(_BESIDE_MM * mm)
    for i in np.flatnonzero(stands):
        column[max(int(left[i]) - beside, 0) : int(right[i]) + beside] = 1
    over = np.array([column[int((a + b) / 2)] > 0 for a, b in zip(left, right, strict=True)])
    mark = (height <= _MARK_MM * mm) & (width <= _MARK_WIDE_MM * mm) & over
    mark[0] = True
    kept = stands | mark
    dropped = cv2.dilate(np.asarray(~kept[labels], np.uint8), np.ones((5, 5), np.uint8)) > 0
    ours = (labels > 0) & kept[labels]
    return np.asarray(np.where(dropped & ~ours, WHITE, strip), np.uint8)


def band_of(strip: Gray, row: Row, mm: float) -> Gray:
    """Erase what is higher than the marks of small letters, or lower than a row reaches."""
    base = _up_px(row, mm)
    top, floor = round(base - _BAND[0] * row.small_px), round(base + _BAND[1] * row.small_px)
    band = strip.copy()
    band[: max(top, 0)] = WHITE
    band[floor:] = WHITE
    return band
