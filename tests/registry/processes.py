"""What tests run in processes of their own, and how several of them begin at the same moment."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable
from typing import Any

from documents.errors import AlreadyMoved
from documents.status import DocumentId
from registry import migrating
from registry.engine import Registry
from registry.parcels import claim_notices
from registry.queue import claim
from tests.registry.builders import INCOMING, LEASE, NOW, received, registered, sha, started

FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload(["tests.registry.processes", "tests.journeys.killable"])


def at_once(function: Callable[..., Any], jobs: Iterable[tuple[Any, ...]]) -> list[Any]:
    """What `function` returns for each of `jobs`, each in a process of its own, all begun together."""
    jobs = list(jobs)
    start = FORK.Barrier(len(jobs))
    running = []
    for job in jobs:
        ours, theirs = FORK.Pipe(duplex=False)
        process = FORK.Process(target=_answer, args=(theirs, start, function, job), daemon=True)
        process.start()
        theirs.close()
        running.append((process, ours))
    answers = []
    for process, ours in running:
        try:
            answers.append(ours.recv())
        except EOFError:
            answers.append(RuntimeError("the process ended without an answer"))
        ours.close()
        process.join()
        process.close()
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers


def _answer(theirs: Any, start: Any, function: Callable[..., Any], job: tuple[Any, ...]) -> None:
    start.wait(60)
    try:
        theirs.send(function(*job))
    except Exception as error:
        theirs.send(error)


def killed(function: Callable[..., None], *job: Any) -> None:
    """Run `function` in a process that ends itself by kill -9, and make sure that it did."""
    process = FORK.Process(target=function, args=job, daemon=True)
    process.start()
    process.join(60)
    code = process.exitcode
    process.close()
    assert code == -signal.SIGKILL, code


def migrate(url: str) -> bool:
    """Migrate, and whether the schema is current then."""
    registry = Registry(url)
    registry.migrate()
    current = registry.is_current()
    registry.close()
    return current


def register_many(url: str, worker: int, count: int, give_up_every: int = 0) -> list[int]:
    """Receive, claim and register `count` papers of this worker, a transaction each; the numbers given."""
    registry = Registry(url)
    numbers = []
    for turn in range(count):
        paper = DocumentId(f"{worker}-{turn}")
        try:
            with registry.book(f"p{worker}", NOW) as book:
                book.record(received(worker * 10_000 + turn, document=paper))
                book.record(started(paper))
                number, _ = book.allot_number(INCOMING, 2012)
                book.record(registered(paper, number))
                if give_up_every and turn % give_up_every == 0:
                    raise _Given
        except _Given:
            continue
        numbers.append(number)
    registry.close()
    return numbers


class _Given(Exception):
    """Given up on purpose, after the number was."""


def receive_same(url: str, worker: int, count: int) -> int:
    """Try to receive the same `count` papers as everybody else; how many this one got."""
    registry = Registry(url)
    mine = 0
    for turn in range(count):
        try:
            with registry.book(f"p{worker}", NOW) as book:
                book.record(received(turn, document=DocumentId(f"{worker}-{turn}"), sha256=sha(turn)))
        except AlreadyMoved:
            continue
        mine += 1
    registry.close()
    return mine


def claim_all(url: str, worker: int, lane: str) -> list[tuple[DocumentId, int]]:
    """Claim until nothing is left: documents with the attempt of each claim."""
    registry = Registry(url)
    mine = []
    while claimed := claim(registry, f"p{worker}", NOW, LEASE, lane):
        mine.append((claimed.document, claimed.attempt))
    registry.close()
    return mine


def claim_notices_all(url: str, limit: int) -> list[int]:
    """Claim notices until none is left: their ids."""
    registry = Registry(url)
    mine: list[int] = []
    while taken := claim_notices(registry, NOW, LEASE, limit):
        mine.extend(notice.id for notice in taken)
    registry.close()
    return mine


def die_in_the_book(url: str, number: int) -> None:
    """Die by kill -9 with a document received, read, registered and everything flushed, but not committed."""
    registry = Registry(url)
    with registry.book("dying", NOW) as book:
        paper = received(number)
        book.record(paper)
        book.record(started(paper.document))
        book.record(registered(paper.document, book.allot_number(INCOMING, 2012)[0]))
        book.session.flush()
        os.kill(os.getpid(), signal.SIGKILL)


def die_in_migration(url: str) -> None:
    """Die by kill -9 after the migrations ran, before their commit."""
    registry = Registry(url)
    with registry._writer.connect() as connection, connection.begin():
        migrating.upgrade(connection)
        os.kill(os.getpid(), signal.SIGKILL)


def hold_the_book(url: str, ready: Any, seconds: float) -> None:
    """Keep the book open, so that nobody else can write."""
    registry = Registry(url)
    with registry.book("slow", NOW) as book:
        book.record(received(999))
        ready.set()
        time.sleep(seconds)
    registry.close()
