"""Time on working days: 24 hours are one, days off are none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.record import CalendarDay
from office.office import CIVIL_TIME
from office.working_time import WorkClock, nearest_rank
from rules.calendar import WorkingCalendar

CLOCK = WorkClock(WorkingCalendar())


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=CIVIL_TIME)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        pytest.param("2012-01-05T08:00", "2012-01-05T10:30", 2.5, id="within a day"),
        pytest.param("2012-01-05T08:00", "2012-01-06T08:00", 24, id="from one working day to the next"),
        pytest.param("2012-01-06T16:00", "2012-01-09T08:00", 16, id="a weekend is not counted"),
        pytest.param("2012-01-07T10:00", "2012-01-08T10:00", 0, id="a weekend alone"),
        pytest.param("2012-01-05T10:00", "2012-01-05T08:00", 0, id="the wrong way round"),
        pytest.param("2012-01-20T12:00", "2012-01-30T12:00", 24, id="tet"),
    ],
)
def test_days_off_do_not_count(start: str, end: str, hours: float) -> None:
    assert CLOCK.between(at(start), at(end)) == dt.timedelta(hours=hours)


def test_the_offices_own_days_count() -> None:
    own = CalendarDay(day=dt.date(2012, 1, 5), kind="off", reason="bão", source="TB 1", entered_by="hoa")
    clock = WorkClock(WorkingCalendar([own]))
    assert clock.between(at("2012-01-05T00:00"), at("2012-01-06T01:00")) == dt.timedelta(hours=1)


MOMENTS = st.datetimes(dt.datetime(2012, 1, 1), dt.datetime(2012, 3, 1)).map(
    lambda one: one.replace(tzinfo=CIVIL_TIME)
)


@given(st.tuples(MOMENTS, MOMENTS, MOMENTS).map(sorted))
def test_two_parts_make_the_whole(moments: list[dt.datetime]) -> None:
    first, middle, last = moments
    assert CLOCK.between(first, middle) + CLOCK.between(middle, last) == CLOCK.between(first, last)
    assert CLOCK.between(first, last) <= last - first


@given(st.lists(st.integers(0, 99).map(lambda n: dt.timedelta(hours=n)), min_size=1).map(sorted))
def test_nine_of_ten_stay_within_what_is_said(spans: list[dt.timedelta]) -> None:
    said = nearest_rank(spans, 0.9)
    assert said in spans
    assert sum(one <= said for one in spans) >= 0.9 * len(spans)
    assert sum(one < said for one in spans) < 0.9 * len(spans)
