"""Bring the schema up to date, in one transaction and one process at a time, without an ini file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from documents.errors import DatabaseAway
from registry.tables import Base

_LOCK = 0x636F_6E67_7661_6E  # "congvan"
_OWN_INDEXES = frozenset({"ix_search_trigrams"})
"""Made where the database can, and no part of the tables."""


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction already begun on `connection`.

    On SQLite that transaction holds the write lock; on PostgreSQL an advisory lock makes a second process
    wait here, after which it finds nothing left to do.

    Raises:
        DatabaseAway: the database was made by a newer program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    try:
        command.upgrade(_config(connection), "head")
    except CommandError as error:
        raise DatabaseAway(detail="cơ sở dữ liệu do một bản Công Văn mới hơn tạo ra") from error


def is_current(connection: Connection) -> bool:
    """Whether the newest migration has been run."""
    heads = ScriptDirectory.from_config(_config(connection)).get_heads()
    return MigrationContext.configure(connection).get_current_heads() == tuple(heads)


def differences(connection: Connection) -> list[Any]:
    """What alembic would change to make the database equal to the tables; empty when all is well."""
    context = MigrationContext.configure(connection, opts={"include_name": is_ours, "compare_type": True})
    return list(compare_metadata(context, Base.metadata))


def is_ours(name: str | None, kind: str, parents: Any) -> bool:
    """Leave out what SQLite and PostgreSQL keep for the search by themselves."""
    del parents
    if kind == "table":
        return not (name or "").startswith("search_")
    return name not in _OWN_INDEXES


def _config(connection: Connection) -> Config:
    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
