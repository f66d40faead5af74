"""The queue is the registry itself: who works on which document until when, and what happens if they die.

A claim is a lease with a fence: its attempt is the document's only as long as nobody else has claimed it,
and every event of that try carries it. Whoever comes late changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, not_, or_, select
from sqlalchemy.orm import Session

from documents.errors import AlreadyMoved, ReaderStopped
from documents.events import DocumentQuarantined, ReadingLapsed, ReadingStarted
from documents.record import Claim
from documents.status import DocumentId, Status
from registry.moves import HEAD_READ, require_full_attempt, require_head_attempt
from registry.reading import LEASE_EXPIRED
from registry.tables import DocumentRow

if TYPE_CHECKING:
    from registry.engine import Registry
    from registry.view import View

MOST_LAPSES = 5
"""Leases that may run out before a document is set aside: its file kills the reader, not chance."""
_WAITS = (0, 1, 5, 15)
"""Minutes to rest after a lease ran out, by how often it did; the last one repeats.

The first time the lease itself was rest enough: a processor that was ended by chance costs no more.
"""
_FULL_WAITS = (5, 15, 60, 360)
"""Minutes before the whole text is tried again; it is never given up, only put off."""


def claim(
    registry: Registry,
    worker: str,
    now: dt.datetime,
    lease: dt.timedelta,
    lane: str,
    run: str | None = None,
) -> Claim | None:
    """Claim the next document of a lane: urgent ones first, then in order of arrival.

    Args:
        registry: Where the documents are.
        worker: Who claims, for the audit.
        now: The moment, aware.
        lease: How long the document is left alone; renew it while the work goes on.
        lane: `head` (read, register, route) or `full` (every page, for search).
        run: Prefect's run id, for the operator.

    Returns:
        The claim, or None when nothing waits.
    """
    with registry.view() as view:
        if not _has_any(view.session, lane, now):
            return None
    if lane == "full":
        return _claim_full(registry, worker, now, lease)
    with registry.book(worker, now) as book:
        row = book.session.scalars(_next(lane, now).with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        until = now + lease
        book.record(
            ReadingStarted(
                document=row.id, attempt=row.attempt + 1, worker=worker, lease_until=until, run=run
            )
        )
        return _claim_of(row, lane, until)


def has_work(view: View, now: dt.datetime, *, full: bool = True) -> bool:
    """Whether a claim made now would find something."""
    return _has_any(view.session, "head", now) or (full and _has_any(view.session, "full", now))


def renew(registry: Registry, claimed: Claim, now: dt.datetime, lease: dt.timedelta) -> Claim:
    """Keep a claim for longer; returns it with its new end.

    Raises:
        AlreadyMoved: the lease ran out and somebody else has the document, or it is done.
    """
    until = now + lease
    with registry.writing() as session:
        row = session.get(DocumentRow, claimed.document, with_for_update=True)
        if row is None:
            raise AlreadyMoved(status="?")
        if claimed.lane == "full":
            require_full_attempt(row, claimed.attempt)
            row.full_lease_until, row.full_retry_at = until, _full_retry(row, until)
        else:
            require_head_attempt(row, claimed.attempt)
            row.lease_until = until
        return _claim_of(row, claimed.lane, until)


def lapse_expired(
    registry: Registry,
    now: dt.datetime,
    most_lapses: int = MOST_LAPSES,
    *,
    is_dead: Callable[[str], bool] = lambda _: False,
) -> tuple[DocumentId, ...]:
    """Give back the documents whose lease ran out; after `most_lapses` set them aside with their reason.

    Args:
        registry: Where the documents are.
        now: The moment, aware.
        most_lapses: How many lapses a document may cost.
        is_dead: Whether a worker is known to live no more; its leases need not run out.

    Returns:
        The documents given back or set aside. Each is its own transaction, so one cannot hold up the others.
    """
    with registry.view() as view:
        reading = view.session.execute(
            select(DocumentRow.id, DocumentRow.attempt, DocumentRow.worker, DocumentRow.lease_until).where(
                DocumentRow.status == Status.READING
            )
        ).all()

    def is_over(worker: str | None, until: dt.datetime | None) -> bool:
        return until is None or until <= now or (worker is not None and is_dead(worker))

    return tuple(
        document
        for document, attempt, worker, until in reading
        if is_over(worker, until) and _lapse(registry, document, attempt, now, most_lapses, is_over)
    )


def _lapse(
    registry: Registry,
    document: DocumentId,
    attempt: int,
    now: dt.datetime,
    most_lapses: int,
    is_over: Callable[[str | None, dt.datetime | None], bool],
) -> bool:
    """Let that very try lapse, unless it ended or was renewed since we looked."""
    still = (DocumentRow.id == document, DocumentRow.status == Status.READING, DocumentRow.attempt == attempt)
    with registry.book("queue", now) as book:
        row = book.session.scalars(select(DocumentRow).where(*still).with_for_update()).first()
        if row is None or not is_over(row.worker, row.lease_until):
            return False
        lapses = row.lapses + 1
        if lapses >= most_lapses:
            trouble = ReaderStopped(detail="quá thời hạn mà không có kết quả", attempts=lapses)
            book.record(
                DocumentQuarantined(
                    document=document,
                    attempt=row.attempt,
                    code=trouble.code,
                    message=str(trouble),
                    advice=trouble.advise(),
                )
            )
        else:
            rest = dt.timedelta(minutes=_WAITS[min(lapses, len(_WAITS)) - 1])
            book.record(
                ReadingLapsed(
                    document=document, attempt=row.attempt, cause=LEASE_EXPIRED, retry_at=now + rest
                )
            )
        return True


def _claim_full(registry: Registry, worker: str, now: dt.datetime, lease: dt.timedelta) -> Claim | None:
    """The full lane changes no status, so no event is due: the lease stands in the row alone."""
    until = now + lease
    with registry.writing() as session:
        row = session.scalars(_next("full", now).with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        row.attempt += 1
        row.full_tries += 1
        row.full_attempt, row.full_worker, row.full_lease_until = row.attempt, worker, until
        row.full_retry_at = _full_retry(row, until)
        return _claim_of(row, "full", until)


def _full_retry(row: DocumentRow, until: dt.datetime) -> dt.datetime:
    """When others may take it, should this try leave no word: its lease, and longer after every try."""
    wait = _FULL_WAITS[min(row.full_tries, len(_FULL_WAITS)) - 1] if row.full_tries > 1 else 0
    return until + dt.timedelta(minutes=wait)


def _claim_of(row: DocumentRow, lane: str, until: dt.datetime) -> Claim:
    return Claim(
        document=row.id,
        sha256=row.sha256,
        file_name=row.file_name,
        attempt=row.attempt,
        lease_until=until,
        lane=lane,
    )


def _next(lane: str, now: dt.datetime) -> Select[tuple[DocumentRow]]:
    wanted = _wanted_in_full(now) if lane == "full" else _wanted(now)
    order = (DocumentRow.urgent.desc(), DocumentRow.arrived)
    return select(DocumentRow).where(*wanted).order_by(*order).limit(1)


def _has_any(session: Session, lane: str, now: dt.datetime) -> bool:
    wanted = _wanted_in_full(now) if lane == "full" else _wanted(now)
    return session.scalar(select(DocumentRow.id).where(*wanted).limit(1)) is not None


def _wanted(now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    rested = or_(DocumentRow.retry_at.is_(None), DocumentRow.retry_at <= now)
    return DocumentRow.status == Status.WAITING, rested


def _wanted_in_full(now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    free = or_(DocumentRow.full_retry_at.is_(None), DocumentRow.full_retry_at <= now)
    return not_(DocumentRow.read_in_full), DocumentRow.status.in_(HEAD_READ), free
