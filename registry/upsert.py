"""Insert or update one row by its key, the same on both databases and safe when two do it at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.tables import Base


def put(session: Session, table: type[Base], values: Mapping[str, Any]) -> None:
    """Insert `values`, or give them to the row that has the same primary key."""
    keys = [column.name for column in inspect(table).primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    if session.get_bind().dialect.name == "sqlite":
        session.execute(
            sqlite.insert(table).values(values).on_conflict_do_update(index_elements=keys, set_=rest)
        )
    else:
        session.execute(
            postgresql.insert(table).values(values).on_conflict_do_update(index_elements=keys, set_=rest)
        )
