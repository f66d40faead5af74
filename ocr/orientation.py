"""Which way up a page is: told from the picture, and by reading a strip only where that leaves doubt.

The same picture is turned the same way in every run, so boxes of an earlier reading hold.
"""

from __future__ import annotations

import cv2
import numpy as np

from documents.syllables import count_sensible
from ocr.cleaning import CleanPage, straighten
from ocr.engine import Engine
from ocr.raster import Gray, Raster, scaled

_DPI = 100
_LETTER_PX, _LETTER_HEIGHT_PX = (1, 60), (2, 25)
_COLUMNS = 6
_LEVEL = 1.2
"""Sharpness of rows over sharpness of columns from which lines of text surely run level."""
_UPRIGHT = -0.06
"""Skewness of the row profile below which a page surely stands upright."""
_LEAST_INK_PX = 400
_STRIP = (0.04, 0.30)
_BETTER = 1.5
_ENOUGH = 12
"""Sensible words in a strip that no page gives upside down or sideways."""


def make_upright(raster: Raster, engine: Engine) -> CleanPage:
    """Return the page upright and straight.

    Lines of Vietnamese begin softly, with marks and ascenders, and end sharply at the foot of the letters.
    On 106 real pages, all upright, that was doubtful on 4; upside down it is doubtful always. A page in
    doubt is read in a strip each way, and turned only when that makes clearly more sense.
    """
    level = straighten(raster)
    ink = _letters(scaled(level.gray, min(_DPI / raster.dpi, 1.0)))
    if ink.sum() < _LEAST_INK_PX:
        return level
    if _levelness(ink) > _LEVEL and _footing(ink) < _UPRIGHT:
        return level
    return _most_sensible(raster, level, engine)


def _most_sensible(raster: Raster, level: CleanPage, engine: Engine) -> CleanPage:
    best, most = level, _sense_of_strip(level, engine)
    if most >= _ENOUGH:
        return level
    for turns in (2, 3, 1):
        page = straighten(raster, quarter_turns=turns)
        sensible = _sense_of_strip(page, engine)
        if sensible > _BETTER * most + 2:
            best, most = page, sensible
    return best


def _sense_of_strip(page: CleanPage, engine: Engine) -> int:
    gray, dpi = page.fit_to_read()
    height = gray.shape[0]
    strip = gray[int(_STRIP[0] * height) : int(_STRIP[1] * height)]
    words = (word for line in engine.read_lines(strip, dpi=dpi) for word in line.words)
    # The engine reads lines that run upward as well; their words are higher than wide.
    level = (w for w in words if w.box.width * strip.shape[1] > w.box.height * strip.shape[0])
    return count_sensible(w.text for w in level)


def _letters(small: Gray) -> np.typing.NDArray[np.float32]:
    """Keep spots of the size of letters: rules, seals and dirt would outvote them."""
    _, ink = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.asarray(ink, np.uint8))
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    fits = (
        (width >= _LETTER_PX[0])
        & (width <= _LETTER_PX[1])
        & (height >= _LETTER_HEIGHT_PX[0])
        & (height <= _LETTER_HEIGHT_PX[1])
    )
    fits[0] = False
    return np.asarray(fits[labels], np.float32)


def _levelness(ink: np.typing.NDArray[np.float32]) -> float:
    rows = float(np.square(np.diff(ink.sum(axis=1))).sum())
    columns = float(np.square(np.diff(ink.sum(axis=0))).sum())
    return rows / max(columns, 1.0)


def _footing(ink: np.typing.NDArray[np.float32]) -> float:
    """Skewness of the change from row to row, -1 to 1: below 0 when lines end sharply at their foot."""
    steps = np.concatenate([np.diff(s.sum(axis=1)) for s in np.array_split(ink, _COLUMNS, axis=1)])
    return float((steps**3).sum() / max((np.abs(steps) ** 3).sum(), 1.0))
