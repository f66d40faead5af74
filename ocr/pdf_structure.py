"""What a PDF carries beside its pictures: signatures, annotations, metadata, the kind of its images.

Read with pypdf. A structure that pypdf cannot follow is no reason to refuse a file that PDFium can draw: it
then counts as unknown, and the file is flagged `repaired`.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from documents.page import SignaturePanel
from documents.text import nfc

T = TypeVar("T")

_UNSEEN = frozenset({"/Link", "/Popup", "/TrapNet", "/PrinterMark", "/Watermark3D"})
_HIDDEN, _NO_VIEW = 2, 32  # bits of /F, ISO 32000-1 table 165
_DEEPEST = 3
_MOST_FIELDS = 200
_METADATA = ("/Title", "/Author", "/Subject", "/Creator", "/Producer", "/CreationDate", "/ModDate")
_REPAIRED = re.compile(r"startxref|xref|EOF marker|invalid pdf header|not defined|trailer", re.IGNORECASE)
_SIGNED_BY = re.compile(r"^(?P<signer>[^<]{3,150}?)\s*<[^>]*>\s*đã ký", re.IGNORECASE)
_MOMENT = re.compile(
    r"D:(?P<y>\d{4})(?P<mo>\d\d)(?P<d>\d\d)(?P<h>\d\d)?(?P<mi>\d\d)?(?P<s>\d\d)?"
    r"(?:(?P<sign>[+-])(?P<oh>\d\d)'?(?P<om>\d\d)?|(?P<z>Z))?"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation that shows: its rectangle in points of PDF space, and its own words if it states any."""

    kind: str
    rect: tuple[float, float, float, float]
    is_signature: bool
    contents: str | None
    is_drawn: bool
    """Whether it brings its own drawing; one without is not seen in the picture."""


class PdfStructure:
    """A PDF's structure; every question is answered, with nothing when the file is too damaged to tell."""

    def __init__(self, path: Path) -> None:
        self._complaints = _Complaints()
        self._marks: dict[int, tuple[Mark, ...]] = {}
        with self._complaints:
            self._reader = self._ask(lambda: _read(path), None)
            self.page_count: int | None = self._ask(
                lambda: len(self._reader.pages) if self._reader else None, None
            )
            self.is_encrypted = self._ask(lambda: bool(self._reader and self._reader.is_encrypted), False)
            no_signatures: tuple[SignaturePanel, ...] = ()
            self.signatures = self._ask(self._list_signatures, no_signatures)
            no_metadata: tuple[tuple[str, str], ...] = ()
            self.metadata = self._ask(self._list_metadata, no_metadata)

    def _ask(self, question: Callable[[], T], otherwise: T) -> T:
        try:
            return question()
        except MemoryError:
            raise
        except Exception:
            self._complaints.count += 1
            return otherwise

    @property
    def is_repaired(self) -> bool:
        """Whether pypdf had to guess, or gave up."""
        return self._complaints.count > 0

    def visible_marks(self, number: int) -> tuple[Mark, ...]:
        """Annotations of page `number` (from 1) that a person sees."""
        if number not in self._marks:
            self._marks[number] = self._ask(lambda: tuple(_visible_marks(self._page(number))), ())
        return self._marks[number]

    def is_plain_image(self, number: int) -> bool:
        """Whether the page names a single image, without mask, stencil or decode table."""

        def plain() -> bool:
            images = [i for i, _ in _images(self._page(number).get("/Resources"), 0)]
            return len(images) == 1 and not any(
                key in images[0] for key in ("/SMask", "/Mask", "/Decode", "/ImageMask")
            )

        return self._ask(plain, False)

    def image_sizes(self, number: int) -> tuple[tuple[int, int], ...]:
        """Width and height in pixels of every image the page names; nothing is decoded."""

        def sizes() -> tuple[tuple[int, int], ...]:
            found = _images(self._page(number).get("/Resources"), 0)
            return tuple((int(i.get("/Width", 0)), int(i.get("/Height", 0))) for i, _ in found)

        return self._ask(sizes, ())

    def _page(self, number: int) -> DictionaryObject:
        if self._reader is None:
            return DictionaryObject()
        return self._reader.pages[number - 1]

    def _list_metadata(self) -> tuple[tuple[str, str], ...]:
        told: Mapping[str, Any] = (self._reader.metadata if self._reader else None) or {}
        return tuple((key[1:], nfc(str(told[key]))[:500]) for key in _METADATA if key in told)

    def _list_signatures(self) -> tuple[SignaturePanel, ...]:
        if self._reader is None:
            return ()
        form = self._reader.root_object.get("/AcroForm")
        fields = form.get_object().get("/Fields") if form else None
        return tuple(_panel(value) for value in _signature_values(fields, 0))


