"""Half days, the history of the calendar, and the tasks that long documents give to this office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.columns import Json, Moment, Words

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KINDS = "CONSTRAINT ck_calendar_days_kind CHECK (kind IN ('off', 'work', 'half'))"


def upgrade() -> None:
    """Keep every day; deadlines stand on the calendar as it is."""
    _allow_half_days()
    op.create_table(
        "calendar_changes",
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=True),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("source", Words(), nullable=False),
        sa.Column("changed_by", Words(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_calendar_changes")),
    )
    op.add_column("office", sa.Column("recounted_version", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE office SET recounted_version = calendar_version")
    op.create_table(
        "tasks",
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("proposed", Json(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("holder", sa.String(64), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("recurrence", Words(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("reported", Json(), nullable=False),
        sa.Column("reason", Words(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_tasks_document")),
        sa.ForeignKeyConstraint(["holder"], ["people.id"], name=op.f("fk_tasks_holder")),
        sa.PrimaryKeyConstraint("document", "number", name=op.f("pk_tasks")),
    )
    op.create_index("ix_tasks_state", "tasks", ["state"])
    op.create_index("ix_tasks_holder", "tasks", ["holder"])


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")


def _allow_half_days() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE calendar_days DROP CONSTRAINT ck_calendar_days_kind")
        op.execute(f"ALTER TABLE calendar_days ADD {_KINDS}")
        return
    # SQLite changes no constraint: the table is made anew and its few rows are carried over.
    op.execute("ALTER TABLE calendar_days RENAME TO calendar_days_before")
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("source", Words(), nullable=False),
        sa.Column("entered_by", Words(), nullable=False),
        sa.CheckConstraint("kind IN ('off', 'work', 'half')", name=op.f("ck_calendar_days_kind")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    op.execute(
        "INSERT INTO calendar_days (day, kind, reason, source, entered_by) "
        "SELECT day, kind, reason, source, entered_by FROM calendar_days_before"
    )
    op.execute("DROP TABLE calendar_days_before")
