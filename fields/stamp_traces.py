"""What gives away an arrival stamp that could not be read: its place, and words of its form among the lines.

A stamp that is there but not read must never pass for none. Where one was seen, and where words stand that
only its form has, the rows that belong to it are set aside, so that no field takes them for the document's.

Source: Decree 30/2020/NĐ-CP, Appendix IV, form V; older forms end in `Lưu hồ sơ số`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from documents.page import Box, Line, Page, RegionKind, around
from documents.text import fold
from fields import marks
from fields.columns import split_at_gaps

_LOWEST = 0.72
_INSIDE, _SURE = 0.7, 60.0
"""Share of a row inside an unread stamp, and confidence from which a word there is the document's own."""
_WIDTH, _REACH = 0.26, 0.07
"""How far from each other words of one stamp stand, as shares of the page."""
_SURELY, _ENOUGH = 2, 2
_MOST_ROWS, _MOST_LETTERS = 40, 40
"""Rows that are looked at, and letters of one: a row of a stamp is short, a sentence has more."""
_SIGNS = (
    (re.compile(r"\W{0,3}(?:kinh\s)?c\W{0,2}h\w?\W?u\w?y?\w{0,2}n\s?[:;]"), _SURELY),
    (re.compile(r"\W{0,3}l\w{1,2}u\s?h\w\s?s\w\s?s\w"), _SURELY),
    (re.compile(r"\W{0,3}[s5$]\w{0,2}\s?v\w\s?k\w\s?hi\w{1,2}\s?(?:hs|h\w\s?s\w)?\W*$"), _SURELY),
    (re.compile(r"\W{0,3}(?:cong\s?van|van\s?ban|c\.?v\.?)\s?[db]en\W*$"), _SURELY),
    (re.compile(r"\W{0,3}n?g[aoy]y?\s?[:;]"), 1),
    (re.compile(r"\W{0,3}gi[oq0]\s?[:;]"), 1),
    (re.compile(r"\W{0,3}[s5$][o06]\s?[:;](?!.*/\D)"), 1),
)
"""How rows of a stamp begin, letters lost, and how much each tells; `Số: 12/…` is the document's own."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a stamp may be that was not read, and the words of its form that were seen there, if any."""

    box: Box
    words: str | None = None


def find_trace(page: Page, lines: Sequence[Line]) -> Trace | None:
    """Return the first place on `page` that may be an unread stamp, or None.

    Args:
        page: Page 1.
        lines: Its lines without those of stamps that were read.
    """
    worded = _worded(page, lines)
    unread = next((r.box for r in page.regions_of(RegionKind.ARRIVAL_STAMP) if not r.lines), None)
    if unread:
        said = [row.text for row in worded if row.box.overlap(unread) > 0]
        return Trace(unread, said[0] if said else None)
    if worded:
        told = max(worded, key=lambda row: _weight(row))
        return Trace(around(row.box for row in worded), told.text)
    return None


def find_unread_rows(page: Page) -> tuple[Line, ...]:
    """Return the rows (pieces of lines) that belong to stamps of `page` that were not read."""
    unread = [r.box for r in page.regions_of(RegionKind.ARRIVAL_STAMP) if not r.lines]
    rows = list(_worded(page, page.lines))
    known = {row.words for row in rows}
    for piece in _pieces(page, page.lines):
        inside = any(piece.box.overlap(box) >= _INSIDE for box in unread)
        if inside and piece.words not in known and (_weight(piece) or not _is_sure(piece)):
            rows.append(piece)
    return tuple(rows)


def place_name(box: Box) -> str:
    """Where on a page `box` lies, in words.

    >>> place_name(Box(0.05, 0.05, 0.3, 0.2))
    'góc trên trái'
    """
    x, y = box.middle
    across = 0 if x < 0.36 else 2 if x > 0.64 else 1
    down = 0 if y < 0.3 else 2 if y > 0.62 else 1
    return (
        ("góc trên trái", "phía trên", "góc trên phải"),
        ("bên trái", "giữa", "bên phải"),
        ("phía dưới bên trái", "phía dưới", "phía dưới bên phải"),
    )[down][across]


def _worded(page: Page, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Rows that begin as those of a stamp's form do, where together they tell enough."""
    rows = list(islice((piece for piece in _pieces(page, lines) if _weight(piece)), _MOST_ROWS))
    for row in rows:
        near = [other for other in rows if _is_near(row, other)]
        if sum({_kind(other): _weight(other) for other in near}.values()) >= _ENOUGH:
            return tuple(near)
    return ()


def _pieces(page: Page, lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        for piece in split_at_gaps(line, page.width_px / page.height_px):
            if piece.box.middle[1] < _LOWEST:
                yield piece


def _weight(row: Line) -> int:
    kind = _kind(row)
    return _SIGNS[kind][1] if kind is not None else 0


def _kind(row: Line) -> int | None:
    letters = sum(c.isalpha() for c in row.text)
    if letters > _MOST_LETTERS or marks.is_date_line(row.text):
        return None
    said = fold(row.text)
    return next((n for n, (sign, _) in enumerate(_SIGNS) if sign.match(said)), None)


def _is_near(one: Line, other: Line) -> bool:
    across = abs(one.box.x0 - other.box.x0)
    return across <= _WIDTH and abs(one.box.middle[1] - other.box.middle[1]) <= _REACH


def _is_sure(row: Line) -> bool:
    """Whether a word of the row was read well enough to be the document's."""
    told = [w for w in row.words if sum(c.isalpha() for c in w.text) > 1]
    return any(w.confidence is None or w.confidence >= _SURE for w in told)
