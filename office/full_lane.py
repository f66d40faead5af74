"""The full lane: read the rest of a document that was registered, or asked about, by its head.

It adds what the head could not hold, and corrects no word of a person and nothing that stands in the book.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from documents.errors import Conflict, SecretMark, Unavailable, Unreadable
from documents.events import FullTextRead
from documents.reading import FieldName, Reading
from documents.record import BODY_UNREAD, Claim
from documents.status import Status
from gateways.store import Beside
from office.decide import circumstances, doubts_of_day, set_day_of_text
from office.late import add_people_of_text
from office.office import Office
from office.papers import Clock, keep_pictures, read_claimed, text_of, worker_of
from office.reading import EARLY_FIELDS, LATE_FIELDS, Reader
from office.seal import seal_claimed
from office.tasks import propose_tasks


def read_in_full(office: Office, reader: Reader, claimed: Claim, *, clock: Clock) -> Status | None:
    """Read every page's text for search, and the searchable form, out of one recognition.

    What was read before is not read again. Proposals are made only for what the head could not hold, and what
    all pages say of the whole paper takes the place of what the head said; a document passed on by its upper
    part gets the day that its text sets, and any that was passed on whom the table adds for it.
    """
    with office.view() as view:
        was_top = BODY_UNREAD in view.document(claimed.document).flags
    late = frozenset(FieldName) - EARLY_FIELDS if was_top else LATE_FIELDS
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        try:
            first = read_claimed(office, reader, claimed, Path(folder), full=True, twice=late)
        except SecretMark:
            return seal_claimed(office, claimed, actor=worker_of(claimed), now=clock())
        except (Unreadable, Unavailable):
            # The head was read before; the lease lapses and the full text is tried again later.
            return None
        pages = keep_pictures(office, first.pictures)
        _keep_searchable(office, claimed.sha256, first.searchable)
    paper = first.paper
    now = clock()
    try:
        with office.registry.book(worker_of(claimed), now) as book:
            reading = first.check(circumstances(book, claimed.document, reader.agencies, now))
            early = Reading(book.fields(claimed.document))
            added = _only(reading, late, ())
            known = Reading({**early.fields, **added.fields})
            of_day = doubts_of_day(book, claimed.document, early, known) if was_top else ()
            of_stamp = _stamp_seen_late(early, reading) if was_top else ()
            doubts = (*reading.doubts, *of_stamp, *of_day)
            book.record(
                FullTextRead(
                    document=claimed.document,
                    attempt=claimed.attempt,
                    text=text_of(paper),
                    reading=_only(reading, late, doubts),
                    page_count=paper.page_count,
                    pages=pages,
                    for_holders=of_day,
                )
            )
            propose_tasks(book, claimed.document, reading)
            if was_top:
                set_day_of_text(book, claimed.document, early)
            add_people_of_text(book, claimed.document, early)
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


def _only(reading: Reading, names: frozenset[FieldName], doubts: tuple[str, ...]) -> Reading:
    return Reading({field.name: field for field in reading if field.name in names}, doubts)


def _stamp_seen_late(early: Reading, reading: Reading) -> tuple[str, ...]:
    """A doubt where page 1 bears a stamp that its upper part did not show: it has a number by now."""
    stamp = (FieldName.ARRIVAL_NUMBER, FieldName.ARRIVAL_DATE, FieldName.ARRIVAL_FORWARDED_TO)
    if any(early.value(name) for name in stamp):
        return ()
    if all(reading[name].checked and not reading[name].value for name in stamp if name in reading.fields):
        return ()
    return ("Phần dưới trang 1 như có dấu đến mà khi vào sổ máy chưa thấy: đối chiếu số đến và ngày đến.",)
