"""The head of page 1 cut into its zones, each known by its neighbours.

Quốc hiệu gives the line between the two columns; `Số:` closes the issuer's lines; `ngày … tháng … năm`
stands to its right; the title is the first line of capitals that names a type; the subject runs from the
title, or from `V/v` under the number, to the first wide space, rule, `Kính gửi` or legal basis.

Source: Decree 30/2020/NĐ-CP, Appendix I, part IV (ô số 1, 2, 3, 4, 5a, 5b).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from documents.page import Line, around
from documents.text import fold
from fields import marks
from fields.heading import find_heading, find_title

_LEGAL_BASIS = re.compile(r"\W{0,3}can cu\b")
_PLACE_START = re.compile(r"[A-ZĐÀ-Ỹ]|tp\b|tỉnh\b|thành\b")
_SLASHED = re.compile(r"\d+\s*\S?/\s*[A-ZĐ]{2,}")
_CENTRED = 0.02
"""How far lines set about one middle may be from it."""
_NEAR = 4.0
"""Usual lines' heights from one line of a subject to the next at most, whatever space is between."""
_MOST_LINES = 14
"""A head has no more lines than this, whatever is or is not found in it."""
_TITLE_FROM = 4
"""From this line on a title is believed even where neither number nor date was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The zones of the head, each as lines of one column; empty or None when it is not there."""

    issuer: tuple[Line, ...] = ()
    """Left column above the number: parent body, issuer."""
    nation: tuple[Line, ...] = ()
    """Right column: Quốc hiệu and Tiêu ngữ, or the Party's line."""
    number: Line | None = None
    """`Số: …/…`."""
    date: Line | None = None
    """`<place>, ngày … tháng … năm …`."""
    letter_subject: tuple[Line, ...] = ()
    """5b: `V/v …` under the number."""
    title: Line | None = None
    """5a: the type in capitals."""
    subject: tuple[Line, ...] = ()
    """5a: the subject under the title."""
    subject_closed: bool = False
    """Whether the end of the subject was seen: a rule, a wide space, `Kính gửi` or a legal basis after it."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the head."""
        single = [line for line in (self.number, self.date, self.title) if line]
        return (*self.issuer, *self.nation, *single, *self.letter_subject, *self.subject)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the two columns are measured by."""

    top: float
    divider: float
    unit: float
    """Height of a usual line."""
    aspect: float


def find_head(lines: Sequence[Line], aspect: float) -> tuple[Head, tuple[Line, ...]]:
    """Return the head and the lines above it that are not the document's own.

    Args:
        lines: The lines of page 1 without stamps.
        aspect: Width of the page over its height, both in pixels.
    """
    if not lines:
        return Head(), ()
    frame, nation = _find_frame(lines, aspect)
    above = tuple(line for line in lines if line.box.y1 < frame.top - 0.3 * frame.unit) if nation else ()
    below = sorted((line for line in lines if line not in above), key=lambda line: line.box.middle[1])
    end = _find_end(below, frame)
    band = below[:end]
    left, right = _columns(band, frame)
    number = _find_number(left, right)
    date = next((p for p in (*right, *left) if marks.is_date_line(p.text)), None)
    letter, closed = _letter_subject(left, number, frame, ended=end < len(below))
    heading = find_heading(below[end:], aspect)
    unsure = bool(letter) and any(
        _may_run_on(line, letter, frame) and not _has_addressees(line) for line in below[end : end + 1]
    )
    head = Head(
        issuer=_find_issuer(left, number or date) if nation else (),
        nation=nation,
        number=number,
        date=_from_place(date) if date else None,
        letter_subject=letter,
        title=heading.title if heading else None,
        subject=heading.subject if heading else (),
        subject_closed=(heading.closed if heading else closed) and not unsure,
    )
    return head, above


def _find_frame(lines: Sequence[Line], aspect: float) -> tuple[_Frame, tuple[Line, ...]]:
    unit = median(line.box.height for line in lines)
    nation = _find_anchor(lines, marks.NATION)
    motto = _find_anchor(lines, marks.MOTTO)
    found = tuple(a for a in (nation, motto) if a)
    if not found:
        return _Frame(0.0, 0.5, unit, aspect), ()
    box = around(a.box for a in found)
    divider = box.x0 - 0.005 if nation else box.x0 - 0.06
    top = found[0].box.y0 - (0.0 if nation else 1.6 * unit)
    return _Frame(top - unit, divider, unit, aspect), found


def _find_anchor(lines: Sequence[Line], targets: Sequence[tuple[str, float]]) -> Line | None:
    """The clearest line of its kind, the upper one where two are about as clear."""
    runs = [(run, line) for line in lines if (run := marks.find_run(line.words, targets))]
    clear = max((run.score for run, _ in runs), default=0.0) - 10
    upper = min((r for r in runs if r[0].score >= clear), key=lambda r: r[1].box.y0, default=None)
    return Line(upper[1].words[upper[0].start : upper[0].end]) if upper else None


def _find_end(lines: Sequence[Line], frame: _Frame) -> int:
    """Index of the first line that is title, `Kính gửi` or legal basis: below it there are no columns."""
    seen = False
    for index, line in enumerate(lines[:_MOST_LINES]):
        if _has_addressees(line):
            return index
        if (seen or index >= _TITLE_FROM) and (
            find_title(line, frame.aspect) or _LEGAL_BASIS.match(fold(line.text))
        ):
            return index
        seen = seen or marks.is_number_label(line.text) or marks.is_date_line(line.text)
    return min(len(lines), _MOST_LINES)


def _has_addressees(line: Line) -> bool:
    """Whether `Kính gửi` begins the line, a few words of a stamp before it passed over."""
    starts = range(min(4, len(line.words)))
    return any(marks.begins_addressees(Line(line.words[i : i + 2]).text) for i in starts)


def _columns(band: Sequence[Line], frame: _Frame) -> tuple[list[Line], list[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    for line in band:
        for piece in _cut(line, frame):
            side = left if piece.box.middle[0] < frame.divider else right
            _join(side, piece)
    return left, right


def _join(side: list[Line], piece: Line) -> None:
    """Put `piece` with the line of its column at the same height, or as a new line."""
    for index, line in enumerate(side):
        shared = min(line.box.y1, piece.box.y1) - max(line.box.y0, piece.box.y0)
        apart = piece.box.x0 >= line.box.x1 - 0.01 or piece.box.x1 <= line.box.x0 + 0.01
        if apart and shared > 0.6 * min(line.box.height, piece.box.height):
            side[index] = Line(tuple(sorted((*line.words, *piece.words), key=lambda w: w.box.x0)))
            return
    side.append(piece)


def _cut(line: Line, frame: _Frame) -> tuple[Line, ...]:
    """Cut a line that runs across both columns."""
    at = _anchor_cut(line) or _date_cut(line) or _gap_cut(line, frame)
    if not at:
        return (line,)
    return Line(line.words[:at]), Line(line.words[at:])


def _anchor_cut(line: Line) -> int:
    run = marks.find_run(line.words, marks.NATION) or marks.find_run(line.words, marks.MOTTO)
    return run.start if run else 0


def _date_cut(line: Line) -> int:
    """Before the place of the date: the widest space left of `ngày`, right of the notation."""
    words = line.words
    day = next((i for i, w in enumerate(words) if marks.is_day_word(w.text)), 0)
    if not day or not marks.is_date_line(line.text):
        return 0
    after = max((i for i in range(day) if re.search(r"[/\\]", words[i].text)), default=-1) + 1
    spaces = [(words[i].box.x0 - words[i - 1].box.x1, i) for i in range(max(1, after), day)]
    return max(spaces)[1] if spaces else 0


def _gap_cut(line: Line, frame: _Frame) -> int:
    words = line.words
    spaces = [
        (words[i].box.x0 - words[i - 1].box.x1, i)
        for i in range(1, len(words))
        if words[i - 1].box.x1 < frame.divider + 0.1 and words[i].box.x0 > frame.divider - 0.1
    ]
    widest = max(spaces, default=(0.0, 0))
    return widest[1] if widest[0] * frame.aspect >= 1.2 * frame.unit else 0


def _find_number(left: Sequence[Line], right: Sequence[Line]) -> Line | None:
    labelled = (p for p in (*left, *right) if marks.is_number_label(p.text) and re.search(r"[/\-\d]", p.text))
    slashed = (p for p in left if _SLASHED.search(p.text))
    return next(labelled, None) or next(slashed, None)


def _find_issuer(left: Sequence[Line], floor: Line | None) -> tuple[Line, ...]:
    """The capitals of the left column down to `floor`, the line of number or date."""
    found: list[Line] = []
    for piece in sorted(left, key=lambda p: p.box.middle[1]):
        if floor and piece.box.middle[1] > floor.box.middle[1] - 0.3 * piece.box.height:
            break
        clean = marks.trim_noise(piece, capitals=True)
        if clean and marks.begins_letter_subject(clean.text):
            break
        if clean and marks.is_capitals(clean.text) and sum(c.isalpha() for c in clean.text) >= 3:
            found.append(clean)
    return tuple(found)


def _from_place(line: Line) -> Line:
    """Drop crumbs before the place: what begins neither a name nor the word for a town."""
    starts = (i for i, w in enumerate(line.words) if _PLACE_START.match(w.text) or marks.is_day_word(w.text))
    return Line(line.words[next(starts, 0) :])


def _may_run_on(piece: Line, taken: Sequence[Line], frame: _Frame) -> bool:
    """Whether `piece`, below the subject, may be more of it: in its column, about its middle, near."""
    apart = abs(piece.box.middle[0] - around(line.box for line in taken).middle[0])
    down = piece.box.middle[1] - taken[-1].box.middle[1]
    return piece.box.x1 <= frame.divider and apart <= _CENTRED and down <= _NEAR * frame.unit


def _letter_subject(
    left: Sequence[Line], number: Line | None, frame: _Frame, *, ended: bool
) -> tuple[tuple[Line, ...], bool]:
    """The lines from `V/v` on and whether their end was seen; `ended`: something stands below."""
    ordered = sorted(left, key=lambda p: p.box.middle[1])
    starts = (i for i, p in enumerate(ordered) if p is not number and marks.begins_letter_subject(p.text))
    start = next(starts, None)
    if start is None:
        return (), False
    taken = [ordered[start]]
    for piece in ordered[start + 1 :]:
        if piece.box.middle[1] - taken[-1].box.middle[1] > 2.0 * frame.unit or marks.is_rule(piece.text):
            ended = marks.is_rule(piece.text) or not _may_run_on(piece, taken, frame)
            break
        taken.append(piece)
    return tuple(clean for p in taken if (clean := marks.trim_noise(p))), ended
