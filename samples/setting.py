"""Set a paper in type: its words and rules placed on A4 sheets by the layout of its time.

Sources: Decree 30/2020/NĐ-CP, Appendix I, part I (margins, cells, sizes); Circular 01/2011/TT-BNV for the
earlier layout; Guidance 36-HD/VPTW (2018) for Party documents.
"""

from __future__ import annotations

from dataclasses import dataclass

from samples.lines import Line, set_paragraph, wrap, wrap_evenly
from samples.paper import A4_MM, Hand, Layout, Manner, Paper, Paragraph, printed_day, printed_month
from samples.sheet import Run, Sheet
from samples.typeface import MM_PER_POINT, Face, width_mm

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY_NAME = "ĐẢNG CỘNG SẢN VIỆT NAM"
SIGNATURE_ROOM_MM = 30.0
PEN_SIZE_PT = 19.0
PEN_NUMBER_ROOM_MM = 13.0
PEN_DAY_ROOM_MM = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The measures of a layout, in millimetres and points."""

    left: float = 30.0
    right: float = 18.0
    top: float = 20.0
    bottom: float = 21.0
    body_pt: float = 14.0
    step: float = 6.15
    gap: float = 1.9
    indent: float = 12.7

    @property
    def width(self) -> float:
        """Width of the text."""
        return A4_MM[0] - self.left - self.right

    @property
    def middle(self) -> float:
        """Middle of the text."""
        return self.left + self.width / 2

    @property
    def floor(self) -> float:
        """The lowest baseline of the text."""
        return A4_MM[1] - self.bottom


FRAMES = {
    Layout.TT01: Frame(),
    Layout.ND30: Frame(left=31.0, top=21.0, step=6.3, gap=2.2),
    Layout.PARTY: Frame(right=15.0, bottom=20.0),
}


def set_paper(paper: Paper) -> list[Sheet]:
    """All sheets of the paper, page numbers included."""
    frame = FRAMES[paper.layout]
    first = Sheet(1)
    y = _set_head(first, paper, frame)
    y = _set_title(first, paper, frame, y) if paper.doc_type else y
    y = _set_addressees(first, paper, frame, y)
    sheets, y = _set_body([first], paper, frame, y)
    _set_foot(sheets[-1], paper, frame, y)
    for sheet in sheets[1:]:
        _set_page_number(sheet, paper.layout, frame)
    return sheets


# ── the head ─────────────────────────────────────────────────────────────────────────────────────────────


def _set_head(sheet: Sheet, paper: Paper, frame: Frame) -> float:
    """Set both columns of the head; return the baseline of the last line under the left one."""
    right_end = A4_MM[0] - frame.right
    right_width = width_mm(MOTTO[0], Face.BOLD, 12.5)
    right = right_end - right_width / 2
    left_width = right_end - right_width - 4 - (frame.left - 4)
    left = frame.left - 4 + left_width / 2
    top = frame.top + 5
    _set_panel(sheet, paper.panel)
    y_left = _set_issuer(sheet, paper, left, top, left_width)
    y_right = _set_motto(sheet, paper.layout, right, top)
    y = max(y_left, y_right) + 8.5
    _set_reference(sheet, paper, left, y)
    _set_date(sheet, paper, right, y)
    if paper.doc_type:
        return y
    return _set_letter_subject(sheet, " ".join(paper.subject), left, y, left_width)


def _set_panel(sheet: Sheet, lines: tuple[str, ...]) -> None:
    """What signing software prints above the head."""
    for place, line in enumerate(lines):
        sheet.put(line, 14.0, 7.0 + 3.4 * place, size_pt=8.5)


def _fit(line: str, face: Face, room: float) -> float:
    """13 points, or what a long name must be condensed to."""
    return min(13.0, 13.0 * room / width_mm(line, face, 13))


def _set_issuer(sheet: Sheet, paper: Paper, middle: float, y: float, room: float) -> float:
    """Set parent and issuer within `room` millimetres; return the last baseline."""
    for line in paper.head.parent:
        sheet.put_centred(line, middle, y, size_pt=_fit(line, Face.ROMAN, room))
        y += 5.5
    for line in paper.head.issuer:
        sheet.put_centred(line, middle, y, face=Face.BOLD, size_pt=_fit(line, Face.BOLD, room))
        y += 5.5
    if paper.layout is Layout.PARTY:
        sheet.put_centred("*", middle, y + 0.5, face=Face.ROMAN, size_pt=14)
        return y
    sheet.rule(middle, y - 3.6, width_mm(paper.head.issuer[-1], Face.BOLD, 13) * 0.42)
    return y - 5.5


def _set_motto(sheet: Sheet, layout: Layout, middle: float, y: float) -> float:
    if layout is Layout.PARTY:
        sheet.put_centred(PARTY_NAME, middle, y, face=Face.BOLD, size_pt=15)
        sheet.rule(middle, y + 1.8, width_mm(PARTY_NAME, Face.BOLD, 15))
        return y
    sheet.put_centred(MOTTO[0], middle, y, face=Face.BOLD, size_pt=12.5)
    sheet.put_centred(MOTTO[1], middle, y + 5.7, face=Face.BOLD, size_pt=13.5)
    sheet.rule(middle, y + 7.6, width_mm(MOTTO[1], Face.BOLD, 13.5))
    return y + 5.7


def _set_reference(sheet: Sheet, paper: Paper, middle: float, y: float) -> None:
    party = paper.layout is Layout.PARTY
    label, mark = ("Số ", "-") if party else ("Số: ", "/")
    head = paper.head
    if head.number_by is Hand.TYPED:
        sheet.put_centred(f"{label}{head.number}{mark}{head.symbol}", middle, y, size_pt=13)
        return
    tail = f"{mark}{head.symbol}"
    width = width_mm(label + tail, Face.ROMAN, 13) + PEN_NUMBER_ROOM_MM
    end = sheet.put(label, middle - width / 2, y, size_pt=13)
    sheet.pen.append(Run(head.number, end + 0.4, y, Face.PEN, PEN_SIZE_PT))
    sheet.put(tail, end + PEN_NUMBER_ROOM_MM, y, size_pt=13)


def _set_date(sheet: Sheet, paper: Paper, middle: float, y: float) -> None:
    head, face = paper.head, Face.ITALIC
    before = f"{head.place}, ngày "
    after = f" tháng {printed_month(head.date.month)} năm {head.date.year}"
    if head.day_by is Hand.TYPED:
        sheet.put_centred(f"{before}{printed_day(head.date.day)}{after}", middle, y, face=face, size_pt=13.5)
        return
    width = width_mm(before + after, face, 13.5) + PEN_DAY_ROOM_MM
    end = sheet.put(before, middle - width / 2, y, face=face, size_pt=13.5)
    sheet.pen.append(Run(str(head.date.day), end + 1.2, y, Face.PEN, PEN_SIZE_PT))
    sheet.put(after.lstrip(), end + PEN_DAY_ROOM_MM, y, face=face, size_pt=13.5)


def _set_letter_subject(sheet: Sheet, subject: str, middle: float, y: float, width: float) -> float:
    y += 1.2
    for line in wrap_evenly(subject, width - 4, face=Face.ROMAN, size_pt=12.5):
        y += 5.3
        sheet.put_centred(line, middle, y, size_pt=12.5)
    return y


# ── title and addressees ─────────────────────────────────────────────────────────────────────────────────


def _set_title(sheet: Sheet, paper: Paper, frame: Frame, y: float) -> float:
    y += 12.5
    sheet.put_centred((paper.doc_type or "").upper(), frame.middle, y, face=Face.BOLD, size_pt=15)
    y += 0.4
    for line in paper.subject:
        y += 6.1
        sheet.put_centred(line, frame.middle, y, face=Face.BOLD, size_pt=14)
    rule = min(width_mm(paper.subject[-1], Face.BOLD, 14) * 0.42, 42.0)
    sheet.rule(frame.middle, y + 2.4, rule)
    return y + 5.0


def _set_addressees(sheet: Sheet, paper: Paper, frame: Frame, y: float) -> float:
    if not paper.addressees:
        return y + 2
    y += 10
    if len(paper.addressees) == 1:
        sheet.put_centred(f"Kính gửi: {paper.addressees[0]}", frame.middle, y)
        return y + 3
    start = frame.left + 34
    sheet.put("Kính gửi:", start, y)
    for addressee in paper.addressees:
        y += 6.0
        sheet.put(f"- {addressee}", start + 18, y)
    return y + 3


# ── the body ─────────────────────────────────────────────────────────────────────────────────────────────


def _set_body(sheets: list[Sheet], paper: Paper, frame: Frame, y: float) -> tuple[list[Sheet], float]:
    """Flow the body over as many sheets as it needs; the foot never stands alone on a sheet."""
    lines = _list_lines(paper, frame)
    room = _foot_height(paper)
    for place, line in enumerate(lines):
        left = len(lines) - place
        last_lines = left <= 2 and y + left * frame.step + frame.gap + room > frame.floor
        if y + line.above_mm + frame.step > frame.floor or (last_lines and left == 2):
            sheets.append(Sheet(len(sheets) + 1))
            y = frame.top + 1.5
        y += line.above_mm + frame.step
        for word, x in line.words:
            sheets[-1].put(word.text, frame.left + x, y, face=word.face, size_pt=frame.body_pt)
    if y + room > frame.floor:
        sheets.append(Sheet(len(sheets) + 1))
        y = frame.top + 1.5
    return sheets, y


def _list_lines(paper: Paper, frame: Frame) -> list[Line]:
    manner = Manner.ITALIC if paper.layout is Layout.ND30 else Manner.PLAIN
    paragraphs = [*(Paragraph(basis, manner) for basis in paper.bases), *paper.body]
    return [
        line
        for paragraph in paragraphs
        for line in set_paragraph(
            paragraph, frame.width, size_pt=frame.body_pt, indent=frame.indent, above_mm=frame.gap
        )
    ]


# ── the foot ─────────────────────────────────────────────────────────────────────────────────────────────


def _list_recipients(paper: Paper) -> list[str]:
    return [
        line
        for recipient in paper.recipients
        for line in wrap(f"- {recipient}", 78, face=Face.ROMAN, size_pt=11)
    ]


def _foot_height(paper: Paper) -> float:
    signer = 6.0 * (len(paper.signer.authority) + 2) + SIGNATURE_ROOM_MM
    recipients = 6.0 + 4.7 * (len(_list_recipients(paper)) + len(paper.typist_mark) + 1)
    return 4.0 + max(signer, recipients)


def _set_foot(sheet: Sheet, paper: Paper, frame: Frame, y: float) -> None:
    y += 10
    _set_recipients(sheet, paper, frame.left, y)
    middle = A4_MM[0] - frame.right - 42
    for line in (*paper.signer.authority, paper.signer.title):
        bold = paper.layout is not Layout.PARTY or line == paper.signer.title
        sheet.put_centred(line, middle, y, face=Face.BOLD if bold else Face.ROMAN, size_pt=13.5)
        y += 5.8
    sheet.signature_mm = (middle, y - 3 + SIGNATURE_ROOM_MM / 2)
    sheet.put_centred(paper.signer.name, middle, y + SIGNATURE_ROOM_MM, face=Face.BOLD, size_pt=14)


def _set_recipients(sheet: Sheet, paper: Paper, x: float, y: float) -> None:
    if not paper.recipients:
        return
    sheet.put("Nơi nhận:", x, y, face=Face.BOLD_ITALIC, size_pt=12)
    for line in _list_recipients(paper):
        y += 4.7
        sheet.put(line, x, y, size_pt=11)
    y += 1.5
    for mark in paper.typist_mark:
        y += 4.7
        sheet.put(mark, x, y, size_pt=10)


def _set_page_number(sheet: Sheet, layout: Layout, frame: Frame) -> None:
    number = str(sheet.number)
    if layout is Layout.TT01:
        x = A4_MM[0] - frame.right - width_mm(number, Face.ROMAN, 13)
        sheet.put(number, x, A4_MM[1] - 12, size_pt=13)
        return
    sheet.put_centred(number, A4_MM[0] / 2 + 5, frame.top - 14 * MM_PER_POINT - 3, size_pt=13)
