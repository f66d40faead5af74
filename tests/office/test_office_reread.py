"""A drawn box: which places are none, what its print means as a value, and a real reading."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from documents.page import Box
from documents.reading import FieldName
from office.reading import bare_circumstances, open_reader
from office.reread import BadRegion, parse_region, value_of
from samples.example import write_example

WHOLE = {"trang": "1", "trai": "10", "tren": "20,5", "phai": "60", "duoi": "25"}


def test_per_cent_of_the_page_become_fractions() -> None:
    assert parse_region(WHOLE) == (1, Box(0.1, 0.205, 0.6, 0.25))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"trang": ""}, id="no page"),
        pytest.param({"trai": "abc"}, id="no number"),
        pytest.param({"phai": "101"}, id="beside the page"),
        pytest.param({"tren": "-1"}, id="above the page"),
        pytest.param({"phai": "5"}, id="the wrong way round"),
        pytest.param({"duoi": "20.5"}, id="no height"),
        pytest.param({"trai": "nan"}, id="not a number at all"),
        pytest.param({"duoi": "inf"}, id="without end"),
    ],
)
def test_what_is_no_place_on_a_page_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(BadRegion):
        parse_region({**WHOLE, **changes})


@pytest.mark.parametrize(
    ("field", "lines", "value"),
    [
        pytest.param(
            FieldName.DATE, ["Tây Ninh, ngày 03 tháng 01", "năm 2012"], "03/01/2012", id="a day in words"
        ),
        pytest.param(FieldName.ARRIVAL_DATE, ["Ngày: 5/1/2012"], "05/01/2012", id="a day in figures"),
        pytest.param(FieldName.DATE, ["KẾ HOẠCH"], None, id="no day is not guessed"),
        pytest.param(FieldName.NUMBER_SYMBOL, ["Số: 02 / KH-UBND"], "02/KH-UBND", id="without its label"),
        pytest.param(FieldName.ARRIVAL_NUMBER, ["Số: 029"], "29", id="the number of a stamp"),
        pytest.param(FieldName.ARRIVAL_NUMBER, ["Số:"], None, id="an empty stamp"),
        pytest.param(
            FieldName.SUBJECT,
            ["Thực hiện công tác", " thông tin"],
            "Thực hiện công tác thông tin",
            id="lines",
        ),
        pytest.param(
            FieldName.ARRIVAL_FORWARDED_TO, ["Đ/c Linh,", "Đ/c Xuân"], "Đ/c Linh,\nĐ/c Xuân", id="a list"
        ),
        pytest.param(FieldName.SUBJECT, [], None, id="nothing"),
    ],
)
def test_print_becomes_a_value_of_the_field(field: FieldName, lines: list[str], value: str | None) -> None:
    assert value_of(field, lines) == value


@pytest.mark.tesseract
@pytest.mark.fonts
def test_a_box_drawn_around_a_field_reads_what_stands_there(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    write_example(path)
    with open_reader(slots=1) as reader:
        first = reader.read(path, file_name=path.name, sha256="0" * 64, full=False)
        reading = first.check(bare_circumstances(reader.agencies, today=dt.date(2026, 3, 16)))
        for name in (FieldName.NUMBER_SYMBOL, FieldName.DATE):
            field = reading.fields[name]
            assert field.box is not None
            assert field.page is not None
            again = value_of(name, reader.workshop.read_region(path, field.page, field.box))
            shown = field.value
            if name is FieldName.DATE:
                shown = f"{dt.date.fromisoformat(str(shown)):%d/%m/%Y}"
            assert again == shown
        assert reader.workshop.read_region(path, 1, Box(0.0, 0.0, 0.03, 0.03)) == ()
