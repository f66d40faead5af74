"""Find the round seal over a signature block and the pixels of its rings.

A seal is one to three concentric rings with words between them. A ring is ink at one distance from the
middle all the way round; where ink goes on both inside and outside of it, a letter's stroke crosses there.

Source: the crossing rule is the one used for staff lines in printed music (Fornés, Dalitz and others).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot, pi

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.raster import Gray

_SEARCH_PX_MM = 4.0
_SMALLEST_MM, _LARGEST_MM = 12.0, 27.0
_MOST_SEALS = 3
_EDGE, _VOTES = 200.0, 40.0
_INNERMOST, _BEYOND_MM = 0.55, 8.0
_RING, _RING_EDGE = 0.5, 0.28
"""Share of a circle that is ink from which it is a ring, and from which it is a ring's edge."""
_NEAR_RING = 0.15
_THICKEST_MM = 3.0
_CROSSING_MM, _CROSSING = 0.25, 0.6
_BRIDGE_MM = 1.5
"""The longest gap that an erased ring leaves in a stroke which is set in again."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle in pixels."""

    x: float
    y: float
    radius: float

    def holds(self, point: tuple[float, float], share: float = 1.0) -> bool:
        """Whether `point` is nearer to the middle than `share` of the radius."""
        return hypot(point[0] - self.x, point[1] - self.y) < share * self.radius


def find_circles(gray: Gray, ink: Gray, mm: float) -> tuple[Circle, ...]:
    """Return the circles of seals, at most three, each moved to where its rings are sharpest.

    `ink` is 1 where `gray` is ink, of the same shape; `mm` is the pixels to a millimetre.
    """
    factor = _SEARCH_PX_MM / mm
    size = (max(round(gray.shape[1] * factor), 1), max(round(gray.shape[0] * factor), 1))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    found = cv2.HoughCircles(
        cv2.GaussianBlur(small, (5, 5), 0),
        cv2.HOUGH_GRADIENT,
        1,
        _SMALLEST_MM * _SEARCH_PX_MM,
        param1=_EDGE,
        param2=_VOTES,
        minRadius=round(_SMALLEST_MM * _SEARCH_PX_MM),
        maxRadius=round(_LARGEST_MM * _SEARCH_PX_MM),
    )
    if found is None:
        return ()
    small_ink = cv2.resize(ink * np.uint8(255), size, interpolation=cv2.INTER_AREA)
    roughly = [Circle(*(float(v) for v in c)) for c in found[0][:_MOST_SEALS]]
    circles = [_centred(c, np.asarray(small_ink)) for c in roughly]
    return tuple(Circle(c.x / factor, c.y / factor, c.radius / factor) for c in circles)


def ring_share(ink: Gray, circle: Circle, mm: float) -> float:
    """Return how much of the circle is ink, 0 to 1, at the radius near its own where most is.

    `ink` is 1 on ink; `mm` is the pixels to a millimetre. A seal's ring is nearly whole, a circle that only
    touches lines of text is not.
    """
    polar = _unrolled(ink, circle, circle.radius + _BEYOND_MM * mm, 360)
    share = polar.mean(axis=0)
    near = share[int((1 - _NEAR_RING) * circle.radius) : int((1 + _NEAR_RING) * circle.radius) + 1]
    return float(near.max()) if near.size else 0.0


def _centred(circle: Circle, ink: Gray) -> Circle:
    """Move the middle to where rings are sharpest, by whole pixels and then by halves."""
    best, score = circle, _sharpness(circle, ink)
    for step in (2.0, 1.0, 0.5):
        for _ in range(6):
            around = [
                Circle(best.x + dx * step, best.y + dy * step, best.radius)
                for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
            ]
            scores = [_sharpness(c, ink) for c in around]
            if max(scores) <= score:
                break
            score = max(scores)
            best = around[scores.index(score)]
    return best


def _sharpness(circle: Circle, ink: Gray) -> float:
    beyond = circle.radius + _BEYOND_MM * _SEARCH_PX_MM
    unrolled = _unrolled(ink, circle, beyond, 180)
    share = unrolled.mean(axis=0)[int(_INNERMOST * circle.radius) :] / 255.0
    return float((share**3).sum())


def _unrolled(ink: Gray, circle: Circle, reach: float, angles: int) -> NDArray[np.float32]:
    flags = cv2.WARP_POLAR_LINEAR | cv2.INTER_NEAREST | cv2.WARP_FILL_OUTLIERS
    polar = cv2.warpPolar(ink, (max(int(reach), 1), angles), (circle.x, circle.y), reach, flags)
    return np.asarray(polar, np.float32)


def ring_pixels(ink: Gray, circles: Sequence[Circle], mm: float) -> Gray:
    """Return 1 on the rings of `circles`, without the strokes that cross them; `ink` is 1 on ink."""
    gone = np.zeros_like(ink)
    for circle in circles:
        reach = circle.radius + _BEYOND_MM * mm
        polar = _unrolled(ink, circle, reach, max(int(2 * pi * circle.radius), 8))
        share = polar.mean(axis=0)
        share[: int(_INNERMOST * circle.radius)] = 0.0
        rings = np.zeros(polar.shape, np.uint8)
        for start, end in _runs(share > _RING_EDGE):
            if share[start:end].max() > _RING and end - start <= _THICKEST_MM * mm:
                rings[~_crossed(polar, start, end, mm), max(start - 1, 0) : end + 1] = 1
        flags = cv2.WARP_POLAR_LINEAR | cv2.WARP_INVERSE_MAP | cv2.INTER_NEAREST | cv2.WARP_FILL_OUTLIERS
        size = (ink.shape[1], ink.shape[0])
        gone |= np.asarray(cv2.warpPolar(rings, size, (circle.x, circle.y), reach, flags), np.uint8)
    return np.asarray(gone & (1 - bridged(ink, gone, mm)), np.uint8)


def bridged(ink: Gray, gone: Gray, mm: float) -> Gray:
    """Return 1 on erased ink between two ends of an upright or leaning stroke."""
    left = np.asarray(ink & (1 - gone), np.uint8)
    long = max(round(_BRIDGE_MM * mm), 3)
    leaning = np.eye(long, dtype=np.uint8)
    upright = np.ones((long, 1), np.uint8)
    closed = np.zeros_like(ink)
    for stroke in (upright, leaning, np.ascontiguousarray(leaning[:, ::-1])):
        closed |= np.asarray(cv2.morphologyEx(left, cv2.MORPH_CLOSE, stroke), np.uint8)
    return np.asarray(closed & gone & ink, np.uint8)


def _crossed(polar: NDArray[np.float32], start: int, end: int, mm: float) -> NDArray[np.bool_]:
    """At which angles ink goes on inside and outside the ring from `start` to `end`."""
    beside = max(round(_CROSSING_MM * mm), 2)
    inner = _solid(polar[:, max(start - beside, 0) : start])
    outer = _solid(polar[:, end : end + beside])
    return np.asarray(inner & outer, np.bool_)


def _solid(band: NDArray[np.float32]) -> NDArray[np.bool_]:
    if band.shape[1] == 0:
        return np.zeros(len(band), np.bool_)
    full = np.asarray(band.mean(axis=1) > _CROSSING, np.uint8).reshape(-1, 1)
    return np.asarray(cv2.dilate(full, np.ones((3, 1), np.uint8))[:, 0] > 0, np.bool_)


def _runs(marked: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    steps = np.diff(np.concatenate(([0], marked.astype(np.int8), [0])))
    yield from zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True)
