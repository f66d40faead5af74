"""The notifier process: send what waits in the outbox. No Prefect here."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import structlog

from documents.errors import Trouble
from flows.life import Life, home_from, living, log_in_json
from office.notify import deliver_waiting
from office.office import Office
from office.posting import post_waiting

LOOK_S = 2.0
log = structlog.get_logger("notifier")


def main(arguments: Sequence[str]) -> int:
    """Run until told to stop."""
    log_in_json()
    with Office.open(home_from(arguments)) as office, living("notifier", office) as life:
        keep_sending(life)
    return 0


def keep_sending(life: Life) -> None:
    """Look into the outbox every `LOOK_S` seconds."""
    while not life.stop.is_set():
        try:
            clock = life.office.registry.clock
            for way, send in (("mail", deliver_waiting), ("webhook", post_waiting)):
                delivered = send(life.office, clock=clock)
                if delivered.sent or delivered.failed:
                    log.info("delivered", way=way, sent=delivered.sent, failed=delivered.failed)
        except Trouble as trouble:
            log.warning("outbox_unreachable", cause=trouble.code)
        life.rest(LOOK_S)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
