"""Read an arrival stamp, twice by different means: in its own ink, level, without its rules.

One picture seldom shows all: rubber prints in patches, the tall ĐẾN makes the engine lose the row beside it,
print of the letter lies under the stamp. Several are read until labels and values are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from documents.page import Box, Line
from documents.syllables import count_sensible
from documents.text import fold
from ocr.cleaning import CleanPage
from ocr.cuts import Cut, cut_out, without_rules
from ocr.engine import Engine, Layout
from ocr.inks import all_ink, black_and_white, ink_only, made_whole, stamp_ink, stamp_ink_sharp

SAYS_ENOUGH = 2
"""How much a reading must say (`what_it_says`) to be a stamp's."""
_SAYS_PLENTY = 4
_VALUES = 2
_VALUE_LABELS = (re.compile(r"(?<![a-z])s[oae]\s*[:;.,]"), re.compile(r"ng[ao]y"))
_AGAIN_DPI = 400
_WORDS = ("ngay", "gio", "so", "chuyen", "ho so")
"""What a stamp says besides ĐẾN, folded."""
_NOT_STAMP = ("nguoi ky", "ky boi", "thoi gian ky", "ngay ky", "email", "ma so thue")


def read_stamp(clean: CleanPage, box: Box, tilt_deg: float, ink: str, engine: Engine) -> tuple[Line, ...]:
    """Return the lines in `box`, top to bottom, boxes on the page; whether it is a stamp is not asked.

    `tilt_deg` is clockwise; `ink` as `ocr.frames.Frame` has it.
    """
    seen = cut_out(clean.seen.pixels, box, dpi=clean.seen.dpi, tilt_deg=tilt_deg)
    return _best_reading(_in_own_ink(seen, ink), _in_every_ink(seen), engine)


def read_stamp_again(
    clean: CleanPage, box: Box, tilt_deg: float, ink: str, engine: Engine
) -> tuple[Line, ...]:
    """Read a stamp by other means than the first time: larger, its ink cut out hard, black or white."""
    seen = cut_out(clean.seen.pixels, box, dpi=clean.seen.dpi, tilt_deg=tilt_deg, to_dpi=_AGAIN_DPI)
    return _best_reading(_in_own_ink_again(seen, ink), _in_every_ink_again(seen), engine)


def read_worn_stamp(clean: CleanPage, box: Box, tilt_deg: float, engine: Engine) -> tuple[Line, ...]:
    """Read what is left of a stamp: as it is, then with its strokes thickened and its gaps closed."""
    seen = cut_out(clean.seen.pixels, box, dpi=clean.seen.dpi, tilt_deg=tilt_deg)
    return _first_full_reading(_of_worn(seen), engine)


Ways = Iterator[tuple[Cut, Layout]]


def _in_own_ink(seen: Cut, ink: str) -> Ways:
    if _is_told_by_colour(seen, ink):
        bare = without_rules(replace(seen, pixels=stamp_ink(seen.pixels)))
        yield bare, Layout.BLOCK
        yield bare, Layout.SPARSE


def _in_every_ink(seen: Cut) -> Ways:
    """With the print under the stamp, and with values written by a black pen."""
    plain = replace(seen, pixels=all_ink(seen.pixels))
    yield without_rules(plain), Layout.BLOCK
    yield plain, Layout.SPARSE
    yield without_rules(plain), Layout.SPARSE


def _in_own_ink_again(seen: Cut, ink: str) -> Ways:
    if _is_told_by_colour(seen, ink):
        yield without_rules(replace(seen, pixels=stamp_ink_sharp(seen.pixels))), Layout.BLOCK
        yield without_rules(replace(seen, pixels=ink_only(seen.pixels))), Layout.SPARSE


def _in_every_ink_again(seen: Cut) -> Ways:
    plain = replace(seen, pixels=black_and_white(all_ink(seen.pixels)))
    yield without_rules(plain), Layout.BLOCK
    yield without_rules(plain), Layout.SPARSE


def _of_worn(seen: Cut) -> Ways:
    yield from _in_own_ink(seen, "coloured")
    plain = replace(seen, pixels=all_ink(seen.pixels))
    yield without_rules(plain), Layout.SPARSE
    whole = without_rules(replace(plain, pixels=made_whole(plain.pixels, plain.dpi)))
    yield whole, Layout.BLOCK
    yield whole, Layout.SPARSE


