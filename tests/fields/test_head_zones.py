"""Zones of the head: found by their neighbours, whatever the margins, skew, stamps and panels."""

from __future__ import annotations

import pytest

from documents.page import Box, Line, Word
from fields.columns import split_at_gaps
from fields.head import Head, find_head
from fields.heading import find_heading, find_title
from fields.layout import Layout, find_layout
from tests.fields.paper_from_text import (
    HEIGHT,
    PITCH,
    both,
    centred,
    letterhead,
    line,
    paper,
    paper_from_text,
)

ASPECT = 1654 / 2339


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [each.text for each in lines]


def moved(lines: list[Line], dx: float, dy: float, scale: float = 1.0) -> list[Line]:
    """The same lines elsewhere on the page, or smaller."""

    def move(word: Word) -> Word:
        b = word.box
        box = Box(dx + b.x0 * scale, dy + b.y0 * scale, dx + b.x1 * scale, dy + b.y1 * scale)
        return Word(word.text, box, word.confidence)

    return [Line(tuple(move(w) for w in each.words)) for each in lines]


@pytest.mark.parametrize(
    ("dx", "dy", "scale"),
    [
        pytest.param(0.0, 0.0, 1.0, id="as drawn"),
        pytest.param(-0.05, -0.05, 1.0, id="cut at the top and left"),
        pytest.param(0.0, 0.3, 0.5, id="two pages on one sheet"),
    ],
)
def test_a_letterhead_is_cut_into_its_zones_wherever_it_stands(dx: float, dy: float, scale: float) -> None:
    head, above = find_head(moved(letterhead(), dx, dy, scale), ASPECT)
    assert texts(head.issuer) == ["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"]
    assert texts(head.nation) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert head.number is not None
    assert head.number.text == "Số: 01/SYT-NVD"
    assert head.date is not None
    assert head.date.text == "Kiên Giang, ngày 02 tháng 01 năm 2018"
    assert texts(head.letter_subject) == ["V/v báo cáo tình hình thực hiện", "gói thầu cung ứng thuốc."]
    assert head.subject_closed
    assert head.title is None
    assert above == ()


def test_columns_read_as_lines_of_their_own_give_the_same_zones() -> None:
    apart = [piece for each in letterhead() for piece in split_at_gaps(each, ASPECT)]
    assert find_head(apart, ASPECT)[0].issuer == find_head(letterhead(), ASPECT)[0].issuer


def test_title_and_subject_stand_under_the_columns() -> None:
    lines = letterhead(
        number="Số: 02/KH-SYT", under=(), title="KẾ HOẠCH", subject=("Thực hiện công tác", "năm 2018")
    )
    head, _ = find_head(lines, ASPECT)
    assert head.title is not None
    assert head.title.text == "KẾ HOẠCH"
    assert texts(head.subject) == ["Thực hiện công tác", "năm 2018"]
    assert head.subject_closed
    assert len(head.lines) == 9


def test_what_stands_above_the_motto_is_not_the_documents_own() -> None:
    gazette = line("CÔNG BÁO/Số 199/Ngày 01-7-2026 52", 0.4, 0.01)
    head, above = find_head([gazette, *letterhead()], ASPECT)
    assert above == (gazette,)
    assert head.number is not None
    assert head.number.text == "Số: 01/SYT-NVD"


def test_without_the_national_line_nothing_is_taken_for_an_issuer() -> None:
    layout = find_layout(
        paper_from_text(
            "SỞ THÔNG TIN\n\nSố: 02 /KH-UBND\n\nTây Ninh, ngày 03 tháng 01 năm 2012\n\nKẾ HOẠCH\n"
        )
    )
    assert layout.head.issuer == ()
    assert layout.head.number is not None
    assert layout.head.title is not None


def test_the_motto_alone_tells_the_columns_apart() -> None:
    lines = letterhead()
    left_of_nation = line("UBND TỈNH KIÊN GIANG", 0.2, 0.06)
    head, _ = find_head([left_of_nation, *lines[1:]], ASPECT)
    assert texts(head.issuer) == ["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"]


