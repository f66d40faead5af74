"""Find who signed: name, office and signing power, in the block at the right of the copy list.

For `fields.read`: `find_signer(paper, layout) -> SignerFinding`; checking it is `fields.signer_check`.

The block stands before the annexes, mostly beside `Nơi nhận`: lines in capitals with the power and the
office, under them the seal, under that the name. Of several columns (joint documents) the one at the right
is the leading body's. The power is the first one printed: `TM.` of `TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH`.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 7 (ô số 7a, 7b).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.page import Box, Line, Paper, Source, around
from documents.reading import Found
from fields import marks
from fields.annexes import list_own_pages
from fields.columns import split_at_gaps
from fields.layout import Layout, PageLayout
from fields.personal_names import mend_person, read_person
from fields.recipients import ListPlace, find_list_place
from fields.signer_zone import around_name, beside_list, under_office
from fields.signing_titles import is_damaged_power, is_deputy, read_power, read_title

_REACH_UP = 0.3
"""How far above the copy list a signature block may begin, in fractions of the page's height."""
_REACH_DOWN = 0.26
"""How far under the office the name stands."""
_RIGHT = 0.2
"""How far right of the list's margin the block begins, in fractions of the page's width."""
_GAP = 1.15
_NEXT = 1.3
"""The widest space between two lines of power and office, in heights of a line; the seal needs more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerFinding:
    """What the signature block says.

    `printed` are its lines above the name; `digital` the names of certificates. `inferred` says that the
    power is not printed but follows from a deputy's office under the head's; `mended` that the first letter
    of the surname was lost and set in again. `name_box` is where the name should stand.
    """

    name: Found | None = None
    title: Found | None = None
    authority: Found | None = None
    printed: tuple[str, ...] = ()
    digital: tuple[str, ...] = ()
    inferred: bool = False
    mended: bool = False
    page: int | None = None
    name_box: Box | None = None


def find_signer(paper: Paper, layout: Layout) -> SignerFinding:
    """Return the signature block of the document, empty where nothing was found."""
    digital = tuple(n for s in paper.signatures if s.signer and (n := read_person(s.signer)))
    place = find_list_place(layout)
    source = _source(paper)
    for page in _signature_pages(layout, place):
        pieces = _right_pieces(page, place if place and place.page == page.number else None)
        if block := _find_block(pieces, place if place and place.page == page.number else None):
            here = place if place and place.page == page.number else None
            return _read_block(block, pieces, page.number, source, digital, here)
    name = _name_after_list(layout, place, source)
    if place is None:
        return SignerFinding(name=name, digital=digital)
    box = around_name(name.box) if name and name.box else beside_list(place)
    return SignerFinding(name=name, digital=digital, page=place.page, name_box=box)


def _signature_pages(layout: Layout, place: ListPlace | None) -> tuple[PageLayout, ...]:
    """The page of the copy list first, then the document's other pages from the last."""
    own = list_own_pages(layout)
    with_list = [p for p in own if place and p.number == place.page]
    return (*with_list, *(p for p in reversed(own) if p not in with_list))


def _right_pieces(page: PageLayout, place: ListPlace | None) -> tuple[Line, ...]:
    """Pieces of lines right of the copy list, or in the right half of the page, top to bottom."""
    listed = {word for line in place.lines for word in line.words} if place else set()
    left = place.label.box.x0 + _RIGHT if place else 0.4
    pieces: list[Line] = []
    for line in page.lines:
        words = tuple(w for w in line.words if w not in listed)
        if words:
            pieces.extend(p for p in split_at_gaps(Line(words), page.aspect, _GAP) if p.box.x0 >= left)
    return tuple(sorted(pieces, key=lambda p: p.box.middle[1]))


def _find_block(pieces: Sequence[Line], place: ListPlace | None) -> tuple[Line, ...]:
    """The lines with power and office, from the first such line; of several columns the one at the right."""
    top = place.label.box.y0 - _REACH_UP if place else 0.2
    floor = place.box.y1 + _REACH_DOWN if place else 1.0
    starts = [p for p in pieces if top <= p.box.y0 <= floor and _is_office(p)]
    if not starts:
        return ()
    near = starts[0] if place is None else min(starts, key=lambda p: abs(p.box.y0 - place.label.box.y0))
    row = [p for p in starts if abs(p.box.y0 - near.box.y0) < 1.2 * near.box.height]
    first = max(row, key=lambda p: p.box.x0)
    return _grow(first, [p for p in pieces if _shares_column(first, p)])


def _grow(first: Line, column: Sequence[Line]) -> tuple[Line, ...]:
    """The contiguous lines in capitals around `first`."""
    block = [first]
    for piece in column:
        below = piece.box.y0 - block[-1].box.y1
        if (
            piece.box.middle[1] > block[-1].box.middle[1]
            and below < _NEXT * first.box.height
            and (_is_part(piece) or _leads_to_office(piece, column))
        ):
            block.append(piece)
    for piece in reversed(column):
        above = block[0].box.y0 - piece.box.y1
        if (
            piece.box.middle[1] < block[0].box.middle[1]
            and above < _NEXT * first.box.height
            and _is_office(piece)
        ):
            block.insert(0, piece)
    return tuple(block)


