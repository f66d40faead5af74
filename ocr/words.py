"""What an engine reads that no person would: rules taken for words, specks taken for letters."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from documents.page import Line, Word

_SURE = 60
_A4_ASPECT = 1.41
_LONG = 6.0
"""Width over height, per character, from which a word is a rule and not letters."""
_SPECK = 0.35
"""Height below which a lone sign is a speck, in heights of the page's usual word."""


def without_rubbish(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines without words that are rules or specks; lines left empty are dropped.

    Only words without a letter or digit, or stretched far beyond what letters can be, are touched.
    """
    lines = tuple(lines)
    heights = [w.box.height for line in lines for w in line.words if len(w.text) > 2]
    usual = median(heights) if heights else 0.0
    kept = (tuple(w for w in line.words if not _is_rubbish(w, usual)) for line in lines)
    return tuple(Line(words) for words in kept if words)


def _is_rubbish(word: Word, usual_height: float) -> bool:
    unsure = word.confidence is not None and word.confidence < _SURE
    if not any(c.isalnum() for c in word.text):
        speck = len(word.text) == 1 and word.box.height < _SPECK * usual_height and word.text not in "-–."
        return (unsure and word.text not in "-–+/") or speck
    height = max(word.box.height * _A4_ASPECT, 1e-6)
    return unsure and word.box.width / height > _LONG * len(word.text)
