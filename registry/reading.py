"""Apply what happens while a document is read, in the head lane and in the full lane."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select

from documents.errors import AlreadyMoved
from documents.events import (
    DocumentQuarantined,
    DocumentRead,
    DocumentSealed,
    DoubtsSettled,
    FieldsConfirmed,
    FullTextRead,
    PageKept,
    ReadingLapsed,
    ReadingStarted,
    RetryAsked,
    ReviewAsked,
)
from documents.lines import OPEN_STATES
from documents.page import Source
from documents.reading import ROUTING_FIELDS, FieldName, FieldReading, Reading
from documents.record import BODY_UNREAD
from documents.status import Status
from registry.change import Appliers, Change
from registry.doubts import keep_doubts, open_doubts, settle_doubts
from registry.find import field_rows, taken_entry, value_key
from registry.moves import move, require_full_attempt, require_head_attempt
from registry.outbox import digest, drop_untried, put_notice, release_notices, tell_clerks
from registry.plain import assignee_as_json, question_as_json
from registry.search import forget_text, index_body, index_head
from registry.tables import AssignmentRow, DocumentRow, FieldRow, PageRow, TaskRow

LEASE_EXPIRED = "lease_expired"
"""The cause of a lapse that counts against the document; a neighbour being away does not."""


def start(event: ReadingStarted, change: Change) -> None:
    """A processor has the document now."""
    row = change.document(event.document)
    if row.status is not Status.WAITING or event.attempt != row.attempt + 1:
        raise AlreadyMoved(status=row.status.value)
    move(row, event)
    row.attempt = event.attempt
    row.worker, row.run, row.lease_until = event.worker, event.run, event.lease_until
    row.retry_at = None
    _forget_full_lease(row)


def lapse(event: ReadingLapsed, change: Change) -> None:
    """Back to waiting, until `retry_at`."""
    row = change.document(event.document)
    require_head_attempt(row, event.attempt)
    move(row, event)
    leave_reading(row)
    row.retry_at = event.retry_at
    row.lapses += event.cause == LEASE_EXPIRED


def keep_reading(event: DocumentRead, change: Change) -> None:
    """The machine's fields, pages and text; a person's word stands."""
    row = change.document(event.document)
    require_head_attempt(row, event.attempt)
    row.page_count = event.page_count
    row.flags = list(event.flags)
    keep_doubts(row, event.reading.doubts)
    known = field_rows(change.session, row.id)
    for name, old in known.items():
        if name not in event.reading.fields and old.source != Source.PERSON:
            change.session.delete(old)
    for reading in event.reading:
        if (existing := known.get(reading.name)) is None or existing.source != Source.PERSON:
            _put_field(change, row, existing, reading)
    _put_pages(change, row, event.pages)
    index_body(change.session, row, event.text)
    index_head(change.session, row)


def keep_full_text(event: FullTextRead, change: Change) -> None:
    """Every page was read: text for search, and proposals where nothing better stands."""
    row = change.document(event.document)
    require_full_attempt(row, event.attempt)
    _forget_full_lease(row)
    row.read_in_full = True
    row.full_tries = 0
    row.flags = [flag for flag in row.flags if flag != BODY_UNREAD]
    release_notices(change, row.id)
    row.page_count = event.page_count or row.page_count
    _put_pages(change, row, event.pages)
    index_body(change.session, row, event.text)
    if event.reading:
        _propose(change, row, event.reading)
        _doubt_again(change, row, event.reading.doubts)
    if event.for_holders:
        _tell_holders(change, row, event.for_holders)
    index_head(change.session, row)


def ask_review(event: ReviewAsked, change: Change) -> None:
    """A person must look; the clerks are told once a try."""
    row = change.document(event.document)
    move(row, event)
    leave_reading(row)
    row.review_reasons = list(event.reasons)
    row.questions = [question_as_json(q) for q in event.questions]
    row.proposal = [assignee_as_json(a) for a in event.proposal]
    slot = f"{row.attempt}:{digest(event.reasons)}"
    tell_clerks(change, row.id, kind="review", slot=slot, payload={"reasons": list(event.reasons)})


def quarantine(event: DocumentQuarantined, change: Change) -> None:
    """Reading is impossible; the bytes stay."""
    row = change.document(event.document)
    require_head_attempt(row, event.attempt)
    move(row, event)
    leave_reading(row)
    row.quarantine_code, row.quarantine_message, row.quarantine_advice = (
        event.code,
        event.message,
        event.advice,
    )
    tell_clerks(change, row.id, kind="quarantined", slot=str(row.attempt), payload={"code": event.code})


def seal(event: DocumentSealed, change: Change) -> None:
    """A secrecy mark: nothing that was read stays in any table that can still be changed.

    Nobody has work with it any more, and who was not told of it yet is not.
    """
    row = change.document(event.document)
    if event.attempt is None:
        # A person says so; the machine's try, if there is one, finds the door shut.
        row.attempt += 1
    elif row.status is Status.READING:
        require_head_attempt(row, event.attempt)
    else:
        require_full_attempt(row, event.attempt)
    move(row, event)
    leave_reading(row)
    _forget_full_lease(row)
    for table in (FieldRow, PageRow, AssignmentRow, TaskRow):
        change.session.execute(delete(table).where(table.document == row.id))
    forget_text(change.session, row)
    drop_untried(change, row.id)
    row.review_reasons, row.questions, row.proposal, row.doubts = [], [], [], []
    tell_clerks(change, row.id, kind="sealed", slot="sealed", payload={})


def retry(event: RetryAsked, change: Change) -> None:
    """Read from the start, as if it had just come; a person's fields stay."""
    row = change.document(event.document)
    if row.status is Status.READING:
        # It is being read at this moment: what is asked for is already happening.
        raise AlreadyMoved(status=row.status.value)
    move(row, event)
    leave_reading(row)
    _forget_full_lease(row)
    row.retry_at = None
    row.lapses = row.full_tries = 0
    row.read_in_full = False
    row.quarantine_code = row.quarantine_message = row.quarantine_advice = None
    row.review_reasons, row.questions, row.proposal = [], [], []


