"""Cut what the pen wrote out of a typed row: the place between two printed signs, without those signs.

Where the signs stand, the recogniser tells only roughly (a step of its answer is a sixth of the row's
height), so each is looked up among the spots of ink: `Số:` ends with the dots of its colon, the notation
begins with its slash, `tháng` with its t. What touches them is cut where they begin.

Lengths are in heights of the row's printed line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.inks import black_and_white
from ocr.raster import WHITE, Gray
from ocr.recogniser import Sign

_SEARCH, _STROKE_SEARCH = 0.4, 0.55
"""How far from the place the recogniser gives for a sign its ink may lie; a slash is known by its shape."""
_DOTS, _STROKES = ":;.,", "/|\\"
_HALF_WIDTH = {":": 0.08, ";": 0.08, ".": 0.06, ",": 0.06, "t": 0.14, "/": 0.25, "-": 0.14, "|": 0.08}
_USUAL_HALF_WIDTH = 0.26
_SPECK, _DOT = 0.07, 0.3
_RULE_WIDTH, _RULE_HEIGHT = 2.0, 0.25
_STROKE_HEIGHT = 0.45
"""Height from which a spot can be the stroke of a slash."""
_LEAN, _LEAST_STROKE_PX = -0.8, 8
"""Correlation of across and down in the ink of a slash."""
_WIDE = 0.9
"""Width from which a spot that crosses an edge is several signs run together, and is cut there."""
_EDGE = 0.25
"""Part of the picture's height at its top and bottom where the neighbouring rows look in."""
_PADDING = 0.25


Mask = np.typing.NDArray[np.bool_]
"""Shape of the row's picture: what is True belongs to something."""
Labels = np.typing.NDArray[np.int32]
"""Shape of the row's picture: the number of the spot at each pixel, 0 on paper."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A connected piece of ink, in pixels of the row's picture; `label` is its number there."""

    label: int
    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """The middle across."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a gap begins or ends: the column `x` in pixels, and the spots that are the printed sign there."""

    x: float
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """The place between two printed signs of a row, in pixels: columns `begin` to `end`.

    `inside` is the ink that stands there, `beside` that of the two signs, both of the row's shape.
    """

    begin: float
    end: float
    inside: Mask
    beside: Mask


def find_gap(ink: Gray, signs: Sequence[Sign], start: int, end: int, height_px: float) -> Gap:
    """Return the place between two printed signs, and the ink there.

    Args:
        ink: The row, shape (height_px, width_px); 0 is ink.
        signs: The row as it was read.
        start: The first of `signs` in the gap; what stands before it is printed.
        end: The first of `signs` behind the gap, printed too.
        height_px: Height of the printed line in `ink`, at least a pixel.
    """
    height_px = max(height_px, 1.0)
    width_px = ink.shape[1]
    labels, spots = _spots_of(ink, height_px)
    places = [(_middle(sign, width_px), start <= i < end) for i, sign in enumerate(signs) if _is_ink(sign)]
    before = next((sign for sign in reversed(signs[:start]) if _is_ink(sign)), None)
    after = next((sign for sign in signs[end:] if _is_ink(sign)), None)
    begin = _edge(labels, spots, before, places, width_px, height_px, leftmost=True)
    finish = _edge(labels, spots, after, places, width_px, height_px, leftmost=False)
    printed = (*begin.spots, *finish.spots)
    inside = np.zeros(ink.shape, np.bool_)
    for spot in spots:
        if spot not in printed:
            inside |= _inside(labels, spot, begin.x, finish.x, height_px)
    beside = np.asarray(np.isin(labels, [spot.label for spot in printed]), np.bool_)
    return Gap(begin.x, finish.x, inside, beside)


def cut_gap(ink: Gray, gap: Gap, height_px: float) -> Gray | None:
    """Return the ink in a gap on white with a margin, or None when nothing stands there."""
    return _framed(ink, gap.inside, round(_PADDING * max(height_px, 1.0))) if gap.inside.any() else None


def _is_ink(sign: Sign) -> bool:
    return bool(sign.text.strip())


def _middle(sign: Sign, width_px: int) -> float:
    return (sign.x0 + sign.x1) / 2 * width_px


