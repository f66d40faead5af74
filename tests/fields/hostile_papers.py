"""Papers that no office would write: any words anywhere, and good letters with their words torn about.

For the tests that say what must hold for every paper whatever.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from documents.page import (
    Annotation,
    Box,
    Line,
    Page,
    Paper,
    Region,
    RegionKind,
    SignaturePanel,
    Source,
    Word,
)
from tests.fields.paper_from_text import PITCH, letterhead, line

PRINTED = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "UBND TỈNH KIÊN GIANG",
    "SỞ Y TẾ",
    "BAN CHẤP HÀNH",
    "Số: 01/SYT-NVD",
    "Số:      /QĐ-UBND",
    "số 12-CV/TU",
    "Kiên Giang, ngày 02 tháng 01 năm 2018",
    "ngày     tháng 13 năm 20",
    "ngày 31/02/2018",
    "V/v báo cáo tình hình",
    "QUYẾT ĐỊNH",
    "Về việc",
    "GIẤY MỜI",
    "Kính gửi: Các Bệnh viện",
    "- Như trên;",
    "Nơi nhận:",
    "Lưu: VT, NVD.",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020",
    "đề nghị báo cáo trước ngày 15/3/2018",
    "trong thời hạn 999 ngày làm việc kể từ ngày ký",
    "Thời gian: 8 giờ 00, ngày 32/13/9999",
    "HỎA TỐC",
    "MẬT",
    "KT. GIÁM ĐỐC",
    "TL. CHỦ TỊCH",
    "PHÓ GIÁM ĐỐC",
    "TM. ỦY BAN NHÂN DÂN",
    "Nguyễn Văn A",
    "ĐẾN",
    "CÔNG VĂN ĐẾN",
    "Số: ....... Ngày: 21/3/18",
    "Chuyển: P. NVD, đ/c Lan",
    "Người ký: Sở Y tế",
    "Phụ lục 1",
    "Số:/",
    "/",
    "-",
    ".....",
)
"""What finders look for, and scraps of it."""
ANYTHING = st.text(st.characters(codec="utf-8"), max_size=12)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "Cc"]), min_size=1, max_size=12)
"""Words as every reader hands them over: of some letter or sign, without white space."""
TEXTS = st.sampled_from(PRINTED) | WORDS
SHARES = st.floats(0.0, 1.0, allow_nan=False) | st.sampled_from([0.0, 0.5, 1.0])


@st.composite
def boxes(draw: st.DrawFn, reach: st.SearchStrategy[float] = SHARES) -> Box:
    x0, x1 = sorted((draw(reach), draw(reach)))
    y0, y1 = sorted((draw(reach), draw(reach)))
    return Box(x0, y0, x1, y1)


ON_PAGE = boxes()
ANYWHERE = boxes(st.floats(-1e6, 1e6, allow_nan=False))
"""Boxes that leave the page: no reader of ours makes them, a damaged file may."""


@st.composite
def scattered(draw: st.DrawFn, place: st.SearchStrategy[Box] = ON_PAGE) -> Line:
    """A line whose words lie anywhere."""
    confidence = st.none() | st.floats(0, 100, allow_nan=False)
    texts = [part for text in draw(st.lists(TEXTS, min_size=1, max_size=3)) for part in text.split()]
    return Line(tuple(Word(text, draw(place), draw(confidence)) for text in texts))


@st.composite
def laid(draw: st.DrawFn) -> list[Line]:
    """Rows one under the other, as they are printed, their texts in any order."""
    texts = draw(st.lists(TEXTS, max_size=25))
    lefts = st.sampled_from([0.12, 0.3, 0.55])
    return [line(text, draw(lefts), 0.05 + row * PITCH) for row, text in enumerate(texts)]


@st.composite
def torn(draw: st.DrawFn) -> list[Line]:
    """A good letter, some words of which are gone, doubled, moved or another."""
    lines: list[Line] = []
    changes = st.sampled_from(["keep"] * 12 + ["drop", "double", "move", "say"])
    for printed in letterhead():
        words: list[Word] = []
        for word in printed.words:
            change = draw(changes)
            words += {
                "keep": lambda w=word: [w],
                "drop": list[Word],
                "double": lambda w=word: [w, w],
                "move": lambda w=word: [Word(w.text, draw(ON_PAGE), w.confidence)],
                "say": lambda w=word: [Word(draw(WORDS), w.box, w.confidence)],
            }[change]()
        if words:
            lines.append(Line(tuple(words)))
    return lines


def pages_of(
    lines: st.SearchStrategy[Sequence[Line]], place: st.SearchStrategy[Box] = ON_PAGE
) -> st.SearchStrategy[Page]:
    regions = st.builds(
        Region,
        st.sampled_from(RegionKind),
        place,
        st.lists(scattered(place), max_size=5).map(tuple),
        st.sampled_from([None, "red", "blue", "black", "mixed"]),
    )
    return st.builds(
        Page,
        number=st.just(1),
        width_px=st.sampled_from([1, 827, 1654, 2339, 10_000]),
        height_px=st.sampled_from([1, 1169, 1654, 2339, 10_000]),
        dpi=st.sampled_from([1, 72, 200, 600]),
        lines=lines.map(tuple),
        regions=st.lists(regions, max_size=3).map(tuple),
        source=st.sampled_from([Source.OCR, Source.OCR, Source.TEXT_LAYER]),
    )


@st.composite
def papers(draw: st.DrawFn, place: st.SearchStrategy[Box] = ON_PAGE) -> Paper:
    """Any paper that the reader could hand over, and, with `place`, some that it could not."""
    lines = st.lists(scattered(place), max_size=12) | laid() | torn()
    pages = draw(st.lists(pages_of(lines, place), max_size=3))
    numbered = [_numbered(page, number) for number, page in enumerate(pages, 1)]
    layers = draw(st.lists(pages_of(lines, place), max_size=1)) if numbered else []
    annotation = st.builds(Annotation, st.integers(1, max(len(pages), 1)), TEXTS, st.none() | place)
    panel = st.builds(SignaturePanel, st.none() | TEXTS, st.none() | TEXTS, st.none() | TEXTS)
    return Paper(
        file_name=draw(TEXTS),
        sha256="0" * 64,
        media_type="application/pdf",
        page_count=len(pages) + draw(st.integers(0, 2)),
        pages=tuple(numbered),
        text_layer=tuple(layers),
        annotations=tuple(draw(st.lists(annotation, max_size=3))),
        signatures=tuple(draw(st.lists(panel, max_size=2))),
        metadata=tuple(draw(st.lists(st.tuples(TEXTS, TEXTS), max_size=2))),
        flags=tuple(draw(st.lists(st.sampled_from(["repaired", "signed", "annotated"]), max_size=2))),
    )


def _numbered(page: Page, number: int) -> Page:
    return Page(number, page.width_px, page.height_px, page.dpi, page.lines, page.regions, page.source)
