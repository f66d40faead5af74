"""What lists, searches and counts show is what may be opened: the condition in SQL and the value agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from documents.absence import Delegation, DelegationId
from documents.people import Officer
from documents.reach import ALL, Reach
from documents.status import DocumentId
from office.notice_text import is_restricted
from office.office import Office
from office.policy import reach_of
from tests.office.lines_at_work import (
    ADMIN,
    HOA,
    HUNG,
    LAN,
    LEADER,
    LINH,
    OBSERVER,
    SECOND,
    STRANGER,
    TODAY,
    XUAN,
    at_work,
    inform,
    lead,
    pass_on,
    support,
)

READERS = (ADMIN, HOA, HUNG, LAN, LEADER, LINH, OBSERVER, SECOND, STRANGER, XUAN)
FULL = Delegation(
    id=DelegationId(1), giver=LINH.id, taker=STRANGER.id, since=TODAY, until=TODAY, instrument="GUQ số 3"
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with at_work(tmp_path_factory.mktemp("reach") / "home") as office:
        pass_on(office, 1, lead(LINH))
        pass_on(office, 2, lead("bcxb"), inform(STRANGER))
        pass_on(office, 3, lead(HUNG), support(SECOND))
        pass_on(office, 4, lead(LINH), secrecy="MẬT")
        pass_on(office, 5, lead(HUNG), secrecy="MẬT")
        yield office


def listed(office: Office, reach: Reach) -> set[DocumentId]:
    with office.view() as view:
        return {record.id for record in view.documents(reach=reach)}


def covered(office: Office, reach: Reach) -> set[DocumentId]:
    with office.view() as view:
        return {
            record.id
            for record in view.documents()
            if reach.covers(
                view.assignments(record.id), restricted=is_restricted(record, view.fields(record.id))
            )
        }


def reach(office: Office, person: Officer, *delegations: Delegation) -> Reach:
    with office.view() as view:
        return reach_of(person, view.directory(), on=TODAY, delegations=delegations)


@pytest.mark.parametrize("person", READERS, ids=lambda p: p.id)
@pytest.mark.parametrize("delegations", [(), (FULL,)], ids=["by themselves", "with a delegation"])
def test_the_list_holds_exactly_what_may_be_opened(
    office: Office, person: Officer, delegations: tuple[Delegation, ...]
) -> None:
    eyes = reach(office, person, *delegations)
    assert listed(office, eyes) == covered(office, eyes)
    with office.view() as view:
        assert sum(view.counts(eyes).values()) == len(listed(office, eyes))
        assert set(view.search("ke hoach", 50, eyes)) == set(view.search("ke hoach", 50, ALL)) & listed(
            office, eyes
        )


@pytest.mark.parametrize(
    ("person", "numbers"),
    [
        pytest.param(HOA, {1, 2, 3, 4, 5}, id="the clerk every one, those with a secrecy mark too"),
        pytest.param(LEADER, {1, 2, 3, 4, 5}, id="the leader too"),
        pytest.param(OBSERVER, {1, 2, 3}, id="the inspector not what carries a secrecy mark"),
        pytest.param(ADMIN, {1, 2, 3}, id="the administrator neither"),
        pytest.param(LINH, {1, 4}, id="an officer what is theirs, secret or not"),
        pytest.param(XUAN, {1, 2, 3, 4}, id="a head what the unit and its people have"),
        pytest.param(SECOND, {3}, id="who supports, that one"),
        pytest.param(STRANGER, {2}, id="who is to know, that one"),
    ],
)
def test_each_role_reaches_what_it_should(office: Office, person: Officer, numbers: set[int]) -> None:
    assert listed(office, reach(office, person)) == {DocumentId(f"vb{n}") for n in numbers}


def test_who_stands_in_sees_the_work_but_no_secret(office: Office) -> None:
    found = listed(office, reach(office, STRANGER, FULL))
    assert found == {DocumentId("vb1"), DocumentId("vb2")}


def test_a_delegation_for_some_types_opens_nothing_by_itself(office: Office) -> None:
    narrow = replace(FULL, doc_types=("Kế hoạch",))
    assert listed(office, reach(office, STRANGER, narrow)) == {DocumentId("vb2")}


def test_nobody_without_lines_reaches_anything(office: Office) -> None:
    assert listed(office, Reach(person=ADMIN.id)) == set()
