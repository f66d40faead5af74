"""Who stands in for whom, and the open lines that this may concern."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from documents.absence import Delegation, DelegationEnded, DelegationId, DelegationSaved
from documents.lines import OPEN_STATES
from documents.people import PersonId, UnitId
from documents.status import DocumentId
from registry.change import Appliers, Change
from registry.tables import AssignmentRow, DelegationRow
from registry.view import View


def load_delegations(view: View, ending_from: dt.date | None = None) -> tuple[Delegation, ...]:
    """Delegations by their first day; with `ending_from` only those whose last day is not before it."""
    asked = select(DelegationRow).order_by(DelegationRow.since, DelegationRow.id)
    if ending_from:
        asked = asked.where(DelegationRow.until >= ending_from)
    return tuple(_delegation(row) for row in view.session.scalars(asked))


def next_delegation(view: View) -> DelegationId:
    """The number of the next delegation to be entered."""
    return DelegationId((view.session.scalar(select(func.max(DelegationRow.id))) or 0) + 1)


def documents_to_settle(view: View, people: Iterable[PersonId]) -> tuple[DocumentId, ...]:
    """Documents with open lines that one of `people` holds, or nobody, or somebody in another's place."""
    asked = (
        select(AssignmentRow.document)
        .where(
            AssignmentRow.state.in_(OPEN_STATES),
            or_(
                AssignmentRow.holder.in_(list(people)),
                AssignmentRow.holder.is_(None),
                AssignmentRow.stands_in_for.is_not(None),
            ),
        )
        .distinct()
    )
    return tuple(sorted(view.session.scalars(asked)))


def documents_of_unit(view: View, unit: UnitId) -> tuple[DocumentId, ...]:
    """Documents with open lines that were given to a unit."""
    asked = select(AssignmentRow.document).where(
        AssignmentRow.state.in_(OPEN_STATES), AssignmentRow.unit == unit
    )
    return tuple(sorted(view.session.scalars(asked.distinct())))


def open_documents_of(view: View, person: PersonId) -> tuple[DocumentId, ...]:
    """Documents with an open line that a person holds, or that is held in their place."""
    asked = select(AssignmentRow.document).where(
        AssignmentRow.state.in_(OPEN_STATES),
        or_(AssignmentRow.holder == person, AssignmentRow.stands_in_for == person),
    )
    return tuple(sorted(view.session.scalars(asked.distinct())))


def save_delegation(event: DelegationSaved, change: Change) -> None:
    """One more delegation; the lines it concerns move by events of their own."""
    one = event.delegation
    change.session.add(
        DelegationRow(
            id=one.id,
            giver=one.giver,
            taker=one.taker,
            since=one.since,
            until=one.until,
            instrument=one.instrument,
            doc_types=list(one.doc_types),
            unit=one.unit,
            with_secret=one.with_secret,
            entered_at=change.now,
            entered_by=change.actor,
        )
    )


def end_delegation(event: DelegationEnded, change: Change) -> None:
    """It ends sooner; never later than it said, because its instrument says no more."""
    row = _row(change.session, event.delegation)
    row.until = min(row.until, event.until)


def _row(session: Session, delegation: DelegationId) -> DelegationRow:
    return session.get_one(DelegationRow, delegation)


def _delegation(row: DelegationRow) -> Delegation:
    return Delegation(
        id=DelegationId(row.id),
        giver=row.giver,
        taker=row.taker,
        since=row.since,
        until=row.until,
        instrument=row.instrument,
        doc_types=tuple(row.doc_types),
        unit=row.unit,
        with_secret=row.with_secret,
    )


APPLIERS: Appliers = {DelegationSaved: save_delegation, DelegationEnded: end_delegation}
