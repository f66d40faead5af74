"""The incoming register: numbers given without gap and without double, and lines that never go away.

The counter row of a book moves only in the transaction that enters a document; whoever may write holds the
only write lock, so the next number seen is the next number given. A number that was given stays, cancelled
ones too. Numbers of a stamp are checked against the book, never believed.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.errors import AlreadyMoved, NumberOutOfOrder, NumberTaken
from documents.events import BookOpened, DocumentRegistered, EntryCancelled
from documents.record import BookState, EntryRecord
from registry.change import Appliers, Change
from registry.find import taken_entry
from registry.moves import move
from registry.reading import leave_reading
from registry.routing import propose_again
from registry.tables import BookRow, EntryRow

HOLD_AT_MOST = 500
"""More numbers than this are never held back at once: the stamp was misread, whatever was confirmed."""


def allot(
    session: Session, book: str, year: int, wanted: int | None, *, hold_between: bool
) -> tuple[int, tuple[int, ...]]:
    """Return the number a document may have, and the numbers to hold back for it; nothing is written.

    Raises:
        NumberTaken: `wanted` was given before, to a cancelled line perhaps.
        NumberOutOfOrder: `wanted` is neither next nor held back, and nobody confirmed it by `hold_between`.
    """
    state = load_state(session, book, year)
    following = state.next_number
    if wanted is None or wanted == following:
        return following, ()
    if wanted in state.held:
        return wanted, ()
    if session.get(EntryRow, (book, year, wanted)) is not None:
        raise NumberTaken(number=wanted, year=year, next=following)
    # Below the first number the paper book counts; only a person can say that this is that paper.
    if not hold_between or wanted < 1 or wanted - following > HOLD_AT_MOST:
        raise NumberOutOfOrder(number=wanted, year=year, next=following)
    return wanted, tuple(range(following, wanted))


def load_state(session: Session, book: str, year: int) -> BookState:
    """The register of a year; one that was never opened would begin at 1."""
    row = session.get(BookRow, (book, year))
    return BookState(
        book=book,
        year=year,
        next_number=row.next_number if row else 1,
        held=frozenset(_held(session, book, year)) if row else frozenset(),
    )


def entry_of(row: EntryRow) -> EntryRecord:
    """The line as a plain value."""
    return EntryRecord(
        book=row.book,
        year=row.year,
        number=row.number,
        state=row.state,
        arrival_date=row.arrival_date,
        reason=row.reason,
    )


def enter(event: DocumentRegistered, change: Change) -> None:
    """Enter a document under its number; the counter and the numbers held back follow."""
    document = change.document(event.document)
    _require_allotted(event, change.session)
    move(document, event)
    leave_reading(document)
    counter = _counter(event.book, event.year, change)
    for number in event.held:
        change.session.add(_line(event, number, "held", change))
    line = change.session.get(EntryRow, (event.book, event.year, event.number))
    if line is None:
        line = _line(event, event.number, "taken", change)
        change.session.add(line)
    elif line.state != "held":
        # Only a counter put back by other hands gives such a number.
        raise NumberTaken(number=event.number, year=event.year, next=counter.next_number)
    line.state, line.document, line.arrival_date = "taken", document.id, event.arrival_date
    line.entered_at, line.entered_by = change.now, change.actor
    counter.next_number = max(counter.next_number, event.number + 1)
    document.quarantine_code = document.quarantine_message = document.quarantine_advice = None
    document.review_reasons, document.questions, document.proposal = [], [], []


def cancel(event: EntryCancelled, change: Change) -> None:
    """Mark the line *hủy*; its number stays and the document goes back to the clerk."""
    document = change.document(event.document)
    line = taken_entry(change.session, document.id)
    if line is None or (line.book, line.year, line.number) != (event.book, event.year, event.number):
        raise AlreadyMoved(status=document.status.value)
    move(document, event)
    line.state, line.reason = "cancelled", event.reason
    propose_again(document, change)
    document.review_reasons = [f"Số đến {event.number}/{event.year} đã hủy: {event.reason}"]
    document.routed_at = None


def open_book(event: BookOpened, change: Change) -> None:
    """Open a register begun on paper; one that holds lines already keeps its counter.

    Raises:
        NumberTaken: numbers from `next_number` on were already given.
        NumberOutOfOrder: lines stand in the book, and a jump would leave a gap.
    """
    row = change.session.get(BookRow, (event.book, event.year))
    current = row.next_number if row else 1
    if event.next_number < 1 or (row and _has_lines(change.session, event) and event.next_number > current):
        raise NumberOutOfOrder(number=event.next_number, year=event.year, next=current)
    if row and _has_lines(change.session, event) and event.next_number < current:
        raise NumberTaken(number=event.next_number, year=event.year, next=current)
    if row and event.next_number == current:
        return
    counter = row or _counter(event.book, event.year, change)
    counter.first_number = counter.next_number = event.next_number


def _require_allotted(event: DocumentRegistered, session: Session) -> None:
    """Nobody enters a number the book would not give; the numbers held back are exactly those between."""
    _, held = allot(session, event.book, event.year, event.number, hold_between=True)
    if held != event.held:
        state = load_state(session, event.book, event.year)
        raise NumberOutOfOrder(number=event.number, year=event.year, next=state.next_number)


def _counter(book: str, year: int, change: Change) -> BookRow:
    row = change.session.get(BookRow, (book, year))
    if row is None:
        row = BookRow(
            book=book, year=year, first_number=1, next_number=1, opened_at=change.now, opened_by=change.actor
        )
        change.session.add(row)
    return row


def _line(event: DocumentRegistered, number: int, state: str, change: Change) -> EntryRow:
    return EntryRow(
        book=event.book,
        year=event.year,
        number=number,
        state=state,
        entered_at=change.now,
        entered_by=change.actor,
    )


def _held(session: Session, book: str, year: int) -> list[int]:
    asked = select(EntryRow.number).where(
        EntryRow.book == book, EntryRow.year == year, EntryRow.state == "held"
    )
    return list(session.scalars(asked))


def _has_lines(session: Session, event: BookOpened) -> bool:
    asked = select(EntryRow.number).where(EntryRow.book == event.book, EntryRow.year == event.year).limit(1)
    return session.scalar(asked) is not None


APPLIERS: Appliers = {DocumentRegistered: enter, EntryCancelled: cancel, BookOpened: open_book}
