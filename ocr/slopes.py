"""How the lines of a text run over a bent page, and the bend that makes them level.

In every window of the page the slope is searched at which the rows of print stand out most sharply, as
`find_skew` does for a whole page; through what the windows say goes one smooth surface, and along it every
line is followed from the middle of the page to its sides.

Source: Ulges, Lampert, Breuel, "Document image dewarping using robust estimation of curled text lines", ICDAR
    2005, for the idea of following the lines; windows instead of traced letters, because in a coarse picture
    the letters run together.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.bends import COLUMNS, ROWS, Bend, lattice
from ocr.raster import WHITE, Gray, scaled

Values = NDArray[np.float64]
Ink = NDArray[np.float32]
Places = NDArray[np.int64]
_SEARCH_PX = 800
"""Width of the copy in which slopes are searched."""
_NOISE = 28
_STRIP_PX = 4
_LEAST_SHARP = 1.0
"""Squared change of ink from row to row, a strip and a row, below which a window is empty."""
_SURE = 0.35
"""How much sharper than the usual slope the best must be, as a share of it, for a window to count."""
_FEW = 8
_ROUNDS = 6
_BEYOND = 0.35
"""How far above and below the picture lines are followed, in its heights."""
_WAVES = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (3, 0))
_STIFF = 0.002
"""Degrees across and down of the waves of a page's surface, and what a steeper one costs."""
_NEAR, _LEVEL, _AGREED = (0.7, 1.0), 0.3, 0.008
"""Reach of a window's word in windows, trust that speaks for level, and slopes that still agree."""
_COLUMNS, _BAND = 6, 0.5
"""Columns in which rows of print are measured, and the darkness of their middle that is the letter x."""


@dataclass(frozen=True, slots=True)
class Search:
    """One look over the page: windows in fractions of its width and of A4's height, slopes up to `reach`.

    `is_near` when only what the page's surface leaves is looked for, place by place.
    """

    window: tuple[float, float]
    reach: float
    step: float
    is_near: bool = False


SEARCHES = (
    Search((0.22, 0.10), 0.36, 0.02),
    Search((0.16, 0.08), 0.12, 0.01, is_near=True),
    Search((0.14, 0.05), 0.06, 0.005, is_near=True),
)
"""From the whole page to its parts: what one leaves, the next finds on the page that it made flat."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the windows say: their middles in fractions of the page, slopes (down per across), and trust."""

    x: Values
    y: Values
    slope: Values
    trust: Values


def level_bend(gray: Gray, search: Search) -> Bend | None:
    """Return the bend that makes the lines of `gray` level; None where too few windows show lines.

    Args:
        gray: Evenly lit page, shape (height_px, width_px); 0 is ink.
        search: How to look.
    """
    small = scaled(gray, _SEARCH_PX / gray.shape[1])
    seen = slopes_of(small, search)
    if len(seen.x) < _FEW:
        return None
    aspect = gray.shape[0] / gray.shape[1]
    return _followed(Near(seen, search) if search.is_near else Surface(seen), aspect)


def slopes_of(gray: Gray, search: Search) -> Seen:
    """Return the slopes of the windows of `gray` that show lines of text.

    For each slope the whole page is sheared once, as upright strips that are a few pixels wide.
    """
    ink = _strips(gray)
    height, width = ink.shape
    wide, high = round(search.window[0] * width), round(search.window[1] * gray.shape[1] * 1.41)
    lefts = np.arange(0, width - wide + 1, max(wide // 2, 1))
    tops = np.arange(0, height - high, max(high // 2, 1))
    slopes = np.arange(-search.reach, search.reach + search.step / 2, search.step)
    if len(lefts) == 0 or len(tops) == 0:
        return Seen(*np.zeros((4, 0)))
    sharp = np.stack([_sharpness(ink, slope, lefts, wide, tops, high) for slope in slopes])
    least = _LEAST_SHARP * wide**2 * high
    found = []
    for (row, column), _ in np.ndenumerate(sharp[0]):
        scores = sharp[:, row, column]
        best, usual = int(scores.argmax()), float(np.median(scores))
        trust = (scores[best] - usual) / max(usual, least)
        if 0 < best < len(slopes) - 1 and trust > _SURE:
            there = slopes[best] + search.step * _peak(*scores[best - 1 : best + 2])
            middle = (lefts[column] + wide / 2) / width, (tops[row] + high / 2) / height
            found.append((*middle, there, min(trust, 3.0)))
    return Seen(*np.array(found, np.float64).reshape(-1, 4).T)


def x_height(gray: Gray) -> float | None:
    """Return the height of the letter x in the usual print of a flat page, in pixels; None without print.

    Between head and foot of its x a row is dark all along; marks and ascenders stand out of it thinly.
    """
    ink = np.clip(WHITE - _NOISE - gray.astype(np.float32), 0, None)
    heights: list[int] = []
    for window in np.array_split(ink, _COLUMNS, axis=1):
        rows = window.mean(axis=1)
        dark = rows > _BAND * np.percentile(rows, 95)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], dark.astype(np.int8), [0]])))
        heights += [int(end - start) for start, end in edges.reshape(-1, 2) if end - start > 1]
    return float(np.median(heights)) if len(heights) > _FEW else None


