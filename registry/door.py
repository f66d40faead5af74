"""Apply what happens at the door: files received, and the files leaving the intake folder."""

from __future__ import annotations

from documents.errors import AlreadyMoved
from documents.events import (
    Arrival,
    ArrivalCleared,
    DocumentReceived,
    DuplicateReceived,
    UnreadableReceived,
)
from documents.text import nfc
from registry.change import Appliers, Change
from registry.find import first_with, same_drop
from registry.moves import FIRST
from registry.outbox import tell_clerks
from registry.search import index_head
from registry.tables import DocumentRow

Received = DocumentReceived | DuplicateReceived | UnreadableReceived


def receive(event: DocumentReceived, change: Change) -> None:
    """New bytes: a row that waits to be read."""
    _refuse_known(event, change)
    row = _row(event, change)
    row.urgent = event.urgent
    change.session.add(row)
    index_head(change.session, row)


def receive_again(event: DuplicateReceived, change: Change) -> None:
    """Known bytes: a row attached to the first."""
    _refuse_same_drop(event.arrival, change)
    change.document(event.duplicate_of)
    row = _row(event, change)
    row.duplicate_of = event.duplicate_of
    change.session.add(row)


def receive_unreadable(event: UnreadableReceived, change: Change) -> None:
    """Bytes that cannot be opened: kept, set aside, and the clerks told."""
    _refuse_known(event, change)
    row = _row(event, change)
    row.quarantine_code, row.quarantine_message, row.quarantine_advice = (
        event.code,
        event.message,
        event.advice,
    )
    change.session.add(row)
    index_head(change.session, row)
    tell_clerks(change, row.id, kind="quarantined", slot="0", payload={"code": event.code})


def clear_arrival(event: ArrivalCleared, change: Change) -> None:
    """The file has left the intake folder."""
    row = change.document(event.document)
    row.arrival_cleared = True
    row.moved_to = event.moved_to


def _row(event: Received, change: Change) -> DocumentRow:
    arrival = event.arrival
    return DocumentRow(
        id=event.document,
        arrived=change.seq,
        status=FIRST[type(event)],
        file_name=nfc(arrival.name),
        sha256=event.sha256,
        size=event.size,
        media_type=event.media_type,
        folder=arrival.folder,
        name=arrival.name,
        inode=str(arrival.inode),
        mtime_ns=arrival.mtime_ns,
        received_at=change.now,
        received_by=change.actor,
    )


def _refuse_known(event: DocumentReceived | UnreadableReceived, change: Change) -> None:
    """The same bytes must come in as a duplicate; whoever lost the race looks again and sees that."""
    if first := first_with(change.session, event.sha256):
        raise AlreadyMoved(status=first.status.value)
    _refuse_same_drop(event.arrival, change)


def _refuse_same_drop(arrival: Arrival, change: Change) -> None:
    if row := same_drop(change.session, arrival):
        raise AlreadyMoved(status=row.status.value)


APPLIERS: Appliers = {
    DocumentReceived: receive,
    DuplicateReceived: receive_again,
    UnreadableReceived: receive_unreadable,
    ArrivalCleared: clear_arrival,
}
