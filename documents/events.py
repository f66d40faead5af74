"""Everything that can happen to a document or to the office, in the past tense.

`book.record(event)` is the only way to change anything: the rows, one audit line and the notices that follow
are written in one transaction. Events carry plain values; `payload` is what the audit line keeps.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from documents.decisions import Assignee, Because, Question
from documents.lines import LineNumber
from documents.notices import Preferences
from documents.people import Officer, PersonId, Unit
from documents.reading import FieldName, Reading, reading_as_json
from documents.status import DocumentId
from documents.tasks import ProposedTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file as it lay in the intake folder: what makes one drop the same drop."""

    folder: str
    name: str
    inode: int
    mtime_ns: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEvent(Event):
    """An event of one document."""

    document: DocumentId


# ── at the door ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReceived(DocumentEvent):
    """New bytes were taken into the store; status `waiting`."""

    sha256: str
    size: int
    media_type: str
    arrival: Arrival
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateReceived(DocumentEvent):
    """The same bytes came again; the new row is attached to the first."""

    sha256: str
    size: int
    media_type: str
    arrival: Arrival
    duplicate_of: DocumentId


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableReceived(DocumentEvent):
    """A file that cannot be opened was taken: bytes kept, status `quarantined`."""

    sha256: str
    size: int
    media_type: str
    arrival: Arrival
    code: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalCleared(DocumentEvent):
    """The file has left the intake folder: removed, or moved to `trung/` or `loi/`."""

    moved_to: str | None


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingStarted(DocumentEvent):
    """A processor claimed the document; `attempt` fences all later writes of this try."""

    attempt: int
    worker: str
    lease_until: dt.datetime
    run: str | None = None
    """Prefect's run id, for the operator; never needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLapsed(DocumentEvent):
    """The lease ran out (the processor died) or the engine was away: back to `waiting`, later."""

    attempt: int
    cause: str
    retry_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKept:
    """A page picture in the store, and its words for the screen."""

    number: int
    picture_sha256: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRead(DocumentEvent):
    """The fields as the machine read them; earlier words of people stand."""

    attempt: int
    reading: Reading
    page_count: int
    pages: tuple[PageKept, ...] = ()
    text: str = ""
    """Text of the pages read, for search; never in the audit line."""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAsked(DocumentEvent):
    """A person must look: the reasons, the questions, and what is proposed meanwhile."""

    reasons: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    proposal: tuple[Assignee, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentQuarantined(DocumentEvent):
    """Reading is impossible; bytes are kept."""

    attempt: int
    code: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSealed(DocumentEvent):
    """A secrecy mark was seen: pictures and text dropped, hash, time and user kept.

    `attempt` is the try of the machine that saw it; None when a person did.
    """

    attempt: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryAsked(DocumentEvent):
    """A person asks to read a quarantined or reviewed document again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtsSettled(DocumentEvent):
    """A person has looked at what was doubted of the whole paper, and lets it stand as it is."""

    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FullTextRead(DocumentEvent):
    """The full lane read every page: text for search and proposals for fields nobody has confirmed."""

    attempt: int
    text: str
    reading: Reading | None = None
    page_count: int = 0
    pages: tuple[PageKept, ...] = ()
    for_holders: tuple[str, ...] = ()
    """Of the reading's doubts those that whoever holds the work is told too, not the clerks alone."""


# ── the book ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsConfirmed(DocumentEvent):
    """A person's word on fields; `values` are as typed, after NFC."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRegistered(DocumentEvent):
    """Entered in the book under `number`; allotted in this transaction."""

    book: str
    year: int
    number: int
    arrival_date: dt.date
    because: tuple[Because, ...] = ()
    held: tuple[int, ...] = ()
    """Numbers skipped and held back for papers stamped but not yet scanned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCancelled(DocumentEvent):
    """The entry is marked *hủy*; its number is never given again."""

    book: str
    year: int
    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookOpened(Event):
    """A register of a year was opened, the first number to give being `next_number`."""

    book: str
    year: int
    next_number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAssigned(DocumentEvent):
    """Who has it, by when, and why; replaces earlier assignees."""

    assignees: tuple[Assignee, ...]
    because: tuple[Because, ...] = ()
    calendar_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecounted:
    """A recipient line whose due day another calendar moves; `outer` is the paper's own last day by it."""

    line: LineNumber
    before: dt.date
    after: dt.date
    outer: dt.date | None
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesRecounted(DocumentEvent):
    """The office's calendar changed, and with it due days of this document; who holds them is told."""

    lines: tuple[LineRecounted, ...]
    calendar_version: int


