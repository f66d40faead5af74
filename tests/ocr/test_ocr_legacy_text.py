"""Text of the old 8-bit fonts becomes Unicode, and nothing else is ever taken for it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from documents.page import Source
from documents.syllables import is_syllable
from documents.text import nfc
from ocr.engine import Engine
from ocr.legacy_text import (
    LegacyEncoding,
    convert,
    convert_words,
    encoding_of_font,
    guess_encoding,
    may_be_legacy,
)
from ocr.limits import Limits
from ocr.read import Depth, read_paper
from tests.ocr.engines import Recorded


def listed(text: str) -> list[str]:
    return text.split()


# The tables once more, in another order than the module has them, so that a slip shows: TCVN 5712 by code,
# VNI as its own makers print it.
BY_CODE = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
TO_TCVN3 = {letter: chr(start + i) for start, letters in BY_CODE.items() for i, letter in enumerate(letters)}
TO_VNI = dict(
    pair.split("=")
    for pair in listed("""
    á=aù à=aø ả=aû ã=aõ ạ=aï ă=aê ắ=aé ằ=aè ẳ=aú ẵ=aü ặ=aë â=aâ ấ=aá ầ=aà ẩ=aå ẫ=aã ậ=aä
    é=eù è=eø ẻ=eû ẽ=eõ ẹ=eï ê=eâ ế=eá ề=eà ể=eå ễ=eã ệ=eä í=í ì=ì ỉ=æ ĩ=ó ị=ò
    ó=où ò=oø ỏ=oû õ=oõ ọ=oï ô=oâ ố=oá ồ=oà ổ=oå ỗ=oã ộ=oä ơ=ô ớ=ôù ờ=ôø ở=ôû ỡ=ôõ ợ=ôï
    ú=uù ù=uø ủ=uû ũ=uõ ụ=uï ư=ö ứ=öù ừ=öø ử=öû ữ=öõ ự=öï ý=yù ỳ=yø ỷ=yû ỹ=yõ ỵ=î đ=ñ
    """)
)
TO_VNI |= {letter.upper(): written.upper() for letter, written in TO_VNI.items()}

ONSETS = listed("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x")
NUCLEI = listed(
    "a ă â e ê i o ô ơ u ư y ia iê ua uô ưa ươ oa oă oe oo uâ uê uơ uy uya uyê yê ai ao au ay âu ây"
)
ENDS = ("", "c", "ch", "m", "n", "ng", "nh", "p", "t", "i", "o", "u", "y")
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
REAL = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
    "Ủy ban nhân dân tỉnh đề nghị các sở, ngành, đoàn thể",
    "triển khai thực hiện Kế hoạch này trước ngày 30/9/2015",
    "Nơi nhận: như trên; lưu: Văn thư, Thư viện tỉnh",
)
CAPITALS = ("ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "QUYẾT ĐỊNH")


def in_tcvn3(text: str) -> str:
    return "".join(TO_TCVN3.get(c) or TO_TCVN3.get(c.lower(), c) for c in text)


def in_vni(text: str) -> str:
    return "".join(TO_VNI.get(c, c) for c in text)


def syllables() -> list[str]:
    """Every syllable of the grammar, each tone on each letter that can bear one."""
    bare = {"".join(p) for p in itertools.product(["", *ONSETS], NUCLEI, ENDS) if is_syllable("".join(p))}
    vowels = frozenset("aăâeêioôơuưy")
    return [
        nfc(word[: at + 1] + tone + word[at + 1 :])
        for word in sorted(bare)
        for at, letter in enumerate(word)
        if letter in vowels
        for tone in TONES
    ]


def test_every_syllable_survives_the_way_through_both_encodings() -> None:
    every = syllables()
    assert len(every) > 10_000
    for word in every:
        assert convert(in_tcvn3(word), LegacyEncoding.TCVN3) == word
        assert convert(in_tcvn3(word), LegacyEncoding.TCVN3_CAPITALS) == word.upper()
        assert convert(in_vni(word), LegacyEncoding.VNI) == word
        assert convert(in_vni(word.upper()), LegacyEncoding.VNI) == word.upper()
        assert convert(in_vni(word).capitalize(), LegacyEncoding.VNI) == word.capitalize()


@given(st.text(alphabet="".join(TO_VNI) + "aeiouybcdghklmnpqrstvx 0123456789/-.,;:()", max_size=60))
def test_any_text_in_vietnamese_letters_survives_vni(text: str) -> None:
    assert convert(in_vni(text), LegacyEncoding.VNI) == text


@given(st.text(max_size=60), st.sampled_from(LegacyEncoding))
def test_no_text_upsets_the_conversion(text: str, encoding: LegacyEncoding) -> None:
    convert(text, encoding)
    convert_words(text.split())
    encoding_of_font(text)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        pytest.param(".VnTime", LegacyEncoding.TCVN3, id="the common one"),
        pytest.param(".VnTimeH", LegacyEncoding.TCVN3_CAPITALS, id="its capitals"),
        pytest.param("QWERTY+.VnArialH,Bold", LegacyEncoding.TCVN3_CAPITALS, id="a subset, bold"),
        pytest.param("VnTime-BoldItalic", LegacyEncoding.TCVN3, id="the dot lost"),
        pytest.param(".VnCentury Schoolbook", LegacyEncoding.TCVN3, id="a space in the name"),
        pytest.param("VNI-Times", LegacyEncoding.VNI, id="VNI"),
        pytest.param("ABCDEF+VNI-Helve-Condense", LegacyEncoding.VNI, id="VNI, a subset"),
        pytest.param("VNITimes", LegacyEncoding.VNI, id="VNI, the hyphen lost"),
        pytest.param("TimesNewRomanPSMT", None, id="a Unicode font"),
        pytest.param("Vntimes", None, id="no name of theirs"),
        pytest.param("", None, id="no name"),
    ],
)
def test_fonts_of_the_old_encodings_are_known_by_name(name: str, encoding: LegacyEncoding | None) -> None:
    assert encoding_of_font(name) is encoding


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tr-íc", "trước"),
        ("ph-¬ng", "phương"),
        ("-u", "ưu"),
        pytest.param("nh-,", "như,", id="at the end, a comma behind"),
        pytest.param("Q§-UBND", "QĐ-UBND", id="a notation keeps its hyphen"),
        pytest.param("12-CV/TU", "12-CV/TU", id="the party's hyphen"),
        pytest.param("kinh tÕ-x·", "kinh tế-xã", id="two words joined"),
        pytest.param("C-A", "C-A", id="an abbreviation"),
    ],
)
def test_a_soft_hyphen_given_as_a_hyphen_is_the_letter_again(written: str, meant: str) -> None:
    assert convert(written, LegacyEncoding.TCVN3) == meant


def test_pages_without_telling_fonts_are_known_by_what_they_become() -> None:
    words = [word for line in REAL for word in line.split()]
    assert convert_words([in_vni(w) for w in words]) == tuple(words)
    # A capital with a tone does not exist in TCVN3: the small letter stands for it.
    small = convert_words([in_tcvn3(w) for w in words])
    assert [w.lower() for w in small] == [w.lower() for w in words]


def test_on_a_mixed_page_words_in_unicode_are_kept() -> None:
    old = [in_tcvn3(word) for line in REAL for word in line.split()]
    assert convert_words([*old, "Đồng", "Tháp", "hội"])[-3:] == ("Đồng", "Tháp", "hội")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(" ".join(REAL).split(), id="Vietnamese"),
        pytest.param(" ".join(CAPITALS).split() * 2, id="Vietnamese in capitals"),
        pytest.param(
            listed("The naïve café owner paid 20 € – «très» cher – for ¼ of it ®"), id="English, French"
        ),
        pytest.param(listed("12 1.234.567 30/9/2015 ± 5 % 20 °C × 3 · 7 ½ 1/2"), id="numbers and signs"),
        pytest.param(listed("chÝnh quyÒn"), id="too short to tell"),
        pytest.param(listed("Cftn cir Lu$t T6 chric chinh quy6n µ ¶ ß Ð"), id="rubbish stays rubbish"),
        pytest.param([], id="nothing"),
    ],
)
def test_what_is_not_in_an_old_encoding_is_left_alone(words: list[str]) -> None:
    assert guess_encoding(words) is None
    assert convert_words(words) == tuple(words)


@given(st.lists(st.sampled_from(syllables()), min_size=1, max_size=60))
def test_no_unicode_vietnamese_is_ever_converted(words: list[str]) -> None:
    assert convert_words(words) == tuple(words)


@given(st.text(alphabet=st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=200))
def test_no_plain_text_is_ever_taken_for_an_old_encoding(text: str) -> None:
    assert not may_be_legacy(text)
    assert convert_words(text.split()) == tuple(text.split())


def save_pdf(path: Path, *texts: tuple[str, Sequence[str]]) -> Path:
    """A page by a program: for each font its lines, in the bytes that the font had on the old machine."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    fonts, drawn, y_pt = DictionaryObject(), b"", 780
    for i, (font, lines) in enumerate(texts):
        look = {
            "/Type": "/Font",
            "/Subtype": "/TrueType",
            "/BaseFont": "/" + font,
            "/Encoding": "/WinAnsiEncoding",
        }
        held = DictionaryObject({NameObject(k): NameObject(v) for k, v in look.items()})
        fonts[NameObject(f"/F{i}")] = writer._add_object(held)
        for line in lines:
            drawn += b"BT /F%d 12 Tf 60 %d Td <%s> Tj ET\n" % (i, y_pt, line.encode("cp1252").hex().encode())
            y_pt -= 20
    content = StreamObject()
    content.set_data(drawn)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.write(path)
    return path


