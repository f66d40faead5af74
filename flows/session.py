"""A Prefect session: one flow run for up to fifty documents, one task for each document attempt.

One deployment run for each document costs a process and ten seconds; a session costs about 60 ms a
document. Parameters are ids; retries are our attempt table's business; nothing is persisted or printed.
"""

from __future__ import annotations

import time
from typing import Any, cast

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.context import get_run_context
from prefect.futures import PrefectFuture
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.shift import Shift

MOST_DOCUMENTS = 50
MOST_SECONDS = 180.0


def run_session(shift: Shift) -> int:
    """Run one session flow over what waits; returns how many documents were worked off.

    Raises whatever Prefect raises; claims not worked off stay open in `shift`.
    """

    @task(
        name="doc-van-ban",
        task_run_name="{lane}-{document}-{attempt}",
        retries=0,
        persist_result=False,
        cache_policy=NO_CACHE,
        log_prints=False,
    )
    def read_document(document: str, attempt: int, lane: str) -> str | None:
        return shift.process((document, attempt, lane))

    runner = cast(TaskRunner[PrefectFuture[Any]], ThreadPoolTaskRunner[Any](max_workers=shift.slots))

    @flow(
        name="phien-doc",
        task_runner=runner,
        retries=0,
        persist_result=False,
        validate_parameters=False,
        log_prints=False,
    )
    def session() -> int:
        return _feed(shift, read_document)

    # A sync flow otherwise waits a second at its end for the heartbeat thread.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return session()


def _feed(shift: Shift, read_document: Any) -> int:
    """Keep every slot busy until nothing waits, fifty are done or the time is up."""
    context = get_run_context()
    run = str(getattr(context, "flow_run").id)  # noqa: B009 - typed for task runs too
    started = time.monotonic()
    taken = 0
    working: list[Any] = []
    while taken < MOST_DOCUMENTS and time.monotonic() - started < MOST_SECONDS:
        if len(working) >= shift.slots:
            working = _wait_for_one(working)
            continue
        key = shift.claim(run)
        if key is None and not working:
            break
        if key is None:
            working = _wait_for_one(working)
            continue
        taken += 1
        working.append(read_document.submit(*key))
    for future in working:
        future.result(raise_on_failure=False)
    return taken


def _wait_for_one(working: list[Any]) -> list[Any]:
    """Wait until at least one task has ended; returns those still running."""
    while all(not future.state.is_final() for future in working):
        time.sleep(0.02)
    return [future for future in working if not future.state.is_final()]
