"""Take files from the intake folder into the store and the registry, losing none and taking none twice.

The order decides everything: bytes safe in the store, then one transaction, and only then the file leaves
the folder. A kill between any two steps leaves a state that the next sweep finishes (`finish_leaving`).

Source: reliability bar, sections 0 and 2 (lessons 1, 6, 7, 8, 10).
"""

from __future__ import annotations

import datetime as dt
import secrets
import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import structlog

from documents.errors import Conflict, Unreadable
from documents.events import (
    Arrival,
    ArrivalCleared,
    DocumentReceived,
    DuplicateReceived,
    RetryAsked,
    UnreadableReceived,
)
from documents.record import DocumentRecord
from documents.status import DocumentId, Status
from documents.text import visible
from gateways.inbox import Inbox, Settled
from gateways.store import Kept
from gateways.watch import is_network_folder, wait_for_change
from ocr.files import FileFacts
from office.office import CIVIL_TIME, Office
from office.reading import Reader

log = structlog.get_logger("intake")

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o, u to confuse when read aloud."""


class Taken(StrEnum):
    """What became of a file."""

    RECEIVED = "received"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file that came through the door."""

    document: DocumentId
    name: str
    taken: Taken
    of: DocumentId | None = None
    """The first document with the same bytes."""


def open_inbox(office: Office) -> Inbox:
    """The office's intake folder, ready to be swept."""
    return Inbox(office.settings.intake_folder, settle_s=office.settings.settle_s)


def wait_for_files(office: Office, inbox: Inbox, stop: threading.Event) -> None:
    """Rest until the folder changes, a file is about to have settled, or the next sweep is due."""
    settings = office.settings
    timeout_s = min(settings.sweep_s, settings.settle_s) if inbox.is_waiting else settings.sweep_s
    wait_for_change(inbox.folder, timeout_s, stop, polling=is_network_folder(inbox.folder))


def sweep_intake(office: Office, inbox: Inbox, reader: Reader, *, now: dt.datetime) -> tuple[Outcome, ...]:
    """Finish what an earlier sweep left undone, then take every file that has settled.

    One file's trouble never stops the others; a file that cannot be taken now stays where it is.
    """
    finish_leaving(office, inbox, now=now)
    received = (
        _receive_or_leave(office, inbox, settled, reader, now=now)
        for settled in inbox.list_settled(now.timestamp())
    )
    return tuple(outcome for outcome in received if outcome)


def _receive_or_leave(
    office: Office, inbox: Inbox, settled: Settled, reader: Reader, *, now: dt.datetime
) -> Outcome | None:
    """Take one file; one that the disk refuses to give stays for the next sweep."""
    try:
        return receive_file(office, inbox, settled, reader, by="intake", now=now)
    except OSError as error:
        log.warning("file_left", inode=settled.arrival.inode, cause=type(error).__name__)
        return None


def receive_file(
    office: Office, inbox: Inbox, settled: Settled, reader: Reader, *, by: str, now: dt.datetime
) -> Outcome | None:
    """Take one settled file: store, register the arrival, then let it leave the folder.

    Returns:
        What became of it; None when the file changed meanwhile or was already taken by an earlier sweep.

    Raises:
        Unavailable: no space or no database; the file is untouched.
    """
    with office.view() as view:
        if view.same_drop(settled.arrival):
            return None
    kept = inbox.read_stable(settled, office.store)
    if kept is None:
        return None
    trouble = _prove(office, kept, reader)
    try:
        outcome = _record_arrival(office, settled.arrival, kept, trouble, by=by, now=now)
    except Conflict:  # another machine recorded the same bytes between our look and our write
        outcome = _record_arrival(office, settled.arrival, kept, trouble, by=by, now=now)
    with office.view() as view:
        document = view.document(outcome.document)
    _leave(office, inbox, document, now=now)
    return outcome


def finish_leaving(office: Office, inbox: Inbox, *, now: dt.datetime) -> None:
    """Let files leave whose arrival was recorded but whose last step was cut off."""
    with office.view() as view:
        waiting = view.uncleared_arrivals()
    for document in waiting:
        if document.arrival.folder == str(inbox.folder):
            _leave(office, inbox, document, now=now)


def new_document_id() -> DocumentId:
    """A random public id of 60 bits: an id tells nothing and cannot be counted up."""
    return DocumentId("".join(secrets.choice(_LETTERS) for _ in range(12)))


def _prove(office: Office, kept: Kept, reader: Reader) -> FileFacts | Unreadable:
    try:
        return reader.inspect(office.store.path_of(kept.sha256))
    except Unreadable as trouble:
        return trouble


