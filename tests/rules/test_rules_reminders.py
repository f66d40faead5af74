from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.record import CalendarDay
from rules.calendar import WorkingCalendar
from rules.reminders import LADDER, list_reminders

CALENDAR = WorkingCalendar()
DUE = dt.date(2012, 1, 17)  # Tuesday of the week before Tết
DAYS = st.dates(dt.date(2011, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("today", "step"),
    [
        pytest.param("2012-01-11", None, id="four working days before: too early"),
        pytest.param("2012-01-12", "before", id="three working days before"),
        pytest.param("2012-01-13", "before", id="a sweep that was late by a day still finds the step"),
        pytest.param("2012-01-14", None, id="saturday: nobody is reminded"),
        pytest.param("2012-01-16", "before", id="the day before"),
        pytest.param("2012-01-17", "on", id="the due day"),
        pytest.param("2012-01-18", "after-1", id="one working day late"),
        pytest.param("2012-01-19", "after-1", id="two days late: the same step, sent already"),
        pytest.param("2012-01-20", "after-3", id="three working days late"),
        pytest.param("2012-01-23", None, id="first day of Tết"),
        pytest.param("2012-01-30", "after-3", id="first working day after Tết is only the fourth"),
        pytest.param("2012-01-31", "after-5", id="five working days late"),
        pytest.param("2012-02-06", "after-10", id="ten, the swapped saturday counted"),
        pytest.param("2026-02-12", "after-10", id="years later no new step begins"),
    ],
)
def test_each_working_day_has_the_step_last_reached(today: str, step: str | None) -> None:
    assert list_reminders(DUE, dt.date.fromisoformat(today), CALENDAR) == step


def test_a_due_day_that_became_a_day_off_is_reminded_of_on_the_next_working_day() -> None:
    off = CalendarDay(day=DUE, kind="off", reason="Nghỉ bão", source="", entered_by="lan")
    calendar = WorkingCalendar([off], 1)
    assert list_reminders(DUE, DUE, calendar) is None
    assert list_reminders(DUE, DUE + dt.timedelta(1), calendar) == "on"
    assert list_reminders(DUE, DUE + dt.timedelta(2), calendar) == "after-1"


@given(due=DAYS)
def test_every_step_comes_once_in_order_and_never_on_a_day_off(due: dt.date) -> None:
    days = [due + dt.timedelta(n) for n in range(-30, 45)]
    said = [(day, step) for day in days if (step := list_reminders(due, day, CALENDAR))]
    assert list(dict.fromkeys(step for _, step in said)) == [step for step, _ in LADDER]
    assert all(CALENDAR.is_working(day) for day, _ in said)
