"""When the upper part of page 1 says enough to pass a document on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from documents.page import Box, Line, Paper, Region, RegionKind
from fields.agencies import load_agencies
from fields.read import find_fields
from fields.upper_part import may_go_on, tells_enough
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


def begun(lines: list[Line]) -> Paper:
    """A paper of which page 1 was read in part."""
    whole = paper(lines)
    return replace(whole, pages=(replace(whole.pages[0], read_to=0.33), *whole.pages[1:]))


@pytest.mark.parametrize(
    ("read", "asks_for_more"),
    [
        pytest.param(begun(titled(then=())), True, id="only the end of the subject is unknown"),
        pytest.param(begun(titled()), False, id="the subject is whole"),
        pytest.param(paper(titled(then=())), False, id="there is no more to be read"),
        pytest.param(begun(titled("GIẤY MỜI", "GM", then=())), False, id="its hour stands in the text"),
        pytest.param(begun([line("Trang trắng", 0.2, 0.2)]), False, id="no head at all"),
    ],
)
def test_a_few_lines_more_are_asked_for_where_they_would_tell(read: Paper, asks_for_more: bool) -> None:
    assert may_go_on(find_fields(read, DIRECTORY)) == asks_for_more
