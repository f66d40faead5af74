"""Who has the form of a document open right now: rows that come and go, told by no event."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select

from documents.people import PersonId
from documents.status import DocumentId
from registry.engine import Registry
from registry.tables import OpenPageRow
from registry.upsert import put


def note_open(
    registry: Registry, document: DocumentId, person: PersonId, now: dt.datetime, *, since: dt.datetime
) -> tuple[PersonId, ...]:
    """Note that `person` has it open now; return the others heard of since `since`, and forget all older."""
    with registry.writing() as session:
        session.execute(delete(OpenPageRow).where(OpenPageRow.at < since))
        put(session, OpenPageRow, {"document": document, "person": person, "at": now})
        others = select(OpenPageRow.person).where(
            OpenPageRow.document == document, OpenPageRow.person != person
        )
        return tuple(session.scalars(others.order_by(OpenPageRow.person)))
