"""Where the document ends and its annexes begin: forms and lists repeat motto, dates and signature blocks.

For the body fields: `list_own_pages(layout)` are the pages of the document itself, without annexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from documents.text import fold
from fields import marks
from fields.layout import Layout, PageLayout
from fields.running_text import PlacedLine, RunningText, run_on

_OPENERS = re.compile(r"\W{0,3}(?:phu luc|phu bieu|bieu mau|mau so|mau \d|bieu so|phieu so)\b")
_ATTACHED = re.compile(r"\W{0,3}(?:kem theo|ban hanh kem|dinh kem|kem cong van)\b")
_TOP_LINES = 8


def list_own_pages(layout: Layout) -> tuple[PageLayout, ...]:
    """Return the pages before the first annex; page 1 is never one."""
    own: list[PageLayout] = []
    for page in sorted(layout.pages, key=lambda p: p.number):
        if page.number > 1 and _begins_annex(page):
            break
        own.append(page)
    return tuple(own)


def run_body(pages: Iterable[PageLayout]) -> RunningText:
    """Return the body of `pages` as one text; page numbers at the top of a page are left out."""
    return run_on(
        PlacedLine(page.number, line)
        for page in pages
        for line in page.body
        if not (line.box.middle[1] < 0.08 and line.text.strip(" .-–_").isdigit())
    )


def _begins_annex(page: PageLayout) -> bool:
    """An annex is headed as such, says what it is attached to, or has a head of its own."""
    top = page.lines[:_TOP_LINES]
    headed = any(_OPENERS.match(fold(line.text)) and len(line.text) < 60 for line in top)
    attached = any(_ATTACHED.match(fold(line.text)) for line in top)
    return headed or attached or any(marks.find_run(line.words, marks.NATION) for line in top)
