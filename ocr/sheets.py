"""The sheet of paper on the desk where it was photographed: its corners, and how to see it from above."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.bends import Bend, lattice
from ocr.cleaning import without_colour
from ocr.raster import Gray, Pixels

_SEARCH_PX = 400
_SHARE = (0.3, 0.95)
"""Part of the picture that a sheet may cover; one that covers all shows no edges."""
_FILL = 0.93
_STEP, _BESIDE_PX = 25, 7
"""Least step of brightness from desk to paper, and how far to each side of its edge that is looked for."""
_A4, _NEARLY = 2**0.5, 0.12

Outline = NDArray[np.integer | np.floating]
"""Shape (points, 1, 2), in pixels."""
Corners = NDArray[np.float32]
"""Shape (4, 2): (x, y) in fractions of the picture, from the top left clockwise."""


def find_sheet(pixels: Pixels) -> Bend | None:
    """Return the bend that sees the sheet from above; None when not all its edges are in the picture."""
    corners = find_corners(pixels)
    return None if corners is None else _seen_from_above(corners, pixels.shape[1], pixels.shape[0])


def find_corners(pixels: Pixels) -> Corners | None:
    """Return the corners of a bright sheet on a darker ground, or None where there is none."""
    gray = without_colour(pixels)
    height, width = gray.shape
    size = (_SEARCH_PX, max(round(_SEARCH_PX * height / width), 1))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(
        cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), (0, 0), 2
    )
    _, bright = cv2.threshold(smooth, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    quad = _four_sided(hull)
    if quad is None or not _SHARE[0] <= cv2.contourArea(quad) / small.size <= _SHARE[1]:
        return None
    corners = _clockwise(np.asarray(quad.reshape(4, 2), np.float32))
    if cv2.contourArea(hull) < _FILL * cv2.contourArea(quad) or not _has_edges(np.asarray(smooth), corners):
        return None
    return np.asarray(corners / np.array(size, np.float32), np.float32)


def _has_edges(smooth: Gray, corners: Corners) -> bool:
    """Whether it is darker right outside each side than right inside: a shadow is not so sharp."""
    middle = corners.mean(axis=0)
    along = np.linspace(0.15, 0.85, 15)[:, None]
    for begin, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        side = begin + along * (end - begin)
        across = np.array([end[1] - begin[1], begin[0] - end[0]]) / max(float(np.hypot(*(end - begin))), 1.0)
        inward = across if float((middle - begin) @ across) > 0 else -across
        inside, outside = (_values(smooth, side + far * inward) for far in (_BESIDE_PX, -_BESIDE_PX))
        if float(np.median(inside - outside)) < _STEP:
            return False
    return True


def _values(gray: Gray, points: Corners) -> NDArray[np.float32]:
    at = np.clip(np.round(points).astype(int), 0, np.array(gray.shape[::-1]) - 1)
    return np.asarray(gray[at[:, 1], at[:, 0]], np.float32)


def _four_sided(hull: Outline) -> Outline | None:
    around = cv2.arcLength(hull, True)
    for share in (0.01, 0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(hull, share * around, True)
        if len(corners) == 4:
            return corners
    return None


def _clockwise(corners: Corners) -> Corners:
    """The corners from the top left on."""
    sums, differences = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    order = [sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin()]
    return corners[order]


def _seen_from_above(corners: Corners, width_px: int, height_px: int) -> Bend:
    lengths = np.linalg.norm((corners - np.roll(corners, -1, axis=0)) * (width_px, height_px), axis=1)
    wide, high = (lengths[0] + lengths[2]) / 2, (lengths[1] + lengths[3]) / 2
    aspect = float(high / max(wide, 1.0))
    for usual in (_A4, 1 / _A4):
        if abs(aspect / usual - 1) < _NEARLY:
            aspect = usual
    flat = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, np.ascontiguousarray(corners, np.float32))
    points = np.stack(lattice(), axis=-1).reshape(-1, 1, 2)
    places = cv2.perspectiveTransform(points, matrix).reshape(*lattice()[0].shape, 2)
    return Bend(np.asarray(places, np.float32), aspect)