def _strips(gray: Gray) -> Ink:
    """How much ink each row of each strip has, shape (height_px, strips)."""
    ink = np.clip(WHITE - _NOISE - gray.astype(np.float32), 0, None)
    whole = ink[:, : ink.shape[1] // _STRIP_PX * _STRIP_PX]
    return np.asarray(whole.reshape(len(ink), -1, _STRIP_PX).mean(axis=2), np.float32)


def _sharpness(ink: Ink, slope: float, lefts: Places, wide: int, tops: Places, high: int) -> Values:
    """How sharply rows of `slope` stand out in each window, shape (windows down, windows across)."""
    height, width = ink.shape
    middle = (width - 1) / 2
    fall = slope * _STRIP_PX
    shear = np.array([[1, 0, 0], [-fall, 1, fall * middle]], np.float32)
    level = np.cumsum(cv2.warpAffine(ink, shear, (width, height), flags=cv2.INTER_LINEAR), axis=1)
    level = np.concatenate([np.zeros((height, 1), np.float32), level], axis=1)
    steps = np.square(np.diff(level[:, lefts + wide] - level[:, lefts], axis=0)).astype(np.float64)
    until = np.concatenate([np.zeros((1, len(lefts))), np.cumsum(steps, axis=0)])
    shift = np.round(fall * (lefts + wide / 2 - middle)).astype(int)
    first = np.clip(tops[:, None] - shift, 0, height - 1)
    last = np.clip(tops[:, None] + high - shift, 0, height - 1)
    across = np.arange(len(lefts))
    return np.asarray(until[last, across] - until[first, across])


def _peak(before: float, top: float, after: float) -> float:
    """Where the top of the parabola through three neighbours lies, in steps from the middle one."""
    bow = before - 2 * top + after
    return 0.5 * (before - after) / bow if bow < 0 else 0.0


class Near:
    """Slopes as the windows near a point say, those that contradict their neighbours left out; else level."""

    def __init__(self, seen: Seen, search: Search) -> None:
        """Ask every window whether its neighbours agree."""
        self._seen, self._reach = seen, (search.window[0] * _NEAR[0], search.window[1] * _NEAR[1])
        self._weight = seen.trust
        for _ in range(_ROUNDS // 2):
            away = np.abs(self.at(seen.x, seen.y) - seen.slope)
            self._weight = seen.trust / (1 + np.square(away / _AGREED))

    def at(self, x: Values, y: Values) -> Values:
        """The slope at points of the page."""
        across = (x.reshape(-1, 1) - self._seen.x) / self._reach[0]
        down = (y.reshape(-1, 1) - self._seen.y) / self._reach[1]
        near = np.exp(-(np.square(across) + np.square(down)) / 2) * self._weight
        return np.asarray((near @ self._seen.slope / (near.sum(axis=1) + _LEVEL)).reshape(x.shape))


class Surface:
    """A smooth surface of slopes through what the windows say, those that contradict it left out."""

    def __init__(self, seen: Seen) -> None:
        """Fit the surface; the finer its waves, the more must speak for them."""
        terms = self._terms(seen.x, seen.y)
        stiff = np.diag([_STIFF * (i + j) ** 2 + 1e-9 for i, j in _WAVES])
        weight = seen.trust
        for _ in range(_ROUNDS):
            heavy = terms * (weight / weight.sum())[:, None]
            self._shares = np.linalg.solve(heavy.T @ terms + stiff, heavy.T @ seen.slope)
            away = np.abs(terms @ self._shares - seen.slope)
            weight = seen.trust / (1 + np.square(away / max(2 * float(np.median(away)), _AGREED / 2)))
        self._least, self._most = float(seen.slope.min()), float(seen.slope.max())

    def at(self, x: Values, y: Values) -> Values:
        """The slope at points of the page, never steeper than any window says."""
        flat = self._terms(np.clip(x, 0, 1).ravel(), np.clip(y, 0, 1).ravel()) @ self._shares
        return np.asarray(np.clip(flat, self._least, self._most).reshape(x.shape))

    def _terms(self, x: Values, y: Values) -> Values:
        across, down = 2 * x - 1, 2 * y - 1
        return np.stack([_legendre(across, i) * _legendre(down, j) for i, j in _WAVES], axis=-1)


def _legendre(x: Values, degree: int) -> Values:
    return np.asarray(np.polynomial.legendre.legval(x, [0] * degree + [1]), np.float64)


def _followed(field: Surface | Near, aspect: float) -> Bend:
    """Follow every line from the middle of the page to its sides; the page grows so that no edge is lost."""
    x, y = (v.astype(np.float64) for v in lattice())
    fall = field.at(x, y) / aspect / (COLUMNS - 1)
    start = np.linspace(-_BEYOND, 1 + _BEYOND, 2 * ROWS)
    down = np.empty((len(start), COLUMNS))
    middle = COLUMNS // 2
    down[:, middle] = start
    for at in range(middle, COLUMNS - 1):
        down[:, at + 1] = _step(down[:, at], fall[:, at], fall[:, at + 1])
    for at in range(middle, 0, -1):
        down[:, at - 1] = _step(down[:, at], -fall[:, at], -fall[:, at - 1])
    first = min(float(np.interp(0, column, start)) for column in down.T)
    last = max(float(np.interp(1, column, start)) for column in down.T)
    lines = np.linspace(first, last, ROWS)
    level = np.stack([np.interp(lines, start, column) for column in down.T], axis=1)
    return Bend(np.stack([x, level], axis=-1).astype(np.float32), aspect * (last - first))


def _step(y: Values, here: Values, there: Values) -> Values:
    """Follow lines at heights `y` to the next column; `here` and `there` tell their fall."""
    rows = np.linspace(0, 1, ROWS)
    fall = np.interp(y, rows, here)
    return y + (fall + np.interp(y + fall, rows, there)) / 2
