"""Find heads of official papers anywhere on a page: a second one may be another document in the same file.

Forms and annexes repeat the national heading too. A head counts as a document's own when it is filled in: its
`Số: …/…` and its `ngày … tháng …` stand there, one with digits. What is headed as an annex or a form, or says
what it is attached to, is none.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clauses 1 to 4; clause 10 for annexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.page import Box, Line, Page, around
from documents.text import fold
from fields import marks
from fields.annexes import is_attachment, is_heading
from fields.columns import split_at_gaps
from fields.layout import is_panel
from fields.number_line import Parts, split_line

_ABOVE, _BELOW = 0.035, 0.16
"""How far above and below the national heading its head reaches, in fractions of the page's height."""
_HEADED_ABOVE = 0.08
"""How far above it a form says that it is one."""
_HALF = 0.55
"""How wide a head is at most beside the middle of its national heading, in fractions of the page's width."""
_MONTH = re.compile(r"\bth\w{2,3}\W{0,3}[0-9oil|]{1,3}\b.{0,20}\bn[a-z]m\W{0,3}(?:19|20)?\d{2}")
_DOTS = re.compile(r"\.{3}|…|_{3}|(?:\. ){3}")


@dataclass(frozen=True, slots=True)
class OtherHead:
    """A head: its page, its national heading, and the lines of its number and of its date."""

    page: int
    nation: Box
    number: Line | None
    date: Line | None
    is_filled: bool
    """Whether number or date are written in, which they are on no form."""

    @property
    def parts(self) -> Parts | None:
        """The number line taken apart."""
        return split_line(self.number.text) if self.number else None

    @property
    def told(self) -> str:
        """Number and date as read, to show a person which head is meant."""
        return ", ".join(line.text.strip(" .,;") for line in (self.number, self.date) if line)


def find_heads(page: Page) -> tuple[OtherHead, ...]:
    """Return every head on `page`, top to bottom; annexes and forms are left out."""
    aspect = page.width_px / page.height_px
    pieces = [piece for line in page.lines if not is_panel(line.text) for piece in _cut(line, aspect)]
    nations = _join_rows(_nation_of(piece) for piece in pieces)
    heads = (_read_head(page.number, nation, nations, pieces) for nation in nations)
    return tuple(head for head in heads if head)


def _cut(line: Line, aspect: float) -> tuple[Line, ...]:
    """The columns of a line: cut at wide spaces, before the national heading and before the date."""
    pieces: list[Line] = []
    for piece in split_at_gaps(line, aspect):
        run = marks.find_run(piece.words, marks.NATION) or marks.find_run(piece.words, marks.MOTTO)
        at = run.start if run else _place_of_date(piece)
        pieces.extend(Line(words) for words in (piece.words[:at], piece.words[at:]) if words)
    return tuple(pieces)


def _place_of_date(piece: Line) -> int:
    """Where the date begins on a line that runs from the number to it: behind the notation."""
    if not marks.is_number_label(piece.text) or not marks.is_date_line(piece.text):
        return 0
    slash = next((i for i, word in enumerate(piece.words) if re.search(r"[/\\]", word.text)), None)
    return 0 if slash is None else slash + 1


def _nation_of(piece: Line) -> Box | None:
    """The place of Quốc hiệu or Tiêu ngữ in `piece`; the first is in capitals, in a sentence it is not."""
    if (run := marks.find_run(piece.words, marks.NATION)) and run.start == 0:
        nation = Line(piece.words[run.start : run.end])
        return nation.box if marks.is_capitals(nation.text) else None
    run = marks.find_run(piece.words, marks.MOTTO)
    return piece.box if run and run.start == 0 and run.end >= len(piece.words) - 2 else None


def _join_rows(boxes: Iterable[Box | None]) -> list[Box]:
    """Quốc hiệu and the Tiêu ngữ under it as one heading, top to bottom."""
    joined: list[Box] = []
    for box in sorted((b for b in boxes if b), key=lambda b: b.y0):
        near = next((i for i, other in enumerate(joined) if _is_under(box, other)), None)
        if near is None:
            joined.append(box)
        else:
            joined[near] = around((joined[near], box))
    return joined


def _is_under(box: Box, other: Box) -> bool:
    beside = min(box.x1, other.x1) - max(box.x0, other.x0) > 0
    return beside and box.y0 - other.y1 < 2 * _ABOVE


def _read_head(page: int, nation: Box, nations: Sequence[Box], pieces: Sequence[Line]) -> OtherHead | None:
    floor = min(
        (n.y0 - _ABOVE / 2 for n in nations if n.y0 > nation.y1 and _is_level_with(n, nation)),
        default=1.0,
    )
    near = [
        piece
        for piece in pieces
        if nation.y0 - _ABOVE <= piece.box.middle[1] <= min(nation.y1 + _BELOW, floor)
        and abs(piece.box.middle[0] - nation.middle[0]) < _HALF
    ]
    above = [p for p in pieces if nation.y0 - _HEADED_ABOVE <= p.box.middle[1] < nation.y0]
    if any(is_heading(p.text) for p in (*above, *near)) or any(is_attachment(p.text) for p in near):
        return None
    # Of two heads side by side each has the nearest lines.
    near.sort(key=lambda piece: abs(piece.box.middle[0] - nation.middle[0]))
    number = next((p for p in near if marks.is_number_label(p.text) and re.search(r"[/\-\d]", p.text)), None)
    date = next((p for p in near if marks.is_date_line(p.text) and _stands_alone(p, number)), None)
    return OtherHead(page, nation, number, date, _is_filled(number, date))


def _is_level_with(one: Box, other: Box) -> bool:
    return abs(one.middle[0] - other.middle[0]) < _HALF / 2


def _stands_alone(piece: Line, number: Line | None) -> bool:
    """Whether a date line is `<place>, ngày …`, not a sentence with a date."""
    return piece is not number and len(piece.words) <= 12


def _is_filled(number: Line | None, date: Line | None) -> bool:
    """Whether a document's own number and date stand there; a form has dots in one or the other."""
    parts = split_line(number.text) if number else None
    if parts is None or date is None or _DOTS.search(parts.printed) or _DOTS.search(date.text):
        return False
    return parts.number is not None or _MONTH.search(fold(date.text)) is not None
