"""The intake process: sweep the folder always, let a watcher wake the sweep early. No Prefect here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial

import structlog

from documents.errors import Trouble
from flows.life import Life, home_from, living, log_in_json, now
from office.agencies import agencies_known
from office.office import Office
from office.reading import open_reader
from office.receive import Outcome, open_inbox, sweep_intake, wait_for_files

log = structlog.get_logger("intake")


def main(arguments: Sequence[str]) -> int:
    """Run until told to stop."""
    log_in_json()
    with Office.open(home_from(arguments)) as office, living("intake", office) as life:
        keep_sweeping(life)
    return 0


def keep_sweeping(life: Life) -> None:
    """Sweep now, then whenever the watcher wakes us, and every `sweep_s` whatever it says."""
    office = life.office
    inbox = open_inbox(office)
    with open_reader(office.settings, slots=1, agencies=partial(agencies_known, office)) as reader:
        while not life.stop.is_set():
            try:
                outcomes = sweep_intake(office, inbox, reader, now=now())
            except Trouble as trouble:
                log.warning("sweep_failed", cause=trouble.code)
                outcomes = ()
            for outcome in outcomes:
                _log(outcome)
            wait_for_files(office, inbox, life.stop)


def _log(outcome: Outcome) -> None:
    log.info("taken", document=outcome.document, as_=outcome.taken.value, of=outcome.of)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
