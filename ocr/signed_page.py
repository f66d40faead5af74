"""Find the page that is signed without reading any: by the seal over its signature, or the file's own words.

Of a long paper only a few pages are read. The last page is mostly an annex; which page is signed shows in a
small picture already: a whole round seal right of the middle. Annexes bear theirs at the left of their head,
and the seal across the edges of all pages (giáp lai) is not whole on any.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 8 (ô số 8; seals on annexes and across pages).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from documents.page import Line
from documents.text import fold
from ocr.files import PageSource
from ocr.inks import all_ink
from ocr.letter_rows import ink_level
from ocr.raster import Raster, scaled
from ocr.seal_rings import Circle, find_circles, ring_share

SIGNED_WITH = "noi nhan"
"""How the copy list begins, which stands on the page that is signed; folded."""
_LOOKING_DPI = 100
_MOST_SOUGHT = 60
"""Pages looked at: 0.05 to 0.1 s of a processor each."""
_LEAST_RING = 0.6
"""Share of a ring that is ink from which it is a seal's: those have 0.75, circles through text 0.35."""
_SIGNED_SIDE = (0.4, 0.92)


def find_signed_pages(source: PageSource, numbers: Iterable[int]) -> Iterator[int]:
    """Yield those of the pages `numbers`, in their order, that seem signed; at most 60 are looked at.

    Raises:
        Unreadable: one of its kinds, from the file.
    """
    for number in list(numbers)[:_MOST_SOUGHT]:
        if _says_so(source.words(number)) or (source.is_scan(number) and is_sealed(source.picture(number))):
            yield number


def is_sealed(picture: Raster) -> bool:
    """Whether a round seal stands where signatures do, right of the middle of the page."""
    gray = scaled(all_ink(picture.pixels), min(_LOOKING_DPI / picture.dpi, 1.0))
    mm = min(picture.dpi, _LOOKING_DPI) / 25.4
    ink = np.asarray(gray < ink_level(gray), np.uint8)
    return any(
        _stands_right(circle, gray.shape[1]) and ring_share(ink, circle, mm) >= _LEAST_RING
        for circle in find_circles(gray, ink, mm)
    )


def _stands_right(circle: Circle, width_px: int) -> bool:
    left, right = _SIGNED_SIDE
    return left * width_px <= circle.x <= right * width_px


def _says_so(lines: Iterable[Line]) -> bool:
    """Whether a line of the file's own words begins the copy list."""
    return any(fold(line.text).lstrip(" -_*").startswith(SIGNED_WITH) for line in lines)
