"""Everything the registry remembers, as tables.

The shape is the same on SQLite and PostgreSQL; `migrations/` makes it, and a test compares the two. The
append-only guards and the search index are no tables and stand in the first migration.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, TypeAlias

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    Enum,
    ForeignKey,
    Index,
    MetaData,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from documents.decisions import Role
from documents.people import Duty, PersonId, UnitId
from documents.status import DocumentId, Status
from registry.columns import ExactName, Json, Moment, Whole, Words


def _named(kind: type[Any], length: int) -> Enum:
    """An enumeration kept as its short value, readable in any database tool."""
    return Enum(kind, native_enum=False, length=length, values_callable=lambda e: [m.value for m in e])


ID = String(64)
SHA256 = String(64)
SHORT = String(32)
KeptAlias: TypeAlias = str | list[str | None]
"""An alias, or one with its first and last day (ISO 8601, null is open)."""


class Base(DeclarativeBase):
    """All tables; constraints are named alike on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        dt.datetime: Moment(),
        dt.date: Date(),
        str: Words(),
        Status: _named(Status, 16),
        Role: _named(Role, 16),
        Duty: _named(Duty, 16),
        DocumentId: ID,
        PersonId: ID,
        UnitId: ID,
    }


# ── documents ────────────────────────────────────────────────────────────────────────────────────────────


