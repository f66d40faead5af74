"""Values struck out by pen: every way of drawing the line is seen, and nothing that only looks like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from documents.looks import SecondReader
from documents.page import Box
from ocr.raster import Raster
from ocr.rows import read_date_row, read_number_row
from ocr.struck import is_struck_out_at
from samples.typeface import Face, load_font
from tests.ocr.pen_rows import DPI, date_row, draw_row, number_row

MM = DPI / 25.4
Draw = Callable[[ImageDraw.ImageDraw, float, float, float, float], None]
"""Draws over a value, given its left and right, its base line and the height of its digits, in pixels."""
_LEFT, _BASE, _EM = 60, 90, round(13 / 72 * DPI)
_HIGH = 0.66 * _EM


def typed(before: str, value: str, after: str, mark: Draw | None = None) -> tuple[Raster, Box, Box]:
    """A typed row with something drawn over one value; the page, the row's place and the value's."""
    page = Image.new("L", (1200, 160), 255)
    pen = ImageDraw.Draw(page)
    font = load_font(Face.ROMAN, _EM)
    pen.text((_LEFT, _BASE), before + value + after, fill=0, font=font, anchor="ls")
    left, right = _LEFT + font.getlength(before), _LEFT + font.getlength(before + value)
    end = _LEFT + font.getlength(before + value + after)
    if mark:
        mark(pen, left, right, _BASE, _HIGH)
    top, bottom = (_BASE - 0.75 * _EM) / 160, (_BASE + 0.25 * _EM) / 160
    row = Box(_LEFT / 1200, top, end / 1200, bottom)
    return Raster(np.asarray(page, np.uint8), DPI), row, Box(left / 1200, top, right / 1200, bottom)


def stroke(*points: tuple[float, float], beyond_mm: float = 0.6, width: int = 3) -> Draw:
    """A line through points (share of the width, share of the digits' height), longer at both ends."""

    def draw(pen: ImageDraw.ImageDraw, left: float, right: float, base: float, high: float) -> None:
        first, last = left - beyond_mm * MM, right + beyond_mm * MM
        way = [(first + (last - first) * x, base - high * y) for x, y in points]
        pen.line(way, fill=20, width=width, joint="curve")

    return draw


def both(*marks: Draw) -> Draw:
    def draw(pen: ImageDraw.ImageDraw, left: float, right: float, base: float, high: float) -> None:
        for mark in marks:
            mark(pen, left, right, base, high)

    return draw


def beside(new: str, dx_mm: float, dy_mm: float) -> Draw:
    """The new value by pen, from the old one's left end."""

    def draw(pen: ImageDraw.ImageDraw, left: float, right: float, base: float, high: float) -> None:
        font = load_font(Face.PEN, 15 / 72 * DPI)
        pen.text((left + dx_mm * MM, base + dy_mm * MM), new, fill=20, font=font, anchor="ls")

    return draw


SINGLE, TILTED = stroke((0, 0.5), (1, 0.5)), stroke((0, 0.35), (1, 0.65))
WAVY = stroke(*((x / 12, 0.5 + 0.05 * np.sin(x)) for x in range(13)))
DOUBLE = both(stroke((0, 0.36), (1, 0.36)), stroke((0, 0.66), (1, 0.66)))
SLANTING = stroke((0, -0.1), (1, 1.1))


def names_struck(readings: tuple[object, ...]) -> list[str]:
    found = [r for r in readings if getattr(r, "reader", None) is SecondReader.STRIKE]
    return [name for r in found for name in str(getattr(r, "text", "")).splitlines()]


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param(SINGLE, id="one level line"),
        pytest.param(TILTED, id="a tilted line"),
        pytest.param(WAVY, id="a line that wavers"),
        pytest.param(DOUBLE, id="two lines"),
        pytest.param(SLANTING, id="one line from corner to corner"),
        pytest.param(both(SINGLE, beside("418", 0, -4.5)), id="corrected above"),
        pytest.param(both(SINGLE, beside("418", 0, 5.5)), id="corrected below"),
        pytest.param(stroke((0, 0.5), (1, 0.5), width=2), id="a thin pen"),
        pytest.param(stroke((0, 0.5), (1, 0.5), width=4), id="a thick pen"),
    ],
)
@pytest.mark.fonts
def test_a_typed_number_struck_out_is_seen(mark: Draw) -> None:
    for number in ("1045", "77"):
        page, row, _ = typed("Số: ", number, "/STC-NS", mark)
        assert names_struck(read_number_row(page, row)) == ["số"], number


@pytest.mark.parametrize(
    ("before", "value", "after", "name"),
    [
        pytest.param("ngày ", "14", " tháng 3 năm 2018", "ngày", id="the day"),
        pytest.param("ngày 14 tháng ", "3", " năm 2018", "tháng", id="the month"),
        pytest.param("ngày 14 tháng 3 năm ", "2018", "", "năm", id="the year"),
    ],
)
@pytest.mark.parametrize(
    "mark", [TILTED, both(SINGLE, beside("15", 0, -4.5))], ids=["alone", "and corrected"]
)
@pytest.mark.fonts
def test_the_part_of_a_date_that_is_struck_out_is_named(
    before: str, value: str, after: str, name: str, mark: Draw
) -> None:
    page, row, _ = typed(before, value, after, mark)
    assert names_struck(read_date_row(page, row)) == [name]


