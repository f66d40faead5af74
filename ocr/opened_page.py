"""A page opened for reading: its upright picture, and its own words where they can be trusted.

The first reading and every second look open a page in the same way and so speak of the same coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass

from documents.page import Line, Word
from ocr.cleaning import CleanPage, as_it_is
from ocr.engine import Engine
from ocr.files import PageSource
from ocr.flatten import flat_page, is_photograph
from ocr.orientation import make_upright
from ocr.text_layer import is_trustworthy


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """Page `number` ready to be read; `layer` is empty where the file's own words are not trusted."""

    number: int
    clean: CleanPage
    layer: tuple[Line, ...]
    is_drawn_text: bool
    """Whether the page was written by a program: its words need no recognition."""

    @property
    def layer_is_good(self) -> bool:
        """Whether the file's own words passed the test."""
        return bool(self.layer)


def open_page(source: PageSource, number: int, engine: Engine) -> OpenedPage:
    """Open page `number`; `engine` is asked only when the picture does not tell which way up it is."""
    raster = source.picture(number)
    words = source.words(number)
    is_scan = source.is_scan(number)
    if words and not is_scan:
        drawn = as_it_is(raster)
        if is_trustworthy(words, drawn.gray, raster.dpi, is_scan=False):
            return OpenedPage(number, drawn, words, is_drawn_text=True)
    clean = (flat_page if is_photograph(raster) else make_upright)(raster, engine)
    layer = tuple(_placed(line, clean) for line in words)
    good = bool(layer) and is_trustworthy(layer, clean.gray, clean.seen.dpi, is_scan=is_scan)
    return OpenedPage(number, clean, layer if good else (), is_drawn_text=False)


def _placed(line: Line, clean: CleanPage) -> Line:
    return Line(tuple(Word(w.text, clean.placed(w.box), w.confidence) for w in line.words))
