"""Readings of a row put together: what has two witnesses, what has not, and that no word is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.text import letters_of
from fields.witnesses import settle


@pytest.mark.parametrize(
    ("readings", "row", "text"),
    [
        pytest.param(
            ("báo cáo nhanh số liệu", "Ví báo cáp nhanh số ệu", "báo cáo nhanh số liệu"),
            "báo cáo nhanh s liu",
            "báo cáo nhanh số liệu",
            id="each of two readings bears out the other where a third fails",
        ),
        pytest.param(
            ("Hệ sinh tại các cơ sở", "Hộ sinh tại các cơ sở", "Hộ sinh tại các cơ sở"),
            "H sinh ti các co s",
            "Hộ sinh tại các cơ sở",
            id="two against one, the letter with marks left out by the reader without",
        ),
        pytest.param(
            ("Đợt 1 năm 2014", "Đợt I năm 2014", "Đợt 1 năm 2014"),
            "Dot 1 nam 2014",
            "Đợt 1 năm 2014",
            id="a digit and a letter that look alike",
        ),
        pytest.param(
            ("tham gia bảo", "tham øia bảo"), "tham gia bo", "tham gia bảo", id="one reading and another kind"
        ),
        pytest.param(
            ("Phó Giám đốc Sở", "Phó TT Giám đốc Sở", "Phó Giám đốc Sở"),
            None,
            "Phó Giám đốc Sở",
            id="what only one has between two words falls away",
        ),
        pytest.param(
            ("Phó Giám đốc Sở", "Phó x Giám đốc Sở"),
            "Phó Giám dc So",
            "Phó Giám đốc Sở",
            id="the other kind sees nothing between the words either",
        ),
        pytest.param(
            ("áp thâp nhiệt", "áp thấp nhiệt", "áp thâp nhiệt"),
            None,
            "áp thấp nhiệt",
            id="a spelling that no syllable has never wins",
        ),
        pytest.param(
            ("Quy định, 2017 - 2018.", "quy định 2017-2018"),
            None,
            "Quy định, 2017 - 2018.",
            id="signs, spaces and capitals are no letters; they stay as first read",
        ),
        pytest.param(
            ("Hòa Bình", "Hoà Bình"), None, "Hòa Bình", id="the place of a tone mark is no difference"
        ),
    ],
)
def test_words_with_two_witnesses_are_certain(readings: tuple[str, ...], row: str | None, text: str) -> None:
    settled = settle(readings, row)
    assert (settled.text, settled.certain) == (text, True)


@pytest.mark.parametrize(
    ("readings", "row"),
    [
        pytest.param(("du lịch", "du kích"), None, id="one against one"),
        pytest.param(("du lịch", "du kích"), "du ch", id="the other kind saw neither"),
        pytest.param(("cơ sở", "cơ số", "cơ sử"), "xx", id="three ways"),
        pytest.param(("Hệ sinh", "Hộ sinh"), "H sinh", id="the other kind bears out both"),
        pytest.param(("số 12", "số 17", "số 12"), "s 17", id="the other kind sees another number"),
        pytest.param(("số 12", "số 17", "số 12"), "s", id="the other kind sees no number, both may be right"),
        pytest.param(("du lịch", "du lịch 2"), None, id="a number that only one has"),
        pytest.param(("du lịch", "du lịch 2"), "du lch 2", id="and that the other kind has too"),
        pytest.param(("phát triển lịch", "phát triển du lịch"), None, id="a word that only one has"),
        pytest.param(("tìa hồ sơ", "tra hồ sơ"), "ta hồ sơ", id="letters that neither has"),
        pytest.param(("báo cáo",), "báo cáo", id="read once only"),
        pytest.param(("", ""), None, id="nothing at all"),
    ],
)
def test_a_word_without_two_witnesses_leaves_the_row_in_doubt(
    readings: tuple[str, ...], row: str | None
) -> None:
    assert not settle(readings, row).certain


@pytest.mark.parametrize(
    ("readings", "text", "loose"),
    [
        pytest.param(("số dân", "sô dân"), "số dân", 1, id="both can be spelled so: the first"),
        pytest.param(("số dân", "sô dân", "sô dân"), "sô dân", 0, id="two against one"),
        pytest.param(("Quyềt định", "Quyết định"), "Quyết định", 0, id="only one can be spelled so"),
        pytest.param(("số dân", "số dân"), "số dân", 0, id="alike"),
    ],
)
def test_marks_with_one_witness_are_counted(readings: tuple[str, ...], text: str, loose: int) -> None:
    settled = settle(readings)
    assert (settled.text, settled.loose) == (text, loose)


WORDS = st.sampled_from(
    ["số", "sô", "so", "lượng", "luợng", "Hộ", "Hệ", "sinh", "T", "hủ", "Thủ", "12", "1", "-", ",", "a/b"]
)
ROWS = st.lists(WORDS, max_size=7).map(" ".join)
ANY = st.text(alphabet="aáảbđĐô12 .-ß", max_size=25)


@given(st.lists(ROWS | ANY, min_size=1, max_size=4), ROWS | ANY | st.none())
def test_no_word_is_made_up_and_none_is_cut(readings: list[str], row: str | None) -> None:
    printed = {word for reading in readings for word in reading.split()}
    assert set(settle(readings, row).text.split()) <= printed


@given(ROWS | ANY, st.integers(2, 4), ROWS | ANY | st.none())
def test_readings_that_agree_are_believed_whatever_another_kind_says(
    reading: str, times: int, row: str | None
) -> None:
    settled = settle([reading] * times, row)
    assert letters_of(settled.text) == letters_of(reading)
    assert settled.certain == bool(letters_of(reading))
    assert settled.loose == 0


@given(st.lists(ROWS, min_size=2, max_size=3))
def test_a_row_that_is_certain_has_each_word_from_a_reading_in_order(readings: list[str]) -> None:
    settled = settle(readings)
    if settled.certain:
        assert all(any(word in reading.split() for reading in readings) for word in settled.text.split())


def test_a_row_without_a_reading_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        settle([])
