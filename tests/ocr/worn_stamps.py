"""Draw arrival stamps as they come in when the rubber is worn, and what lies on pages that is none."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from ocr.raster import Gray, Pixels
from samples.ink import Mask, press, turn
from samples.paper import Hand, Ink, Seal, Stamp
from samples.penmanship import write
from samples.stamps import MARGIN_MM, cut_seal, cut_stamp

DPI = 150
_MM = DPI / 25.4
STAMP = Stamp(
    agency=("SỞ THÔNG TIN VÀ TRUYỀN THÔNG",),
    number="1293",
    date="16/5/2024",
    forwarded_to=("Đ/c Linh",),
    hand=Hand.PEN,
)


def sheet() -> Pixels:
    """An empty A4 page in colour."""
    return np.full((round(297 * _MM), round(210 * _MM), 3), 255, np.uint8)


def holed(mask: Mask, share: float, rng: np.random.Generator) -> Mask:
    """The mask without `share` of its area, lost in patches as worn rubber loses it."""
    coarse = rng.random((50, 40), dtype=np.float32)
    field = cv2.resize(coarse, (mask.shape[1], mask.shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.where(field < np.quantile(field, share), 0, mask), np.uint8)


def unframed(mask: Mask) -> Mask:
    """The mask without its rules."""
    ink = np.asarray(mask > 100, np.uint8)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(10 * _MM)), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((round(6 * _MM), 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((3, 3), np.uint8))
    return np.asarray(np.where(rules > 0, 0, mask), np.uint8)


def stamp_on(
    page: Pixels,
    place_mm: tuple[float, float],
    *,
    ink: Ink,
    worn: float = 0.0,
    frame: bool = True,
    tilt_deg: float = 0.0,
    pale: float = 1.0,
    seed: int = 1,
) -> None:
    """Press the stamp on `page` with the corner of its frame at `place_mm`, which may be off the page."""
    rng = np.random.default_rng(seed)
    rubber, values = cut_stamp(STAMP, dpi=DPI, rng=rng)
    rubber = holed(rubber if frame else unframed(rubber), worn, rng)
    rubber = np.asarray(rubber * pale, np.uint8)
    at = (round((place_mm[0] - MARGIN_MM) * _MM), round((place_mm[1] - MARGIN_MM) * _MM))
    press(page, turn(rubber, tilt_deg), at_px=at, ink=ink, rng=rng, patchy=0.3)
    press(page, turn(values, tilt_deg), at_px=at, ink=Ink.BLUE, rng=rng, patchy=0.1)


def seal_on(
    page: Pixels, place_mm: tuple[float, float], *, pale: float = 1.0, mirrored: bool = False
) -> None:
    """Press a round seal, or what shows of one through the paper."""
    mask = cut_seal(Seal(rim="ỦY BAN NHÂN DÂN TỈNH TÂY NINH"), dpi=DPI)
    mask = np.asarray((mask[:, ::-1] if mirrored else mask) * pale, np.uint8)
    at = (round(place_mm[0] * _MM), round(place_mm[1] * _MM))
    press(page, mask, at_px=at, ink=Ink.RED, rng=np.random.default_rng(1), patchy=0.3)


def note_on(page: Pixels, place_mm: tuple[float, float], rows: tuple[str, ...]) -> None:
    """Write a leader's note by pen."""
    rng = np.random.default_rng(2)
    for number, row in enumerate(rows):
        mask, _ = write(row, size_pt=17, dpi=DPI, rng=rng)
        at = (round(place_mm[0] * _MM), round((place_mm[1] + 9 * number) * _MM))
        press(page, mask, at_px=at, ink=Ink.BLUE, rng=rng, patchy=0.1)


def faxed(page: Pixels) -> Gray:
    """The page as a fax shows it, black and white only."""
    gray = np.asarray(Image.fromarray(page).convert("L"), np.uint8)
    return np.asarray(np.where(gray > 150, 255, 0), np.uint8)
