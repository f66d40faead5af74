"""Rows read as names of known syllables, from letters that show no Vietnamese marks, under seals and in script."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageDraw

from ocr.known_names import name_in, read_known_name
from ocr.raster import Gray
from ocr.recogniser import Look, look_at
from ocr.script_rows import find_script
from ocr.seal_rings import Circle
from samples.paper import Seal
from samples.stamps import cut_seal
from samples.typeface import Face, load_font

SIGNS = (*"ăabcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXYáàâäúùüóòôéèêíìĐđ.,:/", " ")
DPI = 300
MM = DPI / 25.4

with_recogniser = pytest.mark.skipif(
    look_at(np.zeros((9, 9), np.uint8)) is None, reason="needs the recogniser's file"
)


def answer(text: str, *, sure: float = 0.97) -> Look:
    """What the network answers to a row that it reads as `text`: each sign on one step, one empty between."""
    steps = np.full((2 * len(text) + 1, len(SIGNS) + 1), 1e-5, np.float32)
    steps[::2, 0] = sure
    for at, sign in enumerate(text):
        steps[2 * at + 1, SIGNS.index(sign) + 1] = sure
    return Look(steps, SIGNS, 1.0)


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        pytest.param("Tran Tuan Hiep", "Trần Tuấn Hiệp", id="letters alone: the frequent marks"),
        pytest.param("Tràn Tuán Hiep", "Trần Tuấn Hiệp", id="marks that are nearly right"),
        pytest.param("Büi Thi Ngân", "Bùi Thị Ngân", id="a mark that no Vietnamese letter has"),
        pytest.param("LeHoang Anh", "Lê Hoàng Anh", id="the space between two words was not seen"),
        pytest.param("TS. Le Thi Lan", "Lê Thị Lan", id="a degree before the name"),
        pytest.param("H:o Duc Phuc", "Hồ Đức Phúc", id="a stroke of the seal inside a word"),
        pytest.param("Pham Van Hung.", "Phạm Văn Hùng", id="a crumb after the name"),
    ],
)
def test_the_likeliest_name_of_known_syllables(seen: str, name: str) -> None:
    names = name_in(answer(seen))
    assert names[0].text == name
    assert 0 < sum(one.share for one in names) <= 1.0001


@pytest.mark.parametrize(
    ("seen", "likelier", "other"),
    [
        pytest.param("Lê Văn Hòa", "Lê Văn Hòa", "Lê Văn Hóa", id="the mark that was seen counts"),
        pytest.param("Tong Anh Hao", "Tống Anh Hào", "Tòng Anh Hào", id="of two surnames the frequent one"),
    ],
)
def test_marks_are_told_by_what_was_seen_and_then_by_frequency(seen: str, likelier: str, other: str) -> None:
    shares = {one.text: one.share for one in name_in(answer(seen))}
    assert shares[likelier] > shares.get(other, 0.0)


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param("", id="nothing"),
        pytest.param("CONG NGHE", id="words of a seal"),
        pytest.param("Lê", id="a surname alone"),
        pytest.param("::..:/", id="crumbs"),
    ],
)
def test_what_is_no_name_is_none(seen: str) -> None:
    assert name_in(answer(seen)) == ()


@settings(max_examples=25, deadline=None)
@given(
    arrays(
        np.float32, st.tuples(st.integers(1, 12), st.just(len(SIGNS) + 1)), elements=st.floats(0, 1, width=32)
    )
)
def test_no_answer_makes_it_fail(steps: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
    names = name_in(Look(steps, SIGNS, 1.0))
    assert all(0 <= one.share <= 1 and len(one.text.split()) >= 2 for one in names)


def drawn(text: str, *, sealed: bool = False) -> Gray:
    """A row of 110 × 12 mm with `text` in bold; `sealed` with the lower edge of a black seal over its start."""
    width, height = round(110 * MM), round(12 * MM)
    picture = Image.new("L", (width, height), 255)
    font = load_font(Face.BOLD, 14 / 72 * DPI)
    ImageDraw.Draw(picture).text((24 * MM, 8.5 * MM), text, 0, font=font, anchor="ls")
    pixels = np.array(picture, np.uint8)
    if sealed:
        mask = cut_seal(Seal(rim="CỘNG HÒA XHCN VIỆT NAM TỈNH KIÊN GIANG", middle=("SỞ", "Y TẾ")), dpi=DPI)
        edge = mask[-round(7 * MM) :, -round(24 * MM) :]
        part = pixels[: edge.shape[0], round(8 * MM) : round(8 * MM) + edge.shape[1]]
        part[:] = np.minimum(part, 255 - edge)
    return pixels


@with_recogniser
@pytest.mark.parametrize("name", ["Nguyễn Hoàng Giang", "Trần Thị Kim Oanh", "Phạm Văn Hùng"])
@pytest.mark.parametrize("sealed", [False, True])
def test_a_printed_name_is_among_the_likely_ones(name: str, sealed: bool) -> None:
    assert name in [one.text for one in read_known_name(drawn(name, sealed=sealed))]


@with_recogniser
def test_a_white_row_names_nobody() -> None:
    assert read_known_name(np.full((40, 300), 255, np.uint8)) == ()


def stroke(page: Gray, x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> None:
    """A wave over the given place: letters that hang together."""
    t = np.linspace(0, 1, 200)
    x, y = (x_mm + width_mm * t) * MM, (y_mm + height_mm / 2 * (1 + np.sin(25 * t))) * MM
    cv2.polylines(page, [np.round(np.stack([x, y], 1)).astype(np.int32)], False, (0,), 4)


@pytest.mark.parametrize(
    ("places", "found"),
    [
        pytest.param([(30, 40, 30, 6)], 1, id="a joined row under the seal"),
        pytest.param([(30, 40, 30, 25)], 0, id="a signature: taller than any row"),
        pytest.param([(30, 40, 8, 6)], 0, id="a single initial"),
        pytest.param([(15, 15, 24, 6)], 0, id="inside the seal"),
        pytest.param([(30, 40, 30, 6), (5, 60, 30, 6), (40, 75, 30, 6)], 2, id="the two lowest of three"),
        pytest.param([], 0, id="a white block"),
    ],
)
def test_where_a_name_in_script_may_stand(places: list[tuple[float, ...]], found: int) -> None:
    page = np.full((round(90 * MM), round(80 * MM)), 255, np.uint8)
    for place in places:
        stroke(page, *place)
    ink = np.asarray(page < 128, np.uint8)
    pieces = list(find_script(page, ink, [Circle(27 * MM, 18 * MM, 18 * MM)], MM))
    assert len(pieces) == found
    assert all((piece == 0).any() for piece in pieces)
