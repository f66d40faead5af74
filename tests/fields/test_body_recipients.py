"""The copy list: found at the left of the signature, read a second time, and what both readings make of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import LETTERS_ONLY, Alphabet, SecondLook, SecondReading
from documents.page import Box, Line, Source
from documents.reading import FieldName, Found
from documents.text import fold
from fields.layout import Layout, find_layout
from fields.recipient_rows import check_recipients, list_recipient_looks
from fields.recipients import find_recipients, join_items
from tests.fields.paper_from_text import line, paper

LABEL, KEPT = "Nơi nhận:", "- Lưu: VT, NC."
LOOK = SecondLook(FieldName.RECIPIENTS, 1, Box(0.1, 0.5, 0.5, 0.7), Alphabet.LIST)


def laid_out(*rows: str, x0: float = 0.15, y0: float = 0.6) -> Layout:
    """A page with a line of text and `rows` at its foot; two spaces or more leave as wide a gap."""
    lines: list[Line] = [line("Căn cứ Quyết định số 79", 0.2, 0.3)]
    lines += [line(row, x0, y0 + 0.016 * at, height=0.012) for at, row in enumerate(rows)]
    return find_layout(paper(lines))


def values(found: Found | None) -> object:
    return found.value if found else None


@pytest.mark.parametrize(
    ("rows", "items"),
    [
        pytest.param((LABEL, "- Như trên;", KEPT), ["Như trên", "Lưu: VT, NC"], id="as it should be"),
        pytest.param(
            (f"{LABEL}          GIÁM ĐỐC", "- Như trên;          Trần Văn A", KEPT),
            ["Như trên", "Lưu: VT, NC"],
            id="the signature block beside it",
        ),
        pytest.param(
            ("Nơi nhận :          ĐẠI DIỆN CÔNG TY", "- Như trên;", KEPT),
            ["Như trên", "Lưu: VT, NC"],
            id="the colon apart from the label",
        ),
        pytest.param(
            (LABEL, "- Các bộ, cơ quan ngang bộ,", "cơ quan thuộc Chính phủ;", KEPT),
            ["Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "Lưu: VT, NC"],
            id="an item that runs on",
        ),
        pytest.param(
            (LABEL, "- Như trên;", KEPT, "- Trang 2"), ["Như trên", "Lưu: VT, NC"], id="a footer under it"
        ),
        pytest.param(("- Như trên;", KEPT), ["Như trên", "Lưu: VT, NC"], id="the label lost under a seal"),
        pytest.param(
            (LABEL, "- Sở Y tế; „ ch >", KEPT),
            ["Sở Y tế", "Lưu: VT, NC"],
            id="crumbs of the signature behind",
        ),
        pytest.param(
            (LABEL, "- Khoa/Tổ; GVCN (để p/h);", KEPT),
            ["Khoa/Tổ; GVCN (để p/h)", "Lưu: VT, NC"],
            id="a semicolon inside an item",
        ),
        pytest.param(
            (LABEL, "- Giám đốc (đê báo cáo);", "- Sở (đẻ l/c);", "- Như Điêu 3;", KEPT),
            ["Giám đốc (để báo cáo)", "Sở (để b/c)", "Như Điều 3", "Lưu: VT, NC"],
            id="formulas that lost a mark",
        ),
        pytest.param(("Văn bản này",), None, id="no list"),
    ],
)
def test_the_list_as_printed(rows: tuple[str, ...], items: list[str] | None) -> None:
    assert values(find_recipients(laid_out(*rows))) == items


def again(*rows: tuple[str, str | None]) -> SecondReading:
    """An answer: each row and what the recogniser without marks saw of it, `None` for nothing."""
    said = [row if seen is None else f"{row}\n{LETTERS_ONLY}{seen}" for row, seen in rows]
    return SecondReading(LOOK, "\n".join(said), "khác")


def plain(*rows: str) -> SecondReading:
    """An answer whose rows both readers see alike."""
    return again(*((row, fold(row)) for row in rows))


FIRST = ("Như trên", "UBND tỉnh", "Lưu: VT, NC")


def found(*items: str, source: Source = Source.OCR) -> Found:
    return Found(list(items), 1, Box(0.1, 0.5, 0.4, 0.7), source)


@pytest.mark.parametrize(
    ("answer", "is_checked"),
    [
        pytest.param(plain("Nơi nhận:", "- Như trên;", "- UBND tỉnh;", KEPT), True, id="word for word"),
        pytest.param(plain("- Như trên;", "- UBND tỉnh;", KEPT), True, id="without the label"),
        pytest.param(
            plain("- Như trên;", "- UBND tỉnh;", KEPT, "Trang 2"), True, id="what is under it is not"
        ),
        pytest.param(plain("- Như trên;", "- UBND tinh;", KEPT), False, id="a mark differs"),
        pytest.param(
            again(("- Như trên;", "nhu trn"), ("- UBND tỉnh;", "ubnd tnh"), (KEPT, fold(KEPT))),
            False,
            id="the recogniser passed over a letter that it knows: it has another mark",
        ),
        pytest.param(
            again(("- Như trên;", "nhu tren"), ("- UBND tỉnh;", "ubnd tnh"), (KEPT, fold(KEPT))),
            True,
            id="the recogniser passed over a letter whose mark it does not know",
        ),
        pytest.param(plain("- Như trên;", KEPT), False, id="one item less"),
        pytest.param(plain("- Như trên;", "- UBND tỉnh;", "- Sở Y tế;", KEPT), False, id="one item more"),
        pytest.param(
            again(("- Như trên;", "nhu tren"), ("- UBND tỉnh;", None), (KEPT, fold(KEPT))), False, id="unseen"
        ),
        pytest.param(
            again(("- Như trên;", "nhu tren"), ("- UBND tỉnh;", "ubnd tinh"), (KEPT, "luu: vt, ng.")),
            False,
            id="the recogniser reads other letters in an abbreviation",
        ),
        pytest.param(
            plain("- Như trên;", "- UBND tỉnh;", "- Lưu: VT, Idluc."),
            False,
            id="the mark of a drafter: l or I",
        ),
    ],
)
def test_a_list_is_checked_when_two_readings_are_the_same(answer: SecondReading, is_checked: bool) -> None:
    drafted = "Idluc" in (answer.text or "")
    reading = check_recipients(found(*FIRST[:2], "Lưu: VT, Idluc") if drafted else found(*FIRST), [answer])
    assert reading.checked is is_checked
    assert bool(reading.evidence if is_checked else reading.reason)


@pytest.mark.parametrize(
    ("first", "answer", "items"),
    [
        pytest.param(
            ("Ban bí thư", "Lưu: VT"),
            plain("- Ban Bí thư Trung ương;", "- Sở Y tế;", "- Lưu: VT."),
            ["Ban Bí thư Trung ương", "Sở Y tế", "Lưu: VT"],
            id="a line that the first reading lost",
        ),
        pytest.param(
            ("Như trên", "Sở Y tế", "T2 3114", "Lưu: VT"),
            plain("- Như trên;", "- Lưu: VT."),
            ["Như trên", "Sở Y tế", "Lưu: VT"],
            id="a line that only the first has: kept when it says anything",
        ),
        pytest.param(
            ("UBND các tính", "Lưu: VT"), plain("- UBND các tỉnh;", "- Lưu: VT."), ["UBND các tỉnh", "Lưu: VT"],
            id="of two readings the phrase of copy lists",
        ),
        pytest.param(
            ("Sở Y tế", "Lưu: VT"), plain("- Sỡ Ỵ t£;", "- Lưu: VT."), ["Sở Y tế", "Lưu: VT"],
            id="of two readings the one that can be spelled so",
        ),
        pytest.param(
            ("Như trên",), again(("- Lưu: VT, NC.", None)), ["Như trên", "Lưu: VT, NC"], id="the end it lost"
        ),
        pytest.param(
            (), plain("- Như trên;", "- Lưu: VT."), ["Như trên", "Lưu: VT"], id="only the second reading saw it"
        ),
        pytest.param(
            ("Như trên", "Lưu: VT"), again(("- Như trên;", "nhu"), ("x£ ~", "zq"), ("- Lưu: VT.", "luu: vt")),
            ["Như trên", "Lưu: VT"], id="rubbish of a seal between",
        ),
    ],
)  # fmt: skip
def test_two_readings_make_one_list(first: tuple[str, ...], answer: SecondReading, items: list[str]) -> None:
    reading = check_recipients(found(*first) if first else None, [answer])
    assert reading.value == items
    assert not reading.checked


def test_a_list_of_the_files_own_text_is_not_read_again() -> None:
    layout = laid_out(LABEL, "- Như trên;", KEPT)
    own = found(*FIRST, source=Source.TEXT_LAYER)
    assert list_recipient_looks(layout, own) == ()
    assert check_recipients(own).checked
    assert check_recipients(None).value is None
    assert not check_recipients(found("Như trên")).checked
    assert check_recipients(found(*FIRST)).reason == "Danh sách nơi nhận mới đọc được một lần."


@pytest.mark.parametrize(
    ("rows", "higher"),
    [
        pytest.param((LABEL, "- Như trên;", KEPT), False, id="with its label"),
        pytest.param(("- Như trên;", KEPT), True, id="found from its end: lines above it may be lost"),
    ],
)
def test_the_place_to_look_holds_the_whole_list(rows: tuple[str, ...], higher: bool) -> None:
    layout = laid_out(*rows)
    first = find_recipients(layout)
    (look,) = list_recipient_looks(layout, first)
    assert first is not None
    assert first.box is not None
    assert look.box.x0 < first.box.x0 < first.box.x1 < look.box.x1
    assert look.box.y1 > first.box.y1
    assert (first.box.y0 - look.box.y0 > 0.03) is higher
    assert list_recipient_looks(laid_out("Văn bản này"), None) == ()


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["\n", f"\n{LETTERS_ONLY}", "\n- ", "; "]))
def test_no_answer_makes_the_check_fail(one: str, other: str, between: str) -> None:
    answer = SecondReading(LOOK, one + between + other + between + one, "khác")
    for first in (None, found(one, other), found(*FIRST)):
        reading = check_recipients(first, [answer])
        assert isinstance(reading.value, list | None)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_every_line_is_of_one_item_at_most(rows: list[str]) -> None:
    used = [at for item in join_items(rows) for at in item.lines]
    assert used == sorted(set(used))
