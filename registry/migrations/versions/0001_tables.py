"""All tables, and the first line of the office and of the audit chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.columns import ExactName, Json, Moment, Whole, Words

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables.

    Units and people point at each other: SQLite takes the pointer before both stand, PostgreSQL only after.
    """
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    head = sa.ForeignKeyConstraint(["head"], ["people.id"], name=op.f("fk_units_head"))
    head_now = [head] if on_sqlite else []
    op.create_table(
        "audit",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", Words(), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=True),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("payload", Words(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_document_seq", "audit", ["document", "seq"], unique=False)
    op.create_table(
        "books",
        sa.Column("book", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("opened_by", Words(), nullable=False),
        sa.CheckConstraint(
            "1 <= first_number AND first_number <= next_number", name=op.f("ck_books_numbers")
        ),
        sa.PrimaryKeyConstraint("book", "year", name=op.f("pk_books")),
    )
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("source", Words(), nullable=False),
        sa.Column("entered_by", Words(), nullable=False),
        sa.CheckConstraint("kind IN ('off', 'work')", name=op.f("ck_calendar_days_kind")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", Whole, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_chain_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain")),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("arrived", Whole, nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "reading",
                "review",
                "registered",
                "assigned",
                "in_progress",
                "done",
                "quarantined",
                "sealed",
                "duplicate",
                name="status",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("file_name", Words(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", Words(), nullable=False),
        sa.Column("folder", ExactName(), nullable=False),
        sa.Column("name", ExactName(), nullable=False),
        sa.Column("inode", sa.String(length=32), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("arrival_cleared", sa.Boolean(), nullable=False),
        sa.Column("moved_to", ExactName(), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("received_by", Words(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("duplicate_of", sa.String(length=64), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", Words(), nullable=True),
        sa.Column("run", Words(), nullable=True),
        sa.Column("lease_until", Moment(), nullable=True),
        sa.Column("retry_at", Moment(), nullable=True),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("read_in_full", sa.Boolean(), nullable=False),
        sa.Column("full_attempt", sa.Integer(), nullable=True),
        sa.Column("full_worker", Words(), nullable=True),
        sa.Column("full_lease_until", Moment(), nullable=True),
        sa.Column("full_retry_at", Moment(), nullable=True),
        sa.Column("full_tries", sa.Integer(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("flags", Json(), nullable=False),
        sa.Column("quarantine_code", Words(), nullable=True),
        sa.Column("quarantine_message", Words(), nullable=True),
        sa.Column("quarantine_advice", Words(), nullable=True),
        sa.Column("review_reasons", Json(), nullable=False),
        sa.Column("questions", Json(), nullable=False),
        sa.Column("proposal", Json(), nullable=False),
        sa.Column("routed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["duplicate_of"], ["documents.id"], name=op.f("fk_documents_duplicate_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("arrived", name=op.f("uq_documents_arrived")),
    )
    op.create_index("ix_documents_duplicate_of", "documents", ["duplicate_of"], unique=False)
    op.create_index("ix_documents_status_arrived", "documents", ["status", "arrived"], unique=False)
    op.create_index(
        "ix_documents_unread",
        "documents",
        ["arrived"],
        unique=False,
        sqlite_where=sa.text("read_in_full = 0"),
        postgresql_where=sa.text("NOT read_in_full"),
    )
    op.create_index(
        "uq_documents_first_with",
        "documents",
        ["sha256"],
        unique=True,
        sqlite_where=sa.text("duplicate_of IS NULL"),
        postgresql_where=sa.text("duplicate_of IS NULL"),
    )
    op.create_index(
        "uq_documents_same_drop",
        "documents",
        ["folder", "name", "inode", "mtime_ns", "size"],
        unique=True,
        sqlite_where=sa.text("arrival_cleared = 0"),
        postgresql_where=sa.text("NOT arrival_cleared"),
    )
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("aliases", Json(), nullable=False),
        sa.Column("parent", Words(), nullable=True),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "rules",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.Column("adopted_at", Moment(), nullable=False),
        sa.Column("adopted_by", Words(), nullable=False),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_rules")),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", Json(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "sweeps",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sweeps")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("aliases", Json(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=True),
        *head_now,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
    )
    op.create_table(
        "entries",
        sa.Column("book", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=True),
        sa.Column("arrival_date", sa.Date(), nullable=True),
        sa.Column("reason", Words(), nullable=True),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("entered_by", Words(), nullable=False),
        sa.CheckConstraint("(state = 'held') = (document IS NULL)", name=op.f("ck_entries_document")),
        sa.CheckConstraint("state IN ('taken', 'held', 'cancelled')", name=op.f("ck_entries_state")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_entries_number")),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_entries_document")),
        sa.PrimaryKeyConstraint("book", "year", "number", name=op.f("pk_entries")),
    )
    op.create_index("ix_entries_document", "entries", ["document"], unique=False)
    op.create_index(
        "uq_entries_taken",
        "entries",
        ["document"],
        unique=True,
        sqlite_where=sa.text("state = 'taken'"),
        postgresql_where=sa.text("state = 'taken'"),
    )
    op.create_table(
        "fields",
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", Json(), nullable=True),
        sa.Column("key", Words(), nullable=True),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("reason", Words(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("box", Json(), nullable=True),
        sa.Column("source", sa.String(length=32), nullable=True),
        sa.Column("evidence", Json(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_fields_document")),
        sa.PrimaryKeyConstraint("document", "name", name=op.f("pk_fields")),
    )
    op.create_index("ix_fields_name_key", "fields", ["name", "key"], unique=False)
    op.create_table(
        "pages",
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("picture_sha256", sa.String(length=64), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_pages_document")),
        sa.PrimaryKeyConstraint("document", "number", name=op.f("pk_pages")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column(
            "duty",
            sa.Enum(
                "clerk",
                "officer",
                "unit_head",
                "leader",
                "supervisor",
                "admin",
                name="duty",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("title", Words(), nullable=True),
        sa.Column("email", Words(), nullable=True),
        sa.Column("aliases", Json(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("login", Words(), nullable=True),
        sa.Column("password_hash", Words(), nullable=True),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_people_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("login", name=op.f("uq_people_login")),
    )
    op.create_table(
        "search",
        sa.Column("id", Whole, autoincrement=False, nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("head", Words(), nullable=False),
        sa.Column("body", Words(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_search_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search")),
        sa.UniqueConstraint("document", name=op.f("uq_search_document")),
    )
    op.create_table(
        "assignments",
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("lead", "support", "inform", name="role", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("because", Json(), nullable=False),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("assigned_at", Moment(), nullable=False),
        sa.CheckConstraint("(person IS NULL) <> (unit IS NULL)", name=op.f("ck_assignments_whom")),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_assignments_document")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_assignments_person")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_assignments_unit")),
        sa.PrimaryKeyConstraint("document", "position", name=op.f("pk_assignments")),
    )
    op.create_index("ix_assignments_person", "assignments", ["person"], unique=False)
    op.create_index("ix_assignments_state_due", "assignments", ["state", "due"], unique=False)
    op.create_index("ix_assignments_unit", "assignments", ["unit"], unique=False)
    op.create_index(
        "uq_assignments_lead",
        "assignments",
        ["document"],
        unique=True,
        sqlite_where=sa.text("role = 'lead'"),
        postgresql_where=sa.text("role = 'lead'"),
    )
    op.create_table(
        "notices",
        sa.Column("id", Whole, nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.String(length=64), nullable=False),
        sa.Column("message_id", Words(), nullable=False),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("next_try_at", Moment(), nullable=True),
        sa.Column("lease_until", Moment(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("last_error", Words(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'given_up')", name=op.f("ck_notices_state")),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_notices_document")),
        sa.ForeignKeyConstraint(["recipient"], ["people.id"], name=op.f("fk_notices_recipient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "document", "kind", "recipient", "slot", name=op.f("uq_notices_document_kind_recipient_slot")
        ),
        sa.UniqueConstraint("message_id", name=op.f("uq_notices_message_id")),
    )
    op.create_index("ix_notices_recipient", "notices", ["recipient"], unique=False)
    op.create_index("ix_notices_state_next_try_at", "notices", ["state", "next_try_at"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_sessions_person")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index("ix_sessions_person", "sessions", ["person"], unique=False)
    if not on_sqlite:
        op.create_foreign_key(op.f("fk_units_head"), "units", "people", ["head"], ["id"])
    op.execute(sa.text("INSERT INTO chain (id, seq, hash) VALUES (1, 0, :start)").bindparams(start="0" * 64))


def downgrade() -> None:
    """Refuse: a registry never goes back, restore a backup instead."""
    raise RuntimeError("the registry never goes back; restore a backup instead")
