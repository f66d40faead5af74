"""Find the notices of a document that nobody has tried to send yet without reading all that wait.

While mail is away for hours everything waits: SQLite, which keeps no statistics of ours, then read every
waiting notice for each reminder.
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_notices_document_state", "notices", ["document", "state"])


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