def _record_arrival(
    office: Office,
    arrival: Arrival,
    kept: Kept,
    proof: FileFacts | Unreadable,
    *,
    by: str,
    now: dt.datetime,
) -> Outcome:
    document = new_document_id()
    media_type = "application/octet-stream" if isinstance(proof, Unreadable) else proof.media_type
    with office.registry.book(by, now) as book:
        if first := book.first_with(kept.sha256):
            if first.status is Status.QUARANTINED and not isinstance(proof, Unreadable):
                # Dropped again: a wish to try again, and this time it opens.
                book.record(RetryAsked(document=first.id))
            book.record(
                DuplicateReceived(
                    document=document,
                    sha256=kept.sha256,
                    size=kept.size,
                    media_type=first.media_type,
                    arrival=arrival,
                    duplicate_of=first.id,
                )
            )
            return Outcome(document, arrival.name, Taken.DUPLICATE, first.id)
        if isinstance(proof, Unreadable):
            book.record(
                UnreadableReceived(
                    document=document,
                    sha256=kept.sha256,
                    size=kept.size,
                    media_type=media_type,
                    arrival=arrival,
                    code=proof.code,
                    message=str(proof),
                    advice=proof.advise(),
                )
            )
            return Outcome(document, arrival.name, Taken.QUARANTINED)
        book.record(
            DocumentReceived(
                document=document,
                sha256=kept.sha256,
                size=kept.size,
                media_type=media_type,
                arrival=arrival,
            )
        )
        return Outcome(document, arrival.name, Taken.RECEIVED)


def _leave(office: Office, inbox: Inbox, document: DocumentRecord, *, now: dt.datetime) -> None:
    """Move or remove the file, then note that it left; a file that cannot leave is tried again."""
    moved_to: str | None = None
    path = inbox.folder / document.arrival.name
    if document.status is Status.DUPLICATE:
        folder, note = duplicate_note(office, document)
        moved = inbox.set_aside(path, folder, note, identity=document.arrival)
        moved_to = str(moved) if moved else None
    elif document.quarantine_code and document.attempt == 0:
        moved = inbox.set_aside(path, "loi", quarantine_note(document), identity=document.arrival)
        moved_to = str(moved) if moved else None
    elif not inbox.clear(path, identity=document.arrival):
        return
    with office.registry.book("intake", now) as book:
        book.record(ArrivalCleared(document=document.id, moved_to=moved_to))


def duplicate_note(office: Office, document: DocumentRecord) -> tuple[Literal["trung", "loi"], str]:
    """Where a file that came before goes, and the note beside it: as what it is here, and what to do.

    A file as unreadable as the first one goes to `loi/`; it must never be called safe to delete.
    """
    with office.view() as view:
        first = view.document(document.duplicate_of) if document.duplicate_of else document
    known = f"số đến {first.entry.name}" if first.entry else f"mã {first.id}"
    before = f"{known}, nhận lúc {_moment(first.received_at)} từ tệp “{visible(first.file_name)}”"
    if first.status is Status.QUARANTINED:
        return "loi", f"Giống hệt một tệp không đọc được đã có trước: {before}.\n" + quarantine_note(first)
    if first.status is Status.SEALED:
        return "trung", (
            f"Giống hệt một văn bản đã niêm riêng vì có dấu mật: {before}.\n"
            "Cần làm: đừng để tệp ở đây; giao người được phân công giữ văn bản mật.\n"
        )
    return "trung", (
        f"Tệp này đã có trong hệ thống: {before}.\n"
        "Nội dung hai tệp giống hệt nhau nên không vào sổ lần nữa; bản này được gắn vào văn bản đầu.\n"
        f"Xem: congvan show {first.entry.name if first.entry else first.id}\n"
        "Có thể xoá tệp này; nội dung đã được giữ trong kho.\n"
    )


def quarantine_note(document: DocumentRecord) -> str:
    """The note beside a file in `loi/`: what happened, what is safe, what to do next."""
    return (
        f"Không đọc được tệp “{visible(document.file_name)}”.\n"
        f"Lý do: {document.quarantine_message} (mã {document.quarantine_code})\n"
        f"Cần làm: {document.quarantine_advice}\n"
        f"An toàn: nội dung gốc được giữ trong kho, mã {document.id}; chưa dùng số nào trong sổ.\n"
    )


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(CIVIL_TIME).strftime("%H:%M ngày %d/%m/%Y")
