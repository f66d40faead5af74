"""Tell inks apart: the coloured ink of a stamp from the black print it lies on.

Colour pictures have the shape (height_px, width_px, 3); every answer is gray, of the same height and width,
the wanted ink dark on light paper.
"""

from __future__ import annotations

import cv2
import numpy as np

from ocr.raster import WHITE, Gray, Pixels

Values = np.typing.NDArray[np.float32]
_COLOURLESS, _SURELY_COLOURED = 0.12, 0.28
"""Share of colour in the darkness of black ink over coloured, and of what surely is coloured ink."""
_COLOURED_PARTLY, _COLOURED_MOSTLY = 0.25, 0.45
"""Share of colour in the darkness of print that a stamp's colour ran over, and of the stamp's own ink."""
_DARK = 110
_SHARP_COLOUR, _SHARP_BLACK = 28, 110
_STRENGTH = 1.6
_HOLE_MM = 0.3
"""Width of the holes that worn rubber leaves in strokes."""


def all_ink(pixels: Pixels) -> Gray:
    """Return every ink dark, whatever its colour; a gray picture comes back as it is."""
    return pixels if pixels.ndim == 2 else extremes(pixels)[1]


def extremes(colour: Pixels) -> tuple[Gray, Gray]:
    """Return the brightest and the darkest channel of each pixel; by planes, a tenth of NumPy's time."""
    red, green, blue = cv2.split(colour)
    brightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return np.asarray(brightest, np.uint8), np.asarray(darkest, np.uint8)


def black_and_white(gray: Gray) -> Gray:
    """Return `gray` with every pixel black or white, by the step between ink and paper."""
    _, binary = cv2.threshold(gray, 0, WHITE, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(binary, np.uint8)


def is_black(colour: Pixels) -> np.typing.NDArray[np.bool_]:
    """Return where ink is black or gray and not pale, whatever lies over it."""
    darkness, share = _darkness_and_colour(colour)
    return np.asarray((share < _COLOURLESS) & (darkness > _DARK), np.bool_)


def ink_only(colour: Pixels) -> Gray:
    """Return coloured ink dark by how colourful it is; black print and paper come out light.

    Source: measured, 255 - 1.6 × (brightest - darkest channel) reads red marks best.
    """
    brightest, darkest = _extremes(colour)
    return np.asarray(np.clip(WHITE - _STRENGTH * (brightest - darkest), 0, WHITE), np.uint8)


def stamp_ink(colour: Pixels) -> Gray:
    """Return coloured ink as dark as it is on the paper, black print and gray dirt faded out softly.

    Told by the share of colour in the darkness, which is the same for pale and for full ink, so that rubber
    that printed in patches stays whole; `ink_only` stretches what is colourful and loses thin strokes.
    """
    darkness, share = _darkness_and_colour(colour)
    wanted = np.clip((share - _COLOURLESS) / (_SURELY_COLOURED - _COLOURLESS), 0.0, 1.0)
    return np.asarray(WHITE - darkness * wanted, np.uint8)


def under_coloured_ink(colour: Pixels) -> Gray:
    """Return what is not coloured ink as dark as it is, coloured ink faded out softly.

    For coarse colour pictures, where the colour of a stamp runs over the print beside it.
    """
    _, share = _darkness_and_colour(colour)
    other = np.clip((_COLOURED_MOSTLY - share) / (_COLOURED_MOSTLY - _COLOURED_PARTLY), 0.0, 1.0)
    return np.asarray(WHITE - (WHITE - extremes(colour)[0].astype(np.float32)) * other, np.uint8)


def stamp_ink_sharp(colour: Pixels) -> Gray:
    """Return coloured ink as dark as it is, everything else white, with a hard line between.

    Another way to the same end than `stamp_ink`, for a second reading.
    """
    brightest, darkest = _extremes(colour)
    coloured = np.asarray(brightest - darkest > _SHARP_COLOUR, np.uint8)
    near = cv2.dilate(coloured, np.ones((3, 3), np.uint8)) > 0
    return np.asarray(np.where(near & (brightest > _SHARP_BLACK), darkest, WHITE), np.uint8)


def made_whole(gray: Gray, dpi: int) -> Gray:
    """Return worn print with its strokes thickened, small holes closed and pale ink made dark."""
    reach = max(round(_HOLE_MM * dpi / 25.4), 2)
    closed = cv2.erode(cv2.medianBlur(gray, 3), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    soft = cv2.GaussianBlur(closed, (0, 0), reach / 3).astype(np.float32)
    palest, darkest = (float(v) for v in np.percentile(soft, (90, 3)))
    return np.asarray(np.clip((soft - darkest) / max(palest - darkest, 1.0), 0, 1) * WHITE, np.uint8)


def _darkness_and_colour(colour: Pixels) -> tuple[Values, Values]:
    """Darkness of the darkest channel, 0 to 255, and the share of it that is colour, 0 to 1."""
    brightest, darkest = _extremes(colour)
    darkness = WHITE - darkest
    return darkness, np.asarray((brightest - darkest) / np.maximum(darkness, 1.0), np.float32)


def _extremes(colour: Pixels) -> tuple[Values, Values]:
    brightest, darkest = extremes(colour)
    return brightest.astype(np.float32), darkest.astype(np.float32)
