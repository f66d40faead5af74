"""Recipient lines that last: a number of their own, who holds them, what their day was counted from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.columns import Json

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep every line with its present place as its number; who was told of it holds it."""
    op.execute("ALTER TABLE assignments RENAME COLUMN position TO line")
    for name in ("holder", "stands_in_for"):
        op.execute(
            f"ALTER TABLE assignments ADD COLUMN {name} VARCHAR(64) "
            f"CONSTRAINT fk_assignments_{name} REFERENCES people (id)"
        )
    op.add_column("assignments", sa.Column("basis", Json(), nullable=True))
    op.add_column("assignments", sa.Column("outer_due", sa.Date(), nullable=True))
    op.add_column("documents", sa.Column("lines", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_assignments_holder_state", "assignments", ["holder", "state"])
    op.execute(
        "UPDATE assignments SET holder = COALESCE(person, "
        "(SELECT head FROM units WHERE units.id = assignments.unit))"
    )
    op.execute(
        "UPDATE documents SET lines = COALESCE("
        "(SELECT MAX(line) FROM assignments WHERE assignments.document = documents.id), 0)"
    )


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
