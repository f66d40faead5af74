"""Find documents by words, typed with or without marks, in fields and in the text of all pages.

Everything is brought to one form first: folded, every run of other characters one space, spaces around. So
`02 kh ubnd` finds `Số: 02/KH-UBND`. A word of three letters or more is looked for anywhere; a shorter one
only as a whole word, because with its two spaces it is long enough for the index of three-letter pieces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import column, delete, select, table
from sqlalchemy.orm import Session

from documents.reach import ALL, Reach
from documents.reading import FieldName, FieldValue
from documents.status import DocumentId
from registry.find import field_rows
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

_FTS = table("search_text", column("rowid"), column("search_text"))
_MARKS = re.compile("[\u0300-\u036f\u1dc0-\u1dff]+")
_OTHER = re.compile(r"[\W_]+")
_ENTRY = re.compile(r"(?P<number>\d{1,6})(?:/(?P<year>\d{4}))?")
_LEADING_ZEROS = re.compile(r"(?<= )0+(?=\d)")


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
    words = searchable(text).split()[:MOST_WORDS]
    if not words:
        return ()
    pieces = [word if len(word) >= SHORTEST else f" {word} " for word in words]
    asked = select(SearchRow.document).order_by(SearchRow.id.desc()).limit(limit)
    if session.get_bind().dialect.name == "sqlite":
        asked = asked.join(_FTS, _FTS.c.rowid == SearchRow.id).where(
            _FTS.c.search_text.match(_all_of(pieces))
        )
        asked = asked.order_by(None).order_by(_FTS.c.rowid.desc())
    else:
        everything = SearchRow.head + SearchRow.body
        asked = asked.where(*(everything.contains(piece, autoescape=True) for piece in pieces))
    if reach != ALL:
        asked = asked.join(DocumentRow, DocumentRow.id == SearchRow.document).where(within(reach))
    return tuple(session.scalars(asked))


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
