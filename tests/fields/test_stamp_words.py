"""Stamp words that stayed among the lines are found and leave the text to itself."""

from __future__ import annotations

import pytest

from documents.page import Line, Page
from fields.arrival import find_arrival
from fields.stamp_words import find_stamp_lines, find_suspect, is_arrived
from tests.fields.paper_from_text import line, paper

ASPECT = 210 / 297


def page(*lines: Line) -> Page:
    return Page(1, 1654, 2339, 200, lines)


@pytest.mark.parametrize("text", ["ĐẾN", "ĐỀN", "DEN", "|ĐẾN|", "BẾN", "PEN"])
def test_arrived_is_known_in_capitals(text: str) -> None:
    assert is_arrived(text)


@pytest.mark.parametrize("text", ["đến", "Đến", "ĐƠN", "ĐẾNG", "Đ", ""])
def test_other_words_are_no_arrived(text: str) -> None:
    assert not is_arrived(text)


def test_a_stamp_between_the_lines_is_taken_out_whole() -> None:
    text = line("Căn cứ Luật Tổ chức chính quyền địa phương năm 2015;", 0.16, 0.40)
    found, rest = find_stamp_lines(
        page(
            line("SỞ Y TẾ TÂY NINH", 0.12, 0.20),
            line("Số: 29", 0.20, 0.22),
            line("ĐẾN", 0.13, 0.23),
            line("Ngày: 05/01/2012", 0.20, 0.24),
            line("Chuyển: Đ/c Linh", 0.12, 0.26),
            text,
        )
    )
    assert [row.text for row in found] == [
        "SỞ Y TẾ TÂY NINH",
        "Số: 29",
        "ĐẾN",
        "Ngày: 05/01/2012",
        "Chuyển: Đ/c Linh",
    ]
    assert rest == (text,)


def test_a_stamp_that_runs_into_the_text_is_cut_off_there() -> None:
    into = "| Độc lập của các cơ quan hành chính nhà nước trong thời gian"
    joined = Line((*line("Ngày: 05/01/2012", 0.20, 0.24).words, *line(into, 0.42, 0.24).words))
    found, rest = find_stamp_lines(page(line("ĐẾN Số: 29", 0.13, 0.22), joined))
    assert "Ngày: 05/01/2012" in found[1].text
    assert "hành chính" in rest[0].text
    assert "05/01/2012" not in rest[0].text


def test_a_row_read_as_one_with_the_text_is_cut_at_the_frame() -> None:
    joined = line("Ngày: 05/01/2012 | Hướng dẫn thi hành một số quy định của Luật hôn nhân", 0.13, 0.24)
    found, rest = find_stamp_lines(
        page(line("BỘ TÀI CHÍNH", 0.13, 0.20), line("ĐẾN Số: 29", 0.13, 0.22), joined)
    )
    assert [row.text for row in found] == ["BỘ TÀI CHÍNH", "ĐẾN Số: 29", "Ngày: 05/01/2012 |"]
    assert [row.text for row in rest] == ["Hướng dẫn thi hành một số quy định của Luật hôn nhân"]


def test_a_row_without_a_space_near_the_frame_stays_whole() -> None:
    joined = line("Ngày: 05/01/2012" + "x" * 60, 0.13, 0.24)
    found, _ = find_stamp_lines(page(line("ĐẾN Số: 29", 0.13, 0.22), joined))
    assert joined.text in {row.text for row in found}


@pytest.mark.parametrize(
    ("above", "taken"),
    [
        pytest.param([line("SỞ Y TẾ TÂY NINH", 0.13, 0.20)], ["SỞ Y TẾ TÂY NINH"], id="one line"),
        pytest.param(
            [line("SỞ KHOA HỌC", 0.13, 0.18), line("VÀ CÔNG NGHỆ", 0.13, 0.20)],
            ["SỞ KHOA HỌC", "VÀ CÔNG NGHỆ"],
            id="two lines",
        ),
        pytest.param([line("Căn cứ Luật Đất đai", 0.13, 0.20)], [], id="text"),
        pytest.param([line("Số: 02/KH-UBND", 0.13, 0.20)], [], id="the number of the paper"),
        pytest.param([line("KẾ HOẠCH", 0.13, 0.20)], [], id="the title of the paper"),
        pytest.param([line("SỞ Y TẾ TÂY NINH", 0.7, 0.20)], [], id="another column"),
        pytest.param([line("SỞ Y TẾ TÂY NINH", 0.13, 0.12)], [], id="far above"),
    ],
)
def test_the_office_above_the_form_is_taken_along(above: list[Line], taken: list[str]) -> None:
    form = [line("ĐẾN Số: 29", 0.13, 0.22), line("Ngày: 05/01/2012", 0.13, 0.24)]
    found, rest = find_stamp_lines(page(*above, *form))
    assert [row.text for row in found] == [*taken, *(row.text for row in form)]
    assert len(rest) == len(above) - len(taken)


def test_the_day_after_a_place_is_no_label_of_a_stamp() -> None:
    lines = [line("Hà Nội, ngày 5 tháng 1 năm 2012", 0.2, 0.22), line("ĐẾN", 0.2, 0.24)]
    assert find_stamp_lines(page(*lines))[0] == ()


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [line("Số: 02/KH-UBND", 0.2, 0.12), line("Tây Ninh, ngày 03 tháng 01 năm 2012", 0.5, 0.12)],
            id="the head itself",
        ),
        pytest.param([line("ĐẾN", 0.13, 0.23)], id="one word alone"),
        pytest.param([line("ĐẾN", 0.13, 0.8), line("Số: 29", 0.2, 0.8)], id="low on the page"),
        pytest.param([line("ĐẾN", 0.13, 0.2), line("Số: 29", 0.2, 0.5)], id="far apart"),
        pytest.param([], id="an empty page"),
    ],
)
def test_other_lines_are_left_alone(lines: list[Line]) -> None:
    found, rest = find_stamp_lines(page(*lines))
    assert found == ()
    assert rest == tuple(lines)


@pytest.mark.parametrize(
    ("text", "suspect"),
    [
        pytest.param("ĐẾN", True, id="alone"),
        pytest.param("ĐẾN ngày 5", True, id="before small letters"),
        pytest.param("QUY ĐỊNH ĐẾN NĂM 2030", False, id="in a title"),
        pytest.param("Kính gửi các đơn vị", False, id="text"),
    ],
)
def test_a_lone_arrived_is_a_suspect(text: str, suspect: bool) -> None:
    assert (find_suspect([line(text, 0.2, 0.3)], ASPECT) is not None) is suspect
    assert find_suspect([line(text, 0.2, 0.9)], ASPECT) is None


def test_words_of_a_stamp_in_the_text_are_a_stamp_of_the_paper() -> None:
    found = find_arrival(paper([line("ĐẾN Số: 29", 0.13, 0.22), line("Ngày: 05/01/2012", 0.13, 0.24)]))
    (stamp,) = found.stamps
    assert stamp.number == "29"


def test_words_of_a_stamp_deep_in_a_sentence_are_no_stamp() -> None:
    page = Page(1, 1654, 2339, 200, (line("Việc chuyển hồ sơ ĐẾN Số: 12 Ngày: 21/3", 0.12, 0.1),))
    assert find_stamp_lines(page) == ((), page.lines)
