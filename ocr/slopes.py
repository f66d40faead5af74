"""How the lines of a text run over a bent page, and the bend that makes them level.

In every window of the page the slope is searched at which the rows of print stand out most sharply, as
`ocr.cleaning.find_skew` does for a whole page; through what the windows say goes one smooth surface, and along
it every line is followed from the middle of the page to its sides.

Source: Ulges, Lampert, Breuel, "Document image dewarping using robust estimation of curled text lines", ICDAR
    2005, for the idea of following the lines; windows instead of traced letters, because in a coarse picture
    the letters run together.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.bends import Bend, lattice
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
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Search:
    """One look over the page: windows of a size in fractions of it, slopes up to `reach`, a surface's degrees."""

    window: tuple[float, float]
    reach: float
    step: float
    degrees: tuple[int, int]
    stiffness: float


COARSE = Search((0.22, 0.10), 0.36, 0.02, (3, 2), 0.02)
FINER = Search((0.16, 0.08), 0.12, 0.01, (4, 3), 0.01)
FINEST = Search((0.12, 0.06), 0.06, 0.005, (5, 4), 0.01)


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
    return _followed(Surface(seen, search), aspect)


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


def _strips(gray: Gray) -> Ink:
    """How much ink each row of each strip has, shape (height_px, strips)."""
    ink = np.clip(WHITE - _NOISE - gray.astype(np.float32), 0, None)
    return ink[:, : ink.shape[1] // _STRIP_PX * _STRIP_PX].reshape(len(ink), -1, _STRIP_PX).mean(axis=2)


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
    return until[last, across] - until[first, across]


def _peak(before: float, top: float, after: float) -> float:
    """Where the top of the parabola through three neighbours lies, in steps from the middle one."""
    bow = before - 2 * top + after
    return 0.5 * (before - after) / bow if bow < 0 else 0.0


class Surface:
    """A smooth surface of slopes through what the windows say, those that contradict it left out."""

    def __init__(self, seen: Seen, search: Search) -> None:
        """Fit the surface."""
        self._powers = [
            (i, j)
            for i in range(search.degrees[0] + 1)
            for j in range(search.degrees[1] + 1)
            if i / max(search.degrees[0], 1) + j / max(search.degrees[1], 1) <= 1.5
        ]
        terms = self._terms(seen.x, seen.y)
        stiff = np.diag([search.stiffness * (i + j) ** 2 for i, j in self._powers])
        weight = seen.trust.copy()
        for _ in range(_ROUNDS):
            left = (terms * weight[:, None]).T @ terms / weight.sum() + stiff * 0.1 + 1e-9 * np.eye(len(stiff))
            right = (terms * weight[:, None]).T @ seen.slope / weight.sum()
            self._shares = np.linalg.solve(left, right)
            away = np.abs(terms @ self._shares - seen.slope)
            usual = max(float(np.median(away)) * 2.0, 0.004)
            weight = seen.trust / (1 + np.square(away / usual))
        self._least, self._most = float(seen.slope.min()), float(seen.slope.max())

    def at(self, x: Values, y: Values) -> Values:
        """The slope at points of the page, never steeper than any window says."""
        flat = self._terms(np.clip(x, 0, 1).ravel(), np.clip(y, 0, 1).ravel()) @ self._shares
        return np.asarray(np.clip(flat, self._least, self._most).reshape(x.shape))

    def _terms(self, x: Values, y: Values) -> Values:
        across, down = 2 * x - 1, 2 * y - 1
        return np.stack([_legendre(across, i) * _legendre(down, j) for i, j in self._powers], axis=-1)


def _legendre(x: Values, degree: int) -> Values:
    return np.polynomial.legendre.legval(x, [0] * degree + [1])


def _followed(surface: Surface, aspect: float) -> Bend:
    """Follow every line from the middle of the page to its sides; the page grows so that no edge is lost."""
    edge = np.linspace(0, 1, 13)
    top = _run(surface, edge, np.zeros_like(edge), np.full_like(edge, 0.5), aspect)
    foot = _run(surface, edge, np.ones_like(edge), np.full_like(edge, 0.5), aspect)
    first, last = min(float(top.min()), 0.0), max(float(foot.max()), 1.0)
    x, y = (v.astype(np.float64) for v in lattice())
    down = _run(surface, np.full_like(x, 0.5), first + y * (last - first), x, aspect)
    places = np.stack([x, down], axis=-1).astype(np.float32)
    return Bend(places, aspect * (last - first))


def _run(surface: Surface, x: Values, y: Values, to: Values, aspect: float) -> Values:
    """Follow the lines through the points (`x`, `y`) to the columns `to`; return how far down they are there."""
    step = (to - x) / _STEPS
    for _ in range(_STEPS):
        half = y + surface.at(x, y) / aspect * step / 2
        y = y + surface.at(x + step / 2, half) / aspect * step
        x = x + step
    return y
