"""What supervision asks of the rows and of the audit: a fixed handful of questions, however many documents.

Every question is narrowed by what its reader may open. The audit has no index by time; a document's `arrived`
is the number of the audit line of its arrival, so the documents say between which lines a period lies.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from documents.decisions import Role
from documents.lines import OPEN_STATES, LineNumber, LineState
from documents.people import PersonId, UnitId
from documents.reach import Reach
from documents.record import AuditLine
from documents.status import DocumentId, Status
from registry.audit import line_of
from registry.reach import within
from registry.tables import AssignmentRow, AuditRow, DocumentRow, EntryRow
from registry.view import View

ROUTING = ("DocumentAssigned", "LineHandedOn", "LineReturned", "LineReassigned", "LineMoved")
"""Events by which somebody has work that they had not before."""
_TO_ANOTHER = ROUTING[1:]
_READINGS = ("DocumentRead", "FullTextRead", "ReviewAsked", "FieldsConfirmed", "DocumentAssigned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days of the civil calendar as moments: from `since` up to, not including, `until` (aware)."""

    since: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """A recipient line that is not done: to do, or returned to the clerks."""

    document: DocumentId
    line: LineNumber
    role: Role
    person: PersonId | None
    unit: UnitId | None
    holder: PersonId | None
    stands_in_for: PersonId | None
    due: dt.date | None
    state: LineState
    assigned_at: dt.datetime
    accepted_at: dt.datetime | None
    asked_due: dt.date | None
    returned: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """How a registered document went through the office; the person and unit are those of its lead line."""

    document: DocumentId
    received_at: dt.datetime
    registered_at: dt.datetime
    accepted_at: dt.datetime | None
    done_at: dt.datetime | None
    person: PersonId | None
    unit: UnitId | None
    holder: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A document that waits for the clerk, and since when it is in the house."""

    document: DocumentId
    received_at: dt.datetime


def open_lines(view: View, reach: Reach) -> tuple[OpenLine, ...]:
    """Every line that is to be done or to be given to somebody, of documents within reach."""
    columns = [getattr(AssignmentRow, name) for name in OpenLine.__slots__]
    asked = (
        select(*columns)
        .join(DocumentRow, DocumentRow.id == AssignmentRow.document)
        .where(AssignmentRow.state.in_((*OPEN_STATES, LineState.RETURNED)), within(reach))
        .order_by(AssignmentRow.due, AssignmentRow.document, AssignmentRow.line)
    )
    return tuple(
        OpenLine(**(row._asdict() | {"state": LineState(row.state), "line": LineNumber(row.line)}))
        for row in view.session.execute(asked)
    )


def held_since(view: View) -> dict[tuple[DocumentId, int], dt.datetime]:
    """When each line that is not done last came to another holder; lines never moved are not in it."""
    undone = select(AssignmentRow.document).where(AssignmentRow.state.in_((*OPEN_STATES, LineState.RETURNED)))
    asked = (
        select(AuditRow.document, AuditRow.at, AuditRow.payload)
        .where(AuditRow.document.in_(undone), AuditRow.event.in_(_TO_ANOTHER))
        .order_by(AuditRow.seq)
    )
    rows = view.session.execute(asked)
    return {(row.document, json.loads(row.payload)["line"]): row.at for row in rows if row.document}


def waiting_for_review(view: View, reach: Reach) -> tuple[Waiting, ...]:
    """Documents that wait for the clerk, the oldest first."""
    asked = (
        select(DocumentRow.id, DocumentRow.received_at)
        .where(DocumentRow.status == Status.REVIEW, within(reach))
        .order_by(DocumentRow.arrived)
    )
    return tuple(Waiting(document=row.id, received_at=row.received_at) for row in view.session.execute(asked))


def passages(view: View, reach: Reach, period: Period) -> tuple[Passage, ...]:
    """Documents registered in a period, in the order of their entry."""
    entered = _entered(reach, period).subquery()
    done = (
        select(AuditRow.document, func.max(AuditRow.at).label("at"))
        .where(
            AuditRow.document.in_(select(entered.c.document)),
            AuditRow.event == "LineFinished",
            AuditRow.payload.contains('"role":"lead"', autoescape=True),
        )
        .group_by(AuditRow.document)
        .subquery()
    )
    asked = (
        select(
            entered,
            AssignmentRow.accepted_at,
            AssignmentRow.person,
            AssignmentRow.unit,
            AssignmentRow.holder,
            AssignmentRow.state,
            done.c.at,
        )
        .outerjoin(
            AssignmentRow,
            and_(AssignmentRow.document == entered.c.document, AssignmentRow.role == Role.LEAD),
        )
        .outerjoin(done, done.c.document == entered.c.document)
        .order_by(entered.c.entered_at, entered.c.document)
    )
    return tuple(
        Passage(
            document=row.document,
            received_at=row.received_at,
            registered_at=row.entered_at,
            accepted_at=row.accepted_at,
            done_at=row.at if row.state == LineState.DONE else None,
            person=row.person,
            unit=row.unit,
            holder=row.holder,
        )
        for row in view.session.execute(asked)
    )


def readings(view: View, reach: Reach, period: Period) -> Iterator[tuple[DocumentId, str, dict[str, Any]]]:
    """Of documents registered in a period that a person confirmed: what machine and people said of them.

    Yields:
        Document, event and payload, in the order of the audit.
    """
    entered = _entered(reach, period).subquery()
    confirmed = select(AuditRow.document).where(
        AuditRow.document.in_(select(entered.c.document)), AuditRow.event == "FieldsConfirmed"
    )
    asked = (
        select(AuditRow.document, AuditRow.event, AuditRow.payload)
        .where(AuditRow.document.in_(confirmed), AuditRow.event.in_(_READINGS))
        .order_by(AuditRow.seq)
    )
    for row in view.session.execute(asked).yield_per(500):
        yield row.document, row.event, json.loads(row.payload)


def moves(view: View, reach: Reach, period: Period, most: int) -> Iterator[AuditLine]:
    """What brought work to somebody in a period, newest first, at most so many lines of the audit."""
    asked = (
        select(AuditRow)
        .join(DocumentRow, DocumentRow.id == AuditRow.document)
        .where(*in_period(period), AuditRow.event.in_(ROUTING), within(reach))
        .order_by(AuditRow.seq.desc())
        .limit(most)
    )
    return (line_of(row) for row in view.session.scalars(asked))


def in_period(period: Period) -> Iterable[ColumnElement[bool]]:
    """Conditions on `AuditRow`: its moment lies in the period; found by number, not by walking the audit."""
    before = select(func.max(DocumentRow.arrived)).where(DocumentRow.received_at < period.since)
    after = select(func.min(DocumentRow.arrived)).where(DocumentRow.received_at >= period.until)
    return (
        AuditRow.at >= period.since,
        AuditRow.at < period.until,
        AuditRow.seq > func.coalesce(before.scalar_subquery(), 0),
        AuditRow.seq <= func.coalesce(after.scalar_subquery(), 2**62),
    )


def _entered(reach: Reach, period: Period) -> Select[Any]:
    return (
        select(EntryRow.document, EntryRow.entered_at, DocumentRow.received_at)
        .join(DocumentRow, DocumentRow.id == EntryRow.document)
        .where(
            EntryRow.state == "taken",
            EntryRow.entered_at >= period.since,
            EntryRow.entered_at < period.until,
            within(reach),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What people know a document by."""

    file_name: str
    number: int | None = None
    year: int | None = None
    arrival_date: dt.date | None = None


def captions(view: View, documents: Iterable[DocumentId]) -> dict[DocumentId, Caption]:
    """The file names and register numbers of these documents."""
    taken = and_(EntryRow.document == DocumentRow.id, EntryRow.state == "taken")
    asked = (
        select(DocumentRow.id, DocumentRow.file_name, EntryRow.number, EntryRow.year, EntryRow.arrival_date)
        .outerjoin(EntryRow, taken)
        .where(DocumentRow.id.in_(list(documents)))
    )
    return {
        row.id: Caption(
            file_name=row.file_name, number=row.number, year=row.year, arrival_date=row.arrival_date
        )
        for row in view.session.execute(asked)
    }
