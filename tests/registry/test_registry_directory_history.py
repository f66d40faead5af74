"""The lines that name a person or a unit are found, and no other, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from documents.absence import Delegation, DelegationId, DelegationSaved
from documents.events import PersonSaved, UnitSaved
from documents.people import Officer, PersonId, Unit, UnitId
from registry.directory_history import list_mentions
from registry.engine import Registry
from tests.registry.builders import NOW

KINDS = ("PersonSaved", "UnitSaved", "DelegationSaved")


@pytest.mark.parametrize(
    ("who", "events"),
    [
        pytest.param("an", ["PersonSaved", "DelegationSaved"], id="a person, and the delegation they gave"),
        pytest.param("an.vp", ["PersonSaved", "DelegationSaved"], id="who was given it, of a longer id"),
        pytest.param("đức_1", ["PersonSaved"], id="letters that JSON escapes, and a sign that LIKE knows"),
        pytest.param("vp", ["UnitSaved"], id="a unit"),
        pytest.param("đứcx1", [], id="nobody"),
    ],
)
def test_the_lines_that_carry_an_id_are_found(registry: Registry, who: str, events: list[str]) -> None:
    with registry.book("test", NOW) as book:
        for one in ("an", "an.vp", "đức_1"):
            book.record(PersonSaved(person=Officer(id=PersonId(one), name=f"Người {one}x")))
        book.record(UnitSaved(unit=Unit(id=UnitId("vp"), name="Văn phòng")))
        book.record(
            DelegationSaved(
                delegation=Delegation(
                    id=DelegationId(1),
                    giver=PersonId("an"),
                    taker=PersonId("an.vp"),
                    since=dt.date(2012, 1, 5),
                    until=dt.date(2012, 1, 6),
                    instrument="Giấy 1",
                )
            )
        )
    with registry.view() as view:
        assert [line.event for line in list_mentions(view, who, KINDS)] == events
        assert list_mentions(view, who, ()) == ()
