"""A task as typed: times to rules and back, and a task that no machine proposed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.errors import (
    AlreadyMoved,
    BadDate,
    DueTooEarly,
    NotAllowed,
    RuleNotUnderstood,
    TaskWithoutTime,
    Trouble,
    UnknownRecipient,
)
from documents.people import Officer, PersonId
from documents.status import Status
from documents.tasks import TaskState
from office.tasks import tasks_of
from office.typed_task import NoDayInPeriod, TaskWithoutWords, TypedTime, add_task, time_of
from tests.office.lines_at_work import HOA, LINH, STRANGER, XUAN, at_work, lead, pass_on
from tests.offices import MORNING
from tests.registry.builders import bring

DAY = TypedTime(due="20/01/2012")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param(TypedTime(due="20/1/2012"), (dt.date(2012, 1, 20), None), id="once"),
        pytest.param(TypedTime(period="weekly", day="thứ 6"), (None, "FREQ=WEEKLY;BYDAY=FR"), id="Fridays"),
        pytest.param(
            TypedTime(period="monthly", day="31"), (None, "FREQ=MONTHLY;BYMONTHDAY=31"), id="last of month"
        ),
        pytest.param(
            TypedTime(period="quarterly", day="20"),
            (None, "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
            id="the quarter's last month",
        ),
        pytest.param(
            TypedTime(period="yearly", day="15/12"),
            (None, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
            id="yearly",
        ),
        pytest.param(TypedTime(period="rule", rule="FREQ=DAILY"), (None, "FREQ=DAILY"), id="any other rule"),
    ],
)
def test_a_time_as_typed_is_a_day_or_a_rule(
    typed: TypedTime, read: tuple[dt.date | None, str | None]
) -> None:
    assert typed.read() == read


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        pytest.param(TypedTime(), TaskWithoutTime, id="nothing"),
        pytest.param(TypedTime(due="31/02/2012"), BadDate, id="no such day"),
        pytest.param(TypedTime(period="weekly", day="7"), NoDayInPeriod, id="Saturday is no working day"),
        pytest.param(TypedTime(period="monthly", day="32"), NoDayInPeriod, id="no such day of a month"),
        pytest.param(
            TypedTime(period="monthly", day="²"), NoDayInPeriod, id="a sign that looks like a digit"
        ),
        pytest.param(TypedTime(period="yearly", day="31/2"), NoDayInPeriod, id="no such day of a year"),
        pytest.param(TypedTime(period="rule", rule="mỗi tuần"), RuleNotUnderstood, id="words are no rule"),
    ],
)
def test_what_is_no_time_is_refused(typed: TypedTime, trouble: type[Trouble]) -> None:
    with pytest.raises(trouble):
        typed.read()


@given(
    st.sampled_from(("weekly", "monthly", "quarterly", "half_yearly", "yearly")),
    st.integers(1, 28),
    st.integers(1, 12),
)
def test_a_form_shows_a_rule_as_it_was_typed(period: str, day: int, month: int) -> None:
    said = {"weekly": str(2 + day % 5), "yearly": f"{day}/{month}"}.get(period, str(day))
    typed = TypedTime(period=period, day=said)
    assert time_of(*typed.read()) == typed


def test_a_task_by_hand_follows_those_of_the_paper_and_has_a_holder(tmp_path: Path) -> None:
    with at_work(tmp_path) as office:
        document = pass_on(office, 1, lead(LINH))
        add_task(office, document, " Mời họp ", holder=LINH.id, time=DAY, by=XUAN, now=MORNING)
        with office.view() as view:
            [task] = tasks_of(view, document)
        assert (task.proposed.words, task.holder, task.state, task.due) == (
            "Mời họp",
            "linh",
            TaskState.TAKEN,
            dt.date(2012, 1, 20),
        )


@pytest.mark.parametrize(
    ("words", "by", "holder", "time", "trouble"),
    [
        pytest.param("  ", XUAN, "linh", DAY, TaskWithoutWords, id="no words"),
        pytest.param("Họp", XUAN, "ai-do", DAY, UnknownRecipient, id="nobody by that id"),
        pytest.param("Họp", XUAN, "linh", TypedTime(due="04/01/2012"), DueTooEarly, id="yesterday"),
        pytest.param("Họp", LINH, "thanhxuan", DAY, NotAllowed, id="an officer gives no task to another"),
        pytest.param("Họp", STRANGER, "khang", DAY, NotAllowed, id="not for this person to open"),
    ],
)
def test_what_is_no_task_is_refused(
    words: str, by: Officer, holder: str, time: TypedTime, trouble: type[Trouble], tmp_path: Path
) -> None:
    with at_work(tmp_path) as office:
        document = pass_on(office, 1, lead(LINH))
        with pytest.raises(trouble):
            add_task(office, document, words, holder=PersonId(holder), time=time, by=by, now=MORNING)
        with office.view() as view:
            assert tasks_of(view, document) == ()


def test_what_is_not_in_the_book_yet_gets_no_task(tmp_path: Path) -> None:
    with at_work(tmp_path) as office:
        with office.registry.book("hoa", MORNING) as book:
            document = bring(book, 1, Status.REVIEW)
        with pytest.raises(AlreadyMoved):
            add_task(office, document, "Họp", holder=HOA.id, time=DAY, by=HOA, now=MORNING)
