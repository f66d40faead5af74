"""Make a page picture fit to be read: no coloured ink, upright, straight, coarse scans enlarged.

No background division and no Sauvola by default: measured, they cost much and gain nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.page import Box
from ocr.bends import Bend
from ocr.raster import WHITE, Gray, Pixels, Raster, scaled, turned

COARSE_DPI, READING_DPI = 170, 200
"""Below the first, a picture is enlarged to the second before it is read; else it is read as it is.

Source: measured on eight real pages of 96 to 150 dpi: as many sensible words at 200 as at 300, for a fifth
to a third less processor time; unenlarged, those under 130 dpi lose up to a sixth of them.
"""
CALMED_DPI = 110
"""Below it, the blocks of compression are as large as strokes, and a picture is calmed when enlarged.

Source: measured on six pages of 96 to 106 dpi: as many sensible words or a few more, and more of them surely.
"""
_PALEST, _FULL, _REACH_PX = 60, 230, 12
"""Ink that counts as print, how dark the darkest becomes, and how far around it, in pixels of the scan."""
_ALIKE = 20
_SKEW_DPI = 100
_WORST_SKEW_DEG = 6.0
_LEAST_SKEW_DEG = 0.1
_DARK = 128
_INVERTED_SHARE = 0.6


def without_colour(pixels: Pixels) -> Gray:
    """Return the brightest channel of each pixel: black text stays, red, blue and violet ink pale.

    Gray pictures come back as they are.
    """
    if pixels.ndim == 2:
        return pixels
    red, green, blue = cv2.split(pixels)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def ink_on_paper(pixels: Pixels) -> Pixels:
    """Return the page with dark ink on light paper; scans that are mostly black are inverted."""
    sample = pixels[::8, ::8]
    if float((sample < _DARK).mean()) > _INVERTED_SHARE:
        return np.asarray(WHITE - pixels, np.uint8)
    return pixels


def find_skew(gray: Gray, dpi: int) -> float:
    """Return how far the text lines fall to the right, in degrees clockwise; 0 when nothing is sure.

    The sharpness of the row profile is searched over ±6°, coarse to fine, on a 100 dpi copy.

    Source:
        Postl, "Detection of linear oblique structures and skew scan", ICPR 1986.
    """
    small = scaled(gray, min(_SKEW_DPI / dpi, 1.0))
    _, ink = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    ink = _without_margins(np.asarray(ink, np.uint8))
    if np.count_nonzero(ink) < 50:
        return 0.0
    so_far = np.zeros((ink.shape[1] + 1, ink.shape[0]), np.int32)
    np.cumsum(ink.T, axis=0, out=so_far[1:])
    best = 0.0
    for reach, step in ((_WORST_SKEW_DEG, 1.0), (0.8, 0.2), (0.15, 0.05)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda a: _sharpness(so_far, a)))
    return best if abs(best) < _WORST_SKEW_DEG else 0.0


def _without_margins(ink: Gray) -> Gray:
    # Black edges of the scanner glass would outvote the text.
    height, width = ink.shape
    return ink[height // 40 : height - height // 40, width // 30 : width - width // 30]


def _sharpness(so_far: NDArray[np.int32], angle_deg: float) -> float:
    """How sharply rows of ink change when it is turned by `angle_deg`.

    `so_far` has the ink of every row left of each column, shape (columns + 1, rows). Shearing is enough for a
    few degrees, and columns that move alike are moved as one: cheaper than moving pixels.
    """
    columns, height = so_far.shape[0] - 1, so_far.shape[1]
    fall = np.tan(np.radians(angle_deg))
    down = np.rint(fall * (np.arange(columns) - columns / 2)).astype(np.intp)
    edges = np.concatenate(([0], np.flatnonzero(np.diff(down)) + 1, [columns]))
    rows = np.zeros(height, np.float32)
    for first, last in pairwise(edges.tolist()):
        by, strip = int(down[first]), so_far[last] - so_far[first]
        if by >= 0:
            rows[: height - by] += strip[by:]
        else:
            rows[-by:] += strip[:by]
    return float(np.square(np.diff(rows)).sum())


def rotated(pixels: Pixels, angle_deg: float) -> Pixels:
    """Turn a picture counter-clockwise by `angle_deg` about its middle; new corners are white."""
    if abs(angle_deg) < _LEAST_SKEW_DEG:
        return pixels
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle_deg, 1.0)
    border = (WHITE,) * 4
    return np.asarray(
        cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=border), np.uint8
    )


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page ready to be read: `seen` upright and straight in its colours, `gray` without coloured ink."""

    seen: Raster
    gray: Gray
    quarter_turns: int
    skew_deg: float
    bend: Bend | None = None
    """Of a photograph, the way from the page to the picture as turned; its page is straight besides."""
    taken_dpi: int | None = None
    """Of a photograph, dots per inch of the paper as the camera took it; `seen` may be larger."""

    @property
    def sharpness_dpi(self) -> int:
        """Dots per inch that really were taken of the paper; what `seen` has more is enlargement."""
        return min(self.taken_dpi or self.seen.dpi, self.seen.dpi)

    @property
    def applied_skew_deg(self) -> float:
        """By how much the picture was really turned to be straight: too little is left as it is."""
        return self.skew_deg if abs(self.skew_deg) >= _LEAST_SKEW_DEG else 0.0

    def placed(self, box: Box) -> Box:
        """Carry a box in fractions of the picture as it was to fractions of the page as it is now."""
        for _ in range(self.quarter_turns):
            box = Box(1 - box.y1, box.x0, 1 - box.y0, box.x1)
        if self.bend is not None:
            return self.bend.placed(box)
        if abs(self.skew_deg) < _LEAST_SKEW_DEG:
            return box
        width, height = self.seen.width_px, self.seen.height_px
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), self.skew_deg, 1.0)
        x, y = (float(v) for v in turn @ np.array([box.middle[0] * width, box.middle[1] * height, 1.0]))
        half_width, half_height = box.width / 2, box.height / 2
        return Box(
            min(max(x / width - half_width, 0.0), 1.0),
            min(max(y / height - half_height, 0.0), 1.0),
            max(min(x / width + half_width, 1.0), 0.0),
            max(min(y / height + half_height, 1.0), 0.0),
        )

    def fit_to_read(self) -> tuple[Gray, int]:
        """The gray picture and its dpi as the engine should get it."""
        return enlarged_if_coarse(self.gray, self.seen.dpi)


