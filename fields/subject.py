"""Find the subject (trích yếu): the lines under the title, or after `V/v` under the number.

`V/v` and `Về việc` stay as printed. The subject stops at a rule, a wide space, `Kính gửi`, a legal basis or
the body.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.page import Line, Paper, Word, around
from documents.reading import FieldName, FieldReading, Found
from fields.layout import Layout
from fields.verdict import checked, doubted

_LEAST_WORD = 55.0
_LEAST_MEAN = 85.0
_LETTER_START = re.compile(r"^\W{0,3}[VvYJj]\W{0,2}[/⁄]+\W{0,2}[VvYyUu]?(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectFinding:
    """The subject, its lines, whether its end was seen, and whether something lies over it."""

    found: Found
    lines: tuple[Line, ...]
    closed: bool
    overprinted: bool


def find_subject(paper: Paper, layout: Layout) -> SubjectFinding | None:
    """Return the subject, or None when the head has none."""
    head = layout.head
    lines = head.subject if head.title else head.letter_subject
    if not lines:
        return None
    text = _LETTER_START.sub("V/v", _join(lines)) if head.title is None else _join(lines)
    box = around(line.box for line in lines)
    return SubjectFinding(
        found=Found(text, 1, box),
        lines=lines,
        closed=head.subject_closed,
        overprinted=_is_overprinted(paper, layout, lines),
    )


def check_subject(finding: SubjectFinding | None, *, title_seen: bool) -> FieldReading:
    """Return the subject checked when its end was seen and every word of it is clear and free."""
    name = FieldName.SUBJECT
    if finding is None:
        return doubted(name, None, "Không thấy trích yếu nội dung.")
    if not finding.closed:
        return doubted(name, finding.found, "Chưa chắc trích yếu kết thúc ở đâu.")
    if finding.overprinted:
        return doubted(name, finding.found, "Có dấu hoặc chữ khác đè lên trích yếu.")
    words = [w for line in finding.lines for w in line.words]
    if not _are_clear(words):
        return doubted(name, finding.found, "Trích yếu có chữ đọc chưa rõ.")
    start = "Trích yếu đứng dưới tên loại." if title_seen else "Trích yếu bắt đầu bằng V/v."
    return checked(
        name, finding.found, start, "Đã thấy chỗ kết thúc trích yếu.", "Mọi chữ đều đọc rõ, không bị đè."
    )


def _join(lines: Sequence[Line]) -> str:
    text = re.sub(r"\s+", " ", " ".join(line.text for line in lines))
    text = re.sub(r"\s+([,;.])", r"\1", text).strip(" '`|*_-~")
    return re.sub(r"^[\W_]*(?:V[ềêẽẻeệ]|Vé) ?việc\b", "Về việc", text).lstrip(",.;: ")


def _is_overprinted(paper: Paper, layout: Layout, lines: Sequence[Line]) -> bool:
    """Whether a stamp, seal or a set-aside line lies over the subject."""
    page = paper.page(1)
    laid = layout.page(1)
    over = [r.box for r in page.regions] if page else []
    over += [line.box for line in laid.set_aside] if laid else []
    return any(line.box.overlap(box) > 0.02 for line in lines for box in over)


def _are_clear(words: Sequence[Word]) -> bool:
    """Whether no word of two letters was read with doubt; words of the file's own text carry no doubt."""
    said = [w.confidence for w in words if w.confidence is not None and sum(c.isalnum() for c in w.text) >= 2]
    if not said:
        return all(w.confidence is None for w in words)
    return min(said) >= _LEAST_WORD and sum(said) / len(said) >= _LEAST_MEAN
