"""Who is signed in: by the hash of a token, 30 minutes idle and 10 hours in all.

Source: OWASP ASVS 5.0, V7; the limits are the office's (reliability bar, section 4).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from documents.people import PersonId
from registry.tables import SessionRow

IDLE = dt.timedelta(minutes=30)
WHOLE = dt.timedelta(hours=10)
_STALE = dt.timedelta(minutes=1)
"""How old a sign of presence may be before it is written anew; spares a write on every page."""


def start(session: Session, token_hash: str, person: PersonId, now: dt.datetime) -> None:
    """Begin a session, and forget those that have ended."""
    session.execute(
        delete(SessionRow).where(or_(SessionRow.seen_at <= now - IDLE, SessionRow.started_at <= now - WHOLE))
    )
    session.add(SessionRow(token_hash=token_hash, person=person, started_at=now, seen_at=now))


def end(session: Session, token_hash: str) -> None:
    """End a session at once."""
    session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))


def person_of(session: Session, token_hash: str, now: dt.datetime) -> PersonId | None:
    """The person signed in under that token; None when there is none or it has ended."""
    row = session.get(SessionRow, token_hash)
    alive = row is not None and now - row.seen_at < IDLE and now - row.started_at < WHOLE
    return row.person if row and alive else None


def is_stale(session: Session, token_hash: str, now: dt.datetime) -> bool:
    """Whether the person's presence should be noted again."""
    row = session.get(SessionRow, token_hash)
    return row is not None and now - row.seen_at >= _STALE


def touch(session: Session, token_hash: str, now: dt.datetime) -> None:
    """Note that the person is here."""
    session.execute(update(SessionRow).where(SessionRow.token_hash == token_hash).values(seen_at=now))
