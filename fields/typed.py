"""Whether digits look typed or written by hand. Two readers of one handwriting can agree on a wrong number.

Real pages set the measure. A typed number is one word, or one with its notation, as high as its neighbours,
and the engine reads it at 75 and more; written ones reach 61 at most when they join the notation, and 85
when they stand alone as a stray digit of several. A typed day is read at 60 and more with clear words
around it; a written one at 40 at most.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents.page import Word

_HIGHEST = 1.25
_LOWEST = 0.6


def looks_typed(digits: Sequence[Word], neighbours: Sequence[Word], least: float) -> bool:
    """Whether the words in `digits` are in keeping with their typed `neighbours` on the line.

    `least` is the engine's confidence from which digits at this place may be typed. A word without
    confidence comes from the file's own text and is typed by nature. Without neighbours nothing can be
    compared and the answer is no.
    """
    if not digits:
        return False
    if all(word.confidence is None for word in (*digits, *neighbours)):
        return True
    usual = _usual_height(neighbours)
    return usual > 0 and all(_is_in_keeping(word, usual, least) for word in digits)


def _is_in_keeping(word: Word, usual: float, least: float) -> bool:
    confident = word.confidence is not None and word.confidence >= least
    return confident and _LOWEST * usual <= word.box.height <= _HIGHEST * usual


def _usual_height(words: Sequence[Word]) -> float:
    heights = sorted(word.box.height for word in words)
    return heights[len(heights) // 2] if heights else 0.0
