"""Pages as read, kept in a file between the two lanes: the second lane reads only what the first did not.

The file belongs to one paper by its hash, to one engine and to one version of this module; any other is no
file at all, and the pages are read again. It is written and read in the workshop's children.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from documents.page import Annotation, Box, Line, Page, Region, RegionKind, Source, Word
from ocr.opened_page import OpenedPage
from ocr.placed_words import PlacedWord
from ocr.screen import PagePicture, keep_picture

VERSION: Final = 2
_LONGEST: Final = 256 * 1024 * 1024
"""Bytes of the file unpacked; more is no file of ours."""


@dataclass(frozen=True, slots=True)
class LaidUnder:
    """The words of a page as they lie on its sheet, for the searchable form."""

    sheet: int
    words: tuple[PlacedWord, ...]
    replaces_text: bool
    """Whether the sheet bears words already, which are not trusted."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A page read down to `read_to` (fraction of its height), before any of its words were set apart."""

    lines: tuple[Line, ...]
    regions: tuple[Region, ...]
    read_to: float


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as read, with what else the file says of it; `opened` is let go when the page is done."""

    page: Page
    opened: OpenedPage | None = None
    layer: Page | None = None
    annotations: tuple[Annotation, ...] = ()
    under: LaidUnder | None = None
    """None where the page's own words are good."""
    picture: PagePicture | None = None
    begun: Begun | None = None
    """Of a page read in part, what a later reading goes on from."""
    is_too_small: bool = False
    """Whether it is a photograph taken from too far away for its print to be read surely."""

    def put_away(self, folder: Path | None) -> PageRead:
        """Let the page's pixels go, its picture kept in `folder` where there is one."""
        if self.opened is None or folder is None:
            return replace(self, opened=None)
        picture = keep_picture(self.opened.clean.seen, self.page.number, folder)
        return replace(self, picture=picture, opened=None)


def keep_words(reads: Iterable[PageRead], file: Path, *, sha256: str, engine: str) -> Path:
    """Write the pages to `file` and return it."""
    kept = {**_heading(sha256, engine), "pages": [_read_as_json(read) for read in reads]}
    file.write_bytes(zlib.compress(json.dumps(kept, ensure_ascii=False).encode(), 6))
    return file


def load_words(file: Path, *, sha256: str, engine: str) -> dict[int, PageRead]:
    """Return the pages kept in `file` by number; none when it is missing, damaged or of something else."""
    try:
        packed = zlib.decompressobj()
        kept = json.loads(packed.decompress(file.read_bytes(), _LONGEST))
        if any(kept[key] != value for key, value in _heading(sha256, engine).items()):
            return {}
        reads = [_read_of(one) for one in kept["pages"]]
    except (OSError, zlib.error, ValueError, KeyError, TypeError):
        return {}
    return {read.page.number: read for read in reads}


def _heading(sha256: str, engine: str) -> dict[str, object]:
    return {"version": VERSION, "of": sha256, "engine": engine}


def _read_as_json(read: PageRead) -> dict[str, Any]:
    return {
        "page": _page_as_json(read.page),
        "layer": _page_as_json(read.layer) if read.layer else None,
        "annotations": [[a.page, a.text, _box_as_json(a.box)] for a in read.annotations],
        "under": _under_as_json(read.under) if read.under else None,
        "begun": _begun_as_json(read.begun) if read.begun else None,
        "too_small": read.is_too_small,
    }


def _read_of(kept: Mapping[str, Any]) -> PageRead:
    return PageRead(
        _page_of(kept["page"]),
        layer=_page_of(kept["layer"]) if kept["layer"] else None,
        annotations=tuple(Annotation(page, text, _box_of(box)) for page, text, box in kept["annotations"]),
        under=_under_of(kept["under"]) if kept["under"] else None,
        begun=_begun_of(kept["begun"]) if kept["begun"] else None,
        is_too_small=bool(kept["too_small"]),
    )


def _page_as_json(page: Page) -> dict[str, Any]:
    return {
        "is": [page.number, page.width_px, page.height_px, page.dpi, page.source, page.read_to],
        "lines": _lines_as_json(page.lines),
        "regions": _regions_as_json(page.regions),
    }


def _page_of(kept: Mapping[str, Any]) -> Page:
    number, width_px, height_px, dpi, source, read_to = kept["is"]
    lines, regions = _lines_of(kept["lines"]), _regions_of(kept["regions"])
    return Page(number, width_px, height_px, dpi, lines, regions, Source(source), float(read_to))


def _begun_as_json(begun: Begun) -> list[Any]:
    return [_lines_as_json(begun.lines), _regions_as_json(begun.regions), begun.read_to]


def _begun_of(kept: Sequence[Any]) -> Begun:
    lines, regions, read_to = kept
    return Begun(_lines_of(lines), _regions_of(regions), float(read_to))


def _regions_as_json(regions: Iterable[Region]) -> list[list[Any]]:
    return [[r.kind, _box_as_json(r.box), _lines_as_json(r.lines), r.ink] for r in regions]


def _regions_of(kept: Iterable[Sequence[Any]]) -> tuple[Region, ...]:
    return tuple(
        Region(RegionKind(kind), _sure_box(box), _lines_of(lines), ink) for kind, box, lines, ink in kept
    )


def _lines_as_json(lines: Iterable[Line]) -> list[list[Any]]:
    return [[[w.text, _box_as_json(w.box), w.confidence] for w in line.words] for line in lines]


def _lines_of(kept: Iterable[Iterable[Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(tuple(Word(text, _sure_box(box), confidence) for text, box, confidence in line)) for line in kept
    )


def _box_as_json(box: Box | None) -> list[float] | None:
    return [box.x0, box.y0, box.x1, box.y1] if box else None


def _box_of(kept: list[float] | None) -> Box | None:
    return _sure_box(kept) if kept else None


def _sure_box(kept: list[float]) -> Box:
    x0, y0, x1, y1 = (float(v) for v in kept)
    return Box(x0, y0, x1, y1)


def _under_as_json(under: LaidUnder) -> list[Any]:
    words = [[w.text, *w.foot, *w.along, *w.up] for w in under.words]
    return [under.sheet, under.replaces_text, words]


def _under_of(kept: list[Any]) -> LaidUnder:
    sheet, replaces, words = kept
    return LaidUnder(
        sheet,
        tuple(PlacedWord(text, (x, y), (ax, ay), (ux, uy)) for text, x, y, ax, ay, ux, uy in words),
        replaces_text=replaces,
    )
