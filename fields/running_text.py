"""Lines put one after another as one text in which every letter knows its place on the paper.

What is printed in the body runs over line ends and pages: a number broken after its slash, a deadline whose
date stands on the next line. Patterns therefore run on the whole text, letters without marks in step with
the printed ones, and `RunningText.place` leads back to the picture.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from documents.page import Box, Line, Word, around
from documents.text import fold_in_place

__all__ = ["PlacedLine", "RunningText", "fold_in_place", "run_on", "undouble"]

# One glyph that Tesseract writes as two (Đ beside Eth), a slash that was struck twice.
_DOUBLES = (("ĐÐ", "Đ"), ("ÐĐ", "Đ"), ("//", "/"))


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line and the number of its page."""

    page: int
    line: Line


@dataclass(frozen=True, slots=True)
class RunningText:
    """Words with single spaces between, a newline at each line end; `starts` are where the words begin."""

    text: str
    starts: tuple[int, ...]
    words: tuple[Word, ...]
    pages: tuple[int, ...]

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that `text[start:end]` touches and that stand on the page where it begins."""
        first = self._first(start, end)
        last = bisect.bisect_left(self.starts, end)
        return tuple(self.words[i] for i in range(first, last) if self.pages[i] == self.pages[first])

    def place(self, start: int, end: int) -> tuple[int, Box]:
        """The page where `text[start:end]` begins and the box around its words there.

        Raises:
            IndexError: The text is empty.
        """
        return self.pages[self._first(start, end)], around(w.box for w in self.words_in(start, end))

    def _first(self, start: int, end: int) -> int:
        """Index of the word where the text begins, spaces at its beginning left aside."""
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        return max(bisect.bisect_right(self.starts, start) - 1, 0)

    def printed(self, start: int, end: int) -> str:
        """`text[start:end]` on one line."""
        return " ".join(self.text[start:end].split())


def run_on(lines: Iterable[PlacedLine]) -> RunningText:
    """Return `lines` as one text; glyphs that the engine doubled are made one."""
    parts: list[str] = []
    starts: list[int] = []
    words: list[Word] = []
    pages: list[int] = []
    at = 0
    for placed in lines:
        for word in placed.line.words:
            text = undouble(word.text)
            starts.append(at)
            words.append(word)
            pages.append(placed.page)
            parts.append(text + " ")
            at += len(text) + 1
        parts[-1] = parts[-1][:-1] + "\n"
    return RunningText("".join(parts), tuple(starts), tuple(words), tuple(pages))


def undouble(text: str) -> str:
    """Return `text` with the glyphs made one that the engine, or the hand, made two: `QĐÐ`, `5959//`."""
    for double, single in _DOUBLES:
        text = text.replace(double, single)
    return text
