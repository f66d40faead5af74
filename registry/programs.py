"""Programs' keys, by the hash of the key."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from documents.programs import ProgramAsked, ProgramKey, ProgramKeyMade, ProgramKeyRevoked
from registry.change import Appliers, Change
from registry.tables import ProgramKeyRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from registry.view import View

ID_LENGTH = 12
_STALE = dt.timedelta(hours=1)
"""How old a sign of use may be before it is written anew."""


def key_of(view: View, token_hash: str) -> ProgramKey | None:
    """The key with that hash, also one that opens nothing any more."""
    row = view.session.scalar(select(ProgramKeyRow).where(ProgramKeyRow.token_hash == token_hash))
    return _key(row) if row else None


def list_keys(view: View) -> tuple[ProgramKey, ...]:
    """Every key ever made, oldest first."""
    rows = view.session.scalars(select(ProgramKeyRow).order_by(ProgramKeyRow.made_at, ProgramKeyRow.id))
    return tuple(_key(row) for row in rows)


def is_stale(key: ProgramKey, now: dt.datetime) -> bool:
    """Whether its use should be noted again."""
    return key.used_at is None or now - key.used_at >= _STALE


def touch(session: Session, key: str, now: dt.datetime) -> None:
    """Note that a program used its key."""
    session.execute(update(ProgramKeyRow).where(ProgramKeyRow.id == key).values(used_at=now))


def make(event: ProgramKeyMade, change: Change) -> None:
    """The key opens from now on."""
    change.session.add(
        ProgramKeyRow(
            id=event.token_hash[:ID_LENGTH],
            token_hash=event.token_hash,
            person=event.person,
            name=event.name,
            writes=event.writes,
            until=event.until,
            made_at=change.now,
        )
    )


def revoke(event: ProgramKeyRevoked, change: Change) -> None:
    """The key opens nothing any more."""
    change.session.execute(
        update(ProgramKeyRow).where(ProgramKeyRow.id == event.key).values(revoked_at=change.now)
    )


def note_asked(event: ProgramAsked, change: Change) -> None:
    """Nothing changes: the line in the audit is all."""
    change.document(event.document)


def _key(row: ProgramKeyRow) -> ProgramKey:
    return ProgramKey(
        id=row.id,
        person=row.person,
        name=row.name,
        writes=row.writes,
        until=row.until,
        made_at=row.made_at,
        used_at=row.used_at,
        revoked=row.revoked_at is not None,
    )


APPLIERS: Appliers = {ProgramKeyMade: make, ProgramKeyRevoked: revoke, ProgramAsked: note_asked}