def enlarged_if_coarse(gray: Gray, dpi: int) -> tuple[Gray, int]:
    """Enlarge a coarse picture to `READING_DPI`, at most threefold."""
    if dpi >= COARSE_DPI:
        return gray, dpi
    factor = min(READING_DPI / dpi, 3.0)
    return scaled(gray, factor), round(dpi * factor)


def calmed(gray: Gray, factor: float) -> Gray:
    """Return a coarse page without the blocks of its compression, pale print as dark as strong.

    Args:
        gray: A page on white paper, enlarged.
        factor: How much it was enlarged.
    """
    calm = cv2.bilateralFilter(gray, 0, _ALIKE, factor)
    ink = (WHITE - calm).astype(np.float32)
    reach = round(_REACH_PX * factor)
    strongest = cv2.dilate(cv2.GaussianBlur(ink, (0, 0), 0.8 * factor), np.ones((reach, reach), np.uint8))
    strongest = cv2.GaussianBlur(strongest, (0, 0), reach)
    return np.asarray(np.clip(WHITE - ink / np.maximum(strongest, _PALEST) * _FULL, 0, WHITE), np.uint8)


def as_it_is(raster: Raster) -> CleanPage:
    """A page that is straight by nature, because it was drawn by a program."""
    return CleanPage(raster, without_colour(raster.pixels), 0, 0.0)


def straighten(raster: Raster, *, quarter_turns: int = 0) -> CleanPage:
    """Bring ink on paper, turn by `quarter_turns` clockwise, then make straight.

    The same picture always gives the same page, so boxes found in one run hold in the next.
    """
    pixels = turned(ink_on_paper(raster.pixels), quarter_turns)
    gray = without_colour(pixels)
    skew = find_skew(gray, raster.dpi)
    seen, straight = _rotated_together(pixels, gray, skew)
    return CleanPage(Raster(seen, raster.dpi), straight, quarter_turns % 4, skew)


def _rotated_together(pixels: Pixels, gray: Gray, angle_deg: float) -> tuple[Pixels, Gray]:
    """Both as `rotated` gives them: as four channels of one picture, in half the time."""
    if pixels.ndim == 2:
        turned_page = rotated(pixels, angle_deg)
        return turned_page, turned_page if gray is pixels else rotated(gray, angle_deg)
    if abs(angle_deg) < _LEAST_SKEW_DEG:
        return pixels, gray
    both = cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA)
    cv2.insertChannel(gray, both, 3)
    four = rotated(np.asarray(both, np.uint8), angle_deg)
    three = cv2.cvtColor(four, cv2.COLOR_BGRA2BGR)
    return np.asarray(three, np.uint8), np.asarray(cv2.extractChannel(four, 3), np.uint8)
