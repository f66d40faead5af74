"""Doubts about a paper as a whole: two documents in one file, pages missing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.columns import Json

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a document that was read before has no such doubts."""
    op.add_column("documents", sa.Column("doubts", Json(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