class DocumentRow(Base):
    """One document as it stands. `arrived` is the audit number of its arrival: the order of the queue."""

    __tablename__ = "documents"

    id: Mapped[DocumentId] = mapped_column(primary_key=True)
    arrived: Mapped[int] = mapped_column(Whole, unique=True)
    status: Mapped[Status]
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(SHA256)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    folder: Mapped[str] = mapped_column(ExactName)
    name: Mapped[str] = mapped_column(ExactName)
    inode: Mapped[str] = mapped_column(SHORT)
    """As text: some network folders number beyond 63 bits."""
    mtime_ns: Mapped[int] = mapped_column(BigInteger)
    arrival_cleared: Mapped[bool] = mapped_column(default=False)
    moved_to: Mapped[str | None] = mapped_column(ExactName)
    received_at: Mapped[dt.datetime]
    received_by: Mapped[str]
    urgent: Mapped[bool] = mapped_column(default=False)
    duplicate_of: Mapped[DocumentId | None] = mapped_column(ForeignKey("documents.id"))

    attempt: Mapped[int] = mapped_column(default=0)
    """Counts every claim of either lane; the fence of all writes of a try."""
    worker: Mapped[str | None]
    run: Mapped[str | None]
    lease_until: Mapped[dt.datetime | None]
    retry_at: Mapped[dt.datetime | None]
    lapses: Mapped[int] = mapped_column(default=0)
    """Leases that ran out since the document last was asked for by a person."""

    read_in_full: Mapped[bool] = mapped_column(default=False)
    full_attempt: Mapped[int | None]
    full_worker: Mapped[str | None]
    full_lease_until: Mapped[dt.datetime | None]
    full_retry_at: Mapped[dt.datetime | None]
    full_tries: Mapped[int] = mapped_column(default=0)

    page_count: Mapped[int | None]
    flags: Mapped[list[str]] = mapped_column(Json, default=list)
    quarantine_code: Mapped[str | None]
    quarantine_message: Mapped[str | None]
    quarantine_advice: Mapped[str | None]
    review_reasons: Mapped[list[str]] = mapped_column(Json, default=list)
    questions: Mapped[list[Any]] = mapped_column(Json, default=list)
    proposal: Mapped[list[Any]] = mapped_column(Json, default=list)
    doubts: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Sentences about the paper as a whole, each with whether a person has settled it."""
    lines: Mapped[int] = mapped_column(default=0)
    """The highest number a recipient line of this document ever had."""
    routed_at: Mapped[dt.datetime | None]

    __table_args__ = (
        # The same bytes are one document however often and wherever they are dropped.
        Index(
            "uq_documents_first_with",
            "sha256",
            unique=True,
            sqlite_where=text("duplicate_of IS NULL"),
            postgresql_where=text("duplicate_of IS NULL"),
        ),
        # A file still lying in the folder is taken once.
        Index(
            "uq_documents_same_drop",
            "folder",
            "name",
            "inode",
            "mtime_ns",
            "size",
            unique=True,
            sqlite_where=text("arrival_cleared = 0"),
            postgresql_where=text("NOT arrival_cleared"),
        ),
        Index("ix_documents_status_arrived", "status", "arrived"),
        Index("ix_documents_duplicate_of", "duplicate_of"),
        Index(
            "ix_documents_unread",
            "arrived",
            sqlite_where=text("read_in_full = 0"),
            postgresql_where=text("NOT read_in_full"),
        ),
    )


class FieldRow(Base):
    """One field of a document. `key` is its folded value, to find the same reference again."""

    __tablename__ = "fields"

    document: Mapped[DocumentId] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    name: Mapped[str] = mapped_column(SHORT, primary_key=True)
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    key: Mapped[str | None]
    checked: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    page: Mapped[int | None]
    box: Mapped[list[float] | None] = mapped_column(Json)
    source: Mapped[str | None] = mapped_column(SHORT)
    evidence: Mapped[list[str]] = mapped_column(Json, default=list)

    __table_args__ = (Index("ix_fields_name_key", "name", "key"),)


class PageRow(Base):
    """A page picture in the store."""

    __tablename__ = "pages"

    document: Mapped[DocumentId] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    picture_sha256: Mapped[str] = mapped_column(SHA256)
    width_px: Mapped[int]
    height_px: Mapped[int]


class SearchRow(Base):
    """What the search looks through; `id` is the document's `arrived`, so newest first costs nothing.

    `head` is the fields and `body` the text of the pages, both in `search.searchable` form.
    """

    __tablename__ = "search"

    id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    document: Mapped[DocumentId] = mapped_column(ForeignKey("documents.id"), unique=True)
    head: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")


# ── the book ─────────────────────────────────────────────────────────────────────────────────────────────


class BookRow(Base):
    """The counter of one register of one year; numbers below `first_number` are in the paper book."""

    __tablename__ = "books"

    book: Mapped[str] = mapped_column(SHORT, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    first_number: Mapped[int] = mapped_column(default=1)
    next_number: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]

    __table_args__ = (CheckConstraint("1 <= first_number AND first_number <= next_number", name="numbers"),)


class EntryRow(Base):
    """A line of the register: `taken`, `held` or `cancelled`; never deleted, never renumbered."""

    __tablename__ = "entries"

    book: Mapped[str] = mapped_column(SHORT, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(SHORT)
    document: Mapped[DocumentId | None] = mapped_column(ForeignKey("documents.id"))
    arrival_date: Mapped[dt.date | None]
    reason: Mapped[str | None]
    entered_at: Mapped[dt.datetime]
    entered_by: Mapped[str]
    arrived: Mapped[int | None] = mapped_column(Whole)
    """Of its document; this and what follows is kept by `registry.book_marks`, to be found by."""
    due: Mapped[dt.date | None]
    """The soonest day by which work is still to be done."""
    marks: Mapped[str] = mapped_column(default="", server_default="")

    __table_args__ = (
        CheckConstraint("state IN ('taken', 'held', 'cancelled')", name="state"),
        CheckConstraint("(state = 'held') = (document IS NULL)", name="document"),
        CheckConstraint("number >= 1", name="number"),
        Index(
            "uq_entries_taken",
            "document",
            unique=True,
            sqlite_where=text("state = 'taken'"),
            postgresql_where=text("state = 'taken'"),
        ),
        Index("ix_entries_document", "document"),
        Index("ix_entries_days", "book", "year", "arrival_date", "number"),
        Index(
            "ix_entries_unusual",
            "book",
            "year",
            "number",
            sqlite_where=text("state <> 'taken'"),
            postgresql_where=text("state <> 'taken'"),
        ),
        Index("ix_entries_arrived", "book", "year", "arrived"),
        Index("ix_entries_days_arrived", "book", "year", "arrival_date", "arrived"),
    )


class MarkRow(Base):
    """The lines of a register that bear a mark, by arrival: see `registry.book_marks`."""

    __tablename__ = "register_marks"

    book: Mapped[str] = mapped_column(SHORT, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(
        String(240).with_variant(String(240, collation="C"), "postgresql"), primary_key=True
    )
    arrived: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class AssignmentRow(Base):
    """A recipient line as it stands; exactly one lead a document. `line` is never used again in it."""

    __tablename__ = "assignments"

    document: Mapped[DocumentId] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role]
    person: Mapped[PersonId | None] = mapped_column(ForeignKey("people.id"))
    unit: Mapped[UnitId | None] = mapped_column(ForeignKey("units.id"))
    holder: Mapped[PersonId | None] = mapped_column(ForeignKey("people.id"))
    stands_in_for: Mapped[PersonId | None] = mapped_column(ForeignKey("people.id"))
    due: Mapped[dt.date | None]
    basis: Mapped[dict[str, Any] | None] = mapped_column(Json)
    outer_due: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(SHORT)
    because: Mapped[list[Any]] = mapped_column(Json, default=list)
    rule_version: Mapped[int | None]
    rule_row: Mapped[str | None]
    """The row of the routing table that spoke for the line, and the version it stands in."""
    calendar_version: Mapped[int] = mapped_column(default=0)
    assigned_at: Mapped[dt.datetime]

    handed_by: Mapped[list[PersonId]] = mapped_column(Json, default=list)
    """Who handed it on, one after the other."""
    accepted_at: Mapped[dt.datetime | None]
    direction: Mapped[str | None]
    returned: Mapped[str | None]
    progress: Mapped[str | None]
    asked_due: Mapped[dt.date | None]
    asked_reason: Mapped[str | None]
    result: Mapped[str | None]
    reply: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("(person IS NULL) <> (unit IS NULL)", name="whom"),
        Index(
            "uq_assignments_lead",
            "document",
            unique=True,
            sqlite_where=text("role = 'lead'"),
            postgresql_where=text("role = 'lead'"),
        ),
        Index("ix_assignments_state_due", "state", "due"),
        Index("ix_assignments_person", "person"),
        Index("ix_assignments_holder_state", "holder", "state"),
        Index("ix_assignments_unit", "unit"),
        Index("ix_assignments_rule_row_rule_version", "rule_row", "rule_version"),
    )


class TaskRow(Base):
    """A duty of this office out of a long document; `number` is never used again in it."""

    __tablename__ = "tasks"

    document: Mapped[DocumentId] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(ID)
    """A short fixed name for its words: the same duty read again is the same task."""
    proposed: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(SHORT)
    holder: Mapped[PersonId | None] = mapped_column(ForeignKey("people.id"))
    due: Mapped[dt.date | None]
    recurrence: Mapped[str | None]
    since: Mapped[dt.date | None]
    reported: Mapped[list[str]] = mapped_column(Json, default=list)
    reason: Mapped[str | None]

    __table_args__ = (Index("ix_tasks_state", "state"), Index("ix_tasks_holder", "holder"))


# ── audit and outbox ─────────────────────────────────────────────────────────────────────────────────────


class AuditRow(Base):
    """One line of the audit; only ever inserted, each carrying the hash of the one before."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime]
    actor: Mapped[str]
    document: Mapped[DocumentId | None]
    event: Mapped[str] = mapped_column(ID)
    payload: Mapped[str]
    """Canonical JSON, kept as the very text that was hashed."""
    previous: Mapped[str] = mapped_column(SHA256)
    hash: Mapped[str] = mapped_column(SHA256)

    __table_args__ = (
        Index("ix_audit_document_seq", "document", "seq"),
        Index("ix_audit_actor_seq", "actor", "seq"),
        Index("ix_audit_event_seq", "event", "seq"),
    )


