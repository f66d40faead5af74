"""Rows that a pen has filled: where the gap is, what each reader sees in it, and that nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from documents.looks import Alphabet, SecondLook, SecondReader
from documents.page import Box
from documents.reading import FieldName
from ocr import recogniser
from ocr.again import look_again
from ocr.gaps import cut_gap, find_gap
from ocr.limits import Limits
from ocr.raster import Gray, Raster
from ocr.recogniser import Recognised, Sign, decode, recognise
from ocr.rows import RowReading, number_gap, read_date_row, read_number_row, read_whole_row
from ocr.stamp_rows import Label, read_stamp_rows, rows_of_form, rows_of_names
from ocr.struck import is_struck_out
from samples.paper import Hand
from samples.papers import scan as scan_paper
from samples.tay_ninh import SCANNER_WEAR, tay_ninh_plan
from tests.ocr.engines import Recorded, said
from tests.ocr.pen_rows import date_row, draw_row, number_row
from tests.ocr.pictures import scan

ROW, GAP, PEN = SecondReader.ROW, SecondReader.GAP, SecondReader.PEN


def by(reader: SecondReader, readings: tuple[RowReading, ...]) -> list[str]:
    return [reading.text for reading in readings if reading.reader is reader]


# ── where the number stands in what was read ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("Só:745/GM-UBND", "745", id="label and slash"),
        pytest.param("S: 01/2025/QĐ-TTg", "01", id="with a year"),
        pytest.param("S6:2275/SYT-NVY", "2275", id="label read with a digit"),
        pytest.param("S2624 /QD-BGDDT", "2624", id="label without colon, joined to the digits"),
        pytest.param("só: 45 /GM-HDDT", "45", id="small letter"),
        pytest.param("ó: 45 /GM-HDDT", "45", id="first letter of the label lost"),
        pytest.param("S:1849BGDDT-GDPT", "1849", id="slash lost"),
        pytest.param("S: MM3/BGDDT-GDTrH", "MM3", id="digits read as capitals are no notation"),
        pytest.param("S:55- TB/DTN", "55", id="party"),
        pytest.param("S:228 / /TB-SYT", "228 /", id="a stroke before the slash"),
        pytest.param("Só: 0003/20220/ CV-VOA", "0003", id="year misread"),
        pytest.param("Só: 3176B/QD-SYT", "3176B", id="suffix"),
        pytest.param("12/KH-UBND", "12", id="no label"),
        pytest.param("Só: /KH-UBND", "", id="blank"),
    ],
)
def test_the_number_stands_between_label_and_notation(text: str, number: str) -> None:
    bounds = number_gap(text)
    assert bounds is not None
    assert text[slice(*bounds)].strip() == number


@pytest.mark.parametrize("text", ["", "Só:", "Só: 45", "12/2018", "Tây Ninh"])
def test_a_row_without_notation_has_no_number(text: str) -> None:
    assert number_gap(text) is None


@given(st.text(max_size=40))
def test_any_text_has_a_place_for_the_number_or_none(text: str) -> None:
    bounds = number_gap(text)
    assert bounds is None or 0 <= bounds[0] <= bounds[1] <= len(text)


# ── numbers by pen ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.fonts
@pytest.mark.parametrize("dotted", [False, True], ids=["bare", "dotted"])
@pytest.mark.parametrize("number", ["07", "29", "464", "745", "2062", "5560"])
def test_a_number_by_pen_is_read_alike_by_three_readers(number: str, dotted: bool) -> None:
    readings = read_number_row(*number_row(number, dotted=dotted))
    assert number in [text.strip(".") for text in by(ROW, readings)]
    assert by(GAP, readings) == by(PEN, readings) == [number]


@pytest.mark.fonts
@pytest.mark.parametrize(
    ("parts", "number"),
    [
        pytest.param(("Số: 45/2026/QĐ-UBND",), "45", id="typed, with a year"),
        pytest.param(("Số: 12-CV/TU",), "12", id="typed, party"),
        pytest.param(("Số: ", ("38", 52), "/SYT-NVY"), "38", id="tight"),
        pytest.param(("Số:", ("745", 95), "/SYT-NVY"), "745", id="touching colon and slash"),
        pytest.param(("Số:        ", ("29", 260), "/KH-UBND"), "29", id="far from the slash"),
    ],
)
def test_a_gap_is_cut_by_the_printed_signs_beside_it(
    parts: tuple[str | tuple[str, int], ...], number: str
) -> None:
    readings = read_number_row(*draw_row(*parts))
    assert number in by(ROW, readings)
    assert by(GAP, readings) == [number]


@pytest.mark.fonts
@pytest.mark.parametrize("dotted", [False, True], ids=["bare", "dotted"])
def test_in_an_empty_gap_nobody_sees_a_number(dotted: bool) -> None:
    readings = read_number_row(*number_row("", dotted=dotted))
    assert not any(c.isdigit() for reading in readings for c in reading.text)


@pytest.mark.fonts
def test_the_whole_row_gives_the_notation() -> None:
    text = read_whole_row(*number_row("29", symbol="/KH-STNMT"))
    assert text is not None
    assert text.replace(" ", "").endswith("29/KH-STNMT")


# ── days by pen ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.fonts
@pytest.mark.parametrize(("day", "month"), [("3", "1"), ("03", "01"), ("17", "12"), ("9", "9"), ("26", "8")])
def test_day_and_month_by_pen_are_read_alike_by_three_readers(day: str, month: str) -> None:
    readings = read_date_row(*date_row(day, month, 2018, dotted=True))
    whole = f"ngày {day} tháng {month} năm 2018"
    assert [by(reader, readings)[:1] for reader in (ROW, GAP, PEN)] == [[whole]] * 3


@pytest.mark.fonts
@pytest.mark.parametrize(("day", "month"), [("", "3"), ("", "")], ids=["no day", "neither"])
def test_an_empty_place_for_the_day_stays_empty(day: str, month: str) -> None:
    readings = read_date_row(*date_row(day, month, 2018, dotted=True))
    assert {reading.text for reading in readings} == {f"ngày  tháng {month} năm 2018"}


@pytest.mark.fonts
def test_a_letter_behind_a_number_is_thought_of_even_where_the_row_shows_a_digit() -> None:
    readings = read_number_row(*number_row("3176B", width=210))
    for reader in (GAP, PEN):
        (reading,) = [r for r in readings if r.reader is reader]
        shares = dict(reading.shares)
        assert shares.get("3176B", 0.0) > 0.05, "who may not answer B is sure of 8"


# ── rows of a stamp ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.fonts
@pytest.mark.parametrize("tilt_deg", [0.0, 3.0])
@pytest.mark.parametrize(
    ("number", "date"),
    [
        pytest.param("2352", "5/1/12", id="short year"),
        pytest.param("29", "05/01/2012", id="long year, over the edge"),
    ],
)
def test_number_and_day_by_pen_in_a_red_stamp_are_seen_by_row_and_pen(
    number: str, date: str, tilt_deg: float
) -> None:
    plan = tay_ninh_plan()
    assert plan.stamp is not None
    stamp = replace(plan.stamp, number=number, date=date, tilt_deg=tilt_deg, hand=Hand.PEN)
    page = scan_paper(replace(plan, stamp=stamp), SCANNER_WEAR, dpi=200, rng=np.random.default_rng(3))[0]
    (x, y), (width, height) = stamp.place, (50, 35)
    box = Box(x / 210, y / 297, (x + width) / 210, (y + height) / 297)
    seen = Raster(np.asarray(page, np.uint8), 200)
    readings = read_stamp_rows(seen, box, tilt_deg + SCANNER_WEAR.skew_deg, "red")
    for reader in (ROW, PEN):
        (text,) = by(reader, readings)
        lines = [line.replace(" ", "").strip(".") for line in text.splitlines()]
        assert any(line.startswith(f"Số:{number}") for line in lines)
        assert any(line.strip(":.").replace(":.", ":").startswith(f"Ngày:{date[:8]}") for line in lines)


def test_a_page_without_writing_has_no_rows() -> None:
    seen = Raster(np.full((300, 400, 3), 255, np.uint8), 100)
    assert read_stamp_rows(seen, Box(0, 0, 1, 1), 0.0, "red") == ()


NAME, HOUR, DAY = (
    (1.0, "CONG THONG TIN"),
    [(5.5, "Gio:S"), (7.0, "GIOS")],
    [(10.0, "Ny041512026"), (11.5, "Ngày.0415")],
)


@pytest.mark.parametrize(
    ("labels", "height_mm", "is_known"),
    [
        pytest.param([NAME, *HOUR, *DAY], 20.0, True, id="hour and day fill the form"),
        pytest.param([NAME, *HOUR, (7.0, "Git drunas"), *DAY], 20.0, True, id="a window between two rows"),
        pytest.param([(-2.0, "G I"), NAME, HOUR[0], *DAY], 20.0, False, id="the hour once, a scrap above"),
        pytest.param([NAME, (5.5, "GSC"), (7.0, "G C"), *DAY], 20.0, False, id="no hour surely"),
        pytest.param([NAME, (5.5, "So:"), *HOUR, *DAY], 20.0, False, id="a row of the number"),
        pytest.param([NAME, (5.5, "S2352"), (7.0, "So 2352"), *DAY], 20.0, False, id="number and day"),
        pytest.param([NAME, *HOUR, *DAY], 27.0, False, id="room for a row below"),
        pytest.param([(-3.0, "CONG THONG TIN"), *HOUR, *DAY], 20.0, False, id="room for a row above"),
        pytest.param([NAME, *HOUR, (14.0, "Ngay 041512026")], 24.0, False, id="room for a row between"),
        pytest.param([*HOUR, *DAY], 20.0, False, id="no name above: the form's beginning was not seen"),
        pytest.param([NAME, *HOUR], 20.0, False, id="no day"),
        pytest.param([], 20.0, False, id="nothing read"),
    ],
)
def test_a_form_of_hour_and_day_is_known_only_when_no_other_row_has_room(
    labels: list[tuple[float, str]], height_mm: float, is_known: bool
) -> None:
    rows = rows_of_form([Label(*label) for label in labels], height_mm)
    assert rows == (("Giờ", "Ngày") if is_known else ())


@given(st.lists(st.tuples(st.floats(-5, 60), st.text(max_size=12)), max_size=12), st.floats(0, 60))
def test_any_windows_have_a_known_form_or_none(labels: list[tuple[float, str]], height_mm: float) -> None:
    assert rows_of_form([Label(*label) for label in labels], height_mm) in {(), ("Giờ", "Ngày")}


@pytest.mark.parametrize(
    ("labels", "lines"),
    [
        pytest.param(
            [(14.0, "Ngày:05/01"), (18.0, "Chuyôn:D/c Linh,"), (19.5, "|Chuyển: D/c Linh"), (24.0, "D/c Xuân")],
            ("Chuyển: D/c Linh,", "Chuyển: D/c Linh", "Dưới: D/c Xuân"), id="names run on below",
        ),
        pytest.param([(18.0, "Kính chuyển:......")], ("Chuyển: ",), id="empty, an older form"),
        pytest.param([(18.0, "Chuyèn P.CNTT")], ("Chuyển: P.CNTT",), id="colon lost"),
        pytest.param(
            [(18.0, "Chuyển: VP"), (24.0, "Số và ký hiệu HS:"), (25.5, "ky hieu")], ("Chuyển: VP",), id="the next label ends it"
        ),
        pytest.param([(18.0, "Chuyển: VP"), (33.0, "Căn cứ")], ("Chuyển: VP",), id="the frame ends it"),
        pytest.param([(18.0, "D/c Linh"), (20.0, "di chuyển: bay")], (), id="no label"),
        pytest.param([], (), id="nothing read"),
    ],
)  # fmt: skip
def test_names_stand_after_their_label_and_below_it(
    labels: list[tuple[float, str]], lines: tuple[str, ...]
) -> None:
    assert rows_of_names([Label(*label) for label in labels], 35.0) == lines


# ── the picture of a gap ─────────────────────────────────────────────────────────────────────────────────


def strokes(*lines: tuple[int, int, int, int]) -> Gray:
    """A strip of 80 rows with these strokes on it, from and to as x, y."""
    page = Image.new("L", (400, 80), 255)
    for line in lines:
        ImageDraw.Draw(page).line(line, fill=0, width=4)
    return np.asarray(page, np.uint8)


def signs(text: str, *middles: int) -> tuple[Sign, ...]:
    """The signs of `text` as read, each at its middle in pixels of 400."""
    return tuple(Sign(sign, (x - 5) / 400, (x + 5) / 400, 1.0) for sign, x in zip(text, middles, strict=True))


def columns(gap: Gray | None) -> int:
    """How many columns of `gap` hold ink."""
    return 0 if gap is None else int((gap < 128).any(axis=0).sum())


COLON = ((100, 40, 100, 42), (100, 60, 100, 62))
ONE, SLASH = (150, 20, 150, 62), (205, 62, 225, 18)


@pytest.mark.parametrize(
    ("ink", "read", "inside"),
    [
        pytest.param((*COLON, ONE, SLASH), signs(":1/", 100, 150, 215), 1, id="a stroke between colon and slash"),
        pytest.param((*COLON, ONE, SLASH), signs(":/", 100, 215), 1, id="a stroke that was not read"),
        pytest.param((*COLON, ONE, SLASH), signs(":1/", 108, 150, 229), 1, id="places told roughly"),
        pytest.param((*COLON, SLASH), signs(":/", 100, 215), 0, id="nothing between"),
        pytest.param(
            (*COLON, (140, 62, 160, 18), SLASH), signs(":/", 100, 215), 1, id="a pen's one that leans as a slash does"
        ),
        pytest.param((ONE, SLASH), signs("/", 215), 1, id="no label: from the start of the row"),
        pytest.param((*COLON, ONE), signs(":", 100), 1, id="no slash: to the end of the row"),
        pytest.param((*COLON, (0, 6, 399, 6), ONE, SLASH), signs(":/", 100, 215), 1, id="a rule above"),
        pytest.param((*COLON, ONE, (170, 79, 190, 79), SLASH), signs(":/", 100, 215), 1, id="the next row's heads"),
    ],
)  # fmt: skip
def test_only_what_the_pen_wrote_is_cut_out(
    ink: tuple[tuple[int, int, int, int], ...], read: tuple[Sign, ...], inside: int
) -> None:
    text = "".join(sign.text for sign in read)
    start = 1 if text.startswith(":") else 0
    end = len(text) - 1 if text.endswith("/") else len(text)
    gap = cut_gap(strokes(*ink), find_gap(strokes(*ink), read, start, end, 45), 45)
    if inside:
        assert gap is not None
        assert 3 <= columns(gap) <= 26, "one stroke, and neither colon nor slash"
    else:
        assert gap is None


@given(data=st.data())
@settings(max_examples=150)
def test_any_ink_and_any_signs_give_a_gap_or_none(data: st.DataObject) -> None:
    height, width = data.draw(st.integers(1, 60)), data.draw(st.integers(1, 90))
    seed = data.draw(st.integers(0, 2**31))
    ink = np.random.default_rng(seed).choice(np.array([0, 255], np.uint8), (height, width))
    places = st.floats(0, 1)
    read = data.draw(
        st.lists(st.builds(Sign, st.sampled_from(":/1 t-S"), places, places, places), max_size=6)
    )
    start = data.draw(st.integers(0, len(read)))
    end = data.draw(st.integers(start, len(read)))
    height_px = data.draw(st.floats(0, 100))
    place = find_gap(ink, read, start, end, height_px)
    gap = cut_gap(ink, place, height_px)
    assert gap is None or gap.size > 0
    assert is_struck_out(ink, place, height_px) in (True, False)


# ── nothing raises ───────────────────────────────────────────────────────────────────────────────────────

BOXES = st.builds(
    lambda x, y, w, h: Box(x, y, min(x + w, 1.0), min(y + h, 1.0)),
    st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.3),
)  # fmt: skip


@given(box=BOXES, seed=st.integers(0, 2**31), colour=st.booleans())
@settings(max_examples=8)
def test_any_box_on_any_page_is_read_or_not(box: Box, seed: int, colour: bool) -> None:
    shape = (60, 240, 3) if colour else (60, 240)
    seen = Raster(np.random.default_rng(seed).integers(0, 256, shape, np.uint8), 100)
    for readings in (
        read_number_row(seen, box),
        read_date_row(seen, box),
        read_stamp_rows(seen, box, 2.0, "red"),
    ):
        assert all(isinstance(reading.text, str) for reading in readings)


def test_a_picture_that_is_not_gray_is_refused() -> None:
    with pytest.raises(ValueError, match="gray"):
        recognise(np.zeros((4, 4, 3), np.uint8))


def test_a_machine_without_the_recogniser_reads_with_the_first_engine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(recogniser, "_file", lambda: None)
    recogniser._model.cache_clear()
    try:
        seen = Raster(np.full((60, 240), 255, np.uint8), 100)
        assert recognise(seen.pixels) is None
        assert read_number_row(seen, Box(0, 0, 1, 1)) == ()
        box = Box(0.1, 0.1, 0.3, 0.12)
        look = SecondLook(FieldName.NUMBER_SYMBOL, 1, box, Alphabet.DIGITS, box)
        path = scan(tmp_path / "a.png")
        (answer,) = look_again(path, [look], engine=Recorded((said("29"),)), limits=Limits())
        assert (answer.text, answer.reader) == ("29", SecondReader.AGAIN)
    finally:
        recogniser._model.cache_clear()


# ── decoding ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("best", "text"),
    [
        pytest.param([0, 1, 1, 0, 2], "12", id="one after the other"),
        pytest.param([1, 1, 1], "1", id="held: once"),
        pytest.param([1, 0, 1], "11", id="let go between: twice"),
        pytest.param([0, 0], "", id="nothing"),
    ],
)
def test_steps_become_signs(best: list[int], text: str) -> None:
    read = decode(np.eye(3, dtype=np.float32)[best], "12")
    assert read.text == text
    assert read.sure == (1.0 if text else 0.0)


def test_only_allowed_signs_are_answered() -> None:
    steps = np.array([[0.1, 0.6, 0.3]], np.float32)
    assert decode(steps, "B8").text == "B"
    assert decode(steps, "B8", only="8").text == "8"
    assert decode(steps, "B8", only="x") == Recognised()


def test_one_picture_is_looked_at_once_however_many_looks_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []

    class Session:
        def run(self, _names: None, given: dict[str, np.ndarray]) -> list[np.ndarray]:
            asked.append(given["x"].shape)
            return [np.full((1, 4, 3), 1 / 3, np.float32)]

    monkeypatch.setattr(recogniser, "_model", lambda: recogniser._Model(Session(), "x", ("1", "7")))
    recogniser._answered.cache_clear()
    row, other = np.full((48, 400), 200, np.uint8), np.full((48, 400), 90, np.uint8)
    try:
        recognise(row)
        recognise(row.copy(), "17")
        assert asked == [(1, 3, 48, 400)]
        recognise(other)
        assert len(asked) == 2
    finally:
        recogniser._answered.cache_clear()
