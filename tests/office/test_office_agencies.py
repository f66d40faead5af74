"""Issuing agencies of the office's own: entered, ended, and taken up by whoever reads and decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.errors import BadDate, NotAllowed, Trouble
from fields.superiors import find_chain
from office.agencies import (
    AgencyChanged,
    AgencyKnown,
    AgencyNameMissing,
    DaysTurnedRound,
    NoSuchAgency,
    ParentUnknown,
    ShortNameWrong,
    TypedAgency,
    add_agency,
    agencies_known,
    agency_seen,
    change_agency,
    list_agencies,
)
from office.office import Office
from tests.office.lines_at_work import ADMIN, HOA, at_work
from tests.offices import MORNING

PROVINCE = "Ủy ban nhân dân tỉnh Tây Ninh"
POWER = TypedAgency(name="Công ty Điện lực Tây Ninh", abbreviation="PCTN", parent=PROVINCE)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as office:
        yield office


def test_what_is_entered_is_known_to_the_next_paper(office: Office) -> None:
    before = agencies_known(office)
    found = before.match("CÔNG TY ĐIỆN LỰC TÂY NINH")
    assert found is None or not found.is_sure
    add_agency(office, POWER, by=ADMIN, now=MORNING)
    match = agencies_known(office).match("CÔNG TY ĐIỆN LỰC TÂY NINH", on=dt.date(2012, 1, 3))
    assert match is not None
    assert (match.name, match.is_sure, match.abbreviations) == (POWER.name, True, frozenset({"PCTN"}))


def test_who_stands_above_it_is_known_as_the_office_said(office: Office) -> None:
    add_agency(office, POWER, by=ADMIN, now=MORNING)
    chain = find_chain(POWER.name, None, agencies_known(office))
    assert (chain.agencies, chain.is_whole) == ((POWER.name, PROVINCE), True)


def test_one_that_has_ended_is_known_to_papers_of_before_only(office: Office) -> None:
    made = add_agency(office, POWER, by=ADMIN, now=MORNING)
    ended = TypedAgency(**{**as_typed(POWER), "until": "31/12/2011"})
    change_agency(office, made.id, ended, seen=agency_seen(made), by=ADMIN, now=MORNING)
    known = agencies_known(office)
    sure = {
        day: (m := known.match(POWER.name, on=day)) is not None and m.is_sure
        for day in (dt.date(2011, 12, 31), dt.date(2012, 1, 1))
    }
    assert list(sure.values()) == [True, False]


def test_the_same_name_may_be_used_again_in_other_days(office: Office) -> None:
    first = TypedAgency(name="Ban Quản lý A", until="31/12/2010")
    add_agency(office, first, by=ADMIN, now=MORNING)
    with pytest.raises(AgencyKnown):
        add_agency(office, TypedAgency(name="BAN QUAN LY A"), by=ADMIN, now=MORNING)
    add_agency(office, TypedAgency(name="Ban Quản lý A", since="01/01/2011"), by=ADMIN, now=MORNING)
    assert len(list_agencies(office)) == 2


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        pytest.param(TypedAgency(name="  "), AgencyNameMissing, id="no name"),
        pytest.param(TypedAgency(name="…—!"), AgencyNameMissing, id="signs only: it would match anything"),
        pytest.param(TypedAgency(name="x" * 201), AgencyNameMissing, id="a pasted page"),
        pytest.param(
            TypedAgency(name="A B", abbreviation="12/CV"), ShortNameWrong, id="a symbol, no short name"
        ),
        pytest.param(TypedAgency(name="A B", since="31/02/2012"), BadDate, id="no such day"),
        pytest.param(
            TypedAgency(name="A B", since="02/01/2012", until="01/01/2012"), DaysTurnedRound, id="ends first"
        ),
        pytest.param(TypedAgency(name="A B", parent="Ủy ban nào đó"), ParentUnknown, id="nobody above"),
        pytest.param(TypedAgency(name="A B", parent="A B"), ParentUnknown, id="above itself"),
        pytest.param(TypedAgency(name=PROVINCE.upper()), AgencyKnown, id="the software knows it"),
    ],
)
def test_what_is_no_agency_is_refused(typed: TypedAgency, trouble: type[Trouble], office: Office) -> None:
    with pytest.raises(trouble):
        add_agency(office, typed, by=ADMIN, now=MORNING)
    assert list_agencies(office) == ()


def test_a_stale_form_overwrites_nothing(office: Office) -> None:
    made = add_agency(office, POWER, by=ADMIN, now=MORNING)
    other = TypedAgency(**{**as_typed(POWER), "abbreviation": "DLTN"})
    change_agency(office, made.id, other, seen=agency_seen(made), by=ADMIN, now=MORNING)
    with pytest.raises(AgencyChanged):
        change_agency(office, made.id, POWER, seen=agency_seen(made), by=ADMIN, now=MORNING)
    assert [one.abbreviation for one in list_agencies(office)] == ["DLTN"]
    with pytest.raises(NoSuchAgency):
        change_agency(office, made.id + 9, POWER, seen=None, by=ADMIN, now=MORNING)  # type: ignore[arg-type]


def test_only_an_administrator_enters_agencies(office: Office) -> None:
    with pytest.raises(NotAllowed):
        add_agency(office, POWER, by=HOA, now=MORNING)


def as_typed(typed: TypedAgency) -> dict[str, str]:
    return {name: getattr(typed, name) for name in ("name", "abbreviation", "parent", "since", "until")}
