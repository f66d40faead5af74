"""A photographed page comes out flat, level and evenly lit; a scan is never taken for one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from documents.page import Box
from documents.syllables import count_sensible
from ocr.bends import unbent
from ocr.cleaning import CleanPage
from ocr.engine import Engine, TesseractEngine
from ocr.flatten import evened, flat_page, is_photograph
from ocr.limits import Limits
from ocr.raster import A4_WIDTH_IN, Raster
from ocr.read import Depth, read_paper
from ocr.sheets import find_corners
from ocr.slopes import x_height
from samples.letters import invitation
from samples.paper import Wear
from samples.papers import draw_pages, scan
from samples.shots import CLOSE_UP, WHOLE_SHEET, Shot, take
from tests.ocr.engines import Recorded
from tests.ocr.pictures import ARRIVES, DPI, blank, rows_of_text

LEANING = ((0.10, 0.02), (0.98, 0.12), (0.90, 0.98), (0.02, 0.90))
SHOTS = [
    pytest.param(Shot(), id="a sheet on a desk"),
    pytest.param(Shot(curl=0.02), id="a sheet on a desk whose lines hang through"),
    pytest.param(Shot(LEANING, curl=0.02), id="a sheet that leans by seven degrees"),
    pytest.param(Shot(CLOSE_UP), id="edges beyond the picture"),
    pytest.param(Shot(CLOSE_UP, curl=0.02), id="edges beyond the picture, lines hanging through"),
    pytest.param(Shot(CLOSE_UP, curl=-0.03), id="edges beyond the picture, lines bulging up"),
]


@lru_cache(maxsize=1)
def letter() -> Image.Image:
    """The first page of a drawn letter at 150 dpi."""
    return draw_pages(invitation(ARRIVES), dpi=150, rng=np.random.default_rng(1))[0]


def taken(shot: Shot) -> Raster:
    pixels = np.asarray(take(letter(), shot, np.random.default_rng(2)), np.uint8)
    return Raster(pixels, round(pixels.shape[1] / A4_WIDTH_IN))


def flat(shot: Shot, engine: Engine | None = None) -> CleanPage:
    return flat_page(taken(shot), engine or Recorded())


def points_in_the_picture(shot: Shot) -> tuple[np.typing.NDArray[np.float64], np.typing.NDArray[np.float64]]:
    """Points of the printed part of the sheet, and where the picture shows them; those it shows."""
    x, y = np.meshgrid(np.linspace(0.15, 0.9, 8), np.linspace(0.08, 0.9, 9))
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    seen = shot.seen_at(points)
    shown = ((seen > 0) & (seen < 1)).all(axis=1)
    return points[shown], seen[shown]


@pytest.mark.parametrize("shot", SHOTS)
def test_what_stood_on_one_line_stands_on_one_line_again(shot: Shot) -> None:
    points, seen = points_in_the_picture(shot)
    bend = flat(shot).bend
    assert bend is not None
    back = np.array([bend.on_flat(float(x), float(y)) for x, y in seen])
    for height in np.unique(points[:, 1]):
        assert np.ptp(back[points[:, 1] == height, 1]) < 0.005, "half a line of print"


@pytest.mark.parametrize("shot", SHOTS[:3])
def test_on_a_sheet_whose_edges_are_seen_words_return_to_their_places(shot: Shot) -> None:
    points, seen = points_in_the_picture(shot)
    page = flat(shot)
    for (x, y), (seen_x, seen_y) in zip(points, seen, strict=True):
        word = Box(seen_x - 0.01, seen_y - 0.003, seen_x + 0.01, seen_y + 0.003)
        assert page.placed(word).middle == pytest.approx((x, y), abs=0.015)


@pytest.mark.parametrize("shot", SHOTS)
def test_the_picture_shown_is_the_page_that_is_read_and_its_size_is_known(shot: Shot) -> None:
    page = flat(shot)
    assert page.seen.pixels.shape[:2] == page.gray.shape
    assert page.quarter_turns == 0
    assert page.seen.height_px / page.seen.width_px == pytest.approx(2**0.5, rel=0.05)
    assert page.seen.width_px / page.seen.dpi == pytest.approx(A4_WIDTH_IN, rel=0.12)


def test_what_was_taken_is_told_from_what_was_enlarged() -> None:
    small = letter().resize((420, 594), Image.Resampling.LANCZOS)
    pixels = np.asarray(take(small, Shot(), np.random.default_rng(2)), np.uint8)
    page = flat_page(Raster(pixels, 51), Recorded())
    assert page.seen.dpi == pytest.approx(200, abs=30)
    assert page.sharpness_dpi == pytest.approx(46, abs=6)


def test_light_is_even_afterwards_and_coloured_ink_keeps_its_colour() -> None:
    page = blank()
    page[300:340, 300:420] = (206, 32, 44)
    shaded = (page * np.linspace(0.9, 0.5, page.shape[1])[None, :, None]).astype(np.uint8)
    lit = evened(shaded)
    paper = lit[600:].reshape(-1, 3)
    assert int(paper.min()) >= 245
    red, green, _ = (int(v) for v in lit[305, 305])
    assert red - green > 100


@pytest.mark.parametrize(
    ("wear", "dpi"),
    [
        pytest.param(Wear(), 150, id="in colour"),
        pytest.param(Wear(grey=True, noise=6, skew_deg=2), 150, id="gray, noisy, crooked"),
        pytest.param(Wear(bilevel=True, speckle=400), 200, id="black and white with dirt"),
        pytest.param(Wear(blur=0.8, jpeg_quality=40), 72, id="coarse and blurred"),
    ],
)
def test_a_scan_is_no_photograph(wear: Wear, dpi: int) -> None:
    (page, *_) = scan(invitation(ARRIVES), wear, dpi=dpi, rng=np.random.default_rng(3))
    pixels = np.asarray(page.convert("L") if page.mode == "1" else page, np.uint8)
    assert not is_photograph(Raster(pixels, dpi))


@pytest.mark.parametrize(
    ("paper", "photographed"),
    [
        pytest.param(np.full((1169, 827), 255, np.uint8), False, id="white"),
        pytest.param(np.full((1169, 827), 215, np.uint8), False, id="gray paper, evenly lit"),
        pytest.param(np.zeros((1169, 827), np.uint8), False, id="a black page"),
        pytest.param(np.full((1, 1), 200, np.uint8), False, id="a single point"),
        pytest.param(
            np.tile(np.linspace(230, 150, 827).astype(np.uint8), (1169, 1)), True, id="darker to one side"
        ),
    ],
)
def test_paper_tells_a_photograph_by_its_light(
    paper: np.typing.NDArray[np.uint8], photographed: bool
) -> None:
    assert is_photograph(Raster(paper, DPI)) is photographed


@pytest.mark.parametrize("shot", SHOTS)
def test_a_photograph_is_known_as_one(shot: Shot) -> None:
    assert is_photograph(taken(shot))


def test_the_corners_of_a_sheet_are_found_only_where_all_its_edges_are() -> None:
    found = find_corners(taken(Shot()).pixels)
    assert found is not None
    assert found.ravel() == pytest.approx(np.array(WHOLE_SHEET).ravel(), abs=0.015)
    assert find_corners(taken(Shot(CLOSE_UP)).pixels) is None
    assert find_corners(np.full((50, 40), 255, np.uint8)) is None


def test_a_photograph_without_print_is_only_lit() -> None:
    paper = np.tile(np.linspace(230, 150, 600).astype(np.uint8), (800, 1))
    page = flat_page(Raster(paper, 73), Recorded())
    assert int(page.gray.min()) > 230
    assert page.seen.height_px / page.seen.width_px == pytest.approx(800 / 600, rel=0.01)


def test_a_flat_bend_changes_nothing() -> None:
    page = rows_of_text()
    bend = unbent(page.shape[0] / page.shape[1])
    assert np.abs(bend.flattened(page, page.shape[1]).astype(int) - page).max() <= 2
    box = Box(0.2, 0.3, 0.4, 0.35)
    assert bend.placed(box).as_list() == pytest.approx(box.as_list(), abs=0.001)
    assert bend.then(bend).places == pytest.approx(bend.places, abs=1e-5)


@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_the_height_of_an_x_tells_the_resolution_of_print(dpi: int) -> None:
    page = np.asarray(letter().resize((round(8.27 * dpi), round(11.69 * dpi)), Image.Resampling.LANCZOS))
    height = x_height(np.asarray(page.max(axis=2) if page.ndim == 3 else page, np.uint8))
    assert height == pytest.approx(6.1 / 72 * dpi, rel=0.18)


@pytest.mark.tesseract
@pytest.mark.parametrize("shot", [SHOTS[2], SHOTS[5]])
def test_a_flattened_page_reads_like_the_page_before_it_was_photographed(shot: Shot) -> None:
    engine = TesseractEngine()
    before = Raster(np.asarray(letter().convert("RGB"), np.uint8), 150)
    drawn = CleanPage(before, before.pixels.max(axis=2), 0, 0.0)
    assert _sense(flat(shot, engine), engine) >= 0.95 * _sense(drawn, engine)


def _sense(page: CleanPage, engine: Engine) -> int:
    gray, dpi = page.fit_to_read()
    return count_sensible(word.text for line in engine.read_lines(gray, dpi=dpi) for word in line.words)


# ── in the whole run ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("width_px", "flagged"),
    [pytest.param(1240, False, id="taken near"), pytest.param(420, True, id="taken from too far away")],
)
def test_a_photographed_file_is_shown_flat_and_a_photograph_too_small_is_said(
    width_px: int, flagged: bool, tmp_path: Path
) -> None:
    page = letter().resize((width_px, round(width_px * 2**0.5)), Image.Resampling.LANCZOS)
    file = tmp_path / "a.png"
    take(page, Shot(), np.random.default_rng(2)).save(file)
    read = read_paper(
        file,
        file_name="a.png",
        sha256="0" * 64,
        engine=Recorded(),
        depth=Depth.HEAD,
        limits=Limits(),
        pictures_to=tmp_path,
    )
    (flat_one,) = read.paper.pages
    assert flat_one.height_px / flat_one.width_px == pytest.approx(2**0.5, rel=0.03)
    assert read.pictures, "the flat page is kept for the screen"
    assert ("photo_too_small" in read.paper.flags) is flagged
