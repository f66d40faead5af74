"""What became of the work of many documents at once: who leads, by when, and on which moment it was done."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from documents.decisions import Role
from documents.lines import LineNumber, LineState
from documents.people import PersonId, UnitId
from documents.status import DocumentId
from documents.work import LineFinished
from registry.tables import AssignmentRow, AuditRow
from registry.view import View

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacts:
    """The line that leads a document; `done_at` is when its work was last reported done, None before that."""

    line: LineNumber
    person: PersonId | None
    unit: UnitId | None
    due: dt.date | None
    state: LineState
    done_at: dt.datetime | None = None


def load_leads(view: View, documents: Sequence[DocumentId]) -> dict[DocumentId, LeadFacts]:
    """The leading line of each of these documents that has one."""
    found: dict[DocumentId, LeadFacts] = {}
    for start in range(0, len(documents), _CHUNK):
        some = documents[start : start + _CHUNK]
        done = _done(view, some)
        asked = select(
            AssignmentRow.document,
            AssignmentRow.line,
            AssignmentRow.person,
            AssignmentRow.unit,
            AssignmentRow.due,
            AssignmentRow.state,
        ).where(AssignmentRow.document.in_(some), AssignmentRow.role == Role.LEAD)
        for row in view.session.execute(asked):
            found[row.document] = LeadFacts(
                line=LineNumber(row.line),
                person=row.person,
                unit=row.unit,
                due=row.due,
                state=LineState(row.state),
                done_at=done.get((row.document, row.line)),
            )
    return found


def _done(view: View, documents: Sequence[DocumentId]) -> dict[tuple[DocumentId, int], dt.datetime]:
    """When each line was last reported done."""
    asked = (
        select(AuditRow.document, AuditRow.payload, AuditRow.at)
        .where(AuditRow.document.in_(documents), AuditRow.event == LineFinished.__name__)
        .order_by(AuditRow.seq)
    )
    return {
        (document, json.loads(payload)["line"]): at
        for document, payload, at in view.session.execute(asked)
        if document
    }
