"""Digits drawn stroke by stroke, as one writer or another would: every drawing shakes the points anew."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.ways import WAYS, Stroke

Mask = NDArray[np.uint8]
"""Shape (height, width); 0 is paper, 255 is ink."""

_SIZE = 72
"""Height of a drawn sign in pixels, before the writer's own size."""
_PAD = 14


@dataclass(frozen=True, slots=True)
class Hand:
    """How one writer draws: the way chosen for each sign, the shake of his points, his pen and his shape."""

    ways: dict[str, int]
    shake: float
    pen: float
    """Width of the pen, in heights of a digit."""
    width: float
    """How wide the digits are, 1 as in the tables."""
    pressure: float
    """How much the pen's width changes along a stroke, 0 to 0.5."""


def draw_hand(rng: np.random.Generator) -> Hand:
    """Return a writer."""
    return Hand(
        ways={sign: int(rng.integers(len(ways))) for sign, ways in WAYS.items()},
        shake=float(rng.uniform(0.01, 0.05)),
        pen=float(rng.choice([rng.uniform(0.045, 0.09), rng.uniform(0.08, 0.16)], p=[0.6, 0.4])),
        width=float(rng.uniform(0.7, 1.35)),
        pressure=float(rng.choice([0.0, rng.uniform(0.1, 0.5)])),
    )


def draw_sign(sign: str, hand: Hand, rng: np.random.Generator) -> tuple[Mask, float]:
    """Draw `sign` as `hand` writes it.

    Returns:
        The mask, and the row of it that stands on the baseline.
    """
    way = hand.ways[sign] if rng.random() < 0.85 else int(rng.integers(len(WAYS[sign])))
    strokes = [_shaken(stroke, hand.shake, rng) for stroke in WAYS[sign][way]]
    if len(strokes) > 1 and rng.random() < 0.5:  # pens do not meet where they should
        dx, dy = rng.normal(0, 0.04, 2)
        strokes[-1] = strokes[-1] + np.array([dx, dy])
    every = np.concatenate(strokes) * np.array([hand.width, 1.0])
    low = np.minimum(every.min(axis=0), [0.0, 0.0])
    high = np.maximum(every.max(axis=0), [0.05, 1.0])
    width, height = ((high - low) * _SIZE + 2 * _PAD).astype(int)
    mask = np.zeros((height, width), np.uint8)
    pen = hand.pen * _SIZE
    for stroke in strokes:
        points = ((stroke * np.array([hand.width, 1.0]) - low) * _SIZE + _PAD) * 8
        if hand.pressure == 0.0:
            cv2.polylines(mask, [points.astype(np.int32)], False, 255, max(1, round(pen)), cv2.LINE_AA, 3)
            continue
        wave = 1 + hand.pressure * np.sin(np.linspace(0, rng.uniform(1, 6), len(points)) + rng.uniform(0, 6))
        for start, end, thick in zip(points[:-1], points[1:], wave, strict=False):
            ends = [tuple(int(v) for v in p) for p in (start, end)]
            cv2.line(mask, ends[0], ends[1], 255, max(1, round(pen * thick)), cv2.LINE_AA, 3)
    return mask, float((1.0 - low[1]) * _SIZE + _PAD)


def _shaken(stroke: Stroke, shake: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """A smooth curve through the shaken points; a doubled point stays a corner."""
    points = np.array(stroke, np.float64)
    moved = points + rng.normal(0, shake, points.shape)
    same = np.all(np.diff(points, axis=0) == 0, axis=1)
    for index in np.flatnonzero(same):
        moved[index + 1] = moved[index]
    if len(moved) < 3:
        bend = np.linspace(0, 1, 7)[:, None]
        bow = np.sin(bend * math.pi) * rng.normal(0, 0.03, 2)
        return np.asarray(moved[0] * (1 - bend) + moved[-1] * bend + bow, np.float64)
    before = np.vstack([moved[:1] * 2 - moved[1:2], moved, moved[-1:] * 2 - moved[-2:-1]])
    parts = []
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    for i in range(len(moved) - 1):
        p0, p1, p2, p3 = before[i : i + 4]
        if np.all(p1 == p2):
            continue
        m1 = np.zeros(2) if np.all(p0 == p1) else (p2 - p0) / 2
        m2 = np.zeros(2) if np.all(p2 == p3) else (p3 - p1) / 2
        parts.append(
            (2 * t**3 - 3 * t**2 + 1) * p1 + (t**3 - 2 * t**2 + t) * m1
            + (-2 * t**3 + 3 * t**2) * p2 + (t**3 - t**2) * m2
        )  # fmt: skip
    return np.vstack([*parts, moved[-1:]])
