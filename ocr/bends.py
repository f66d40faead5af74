"""Where each point of a flat page lies on the bent, leaning or crumpled paper of a photograph.

A bend is a lattice: for evenly spaced points of the flat page, where they lie in the picture as it was taken.
All places are fractions of a width or a height, so a bend serves copies of every size.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.page import Box
from ocr.raster import WHITE, Pixels

Places = NDArray[np.float32]
"""Shape (rows, columns, 2): (x, y) in the picture for each point of a lattice over the flat page."""
ROWS, COLUMNS = 65, 49
_TURNS = 12
_EDGE_SAMPLES = 9


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """The way from a flat page to its picture."""

    places: Places
    aspect: float
    """Height of the flat page over its width."""

    def width_in_picture(self) -> float:
        """How wide the middle of the flat page is in the picture, in its widths."""
        middle = self.places[self.places.shape[0] // 2]
        return float(np.abs(np.diff(middle[:, 0])).sum())

    def flattened(self, pixels: Pixels, width_px: int) -> Pixels:
        """Return the flat page, `width_px` wide, out of the picture `pixels`; white where that ends."""
        height_px = max(round(width_px * self.aspect), 1)
        rows, columns = self.places.shape[:2]
        down, across = _between(rows, height_px), _between(columns, width_px)
        there = [down @ self.places[..., i] @ across.T for i in range(2)]
        height, width = pixels.shape[:2]
        x, y = (
            np.asarray(fraction * size - 0.5, np.float32)
            for fraction, size in zip(there, (width, height), strict=True)
        )
        flat = cv2.remap(pixels, x, y, cv2.INTER_CUBIC, borderValue=(WHITE,) * 3)
        return np.asarray(flat, np.uint8)

    def in_picture(self, x: Places, y: Places) -> tuple[Places, Places]:
        """Return where points of the flat page lie in the picture; points beyond its edge go on straight."""
        inside_x, inside_y = np.clip(x, 0, 1), np.clip(y, 0, 1)
        there = self._in_picture(inside_x, inside_y)
        return there[..., 0] + (x - inside_x), there[..., 1] + (y - inside_y)

    def point_in_picture(self, x: float, y: float) -> tuple[float, float]:
        """Return where one point of the flat page lies in the picture."""
        there = self.in_picture(np.full((1, 1), x, np.float32), np.full((1, 1), y, np.float32))
        return float(there[0][0, 0]), float(there[1][0, 0])

    def on_flat(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the picture lies on the flat page, to a thousandth of the page.

        The bend is followed back step by step: a page bends gently, so each step comes nearer.
        """
        at = np.array([x, y], np.float32)
        for _ in range(_TURNS):
            there = self.point_in_picture(float(at[0]), float(at[1]))
            at = at + np.array([x - there[0], y - there[1]], np.float32)
        return float(at[0]), float(at[1])

    def placed(self, box: Box) -> Box:
        """Return the box on the flat page around a box of the picture, cut at the edges of the page."""
        share = np.linspace(0, 1, _EDGE_SAMPLES)
        edge = [
            self.on_flat(box.x0 + box.width * across, box.y0 + box.height * down)
            for across in share
            for down in (0.0, 1.0)
        ]
        xs, ys = zip(*edge, strict=True)
        x0, x1, y0, y1 = (min(max(v, 0.0), 1.0) for v in (min(xs), max(xs), min(ys), max(ys)))
        return Box(x0, y0, x1, y1)

    def then(self, further: Bend) -> Bend:
        """Return this bend followed by that of the page it made flat, found on it afterwards."""
        x, y = self.in_picture(further.places[..., 0], further.places[..., 1])
        return Bend(np.stack([x, y], axis=-1), further.aspect)

    def _in_picture(self, x: Places, y: Places) -> Places:
        """Between the points of the lattice: cv2.remap would round to a 32nd of its steps."""
        rows, columns = self.places.shape[:2]
        column = np.clip((x * (columns - 1)).astype(int), 0, columns - 2)
        row = np.clip((y * (rows - 1)).astype(int), 0, rows - 2)
        right, low = (x * (columns - 1) - column)[..., None], (y * (rows - 1) - row)[..., None]
        above = self.places[row, column] * (1 - right) + self.places[row, column + 1] * right
        below = self.places[row + 1, column] * (1 - right) + self.places[row + 1, column + 1] * right
        return np.asarray(above * (1 - low) + below * low, np.float32)


def _between(points: int, pixels: int) -> Places:
    """How much each of `points` lattice points counts at each pixel's middle, shape (pixels, points)."""
    at = (np.arange(pixels) + 0.5) / pixels * (points - 1)
    return np.asarray(np.maximum(1 - np.abs(at[:, None] - np.arange(points)), 0), np.float32)


def lattice() -> tuple[Places, Places]:
    """Return x and y of the points of a lattice over a page, each of shape (`ROWS`, `COLUMNS`)."""
    x, y = np.meshgrid(np.linspace(0, 1, COLUMNS), np.linspace(0, 1, ROWS))
    return np.asarray(x, np.float32), np.asarray(y, np.float32)


def unbent(aspect: float) -> Bend:
    """The bend of a page that is flat already."""
    return Bend(np.stack(lattice(), axis=-1), aspect)