def settle(event: DoubtsSettled, change: Change) -> None:
    """Nobody is asked again about what a person has looked at."""
    row = change.document(event.document)
    if row.status in (Status.SEALED, Status.DUPLICATE):
        raise AlreadyMoved(status=row.status.value)
    settle_doubts(row)


def confirm_fields(event: FieldsConfirmed, change: Change) -> None:
    """A person's word: it is checked by being said, and no later reading undoes it.

    The place on the paper stays, so that the screen can still show it. What had spoken for another value
    speaks for nothing now.
    """
    row = change.document(event.document)
    if row.status in (Status.SEALED, Status.DUPLICATE):
        raise AlreadyMoved(status=row.status.value)
    known = field_rows(change.session, row.id)
    for written, value in event.values.items():
        name = FieldName(written)
        existing = known.get(name)
        if existing is None:
            existing = FieldRow(document=row.id, name=name.value, evidence=[])
            change.session.add(existing)
        if existing.value != value:
            existing.evidence = []
        existing.value, existing.key = value, value_key(name, value)
        existing.checked, existing.reason, existing.source = True, None, Source.PERSON.value
    settle_doubts(row)
    index_head(change.session, row)


def _put_field(
    change: Change, document: DocumentRow, existing: FieldRow | None, reading: FieldReading
) -> None:
    row = existing or FieldRow(document=document.id, name=reading.name.value)
    plain = reading.as_json()
    row.value, row.key = plain["value"], value_key(reading.name, plain["value"])
    row.checked, row.reason, row.source = plain["checked"], plain["reason"], plain["source"]
    row.page, row.box, row.evidence = plain["page"], plain["box"], plain["evidence"]
    if existing is None:
        change.session.add(row)


def _propose(change: Change, document: DocumentRow, reading: Reading) -> None:
    known = field_rows(change.session, document.id)
    entered = taken_entry(change.session, document.id) is not None
    for new in reading:
        existing = known.get(new.name)
        if existing is None or _gives_way(existing, new, entered=entered):
            _put_field(change, document, existing, new)


def _doubt_again(change: Change, document: DocumentRow, said: Sequence[str]) -> None:
    """All pages were read: what they say of the whole paper takes the place of what the head said.

    A document that waits for the clerk shows it with the other reasons; of one already passed on the clerks
    are told, once.
    """
    before = open_doubts(document)
    new = keep_doubts(document, said)
    if document.status is Status.REVIEW:
        others = [reason for reason in document.review_reasons if reason not in before]
        document.review_reasons = [*open_doubts(document), *others]
    elif new:
        tell_clerks(change, document.id, kind="doubted", slot=digest(new), payload={"reasons": list(new)})


def _tell_holders(change: Change, document: DocumentRow, said: Sequence[str]) -> None:
    """Whoever has work of the document to do is told, each once."""
    asked = select(AssignmentRow.holder).where(
        AssignmentRow.document == document.id,
        AssignmentRow.holder.is_not(None),
        AssignmentRow.state.in_([state.value for state in OPEN_STATES]),
    )
    holders = [holder for holder in change.session.scalars(asked.distinct()) if holder]
    for holder in holders:
        put_notice(
            change, document.id, holder, kind="doubted", slot=digest(said), payload={"reasons": list(said)}
        )


def _gives_way(old: FieldRow, new: FieldReading, *, entered: bool) -> bool:
    """Whether a field may still be changed by the full lane.

    A person's word, a checked value and what already stands in the book do not give way.
    """
    if old.source == Source.PERSON or (old.checked and not new.checked) or (old.value and not new.value):
        return False
    return not (entered and old.value and new.name in ROUTING_FIELDS)


def _put_pages(change: Change, document: DocumentRow, pages: Iterable[PageKept]) -> None:
    for page in pages:
        change.session.merge(
            PageRow(
                document=document.id,
                number=page.number,
                picture_sha256=page.picture_sha256,
                width_px=page.width_px,
                height_px=page.height_px,
            )
        )


def leave_reading(row: DocumentRow) -> None:
    """Give up the lease of the head lane."""
    row.worker = row.run = row.lease_until = None


def _forget_full_lease(row: DocumentRow) -> None:
    row.full_attempt = row.full_worker = row.full_lease_until = row.full_retry_at = None


APPLIERS: Appliers = {
    ReadingStarted: start,
    ReadingLapsed: lapse,
    DocumentRead: keep_reading,
    FullTextRead: keep_full_text,
    ReviewAsked: ask_review,
    DocumentQuarantined: quarantine,
    DocumentSealed: seal,
    RetryAsked: retry,
    FieldsConfirmed: confirm_fields,
    DoubtsSettled: settle,
}
