"""Title and subject in the middle of the page (ô số 5a): `KẾ HOẠCH` and the lines under it.

The subject ends at a rule, a wide space, `Kính gửi`, a legal basis, the office that decides (`GIÁM ĐỐC SỞ Y
TẾ`), or the first paragraph of the body.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 5.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from documents.page import Line, Word
from documents.text import fold
from fields import marks
from fields.columns import split_at_gaps
from fields.type_names import TypeName, find_type_name

_OPENERS = re.compile(
    r"\W{0,3}(?:kinh (?:gui|moi|thua|trinh)|can cu\b|dieu 1\b|chuong [i1l]\b|phan (?:i|thu nhat)\b"
    r"|[i1l]{1,2}\s?[.)/]\s|theo de nghi|xet de nghi|xet to trinh)"
)
"""Words that open the part after the subject."""
_OFFICES = re.compile(
    r"\W{0,3}(?:chu tich|bo truong|giam doc|tong giam doc|thu truong|hieu truong|uy ban|hoi dong|truong"
    r"|cuc truong|chanh an|vien truong|quoc hoi|chinh phu|ban |so |thu tuong|chi cuc|tong cuc|vien "
    r"|benh vien|cong an|bo )"
)
_WIDE, _WIDE_AFTER_TITLE = 1.6, 2.9
"""Line pitches of space that part the subject from what follows, and the title from no subject."""

_CENTRED = 0.01
"""How far the middle of a centred line is from the title's at most; an indent moves it by twice as much."""
_SURE = 60.0
"""Confidence from which a lone sign is printed, not a stain."""
_CLOSE = 1.35
"""Up to so many of its own line pitches below the subject, a line may belong to it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Title and subject; `closed` says that the end of the subject was seen."""

    title: Line
    subject: tuple[Line, ...]
    closed: bool


def find_title(line: Line, aspect: float) -> TypeName | None:
    """Return the title on `line`, also beside the remains of a stamp; None when there is none."""
    named = [name for piece in split_at_gaps(line, aspect) if (name := find_type_name(piece))]
    return named[0] if named else find_type_name(line)


def find_heading(lines: Sequence[Line], aspect: float) -> Heading | None:
    """Return title and subject when the first of `lines` is a title; None otherwise.

    Lines beside the title's middle (a stamp in the left margin) are passed over.
    """
    title = find_title(lines[0], aspect) if lines else None
    if title is None:
        return None
    middle = (lines[0] if title.tail else title.line).box.middle[0]
    block = _Block.of(lines)
    taken: list[Line] = [title.tail] if title.tail else []
    last = title.line
    is_whole = True
    for line in lines[1:]:
        beside = not line.box.x0 - 0.02 <= middle <= line.box.x1 + 0.02
        if _opens_next_part(line) or (not beside and block.ends_subject(last, line, taken, middle)):
            run_on = bool(taken) and _may_run_on(line, [title.line, *taken], middle)
            return Heading(title.line, tuple(taken), bool(taken) and is_whole and not run_on)
        if beside or marks.is_speckle(line.text):
            is_whole = is_whole and not (taken and _is_last_word(line, last, middle))
            continue
        if clean := marks.trim_noise(_within_frame(line, middle)):
            taken.append(clean)
            last = line
    return Heading(title.line, tuple(taken), False)


def _within_frame(line: Line, middle: float) -> Line:
    """The part of a line around `middle` when the frame of a stamp was read as bars in it."""
    pieces: list[list[Word]] = [[]]
    for word in line.words:
        if word.text.strip("[]|"):
            pieces[-1].append(word)
        else:
            pieces.append([])
    parts = [Line(tuple(piece)) for piece in pieces if piece]
    return next((part for part in parts if part.box.x0 <= middle <= part.box.x1), line)


def _is_last_word(line: Line, last: Line, middle: float) -> bool:
    """Whether a lone sign under the subject may be its last word: `II` is read as H."""
    sure = all(word.confidence is None or word.confidence >= _SURE for word in line.words)
    is_sign = any(c.isalnum() for c in line.text) and line.box.height >= 0.5 * last.box.height
    return sure and is_sign and abs(line.box.middle[0] - middle) <= _CENTRED


def _may_run_on(line: Line, above: Sequence[Line], middle: float) -> bool:
    """Whether `line`, which seems to end the subject, may be more of it: about the same middle, and close.

    `above` are the title and the subject. A line of the subject may begin as a next part does (`Điều 1 Quyết
    định số …`, `SỞ Y TẾ NĂM 2018`), or stand under a space that is none.
    """
    if abs(line.box.middle[0] - middle) > _CENTRED or marks.begins_addressees(line.text):
        return False
    if marks.is_rule(line.text) or line.text.lstrip().startswith("("):
        return False
    if not (_opens_next_part(line) or marks.is_capitals(line.text)):
        return True
    first, second = above[-2:] if len(above) == 2 else above[1:3]
    own = second.box.middle[1] - first.box.middle[1]
    return line.box.middle[1] - above[-1].box.middle[1] < _CLOSE * own


def _opens_next_part(line: Line) -> bool:
    return _OPENERS.match(fold(line.text)) is not None or marks.begins_addressees(line.text)


@dataclass(frozen=True, slots=True)
class _Block:
    """How the text below the head is set: its margins and the distance from line to line."""

    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Block:
        steps = [b.box.middle[1] - a.box.middle[1] for a, b in itertools.pairwise(lines)]
        close = [step for step in steps if step > 0.25 * lines[0].box.height]
        return cls(
            left=_share([line.box.x0 for line in lines], 0.25),
            right=_share([line.box.x1 for line in lines], 0.75),
            pitch=median(close) if close else lines[0].box.height * 1.3,
        )

    def ends_subject(self, last: Line, line: Line, taken: Sequence[Line], middle: float) -> bool:
        """Whether `line` is no subject any more: a wide space before it, a rule, an office, a paragraph.

        `middle` is the title's, about which a subject is centred.
        """
        step = line.box.middle[1] - last.box.middle[1]
        if not taken:
            return step > _WIDE_AFTER_TITLE * self.pitch
        own = taken[1].box.middle[1] - taken[0].box.middle[1] if len(taken) > 1 else self.pitch
        office = marks.is_capitals(line.text) and _OFFICES.match(fold(line.text)) is not None
        return (
            step > _WIDE * min(self.pitch, own)
            or office
            or marks.is_rule(line.text)
            or (self._is_paragraph(line) and abs(line.box.middle[0] - middle) > _CENTRED)
        )

    def _is_paragraph(self, line: Line) -> bool:
        """Whether `line` reaches the right margin without being centred: the body's first line."""
        lean = abs((line.box.x0 - self.left) - (self.right - line.box.x1))
        return line.box.x1 >= self.right - 0.015 and lean > 0.03


def _share(values: Sequence[float], share: float) -> float:
    """The value below which that share of `values` lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
