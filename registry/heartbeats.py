"""Time: the database's clock, and when each process and each sweep was last seen alive."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.tables import AuditRow, HeartbeatRow
from registry.upsert import put


def beat(session: Session, name: str, now: dt.datetime) -> None:
    """Note that `name` was alive at `now`."""
    put(session, HeartbeatRow, {"name": name, "at": now})


def beats(session: Session) -> dict[str, dt.datetime]:
    """Name to the last moment it was seen."""
    return {row.name: row.at for row in session.scalars(select(HeartbeatRow))}


def clock(session: Session) -> dt.datetime:
    """The database's moment; on SQLite never before the newest line of the audit."""
    if session.get_bind().dialect.name != "sqlite":
        told = session.scalar(select(func.clock_timestamp()))
        if not isinstance(told, dt.datetime):
            raise TypeError(f"a database whose clock tells {told!r}")
        return told.astimezone(dt.UTC)
    written = session.scalar(select(func.strftime("%Y-%m-%dT%H:%M:%f+00:00", "now")))
    moment = dt.datetime.fromisoformat(str(written))
    newest = session.scalar(select(AuditRow.at).order_by(AuditRow.seq.desc()).limit(1))
    return max(moment, newest) if newest else moment
