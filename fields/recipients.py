"""Find the copy list (nơi nhận): its lines as printed, up to `Lưu: VT…`.

For `fields.read`: `find_recipients(layout)`; `fields.recipient_rows` reads it again and checks it.
`find_list_place(layout)` says where the list stands: the signature block is beside it.

The list stands under `Nơi nhận:` at the left, one addressee a line behind a dash, closed by a semicolon; a
line without a dash goes on with the one before it. The signature block at its right is cut off. Where the
label is lost under a seal, the list is found from its last line, `Lưu`.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 9 (ô số 9b).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.page import Box, Line, Source, Word, around
from documents.reading import Found
from documents.text import fold
from fields.annexes import list_own_pages
from fields.columns import split_at_gaps
from fields.layout import Layout, PageLayout
from fields.running_text import undouble

_DASH = re.compile(r"^[\W_]*[-–—~•*=“\"‹«+_.]+\s*(?=[\w(“\"+])")
_CLOSED = re.compile(r"[;.]\W*$")
_KEPT = re.compile(
    r"\W{0,4}(?:luu|lau|luvu|lưu)\b(?!\s(?:tru|hanh)\s(?!v[tp]\b)\w)\s?[:;.,]?\s?(?:v|h|t|c|k|p|s|n|\W|$)"
)
_FORMULAS = (
    (re.compile(r"\([đd][eêẻềếểé]\s(?=báo cáo|thực hiện|phối hợp|chỉ đạo|biết)"), "(để "),
    (re.compile(r"\([đd][eêẻềếểé]\s?[bl]\W?[/⁄íi]?\W?[ce]\)?$"), "(để b/c)"),
    (re.compile(r"\([đd][eêẻềếểé]\s?p\W?[/⁄íi]?\W?h\)?$"), "(để p/h)"),
    (re.compile(r"\([đd][eêẻềếểé]\s?t\W?[/⁄íi]?\W?h?\)?$"), "(để t/h)"),
    (re.compile(r"^Như\s?[dđ]i[eê]u(?=\s?\d)|^Như\s?[dđ]iều(?=\s?\d)", re.IGNORECASE), "Như Điều"),
    (re.compile(r"^[Nn]h[ưu]\s?tr[êe]n\b.{0,3}$"), "Như trên"),
    (re.compile(r"^[LlbB][ưuúù][uưũ](?=[\s:]*[VT])"), "Lưu"),
    (re.compile(r"^(Lưu\s?:?\s?)(?:V[TIỊ\[l1j]|ỨT|Vĩ|VTE)(?=[\s,.;]|$)"), r"\1VT"),
)
"""Formulas of every copy list, as OCR misreads them and as they are written."""
_TAIL = re.compile(r";\W+[^\W\d_A-ZĐ]{0,2}\W*$")
"""What a signature leaves behind the semicolon that closes a line."""
_MOST_LINES, _LONGEST_KEPT = 45, 70
_GAP = 1.15
_COLONS = frozenset(":;.,")


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a copy list stands: its page, its label (or first line), and its lines of the left column."""

    page: int
    label: Line
    lines: tuple[Line, ...]

    @property
    def box(self) -> Box:
        """The label and all lines."""
        return around(line.box for line in (self.label, *self.lines))


def find_recipients(layout: Layout, source: Source = Source.OCR) -> Found | None:
    """Return the lines of the copy list without dashes and semicolons, or None when there is no list."""
    place = find_list_place(layout)
    items = [item.text for item in join_items([line.text for line in place.lines])] if place else []
    return Found(items, place.page, place.box, source) if place and items else None


def is_kept(text: str) -> bool:
    """Whether `text` is the last line of a copy list: `Lưu: VT, …`."""
    return _KEPT.match(fold(text)) is not None and len(text) < _LONGEST_KEPT


def find_list_place(layout: Layout) -> ListPlace | None:
    """Return the first copy list before the annexes, or None."""
    for page in list_own_pages(layout):
        if place := _by_label(page) or _by_last_line(page):
            return place
    return None


def is_label(text: str) -> bool:
    """Whether `text` is `Nơi nhận:` and nothing more, as OCR may read it (`Nơi nhậm`, `Với nhận:`)."""
    bare = fold(text).strip(" .,:;-–_'`\"“|/")
    return 6 <= len(bare) <= 12 and fuzz.ratio(bare, "noi nhan") >= 75


def _by_label(page: PageLayout) -> ListPlace | None:
    for at, line in enumerate(page.lines):
        if label := _label_of(line, page.aspect):
            own = _list_lines(page, label, page.lines[at:])
            return ListPlace(page.number, label, own)
    return None


def _label_of(line: Line, aspect: float) -> Line | None:
    """The piece of `line` that is the label; the list may begin right after it."""
    first = split_at_gaps(line, aspect, _GAP)[0]
    for count in (1, 2, 3):
        if len(first.words) >= count and is_label(Line(first.words[:count]).text):
            rest = Line(first.words[count:]).text
            if not rest or rest[0] in "-–—:;.~=_“" or first.words[count - 1].text[-1] in ":;.":
                return Line(first.words[:count])
    return None


