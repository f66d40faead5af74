"""Read a claimed document and take it as far as its checks allow: registered and routed, or to the clerk.

All reading happens outside any transaction; then one transaction, fenced by the attempt of the claim,
records what was read and what follows. A late or second worker changes nothing.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path

import structlog

from documents.decisions import Because, Ground
from documents.errors import Conflict, ReaderStopped, SecretMark, Trouble, Unavailable, Unreadable
from documents.events import (
    DocumentQuarantined,
    DocumentRead,
    ReadingLapsed,
    ReviewAsked,
)
from documents.reading import Reading
from documents.record import BODY_UNREAD, Claim
from documents.status import DocumentId, Status
from gateways.store import Beside
from office.decide import (
    Decision,
    circumstances,
    decide,
    enter_and_pass_on,
    look_alike_reasons,
    routing_table,
)
from office.full_lane import read_in_full
from office.office import Office, local_day
from office.papers import Clock, keep_pictures, read_claimed, text_of, worker_of
from office.reading import EARLY_FIELDS, FirstReading, Reader
from office.seal import seal_claimed
from registry.book import Book
from registry.queue import claim, has_work
from registry.view import View

RETRY_WAITS = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30))
"""How long a document rests when the engine is away, by attempt; the last one repeats."""

MOST_STUMBLES = 3
"""After how many failed tries a paper on which our own code fails is set aside for a person."""

_BEGUN = Because(
    Ground.CHECK, "Chuyển theo phần đầu trang 1; phần còn lại được đọc tiếp ngay và có thể đổi hạn."
)

log = structlog.get_logger("office")


def has_waiting(office: Office, *, now: dt.datetime) -> bool:
    """Whether a processor would find something to claim."""
    with office.view() as view:
        return has_work(view, now, full=office.settings.full_lane)


def claim_next(office: Office, worker: str, *, now: dt.datetime, run: str | None = None) -> Claim | None:
    """Claim the next document: one to read and route, else one whose full text is still missing."""
    lease = dt.timedelta(seconds=office.settings.lease_s)
    if found := claim(office.registry, worker, now, lease, "head", run=run):
        return found
    return claim(office.registry, worker, now, lease, "full", run=run) if office.settings.full_lane else None


def process_document(office: Office, reader: Reader, claimed: Claim, *, clock: Clock) -> Status | None:
    """Do the work of one claim; returns the status reached, None when somebody else took over.

    Never raises for trouble of the document itself: that becomes quarantine, a seal or a later retry.
    """
    try:
        if claimed.lane == "full":
            return read_in_full(office, reader, claimed, clock=clock)
        return _read_and_route(office, reader, claimed, clock=clock)
    except Conflict:
        return None


def _read_and_route(office: Office, reader: Reader, claimed: Claim, *, clock: Clock) -> Status | None:
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        try:
            top = _read_top(office, reader, claimed, Path(folder), now=clock())
            first = top or read_claimed(office, reader, claimed, Path(folder), full=False)
        except SecretMark:
            return seal_claimed(office, claimed, actor=worker_of(claimed), now=clock())
        except Unreadable as trouble:
            return _quarantine(office, claimed, trouble, now=clock())
        except Unavailable as trouble:
            return _put_back(office, claimed, trouble.code, now=clock())
        except Exception as error:
            return _stumble(office, claimed, error, now=clock())
        pages = keep_pictures(office, first.pictures)
        if first.words and office.settings.full_lane:
            office.store.keep_beside(claimed.sha256, Beside.WORDS, first.words)
    paper = first.paper
    now = clock()
    with office.registry.book(worker_of(claimed), now) as book:
        reading = first.check(circumstances(book, claimed.document, reader.agencies, now))
        book.record(
            DocumentRead(
                document=claimed.document,
                attempt=claimed.attempt,
                reading=reading,
                page_count=paper.page_count,
                pages=pages,
                text=text_of(paper),
                flags=(*paper.flags, BODY_UNREAD) if top else paper.flags,
            )
        )
        # What a person settled before is not asked again.
        asked = replace(reading, doubts=book.document(claimed.document).doubts)
        return settle(book, claimed.document, asked, is_begun=top is not None)


def _read_top(
    office: Office, reader: Reader, claimed: Claim, folder: Path, *, now: dt.datetime
) -> FirstReading | None:
    """The upper part of page 1, where it suffices to pass the document on without asking anybody.

    None where there is a doubt or a question, where a rule asks for what stands further down, and where
    nothing would read the rest: such a paper is read on before anything is decided.
    """
    if not office.settings.full_lane:
        return None
    with office.view() as view:
        if not routing_table(view, on=local_day(now)).fields <= EARLY_FIELDS:
            return None
    path = office.store.path_of(claimed.sha256)
    top = reader.read_top(path, file_name=claimed.file_name, sha256=claimed.sha256, pictures_to=folder)
    if top is None:
        return None
    with office.view() as view:
        reading = top.check(circumstances(view, claimed.document, reader.agencies, now))
        decision = decide(view, claimed.document, reading)
        if not routing_table(view, on=decision.arrival_date).fields <= EARLY_FIELDS:
            return None
        return None if _doubts(view, claimed.document, reading, decision) else top


def _doubts(view: View, document: DocumentId, reading: Reading, decision: Decision) -> tuple[str, ...]:
    """Why a person must be asked before the document is passed on; none when all is clear."""
    reasons = (
        *reading.review_reasons,
        *look_alike_reasons(view, document, reading),
        *(q.text for q in decision.routing.questions),
    )
    return reasons if reasons or decision.routing.is_decided else ("Chưa chọn được người chủ trì.",)


def settle(book: Book, document: DocumentId, reading: Reading, *, is_begun: bool = False) -> Status:
    """Register and route when every check passed and nothing is left to ask; otherwise ask the clerk.

    `is_begun`: only the upper part of page 1 was read, and the record says so.
    """
    decision = decide(book, document, reading)
    if is_begun:
        decision = replace(decision, because=(*decision.because, _BEGUN))
    if reasons := _doubts(book, document, reading, decision):
        book.record(
            ReviewAsked(
                document=document,
                reasons=reasons,
                questions=decision.routing.questions,
                proposal=decision.routing.assignees,
            )
        )
        return Status.REVIEW
    enter_and_pass_on(book, document, decision)
    return Status.ASSIGNED


def _quarantine(office: Office, claimed: Claim, trouble: Trouble, *, now: dt.datetime) -> Status:
    with office.registry.book(worker_of(claimed), now) as book:
        book.record(
            DocumentQuarantined(
                document=claimed.document,
                attempt=claimed.attempt,
                code=trouble.code,
                message=str(trouble),
                advice=trouble.advise(),
            )
        )
    return Status.QUARANTINED


def _stumble(office: Office, claimed: Claim, error: Exception, *, now: dt.datetime) -> Status:
    """Our own code failed on this paper: try again, then quarantine; ids and types only in the log."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error(
        "reading_failed",
        document=claimed.document,
        attempt=claimed.attempt,
        error=type(error).__name__,
        at=f"{Path(place.filename).name}:{place.lineno}",
    )
    if claimed.attempt < MOST_STUMBLES:
        return _put_back(office, claimed, "reading_failed", now=now)
    trouble = ReaderStopped(detail=type(error).__name__, attempts=claimed.attempt)
    return _quarantine(office, claimed, trouble, now=now)


def _put_back(office: Office, claimed: Claim, cause: str, *, now: dt.datetime) -> Status:
    wait = RETRY_WAITS[min(claimed.attempt, len(RETRY_WAITS)) - 1]
    with office.registry.book(worker_of(claimed), now) as book:
        book.record(
            ReadingLapsed(
                document=claimed.document,
                attempt=claimed.attempt,
                cause=cause,
                retry_at=now + wait,
            )
        )
    return Status.WAITING