def test_a_partys_head_is_known_by_its_own_line() -> None:
    lines = [
        both("TỈNH ỦY TÂY NINH", "ĐẢNG CỘNG SẢN VIỆT NAM", 0.06),
        centred("BAN TUYÊN GIÁO", 0.08, middle=0.3),
        centred("*", 0.10, middle=0.3),
        both("Số 12-CV/BTGTU", "Tây Ninh, ngày 05 tháng 3 năm 2018", 0.12),
        centred("Kính gửi: Các ban đảng", 0.18),
    ]
    head, _ = find_head(lines, ASPECT)
    assert texts(head.issuer) == ["TỈNH ỦY TÂY NINH", "BAN TUYÊN GIÁO"]
    assert head.number is not None
    assert head.number.text == "Số 12-CV/BTGTU"


def test_a_city_named_ho_chi_minh_is_no_youth_union() -> None:
    lines = letterhead(left=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH"))
    assert texts(find_head(lines, ASPECT)[0].issuer) == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH"]


def test_crumbs_and_small_letters_are_no_issuer() -> None:
    lines = letterhead(left=("tu.) UBND TỈNH KIÊN GIANG .", "SỞ Y TẾ", "ghi chú", "Ý"))
    assert texts(find_head(lines, ASPECT)[0].issuer) == ["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"]


def test_a_letter_without_number_still_gives_its_issuer_and_subject() -> None:
    lines = [each for each in letterhead() if "ngày" not in each.text]
    head, _ = find_head(lines, ASPECT)
    assert head.number is None
    assert head.date is None
    assert texts(head.issuer) == ["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"]
    assert len(head.letter_subject) == 2


def test_a_title_closes_an_issuer_without_number_and_date() -> None:
    lines = letterhead(
        left=("UBND TỈNH KIÊN GIANG", "SỞ Y TẾ", "PHÒNG TỔ CHỨC", "CÁN BỘ"), under=(), title="KẾ HOẠCH"
    )
    head, _ = find_head([each for each in lines if "ngày" not in each.text], ASPECT)
    assert texts(head.issuer) == ["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ", "PHÒNG TỔ CHỨC", "CÁN BỘ"]
    assert head.title is not None


def test_a_number_that_lost_its_label_is_known_by_its_slash() -> None:
    head, _ = find_head(letterhead(number="9 01/SYT-NVD"), ASPECT)
    assert head.number is not None
    assert head.number.text == "9 01/SYT-NVD"


def test_crumbs_before_the_place_are_dropped() -> None:
    head, _ = find_head(letterhead(date="_.. Kiên Giang, ngày 02 tháng 01 năm 2018"), ASPECT)
    assert head.date is not None
    assert head.date.text.startswith("Kiên Giang")


def test_a_date_over_both_columns_is_cut_before_its_place() -> None:
    row = Line(
        (
            *line("Số: 2944/QĐ-UBND", 0.16, 0.12).words,
            *line("Thành phố Hồ Chí Minh, ngày 19 tháng 5 năm 2026", 0.41, 0.12).words,
        )
    )
    lines = [each for each in letterhead() if "Số:" not in each.text]
    head, _ = find_head([*lines[:2], row, *lines[2:]], ASPECT)
    assert head.number is not None
    assert head.number.text == "Số: 2944/QĐ-UBND"
    assert head.date is not None
    assert head.date.text == "Thành phố Hồ Chí Minh, ngày 19 tháng 5 năm 2026"


def test_a_date_at_the_very_start_of_a_line_is_left_whole() -> None:
    lines = letterhead(number="Số: 01/SYT", date="ngày 02 tháng 01 năm 2018")
    first = [each for each in lines if "Số:" not in each.text]
    head, _ = find_head([*first, line("ngày 02 tháng 01 năm 2018", 0.55, 0.12)], ASPECT)
    assert head.date is not None
    assert head.date.text == "ngày 02 tháng 01 năm 2018"


def test_a_row_in_two_pieces_is_put_together_again() -> None:
    lines = [each for each in letterhead() if "Số:" not in each.text]
    row = [line("/SYT-NVD", 0.30, 0.12), line("Số: 01", 0.22, 0.12)]
    head, _ = find_head([*lines[:2], *row, *lines[2:]], ASPECT)
    assert head.number is not None
    assert head.number.text == "Số: 01 /SYT-NVD"


def test_the_subject_of_a_letter_ends_at_a_rule() -> None:
    lines = [each for each in letterhead() if "Kính" not in each.text]
    rule = centred("————", 0.225, middle=0.3)
    head, _ = find_head([*lines, rule, centred("Ghi thêm ở dưới", 0.24, middle=0.3)], ASPECT)
    assert texts(head.letter_subject) == ["V/v báo cáo tình hình thực hiện", "gói thầu cung ứng thuốc."]
    assert head.subject_closed


def test_the_subject_of_a_letter_with_nothing_after_it_is_not_closed() -> None:
    lines = [each for each in letterhead() if "Kính" not in each.text]
    assert not find_head(lines, ASPECT)[0].subject_closed


@pytest.mark.parametrize(
    ("text", "down"),
    [
        pytest.param("phòng bệnh năm 2018", 0.03, id="under a space"),
        pytest.param("căn cứ lập dự toán", 0.0, id="as a legal basis begins"),
        pytest.param("KẾ HOẠCH", 0.0, id="as a title"),
    ],
)
def test_a_line_under_the_subject_of_a_letter_may_be_more_of_it(text: str, down: float) -> None:
    lines = letterhead(then=())
    more = centred(text, lines[-1].box.y0 + PITCH + down, middle=0.3)
    end = line("Kính gửi: Các Bệnh viện trong toàn tỉnh.", 0.3, more.box.y0 + 3 * PITCH)
    assert not find_head([*lines, more, end], ASPECT)[0].subject_closed


def test_addressees_behind_the_remains_of_a_stamp_end_the_head() -> None:
    lines = letterhead(then=("[Hóa xốc) Kính gửi: Giám đốc trung tâm",))
    assert texts(find_head(lines, ASPECT)[0].letter_subject)[-1] == "gói thầu cung ứng thuốc."


def test_an_empty_page_has_an_empty_head() -> None:
    assert find_head([], ASPECT) == (Head(), ())
    assert find_layout(paper([])).head == Head()


def test_a_paper_whose_first_page_was_not_read_has_no_head() -> None:
    assert find_layout(paper()) == Layout(head=Head(), pages=())


# ── title and subject ────────────────────────────────────────────────────────────────────────────────────


def block(*rows: str, gap_after: int = 0) -> list[Line]:
    """Centred rows under each other; a gap of two lines after the row `gap_after`, counted from 1."""
    lines, y0 = [], 0.2
    for index, text in enumerate(rows, start=1):
        lines.append(centred(text, y0))
        y0 += PITCH * (2.2 if index == gap_after else 1)
    return lines


BODY = tuple("Thực hiện nhiệm vụ được giao, các cơ quan và đơn vị có trách nhiệm thi" for _ in range(6))


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("Kính gửi: Các sở", id="addressees"),
        pytest.param("Căn cứ Luật Tổ chức chính quyền địa phương;", id="legal basis"),
        pytest.param("GIÁM ĐỐC SỞ Y TẾ", id="who decides"),
        pytest.param("————————", id="rule"),
        pytest.param("I. MỤC ĐÍCH", id="first part"),
        pytest.param("Điều 1. Phạm vi", id="article"),
    ],
)
def test_the_subject_stops_at_what_opens_the_next_part(after: str) -> None:
    rows = block("KẾ HOẠCH", "Phát triển chính quyền số", after, *BODY, gap_after=2)
    heading = find_heading(rows, ASPECT)
    assert heading is not None
    assert texts(heading.subject) == ["Phát triển chính quyền số"]
    assert heading.closed


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("Điều 1 Quyết định số 15/QĐ-SYT ngày 07/3/2017", id="article of another document"),
        pytest.param("theo đề nghị của Giám đốc Trung tâm Y tế", id="on whose proposal"),
        pytest.param("SỞ Y TẾ TỈNH KIÊN GIANG NĂM 2018", id="whose"),
    ],
)
def test_a_line_of_the_subject_may_begin_as_a_next_part_does(after: str) -> None:
    heading = find_heading(block("QUYẾT ĐỊNH", "Về việc điều chỉnh", after, *BODY, gap_after=3), ASPECT)
    assert heading is not None
    assert not heading.closed


