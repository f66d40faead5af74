"""Registry databases for tests: a fresh one each test, copied from one that was migrated once.

`database_url` runs a test on SQLite and on PostgreSQL; `postgresql_url` and `sqlite_url` name one of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.engine import Registry
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresServer]:
    """A running PostgreSQL of our own; started when the first test asks for it."""
    server = PostgresServer()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: PostgresServer) -> str:
    name = postgresql_server.create()
    _migrate(postgresql_server.url(name))
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "registry.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def postgresql_url(postgresql_server: PostgresServer, migrated_postgresql: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this test alone."""
    name = postgresql_server.create(migrated_postgresql)
    yield postgresql_server.url(name)
    postgresql_server.drop(name)


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """A migrated SQLite database of this test alone."""
    file = tmp_path / "registry.db"
    shutil.copyfile(migrated_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test alone, on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def empty_postgresql_url(postgresql_server: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database without any table."""
    name = postgresql_server.create()
    yield postgresql_server.url(name)
    postgresql_server.drop(name)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'new.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_url(request: pytest.FixtureRequest) -> str:
    """A database without any table, on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@pytest.fixture
def registry(database_url: str) -> Iterator[Registry]:
    """A migrated registry of this test alone, open, on SQLite and on PostgreSQL."""
    opened = Registry(database_url)
    yield opened
    opened.close()


def _migrate(url: str) -> None:
    opened = Registry(url)
    opened.migrate()
    opened.close()
