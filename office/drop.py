"""Drop files into the intake folder for somebody, and wait until they were read."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from documents.record import DocumentRecord
from documents.status import Status
from gateways.inbox import Inbox
from office.agencies import agencies_known
from office.office import Office
from office.reading import open_reader
from office.receive import sweep_intake
from office.work import claim_next, process_document

ALIVE = dt.timedelta(seconds=90)
"""A process whose last heartbeat is older than this is taken for stopped."""

_READ = frozenset(Status) - {Status.WAITING, Status.READING}
_FOR_A_PERSON = frozenset({Status.REVIEW, Status.QUARANTINED, Status.SEALED})


@dataclass(frozen=True, slots=True)
class Dropped:
    """A copy laid into the intake folder; name and inode tell its document later."""

    path: Path
    inode: int


def drop_files(office: Office, files: Sequence[Path]) -> tuple[Dropped, ...]:
    """Copy `files` into the intake folder, each whole at once (written aside, then renamed)."""
    return tuple(_drop(office.settings.intake_folder, file) for file in files)


def _drop(folder: Path, file: Path) -> Dropped:
    aside = folder / f".{secrets.token_hex(8)}.part"
    shutil.copyfile(file, aside)
    with aside.open("rb") as copy:
        os.fsync(copy.fileno())
    target = folder / file.name
    count = 1
    while target.exists():
        count += 1
        target = folder / f"{file.stem} ({count}){file.suffix}"
    aside.rename(target)
    return Dropped(target, target.stat().st_ino)


def wait_until_read(
    office: Office, dropped: Sequence[Dropped], *, clock: Callable[[], dt.datetime], poll_s: float = 0.5
) -> tuple[DocumentRecord, ...]:
    """Wait until every dropped file was read; does the work itself when no process of the office runs."""
    if not is_running(office, "intake", clock()) or not is_running(office, "processor", clock()):
        work_off(office, clock=clock)
        return _documents_of(office, dropped)
    while True:
        arrived = _documents_of(office, dropped)
        if len(arrived) == len(dropped) and all(r.status in _READ for r in arrived):
            return arrived
        time.sleep(poll_s)


def work_off(office: Office, *, clock: Callable[[], dt.datetime]) -> None:
    """Sweep the intake folder once and read everything that waits, in this process."""
    inbox = Inbox(office.settings.intake_folder, settle_s=0)
    with open_reader(office.settings, agencies=partial(agencies_known, office)) as reader:
        sweep_intake(office, inbox, reader, now=clock())
        while claimed := claim_next(office, f"take:{os.getpid()}", now=clock()):
            process_document(office, reader, claimed, clock=clock)


def is_running(office: Office, name: str, now: dt.datetime) -> bool:
    """Whether a process of that name gave a sign of life lately."""
    with office.view() as view:
        beat = view.beats().get(name)
    return beat is not None and now - beat < ALIVE


def needs_person(status: Status) -> bool:
    """Whether somebody must look before the document can go on."""
    return status in _FOR_A_PERSON


def _documents_of(office: Office, dropped: Sequence[Dropped]) -> tuple[DocumentRecord, ...]:
    wanted = {(d.path.name, d.inode) for d in dropped}
    with office.view() as view:
        return tuple(
            record
            for record in view.documents(None, None)
            if (record.arrival.name, record.arrival.inode) in wanted
        )
