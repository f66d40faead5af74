"""Routing tables: versions with the day each takes effect, and drafts that wait for a second person."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from documents.errors import DraftClosed, NoSuchDraft, OwnDraft
from documents.events import RulesAdopted, RulesApproved, RulesDraftDropped, RulesDrafted
from documents.people import PersonId
from documents.record import DraftState, RulesDraft, RulesVersion
from registry.change import Appliers, Change
from registry.tables import RulesDraftRow, RulesRow


def load_rules(session: Session, name: str, on: dt.date | None = None) -> tuple[int, str]:
    """Version and text of the table in force on a day: the highest that has taken effect by then.

    Without a day it is the newest one, also where its day is still to come; (0, "") when there is none.
    """
    asked = select(RulesRow).where(RulesRow.name == name).order_by(RulesRow.version.desc()).limit(1)
    if on is not None:
        asked = asked.where(or_(RulesRow.effective_from.is_(None), RulesRow.effective_from <= on))
    row = session.scalars(asked).first()
    return (row.version, row.text) if row else (0, "")


def load_versions(session: Session, name: str) -> tuple[RulesVersion, ...]:
    """Every version of a table, oldest first."""
    asked = select(RulesRow).where(RulesRow.name == name).order_by(RulesRow.version)
    return tuple(
        RulesVersion(
            version=row.version,
            text=row.text,
            adopted_at=row.adopted_at,
            adopted_by=row.adopted_by,
            effective_from=row.effective_from,
        )
        for row in session.scalars(asked)
    )


def load_drafts(session: Session, name: str) -> tuple[RulesDraft, ...]:
    """Every draft of a table, oldest first."""
    asked = select(RulesDraftRow).where(RulesDraftRow.name == name).order_by(RulesDraftRow.draft)
    return tuple(_draft_of(row) for row in session.scalars(asked))


def adopt(event: RulesAdopted, change: Change) -> None:
    """The next version of a routing table, at once; earlier ones stay to explain earlier decisions."""
    _add_version(change, event.table, event.text, by=change.actor, effective_from=None)


def draft(event: RulesDrafted, change: Change) -> None:
    """A draft waits; nothing is decided by it."""
    change.session.add(
        RulesDraftRow(
            name=event.table,
            draft=event.draft,
            text=event.text,
            drafted_at=change.now,
            drafted_by=event.by,
            state=DraftState.OPEN,
        )
    )


def approve(event: RulesApproved, change: Change) -> None:
    """The draft becomes the next version, in force from its day on.

    Raises:
        NoSuchDraft, DraftClosed: there is no such draft, or it waits no more.
        OwnDraft: whoever wrote it approves it.
    """
    row = _open_draft(change, event.table, event.draft)
    if row.drafted_by == event.by:
        raise OwnDraft(draft=event.draft)
    row.version = _add_version(
        change, event.table, row.text, by=event.by, effective_from=event.effective_from
    )
    _close(row, DraftState.APPROVED, event.by, change)


def drop(event: RulesDraftDropped, change: Change) -> None:
    """The draft stays on record and waits no more."""
    row = _open_draft(change, event.table, event.draft)
    row.reason = event.reason
    _close(row, DraftState.DROPPED, event.by, change)


def _add_version(change: Change, name: str, text: str, *, by: str, effective_from: dt.date | None) -> int:
    newest = change.session.scalar(select(func.max(RulesRow.version)).where(RulesRow.name == name)) or 0
    change.session.add(
        RulesRow(
            name=name,
            version=newest + 1,
            text=text,
            adopted_at=change.now,
            adopted_by=by,
            effective_from=effective_from,
        )
    )
    return newest + 1


def _open_draft(change: Change, name: str, number: int) -> RulesDraftRow:
    row = change.session.get(RulesDraftRow, (name, number))
    if row is None:
        raise NoSuchDraft(draft=number)
    if row.state != DraftState.OPEN:
        raise DraftClosed(draft=number)
    return row


def _close(row: RulesDraftRow, state: DraftState, by: PersonId, change: Change) -> None:
    row.state, row.closed_by, row.closed_at = state, by, change.now


def _draft_of(row: RulesDraftRow) -> RulesDraft:
    return RulesDraft(
        draft=row.draft,
        text=row.text,
        drafted_at=row.drafted_at,
        drafted_by=row.drafted_by,
        state=DraftState(row.state),
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        reason=row.reason,
        version=row.version,
    )


APPLIERS: Appliers = {
    RulesAdopted: adopt,
    RulesDrafted: draft,
    RulesApproved: approve,
    RulesDraftDropped: drop,
}
