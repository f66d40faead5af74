"""What names as written were taken for by people, counted; how often the directory has changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.columns import Words

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make table and column; choices of the past are in the audit only."""
    op.create_table(
        "name_choices",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("chosen", sa.String(length=64), nullable=False),
        sa.Column("written", Words(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "chosen", name=op.f("pk_name_choices")),
    )
    op.add_column("office", sa.Column("directory_version", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