def _spots_of(ink: Gray, height_px: float) -> tuple[Labels, tuple[Spot, ...]]:
    """The spots that can be signs: no specks, no rules, no feet and heads of the rows above and below."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(WHITE - black_and_white(ink))
    found = []
    for label in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[label])
        is_speck = max(width, height) < _SPECK * height_px
        is_rule = width > _RULE_WIDTH * height_px and height < _RULE_HEIGHT * height_px
        is_strange = y + height < _EDGE * ink.shape[0] or y > (1 - _EDGE) * ink.shape[0]
        if not (is_speck or is_rule or is_strange):
            found.append(Spot(label, x, y, x + width, y + height))
    return np.asarray(labels, np.int32), tuple(found)


def _edge(
    labels: Labels,
    spots: Sequence[Spot],
    sign: Sign | None,
    places: Sequence[tuple[float, bool]],
    width_px: int,
    height_px: float,
    *,
    leftmost: bool,
) -> Edge:
    """The edge at the printed `sign`; the edge of the picture where there is none.

    `places` are the middles of all signs of the row and whether each stands in the gap.
    """
    if sign is None:
        return Edge(0.0 if leftmost else float(width_px))
    middle = _middle(sign, width_px)
    own = tuple(s for s in spots if _is_own(s, sign, middle, places, height_px))
    if sign.text in _STROKES and (stroke := _stroke_near(labels, spots, middle, height_px)):
        # A slash leans over the digit before it: what counts is where it stands, not where it begins.
        return Edge(stroke.middle, tuple({*own, stroke}))
    half = _HALF_WIDTH.get(sign.text, _USUAL_HALF_WIDTH) * height_px
    return Edge(middle + half if leftmost else middle - half, own)


def _is_own(
    spot: Spot, sign: Sign, middle: float, places: Sequence[tuple[float, bool]], height_px: float
) -> bool:
    """Whether the spot is the printed sign near `middle`, or a piece of it, and no sign of the gap."""
    away = abs(spot.middle - middle)
    if spot.width >= _WIDE * height_px or away > _SEARCH * height_px:
        return False
    if sign.text in _DOTS:
        return max(spot.width, spot.height) < _DOT * height_px
    return not any(in_gap and abs(spot.middle - place) < away for place, in_gap in places)


def _stroke_near(labels: Labels, spots: Sequence[Spot], middle: float, height_px: float) -> Spot | None:
    """The spot nearest to `middle` that is a slash by its shape: tall, thin, leaning to the right."""
    strokes = (
        s
        for s in spots
        if abs(s.middle - middle) <= _STROKE_SEARCH * height_px
        and s.height >= _STROKE_HEIGHT * height_px
        and s.width < s.height
        and _leans(labels, s)
    )
    return min(strokes, key=lambda s: abs(s.middle - middle), default=None)


def _leans(labels: Labels, spot: Spot) -> bool:
    """Whether the spot's ink runs from bottom left to top right and nowhere else."""
    ys, xs = np.nonzero(labels[spot.y0 : spot.y1, spot.x0 : spot.x1] == spot.label)
    if len(xs) < _LEAST_STROKE_PX or np.ptp(xs) == 0 or np.ptp(ys) == 0:
        return False
    return float(np.corrcoef(xs, ys)[0, 1]) < _LEAN


def _inside(labels: Labels, spot: Spot, begin: float, end: float, height_px: float) -> Mask:
    """The pixels of `spot` that belong to the gap; one sign belongs to it as a whole or not at all."""
    share = (min(spot.x1, end) - max(spot.x0, begin)) / max(spot.width, 1)
    mask = np.asarray(labels == spot.label, np.bool_)
    several = spot.width >= _WIDE * height_px
    if share >= 0.999 or (not several and begin < spot.middle < end):
        return mask
    if several and share > 0:
        mask[:, : max(int(begin), 0)] = False
        mask[:, max(int(np.ceil(end)), 0) :] = False
        return mask
    return np.zeros_like(mask)


def _framed(ink: Gray, taken: Mask, padding: int) -> Gray:
    near = cv2.dilate(np.asarray(taken, np.uint8), np.ones((3, 3), np.uint8)) > 0
    alone = np.where(near, ink, WHITE).astype(np.uint8)
    rows, columns = np.flatnonzero(taken.any(axis=1)), np.flatnonzero(taken.any(axis=0))
    part = alone[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    sides = (padding,) * 4
    return np.asarray(cv2.copyMakeBorder(part, *sides, cv2.BORDER_CONSTANT, value=(WHITE,)), np.uint8)
