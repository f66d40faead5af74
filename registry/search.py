"""Find documents by words, typed with or without marks, in fields and in the text of all pages.

Everything is brought to one form first: folded, every run of other characters one space, spaces around. So
`02 kh ubnd` finds `Số: 02/KH-UBND`. A word of three letters or more is looked for anywhere; a shorter one
only as a whole word, because with its two spaces it is long enough for the index of three-letter pieces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    and_,
    column,
    delete,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.orm import Session

from documents.reach import ALL, Reach
from documents.reading import FieldName, FieldValue
from documents.status import DocumentId
from registry.find import field_rows
from registry.plans import stands_in
from registry.reach import within
from registry.tables import DocumentRow, EntryRow, SearchRow

HEAD_FIELDS = (
    FieldName.NUMBER_SYMBOL,
    FieldName.DOC_TYPE,
    FieldName.SUBJECT,
    FieldName.ISSUER,
    FieldName.ISSUER_PARENT,
    FieldName.SIGNER_NAME,
)
SHORTEST = 3
"""Letters in a piece of the index."""
MOST_WORDS = 12
"""More words than this narrow nothing any more."""

FTS = table("search_text", column("rowid"), column("search_text"))
"""The index of SQLite over `SearchRow`."""
_MARKS = re.compile("[\u0300-\u036f\u1dc0-\u1dff]+")
_OTHER = re.compile(r"[\W_]+")
_ENTRY = re.compile(r"(?P<number>\d{1,6})(?:/(?P<year>\d{4}))?")
_LEADING_ZEROS = re.compile(r"(?<= )0+(?=\d)")


@dataclass(frozen=True, slots=True)
class Window:
    """Documents that arrived (`DocumentRow.arrived`) from `low` on and before `high`."""

    low: int
    high: int

    def holds(self, arrived: Any) -> ColumnElement[bool]:
        """A condition: that column is within."""
        return and_(arrived >= self.low, arrived < self.high)


EVERYTHING = Window(0, 2**62)


def searchable(text: str) -> str:
    """Return `text` as the search looks at it; empty when it holds no letter or digit.

    >>> searchable("Số: 02/KH-UBND, ĐỐI NGOẠI")
    ' so 02 kh ubnd doi ngoai '
    """
    # Folded, not lowered: FTS5 folds on its own, and would find "s" in "ſ" where PostgreSQL does not.
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).casefold()
    plain = _OTHER.sub(" ", bare.replace("đ", "d").replace("ð", "d").replace("ɖ", "d"))
    return f" {plain.strip()} " if plain.strip() else ""


def index_head(session: Session, document: DocumentRow) -> None:
    """Bring the searched fields of a document up to date."""
    session.flush()
    known = field_rows(session, document.id)
    parts = [document.file_name, *(_text(known[name].value) for name in HEAD_FIELDS if name in known)]
    if FieldName.NUMBER_SYMBOL in known:
        parts.append(_LEADING_ZEROS.sub("", searchable(_text(known[FieldName.NUMBER_SYMBOL].value))))
    _row(session, document).head = searchable(" ".join(parts))


def index_body(session: Session, document: DocumentRow, text: str) -> None:
    """Keep the text of the pages read; later and longer readings replace it."""
    _row(session, document).body = searchable(text)


def forget_text(session: Session, document: DocumentRow) -> None:
    """Leave nothing of a document to be found."""
    session.flush()
    session.execute(delete(SearchRow).where(SearchRow.document == document.id))


def search(session: Session, text: str, limit: int, reach: Reach = ALL) -> tuple[DocumentId, ...]:
    """Return documents that hold every word of `text`, newest first, at most `limit`; none for no words.

    Text that may be an arrival number, `29` or `29/2012`, puts the documents under that number first.
    """
    numbered = _by_number(session, text, limit, reach)
    rest = (one for one in _by_words(session, text, limit, reach) if one not in numbered)
    return (*numbered, *rest)[:limit]


def _by_words(session: Session, text: str, limit: int, reach: Reach) -> tuple[DocumentId, ...]:
    asked = select(SearchRow.document)
    if reach != ALL:
        asked = asked.join(DocumentRow, DocumentRow.id == SearchRow.document).where(within(reach, each=True))
    return tuple(row.document for row in find_newest(session, asked, text, limit))


def find_newest(
    session: Session, asked: Select[Any], text: str, limit: int, window: Window = EVERYTHING
) -> list[Row[Any]]:
    """Return the first `limit` rows of `asked`, a question about `SearchRow`, that hold every word of `text`.

    Newest first, only of documents that arrived within `window`; none when `text` holds no words.
    """
    pieces = pieces_of(text)
    if not pieces or limit < 1 or window.low >= window.high:
        return []
    asked = asked.order_by(None)
    if session.get_bind().dialect.name == "sqlite":
        found = asked.join(FTS, FTS.c.rowid == SearchRow.id).where(match(pieces), window.holds(FTS.c.rowid))
        return list(session.execute(found.order_by(FTS.c.rowid.desc()).limit(limit)))
    return _place_by_place(session, asked.order_by(SearchRow.id.desc()), pieces, limit, window)


def match(pieces: Iterable[str]) -> ColumnElement[bool]:
    """A condition on `FTS`: the document holds every piece."""
    return FTS.c.search_text.match(_all_of(pieces))


def holds_all(pieces: Iterable[str]) -> ColumnElement[bool]:
    """A condition on `SearchRow`, for rows that are read one by one: head and text hold every piece."""
    whole = SearchRow.head + " " + SearchRow.body
    return and_(*(stands_in(whole, piece) for piece in pieces))


def pieces_of(text: str) -> list[str]:
    """What must be found of each word of `text`: a short word with the spaces around it."""
    words = searchable(text).split()[:MOST_WORDS]
    return [word if len(word) >= SHORTEST else f" {word} " for word in words]


def holds(where: SQLColumnExpression[str], pieces: Iterable[str]) -> ColumnElement[bool]:
    """A condition: `where` holds every piece."""
    return and_(*(where.contains(piece, autoescape=True) for piece in pieces))


_PLACE = 8192
"""Documents of a place: so the index on PostgreSQL divides the order of arrival."""
_NEWEST = 500
"""Documents looked at one by one before the index is asked: words of every other paper are found there."""
_RARE = 8
"""Fewer hits in the newest place, and all the rest is asked for at once."""


def _place_by_place(
    session: Session, asked: Select[Any], pieces: list[str], limit: int, window: Window
) -> list[Row[Any]]:
    """Look among the newest, then place by place, then, once words prove rare, everywhere at once.

    The index gives all documents that hold a word, in no order: of a word that stands in every tenth paper of
    a million that would be a hundred thousand to read before the newest are known.
    """
    end = min(window.high, (session.scalar(select(func.max(SearchRow.id))) or 0) + 1)
    near = Window(max(window.low, end - _NEWEST), end)
    # Not the indexed expression: these few are read, whatever the index would offer.
    found = list(session.execute(asked.where(near.holds(SearchRow.id), holds_all(pieces)).limit(limit)))
    place_of = SearchRow.id.op("/")(literal_column(str(_PLACE)))
    far = Window(window.low, near.low)
    for place in range((far.high - 1) // _PLACE, far.low // _PLACE - 1, -1):
        if len(found) >= limit or far.low >= far.high:
            break
        before = len(found)
        here = place_of == literal_column(f"CAST({place} AS BIGINT)")
        hits = select(SearchRow.id).where(far.holds(SearchRow.id), here)
        found += _hits(session, asked, hits, pieces, limit - before)
        if len(found) - before < _RARE and _are_rare(session, hits, pieces):
            rest = Window(far.low, min(far.high, place * _PLACE))
            hits = select(SearchRow.id).where(rest.holds(SearchRow.id))
            found += _hits(session, asked, hits, pieces, limit - len(found))
            break
    return found[:limit]


def _are_rare(session: Session, hits: Select[Any], pieces: list[str]) -> bool:
    """Whether the words themselves are rare in a place, not only among what else was asked for."""
    some = hits.where(holds(SearchRow.head + SearchRow.body, pieces)).limit(_RARE).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) < _RARE


def _hits(
    session: Session, asked: Select[Any], hits: Select[Any], pieces: list[str], limit: int
) -> list[Row[Any]]:
    """Rows of `asked` among `hits`, which the index finds before anything else is asked of them."""
    if limit < 1:
        return []
    first = hits.where(holds(SearchRow.head + SearchRow.body, pieces)).cte("hits").prefix_with("MATERIALIZED")
    return list(session.execute(asked.where(SearchRow.id.in_(select(first.c.id))).limit(limit)))


def _by_number(session: Session, text: str, limit: int, reach: Reach) -> list[DocumentId]:
    """`29` or `29/2012` may be an arrival number; the newest book first."""
    written = _ENTRY.fullmatch(text.strip())
    if written is None:
        return []
    asked = (
        select(EntryRow.document)
        .join(DocumentRow, DocumentRow.id == EntryRow.document)
        .where(EntryRow.number == int(written["number"]), within(reach))
    )
    if written["year"]:
        asked = asked.where(EntryRow.year == int(written["year"]))
    found = session.scalars(asked.order_by(EntryRow.year.desc()).limit(limit))
    return [document for document in found if document]


def _all_of(pieces: Iterable[str]) -> str:
    """The pieces in the language of FTS5; they hold letters, digits and spaces only."""
    return " AND ".join(f'"{piece}"' for piece in pieces)


def _row(session: Session, document: DocumentRow) -> SearchRow:
    row = session.get(SearchRow, document.arrived)
    if row is None:
        row = SearchRow(id=document.arrived, document=document.id, head="", body="")
        session.add(row)
    return row


def _text(value: FieldValue) -> str:
    return value if isinstance(value, str) else ""
