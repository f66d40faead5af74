"""Urgency and secrecy: framed words of page 1, never running text; a frame that is not understood is asked about."""

from __future__ import annotations

import pytest

from documents.page import Box, Line, Page, Paper, Region, RegionKind, Word
from documents.reading import FieldName, FieldReading
from fields.framed_marks import find_framed_marks
from fields.secrecy import check_secrecy
from fields.urgency import check_urgency
from tests.fields.paper_from_text import letterhead, line, paper

FRAME = Box(0.2, 0.26, 0.3, 0.29)


def framed(*words: str, confidence: float = 92.0, box: Box = FRAME, ink: str = "red") -> Region:
    read = Line(tuple(Word(word, box, confidence) for word in words))
    return Region(RegionKind.FRAMED_MARK, box, (read,) if words else (), ink)


def urgency(one: Paper, *, head_seen: bool = True) -> FieldReading:
    return check_urgency(find_framed_marks(one), head_seen=head_seen)


def secrecy(one: Paper, *, head_seen: bool = True) -> FieldReading:
    return check_secrecy(find_framed_marks(one), head_seen=head_seen)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        pytest.param(("KHẨN",), "KHẨN", id="one word"),
        pytest.param(("THƯỢNG", "KHẨN"), "THƯỢNG KHẨN", id="two words, never the shorter one"),
        pytest.param(("HOẢ", "TỐC"), "HỎA TỐC", id="the tone mark's older place"),
        pytest.param(("HỎA TỐC HẸN GIỜ",), "HỎA TỐC HẸN GIỜ", id="the longest, never its beginning"),
        pytest.param(("KHAN",), "KHẨN", id="marks lost in capitals"),
    ],
)
def test_a_clear_framed_word_is_checked(words: tuple[str, ...], value: str) -> None:
    read = urgency(paper(letterhead(), regions=(framed(*words),)))
    assert (read.value, read.checked) == (value, True)
    assert read.box == FRAME


@pytest.mark.parametrize(
    ("region", "value"),
    [
        pytest.param(framed("KHẨN", confidence=12.0), "KHẨN", id="the engine hardly saw it"),
        pytest.param(framed("KHÍÌN"), "KHẨN", id="a letter read as two"),
        pytest.param(framed("L1", "DỊ", "KHẨN:"), "KHẨN", id="crumbs of the frame before the word"),
        pytest.param(framed("TT"), None, id="a word that is none of the known ones"),
        pytest.param(framed(), None, id="a frame with nothing read in it"),
    ],
)
def test_a_frame_that_is_not_clear_is_asked_about(region: Region, value: str | None) -> None:
    read = urgency(paper(letterhead(), regions=(region,)))
    assert (read.value, read.checked) == (value, False)
    assert read.reason


def test_a_word_hardly_seen_in_its_frame_but_read_in_the_page_too_is_checked() -> None:
    lines = [*letterhead(), line("KHẨN", 0.22, 0.268)]
    read = urgency(paper(lines, regions=(framed("KHẨN", confidence=12.0),)))
    assert read.checked
    assert "Hai lần đọc cùng cho một mức." in read.evidence


def test_capitals_alone_without_a_frame_are_asked_about() -> None:
    read = urgency(paper([*letterhead(), line("HỎA TỐC", 0.2, 0.3)]))
    assert (read.value, read.checked) == ("HỎA TỐC", False)


def test_two_different_marks_are_asked_about() -> None:
    other = framed("HỎA", "TỐC", box=Box(0.2, 0.33, 0.32, 0.36))
    read = urgency(paper(letterhead(), regions=(framed("KHẨN"), other)))
    assert not read.checked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Đề nghị các đơn vị khẩn trương báo cáo", id="khẩn trương"),
        pytest.param("bảo vệ bí mật nhà nước", id="bí mật"),
        pytest.param("VỀ VIỆC BẢO VỆ BÍ MẬT NHÀ NƯỚC", id="capitals of a subject"),
        pytest.param("Khẩn", id="no capitals"),
        pytest.param("CÔNG ĐIỆN KHẨN CẤP", id="a longer title"),
    ],
)
def test_running_text_is_no_mark(text: str) -> None:
    one = paper([*letterhead(), line(text, 0.2, 0.4)])
    assert (urgency(one).value, urgency(one).checked) == (None, True)
    assert (secrecy(one).value, secrecy(one).checked) == (None, True)


def test_a_word_alone_low_on_the_page_is_no_mark() -> None:
    assert urgency(paper([*letterhead(), line("KHẨN", 0.2, 0.8)])).checked


def test_a_box_full_of_text_is_no_mark() -> None:
    box = framed("Người", "ký", "Sở", "Y", "tế", "Bảo", "mật")
    assert urgency(paper(letterhead(), regions=(box,))).checked
    assert secrecy(paper(letterhead(), regions=(box,))).checked


@pytest.mark.parametrize("word", ["XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ"])
def test_other_known_marks_are_neither(word: str) -> None:
    one = paper(letterhead(), regions=(framed(*word.split()),))
    assert (urgency(one).value, urgency(one).checked) == (None, True)
    assert (secrecy(one).value, secrecy(one).checked) == (None, True)


@pytest.mark.parametrize("words", [("MẬT",), ("TỐI", "MÂT"), ("1", "MẬT")])
def test_what_may_be_a_secrecy_mark_is_asked_about(words: tuple[str, ...]) -> None:
    read = secrecy(paper(letterhead(), regions=(framed(*words),)))
    assert read.value is not None
    assert not read.checked


def test_absence_is_not_believed_where_the_head_was_not_read() -> None:
    one = paper([line("abc", 0.2, 0.2)])
    for read in (urgency(one, head_seen=False), secrecy(one, head_seen=False)):
        assert (read.value, read.checked) == (None, False)
        assert read.reason


def test_a_page_that_was_not_read_has_no_marks() -> None:
    one = paper(letterhead())
    second = Paper(
        file_name=one.file_name,
        sha256=one.sha256,
        media_type=one.media_type,
        page_count=2,
        pages=(Page(2, 1654, 2339, 200, (), (framed("KHẨN"),)),),
    )
    assert find_framed_marks(second) == ()


def test_the_names_are_those_of_the_contract() -> None:
    one = paper(letterhead(), regions=(framed("KHẨN"),))
    assert urgency(one).name is FieldName.URGENCY
    assert secrecy(one).name is FieldName.SECRECY
