"""The directory is kept in memory between changes, and never shows what was not committed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.events import OfficeNamed, PersonSaved, UnitSaved
from documents.people import AliasDays, Officer, Unit, UnitId
from registry.engine import Registry
from tests.registry.builders import LINH, NOW


@pytest.fixture(autouse=True)
def somebody(registry: Registry) -> None:
    with registry.book("admin", NOW) as book:
        book.record(PersonSaved(person=Officer(id=LINH, name="Nguyễn Thị Linh")))


def linh(registry: Registry) -> Officer:
    with registry.view() as view:
        person = view.directory().person(LINH)
    assert person is not None
    return person


def test_it_is_loaded_once_until_somebody_changes_it(registry: Registry) -> None:
    with registry.view() as first, registry.view() as second:
        assert first.directory() is second.directory()
    changed = replace(linh(registry), title="Phó Trưởng phòng")
    with registry.book("admin", NOW) as book:
        book.record(PersonSaved(person=changed))
        assert book.directory().person(LINH) == changed, "seen inside its own transaction"
    assert linh(registry) == changed


def test_what_is_given_up_is_never_remembered(registry: Registry) -> None:
    before = linh(registry)
    with pytest.raises(RuntimeError), registry.book("admin", NOW) as book:
        book.record(PersonSaved(person=replace(before, name="Tên Nhầm")))
        assert book.directory().person(LINH) != before
        raise RuntimeError
    assert linh(registry) == before
    with registry.book("admin", NOW) as book:
        book.record(OfficeNamed(name="SỞ KHÁC"))
    assert linh(registry) == before


def test_another_process_that_changes_it_is_noticed(registry: Registry, database_url: str) -> None:
    before = linh(registry)
    other = Registry(database_url)
    with other.book("admin", NOW) as book:
        book.record(PersonSaved(person=replace(before, title="Trưởng phòng")))
    other.close()
    assert linh(registry).title == "Trưởng phòng"


@pytest.mark.parametrize(
    "days",
    [
        pytest.param((), id="always"),
        pytest.param((AliasDays(alias="Út", since=NOW.date()),), id="from a day"),
        pytest.param((AliasDays(alias="Út", until=NOW.date()),), id="until a day"),
        pytest.param((AliasDays(alias="Út", since=NOW.date(), until=NOW.date()),), id="one day"),
    ],
)
def test_aliases_are_kept_with_their_days(registry: Registry, days: tuple[AliasDays, ...]) -> None:
    person = replace(linh(registry), aliases=("Cả", "Út"), alias_days=days)
    unit = Unit(id=UnitId("vp"), name="Văn phòng", aliases=("Út", "VP"), alias_days=days)
    with registry.book("admin", NOW) as book:
        book.record(PersonSaved(person=person))
        book.record(UnitSaved(unit=unit))
    with registry.view() as view:
        assert view.directory().person(LINH) == person
        assert view.directory().unit(UnitId("vp")) == unit
