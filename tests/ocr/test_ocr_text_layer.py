"""A file's own text is trusted only when it is Vietnamese and lies where the picture has its letters."""

from __future__ import annotations

import re

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.page import Box, Line, Word
from documents.syllables import count_sensible, is_syllable, marked_share, sense
from ocr.raster import Gray
from ocr.text_layer import covered_share, is_trustworthy
from ocr.words import without_rubbish

REAL = (
    "Căn cứ Luật Tổ chức chính quyền địa phương",
    "Ủy ban nhân dân tỉnh đề nghị các sở, ngành",
    "triển khai thực hiện Kế hoạch này trước ngày",
)
TCVN3 = (
    "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph­¬ng",
    "ñy ban nh©n d©n tØnh ®Ò nghÞ c¸c së, ngµnh",
    "triÓn khai thùc hiÖn KÕ ho¹ch nµy tr­íc ngµy",
)
VNI = (
    "Caên cöù Luaät Toå chöùc chính quyeàn ñòa phöông",
    "UÛy ban nhaân daân tænh ñeà nghò caùc sôû, ngaønh",
    "trieån khai thöïc hieän Keá hoaïch naøy tröôùc ngaøy",
)
BAD_OCR = (
    "Cftn cir Lu$t T6 chric chinh quy6n",
    "Uy ban nhdn ddn tinh dd nghi cdc sd",
    "tri6n khai thgc hi-en K6 ho4ch niy",
)
ENGLISH = (
    "The committee shall report to the council",
    "before the end of the month of March",
    "and send a copy of it",
)
PANEL = ("Người ký: Sở Y tế",)


def laid(rows: tuple[str, ...], *, drawn: bool = True) -> tuple[tuple[Line, ...], Gray]:
    """`rows` as a layer, and a picture with a letter-like spot for each letter of them (or of other places)."""
    page = np.full((877, 620), 255, np.uint8)
    lines = []
    for at, row in enumerate(rows):
        words, x, y = [], 60, 80 + 30 * at
        for text in row.split():
            words.append(Word(text, Box(x / 620, y / 877, (x + 8 * len(text)) / 620, (y + 12) / 877)))
            top = y if drawn else y + 400
            for letter in range(len(text)):
                cv2.rectangle(page, (x + 8 * letter, top), (x + 8 * letter + 5, top + 11), (0,), -1)
            x += 8 * len(text) + 8
        lines.append(Line(tuple(words)))
    return tuple(lines), page


@pytest.mark.parametrize(
    ("rows", "drawn", "trusted"),
    [
        pytest.param(REAL, True, True, id="real Vietnamese where its letters are"),
        pytest.param(REAL, False, False, id="real Vietnamese, but the page shows other places"),
        pytest.param(TCVN3, True, False, id="TCVN3 shown as Unicode"),
        pytest.param(VNI, True, False, id="VNI shown as Unicode"),
        pytest.param(BAD_OCR, True, False, id="rubbish of another OCR"),
        pytest.param(ENGLISH, True, False, id="another language"),
        pytest.param(PANEL, True, False, id="no more than a signature panel"),
        pytest.param((), True, False, id="nothing"),
    ],
)
def test_a_layer_is_proved_before_it_is_trusted(rows: tuple[str, ...], drawn: bool, trusted: bool) -> None:
    lines, page = laid(rows, drawn=drawn)
    for is_scan in (False, True):
        assert is_trustworthy(lines, page, 75, is_scan=is_scan) is trusted


@pytest.mark.parametrize(
    ("lost", "trusted"),
    [
        pytest.param("", True, id="nothing lost"),
        pytest.param("h", False, id="a font that lost one letter of its table"),
    ],
)
def test_a_layer_whose_font_lost_letters_is_not_trusted(lost: str, trusted: bool) -> None:
    lines, page = laid(REAL)
    torn = tuple(
        Line(tuple(piece for word in line.words for piece in _without(word, lost))) for line in lines
    )
    assert is_trustworthy(torn, page, 75, is_scan=False) is trusted


def _without(word: Word, letter: str) -> list[Word]:
    """The pieces of a word between the places where `letter` stood, each where it is printed."""
    wide = word.box.width / len(word.text)
    pieces = re.finditer(rf"[^{letter}]+" if letter else ".+", word.text)
    return [
        Word(
            p[0],
            Box(word.box.x0 + p.start() * wide, word.box.y0, word.box.x0 + p.end() * wide, word.box.y1),
        )
        for p in pieces
    ]


def test_a_layer_over_half_a_page_does_not_stand_for_the_whole() -> None:
    lines, page = laid(REAL * 4)
    half = lines[: len(lines) // 2]
    assert covered_share(half, page, 75) == pytest.approx(0.5, abs=0.1)
    assert not is_trustworthy(half, page, 75, is_scan=False)


def test_an_empty_page_is_covered_by_nothing() -> None:
    assert covered_share((), np.full((100, 100), 255, np.uint8), 75) == 1.0


@pytest.mark.parametrize("word", ["Quyết", "nghiệp", "khuỷu", "gì", "xoèn", "ỷ", "Huyện", "QUỐC", "kinh"])
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["QuyÕt", "nghieäp", "th6ng", "qu\u0301\u0309a", "strength", "brz"])
def test_other_strings_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_sense_and_marks_tell_vietnamese_from_the_rest() -> None:
    assert sense(REAL) > 0.95 > 0.6 > max(sense(TCVN3), sense(VNI), sense(BAD_OCR))
    assert marked_share(REAL) > 0.5 > 0.1 > marked_share(ENGLISH)
    assert sense(()) == marked_share(()) == 0.0
    assert count_sensible(REAL) > 15
    assert count_sensible(ENGLISH) == 0


@given(st.text(max_size=40))
def test_no_text_upsets_the_grammar(text: str) -> None:
    assert 0.0 <= sense([text]) <= 1.0
    assert 0.0 <= marked_share([text]) <= 1.0
    is_syllable(text)


def test_rules_and_specks_are_no_words() -> None:
    letter = Word("Kính", Box(0.1, 0.10, 0.15, 0.115), 93.0)
    rule = Word("_—", Box(0.1, 0.13, 0.5, 0.132), 20.0)
    stretched = Word("tT", Box(0.1, 0.2, 0.6, 0.21), 30.0)
    speck = Word("'", Box(0.3, 0.1, 0.302, 0.102), 95.0)
    dash = Word("-", Box(0.2, 0.105, 0.21, 0.107), 95.0)
    kept = without_rubbish([Line((letter, speck, dash)), Line((rule,)), Line((stretched,))])
    assert [line.text for line in kept] == ["Kính -"]
