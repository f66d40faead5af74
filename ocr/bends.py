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
    """Height of the flat page over its width, in pixels of the picture it came from."""

    def flattened(self, pixels: Pixels, width_px: int) -> Pixels:
        """Return the flat page, `width_px` wide, out of the picture `pixels`; what it does not show is white."""
        height_px = max(round(width_px * self.aspect), 1)
        down, across = np.mgrid[0:height_px, 0:width_px].astype(np.float32)
        at = self._lattice_steps((across + 0.5) / width_px, (down + 0.5) / height_px)
        there = cv2.remap(self.places, *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        height, width = pixels.shape[:2]
        x, y = (np.ascontiguousarray(there[..., i] * size - 0.5) for i, size in enumerate((width, height)))
        flat = cv2.remap(pixels, x, y, cv2.INTER_CUBIC, borderValue=(WHITE,) * 3)
        return np.asarray(flat, np.uint8)

    def in_picture(self, x: Places, y: Places) -> tuple[Places, Places]:
        """Return where points of the flat page lie in the picture; points beyond its edge go on straight."""
        inside_x, inside_y = np.clip(x, 0, 1), np.clip(y, 0, 1)
        there = cv2.remap(
            self.places, *self._lattice_steps(inside_x, inside_y), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return there[..., 0] + (x - inside_x), there[..., 1] + (y - inside_y)

    def on_flat(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the picture lies on the flat page, to a thousandth of the page.

        The bend is followed back step by step: a page bends gently, so each step comes nearer.
        """
        at = np.array([x, y], np.float32)
        for _ in range(_TURNS):
            there = self.in_picture(at[:1].reshape(1, 1), at[1:].reshape(1, 1))
            at = at + np.array([x - there[0][0, 0], y - there[1][0, 0]], np.float32)
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

    def _lattice_steps(self, x: Places, y: Places) -> tuple[Places, Places]:
        rows, columns = self.places.shape[:2]
        return (
            np.asarray(x * (columns - 1), np.float32),
            np.asarray(y * (rows - 1), np.float32),
        )


def lattice() -> tuple[Places, Places]:
    """Return x and y of the points of a lattice over a page, each of shape (`ROWS`, `COLUMNS`)."""
    x, y = np.meshgrid(np.linspace(0, 1, COLUMNS), np.linspace(0, 1, ROWS))
    return np.asarray(x, np.float32), np.asarray(y, np.float32)


def unbent(aspect: float) -> Bend:
    """The bend of a page that is flat already."""
    return Bend(np.stack(lattice(), axis=-1), aspect)