def read_lines(path: Path, engine: Engine) -> tuple[Source, list[str]]:
    read = read_paper(
        path, file_name="a.pdf", sha256="0" * 64, engine=engine, depth=Depth.FULL, limits=Limits()
    )
    page = read.paper.pages[0]
    return page.source, [line.text for line in page.lines]


@pytest.mark.parametrize(
    ("body", "heading", "encode"),
    [
        pytest.param(".VnTime", ".VnTimeH", in_tcvn3, id="TCVN3"),
        pytest.param("VNI-Times", "VNI-Times", in_vni, id="VNI"),
        pytest.param("OldFont", "VNI-Times", in_vni, id="VNI, half of it by statistics"),
    ],
)
def test_a_page_written_in_an_old_font_is_read_without_recognition(
    tmp_path: Path, body: str, heading: str, encode: Callable[[str], str]
) -> None:
    path = save_pdf(
        tmp_path / "a.pdf",
        (heading, [encode(line) for line in CAPITALS]),
        (body, [encode(line) for line in REAL]),
    )
    source, lines = read_lines(path, Recorded())
    assert source is Source.TEXT_LAYER
    assert [line.lower() for line in lines] == [line.lower() for line in (*CAPITALS, *REAL)]
    assert tuple(lines[:3]) == CAPITALS


def test_a_layer_that_stays_rubbish_is_ignored(tmp_path: Path) -> None:
    path = save_pdf(
        tmp_path / "a.pdf", (".VnTime", ["Cftn cir Lu$t T6 chric quy6n µ ¶ ß", "UB nhdn ddn tinh"] * 3)
    )
    source, _ = read_lines(path, Recorded())
    assert source is Source.OCR
