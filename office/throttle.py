"""Slow down whoever guesses passwords: too many wrong ones in a quarter of an hour, and the door stays shut.

Counted in memory by name together with place, and by name alone with more patience, so that a stranger
cannot shut a colleague out with five tries. A restart forgets; the audit keeps what concerned real people.

Source: OWASP ASVS 5.0, 6.3.1.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict, deque

WINDOW = dt.timedelta(minutes=15)
MOST_FROM_ONE_PLACE = 5
MOST_FOR_ONE_NAME = 50
MOST_KEYS = 10_000
"""Names and places remembered at once; the oldest are forgotten first."""


class Throttle:
    """Wrong tries of late, by key; thread-safe."""

    def __init__(self, *, from_place: int = MOST_FROM_ONE_PLACE, for_name: int = MOST_FOR_ONE_NAME) -> None:
        self._most = (from_place, for_name)
        self._tries: OrderedDict[tuple[str, ...], deque[dt.datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, name: str, place: str, now: dt.datetime) -> dt.timedelta:
        """How long this name must wait from this place; zero when it may try."""
        with self._lock:
            return max(self._left(key, most, now) for key, most in self._keys(name, place))

    def fail(self, name: str, place: str, now: dt.datetime) -> None:
        """Count a wrong try."""
        with self._lock:
            for key, most in self._keys(name, place):
                tries = self._tries.setdefault(key, deque(maxlen=most))
                tries.append(now)
                self._tries.move_to_end(key)
            while len(self._tries) > MOST_KEYS:
                self._tries.popitem(last=False)

    def forget(self, name: str, place: str) -> None:
        """The right password from this place: its wrong ones no longer count."""
        with self._lock:
            self._tries.pop((name, place), None)

    def _left(self, key: tuple[str, ...], most: int, now: dt.datetime) -> dt.timedelta:
        tries = self._tries.get(key)
        if tries is None or len(tries) < most:
            return dt.timedelta()
        return max(tries[0] + WINDOW - now, dt.timedelta())

    def _keys(self, name: str, place: str) -> tuple[tuple[tuple[str, ...], int], ...]:
        from_place, for_name = self._most
        return ((name, place), from_place), ((name,), for_name)
