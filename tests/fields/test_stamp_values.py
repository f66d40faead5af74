"""What an arrival stamp says is read by its labels, or left unread."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.page import Box, Line, Word
from fields.stamp_values import Stamp, read_stamp, read_stamp_day, read_stamp_text, split_names

BOX = Box(0.1, 0.1, 0.35, 0.25)
FORM = (
    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
    "~ Số: 29",
    "ĐẾN",
    "Ngày: 05/01/2012",
    "Chuyển: Đ/c Linh,",
    "Đ/c Thanh Xuân",
)


def stamp(*rows: str) -> Stamp:
    """`rows` one under the other inside `BOX`."""
    lines = []
    for at, row in enumerate(rows):
        words = [
            Word(text, Box(0.11 + 0.03 * i, 0.11 + 0.02 * at, 0.135 + 0.03 * i, 0.125 + 0.02 * at), 90.0)
            for i, text in enumerate(row.split())
        ]
        lines.append(Line(tuple(words)))
    return read_stamp(lines, page=1, box=BOX)


def test_the_form_of_2020_is_read_row_by_row() -> None:
    read = stamp(*FORM, "Số và ký hiệu HS: 05")
    assert read.agency == "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
    assert read.number == "29"
    assert read.day is not None
    assert read.day.after(None) == dt.date(2012, 1, 5)
    assert read.names == ("Đ/c Linh", "Đ/c Thanh Xuân")
    assert not read.names_broken


def test_every_row_knows_its_place_and_where_a_person_should_look() -> None:
    read = stamp(*FORM)
    assert read.number_row is not None
    assert [w.text for w in read.number_row.digits] == ["29"]
    assert read.number_row.box.x1 == BOX.x1, "the row reaches to the frame"
    assert read.agency_box is not None
    assert read.agency_box.y1 < read.number_row.box.y0
    assert read.forward_row is not None
    assert read.forward_row.box.y1 == pytest.approx(0.225)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(("ĐẾN",), id="nothing but its word"),
        pytest.param(("„ Ế ¿",), id="rubbish"),
        pytest.param(("CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ", "ĐỀN", "vu. 415 1 2022."), id="labels lost"),
        pytest.param((), id="nothing at all"),
    ],
)
def test_a_stamp_without_a_readable_label_has_no_values(rows: tuple[str, ...]) -> None:
    read = stamp(*rows)
    assert (read.number, read.day, read.names) == (None, None, ())
    assert (read.number_row, read.date_row, read.forward_row) == (None, None, None)


@pytest.mark.parametrize(
    ("row", "number"),
    [
        pytest.param("Số: 29", "29", id="plain"),
        pytest.param("= Số:.....2352......", "2352", id="on a dotted line"),
        pytest.param("Sã: 107", "107", id="a mark misread"),
        pytest.param("Số 12", "12", id="no colon"),
        pytest.param("Số: 29 “ ˆ", "29", id="specks after it"),
        pytest.param("Số: 2 9", None, id="two numbers"),
        pytest.param("Số: 29 h", None, id="a letter after it"),
        pytest.param("Số: LXKÝ2", None, id="handwriting misread"),
        pytest.param("Số:", None, id="empty"),
        pytest.param("Số: 1234567", None, id="no office has a million"),
    ],
)
def test_a_number_is_a_plain_number_or_unread(row: str, number: str | None) -> None:
    read = stamp("SỞ Y TẾ", row, "ĐẾN", "Ngày: 05/01/2012")
    assert read.number == number
    assert read.number_row is not None
    assert read.day is not None, "and the day does not suffer"


@pytest.mark.parametrize(
    ("rows", "number", "day"),
    [
        pytest.param(("ĐẾN Số: 29", "Ngày: 05/01/2012"), "29", (5, 1), id="ĐẾN before a row"),
        pytest.param(("Số: 29", "ĐẾN 11", "Ngày: 05/01/2012"), "29", (5, 1), id="crumbs of the tall cell"),
        pytest.param(("Số:", "ĐẾN", "29", "Ngày: 5/1"), "29", (5, 1), id="the value on the next row"),
        pytest.param(("CÔNG VĂN ĐẾN", "Giờ: 8.30 Ngày: 5/1"), None, (5, 1), id="form with an hour"),
        pytest.param(
            ("Số: 29", "Ngày: 05/01/2012", "rubbish under it"), "29", (5, 1), id="rubbish under the day"
        ),
    ],
)
def test_rows_are_told_apart_however_the_engine_orders_them(
    rows: tuple[str, ...], number: str | None, day: tuple[int, int]
) -> None:
    read = stamp(*rows)
    assert read.number == number
    assert read.day is not None
    assert (read.day.day, read.day.month) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05/01/2012", (5, 1, 2012)),
        (" ..21/3/18..", (21, 3, 2018)),
        ("5/5", (5, 5, None)),
        ("22-01-2016", (22, 1, 2016)),
        ("ngày 05/01/2012 14h30", (5, 1, 2012)),
        ("04.15.1.2026", None),
        ("O3) ((1].2025", None),
        ("05/01/2012 Đ/c Linh", None),
        ("", None),
    ],
)
def test_a_day_is_a_plain_day_or_unread(text: str, day: tuple[int, int, int | None] | None) -> None:
    read = read_stamp_day(text)
    assert (read and (read.day, read.month, read.year)) == day


@pytest.mark.parametrize(
    ("text", "names", "broken"),
    [
        pytest.param("Đ/c Linh, Đ/c Thanh Xuân", ("Đ/c Linh", "Đ/c Thanh Xuân"), False, id="comma"),
        pytest.param("Đ/c Linh\nĐ/c Thanh Xuân", ("Đ/c Linh", "Đ/c Thanh Xuân"), False, id="line end"),
        pytest.param("Đ/c Linh Đ/c Xuân", ("Đ/c Linh", "Đ/c Xuân"), False, id="only titles between"),
        pytest.param("Đ/c Thanh\nXuân", ("Đ/c Thanh Xuân",), True, id="a name over the line end"),
        pytest.param("P.CNTT + P.BCVT", ("P.CNTT", "P.BCVT"), False, id="units"),
        pytest.param("Linh - Xuân", ("Linh", "Xuân"), False, id="dash between spaces"),
        pytest.param("đ/c Linh (p/h)", ("đ/c Linh (p/h)",), False, id="a remark in brackets"),
        pytest.param("TTĐT (2)", ("TTĐT (2)",), False, id="a unit with copies"),
        pytest.param("..........", (), False, id="dots only"),
        pytest.param("", (), False, id="empty"),
    ],
)
def test_names_are_cut_as_they_are_written(text: str, names: tuple[str, ...], broken: bool) -> None:
    assert split_names(text) == (names, broken)


@pytest.mark.parametrize("rest", ["Đ/c Linh,", "Đ/c Linh;", "Đ/c Linh +", "Đ/c Linh, ”"])
def test_a_row_that_should_go_on_is_broken(rest: str) -> None:
    read = stamp("ĐẾN", "Số: 29", f"Chuyển: {rest}")
    assert read.names == ("Đ/c Linh",)
    assert read.names_broken


@pytest.mark.parametrize("label", ["Chuyển:", "Kính chuyển:", "Chuyén:", "Chuyếr::"])
def test_names_are_found_under_a_label_misread(label: str) -> None:
    assert stamp("ĐẾN", "Số: 29", f"{label} Đ/c Linh").names == ("Đ/c Linh",)


def test_the_file_row_ends_the_names() -> None:
    read = stamp("ĐẾN", "Chuyển: Đ/c Linh", "Lưu hồ sơ số: 7")
    assert read.names == ("Đ/c Linh",)


@pytest.mark.parametrize(
    ("rows", "agency"),
    [
        pytest.param(("SỞ KHOA HỌC", "VÀ CÔNG NGHỆ", "Số: 1"), "SỞ KHOA HỌC VÀ CÔNG NGHỆ", id="two lines"),
        pytest.param(("+ SỞ Y TẾ |", "Số: 1"), "SỞ Y TẾ", id="crumbs of the frame"),
        pytest.param(("Căn cứ Luật", "SỞ Y TẾ", "Số: 1"), "SỞ Y TẾ", id="a line of the letter"),
        pytest.param(("CÔNG VĂN ĐẾN", "Số: 1"), None, id="no office"),
    ],
)
def test_the_office_stands_in_capitals_above_the_first_label(
    rows: tuple[str, ...], agency: str | None
) -> None:
    assert stamp(*rows).agency == agency


def test_a_second_readers_text_is_read_by_the_same_rules() -> None:
    read = read_stamp_text("\n".join(FORM))
    assert (read.agency, read.number, read.names) == (FORM[0], "29", ("Đ/c Linh", "Đ/c Thanh Xuân"))
    assert read_stamp_text("\n \n").number is None


WORDS = st.sampled_from(
    ["Số:", "29", "ĐẾN", "Ngày:", "5/1", "Chuyển:", "Đ/c", "Linh,", "SỞ", "Y", "TẾ", "|", "„", "Giờ:"]
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), max_size=7))
def test_no_stamp_upsets_the_reader(rows: list[list[str]]) -> None:
    read = stamp(*(" ".join(row) for row in rows))
    for row in (read.number_row, read.date_row, read.forward_row):
        assert row is None or (row.box.x0 <= row.box.x1 and row.box.y0 <= row.box.y1)
    assert read.number is None or read.number.isdigit()