class ChainRow(Base):
    """The end of the audit, one row; whoever writes locks it first, so writers stand in one line."""

    __tablename__ = "chain"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Whole)
    hash: Mapped[str] = mapped_column(SHA256)

    __table_args__ = (CheckConstraint("id = 1", name="one"),)


class NoticeRow(Base):
    """A notice to one person, made in the transaction that gives the reason for it."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    document: Mapped[DocumentId] = mapped_column(ForeignKey("documents.id"))
    kind: Mapped[str] = mapped_column(SHORT)
    recipient: Mapped[PersonId] = mapped_column(ForeignKey("people.id"))
    slot: Mapped[str] = mapped_column(ID)
    message_id: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(SHORT, default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[dt.datetime]
    next_try_at: Mapped[dt.datetime | None]
    lease_until: Mapped[dt.datetime | None]
    sent_at: Mapped[dt.datetime | None]
    last_error: Mapped[str | None]
    gathered: Mapped[bool] = mapped_column(default=False)
    """Leaves with the morning's digest, and on no day off."""
    digest: Mapped[str | None]
    """Given when it is first claimed together with others; they leave together ever after."""

    __table_args__ = (
        UniqueConstraint("document", "kind", "recipient", "slot"),
        CheckConstraint("state IN ('waiting', 'sent', 'given_up')", name="state"),
        Index("ix_notices_state_next_try_at", "state", "next_try_at"),
        Index("ix_notices_recipient", "recipient"),
        Index("ix_notices_document_state", "document", "state"),
    )


