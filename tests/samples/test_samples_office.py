"""The demo office holds the traps that real names set."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from documents.people import Duty
from samples.office import demo_office

TODAY = dt.date(2026, 3, 16)


def test_two_people_end_in_linh_and_one_in_thanh_xuan() -> None:
    names = [person.name for person in demo_office().people]
    assert sum(name.endswith(" Linh") for name in names) == 2
    assert sum(name.endswith(" Thanh Xuân") for name in names) == 1
    assert sum(name.endswith(" Xuân") for name in names) == 2


def test_the_smaller_office_has_one_linh_and_loses_nobody_else() -> None:
    whole, smaller = demo_office(), demo_office(one_linh=True)
    assert {person.id for person in whole.people} - {person.id for person in smaller.people} == {"plinh"}
    assert sum(person.name.endswith(" Linh") for person in smaller.people) == 1


def test_every_unit_has_a_head_who_serves_in_it() -> None:
    office = demo_office()
    for unit in office.units:
        assert unit.head is not None
        head = office.person(unit.head)
        assert head is not None
        assert (head.unit, head.duty) == (unit.id, Duty.UNIT_HEAD)


def test_ids_aliases_and_mail_are_unique() -> None:
    office = demo_office()
    aliases = [alias for entry in (*office.units, *office.people) for alias in entry.aliases]
    for values in (
        aliases,
        [person.id for person in office.people],
        [person.email for person in office.people],
    ):
        assert max(Counter(values).values()) == 1


def test_every_duty_is_held_and_everybody_serves_in_2012_and_today() -> None:
    office = demo_office()
    assert {person.duty for person in office.people} == set(Duty)
    assert office.active(dt.date(2012, 1, 5)) == office.active(TODAY) == office.people
    assert all(person.unit is None or office.unit(person.unit) for person in office.people)
