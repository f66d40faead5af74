"""Drawn pages: their size, their ink, and that the same seed draws the same page."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from samples.drawing import draw_pages
from samples.letters import invitation, plain_letter, urgent_letter
from samples.paper import Hand, Paper, Wear
from samples.shots import photograph
from samples.tay_ninh import tay_ninh_plan
from samples.typeface import Face, FontsMissing, font_path
from samples.wearing import wear

pytestmark = pytest.mark.fonts

DAY = dt.date(2026, 3, 16)
PLAIN = plain_letter(12, DAY)


def draw(paper: Paper, *, seed: int = 1, dpi: int = 100) -> list[Image.Image]:
    return draw_pages(paper, dpi=dpi, rng=np.random.default_rng(seed))


def redness(image: Image.Image) -> np.ndarray:
    """How much redder than blue each pixel is."""
    pixels = np.asarray(image.convert("RGB"), np.int16)
    return pixels[..., 0] - pixels[..., 2]


@pytest.mark.parametrize(
    ("dpi", "size_px"),
    [
        pytest.param(300, (2480, 3508), id="what NĐ30 asks of a scan of text"),
        pytest.param(200, (1654, 2339), id="what most offices scan at"),
        pytest.param(100, (827, 1169), id="too coarse to read, yet it happens"),
    ],
)
def test_a_page_is_a4_at_its_resolution(dpi: int, size_px: tuple[int, int]) -> None:
    [page] = draw(PLAIN, dpi=dpi)
    assert page.size == size_px
    assert page.info["dpi"] == (dpi, dpi)


def test_the_same_seed_draws_the_same_pages() -> None:
    first, second = draw(tay_ninh_plan(hand=Hand.PEN)), draw(tay_ninh_plan(hand=Hand.PEN))
    assert [page.tobytes() for page in first] == [page.tobytes() for page in second]


def test_another_seed_signs_and_stamps_differently() -> None:
    first, second = draw(tay_ninh_plan(), seed=1), draw(tay_ninh_plan(), seed=2)
    assert all(one.tobytes() != other.tobytes() for one, other in zip(first, second, strict=True))


def test_the_plan_needs_two_pages_and_signs_on_the_last() -> None:
    first, last = draw(tay_ninh_plan())
    seal = (slice(680, 900), slice(440, 620))
    assert np.count_nonzero(redness(last)[seal] > 60) > 1000
    assert np.count_nonzero(redness(first)[seal] > 60) == 0


def test_the_red_stamp_lies_over_black_text_that_stays_black() -> None:
    stamped = draw(tay_ninh_plan(), dpi=200)[0]
    bare = draw(dataclasses.replace(tay_ninh_plan(), stamp=None), dpi=200)[0]
    black = np.asarray(bare.convert("L")) < 60
    touched = np.any(np.asarray(stamped) != np.asarray(bare), axis=-1)
    assert np.count_nonzero(black & touched) > 100
    assert np.asarray(stamped.convert("L"))[black].max() < 70


def test_an_urgency_mark_is_red_and_left_of_the_addressees() -> None:
    page = draw(urgent_letter(DAY))[0]
    across = np.nonzero(redness(page)[250:380] > 60)[1]
    assert across.size > 100
    assert across.max() < page.width // 2


@pytest.mark.parametrize(
    ("how", "mode"),
    [
        pytest.param(Wear(), "RGB", id="a colour scan"),
        pytest.param(Wear(grey=True), "L", id="a gray scan"),
        pytest.param(Wear(bilevel=True), "1", id="a fax"),
    ],
)
def test_wear_keeps_size_and_resolution(how: Wear, mode: str) -> None:
    [page] = draw(PLAIN)
    worn = wear(page, dataclasses.replace(how, skew_deg=1.0, noise=4, speckle=9), np.random.default_rng(3))
    assert (worn.mode, worn.size, worn.info["dpi"]) == (mode, page.size, (100, 100))


def test_no_wear_leaves_a_page_as_it_was() -> None:
    [page] = draw(PLAIN)
    assert wear(page, Wear(), np.random.default_rng(3)).tobytes() == page.tobytes()


def test_the_same_seed_wears_a_page_alike() -> None:
    [page] = draw(PLAIN)
    how = Wear(skew_deg=1, noise=5, blur=0.6, jpeg_quality=70, speckle=50, shading=0.1)
    first, second = (wear(page, how, np.random.default_rng(5)).tobytes() for _ in range(2))
    assert first == second


def test_a_page_put_in_upside_down_is_turned_by_half() -> None:
    [page] = draw(PLAIN)
    turned = wear(page, Wear(turned_deg=180), np.random.default_rng(3))
    assert turned.tobytes() == page.rotate(180).tobytes()


def test_a_quarter_turn_is_clockwise_and_lies_across() -> None:
    [page] = draw(PLAIN)
    turned = wear(page, Wear(turned_deg=90), np.random.default_rng(3))
    assert turned.tobytes() == page.transpose(Image.Transpose.ROTATE_270).tobytes()


def test_a_skewed_page_leans_clockwise() -> None:
    [page] = draw(PLAIN)
    leaning = np.asarray(wear(page, Wear(skew_deg=3), np.random.default_rng(3)).convert("L"))
    rows = np.nonzero(leaning.min(axis=1) < 100)[0]
    left, right = leaning[:, :350], leaning[:, 480:]
    first_left = np.nonzero(left.min(axis=1) < 100)[0][0]
    first_right = np.nonzero(right.min(axis=1) < 100)[0][0]
    assert rows.size > 100
    assert first_right > first_left


def test_a_photograph_shows_the_desk_around_the_paper() -> None:
    [page] = draw(invitation(DAY))
    seen = np.asarray(photograph(page, np.random.default_rng(2)))
    assert seen.shape == (1169, 827, 3)
    assert seen[5, 5].max() < 200
    assert seen[550, 300].min() > 150


def test_a_missing_typeface_is_told_with_advice(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing) as caught:
        font_path(Face.BOLD, folders=(tmp_path,))
    assert "LiberationSerif-Bold.ttf" in str(caught.value)
    assert "fonts-liberation2" in caught.value.advise()


def test_pen_writing_comes_with_the_package(tmp_path: Path) -> None:
    assert font_path(Face.PEN, folders=(tmp_path,)).is_file()
