"""Doubt whether the file is one whole document: two in one, pages lost or in the wrong order.

For `fields.read`: `find_doubts(paper, layout, signer)`, sentences for the person who must look; empty for one
whole document as far as its pages were read. Each says what was seen and what to do.

Source: Decree 30/2020/NĐ-CP, Article 8 (parts of a document: Quốc hiệu, number, signature, seal, Nơi nhận).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from documents.page import Line, Page, Paper, RegionKind
from documents.text import fold
from fields.annexes import list_own_pages
from fields.columns import split_at_gaps
from fields.layout import Layout, PageLayout
from fields.other_heads import OtherHead, find_heads
from fields.recipients import find_list_place
from fields.signer import SignerFinding
from fields.signing_titles import read_power, read_title

_SAME_PAGE = 80.0
"""Likeness, of 100, of the words of two pages from which they are one page scanned twice."""
_BLANK = 20
"""Letters and digits of a page below which it is an empty back with some dirt."""
_EDGE = 0.08
"""Where page numbers stand, in fractions of the page's height from its upper and lower edge."""
_OF_TOTAL = re.compile(
    r"\W{0,3}(?:trang\W{0,3}|page\W{0,3})?(?P<page>\d{1,3})\s?/\s?(?P<total>\d{1,3})\W{0,3}"
)
_NUMBERED = re.compile(r"[\W_]{0,3}(?P<page>\d{1,3})[\W_]{0,3}")
_GAZETTE = "cong bao"
_RIGHT = 0.4
"""Where signatures stand: right of this, in fractions of the page's width."""
_LOW = 0.3
"""Above this a line in capitals at the right is part of a head, in fractions of the page's height."""
_WIDE = 0.5
"""How wide a line of the body is, in fractions of the page's width."""


def find_doubts(paper: Paper, layout: Layout, signer: SignerFinding) -> tuple[str, ...]:
    """Return why `paper` may not be one whole document, a Vietnamese sentence each.

    Only the pages read so far speak. Of a paper whose first page shows no head nothing is said about its end.
    """
    heads = [head for page in sorted(paper.pages, key=lambda p: p.number) for head in find_heads(page)]
    doubts = [_two_documents(paper, _with_own(layout, heads)), _no_head_first(paper, layout, heads)]
    doubts += [_pages_missing(paper, layout) or _no_end(paper, layout, signer)]
    return tuple(doubt for doubt in doubts if doubt)


def _with_own(layout: Layout, heads: list[OtherHead]) -> list[OtherHead]:
    """The heads with that of page 1, whose national heading may have been cut off."""
    number = layout.head.number
    if number is None or (heads and heads[0].page == 1):
        return heads
    return [OtherHead(1, number.box, number, layout.head.date, is_filled=True), *heads]


def _two_documents(paper: Paper, heads: list[OtherHead]) -> str | None:
    if not heads:
        return None
    first, *others = heads
    second = next((h for h in others if h.is_filled and _is_another(paper, first, h)), None)
    if second is None:
        return None
    if second.page == first.page:
        return (
            f"Tệp như gồm hai văn bản: cùng trang {first.page} còn có “{second.told}”; tách ra rồi nộp lại."
        )
    return (
        f"Tệp như gồm hai văn bản: trang {second.page} có phần đầu riêng “{second.told}”; nếu không phải bản "
        "gửi kèm thì tách ra rồi nộp lại."
    )


def _is_another(paper: Paper, first: OtherHead, second: OtherHead) -> bool:
    """Whether the second head is not the first one scanned twice, nor that of what is attached to it."""
    one, other = first.parts, second.parts
    if one and other:
        if one.number and (one.number, one.notation) == (other.number, other.notation):
            return False
        if fuzz.ratio(fold(one.notation), fold(other.notation)) < _SAME_PAGE:
            return True
    return first.page == second.page or not _is_same_page(paper.page(first.page), paper.page(second.page))


def _is_same_page(one: Page | None, other: Page | None) -> bool:
    if one is None or other is None:
        return False
    return fuzz.ratio(fold(one.text), fold(other.text)) >= _SAME_PAGE


