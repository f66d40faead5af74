"""Set a document with a secrecy mark aside: nothing read is kept, the file lies sealed, the clerks are told.

The bytes move in an order that a kill cannot turn into a leak or a loss: copied to the sealed folder and
written to the disk, then recorded, then dropped from the store. `finish_sealing` does what was cut off.

Source: domain §1.3; Decree 30/2020/NĐ-CP does not let secret papers into this system.
"""

from __future__ import annotations

import datetime as dt

from documents.events import DocumentSealed
from documents.record import Claim
from documents.status import DocumentId, Status
from gateways.durable import write_file
from gateways.store import Beside
from office.office import Office
from registry.book import Book
from registry.view import View


def seal_claimed(office: Office, claimed: Claim, *, actor: str, now: dt.datetime) -> Status:
    """Stop at a mark that the machine saw while reading."""
    _set_aside(office, claimed.sha256)
    with office.registry.book(actor, now) as book:
        _drop_made(office, book, claimed.document)
        book.record(DocumentSealed(document=claimed.document, attempt=claimed.attempt))
    office.store.drop(claimed.sha256)
    return Status.SEALED


def seal_by_hand(office: Office, book: Book, document: DocumentId) -> None:
    """Seal in the caller's transaction a document that a person says is secret; what was made goes too.

    The original leaves the store with the next `finish_sealing`: the caller may still fail to commit.
    """
    record = book.document(document)
    _set_aside(office, record.sha256)
    _drop_made(office, book, document)
    book.record(DocumentSealed(document=document, attempt=None))


def finish_sealing(office: Office) -> int:
    """Drop from the store what is sealed; returns how many files were still there."""
    with office.view() as view:
        sealed = [r.sha256 for r in view.documents(Status.SEALED, limit=None) if office.store.has(r.sha256)]
    for sha256 in sealed:
        _set_aside(office, sha256)
        office.store.drop(sha256)
    return len(sealed)


def _drop_made(office: Office, view: View, document: DocumentId) -> None:
    """Drop what was made from the document: pictures of an earlier reading, words, the searchable form."""
    for sha256 in _pictures_of_nobody_else(view, document):
        office.store.drop(sha256)
    office.store.drop_beside(view.document(document).sha256, *Beside)


def _pictures_of_nobody_else(view: View, document: DocumentId) -> tuple[str, ...]:
    return tuple(
        page.picture_sha256
        for page in view.pages(document)
        if not view.has_other_use(page.picture_sha256, document)
    )


def _set_aside(office: Office, sha256: str) -> None:
    """Copy the original into the sealed folder, whole and on the disk; an earlier copy is kept."""
    stored, target = office.store.path_of(sha256), office.settings.sealed_folder / sha256
    if stored.exists() and not target.exists():
        write_file(target, stored.read_bytes())
        target.chmod(0o400)
