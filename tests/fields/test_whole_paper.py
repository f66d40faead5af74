"""Whether the file is one whole document: two heads, a missing end, pages that are numbered otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from documents.page import Box, Line, Region, RegionKind, SignaturePanel
from fields.agencies import load_agencies
from fields.other_heads import find_heads
from fields.read import find_fields
from fields.whole_paper import find_doubts
from tests.fields.paper_from_text import both, centred, line, paper

DIRECTORY = load_agencies()
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
BODY = "Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh, Sở Y tế đề nghị các đơn vị"
TWO, NO_END, LOST, ORDER = "hai văn bản", "phần ký và nơi nhận", "thiếu trang", "Thứ tự trang"


def head(
    y: float = 0.05,
    *,
    issuer: str = "SỞ Y TẾ",
    number: str = "Số: 2062/SYT-NVY",
    date: str = "Kiên Giang, ngày 14 tháng 3 năm 2018",
) -> list[Line]:
    return [
        both("UBND TỈNH KIÊN GIANG", NATION, y),
        both(issuer, MOTTO, y + 0.02),
        both(number, date, y + 0.05),
    ]


def body(y: float = 0.2, count: int = 8, text: str = BODY) -> list[Line]:
    return [line(text, 0.14, y + 0.02 * at) for at in range(count)]


def end(y: float = 0.5) -> list[Line]:
    return [
        Line((*line("Nơi nhận:", 0.14, y).words, *line("KT. GIÁM ĐỐC", 0.62, y).words)),
        Line((*line("- Như trên;", 0.14, y + 0.02).words, *line("PHÓ GIÁM ĐỐC", 0.62, y + 0.02).words)),
        line("- Lưu: VT, NVY.", 0.14, y + 0.04),
        line("Trần Văn Bình", 0.63, y + 0.14),
    ]


OTHER = head(
    0.05, issuer="SỞ TÀI CHÍNH", number="Số: 77/STC-NS", date="Kiên Giang, ngày 07 tháng 02 năm 2018"
)
OTHER_BODY = body(text="Căn cứ dự toán được giao, Sở Tài chính thông báo hạn mức kinh phí quý I")


def doubts(*pages: Sequence[Line], page_count: int | None = None, **changes: object) -> tuple[str, ...]:
    drawn = paper(*pages)
    drawn = replace(drawn, page_count=page_count or len(pages), **changes)  # type: ignore[arg-type]
    found = find_fields(drawn, DIRECTORY)
    return find_doubts(drawn, found.layout, found.signer)


def below(lines: Sequence[Line], by: float) -> list[Line]:
    def lower(box: Box) -> Box:
        return Box(box.x0, box.y0 + by, box.x1, box.y1 + by)

    return [Line(tuple(replace(w, box=lower(w.box)) for w in one.words)) for one in lines]


def test_one_whole_letter_raises_no_doubt() -> None:
    assert doubts([*head(), *body(), *end()]) == ()
    assert doubts([*head(), *body()], [*body(), *end()]) == ()


@pytest.mark.parametrize(
    ("pages", "where"),
    [
        pytest.param([[*head(), *body(), *end(0.36), *below(OTHER, 0.5)]], "cùng trang 1", id="one sheet"),
        pytest.param([[*head(), *body(), *end()], [*OTHER, *OTHER_BODY, *end()]], "trang 2", id="one file"),
        pytest.param(
            [[*head(), *body(), *end()], [*head(number="Số: /QĐ-SYT"), *OTHER_BODY, *end()]],
            "trang 2",
            id="number by pen that was not read",
        ),
        pytest.param(
            [[*head(), *body(), *end()], [*head(number="Số: 2063/SYT-NVY"), *OTHER_BODY, *end()]],
            "trang 2",
            id="the same office's next letter",
        ),
        pytest.param(
            [[line("Số: 2062/SYT-NVY", 0.2, 0.04), *body(), *end()], [*OTHER, *OTHER_BODY, *end()]],
            "trang 2",
            id="the first one's national heading cut off",
        ),
        pytest.param(
            [[*head(), *body()], [*body(), *end()], [*OTHER, *OTHER_BODY, *end()]],
            "trang 3",
            id="behind a letter of two pages",
        ),
    ],
)
def test_a_second_head_is_told_with_its_page(pages: list[list[Line]], where: str) -> None:
    (doubt,) = doubts(*pages)
    assert TWO in doubt
    assert where in doubt


@pytest.mark.parametrize(
    "second",
    [
        pytest.param([*head(), *body(), *end()], id="the same page scanned twice"),
        pytest.param([*head(number="Số: 20b2/SYT-NVY"), *body(), *end()], id="scanned twice, read otherwise"),
        pytest.param([*head(), *OTHER_BODY, *end()], id="a list that bears the letter's number"),
        pytest.param(
            [*head(number="Số: ......./BC-......"), *OTHER_BODY], id="a form with dots for the number"
        ),
        pytest.param(
            [*head(number="Số: 01/BC-TYT", date="........, ngày .... tháng .... năm 2018"), *OTHER_BODY],
            id="a form with dots for the date",
        ),
        pytest.param(
            [centred("Mẫu số 02", 0.02), *OTHER, *OTHER_BODY], id="a form that is filled in as an example"
        ),
        pytest.param(
            [*OTHER, centred("(Kèm theo Công văn số 2062/SYT-NVY)", 0.14), *OTHER_BODY], id="an annex"
        ),
        pytest.param(
            [
                line("của nước Cộng hòa xã hội chủ nghĩa Việt Nam ngày 14 tháng 3 năm 2018", 0.14, 0.2),
                *body(0.3),
            ],
            id="the name of the country in a sentence",
        ),
    ],
)
def test_what_repeats_the_heading_is_no_second_document(second: list[Line]) -> None:
    assert doubts([*head(), *body(), *end()], second) == ()


def test_of_two_heads_side_by_side_each_has_its_own_number_and_date() -> None:
    wide = [
        Line((*(w for w in narrowed(one, 0.0)), *(w for w in narrowed(other, 0.5))))
        for one, other in zip(head(), OTHER, strict=True)
    ]
    one, other = find_heads(replace(paper(wide).pages[0], width_px=3308, height_px=2339))
    assert (one.told, other.told) == (
        "Số: 2062/SYT-NVY, Kiên Giang, ngày 14 tháng 3 năm 2018",
        "Số: 77/STC-NS, Kiên Giang, ngày 07 tháng 02 năm 2018",
    )


def narrowed(one: Line, to: float) -> list[object]:
    return [replace(w, box=Box(to + w.box.x0 / 2, w.box.y0, to + w.box.x1 / 2, w.box.y1)) for w in one.words]


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([[*head(), *body(count=30)]], id="page 1 alone"),
        pytest.param([[*head(), *body(count=30)], body(0.1, count=35)], id="the last page left out"),
        pytest.param(
            [[*head(number="Số: 76/QĐ-SYT"), centred("QUYẾT ĐỊNH", 0.17), *body(0.2, 3),
              centred("GIÁM ĐỐC SỞ Y TẾ", 0.4), *body(0.44, 20)]],
            id="a decision's first page names an office in its middle",
        ),
    ],
)  # fmt: skip
def test_a_paper_without_an_end_is_asked_about(pages: list[list[Line]]) -> None:
    (doubt,) = doubts(*pages)
    assert NO_END in doubt


SEAL = Region(RegionKind.SEAL, Box(0.55, 0.6, 0.75, 0.75))
SIGNED = SignaturePanel("Trần Văn Bình", "2018-03-14T08:00:00+07:00")


@pytest.mark.parametrize(
    ("ending", "changes"),
    [
        pytest.param([line("Nơi nhận:", 0.14, 0.5), line("- Lưu: VT.", 0.14, 0.52)], {}, id="a copy list"),
        pytest.param(
            [line("CHỦ TỊCH", 0.64, 0.5), line("Trần Văn Bình", 0.63, 0.62)], {}, id="an invitation: a name"
        ),
        pytest.param([line("TM. BAN TỔ CHỨC", 0.62, 0.5)], {}, id="a power, its name in script"),
        pytest.param([], {"signatures": (SIGNED,)}, id="an electronic signature in the file"),
    ],
)
def test_any_part_of_an_end_is_an_end(ending: list[Line], changes: dict[str, object]) -> None:
    assert doubts([*head(), *body(), *ending], **changes) == ()


def test_a_seal_at_the_right_is_an_end() -> None:
    drawn = paper([*head(), *body()], regions=(SEAL,))
    found = find_fields(drawn, DIRECTORY)
    assert find_doubts(drawn, found.layout, found.signer) == ()


@pytest.mark.parametrize(
    ("number", "count", "is_doubted"),
    [
        pytest.param("2", 2, False, id="as it lies"),
        pytest.param("3", 2, True, id="page 2 left out"),
        pytest.param("- 3 -", 3, True, id="between dashes"),
        pytest.param("2/5", 2, True, id="fewer pages than printed"),
        pytest.param("Trang 2/2", 2, False, id="as many pages as printed"),
        pytest.param("1", 2, False, id="numbered anew"),
        pytest.param("2018", 2, False, id="a year"),
    ],
)
def test_page_numbers_say_what_is_missing(number: str, count: int, is_doubted: bool) -> None:
    told = doubts([*head(), *body()], [centred(number, 0.03), *body(0.1), *end()], page_count=count)
    assert [LOST in doubt for doubt in told] == [True] * is_doubted


def test_a_gazette_numbers_its_own_pages() -> None:
    header = line("CÔNG BÁO/Số 123 + 124/Ngày 25-3-2018", 0.3, 0.02)
    assert doubts([header, *head(), *body()], [header, line("6", 0.9, 0.02), *body(0.1), *end()]) == ()


@pytest.mark.parametrize(
    ("first", "said"),
    [
        pytest.param([], "trang 1 trống", id="the back of the sheet first"),
        pytest.param([*body(0.1), *end()], "không có phần đầu", id="the last page first"),
    ],
)
def test_a_head_on_a_later_page_says_that_the_order_is_wrong(first: list[Line], said: str) -> None:
    (doubt,) = doubts(first, [*head(), *body(), *end()])
    assert ORDER in doubt
    assert said in doubt
    assert "phần đầu văn bản ở trang 2" in doubt
    (doubt,) = doubts(first, page_count=2)
    assert said in doubt, "the page with the head was not read"
