"""A page as pixels, and the arithmetic every step shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.page import Box

Gray: TypeAlias = NDArray[np.uint8]
"""Shape (height_px, width_px); 0 is black ink, 255 is paper."""
Pixels: TypeAlias = NDArray[np.uint8]
"""`Gray`, or colour of shape (height_px, width_px, 3) in the order red, green, blue."""

WHITE = 255
A4_WIDTH_IN = 8.27
"""Width of A4 in inches."""
_PAD_PX = 24


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels of a page and their dots per inch, measured where the file allows it."""

    pixels: Pixels
    dpi: int

    @property
    def width_px(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height_px(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])

    @property
    def has_colour(self) -> bool:
        """Whether there are three channels."""
        return self.pixels.ndim == 3


class LastPicture:
    """The picture decoded last: the same page is often asked for twice in a row."""

    def __init__(self) -> None:
        self._number, self._raster = 0, Raster(np.zeros((1, 1), np.uint8), 1)

    def of(self, number: int, decode: Callable[[int], Raster]) -> Raster:
        """Page `number`, counted from 1: the one at hand, or as `decode` gives it."""
        if number != self._number:
            self._raster = decode(number)
            self._number = number
        return self._raster


def crop(pixels: Pixels, box: Box, *, margin_px: int = 0) -> tuple[Pixels, Box]:
    """Cut `box` with a margin out of `pixels`.

    Returns:
        The cut (a view, at least one pixel each way) and the box really cut, in fractions of `pixels`.
    """
    height, width = pixels.shape[:2]
    x0 = min(max(int(box.x0 * width) - margin_px, 0), width - 1)
    y0 = min(max(int(box.y0 * height) - margin_px, 0), height - 1)
    x1 = max(min(int(np.ceil(box.x1 * width)) + margin_px, width), x0 + 1)
    y1 = max(min(int(np.ceil(box.y1 * height)) + margin_px, height), y0 + 1)
    return pixels[y0:y1, x0:x1], Box(x0 / width, y0 / height, x1 / width, y1 / height)


def scaled(pixels: Pixels, factor: float) -> Pixels:
    """Return `pixels` enlarged or reduced; the same array for a factor of 1."""
    if factor == 1:
        return pixels
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=how), np.uint8)


def turned(pixels: Pixels, quarter_turns: int) -> Pixels:
    """Return `pixels` turned clockwise by quarters of a circle."""
    return np.ascontiguousarray(np.rot90(pixels, -quarter_turns)) if quarter_turns % 4 else pixels


def padded(gray: Gray) -> Gray:
    """Return `gray` with paper all round: the engine loses letters that touch the edge of a picture."""
    border = (_PAD_PX,) * 4
    return np.asarray(cv2.copyMakeBorder(gray, *border, cv2.BORDER_CONSTANT, value=(WHITE,)), np.uint8)
