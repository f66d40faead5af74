"""Small steps of a journey: drop a file, work everything off."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from documents.record import DocumentRecord
from office.office import Office
from office.reading import Reader
from office.receive import open_inbox, sweep_intake
from office.work import claim_next, process_document
from tests.offices import MORNING


def drop(office: Office, name: str, content: bytes) -> Path:
    """Lay a file into the intake folder."""
    path = office.settings.intake_folder / name
    path.write_bytes(content)
    return path


def work_off(office: Office, reader: Reader, now: dt.datetime = MORNING) -> None:
    """Sweep until every file has rested and was taken, then read everything that waits."""
    take_in(office, reader, now)
    while claimed := claim_next(office, "test", now=now + dt.timedelta(seconds=5)):
        process_document(office, reader, claimed, clock=lambda: now + dt.timedelta(seconds=6))


def work_one(office: Office, reader: Reader, lane: str, now: dt.datetime) -> DocumentRecord:
    """Do the next work, which must be of that lane, and return the only document there is."""
    claimed = claim_next(office, "test", now=now)
    assert claimed is not None
    assert claimed.lane == lane
    process_document(office, reader, claimed, clock=lambda: now)
    (document,) = documents(office)
    return document


def take_in(office: Office, reader: Reader, now: dt.datetime = MORNING) -> None:
    """Sweep until every file has rested and was taken; nothing is read."""
    inbox = open_inbox(office)
    for second in range(3):
        sweep_intake(office, inbox, reader, now=now + dt.timedelta(seconds=second))


def documents(office: Office) -> list[DocumentRecord]:
    """All documents, oldest first."""
    with office.view() as view:
        return list(reversed(view.documents(None, None)))
