"""Find whom the letter is addressed to (`Kính gửi:`), one a line.

For `fields.read`: `find_addressees(layout)`, `list_addressee_looks(found)` and
`check_addressees(found, answers, is_letter=...)`.

Several addressees stand behind dashes, each closed by a semicolon, under or beside `Kính gửi:`; a single
one stands on the same line and may run over. The block ends at the body: a line back at the margin, or a
wide space.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 9 (ô số 9a).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from documents.looks import LETTERS_ONLY, Alphabet, SecondLook, SecondReading
from documents.page import Box, Line, Source, Word, around
from documents.reading import FieldName, FieldReading, Found
from documents.text import fold
from fields.layout import Layout
from fields.recipient_rows import Again, agree
from fields.running_text import undouble
from fields.verdict import checked, doubted

_DASH = re.compile(r"^[\W_]*[-–—~•*=«+]+\s*(?=\w)")
_CLOSED = re.compile(r"[;.]\W*$")
_LABEL = re.compile(r"^.{0,6}g?[ưửứuúüůù]*i?\s?:\s*")
_JOINT = re.compile(r"[;,.:\s]+")
"""What may stand between two addressees."""
_BESIDE, _ABOVE = 0.01, 0.004
"""Paper around the block for the second look, in fractions of the page."""
_MOST_LINES = 14
_LEAST_CONFIDENCE = 60.0
_BEGINNING = re.compile(
    r"(?:Các|Sở|Bộ|Ủy|UBND|Ban|Phòng|Cục|Cổng|Công|Trung tâm|Giám đốc|Thủ trưởng|Chủ tịch|Trưởng"
    r"|Hội|Ông|Bà)\b"
)
_OPENERS = re.compile(r"\W{0,3}(?:can cu|thuc hien|theo |ngay \d|de |hoi \d|trien khai|nham|phuc dap|xet )")


def find_addressees(layout: Layout, source: Source = Source.OCR) -> Found | None:
    """Return the addressees as printed, or None when page 1 has no `Kính gửi` that can be read."""
    page = layout.page(1)
    if page is None:
        return None
    for at, line in enumerate(page.lines):
        for start in range(min(6, len(line.words) - 1)):
            if _is_label(line.words[start : start + 2]):
                lines = _block(Line(line.words[start:]), page.lines[at + 1 :])
                items = _join(lines)
                box = around(piece.box for piece in lines) if items else None
                return Found(items or None, 1, box or line.box, source)
    return None


def list_addressee_looks(found: Found | None) -> tuple[SecondLook, ...]:
    """Where the block should be read a second time; nowhere when it is the file's own text or not there."""
    if found is None or found.value is None or found.page is None or found.box is None:
        return ()
    if found.source is Source.TEXT_LAYER:
        return ()
    box = found.box
    wider = Box(
        max(box.x0 - _BESIDE, 0.0),
        max(box.y0 - _ABOVE, 0.0),
        min(box.x1 + _BESIDE, 1.0),
        min(box.y1 + _ABOVE, 1.0),
    )
    return (SecondLook(FieldName.ADDRESSEES, found.page, wider, Alphabet.LIST),)


def check_addressees(
    found: Found | None, answers: Iterable[SecondReading] = (), *, is_letter: bool
) -> FieldReading:
    """Return the addressees; checked when both readers see the same, a letter without any is to be seen."""
    name = FieldName.ADDRESSEES
    if found is None:
        if is_letter:
            return doubted(name, None, "Công văn mà không thấy dòng “Kính gửi”.")
        return FieldReading(name=name)
    if found.value is None:
        return doubted(name, found, "Sau “Kính gửi” chưa đọc được, có thể viết tay.")
    if found.source is Source.TEXT_LAYER:
        return checked(name, found, "Nơi gửi lấy từ chữ có sẵn trong tệp.")
    second = next((_as_one(a.text) for a in answers if a.look.field is name and a.text), None)
    if second is None:
        return doubted(name, found, "Dòng “Kính gửi” mới đọc được một lần.")
    if isinstance(found.value, list) and agree(_JOINT.sub(" ", " ".join(map(str, found.value))), second):
        return checked(name, found, "Hai máy đọc cho cùng nơi gửi đến.")
    return doubted(name, found, "Hai lần đọc nơi gửi đến khác nhau ở vài chữ.")


def _as_one(answer: str) -> Again:
    """The rows of a second look as one text without label and dashes, and what the recogniser saw of them."""
    rows = [row for row in answer.splitlines() if row.strip()]
    texts = [row for row in rows if not row.startswith(LETTERS_ONLY)]
    letters = [row.removeprefix(LETTERS_ONLY) for row in rows if row.startswith(LETTERS_ONLY)]
    text = " ".join(_DASH.sub("", undouble(_LABEL.sub("", row)), count=1) for row in texts)
    seen = fold(" ".join(_LABEL.sub("", row) for row in letters)) if len(letters) == len(texts) else None
    return Again(_JOINT.sub(" ", text), seen)


def _is_label(words: tuple[Word, ...]) -> bool:
    text = fold(Line(words).text).lstrip(" .,'`-|(")
    return fuzz.ratio(text[:9].rstrip(" :;.,-"), "kinh gui") >= 85


def _block(first: Line, below: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of the block, the first without its label."""
    rest = first.words[2:]
    taken = [Line(rest)] if rest and any(c.isalnum() for c in Line(rest).text) else []
    last = first
    for line in sorted(below, key=lambda line: line.box.middle[1])[:_MOST_LINES]:
        if line.box.middle[1] < first.box.middle[1] + 0.3 * first.box.height:
            continue
        if _ends_block(line, first, last, closed=bool(taken) and taken[-1].text.rstrip().endswith(".")):
            break
        taken.append(line)
        last = line
    return tuple(taken)


def _ends_block(line: Line, first: Line, last: Line, *, closed: bool) -> bool:
    wide = line.box.y0 - last.box.y1 > 1.3 * first.box.height
    at_margin = line.box.x0 < first.box.x0 - 0.03 and not _DASH.match(line.text)
    return closed or wide or at_margin or _OPENERS.match(fold(line.text)) is not None


def _join(lines: Sequence[Line]) -> list[str]:
    items: list[str] = []
    dashed = any(_DASH.match(line.text) for line in lines)
    for line in lines:
        if not _is_legible(line):
            continue
        text = _DASH.sub("", line.text, count=1)
        has_dash = text != line.text
        goes_on = (
            bool(items)
            and not has_dash
            and (dashed or not _begins_anew(text))
            and not _CLOSED.search(items[-1])
        )
        if goes_on:
            items[-1] += f" {text}"
        else:
            items.append(text)
    return [clean for item in items if (clean := undouble(item).strip(" ;.,:-–—~|_'`“”\""))]


def _begins_anew(text: str) -> bool:
    """Whether a line without dash names an addressee of its own: it begins with a body's or head's word."""
    return _BEGINNING.match(text) is not None


def _is_legible(line: Line) -> bool:
    """Not a dotted place filled by hand."""
    marks = [w.confidence for w in line.words if w.confidence is not None]
    letters = sum(c.isalpha() or c.isspace() for c in line.text)
    sure = not marks or sum(marks) / len(marks) >= _LEAST_CONFIDENCE
    return sure and letters >= 0.7 * len(line.text)
