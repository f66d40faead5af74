"""Find where a name in script letters may stand: a row of joined, slanted letters, mostly of a rubber stamp.

Such letters hang together and are as tall as a signature's strokes, so `ocr.letter_rows` takes none of them
for a letter. They are found by what they are together: a low, long piece of ink below the seal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from ocr.raster import Gray
from ocr.seal_rings import Circle

_JOINED_MM, _FLAT_MM = 5.0, 1.0
_HEIGHT_MM, _LEAST_WIDTH_MM = (4.0, 15.0), 16.0
_LEAST_LONG = 2.0
"""How much longer than tall a name is."""
_MOST = 2
_MARGIN_MM = 1.0
_SPECK_MM2 = 0.1
_SEAL = 1.06


def find_script(soft: Gray, ink: Gray, circles: Sequence[Circle], mm: float) -> Iterator[Gray]:
    """Yield the pieces of `soft` that may be a name in script letters, the lowest first, two at most.

    Args:
        soft: The signature block in one ink, shape (height_px, width_px); 0 is ink.
        ink: 1 where `soft` is ink, of the same shape.
        circles: The seals in it; nothing inside them is looked at.
        mm: Pixels to a millimetre.
    """
    outside = ink.copy()
    for circle in circles:
        middle = (round(circle.x), round(circle.y))
        cv2.circle(outside, middle, round(_SEAL * circle.radius), (0,), cv2.FILLED)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(outside)
    kept = (stats[:, cv2.CC_STAT_AREA] >= _SPECK_MM2 * mm * mm) & (
        stats[:, cv2.CC_STAT_HEIGHT] <= _HEIGHT_MM[1] * mm
    )
    kept[0] = False
    beside = np.ones((max(round(_FLAT_MM * mm), 1), max(round(_JOINED_MM * mm), 1)), np.uint8)
    joined = cv2.morphologyEx(np.asarray(kept[labels], np.uint8), cv2.MORPH_CLOSE, beside)
    _, _, pieces, _ = cv2.connectedComponentsWithStats(np.asarray(joined, np.uint8))
    margin = round(_MARGIN_MM * mm)
    may_be = [piece for piece in pieces[1:].tolist() if _is_long(piece, mm)]
    for x, y, width, height, _ in sorted(may_be, key=lambda piece: -piece[1] - piece[3])[:_MOST]:
        top, left = max(y - margin, 0), max(x - margin, 0)
        yield soft[top : y + height + margin, left : x + width + margin]


def _is_long(piece: Sequence[int], mm: float) -> bool:
    _, _, width, height, _ = piece
    least, most = (v * mm for v in _HEIGHT_MM)
    return least <= height <= most and width >= max(_LEAST_WIDTH_MM * mm, _LEAST_LONG * height)
