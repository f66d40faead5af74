"""The life of a long-running process: its home, its signals, its heartbeat."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from documents.errors import Trouble
from office.office import Office

BEAT_S = 15.0


def now() -> dt.datetime:
    """The moment, aware UTC; a flow is a door, so it may look at the clock."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Life:
    """One running process: the office it serves and the wish to stop."""

    name: str
    office: Office
    stop: threading.Event

    def rest(self, seconds: float) -> None:
        """Wait, but not longer than until the wish to stop."""
        self.stop.wait(seconds)


@contextmanager
def living(name: str, office: Office) -> Iterator[Life]:
    """Live as process `name`: beat in the registry, stop on SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    heart = threading.Thread(target=_beat, args=(name, office, stop), name="heart", daemon=True)
    heart.start()
    try:
        yield Life(name, office, stop)
    finally:
        stop.set()
        heart.join(5)


def _beat(name: str, office: Office, stop: threading.Event) -> None:
    log = structlog.get_logger(name)
    while not stop.is_set():
        try:
            office.registry.beat(name, now())
        except Trouble as trouble:
            log.warning("no_heartbeat", cause=trouble.code)
        stop.wait(BEAT_S)


def home_from(arguments: Sequence[str]) -> Path:
    """The `--home` of a process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    home: Path = parser.parse_args(arguments).home
    return home


def log_in_json() -> None:
    """Structured lines on stderr, ids only; no document text ever goes through a logger."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
