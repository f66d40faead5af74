"""Every kind of file that an intake folder meets opens, or says in its own words why not."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from documents.errors import (
    Broken,
    EmptyFile,
    Encrypted,
    NoPages,
    PictureTooLarge,
    TooLarge,
    TooManyPages,
    Trouble,
    UnknownKind,
)
from ocr.files import inspect_file, open_source, sniff
from ocr.limits import Limits
from samples.electronic import save_born_digital
from samples.reports import guidance
from tests.ocr.pictures import ARRIVES, rewritten, rows_of_text, scan

LIMITS = Limits()
PAGE = rows_of_text()


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def with_signature(path: Path) -> Path:
    """A PDF that a signing program has been at: a signature field with a value, and its panel on page 1."""
    writer = PdfWriter(clone_from=PdfReader(scan(path, PAGE)))
    value = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Sig"),
                NameObject("/Name"): TextStringObject("Sở Y tế"),
                NameObject("/M"): TextStringObject("D:20250107160232+07'00'"),
            }
        )
    )
    field = writer._add_object(
        DictionaryObject(
            {
                NameObject("/FT"): NameObject("/Sig"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/T"): TextStringObject("chu ky"),
                NameObject("/V"): value,
                NameObject("/Rect"): ArrayObject(NumberObject(n) for n in (20, 700, 300, 780)),
            }
        )
    )
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([field])}
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([field])
    writer.write(path)
    return path


def picture_with_header(path: Path, width: int, height: int) -> Path:
    """A PNG of few bytes that claims to be of any size: what a bomb looks like before it is decoded."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return written(path, b"\x89PNG\r\n\x1a\n" + body)


def pdf_with_huge_image(path: Path) -> Path:
    """A PDF whose image says that it has ten thousand million points; nothing of it is there."""
    writer = PdfWriter(clone_from=PdfReader(scan(path, PAGE)))
    things = writer.pages[0]["/Resources"].get_object()["/XObject"].get_object()  # type: ignore[union-attr,index]
    image = next(iter(things.values())).get_object()
    image[NameObject("/Width")] = NumberObject(100_000)
    image[NameObject("/Height")] = NumberObject(100_000)
    writer.write(path)
    return path


@pytest.mark.parametrize(
    ("make", "media_type", "pages", "flags"),
    [
        pytest.param(lambda p: scan(p / "a.pdf", PAGE, PAGE), "application/pdf", 2, (), id="scanned pdf"),
        pytest.param(
            lambda p: save_born_digital(guidance(ARRIVES, signed=False), p / "a.pdf") or p / "a.pdf",
            "application/pdf",
            None,
            (),
            id="pdf with a text layer",
        ),
        pytest.param(
            lambda p: with_signature(p / "a.pdf"), "application/pdf", 1, ("signed",), id="signed pdf"
        ),
        pytest.param(
            lambda p: rewritten(scan(p / "a.pdf", PAGE), owner="chu"),
            "application/pdf",
            1,
            (),
            id="pdf locked against changes only",
        ),
        pytest.param(
            lambda p: written(p / "a.pdf", b"scanner junk\n" + scan(p / "b.pdf", PAGE).read_bytes()),
            "application/pdf",
            1,
            ("repaired",),
            id="pdf with bytes before its header",
        ),
        pytest.param(
            lambda p: scan(p / "a.tif", PAGE, PAGE, PAGE), "image/tiff", 3, (), id="tiff of 3 pages"
        ),
        pytest.param(lambda p: scan(p / "a.jpg", PAGE), "image/jpeg", 1, (), id="jpeg"),
        pytest.param(lambda p: scan(p / "a.png", PAGE), "image/png", 1, (), id="png"),
        pytest.param(
            lambda p: scan(p / "a.png", PAGE).rename(p / "a.pdf"), "image/png", 1, (), id="png named pdf"
        ),
    ],
)
def test_what_an_office_scans_opens(
    make: Callable[[Path], Path], media_type: str, pages: int | None, flags: tuple[str, ...], tmp_path: Path
) -> None:
    facts = inspect_file(make(tmp_path), LIMITS)
    assert facts.media_type == media_type
    assert pages is None or facts.page_count == pages
    assert facts.flags == flags


