"""Digests, posts to a chat gateway, each person's preferences and private calendar address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.columns import Json, Moment, Whole, Words

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new; notices that wait leave singly, as they would have."""
    op.add_column("notices", sa.Column("gathered", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("notices", sa.Column("digest", Words(), nullable=True))
    op.create_table(
        "posts",
        sa.Column("notice", Whole, autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", Moment(), nullable=True),
        sa.Column("lease_until", Moment(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("last_error", Words(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'given_up')", name=op.f("ck_posts_state")),
        sa.ForeignKeyConstraint(["notice"], ["notices.id"], name=op.f("fk_posts_notice"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("notice", name=op.f("pk_posts")),
    )
    op.create_index("ix_posts_state_next_try_at", "posts", ["state", "next_try_at"])
    op.create_table(
        "watermarks",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("upto", Whole, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_watermarks")),
    )
    op.create_table(
        "preferences",
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("chosen", Json(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_preferences_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_preferences")),
    )
    op.create_table(
        "feeds",
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_feeds_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feeds_token_hash")),
    )


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
