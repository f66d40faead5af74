"""Read a paper: from a file to words with their places.

`read_paper` tells the whole run. What a page goes through is told by `read_page`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from documents.page import Page, Paper, Source
from ocr.cleaning import CleanPage, straighten
from ocr.engine import Engine
from ocr.files import PageSource, open_source
from ocr.limits import Limits


class Depth(Enum):
    """How much of a paper is read."""

    HEAD = "head"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a page for the screen."""

    number: int
    path: Path
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class PaperRead:
    """A paper as read, and the pictures kept for the screen."""

    paper: Paper
    pictures: tuple[PagePicture, ...] = ()


def read_paper(
    path: Path,
    *,
    file_name: str,
    sha256: str,
    engine: Engine,
    depth: Depth,
    limits: Limits,
    pictures_to: Path | None = None,
    on_page: Callable[[int], None] | None = None,
) -> PaperRead:
    with open_source(path, limits) as source:
        numbers = range(1, source.page_count + 1)
        if depth is Depth.HEAD:
            numbers = sorted({1, source.page_count, max(source.page_count-1,1)})
        pages = tuple(read_page(source, n, engine) for n in numbers)
        paper = Paper(file_name, sha256, source.media_type, source.page_count, pages,
            annotations=tuple(a for n in numbers for a in source.annotations(n)),
            signatures=source.signatures(), metadata=source.metadata(), flags=source.flags())
    return PaperRead(paper)


def read_page(source: PageSource, number: int, engine: Engine) -> Page:
    clean = straighten(source.picture(number))
    gray, dpi = clean.fit_to_read()
    if not source.is_scan(number):
        layer = source.words(number)
        return Page(number, clean.seen.width_px, clean.seen.height_px, clean.seen.dpi, layer, source=Source.TEXT_LAYER)
    lines = engine.read_lines(gray, dpi=dpi)
    return Page(number, clean.seen.width_px, clean.seen.height_px, clean.seen.dpi, lines)
