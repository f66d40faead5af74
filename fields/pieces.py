"""A paper cut into numbered and marked pieces, each knowing what it stands under and where it is printed.

    part      = "Phần" | "Chương" | "Mục" …                     depth 0
    roman     = "I." | "II." …                                  depth 1
    article   = "Điều 3."                                       depth 1
    number    = "1." | "1)" | "1.2." …                          depth 2, and one more for each further number
    letter    = "a)" | "b." …                                   depth 6
    item      = "-" | "–" | "*" | "•"                           depth 7
    under     = "+" | "o"                                       depth 8

What carries no mark is a paragraph of the piece before it; a paragraph that begins anew after a full stop is
a piece of its own under the same heading. The copy list and what follows it on its page are left out.

Source: Decree 30/2020/NĐ-CP, Appendix I, part I, II.4 (parts, chapters, sections, articles, clauses, points).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.page import Box, Line, Word, around
from fields.layout import Layout, PageLayout
from fields.running_text import fold_in_place, undouble

_MARKS = (
    (0, re.compile(r"(?:phan|chuong|muc)\s+(?:[ivxlc]+|\d{1,2}|thu\s+\w+)\b[.:)]?\s*")),
    (1, re.compile(r"[ivxl]{1,5}\s?[.)/-]\s*(?=\S)")),
    (1, re.compile(r"dieu\s+\d{1,3}\s?[.:]\s*")),
    (2, re.compile(r"\d{1,2}(?P<more>(?:\.\d{1,2}){0,3})\s?[.)/-]?\s+(?=\S)")),
    (6, re.compile(r"[a-z]\s?[.)/]\s+(?=\S)")),
    (7, re.compile(r"[-–—*•~·■]+\s*(?=\w)")),
    (8, re.compile(r"[+]+\s*(?=\w)")),
)
_PARAGRAPH = 9
_ROMAN = re.compile(r"[IVXLl1]{1,5}\s?[.)/-]")
_NUMBERED = re.compile(r"\d{1,2}(?:(?:\.\d{1,2})+\.?|\s?[.)/-])\s")
_ENDS = re.compile(r"[.:;!/]\W{0,2}$")
_COPIES = re.compile(r"\W{0,3}noi\s+nha[nm]\b")
_INDENT = 0.02
_SHORT = 0.1
"""How far a line ends before the right margin, as a fraction of the width, when its paragraph is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of the body.

    Attributes:
        depth: How deep it is marked; a paragraph without a mark is the deepest.
        text: Its words on one line, its mark left out.
        folded: The same in lower case without marks, letter for letter.
        page: Where it begins.
        box: Its words on that page.
    """

    depth: int
    text: str
    folded: str
    page: int
    box: Box

    @property
    def is_paragraph(self) -> bool:
        """Whether it bears no mark of its own."""
        return self.depth == _PARAGRAPH


@dataclass(slots=True)
class _Begun:
    depth: int
    page: int
    words: list[tuple[int, Word]]
    last: Line


def list_pieces(layout: Layout) -> tuple[Piece, ...]:
    """Return the pieces of every page read, in the order of the paper."""
    pieces: list[Piece] = []
    begun: _Begun | None = None
    for page in sorted(layout.pages, key=lambda one: one.number):
        left, right = _margins(page)
        for line in _own_lines(page):
            depth, skip = _mark(line)
            if depth is None and begun and not _begins_anew(begun.last, line, left, right):
                begun.words.extend((page.number, word) for word in line.words)
                begun.last = line
                continue
            if begun:
                pieces.append(_piece(begun))
            words = [(page.number, word) for word in line.words[skip:]] or [(page.number, line.words[-1])]
            begun = _Begun(_PARAGRAPH if depth is None else depth, page.number, words, line)
    if begun:
        pieces.append(_piece(begun))
    return tuple(pieces)


def _own_lines(page: PageLayout) -> Iterator[Line]:
    """The lines of the body before the copy list; page numbers are left out."""
    for line in page.body:
        if _COPIES.match(fold_in_place(line.text)):
            return
        if line.words and not (len(line.text) <= 4 and line.text.strip(" .-–_").isdigit()):
            yield line


def _margins(page: PageLayout) -> tuple[float, float]:
    boxes = [line.box for line in page.body]
    return (min((b.x0 for b in boxes), default=0.0), max((b.x1 for b in boxes), default=1.0))


def _mark(line: Line) -> tuple[int | None, int]:
    """The depth of the mark that the line begins with, and how many of its words are the mark."""
    text = undouble(line.text)
    folded = fold_in_place(text)
    for depth, pattern in _MARKS:
        match = pattern.match(folded)
        if match is None or not _is_mark(depth, text, line):
            continue
        more = match.groupdict().get("more") or ""
        return depth + more.count("."), _words_before(text, match.end())
    return None, 0


def _is_mark(depth: int, text: str, line: Line) -> bool:
    """Whether what looks like a mark is one: `I.` in capitals, `1.` and no number in a sentence."""
    if depth == 1:
        return text[:4].casefold().startswith("đi") or _ROMAN.match(text) is not None
    if depth == 2:
        # `15 ngày làm việc` at the beginning of a line goes on with the sentence.
        return _NUMBERED.match(text) is not None
    return depth != 0 or line.text[:1].isupper()


def _words_before(text: str, end: int) -> int:
    """How many words lie before letter `end`; a mark that is one with its word leaves the word."""
    before = text[:end]
    return (
        len(before.split()) if before.endswith(" ") or end == len(text) else max(len(before.split()) - 1, 0)
    )


def _begins_anew(last: Line, line: Line, left: float, right: float) -> bool:
    if not (_ENDS.search(last.text) and line.text[:1].isupper()):
        return False
    return line.box.x0 - left > _INDENT or right - last.box.x1 > _SHORT


def _piece(begun: _Begun) -> Piece:
    text = " ".join(undouble(word.text) for _, word in begun.words)
    if begun.depth != _PARAGRAPH:
        # A mark that is one with its first word: `-Chủ trì`, `1.Sở`.
        text = re.sub(r"^(?:[-–—*•~·■+]+|\d{1,2}[.)]|[a-zđ]\))(?=\w)", "", text)
    return Piece(
        depth=begun.depth,
        text=text,
        folded=fold_in_place(text),
        page=begun.page,
        box=around(word.box for page, word in begun.words if page == begun.page),
    )
