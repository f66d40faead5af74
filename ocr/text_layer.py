"""Whether a file's own words can stand for the page: real Vietnamese, and covering what is printed.

A text layer proves nothing by being there: many hold only a signature panel, some are rubbish from a bad
OCR. Text in an old 8-bit font, `Céng hßa` for `Cộng hòa`, was made Unicode before (`ocr.legacy_text`).
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from documents.page import Line
from ocr.legacy_text import reads_as_vietnamese
from ocr.raster import Gray, scaled

_LEAST_COVERED = 0.75
_SCAN_LEAST_COVERED = 0.6
"""A scan has dirt, seals and handwriting that no layer covers."""
_MOST_LOST = 3
"""Letters between the words that dirt explains; a good layer refused costs no more than a recognition."""
_DPI = 75
_LETTER_PX = 20
_REACH_PX = 2


def is_trustworthy(lines: Sequence[Line], gray: Gray, dpi: int, *, is_scan: bool) -> bool:
    """Whether the layer is Vietnamese and lies where the picture has its letters.

    Args:
        lines: The layer, boxes in fractions of `gray`.
        gray: The page as one sees it.
        dpi: Dots per inch of `gray`.
        is_scan: Whether the page is a scan with a layer made by some other OCR.
    """
    if not reads_as_vietnamese([line.text for line in lines]):
        return False
    if not is_scan and lost_letters(lines, gray) > _MOST_LOST:
        return False
    return covered_share(lines, gray, dpi) >= (_SCAN_LEAST_COVERED if is_scan else _LEAST_COVERED)


def lost_letters(lines: Sequence[Line], gray: Gray) -> int:
    """Return how many letters are printed in the lines but stand in no word of theirs.

    A font that lost part of its table shows `TRƯỜNG CÔNG NG ỆP` where the page says NGHIỆP: every syllable
    that is left may be good Vietnamese, but the ink of the others lies between the words.
    """
    _, ink = cv2.threshold(gray, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    height, width = gray.shape
    told = np.zeros(gray.shape, np.uint8)
    bands = np.zeros(gray.shape, np.uint8)
    for line in lines:
        x0, y0, x1, y1 = _pixels(line, width, height)
        reach = y1 - y0
        bands[y0:y1, max(x0 - reach, 0) : x1 + reach] = 1
        for word in line.words:
            x0, y0, x1, y1 = _pixels(Line((word,)), width, height)
            told[max(y0 - _REACH_PX, 0) : y1 + _REACH_PX, max(x0 - _REACH_PX, 0) : x1 + _REACH_PX] = 1
    left = np.asarray((np.asarray(ink) > 0) & (bands > 0) & (told == 0), np.uint8)
    usual = float(np.median([h for line in lines for h in _heights(line, height)]))
    _, _, stats, _ = cv2.connectedComponentsWithStats(left)
    high, wide = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    letters = (high > 0.4 * usual) & (high < 1.2 * usual) & (wide > 0.1 * usual) & (wide < 1.5 * usual)
    return int(letters.sum())


def _pixels(line: Line, width: int, height: int) -> tuple[int, int, int, int]:
    box = line.box
    return round(box.x0 * width), round(box.y0 * height), round(box.x1 * width), round(box.y1 * height)


def _heights(line: Line, height: int) -> list[float]:
    return [word.box.height * height for word in line.words]


def covered_share(lines: Sequence[Line], gray: Gray, dpi: int) -> float:
    """Return the share of letter-like ink, 0 to 1, that lies in the words' boxes; 1 for an empty page."""
    small = scaled(gray, min(_DPI / dpi, 1.0))
    _, ink = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.asarray(ink, np.uint8))
    fits = (stats[:, cv2.CC_STAT_WIDTH] <= 4 * _LETTER_PX) & (stats[:, cv2.CC_STAT_HEIGHT] <= _LETTER_PX)
    fits[0] = False
    letters = fits[labels]
    if not letters.any():
        return 1.0
    height, width = small.shape
    told = np.zeros(small.shape, bool)
    for word in (word for line in lines for word in line.words):
        x0, y0 = int(word.box.x0 * width) - _REACH_PX, int(word.box.y0 * height) - _REACH_PX
        x1, y1 = int(word.box.x1 * width) + _REACH_PX, int(word.box.y1 * height) + _REACH_PX
        told[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1] = True
    return float((letters & told).sum() / letters.sum())
