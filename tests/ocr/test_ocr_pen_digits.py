"""Digits written by pen are read in the gap of a typed line, with honest doubt, by a small network."""

from __future__ import annotations

import hashlib
import math
import re
from itertools import product
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.ctc import mean_chance
from ocr.pen_digits import (
    DIGITS,
    SIGNS,
    DigitReading,
    decode,
    look_at_digits,
    read_digits,
    restricted,
    to_input,
)
from training.alphabet import SIGNS as TAUGHT
from training.skeletons import Hand, draw_sign
from training.ways import WAYS

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "ocr" / "data" / "pen_digits.onnx"
SERIF = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")

Gray = NDArray[np.uint8]


def pen(text: str, *, seed: int = 0, ways: dict[str, int] | None = None, dots: bool = False) -> Gray:
    """Draw `text` stroke by stroke on paper, 255, with a pen of 6 px."""
    rng = np.random.default_rng(seed)
    hand = Hand(ways={s: (ways or {}).get(s, 0) for s in WAYS}, shake=0.01, pen=0.08, width=1.0, pressure=0.0)
    page = np.full((160, 120 + 70 * max(len(text), 1)), 255, np.uint8)
    x = 50
    for sign in text:
        mask, base = draw_sign(sign, hand, rng)
        ink = np.flatnonzero(mask.max(axis=0) > 100)
        part = mask[:, ink[0] : ink[-1] + 1]
        y = 120 - round(base)
        page[y : y + part.shape[0], x : x + part.shape[1]] = np.minimum(
            page[y : y + part.shape[0], x : x + part.shape[1]], 255 - part
        )
        x += part.shape[1] + 8
    if dots:
        for at in range(10, page.shape[1] - 10, 14):
            cv2.circle(page, (at, 120), 2, (0,), -1)
    return np.ascontiguousarray(page[24:144, : x + 40])


def typed(text: str, font: Path = SERIF) -> Gray:
    """Print `text` in the typeface of official papers."""
    image = Image.new("L", (40 + 30 * len(text), 70), 255)
    ImageDraw.Draw(image).text((12, 8), text, font=ImageFont.truetype(str(font), 48), fill=0)
    return np.asarray(image, np.uint8)


NUMBERS = ["7", "29", "154", "2062", "01", "3176", "1113", "980", "45", "666"]


@pytest.mark.parametrize("text", NUMBERS)
@pytest.mark.parametrize("dots", [False, True], ids=["on bare paper", "on a dotted line"])
def test_digits_by_pen_are_read(text: str, dots: bool) -> None:
    reading = read_digits(pen(text, seed=3, dots=dots))
    assert reading.text == text
    assert len(reading.confidences) == len(text)
    assert reading.confidence > 0.5


@pytest.mark.fonts
@pytest.mark.parametrize("text", ["2030", "17", "05", "846"])
def test_typed_digits_are_read_too(text: str) -> None:
    assert read_digits(typed(text)).text == text


@pytest.mark.parametrize("dots", [False, True], ids=["bare paper", "a dotted line"])
def test_an_empty_gap_is_read_as_empty(dots: bool) -> None:
    reading = read_digits(pen("", dots=dots))
    assert reading.text == ""
    assert reading.confidences == ()
    assert reading.confidence > 0.5


@pytest.mark.fonts
def test_print_beside_the_gap_is_passed_over() -> None:
    label, gap, notation = typed("Số:"), pen("154"), typed("/QĐ-UBND")
    scaled = [np.asarray(cv2.resize(p, None, fx=1.35, fy=1.35), np.uint8) for p in (label, notation)]
    height = max(p.shape[0] for p in (gap, *scaled))
    joined = np.hstack([
        np.pad(p, ((height - p.shape[0], 0), (0, 0)), constant_values=255)
        for p in (scaled[0][:, 60:], gap, scaled[1][:, :40])
    ])  # fmt: skip
    assert read_digits(joined).text == "154"


def test_only_the_allowed_signs_are_answered() -> None:
    assert set(read_digits(pen("154"), "23").text) <= set("23")
    assert read_digits(pen("176"), "0123456789AB").text == "176"


def test_a_sign_that_the_network_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="does not know"):
        read_digits(pen("1"), "0123x")
    assert look_at_digits(pen("1")).share("x") == 0.0


