"""The doctor sees what an operator would otherwise find out from an angry clerk."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from office.doctor import Check, Health, examine
from office.office import Office
from rules.calendar import LAST_ANNOUNCED_YEAR
from tests.journeys.working import drop, work_off
from tests.offices import an_office
from tests.recorded_reader import RecordedReader, stub_file

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path, now=NOW) as office:
        drop(office, "x.pdf", stub_file(1))
        work_off(office, RecordedReader(), NOW)
        yield office


def checks(office: Office, *, now: dt.datetime = NOW) -> dict[str, Check]:
    return {check.part: check for check in examine(office.settings.home, now=now)}


def empty_the_store(office: Office) -> None:
    shutil.rmtree(office.settings.store_folder)
    office.settings.store_folder.mkdir()


def put_a_file_for_the_store(office: Office) -> None:
    shutil.rmtree(office.settings.store_folder)
    office.settings.store_folder.write_text("?")


def leave(name: str, make: Callable[[Path], None]) -> Callable[[Office], None]:
    return lambda office: make(office.settings.intake_folder / name)


def write(path: Path) -> None:
    path.write_bytes(b"x")


def write_nonsense(office: Office) -> None:
    with sqlite3.connect(office.settings.home / "registry.db") as connection:
        connection.execute("UPDATE documents SET status = 'banana'")
    connection.close()


@pytest.mark.parametrize(
    ("harm", "part", "health"),
    [
        pytest.param(write_nonsense, "audit", Health.BROKEN, id="a value that nobody writes"),
        pytest.param(empty_the_store, "bytes", Health.BROKEN, id="the store was emptied"),
        pytest.param(put_a_file_for_the_store, "store", Health.BROKEN, id="a file where the store was"),
        pytest.param(leave("quét", Path.mkdir), "intake:left", Health.ATTENTION, id="a folder"),
        pytest.param(leave("ống", os.mkfifo), "intake:left", Health.ATTENTION, id="a pipe"),
        pytest.param(
            leave("lk.pdf", lambda p: p.symlink_to("/etc/hosts")),
            "intake:left",
            Health.ATTENTION,
            id="a link",
        ),
        pytest.param(leave("scan.pdf.tmp", write), "intake:left", Health.ATTENTION, id="never finished"),
        pytest.param(leave("that.pdf", write), "intake:left", Health.ATTENTION, id="never taken"),
    ],
)
def test_harm_is_seen(office: Office, harm: Callable[[Office], None], part: str, health: Health) -> None:
    assert checks(office).get(part, Check(part, Health.WELL, "")).health is Health.WELL
    harm(office)
    found = checks(office, now=NOW + dt.timedelta(hours=2))[part]
    assert found.health is health
    assert found.advice


def test_a_file_that_just_came_is_no_trouble(office: Office) -> None:
    drop(office, "moi.pdf", b"x")
    assert "intake:left" not in checks(office)


def test_unreadable_files_wait_for_a_person(office: Office) -> None:
    assert "quarantine" not in checks(office)
    drop(office, "hong.pdf", b"not a document")
    work_off(office, RecordedReader(), NOW + dt.timedelta(minutes=1))
    assert checks(office)["quarantine"].health is Health.ATTENTION


@pytest.mark.parametrize(
    ("on", "years"),
    [
        pytest.param((LAST_ANNOUNCED_YEAR + 1, 5, 4), [LAST_ANNOUNCED_YEAR + 1], id="a year not announced"),
        pytest.param(
            (LAST_ANNOUNCED_YEAR, 12, 15), [LAST_ANNOUNCED_YEAR + 1], id="the next one, late in a year"
        ),
        pytest.param((LAST_ANNOUNCED_YEAR, 10, 15), [], id="the next one, while nobody can know it"),
    ],
)
def test_a_calendar_that_is_not_known_yet_is_told_with_the_next_command(
    office: Office, on: tuple[int, int, int], years: list[int]
) -> None:
    now = dt.datetime(*on, 3, tzinfo=dt.UTC)
    unknown = f"năm {LAST_ANNOUNCED_YEAR + 1} mới tính theo luật"
    told = [check for check in examine(office.settings.home, now=now) if unknown in check.text]
    assert [check.health for check in told] == [Health.ATTENTION] * len(years)
    for check, year in zip(told, years, strict=True):
        assert f"congvan calendar check {year}" in str(check.advice)
