"""Small things that paper does to names, annexes, references and hours; each row was met once."""

from __future__ import annotations

import re

import pytest

from fields.annexes import list_own_pages
from fields.layout import find_layout
from fields.personal_names import read_person
from fields.references import find_references
from fields.running_text import fold_in_place
from fields.signing_titles import read_power, read_title
from fields.when import HOUR
from tests.fields.paper_from_text import letterhead, line, paper


@pytest.mark.parametrize(
    ("printed", "person"),
    [
        ("BSCKII. Nguyễn Văn Nam", "Nguyễn Văn Nam"),
        ("Bs.CKI Trần Thị Hoa", "Trần Thị Hoa"),
        ("Bác sĩ Chuyên khoa II Lê Văn Bình", "Lê Văn Bình"),
        ("Phó Giáo sư, Tiến sĩ Phạm Minh Đức", "Phạm Minh Đức"),
        ("TSKH. Đỗ Quang Huy", "Đỗ Quang Huy"),
        pytest.param("Phó Giám Đốc", None, id="an office that begins like a surname"),
        pytest.param("Chủ tịch Hội đồng", None, id="an office whatever follows"),
    ],
)
def test_degrees_are_left_aside_and_an_office_names_nobody(printed: str, person: str | None) -> None:
    assert read_person(printed) == person


@pytest.mark.parametrize(
    ("printed", "power"),
    [
        ("T.U.Q. BỘ TRƯỞNG", ("TUQ.", "BỘ TRƯỞNG")),
        ("K.T. GIÁM ĐỐC", ("KT.", "GIÁM ĐỐC")),
        ("T/M. ỦY BAN NHÂN DÂN", ("TM.", "ỦY BAN NHÂN DÂN")),
        ("Q/ GIÁM ĐỐC", ("Q.", "GIÁM ĐỐC")),
        pytest.param("TUN. GIÁM ĐỐC", None, id="no power that exists"),
    ],
)
def test_powers_are_read_however_they_are_pointed(printed: str, power: tuple[str, str] | None) -> None:
    assert read_power(printed) == power


def test_a_damaged_power_is_not_swallowed_into_the_office() -> None:
    assert read_title("TUN. GIÁM ĐỐC") != "GIÁM ĐỐC"


@pytest.mark.parametrize(
    ("top", "is_annex"),
    [
        ("PHỤ LỤC I", True),
        ("Phụ lục 2", True),
        ("(Kèm theo Công văn số 12/SYT-NVY ngày 03/01/2018 của Sở Y tế)", True),
        ("Kèm theo Quyết định số 12/QĐ-UBND", True),
        pytest.param("Phụ lục này hướng dẫn cách ghi sổ.", False, id="a sentence about an annex"),
        pytest.param("phụ lục 2 kèm theo công văn này.", False, id="a line that goes on with a small letter"),
        pytest.param("Mẫu số liệu gửi về Sở trước ngày 5.", False, id="a pattern of figures"),
        pytest.param("kèm theo hồ sơ của từng cá nhân để xem xét.", False, id="what the letter asks to add"),
    ],
)
def test_an_annex_begins_with_a_heading_and_not_with_a_sentence(top: str, is_annex: bool) -> None:
    second = [line(top, 0.2, 0.08), line("Nội dung tiếp theo của trang này.", 0.16, 0.14)]
    layout = find_layout(paper([*letterhead()], second))
    assert (len(list_own_pages(layout)) == 1) is is_annex


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        pytest.param("theo QCVN 01:2009/BYT về nước ăn uống", None, id="a technical standard"),
        pytest.param(
            "Nghị quyết số 55/2013/UBTVQH 13", ["55/2013/UBTVQH13"], id="the term of the Assembly set apart"
        ),
        pytest.param(
            "Công văn số 1704/HDLS/ BHXH-GDĐT", ["1704/HDLS/BHXH-GDĐT"], id="joint offices, a space between"
        ),
    ],
)
def test_what_is_cited_is_a_document_with_its_whole_number(sentence: str, cited: list[str] | None) -> None:
    layout = find_layout(paper([*letterhead(), line(sentence, 0.16, 0.45)]))
    found = find_references(layout, own=None)
    assert (found.value if found else None) == cited


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("lúc 8 giờ 30 ngày 5/3", "8 gio 30"),
        ("lúc 8 giờ 5 phút", "8 gio 5 phut"),
        pytest.param("8 giờ 15/3", "8 gio", id="a day follows, not minutes"),
        pytest.param("8 giờ 15 tháng 3", "8 gio", id="a day in words follows"),
        pytest.param("8 giờ 15-3-2018", "8 gio", id="a day with dashes follows"),
    ],
)
def test_the_day_after_an_hour_is_not_its_minutes(text: str, hour: str) -> None:
    found = re.search(HOUR, fold_in_place(text))
    assert found is not None
    assert found[0].strip() == hour
