"""Where things stand on the paper: the two columns of the head, title, subject, body, and what is set aside.

Zones are found by their neighbours (Quốc hiệu, `Số:`, `ngày … tháng …`), never by fixed positions.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from documents.page import Line, Page, Paper, Word
from documents.text import fold
from fields.columns import split_at_gaps
from fields.head import Head, find_head

__all__ = ["Head", "Layout", "PageLayout", "find_layout", "split_at_gaps"]


_PANEL = re.compile(
    r"\W{0,3}(?:nguoi ky|ky boi|thoi gian ky|ngay ky|co quan|email|chuc danh|signature|digitally signed"
    r"|sao y)\s?[:;]|\W{0,3}cong bao\b|\W{0,3}\d\d[./]\d\d[./]\d{4}[;,]? \d\d:\d\d:\d\d"
)
"""Lines of signature panels, electronic copies and gazettes: they name a second agency, number and date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLayout:
    """One page: its lines in reading order, columns cut apart, without what was set aside."""

    number: int
    aspect: float
    """Width over height in pixels, to compare distances across and down."""
    lines: tuple[Line, ...]
    set_aside: tuple[Line, ...] = ()
    """Signature panels, gazette headers, `SAO Y` lines, stamp lines: not the document's own words."""
    body_from: int = 0
    """Index in `lines` of the first line after the head; 0 on all pages but the first."""

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines after the head."""
        return self.lines[self.body_from :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole paper, page by page, and the head of the first."""

    head: Head
    pages: tuple[PageLayout, ...]

    def page(self, number: int) -> PageLayout | None:
        """The page with that number, when it was read."""
        return next((p for p in self.pages if p.number == number), None)


def find_layout(paper: Paper, stamp_lines: Collection[Line] = ()) -> Layout:
    """Return where things stand on `paper`.

    The words of `stamp_lines` (whole lines, or pieces of lines that run through a stamp) are set aside with
    the panels.
    """
    stamped = {word for line in stamp_lines for word in line.words}
    pages = [_lay_out(page, stamped) for page in paper.pages]
    first = next((p for p in pages if p.number == 1), None)
    if first is None:
        return Layout(head=Head(), pages=tuple(pages))
    head, above = find_head(first.lines, first.aspect)
    placed = _place_head(first, head, above)
    return Layout(head=head, pages=tuple(placed if p.number == 1 else p for p in pages))


def _lay_out(page: Page, stamped: Collection[Word]) -> PageLayout:
    kept: list[Line] = []
    aside: list[Line] = []
    for line in page.lines:
        own = tuple(w for w in line.words if w not in stamped)
        if is_panel(line.text):
            aside.append(line)
        elif own:
            kept.append(Line(own))
    aside.extend(
        Line(words) for line in page.lines if (words := tuple(w for w in line.words if w in stamped))
    )
    return PageLayout(
        number=page.number, aspect=page.width_px / page.height_px, lines=tuple(kept), set_aside=tuple(aside)
    )


def is_panel(text: str) -> bool:
    """Whether `text` is a line of a signature panel, an electronic copy or a gazette."""
    return _PANEL.match(fold(text)) is not None


def _place_head(page: PageLayout, head: Head, above: tuple[Line, ...]) -> PageLayout:
    """Page 1 with its head first, in zones, and its body after."""
    taken = {word for line in (*head.lines, *above) for word in line.words}
    floor = max((line.box.middle[1] for line in head.lines), default=0.0)
    rest = tuple(
        Line(words)
        for line in page.lines
        if (words := tuple(w for w in line.words if w not in taken))
        and (not head.lines or line.box.middle[1] > floor)
    )
    return PageLayout(
        number=page.number,
        aspect=page.aspect,
        lines=(*head.lines, *rest),
        set_aside=(*page.set_aside, *above),
        body_from=len(head.lines),
    )
