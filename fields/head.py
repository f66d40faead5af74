"""The head of page 1 cut into its zones, each known by its neighbours.

Quốc hiệu gives the line between the two columns; `Số:` closes the issuer's lines; `ngày … tháng … năm` stands to
its right; the title is the first line of capitals that names a type; the subject runs from the title, or from `V/v`
under the number, to the first wide space, rule, `Kính gửi` or legal basis.

Source: Decree 30/2020/NĐ-CP, Appendix I, part IV (ô số 1, 2, 3, 4, 5a, 5b).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from documents.page import Line, Word, around
from documents.text import fold
from fields import marks
from fields.columns import split_at_gaps
from fields.type_names import TypeName, find_type_name


_OPENERS = re.compile(
    r"\W{0,3}(?:kinh (?:gui|moi|thua|trinh)|can cu\b|cin cu\b|dieu 1\b|chuong [i1l]\b|phan (?:i|thu nhat)\b|[i1l][.,]? ?[.)/]|"
    r"theo de nghi|xet de nghi|xet to trinh|nham\b|ngay \d)"
)
"""Words that open the part after the subject."""
_WEAK_OPENERS = re.compile(r"\W{0,3}(?:thuc hien|trong thoi gian|trien khai|de |tiep theo|nhan duoc)")
_OFFICES = re.compile(
    r"\W{0,3}(?:chu tich|bo truong|giam doc|tong giam doc|thu truong|hieu truong|uy ban|hoi dong|truong|cuc truong|chanh an|vien truong|"
    r"quoc hoi|chinh phu|ban |so |thu tuong|chi cuc|tong cuc|vien |benh vien|cong an|bo )"
)
_WIDE = 1.6
"""A space this many line pitches tall parts the subject from what follows."""
_WIDE_AFTER_TITLE = 2.9


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
    head = Head(
        issuer=_find_issuer(left, number, date) if nation else (),
        nation=nation,
        number=number,
        date=_from_place(date) if date else None,
        letter_subject=_letter_subject(left, number, frame),
    )
    head = _with_title(head, below[end:], aspect)
    if head.letter_subject and not head.title:
        head = replace(head, subject_closed=True)
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
    """Index of the first line that is title, `Kính gửi` or body: below it there are no columns."""
    seen_number = False
    for index, line in enumerate(lines):
        if (
            (seen_number and _title_of(line, frame.aspect))
            or marks.begins_addressees(line.text)
            or _addressees_on_right(line)
        ):
            return index
        if seen_number and re.match(r"\W{0,3}can cu\b", fold(line.text)):
            return index
        seen_number = seen_number or marks.is_number_label(line.text) or marks.is_date_line(line.text)
    return min(len(lines), 14)


def _addressees_on_right(line: Line) -> bool:
    return any(
        marks.begins_addressees(Line(line.words[i : i + 2]).text)
        for i in range(1, min(4, len(line.words) - 1))
    )


def _title_of(line: Line, aspect: float) -> TypeName | None:
    """The title on a line, also where wide spaces part it from the remains of a stamp."""
    pieces = split_at_gaps(line, aspect)
    named = [n for piece in pieces if (n := find_type_name(piece))]
    return named[0] if named else find_type_name(line)


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
    day = next((i for i, w in enumerate(words) if re.match(r"ng[aà]?[yv]", fold(w.text))), 0)
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
    labelled = [p for p in (*left, *right) if marks.is_number_label(p.text) and re.search(r"[/\-\d]", p.text)]
    if labelled:
        return labelled[0]
    slashed = re.compile(r"\d+\s*\S?/\s*[A-ZĐ]{2,}")
    return next((p for p in left if slashed.search(p.text)), None)


def _find_issuer(left: Sequence[Line], number: Line | None, date: Line | None) -> tuple[Line, ...]:
    floor = number or date
    found: list[Line] = []
    for piece in sorted(left, key=lambda p: p.box.middle[1]):
        if floor and (piece is floor or piece.box.middle[1] > floor.box.middle[1] - 0.3 * piece.box.height):
            break
        clean = marks.trim_noise(piece, capitals=True)
        if clean and marks.begins_letter_subject(clean.text):
            break
        if clean and marks.is_capitals(clean.text) and sum(c.isalpha() for c in clean.text) >= 3:
            found.append(clean)
    return tuple(found)


def _from_place(line: Line) -> Line:
    """Drop crumbs before the place: what does not begin with a capital letter."""
    words = line.words
    first = next((i for i, w in enumerate(words) if w.text[:1].isupper() or fold(w.text).startswith("ng")), 0)
    return Line(words[first:])


def _letter_subject(left: Sequence[Line], number: Line | None, frame: _Frame) -> tuple[Line, ...]:
    ordered = sorted(left, key=lambda p: p.box.middle[1])
    start = next(
        (i for i, p in enumerate(ordered) if p is not number and marks.begins_letter_subject(p.text)), None
    )
    if start is None:
        return ()
    taken = [ordered[start]]
    for piece in ordered[start + 1 :]:
        if piece.box.middle[1] - taken[-1].box.middle[1] > 2.0 * frame.unit or marks.is_rule(piece.text):
            break
        taken.append(piece)
    return tuple(clean for p in taken if (clean := marks.trim_noise(p)))


def _with_title(head: Head, lines: Sequence[Line], aspect: float) -> Head:
    """Add title and subject when the next line is a title."""
    if not lines or not (title := _title_of(lines[0], aspect)):
        return head
    middle = title.line.box.middle[0]
    near = [line for line in lines[1:] if line.box.x0 - 0.02 <= middle <= line.box.x1 + 0.02]
    block = _Block.of(lines)
    taken: list[Line] = [title.tail] if title.tail else []
    last = title.line
    for line in near:
        if (
            block.is_apart(last, line, taken)
            or _ends_subject(line, taken)
            or (taken and block.is_paragraph(line))
        ):
            return replace(head, title=title.line, subject=tuple(taken), subject_closed=bool(taken))
        clean = None if marks.is_speckle(line.text) else marks.trim_noise(_within_frame(line, middle))
        if clean:
            taken.append(clean)
            last = line
    return replace(head, title=title.line, subject=tuple(taken))


def _within_frame(line: Line, middle: float) -> Line:
    """The part of a line around `middle` when the frame of a stamp was read as bars in it."""
    pieces: list[list[Word]] = [[]]
    for word in line.words:
        if word.text.strip("[]") in {"|", "||", ""}:
            pieces.append([])
        else:
            pieces[-1].append(word)
    parts = [Line(tuple(piece)) for piece in pieces if piece]
    return next((part for part in parts if part.box.x0 <= middle <= part.box.x1), line)


def _ends_subject(line: Line, taken: Sequence[Line]) -> bool:
    text = fold(line.text)
    if _OPENERS.match(text) or marks.begins_addressees(text):
        return True
    office = marks.is_capitals(line.text) and _OFFICES.match(text) is not None
    return bool(taken) and (marks.is_rule(line.text) or office)


@dataclass(frozen=True, slots=True)
class _Block:
    """How the text below the head is set: margins and the distance from line to line."""

    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Block:
        steps = [b.box.middle[1] - a.box.middle[1] for a, b in zip(lines, lines[1:], strict=False)]
        close = [s for s in steps if s > 0.25 * lines[0].box.height]
        return cls(
            left=_share([line.box.x0 for line in lines], 0.25),
            right=_share([line.box.x1 for line in lines], 0.75),
            pitch=median(close) if close else lines[0].box.height * 1.3,
        )

    def is_apart(self, last: Line, line: Line, taken: Sequence[Line]) -> bool:
        """Whether a wide space parts `line` from `last`, against the subject's own spacing where it has two lines."""
        step = line.box.middle[1] - last.box.middle[1]
        if not taken:
            return step > _WIDE_AFTER_TITLE * self.pitch
        own = taken[1].box.middle[1] - taken[0].box.middle[1] if len(taken) > 1 else self.pitch
        return step > _WIDE * min(self.pitch, own)

    def is_paragraph(self, line: Line) -> bool:
        """Whether `line` reaches the right margin without being centred: an indented first line of the body."""
        return (
            line.box.x1 >= self.right - 0.015
            and abs((line.box.x0 - self.left) - (self.right - line.box.x1)) > 0.03
        )


def _share(values: Sequence[float], share: float) -> float:
    """The value below which that share of `values` lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
