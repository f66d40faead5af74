"""kill -9 of intake and processor at random moments: nothing lost, nothing twice, no gap, the chain whole."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from documents.status import Status
from office.office import INCOMING, Office
from registry.audit import verify
from tests.journeys import killable
from tests.offices import an_office
from tests.recorded_reader import stub_file

PARTS = (killable.intake, killable.processor)


class Journal:
    """What was dropped, kept by the test itself, apart from the office."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.dropped: Counter[str] = Counter()
        self._folder, self._rng, self._count = folder, rng, 0

    def drop(self) -> None:
        """Drop a new document by rename, now and then the bytes of an earlier one."""
        self._count += 1
        again = self._count > 1 and self._rng.random() < 0.05
        content = stub_file(self._rng.randint(1, self._count - 1) if again else self._count)
        aside = self._folder / f".{self._count}.part"
        aside.write_bytes(content)
        aside.rename(self._folder / f"quet_{self._count:05}.pdf")
        self.dropped[hashlib.sha256(content).hexdigest()] += 1


def kill_at_random(home: Path, journal: Journal, *, kills: int, documents: int, rng: random.Random) -> int:
    """Run both parts, dropping files and killing one part after another; returns kills with work in hand."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.journeys.killable"])
    running = {part: context.Process(target=part, args=(str(home),), daemon=True) for part in PARTS}
    for process in running.values():
        process.start()
    killed = dropped = 0
    while killed < kills:
        while dropped * kills < documents * (killed + 1):
            journal.drop()
            dropped += 1
        time.sleep(rng.uniform(0.02, 0.35))
        part = rng.choice(PARTS)
        victim = running[part]
        assert victim.pid is not None
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        killed += 1
        running[part] = context.Process(target=part, args=(str(home),), daemon=True)
        running[part].start()
    for process in running.values():
        process.kill()
        process.join()
    return killed


def let_finish(home: Path, journal: Journal, *, within_s: float = 180) -> None:
    """Run both parts undisturbed until nothing is left to do."""
    context = multiprocessing.get_context("forkserver")
    running = [context.Process(target=part, args=(str(home),), daemon=True) for part in PARTS]
    for process in running:
        process.start()
    try:
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            with Office.open(home) as office, office.view() as view:
                counts = view.counts()
                unfinished = counts.get(Status.WAITING, 0) + counts.get(Status.READING, 0)
                if (
                    sum(counts.values()) >= journal.dropped.total()
                    and not unfinished
                    and not view.uncleared_arrivals()
                ):
                    return
            time.sleep(0.3)
    finally:
        for process in running:
            process.kill()
            process.join()


def assert_nothing_lost_and_nothing_twice(office: Office, journal: Journal) -> None:
    with office.view() as view:
        records = view.documents(None, None)
        firsts = Counter(r.sha256 for r in records if r.status is not Status.DUPLICATE)
        assert set(firsts) == set(journal.dropped), "a document was lost"
        assert set(firsts.values()) == {1}, "a document was taken twice"
        assert Counter(r.sha256 for r in records) == journal.dropped, "a drop has no row, or two"
        assert {r.status for r in records} <= {Status.ASSIGNED, Status.DUPLICATE}
        for year in {r.entry.year for r in records if r.entry}:
            numbers = sorted(e.number for e, _ in view.entries(INCOMING, year))
            assert numbers == list(range(1, len(numbers) + 1)), "the book has a gap or a double"
        result = verify(view)
        assert result.whole, result.complaint
        notices = [(n.document, n.kind, n.recipient, n.slot) for r in records for n in view.notices_of(r.id)]
        assert len(notices) == len(set(notices))
    assert all(office.store.is_intact(sha) for sha in journal.dropped), "bytes changed"
    left = [p for p in office.settings.intake_folder.iterdir() if p.is_file() and not p.name.startswith(".")]
    assert left == [], "a file did not leave the folder"


def run_the_scene(home: Path, *, kills: int, documents: int, seed: int, **settings: object) -> None:
    rng = random.Random(seed)
    with an_office(home, lease_s=1, **settings) as office:
        journal = Journal(office.settings.intake_folder, rng)
        assert kill_at_random(home, journal, kills=kills, documents=documents, rng=rng) >= kills
        let_finish(home, journal)
        assert_nothing_lost_and_nothing_twice(office, journal)


def test_a_few_kills_on_sqlite_lose_nothing(tmp_path: Path) -> None:
    run_the_scene(tmp_path / "home", kills=8, documents=30, seed=1)


@pytest.mark.slow
def test_a_hundred_kills_on_sqlite_lose_nothing(tmp_path: Path) -> None:
    run_the_scene(tmp_path / "home", kills=100, documents=300, seed=2)


@pytest.mark.slow
@pytest.mark.postgresql
def test_a_hundred_kills_on_postgresql_lose_nothing(tmp_path: Path, postgresql_url: str) -> None:
    run_the_scene(tmp_path / "home", kills=100, documents=300, seed=3, database_url=postgresql_url)
