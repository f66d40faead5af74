"""Find the documents that the paper cites (viện dẫn): every number and notation but its own.

For `fields.read`: `find_references(layout, own=...)` and `check_references(found)`. The numbers stand as
they are registered (`17/NQ-CP`), each once, in the order of the paper; broken over a line end they are
joined.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 6 (first mention in full, later ones short).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from documents.page import Box, Line, Source
from documents.reading import FieldName, FieldReading, Found
from fields import marks
from fields.layout import Layout, PageLayout
from fields.reference_grammar import Reference, fold_notation, parse_reference, plain
from fields.running_text import PlacedLine, run_on
from fields.verdict import checked, doubted

_TERM = re.compile(r"\s(\d{1,2})(?![\w/])")
"""The term of the National Assembly, printed apart: `43/2013/QH 13`."""
_JOINT = re.compile(r"(?<![\w/])\d{1,6}/\s?[A-ZĐ]{2,8}/\s?[A-ZĐ]{2,8}(?:\s?-\s?[A-ZĐ&]{2,10}){0,3}(?![\w/])")
"""Several offices parted by a slash: `1704/HDLS/BHXH-GDĐT`."""
_OF_ASSEMBLY = re.compile(r"(?:.*-)?(?:UBTV)?QH")
_STANDARD = re.compile(r"[QT]C[A-ZĐ]{0,6}\s?[\d-]+\s?:\s?$")
"""What stands before the year of a technical standard: `QCVN 01:2009/BYT` is no document's number."""


def find_references(layout: Layout, *, own: str | None, source: Source = Source.OCR) -> Found | None:
    """Return the documents cited, or None when there is none.

    Args:
        layout: Where things stand; the number line of the head is left out.
        own: The document's own number and notation, as registered; mentions of it are not citations.
        source: Where the words come from.
    """
    running = run_on(
        PlacedLine(page.number, line) for page in layout.pages for line in _citing_lines(page, layout)
    )
    excluded = {key for key, *_ in _list_cited(own or "")}
    seen: dict[str, str] = {}
    first: tuple[int, Box] | None = None
    for key, registered, start, end in _list_cited(running.text):
        if key not in excluded and key not in seen:
            seen[key] = registered
            first = first or running.place(start, end)
    if first is None:
        return None
    return Found(list(seen.values()), first[0], first[1], source)


def check_references(found: Found | None, *, all_pages: bool) -> FieldReading:
    """Return the references checked when the file's own text of every page gave them.

    `all_pages` says whether the whole document was read; before that the list may still grow.
    """
    name = FieldName.REFERENCES
    if found is None:
        return FieldReading(name=name)
    if not all_pages:
        return doubted(name, found, "Mới đọc một phần văn bản, danh sách viện dẫn có thể còn thiếu.")
    if found.source is Source.TEXT_LAYER:
        return checked(name, found, "Số, ký hiệu viện dẫn lấy từ chữ có sẵn trong tệp.")
    return doubted(name, found, "Số, ký hiệu viện dẫn mới đọc được một lần.")


def _list_cited(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Key, registered form, start and end of every number and notation in `text`, left to right."""
    found = [
        (r.start, *_completed(r, text))
        for r in parse_reference(text)
        if not _STANDARD.search(text[max(0, r.start - 20) : r.start])
    ]
    for match in _JOINT.finditer(plain(text)):
        registered = "".join(match[0].split())
        found.append((match.start(), fold_notation(registered), registered, match.end()))
    for start, key, registered, end in sorted(found):
        yield key, registered, start, end


def _completed(reference: Reference, text: str) -> tuple[str, str, int]:
    term = _TERM.match(text, reference.end) if _OF_ASSEMBLY.fullmatch(reference.notation) else None
    if term:
        return f"{reference.match_key}{term[1]}", f"{reference.registered}{term[1]}", term.end()
    return reference.match_key, reference.registered, reference.end


def _citing_lines(page: PageLayout, layout: Layout) -> Iterable[Line]:
    """Lines without the number lines of heads: the document's own, and those of papers attached to it."""
    own = layout.head.number
    for line in page.lines:
        if page.number == 1 and own is not None and set(own.words) & set(line.words):
            continue
        if (
            line.box.middle[1] < 0.25
            and marks.is_number_label(line.text)
            and _is_head(parse_reference(line.text))
        ):
            continue
        yield line


def _is_head(references: tuple[Reference, ...]) -> bool:
    return bool(references) and references[0].start < 8
