"""Page pictures for the screen: small enough for a slow line, sharp enough to read the small print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from ocr.raster import Pixels, Raster, scaled

_WIDEST_PX, _LEAST_PX = 1280, 1100
"""A4 at about 150 dpi."""
_A_LITTLE = 0.7
"""Reduced by so little, points between two are as good as means."""
_QUALITY = 72
_EFFORT = 0
"""The least: a third less time than the next for a hundredth more bytes."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a page for the screen; its coordinates are those of the page as read."""

    number: int
    path: Path
    width_px: int
    height_px: int


def keep_picture(seen: Raster, number: int, folder: Path) -> PagePicture:
    """Write page `number` to `folder` as WebP, at most 1280 px wide."""
    pixels = _reduced(seen.pixels)
    path = folder / f"{number:04d}.webp"
    Image.fromarray(pixels).save(path, "WEBP", quality=_QUALITY, method=_EFFORT)
    return PagePicture(number, path, int(pixels.shape[1]), int(pixels.shape[0]))


def _reduced(pixels: Pixels) -> Pixels:
    """`pixels` at the width for the screen, or reduced by a whole number where that leaves enough."""
    width = pixels.shape[1]
    whole, factor = -(-width // _WIDEST_PX), min(_WIDEST_PX / width, 1.0)
    if width / whole >= _LEAST_PX:
        # Every point is the mean of the same few: a sixth of the time.
        return scaled(pixels, 1 / whole)
    if factor < _A_LITTLE:
        return scaled(pixels, factor)
    return np.asarray(
        cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR), np.uint8
    )