def _is_told_by_colour(seen: Cut, ink: str) -> bool:
    return ink != "black" and seen.pixels.ndim == 3


def _best_reading(own_ink: Ways, every_ink: Ways, engine: Engine) -> tuple[Line, ...]:
    """The reading that says most; in its own ink where that shows the form.

    Values that a black pen or a numbering machine put into a coloured form come from the other picture, and
    nothing else of it: it shows the print under the stamp as well.
    """
    best = _first_full_reading(own_ink, engine)
    if what_it_says(best) < _SAYS_PLENTY:
        return max(best, _first_full_reading(every_ink, engine), key=_worth)
    if _rows_with_digits(best) == 0:
        best = _with_values(best, _first_full_reading(every_ink, engine))
    return best


def _with_values(lines: Sequence[Line], others: Sequence[Line]) -> tuple[Line, ...]:
    """Return `lines` with the rows of number and day from `others` where only those hold digits.

    The tall ĐẾN beside two rows makes the engine lose one of them now and then.
    """
    done = list(lines)
    for label in _VALUE_LABELS:
        row = next((line for line in others if _is_valued(line, label)), None)
        if row is None or any(_is_valued(line, label) for line in done):
            continue
        done = [line for line in done if not label.search(fold(line.text))]
        done = sorted((*done, row), key=lambda line: line.box.middle[1])
    return tuple(done)


def _is_valued(line: Line, label: re.Pattern[str]) -> bool:
    return any(c.isdigit() for c in line.text) and label.search(fold(line.text)) is not None


def _first_full_reading(ways: Ways, engine: Engine) -> tuple[Line, ...]:
    best: tuple[Line, ...] = ()
    for picture, layout in ways:
        lines = picture.lines_on_page(engine.read_lines(picture.pixels, dpi=picture.dpi, layout=layout))
        lines = tuple(line for line in lines if any(c.isalnum() for c in line.text))
        more, less = (lines, best) if _worth(lines) > _worth(best) else (best, lines)
        best = _with_values(more, less)
        if what_it_says(best) >= _SAYS_PLENTY and _rows_with_digits(best) >= _VALUES:
            break
    return best


def _worth(lines: Sequence[Line]) -> tuple[int, int]:
    says = min(what_it_says(lines), _SAYS_PLENTY)
    return says, 2 * _rows_with_digits(lines) + count_sensible(line.text for line in lines)


def _rows_with_digits(lines: Sequence[Line]) -> int:
    """How many of the rows number and day have a value, 0 to 2."""
    return sum(any(_is_valued(line, label) for line in lines) for label in _VALUE_LABELS)


def is_foreign(lines: Sequence[Line]) -> bool:
    """Whether the lines say what never stands in a stamp, as a signature panel does."""
    said = fold(" ".join(line.text for line in lines))
    return any(foreign in said for foreign in _NOT_STAMP)


def what_it_says(lines: Sequence[Line]) -> int:
    """Return how much the lines say that an arrival stamp says; 2 is enough, 0 is nothing."""
    printed = " ".join(line.text for line in lines)
    said = fold(printed)
    if is_foreign(lines):
        return 0
    words = ["".join(c for c in word if c.isalpha()) for word in said.split()]
    return says_arrived(printed) + sum(_is_among(word, words, said) for word in _WORDS)


def says_arrived(printed: str) -> int:
    """Return 2 for a word ĐẾN in capitals, 1 for one that is nearly so; in small letters it is nothing."""
    letters = ("".join(c for c in word if c.isalpha()) for word in printed.split())
    capitals = {fold(word) for word in letters if len(word) > 1 and word == word.upper()}
    return 2 if "den" in capitals else int(any(Levenshtein.distance(word, "den") == 1 for word in capitals))


def _is_among(word: str, words: Sequence[str], said: str) -> bool:
    if " " in word:
        return word in said
    if len(word) <= 2:
        return word in words or f"{word}:" in said
    return any(
        abs(len(w) - len(word)) <= 1 and Levenshtein.distance(w, word) <= len(word) // 3 for w in words
    )
