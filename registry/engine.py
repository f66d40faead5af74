"""One registry database: how it is opened, and the two ways to use it, a book to write and a view to read.

Writers stand in one line: SQLite by `BEGIN IMMEDIATE`, PostgreSQL by locking the end of the audit chain.
A view is one consistent look; it never waits for a writer and never makes one wait.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sqlite3
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolEmpty
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from documents.errors import DatabaseAway
from documents.people import PersonId
from documents.programs import ProgramKey
from registry import heartbeats, migrating, programs, sessions
from registry.book import Book
from registry.organisation import KEPT, KeptDirectory
from registry.view import View

WAIT_S = 30
"""How long a writer waits for the one before it; longer means that something is stuck."""
_LOOK_AGAIN_S = (0.002, 0.010)
_SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout={WAIT_S * 1000}",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # Without this, INSERT OR REPLACE deletes rows without firing their delete triggers.
    "PRAGMA recursive_triggers=ON",
)
_BROKEN_FILE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Registry:
    """A registry database, safe to use from several threads. Close it when done.

    `url` is an SQLAlchemy URL, `sqlite:///…/registry.db` or `postgresql://…` (psycopg 3). A process forked
    while connections were open gets its own; a book or view opened before the fork refuses to go on.
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(make_url(url))
        sqlite = self._engine.dialect.name == "sqlite"
        self._kept = KeptDirectory()
        self._writer = self._engine.execution_options(sqlite_begin="IMMEDIATE")
        self._reader = (
            self._engine
            if sqlite
            else self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        )

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    def migrate(self) -> None:
        """Bring the schema up to date; safe when several processes do so at once.

        Raises:
            DatabaseAway: the database does not answer, or was made by a newer program.
        """
        with _told(), self._writer.connect() as connection, connection.begin():
            migrating.upgrade(connection)

    def is_current(self) -> bool:
        """Whether the schema is the one this program needs."""
        with _told(), self._reader.connect() as connection:
            return migrating.is_current(connection)

    @contextmanager
    def book(self, actor: str, now: dt.datetime) -> Iterator[Book]:
        """Open the book for one transaction: all that is recorded in it stands together, or nothing.

        Args:
            actor: Who acts: a person's id, or the name of a process.
            now: The moment of everything recorded, aware.

        Raises:
            DatabaseAway: the database does not answer; nothing was written.
        """
        with self.writing() as session:
            book = Book(session, actor=actor, now=now)
            yield book
            book.close()

    @contextmanager
    def view(self) -> Iterator[View]:
        """One consistent look at the registry.

        Raises:
            DatabaseAway: the database does not answer.
        """
        with self._session(self._reader) as session:
            yield View(session)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction of this room for what no event tells: leases, heartbeats, sessions."""
        with self._session(self._writer) as session:
            yield session
            session.commit()

    def clock(self) -> dt.datetime:
        """The moment by the database's clock, aware: the same for every process and machine of an office.

        Beside SQLite stands only the machine's own clock; one that runs backwards is not believed, and the
        newest line of the audit counts instead.

        Raises:
            DatabaseAway: the database does not answer.
        """
        with self.view() as view:
            return heartbeats.clock(view.session)

    def beat(self, name: str, now: dt.datetime) -> None:
        """Note that the process or sweep `name` is alive."""
        with self.writing() as session:
            heartbeats.beat(session, name, now)

    def session_person(self, token_hash: str, now: dt.datetime) -> PersonId | None:
        """The person signed in under that token, as `View.session_person`, and note that they are here."""
        with self.view() as view:
            person = view.session_person(token_hash, now)
            stale = person is not None and sessions.is_stale(view.session, token_hash, now)
        if stale:
            with self.writing() as session:
                sessions.touch(session, token_hash, now)
        return person

    def program_key(self, token_hash: str, now: dt.datetime) -> ProgramKey | None:
        """The key with that hash, and note that it was used; None when there is none."""
        with self.view() as view:
            key = programs.key_of(view, token_hash)
        if key and programs.is_stale(key, now):
            with self.writing() as session:
                programs.touch(session, key.id, now)
        return key

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        owner = os.getpid()
        with _told():
            session = Session(engine, expire_on_commit=False, info={KEPT: self._kept})
            try:
                yield session
            finally:
                # In a forked child the connection is the parent's: not a byte may be sent on it.
                if os.getpid() == owner:
                    session.close()


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url, hide_parameters=True, pool_size=8, max_overflow=56, connect_args={"timeout": WAIT_S}
        )
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            pool_size=8,
            max_overflow=56,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10},
        )
    event.listen(engine, "connect", _note_owner)
    event.listen(engine, "before_cursor_execute", _refuse_foreign)
    _watch_forks(engine)
    return engine


def _open_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions on its own; `_begin_sqlite` does.
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)
    _use_wal(connection)


def _use_wal(connection: sqlite3.Connection, tries: int = 100) -> None:
    """Switch a new file to WAL; two processes doing so at once are told "locked" without any wait."""
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            tries -= 1
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or tries == 0:
                raise
            time.sleep(0.05)


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("sqlite_begin") == "IMMEDIATE":
        _wait_for_turn(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _wait_for_turn(connection: Connection) -> None:
    """Begin to write as soon as the writer before us is done.

    SQLite itself looks again only every tenth of a second, so that busy writers starve a patient one.
    """
    _refuse_foreign(connection)
    driver: Any = connection.connection.dbapi_connection
    give_up_at = time.monotonic() + WAIT_S
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while time.monotonic() < give_up_at:
            try:
                driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
            time.sleep(random.uniform(*_LOOK_AGAIN_S))  # noqa: S311 - so that writers do not march in step
        # Once more, so that the error comes in the usual way.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={WAIT_S * 1000}")


def _note_owner(_: Any, entry: ConnectionPoolEntry) -> None:
    entry.info["owner"] = os.getpid()


def _refuse_foreign(connection: Connection, *_: Any) -> None:
    if connection.info["owner"] != os.getpid():
        raise RuntimeError("a connection was carried across a fork; open the registry anew in the child")


def _watch_forks(engine: Engine) -> None:
    watched = weakref.ref(engine)

    def forget() -> None:
        if (left := watched()) is not None:
            # Kept, not closed: closing would speak on the parent's sockets and drop the child's file locks.
            _INHERITED.append(left.pool)
            left.dispose(close=False)

    os.register_at_fork(after_in_child=forget)


_INHERITED: list[object] = []


@contextmanager
def _told() -> Iterator[None]:
    """Turn "the database does not answer" into `DatabaseAway`; mistakes of ours stay as they are."""
    try:
        yield
    except PoolEmpty as error:
        raise DatabaseAway(detail="quá nhiều kết nối đang mở") from error
    except (OperationalError, InterfaceError) as error:
        if _is_our_mistake(error.orig):
            raise
        raise DatabaseAway(detail=_first_line(error.orig)) from error
    except DatabaseError as error:
        if error.connection_invalidated or getattr(error.orig, "sqlite_errorcode", None) in _BROKEN_FILE:
            raise DatabaseAway(detail=_first_line(error.orig)) from error
        raise


def _is_our_mistake(cause: BaseException | None) -> bool:
    """SQLite calls a slip in a statement "operational" too."""
    return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


def _first_line(cause: BaseException | None) -> str:
    lines = str(cause).strip().splitlines()
    return lines[0] if lines else type(cause).__name__
