"""The sweeper: Prefect's schedules for the sweeps, and a dead-man check that does them without Prefect."""

from __future__ import annotations

import datetime as dt
import signal
import sys
import threading
from collections.abc import Callable, Sequence

import structlog

from documents.errors import Trouble
from flows.children import end_child, start_child
from flows.life import Life, home_from, living, log_in_json
from flows.server import answers
from flows.setting import api_url, prepare
from office.absence import follow_absences
from office.office import Office
from office.remind import release_stuck, watch_deadlines

log = structlog.get_logger("sweeper")
LOOK_S = 60.0
OVERDUE: dict[str, tuple[dt.timedelta, Callable[..., int]]] = {
    "sweep:deadlines": (dt.timedelta(minutes=25), watch_deadlines),
    "sweep:stuck": (dt.timedelta(minutes=25), release_stuck),
    "sweep:absences": (dt.timedelta(hours=2), follow_absences),
}
"""After how long without a sign of life a sweep is done here, without Prefect."""


def main(arguments: Sequence[str]) -> int:
    """Serve the schedules while the server answers; watch over them whatever happens."""
    log_in_json()
    with Office.open(home_from(arguments)) as office:
        prepare(office.settings)
        with living("sweeper", office) as life:
            watch = threading.Thread(target=_watch, args=(life,), name="dead-man", daemon=True)
            watch.start()
            _serve(life)
            watch.join(5)
    return 0


def _serve(life: Life) -> None:
    """Keep a child serving Prefect's schedules while the server answers; start it again when it dies."""
    wait_s = 2.0
    while not life.stop.is_set():
        if not answers(api_url(life.office.settings)):
            life.rest(2)
            continue
        child = start_child([sys.executable, "-m", "flows.serving"])
        while not life.stop.is_set() and child.poll() is None:
            life.rest(1)
        if life.stop.is_set():
            # Prefect's runner stops quietly for Ctrl+C; for SIGTERM it complains of a coroutine.
            end_child(child, ask=signal.SIGINT)
            return
        log.warning("schedules_interrupted", status=child.returncode)
        life.rest(wait_s)
        wait_s = min(60.0, wait_s * 2)


def _watch(life: Life) -> None:
    """Do a sweep here when nobody did it for too long."""
    life.rest(LOOK_S)
    while not life.stop.is_set():
        try:
            do_overdue(life.office, at=life.office.registry.clock())
        except Trouble as trouble:
            log.warning("sweep_failed", cause=trouble.code)
        life.rest(LOOK_S)


def do_overdue(office: Office, *, at: dt.datetime) -> tuple[str, ...]:
    """Run every sweep whose last sign of life is too old; returns their names."""
    with office.view() as view:
        beats = view.beats()
    done = []
    for name, (allowed, sweep) in OVERDUE.items():
        if name not in beats or at - beats[name] > allowed:
            sweep(office, now=at)
            done.append(name)
    return tuple(done)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
