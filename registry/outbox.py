"""The outbox: notices are made in the transaction that gives the reason, and sent later by the notifier.

A notice is unique on document, kind, recipient and slot, so whatever is recorded twice is told once. Its
Message-ID follows from these four and never changes: a mail repeated after a crash is shown once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from documents.events import NoticeFailed, NoticeSent, ReminderDue
from documents.people import Duty, PersonId
from documents.record import NoticeRecord
from documents.status import DocumentId
from registry.change import Appliers, Change
from registry.columns import canonical
from registry.tables import NoticeRow, PersonRow

if TYPE_CHECKING:
    from registry.engine import Registry

_HELD = "held"
"""In the payload of a notice that was not due at once."""
CIVIL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
"""Days of service begin and end in Vietnam's civil time."""


def put_notice(
    change: Change,
    document: DocumentId,
    recipient: PersonId,
    *,
    kind: str,
    slot: str,
    payload: Mapping[str, Any],
    wait: dt.timedelta = dt.timedelta(),
) -> bool:
    """Put a notice into the outbox, due after `wait`; False when the same one is already there."""
    asked = select(NoticeRow.id).where(
        NoticeRow.document == document,
        NoticeRow.kind == kind,
        NoticeRow.recipient == recipient,
        NoticeRow.slot == slot,
    )
    if change.session.scalar(asked) is not None:
        return False
    change.session.add(
        NoticeRow(
            document=document,
            kind=kind,
            recipient=recipient,
            slot=slot,
            message_id=message_id(document, kind, recipient, slot),
            payload={**payload, _HELD: True} if wait else dict(payload),
            made_at=change.now,
            next_try_at=change.now + wait,
        )
    )
    return True


def release_notices(change: Change, document: DocumentId) -> None:
    """Let the notices of a document that nobody has tried to send yet go at once."""
    for row in _untried(change, document):
        row.next_try_at = change.now


def withdraw_held(change: Change, document: DocumentId, recipient: PersonId, *, kind: str) -> None:
    """Take back what was held back and has not been sent: a newer notice of that kind says it better."""
    for row in _untried(change, document):
        if row.payload.get(_HELD) and row.recipient == recipient and row.kind == kind:
            change.session.delete(row)


def drop_untried(change: Change, document: DocumentId) -> None:
    """Take back every notice of a document that nobody has tried to send yet."""
    for row in _untried(change, document):
        change.session.delete(row)


def tell_clerks(
    change: Change, document: DocumentId, *, kind: str, slot: str, payload: Mapping[str, Any]
) -> None:
    """Put a notice for every clerk serving today; without any clerk, for the administrators."""
    for person in _on_duty(change, Duty.CLERK) or _on_duty(change, Duty.ADMIN):
        put_notice(change, document, person, kind=kind, slot=slot, payload=payload)


def message_id(document: DocumentId, kind: str, recipient: PersonId, slot: str) -> str:
    """The fixed Message-ID of a notice; it tells nothing about the document."""
    return f"<{digest((document, kind, recipient, slot))}@congvan.invalid>"


def digest(values: Iterable[str]) -> str:
    """A short fixed name for some values: 32 hexadecimal digits."""
    return hashlib.sha256(canonical(list(values)).encode()).hexdigest()[:32]


def claim_notices(
    registry: Registry, now: dt.datetime, lease: dt.timedelta, limit: int
) -> tuple[NoticeRecord, ...]:
    """Take notices whose time has come, oldest first; nobody else gets them until the lease is over.

    `attempts` of a claimed notice counts the tries before this one. A notifier that dies lets the lease run
    out, and the notice is sent by the next one, under the same Message-ID.
    """
    asked = (
        select(NoticeRow)
        .where(
            NoticeRow.state == "waiting",
            NoticeRow.next_try_at <= now,
            or_(NoticeRow.lease_until.is_(None), NoticeRow.lease_until <= now),
        )
        .order_by(NoticeRow.id)
        .limit(limit)
    )
    with registry.view() as view:
        if view.session.scalars(asked.limit(1)).first() is None:
            return ()
    with registry.writing() as session:
        rows = session.scalars(asked.with_for_update(skip_locked=True)).all()
        for row in rows:
            row.lease_until = now + lease
        return tuple(notice_of(row) for row in rows)


def notice_of(row: NoticeRow) -> NoticeRecord:
    """The notice as a plain value."""
    return NoticeRecord(
        id=row.id,
        document=row.document,
        kind=row.kind,
        recipient=row.recipient,
        slot=row.slot,
        message_id=row.message_id,
        payload=row.payload,
        state=row.state,
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        last_error=row.last_error,
    )


def note_sent(event: NoticeSent, change: Change) -> None:
    """It left. Said twice after a crash, it is still one notice."""
    if row := _notice(event, change):
        row.state, row.sent_at = "sent", row.sent_at or change.now
        row.attempts += 1
        row.next_try_at = row.lease_until = row.last_error = None


def note_failed(event: NoticeFailed, change: Change) -> None:
    """A try failed: wait, or give up where the doctor sees it. What was sent meanwhile stays sent."""
    row = _notice(event, change)
    if row is None or row.state == "sent":
        return
    row.state = "waiting" if event.retry_at else "given_up"
    row.attempts += 1
    row.next_try_at, row.lease_until, row.last_error = event.retry_at, None, event.cause


def remind(event: ReminderDue, change: Change) -> None:
    """A deadline is near or past: one notice a step, day and person."""
    change.document(event.document)
    put_notice(
        change,
        event.document,
        event.recipient,
        kind="reminder",
        slot=reminder_slot(event),
        payload={"step": event.step, "due": event.due.isoformat()},
    )


def is_reminded(change: Change, event: ReminderDue) -> bool:
    """Whether that reminder is already in the outbox, sent or not."""
    asked = select(NoticeRow.id).where(
        NoticeRow.document == event.document,
        NoticeRow.kind == "reminder",
        NoticeRow.recipient == event.recipient,
        NoticeRow.slot == reminder_slot(event),
    )
    return change.session.scalar(asked) is not None


def reminder_slot(event: ReminderDue) -> str:
    """What makes a reminder the same reminder: its step and the due day."""
    return f"{event.step}:{event.due.isoformat()}"


def _untried(change: Change, document: DocumentId) -> list[NoticeRow]:
    asked = select(NoticeRow).where(
        NoticeRow.document == document,
        NoticeRow.state == "waiting",
        NoticeRow.attempts == 0,
        NoticeRow.lease_until.is_(None),
    )
    return list(change.session.scalars(asked.with_for_update()))


def _notice(event: NoticeSent | NoticeFailed, change: Change) -> NoticeRow | None:
    row = change.session.get(NoticeRow, event.notice)
    return row if row and row.document == change.document(event.document).id else None


def _on_duty(change: Change, duty: Duty) -> list[PersonId]:
    today = change.now.astimezone(CIVIL_TIME).date()
    asked = select(PersonRow.id).where(
        PersonRow.duty == duty,
        or_(PersonRow.since.is_(None), PersonRow.since <= today),
        or_(PersonRow.until.is_(None), PersonRow.until >= today),
    )
    return list(change.session.scalars(asked.order_by(PersonRow.id)))


APPLIERS: Appliers = {NoticeSent: note_sent, NoticeFailed: note_failed, ReminderDue: remind}
