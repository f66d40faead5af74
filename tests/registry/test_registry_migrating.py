"""The migrations make exactly the tables of `registry.tables`, whoever runs them and however often."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from documents.errors import DatabaseAway
from registry import migrating
from registry.engine import Registry
from registry.tables import AssignmentRow, DocumentRow
from tests.postgres import PostgresServer
from tests.registry import processes
from tests.registry.builders import NOW, name, received

NEWEST = max(
    path.name[:4] for path in (Path(migrating.__file__).parent / "migrations" / "versions").glob("0*.py")
)


def differences(url: str) -> list[object]:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        found = migrating.differences(connection)
    engine.dispose()
    return found


def execute(url: str, *statements: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def test_from_nothing_the_migrations_make_exactly_the_tables(empty_url: str) -> None:
    with_nothing = Registry(empty_url)
    assert not with_nothing.is_current()
    with_nothing.migrate()
    assert with_nothing.is_current()
    with_nothing.close()
    assert differences(empty_url) == []


def test_migrating_again_changes_nothing(registry: Registry, database_url: str) -> None:
    with registry.book("test", NOW):
        pass
    registry.migrate()
    assert registry.is_current()
    assert differences(database_url) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("ALTER TABLE notices ADD COLUMN colour VARCHAR(9)", id="a column too many"),
        pytest.param("ALTER TABLE pages DROP COLUMN width_px", id="a column missing"),
        pytest.param("DROP INDEX ix_fields_name_key", id="an index missing"),
        pytest.param("DROP TABLE sweeps", id="a table missing"),
        pytest.param("CREATE TABLE colours (id INTEGER PRIMARY KEY)", id="a table too many"),
    ],
)
def test_the_comparison_sees(change: str, database_url: str) -> None:
    execute(database_url, change)
    assert differences(database_url) != []


def test_processes_that_migrate_at_once_wait_for_each_other(empty_url: str) -> None:
    assert processes.at_once(processes.migrate, [(empty_url,)] * 4) == [True] * 4
    assert differences(empty_url) == []


def test_a_database_of_a_newer_program_is_left_alone(registry: Registry, database_url: str) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    assert not registry.is_current()
    with pytest.raises(DatabaseAway, match="mới hơn"):
        registry.migrate()
    execute(database_url, f"UPDATE alembic_version SET version_num = '{NEWEST}'")  # noqa: S608 - our own
    assert differences(database_url) == []


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "half.db"
    registry = Registry(f"sqlite:///{file}")
    registry.close()
    execute(f"sqlite:///{file}", "CREATE TABLE search (id INTEGER PRIMARY KEY)")
    with pytest.raises(sa.exc.OperationalError, match="already exists"):
        registry.migrate()
    registry.close()
    engine = sa.create_engine(f"sqlite:///{file}")
    assert sa.inspect(engine).get_table_names() == ["search"]
    engine.dispose()


@pytest.mark.postgresql
def test_without_the_right_to_add_trigrams_the_rest_is_made(
    postgresql_server: PostgresServer, empty_postgresql_url: str
) -> None:
    postgresql_server.execute("CREATE ROLE {} LOGIN", "nobody_much")
    execute(empty_postgresql_url, "GRANT ALL ON SCHEMA public TO nobody_much")
    registry = Registry(empty_postgresql_url.replace("congvan@", "nobody_much@"))
    registry.migrate()
    with registry.book("test", NOW) as book:
        book.record(received(1))
    with registry.view() as view:
        assert view.search("quet 001") == (name(1),)
        assert not view.session.execute(sa.text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")).all()
    registry.close()
    assert differences(empty_postgresql_url) == []


def test_a_migration_killed_before_its_end_leaves_nothing(empty_url: str) -> None:
    processes.killed(processes.die_in_migration, empty_url)
    registry = Registry(empty_url)
    assert not registry.is_current()
    registry.migrate()
    registry.close()
    assert differences(empty_url) == []


def test_a_line_given_before_is_found_by_the_row_that_its_reasons_name(empty_url: str) -> None:
    engine = sa.create_engine(empty_url.replace("postgresql:", "postgresql+psycopg:"))
    reasons = {
        "a": [{"rule": None}, {"rule": "giao_viec@3#QT-07"}],
        "b": [{"rule": "giao_viec@12#mac_dinh"}, {"rule": None}],
        "c": [{"rule": "theo lệ"}],
        "d": [],
    }
    with engine.begin() as connection:
        command.upgrade(migrating._config(connection), "0004")  # the one before
        connection.execute(sa.text("INSERT INTO units (id, name, aliases) VALUES ('vp', 'VP', '[]')"))
        for number, (document, because) in enumerate(reasons.items()):
            row = {
                "id": document, "arrived": number, "status": "assigned", "file_name": "x", "sha256": document,
                "size": 1, "media_type": "x", "folder": "x", "name": document, "inode": "1", "mtime_ns": 1,
                "received_at": NOW, "received_by": "x",
            }  # fmt: skip
            connection.execute(sa.insert(DocumentRow), row)
            connection.execute(
                sa.text(
                    "INSERT INTO assignments (document, line, role, unit, state, because, calendar_version, "
                    "assigned_at) VALUES (:document, 1, 'lead', 'vp', 'open', :because, 0, :now)"
                ),
                {"document": document, "because": json.dumps(because), "now": NOW},
            )
    registry = Registry(empty_url)
    registry.migrate()
    with registry.view() as view:
        assert view.count_leads(3) == {"QT-07": 1}
        assert view.count_leads(12) == {"mac_dinh": 1}
        asked = sa.select(sa.func.count()).where(AssignmentRow.rule_row.is_(None))
        assert view.session.scalar(asked) == 2
    registry.close()
    engine.dispose()
    assert differences(empty_url) == []
