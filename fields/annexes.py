"""Where the document ends and its annexes begin: forms and lists repeat motto, dates and signature blocks.

For the body fields: `list_own_pages(layout)` are the pages of the document itself, without annexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from documents.text import fold
from fields import marks
from fields.layout import Layout, PageLayout
from fields.running_text import PlacedLine, RunningText, fold_in_place, run_on

_OPENERS = re.compile(r"\W{0,3}(?:phu luc|phu bieu|bieu mau|mau so|mau \d|bieu so|phieu so)\b")
_GOES_ON = re.compile(r"\W*(?:$|[\dA-ZĐ]|[^\W\d_]\b|[lI]+\b|kèm|đính|ban hành)")
"""What follows in a heading; in a sentence a small word does: `Phụ lục này`, `Mẫu số liệu`."""
_ATTACHED = re.compile(r"\W{0,3}(?:kem theo|ban hanh kem|dinh kem|kem cong van)\b(?P<rest>.*)")
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
    headed = any(is_heading(line.text) or is_attachment(line.text) for line in top)
    return headed or any(marks.find_run(line.words, marks.NATION) for line in top)


def is_heading(text: str) -> bool:
    """Whether `text` heads an annex or a form: `Phụ lục II`, `Mẫu số 02`."""
    match = _OPENERS.match(fold_in_place(text))
    return (
        match is not None
        and len(text) < 60
        and _begins_large(text)
        and _GOES_ON.match(text, match.end()) is not None
    )


def is_attachment(text: str) -> bool:
    """Whether `text` says what it is attached to: `(Kèm theo Công văn số …)`.

    A sentence of the letter that begins so has no bracket and no number.
    """
    match = _ATTACHED.match(fold(text))
    if match is None:
        return False
    bracketed = text.lstrip()[:1] in "([{|" or text.rstrip(" .")[-1:] in ")]}"
    return bracketed or (_begins_large(text) and re.search(r"\bso\b", match["rest"]) is not None)


def _begins_large(text: str) -> bool:
    """Whether the first letter is a capital: a line of running text may begin with any word, but small."""
    return next((c.isupper() for c in text if c.isalpha()), False)
