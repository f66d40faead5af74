"""Photographs of a drawn page, and where each of its points is seen in them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from samples.ink import Pixels
from samples.wearing import add_noise, shade

DESK_RGB = (126, 96, 68)
WHOLE_SHEET = ((0.07, 0.05), (0.94, 0.07), (0.97, 0.95), (0.04, 0.96))
"""Corners of a sheet that lies whole in the picture, in fractions of it, from the top left clockwise."""
CLOSE_UP = ((-0.02, -0.01), (1.03, -0.03), (1.06, 1.02), (-0.05, 1.04))
"""Corners of a sheet whose edges are all beyond the picture."""
_SHIFT = 0.02

Points = npt.NDArray[np.float64]
"""Shape (points, 2): (x, y) in fractions of a width and a height."""


@dataclass(frozen=True, slots=True)
class Shot:
    """How a sheet lies before the camera.

    `curl` is how far its lines hang through, as a fraction of its height; negative when they bulge up.
    `light` is how much darker the far corner is, 0 to 1; `blur` and `grain` as of a small camera.
    """

    corners: tuple[tuple[float, float], ...] = WHOLE_SHEET
    curl: float = 0.0
    light: float = 0.32
    blur: float = 0.8
    grain: float = 4.0

    def seen_at(self, points: Points) -> Points:
        """Return where points of the flat sheet are seen in the picture."""
        bent = points + np.stack([np.zeros(len(points)), self._hang(points[:, 0])], axis=1)
        seen = cv2.perspectiveTransform(bent.reshape(-1, 1, 2), self._matrix())
        return np.asarray(seen.reshape(-1, 2), np.float64)

    def came_from(self, points: Points) -> Points:
        """Return where points of the picture lie on the flat sheet; beyond 0 to 1 they show the desk."""
        back = np.linalg.inv(self._matrix())
        bent = np.asarray(cv2.perspectiveTransform(points.reshape(-1, 1, 2), back), np.float64).reshape(-1, 2)
        return np.asarray(bent - np.stack([np.zeros(len(bent)), self._hang(bent[:, 0])], axis=1), np.float64)

    def _hang(self, x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return self.curl * np.sin(np.pi * np.clip(x, 0, 1)) * np.cos(0.6 * np.pi * np.clip(x, 0, 1))

    def _matrix(self) -> npt.NDArray[np.float64]:
        sheet = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
        corners = np.array(self.corners, np.float32)
        return np.asarray(cv2.getPerspectiveTransform(sheet, corners), np.float64)


def take(image: Image.Image, shot: Shot, rng: np.random.Generator) -> Image.Image:
    """Return the page as the camera sees it: a colour picture of the same size without a resolution."""
    pixels: Pixels = np.array(image.convert("RGB"), np.uint8)
    height, width = pixels.shape[:2]
    across, down = np.meshgrid((np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height)
    flat = shot.came_from(np.stack([across.ravel(), down.ravel()], axis=1)).reshape(height, width, 2)
    x, y = (np.asarray(flat[..., i] * size - 0.5, np.float32) for i, size in enumerate((width, height)))
    seen = np.asarray(cv2.remap(pixels, x, y, cv2.INTER_LINEAR, borderValue=DESK_RGB), np.uint8)
    soft = np.asarray(cv2.GaussianBlur(shade(seen, shot.light), (0, 0), shot.blur), np.uint8)
    return Image.fromarray(add_noise(soft, shot.grain, rng))


def photograph(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """The page as a telephone sees it on a desk: in perspective, unevenly lit, a little soft."""
    shift = rng.uniform(-_SHIFT, _SHIFT, (4, 2))
    corners = tuple(
        (x + float(dx), y + float(dy)) for (x, y), (dx, dy) in zip(WHOLE_SHEET, shift, strict=True)
    )
    return take(image, Shot(corners), rng)
