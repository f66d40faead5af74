"""Scheduled sweeps as Prefect flows: thin shells around operations of the office.

Each is safe to run late, twice or not at all for a while: it computes from "due and not yet done".
"""

from __future__ import annotations

import os
from pathlib import Path

from prefect import flow

from flows.life import now
from office.absence import follow_absences
from office.notify import deliver_waiting
from office.office import Office
from office.recount import recount_open
from office.remind import release_stuck, remind_due


@flow(name="nhac-han", retries=0, persist_result=False, log_prints=False)
def remind_deadlines() -> int:
    """Record the reminders due today; the notifier sends them."""
    with _office() as office:
        return remind_due(office, now=now())


@flow(name="giai-phong", retries=0, persist_result=False, log_prints=False)
def free_stuck() -> int:
    """Give back documents whose processor died, and finish what a change of the calendar left to count."""
    with _office() as office:
        return release_stuck(office, now=now()) + recount_open(office, now=now())


@flow(name="vang-mat", retries=0, persist_result=False, log_prints=False)
def move_for_absences() -> int:
    """Give open work to who stands in today, and back to who has returned."""
    with _office() as office:
        return follow_absences(office, now=now())


@flow(name="gui-con-lai", retries=0, persist_result=False, log_prints=False)
def empty_outbox() -> int:
    """Send what waits in the outbox, should the notifier be away."""
    with _office() as office:
        sent = deliver_waiting(office, clock=now).sent
        office.registry.beat("sweep:outbox", now())
        return sent


def _office() -> Office:
    return Office.open(Path(os.environ["CONGVAN_HOME"]))