class PostRow(Base):
    """A notice on its way to the office's chat gateway, beside its mail."""

    __tablename__ = "posts"

    notice: Mapped[int] = mapped_column(
        Whole, ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    state: Mapped[str] = mapped_column(SHORT, default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[dt.datetime | None]
    lease_until: Mapped[dt.datetime | None]
    sent_at: Mapped[dt.datetime | None]
    last_error: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'given_up')", name="state"),
        Index("ix_posts_state_next_try_at", "state", "next_try_at"),
    )


class WatermarkRow(Base):
    """Up to which notice the gateway's posts have been made; notices before the first look are history."""

    __tablename__ = "watermarks"

    name: Mapped[str] = mapped_column(ID, primary_key=True)
    upto: Mapped[int] = mapped_column(Whole)


# ── the office ───────────────────────────────────────────────────────────────────────────────────────────


class OfficeRow(Base):
    """The office's names, and how often its calendar has changed; one row."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(default="")
    aliases: Mapped[list[str]] = mapped_column(Json, default=list)
    parent: Mapped[str | None]
    calendar_version: Mapped[int] = mapped_column(default=0)
    recounted_version: Mapped[int] = mapped_column(default=0)
    """The version of the calendar under which every open deadline has been looked at."""
    directory_version: Mapped[int] = mapped_column(default=0)
    """How often names, units or people have been changed."""

    __table_args__ = (CheckConstraint("id = 1", name="one"),)


class UnitRow(Base):
    """A unit of the office."""

    __tablename__ = "units"

    id: Mapped[UnitId] = mapped_column(primary_key=True)
    name: Mapped[str]
    aliases: Mapped[list[KeptAlias]] = mapped_column(Json, default=list)
    head: Mapped[PersonId | None] = mapped_column(ForeignKey("people.id", use_alter=True))


class PersonRow(Base):
    """A person of the office, with what lets them in."""

    __tablename__ = "people"

    id: Mapped[PersonId] = mapped_column(primary_key=True)
    name: Mapped[str]
    duty: Mapped[Duty]
    unit: Mapped[UnitId | None] = mapped_column(ForeignKey("units.id"))
    title: Mapped[str | None]
    email: Mapped[str | None]
    aliases: Mapped[list[KeptAlias]] = mapped_column(Json, default=list)
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]
    login: Mapped[str | None] = mapped_column(unique=True)
    password_hash: Mapped[str | None]


class DelegationRow(Base):
    """Who stands in for whom; one that ended early keeps the day it really ended."""

    __tablename__ = "delegations"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    giver: Mapped[PersonId] = mapped_column(ForeignKey("people.id"))
    taker: Mapped[PersonId] = mapped_column(ForeignKey("people.id"))
    since: Mapped[dt.date]
    until: Mapped[dt.date]
    instrument: Mapped[str]
    doc_types: Mapped[list[str]] = mapped_column(Json, default=list)
    unit: Mapped[UnitId | None] = mapped_column(ForeignKey("units.id"))
    with_secret: Mapped[bool] = mapped_column(default=False)
    entered_at: Mapped[dt.datetime]
    entered_by: Mapped[str]

    __table_args__ = (Index("ix_delegations_until", "until"),)


class PreferencesRow(Base):
    """How a person wants to be told; whoever has no row takes the office's ways."""

    __tablename__ = "preferences"

    person: Mapped[PersonId] = mapped_column(ForeignKey("people.id"), primary_key=True)
    chosen: Mapped[dict[str, Any]] = mapped_column(Json)


