"""The issuing body: put together from lines, matched, inferred, and when it is believed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from documents.page import SignaturePanel, Source
from documents.reading import FieldReading
from fields.agencies import load_agencies
from fields.agency_phrases import join_name, restore_phrases
from fields.issuer import (
    IssuerFinding,
    bears_letters,
    check_agency,
    check_issuer,
    check_parent,
    find_issuer,
    infer_issuer,
    is_joint,
    join_bodies,
)
from fields.layout import find_layout
from tests.fields.paper_from_text import letterhead, line, paper, paper_from_text

DIRECTORY = load_agencies()
DAY = dt.date(2018, 1, 2)


@pytest.mark.parametrize(
    ("lines", "bodies"),
    [
        pytest.param(
            ["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"], ["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"], id="parent and issuer"
        ),
        pytest.param(
            ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI"],
            ["ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"],
            id="one over two lines",
        ),
        pytest.param(
            ["TRƯỜNG ĐẠI HỌC", "CÔNG NGHỆ THÔNG TIN", "KHOA HỆ THỐNG THÔNG TIN"],
            ["TRƯỜNG ĐẠI HỌC CÔNG NGHỆ THÔNG TIN", "KHOA HỆ THỐNG THÔNG TIN"],
            id="a school over two lines and its faculty",
        ),
        pytest.param(
            ["BỘ TƯ PHÁP", "VĂN PHÒNG"], ["BỘ TƯ PHÁP", "VĂN PHÒNG"], id="an office below its ministry"
        ),
        pytest.param(
            ["VĂN PHÒNG", "ỦY BAN NHÂN DÂN TỈNH"],
            ["VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH"],
            id="an office before its body",
        ),
        pytest.param(
            ["SỞ VĂN HÓA, THỂ THAO VÀ", "BẢO TÀNG"], ["SỞ VĂN HÓA, THỂ THAO VÀ BẢO TÀNG"], id="a hanging *và*"
        ),
        pytest.param(
            ["ĐẠI HỌC ĐÀ NẴNG", "TRƯỜNG ĐẠI HỌC CÔNG NGHỆ", "VÀ TRUYỀN THÔNG"],
            ["ĐẠI HỌC ĐÀ NẴNG", "TRƯỜNG ĐẠI HỌC CÔNG NGHỆ VÀ TRUYỀN THÔNG"],
            id="a member school",
        ),
        pytest.param([], [], id="nothing"),
    ],
)
def test_lines_are_put_together_into_bodies(lines: list[str], bodies: list[str]) -> None:
    joined = join_bodies([line(text, 0.2, 0.1 + i * 0.02) for i, text in enumerate(lines)])
    assert [" ".join(each.text for each in body) for body in joined] == bodies


def find(
    left: Sequence[str], *, on: dt.date | None = DAY, joint: bool = False, place: str | None = None
) -> IssuerFinding | None:
    return find_issuer(find_layout(paper(letterhead(left=left))), DIRECTORY, on=on, joint=joint, place=place)


@pytest.mark.parametrize(
    ("left", "issuer", "parent", "agency"),
    [
        pytest.param(
            ["UBND TỈNH KIÊN GIANG", "SỞ Y TE"],
            "SỞ Y TẾ",
            "UBND TỈNH KIÊN GIANG",
            "Sở Y tế tỉnh Kiên Giang",
            id="marks from the directory",
        ),
        pytest.param(
            ["ỦY BAN NHÂN DÂN", "TĨNH PHỦ THỌ"],
            "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ",
            None,
            "Ủy ban nhân dân tỉnh Phú Thọ",
            id="a province",
        ),
        pytest.param(
            ["UỶ BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI"],
            "UỶ BAN NHÂN DÂN TỈNH QUẢNG NGÃI",
            None,
            "Ủy ban nhân dân tỉnh Quảng Ngãi",
            id="its own way of placing the tone mark stays",
        ),
        pytest.param(
            ["UBND TINH, BEN TRE", "SO THONG TIN VA TRUYEN THONG"],
            "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
            "UBND TỈNH BẾN TRE",
            "Sở Thông tin và Truyền thông tỉnh Bến Tre",
            id="all marks lost, a stray comma",
        ),
        pytest.param(
            ["BO CONG THUONG", "TRUONG DAI HOC CONG NGHIEP"],
            "TRƯỜNG ĐẠI HỌC CÔNG NGHIỆP",
            "BỘ CÔNG THƯƠNG",
            None,
            id="not in the directory: phrases only",
        ),
    ],
)
def test_the_issuer_is_the_lower_body_with_its_marks(
    left: list[str], issuer: str, parent: str | None, agency: str | None
) -> None:
    finding = find(left)
    assert finding is not None
    assert finding.issuer is not None
    assert finding.issuer.value == issuer
    assert (finding.parent.value if finding.parent else None) == parent
    assert (finding.agency.value if finding.agency else None) == agency


def test_a_local_body_gets_its_marks_from_the_place_before_the_date() -> None:
    finding = find(["UY BAN NHAN DAN", "XA TAN HOA"], on=dt.date(2026, 1, 5), place="Tân Hòa")
    assert finding is not None
    assert finding.bodies == ("ỦY BAN NHÂN DÂN XÃ TÂN HÒA",)
    assert finding.agency is not None
    assert finding.agency.value == "Ủy ban nhân dân xã Tân Hòa"


def test_a_joint_document_names_all_its_bodies() -> None:
    finding = find(["TÒA ÁN NHÂN DÂN TỐI CAO", "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", "BỘ TƯ PHÁP"], joint=True)
    assert finding is not None
    assert finding.issuer is not None
    assert finding.issuer.value == "TÒA ÁN NHÂN DÂN TỐI CAO - VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO - BỘ TƯ PHÁP"
    assert finding.parent is None
    assert finding.abbreviations == {"TANDTC", "VKSNDTC", "BTP"}
    assert finding.agency is not None
    assert finding.agency.value == "Tòa án nhân dân tối cao; Viện kiểm sát nhân dân tối cao; Bộ Tư pháp"


def test_an_empty_left_head_has_no_issuer() -> None:
    assert find([]) is None


@pytest.mark.parametrize(
    ("notation", "title", "joint"),
    [
        pytest.param("TTLT-TANDTC-BTP", "THÔNG TƯ LIÊN TỊCH", True, id="by both"),
        pytest.param(None, "THÔNG TƯ LIÊN TỊCH", True, id="by the title"),
        pytest.param("NQLT-BTP", None, True, id="by the notation"),
        pytest.param("KH-UBND", "KẾ HOẠCH", False, id="by neither"),
        pytest.param(None, None, False, id="nothing known"),
    ],
)
def test_joint_documents_are_told_by_notation_or_title(
    notation: str | None, title: str | None, joint: bool
) -> None:
    assert is_joint(notation, title) is joint


@pytest.mark.parametrize(
    ("groups", "body", "bears"),
    [
        pytest.param(("SYT", "NVD"), "SỞ Y TẾ", True, id="first letters"),
        pytest.param(
            ("TB", "ĐHVH"),
            "TRƯỜNG ĐẠI HỌC CÔNG NGHỆ THÔNG TIN VÀ TRUYỀN THÔNG VIỆT - HÀN",
            True,
            id="some of them in order",
        ),
        pytest.param(("QĐ", "TTg"), "THỦ TƯỚNG CHÍNH PHỦ", True, id="known to the directory"),
        pytest.param(("KH", "UBND"), "SỞ Y TẾ", False, id="another body"),
        pytest.param(("S",), "SỞ Y TẾ", False, id="one letter says nothing"),
        pytest.param((), "SỞ Y TẾ", False, id="no notation"),
    ],
)
def test_a_notation_bears_the_letters_of_its_issuer(groups: tuple[str, ...], body: str, bears: bool) -> None:
    assert bears_letters(groups, body, DIRECTORY.match(body)) is bears


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        pytest.param(
            "TRUONG DAI HOC CONG NGHE THONG TIN",
            "TRƯỜNG ĐẠI HỌC CÔNG NGHỆ THÔNG TIN",
            id="long phrases first",
        ),
        pytest.param(
            "CÔNG NGHỆ THÔNG TIN VÀ TRUYÊN THỎNG", "CÔNG NGHỆ THÔNG TIN VÀ TRUYỀN THÔNG", id="two marks wrong"
        ),
        pytest.param(
            "HỘI ĐÔNG ĐÁU THẢU MUA THUÓC GNHT&TC",
            "HỘI ĐỒNG ĐẤU THẦU MUA THUỐC GNHT&TC",
            id="what is no phrase stays",
        ),
        pytest.param(
            "TRUONG DAI HAC CONG NGHIEP",
            "TRUONG DAI HAC CÔNG NGHIỆP",
            id="a short word with a wrong letter stays",
        ),
        pytest.param(
            "UY BAN NHAM DAN TINH", "ỦY BAN NHÂN DÂN TỈNH", id="a longer one is mended in a known phrase"
        ),
        pytest.param("CONG NGHE CAN THO", "CÔNG NGHỆ CAN THO", id="a place is no phrase"),
        pytest.param("VAN HOA, THE THAO", "VĂN HÓA, THỂ THAO", id="a comma parts phrases and is kept"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_capitals_get_their_marks_back_in_known_phrases_only(text: str, restored: str) -> None:
    assert restore_phrases(text) == restored


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        pytest.param(
            ["HỘI ĐỒNG ĐẤU THẦU MUA.", "THUỐC GNHT&TC"], "HỘI ĐỒNG ĐẤU THẦU MUA THUỐC GNHT&TC", id="speck"
        ),
        pytest.param(
            ["ĐOÀN KHỐI TẠI TP.", "HỒ CHÍ MINH"], "ĐOÀN KHỐI TẠI TP. HỒ CHÍ MINH", id="a stop of TP."
        ),
        pytest.param(
            ["SỞ Y TẾ-TỈNH KIÊN GIANG"], "SỞ Y TẾ - TỈNH KIÊN GIANG", id="a place joined by a hyphen"
        ),
        pytest.param(["TRƯỜNG VIỆT-HÀN"], "TRƯỜNG VIỆT-HÀN", id="a hyphen within a name"),
        pytest.param(["BỆNH VIỆN ĐA KHOATỈNH"], "BỆNH VIỆN ĐA KHOA TỈNH", id="a lost space"),
    ],
)
def test_lines_of_a_name_are_joined(lines: list[str], name: str) -> None:
    assert join_name(lines) == name


def test_a_general_name_of_a_hospital_gets_its_province_from_the_line_above() -> None:
    finding = find(["SỞ Y TẾ BẮC NINH", "BỆNH VIỆN ĐA KHOA TỈNH"], place="Bắc Ninh")
    assert finding.agency is not None
    assert finding.agency.value == "Bệnh viện Đa khoa tỉnh Bắc Ninh"


def test_a_city_printed_short_does_not_keep_marks_from_the_name() -> None:
    finding = find(["TRƯỜNG ĐẠI HỌC CÔNG NGHIỆP", "THỰC PHÃM TP. HÒ CHÍ MINH"])
    assert finding.bodies == ("TRƯỜNG ĐẠI HỌC CÔNG NGHIỆP THỰC PHẨM TP. HỒ CHÍ MINH",)


# ── when it is believed ──────────────────────────────────────────────────────────────────────────────────


def check(
    left: Sequence[str], groups: tuple[str, ...], place: str | None, *, on: dt.date = DAY
) -> FieldReading:
    return check_issuer(find(left, on=on, place=place), groups, place, DIRECTORY)


@pytest.mark.parametrize(
    ("left", "groups", "place", "on"),
    [
        pytest.param(["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"], ("SYT", "NVD"), "Kiên Giang", DAY, id="department"),
        pytest.param(["BỘ TƯ PHÁP"], ("QĐ", "BTP"), "Hà Nội", DAY, id="ministry"),
        pytest.param(
            ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH DƯƠNG"], ("CT", "UBND"), "Thủ Dầu Một", DAY, id="a town as place"
        ),
        pytest.param(
            ["ỦY BAN NHÂN DÂN", "HUYỆN TĨNH GIA"], ("UBND",), "Tĩnh Gia", DAY, id="district with its place"
        ),
    ],
)
def test_an_issuer_with_entry_and_notation_is_checked(
    left: list[str], groups: tuple[str, ...], place: str, on: dt.date
) -> None:
    reading = check(left, groups, place, on=on)
    assert reading.checked
    assert len(reading.evidence) == 2


@pytest.mark.parametrize(
    ("left", "groups", "place", "on", "reason"),
    [
        pytest.param([], (), None, DAY, "Không thấy tên cơ quan", id="nothing printed"),
        pytest.param(["CÔNG TY ABC"], ("CV", "ABC"), None, DAY, "chưa có tên", id="no entry"),
        pytest.param(
            ["BỘ THÔNG TIN VÀ TRUYỀN THÔNG"],
            ("BTTTT",),
            "Hà Nội",
            dt.date(2026, 1, 1),
            "không tồn tại",
            id="dissolved",
        ),
        pytest.param(
            ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NAN"], ("UBND",), None, DAY, "gần giống", id="between two names"
        ),
        pytest.param(
            ["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"],
            ("KH", "STC"),
            "Kiên Giang",
            DAY,
            "chữ viết tắt",
            id="another's notation",
        ),
        pytest.param(
            ["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"], (), "Kiên Giang", DAY, "chữ viết tắt", id="no notation"
        ),
        pytest.param(
            ["UBND TỈNH TIÊN GIANG", "SỞ Y TẾ"],
            ("SYT",),
            "Kiên Giang",
            DAY,
            "không cùng một tỉnh",
            id="one letter parts two provinces",
        ),
        pytest.param(
            ["ỦY BAN NHÂN DÂN", "HUYỆN TĨNH GIA"],
            ("UBND",),
            "Thanh Hóa",
            DAY,
            "đối chiếu",
            id="district read in one place only",
        ),
        pytest.param(
            ["ỦY BAN NHÂN DÂN", "HUYỆN TĨNH GIA"],
            ("UBND",),
            None,
            DAY,
            "đối chiếu",
            id="district without place",
        ),
    ],
)
def test_an_issuer_without_agreement_is_doubted(
    left: list[str], groups: tuple[str, ...], place: str | None, on: dt.date, reason: str
) -> None:
    reading = check(left, groups, place, on=on)
    assert not reading.checked
    assert reason in (reading.reason or "")


HEALTH = SignaturePanel("Sở Y tế", "2018-01-02T08:00:00+07:00", organisation="Tỉnh Kiên Giang", intact=True)
PORTAL = SignaturePanel(
    "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ", None, organisation="VĂN PHÒNG CHÍNH PHỦ", intact=True
)


@pytest.mark.parametrize(
    ("signatures", "is_checked"),
    [
        pytest.param((), False, id="nothing else names it"),
        pytest.param((HEALTH,), True, id="signed by that very body"),
        pytest.param((PORTAL, HEALTH), True, id="and published by a portal"),
        pytest.param((PORTAL,), False, id="only the portal signed"),
        pytest.param((replace(HEALTH, intact=False),), False, id="changed after signing"),
        pytest.param((replace(HEALTH, intact=None),), False, id="not verified"),
        pytest.param(
            (replace(HEALTH, organisation="Tỉnh Tiền Giang"),), False, id="the same body of another province"
        ),
    ],
)
def test_an_intact_signature_of_the_body_itself_agrees_with_the_head(
    signatures: tuple[SignaturePanel, ...], is_checked: bool
) -> None:
    finding = find(["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"])
    assert check_issuer(finding, (), "Kiên Giang", DIRECTORY, signatures).checked is is_checked


def test_parent_and_agency_are_as_sure_as_the_issuer() -> None:
    finding = find(["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"])
    sure = check_issuer(finding, ("SYT",), "Kiên Giang", DIRECTORY)
    doubt = check_issuer(finding, ("STC",), "Kiên Giang", DIRECTORY)
    assert check_parent(finding, sure, DIRECTORY).checked
    assert check_agency(finding, sure).checked
    assert check_parent(finding, doubt, DIRECTORY).value == "UBND TỈNH KIÊN GIANG"
    assert not check_parent(finding, doubt, DIRECTORY).checked
    assert check_agency(finding, doubt).reason == doubt.reason


def test_a_single_body_has_rightly_no_parent() -> None:
    finding = find(["BỘ TƯ PHÁP"])
    sure = check_issuer(finding, ("QĐ", "BTP"), "Hà Nội", DIRECTORY)
    assert (check_parent(finding, sure, DIRECTORY).value, check_parent(finding, sure, DIRECTORY).checked) == (
        None,
        True,
    )


def test_without_an_issuer_neither_parent_nor_agency_is_known() -> None:
    nothing = check_issuer(None, (), None, DIRECTORY)
    assert not check_parent(None, nothing, DIRECTORY).checked
    assert check_agency(None, nothing).reason == "Danh bạ chưa có cơ quan này."
    assert IssuerFinding(issuer=None, parent=None).agency is None


# ── inferred ─────────────────────────────────────────────────────────────────────────────────────────────

HEADLESS = """\
Số: 02 /KH-UBND

