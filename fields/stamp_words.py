"""Find the words of an arrival stamp that stayed among the lines of the page.

Where the frame was seen, the stamp comes as a region of its own. Where it was not (ink too pale, frame
broken), its words lie between the document's own: on lines by themselves, or at the beginning of lines that
run on into the text. A stamp is known by the tall `ĐẾN` with `Số:` or `Ngày:` beside it, or by `Chuyển:`
under one of these; the receiving office stands in capitals above.

Source: Decree 30/2020/NĐ-CP, Appendix IV, form V (rectangle of 50 × 35 mm).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.page import Box, Line, Page, Word, around
from documents.text import fold
from fields import marks
from fields.columns import split_at_gaps
from fields.type_names import find_type_name

_WORDS_OF_A_DATE = 12
LOWEST = 0.62
"""A stamp stands in the upper part of page 1; fraction of the page's height."""
_WIDTH = 0.26
"""50 mm of an A4 page, and a little for a crooked frame."""
_REACH = 0.055
"""How far above or below `ĐẾN` its labels stand."""
_ARRIVED = re.compile(r"[il]?[dbpo]en")
_LABELS = (
    ("number", re.compile(r"(?:so|s6|s0)[:.;]")),
    ("date", re.compile(r"n?g[aoy]{1,2}[:.;,]|ngay?$")),
    ("hour", re.compile(r"gio[:.;]")),
    ("forward", re.compile(r"chuyen[:.;,]")),
)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A word that belongs to a stamp's form."""

    kind: str
    word: Word


def is_arrived(text: str) -> bool:
    """Whether `text` is the `ĐẾN` of a stamp, in capitals, as OCR may read it."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return capitals >= 2 and _ARRIVED.fullmatch(fold("".join(letters))) is not None


def find_stamp_lines(page: Page) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines (or pieces of lines) of a stamp on `page`, and the lines that remain without them.

    Both empty-handed and whole: without a stamp the first is empty and the second is all lines.
    """
    aspect = page.width_px / page.height_px
    signs = _confirmed(_list_signs(page.lines))
    if not signs:
        return (), page.lines
    rows = _rows(page.lines, signs, aspect)
    taken = {word for line in rows for word in line.words}
    remaining = (Line(tuple(w for w in line.words if w not in taken)) for line in page.lines)
    return rows, tuple(line for line in remaining if line.words)


def find_suspect(lines: Iterable[Line], aspect: float) -> Box | None:
    """Return the place of a lone `ĐẾN` that may be all that was read of a stamp, or None.

    It stands alone, or before words in small letters; in a title all words are capitals.
    """
    for line in lines:
        for piece in split_at_gaps(line, aspect):
            if piece.box.middle[1] < LOWEST and _begins_or_is_lone(piece):
                return piece.box
    return None


def _begins_or_is_lone(piece: Line) -> bool:
    at = next((i for i, w in enumerate(piece.words) if is_arrived(w.text)), None)
    if at is None:
        return False
    rest = Line(piece.words[at + 1 :]).text
    lone = at == len(piece.words) - 1 and sum(c.isalpha() for c in piece.text) <= 12
    return lone or (at <= 1 and bool(rest) and not marks.is_capitals(rest))


def _list_signs(lines: Iterable[Line]) -> list[_Sign]:
    signs: list[_Sign] = []
    for line in lines:
        for at, word in enumerate(line.words):
            if word.box.middle[1] >= LOWEST:
                continue
            if is_arrived(word.text):
                signs.append(_Sign("arrived", word))
            elif _is_after_place(line.words, at):
                continue
            elif kind := _label_of(line.words[at : at + 3]):
                signs.append(_Sign(kind, word))
    return signs


def _is_after_place(words: Sequence[Word], at: int) -> bool:
    """Whether the word at `at` is the `ngày` after a place: `Hà Nội, ngày`."""
    if at == 0 or not words[at - 1].text.endswith(","):
        return False
    return marks.is_date_line(Line(tuple(words[at - 1 : at + _WORDS_OF_A_DATE])).text)


