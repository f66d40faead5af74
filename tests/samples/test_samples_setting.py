"""Where words stand on the sheet, by the layout of their time."""

from __future__ import annotations

import dataclasses
import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from samples.letters import invitation, ministry_letter, party_letter, urgent_letter, weekday_from
from samples.lines import break_words, list_words, set_paragraph, wrap_evenly
from samples.paper import Hand, Layout, Manner, Paper, Paragraph, printed_day, printed_month
from samples.papers import list_readable
from samples.reports import decision, inspection_plan
from samples.setting import set_paper
from samples.sheet import Run, Sheet
from samples.tay_ninh import tay_ninh_plan
from samples.typeface import Face, font_path, width_mm
from samples.wording import read_body

pytestmark = pytest.mark.fonts

DAY = dt.date(2026, 3, 16)
VIETNAMESE = [
    letter
    for base in "aăâeêioôơuưyđ"
    for mark in ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    for letter in (
        unicodedata.normalize("NFC", base + mark),
        unicodedata.normalize("NFC", (base + mark).upper()),
    )
    if len(letter) == 1
]
WORDS = st.lists(st.text("aăbcđeghiknôơưxy,.", min_size=1, max_size=12), min_size=1, max_size=60)


def find_run(sheet: Sheet, text: str) -> Run:
    """The first run that holds `text`."""
    return next(run for run in sheet.runs if text in run.text)


def middle(run: Run) -> float:
    """Millimetres from the left edge to the middle of a run."""
    return run.x_mm + width_mm(run.text, run.face, run.size_pt) / 2


def test_number_and_date_stand_on_one_line_under_their_columns() -> None:
    sheet = set_paper(tay_ninh_plan())[0]
    number, date = find_run(sheet, "Số: 02/KH-UBND"), find_run(sheet, "ngày 03 tháng 01 năm 2012")
    assert number.y_mm == date.y_mm
    assert middle(number) == pytest.approx(middle(find_run(sheet, "TỈNH TÂY NINH")))
    assert middle(date) == pytest.approx(middle(find_run(sheet, "CỘNG HÒA")))
    assert date.face is Face.ITALIC


@pytest.mark.parametrize(
    ("text", "x_mm", "y_mm"),
    [
        pytest.param("CỘNG HÒA XÃ HỘI", (90, 120), (20, 33), id="cell 1, the motto"),
        pytest.param("TỈNH TÂY NINH", (33, 70), (22, 35), id="cell 2, the issuer"),
        pytest.param("Số: 1408/QĐ-UBND", (33, 102), (36, 50), id="cell 3, the number"),
        pytest.param("ngày 12 tháng 3 năm 2026", (105, 150), (36, 50), id="cell 4, place and date"),
        pytest.param("QUYẾT ĐỊNH", (75, 110), (46, 65), id="cell 5a, the type"),
        pytest.param("KT. CHỦ TỊCH", (112, 189), (190, 230), id="cell 7a, signing power"),
        pytest.param("Nơi nhận:", (30, 35), (190, 230), id="cell 9b, recipients"),
    ],
)
def test_cells_of_the_decree_are_where_it_draws_them(
    text: str, x_mm: tuple[float, float], y_mm: tuple[float, float]
) -> None:
    run = find_run(set_paper(decision(DAY))[0], text)
    assert x_mm[0] <= run.x_mm <= x_mm[1]
    assert y_mm[0] <= run.y_mm <= y_mm[1]


@pytest.mark.parametrize(
    ("paper", "right_half", "lower_half"),
    [
        pytest.param(tay_ninh_plan(), True, True, id="2012: bottom right"),
        pytest.param(inspection_plan(DAY), False, False, id="NĐ30: top centre"),
    ],
)
def test_the_page_number_is_where_its_time_put_it(paper: Paper, right_half: bool, lower_half: bool) -> None:
    first, second = set_paper(paper)
    number = second.runs[-1]
    assert number.text == "2"
    assert (number.x_mm > 150) is right_half
    assert (number.y_mm > 150) is lower_half
    assert first.runs[-1].text != "1"


def test_party_papers_have_no_motto_and_a_star_under_the_issuer() -> None:
    sheet = set_paper(party_letter(DAY))[0]
    printed = {run.text for run in sheet.runs}
    assert {"ĐẢNG CỘNG SẢN VIỆT NAM", "*", "Số 412-CV/BTGDVTU"} <= printed
    assert not any("CỘNG HÒA" in text for text in printed)


def test_long_names_of_issuers_do_not_run_into_the_motto() -> None:
    name = "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH VÀ VÙNG PHỤ CẬN"
    paper = invitation(DAY)
    head = dataclasses.replace(paper.head, parent=(name,))
    sheet = set_paper(dataclasses.replace(paper, head=head))[0]
    parent = find_run(sheet, name)
    assert parent.x_mm + width_mm(name, parent.face, parent.size_pt) < find_run(sheet, "CỘNG HÒA").x_mm - 3


def test_a_letter_has_its_subject_in_the_left_column() -> None:
    sheet = set_paper(urgent_letter(DAY))[0]
    subject = find_run(sheet, "V/v")
    assert subject.x_mm + width_mm(subject.text, subject.face, subject.size_pt) < 103
    assert subject.y_mm > find_run(sheet, "Số:").y_mm


def test_what_is_written_by_pen_is_left_open_in_the_type() -> None:
    sheet = set_paper(ministry_letter(DAY))[0]
    assert [run.text for run in sheet.pen] == ["3127", "11"]
    assert not any("3127" in run.text for run in sheet.runs)


