"""Tell inks apart: the coloured ink of a stamp from the black print it lies on.

Colour pictures have the shape (height_px, width_px, 3); every answer is gray, of the same height and width,
the wanted ink dark on light paper.
"""

from __future__ import annotations

import cv2
import numpy as np

from ocr.raster import WHITE, Gray, Pixels

_BLACK, _SURELY_BRIGHT = 100.0, 160.0
"""Brightest channel of black ink, and of ink that surely has no black under it."""
_COLOURLESS, _SURELY_COLOURED = 12.0, 42.0
"""Difference between the brightest and the darkest channel of gray, and of what surely is coloured."""
_SHARP_COLOUR, _SHARP_BLACK = 28, 110
_STRENGTH = 1.6


def all_ink(pixels: Pixels) -> Gray:
    """Return every ink dark, whatever its colour; a gray picture comes back as it is."""
    return pixels if pixels.ndim == 2 else np.asarray(pixels.min(axis=2), np.uint8)


def black_and_white(gray: Gray) -> Gray:
    """Return `gray` with every pixel black or white, by the step between ink and paper."""
    _, binary = cv2.threshold(gray, 0, WHITE, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(binary, np.uint8)


def ink_only(colour: Pixels) -> Gray:
    """Return coloured ink dark by how colourful it is; black print and paper come out light.

    Source: measured, 255 - 1.6 × (brightest - darkest channel) reads red marks best.
    """
    brightest, darkest = _extremes(colour)
    return np.asarray(np.clip(WHITE - _STRENGTH * (brightest - darkest), 0, WHITE), np.uint8)


def stamp_ink(colour: Pixels) -> Gray:
    """Return coloured ink as dark as it is on the paper, black print and gray dirt faded out softly.

    Keeps more of thin strokes and of the marks over letters than `ink_only`, which stretches colour noise.
    """
    brightest, darkest = _extremes(colour)
    bright = np.clip((brightest - _BLACK) / (_SURELY_BRIGHT - _BLACK), 0.0, 1.0)
    spread = brightest - darkest
    coloured = np.clip((spread - _COLOURLESS) / (_SURELY_COLOURED - _COLOURLESS), 0.0, 1.0)
    return np.asarray(WHITE - (WHITE - darkest) * bright * coloured, np.uint8)


def stamp_ink_sharp(colour: Pixels) -> Gray:
    """Return coloured ink as dark as it is, everything else white, with a hard line between.

    Another way to the same end than `stamp_ink`, for a second reading.
    """
    brightest, darkest = _extremes(colour)
    coloured = np.asarray(brightest - darkest > _SHARP_COLOUR, np.uint8)
    near = cv2.dilate(coloured, np.ones((3, 3), np.uint8)) > 0
    return np.asarray(np.where(near & (brightest > _SHARP_BLACK), darkest, WHITE), np.uint8)


def _extremes(
    colour: Pixels,
) -> tuple[np.typing.NDArray[np.float32], np.typing.NDArray[np.float32]]:
    return colour.max(axis=2).astype(np.float32), colour.min(axis=2).astype(np.float32)
