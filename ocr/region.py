"""Read what stands inside a box that a person drew on a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from documents.errors import Broken
from documents.page import Box, Line
from ocr.cuts import cut_out
from ocr.engine import Engine, Layout
from ocr.inks import all_ink
from ocr.limits import Limits
from ocr.opened_page import OpenedPage, open_page
from ocr.raster import Gray, padded
from ocr.spreads import open_pages

_MARGIN_MM = 0.3
_LEAST_CONFIDENCE = 45.0
"""Of a word, in per cent; a person looks at what was read, and a word left out is easily typed."""


def read_region(path: Path, page: int, box: Box, *, engine: Engine, limits: Limits) -> tuple[str, ...]:
    """Return the lines inside `box` of page `page`, top to bottom; none where there is no print.

    A page's own words are taken where they can be trusted. Print is read without coloured ink first, then
    with every ink: so what a stamp bears can be read too.

    Args:
        path: The file the document was read from.
        page: Counted from 1.
        box: Fractions of the page, in the coordinates of the first reading.
        engine: What turns pictures into words.
        limits: What the file may cost.

    Raises:
        Broken: the page is not in the file.
        Unreadable: one of its other kinds, when the file no longer opens.
        EngineMissing, EngineFailed: from the engine.
    """
    with open_pages(path, limits) as source:
        if not 1 <= page <= source.page_count:
            raise Broken(detail=f"không có trang {page}")
        opened = open_page(source, page, engine)
    if opened.layer and (own := _inside(opened.layer, box)):
        return own
    dpi = opened.clean.seen.dpi
    for pixels in _ways_to_see(opened):
        cut = cut_out(pixels, box, dpi=dpi, margin_mm=_MARGIN_MM)
        lines = engine.read_lines(padded(cut.pixels), dpi=cut.dpi, layout=Layout.BLOCK)
        if said := tuple(text for line in lines if (text := _sure(line))):
            return said
    return ()


def _sure(line: Line) -> str:
    """The words of a line that the engine is fairly sure of: specks and edges of a stamp are not print."""
    return " ".join(w.text for w in line.words if w.confidence is None or w.confidence >= _LEAST_CONFIDENCE)


def _inside(lines: tuple[Line, ...], box: Box) -> tuple[str, ...]:
    texts = (" ".join(w.text for w in line.words if _has_middle(box, w.box)) for line in lines)
    return tuple(text for text in texts if text)


def _has_middle(box: Box, word: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _ways_to_see(opened: OpenedPage) -> Iterator[Gray]:
    yield opened.clean.gray
    if opened.clean.seen.has_colour:
        yield all_ink(opened.clean.seen.pixels)
