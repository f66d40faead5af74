"""Text as typed, as shown, as compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.text import fold, nfc, same_tone, tidy, visible

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
texts = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " bcghklmnpqrstvx0129/-.,", max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("ĐỐI NGOẠI", "doi ngoai", id="đ is a letter of its own, not a mark"),
        pytest.param("Ð/c Linh", "d/c linh", id="Icelandic eth looks the same on paper"),
        pytest.param("Ƣ", "ƣ", id="a letter that is not Vietnamese stays"),
        pytest.param("Số\u00a029", "so 29", id="a space that does not break"),
        pytest.param("02–KH", "02-kh", id="an en dash for a hyphen"),
        pytest.param("Nguye\u0302\u0303n", "nguyen", id="marks as characters of their own"),
        pytest.param("  a \t b\n", "a b", id="white space of any kind"),
    ],
)
def test_text_is_folded_for_comparing(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(texts)
def test_folding_leaves_no_mark_and_is_done_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded.isascii()
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(text.upper()) == folded


@given(texts)
def test_tidying_keeps_every_letter_and_mark(text: str) -> None:
    assert "".join(tidy(text).split()) == "".join(nfc(text).split())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("hoà", "hòa", id="open syllable"),
        pytest.param("HOẢ TỐC", "HỎA TỐC", id="capitals stay capitals"),
        pytest.param("Uỷ ban", "Ủy ban", id="uy"),
        pytest.param("quý", "quý", id="after q the u belongs to the consonant"),
        pytest.param("hoàn", "hoàn", id="a closed syllable has one way only"),
        pytest.param("thuỷ", "thủy", id="after th"),
    ],
)
def test_tone_marks_take_the_newer_place(old: str, new: str) -> None:
    assert same_tone(old) == new
    assert same_tone(new) == new


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("gia\u202efdp.exe", "gia⟨U+202E⟩fdp.exe", id="text that runs backwards"),
        pytest.param("a\nb", "a⟨U+000A⟩b", id="a line break in a file name"),
        pytest.param("a\u200bb", "a⟨U+200B⟩b", id="a space of no width"),
        pytest.param("công văn số 2.pdf", "công văn số 2.pdf", id="an ordinary name"),
    ],
)
def test_what_hides_is_shown_by_its_number(text: str, shown: str) -> None:
    assert visible(text) == shown
