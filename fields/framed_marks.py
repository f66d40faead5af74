"""Marks on page 1 that stand apart from the text: what their frames hold, and capitals that stand alone.

Running text never counts: `khẩn cấp`, `bí mật` and `bảo mật` in a sentence are no marks. A frame whose word
is not known is kept as such, so that a person is asked.

Source: Decree 30/2020/NĐ-CP, Appendix I, part III, section II, clause 2b (urgency marks, framed, in the left
column under the number); secrecy marks stand alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.page import Box, Line, Page, Paper, Region, RegionKind
from documents.text import fold, tidy
from fields.columns import split_at_gaps

URGENT = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "HỎA TỐC HẸN GIỜ")
SECRET = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
OTHER = ("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ", "TÀI LIỆU THU HỒI")
_LIKE = 62
"""Likeness of folded words, 0 to 100, from which a framed word may be a known one."""
_MOST_WORDS = 5
"""A frame with more words is a box of text or an emblem, no mark."""
_LEAST_CONFIDENCE = 50.0
_LOWEST = 0.6
"""Marks stand above this part of the page's height."""
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FramedMark:
    """A mark of page 1. `word` is the known mark it is or may be, None when it is like none of them.

    `sure`: the very word was read, and read well or twice. `framed`: a frame was seen around it.
    """

    word: str | None
    box: Box
    framed: bool
    sure: bool
    read_twice: bool = False


def find_framed_marks(paper: Paper) -> tuple[FramedMark, ...]:
    """Return the marks of page 1, frames first, top to bottom; empty when page 1 was not read."""
    page = paper.page(1)
    if page is None:
        return ()
    alone = tuple(_standing_alone(page))
    framed = [
        mark
        for region in page.regions_of(RegionKind.FRAMED_MARK)
        if (mark := _in_frame(region, alone)) is not None
    ]
    free = [mark for mark in alone if not any(mark.box.overlap(f.box) > 0.3 for f in framed)]
    return (*framed, *free)


def _in_frame(region: Region, alone: tuple[FramedMark, ...]) -> FramedMark | None:
    said = " ".join(word.text for line in region.lines for word in line.words)
    words = _LETTERS.findall(fold(said))
    if len(words) > _MOST_WORDS:
        return None
    known = _known(words)
    word = known or _likely(words)
    twice = any(a.word == word and a.box.overlap(region.box) > 0.3 for a in alone)
    return FramedMark(
        word=word,
        box=region.box,
        framed=True,
        sure=known is not None and (twice or _confidence(region) >= _LEAST_CONFIDENCE),
        read_twice=twice,
    )


def _standing_alone(page: Page) -> Iterator[FramedMark]:
    """Capitals that are a mark and nothing else in their column, in the upper part of the page."""
    aspect = page.width_px / page.height_px
    for line in page.lines:
        for part in split_at_gaps(line, aspect):
            if part.box.middle[1] <= _LOWEST and (word := _capital_mark(part)):
                yield FramedMark(word=word, box=part.box, framed=False, sure=False)


def _capital_mark(part: Line) -> str | None:
    text = tidy(part.text)
    return _known(_LETTERS.findall(fold(text))) if text == text.upper() else None


def _known(words: list[str]) -> str | None:
    """The mark whose folded words these are.

    >>> _known(["hoa", "toc"])
    'HỎA TỐC'
    """
    said = " ".join(words)
    return next((mark for mark in (*URGENT, *SECRET, *OTHER) if fold(mark) == said), None)


def _likely(words: list[str]) -> str | None:
    """The mark that a badly read frame may hold: its words at the end, or words like them."""
    said = " ".join(words)
    marks = sorted((*URGENT, *SECRET, *OTHER), key=len, reverse=True)
    ends = next((mark for mark in marks if f" {said}".endswith(f" {fold(mark)}")), None)
    if ends or not said:
        return ends
    best = max(marks, key=lambda mark: fuzz.ratio(said, fold(mark)))
    return best if fuzz.ratio(said, fold(best)) >= _LIKE else None


def _confidence(region: Region) -> float:
    told = [w.confidence for line in region.lines for w in line.words if w.confidence is not None]
    return min(told, default=0.0)
