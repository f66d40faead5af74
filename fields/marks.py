"""Printed landmarks of a head: the fixed words by which its zones are known, loosely as OCR reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.page import Line, Word
from documents.text import fold

NATION = (
    ("cong hoa xa hoi chu nghia viet nam", 70),
    ("dang cong san viet nam", 82),
    ("doan tncs ho chi minh", 90),
)
"""Upper right line: Quốc hiệu, the Party's or the Youth Union's line; each with the least likeness.

The shorter the line, the closer it must be: `THÀNH PHỐ HỒ CHÍ MINH` is no Youth Union.
"""
MOTTO = (("doc lap tu do hanh phuc", 70),)
_LABEL = re.compile(
    r"^\W{0,4}(?:s[oe]{1,2}\s{0,2}(?:[:;.,]|(?=\W{0,6}\d)|(?=\W{0,12}/))|[s5][o06]\s{0,2}[:;.,])"
)
_DATE = re.compile(
    r"(?<![^\W\d_])ng[aàáuy]{0,2}y?\b.{0,60}\bth\w{2,3}\b.{0,60}\bn[aă]m\b|ngay.{0,60}thang"
    r"|thang.{0,60}nam\W{0,3}\d"
    r"|ngay\W{1,3}[^/]{2,16}\bn[aă]m\W{0,3}(?:19|20)\d{2}(?!\d)"
)
_DAY_WORD = re.compile(r"\W{0,2}(?:ngay|nga?[yvm](?![a-z]))")
_CAPITALS = 0.7
_BARE = re.compile(r"[\W_]")
_LETTER_SUBJECT = re.compile(
    r"\W{0,3}(?:[vyj]\W{0,2}/+\W{0,2}[vuy]?(?!\w)|v\.?v\b|[vn]e[.,]? ?viec"
    r"|(?:v?a|[vyj]?/?4v)[vyu]?:{1,2}(?= ?\w))"
)
_RULE = re.compile(r"^[\W_]*$")


@dataclass(frozen=True, slots=True)
class Run:
    """Words `start` to `end` (exclusive) of a line and how like the target they are, of 100."""

    start: int
    end: int
    score: float


def find_run(words: Sequence[Word], targets: Sequence[tuple[str, float]]) -> Run | None:
    """Return the words most like one of `targets`, each a folded text and the least likeness of 100."""
    best: Run | None = None
    folded = [_BARE.sub("", fold(w.text)) for w in words]
    for target, least in targets:
        count = len(target.split())
        for start in range(len(words)):
            for end in range(start + max(1, count - 2), min(len(words), start + count + 2) + 1):
                score = fuzz.ratio(" ".join(filter(None, folded[start:end])), target)
                if score >= least and (best is None or score > best.score):
                    best = Run(start, end, score)
    return best


def is_number_label(text: str) -> bool:
    """Whether `text` begins with `Số:`, also as `Só`, `S6`, `Sô.`, or joined to the digits (`Só2624`)."""
    return _LABEL.match(fold(text)) is not None


def is_date_line(text: str) -> bool:
    """Whether `text` holds `ngày … tháng … năm …`, also with one of the words damaged."""
    return _DATE.search(fold(text)) is not None


def is_day_word(text: str) -> bool:
    """Whether `text` begins `ngày`, also damaged or joined to digits (`ngàM44`); *Ngãi* does not."""
    return _DAY_WORD.match(fold(text)) is not None


def is_capitals(text: str) -> bool:
    """Whether at least seven letters of ten are capitals."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= _CAPITALS * len(letters)


def is_rule(text: str) -> bool:
    """Whether `text` is what OCR makes of a printed line: no letter, no digit."""
    return _RULE.match(text) is not None


def is_speckle(text: str) -> bool:
    """Whether `text` is what OCR makes of stray marks above a line: hardly a word of two letters."""
    words = text.split()
    return sum(len([c for c in w if c.isalnum()]) for w in words) < 1.6 * len(words)


def begins_addressees(text: str) -> bool:
    """Whether `text` begins `Kính gửi`."""
    return fuzz.ratio(fold(text).lstrip(" .,'`-|")[:8], "kinh gui") >= 85


def begins_letter_subject(text: str) -> bool:
    """Whether `text` begins `V/v` or `Về việc`."""
    return _LETTER_SUBJECT.match(fold(text.replace("⁄", "/"))) is not None


def trim_noise(line: Line, *, capitals: bool = False) -> Line | None:
    """Return `line` without the crumbs at its ends, or None when nothing is left.

    Crumbs are words without letter or digit and single letters read with doubt; with `capitals` also short
    words in small letters or digits.
    """
    words = list(line.words)
    while words and _is_crumb(words[0], capitals):
        words.pop(0)
    while words and _is_crumb(words[-1], capitals):
        words.pop()
    return Line(tuple(words)) if words else None


def _is_crumb(word: Word, capitals: bool) -> bool:
    bare = [c for c in word.text if c.isalnum()]
    if not bare:
        return word.text != "&"
    if len(bare) == 1 and bare[0].isalpha() and word.confidence is not None and word.confidence < 60:
        return True
    return capitals and len(bare) <= 4 and not any(c.isupper() for c in bare)
