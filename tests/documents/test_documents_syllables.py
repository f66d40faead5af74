"""Syllables that lost the space between them: put apart where it can be told, left alone where not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.syllables import is_spelled_right, is_syllable, parted

COMMON = ("ỦY", "BAN", "NHÂN", "DÂN", "TỈNH", "TÂY", "NINH", "KHOA", "GIÁO", "DỤC", "PHÒNG", "CÔNG", "NGHỆ")


@pytest.mark.parametrize(
    ("word", "apart"),
    [
        ("KHOATỈNH", "KHOA TỈNH"),
        ("BANNHÂNDÂN", "BAN NHÂN DÂN"),
        ("ỦYBAN", "ỦY BAN"),
        ("GIÁODỤC", "GIÁO DỤC"),
        pytest.param("ĐÀNẴNG", "ĐÀ NẴNG", id="a later syllable begins with a consonant"),
        pytest.param("NGHỆTHUẬT", "NGHỆTHUẬT", id="NGHỆT HUẬT would be good too"),
        pytest.param("ASEAN", "ASEAN", id="no mark: perhaps no Vietnamese"),
        pytest.param("UBND", "UBND", id="an abbreviation"),
        pytest.param("HĐND", "HĐND", id="an abbreviation with đ"),
        pytest.param("QĐ-UBND", "QĐ-UBND", id="a notation"),
        pytest.param("THUẾ", "THUẾ", id="one syllable"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_joined_syllables_are_put_apart_only_where_it_can_be_told(word: str, apart: str) -> None:
    assert parted(word) == apart


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("Quyết", True),
        ("Phức", True),
        ("Thoại", True),
        ("Gì", True),
        pytest.param("Quyềt", False, id="a grave before t"),
        pytest.param("Phưc", False, id="no tone before c"),
        pytest.param("Huàng", False, id="no such rhyme"),
        pytest.param("Yấn", False, id="no such syllable"),
    ],
)
def test_a_name_under_a_seal_is_only_believed_when_it_is_spelled_right(word: str, right: bool) -> None:
    assert is_spelled_right(word) is right


@given(st.text(max_size=30))
def test_nothing_but_spaces_is_ever_added(word: str) -> None:
    import unicodedata

    assert parted(word).replace(" ", "") in {word.replace(" ", ""), unicodedata.normalize("NFC", word)}


@given(st.lists(st.sampled_from(COMMON), min_size=1, max_size=4))
def test_what_is_put_apart_are_syllables(syllables: list[str]) -> None:
    parts = parted("".join(syllables)).split()
    assert len(parts) == 1 or all(is_syllable(part) for part in parts)
