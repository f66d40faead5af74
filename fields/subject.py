"""Find the subject (trích yếu): the lines under the title, or after `V/v` under the number.

`V/v` and `Về việc` stay as printed. The subject stops at a rule, a wide space, `Kính gửi`, a legal basis or
the body.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from documents.looks import Alphabet, SecondLook, SecondReading
from documents.page import Line, Paper, Word, around
from documents.reading import FieldName, FieldReading, Found
from documents.syllables import is_spelled_right
from documents.text import fold, same_tone, tidy
from fields.layer import page_source
from fields.layout import Layout
from fields.verdict import checked, doubted

_LETTERS_FOR_A_SLIP = 40
"""Two readings of a subject may differ in one letter for so many, marks aside."""
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
        found=Found(text, 1, box, page_source(paper)),
        lines=lines,
        closed=head.subject_closed,
        overprinted=_is_overprinted(paper, layout, lines),
    )


def list_subject_looks(finding: SubjectFinding | None) -> tuple[SecondLook, ...]:
    """Return the lines of the subject, each to be read again; none where they are the file's own text."""
    lines = finding.lines if finding else ()
    if _is_own_text(lines):
        return ()
    return tuple(SecondLook(FieldName.SUBJECT, 1, line.box, Alphabet.TEXT) for line in lines)


def check_subject(
    finding: SubjectFinding | None, answers: Sequence[SecondReading], *, title_seen: bool
) -> FieldReading:
    """Return the subject checked when its end was seen and its words are certain.

    Two readings that agree make them certain, also under a stamp whose ink was taken off, and so does the
    file's own text where nothing lies over it. An engine's percentages settle nothing.
    """
    name = FieldName.SUBJECT
    if finding is None:
        return doubted(name, None, "Không thấy trích yếu nội dung.")
    if not finding.closed:
        return doubted(name, finding.found, "Chưa chắc trích yếu kết thúc ở đâu.")
    start = "Trích yếu đứng dưới tên loại." if title_seen else "Trích yếu bắt đầu bằng V/v."
    seen = (start, "Đã thấy chỗ kết thúc trích yếu.")
    again = _read_again(finding, answers)
    if again is not None and _letters(again) == _letters(" ".join(line.text for line in finding.lines)):
        return checked(name, finding.found, *seen, "Hai lần đọc cùng cho một trích yếu.")
    if finding.overprinted:
        return doubted(name, finding.found, "Có dấu hoặc chữ khác đè lên trích yếu.")
    if _is_own_text(finding.lines):
        return checked(name, finding.found, *seen, "Trích yếu lấy từ chữ có sẵn trong tệp.")
    if again is not None and _differ_in_marks(again, " ".join(line.text for line in finding.lines)):
        better = replace(finding.found, value=_better_spelled(str(finding.found.value), again))
        return checked(name, better, *seen, "Hai lần đọc cho cùng một trích yếu, chỉ khác vài dấu.")
    if again is not None:
        return doubted(name, finding.found, f"Hai lần đọc trích yếu khác nhau; lần sau đọc “{again}”.")
    if not _are_clear([w for line in finding.lines for w in line.words]):
        return doubted(name, finding.found, "Trích yếu có chữ đọc chưa rõ.")
    return doubted(name, finding.found, "Trích yếu mới đọc được một lần.")


def _differ_in_marks(again: str, first: str) -> bool:
    """Whether two readings have the same words and numbers, but for marks and a letter in forty."""
    one, other = fold(again), fold(first)
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    one, other = (re.sub(r"[\W_]+", "", text) for text in (one, other))
    return Levenshtein.distance(one, other) <= len(other) // _LETTERS_FOR_A_SLIP


def _better_spelled(first: str, again: str) -> str:
    """`first`, its words that are no syllables exchanged for the other reading's, where that one is."""
    words, others = first.split(), again.split()
    if len(words) != len(others):
        return first
    return " ".join(
        o
        if w != o and fold(w) == fold(o) and w.isalpha() and is_spelled_right(o) and not is_spelled_right(w)
        else w
        for w, o in zip(words, others, strict=True)
    )


def _is_own_text(lines: Sequence[Line]) -> bool:
    """Whether every word is the file's own text: an engine gives each of its words a confidence."""
    return all(word.confidence is None for line in lines for word in line.words)


def _read_again(finding: SubjectFinding, answers: Sequence[SecondReading]) -> str | None:
    """The subject as the second reader has it; None when it did not see every line."""
    said = {a.look.box: a.text for a in answers if a.look.field is FieldName.SUBJECT}
    texts = [said.get(line.box) for line in finding.lines]
    return " ".join(t for t in texts if t) if texts and all(texts) else None


def _letters(text: str) -> str:
    """What two readings must have in common: letters with their marks and digits, no signs, no spaces."""
    return "".join(c for c in same_tone(tidy(text)).casefold() if c.isalnum())


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
    """Whether no word of two letters or more was read with doubt."""
    said = [w.confidence for w in words if w.confidence is not None and sum(c.isalnum() for c in w.text) >= 2]
    return bool(said) and min(said) >= _LEAST_WORD and sum(said) / len(said) >= _LEAST_MEAN
