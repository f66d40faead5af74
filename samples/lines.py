"""Break a paragraph into lines and spread their words to both margins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samples.paper import Manner, Paragraph
from samples.typeface import Face, width_mm

FACES = {
    Manner.PLAIN: Face.ROMAN,
    Manner.BOLD: Face.BOLD,
    Manner.ITALIC: Face.ITALIC,
    Manner.CENTRED: Face.BOLD,
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its typeface."""

    text: str
    face: Face

    def width(self, size_pt: float) -> float:
        """How wide it runs, in millimetres."""
        return width_mm(self.text, self.face, size_pt)


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line, each with its distance from the left margin; `above_mm` is the gap over it."""

    words: tuple[tuple[Word, float], ...]
    above_mm: float = 0.0


def list_words(paragraph: Paragraph) -> tuple[Word, ...]:
    """The paragraph's words, those of its lead in bold."""
    face = FACES[paragraph.manner]
    lead = (Word(text, Face.BOLD) for text in paragraph.lead.split())
    return (*lead, *(Word(text, face) for text in paragraph.text.split()))


def break_words(
    words: Iterable[Word], width: float, *, size_pt: float, indent: float = 0.0
) -> Iterator[list[Word]]:
    """Fill lines of `width` millimetres greedily; the first is shorter by `indent`."""
    space = width_mm(" ", Face.ROMAN, size_pt)
    line: list[Word] = []
    used = indent
    for word in words:
        needed = word.width(size_pt) + (space if line else 0)
        if line and used + needed > width:
            yield line
            line, used, needed = [], 0.0, word.width(size_pt)
        line.append(word)
        used += needed
    if line:
        yield line


def place_words(
    words: list[Word], *, start: float, width: float, size_pt: float, justified: bool
) -> tuple[tuple[Word, float], ...]:
    """Give each word its distance from the margin; `justified` stretches the gaps to reach `width`."""
    natural = sum(word.width(size_pt) for word in words)
    space = width_mm(" ", Face.ROMAN, size_pt)
    if justified and len(words) > 1:
        space = (width - start - natural) / (len(words) - 1)
    placed, x = [], start
    for word in words:
        placed.append((word, x))
        x += word.width(size_pt) + space
    return tuple(placed)


def set_paragraph(
    paragraph: Paragraph, width: float, *, size_pt: float, indent: float, above_mm: float
) -> list[Line]:
    """The paragraph as lines, justified but for the last; a centred one in the middle of `width`."""
    centred = paragraph.manner is Manner.CENTRED
    indent = 0.0 if centred else indent
    broken = list(break_words(list_words(paragraph), width, size_pt=size_pt, indent=indent))
    lines = []
    for place, words in enumerate(broken):
        start = _centre(words, width, size_pt) if centred else (indent if place == 0 else 0.0)
        justified = not centred and place < len(broken) - 1
        placed = place_words(words, start=start, width=width, size_pt=size_pt, justified=justified)
        lines.append(Line(placed, above_mm if place == 0 else 0.0))
    return lines


def wrap(text: str, width: float, *, face: Face, size_pt: float) -> list[str]:
    """`text` cut into pieces no wider than `width` millimetres."""
    words = [Word(piece, face) for piece in text.split()]
    return [" ".join(word.text for word in line) for line in break_words(words, width, size_pt=size_pt)]


def wrap_evenly(text: str, width: float, *, face: Face, size_pt: float) -> list[str]:
    """As `wrap`, in as few lines, but none much shorter than the others."""
    best = wrap(text, width, face=face, size_pt=size_pt)
    narrower = width
    while narrower > 1 and len(tried := wrap(text, narrower, face=face, size_pt=size_pt)) <= len(best):
        best, narrower = tried, narrower - 2
    return best


def _centre(words: list[Word], width: float, size_pt: float) -> float:
    space = width_mm(" ", Face.ROMAN, size_pt)
    used = sum(word.width(size_pt) for word in words) + space * (len(words) - 1)
    return (width - used) / 2
