"""Look back over all registered documents at once: what is known of each, and who leads it by which row.

Three queries whatever their number, and plain columns: ten thousand documents have a hundred thousand fields
to look at.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, func, select, type_coerce
from sqlalchemy.orm import Session

from documents.decisions import Role
from documents.reading import FieldName, FieldReading
from documents.record import EntryRecord, PastDocument
from documents.status import DocumentId, Status
from registry.tables import AssignmentRow, DocumentRow, EntryRow, FieldRow

_ENTRIES = EntryRow.__table__.c
_DOCUMENTS = DocumentRow.__table__.c
_FIELDS = FieldRow.__table__.c
_LINES = AssignmentRow.__table__.c


def load_past(
    session: Session, book: str, since: dt.date, names: Iterable[FieldName]
) -> Iterator[PastDocument]:
    """Documents entered in a book with a day of arrival from `since` on, in the order of their numbers.

    Of a field only value, check and reason are loaded. Sealed documents are left out: nothing is known of
    them.
    """
    wanted = and_(_ENTRIES.book == book, _ENTRIES.state == "taken", _ENTRIES.arrival_date >= since)
    fields = _load_fields(session, wanted, names)
    leads = _load_leads(session, wanted)
    asked = (
        select(_ENTRIES.document, _ENTRIES.year, _ENTRIES.number, _ENTRIES.arrival_date)
        .join_from(EntryRow.__table__, DocumentRow.__table__, _DOCUMENTS.id == _ENTRIES.document)
        .where(wanted, _DOCUMENTS.status != Status.SEALED)
        .order_by(_ENTRIES.year, _ENTRIES.number)
    )
    for document, year, number, arrival in session.connection().execute(asked):
        lead, rule = leads.get(document, (None, None))
        yield PastDocument(
            document=document,
            entry=EntryRecord(book=book, year=year, number=number, state="taken", arrival_date=arrival),
            arrival=arrival,
            fields=fields.get(document, {}),
            lead=lead,
            rule=rule,
        )


def count_leads(session: Session, version: int) -> dict[str, int]:
    """How many documents are led by each row of a version of the routing table."""
    asked = (
        select(AssignmentRow.rule_row, func.count())
        .where(AssignmentRow.rule_version == version, AssignmentRow.role == Role.LEAD)
        .group_by(AssignmentRow.rule_row)
    )
    return {row: count for row, count in session.execute(asked).tuples() if row}


def _load_fields(
    session: Session, wanted: ColumnElement[bool], names: Iterable[FieldName]
) -> dict[DocumentId, dict[FieldName, FieldReading]]:
    kinds = {name.value: name for name in names}
    # The value as its very text: only what is there is read as JSON.
    value = type_coerce(_FIELDS.value, Text)
    asked = (
        select(_FIELDS.document, _FIELDS.name, value, _FIELDS.checked, _FIELDS.reason)
        .join_from(EntryRow.__table__, FieldRow.__table__, _FIELDS.document == _ENTRIES.document)
        .where(wanted, _FIELDS.name.in_(kinds))
    )
    found: dict[DocumentId, dict[FieldName, FieldReading]] = defaultdict(dict)
    for document, written, text, checked, reason in session.connection().execute(asked):
        name = kinds[written]
        found[document][name] = FieldReading(
            name=name, value=None if text is None else json.loads(text), checked=checked, reason=reason
        )
    return found


def _load_leads(
    session: Session, wanted: ColumnElement[bool]
) -> dict[DocumentId, tuple[str | None, str | None]]:
    columns: tuple[Any, ...] = (
        _LINES.document,
        _LINES.person,
        _LINES.unit,
        _LINES.rule_version,
        _LINES.rule_row,
    )
    asked = (
        select(*columns)
        .join_from(EntryRow.__table__, AssignmentRow.__table__, _LINES.document == _ENTRIES.document)
        .where(wanted, _LINES.role == Role.LEAD)
    )
    return {
        document: (f"unit:{unit}" if unit else person, f"{version}#{row}" if row else None)
        for document, person, unit, version, row in session.connection().execute(asked)
    }
