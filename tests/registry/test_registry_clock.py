"""The clock of an office is its database's, and does not run backwards."""

from __future__ import annotations

import datetime as dt

from documents.events import SweepFinished
from registry.engine import Registry

MACHINE = dt.timedelta(minutes=5)
"""How far the test machine's own clock and the database's may differ."""


def test_it_tells_an_aware_moment_near_this_machines(registry: Registry) -> None:
    told = registry.clock()
    assert told.tzinfo is not None
    assert abs(told - dt.datetime.now(dt.UTC)) < MACHINE
    assert registry.clock() >= told


def test_beside_sqlite_a_clock_that_went_back_is_not_believed(registry: Registry) -> None:
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(days=3)
    with registry.book("sweeper", ahead) as book:
        book.record(SweepFinished(name="stuck", found=1))
    if registry.dialect == "sqlite":
        assert registry.clock() == ahead
    else:
        assert registry.clock() < ahead, "there the server's clock is right, whatever a machine wrote"