def _read(path: Path) -> PdfReader:
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    return reader


def _images(resources: Any, depth: int) -> Iterator[tuple[DictionaryObject, str]]:
    resources = resources.get_object() if resources is not None else None
    if not isinstance(resources, DictionaryObject) or depth > _DEEPEST:
        return
    things = resources.get("/XObject")
    things = things.get_object() if things is not None else {}
    for name in things:
        thing = things[name].get_object()
        if thing.get("/Subtype") == "/Image":
            yield thing, str(name)
        elif thing.get("/Subtype") == "/Form":
            yield from _images(thing.get("/Resources"), depth + 1)


def _visible_marks(page: DictionaryObject) -> Iterator[Mark]:
    listed = page.get("/Annots")
    for entry in listed.get_object() if listed is not None else ():
        mark = entry.get_object()
        if not isinstance(mark, DictionaryObject) or mark.get("/Subtype") in _UNSEEN:
            continue
        if int(mark.get("/F", 0)) & (_HIDDEN | _NO_VIEW):
            continue
        x0, y0, x1, y1 = (float(v) for v in mark.get("/Rect", ArrayObject()))
        contents = mark.get("/Contents")
        if x0 != x1 and y0 != y1:
            yield Mark(
                str(mark.get("/Subtype")),
                (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)),
                mark.get("/FT") == "/Sig",
                nfc(str(contents)).strip() or None if contents is not None else None,
                "/AP" in mark,
            )


def _signature_values(fields: Any, depth: int) -> Iterator[DictionaryObject]:
    if fields is None or depth > _DEEPEST:
        return
    for entry in list(fields.get_object())[:_MOST_FIELDS]:
        field = entry.get_object()
        yield from _signature_values(field.get("/Kids"), depth + 1)
        if field.get("/FT") == "/Sig" and field.get("/V") is not None:
            value = field["/V"].get_object()
            if isinstance(value, DictionaryObject):
                yield value


def _panel(value: DictionaryObject) -> SignaturePanel:
    name, reason = value.get("/Name"), value.get("/Reason")
    said = _SIGNED_BY.match(nfc(str(reason))) if reason is not None else None
    signer = nfc(str(name)).strip() if name is not None else said["signer"].strip() if said else None
    return SignaturePanel(signer or None, iso_of(str(value.get("/M", ""))))


def iso_of(moment: str) -> str | None:
    """Return a PDF moment in ISO 8601; None when it is not one.

    >>> iso_of("D:20250107160232+07'00'")
    '2025-01-07T16:02:32+07:00'
    """
    if not (said := _MOMENT.match(moment)):
        return None
    zone = None
    if said["z"]:
        zone = dt.UTC
    elif said["sign"]:
        ahead = dt.timedelta(hours=int(said["oh"]), minutes=int(said["om"] or 0))
        zone = dt.timezone(ahead if said["sign"] == "+" else -ahead)
    parts = [int(said[k] or 0) for k in ("y", "mo", "d", "h", "mi", "s")]
    try:
        return dt.datetime(*parts, tzinfo=zone).isoformat()  # type: ignore[arg-type,misc]  # six plain numbers
    except ValueError:
        return None


class _Complaints(logging.Handler):
    """Counts what pypdf complains of while it mends a file, instead of letting it out on the console."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count complaints that mean the file was mended."""
        self.count += bool(_REPAIRED.search(record.getMessage()))

    def __enter__(self) -> None:
        log = logging.getLogger("pypdf")
        self._propagated, log.propagate = log.propagate, False
        log.addHandler(self)

    def __exit__(self, *_: object) -> None:
        log = logging.getLogger("pypdf")
        log.removeHandler(self)
        log.propagate = self._propagated
