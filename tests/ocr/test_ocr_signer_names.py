"""Names under a round seal: rings are taken out, rows levelled, and nothing said of nothing."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from documents.looks import LETTERS_ONLY
from documents.page import Box
from ocr.cleaning import CleanPage, straighten
from ocr.engine import TesseractEngine
from ocr.letter_rows import Row, levelled, strip_of
from ocr.raster import Gray, Pixels, Raster
from ocr.seal_rings import bridged, find_circles, ring_pixels
from ocr.signer_names import as_text, read_block_rows
from samples.paper import Seal
from samples.penmanship import sign
from samples.stamps import cut_seal
from samples.typeface import Face, load_font
from tests.ocr.engines import Recorded, said
from tests.ocr.pictures import BLACK, BLUE, RED

DPI = 200
MM = DPI / 25.4
NAME = "Nguyễn Hoàng Giang"
WHOLE = Box(0, 0, 1, 1)
SEAL = Seal(rim="CỘNG HÒA XHCN VIỆT NAM TỈNH KIÊN GIANG", middle=("SỞ", "Y TẾ"))


def block(
    *,
    name_ink: tuple[int, int, int] = BLACK,
    seal_ink: tuple[int, int, int] | None = RED,
    tilt_deg: float = 0.0,
    signed: bool = True,
    name: str = NAME,
) -> Pixels:
    """A signature block of 90 × 70 mm: office, seal at its left reaching down to the name, signature, name."""
    page = np.full((round(70 * MM), round(90 * MM), 3), 255, np.uint8)
    _print(page, "PHÓ GIÁM ĐỐC", 10, BLACK)
    _print(page, name, 55, name_ink, tilt_deg)
    if signed:
        pen = sign(width_px=round(40 * MM), height_px=round(20 * MM), pen_px=3, rng=np.random.default_rng(4))
        _press(page, pen, 38, 18, BLUE)
    if seal_ink:
        _press(page, cut_seal(SEAL, dpi=DPI), 9, 15.5, seal_ink)
    return page


def _print(page: Pixels, text: str, y_mm: float, ink: tuple[int, int, int], tilt_deg: float = 0.0) -> None:
    mask = Image.new("L", (page.shape[1], page.shape[0]))
    font = load_font(Face.BOLD, 14 / 72 * DPI)
    ImageDraw.Draw(mask).text((page.shape[1] / 2, y_mm * MM), text, 255, font=font, anchor="ms")
    turned = mask.rotate(tilt_deg, center=(page.shape[1] / 2, y_mm * MM))
    _press(page, np.asarray(turned, np.uint8), 0, 0, ink)


def _press(page: Pixels, mask: Gray, x_mm: float, y_mm: float, ink: tuple[int, int, int]) -> None:
    y, x = round(y_mm * MM), round(x_mm * MM)
    part = page[y : y + mask.shape[0], x : x + mask.shape[1]]
    share = mask[: part.shape[0], : part.shape[1], None] / 255.0
    part[:] = np.minimum(part, part * (1 - share) + np.array(ink) * share).astype(np.uint8)


def as_page(pixels: Pixels) -> CleanPage:
    return straighten(Raster(pixels, DPI))


@pytest.mark.tesseract
@pytest.mark.parametrize(
    "pixels",
    [
        pytest.param(block(), id="typed, under a red seal"),
        pytest.param(block(name_ink=RED), id="stamped in the seal's own red"),
        pytest.param(block(name_ink=RED, tilt_deg=3), id="stamped, and not level"),
        pytest.param(block(seal_ink=BLACK).min(axis=2), id="a photocopy: all of it black"),
        pytest.param(block(seal_ink=None), id="without a seal"),
        pytest.param(block(seal_ink=None, signed=False), id="nothing but office and name"),
        pytest.param(np.asarray(block() * 0.6, np.uint8), id="on paper that is gray"),
    ],
)
def test_a_name_is_read_in_several_ways_from_under_seal_and_signature(pixels: Pixels) -> None:
    rows = read_block_rows(as_page(np.asarray(pixels, np.uint8)), WHOLE, TesseractEngine())
    readings = [way for row in rows for way in row if not way.startswith(LETTERS_ONLY)]
    assert sum(NAME in way for way in readings) >= 2, rows


@pytest.mark.tesseract
def test_office_and_name_come_top_to_bottom() -> None:
    rows = read_block_rows(as_page(block(seal_ink=None, signed=False)), WHOLE, TesseractEngine())
    assert rows[0][0].endswith("GIÁM ĐỐC")
    assert NAME in rows[-1]


@pytest.mark.parametrize(
    "pixels",
    [
        pytest.param(np.full((400, 500, 3), 255, np.uint8), id="white"),
        pytest.param(np.zeros((400, 500), np.uint8), id="black"),
        pytest.param(np.full((1, 1), 255, np.uint8), id="a single point"),
        pytest.param(np.full((3, 900, 3), 90, np.uint8), id="a thin gray strip"),
    ],
)
def test_nothing_is_said_of_a_place_without_letters(pixels: Pixels) -> None:
    assert read_block_rows(CleanPage(Raster(pixels, DPI), pixels, 0, 0.0), WHOLE, Recorded()) == ()


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 300),
    st.integers(1, 400),
    st.booleans(),
    st.sampled_from([72, 300]),
)
def test_no_picture_makes_it_fail(seed: int, height: int, width: int, colour: bool, dpi: int) -> None:
    rng = np.random.default_rng(seed)
    shape = (height, width, 3) if colour else (height, width)
    pixels = rng.integers(0, 256, shape, np.uint8)
    blots = cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.5, 8))
    page = CleanPage(Raster(np.asarray(blots, np.uint8), dpi), np.asarray(blots, np.uint8), 0, 0.0)
    rows = read_block_rows(page, WHOLE, Recorded((said("a b"),)))
    assert all(row and all(row) for row in rows)


def test_the_rings_of_a_seal_go_and_a_stroke_through_them_stays() -> None:
    gray = np.full((round(60 * MM), round(60 * MM)), 255, np.uint8)
    middle = round(30 * MM)
    for radius in (17.0, 15.9, 11.0):
        cv2.circle(gray, (middle, middle), round(radius * MM), (0,), 4)
    cv2.line(gray, (middle, round(42 * MM)), (middle, round(52 * MM)), (0,), 6)
    ink = np.asarray(gray < 128, np.uint8)
    gone = ring_pixels(ink, find_circles(gray, ink, MM), MM)
    left = ink & (1 - gone)
    assert left.sum() < 0.25 * ink.sum()
    stroke = left[round(43 * MM) : round(51 * MM), middle]
    assert stroke.mean() > 0.9


def test_without_a_circle_nothing_is_erased() -> None:
    gray = np.full((300, 300), 255, np.uint8)
    cv2.putText(gray, "Nguyen", (20, 150), cv2.FONT_HERSHEY_SIMPLEX, 2, (0,), 5)
    ink = np.asarray(gray < 128, np.uint8)
    assert not ring_pixels(ink, find_circles(gray, ink, MM), MM).any()


def test_a_gap_is_bridged_only_between_two_ends() -> None:
    ink = np.zeros((60, 60), np.uint8)
    ink[5:55, 30] = 1
    ink[28:33, 10:50] = 1
    gone = np.zeros_like(ink)
    gone[28:33, 10:50] = 1
    back = bridged(ink, gone, 6.0)
    assert back[28:33, 30].all()
    assert not back[:, 10:20].any()


@pytest.mark.parametrize("tilt_deg", [-4.0, -1.5, 0.0, 2.0, 4.0])
def test_a_tilted_row_is_levelled(tilt_deg: float) -> None:
    gray = np.asarray(block(seal_ink=None, signed=False, tilt_deg=tilt_deg).min(axis=2), np.uint8)
    rough = Row(round(22 * MM), round(68 * MM), 55 * MM, 0.0, 2.5 * MM)
    row = levelled(rough, gray, MM)
    assert row.slope == pytest.approx(-np.tan(np.radians(tilt_deg)), abs=0.012)
    assert row.height_at(45 * MM) == pytest.approx(55 * MM, abs=0.6 * MM)
    strip = strip_of(gray, row, MM)
    assert (strip[: len(strip) // 8] > 200).all()


def test_an_answer_has_readings_on_lines_and_empty_lines_between_rows() -> None:
    assert as_text((("A", "B"), ("C",))) == "A\nB\n\nC"
    assert as_text(()) == ""