@pytest.mark.parametrize(
    ("make", "limits", "kind", "facts"),
    [
        pytest.param(lambda p: written(p / "a.pdf", b""), LIMITS, EmptyFile, {}, id="no bytes"),
        pytest.param(
            lambda p: written(p / "a.pdf", "Một tệp văn bản.".encode()),
            LIMITS,
            UnknownKind,
            {},
            id="text named pdf",
        ),
        pytest.param(
            lambda p: written(p / "a.docx", b"PK\x03\x04" + b"%PDF-1.4"),
            LIMITS,
            UnknownKind,
            {},
            id="word file",
        ),
        pytest.param(
            lambda p: written(p / "a.html", b"<html>%PDF-1.4"),
            LIMITS,
            UnknownKind,
            {},
            id="web page with the magic",
        ),
        pytest.param(
            lambda p: written(p / "a.png", bytes(range(256)) * 8), LIMITS, UnknownKind, {}, id="garbage"
        ),
        pytest.param(
            lambda p: written(p / "a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 8),
            LIMITS,
            Broken,
            {},
            id="garbage after a pdf header",
        ),
        pytest.param(
            lambda p: written(p / "a.jpg", scan(p / "b.jpg", PAGE).read_bytes()[:20]),
            LIMITS,
            Broken,
            {},
            id="jpeg cut off in its header",
        ),
        pytest.param(
            lambda p: rewritten(scan(p / "a.pdf", PAGE), password="mat-khau"),
            LIMITS,
            Encrypted,
            {},
            id="pdf with a password",
        ),
        pytest.param(
            lambda p: rewritten(scan(p / "a.pdf", PAGE), pages=0),
            LIMITS,
            NoPages,
            {},
            id="pdf without a page",
        ),
        pytest.param(
            lambda p: scan(p / "a.pdf", PAGE, PAGE, PAGE),
            Limits(pages=2),
            TooManyPages,
            {"pages": 3, "limit": 2},
            id="pdf with more pages than allowed",
        ),
        pytest.param(
            lambda p: scan(p / "a.tif", PAGE, PAGE, PAGE),
            Limits(pages=2),
            TooManyPages,
            {"pages": 3, "limit": 2},
            id="tiff with more pages than allowed",
        ),
        pytest.param(
            lambda p: written(p / "a.pdf", b"%PDF-1.7\n" + b"0" * 1_100_000),
            Limits(file_mb=1),
            TooLarge,
            {"size_mb": 2, "limit_mb": 1},
            id="more bytes than allowed",
        ),
        pytest.param(
            lambda p: picture_with_header(p / "a.png", 20_000, 20_000),
            LIMITS,
            PictureTooLarge,
            {"page": 1, "megapixels": 400, "limit": 150},
            id="png of 400 million points",
        ),
        pytest.param(
            lambda p: picture_with_header(p / "a.png", 2**30, 2**30),
            LIMITS,
            Trouble,
            {},
            id="png beyond all bounds",
        ),
        pytest.param(
            lambda p: pdf_with_huge_image(p / "a.pdf"),
            LIMITS,
            PictureTooLarge,
            {"page": 1, "megapixels": 10_000, "limit": 150},
            id="pdf around a huge image",
        ),
        pytest.param(lambda p: p / "missing.pdf", LIMITS, Broken, {}, id="no such file"),
        pytest.param(lambda p: p, LIMITS, Trouble, {}, id="a folder"),
    ],
)
def test_what_cannot_become_a_document_says_why(
    make: Callable[[Path], Path],
    limits: Limits,
    kind: type[Trouble],
    facts: dict[str, object],
    tmp_path: Path,
) -> None:
    with pytest.raises(kind) as caught:
        inspect_file(make(tmp_path), limits)
    assert facts.items() <= caught.value.facts.items()
    assert str(caught.value)
    assert caught.value.advise()


def test_a_truncated_pdf_breaks_at_the_latest_when_its_page_is_drawn(tmp_path: Path) -> None:
    noisy = np.random.default_rng(1).integers(0, 255, PAGE.shape, dtype=np.uint8)
    whole = scan(tmp_path / "a.pdf", noisy).read_bytes()
    cut = written(tmp_path / "b.pdf", whole[: len(whole) // 2])
    with pytest.raises(Trouble), open_source(cut, LIMITS) as source:
        for number in range(1, source.page_count + 1):
            source.picture(number)


def test_a_truncated_tiff_breaks_when_its_page_is_decoded(tmp_path: Path) -> None:
    noisy = np.random.default_rng(1).integers(0, 255, PAGE.shape, dtype=np.uint8)
    Image.fromarray(noisy).save(tmp_path / "a.png")
    whole = (tmp_path / "a.png").read_bytes()
    cut = written(tmp_path / "b.png", whole[: len(whole) // 2])
    with pytest.raises(Broken, match="trang 1"), open_source(cut, LIMITS) as source:
        source.picture(1)


def test_a_signature_says_who_and_when(tmp_path: Path) -> None:
    with open_source(with_signature(tmp_path / "a.pdf"), LIMITS) as source:
        (panel,) = source.signatures()
        (box,) = source.signature_boxes(1)
    assert (panel.signer, panel.signed_at) == ("Sở Y tế", "2025-01-07T16:02:32+07:00")
    assert box.y0 < 0.2
    assert box.x1 - box.x0 == pytest.approx(280 / 595, abs=0.02)


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\xef\xbb\xbf%PDF-1.4", "application/pdf"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00+", "image/tiff"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", None),
        (b"PK\x03\x04 %PDF-", None),
        (b"", None),
    ],
)
def test_the_first_bytes_tell_the_kind(head: bytes, media_type: str | None) -> None:
    assert sniff(head) == media_type