def test_a_centred_line_under_a_space_may_be_more_of_the_subject() -> None:
    rows = block("QUYẾT ĐỊNH", "Về việc điều chỉnh", "kế hoạch", "mua sắm năm 2018", *BODY, gap_after=3)
    heading = find_heading(rows, ASPECT)
    assert heading is not None
    assert not heading.closed


def test_the_subject_stops_at_a_wide_space() -> None:
    body = [line(text, 0.16, 0.2 + (4.2 + i) * PITCH) for i, text in enumerate(BODY)]
    heading = find_heading([*block("KẾ HOẠCH", "Phát triển", "chính quyền số"), *body], ASPECT)
    assert heading is not None
    assert texts(heading.subject) == ["Phát triển", "chính quyền số"]
    assert heading.closed


def test_the_subject_stops_at_an_indented_paragraph() -> None:
    rows = block("KẾ HOẠCH", "Phát triển chính quyền số")
    start = line("Trong thời gian qua, công tác này đã đạt được những kết quả tốt và", 0.22, 0.2 + 2 * PITCH)
    body = [line(text, 0.16, 0.2 + (3 + i) * PITCH) for i, text in enumerate(BODY)]
    heading = find_heading([*rows, start, *body], ASPECT)
    assert heading is not None
    assert texts(heading.subject) == ["Phát triển chính quyền số"]


