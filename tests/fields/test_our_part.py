"""What a long document asks of this office: cut out, with its place, and nothing that others have to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.page import Source
from documents.reading import FieldName, FieldReading
from documents.tasks import TaskRole
from fields.layout import find_layout
from fields.our_names import our_names
from fields.our_part import MOST_DUTIES, OwnDuty, check_our_part, find_duties
from fields.pieces import list_pieces
from tests.fields.paper_from_text import letterhead, line, paper, paper_from_text

ISSUED = dt.date(2012, 1, 3)
OURS = ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Sở TT&TT")
UNITS = ("Văn phòng", "Phòng Báo chí – Xuất bản", "Thanh tra")
US = "Sở Thông tin và Truyền thông"

PLAN = f"""\
III. Tổ chức thực hiện
1. {US}
- Chủ trì, phối hợp với Sở Ngoại vụ, Sở Tài chính tổ chức hội nghị, hoàn thành trước ngày 15/3/2012.
- Phối hợp với Công an tỉnh kiểm tra; báo cáo định kỳ hằng quý.
2. Sở Ngoại vụ
- Theo dõi dư luận báo chí nước ngoài.
- Phối hợp với {US} xây dựng báo cáo.
3. Các sở, ban, ngành tỉnh
- Báo cáo kết quả trước ngày 20 hằng tháng gửi về {US} để tổng hợp.
4. Báo Tây Ninh
- Xây dựng chuyên trang, gửi {US} để biết.
Trên đây là kế hoạch, yêu cầu các sở, ban, ngành tổ chức thực hiện./.
"""


def duties(
    text: str, *, ours: Sequence[str] = OURS, units: Sequence[str] = (), issued: dt.date | None = ISSUED
) -> tuple[OwnDuty, ...]:
    lines = [line(row, 0.16, 0.02 + 0.02 * at) for at, row in enumerate(text.splitlines())]
    names = our_names(ours, units)
    assert names is not None
    return find_duties(
        list_pieces(find_layout(paper(letterhead(under=(), then=()), lines))), names, issued=issued
    )


def told(text: str, **more: Sequence[str]) -> list[tuple[str, str, str]]:
    return [(one.role.value, one.heading, one.text[:24]) for one in duties(text, **more)]  # type: ignore[arg-type]


def test_our_section_the_places_that_need_us_and_what_all_must_do_are_cut_out() -> None:
    assert told(PLAN) == [
        ("lead", US, "Chủ trì, phối hợp với Sở"),
        ("support", US, "Phối hợp với Công an tỉn"),
        ("support", "Sở Ngoại vụ", "Phối hợp với Sở Thông ti"),
        ("all", "Các sở, ban, ngành tỉnh", "Báo cáo kết quả trước ng"),
    ]


def test_each_duty_has_its_partners_its_time_and_its_place() -> None:
    first, second, third, fourth = duties(PLAN)
    assert first.partners == ("Sở Ngoại vụ", "Sở Tài chính")
    assert first.phrase is not None
    assert (first.printed, first.phrase.says.day) == ("trước ngày 15/3/2012", dt.date(2012, 3, 15))
    assert second.phrase is not None
    assert (second.partners, second.phrase.says.recurrence) == (("Công an tỉnh",), "FREQ=MONTHLY;INTERVAL=3")
    assert third.partners == ("Sở Ngoại vụ",)
    assert fourth.phrase is not None
    assert fourth.phrase.says.recurrence == "FREQ=MONTHLY;BYMONTHDAY=20"
    assert [one.piece.page for one in (first, second, third, fourth)] == [2, 2, 2, 2]
    assert first.piece.box.y0 == pytest.approx(0.06)


OTHERS = "2. Sở Y tế\n- Kiểm tra.\n3. Sở Tài chính\n- Bố trí kinh phí."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            f"1. {US}: Chủ trì xây dựng báo cáo trình Ủy ban nhân dân tỉnh.\n{OTHERS}",
            [("lead", US, "Chủ trì xây dựng báo cáo")],
            id="the duty in the heading itself",
        ),
        pytest.param(
            f"1. {US} chủ trì, hướng dẫn các địa phương thực hiện kế hoạch này.\n{OTHERS}",
            [
                (
                    "lead",
                    f"{US} chủ trì, hướng dẫn các địa phương thực hiện kế hoạch này",
                    f"{US} chủ trì"[:24],
                )
            ],
            id="our name as the subject",
        ),
        pytest.param(
            f"1. Giao Giám đốc {US} chủ trì hướng dẫn các địa phương thực hiện.\n{OTHERS}",
            [
                (
                    "lead",
                    f"Giao Giám đốc {US} chủ trì hướng dẫn các địa phương thực hiện",
                    "Giao Giám đốc Sở Thông t",
                )
            ],
            id="given to our head",
        ),
        pytest.param(
            f"1. Sở Ngoại vụ, {US}\n- Tổ chức hội nghị.\n{OTHERS}",
            [("lead", f"Sở Ngoại vụ, {US}", "Tổ chức hội nghị.")],
            id="one heading for several bodies",
        ),
        pytest.param(
            f"1. Các Sở: Tài chính, Thông tin và Truyền thông\n- Rà soát văn bản.\n{OTHERS}",
            [("lead", "Các Sở: Tài chính, Thông tin và Truyền thông", "Rà soát văn bản.")],
            id="our name without its head",
        ),
        pytest.param(
            f"1. Sở TT&TT\n- Rà soát văn bản.\n{OTHERS}",
            [("lead", "Sở TT&TT", "Rà soát văn bản.")],
            id="an alias",
        ),
        pytest.param(
            f"1. SỞ THÔNG TIN VÀ TRUYỀN THÔNG TÂY NINH\n- Rà soát văn bản.\n{OTHERS}",
            [("lead", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG TÂY NINH", "Rà soát văn bản.")],
            id="in capitals, with the province",
        ),
        pytest.param(
            f"1. {US}\n- Chủ trì các việc sau:\n+ Tuyên truyền.\n+ Kiểm tra.\n{OTHERS}",
            [("lead", US, "Tuyên truyền."), ("lead", US, "Kiểm tra.")],
            id="items under an item that only opens them",
        ),
        pytest.param(
            f"1. Tổ chức hội nghị\n- Đơn vị chủ trì: {US}.\n- Thời gian: Quý II/2012.\n{OTHERS}",
            [("lead", "", "Tổ chức hội nghị")],
            id="labels under the duty",
        ),
        pytest.param(
            f"1. Mở lớp tập huấn\n- Chủ trì: Sở Nội vụ.\n- Phối hợp: {US}.\n{OTHERS}",
            [("support", "", "Mở lớp tập huấn")],
            id="labelled as a partner",
        ),
        pytest.param(
            f"1. Mở lớp tập huấn (chủ trì: {US}; phối hợp: Sở Nội vụ).\n{OTHERS}",
            [("lead", "", f"Mở lớp tập huấn (chủ trì: {US}"[:24])],
            id="labels in brackets",
        ),
        pytest.param(
            f"1. {US}, Sở Y tế có trách nhiệm thực hiện các việc sau:\n- Rà soát văn bản.\n{OTHERS}",
            [("lead", f"{US}, Sở Y tế có trách nhiệm thực hiện các việc sau", "Rà soát văn bản.")],
            id="a heading that opens duties with a colon",
        ),
        pytest.param(
            f"1. Tổ chức hội nghị.\nĐề nghị {US} chuẩn bị nội dung, báo cáo tại hội nghị.\n{OTHERS}",
            [],
            id="asked in a paragraph of its own, without a verb we know",
        ),
        pytest.param(
            f"1. Tổ chức hội nghị.\nĐề nghị {US} báo cáo tại hội nghị về kết quả.\n{OTHERS}",
            [
                (
                    "lead",
                    f"Đề nghị {US} báo cáo tại hội nghị về kết quả",
                    f"Đề nghị {US} báo cáo"[:24],
                )
            ],
            id="asked in a paragraph of its own",
        ),
        pytest.param(
            f"1. {US} xây dựng kinh phí, thông báo cho các đơn vị biết.\n{OTHERS}",
            [("lead", f"{US} xây dựng kinh phí, thông báo cho các đơn vị biết", f"{US} xây dựng"[:24])],
            id="words that only look like asking",
        ),
        pytest.param(
            f"1. Các cơ quan, đơn vị có liên quan\n- Báo cáo về Sở Nội vụ.\n{OTHERS}",
            [("all", "Các cơ quan, đơn vị có liên quan", "Báo cáo về Sở Nội vụ.")],
            id="all bodies",
        ),
    ],
)
def test_however_a_paper_names_us(text: str, found: list[tuple[str, str, str]]) -> None:
    assert told(text) == found


def test_the_time_of_labels_belongs_to_the_duty() -> None:
    (one,) = duties(f"1. Tổ chức hội nghị\n- Đơn vị chủ trì: {US}.\n- Thời gian: Quý II/2012.\n{OTHERS}")
    assert one.phrase is not None
    assert (one.printed, one.phrase.says.day) == ("Quý II/2012", dt.date(2012, 6, 30))


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        pytest.param("trước ngày 15/3/2012", "trước ngày 15/3/2012", id="a day"),
        pytest.param("tháng 3/2012", "tháng 3/2012", id="a month"),
        pytest.param("thường xuyên", None, id="no time"),
        pytest.param("tháng 3/2011", None, id="history"),
    ],
)
def test_a_label_names_its_time_without_the_word_for_it(label: str, printed: str | None) -> None:
    (one,) = duties(f"1. Tổ chức hội nghị\n- Chủ trì: {US}.\n- Thời gian: {label}\n{OTHERS}")
    assert one.printed == printed


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"- Gửi báo cáo về {US} để tổng hợp.\n{OTHERS}", id="reported to"),
        pytest.param(f"Kính gửi:\n- {US};\n- Sở Y tế.\n{OTHERS}", id="an addressee"),
        pytest.param(f"{OTHERS}\nNơi nhận:\n- {US};\n- Lưu: VT.", id="a copy"),
        pytest.param(f"Căn cứ Công văn số 5 của {US} phối hợp với Sở Y tế;\n{OTHERS}", id="a paper cited"),
        pytest.param(f"1. Sở Thông tin\n- Rà soát.\n{OTHERS}", id="another name"),
        pytest.param(
            f"1. Văn phòng UBND tỉnh\n- Rà soát văn bản.\n{OTHERS}", id="an office that is no unit of ours"
        ),
        pytest.param(f"1. Các cơ quan báo chí\n- Thông tin kịp thời.\n{OTHERS}", id="bodies of another kind"),
        pytest.param(
            f"1. UBND các huyện, thị xã\n- Rà soát văn bản.\n{OTHERS}", id="committees are no departments"
        ),
        pytest.param(
            f"1. {US}\n- Rà soát văn bản.\n- Báo cáo.", id="a letter to us alone gives no part of it"
        ),
        pytest.param(f"Đề nghị {US} phối hợp thực hiện.", id="no sections at all"),
        pytest.param("", id="nothing"),
        pytest.param(f"1. Các sở, ban, ngành tỉnh (trừ {US})\n- Báo cáo.\n{OTHERS}", id="all but us"),
        pytest.param(
            f"1. Các sở, ngành, trừ Sở Nội vụ và {US}, báo cáo kết quả trước 15/3.\n{OTHERS}",
            id="all but another and us",
        ),
        pytest.param(
            f"1. Các sở, ban, ngành (không bao gồm Sở TT&TT)\n- Rà soát.\n{OTHERS}", id="we are not included"
        ),
        pytest.param(f"1. Các sở, ban, ngành khác ngoài {US}\n- Rà soát.\n{OTHERS}", id="those besides us"),
        pytest.param(
            f"1. Kiểm tra\n- Phối hợp với các sở, ngành (trừ {US}).\n{OTHERS}", id="partners but for us"
        ),
        pytest.param(
            f"1. Phòng Báo chí - Xuất bản và Phát hành\n- Rà soát.\n{OTHERS}",
            id="a longer name than that of our unit",
        ),
        pytest.param(f"1. {US} đề nghị các đơn vị báo cáo về Sở.\n{OTHERS}", id="the author asks others"),
        pytest.param(
            f"1. {US} tỉnh Long An yêu cầu các đơn vị báo cáo về Sở.\n{OTHERS}",
            id="one of another province asks",
        ),
        pytest.param(f"- Đơn vị chủ trì: {US}.\n{OTHERS}", id="labels without a duty"),
        pytest.param(f"1. Kinh phí\na) Nguồn: {US} quản lý.\n{OTHERS}", id="named in passing"),
    ],
)
def test_what_is_not_our_part(text: str) -> None:
    assert duties(text, units=UNITS) == ()


def test_what_sets_no_time_and_names_only_partners_is_told_as_it_is() -> None:
    text = (
        f"{OTHERS}\n4. {US}\n- Triển khai Kế hoạch ký trước ngày 15/3/2011, phối hợp với Sở Y tế, nhân dân."
    )
    (one,) = duties(text)
    assert (one.phrase, one.partners) == (None, ("Sở Y tế",))
    (labelled,) = duties(f"{OTHERS}\n4. Mở lớp\n- Chủ trì: {US}.\n- Phối hợp: Sở Y tế.")
    assert labelled.phrase is None


def test_a_unit_of_ours_is_named_in_full() -> None:
    text = f"1. Phòng Báo chí - Xuất bản\n- Rà soát văn bản.\n{OTHERS}"
    assert [one.role for one in duties(text, units=UNITS)] == [TaskRole.LEAD]


def test_a_unit_with_a_short_name_is_named_with_ours_behind_it() -> None:
    text = f"1. Thanh tra {US}\n- Kiểm tra.\n{OTHERS}"
    assert [one.heading for one in duties(text, units=UNITS)] == [f"Thanh tra {US}"]
    assert [one.heading for one in duties(text, units=("Thanh tra Sở",))] == [f"Thanh tra {US}"]


@pytest.mark.parametrize(
    ("heading", "is_ours"),
    [
        pytest.param(f"{US} tỉnh Tây Ninh", True, id="of our province"),
        pytest.param(f"{US} tỉnh Long An", False, id="of another"),
        pytest.param(US, True, id="of none"),
    ],
)
def test_a_namesake_of_another_province_is_not_us(heading: str, is_ours: bool) -> None:
    found = duties(f"1. {heading}\n- Rà soát.\n{OTHERS}", ours=(*OURS, f"{US} tỉnh Tây Ninh"))
    assert bool(found) is is_ours


def test_with_a_section_of_our_own_we_are_none_of_the_others() -> None:
    rest = "Các sở, ban, ngành khác\n- Báo cáo kết quả."
    assert [one.role for one in duties(f"1. {US}\n- Tuyên truyền.\n{OTHERS}\n4. {rest}")] == [TaskRole.LEAD]
    assert [one.role for one in duties(f"{OTHERS}\n4. {rest}")] == [TaskRole.ALL]


def test_a_heading_that_means_everybody_is_nobodys_partner() -> None:
    (one,) = duties(f"1. Các sở, ban, ngành (trừ Sở Nội vụ)\n- Rà soát.\n{OTHERS}")
    assert (one.role, one.partners) == (TaskRole.ALL, ())


def test_in_a_paper_of_our_own_the_units_are_meant_and_not_the_author() -> None:
    text = f"1. Văn phòng\n- Rà soát văn bản.\n2. Thanh tra\n- Kiểm tra.\n3. Các phòng, đơn vị\n- Phối hợp với {US}."
    lines = [line(row, 0.16, 0.02 + 0.02 * at) for at, row in enumerate(text.splitlines())]
    pieces = list_pieces(find_layout(paper(letterhead(under=(), then=()), lines)))
    own = our_names(OURS, UNITS, is_own_paper=True)
    others = our_names(OURS, UNITS)
    assert own is not None
    assert others is not None
    assert [(one.role.value, one.heading) for one in find_duties(pieces, own, issued=ISSUED)] == [
        ("lead", "Văn phòng"),
        ("lead", "Thanh tra"),
        ("all", "Các phòng, đơn vị"),
    ]
    assert [one.role for one in find_duties(pieces, others, issued=ISSUED)] == [TaskRole.SUPPORT]


def test_a_committee_is_meant_by_the_committees() -> None:
    text = f"1. Ủy ban nhân dân các huyện, thị xã\n- Hàng năm, xây dựng kế hoạch.\n{OTHERS}"
    (one,) = duties(text, ours=("ỦY BAN NHÂN DÂN HUYỆN TÂN BIÊN",))
    assert one.role is TaskRole.ALL
    assert one.phrase is not None
    assert one.phrase.says.recurrence == "FREQ=YEARLY"


def test_no_office_has_no_names() -> None:
    assert our_names(()) is None
    assert our_names(("",)) is None


# ── as a field ───────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_not_read_to_its_end_tells_nothing() -> None:
    assert check_our_part(None, source=Source.OCR) == FieldReading(name=FieldName.OUR_PART)


def test_a_part_is_a_proposal_that_people_compare_unless_the_file_itself_says_it() -> None:
    found = check_our_part(duties(PLAN), source=Source.OCR)
    assert (found.checked, found.page) == (False, 2)
    assert found.reason
    assert check_our_part(duties(PLAN), source=Source.TEXT_LAYER).checked
    nothing = check_our_part((), source=Source.OCR)
    assert (nothing.checked, nothing.value) == (True, None)


def test_the_rows_are_those_of_the_contract() -> None:
    value = check_our_part(duties(PLAN), source=Source.OCR).value
    assert isinstance(value, list)
    first, second, *_ = value
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    box = first.pop("box") or ""
    assert [float(part) for part in box.split()][1] == pytest.approx(0.06)
    assert first == {
        "heading": US,
        "text": "Chủ trì, phối hợp với Sở Ngoại vụ, Sở Tài chính tổ chức hội nghị, hoàn thành trước ngày 15/3/2012.",
        "role": "lead",
        "partners": "Sở Ngoại vụ; Sở Tài chính",
        "phrase": "trước ngày 15/3/2012",
        "date": "2012-03-15",
        "page": "2",
    }
    assert (second["recurrence"], second["ask"]) == ("FREQ=MONTHLY;INTERVAL=3", "day")


SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "000_bffe0003f475835b.txt"


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared, which the project does not contain")
def test_of_the_plan_of_tay_ninh_part_three_one_is_ours() -> None:
    names = our_names(OURS, UNITS)
    assert names is not None
    pieces = list_pieces(find_layout(paper_from_text(SEED.read_text("utf-8"))))
    found = find_duties(pieces, names, issued=ISSUED)
    own = [one for one in found if one.heading == f"{US} Tây Ninh"]
    assert [(one.role.value, one.text[:20]) for one in own] == [
        ("lead", "Tham mưu UBND tỉnh q"),
        ("lead", "Chủ trì, phối hợp vớ"),
        ("support", "Phối hợp cùng các cơ"),
        ("support", "Phối hợp với Sở Ngoạ"),
        ("lead", "Thực hiện công tác q"),
    ]
    assert [(one.role.value, one.heading) for one in found if one not in own] == [
        ("support", "Sở Ngoại vụ"),
        ("support", "Sở Văn hóa, Thể thao và Du lịch"),
        ("support", "Sở Tài chính"),
    ]


# ── whatever is printed ──────────────────────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(
    [
        "1.", "2.", "I.", "a)", "-", "+", "Điều 3.", US, "Sở TT&TT", "Sở Y tế", "Các sở, ban, ngành", "phối hợp với",
        "Chủ trì", "chủ trì:", "báo cáo", "trước ngày 15/3/2012", "hằng quý", ":", ";", ".", "Nơi nhận:", "Kính gửi",
        "Phần I", "1.2.3.4", "15 ngày", "Căn cứ", "06 tháng 01 lần",
    ]
) | st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=6)  # fmt: skip


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), max_size=30),
    st.sampled_from([None, ISSUED]),
)
def test_no_paper_makes_the_search_fail_and_every_duty_stands_on_it(
    rows: list[str], issued: dt.date | None
) -> None:
    text = "\n".join(rows)
    found = duties(text, units=UNITS, issued=issued)
    assert len(found) <= MOST_DUTIES
    printed = " ".join(text.split())
    for one in found:
        assert one.piece.page == 2
        assert one.text
        assert one.text.split()[-1] in printed
    read = check_our_part(found, source=Source.OCR)
    assert read.checked or read.reason
