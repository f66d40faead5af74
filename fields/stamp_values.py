"""Read the values of an arrival stamp by its labels: `Số:`, `Ngày:`, `Chuyển:`.

Rows: name of the receiving office / `ĐẾN` with `Số` and `Ngày` at its right / `Chuyển` / `Số và ký hiệu
HS`. Older stamps have `Lưu hồ sơ số` or `Giờ`, or no number at all. Values are mostly written by hand on
dotted lines. What does not read as a plain number, a day or a name is left unread: a guess in a stamp costs
more than a question.

Source: Decree 30/2020/NĐ-CP, Appendix IV, form V; Circular 07/2012/TT-BNV, Appendix I (two digits of the
year).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.page import Box, Line, Word, around
from documents.text import fold
from fields import marks
from fields.running_text import PlacedLine, RunningText, fold_in_place, run_on
from fields.stamp_words import is_arrived
from fields.when import DAY, HOUR, WrittenDay, read_day

_LABELS = re.compile(
    r"(?<![a-z])(?:"
    r"(?P<file>so\s+(?:va\s+)?ky\s+hieu(?:\s+(?:hs|ho\s+so))?|luu\s+ho\s+so(?:\s+so)?|ho\s+so\s+so)\s*[:.]?"
    r"|(?P<forward>(?:kinh\s+)?chuy(?:en|\w{1,3}(?=\s*:)))\s*(?::|[.;,](?=[\s.])|(?<=\n.{6})(?=\s))"
    r"|(?P<date>ng[ao]?y|gay)\s*[:.;,]?(?=[\s\d.…])"
    r"|(?P<hour>gio)\s*[:.;]"
    r"|(?P<number>so\s*(?:[:;,]|(?=[\d.…]))|s[aeu]\s*:))"
)
_AFTER_FORWARD = re.compile(
    r"(?<=\n)(?:so\s+(?:va\s+)?ky\s+hieu|luu\s+ho\s+so|ho\s+so\s+so|so\s*:|ngay\s*:|gio\s*:)"
)
_NOWHERE = Box(0.0, 0.0, 1.0, 1.0)
# Accents by themselves count as letters (U+02B0 to U+02FF); engines see them in specks.
_NOISE = r"[\W_\u02b0-\u02ff]*"
_NUMBER = re.compile(rf"{_NOISE}(?P<digits>\d{{1,6}}){_NOISE}")
_DATE = re.compile(
    rf"{_NOISE}(?P<day>{DAY}|\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{2}}){_NOISE}(?:{HOUR})?{_NOISE}"
)
_SHORT_YEAR = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{2})(?!\d)")

_TITLE = r"(?:[đd]\s?/\s?c|[đd]\.\s?c|[đd]c|đồng\s+chí|ông|bà|anh|chị)(?![^\W\d_])"
_CUT = re.compile(
    rf"(?P<keep>\([^()]*\)|(?<!\w){_TITLE}|(?<!\w)(?:ph?/h|[bk]/b|[bt]/[ch]|c/t|đ/b|g/q|t/m|x/l|n/c)(?!\w))"
    r"|(?P<cut>[,;+→⇒\n]|=>|->|\s[-–—&]\s|/)",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"(?<!\w){_TITLE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What stands after a label: its words, their place, and the place where a second reader should look."""

    words: tuple[Word, ...]
    box: Box

    @property
    def digits(self) -> tuple[Word, ...]:
        """The words that hold a digit."""
        return tuple(word for word in self.words if any(c.isdigit() for c in word.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One arrival stamp as read.

    A row is None when its label was not seen; a value is None when the row could not be read.
    `names_broken` says that a name runs over a line end, so that where it stops is a guess, or that the row
    ends as if another name should follow. `other_ink` says that something stands in the stamp that was left
    out because it is not written in its ink.
    """

    page: int
    box: Box
    agency: str | None = None
    agency_box: Box | None = None
    number_row: Row | None = None
    number: str | None = None
    date_row: Row | None = None
    day: WrittenDay | None = None
    forward_row: Row | None = None
    names: tuple[str, ...] = ()
    names_broken: bool = False
    other_ink: bool = False


def read_stamp(lines: Sequence[Line], *, page: int, box: Box) -> Stamp:
    """Return what the `lines` of one stamp say; all values None when none has a label that can be read."""
    own = [line for line in map(_without_arrived, lines) if line.words]
    running = run_on(PlacedLine(page, line) for line in own)
    spans = _label_spans("\n" + fold_in_place(running.text))
    agency = _agency_lines(own)
    rows = {kind: _row(running, span, box) for kind, span in spans.items()}
    texts = {kind: running.text[start:end] for kind, (_, start, end) in spans.items()}
    forwarded = texts.get("forward", "")
    names, broken = split_names(forwarded)
    return Stamp(
        page=page,
        box=box,
        agency=" ".join(line.text for line in agency) or None,
        agency_box=around(line.box for line in agency) if agency else None,
        number_row=rows.get("number"),
        number=_read_number(texts.get("number", "")),
        date_row=rows.get("date"),
        day=read_stamp_day(texts.get("date", "")),
        forward_row=rows.get("forward"),
        names=names,
        names_broken=broken or _goes_on(forwarded),
    )


def read_stamp_text(text: str) -> Stamp:
    """Return what a second reader's `text` of a whole stamp says, a row a line; its boxes mean nothing."""
    rows = [row.split() for row in text.splitlines() if row.strip()]
    lines = [Line(tuple(Word(word, _NOWHERE) for word in row)) for row in rows]
    return read_stamp(lines, page=1, box=_NOWHERE) if lines else Stamp(page=1, box=_NOWHERE)


def read_stamp_day(text: str) -> WrittenDay | None:
    """Return the day in the date row of a stamp, or None when the row is anything but a day (and an hour).

    `21/3/18` has the year 2018; `5/5` has none.
    """
    folded = fold_in_place(text)
    match = _DATE.fullmatch(folded)
    if not match:
        return None
    if short := _SHORT_YEAR.fullmatch(match["day"]):
        day, month, year = (int(part) for part in short.groups())
        return WrittenDay(day=day, month=month, year=2000 + year)
    return read_day(match["day"])


def split_names(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the names in a *Chuyển* row as written, and whether one of them runs over a line end.

    Between names stand a comma, semicolon, plus, slash, dash between spaces, a line end, or just the next
    `Đ/c`. Where names carry titles, a line without one goes on with the name before it.
    """
    rows = [row.strip() for row in text.split("\n") if any(c.isalpha() for c in row)]
    titled = bool(rows) and _TITLED.search(rows[0]) is not None
    joined, broken = "", False
    for row in rows:
        ends = not joined or joined.rstrip()[-1:] in set(",;+/-")
        if titled and not ends and not _TITLED.match(row.lstrip(" .-–")):
            joined, broken = f"{joined} {row}", True
        else:
            joined = f"{joined}\n{row}"
    return tuple(name for piece in _cut(joined) if (name := _clean(piece))), broken


def _goes_on(text: str) -> bool:
    """Whether a row ends in a comma or the like: the name after it was not read."""
    return text.rstrip(" \n.|'`\"“”~_-")[-1:] in set(",;+/&") if text.strip() else False


def _cut(text: str) -> list[str]:
    pieces, at = [], 0
    for match in _CUT.finditer(text):
        if match["cut"]:
            pieces.append(text[at : match.start()])
            at = match.end()
        elif _TITLED.match(match["keep"]) and text[at : match.start()].strip(" .-(:"):
            pieces.append(text[at : match.start()])
            at = match.start()
    return [*pieces, text[at:]]


def _clean(piece: str) -> str | None:
    name = re.sub(r"[.…_]{2,}|[|…·_*]", " ", piece)
    name = " ".join(name.split()).strip(" .,:;-–'`\"")
    return name if any(c.isalpha() for c in name) else None


def _read_number(text: str) -> str | None:
    match = _NUMBER.fullmatch(text)
    return match["digits"] if match else None


def _without_arrived(line: Line) -> Line:
    """The line without `ĐẾN`, without `CÔNG VĂN` or `CV` before it, and without crumbs of the tall cell.

    What stands after it counts only from a label on; before it only where it is a row of its own.
    """
    at = next((i for i, w in enumerate(line.words) if is_arrived(w.text)), None)
    if at is None:
        return line
    before, after = line.words[:at], line.words[at + 1 :]
    if fold(Line(before).text if before else "") in {"cong van", "cv", "van ban", "vb"}:
        before = ()
    if after and not _LABELS.search("\n" + fold_in_place(Line(after).text) + "\n"):
        after = ()
    return Line((*before, *after))


def _label_spans(folded: str) -> dict[str, tuple[int, int, int]]:
    """Label start, value start, value end by kind, as places in the text without the newline put first."""
    found: list[tuple[str, int, int]] = []
    for match in _LABELS.finditer(folded):
        kind = str(match.lastgroup)
        if any(f[0] == kind for f in found):
            continue
        if any(f[0] == "forward" for f in found) and not _AFTER_FORWARD.match(folded, match.start()):
            continue
        found.append((kind, match.start(), match.end()))
    # One end more than labels when there is no label at all.
    ends = [*(start for _, start, _ in found[1:]), len(folded)]
    spans = {k: (start, begin, end) for (k, start, begin), end in zip(found, ends, strict=False)}
    return {
        kind: (start - 1, begin - 1, (end if kind == "forward" else _end_of_row(folded, begin, end)) - 1)
        for kind, (start, begin, end) in spans.items()
    }


def _end_of_row(folded: str, start: int, end: int) -> int:
    """Where the row that begins at `start` ends: at its line end, or at the next when it is empty so far."""
    first = folded.find("\n", start, end)
    if first < 0:
        return end
    if any(c.isalnum() for c in folded[start:first]):
        return first
    second = folded.find("\n", first + 1, end)
    return second if second > 0 else end


def _row(running: RunningText, span: tuple[int, int, int], stamp: Box) -> Row:
    label_start, start, end = span
    words = running.words_in(start, end) if running.text[start:end].strip() else ()
    label = running.words_in(label_start, start)
    left = max((w.box.x1 for w in label if w not in words), default=min(w.box.x0 for w in label))
    row = around(w.box for w in (*label, *words))
    return Row(words=words, box=Box(min(left, stamp.x1), row.y0, max(stamp.x1, row.x1), row.y1))


def _agency_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines in capitals above the first label."""
    taken: list[Line] = []
    for line in lines:
        if _LABELS.search("\n" + fold_in_place(line.text) + "\n"):
            break
        clean = marks.trim_noise(line, capitals=True)
        if clean and marks.is_capitals(clean.text) and sum(c.isalpha() for c in clean.text) >= 4:
            taken.append(clean)
    return tuple(taken)
