"""Pictures and files for the tests of this room, as small as they may be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from pypdf import PdfReader, PdfWriter

from ocr.raster import Gray, Pixels, Raster

DPI = 100
RED, BLUE, BLACK = (206, 32, 44), (32, 54, 150), (24, 24, 28)


def blank(width_mm: float = 210, height_mm: float = 297, *, dpi: int = DPI) -> Pixels:
    """A white page in colour."""
    return np.full((round(height_mm / 25.4 * dpi), round(width_mm / 25.4 * dpi), 3), 255, np.uint8)


def rows_of_text(*, rows: int = 20, dpi: int = DPI) -> Gray:
    """A gray page with level rows of Latin letters on it."""
    page = np.full((round(11.69 * dpi), round(8.27 * dpi)), 255, np.uint8)
    for row in range(rows):
        at = (round(0.8 * dpi), round((1 + row * 0.4) * dpi))
        cv2.putText(page, "Kinh gui cac don vi phong ban", at, cv2.FONT_HERSHEY_COMPLEX, dpi / 200, (0,), 1)
    return page


def frame(
    page: Pixels,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    height_mm: float,
    *,
    ink: tuple[int, int, int] = RED,
    tilt_deg: float = 0.0,
    dpi: int = DPI,
) -> None:
    """Draw a rectangle on `page` in place, turned clockwise about its middle."""
    mm = dpi / 25.4
    box = ((x_mm + width_mm / 2) * mm, (y_mm + height_mm / 2) * mm), (width_mm * mm, height_mm * mm), tilt_deg
    corners = np.round(cv2.boxPoints(box)).astype(np.int32)
    cv2.polylines(page, [corners], True, ink, max(round(0.5 * mm), 1), cv2.LINE_AA)


def raster(pixels: Pixels, dpi: int = DPI) -> Raster:
    return Raster(pixels, dpi)


def scan(path: Path, *pages: Pixels, dpi: int = DPI) -> Path:
    """Save pages as a scanner does, by the ending of `path`."""
    images = [Image.fromarray(page) for page in pages] or [Image.fromarray(rows_of_text())]
    more = {"save_all": True, "append_images": images[1:]} if path.suffix in {".pdf", ".tif"} else {}
    images[0].save(path, dpi=(dpi, dpi), **more)
    return path


def rewritten(path: Path, *, pages: int | None = None, password: str = "", owner: str = "") -> Path:
    """Write the PDF at `path` anew: with a page count, a password to open it, or one to change it."""
    writer = PdfWriter()
    reader = PdfReader(path)
    for page in reader.pages if pages is None else list(reader.pages)[:pages]:
        writer.add_page(page)
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="AES-256")
    writer.write(path)
    return path


ARRIVES = dt.date(2026, 3, 16)
