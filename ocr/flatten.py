"""Photographs of paper: the light made even, the sheet seen straight on, its lines level, small print larger.

A scan never comes here: its paper is as bright in one corner as in the other. The flat page takes the place
of the picture as taken: it is what is read and what is shown, and boxes are fractions of it. What remains of
the photograph is the bend, which says where each point of the flat page lay.

Source: measured on this project's papers and photographs: paper that is not evenly bright was always a
photograph; dividing by the paper's brightness helps there and harms scans.
"""

from __future__ import annotations

import cv2
import numpy as np

from ocr.bends import Bend, unbent
from ocr.cleaning import READING_DPI, CleanPage, ink_on_paper, without_colour
from ocr.engine import Engine
from ocr.orientation import make_upright
from ocr.raster import A4_WIDTH_IN, WHITE, Gray, Pixels, Raster, scaled, turned
from ocr.sheets import find_sheet
from ocr.slopes import SEARCHES, level_bend, x_height

_LOOK_PX = (210, 297)
_HALVED_PX = 1200
"""Shorter side from which a picture is halved before it is looked at: the same means in less time."""
_GRID = (12, 16)
_LIGHT_PERCENTILE = 80
_BRIGHTEST_PHOTO = 240
_EVEN = 12
"""Brightest paper of a photograph, and how much brighter in one place than in another paper may be in a scan.

Source: measured, 64 pages of real scans: 246 and more, differing by at most 5; photographs 168 and 194, by 32
and 39.
"""
_LIGHT_PX = 500
_LETTER_SHARE = 25
_LEAST_LIGHT = 0.3
"""Part of the paper's usual brightness below which a place is no paper, and is not made brighter further."""
_FLAT_PX, _MEASURED_PX = 800, 1600
"""Width of the page while its lines are made level, and the least while its print is measured."""
_X_HEIGHT_IN = 6.1 / 72
"""Height of the letter x in print of 13 to 14 points, as official documents are set."""
_MOST_LARGER = 4.0


def is_photograph(raster: Raster) -> bool:
    """Whether the picture was taken with a camera: its paper is not white, and not evenly bright."""
    gray = without_colour(raster.pixels)
    if min(gray.shape) >= _HALVED_PX:
        gray = scaled(gray, 0.5)
    small = cv2.resize(gray, _LOOK_PX, interpolation=cv2.INTER_AREA)
    light = [
        _percentile(np.asarray(part, np.uint8), _LIGHT_PERCENTILE)
        for band in np.array_split(small, _GRID[1])[1:-1]
        for part in np.array_split(band, _GRID[0], axis=1)[1:-1]
    ]
    least, usual, most = np.percentile(light, [5, 50, 95])
    return bool(usual < _BRIGHTEST_PHOTO and most - least >= _EVEN)


def _percentile(part: Gray, percent: float) -> float:
    """As NumPy's, which spends far more on so few values than it takes to sort them."""
    values = np.sort(part, axis=None)
    at = percent / 100 * (len(values) - 1)
    low, high = float(values[int(at)]), float(values[min(int(at) + 1, len(values) - 1)])
    return low + (high - low) * (at - int(at))


def flat_page(raster: Raster, engine: Engine) -> CleanPage:
    """Return the photographed page flat, upright and evenly lit; the same picture always gives the same page.

    `engine` is asked only when the picture does not tell which way up it is.
    """
    lit = Raster(evened(raster.pixels), raster.dpi)
    turns = make_upright(lit, engine).quarter_turns
    pixels = turned(ink_on_paper(lit.pixels), turns)
    bend, is_sheet = _flat_bend(turned(raster.pixels, turns), without_colour(pixels))
    return _enlarged(pixels, bend, turns, raster.dpi, is_sheet=is_sheet)


def evened(pixels: Pixels) -> Pixels:
    """Return the picture with its paper white everywhere: each channel divided by the light on the paper."""
    if pixels.ndim == 3:
        return np.dstack([evened(np.ascontiguousarray(channel)) for channel in cv2.split(pixels)])
    light = cv2.resize(_light(pixels), pixels.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(pixels, light, scale=WHITE), np.uint8)


def _light(gray: Gray) -> Gray:
    """How bright the paper is around each place of a small copy: what is left with its letters filled."""
    small = scaled(gray, min(_LIGHT_PX / gray.shape[1], 1.0))
    reach = max(small.shape[1] // _LETTER_SHARE, 3) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    smooth = cv2.GaussianBlur(paper, (0, 0), reach / 2)
    return np.maximum(smooth, round(_LEAST_LIGHT * float(np.median(smooth)))).astype(np.uint8)


def _flat_bend(taken: Pixels, lit: Gray) -> tuple[Bend, bool]:
    """The bend of the page, and whether the edges of its sheet were found."""
    aspect = lit.shape[0] / lit.shape[1]
    sheet = find_sheet(taken)
    bend = sheet or unbent(aspect)
    for search in SEARCHES:
        further = level_bend(bend.flattened(lit, _FLAT_PX), search)
        if further is None:
            break
        bend = bend.then(further)
    return bend, sheet is not None


def _enlarged(pixels: Pixels, bend: Bend, turns: int, dpi: int, *, is_sheet: bool) -> CleanPage:
    """The flat page at the size it is read best, its resolution told by the sheet or by the print."""
    width = pixels.shape[1]
    if is_sheet:
        width = round(bend.width_in_picture() * width)
        dpi = max(round(width / A4_WIDTH_IN), 1)
    elif print_px := x_height(bend.flattened(without_colour(pixels), max(width, _MEASURED_PX))):
        by_print = print_px * min(width / _MEASURED_PX, 1.0) / _X_HEIGHT_IN
        dpi = min(max(round(by_print), dpi // 2), dpi * 2)
    factor = min(max(READING_DPI / dpi, 1.0), _MOST_LARGER)
    seen = bend.flattened(pixels, round(width * factor))
    larger = Raster(seen, round(dpi * factor))
    return CleanPage(larger, without_colour(seen), turns, 0.0, bend, taken_dpi=dpi)
