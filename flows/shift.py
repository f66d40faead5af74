"""A processor's shift: its claims, by id, and the one call that works a claim off.

Prefect tasks get ids only; what an id stands for is looked up here, in the same process.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import structlog

from documents.errors import Trouble
from documents.record import Claim
from office.office import Office
from office.reading import Reader
from office.work import claim_next, has_waiting, process_document

log = structlog.get_logger("processor")
ClaimKey = tuple[str, int, str]


class Shift:
    """Claims of one processor; thread-safe."""

    def __init__(
        self,
        office: Office,
        reader: Reader,
        *,
        worker: str,
        slots: int,
        stop: threading.Event,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self.office = office
        self.slots = slots
        self.stop = stop
        self.clock = clock
        self._reader = reader
        self._worker = worker
        self._open: dict[ClaimKey, Claim] = {}
        self._lock = threading.Lock()

    def has_work(self) -> bool:
        """Whether anything waits to be claimed."""
        return has_waiting(self.office, now=self.clock())

    def claim(self, run: str | None = None) -> ClaimKey | None:
        """Claim the next document; None when nothing waits or the process is to stop."""
        if self.stop.is_set():
            return None
        claimed = claim_next(self.office, self._worker, now=self.clock(), run=run)
        if claimed is None:
            return None
        key = (str(claimed.document), claimed.attempt, claimed.lane)
        with self._lock:
            self._open[key] = claimed
        return key

    def claim_some(self, most: int) -> list[ClaimKey]:
        """Claim up to `most` documents."""
        keys: list[ClaimKey] = []
        while len(keys) < most and (key := self.claim()):
            keys.append(key)
        return keys

    def open_claims(self) -> list[ClaimKey]:
        """Claims taken but not worked off."""
        with self._lock:
            return list(self._open)

    def process(self, key: ClaimKey) -> str | None:
        """Work one claim off and return the status reached; a second call finds nothing to do."""
        with self._lock:
            claimed = self._open.get(key)
        if claimed is None:
            return None
        try:
            status = process_document(self.office, self._reader, claimed, clock=self.clock)
        except Trouble as trouble:
            # The database is away: the lease lapses and the document is read again.
            log.warning("left_for_later", document=key[0], cause=trouble.code)
            status = None
        finally:
            with self._lock:
                self._open.pop(key, None)
        return status.value if status else None
