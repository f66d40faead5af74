"""Ask what stands in the first states of a document: the longest waiting first, and who has looked at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, func, select

from documents.events import DocumentOpened, DocumentRead
from documents.people import PersonId
from documents.reach import Reach
from documents.record import DocumentRecord
from documents.status import DocumentId, Status
from registry.reach import within
from registry.records import document_of
from registry.tables import AuditRow, DocumentRow
from registry.view import View


def list_awaiting(
    view: View, statuses: Collection[Status], reach: Reach, *, limit: int | None
) -> tuple[DocumentRecord, ...]:
    """Documents in these states within reach, in order of arrival. None of them has a number yet."""
    asked = (
        select(DocumentRow)
        .where(DocumentRow.status.in_(sorted(statuses)), within(reach))
        .order_by(DocumentRow.arrived)
        .limit(limit)
    )
    return tuple(document_of(row, None) for row in view.session.scalars(asked))


def last_openings(
    view: View, documents: Sequence[DocumentId], by: Collection[PersonId]
) -> Mapping[DocumentId, tuple[PersonId, dt.datetime]]:
    """Who of `by` opened each document last since it was read, and when; without those nobody opened."""
    read = (
        select(AuditRow.document, func.max(AuditRow.seq).label("seq"))
        .where(AuditRow.document.in_(documents), AuditRow.event == DocumentRead.__name__)
        .group_by(AuditRow.document)
        .subquery()
    )
    opened = (
        select(AuditRow.document, AuditRow.actor, AuditRow.at)
        .join(read, and_(read.c.document == AuditRow.document, AuditRow.seq > read.c.seq))
        .where(AuditRow.event == DocumentOpened.__name__, AuditRow.actor.in_(sorted(by)))
        .order_by(AuditRow.seq)
    )
    return {
        document: (PersonId(actor), at)
        for document, actor, at in view.session.execute(opened)
        if document is not None
    }
