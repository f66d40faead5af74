"""Papers for tests: plain text in reading order laid on pages, or lines put where a test wants them.

Widths are those of a proportional face at 13 points on A4, near enough for what the finders measure: spaces
between columns, distances between lines, where a line begins and ends.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from documents.page import Annotation, Box, Line, Page, Paper, Region, Source, Word

LETTER = 0.0098
"""Width of a letter as a fraction of the page."""
HEIGHT = 0.014
PITCH = 0.020
_LEFT, _MIDDLE = 0.16, 0.53
_LETTERS_A_LINE = 74
_LINES_A_PAGE = 44


def words(
    text: str, x0: float, y0: float, *, confidence: float | None = 95.0, height: float = HEIGHT
) -> list[Word]:
    """`text` word by word from (`x0`, `y0`) to the right; two spaces or more leave as wide a gap."""
    placed: list[Word] = []
    at = 0
    for part in text.split(" "):
        if part:
            box = Box(x0 + at * LETTER, y0, x0 + (at + len(part)) * LETTER, y0 + height)
            placed.append(Word(part, box, confidence))
        at += len(part) + 1
    return placed


def line(text: str, x0: float, y0: float, *, confidence: float | None = 95.0, height: float = HEIGHT) -> Line:
    """One line from (`x0`, `y0`)."""
    return Line(tuple(words(text, x0, y0, confidence=confidence, height=height)))


def centred(text: str, y0: float, *, middle: float = _MIDDLE, confidence: float | None = 95.0) -> Line:
    """One line around `middle`."""
    return line(text, middle - len(text) * LETTER / 2, y0, confidence=confidence)


def both(left: str, right: str, y0: float, *, confidence: float | None = 95.0) -> Line:
    """One line that runs across the two columns of the head, as engines often read it."""
    pieces = (centred(left, y0, middle=0.3), centred(right, y0, middle=0.7))
    return Line(tuple(Word(w.text, w.box, confidence) for piece in pieces for w in piece.words))


def paper(
    *pages: Sequence[Line],
    file_name: str = "quet.pdf",
    source: Source = Source.OCR,
    regions: tuple[Region, ...] = (),
    annotations: tuple[Annotation, ...] = (),
    text_layer: Sequence[Line] = (),
) -> Paper:
    """A paper whose pages have these lines; `regions` and `text_layer` belong to page 1."""
    laid = tuple(
        Page(number, 1654, 2339, 200, tuple(lines), regions if number == 1 else (), source)
        for number, lines in enumerate(pages, start=1)
    )
    own = (Page(1, 1654, 2339, 200, tuple(text_layer), (), Source.TEXT_LAYER),) if text_layer else ()
    return Paper(
        file_name=file_name,
        sha256="0" * 64,
        media_type="application/pdf",
        page_count=max(len(pages), 1),
        pages=laid,
        text_layer=own,
        annotations=annotations,
    )


def letterhead(
    *,
    left: Sequence[str] = ("UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"),
    number: str = "Số: 01/SYT-NVD",
    date: str = "Kiên Giang, ngày 02 tháng 01 năm 2018",
    under: Sequence[str] = ("V/v báo cáo tình hình thực hiện", "gói thầu cung ứng thuốc."),
    title: str | None = None,
    subject: Sequence[str] = (),
    then: Sequence[str] = ("Kính gửi: Các Bệnh viện trong toàn tỉnh.",),
) -> list[Line]:
    """The head of a state document, column beside column, and the first lines of its body."""
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    rows = max(len(left), 2)
    lines = []
    for row in range(rows):
        y0 = 0.06 + row * PITCH
        if row < len(left) and row < 2:
            lines.append(both(left[row], right[row], y0))
        elif row < 2:
            lines.append(centred(right[row], y0, middle=0.7))
        else:
            lines.append(centred(left[row], y0, middle=0.3))
    y0 = 0.06 + rows * PITCH + 0.02
    lines.append(both(number, date, y0))
    for row, text in enumerate(under, start=1):
        lines.append(centred(text, y0 + row * PITCH, middle=0.3))
    y0 += (len(under) + 2) * PITCH
    if title:
        lines.append(centred(title, y0))
        lines.extend(centred(text, y0 + row * PITCH) for row, text in enumerate(subject, start=1))
        y0 += (len(subject) + 1) * PITCH
    y0 += 2 * PITCH
    lines.extend(line(text, 0.21, y0 + row * PITCH) for row, text in enumerate(then))
    return lines


def paper_from_text(text: str, *, confidence: float | None = 95.0) -> Paper:
    """Lay plain text in reading order on pages: capitals centred, the date on the right, long lines wrapped.

    An empty line leaves half a line of space; `**bold**` is centred, as a title and its subject are.
    """
    pages: list[list[Line]] = [[]]
    y0, bold = 0.08, False
    for printed in text.splitlines():
        if y0 > 0.08 + _LINES_A_PAGE * PITCH:
            pages.append([])
            y0 = 0.08
        if not printed.strip():
            y0 += PITCH / 2
            continue
        bold = bold or printed.startswith("**")
        for part in _wrapped(printed.strip("* ")):
            pages[-1].append(_laid(part, y0, bold=bold, confidence=confidence))
            y0 += PITCH
        bold = bold and not printed.rstrip().endswith("**")
    return paper(*pages)


def _wrapped(text: str) -> Iterable[str]:
    return textwrap.wrap(text, _LETTERS_A_LINE) or [text]


def _laid(text: str, y0: float, *, bold: bool, confidence: float | None) -> Line:
    if bold or (text.isupper() and len(text) > 4):
        return centred(text, y0, confidence=confidence)
    if ", ngày " in text[:30] and "năm" in text and len(text) < 60:
        return centred(text, y0, middle=0.7, confidence=confidence)
    return line(text, _LEFT, y0, confidence=confidence)
