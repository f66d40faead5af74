"""The work of officers on their lines, and who stands in for whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.columns import Json, Moment, Words

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a line remembers of its work; nothing has been done on any line before."""
    op.add_column("assignments", sa.Column("handed_by", Json(), nullable=False, server_default="[]"))
    op.add_column("assignments", sa.Column("accepted_at", Moment(), nullable=True))
    op.add_column("assignments", sa.Column("asked_due", sa.Date(), nullable=True))
    for name in ("direction", "returned", "progress", "asked_reason", "result", "reply"):
        op.add_column("assignments", sa.Column(name, Words(), nullable=True))
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("giver", sa.String(64), nullable=False),
        sa.Column("taker", sa.String(64), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("instrument", Words(), nullable=False),
        sa.Column("doc_types", Json(), nullable=False),
        sa.Column("unit", sa.String(64), nullable=True),
        sa.Column("with_secret", sa.Boolean(), nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("entered_by", Words(), nullable=False),
        sa.ForeignKeyConstraint(["giver"], ["people.id"], name="fk_delegations_giver"),
        sa.ForeignKeyConstraint(["taker"], ["people.id"], name="fk_delegations_taker"),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_delegations_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_delegations"),
    )
    op.create_index("ix_delegations_until", "delegations", ["until"])


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
