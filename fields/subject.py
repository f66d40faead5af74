"""Find the subject (trích yếu): the lines under the title, or after `V/v` under the number.

`V/v` and `Về việc` stay as printed. The subject stops at a rule, a wide space, `Kính gửi`, a legal basis or
the body.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Box, Line, Paper, Word, around
from documents.reading import FieldName, FieldReading, Found
from documents.syllables import count_sensible, is_spelled_right, is_syllable
from documents.text import fold, letters_of
from fields.agencies import restore_marks
from fields.agency_phrases import is_tone_lost, list_mistoned
from fields.layer import page_source
from fields.layout import Layout
from fields.verdict import checked, doubted
from fields.witnesses import Settled, settle

_LETTERS_FOR_A_MARK = 25
"""One word in so many letters may have its marks from one reading only."""
_LONE_LETTER = re.compile(r"[a-xzđ]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMERAL = re.compile(r"\W*(?:[IVXL]{2,5}|[1-9]\d{0,3})\W*")
"""What stands alone on the last line of `… giai đoạn` or `… khóa`; one `I` is a stroke."""
_LETTERED = frozenset(
    {"diem", "muc", "phan", "nhom", "loai", "hang", "khoan", "bac", "lop", "vitamin", "va", "hoac"}
)
"""Words after which a lone small letter is a name: `điểm a`."""
_OFF, _OFF_BESIDE = 0.05, 0.012
"""How far a line may be off the middle, as a share of the page's width: anywhere, and beside a stamp."""
_LEAST_UNREAD, _ROOM_AT_MOST = 2, 1.8
"""Vietnamese words that make a line, and how far below the last one another may end, in its heights."""
_AGREED = "Từng chữ của trích yếu có ít nhất hai lần đọc giống nhau."
_AGREED_BUT_MARKS = "Từng chữ của trích yếu có ít nhất hai lần đọc giống nhau, chỉ còn vài dấu chưa chắc."
_LEAST_WORD = 55.0
_RUBBISH = 50.0
_LEAST_MEAN = 85.0
_ABOUT = re.compile(r"^[\W_]*V[ềêẽẻeệèéếễểẹàa] ?vi[ệeêéẹ]c\b", re.IGNORECASE)
"""`Về việc`, however its marks were read: the phrase is fixed."""
_LETTER_START = re.compile(r"^\W{0,3}[VvYJj]\W{0,2}[/⁄]+\W{0,2}[VvYyUu]?(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectFinding:
    """The subject, its lines, whether its end was seen, and whether something lies over it.

    `cut`: a line is so far from the middle about which it was set that words of it must be missing. `below`
    is the space under the last line where one more would stand; None where there is no room or a stamp.
    """

    found: Found
    lines: tuple[Line, ...]
    is_letter: bool
    closed: bool
    overprinted: bool
    cut: bool
    below: Box | None


def find_subject(paper: Paper, layout: Layout) -> SubjectFinding | None:
    """Return the subject, or None when the head has none."""
    head = layout.head
    lines = head.subject if head.title else head.letter_subject
    if not lines:
        return None
    text = _join([line.text for line in lines], is_letter=head.title is None)
    box = around(line.box for line in lines)
    return SubjectFinding(
        found=Found(text, 1, box, page_source(paper)),
        lines=lines,
        is_letter=head.title is None,
        closed=head.subject_closed,
        overprinted=_is_overprinted(paper, layout, lines),
        cut=_is_cut(paper, layout, lines),
        below=_space_below(paper, layout, lines),
    )


def list_subject_looks(finding: SubjectFinding | None) -> tuple[SecondLook, ...]:
    """Return the lines of the subject, each to be read again; none where they are the file's own text.

    Where a line's second reading differs from the first, readers of other kinds read it too. The space below
    is looked at last, for a line that the first reading passed over.
    """
    lines = finding.lines if finding else ()
    if _is_own_text(lines):
        return ()
    field = FieldName.SUBJECT
    rows = [SecondLook(field, 1, line.box, Alphabet.TEXT, line.box, line.text) for line in lines]
    below = finding.below if finding else None
    return (*rows, *((SecondLook(field, 1, below, Alphabet.TEXT),) if below else ()))


def check_subject(
    finding: SubjectFinding | None,
    answers: Sequence[SecondReading],
    *,
    title_seen: bool,
    issuer: FieldReading | None = None,
) -> FieldReading:
    """Return the subject checked when its end was seen and its words are certain.

    Two readings that agree make them certain, also under a stamp whose ink was taken off, and so does the
    file's own text where nothing lies over it. Where two differ, more readers are heard and every word must
    have two witnesses. An engine's percentages settle nothing. Nor do readings settle a tone that a known
    phrase contradicts: coarse print loses it for all of them alike.
    """
    reading = _check_words(finding, answers, title_seen=title_seen)
    if finding is None or _is_own_text(finding.lines):
        return reading
    return _heed_phrases(reading, str(issuer.value) if issuer and issuer.checked else "")


def _heed_phrases(reading: FieldReading, issuer: str) -> FieldReading:
    """A tone lost in words of the issuer's own name comes back; any other unlike a known phrase is asked."""
    for printed, spelled in list_mistoned(str(reading.value)) if reading.checked else ():
        if not is_tone_lost(printed, spelled) or f" {spelled} " not in f" {issuer.lower()} ":
            why = f"Trích yếu có “{printed}”, thường viết là “{spelled}”; dấu có thể đọc sai."
            return replace(reading, checked=False, reason=why)
        reading = replace(
            reading,
            value=str(reading.value).replace(printed, restore_marks(printed, spelled)),
            evidence=(*reading.evidence, f"Dấu của “{spelled}” theo tên cơ quan ban hành."),
        )
    return reading


def _check_words(
    finding: SubjectFinding | None, answers: Sequence[SecondReading], *, title_seen: bool
) -> FieldReading:
    """The subject by its end, its lines and its readings alone."""
    name = FieldName.SUBJECT
    if finding is None:
        return doubted(name, None, "Không thấy trích yếu nội dung.")
    if not finding.closed:
        return doubted(name, finding.found, "Chưa chắc trích yếu kết thúc ở đâu.")
    start = "Trích yếu đứng dưới tên loại." if title_seen else "Trích yếu bắt đầu bằng V/v."
    seen = (start, "Đã thấy chỗ kết thúc trích yếu.")
    if finding.cut and not _is_own_text(finding.lines):
        return doubted(name, finding.found, "Trích yếu lệch khỏi giữa dòng, có thể bị che mất chữ.")
    if any(a.look.box == finding.below and _is_of_a_subject(a.text or "") for a in answers):
        return doubted(name, finding.found, "Dưới trích yếu còn một dòng chữ chưa đọc được.")
    again = _read_again(finding, answers)
    rows = _settle_rows(finding, answers)
    found = finding.found
    if rows:
        found = replace(found, value=_join([row.text for row in rows], is_letter=finding.is_letter))
    if _has_remains(str(found.value)):
        return doubted(name, found, "Trích yếu có chữ chỉ còn lại một phần.")
    if wrong := _not_a_syllable(str(found.value)):
        return doubted(name, found, f"Trích yếu có chữ “{wrong}” không thành tiếng Việt, có thể đọc sai.")
    if again is not None and letters_of(again) == letters_of(" ".join(line.text for line in finding.lines)):
        return checked(name, finding.found, *seen, "Hai lần đọc cùng cho một trích yếu.")
    if not finding.overprinted and _is_own_text(finding.lines):
        return checked(name, finding.found, *seen, "Trích yếu lấy từ chữ có sẵn trong tệp.")
    if finding.overprinted:
        return doubted(name, found, "Có dấu hoặc chữ khác đè lên trích yếu.")
    if rows and _are_certain(rows):
        loose = any(row.loose for row in rows)
        return checked(name, found, *seen, _AGREED_BUT_MARKS if loose else _AGREED)
    if again is not None:
        return doubted(name, found, f"Hai lần đọc trích yếu khác nhau; lần sau đọc “{again}”.")
    if not _are_clear([w for line in finding.lines for w in line.words]):
        return doubted(name, found, "Trích yếu có chữ đọc chưa rõ.")
    return doubted(name, found, "Trích yếu mới đọc được một lần.")


def _is_of_a_subject(text: str) -> bool:
    """Whether what was read below the subject is words, or the numeral that a last line may consist of."""
    return count_sensible([text]) >= _LEAST_UNREAD or _NUMERAL.fullmatch(text.strip()) is not None


def _has_remains(text: str) -> bool:
    """Whether a lone small letter stands where none can: the rest of a word that something covers."""
    words = ["", *text.split()]
    return any(
        _LONE_LETTER.fullmatch(word) is not None and fold(before) not in _LETTERED
        for before, word in pairwise(words)
    )


def _not_a_syllable(text: str) -> str | None:
    """A small word with marks that no Vietnamese syllable has, or without the tone that its end demands.

    Names are written as their bearers do, and words without marks may be of another language.
    """
    small = [word for word in _WORD.findall(text) if word.islower()]
    return next((w for w in small if not is_spelled_right(w) and (not w.isascii() or is_syllable(w))), None)


def _settle_rows(finding: SubjectFinding, answers: Sequence[SecondReading]) -> tuple[Settled, ...]:
    """Each line as all its readings have it; nothing where a line was read only once."""
    rows = []
    for line in finding.lines:
        said = [a for a in answers if a.look.field is FieldName.SUBJECT and a.look.box == line.box and a.text]
        by_kind = [a.text for a in said if a.reader == SecondReader.ROW]
        texts = [line.text, *(str(a.text) for a in said if a.reader != SecondReader.ROW)]
        if len(texts) < 2:
            return ()
        rows.append(settle(texts, by_kind[0] if by_kind else None))
    return tuple(rows)


def _are_certain(rows: Sequence[Settled]) -> bool:
    letters = sum(len(letters_of(row.text)) for row in rows)
    return all(row.certain for row in rows) and sum(r.loose for r in rows) <= letters // _LETTERS_FOR_A_MARK


def _is_own_text(lines: Sequence[Line]) -> bool:
    """Whether every word is the file's own text: an engine gives each of its words a confidence."""
    return all(word.confidence is None for line in lines for word in line.words)


def _read_again(finding: SubjectFinding, answers: Sequence[SecondReading]) -> str | None:
    """The subject as the second reader has it; None when it did not see every line."""
    said = {
        a.look.box: a.text
        for a in answers
        if a.look.field is FieldName.SUBJECT and a.reader == SecondReader.AGAIN
    }
    texts = [said.get(line.box) for line in finding.lines]
    return " ".join(t for t in texts if t) if texts and all(texts) else None


def _join(texts: Sequence[str], *, is_letter: bool) -> str:
    text = re.sub(r"\s+", " ", " ".join(texts))
    text = re.sub(r"\s+([,;.])", r"\1", text).strip(" '`|*_-~")
    text = _ABOUT.sub(_as_printed, text).lstrip(",.;: ")
    return _LETTER_START.sub("V/v", text) if is_letter else text


def _as_printed(about: re.Match[str]) -> str:
    """`Về việc` with its marks, in capitals where it was printed so."""
    return "VỀ VIỆC" if about[0].isupper() else "Về việc"


def _is_overprinted(paper: Paper, layout: Layout, lines: Sequence[Line]) -> bool:
    """Whether a stamp, seal or a set-aside line lies over the subject."""
    page = paper.page(1)
    laid = layout.page(1)
    over = [r.box for r in page.regions] if page else []
    over += [line.box for line in laid.set_aside] if laid else []
    return any(line.box.overlap(box) > 0.02 for line in lines for box in over)


def _is_cut(paper: Paper, layout: Layout, lines: Sequence[Line]) -> bool:
    """Whether words are missing at an end: a line off the middle, less far beside a stamp than elsewhere."""
    head = layout.head
    single = (head.title,) if head.title else (head.number, *head.issuer)
    middles = [line.box.middle[0] for line in single if line]
    page = paper.page(1)
    beside = [r.box for r in page.regions] if page else []
    for line in lines if middles else ():
        off = min(abs(line.box.middle[0] - middle) for middle in middles)
        y = line.box.middle[1]
        if off > (_OFF_BESIDE if any(box.y0 < y < box.y1 for box in beside) else _OFF):
            return True
    return False


def _space_below(paper: Paper, layout: Layout, lines: Sequence[Line]) -> Box | None:
    """Where one more line of the subject would stand; None where there is no room or a stamp."""
    last, page, laid = lines[-1].box, paper.page(1), layout.page(1)
    left, right = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
    under = [
        line.box.y0
        for line in (laid.lines if laid else ())
        if line.box.y0 > last.middle[1]
        and line.box.x0 < right
        and line.box.x1 > left
        and not _is_rubbish(line)
    ]
    end = min((*under, last.y1 + _ROOM_AT_MOST * last.height))
    space = Box(left, last.y1 + 0.1 * last.height, right, max(end - 0.1 * last.height, last.y1))
    if space.height < last.height or (page and any(space.overlap(r.box) > 0 for r in page.regions)):
        return None
    return space


def _is_rubbish(line: Line) -> bool:
    """Whether a line has letters, but none was read with any trust: words may have been lost in it."""
    best = max((100.0 if w.confidence is None else w.confidence for w in line.words), default=0.0)
    return best < _RUBBISH and any(c.isalnum() for c in line.text)


def _are_clear(words: Sequence[Word]) -> bool:
    """Whether no word of two letters or more was read with doubt."""
    said = [w.confidence for w in words if w.confidence is not None and sum(c.isalnum() for c in w.text) >= 2]
    return bool(said) and min(said) >= _LEAST_WORD and sum(said) / len(said) >= _LEAST_MEAN