class FeedRow(Base):
    """A person's private calendar address, known only by the hash of its token."""

    __tablename__ = "feeds"

    person: Mapped[PersonId] = mapped_column(ForeignKey("people.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(SHA256, unique=True)
    opened_at: Mapped[dt.datetime]


class ProgramKeyRow(Base):
    """A program's key, known only by its hash."""

    __tablename__ = "program_keys"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    token_hash: Mapped[str] = mapped_column(SHA256, unique=True)
    person: Mapped[PersonId] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    writes: Mapped[bool]
    until: Mapped[dt.date]
    made_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]


class AgencyRow(Base):
    """An issuing agency of the office's own."""

    __tablename__ = "agencies"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    abbreviation: Mapped[str]
    parent: Mapped[str]
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]


class CalendarDayRow(Base):
    """A day by the office's own calendar."""

    __tablename__ = "calendar_days"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(SHORT)
    reason: Mapped[str]
    source: Mapped[str]
    entered_by: Mapped[str]

    __table_args__ = (CheckConstraint("kind IN ('off', 'work', 'half')", name="kind"),)


class CalendarChangeRow(Base):
    """A change of the office's own calendar, one for each of its versions; only ever inserted."""

    __tablename__ = "calendar_changes"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[dt.date]
    kind: Mapped[str | None] = mapped_column(SHORT)
    reason: Mapped[str]
    source: Mapped[str]
    changed_by: Mapped[str]
    changed_at: Mapped[dt.datetime]


class RulesRow(Base):
    """One version of a routing table; the highest that has taken effect is in force."""

    __tablename__ = "rules"

    name: Mapped[str] = mapped_column(ID, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    adopted_at: Mapped[dt.datetime]
    adopted_by: Mapped[str]
    effective_from: Mapped[dt.date | None]
    """The first day of arrival that it counts for; None for one that counted at once."""


class RulesDraftRow(Base):
    """A draft of a routing table; approved only by somebody else than who wrote it."""

    __tablename__ = "rule_drafts"

    name: Mapped[str] = mapped_column(ID, primary_key=True)
    draft: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    drafted_at: Mapped[dt.datetime]
    drafted_by: Mapped[PersonId] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(SHORT)
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[PersonId | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]
    version: Mapped[int | None]

    __table_args__ = (
        CheckConstraint("state IN ('open', 'approved', 'dropped')", name="state"),
        CheckConstraint("state <> 'approved' OR drafted_by <> closed_by", name="two_people"),
    )


class NameChoiceRow(Base):
    """How often people took a name as written for one person or unit; `key` is it without marks."""

    __tablename__ = "name_choices"

    key: Mapped[str] = mapped_column(ID, primary_key=True)
    chosen: Mapped[str] = mapped_column(ID, primary_key=True)
    written: Mapped[str]
    times: Mapped[int] = mapped_column(default=0)


class SettingRow(Base):
    """A setting of the office that decisions depend on."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(ID, primary_key=True)
    value: Mapped[Any] = mapped_column(Json, nullable=True)


class SessionRow(Base):
    """A signed-in browser, known only by the hash of its token."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(SHA256, primary_key=True)
    person: Mapped[PersonId] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]

    __table_args__ = (Index("ix_sessions_person", "person"),)


class OpenPageRow(Base):
    """A clerk whose browser has the form of a document open, and when it last said so."""

    __tablename__ = "open_pages"

    document: Mapped[DocumentId] = mapped_column(primary_key=True)
    person: Mapped[PersonId] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]


class HeartbeatRow(Base):
    """When a process or a sweep was last seen alive."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(ID, primary_key=True)
    at: Mapped[dt.datetime]


class SweepRow(Base):
    """The newest run of each scheduled sweep, and how much it found."""

    __tablename__ = "sweeps"

    name: Mapped[str] = mapped_column(ID, primary_key=True)
    at: Mapped[dt.datetime]
    found: Mapped[int]
