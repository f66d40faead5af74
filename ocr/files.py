"""What kind of file it is, proved by opening it; the source of its pages.

The content decides, never the name. A file that opens here may still be damaged further in: the pages say
so when they are decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from documents.errors import Broken, EmptyFile, TooLarge, UnknownKind
from documents.page import Annotation, Box, Line, SignaturePanel
from ocr.limits import Limits
from ocr.pdf import PdfFile
from ocr.pictures import PictureFile
from ocr.placed_words import Mount
from ocr.raster import Raster

PDF = "application/pdf"
_MAGIC = (
    (b"%PDF-", PDF),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_HEAD = 1024
"""Bytes within which a PDF header may stand, as PDF readers allow."""
_OTHER_KINDS = re.compile(
    rb"PK\x03\x04|PK\x05\x06|MZ|\x7fELF|Rar!|7z\xbc\xaf|\s*<(!doctype|html|\?xml|svg)", re.I
)
_CHECKED_PAGES = 20
"""Pages whose image sizes are looked at before any reading; the others are when their turn comes."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What opening a file proves. `flags` as in `documents.page.Paper`."""

    media_type: str
    page_count: int
    flags: tuple[str, ...] = ()


class PageSource(Protocol):
    """A file as pages, numbered from 1. Every method raises the `Unreadable` kinds and nothing else."""

    media_type: str
    page_count: int

    def check_page(self, number: int) -> None:
        """Raise `PictureTooLarge` from headers alone."""

    def picture(self, number: int) -> Raster:
        """The page as one sees it."""
        ...

    def mount(self, number: int) -> Mount:
        """Where that picture is mounted on the file's sheet."""
        ...

    def is_scan(self, number: int) -> bool:
        """Whether the page is nothing but a picture."""
        ...

    def words(self, number: int) -> tuple[Line, ...]:
        """The file's own words, unproven."""
        ...

    def annotations(self, number: int) -> tuple[Annotation, ...]:
        """Text in annotations of the page."""
        ...

    def signature_boxes(self, number: int) -> tuple[Box, ...]:
        """Where signatures show on the page."""
        ...

    def flags(self) -> tuple[str, ...]:
        """What a person should know of the file."""
        ...

    def signatures(self) -> tuple[SignaturePanel, ...]:
        """What the file's signatures say of themselves."""
        ...

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """Title, author and the like."""
        ...

    def close(self) -> None:
        """Let the file go."""


def sniff(head: bytes) -> str | None:
    """Return the media type that the first bytes of a file show, None for kinds that are not taken.

    >>> sniff(b"%PDF-1.7")
    'application/pdf'
    """
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if not _OTHER_KINDS.match(head) and b"%PDF-" in head[:_HEAD]:
        return PDF
    return None


@contextmanager
def open_source(path: Path, limits: Limits) -> Iterator[PageSource]:
    """Open a file as a source of pages, by its content.

    Raises:
        EmptyFile, UnknownKind, Encrypted, Broken, NoPages, TooLarge, TooManyPages, PictureTooLarge.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD + 5)
    except OSError as trouble:
        raise Broken(detail="không đọc được tệp") from trouble
    if size == 0:
        raise EmptyFile()
    if size > limits.file_mb * 1_000_000:
        raise TooLarge(size_mb=-(-size // 1_000_000), limit_mb=limits.file_mb)
    media_type = sniff(head)
    if media_type is None:
        raise UnknownKind()
    source: PageSource
    source = PdfFile(path, limits) if media_type == PDF else PictureFile(path, limits, media_type)
    try:
        yield source
    finally:
        source.close()


def inspect_file(path: Path, limits: Limits) -> FileFacts:
    """Open a file to prove that it can become a document; no page is recognised.

    Raises:
        EmptyFile: no bytes.
        UnknownKind: not PDF, TIFF, JPEG or PNG by content.
        Encrypted: asks for a password.
        Broken: cannot be opened.
        NoPages, TooLarge, TooManyPages, PictureTooLarge: by the limits.
    """
    with open_source(path, limits) as source:
        for number in range(1, min(source.page_count, _CHECKED_PAGES) + 1):
            source.check_page(number)
        return FileFacts(source.media_type, source.page_count, source.flags())
