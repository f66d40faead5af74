"""A year of office life keeps its laws, whatever people do and however mornings go wrong."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from documents.status import Status
from tests.year import acts
from tests.year.__main__ import found
from tests.year.laws import Laws
from tests.year.year import Year


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_four_months_keep_the_laws(tmp_path: Path, empty_url: str, seed: int) -> None:
    with found(tmp_path / "home", seed, empty_url) as office:
        laws = Laws(office)
        year = Year(office, seed, documents=300, after_sweep=laws.after_sweep)
        for day in islice(year.days(), 120):
            year.live(day)
        laws.at_the_end()
    assert laws.broken == []
    assert min(laws.looked_at[what] for what in ("holders", "rungs", "reasons", "leads")) > 50
    assert year.told["reminders"] > 100, "the year was a real one"


class OfficeLife(RuleBasedStateMachine):
    """Days of an office in any order of acts; the laws are looked at after every sweep."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="congvan-year-")
        self.office = found(Path(self.folder.name) / "home", 7)
        self.laws = Laws(self.office)
        self.year = Year(self.office, 7, documents=2500, after_sweep=self.laws.after_sweep)
        self.day = dt.date(2025, 4, 21)
        """A week with a swapped day, two holidays and a worked Saturday ahead."""

    @rule(seed=st.integers(0, 1000))
    def a_day_passes(self, seed: int) -> None:
        self.year.reseed(seed)
        self.year.live(self.day)
        self.day += dt.timedelta(1)

    @rule(days=st.integers(1, 6))
    def the_machine_stands_still(self, days: int) -> None:
        self.day += dt.timedelta(days)

    @rule(seed=st.integers(0, 1000))
    def the_calendar_changes(self, seed: int) -> None:
        rng = random.Random(seed)
        which = self.day + dt.timedelta(rng.randint(1, 12))
        self.year.set_day(which, rng.choice(("off", "work", "half")), "Thử", self.day)

    @precondition(lambda self: self.day > dt.date(2025, 4, 23))
    @rule(seed=st.integers(0, 1000))
    def a_head_leaves(self, seed: int) -> None:
        rng = random.Random(seed)
        self.year.leave(rng.choice(("cntt-1", "bcxb-tp", "vp-2", "ttra-0")), self.day)

    @rule(writes=st.integers(0, 8))
    def the_sweep_is_killed_and_started_again(self, writes: int) -> None:
        with acts.killed_after(writes):
            self.year.sweep_once(self.day, 9)
        self.year.sweep_once(self.day, 9.5)

    @invariant()
    def the_laws_hold(self) -> None:
        assert self.laws.broken == []

    def teardown(self) -> None:
        self.laws.at_the_end()
        with self.office.view() as view:
            counts = view.counts()
        self.office.registry.close()
        self.folder.cleanup()
        assert self.laws.broken == []
        assert counts[Status.READING] == 0


OfficeLife.TestCase.settings = settings(
    max_examples=4, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)
TestOfficeLife = OfficeLife.TestCase