# ── notices ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSent(DocumentEvent):
    """A notice left: by mail, as a file when no mail server is set, or to the office's chat gateway."""

    notice: int
    kind: str
    recipient: PersonId
    way: str
    """`smtp`, `eml`, `webhook`, or `inbox` when the person wants no mail of that kind."""
    digest: str | None = None
    """What the notices that left in one message have in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFailed(DocumentEvent):
    """A try failed; `retry_at` None means given up after the last try."""

    notice: int
    cause: str
    retry_at: dt.datetime | None
    way: str = "mail"
    """`mail` or `webhook`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWithdrawn(DocumentEvent):
    """A notice was taken back before it left: what it tells is no longer so."""

    notice: int
    kind: str
    recipient: PersonId
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDue(DocumentEvent):
    """A deadline is near or past; one notice for each recipient, line or task, step and due day."""

    recipient: PersonId
    step: str
    """`before-3`, `on`, `after-1` …: with due day and line it makes the reminder unique."""
    due: dt.date
    line: int | None = None
    """Number of the recipient line, so that two lines of one document do not swallow each other's."""
    task: int | None = None
    """Number of the task instead, of which `due` is the day or one of the days."""
    overtaken: tuple[str, ...] = ()
    """Earlier steps that nobody was told of while the office was closed or the machine off."""
    send_at: dt.datetime | None = None
    """When the morning's digest leaves; None sends at once and singly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRaised(DocumentEvent):
    """A document was not entered or not passed on within the time that the law allows."""

    recipients: tuple[PersonId, ...]
    step: str
    """`unregistered` or `unassigned`."""
    limit: dt.date
    """Last day on which it was in time."""
    send_at: dt.datetime | None = None
    """As of a reminder."""


# ── people looking ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentOpened(DocumentEvent):
    """A person opened the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalTaken(DocumentEvent):
    """A person took a copy of the original file, or of its searchable form."""

    searchable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookExported(Event):
    """Somebody took the register of a year out of the program: printed in its legal form, or as a table."""

    book: str
    year: int
    form: str
    """`pdf` or `xlsx`."""
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """A person signed in."""

    person: PersonId
    way: str = "password"
    """`password`, or `openid` for the common sign-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused(Event):
    """Somebody was not let in as this person: a wrong password, kept nowhere, or no service on that day."""

    person: PersonId
    way: str = "password"
    """`password`, or `openid` for the common sign-in."""


# ── the office ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeNamed(Event):
    """The office's name, as its stamp carries it, and its other names."""

    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSaved(Event):
    """A unit was added or changed."""

    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaved(Event):
    """A person was added or changed. The password travels only as its hash and never into the audit."""

    person: Officer
    login: str | None = None
    password_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferencesSet(Event):
    """How a person wants to be told."""

    person: PersonId
    preferences: Preferences


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOpened(Event):
    """A person's private calendar address was made; an earlier one is closed by it."""

    person: PersonId
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedClosed(Event):
    """A person's private calendar address answers no more."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDaySet(Event):
    """A day off or a working day by the office's own calendar."""

    day: dt.date
    kind: str
    """`off`, `work` or `half` (worked in the morning)."""
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDayRemoved(Event):
    """What the office had entered for a day counts no more: the public calendar stands again."""

    day: dt.date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecountFinished(Event):
    """Every open deadline has been looked at under this version of the calendar; `moved` lines changed."""

    calendar_version: int
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesAdopted(Event):
    """A routing table came into force as the next version."""

    table: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDrafted(Event):
    """A routing table was proposed; nothing is decided by it until a second person approves it."""

    table: str
    draft: int
    text: str
    by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesApproved(Event):
    """A second person approved a draft: the next version, for what arrives from that day on.

    Seen before: of `documents` that were registered since `since`, `moved` would have gone another way.
    """

    table: str
    draft: int
    effective_from: dt.date
    by: PersonId
    since: dt.date
    documents: int
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDraftDropped(Event):
    """A draft was given up."""

    table: str
    draft: int
    reason: str
    by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChanged(Event):
    """A setting of the office changed (kept in the registry because decisions depend on it)."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepFinished(Event):
    """A scheduled sweep ended; the dead-man check reads the newest of each name."""

    name: str
    found: int


_UNRECORDED = {"text", "password_hash", "token_hash"}


def payload(event: Event) -> dict[str, Any]:
    """What the audit line keeps of `event`: plain JSON values; full texts and hashes of secrets left out."""
    row = {f.name: _plain(getattr(event, f.name)) for f in fields(event) if f.name not in _UNRECORDED}
    if isinstance(event, RulesAdopted | RulesDrafted):
        row["text"] = event.text
    return row


def _without_our_part(row: dict[str, Any]) -> dict[str, Any]:
    """A reading without the sections cut out of the text: the audit keeps no text of documents."""
    if ours := row["fields"].get(FieldName.OUR_PART):
        row["fields"][FieldName.OUR_PART.value] = {**ours, "value": None}
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, Reading):
        return _without_our_part(reading_as_json(value))
    if isinstance(value, ProposedTask):
        value = value.without_words()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(v) for v in value]
    return value
