"""Duties that come again: the days of a rule, on the office's calendar."""

from __future__ import annotations

import calendar as months
import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from documents.errors import RuleNotUnderstood
from documents.record import CalendarDay
from rules.calendar import WorkingCalendar
from rules.recurrence import check_recurrence, list_occurrences, next_occurrence, pair_occurrences

CALENDAR = WorkingCalendar()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("rule", "start", "days"),
    [
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=20",
            "2012-01-05",
            ["2012-01-20", "2012-02-20", "2012-03-20", "2012-04-20", "2012-05-21", "2012-06-20"],
            id="monthly; a sunday in may moves",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15",
            "2012-01-05",
            ["2012-03-15", "2012-06-15"],
            id="the last month of each quarter",
        ),
        pytest.param("FREQ=MONTHLY;INTERVAL=3", "2012-01-05", ["2012-01-05", "2012-04-05"], id="each quarter"),
        pytest.param("FREQ=MONTHLY;INTERVAL=6", "2012-01-05", ["2012-01-05"], id="each half year"),
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=31",
            "2012-01-05",
            ["2012-01-31", "2012-02-29", "2012-04-03", "2012-05-02", "2012-05-31"],
            id="the last day where a month has no 31st; saturday 31 march, a holiday, moves twice",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=23",
            "2012-01-05",
            ["2012-01-30", "2012-02-23", "2012-03-23", "2012-04-23", "2012-05-23", "2012-06-25"],
            id="over tet",
        ),
        pytest.param(
            "FREQ=MONTHLY",
            "2012-01-31",
            ["2012-01-31", "2012-02-29", "2012-04-03", "2012-05-02", "2012-05-31"],
            id="from the last day of a month",
        ),
        pytest.param("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", "2012-01-05", [], id="not yet"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20120301", "2012-01-05", ["2012-01-20", "2012-02-20"], id="it ends"),
    ],
)  # fmt: skip
def test_the_days_of_a_rule_in_half_a_year(rule: str, start: str, days: list[str]) -> None:
    listed = list_occurrences(
        rule, CALENDAR, start=day(start), after=day("2012-01-01"), until=day("2012-06-29")
    )
    assert [one.isoformat() for one in listed] == days


def test_an_occurrence_that_a_day_off_carries_into_the_span_is_listed() -> None:
    listed = list_occurrences(
        "FREQ=MONTHLY;BYMONTHDAY=21",
        CALENDAR,
        start=day("2012-01-05"),
        after=day("2012-01-30"),
        until=day("2012-01-30"),
    )
    assert listed == (day("2012-01-30"),)


def test_each_day_of_a_rule_is_paired_with_the_working_day_it_is_due() -> None:
    pairs = pair_occurrences(
        "FREQ=MONTHLY;BYMONTHDAY=20", CALENDAR, start=day("2012-04-01"), until=day("2012-05-21")
    )
    assert pairs == ((day("2012-04-20"),) * 2, (day("2012-05-20"), day("2012-05-21")))


def test_a_storm_day_moves_the_occurrence() -> None:
    storm = CalendarDay(day=day("2012-03-20"), kind="off", reason="Bão", source="CV", entered_by="lan")
    rule, start = "FREQ=MONTHLY;BYMONTHDAY=20", day("2012-01-05")
    found = next_occurrence(rule, WorkingCalendar([storm]), start=start, after=day("2012-03-01"))
    assert found == day("2012-03-21")


def test_a_rule_that_has_ended_has_no_next_day() -> None:
    rule = "FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20120131"
    assert next_occurrence(rule, CALENDAR, start=day("2012-01-05"), after=day("2012-02-01")) is None


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("hằng tháng", id="words"),
        pytest.param("", id="nothing"),
        pytest.param("FREQ=HOURLY", id="hours are no days"),
        pytest.param("FREQ=MONTHLY;INTERVAL=0", id="never on"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=99", id="no such day"),
        pytest.param("FREQ=WEEKLY;BYDAY=XX", id="no such weekday"),
        pytest.param("FREQ=MONTHLY;UNTIL=soon", id="no such end"),
        pytest.param("FREQ=MONTHLY;UNTIL=20121399", id="an end that is no day"),
        pytest.param("FREQ=MONTHLY\nFREQ=DAILY", id="two rules"),
        pytest.param("FREQ=DAILY;EXDATE=20120101", id="what is no part of a rule"),
    ],
)
def test_what_is_no_rule_is_refused(written: str) -> None:
    with pytest.raises(RuleNotUnderstood):
        check_recurrence(written)


def test_a_rule_is_kept_as_calendars_write_it() -> None:
    assert check_recurrence(" rrule:freq=monthly; bymonthday=20 ") == "FREQ=MONTHLY;BYMONTHDAY=20"


RULES = st.one_of(
    st.builds(
        "FREQ={};INTERVAL={}".format,
        st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
        st.integers(1, 12),
    ),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, st.integers(1, 12), st.integers(1, 31)),
    st.builds("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format, st.integers(1, 12), st.integers(1, 28)),
    st.builds("FREQ=WEEKLY;BYDAY={}".format, st.sampled_from(["MO", "WE", "SA"])),
)
DAYS = st.dates(dt.date(2011, 1, 1), dt.date(2026, 12, 31))


@given(rule=RULES, start=DAYS, ahead=st.integers(0, 400), span=st.integers(0, 300))
def test_occurrences_are_in_order_within_bounds_and_on_working_days(
    rule: str, start: dt.date, ahead: int, span: int
) -> None:
    after = start + dt.timedelta(ahead)
    until = after + dt.timedelta(span)
    listed = list_occurrences(rule, CALENDAR, start=start, after=after, until=until)
    assert list(listed) == sorted(set(listed))
    assert all(after <= one <= until and CALENDAR.is_working(one) for one in listed)
    following = next_occurrence(rule, CALENDAR, start=start, after=after)
    if listed:
        assert following == listed[0]
    else:
        assert following is None or following > until


@given(rule=RULES, start=DAYS)
def test_on_a_calendar_without_days_off_the_days_are_those_of_rfc_5545(rule: str, start: dt.date) -> None:
    late = any(f"BYMONTHDAY={n}" in rule for n in (29, 30, 31)) or start.day > 28
    until = start + dt.timedelta(800)
    plain = [
        moment.date()
        for moment in rrulestr(rule, dtstart=dt.datetime.combine(start, dt.time())).between(
            dt.datetime.combine(start, dt.time()), dt.datetime.combine(until, dt.time()), inc=True
        )
    ]
    listed = list_occurrences(rule, _Always(), start=start, after=start, until=until)
    if late:
        assert set(plain) <= set(listed)
        assert all(one in plain or one.day == months.monthrange(one.year, one.month)[1] for one in listed)
    else:
        assert list(listed) == plain


class _Always(WorkingCalendar):
    """An office that works every day."""

    def is_working(self, day: dt.date) -> bool:
        return True
