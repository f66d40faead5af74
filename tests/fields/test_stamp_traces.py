"""Words of a stamp's form that stand among the lines give the stamp away and stay out of the other fields."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.page import Box, Line, Page, Region, RegionKind
from fields.agencies import AgencyDirectory
from fields.arrival import find_arrival, list_stamp_rows
from fields.read import find_fields
from fields.stamp_traces import find_trace, find_unread_rows, place_name
from tests.fields.paper_from_text import both, centred, line, paper

HEAD = (
    both("UBND TỈNH TÂY NINH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.05),
    both("SỞ Y TẾ", "Độc lập - Tự do - Hạnh phúc", 0.07),
    both("Số: 284/BC-SYT", "Tây Ninh, ngày 09 tháng 5 năm 2024", 0.10),
)
BODY = (
    centred("BÁO CÁO", 0.22),
    centred("Kết quả triển khai hồ sơ sức khỏe điện tử 6 tháng đầu năm", 0.24),
    line("Thực hiện đề nghị của Sở Thông tin và Truyền thông, Sở Y tế báo cáo như sau:", 0.16, 0.40),
    line("1. Toàn tỉnh đã lập 812.450 hồ sơ sức khỏe, đạt 71,3% dân số.", 0.16, 0.42),
)
NO_AGENCIES = AgencyDirectory(())


def page(*lines: Line, regions: tuple[Region, ...] = ()) -> Page:
    return Page(1, 1654, 2339, 200, lines, regions)


def unread(x0: float, y0: float, x1: float, y1: float) -> Region:
    return Region(RegionKind.ARRIVAL_STAMP, Box(x0, y0, x1, y1), (), "black")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(("Chuyển: ........",), id="a row that only a stamp has"),
        pytest.param(("Chuyen:",), id="without marks"),
        pytest.param(("C huyển; Đ/c Linh",), id="a letter torn off"),
        pytest.param(("Lưu hồ sơ số:",), id="an older form"),
        pytest.param(("Số và ký hiệu HS:",), id="the last row of the form"),
        pytest.param(("CÔNG VĂN ĐẾN",), id="its title"),
        pytest.param(("CV DEN",), id="its title, short and without marks"),
        pytest.param(("S6: 1293", "Ngay: 16/5"), id="two rows that tell little each"),
        pytest.param(("Giờ: ....", "Ngày: ..../...."), id="a form with the hour"),
    ],
)
def test_rows_of_a_form_give_an_unread_stamp_away(rows: tuple[str, ...]) -> None:
    stray = tuple(line(row, 0.05, 0.28 + 0.02 * n, confidence=40.0) for n, row in enumerate(rows))
    found = find_trace(page(*HEAD, *BODY, *stray), (*HEAD, *BODY, *stray))
    assert found is not None
    assert found.words in rows
    assert find_unread_rows(page(*HEAD, *BODY, *stray)) == stray


@pytest.mark.parametrize(
    "row",
    [
        "Số: 284/BC-SYT",
        "Chuyển đổi số: nhiệm vụ trọng tâm của năm",
        "Ngày 09 tháng 5 năm 2024",
        "Số lượng: 12 máy",
        "Chuyển Văn phòng tổng hợp, báo cáo:",
        "Lưu: VT, TH.",
        "Ngày: 20/5/2024 (thứ Hai)",
        "Quản lý văn bản đến và lập hồ sơ công việc",
    ],
)
def test_rows_of_a_document_give_nothing_away(row: str) -> None:
    lines = (*HEAD, *BODY, line(row, 0.16, 0.46))
    assert find_trace(page(*lines), lines) is None
    assert find_unread_rows(page(*lines)) == ()


def test_the_reason_says_where_and_what_was_seen() -> None:
    found = find_arrival(paper((*HEAD, *BODY, line("Chuyển:", 0.05, 0.28, confidence=40.0))))
    assert found.stamps == ()
    assert found.seen == "Chuyển:"
    assert found.suspect is not None
    assert place_name(found.suspect) == "góc trên trái"


@pytest.mark.parametrize(
    ("box", "name"),
    [
        (Box(0.05, 0.05, 0.3, 0.2), "góc trên trái"),
        (Box(0.4, 0.0, 0.6, 0.1), "phía trên"),
        (Box(0.7, 0.1, 1.0, 0.2), "góc trên phải"),
        (Box(0.0, 0.4, 0.2, 0.5), "bên trái"),
        (Box(0.4, 0.4, 0.6, 0.5), "giữa"),
        (Box(0.8, 0.4, 1.0, 0.5), "bên phải"),
        (Box(0.0, 0.7, 0.2, 0.9), "phía dưới bên trái"),
        (Box(0.4, 0.7, 0.6, 0.9), "phía dưới"),
        (Box(0.8, 0.7, 1.0, 0.9), "phía dưới bên phải"),
    ],
)
def test_a_place_on_the_page_has_a_name(box: Box, name: str) -> None:
    assert place_name(box) == name


def test_rubbish_in_an_unread_stamp_is_set_aside_and_the_documents_own_words_stay() -> None:
    rubbish = line("ĐRX c0 8S6", 0.05, 0.30, confidence=12.0)
    over = line("Căn cứ Luật Khám bệnh", 0.05, 0.32)
    lines = page(*HEAD, rubbish, over, regions=(unread(0.03, 0.27, 0.30, 0.36),))
    assert find_unread_rows(lines) == (rubbish,)


def test_a_subject_holds_no_words_of_a_stamp_that_was_not_read() -> None:
    """The stamp runs over the title; its frame was seen, its rows came out among those of the subject."""
    stray = (
        line("Số: 1293", 0.20, 0.255, confidence=38.0),
        line("Ngày: 16/5", 0.20, 0.27, confidence=35.0),
        line("Chuyển:", 0.12, 0.285, confidence=44.0),
    )
    over = paper((*HEAD, *BODY[:2], *stray, *BODY[2:]), regions=(unread(0.10, 0.25, 0.34, 0.32),))
    first = over.page(1)
    assert first is not None
    assert set(list_stamp_rows(first)) >= set(stray)
    found = find_fields(over, NO_AGENCIES)
    assert found.subject is not None
    said = str(found.subject.found.value)
    assert said == "Kết quả triển khai hồ sơ sức khỏe điện tử 6 tháng đầu năm"
    assert found.number is not None
    assert found.number.number == "284"


def test_a_photograph_too_small_to_tell_is_no_proof_of_absence() -> None:
    small = paper((*HEAD, *BODY))
    flagged = replace(small, flags=("photo_too_small",))
    assert find_arrival(small).is_legible
    assert not find_arrival(flagged).is_legible