@pytest.mark.parametrize("number", ["417", "1045"])
@pytest.mark.fonts
def test_a_number_by_pen_struck_out_is_seen(number: str) -> None:
    page, row = number_row(number)
    pixels = page.pixels.copy()
    ink = np.flatnonzero((pixels[60:95, 105:250] < 128).any(axis=0)) + 105
    ink = ink[ink < 105 + 150]
    start, end = int(ink[0]) - 6, int(ink[ink < ink[0] + 20 * len(number)][-1]) + 6
    pixels[74:77, start:end] = 30
    assert names_struck(read_number_row(replace(page, pixels=pixels), row)) == ["số"]


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param(None, id="nothing drawn"),
        pytest.param(stroke((0, -0.12), (1, -0.12), beyond_mm=3), id="underlined on its form's line"),
        pytest.param(stroke((0, 0.0), (1, 0.0)), id="underlined at its feet"),
        pytest.param(stroke((0, 1.3), (1, 1.3), beyond_mm=8), id="the rule under the issuer's name"),
        pytest.param(stroke((0, 1.05), (1, 1.05)), id="a line over it"),
        pytest.param(stroke((0.75, 0.5), (1, 0.5)), id="a dash that ends in the last digit"),
        pytest.param(stroke((0.5, -1.2), (0.5, 2)), id="a post of a frame"),
        pytest.param(beside("418", 0, -6.0), id="a clerk's note above, nothing struck"),
    ],
)
@pytest.mark.fonts
def test_what_is_no_line_through_the_value_is_no_strike(mark: Draw | None) -> None:
    for before, value, after in (
        ("Số: ", "417", "/STC-NS"),
        ("Số: ", "744", "-CV/TU"),
        ("Số: ", "1077", "/BC-TT"),
    ):
        page, row, _ = typed(before, value, after, mark)
        assert names_struck(read_number_row(page, row)) == [], value
    page, row, _ = typed("ngày ", "14", " tháng 7 năm 2017", mark)
    assert names_struck(read_date_row(page, row)) == []


@pytest.mark.parametrize("number", ["47", "44", "77", "417", "2474", "57B", "464", "7"])
@pytest.mark.parametrize("dotted", [False, True], ids=["on blank paper", "on dots"])
@pytest.mark.fonts
def test_the_bars_of_a_pens_digits_are_no_strike(number: str, dotted: bool) -> None:
    page, row = number_row(number, dotted=dotted)
    assert names_struck(read_number_row(page, row)) == []


@pytest.mark.parametrize(("day", "month"), [("07", "4"), ("14", "7"), ("24", "11"), ("7", "7"), ("", "3")])
@pytest.mark.parametrize("dotted", [False, True], ids=["on blank paper", "on dots"])
@pytest.mark.fonts
def test_a_date_by_pen_is_no_strike(day: str, month: str, dotted: bool) -> None:
    page, row = date_row(day, month, 2018, dotted=dotted)
    assert names_struck(read_date_row(page, row)) == []


def barred_seven(joined: bool) -> tuple[Raster, Box]:
    """`47` as a hand writes it: the bar of the 4 runs on as that of the 7, and beyond."""
    page, row = draw_row("Số: ", ("", 150), "/QĐ-UBND")
    image = Image.fromarray(page.pixels)
    pen = ImageDraw.Draw(image)
    for way in (((122, 60), (112, 78), (134, 78)), ((130, 64), (127, 92)), ((142, 64), (160, 64), (150, 92))):
        pen.line(way, fill=20, width=4)
    pen.line(((112 if joined else 144, 78), (166, 76)), fill=20, width=4)
    return Raster(np.asarray(image, np.uint8), DPI), row


@pytest.mark.parametrize("joined", [True, False], ids=["with the bar of the 4 before it", "by itself"])
@pytest.mark.fonts
def test_the_long_bar_of_a_seven_is_no_strike(joined: bool) -> None:
    page, row = barred_seven(joined)
    assert names_struck(read_number_row(page, row)) == []


@pytest.mark.parametrize("tilt", [0.0, 4.0, -4.0])
@pytest.mark.parametrize(("mark", "expected"), [(SINGLE, True), (None, False)], ids=["struck", "clean"])
@pytest.mark.fonts
def test_a_short_value_is_looked_at_by_its_place_alone(
    tilt: float, mark: Draw | None, expected: bool
) -> None:
    page, _, place = typed("Ngày: ", "16/3/2018", "", mark)
    image = Image.fromarray(page.pixels)
    middle = (place.middle[0] * image.width, place.middle[1] * image.height)
    turned = image.rotate(-tilt, center=middle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert is_struck_out_at(Raster(np.asarray(turned, np.uint8), DPI), place, tilt) is expected


BOXES = st.builds(
    lambda x, y, w, h: Box(x, y, min(x + w, 1.0), min(y + h, 1.0)),
    st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.3),
)  # fmt: skip


@given(place=BOXES, tilt=st.floats(-10, 10), seed=st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_any_place_of_any_page_is_struck_out_or_not(place: Box, tilt: float, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (60, 240), np.uint8)
    assert is_struck_out_at(Raster(noise, 100), place, tilt) in (True, False)
