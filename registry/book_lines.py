"""What the lines of a register say: plain columns for many lines at once.

A register of a year has thousands of lines and each document two dozen fields: only what a line shows is
loaded, in chunks, and as columns, not as rows of the mapper.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Text, case, select, type_coerce

from documents.decisions import Role
from documents.lines import OPEN_STATES, LineState
from documents.reach import ALL, Reach
from documents.reading import FieldName
from documents.record import EntryRecord
from documents.status import DocumentId, Status
from registry.reach import within
from registry.tables import AssignmentRow, DocumentRow, EntryRow, FieldRow, OfficeRow, PersonRow, UnitRow
from registry.view import View

SHOWN = (
    FieldName.ISSUER,
    FieldName.NUMBER_SYMBOL,
    FieldName.DATE,
    FieldName.DOC_TYPE,
    FieldName.SUBJECT,
    FieldName.URGENCY,
    FieldName.SECRECY,
)
"""The fields that a line of the register shows or is judged by."""
_CHUNK = 500

_ENTRIES = EntryRow.__table__.c
_DOCUMENTS = DocumentRow.__table__.c
_FIELDS = FieldRow.__table__.c
_LINES = AssignmentRow.__table__.c


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What is known of one line of the register.

    `recipients` are the names people know, the lead's first; `may_open` is whether the reader may open the
    document; `open_due` is the soonest day by which work on it is still to be done.
    """

    entry: EntryRecord
    document: DocumentId | None
    status: Status | None = None
    routed_at: dt.datetime | None = None
    values: dict[FieldName, str] = field(default_factory=dict)
    recipients: tuple[str, ...] = ()
    open_due: dt.date | None = None
    may_open: bool = True

    @property
    def is_restricted(self) -> bool:
        """Whether the paper bears a secrecy mark, or is sealed."""
        return self.status is Status.SEALED or bool(self.values.get(FieldName.SECRECY))


def office_head(view: View) -> tuple[str, str]:
    """The name of the agency above the office and of the office itself, each empty when not known."""
    row = view.session.execute(select(OfficeRow.parent, OfficeRow.name)).first()
    return (row.parent or "", row.name or "") if row else ("", "")


def whole_book(view: View, book: str, year: int, reach: Reach = ALL) -> Iterator[LineFacts]:
    """Every line of a register by number, the held and cancelled ones too."""
    asked = select(*_ENTRY_COLUMNS).where(_ENTRIES.book == book, _ENTRIES.year == year)
    rows = view.session.connection().execute(asked.order_by(_ENTRIES.number)).all()
    yield from load_facts(view, rows, reach)


def load_facts(view: View, rows: Sequence[Row[Any]], reach: Reach = ALL) -> Iterator[LineFacts]:
    """The facts of these lines (rows of `entry_columns`), in their order."""
    for start in range(0, len(rows), _CHUNK):
        some = rows[start : start + _CHUNK]
        documents = {row.document for row in some if row.document}
        heads = _heads(view, documents)
        values = _values(view, documents)
        recipients = _recipients(view, documents)
        opened = documents if reach == ALL else _within(view, documents, reach)
        for row in some:
            status, routed_at = heads.get(row.document, (None, None))
            names, due = recipients.get(row.document, ((), None))
            yield LineFacts(
                entry=EntryRecord(
                    book=row.book,
                    year=row.year,
                    number=row.number,
                    state=row.state,
                    arrival_date=row.arrival_date,
                    reason=row.reason,
                ),
                document=row.document,
                status=status,
                routed_at=routed_at,
                values=values.get(row.document, {}),
                recipients=names,
                open_due=due,
                may_open=row.document in opened,
            )


_ENTRY_COLUMNS = (
    _ENTRIES.book,
    _ENTRIES.year,
    _ENTRIES.number,
    _ENTRIES.state,
    _ENTRIES.document,
    _ENTRIES.arrival_date,
    _ENTRIES.reason,
)


def entry_columns() -> tuple[Any, ...]:
    """The columns that `load_facts` needs of a line."""
    return _ENTRY_COLUMNS


def _heads(view: View, documents: Collection[str]) -> dict[str, tuple[Status, dt.datetime | None]]:
    asked = select(_DOCUMENTS.id, _DOCUMENTS.status, _DOCUMENTS.routed_at)
    rows = view.session.connection().execute(asked.where(_DOCUMENTS.id.in_(documents)))
    return {row.id: (row.status, row.routed_at) for row in rows}


def _values(view: View, documents: Collection[str]) -> dict[str, dict[FieldName, str]]:
    kinds = {name.value: name for name in SHOWN}
    # The value as its very text: only what is there is read as JSON.
    asked = select(_FIELDS.document, _FIELDS.name, type_coerce(_FIELDS.value, Text)).where(
        _FIELDS.document.in_(documents), _FIELDS.name.in_(kinds)
    )
    found: dict[str, dict[FieldName, str]] = defaultdict(dict)
    for document, name, text in view.session.connection().execute(asked):
        value = json.loads(text) if text else None
        if isinstance(value, str) and value:
            found[document][kinds[name]] = value
    return found


_ROLE_ORDER = case({role: place for place, role in enumerate(Role)}, value=_LINES.role)


def _recipients(view: View, documents: Collection[str]) -> dict[str, tuple[tuple[str, ...], dt.date | None]]:
    asked = (
        select(_LINES.document, _LINES.state, _LINES.due, PersonRow.name, UnitRow.name.label("unit_name"))
        .outerjoin_from(AssignmentRow.__table__, PersonRow, PersonRow.id == _LINES.person)
        .outerjoin(UnitRow, UnitRow.id == _LINES.unit)
        .where(_LINES.document.in_(documents))
        .order_by(_LINES.document, _ROLE_ORDER, _LINES.line)
    )
    names: dict[str, list[str]] = defaultdict(list)
    dues: dict[str, dt.date] = {}
    for row in view.session.connection().execute(asked):
        names[row.document].append(row.name or row.unit_name or "")
        if row.due and LineState(row.state) in OPEN_STATES:
            dues[row.document] = min(row.due, dues.get(row.document, row.due))
    return {document: (tuple(known), dues.get(document)) for document, known in names.items()}


def _within(view: View, documents: Iterable[str], reach: Reach) -> set[str]:
    asked = select(DocumentRow.id).where(DocumentRow.id.in_(list(documents)), within(reach, each=True))
    return set(view.session.scalars(asked))