Tây Ninh, ngày 03 tháng 01 năm 2012

KẾ HOẠCH

**Thực hiện công tác thông tin đối ngoại**

Căn cứ Quyết định số 79/2010/QĐ-TTg;
Ủy ban nhân dân tỉnh Tây Ninh xây dựng kế hoạch như sau:
"""


def infer(text: str, groups: Sequence[str], place: str | None) -> IssuerFinding | None:
    return infer_issuer(find_layout(paper_from_text(text)), groups, place, DIRECTORY, on=dt.date(2012, 1, 3))


def test_a_missing_issuer_is_concluded_from_notation_place_and_body() -> None:
    finding = infer(HEADLESS, ("KH", "UBND"), "Tây Ninh")
    assert finding is not None
    assert finding.issuer is not None
    assert (finding.issuer.value, finding.issuer.source) == ("Ủy ban nhân dân tỉnh Tây Ninh", Source.INFERRED)
    reading = check_issuer(finding, ("KH", "UBND"), "Tây Ninh", DIRECTORY)
    assert not reading.checked
    assert "suy ra" in (reading.reason or "")


def test_a_central_body_is_concluded_without_place() -> None:
    text = HEADLESS.replace("UBND", "BNV").replace("Ủy ban nhân dân tỉnh Tây Ninh", "Bộ Nội vụ")
    finding = infer(text, ("KH", "BNV"), None)
    assert finding is not None
    assert finding.issuer is not None
    assert finding.issuer.value == "Bộ Nội vụ"


@pytest.mark.parametrize(
    ("text", "groups", "place"),
    [
        pytest.param(HEADLESS, ("KH", "UBND"), "Bến Tre", id="the body names another province"),
        pytest.param(HEADLESS, ("KH", "SYT"), "Tây Ninh", id="the body does not name it"),
        pytest.param(HEADLESS, ("KH", "BTTTTT"), "Tây Ninh", id="no such abbreviation"),
        pytest.param(HEADLESS, (), "Tây Ninh", id="no notation"),
    ],
)
def test_nothing_is_concluded_without_support(text: str, groups: tuple[str, ...], place: str) -> None:
    assert infer(text, groups, place) is None
