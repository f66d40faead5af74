"""The book against a model of a few dictionaries: whatever is done in whatever order, both say the same."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from documents.errors import AlreadyMoved, NumberOutOfOrder, NumberTaken
from documents.events import BookOpened, RetryAsked, ReviewAsked
from documents.status import DocumentId, Status
from registry.audit import verify
from registry.book import Book
from registry.engine import Registry
from registry.queue import claim, lapse_expired
from tests.postgres import PostgresServer
from tests.registry.builders import (
    INCOMING,
    LEASE,
    NOW,
    arrival,
    assigned,
    cancelled,
    name,
    read,
    received,
    registered,
    settle,
    sha,
)

STEPS = 25


@dataclass
class Paper:
    """What the model knows of a document."""

    number: int
    status: Status = Status.WAITING
    attempt: int = 0
    lapses: int = 0
    entry: int | None = None


@dataclass
class Model:
    """The register of one year as plain values."""

    papers: dict[DocumentId, Paper] = field(default_factory=dict)
    next_number: int = 1
    entries: dict[int, tuple[str, DocumentId | None]] = field(default_factory=dict)
    opened: bool = False
    lines: int = 0


class _GivenUp(Exception):
    """A transaction given up on purpose."""


class BookAndModel(RuleBasedStateMachine):
    """Each rule does one thing to both and compares how it ended."""

    registry: Registry

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.now = NOW
        self.count = itertools.count(1)

    @contextmanager
    def book(self, *, give_up: bool = False) -> Iterator[Book]:
        try:
            with self.registry.book("hoa", self.now) as book:
                yield book
                if give_up:
                    raise _GivenUp
        except _GivenUp:
            pass

    def pick(self, data: st.DataObject, *statuses: Status) -> Paper:
        fitting = [p for p in self.model.papers.values() if not statuses or p.status in statuses]
        return data.draw(st.sampled_from(fitting))

    def refused(self, error: type[Exception], event: Any) -> None:
        with pytest.raises(error), self.book() as book:
            book.record(event)

    def any_in(self, *statuses: Status) -> bool:
        return any(p.status in statuses for p in self.model.papers.values())

    @initialize()
    def people(self) -> None:
        with self.book() as book:
            settle(book)
        self.model.lines = 6

    @rule(urgent=st.booleans(), give_up=st.booleans())
    def receive(self, urgent: bool, give_up: bool) -> None:
        number = next(self.count)
        with self.book(give_up=give_up) as book:
            book.record(received(number, urgent=urgent))
        if not give_up:
            self.model.papers[name(number)] = Paper(number)
            self.model.lines += 1

    @precondition(lambda self: self.model.papers)
    @rule(data=st.data())
    def receive_the_same_bytes(self, data: st.DataObject) -> None:
        known, number = self.pick(data), next(self.count)
        self.refused(AlreadyMoved, received(number, sha256=sha(known.number), arrival=arrival(number)))

    @rule()
    def claim(self) -> None:
        claimed = claim(self.registry, "p1", self.now, LEASE, "head")
        waiting = [p for p in self.model.papers.values() if p.status is Status.WAITING]
        if claimed is None:
            assert all(p.lapses for p in waiting), "a paper that never lapsed may rest"
            return
        paper = self.model.papers[claimed.document]
        assert paper.status is Status.WAITING
        paper.status, paper.attempt = Status.READING, paper.attempt + 1
        assert claimed.attempt == paper.attempt
        self.model.lines += 1

    @rule()
    def time_passes(self) -> None:
        self.now += LEASE
        given_back = lapse_expired(self.registry, self.now)
        reading = [p for p in self.model.papers.values() if p.status is Status.READING]
        assert set(given_back) == {name(p.number) for p in reading}
        for paper in reading:
            paper.lapses += 1
            paper.status = Status.QUARANTINED if paper.lapses >= 5 else Status.WAITING
            self.model.lines += 1

    @precondition(lambda self: self.any_in(Status.READING))
    @rule(data=st.data(), late=st.booleans())
    def read_and_ask(self, data: st.DataObject, late: bool) -> None:
        paper = self.pick(data, Status.READING)
        document = name(paper.number)
        if late:
            self.refused(AlreadyMoved, read(document, paper.attempt - 1, subject="Muộn"))
            return
        with self.book() as book:
            book.record(read(document, paper.attempt, subject=f"Lần {paper.attempt}"))
            book.record(ReviewAsked(document=document, reasons=("Mờ.",)))
        paper.status = Status.REVIEW
        self.model.lines += 2

    @precondition(lambda self: self.any_in(Status.READING, Status.REVIEW, Status.QUARANTINED))
    @rule(data=st.data(), give_up=st.booleans(), ahead=st.integers(0, 3), hold=st.booleans())
    def register(self, data: st.DataObject, give_up: bool, ahead: int, hold: bool) -> None:
        paper = self.pick(data, Status.READING, Status.REVIEW, Status.QUARANTINED)
        document, following = name(paper.number), self.model.next_number
        wanted = following + ahead if ahead else None
        with self.book(give_up=give_up) as book:
            if wanted and not hold:
                with pytest.raises(NumberOutOfOrder):
                    book.allot_number(INCOMING, 2012, wanted)
                return
            number, held = book.allot_number(INCOMING, 2012, wanted, hold)
            assert (number, held) == (following + ahead, tuple(range(following, following + ahead)))
            book.record(registered(document, number, held=held))
        if not give_up:
            self.model.entries |= dict.fromkeys(held, ("held", None)) | {number: ("taken", document)}
            self.model.next_number, self.model.opened = number + 1, True
            paper.status, paper.entry = Status.REGISTERED, number
            self.model.lines += 1

    @precondition(lambda self: self.model.entries and self.any_in(Status.REVIEW))
    @rule(data=st.data())
    def register_under_a_stamp(self, data: st.DataObject) -> None:
        paper = self.pick(data, Status.REVIEW)
        number = data.draw(st.sampled_from(sorted(self.model.entries)))
        if self.model.entries[number][0] != "held":
            with self.book() as book, pytest.raises(NumberTaken):
                book.allot_number(INCOMING, 2012, number, hold_between=True)
            self.refused(NumberTaken, registered(name(paper.number), number))
            return
        with self.book() as book:
            assert book.allot_number(INCOMING, 2012, number) == (number, ())
            book.record(registered(name(paper.number), number))
        self.model.entries[number] = ("taken", name(paper.number))
        paper.status, paper.entry = Status.REGISTERED, number
        self.model.lines += 1

    @precondition(lambda self: self.any_in(Status.REGISTERED, Status.ASSIGNED))
    @rule(data=st.data())
    def assign(self, data: st.DataObject) -> None:
        paper = self.pick(data, Status.REGISTERED, Status.ASSIGNED)
        with self.book() as book:
            book.record(assigned(name(paper.number)))
        paper.status = Status.ASSIGNED
        self.model.lines += 1

    @precondition(lambda self: self.any_in(Status.REGISTERED, Status.ASSIGNED))
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        paper = self.pick(data, Status.REGISTERED, Status.ASSIGNED)
        document, number = name(paper.number), paper.entry
        assert number is not None
        with self.book() as book:
            book.record(cancelled(document, number))
        self.model.entries[number] = ("cancelled", document)
        paper.status, paper.entry = Status.REVIEW, None
        self.model.lines += 1

    @precondition(lambda self: self.any_in(Status.REVIEW, Status.QUARANTINED))
    @rule(data=st.data())
    def read_again(self, data: st.DataObject) -> None:
        paper = self.pick(data, Status.REVIEW, Status.QUARANTINED)
        with self.book() as book:
            book.record(RetryAsked(document=name(paper.number)))
        paper.status, paper.lapses = Status.WAITING, 0
        self.model.lines += 1

    @precondition(lambda self: self.model.papers)
    @rule(data=st.data())
    def what_cannot_happen_here(self, data: st.DataObject) -> None:
        paper = self.pick(data)
        document = name(paper.number)
        impossible: dict[Status, Any] = {
            Status.WAITING: registered(document, self.model.next_number),
            Status.READING: RetryAsked(document=document),
            Status.REVIEW: assigned(document),
            Status.REGISTERED: registered(document, self.model.next_number),
            Status.ASSIGNED: registered(document, self.model.next_number),
            Status.QUARANTINED: assigned(document),
        }
        self.refused(AlreadyMoved, impossible[paper.status])

    @rule(first=st.integers(2, 9))
    def open_the_book(self, first: int) -> None:
        opened = BookOpened(book=INCOMING, year=2012, next_number=first)
        if self.model.entries and first != self.model.next_number:
            self.refused(NumberTaken if first < self.model.next_number else NumberOutOfOrder, opened)
            return
        with self.book() as book:
            book.record(opened)
        self.model.next_number, self.model.opened = first, True
        self.model.lines += 1

    @invariant()
    def both_say_the_same(self) -> None:
        with self.registry.view() as view:
            records = view.documents(limit=None)
            assert {d.id: (d.status, d.attempt, d.entry.number if d.entry else None) for d in records} == {
                document: (p.status, p.attempt, p.entry) for document, p in self.model.papers.items()
            }
            assert {e.number: (e.state, d) for e, d in view.entries(INCOMING, 2012)} == self.model.entries
            state = view.book_state(INCOMING, 2012)
            assert state.next_number == self.model.next_number
            assert state.held == {n for n, (what, _) in self.model.entries.items() if what == "held"}
            result = verify(view)
            assert result.whole, result.complaint
            assert result.count == self.model.lines
            told = [(n.document, n.kind, n.recipient, n.slot) for n in view.notices(limit=None)]
            assert len(told) == len(set(told))

    def teardown(self) -> None:
        self.registry.close()


def run(open_registry: Any, *, examples: int) -> None:
    """Run the machine; `open_registry` makes a new migrated registry for each example."""

    class Machine(BookAndModel):
        def __init__(self) -> None:
            super().__init__()
            self.registry = open_registry()

    run_machine(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            print_blob=True,
        ),
    )


def on_sqlite(migrated: Path, folder: Path) -> Any:
    def open_registry() -> Registry:
        file = Path(tempfile.mkdtemp(dir=folder)) / "registry.db"
        shutil.copyfile(migrated, file)
        return Registry(f"sqlite:///{file}")

    return open_registry


def on_postgresql(server: PostgresServer, migrated: str) -> Any:
    return lambda: Registry(server.url(server.create(migrated)))


def test_the_book_does_what_the_model_does_on_sqlite(migrated_sqlite: Path, tmp_path: Path) -> None:
    run(on_sqlite(migrated_sqlite, tmp_path), examples=12)


@pytest.mark.postgresql
def test_the_book_does_what_the_model_does_on_postgresql(
    postgresql_server: PostgresServer, migrated_postgresql: str
) -> None:
    run(on_postgresql(postgresql_server, migrated_postgresql), examples=6)


@pytest.mark.slow
def test_the_book_does_what_the_model_does_for_long_on_sqlite(migrated_sqlite: Path, tmp_path: Path) -> None:
    run(on_sqlite(migrated_sqlite, tmp_path), examples=200)


@pytest.mark.slow
@pytest.mark.postgresql
def test_the_book_does_what_the_model_does_for_long_on_postgresql(
    postgresql_server: PostgresServer, migrated_postgresql: str
) -> None:
    run(on_postgresql(postgresql_server, migrated_postgresql), examples=60)
