"""A copy list read again: line by line, without the signature beside it, by both readers."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from rapidfuzz import fuzz

from documents.looks import LETTERS_ONLY
from documents.page import Box, Line, Word
from ocr.cleaning import CleanPage, straighten
from ocr.engine import TesseractEngine
from ocr.list_rows import read_list_rows
from ocr.raster import Pixels, Raster
from samples.typeface import Face, load_font
from tests.ocr.engines import Recorded, said
from tests.ocr.pictures import BLACK, RED

DPI = 200
MM = DPI / 25.4
ROWS = ("- Như trên;", "- UBND các huyện, thành phố;", "- Lưu: VT, NVY.")
WHOLE = Box(0, 0, 1, 1)


def foot(*, sealed: bool = False) -> Pixels:
    """The foot of a page, 150 × 40 mm: the list at the left, an office at the right, a red ring between."""
    page = Image.new("RGB", (round(150 * MM), round(40 * MM)), (255, 255, 255))
    draw, font = ImageDraw.Draw(page), load_font(Face.ROMAN, 11 / 72 * DPI)
    for at, row in enumerate(ROWS):
        draw.text((5 * MM, (10 + 6 * at) * MM), row, BLACK, font=font, anchor="ls")
    draw.text((100 * MM, 16 * MM), "GIÁM ĐỐC", BLACK, font=font, anchor="ls")
    if sealed:
        draw.ellipse((45 * MM, 2 * MM, 80 * MM, 37 * MM), outline=RED, width=round(0.8 * MM))
    return np.array(page, np.uint8)


@pytest.mark.tesseract
@pytest.mark.parametrize("sealed", [False, True])
def test_each_line_is_read_up_to_the_signature(sealed: bool) -> None:
    rows = read_list_rows(straighten(Raster(foot(sealed=sealed), DPI)), WHOLE, TesseractEngine())
    read = [row for row in rows if not row.startswith(LETTERS_ONLY)]
    assert len(read) == len(ROWS)
    assert all(fuzz.ratio(row, printed) >= 85 for row, printed in zip(read, ROWS, strict=True)), read


def test_a_line_ends_at_a_wide_space() -> None:
    words = (Word("Sở", Box(0.1, 0.2, 0.15, 0.25), 90), Word("Y", Box(0.16, 0.2, 0.18, 0.25), 90))
    far = Word("GIÁM", Box(0.6, 0.2, 0.7, 0.25), 90)
    page = straighten(Raster(foot(), DPI))
    first, *_ = read_list_rows(page, WHOLE, Recorded([[Line((*words, far))]]))
    assert first == "Sở Y"


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 200), st.integers(1, 300), st.booleans())
def test_no_picture_makes_it_fail(seed: int, height: int, width: int, colour: bool) -> None:
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (height, width, 3) if colour else (height, width), np.uint8)
    blots = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 2.0), np.uint8)
    gray = blots if blots.ndim == 2 else blots.max(axis=2)
    page = CleanPage(Raster(blots, DPI), np.asarray(gray, np.uint8), 0, 0.0)
    rows = read_list_rows(page, WHOLE, Recorded((said("a b", "c"),)))
    assert all(isinstance(row, str) for row in rows)