@pytest.mark.parametrize("shape", [(0, 10), (10, 0), (10, 10, 3)], ids=str)
def test_a_crop_without_pixels_or_in_colour_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="gray and not empty"):
        read_digits(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("shape", [(1, 1), (3, 400), (400, 3), (32, 32), (7, 5)], ids=str)
@pytest.mark.parametrize("tone", [0, 128, 255])
def test_odd_crops_are_read_without_trouble(shape: tuple[int, int], tone: int) -> None:
    assert isinstance(read_digits(np.full(shape, tone, np.uint8)), DigitReading)


def test_the_written_text_is_likelier_than_its_neighbours() -> None:
    gap = pen("2062", seed=5)
    look = look_at_digits(gap)
    shares = {text: look.share(text) for text in ("2062", "2052", "206", "2602", "")}
    assert max(shares, key=lambda text: shares[text]) == "2062"
    assert all(0 <= value <= 1 for value in shares.values())


def test_a_pale_pen_is_read_like_a_dark_one() -> None:
    dark = pen("29", seed=1)
    pale = np.asarray(255 - (255 - dark.astype(np.int32)) // 3, np.uint8)
    assert read_digits(pale).text == read_digits(dark).text == "29"


def test_the_network_sees_ink_on_32_rows() -> None:
    seen = to_input(pen("154"))
    assert seen.shape[0] == 32
    assert seen.dtype == np.uint8
    assert seen[:, :4].max() == 0  # paper at the edge
    assert seen.max() > 200


def test_white_paper_is_not_stretched_into_ink() -> None:
    grain = np.random.default_rng(0).integers(247, 256, (60, 200)).astype(np.uint8)
    assert to_input(grain).max() < 80


def _some_log_probs(steps: int, classes: int) -> NDArray[np.float32]:
    drawn = np.random.default_rng(4).normal(0, 2, (steps, classes))
    return np.asarray(drawn - np.logaddexp.reduce(drawn, axis=1, keepdims=True), np.float32)


def _said(path: tuple[int, ...]) -> str:
    """What a path of classes says, signs `12`: twins joined, nothings dropped."""
    once = [c for i, c in enumerate(path) if i == 0 or path[i - 1] != c]
    return "".join(" 12"[c] for c in once if c)


def test_the_beam_search_finds_what_adding_up_all_paths_finds() -> None:
    log_probs = _some_log_probs(5, 3)
    mass: dict[str, float] = {}
    for path in product(range(3), repeat=5):
        text = _said(path)
        mass[text] = mass.get(text, 0.0) + math.exp(sum(float(log_probs[t, c]) for t, c in enumerate(path)))
    reading = decode([log_probs], "12")
    best = max(mass, key=lambda text: mass[text])
    assert reading.text == best
    assert reading.alternatives[0][1] == pytest.approx(mass[best], rel=1e-3)
    assert sum(p for _, p in reading.alternatives) <= 1 + 1e-6


def test_the_chance_of_a_text_is_the_sum_over_its_paths() -> None:
    full = _some_log_probs(4, len(SIGNS) + 1)
    one, two = SIGNS.index("1") + 1, SIGNS.index("2") + 1
    for text, classes in {"": (), "1": (one,), "12": (one, two), "11": (one, one)}.items():
        wanted = [
            math.exp(sum(float(full[t, c]) for t, c in enumerate(path)))
            for path in product({0, one, two}, repeat=4)
            if _collapsed(path) == classes
        ]
        assert mean_chance([full], text, SIGNS) == pytest.approx(math.log(sum(wanted)), rel=1e-4)


def _collapsed(path: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(c for i, c in enumerate(path) if c and (i == 0 or path[i - 1] != c))


def test_restricting_keeps_nothing_and_the_allowed_signs_in_order() -> None:
    full = np.arange(len(SIGNS) + 1, dtype=np.float32)[None]
    assert restricted(full, "20").tolist() == [[0.0, 3.0, 1.0]]
    assert restricted(full, DIGITS).shape == (1, 11)


def test_reading_twice_gives_the_same() -> None:
    gap = pen("3176", seed=8)
    assert read_digits(gap) == read_digits(gap)


def test_the_reader_and_the_training_have_one_alphabet() -> None:
    assert SIGNS == TAUGHT


def test_the_model_is_the_one_whose_errors_the_readme_records() -> None:
    readme = (ROOT / "training" / "README.md").read_text("utf-8")
    recorded = re.search(r"SHA-256 `([0-9a-f]{64})`", readme)
    assert recorded is not None, "training/README.md must name the model that was measured"
    assert recorded[1] == hashlib.sha256(MODEL.read_bytes()).hexdigest(), (
        "The model changed: measure it with `python -m training.measure` and record it in training/README.md"
    )
    assert re.search(r"^\| MNIST .*\d+(?:\.\d+)? %", readme, re.MULTILINE)


def test_the_model_is_small() -> None:
    assert MODEL.stat().st_size < 2_000_000