def _label_of(words: Sequence[Word]) -> str | None:
    """The kind of label that the first of `words` is; `Số: 02/KH-UBND` is the document's own number."""
    text = words[0].text
    if marks.is_capitals(text):
        return None
    bare = fold(text).lstrip("|[(_.-'`“”\"")
    for kind, pattern in _LABELS:
        if pattern.match(bare) and (kind != "number" or not any("/" in w.text for w in words)):
            return kind
    return None


def _confirmed(signs: Sequence[_Sign]) -> list[_Sign]:
    """The signs that make up one stamp, or nothing."""
    for sign in signs:
        if sign.kind in {"arrived", "forward"}:
            near = [s for s in signs if _is_near(sign, s)]
            kinds = {s.kind for s in near}
            if kinds & {"number", "date"} and len(kinds) >= 2:
                return near
    return []


def _is_near(anchor: _Sign, other: _Sign) -> bool:
    across = abs(other.word.box.x0 - anchor.word.box.x0)
    down = abs(other.word.box.middle[1] - anchor.word.box.middle[1])
    return across <= _WIDTH and down <= _REACH


def _rows(lines: Sequence[Line], signs: Sequence[_Sign], aspect: float) -> tuple[Line, ...]:
    own = {s.word for s in signs}
    form = around(w.box for w in own)
    left, right = form.x0 - 0.015, max(form.x0 + _WIDTH, form.x1)
    margin = max(line.box.x1 for line in lines)
    rows: list[Line] = []
    for line in lines:
        for piece in split_at_gaps(line, aspect):
            inside = form.y0 - 0.004 <= piece.box.middle[1] <= form.y1 + 0.004
            begins = any(w in own for w in piece.words[:3])
            if begins or (inside and piece.box.x0 >= left and piece.box.x1 <= right + 0.02):
                rows.append(_cut_off(piece, right, margin))
    if not rows:  # the signs stand deep in running text
        return ()
    top = around(row.box for row in rows)
    rows = [*_agency_rows(lines, top, left, right, margin, aspect), *rows]
    return tuple(sorted(rows, key=lambda row: row.box.middle[1]))


def _cut_off(piece: Line, right: float, margin: float) -> Line:
    """A row of the stamp without the text that it runs into, which reaches the right margin."""
    if piece.box.x1 < right or piece.box.x1 < margin - 0.15:
        return piece
    spaces = [
        (before.text[-1] in "|]", after.box.x0 - before.box.x1, i)
        for i, (before, after) in enumerate(zip(piece.words, piece.words[1:], strict=False), 1)
        if right - 0.09 <= before.box.x1 <= right + 0.06
    ]
    if not spaces:
        return piece
    return Line(piece.words[: max(spaces)[2]])


def _agency_rows(
    lines: Sequence[Line], top: Box, left: float, right: float, margin: float, aspect: float
) -> list[Line]:
    """The receiving office above the form: capitals, near, over the form's width."""
    found: list[Line] = []
    floor = top
    pieces = [
        _cut_off(p, right, margin)
        for line in lines
        if line.box.y0 < top.y0
        for p in split_at_gaps(line, aspect)
    ]
    for piece in sorted(pieces, key=lambda p: -p.box.middle[1]):
        above = floor.y0 - piece.box.middle[1]
        if not 0 < above <= (0.035 if not found else 1.6 * piece.box.height):
            continue
        if piece.box.x0 < left - 0.03 or piece.box.x0 > right or len(found) == 2:
            continue
        if not _is_office(piece):
            break
        found.append(piece)
        floor = piece.box
    return found


def _is_office(piece: Line) -> bool:
    letters = sum(c.isalpha() for c in piece.text)
    if marks.is_number_label(piece.text) or sum(c.isdigit() for c in piece.text) > 2:
        return False
    return letters >= 6 and marks.is_capitals(piece.text) and find_type_name(piece) is None
