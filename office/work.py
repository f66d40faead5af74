"""Read a claimed document and take it as far as its checks allow: registered and routed, or to the clerk.

All reading happens outside any transaction; then one transaction, fenced by the attempt of the claim,
records what was read and what follows. A late or second worker changes nothing.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import structlog

from documents.errors import Conflict, ReaderStopped, SecretMark, Trouble, Unavailable, Unreadable
from documents.events import (
    DocumentQuarantined,
    DocumentRead,
    FullTextRead,
    PageKept,
    ReadingLapsed,
    ReviewAsked,
)
from documents.page import Paper
from documents.reading import Reading
from documents.record import Claim
from documents.status import DocumentId, Status
from gateways.store import Beside
from ocr.read import PagePicture
from office.decide import circumstances, decide, enter_and_pass_on, look_alike_reasons
from office.office import Office
from office.reading import LATE_FIELDS, FirstReading, Reader
from office.seal import seal_claimed
from registry.book import Book
from registry.queue import claim, has_work

Clock = Callable[[], dt.datetime]
"""Tells the moment, aware UTC; the doors pass the real one."""

RETRY_WAITS = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30))
"""How long a document rests when the engine is away, by attempt; the last one repeats."""

MOST_STUMBLES = 3
"""After how many failed tries a paper on which our own code fails is set aside for a person."""

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
            return _read_in_full(office, reader, claimed, clock=clock)
        return _read_and_route(office, reader, claimed, clock=clock)
    except Conflict:
        return None


def _read_and_route(office: Office, reader: Reader, claimed: Claim, *, clock: Clock) -> Status | None:
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        try:
            first = _read(office, reader, claimed, Path(folder), full=False)
        except SecretMark:
            return seal_claimed(office, claimed, actor=_worker(claimed), now=clock())
        except Unreadable as trouble:
            return _quarantine(office, claimed, trouble, now=clock())
        except Unavailable as trouble:
            return _put_back(office, claimed, trouble.code, now=clock())
        except Exception as error:
            return _stumble(office, claimed, error, now=clock())
        pages = _keep_pictures(office, first.pictures)
        if first.words and office.settings.full_lane:
            office.store.keep_beside(claimed.sha256, Beside.WORDS, first.words)
    paper = first.paper
    now = clock()
    with office.registry.book(_worker(claimed), now) as book:
        reading = first.check(circumstances(book, claimed.document, reader.agencies, now))
        book.record(
            DocumentRead(
                document=claimed.document,
                attempt=claimed.attempt,
                reading=reading,
                page_count=paper.page_count,
                pages=pages,
                text=text_of(paper),
                flags=paper.flags,
            )
        )
        # What a person settled before is not asked again.
        return settle(book, claimed.document, replace(reading, doubts=book.document(claimed.document).doubts))


def settle(book: Book, document: DocumentId, reading: Reading) -> Status:
    """Register and route when every check passed and nothing is left to ask; otherwise ask the clerk."""
    decision = decide(book, document, reading)
    reasons = (
        *reading.review_reasons,
        *look_alike_reasons(book, document, reading),
        *(q.text for q in decision.routing.questions),
    )
    if reasons or not decision.routing.is_decided:
        book.record(
            ReviewAsked(
                document=document,
                reasons=reasons or ("Chưa chọn được người chủ trì.",),
                questions=decision.routing.questions,
                proposal=decision.routing.assignees,
            )
        )
        return Status.REVIEW
    enter_and_pass_on(book, document, decision)
    return Status.ASSIGNED


def _read_in_full(office: Office, reader: Reader, claimed: Claim, *, clock: Clock) -> Status | None:
    """The full lane: every page's text for search, and the searchable form, out of one recognition.

    Pages of the head are not read again. Proposals are made only for what the head could not hold, and what
    all pages say of the whole paper takes the place of what the head said.
    """
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        try:
            first = _read(office, reader, claimed, Path(folder), full=True)
        except (SecretMark, Unreadable, Unavailable):
            # The head was read before; the lease lapses and the full text is tried again later.
            return None
        pages = _keep_pictures(office, first.pictures)
        _keep_searchable(office, claimed.sha256, first.searchable)
    paper = first.paper
    now = clock()
    try:
        with office.registry.book(_worker(claimed), now) as book:
            reading = first.check(circumstances(book, claimed.document, reader.agencies, now))
            book.record(
                FullTextRead(
                    document=claimed.document,
                    attempt=claimed.attempt,
                    text=text_of(paper),
                    reading=_only_late(reading),
                    page_count=paper.page_count,
                    pages=pages,
                )
            )
            status = book.document(claimed.document).status
    except Conflict:
        _drop_if_sealed(office, claimed)
        raise
    office.store.drop_beside(claimed.sha256, Beside.WORDS)
    return status


def _keep_searchable(office: Office, sha256: str, made: Path | None) -> None:
    if made is None:
        office.store.drop_beside(sha256, Beside.SEARCHABLE)
    else:
        office.store.keep_beside(sha256, Beside.SEARCHABLE, made)


def _drop_if_sealed(office: Office, claimed: Claim) -> None:
    """Take away what was made from a document that was sealed meanwhile."""
    with office.view() as view:
        sealed = view.document(claimed.document).status is Status.SEALED
    if sealed:
        office.store.drop_beside(claimed.sha256, *Beside)


def _quarantine(office: Office, claimed: Claim, trouble: Trouble, *, now: dt.datetime) -> Status:
    with office.registry.book(_worker(claimed), now) as book:
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
    with office.registry.book(_worker(claimed), now) as book:
        book.record(
            ReadingLapsed(
                document=claimed.document,
                attempt=claimed.attempt,
                cause=cause,
                retry_at=now + wait,
            )
        )
    return Status.WAITING


def _read(office: Office, reader: Reader, claimed: Claim, folder: Path, *, full: bool) -> FirstReading:
    return reader.read(
        office.store.path_of(claimed.sha256),
        file_name=claimed.file_name,
        sha256=claimed.sha256,
        full=full,
        pictures_to=folder,
        known_words=office.store.beside(claimed.sha256, Beside.WORDS) if full else None,
    )


def _keep_pictures(office: Office, pictures: tuple[PagePicture, ...]) -> tuple[PageKept, ...]:
    return tuple(
        PageKept(
            number=picture.number,
            picture_sha256=office.store.keep(picture.path).sha256,
            width_px=picture.width_px,
            height_px=picture.height_px,
        )
        for picture in pictures
    )


def text_of(paper: Paper) -> str:
    """Everything read, page by page, stamps included, for the search."""
    parts = []
    for page in paper.pages:
        parts.append(page.text)
        parts.extend(line.text for region in page.regions for line in region.lines)
    return "\n".join(parts)


def _only_late(reading: Reading) -> Reading:
    late = {name: reading[name] for name in LATE_FIELDS if name in reading.fields}
    return Reading(late, reading.doubts)


def _worker(claimed: Claim) -> str:
    return f"reader:{claimed.attempt}"
