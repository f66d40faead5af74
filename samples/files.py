"""Save drawn pages as an office receives them: scans, electronic papers, and files that cannot be read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from pypdf import PdfReader, PdfWriter

MADE = time.struct_time((2012, 1, 5, 8, 0, 0, 3, 5, 0))
"""The date written into scans, so that the same pages give the same bytes."""
SCAN_QUALITY = 82


def save_scan(pages: Sequence[Image.Image], path: Path) -> None:
    """Save pages as a scanner does, by the ending of `path`: `.pdf`, `.tif`, `.tiff`, `.jpg` or `.png`.

    A PDF holds one picture a page (fax compression for black and white, JPEG otherwise); a TIFF holds all
    pages; JPEG and PNG hold the first only. The resolution is that of `info["dpi"]`, 300 if none.

    Raises:
        ValueError: No pages, or another ending; nothing is written.
    """
    if not pages:
        raise ValueError("no pages to save")
    first, rest = pages[0], list(pages[1:])
    dpi = first.info.get("dpi", (300, 300))
    match path.suffix.lower():
        case ".pdf":
            _save_pdf(first, rest, path, dpi)
        case ".tif" | ".tiff":
            packing = "group4" if first.mode == "1" else "jpeg"
            first.save(path, "TIFF", save_all=True, append_images=rest, compression=packing, dpi=dpi)
        case ".jpg" | ".jpeg":
            first.convert("L" if first.mode == "1" else first.mode).save(
                path, "JPEG", quality=SCAN_QUALITY, dpi=dpi
            )
        case ".png":
            first.save(path, "PNG", dpi=dpi, compress_level=3)
        case other:
            raise ValueError(f"cannot save a scan as {other!r}")


def _save_pdf(first: Image.Image, rest: list[Image.Image], path: Path, dpi: tuple[float, float]) -> None:
    quality = {} if first.mode == "1" else {"quality": SCAN_QUALITY}
    made = {"producer": "Scanner", "creationDate": MADE, "modDate": MADE}
    first.save(path, "PDF", save_all=True, append_images=rest, dpi=dpi, **quality, **made)


def save_encrypted(pages: Sequence[Image.Image], path: Path, *, password: str) -> None:
    """Save a PDF that asks for `password` before it shows anything."""
    save_scan(pages, path)
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.encrypt(password, algorithm="AES-256")
    writer.write(path)


def save_truncated(pages: Sequence[Image.Image], path: Path, *, kept: float = 0.55) -> None:
    """Save a PDF and lose its end, as a copy broken off; `kept` is the share of bytes left."""
    save_scan(pages, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])


def save_empty(path: Path) -> None:
    """Leave a file without a byte, as a scanner out of memory does."""
    path.write_bytes(b"")
