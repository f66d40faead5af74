"""When the upper part of page 1 says enough to pass a document on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from documents.page import Box, Line, Region, RegionKind
from fields.agencies import load_agencies
from fields.read import find_fields
from fields.upper_part import tells_enough
from tests.fields.paper_from_text import letterhead, line, paper

DIRECTORY = load_agencies()


def titled(
    title: str = "KẾ HOẠCH", symbol: str = "KH", then: Sequence[str] = ("Căn cứ Luật;",)
) -> list[Line]:
    return letterhead(
        left=("ỦY BAN NHÂN DÂN", "TỈNH TÂY NINH"),
        number=f"Số: 02/{symbol}-UBND",
        date="Tây Ninh, ngày 03 tháng 01 năm 2012",
        under=(),
        title=title,
        subject=("Thực hiện công tác thông tin đối ngoại", "tỉnh Tây Ninh năm 2012"),
        then=tuple(then),
    )


@pytest.mark.parametrize(
    "lines",
    [pytest.param(titled(), id="a plan"), pytest.param(letterhead(), id="a letter")],
)
def test_the_head_of_an_ordinary_document_says_enough(lines: list[Line]) -> None:
    assert tells_enough(find_fields(paper(lines), DIRECTORY))


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        pytest.param(titled("GIẤY MỜI", "GM"), "its hour stands in the text", id="an invitation"),
        pytest.param(titled(then=()), "the subject may go on", id="nothing below the subject"),
        pytest.param([x for x in titled() if "Số:" not in x.text], "who knows which", id="no number"),
        pytest.param([line("Trang trắng", 0.2, 0.2)], "no head at all", id="no head"),
        pytest.param([], "nothing was read", id="nothing"),
    ],
)
def test_such_a_paper_is_read_on(lines: list[Line], why: str) -> None:
    assert not tells_enough(find_fields(paper(lines), DIRECTORY)), why


def test_what_is_urgent_is_read_on() -> None:
    mark = Region(RegionKind.FRAMED_MARK, Box(0.1, 0.2, 0.2, 0.23), (line("HỎA TỐC", 0.1, 0.2),), "red")
    assert not tells_enough(find_fields(paper(titled(), regions=(mark,)), DIRECTORY))