def test_a_subject_that_runs_to_the_end_of_what_was_read_is_not_closed() -> None:
    heading = find_heading(block("KẾ HOẠCH", "Phát triển chính quyền số"), ASPECT)
    assert heading is not None
    assert not heading.closed


def test_a_title_with_no_subject_is_not_closed() -> None:
    heading = find_heading(block("GIẤY MỜI", "Kính gửi: Các sở"), ASPECT)
    assert heading is not None
    assert (heading.subject, heading.closed) == ((), False)
    far = find_heading(block("GIẤY MỜI"), ASPECT)
    assert far is not None
    assert far.subject == ()


def test_a_title_far_above_the_text_has_no_subject() -> None:
    rows = [centred("GIẤY MỜI", 0.2), *(centred(text, 0.4 + i * PITCH) for i, text in enumerate(BODY))]
    heading = find_heading(rows, ASPECT)
    assert heading is not None
    assert heading.subject == ()


def test_stamp_lines_beside_the_middle_and_stray_marks_are_passed_over() -> None:
    rows = block("KẾ HOẠCH", "À .^A .À ” Lá ˆ £", "Phát triển chính quyền số", "Kính gửi: Các sở")
    stamp = line("ĐẾN", 0.05, 0.2 + 1.5 * PITCH)
    heading = find_heading([*rows[:2], stamp, *rows[2:]], ASPECT)
    assert heading is not None
    assert texts(heading.subject) == ["Phát triển chính quyền số"]


def test_the_frame_of_a_stamp_read_as_bars_is_cut_off() -> None:
    rows = block("CHỈ THỊ", "CV ĐẾN 7 | Về việc thi hành án hành chính", "Kính gửi: Các sở")
    heading = find_heading(rows, ASPECT)
    assert heading is not None
    assert texts(heading.subject) == ["Về việc thi hành án hành chính"]


def test_a_part_within_bars_that_holds_only_crumbs_is_passed_over() -> None:
    row = Line(
        (*line("CV |", 0.3, 0.22).words, *line("~~", 0.52, 0.22).words, *line("| ĐẾN", 0.6, 0.22).words)
    )
    rows = [
        centred("CHỈ THỊ", 0.2),
        row,
        centred("Về việc thi hành", 0.24),
        centred("Kính gửi: Các sở", 0.26),
    ]
    heading = find_heading(rows, ASPECT)
    assert heading is not None
    assert texts(heading.subject) == ["Về việc thi hành"]


def test_bars_that_leave_nothing_in_the_middle_change_nothing() -> None:
    rows = [centred("CHỈ THỊ", 0.2), line("Về | việc", 0.49, 0.22), centred("Kính gửi: Các sở", 0.24)]
    word = rows[1].words[0]
    wide = Line((word, Word("|", Box(0.52, 0.22, 0.54, 0.234)), *rows[1].words[2:]))
    heading = find_heading([rows[0], wide, rows[2]], ASPECT)
    assert heading is not None
    assert heading.subject[0].text == "Về | việc"


