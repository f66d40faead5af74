"""The outbox: notices are made in the transaction that gives the reason, and sent later by the notifier.

A notice is unique on document, kind, recipient and slot, so whatever is recorded twice is told once. Its
Message-ID follows from these four and never changes: a mail repeated after a crash is shown once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from documents.events import AlarmRaised, NoticeFailed, NoticeSent, NoticeWithdrawn, ReminderDue
from documents.people import Duty, PersonId
from documents.record import NoticeRecord
from documents.status import DocumentId
from registry import posts
from registry.change import Appliers, Change
from registry.columns import canonical
from registry.tables import NoticeRow, PersonRow

if TYPE_CHECKING:
    from registry.view import View

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
    gather_at: dt.datetime | None = None,
) -> bool:
    """Put a notice into the outbox, due after `wait`; False when the same one is already there.

    `gather_at` is when it leaves with the digest of that morning; without it leaves alone.
    """
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
            next_try_at=gather_at or change.now + wait,
            gathered=gather_at is not None,
        )
    )
    return True


def release_notices(change: Change, document: DocumentId) -> None:
    """Let the notices of a document that nobody has tried to send yet go at once; a digest keeps its hour."""
    for row in _untried(change, document):
        if not row.gathered:
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
        digest=row.digest,
        is_out=row.state != "waiting" or row.attempts > 0 or row.lease_until is not None,
    )


def note_sent(event: NoticeSent, change: Change) -> None:
    """It left. Said twice after a crash, it is still one notice."""
    row = _notice(event, change)
    if row is None:
        return
    if event.way == posts.WAY:
        posts.note_sent(change, row.id)
        return
    row.state, row.sent_at = "sent", row.sent_at or change.now
    row.attempts += 1
    row.next_try_at = row.lease_until = row.last_error = None


def note_failed(event: NoticeFailed, change: Change) -> None:
    """A try failed: wait, or give up where the doctor sees it. What was sent meanwhile stays sent."""
    row = _notice(event, change)
    if row is None:
        return
    if event.way == posts.WAY:
        posts.note_failed(change, row.id, cause=event.cause, retry_at=event.retry_at)
        return
    if row.state == "sent":
        return
    row.state = "waiting" if event.retry_at else "given_up"
    row.attempts += 1
    row.next_try_at, row.lease_until, row.last_error = event.retry_at, None, event.cause


def withdraw(event: NoticeWithdrawn, change: Change) -> None:
    """What a notice tells is no longer so: it is taken back, unless it has left."""
    row = _notice(event, change)
    if row and row.state != "sent":
        change.session.delete(row)


def remind(event: ReminderDue, change: Change) -> None:
    """A deadline is near or past: one notice a step, day, line and person, in place of those it overtakes."""
    change.document(event.document)
    overtaken = set(event.overtaken)
    for row in _untried(change, event.document):
        if (row.kind, row.recipient) == ("reminder", event.recipient) and _is_same_work(row.payload, event):
            # What a day that no longer counts had overtaken says nothing of the new day's steps.
            if row.payload.get("due") == event.due.isoformat():
                overtaken.update(row.payload.get("overtaken", ()))
            change.session.delete(row)
    put_notice(
        change,
        event.document,
        event.recipient,
        kind="reminder",
        slot=reminder_slot(event),
        payload={
            "step": event.step,
            "due": event.due.isoformat(),
            "line": event.line,
            **({"task": event.task} if event.task else {}),
            "overtaken": sorted(overtaken),
        },
        gather_at=event.send_at,
    )


def raise_alarm(event: AlarmRaised, change: Change) -> None:
    """The law's own limit has passed: one notice for each person told."""
    change.document(event.document)
    for person in event.recipients:
        put_notice(
            change,
            event.document,
            person,
            kind="alarm",
            slot=alarm_slot(event),
            payload={"step": event.step, "limit": event.limit.isoformat()},
            gather_at=event.send_at,
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


def list_told(view: View, kind: str, documents: Sequence[DocumentId]) -> tuple[NoticeRecord, ...]:
    """Every notice of that kind about those documents, sent or not."""
    asked = select(NoticeRow).where(NoticeRow.kind == kind, NoticeRow.document.in_(documents))
    return tuple(notice_of(row) for row in view.session.scalars(asked.order_by(NoticeRow.id)))


def reminder_slot(event: ReminderDue) -> str:
    """What makes a reminder the same reminder: its step, the due day and the line or task."""
    of = f"task {event.task}" if event.task else event.line
    return f"{event.step}:{event.due.isoformat()}:{of}"


def alarm_slot(event: AlarmRaised) -> str:
    """What makes an alarm the same alarm: what was late, and the last day in time."""
    return f"{event.step}:{event.limit.isoformat()}"


def _is_same_work(told: Mapping[str, Any], event: ReminderDue) -> bool:
    """Whether a waiting reminder is of the same line, or of the same day of the same task."""
    if (told.get("line"), told.get("task")) != (event.line, event.task):
        return False
    return event.task is None or told["due"] == event.due.isoformat()


def _untried(change: Change, document: DocumentId) -> list[NoticeRow]:
    asked = select(NoticeRow).where(
        NoticeRow.document == document,
        NoticeRow.state == "waiting",
        NoticeRow.attempts == 0,
        NoticeRow.lease_until.is_(None),
    )
    return list(change.session.scalars(asked.with_for_update()))


def _notice(event: NoticeSent | NoticeFailed | NoticeWithdrawn, change: Change) -> NoticeRow | None:
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


APPLIERS: Appliers = {
    NoticeSent: note_sent,
    NoticeFailed: note_failed,
    NoticeWithdrawn: withdraw,
    ReminderDue: remind,
    AlarmRaised: raise_alarm,
}
