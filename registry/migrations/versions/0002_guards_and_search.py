"""The audit can only grow; the search has its index of three-letter pieces.

Neither is a table: the guards are triggers, the index is FTS5 on SQLite and pg_trgm on PostgreSQL. Without
the right to add pg_trgm the search still finds everything, only by looking at every row.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQLITE = (
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit can only grow'); END""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit can only grow'); END""",
    # INSERT OR REPLACE would delete the old line without asking the delete trigger of a careless connection.
    """CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'the audit can only grow'); END""",
    """CREATE VIRTUAL TABLE search_text USING fts5(
    head, body, content = 'search', content_rowid = 'id', tokenize = 'trigram')""",
    """CREATE TRIGGER search_text_insert AFTER INSERT ON search
    BEGIN INSERT INTO search_text (rowid, head, body) VALUES (NEW.id, NEW.head, NEW.body); END""",
    """CREATE TRIGGER search_text_delete AFTER DELETE ON search
    BEGIN INSERT INTO search_text (search_text, rowid, head, body)
    VALUES ('delete', OLD.id, OLD.head, OLD.body); END""",
    """CREATE TRIGGER search_text_update AFTER UPDATE OF head, body ON search
    BEGIN INSERT INTO search_text (search_text, rowid, head, body)
    VALUES ('delete', OLD.id, OLD.head, OLD.body);
    INSERT INTO search_text (rowid, head, body) VALUES (NEW.id, NEW.head, NEW.body); END""",
)
_POSTGRESQL = (
    """CREATE FUNCTION audit_can_only_grow() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit can only grow'; END $$""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_can_only_grow()""",
)


def upgrade() -> None:
    """Set the guards and make the index."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for statement in _SQLITE:
            op.execute(statement)
        return
    for statement in _POSTGRESQL:
        op.execute(statement)
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            connection.execute(
                sa.text("CREATE INDEX ix_search_trigrams ON search USING gin ((head || body) gin_trgm_ops)")
            )
    except DBAPIError:
        return


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