def _leads_to_office(piece: Line, column: Iterable[Line]) -> bool:
    """A body's second line right above an office is no name: `NHÂN DÂN TỈNH / CHỦ TỊCH`."""
    return marks.is_capitals(piece.text) and any(
        other.box.middle[1] > piece.box.middle[1]
        and other.box.y0 - piece.box.y1 < _NEXT * piece.box.height
        and _is_office(other)
        for other in column
    )


def _shares_column(one: Line, other: Line) -> bool:
    return min(one.box.x1, other.box.x1) > max(one.box.x0, other.box.x0)


def _is_office(piece: Line) -> bool:
    return bool(read_power(piece.text) or read_title(piece.text) or is_damaged_power(piece.text))


def _is_part(piece: Line) -> bool:
    """An office, or the second line of one in capitals; not a name in capitals."""
    long_enough = sum(c.isalpha() for c in piece.text) >= 6
    return _is_office(piece) or (
        long_enough and marks.is_capitals(piece.text) and not read_person(piece.text)
    )


def _read_block(
    block: Sequence[Line],
    pieces: Sequence[Line],
    page: int,
    source: Source,
    digital: tuple[str, ...],
    place: ListPlace | None,
) -> SignerFinding:
    box = around(line.box for line in block)
    titled = [(line, office) for line in block if (office := read_title(line.text))]
    powers = [(line, power[0]) for line in block if (power := read_power(line.text))]
    title = (
        Found(titled[-1][1], page, titled[-1][0].box, source)
        if titled
        else _title_in_power(powers, page, source)
    )
    authority = Found(powers[0][1], page, powers[0][0].box, source) if powers else None
    inferred = authority is None and _is_deputy_under_head(titled)
    if inferred:
        authority = Found("KT.", page, box, Source.INFERRED)
    name, mended = _find_name(_join_rows(pieces), box, page, source)
    others = (p.box for p in pieces if _is_office(p))
    return SignerFinding(
        name=name,
        title=title,
        authority=authority,
        printed=tuple(" ".join(line.text.split()) for line in block),
        digital=digital,
        inferred=inferred,
        mended=mended,
        page=page,
        name_box=around_name(name.box) if name and name.box and title else under_office(box, others, place),
    )


def _title_in_power(powers: Sequence[tuple[Line, str]], page: int, source: Source) -> Found | None:
    """`Q. GIÁM ĐỐC` names power and office on one line; after TM., KT., TL. the office stands on the next."""
    for line, power in powers:
        rest = read_power(line.text)
        if power == "Q." and rest and (title := read_title(rest[1])):
            return Found(title, page, line.box, source)
    return None


def _is_deputy_under_head(titled: Sequence[tuple[Line, str]]) -> bool:
    return len(titled) >= 2 and is_deputy(titled[-1][1]) and not is_deputy(titled[-2][1])


def _join_rows(pieces: Iterable[Line]) -> tuple[Line, ...]:
    """Pieces that stand close on one row put together: where a letter was lost, a name has a wide space."""
    rows: list[Line] = []
    for piece in sorted(pieces, key=lambda p: (round(p.box.middle[1], 3), p.box.x0)):
        at = next((i for i, row in enumerate(rows) if _continues(row, piece)), None)
        if at is None:
            rows.append(piece)
        else:
            rows[at] = Line((*rows[at].words, *piece.words))
    return tuple(rows)


def _continues(row: Line, piece: Line) -> bool:
    level = abs(row.box.middle[1] - piece.box.middle[1]) < 0.5 * row.box.height
    return level and 0 <= piece.box.x0 - row.box.x1 < 3 * row.box.height


def _find_name(pieces: Iterable[Line], block: Box, page: int, source: Source) -> tuple[Found | None, bool]:
    """The lowest personal name under the office, near and in its column; and whether it was mended."""
    found: Found | None = None
    mended: Found | None = None
    for piece in pieces:
        under = block.y1 - 0.01 < piece.box.middle[1] < block.y1 + _REACH_DOWN
        beside = piece.box.x0 < block.x1 + 0.05 and piece.box.x1 > block.x0 - 0.05
        if not under or not beside or _is_office(piece):
            continue
        if name := read_person(piece.text):
            found = Found(name, page, piece.box, source)
        elif name := mend_person(piece.text):
            mended = Found(name, page, piece.box, source)
    return found or mended, found is None and mended is not None


def _name_after_list(layout: Layout, place: ListPlace | None, source: Source) -> Found | None:
    """A line that is a name and nothing else, after the copy list of a paper whose block cannot be read."""
    page = layout.page(place.page) if place else None
    if page is None or place is None:
        return None
    found: Found | None = None
    for line in page.lines:
        if line.box.y0 >= place.box.y1 and (name := read_person(line.text)):
            found = Found(name, page.number, line.box, source)
    return found


def _source(paper: Paper) -> Source:
    page = paper.page(1)
    return page.source if page else Source.OCR