def _no_head_first(paper: Paper, layout: Layout, heads: list[OtherHead]) -> str | None:
    """A first page without any part of a head: sheets were turned or mixed up, or the first is missing."""
    head = layout.head
    if paper.page_count == 1 or head.nation or head.number or head.date:
        return None
    blank = sum(c.isalnum() for c in page.text) < _BLANK if (page := paper.page(1)) else True
    seen = "trang 1 trống" if blank else "trang 1 không có phần đầu"
    first = next((head for head in heads if head.is_filled), None)
    where = f", phần đầu văn bản ở trang {first.page}" if first else ""
    return f"Thứ tự trang có thể sai: {seen}{where}; xếp lại rồi nộp lại."


def _pages_missing(paper: Paper, layout: Layout) -> str | None:
    """Printed `2/5` on a paper of fewer pages, or a page that is numbered higher than it lies."""
    for page in paper.pages:
        for total in _printed_totals(page):
            if total > paper.page_count:
                return (
                    f"Trang {page.number} in tổng số {total} trang nhưng tệp chỉ có {paper.page_count} "
                    "trang: có thể thiếu trang."
                )
    own = {page.number for page in list_own_pages(layout)}
    if any(_GAZETTE in fold(line.text) for page in layout.pages for line in page.set_aside):
        # A gazette numbers its own pages.
        return None
    for page in paper.pages:
        printed = _printed_number(page)
        if page.number in own and printed and page.number < printed <= 2 * paper.page_count + 2:
            return (
                f"Trang thứ {page.number} của tệp in số trang {printed}: có thể thiếu trang hoặc trang bị "
                "xếp lộn."
            )
    return None


def _edge_lines(page: Page) -> Iterator[str]:
    return (fold(line.text) for line in page.lines if not _EDGE < line.box.middle[1] < 1 - _EDGE)


def _printed_totals(page: Page) -> Iterator[int]:
    for text in _edge_lines(page):
        match = _OF_TOTAL.fullmatch(text)
        if match and int(match["page"]) == page.number <= int(match["total"]):
            yield int(match["total"])


def _printed_number(page: Page) -> int | None:
    """The printed number of a page after the first; None without one or with several."""
    if page.number == 1:
        return None
    numbers = [int(match["page"]) for text in _edge_lines(page) if (match := _NUMBERED.fullmatch(text))]
    return numbers[0] if len(numbers) == 1 else None


def _no_end(paper: Paper, layout: Layout, signer: SignerFinding) -> str | None:
    """Neither copy list nor signature nor seal on any page read."""
    if paper.is_begun or not layout.head.lines or _is_signed(paper, layout, signer):
        return None
    return "Không thấy phần ký và nơi nhận: có thể thiếu trang."


def _is_signed(paper: Paper, layout: Layout, signer: SignerFinding) -> bool:
    return bool(
        paper.signatures
        or find_list_place(layout)
        or (signer.name and signer.title)
        or any(_is_sealed(page) for page in paper.pages)
        or any(_has_signing_office(page) for page in list_own_pages(layout))
    )


def _is_sealed(page: Page) -> bool:
    return any(region.box.middle[0] > _RIGHT for region in page.regions_of(RegionKind.SEAL))


def _has_signing_office(page: PageLayout) -> bool:
    """Whether an office or power stands at the right with no line of the body under it.

    `GIÁM ĐỐC SỞ Y TẾ` in the middle of a decision's first page has the decision under it.
    """
    lines = [line for line in page.lines if line.box.middle[1] > _LOW]
    pieces = [(piece, line) for line in lines for piece in split_at_gaps(line, page.aspect)]
    for piece, line in pieces:
        if piece.box.middle[0] <= _RIGHT or not (read_power(piece.text) or read_title(piece.text)):
            continue
        under = (other for other in lines if other.box.y0 > line.box.y1)
        if not any(_is_body(other, page.aspect) for other in under):
            return True
    return False


def _is_body(line: Line, aspect: float) -> bool:
    return any(piece.box.width > _WIDE for piece in split_at_gaps(line, aspect))
