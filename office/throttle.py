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
            return self._wait(name, place, now)

    def begin(self, name: str, place: str, now: dt.datetime) -> dt.timedelta:
        """Count a try before it is looked at, unless it must wait; how long, zero when it may go on.

        Tries sent all at once are so held to the same number as those one after the other.
        """
        with self._lock:
            wait = self._wait(name, place, now)
            if not wait:
                self._count(name, place, now)
            return wait

    def fail(self, name: str, place: str, now: dt.datetime) -> None:
        """Count a wrong try."""
        with self._lock:
            self._count(name, place, now)

    def forget(self, name: str, place: str) -> None:
        """The try that began was right: it was no guess, and wrong ones from this place no longer count."""
        with self._lock:
            self._tries.pop((name, place), None)
            if tries := self._tries.get((name,)):
                tries.pop()

    def _wait(self, name: str, place: str, now: dt.datetime) -> dt.timedelta:
        return max(self._left(key, most, now) for key, most in self._keys(name, place))

    def _count(self, name: str, place: str, now: dt.datetime) -> None:
        for key, most in self._keys(name, place):
            tries = self._tries.setdefault(key, deque(maxlen=most))
            tries.append(now)
            self._tries.move_to_end(key)
        while len(self._tries) > MOST_KEYS:
            self._tries.popitem(last=False)

    def _left(self, key: tuple[str, ...], most: int, now: dt.datetime) -> dt.timedelta:
        tries = self._tries.get(key)
        if tries is None or len(tries) < most:
            return dt.timedelta()
        return max(tries[0] + WINDOW - now, dt.timedelta())

    def _keys(self, name: str, place: str) -> tuple[tuple[tuple[str, ...], int], ...]:
        from_place, for_name = self._most
        return ((name, place), from_place), ((name,), for_name)
