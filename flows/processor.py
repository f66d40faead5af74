"""The processor: claim what waits in the registry, read, register, route, in Prefect sessions or without.

The registry is the queue and the truth; a session shows the work in Prefect. When the Prefect server is
away the same work goes on bare, and documents whose session broke under way are finished bare too.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import structlog

from documents.errors import Trouble
from flows.life import Life, home_from, living, log_in_json, now
from flows.server import answers
from flows.setting import api_url, prepare
from flows.shift import Shift
from office.agencies import agencies_known
from office.office import Office
from office.reading import open_reader
from office.remind import release_stuck

PROCESSOR = "processor"
LOOK_S = 0.5
STUCK_LOOK_S = 30.0
log = structlog.get_logger("processor")


def main(arguments: Sequence[str]) -> int:
    """Run until told to stop."""
    log_in_json()
    with Office.open(home_from(arguments)) as office:
        prepare(office.settings)
        with (
            living("processor", office) as life,
            open_reader(office.settings, agencies=partial(agencies_known, office)) as reader,
        ):
            slots = office.settings.slots or os.cpu_count() or 1
            worker = name_of_worker()
            shift = Shift(office, reader, worker=worker, slots=slots, stop=life.stop, clock=now)
            keep_working(life, shift)
    return 0


def name_of_worker() -> str:
    """Who holds the leases: machine and process, so that the next one here can tell that this one died."""
    return f"{PROCESSOR}:{socket.gethostname()}:{os.getpid()}"


def is_dead(worker: str) -> bool:
    """Whether a worker of this machine lives no more; of other machines nothing is known.

    A number that is in use again, as in a container that was started anew, counts as alive: its lease ends
    by itself.
    """
    kind, _, place = worker.partition(":")
    host, _, number = place.rpartition(":")
    if kind != PROCESSOR or host != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def keep_working(life: Life, shift: Shift) -> None:
    """Work while there is work; look again every `LOOK_S` seconds; free what dead processors held."""
    next_release = 0.0
    idle_s = 0.0
    while not life.stop.is_set():
        try:
            if idle_s >= next_release:
                release_stuck(life.office, now=now(), is_dead=is_dead)
                idle_s, next_release = 0.0, STUCK_LOOK_S
            if shift.has_work():
                work_once(life, shift)
                continue
        except Trouble as trouble:
            log.warning("no_work_possible", cause=trouble.code)
        life.rest(LOOK_S)
        idle_s += LOOK_S


def work_once(life: Life, shift: Shift) -> None:
    """One session with Prefect when its server answers, and whatever is then still open, without it."""
    if answers(api_url(life.office.settings)):
        from flows.session import run_session

        try:
            run_session(shift)
        except Exception as error:
            log.warning("session_broke", cause=type(error).__name__)
        work_bare(shift, only_open=True)
    else:
        work_bare(shift)


def work_bare(shift: Shift, *, only_open: bool = False) -> None:
    """Process without Prefect: claims a broken session left open, then all that waits unless `only_open`."""
    with ThreadPoolExecutor(shift.slots) as pool:
        list(pool.map(shift.process, shift.open_claims()))
        while not only_open and (claims := shift.claim_some(shift.slots)):
            list(pool.map(shift.process, claims))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
