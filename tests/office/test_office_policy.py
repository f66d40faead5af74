"""Who may do what: every act against every relation to the work."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from documents.absence import Delegation, DelegationId, Matter
from documents.decisions import Role
from documents.lines import LineNumber, LineState
from documents.people import Directory, Officer, PersonId, UnitId
from documents.record import AssignmentRecord
from office.policy import BY_HOLDER, Act, may, units_led_by, who_may_answer
from tests.office.lines_at_work import (
    ADMIN,
    HOA,
    HUNG,
    LAN,
    LEADER,
    LINH,
    MORE,
    OBSERVER,
    SECOND,
    STRANGER,
    TODAY,
    XUAN,
)
from tests.offices import PEOPLE

DIRECTORY = Directory(units=PEOPLE.units, people=(*PEOPLE.people, *MORE))
HELD_BY_LINH = AssignmentRecord(
    line=LineNumber(1),
    role=Role.LEAD,
    person=None,
    unit=UnitId("bcxb"),
    officer_name=None,
    unit_name="Phòng Báo chí – Xuất bản",
    due=TODAY,
    state=LineState.OPEN,
    holder=LINH.id,
    handed_by=(XUAN.id,),
)
"""A line of the press unit, handed on by its head to Linh."""

RELATIONS: dict[str, Officer] = {
    "holder": LINH,
    "head of the unit": XUAN,
    "colleague": SECOND,
    "stranger": STRANGER,
    "head of another unit": HUNG,
    "leader": LEADER,
    "clerk": HOA,
    "observer": OBSERVER,
    "administrator": ADMIN,
}
_ALL = set(RELATIONS)
_HEADS = {"head of the unit", "head of another unit"}
_READERS = {"clerk", "administrator", "leader", "observer", *_HEADS}
MAY: dict[Act, set[str]] = {
    Act.SEE_INTAKE: {"clerk", "administrator"},
    Act.BRING_IN: {"clerk", "administrator"},
    Act.GIVE_DIRECTION: {"clerk", "administrator", "leader"},
    Act.TAKE_TASK: _ALL - {"observer"},
    Act.REMIND: _READERS - {"observer"},
    Act.SEE_BOOK: _ALL,
    Act.EXPORT_BOOK: _READERS,
    Act.SEE_OWN: _ALL,
    Act.WATCH: _READERS,
    Act.SEE_LOG: {"leader", "observer", "administrator"},
    Act.SEE_RULES: _READERS,
    Act.SEE_PEOPLE: _ALL,
    Act.MANAGE_PEOPLE: {"administrator"},
    Act.MANAGE_ABSENCES: {"clerk", "administrator", "leader", *_HEADS},
    Act.SEE_CALENDAR: _ALL,
    Act.MANAGE_CALENDAR: {"clerk", "administrator"},
    Act.SEE_STATE: _READERS - _HEADS,
    Act.REGISTER: {"clerk", "administrator"},
    Act.READ_AGAIN: {"clerk", "administrator"},
    Act.SETTLE: {"clerk", "administrator"},
    Act.ENTER_DIRECTION: {"clerk", "administrator"},
    Act.DRAFT_RULES: {"clerk", "administrator", "head of the unit", "head of another unit", "leader"},
    Act.APPROVE_RULES: {"administrator", "leader"},
    Act.MANAGE_TASKS: {"clerk", "administrator", "head of the unit", "head of another unit", "leader"},
    Act.ACCEPT: {"holder"},
    Act.HAND_ON: set(),
    Act.RETURN: {"holder"},
    Act.ASK_EXTENSION: {"holder"},
    Act.ANSWER_EXTENSION: {"head of the unit", "leader"},
    Act.REPORT: {"holder"},
    Act.FINISH: {"holder"},
    Act.REOPEN: {"holder", "head of the unit", "leader", "clerk"},
    Act.REASSIGN: {"head of the unit", "leader", "clerk"},
}


def allowed(person: Officer, act: Act, **more: object) -> bool:
    facts = {"line": HELD_BY_LINH, "to": SECOND, **more}
    return may(person, act, directory=DIRECTORY, on=TODAY, **facts).refusal is None  # type: ignore[arg-type]


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("act", Act)
def test_a_person_may_what_role_and_relation_allow(act: Act, relation: str) -> None:
    assert allowed(RELATIONS[relation], act) is (relation in MAY[act])


@pytest.mark.parametrize("act", Act)
def test_whoever_has_left_may_nothing(act: Act) -> None:
    for person in RELATIONS.values():
        assert not allowed(replace(person, until=TODAY - dt.timedelta(1)), act)


@pytest.mark.parametrize("act", [a for a in Act if a not in MAY or a in BY_HOLDER])
def test_nobody_does_the_holders_part_for_them(act: Act) -> None:
    assert [name for name, who in RELATIONS.items() if allowed(who, act)] == ["holder"]


@pytest.mark.parametrize(
    ("holder", "to", "allows"),
    [
        pytest.param(XUAN, SECOND, True, id="a head to somebody of the unit"),
        pytest.param(XUAN, None, True, id="a head, to whom is not known yet"),
        pytest.param(XUAN, STRANGER, False, id="a head to somebody of another unit"),
        pytest.param(LEADER, STRANGER, True, id="a leader to anybody"),
        pytest.param(LINH, SECOND, False, id="an officer to a colleague"),
        pytest.param(HOA, LINH, False, id="a clerk who holds work"),
    ],
)
def test_work_is_handed_on_downwards(holder: Officer, to: Officer | None, allows: bool) -> None:
    line = replace(HELD_BY_LINH, holder=holder.id, handed_by=())
    assert allowed(holder, Act.HAND_ON, line=line, to=to) is allows


@pytest.mark.parametrize(
    ("person", "to", "allows"),
    [
        pytest.param(XUAN, STRANGER, False, id="a head out of the unit"),
        pytest.param(XUAN, None, False, id="a head to a unit"),
        pytest.param(HUNG, SECOND, False, id="a head of another unit"),
        pytest.param(HOA, None, True, id="the clerk to a unit"),
    ],
)
def test_work_is_given_again_by_who_may_give_it(person: Officer, to: Officer | None, allows: bool) -> None:
    assert allowed(person, Act.REASSIGN, to=to) is allows


@pytest.mark.parametrize(
    ("holder", "answer"),
    [
        pytest.param(LINH, ("thanhxuan",), id="an officer's by the head"),
        pytest.param(XUAN, ("minh",), id="a head's by the leader"),
        pytest.param(LEADER, ("minh",), id="a leader's line of a unit by no head"),
    ],
)
def test_a_later_day_is_answered_by_who_stands_above(holder: Officer, answer: tuple[str, ...]) -> None:
    assert who_may_answer(replace(HELD_BY_LINH, holder=holder.id), DIRECTORY, TODAY) == answer


def test_nobody_answers_their_own_request() -> None:
    line = replace(HELD_BY_LINH, holder=XUAN.id)
    assert not allowed(XUAN, Act.ANSWER_EXTENSION, line=line)


def test_nobody_answers_their_own_request_in_the_place_of_the_head() -> None:
    stands_in = replace(STANDS_IN, taker=LINH.id, doc_types=())
    assert allowed(
        LINH, Act.ANSWER_EXTENSION, line=replace(HELD_BY_LINH, holder=SECOND.id), delegations=(stands_in,)
    )
    assert not allowed(LINH, Act.ANSWER_EXTENSION, delegations=(stands_in,))


STANDS_IN = Delegation(
    id=DelegationId(1),
    giver=XUAN.id,
    taker=SECOND.id,
    since=TODAY,
    until=TODAY,
    instrument="GUQ số 3",
    doc_types=("Kế hoạch",),
)


@pytest.mark.parametrize(
    ("delegation", "matter", "behalf"),
    [
        pytest.param(STANDS_IN, Matter(doc_type="Kế hoạch"), "thanhxuan", id="within days and scope"),
        pytest.param(STANDS_IN, Matter(doc_type="Giấy mời"), None, id="another type"),
        pytest.param(
            replace(STANDS_IN, until=TODAY - dt.timedelta(1)), Matter(doc_type="Kế hoạch"), None, id="over"
        ),
        pytest.param(
            replace(STANDS_IN, taker=PersonId("khang")), Matter(doc_type="Kế hoạch"), None, id="somebody else"
        ),
    ],
)
def test_whoever_stands_in_has_the_rights_of_whom_they_stand_in_for(
    delegation: Delegation, matter: Matter, behalf: str | None
) -> None:
    verdict = may(
        SECOND,
        Act.ANSWER_EXTENSION,
        directory=DIRECTORY,
        on=TODAY,
        line=HELD_BY_LINH,
        delegations=(delegation,),
        matter=matter,
    )
    assert (verdict.refusal is None, verdict.behalf) == (behalf is not None, behalf)


def test_rights_of_ones_own_are_used_first() -> None:
    verdict = may(
        LEADER,
        Act.ANSWER_EXTENSION,
        directory=DIRECTORY,
        on=TODAY,
        line=HELD_BY_LINH,
        delegations=(replace(STANDS_IN, taker=LEADER.id, doc_types=()),),
        matter=Matter(),
    )
    assert (verdict.refusal, verdict.behalf) == (None, None)


def test_a_unit_without_a_named_head_is_led_by_its_head_by_duty() -> None:
    units = tuple(replace(u, head=None) if u.id == "vp" else u for u in PEOPLE.units)
    directory = Directory(units=units, people=PEOPLE.people)
    assert units_led_by(LAN, directory) == {"vp", "khtc"}
    assert units_led_by(HUNG, directory) == {"cntt", "bcvt", "ttra"}
    assert units_led_by(LINH, directory) == frozenset()
