"""Read a paper: from a file to words with their places.

`read_paper` tells the whole run, `ocr.page_reading` what one page goes through. Of page 1 the upper part can
be read first (`Depth.TOP`); a later reading goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from pathlib import Path

from documents.errors import Broken, SecretMark
from documents.page import Page, Paper, SignaturePanel
from documents.text import fold
from ocr.engine import Engine
from ocr.files import PageSource
from ocr.kept_pages import KEPT
from ocr.kept_words import PageRead, keep_words, load_words
from ocr.limits import Limits
from ocr.marks import columns_of, has_secret_mark
from ocr.opened_page import open_page
from ocr.page_reading import read_page
from ocr.screen import PagePicture
from ocr.searchable import as_sheets, make_searchable
from ocr.signed_page import SIGNED_WITH, find_signed_pages
from ocr.spreads import open_pages

__all__ = ["Depth", "PagePicture", "PageRead", "PaperRead", "read_paper"]

_LEAST_PHOTO_DPI = 70
"""Dots per inch below which a photograph shows print of 13 points with strokes thinner than its pixels."""


class Depth(Enum):
    """How much of a paper is read."""

    TOP = "top"
    """The upper part of page 1, where a document says what it is; all of page 1 where it cannot be parted."""
    HEAD = "head"
    """Page 1, then the page that is signed."""
    FULL = "full"
    """Every page, up to `Limits.ocr_pages`."""


@dataclass(frozen=True, slots=True)
class PaperRead:
    """A paper as read, and the pictures kept for the screen."""

    paper: Paper
    pictures: tuple[PagePicture, ...] = ()
    words: Path | None = None
    """What later readings need not read again (`ocr.kept_words`)."""
    searchable: Path | None = None
    """The paper with its words laid under its pages; None where all its pages bear their own."""


def read_paper(
    path: Path,
    *,
    file_name: str,
    sha256: str,
    engine: Engine,
    depth: Depth,
    limits: Limits,
    pictures_to: Path | None = None,
    known_words: Path | None = None,
    on_page: Callable[[int], None] | None = None,
) -> PaperRead:
    """Read a paper.

    Args:
        path: The file; its content decides what it is.
        file_name: Its name as it arrived, kept as a hint.
        sha256: Its hash, kept as its identity.
        engine: What turns pictures into words.
        depth: `TOP` reads the upper part of page 1; `HEAD` reads page 1 and then pages until one says
            `Nơi nhận`, at most `limits.signature_pages`: the last, those that bear a seal as signatures do,
            and from both ends inward; `FULL` reads every page.
        limits: What the file may cost.
        pictures_to: A folder that exists, for page pictures, the words and, with `FULL`, the searchable
            form; None keeps none.
        known_words: What an earlier reading of the same file kept; its pages are not read again, and no
            picture of them is kept; a page that was begun is read on. One that does not fit is as none.
        on_page: Called with the number of each page when it is done.

    Returns:
        The paper; boxes are fractions of the upright, straight page, which is also the page's picture.

    Raises:
        SecretMark: page 1 carries a secrecy mark; nothing was kept.
        Unreadable: one of its other kinds, as `ocr.files.inspect_file` and the pages say.
        EngineMissing, EngineFailed: from the engine.
    """
    KEPT.start(path)
    known = load_words(known_words, sha256=sha256, engine=engine.name) if known_words else {}
    with open_pages(path, limits) as source:
        reads: list[PageRead] = []
        for number in _pages_to_read(source, depth, limits, reads):
            read = known.get(number)
            if read is None or (read.begun is not None and depth is not Depth.TOP):
                opened = KEPT.find(path, number) or open_page(source, number, engine)
                read = read_page(
                    source, opened, engine, begun=read.begun if read else None, only_top=depth is Depth.TOP
                )
            if number == 1 and has_secret_mark(read.page.lines, read.page.regions):
                raise SecretMark()
            reads.append(read.put_away(pictures_to))
            if on_page is not None:
                on_page(number)
        reads.sort(key=lambda r: r.page.number)
        paper = _paper(source, file_name, sha256, reads, cut_short=_is_cut_short(source, depth, limits))
        paper = replace(paper, is_begun=depth is Depth.TOP)
    pictures = tuple(r.picture for r in reads if r.picture is not None)
    if pictures_to is None:
        return PaperRead(paper)
    words = keep_words(reads, pictures_to / "words", sha256=sha256, engine=engine.name)
    searchable = (
        _searchable(path, paper, reads, pictures_to / "searchable.pdf") if depth is Depth.FULL else None
    )
    return PaperRead(paper, pictures, words, searchable)


def _searchable(path: Path, paper: Paper, reads: Iterable[PageRead], to: Path) -> Path | None:
    """The searchable form, where a page has words to lay under it and the file can be followed."""
    sheets = as_sheets((r.under.sheet, r.under.words, r.under.replaces_text) for r in reads if r.under)
    if not any(sheet.words for sheet in sheets.values()):
        return None
    try:
        make_searchable(path, paper.media_type, sheets, sha256=paper.sha256, to=to)
    except Broken:
        return None
    return to


def _pages_to_read(source: PageSource, depth: Depth, limits: Limits, done: list[PageRead]) -> Iterator[int]:
    """Yield page numbers; with `HEAD`, ask after each whether what was read is enough."""
    if depth is Depth.FULL:
        yield from range(1, min(source.page_count, limits.ocr_pages) + 1)
        return
    yield 1
    if depth is Depth.TOP:
        return
    for number in islice(_likely_signed(source, limits), limits.signature_pages):
        if any(_is_signed(read.page) for read in done):
            return
        yield number


def _likely_signed(source: PageSource, limits: Limits) -> Iterator[int]:
    """Pages after the first, likely ones before others; seals are sought only when the last is not enough."""
    order = _from_both_ends(2, source.page_count)
    yield from order[:1]
    sealed: list[int] = []
    if len(order) > limits.signature_pages:
        for number in find_signed_pages(source, sorted(order[1:])):
            sealed.append(number)
            yield number
    yield from (number for number in order[1:] if number not in sealed)


def _from_both_ends(first: int, last: int) -> list[int]:
    """The last page, the first, the last but one …: annexes hide the signature behind a short letter.

    >>> _from_both_ends(2, 6)
    [6, 2, 5, 3, 4]
    """
    pages = list(range(first, last + 1))
    order: list[int] = []
    while pages:
        order.append(pages.pop(-1 if len(order) % 2 == 0 else 0))
    return order


def _is_signed(page: Page) -> bool:
    parts = (part for line in page.lines for part in columns_of(line))
    return any(fold(part.text).startswith(SIGNED_WITH) for part in parts)


def _is_cut_short(source: PageSource, depth: Depth, limits: Limits) -> bool:
    return depth is Depth.FULL and source.page_count > limits.ocr_pages


def _paper(
    source: PageSource, file_name: str, sha256: str, reads: Iterable[PageRead], *, cut_short: bool
) -> Paper:
    reads = tuple(reads)
    annotations = tuple(a for read in reads for a in read.annotations)
    signatures = source.signatures()
    flags = (
        *source.flags(),
        *_signature_flags(signatures),
        *(("photo_too_small",) if any(read.is_too_small for read in reads) else ()),
        *(("annotated",) if annotations else ()),
        *(("more_pages_unread",) if cut_short else ()),
    )
    return Paper(
        file_name=file_name,
        sha256=sha256,
        media_type=source.media_type,
        page_count=source.page_count,
        pages=tuple(read.page for read in reads),
        text_layer=tuple(read.layer for read in reads if read.layer is not None),
        annotations=annotations,
        signatures=signatures,
        metadata=source.metadata(),
        flags=flags,
    )


def _signature_flags(signatures: Iterable[SignaturePanel]) -> tuple[str, ...]:
    """`signature_broken` when the file was changed after it was signed, `signature_intact` when none was."""
    states = {panel.intact for panel in signatures}
    if False in states:
        return ("signature_broken",)
    return ("signature_intact",) if states == {True} else ()
