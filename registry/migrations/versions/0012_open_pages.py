"""Who has a document's form open: for two clerks at one document; no history, so no audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.columns import Moment

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "open_pages",
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("document", "person", name=op.f("pk_open_pages")),
    )


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