def _list_lines(page: PageLayout, label: Line, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines of the left column from the label down to `Lưu`."""
    own: list[Line] = []
    floor = label.box
    for line in sorted(lines, key=lambda line: line.box.middle[1]):
        words = _beside(line, label, page.aspect)
        piece = _left_piece(words, label.box.x0, label.box.height / page.aspect) if words else None
        if piece is None or piece.box.middle[1] < label.box.middle[1] - label.box.height:
            continue
        if piece.box.y0 - floor.y1 > 2.5 * label.box.height or len(own) >= _MOST_LINES:
            break
        own.append(piece)
        floor = piece.box
        if is_kept(piece.text):
            break
    return tuple(own)


def _beside(line: Line, label: Line, aspect: float) -> tuple[Word, ...]:
    """The words of `line` without the label; on the label's own line only what follows it closely."""
    words = tuple(w for w in line.words if w not in label.words)
    if len(words) == len(line.words) or not words:
        return words
    # The colon may stand apart from the label.
    words = tuple(itertools.dropwhile(lambda word: word.text in _COLONS, words))
    if not words:
        return words
    near = words[0].box.x0 - label.box.x1 < _GAP * label.box.height / aspect
    return words if near else ()


def _left_piece(words: Sequence[Word], left: float, unit: float) -> Line | None:
    """What of a line belongs to the list: from the left margin to the first wide space or closing semicolon.

    `unit` is the height of a line in fractions of the page's width. A crumb of the signature after a
    semicolon is cut off already at a smaller space.
    """
    if not left - 0.05 <= words[0].box.x0 <= left + 0.13:
        return None
    piece = Line(tuple(words))
    for i, (word, after) in enumerate(itertools.pairwise(words), 1):
        space = after.box.x0 - word.box.x1
        closed = word.text[-1] in ";.:" and (space > 0.65 * unit or not any(c.isalnum() for c in after.text))
        if (i > 1 and space >= _GAP * unit) or (i > 1 and closed):
            piece = Line(tuple(words[:i]))
            break
    piece = _trim(piece)
    return piece if any(c.isalnum() for c in piece.text) else None


def _trim(piece: Line) -> Line:
    words = list(piece.words)
    while len(words) > 1 and not any(c.isalnum() for c in words[-1].text):
        words.pop()
    return Line(tuple(words))


def _by_last_line(page: PageLayout) -> ListPlace | None:
    """The list found from `- Lưu: VT` upward: lines behind a dash at the same margin."""
    pieces = [
        piece
        for line in page.lines
        if (piece := _left_piece(line.words, line.box.x0, line.box.height / page.aspect))
        and piece.box.x0 < 0.4
    ]
    pieces.sort(key=lambda piece: piece.box.middle[1])
    at = next((i for i, p in enumerate(pieces) if is_kept(p.text) and _DASH.match(p.text)), None)
    if at is None:
        return None
    own = [pieces[at]]
    for piece in reversed(pieces[:at]):
        near = own[0].box.y0 - piece.box.y1 < 1.5 * piece.box.height
        if not near or abs(piece.box.x0 - own[0].box.x0) > 0.02 or not _DASH.match(piece.text):
            break
        own.insert(0, piece)
    return ListPlace(page.number, own[0], tuple(own)) if len(own) > 1 else None


@dataclass(frozen=True, slots=True)
class Item:
    """An addressee of the list, and the lines (counted from 0) that it was read from."""

    text: str
    lines: tuple[int, ...]


def join_items(lines: Sequence[str]) -> list[Item]:
    """Items of the list: a line behind a dash, or after a closed one, begins the next."""
    dashed = sum(_DASH.match(line) is not None for line in lines) * 2 >= len(lines)
    items: list[tuple[str, tuple[int, ...]]] = []
    for at, line in enumerate(lines):
        text = _DASH.sub("", line, count=1)
        has_dash = text != line
        last, rows = items[-1] if items else ("", ())
        goes_on = bool(items) and not _CLOSED.search(last)
        goes_on = goes_on and (text.startswith("+") or (dashed and not has_dash and not is_kept(line)))
        if goes_on:
            joint = "" if text.startswith("+") or last.endswith("+") else " "
            items[-1] = (f"{last}{joint}{text}", (*rows, at))
        else:
            items.append((text, (at,)))
    return [Item(clean, rows) for text, rows in items if (clean := _clean(text))]


def _clean(item: str) -> str:
    text = _TAIL.sub("", undouble(item)).strip().strip(";.,:_|~ˆ`'‘’“”\"=—–- ")
    if sum(c.isalnum() for c in text) < 2:
        return ""
    for pattern, formula in _FORMULAS:
        text = pattern.sub(formula, text)
    return text
