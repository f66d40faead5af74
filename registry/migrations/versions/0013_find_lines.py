"""Find lines of a large register: by days, those not ordinary, and by words without reading them all.

On PostgreSQL the index of three-letter pieces gets the place of a document in the order of arrival beside it:
words that stand in every other paper are then looked for among the newest only, place by place. Without the
right to add the two extensions the search still finds everything, only by looking at more rows.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_entries_days", "entries", ["book", "year", "arrival_date", "number"])
    unusual = sa.text("state <> 'taken'")
    op.create_index(
        "ix_entries_unusual",
        "entries",
        ["book", "year", "number"],
        sqlite_where=unusual,
        postgresql_where=unusual,
    )
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        return
    try:
        with connection.begin_nested():
            for statement in _POSTGRESQL:
                connection.execute(sa.text(statement))
    except DBAPIError:
        return


_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE EXTENSION IF NOT EXISTS btree_gin",
    "DROP INDEX IF EXISTS ix_search_trigrams",
    "CREATE INDEX ix_search_trigrams ON search USING gin ((id / 8192), (head || body) gin_trgm_ops)",
)


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
