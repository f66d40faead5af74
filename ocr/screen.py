"""Page pictures for the screen: small enough for a slow line, sharp enough to read the small print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from ocr.raster import Raster, scaled

_WIDEST_PX = 1400
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
    """Write page `number` to `folder` as WebP, at most 1400 px wide."""
    pixels = scaled(seen.pixels, min(_WIDEST_PX / seen.width_px, 1.0))
    path = folder / f"{number:04d}.webp"
    Image.fromarray(pixels).save(path, "WEBP", quality=_QUALITY, method=_EFFORT)
    return PagePicture(number, path, int(pixels.shape[1]), int(pixels.shape[0]))
