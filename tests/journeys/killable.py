"""Intake and processor as bare loops with recorded readings, to be killed at any moment."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

from documents.errors import Trouble
from office.office import Office
from office.receive import open_inbox, sweep_intake
from office.remind import release_stuck
from office.work import claim_next, process_document
from tests.recorded_reader import RecordedReader


def now() -> dt.datetime:
    """The moment."""
    return dt.datetime.now(dt.UTC)


def intake(home: str) -> None:
    """Sweep for ever."""
    with Office.open(Path(home)) as office:
        reader, inbox = RecordedReader(), open_inbox(office)
        while True:
            try:
                sweep_intake(office, inbox, reader, now=now())
            except Trouble:
                time.sleep(0.05)
            time.sleep(0.01)


def processor(home: str) -> None:
    """Read whatever waits, for ever."""
    with Office.open(Path(home)) as office:
        reader = RecordedReader()
        while True:
            try:
                release_stuck(office, now=now())
                while claimed := claim_next(office, f"p{os.getpid()}", now=now()):
                    process_document(office, reader, claimed, clock=now)
            except Trouble:
                time.sleep(0.05)
            time.sleep(0.01)
