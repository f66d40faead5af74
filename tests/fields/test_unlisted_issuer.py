"""Issuers in no directory: what must bear their name out before it counts as printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from documents.looks import SecondReader, SecondReading
from documents.reading import FieldName, FieldReading
from fields.agencies import load_agencies
from fields.issuer import check_agency, check_issuer, find_issuer, list_issuer_looks
from fields.layout import find_layout
from fields.unlisted_issuer import bears_all_letters, bears_some_letters
from tests.fields.paper_from_text import letterhead, paper

DIRECTORY = load_agencies()
SCHOOL = "TRƯỜNG ĐẠI HỌC BÁCH KHOA HÀ NỘI"
ROWS = {
    "KHOA HỆ THỐNG THÔNG TIN": "KHOA HÊ THÓNG THÔNG TIN",
    "PHÒNG KHẢO THÍ SINH VIÊN": "PHÒNG KHO THÍ SINH VIÊN",
    "TRƯỜNG THPT LÊ QUÝ ĐÔN": "TRUÒNG THPT LÊ QUÝ ĐÔN",
    "CÔNG TY CỔ PHẦN SAO MAI": "CÔNG TY C PHN SAO MAI",
    "BCH ĐOÀN TRƯỜNG ĐẠI HỌC BÁCH KHOA HÀ NỘI": "BCH ĐOÀN TRUÒNG DAI HQC BÁCH KHOA HÀ NI",
    "BCH ĐOÀN TRƯỜNG TRUNG HỌC SAO MAI": "BCH DOÀN TRUÒNG TRUNG HQC SAO MAI",
}
"""Names and how the reader without Vietnamese marks has them."""


def read(
    name: str,
    groups: tuple[str, ...],
    *,
    parent: str = SCHOOL,
    body: Sequence[str] = ("Theo kế hoạch năm học.",),
    others: Mapping[str, str | None] | None = None,
    place: str = "Hà Nội",
) -> tuple[FieldReading, FieldReading]:
    """Issuer and directory entry of a paper with this head; `others` replaces what other readers see."""
    layout = find_layout(paper(letterhead(left=(parent, name), number="Số: 12/TB-ABC", then=body)))
    finding = find_issuer(layout, DIRECTORY, on=None, joint=False, place=place)
    seen = {
        SecondReader.AGAIN: name,
        SecondReader.BLOCK: name,
        SecondReader.ROW: ROWS[name],
        **(others or {}),
    }
    looks = list_issuer_looks(finding)
    answers = [SecondReading(look, text, by) for look in looks for by, text in seen.items()]
    issuer = check_issuer(finding, groups, place, DIRECTORY, (), answers)
    return issuer, check_agency(finding, issuer)


@pytest.mark.parametrize(
    ("name", "groups", "body"),
    [
        pytest.param("KHOA HỆ THỐNG THÔNG TIN", ("TB", "HTTT"), (), id="all letters of a faculty"),
        pytest.param(
            "TRƯỜNG THPT LÊ QUÝ ĐÔN",
            ("THPTLQĐ", "VP"),
            ("Thầy và trò của trường Lê Quý Đôn",),
            id="all letters of a school",
        ),
        pytest.param(
            "PHÒNG KHẢO THÍ SINH VIÊN",
            ("TB", "PKT"),
            ("Phòng Khảo thí sinh viên thông báo",),
            id="some letters, and the name again in the body",
        ),
        pytest.param(
            "CÔNG TY CỔ PHẦN SAO MAI",
            ("CV", "CTSM"),
            ("Công ty cổ phần Sao Mai xin gửi",),
            id="a company, its type group left aside",
        ),
        pytest.param(
            "BCH ĐOÀN TRƯỜNG ĐẠI HỌC BÁCH KHOA HÀ NỘI",
            ("TB", "ĐTN"),
            (),
            id="the union of a school that the directory has, by the letters of all such unions",
        ),
    ],
)
def test_a_name_that_the_paper_bears_out_counts_as_printed(
    name: str, groups: tuple[str, ...], body: Sequence[str]
) -> None:
    issuer, agency = read(name, groups, body=(*body, "Theo kế hoạch năm học."))
    assert (issuer.checked, issuer.value) == (True, name)
    assert issuer.evidence[0].startswith("Danh bạ chưa có cơ quan này")
    assert (agency.checked, agency.value, agency.reason) == (False, None, "Danh bạ chưa có cơ quan này.")


@pytest.mark.parametrize(
    ("name", "groups", "others"),
    [
        pytest.param("KHOA HỆ THỐNG THÔNG TIN", (), {}, id="no notation"),
        pytest.param("KHOA HỆ THỐNG THÔNG TIN", ("TB", "CNTT"), {}, id="the letters of another faculty"),
        pytest.param("PHÒNG KHẢO THÍ SINH VIÊN", ("TB", "PKT"), {}, id="some letters and nothing else"),
        pytest.param("TRƯỜNG THPT LÊ QUÝ ĐÔN", ("THPTLQĐ", "VP"), {}, id="marks of a name in no phrase"),
        pytest.param("PHÒNG KHẢO THÍ SINH VIÊN", ("TB", "KT"), {}, id="two letters tell nothing"),
        pytest.param(
            "KHOA HỆ THỐNG THÔNG TIN", ("TB", "HTTT"), {SecondReader.ROW: None}, id="one kind of reader only"
        ),
        pytest.param(
            "KHOA HỆ THỐNG THÔNG TIN",
            ("TB", "HTTT"),
            {SecondReader.ROW: "KHOA HÊ THÓNG THÔNG TIN Y"},
            id="the other kind sees more",
        ),
        pytest.param(
            "KHOA HỆ THỐNG THÔNG TIN",
            ("TB", "HTTT"),
            {SecondReader.AGAIN: "KHOA HỆ THỐNG", SecondReader.BLOCK: None},
            id="the first kind does not agree with itself",
        ),
        pytest.param(
            "BCH ĐOÀN TRƯỜNG TRUNG HỌC SAO MAI", ("TB", "ĐTN"), {}, id="the union of nobody knows whom"
        ),
    ],
)
def test_a_name_that_too_little_bears_out_is_asked(
    name: str, groups: tuple[str, ...], others: Mapping[str, str | None]
) -> None:
    issuer, _ = read(name, groups, others=others)
    assert not issuer.checked
    assert issuer.reason == "Danh bạ cơ quan chưa có tên cơ quan ban hành này."


def test_a_parent_in_another_province_than_the_place_is_a_doubt() -> None:
    issuer, _ = read("KHOA HỆ THỐNG THÔNG TIN", ("TB", "HTTT"), parent="SỞ Y TẾ BẮC NINH", place="Cần Thơ")
    assert "không cùng một tỉnh" in (issuer.reason or "")


def test_a_word_that_no_reader_can_spell_is_a_doubt() -> None:
    wrong = "PHÒNG SAO MĂỊ THÔNG TIN"
    seen = {
        SecondReader.AGAIN: wrong,
        SecondReader.BLOCK: wrong,
        SecondReader.ROW: "PHÒNG SAO MAI THÔNG TIN",
    }
    layout = find_layout(paper(letterhead(left=(SCHOOL, wrong), number="Số: 12/TB-SMTT")))
    finding = find_issuer(layout, DIRECTORY, on=None, joint=False)
    answers = [SecondReading(k, t, by) for k in list_issuer_looks(finding) for by, t in seen.items()]
    assert not check_issuer(finding, ("TB", "SMTT"), None, DIRECTORY, (), answers).checked


def test_only_lines_of_a_name_in_no_directory_are_read_by_others() -> None:
    known = find_issuer(find_layout(paper(letterhead())), DIRECTORY, on=None, joint=False)
    assert list_issuer_looks(known) == list_issuer_looks(None) == ()
    layout = find_layout(paper(letterhead(left=(SCHOOL, "KHOA HỆ THỐNG THÔNG TIN"))))
    (look,) = list_issuer_looks(find_issuer(layout, DIRECTORY, on=None, joint=False))
    assert (look.field, look.row, look.first) == (FieldName.ISSUER, look.box, None)


@pytest.mark.parametrize(
    ("group", "name", "whole", "some"),
    [
        pytest.param(
            "MTSH", "CÔNG TY CỔ PHẦN MÔI TRƯỜNG SÔNG HẬU", True, True, id="kind of company left out"
        ),
        pytest.param("CTSV", "PHÒNG CÔNG TÁC SINH VIÊN", True, True, id="kind left out"),
        pytest.param("PCTSV", "PHÒNG CÔNG TÁC SINH VIÊN", True, True, id="with its kind"),
        pytest.param("TCHC", "PHÒNG TỔ CHỨC VÀ HÀNH CHÍNH", True, True, id="*và* left out"),
        pytest.param("TCVHC", "PHÒNG TỔ CHỨC VÀ HÀNH CHÍNH", True, True, id="*và* counted"),
        pytest.param("BVT", "BỆNH VIỆN ĐA KHOA TỈNH", False, True, id="first letters and one more"),
        pytest.param("KHTH", "PHÒNG TỔ CHỨC", False, False, id="another name"),
        pytest.param("SV", "PHÒNG CÔNG TÁC SINH VIÊN", False, False, id="too short"),
        pytest.param("VOA", "HỌC VIỆN TRỰC TUYẾN VOA", False, True, id="an abbreviation in the name"),
        pytest.param("CĐCS", "CÔNG ĐOÀN CƠ SỞ SỞ Y TẾ", False, True, id="a union's usual letters"),
        pytest.param("ĐTN", "PHÒNG ĐÀO TẠO", False, False, id="those letters mean no other body"),
    ],
)
def test_letters_of_a_notation_tell_of_a_name(group: str, name: str, whole: bool, some: bool) -> None:
    assert (bears_all_letters(group, name), bears_some_letters(group, name)) == (whole, some)
