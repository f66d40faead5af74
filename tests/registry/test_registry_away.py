"""A database that does not answer says so as `DatabaseAway`; mistakes of ours stay what they are."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from documents.errors import DatabaseAway
from documents.status import Status
from registry import engine
from registry.audit import verify
from registry.engine import Registry
from registry.queue import claim, lapse_expired
from tests.postgres import PostgresServer
from tests.registry import processes
from tests.registry.builders import LEASE, NOW, an_office, bring, name, received


@pytest.fixture(scope="module")
def frail_server() -> Iterator[PostgresServer]:
    """A server that tests may stop."""
    server = PostgresServer()
    yield server
    server.remove()


def ask(registry: Registry) -> None:
    with registry.view() as view:
        view.counts()


def write(registry: Registry) -> None:
    with registry.book("hoa", NOW) as book:
        book.record(received(1))


EVERYTHING: dict[str, Callable[[Registry], object]] = {
    "a view": ask,
    "the book": write,
    "a claim": lambda r: claim(r, "p1", NOW, LEASE, "head"),
    "leases that ran out": lambda r: lapse_expired(r, NOW),
    "a heartbeat": lambda r: r.beat("desk", NOW),
    "a session": lambda r: r.session_person("abc", NOW),
    "whether it is current": lambda r: r.is_current(),
    "the migration": lambda r: r.migrate(),
}


@pytest.mark.parametrize("act", [pytest.param(act, id=what) for what, act in EVERYTHING.items()])
@pytest.mark.parametrize(
    "content", [pytest.param(b"this is no database, " * 400, id="not one"), pytest.param(None, id="a folder")]
)
def test_a_file_that_is_no_database(
    act: Callable[[Registry], object], content: bytes | None, tmp_path: Path
) -> None:
    file = tmp_path / "registry.db"
    file.mkdir() if content is None else file.write_bytes(content)
    registry = Registry(f"sqlite:///{file}")
    with pytest.raises(DatabaseAway):
        act(registry)
    registry.close()


@pytest.mark.parametrize("act", [pytest.param(act, id=what) for what, act in EVERYTHING.items()])
@pytest.mark.postgresql
def test_a_server_that_is_not_there(act: Callable[[Registry], object], tmp_path: Path) -> None:
    registry = Registry(f"postgresql://congvan@/office?host={tmp_path}")
    with pytest.raises(DatabaseAway):
        act(registry)
    registry.close()


def test_pages_of_the_file_overwritten(sqlite_url: str, tmp_path: Path) -> None:
    registry = Registry(sqlite_url)
    an_office(registry)
    registry.close()
    file = tmp_path / "registry.db"
    broken = file.read_bytes()
    file.write_bytes(broken[:4096] + os.urandom(len(broken) - 4096))
    again = Registry(sqlite_url)
    for act in (ask, write):
        with pytest.raises(DatabaseAway):
            act(again)
    again.close()


def test_a_full_disk_refuses_the_write_and_keeps_what_stands(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = Registry(sqlite_url)
    an_office(registry)
    with registry.view() as view:
        before = len(view.documents())
    registry.close()
    # What SQLite says when its file may grow no more is what it says when the disk is full.
    monkeypatch.setattr(engine, "_SQLITE_PRAGMAS", (*engine._SQLITE_PRAGMAS, "PRAGMA max_page_count=1"))
    full = Registry(sqlite_url)
    with pytest.raises(DatabaseAway, match="full"):
        for number in range(100, 2000):
            with full.book("hoa", NOW) as book:
                book.record(received(number))
    with full.view() as view:
        assert verify(view).whole
    full.close()
    monkeypatch.undo()
    again = Registry(sqlite_url)
    with again.view() as view:
        assert len(view.documents()) >= before
        assert verify(view).whole
    again.close()


def test_a_book_kept_open_by_another_for_too_long(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WAIT_S", 0.2)
    registry = Registry(sqlite_url)
    ready = processes.FORK.Event()
    slow = processes.FORK.Process(target=processes.hold_the_book, args=(sqlite_url, ready, 60), daemon=True)
    slow.start()
    assert ready.wait(30)
    with pytest.raises(DatabaseAway, match="locked"):
        write(registry)
    ask(registry)
    slow.kill()
    slow.join()
    slow.close()
    write(registry)
    with registry.view() as view:
        assert [d.id for d in view.documents()] == [name(1)]
    registry.close()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "how", [pytest.param(signal.SIGINT, id="stopped"), pytest.param(signal.SIGQUIT, id="crashed")]
)
def test_a_server_that_goes_and_comes_back_loses_nothing(
    how: signal.Signals, frail_server: PostgresServer
) -> None:
    registry = Registry(frail_server.url(frail_server.create()))
    registry.migrate()
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
    with pytest.raises(DatabaseAway), registry.book("hoa", NOW) as book:
        bring(book, 2, Status.ASSIGNED)
        frail_server.stop(how)
        book.counts()
    with pytest.raises(DatabaseAway):
        ask(registry)
    frail_server.start()
    with registry.book("hoa", NOW) as book:
        assert [d.id for d in book.documents()] == [name(1)]
        bring(book, 2, Status.ASSIGNED)
        assert verify(book).first_wrong is not None, "the end of the chain is kept at the close"
    with registry.view() as view:
        assert view.document(name(2)).entry.number == 2  # type: ignore[union-attr]
        assert verify(view).whole
    registry.close()


def test_mistakes_of_ours_are_not_taken_for_the_database_being_away(registry: Registry) -> None:
    with pytest.raises(sa.exc.DBAPIError), registry.view() as view:
        view.session.execute(sa.text("SELECT nothing FROM nowhere"))
    with pytest.raises(sa.exc.IntegrityError), registry.writing() as session:
        session.execute(sa.text("INSERT INTO chain (id, seq, hash) VALUES (1, 0, '')"))
    with pytest.raises(ZeroDivisionError), registry.book("hoa", NOW):
        _ = 1 / 0


def test_a_view_cannot_write(registry: Registry) -> None:
    with registry.view() as view:
        if registry.dialect == "postgresql":
            with pytest.raises(sa.exc.DBAPIError, match="read-only"):
                view.session.execute(sa.text("UPDATE chain SET seq = 9"))
        else:
            view.session.execute(sa.text("UPDATE chain SET seq = 9"))
    with registry.view() as view:
        assert verify(view).whole


def test_safety_settings_of_sqlite_are_on_in_every_connection(sqlite_url: str) -> None:
    registry = Registry(sqlite_url)
    with registry.view() as view, registry.view() as other:
        for session in (view.session, other.session):
            on = {
                pragma: session.execute(sa.text(f"PRAGMA {pragma}")).scalar()
                for pragma in (
                    "journal_mode",
                    "synchronous",
                    "foreign_keys",
                    "recursive_triggers",
                    "busy_timeout",
                )
            }
            assert on == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "recursive_triggers": 1,
                "busy_timeout": 30_000,
            }
    registry.close()


class TestAfterAFork:
    """A connection belongs to the process that opened it."""

    def test_the_child_has_its_own_and_the_parent_keeps_his(self, registry: Registry) -> None:
        with registry.book("parent", NOW) as book:
            book.record(received(1))
            code = in_a_child(lambda: ask(registry))
            book.record(received(2))
        assert code == 0
        assert in_a_child(lambda: _receive(registry, 3)) == 0
        with registry.view() as view:
            assert [d.id for d in view.documents()] == [name(3), name(2), name(1)]
            assert verify(view).whole

    def test_a_book_opened_before_it_refuses_in_the_child(self, registry: Registry) -> None:
        def refused() -> None:
            with pytest.raises(RuntimeError, match="fork"):
                book.record(received(2))

        with registry.book("parent", NOW) as book:
            book.record(received(1))
            assert in_a_child(refused) == 0
        with registry.view() as view:
            assert [d.id for d in view.documents()] == [name(1)]


def _receive(registry: Registry, number: int) -> None:
    with registry.book("child", NOW) as book:
        book.record(received(number))


def in_a_child(act: Callable[[], None]) -> int:
    """The exit code of a forked child that only does `act`: 0 when nothing went wrong."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
