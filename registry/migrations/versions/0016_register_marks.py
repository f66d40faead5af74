"""Find lines by who has them, by state, type, issuer and day, the newest first, in a register of any size.

Every line says its marks, and a list of each mark is kept by arrival (`registry.book_marks`); the lines that
are there already get theirs here. The audit gets the indexes of the questions that its screen asks.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.columns import Whole

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make columns, list and indexes, and fill them."""
    connection = op.get_bind()
    exact = sa.String(240).with_variant(sa.String(240, collation="C"), "postgresql")
    with op.batch_alter_table("entries", recreate="never") as entries:
        entries.add_column(sa.Column("arrived", Whole, nullable=True))
        entries.add_column(sa.Column("due", sa.Date(), nullable=True))
        entries.add_column(sa.Column("marks", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "register_marks",
        sa.Column("book", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("mark", exact, nullable=False),
        sa.Column("arrived", Whole, nullable=False),
        sa.PrimaryKeyConstraint("book", "year", "mark", "arrived", name=op.f("pk_register_marks")),
        sqlite_with_rowid=False,
    )
    fill(connection)
    op.create_index("ix_entries_arrived", "entries", ["book", "year", "arrived"])
    op.create_index("ix_entries_days_arrived", "entries", ["book", "year", "arrival_date", "arrived"])
    op.create_index("ix_audit_actor_seq", "audit", ["actor", "seq"])
    op.create_index("ix_audit_event_seq", "audit", ["event", "seq"])


_SAID = {
    "sqlite": """CREATE TEMPORARY TABLE said_now AS
        SELECT document, :line || group_concat(mark, :line) || :line AS marks
        FROM marks_now GROUP BY document""",
    "postgresql": """CREATE TEMPORARY TABLE said_now AS
        SELECT document, chr(10) || string_agg(mark, chr(10)) || chr(10) AS marks
        FROM marks_now GROUP BY document""",
}


def fill(connection: sa.Connection) -> None:
    """Give every line its marks, from nothing."""
    for statement in (
        """CREATE TEMPORARY TABLE marks_now AS
        SELECT document, 'p:' || person AS mark FROM assignments WHERE person IS NOT NULL
        UNION SELECT document, 'p:' || holder FROM assignments WHERE holder IS NOT NULL
        UNION SELECT document, 'u:' || unit FROM assignments WHERE unit IS NOT NULL
        UNION SELECT document, 'i:' || key FROM fields WHERE name = 'issuer' AND key <> ''
        UNION SELECT document, 't:' || key FROM fields WHERE name = 'doc_type' AND key <> ''
        UNION SELECT document, 'g:' || key FROM fields WHERE name = 'urgency' AND key <> ''
        UNION SELECT document, 'k:due' FROM assignments
        WHERE due IS NOT NULL AND state IN ('open', 'accepted')
        UNION SELECT id, 'k:done' FROM documents WHERE status = 'done'
        UNION SELECT id, 'k:open' FROM documents WHERE status IN ('registered', 'assigned', 'in_progress')""",
        _SAID[connection.dialect.name],
        "CREATE INDEX said_now_document ON said_now (document)",
        """CREATE TEMPORARY TABLE due_now AS SELECT document, min(due) AS due FROM assignments
        WHERE due IS NOT NULL AND state IN ('open', 'accepted') GROUP BY document""",
        "CREATE INDEX due_now_document ON due_now (document)",
        """UPDATE entries SET
        arrived = (SELECT d.arrived FROM documents d WHERE d.id = entries.document),
        due = (SELECT n.due FROM due_now n WHERE n.document = entries.document),
        marks = coalesce((SELECT s.marks FROM said_now s WHERE s.document = entries.document), :line)
        WHERE document IS NOT NULL""",
        """INSERT INTO register_marks (book, year, mark, arrived)
        SELECT DISTINCT e.book, e.year, m.mark, e.arrived
        FROM marks_now m JOIN entries e ON e.document = m.document ORDER BY 1, 2, 3, 4""",
        "DROP TABLE marks_now",
        "DROP TABLE said_now",
        "DROP TABLE due_now",
    ):
        connection.execute(sa.text(statement), {"line": "\n"} if ":line" in statement else {})


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
