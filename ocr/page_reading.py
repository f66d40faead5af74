"""Read one page: what stands in frames, then the text, then what is set apart from it.

Of page 1 the upper part can be read first, and the rest from there: `Begun` is what was read before anything
was set apart, so that a page read in two parts is put together as one read at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from documents.page import Annotation, Line, Page, Region, RegionKind, Source
from ocr.coarse import read_enlarged
from ocr.engine import Engine
from ocr.files import PageSource
from ocr.frames import Frame, find_seals
from ocr.kept_pages import KEPT
from ocr.kept_words import Begun, LaidUnder, PageRead
from ocr.marks import find_marks
from ocr.opened_page import OpenedPage
from ocr.other_ink import with_other_ink
from ocr.panels import find_panels
from ocr.placed_words import place_words
from ocr.raster import Gray
from ocr.stamp_traces import find_traces
from ocr.stamps import blanked, find_stamps, find_unframed_stamps, lines_beside, lines_outside, lines_under
from ocr.upper_part import find_end_of_upper_part, lines_of_part
from ocr.words import without_rubbish

_LEAST_PHOTO_DPI = 70
"""Dots per inch below which a photograph shows print of 13 points with strokes thinner than its pixels."""


def read_page(
    source: PageSource, opened: OpenedPage, engine: Engine, *, begun: Begun | None, only_top: bool
) -> PageRead:
    """Read a page, or its upper part, from where `begun` stopped.

    Args:
        source: The file; its annotations and signature boxes are asked for.
        opened: The page.
        engine: What turns pictures into words.
        begun: What an earlier reading left; None where there was none.
        only_top: Whether to stop after the upper part, where the page can be parted.
    """
    KEPT.keep(opened)
    clean, number = opened.clean, opened.number
    begun = begun or _begin(opened, engine)
    if not opened.is_drawn_text:
        stamps = (r.box.y1 for r in begun.regions if r.kind is RegionKind.ARRIVAL_STAMP)
        end = find_end_of_upper_part(clean, below=stamps) if only_top else 1.0
        begun = _read_on(opened, begun, end, engine)
    lines, regions = begun.lines, begun.regions
    if not opened.is_drawn_text:
        regions = tuple(with_other_ink(clean, region, lines) for region in regions)
    annotations = _annotations(source, opened)
    boxes = (clean.placed(box) for box in source.signature_boxes(number))
    regions += find_panels(lines, boxes, annotations)
    unframed = find_unframed_stamps(clean, lines, engine) if number == 1 else ()
    worn: tuple[Region, ...] = ()
    if number == 1 and not any(_is_read_stamp(region) for region in regions + unframed):
        traces = find_traces(clean, lines, regions, engine, down_to=begun.read_to)
        regions, worn = _with_traces(regions, traces)
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
        begun.read_to,
    )
    layer = None
    if opened.layer_is_good:
        layer = replace(page, lines=opened.layer, regions=(), source=Source.TEXT_LAYER)
    is_whole = page.is_whole
    return PageRead(
        page,
        opened,
        layer,
        annotations,
        _to_lay_under(source, opened, page) if is_whole else None,
        begun=None if is_whole else begun,
        is_too_small=clean.taken_dpi is not None and clean.taken_dpi < _LEAST_PHOTO_DPI,
    )


def _begin(opened: OpenedPage, engine: Engine) -> Begun:
    """The page before its text is read: what stands in frames, and words that need no reading."""
    regions = _framed_regions(opened, engine)
    return Begun(opened.layer, regions, 1.0) if opened.is_drawn_text else Begun((), regions, 0.0)


def _read_on(opened: OpenedPage, begun: Begun, end: float, engine: Engine) -> Begun:
    """Read the text from where it was left down to `end`."""
    clean = opened.clean
    gray = blanked(clean, (r for r in begun.regions if r.lines))

    def read(part: Gray) -> tuple[Line, ...]:
        found = read_enlarged(part, clean.seen.dpi, engine, sharpness_dpi=clean.sharpness_dpi)
        return without_rubbish(found)

    lines = (*begun.lines, *lines_of_part(gray, begun.read_to, end, read))
    return Begun(lines, begun.regions, end)


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
    if opened.number != 1:
        return _seals(find_seals(clean))
    frames, sealing = KEPT.frames_of(opened)
    stamps = find_stamps(clean, frames, engine)
    read = [r.box for r in stamps if r.lines]
    marks = find_marks(clean, [f for f in frames if not any(f.box.overlap(b) > 0 for b in read)], engine)
    known = [m.box for m in marks if m.lines]
    stamps = tuple(s for s in stamps if s.lines or not any(s.box.overlap(b) > 0 for b in known))
    return stamps + marks + _seals(sealing)


def _seals(frames: Iterable[Frame]) -> tuple[Region, ...]:
    return tuple(Region(RegionKind.SEAL, f.box, (), f.ink) for f in frames)


def _with_traces(
    regions: tuple[Region, ...], traces: tuple[Region, ...]
) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """Return the regions with traces of stamps that were not read, and apart from them those that were."""
    unread = [r for r in regions if r.kind is RegionKind.ARRIVAL_STAMP]
    if read := tuple(trace for trace in traces if trace.lines):
        return tuple(r for r in regions if r not in unread), read
    return regions + tuple(t for t in traces if not any(t.box.overlap(r.box) for r in unread)), ()


def _is_read_stamp(region: Region) -> bool:
    return region.kind is RegionKind.ARRIVAL_STAMP and bool(region.lines)


def _set_apart(regions: Iterable[Region]) -> tuple[Region, ...]:
    """Regions whose words are not the document's own; of a stamp that was not read nobody knows."""
    unread = (RegionKind.ARRIVAL_STAMP, ())
    return tuple(r for r in regions if r.kind is not RegionKind.SEAL and (r.kind, r.lines) != unread)


def _annotations(source: PageSource, opened: OpenedPage) -> tuple[Annotation, ...]:
    return tuple(
        replace(a, box=opened.clean.placed(a.box) if a.box else None)
        for a in source.annotations(opened.number)
    )