def test_a_line_of_capitals_that_begins_with_a_type_is_title_and_subject() -> None:
    heading = find_heading(block("BÁO CÁO KẾT QUẢ CÔNG TÁC", "năm 2018", "Kính gửi: Các sở"), ASPECT)
    assert heading is not None
    assert heading.title.text == "BÁO CÁO"
    assert texts(heading.subject) == ["KẾT QUẢ CÔNG TÁC", "năm 2018"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("QUYÉT ĐỊNH", "Quyết định", id="a mark misread"),
        pytest.param("Ngày:. XiỗiDS...      NGHỊ ĐỊNH", "Nghị định", id="a stamp beside it"),
        pytest.param("' ,OUYÉT ĐỊNH", "Quyết định", id="crumbs before it"),
        pytest.param("THÔNG TƯ LIÊN TỊCH", "Thông tư liên tịch", id="the longer of two names"),
    ],
)
def test_titles_are_read_through_noise(text: str, name: str) -> None:
    title = find_title(line(text, 0.3, 0.2), ASPECT)
    assert title is not None
    assert title.name == name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("QUYẾT ĐỊNH:", id="the enacting formula"),
        pytest.param("Quyết định số 12", id="not in capitals"),
        pytest.param("theo QUYẾT ĐỊNH của Ủy ban nhân dân", id="within a sentence"),
        pytest.param("SỞ Y TẾ KẾ HOẠCH CHUNG", id="capitals before it"),
        pytest.param("CÔNG VĂN ĐẾN", id="a stamp's words"),
        pytest.param("12", id="no letters"),
    ],
)
def test_what_is_no_title(text: str) -> None:
    assert find_title(line(text, 0.3, 0.2), ASPECT) is None


@pytest.mark.parametrize(
    ("sign", "height", "confidence", "closed"),
    [
        pytest.param("H", HEIGHT, 92.0, False, id="II read as H: the subject's last word"),
        pytest.param("7", HEIGHT, 92.0, False, id="a numeral"),
        pytest.param("—", HEIGHT, 92.0, True, id="a rule"),
        pytest.param("i", 0.3 * HEIGHT, 92.0, True, id="a crumb"),
        pytest.param("H", HEIGHT, 20.0, True, id="a stain that nobody reads surely"),
    ],
)
def test_a_lone_sign_under_a_subject_may_be_its_last_word(
    sign: str, height: float, confidence: float, closed: bool
) -> None:
    rows = [
        centred("QUYẾT ĐỊNH", 0.2),
        centred("Về việc thành lập Hội đồng thẩm định khóa", 0.222),
        line(sign, 0.526, 0.244, height=height, confidence=confidence),
        line("Căn cứ Luật Tổ chức chính quyền địa phương", 0.15, 0.29),
    ]
    heading = find_heading(rows, ASPECT)
    assert heading is not None
    assert heading.closed is closed


def test_no_lines_have_no_heading() -> None:
    assert find_heading([], ASPECT) is None


# ── the whole page ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "panel",
    [
        pytest.param("Người ký: Ủy ban nhân dân tỉnh", id="signer"),
        pytest.param("Thời gian ký: 09.01.2025 10:21:11 +07:00", id="time"),
        pytest.param("09.01.2025 10:21:11 +07:00", id="time alone"),
        pytest.param("SAO Y; Ủy ban nhân dân Thành phố", id="electronic copy"),
        pytest.param("CÔNG BÁO/Số 199+200", id="gazette"),
    ],
)
def test_panels_are_set_aside_wherever_they_stand(panel: str) -> None:
    page = find_layout(paper([*letterhead(), line(panel, 0.5, 0.9)])).page(1)
    assert page is not None
    assert texts(page.set_aside) == [panel]
    assert panel not in texts(page.lines)


def test_stamp_lines_are_set_aside_word_by_word() -> None:
    row = line("ĐẾN Chuyển: Trong thời gian qua", 0.1, 0.4)
    stamp = Line(row.words[:2])
    page = find_layout(paper([*letterhead(), row]), [stamp]).page(1)
    assert page is not None
    assert stamp in page.set_aside
    assert page.lines[-1].text == "Trong thời gian qua"


def test_the_body_begins_after_the_head() -> None:
    layout = find_layout(
        paper(letterhead(then=("Kính gửi: Các Bệnh viện", "Căn cứ Luật")), [line("trang hai", 0.2, 0.1)])
    )
    first, second = layout.pages
    assert texts(first.body) == ["Kính gửi: Các Bệnh viện", "Căn cứ Luật"]
    assert texts(second.body) == ["trang hai"]
    assert layout.page(3) is None


def test_wide_spaces_cut_a_line() -> None:
    row = both("SỞ Y TẾ", "Độc lập - Tự do", 0.1)
    assert texts(split_at_gaps(row, ASPECT)) == ["SỞ Y TẾ", "Độc lập - Tự do"]
    assert split_at_gaps(row, ASPECT, least=50) == (row,)
