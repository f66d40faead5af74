"""A processor that died: what it was reading is free again as soon as its death is known."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from documents.status import Status
from flows.processor import is_dead, name_of_worker
from office.remind import release_stuck
from office.work import claim_next
from tests.journeys.working import documents, drop, take_in
from tests.offices import MORNING, an_office
from tests.recorded_reader import RecordedReader, stub_file


def a_dead_number() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_this_process_lives_and_other_machines_are_not_judged() -> None:
    host = socket.gethostname()
    assert not is_dead(name_of_worker())
    assert is_dead(f"processor:{host}:{a_dead_number()}")
    assert not is_dead(f"processor:{host}-elsewhere:{a_dead_number()}")
    assert not is_dead(f"take:{a_dead_number()}")
    assert not is_dead(f"processor:{host}:1"), "somebody else's process that we may not signal, or our own"
    assert not is_dead("nonsense")


def test_what_a_dead_processor_was_reading_need_not_wait_for_its_lease(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        drop(office, "x.pdf", stub_file(1))
        take_in(office, RecordedReader())
        worker = f"processor:{socket.gethostname()}:{a_dead_number()}"
        assert claim_next(office, worker, now=MORNING)
        assert release_stuck(office, now=MORNING) == 0, "its lease still runs"
        assert release_stuck(office, now=MORNING, is_dead=is_dead) == 1
        assert [d.status for d in documents(office)] == [Status.WAITING]
        living = f"processor:{socket.gethostname()}:{os.getpid()}"
        assert claim_next(office, living, now=MORNING)
        assert release_stuck(office, now=MORNING, is_dead=is_dead) == 0
