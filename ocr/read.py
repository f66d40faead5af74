"""Read a paper: from a file to words with their places.

`read_paper` tells the whole run, `_read_page` what one page goes through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from pathlib import Path

from documents.errors import Broken, SecretMark
from documents.page import Annotation, Line, Page, Paper, Region, RegionKind, SignaturePanel, Source
from documents.text import fold
from ocr.coarse import read_enlarged
from ocr.engine import Engine
from ocr.files import PageSource
from ocr.frames import find_frames
from ocr.kept_pages import KEPT
from ocr.kept_words import LaidUnder, PageRead, keep_words, load_words
from ocr.limits import Limits
from ocr.marks import columns_of, find_marks, has_secret_mark
from ocr.opened_page import OpenedPage, open_page
from ocr.other_ink import with_other_ink
from ocr.panels import find_panels
from ocr.placed_words import place_words
from ocr.screen import PagePicture
from ocr.searchable import as_sheets, make_searchable
from ocr.signed_page import SIGNED_WITH, find_signed_pages
from ocr.spreads import open_pages
from ocr.stamp_traces import find_traces
from ocr.stamps import blanked, find_stamps, find_unframed_stamps, lines_beside, lines_outside, lines_under
from ocr.words import without_rubbish

__all__ = ["Depth", "PagePicture", "PageRead", "PaperRead", "read_paper"]

_LEAST_PHOTO_DPI = 70
"""Dots per inch below which a photograph shows print of 13 points with strokes thinner than its pixels."""


class Depth(Enum):
    """How much of a paper is read."""

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
        depth: `HEAD` reads page 1 and then pages until one says `Nơi nhận`, at most `limits.signature_pages`:
            the last, those that bear a seal as signatures do, and from both ends inward; `FULL` reads every
            page.
        limits: What the file may cost.
        pictures_to: A folder that exists, for page pictures, the words and, with `FULL`, the searchable
            form; None keeps none.
        known_words: What an earlier reading of the same file kept; its pages are not read again, and no
            picture of them is kept. One that does not fit is as none.
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
            read = known.get(number) or _read_page(source, number, engine)
            if number == 1 and has_secret_mark(read.page.lines, read.page.regions):
                raise SecretMark()
            reads.append(read.put_away(pictures_to))
            if on_page is not None:
                on_page(number)
        reads.sort(key=lambda r: r.page.number)
        paper = _paper(source, file_name, sha256, reads, cut_short=_is_cut_short(source, depth, limits))
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


def _read_page(source: PageSource, number: int, engine: Engine) -> PageRead:
    opened = open_page(source, number, engine)
    KEPT.keep(opened)
    clean = opened.clean
    regions = _framed_regions(opened, engine)
    if opened.is_drawn_text:
        lines: tuple[Line, ...] = opened.layer
    else:
        lines = _read_text(opened, regions, engine)
        regions = tuple(with_other_ink(clean, region, lines) for region in regions)
    unframed = find_unframed_stamps(clean, lines, engine) if number == 1 else ()
    annotations = _annotations(source, opened)
    boxes = (clean.placed(box) for box in source.signature_boxes(number))
    regions += find_panels(lines, boxes, annotations)
    worn: tuple[Region, ...] = ()
    if number == 1 and not any(_is_read_stamp(region) for region in regions + unframed):
        regions, worn = _with_traces(regions, find_traces(clean, lines, regions, engine))
        lines = lines_under(lines, worn)
    lines = lines_beside(lines_outside(lines, _set_apart(regions)), unframed)
    page = Page(
        number,
        clean.seen.width_px,
        clean.seen.height_px,
        clean.seen.dpi,
        lines,
        regions + unframed + worn,
        Source.TEXT_LAYER if opened.is_drawn_text else Source.OCR,
    )
    layer = None
    if opened.layer_is_good:
        layer = replace(page, lines=opened.layer, regions=(), source=Source.TEXT_LAYER)
    too_small = clean.taken_dpi is not None and clean.taken_dpi < _LEAST_PHOTO_DPI
    under = _to_lay_under(source, opened, page)
    return PageRead(page, opened, layer, annotations, under, is_too_small=too_small)


def _to_lay_under(source: PageSource, opened: OpenedPage, page: Page) -> LaidUnder | None:
    """What the searchable form needs; nothing where the page's own words are good."""
    if opened.layer_is_good:
        return None
    mount = source.mount(opened.number)
    lines = (*page.lines, *(line for region in page.regions for line in region.lines))
    replaces = source.is_scan(opened.number) and bool(source.words(opened.number))
    return LaidUnder(mount.sheet, place_words(lines, opened.clean, mount), replaces_text=replaces)


def _framed_regions(opened: OpenedPage, engine: Engine) -> tuple[Region, ...]:
    """Stamps, marks and seals; stamps and marks only on page 1, where they belong."""
    clean = opened.clean
    frames, sealing = find_frames(clean)
    seals = tuple(Region(RegionKind.SEAL, f.box, (), f.ink) for f in sealing)
    if opened.number != 1:
        return seals
    stamps = find_stamps(clean, frames, engine)
    read = [r.box for r in stamps if r.lines]
    marks = find_marks(clean, [f for f in frames if not any(f.box.overlap(b) > 0 for b in read)], engine)
    known = [m.box for m in marks if m.lines]
    stamps = tuple(s for s in stamps if s.lines or not any(s.box.overlap(b) > 0 for b in known))
    return stamps + marks + seals


def _is_read_stamp(region: Region) -> bool:
    return region.kind is RegionKind.ARRIVAL_STAMP and bool(region.lines)


def _with_traces(
    regions: tuple[Region, ...], traces: tuple[Region, ...]
) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """Return the regions with traces of stamps that were not read, and apart from them those that were."""
    read = tuple(trace for trace in traces if trace.lines)
    unread = [r for r in regions if r.kind is RegionKind.ARRIVAL_STAMP]
    if read:
        return tuple(r for r in regions if r not in unread), read
    new = tuple(t for t in traces if not any(t.box.overlap(r.box) for r in unread))
    return regions + new, ()


def _read_text(opened: OpenedPage, regions: tuple[Region, ...], engine: Engine) -> tuple[Line, ...]:
    clean = opened.clean
    gray = blanked(clean, (r for r in regions if r.lines))
    return without_rubbish(read_enlarged(gray, clean.seen.dpi, engine, sharpness_dpi=clean.sharpness_dpi))


def _set_apart(regions: Iterable[Region]) -> tuple[Region, ...]:
    """Regions whose words are not the document's own; of a stamp that was not read nobody knows."""
    unread = (RegionKind.ARRIVAL_STAMP, ())
    return tuple(r for r in regions if r.kind is not RegionKind.SEAL and (r.kind, r.lines) != unread)


def _annotations(source: PageSource, opened: OpenedPage) -> tuple[Annotation, ...]:
    return tuple(
        replace(a, box=opened.clean.placed(a.box) if a.box else None)
        for a in source.annotations(opened.number)
    )


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
