"""What both lanes do with a claimed document: have it read, keep its pictures, take its text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from documents.events import PageKept
from documents.page import Paper
from documents.reading import FieldName
from documents.record import Claim
from gateways.store import Beside
from ocr.read import PagePicture
from office.office import Office
from office.reading import FirstReading, Reader

Clock = Callable[[], dt.datetime]
"""Tells the moment, aware UTC; the doors pass the real one."""


def read_claimed(
    office: Office,
    reader: Reader,
    claimed: Claim,
    folder: Path,
    *,
    full: bool,
    twice: frozenset[FieldName] = frozenset(FieldName),
) -> FirstReading:
    """Read its head, or every page when `full`, from where an earlier reading stopped; see `Reader.read`."""
    return reader.read(
        office.store.path_of(claimed.sha256),
        file_name=claimed.file_name,
        sha256=claimed.sha256,
        full=full,
        pictures_to=folder,
        known_words=office.store.beside(claimed.sha256, Beside.WORDS) if full else folder / "words",
        twice=twice,
    )


def keep_pictures(office: Office, pictures: tuple[PagePicture, ...]) -> tuple[PageKept, ...]:
    """Put page pictures into the store."""
    return tuple(
        PageKept(
            number=picture.number,
            picture_sha256=office.store.keep(picture.path).sha256,
            width_px=picture.width_px,
            height_px=picture.height_px,
        )
        for picture in pictures
    )


def text_of(paper: Paper) -> str:
    """Everything read, page by page, stamps included, for the search."""
    parts = []
    for page in paper.pages:
        parts.append(page.text)
        parts.extend(line.text for region in page.regions for line in region.lines)
    return "\n".join(parts)


def worker_of(claimed: Claim) -> str:
    """Who acts, for the audit."""
    return f"reader:{claimed.attempt}"