@pytest.mark.parametrize("layout", list(Layout))
def test_no_word_leaves_the_margins(layout: Layout) -> None:
    plan = dataclasses.replace(inspection_plan(DAY), layout=layout)
    for sheet in set_paper(plan):
        for run in sheet.runs:
            assert run.x_mm >= 20
            assert run.x_mm + width_mm(run.text, run.face, run.size_pt) <= 196
            assert 5 < run.y_mm < 290


@pytest.mark.parametrize("paragraphs", range(1, 60, 3))
def test_the_signature_never_stands_alone_on_a_page(paragraphs: int) -> None:
    text = Paragraph("Đề nghị các cơ quan, đơn vị phối hợp thực hiện. " * 3)
    sheets = set_paper(dataclasses.replace(invitation(DAY), body=(text,) * paragraphs))
    last = sheets[-1]
    signature = find_run(last, "KT. GIÁM ĐỐC")
    body = [run for run in last.runs if run.size_pt == 14 and run.y_mm < signature.y_mm]
    assert len(body) >= 2
    assert find_run(last, "Mai Thị Hồng Vân").y_mm < 285


@given(words=WORDS, width=st.floats(60, 180), indent=st.floats(0, 20))
def test_lines_hold_every_word_in_order_and_fit(words: list[str], width: float, indent: float) -> None:
    lines = list(break_words(list_words(Paragraph(" ".join(words))), width, size_pt=14, indent=indent))
    assert [word.text for line in lines for word in line] == " ".join(words).split()
    for place, line in enumerate(lines):
        room = width - (indent if place == 0 else 0)
        natural = width_mm(" ".join(word.text for word in line), Face.ROMAN, 14)
        assert natural <= room + 0.5 or len(line) == 1


@given(words=WORDS)
def test_all_lines_but_the_last_reach_the_right_margin(words: list[str]) -> None:
    lines = set_paragraph(Paragraph(" ".join(words)), 160, size_pt=14, indent=12.7, above_mm=2)
    for line in lines[:-1]:
        word, x = line.words[-1]
        if len(line.words) > 1:
            assert x + word.width(14) == pytest.approx(160)


@given(words=WORDS)
def test_even_lines_are_no_more_than_greedy_ones(words: list[str]) -> None:
    text = " ".join(words)
    greedy = list(break_words(list_words(Paragraph(text)), 70, size_pt=12.5))
    even = wrap_evenly(text, 70, face=Face.ROMAN, size_pt=12.5)
    assert len(even) == len(greedy)
    assert " ".join(even).split() == text.split()


@pytest.mark.parametrize(
    ("written", "paragraph"),
    [
        pytest.param("# I. Mục đích", Paragraph("I. Mục đích", Manner.BOLD), id="heading"),
        pytest.param(
            "= QUYẾT ĐỊNH:", Paragraph("QUYẾT ĐỊNH:", Manner.CENTRED), id="centred words of enactment"
        ),
        pytest.param(
            "[Điều 1.] Thành lập", Paragraph("Thành lập", lead="Điều 1."), id="article with bold lead"
        ),
        pytest.param("- Như\ntrên", Paragraph("- Như trên"), id="line ends are joined, a dash is text"),
    ],
)
def test_the_body_is_read_from_marked_text(written: str, paragraph: Paragraph) -> None:
    assert read_body(f"\n{written}\n\n\nSau\n") == (paragraph, Paragraph("Sau"))


@pytest.mark.parametrize(
    ("day", "month", "printed"),
    [
        pytest.param(3, 1, "03 01", id="January takes a zero"),
        pytest.param(5, 3, "05 3", id="March takes none"),
        pytest.param(12, 11, "12 11", id="two digits stay"),
    ],
)
def test_days_and_months_follow_the_leading_zero_rule(day: int, month: int, printed: str) -> None:
    assert f"{printed_day(day)} {printed_month(month)}" == printed


@given(on=st.dates(dt.date(2011, 1, 1), dt.date(2035, 12, 31)), days=st.integers(-20, 30))
def test_papers_are_never_dated_on_a_weekend(on: dt.date, days: int) -> None:
    day = weekday_from(on, days)
    assert day.weekday() < 5
    assert abs((day - on).days - days) <= 2


@pytest.mark.parametrize("face", list(Face))
def test_every_vietnamese_letter_has_its_own_shape(face: Face) -> None:
    font = ImageFont.truetype(str(font_path(face)), 60, layout_engine=ImageFont.Layout.BASIC)
    shapes = {bytes(font.getmask(letter)) for letter in VIETNAMESE}
    missing = bytes(font.getmask("\uffff"))
    assert len(shapes) == len(set(VIETNAMESE)) == 146
    assert missing not in shapes


def test_all_words_of_the_gallery_are_composed() -> None:
    for sample in list_readable(DAY):
        assert sample.paper is not None
        for sheet in set_paper(sample.paper):
            for run in (*sheet.runs, *sheet.pen):
                assert unicodedata.is_normalized("NFC", run.text)


def test_the_plan_carries_the_facts_it_is_known_by() -> None:
    plan = tay_ninh_plan(hand=Hand.PEN)
    assert plan.reference == "02/KH-UBND"
    assert plan.stamp is not None
    assert (plan.stamp.number, plan.stamp.date, plan.stamp.hand) == ("29", "05/01/2012", Hand.PEN)
    assert " ".join(plan.stamp.forwarded_to) == "Đ/c Linh, Đ/c Thanh Xuân"
    text = " ".join((*plan.bases, *(paragraph.text for paragraph in plan.body)))
    for cited in ("79/2010/QĐ-TTg", "38/2011/QĐ-UBND", "1171/BTTTT-TTĐN"):
        assert cited in text
