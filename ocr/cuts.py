"""Cut a part of a page out, level it, bring it to a size an engine likes, and find the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from documents.page import Box, Line, Word
from ocr.frames import levelling
from ocr.raster import WHITE, Gray, Pixels, crop, scaled

CUT_DPI = 300
_INK = 150
_PALER = 50
_LONG_RULE_MM, _LONG_POST_MM = 12.0, 8.0
_UNBROKEN = 0.9
"""Share of ink along a stroke of that length from which it is a rule."""
_LEAN_MM = 0.33
"""How far a rule may drift sideways over its length."""
_THICKEST_MM = 1.6
_DOT_MM = (1.0, 0.8)
_DOT_ROW_MM = 0.5
_DOTS_IN_A_ROW = 8
_PAD_MM = 2.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A levelled part of a page at `dpi`; `back` is the 2 × 3 matrix from its pixels to page fractions."""

    pixels: Pixels
    dpi: int
    back: np.typing.NDArray[np.float64]

    def on_page(self, box: Box) -> Box:
        """Carry a box in fractions of the cut to fractions of the page."""
        height, width = self.pixels.shape[:2]
        corners = np.array(
            [[x * width, y * height, 1] for x in (box.x0, box.x1) for y in (box.y0, box.y1)], np.float64
        )
        placed = np.clip(corners @ self.back.T, 0.0, 1.0)
        (x0, y0), (x1, y1) = placed.min(axis=0), placed.max(axis=0)
        return Box(float(x0), float(y0), float(x1), float(y1))

    def lines_on_page(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Carry lines read on the cut to the page."""
        return tuple(
            Line(tuple(Word(w.text, self.on_page(w.box), w.confidence) for w in line.words)) for line in lines
        )


def cut_out(
    pixels: Pixels,
    box: Box,
    *,
    dpi: int,
    tilt_deg: float = 0.0,
    margin_mm: float = 1.5,
    to_dpi: int = CUT_DPI,
) -> Cut:
    """Cut `box` (fractions of `pixels`) with a margin, turned level by `tilt_deg`, enlarged to `to_dpi`.

    The cut is never reduced and at most enlarged fourfold.
    """
    part, taken = crop(pixels, box, margin_px=round(margin_mm * dpi / 25.4))
    height, width = part.shape[:2]
    turn, size = levelling(width, height, tilt_deg if abs(tilt_deg) >= 0.3 else 0.0)
    level = cv2.warpAffine(part, turn, size, flags=cv2.INTER_LINEAR, borderValue=(WHITE,) * 3)
    factor = min(max(to_dpi / dpi, 1.0), 4.0)
    grown = scaled(np.asarray(level, np.uint8), factor)
    unturn = cv2.invertAffineTransform(turn)
    back = np.array(
        [
            [unturn[0, 0] / factor, unturn[0, 1] / factor, unturn[0, 2]],
            [unturn[1, 0] / factor, unturn[1, 1] / factor, unturn[1, 2]],
        ]
    )
    back[0] = back[0] / width * taken.width
    back[1] = back[1] / height * taken.height
    back[0, 2] += taken.x0
    back[1, 2] += taken.y0
    return Cut(grown, round(dpi * factor), back)


def without_rules(cut: Cut, *, dots: bool = True) -> Cut:
    """Return a gray cut without its long rules and, on request, without dotted lines; padded with paper."""
    mm = cut.dpi / 25.4
    gray = cut.pixels.copy()
    gray[_long_rules(gray, mm) > 0] = WHITE
    if dots:
        gray[_dotted_rows(gray, mm) > 0] = WHITE
    pad = round(_PAD_MM * mm)
    padded = cv2.copyMakeBorder(gray, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(WHITE,))
    back = cut.back.copy()
    back[:, 2] -= back[:, :2] @ np.array([pad, pad])
    return Cut(np.asarray(padded, np.uint8), cut.dpi, back)


def _long_rules(gray: Gray, mm: float) -> Gray:
    """Return 1 on straight thin strokes, level or upright; pale rubber and small gaps are borne.

    A stroke counts by the share of ink along it, so that a rule printed in patches is still one rule while
    a row of letters, which has as much paper as ink, is none.
    """
    ink = np.asarray(gray < _ink_from(gray), np.uint8)
    level = _thin_strokes(ink, round(_LONG_RULE_MM * mm), mm)
    upright = _thin_strokes(np.ascontiguousarray(ink.T), round(_LONG_POST_MM * mm), mm).T
    return np.asarray(cv2.dilate(cv2.bitwise_or(level, upright), np.ones((3, 3), np.uint8)), np.uint8)


def _ink_from(gray: Gray) -> float:
    """Gray below which a pixel is ink: above Otsu's step, for the pale edges of rubber."""
    step, _ = cv2.threshold(gray, 0, WHITE, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return min((step + WHITE) / 2, step + _PALER) if step > 0 else float(_INK)


def _thin_strokes(ink: Gray, long_px: int, mm: float) -> Gray:
    lean = max(round(mm * _LEAN_MM), 3)
    fat = cv2.dilate(ink, np.ones((lean, 1), np.uint8))
    share = cv2.boxFilter(fat.astype(np.float32), -1, (long_px, 1), borderType=cv2.BORDER_CONSTANT)
    reach = cv2.dilate(np.asarray(share > _UNBROKEN, np.uint8), np.ones((1, long_px), np.uint8))
    run = np.asarray(cv2.bitwise_and(reach, fat), np.uint8)
    bulky = cv2.morphologyEx(run, cv2.MORPH_OPEN, np.ones((round(_THICKEST_MM * mm), 1), np.uint8))
    return np.asarray(cv2.subtract(run, bulky), np.uint8)


def _dotted_rows(gray: Gray, mm: float) -> Gray:
    """Return 1 on the dots of dotted lines: many small spots on one height."""
    ink = np.asarray(gray < _INK, np.uint8)
    count, labels, stats, middles = cv2.connectedComponentsWithStats(ink)
    spots = [i for i in range(1, count) if stats[i][2] < _DOT_MM[0] * mm and stats[i][3] < _DOT_MM[1] * mm]
    heights = np.array([middles[i][1] for i in spots])
    dots = [
        i for i, y in zip(spots, heights, strict=True)
        if int((np.abs(heights - y) < _DOT_ROW_MM * mm).sum()) >= _DOTS_IN_A_ROW
    ]  # fmt: skip
    mask = np.asarray(np.isin(labels, dots), np.uint8)
    return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), np.uint8)
