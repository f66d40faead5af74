"""Signs of life: when each process and each sweep was last seen."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.tables import HeartbeatRow
from registry.upsert import put


def beat(session: Session, name: str, now: dt.datetime) -> None:
    """Note that `name` was alive at `now`."""
    put(session, HeartbeatRow, {"name": name, "at": now})


def beats(session: Session) -> dict[str, dt.datetime]:
    """Name to the last moment it was seen."""
    return {row.name: row.at for row in session.scalars(select(HeartbeatRow))}
