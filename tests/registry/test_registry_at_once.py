"""Many processes at once, and processes that die: no gap, no double, nothing half done."""

from __future__ import annotations

import pytest

from documents.status import Status
from registry.audit import verify
from registry.engine import Registry
from tests.registry import processes
from tests.registry.builders import INCOMING, NOW, an_office, bring, name, sha


def register_at_once(registry: Registry, url: str, *, workers: int, each: int, give_up_every: int) -> None:
    jobs = [(url, worker, each, give_up_every) for worker in range(workers)]
    given = sorted(n for numbers in processes.at_once(processes.register_many, jobs) for n in numbers)
    kept = workers * (each - len(range(0, each, give_up_every)))
    assert given == list(range(1, kept + 1))
    with registry.view() as view:
        assert [e.number for e, _ in view.entries(INCOMING, 2012)] == given
        assert len({document for _, document in view.entries(INCOMING, 2012)}) == kept
        assert view.counts()[Status.REGISTERED] == kept
        result = verify(view)
    assert result.whole, result.complaint
    assert result.count == 3 * kept


def test_sixteen_processes_register_without_gap_or_double(registry: Registry, database_url: str) -> None:
    register_at_once(registry, database_url, workers=16, each=6, give_up_every=3)


@pytest.mark.slow
def test_sixteen_processes_register_two_thousand_without_gap_or_double(
    registry: Registry, database_url: str
) -> None:
    register_at_once(registry, database_url, workers=16, each=150, give_up_every=10)


def test_the_same_bytes_brought_by_several_processes_are_one_document(
    registry: Registry, database_url: str
) -> None:
    got = processes.at_once(processes.receive_same, [(database_url, worker, 10) for worker in range(4)])
    assert sum(got) == 10
    with registry.view() as view:
        assert {d.sha256 for d in view.documents()} == {sha(n) for n in range(10)}
        assert verify(view).whole


def test_a_process_killed_with_everything_written_but_its_commit_leaves_nothing(
    registry: Registry, database_url: str
) -> None:
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        bring(book, 1, Status.REGISTERED)
        before = verify(book).head
    processes.killed(processes.die_in_the_book, database_url, 2)
    with registry.book("hoa", NOW) as book:
        assert [d.id for d in book.documents()] == [name(1)]
        assert book.book_state(INCOMING, 2012).next_number == 2
        assert (verify(book).whole, verify(book).head) == (True, before)
        bring(book, 2, Status.ASSIGNED)
    with registry.view() as view:
        assert view.document(name(2)).entry.number == 2  # type: ignore[union-attr]
        assert verify(view).whole
