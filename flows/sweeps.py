"""Scheduled sweeps as Prefect flows: thin shells around operations of the office.

Each is safe to run late, twice or not at all for a while: it computes from "due and not yet done".
"""

from __future__ import annotations

import os
from pathlib import Path

from prefect import flow

from office.absence import follow_absences
from office.notify import deliver_waiting
from office.office import Office
from office.posting import post_waiting
from office.remind import release_stuck, watch_deadlines


@flow(name="nhac-han", retries=0, persist_result=False, log_prints=False)
def remind_deadlines() -> int:
    """Record the reminders and alarms whose time has come; the notifier sends them."""
    with _office() as office:
        return watch_deadlines(office, now=office.registry.clock())


@flow(name="giai-phong", retries=0, persist_result=False, log_prints=False)
def free_stuck() -> int:
    """Give back documents whose processor died, and finish what a change of the calendar left to count."""
    with _office() as office:
        return release_stuck(office, now=office.registry.clock())


@flow(name="vang-mat", retries=0, persist_result=False, log_prints=False)
def move_for_absences() -> int:
    """Give open work to who stands in today, and back to who has returned."""
    with _office() as office:
        return follow_absences(office, now=office.registry.clock())


@flow(name="gui-con-lai", retries=0, persist_result=False, log_prints=False)
def empty_outbox() -> int:
    """Send what waits in the outbox, should the notifier be away."""
    with _office() as office:
        clock = office.registry.clock
        sent = deliver_waiting(office, clock=clock).sent + post_waiting(office, clock=clock).sent
        office.registry.beat("sweep:outbox", clock())
        return sent


def _office() -> Office:
    return Office.open(Path(os.environ["CONGVAN_HOME"]))
