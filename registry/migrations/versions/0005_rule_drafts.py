"""Drafts of routing tables, the day a version takes effect, and the row that gave each recipient line."""

from __future__ import annotations

import json
import re

import sqlalchemy as sa
from alembic import op

from registry.columns import Moment, Words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_AT_ONCE = 1000
_RULE = re.compile(r".+@(?P<version>\d{1,9})#(?P<row>.+)")


def upgrade() -> None:
    """Versions adopted before were in force at once; a line's row is the one its reasons name."""
    op.add_column("rules", sa.Column("effective_from", sa.Date(), nullable=True))
    op.create_table(
        "rule_drafts",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.Column("drafted_at", Moment(), nullable=False),
        sa.Column("drafted_by", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_by", sa.String(length=64), nullable=True),
        sa.Column("reason", Words(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'approved', 'dropped')", name=op.f("ck_rule_drafts_state")),
        sa.CheckConstraint(
            "state <> 'approved' OR drafted_by <> closed_by", name=op.f("ck_rule_drafts_two_people")
        ),
        sa.ForeignKeyConstraint(["drafted_by"], ["people.id"], name=op.f("fk_rule_drafts_drafted_by")),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_rule_drafts_closed_by")),
        sa.PrimaryKeyConstraint("name", "draft", name=op.f("pk_rule_drafts")),
    )
    op.add_column("assignments", sa.Column("rule_version", sa.Integer(), nullable=True))
    op.add_column("assignments", sa.Column("rule_row", Words(), nullable=True))
    op.create_index("ix_assignments_rule_row_rule_version", "assignments", ["rule_row", "rule_version"])
    _name_rows()


def _name_rows() -> None:
    """Take table version and row out of the reasons that each line carries."""
    connection = op.get_bind()
    lines = connection.execute(sa.text("SELECT document, line, because FROM assignments")).all()
    named = []
    for document, line, because in lines:
        rules = [_RULE.fullmatch(step.get("rule") or "") for step in json.loads(because)]
        if rule := next((match for match in reversed(rules) if match), None):
            named.append(
                {"document": document, "line": line, "version": int(rule["version"]), "row": rule["row"]}
            )
    update = sa.text(
        "UPDATE assignments SET rule_version = :version, rule_row = :row "
        "WHERE document = :document AND line = :line"
    )
    for start in range(0, len(named), _AT_ONCE):
        connection.execute(update, named[start : start + _AT_ONCE])


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
