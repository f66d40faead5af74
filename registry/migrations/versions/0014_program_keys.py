"""Keys of programs, by their hash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.columns import Moment, Words

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "program_keys",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("writes", sa.Boolean(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_program_keys_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_keys")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_program_keys_token_hash")),
    )


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
