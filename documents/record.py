"""What the registry remembers, as plain values for the rooms above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from documents.decisions import Assignee, Because, Question, Role
from documents.events import Arrival
from documents.lines import DueBasis, LineNumber, LineState
from documents.people import PersonId, UnitId
from documents.reading import FieldName, FieldReading
from documents.status import DocumentId, Status

BODY_UNREAD = "body_unread"
"""The flag of a document passed on by the upper part of its first page; the full lane reads the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRecord:
    """A line of the incoming register (sổ đăng ký văn bản đến)."""

    book: str
    year: int
    number: int
    state: str
    """`taken`, `held` (stamped, not yet scanned) or `cancelled` (hủy)."""
    arrival_date: dt.date | None = None
    reason: str | None = None

    @property
    def name(self) -> str:
        """`29/2012`, as people say it and as commands take it."""
        return f"{self.number}/{self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRecord:
    """A recipient line as it stands.

    Given to `person`, or to `unit`; `holder` is who has it now: the person, the unit's head, whoever it was
    handed on to, or who stands in. None when the unit has nobody to receive it.
    """

    line: LineNumber
    role: Role
    person: PersonId | None
    unit: UnitId | None
    officer_name: str | None
    unit_name: str | None
    due: dt.date | None
    state: LineState
    because: tuple[Because, ...] = ()
    holder: PersonId | None = None
    holder_name: str | None = None
    stands_in_for: PersonId | None = None
    """Whom the holder stands in for (*thay*)."""
    basis: DueBasis | None = None
    outer_due: dt.date | None = None
    """The last day that the paper itself allows."""
    handed_by: tuple[PersonId, ...] = ()
    """Who handed it on, one after the other: a return goes back to the last of them."""
    accepted_at: dt.datetime | None = None
    direction: str | None = None
    """What was said when it was handed on."""
    returned: str | None = None
    """Why it was given back, until it is taken on again."""
    progress: str | None = None
    asked_due: dt.date | None = None
    """The later day that is asked for, until it is answered."""
    asked_reason: str | None = None
    result: str | None = None
    reply: str | None = None
    """Number of the reply (*số văn bản trả lời*)."""
    assigned_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page picture in the store."""

    number: int
    picture_sha256: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """One document as it stands now."""

    id: DocumentId
    status: Status
    file_name: str
    sha256: str
    size: int
    media_type: str
    arrival: Arrival
    arrival_cleared: bool
    received_at: dt.datetime
    received_by: str
    """Who dropped it: a person's id, or `intake`."""
    attempt: int = 0
    page_count: int | None = None
    duplicate_of: DocumentId | None = None
    quarantine_code: str | None = None
    quarantine_message: str | None = None
    quarantine_advice: str | None = None
    flags: tuple[str, ...] = ()
    review_reasons: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    proposal: tuple[Assignee, ...] = ()
    doubts: tuple[str, ...] = ()
    """About the paper as a whole, not settled by a person yet: two documents in one file, pages missing."""
    entry: EntryRecord | None = None
    routed_at: dt.datetime | None = None
    read_in_full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One line of the append-only, hash-chained audit."""

    seq: int
    at: dt.datetime
    actor: str
    document: DocumentId | None
    event: str
    payload: dict[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Outcome of checking the audit chain."""

    count: int
    head: str
    first_wrong: int | None = None
    complaint: str | None = None

    @property
    def whole(self) -> bool:
        """True when every line follows from the one before."""
        return self.first_wrong is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRecord:
    """A notice in the outbox; unique on (document, kind, recipient, slot)."""

    id: int
    document: DocumentId
    kind: str
    """One of `documents.notices.KINDS`.

    The payload of those about a line has `line`, `role`, `unit`, `due` (ISO or None), `holder`,
    `stands_in_for`, `by` (who acted) and `behalf` (in whose place), and what the kind needs: `direction`;
    `reason`; `wanted` and `outer`; `granted`; `result` and `reply`; `before`."""
    recipient: PersonId
    slot: str
    message_id: str
    payload: dict[str, Any]
    state: str
    """`waiting`, `sent` or `given_up`."""
    attempts: int
    next_try_at: dt.datetime | None
    last_error: str | None = None
    digest: str | None = None
    """What the notices that leave in one message have in common; None for one that leaves alone."""
    is_out: bool = False
    """Whether anybody has begun to send it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right of one processor to work on a document until `lease_until`; `attempt` fences its writes."""

    document: DocumentId
    sha256: str
    file_name: str
    attempt: int
    lease_until: dt.datetime
    lane: str
    """`head` (read, register, route) or `full` (every page, for search)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookState:
    """The incoming register of one year: the next number, and numbers held back."""

    book: str
    year: int
    next_number: int
    held: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day by the office's own calendar; it overrides the public one."""

    day: dt.date
    kind: str
    reason: str
    source: str
    entered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesVersion:
    """A version of a routing table; `effective_from` is None for one that counted at once."""

    version: int
    text: str
    adopted_at: dt.datetime
    adopted_by: str
    effective_from: dt.date | None


class DraftState(StrEnum):
    """Where a draft of a routing table stands."""

    OPEN = "open"
    """Chờ duyệt."""
    APPROVED = "approved"
    """Đã duyệt."""
    DROPPED = "dropped"
    """Đã bỏ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDraft:
    """A draft of a routing table; `version` is what it became when it was approved."""

    draft: int
    text: str
    drafted_at: dt.datetime
    drafted_by: PersonId
    state: DraftState
    closed_at: dt.datetime | None = None
    closed_by: PersonId | None = None
    reason: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDocument:
    """A registered document as a dry run looks at it: what is known of it now, and who leads it."""

    document: DocumentId
    entry: EntryRecord
    arrival: dt.date
    fields: Mapping[FieldName, FieldReading]
    lead: str | None
    """A person's id, or `unit:` and a unit's id."""
    rule: str | None
    """Version and row that gave it to them: `3#QT-07`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChange:
    """One change of the office's own calendar; `kind` None where a day was taken out again."""

    version: int
    day: dt.date
    kind: str | None
    reason: str
    source: str
    changed_by: str
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What is needed to let a person in."""

    person: PersonId
    login: str
    password_hash: str
