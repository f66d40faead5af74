"""A page comes out upright, straight, dark on light, without coloured ink, and the way back is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

from documents.page import Box
from ocr.cleaning import (
    COARSE_DPI,
    READING_DPI,
    CleanPage,
    enlarged_if_coarse,
    find_skew,
    ink_on_paper,
    rotated,
    straighten,
    without_colour,
)
from ocr.engine import TesseractEngine
from ocr.orientation import make_upright
from ocr.pictures import as_pixels, gray_if_colourless, measured_dpi
from ocr.raster import turned
from samples.letters import invitation
from samples.paper import Wear
from samples.papers import scan
from tests.ocr.engines import Recorded
from tests.ocr.pictures import ARRIVES, BLACK, BLUE, DPI, RED, blank, raster, rows_of_text


@pytest.mark.parametrize(
    ("ink", "least", "most"),
    [
        pytest.param(BLACK, 0, 60, id="print stays dark"),
        pytest.param(RED, 180, 255, id="red ink pales"),
        pytest.param(BLUE, 140, 255, id="blue ink pales"),
    ],
)
def test_the_brightest_channel_keeps_print_and_pales_coloured_ink(
    ink: tuple[int, int, int], least: int, most: int
) -> None:
    page = blank(10, 10)
    page[5:9, 5:9] = ink
    gray = without_colour(page)
    assert gray.shape == page.shape[:2]
    assert least <= gray[6, 6] <= most
    assert gray[0, 0] == 255


def test_a_gray_page_is_not_touched() -> None:
    page = rows_of_text()
    assert without_colour(page) is page


def test_a_negative_is_turned_to_ink_on_paper() -> None:
    page = rows_of_text()
    assert np.array_equal(ink_on_paper(255 - page), page)
    assert ink_on_paper(page) is page


@pytest.mark.parametrize("skew", [-5.0, -3.0, -1.2, -0.4, 0.0, 0.4, 1.2, 3.0, 5.0])
def test_skew_is_found_within_a_tenth_of_a_degree(skew: float) -> None:
    crooked = rotated(rows_of_text(), -skew)
    assert find_skew(crooked, DPI) == pytest.approx(skew, abs=0.11)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(np.full((1169, 827), 255, np.uint8), id="an empty page"),
        pytest.param(np.zeros((1169, 827), np.uint8), id="a black page"),
        pytest.param(np.full((1, 1), 255, np.uint8), id="a single point"),
    ],
)
def test_where_nothing_tells_the_skew_it_is_none(page: np.typing.NDArray[np.uint8]) -> None:
    assert straighten(raster(page)).skew_deg == 0.0


def test_a_straightened_page_is_straight_and_boxes_move_with_it() -> None:
    page = rows_of_text(rows=14)
    spot = (400, 900)
    cv2.rectangle(page, (spot[0] - 6, spot[1] - 6), (spot[0] + 6, spot[1] + 6), (0,), -1)
    crooked = rotated(page, -2.0)
    clean = straighten(raster(crooked))
    assert clean.skew_deg == pytest.approx(2.0, abs=0.11)
    assert find_skew(clean.gray, DPI) == pytest.approx(0.0, abs=0.11)
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -2.0, 1.0)
    x, y = turn @ np.array([*spot, 1.0])
    placed = clean.placed(Box((x - 6) / width, (y - 6) / height, (x + 6) / width, (y + 6) / height))
    assert placed.middle[0] * width == pytest.approx(spot[0], abs=3)
    assert placed.middle[1] * height == pytest.approx(spot[1], abs=3)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_boxes_follow_quarter_turns(turns: int) -> None:
    page = np.full((400, 300), 255, np.uint8)
    page[20:40, 30:80] = 0
    sideways = turned(page, -turns)
    height, width = sideways.shape
    ys, xs = np.nonzero(sideways == 0)
    box = Box(xs.min() / width, ys.min() / height, (xs.max() + 1) / width, (ys.max() + 1) / height)
    placed = CleanPage(raster(page), page, turns, 0.0).placed(box)
    assert placed.as_list() == pytest.approx([0.1, 0.05, 80 / 300, 0.1], abs=0.001)


def test_coarse_pages_are_enlarged_and_others_left_alone() -> None:
    page = rows_of_text(dpi=DPI)
    larger, dpi = enlarged_if_coarse(page, DPI)
    assert dpi == READING_DPI
    assert larger.shape[0] == pytest.approx(page.shape[0] * READING_DPI / DPI, abs=1)
    same, dpi = enlarged_if_coarse(page, COARSE_DPI)
    assert same is page


# ── which way up ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def letter() -> np.typing.NDArray[np.uint8]:
    """A drawn letter at 150 dpi, gray."""
    (page, *_) = scan(invitation(ARRIVES), Wear(grey=True, noise=3), dpi=150, rng=np.random.default_rng(3))
    return np.asarray(page, np.uint8)


def test_an_upright_page_costs_no_reading(letter: np.typing.NDArray[np.uint8]) -> None:
    engine = Recorded()
    assert make_upright(raster(letter, 150), engine).quarter_turns == 0
    assert engine.asked == []


def test_an_empty_page_is_left_as_it_is() -> None:
    engine = Recorded()
    assert make_upright(raster(np.full((1169, 827), 255, np.uint8)), engine).quarter_turns == 0
    assert engine.asked == []


@pytest.mark.tesseract
@pytest.mark.parametrize("scanned", [90, 180, 270])
def test_a_page_scanned_sideways_or_upside_down_comes_upright(
    letter: np.typing.NDArray[np.uint8], scanned: int
) -> None:
    clean = make_upright(raster(turned(letter, scanned // 90), 150), TesseractEngine())
    assert clean.quarter_turns * 90 == (360 - scanned) % 360
    assert clean.gray.shape == letter.shape


# ── colours and resolutions of picture files ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("mode", "ndim"),
    [
        ("1", 2),
        ("L", 2),
        ("P", 3),
        ("RGB", 3),
        ("CMYK", 3),
        ("LA", 2),
        ("RGBA", 3),
        ("I", 2),
        ("I;16", 2),
        ("F", 2),
    ],
)
def test_every_mode_of_picture_becomes_gray_or_colour(mode: str, ndim: int) -> None:
    coloured = Image.new("RGB", (40, 30), "white")
    coloured.paste((200, 30, 40), (5, 5, 20, 20))
    source = coloured.convert("L") if mode in {"I;16", "F", "I", "LA"} else coloured
    image = Image.new("I;16", (40, 30), 65535) if mode == "I;16" else source.convert(mode)
    pixels = as_pixels(image)
    assert pixels.dtype == np.uint8
    assert pixels.shape[:2] == (30, 40)
    assert pixels.ndim == ndim
    assert int(pixels[28, 38].min()) >= 250, "paper stays white"


def test_what_is_transparent_is_paper() -> None:
    image = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert as_pixels(image).min() == 255


def test_gray_stored_as_colour_is_gray_and_one_coloured_point_is_colour() -> None:
    gray = np.repeat(rows_of_text()[..., None], 3, axis=2)
    assert gray_if_colourless(gray).ndim == 2
    gray[7, 7] = (255, 0, 0)
    assert gray_if_colourless(gray).ndim == 3


@pytest.mark.parametrize(
    ("size", "said", "dpi"),
    [
        pytest.param((1654, 2339), (200, 200), 200, id="as the scanner says"),
        pytest.param((1654, 2339), None, 200, id="not said: as A4"),
        pytest.param((2480, 3508), (72, 72), 300, id="the 72 of cameras means nothing"),
        pytest.param((2480, 3508), (3000, 3000), 300, id="a sheet of two centimetres is not believed"),
        pytest.param((3508, 2480), None, 300, id="lying across"),
    ],
)
def test_dots_per_inch_are_measured_where_they_are_not_believable(
    size: tuple[int, int], said: tuple[int, int] | None, dpi: int
) -> None:
    image = Image.new("1", size)
    if said:
        image.info["dpi"] = said
    assert measured_dpi(image) == dpi


def test_a_coloured_page_and_its_print_are_turned_together_as_each_by_itself() -> None:
    gray = rotated(rows_of_text(), 1.3)
    page = np.dstack([gray, np.minimum(gray, 200), gray])
    level = straighten(raster(page))
    assert level.skew_deg == pytest.approx(1.3, abs=0.2) or level.skew_deg == pytest.approx(-1.3, abs=0.2)
    assert np.array_equal(level.seen.pixels, rotated(page, level.skew_deg))
    assert np.array_equal(level.gray, rotated(without_colour(page), level.skew_deg))
