"""Find rows: the few look-ups that both the book and the view need."""

from __future__ import annotations

from sqlalchemy import Select, not_, select
from sqlalchemy.orm import Session

from documents.events import Arrival
from documents.reading import FieldName
from documents.status import DocumentId
from documents.text import fold
from registry.tables import DocumentRow, EntryRow, FieldRow

KEY_LENGTH = 200


def first_with(session: Session, sha256: str) -> DocumentRow | None:
    """The first document with those bytes; later ones are attached to it."""
    asked = select(DocumentRow).where(DocumentRow.sha256 == sha256, DocumentRow.duplicate_of.is_(None))
    return session.scalars(asked).one_or_none()


def same_drop(session: Session, arrival: Arrival) -> DocumentRow | None:
    """The document of exactly this file, still lying in the intake folder.

    A file that left and was put back by a person is a new drop, though name, inode and times are the same.
    """
    asked = select(DocumentRow).where(
        DocumentRow.folder == arrival.folder,
        DocumentRow.name == arrival.name,
        DocumentRow.inode == str(arrival.inode),
        DocumentRow.mtime_ns == arrival.mtime_ns,
        DocumentRow.size == arrival.size,
        not_(DocumentRow.arrival_cleared),
    )
    return session.scalars(asked).one_or_none()


def taken_entry(session: Session, document: DocumentId) -> EntryRow | None:
    """The line of the register under which a document stands now."""
    asked = select(EntryRow).where(EntryRow.document == document, EntryRow.state == "taken")
    return session.scalars(asked).one_or_none()


def field_rows(session: Session, document: DocumentId) -> dict[FieldName, FieldRow]:
    """All fields of a document as they stand."""
    asked = select(FieldRow).where(FieldRow.document == document)
    return {FieldName(row.name): row for row in session.scalars(asked)}


def value_key(name: FieldName, value: object) -> str | None:
    """What two values must share to be the same, None for lists.

    A number counts the same with and without its leading zeros: `02/KH-UBND` is `2/KH-UBND`.
    """
    if not isinstance(value, str):
        return None
    key = fold(value)
    if name is FieldName.NUMBER_SYMBOL:
        key = key.replace(" ", "").lstrip("0")
    return key[:KEY_LENGTH]


def same_reference(session: Session, number: str, date: str) -> tuple[DocumentId, ...]:
    """Documents with that number and notation and that date (ISO), in order of arrival."""

    def having(name: FieldName, value: str) -> Select[tuple[DocumentId]]:
        key = value_key(name, value)
        return select(FieldRow.document).where(FieldRow.name == name.value, FieldRow.key == key)

    asked = select(DocumentRow.id).where(
        DocumentRow.id.in_(having(FieldName.NUMBER_SYMBOL, number)),
        DocumentRow.id.in_(having(FieldName.DATE, date)),
    )
    return tuple(session.scalars(asked.order_by(DocumentRow.arrived)))


MOST_ASKED = 200
"""Documents of an agency, the newest, whose signers are known."""


def signers_of(session: Session, agency: str, besides: DocumentId) -> tuple[str, ...]:
    """Who signed the newest other documents of an agency, each once; names that were checked or confirmed."""
    of_agency = (
        select(DocumentRow.id)
        .join(FieldRow, FieldRow.document == DocumentRow.id)
        .where(
            FieldRow.name == FieldName.ISSUER_AGENCY.value,
            FieldRow.key == value_key(FieldName.ISSUER_AGENCY, agency),
            DocumentRow.id != besides,
        )
        .order_by(DocumentRow.arrived.desc())
        .limit(MOST_ASKED)
    )
    asked = select(FieldRow.value).where(
        FieldRow.document.in_(of_agency),
        FieldRow.name == FieldName.SIGNER_NAME.value,
        FieldRow.checked,
    )
    names = (value for value in session.scalars(asked) if isinstance(value, str))
    return tuple(dict.fromkeys(names))
