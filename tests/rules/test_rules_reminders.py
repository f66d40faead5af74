"""Which reminders have come: a ladder for each urgency, every rung once, none on a day off."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.record import CalendarDay
from rules.calendar import WorkingCalendar
from rules.reminders import (
    LADDERS,
    Deadline,
    Pace,
    Tier,
    choose_reminder,
    list_reminders,
    pace_of,
    reaches,
)

CALENDAR = WorkingCalendar()
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = dt.date(2012, 1, 17)  # Tuesday of the week before Tết
LONG_BEFORE = dt.datetime(2011, 12, 1, 9, tzinfo=HERE)


def at(day: str | dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    date = day if isinstance(day, dt.date) else dt.date.fromisoformat(day)
    return dt.datetime.combine(date, dt.time(hour, minute), tzinfo=HERE)


def a_deadline(**changes: object) -> Deadline:
    return Deadline(**{"due": DUE, "given_at": LONG_BEFORE, **changes})  # type: ignore[arg-type]  # rows below


def newest(deadline: Deadline, now: dt.datetime) -> str | None:
    reached = list_reminders(deadline, now, CALENDAR)
    return reached[-1].name if reached else None


@pytest.mark.parametrize(
    ("today", "step"),
    [
        pytest.param("2012-01-11", None, id="four working days before: too early"),
        pytest.param("2012-01-12", "before-3", id="three working days before"),
        pytest.param("2012-01-13", "before-3", id="a sweep that was late by a day still finds the step"),
        pytest.param("2012-01-14", None, id="saturday: nobody is reminded"),
        pytest.param("2012-01-16", "before-3", id="the day before"),
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
    assert newest(a_deadline(), at(today)) == step


@pytest.mark.parametrize(
    ("pace", "moment", "step"),
    [
        pytest.param(Pace.URGENT, at("2012-01-13"), None, id="urgent: two working days before is too early"),
        pytest.param(Pace.URGENT, at("2012-01-16"), "before-1", id="urgent: the day before"),
        pytest.param(
            Pace.URGENT, at("2012-01-17", 16), "on", id="urgent: before the hour it is still the day"
        ),
        pytest.param(Pace.URGENT, at("2012-01-17", 17), "hour+0", id="urgent: the hour has struck"),
        pytest.param(Pace.VERY_URGENT, at("2012-01-16"), None, id="very urgent: told when it was given"),
        pytest.param(Pace.VERY_URGENT, at("2012-01-17", 14, 59), "on", id="very urgent: the day"),
        pytest.param(Pace.VERY_URGENT, at("2012-01-17", 15), "hour-2", id="very urgent: two hours before"),
        pytest.param(Pace.FLASH, at("2012-01-17", 17, 1), "hour+0", id="flash: the hour is past"),
        pytest.param(Pace.NORMAL, at("2012-01-17", 18), "on", id="ordinary: the hour is for the calendar"),
        pytest.param(Pace.NORMAL, at("2012-01-17", 6, 59), "before-3", id="nobody is reminded at midnight"),
    ],
)
def test_the_more_urgent_the_closer_to_the_hour(pace: Pace, moment: dt.datetime, step: str | None) -> None:
    assert newest(a_deadline(pace=pace, time=dt.time(17)), moment) == step


def test_a_day_off_is_for_flash_documents_only() -> None:
    saturday = dt.date(2012, 1, 14)
    for pace in Pace:
        said = newest(a_deadline(pace=pace, due=saturday), at(saturday))
        assert said == ("on" if pace is Pace.FLASH else None)


def test_what_lay_before_the_line_was_given_is_not_told() -> None:
    given_late = a_deadline(given_at=at("2012-01-16", 10))
    assert newest(given_late, at("2012-01-16", 14)) is None
    assert newest(given_late, at("2012-01-17")) == "on"
    given_overdue = a_deadline(given_at=at("2012-01-19", 10))
    assert newest(given_overdue, at("2012-01-19", 14)) is None
    assert newest(given_overdue, at("2012-01-20")) == "after-3"


def test_a_due_day_that_became_a_day_off_is_reminded_of_on_the_next_working_day() -> None:
    off = CalendarDay(day=DUE, kind="off", reason="Nghỉ bão", source="", entered_by="lan")
    calendar = WorkingCalendar([off], 1)
    days = [DUE, DUE + dt.timedelta(1), DUE + dt.timedelta(2)]
    said = [[r.name for r in list_reminders(a_deadline(), at(day), calendar)][-1:] for day in days]
    assert said == [[], ["on"], ["after-1"]]


@pytest.mark.parametrize(
    ("written", "pace"),
    [
        (None, Pace.NORMAL),
        ("Khẩn", Pace.URGENT),
        ("THƯỢNG KHẨN", Pace.VERY_URGENT),
        ("Hỏa tốc", Pace.FLASH),
        ("Hoả tốc hẹn giờ", Pace.FLASH),
        ("gấp lắm", Pace.NORMAL),
    ],
)
def test_the_degrees_of_urgency_have_their_paces(written: str | None, pace: Pace) -> None:
    assert pace_of(written) is pace


def test_it_climbs_from_the_officer_to_the_head_to_the_leaders() -> None:
    reached = list_reminders(a_deadline(), at("2012-02-10"), CALENDAR)
    climb = {rung.name: [tier for tier in Tier if reaches(rung, tier)] for rung in reached}
    assert climb["before-3"] == climb["on"] == [Tier.HOLDER]
    assert climb["after-1"] == [Tier.HOLDER, Tier.HEAD]
    assert climb["after-3"] == climb["after-10"] == list(Tier)


# ── whatever happens to the sweeps ───────────────────────────────────────────────────────────────────────

DAYS = st.dates(dt.date(2011, 1, 1), dt.date(2026, 12, 31))
PACES = st.sampled_from(Pace)
HOURS = st.none() | st.times(dt.time(8), dt.time(17))


@st.composite
def sweeps(draw: st.DrawFn) -> tuple[Deadline, list[dt.datetime]]:
    """A deadline, and the moments at which anybody looked: late, doubled, out of office hours, skipped."""
    due = draw(DAYS)
    given_at = at(due - dt.timedelta(draw(st.integers(-5, 40))), draw(st.integers(0, 23)))
    minutes = draw(st.lists(st.integers(-30 * 1440, 45 * 1440), min_size=1, max_size=40))
    moments = sorted(at(due, 0) + dt.timedelta(minutes=m) for m in minutes)
    doubled = [m for m in moments for _ in range(draw(st.integers(1, 2)))]
    return Deadline(due=due, given_at=given_at, pace=draw(PACES), time=draw(HOURS)), doubled


@given(
    case=sweeps(),
    tier=st.sampled_from(Tier),
    is_away=st.lists(st.booleans(), min_size=80, max_size=80),
)
def test_no_rung_is_told_twice_and_none_is_missed_unless_a_later_one_says_it(
    case: tuple[Deadline, list[dt.datetime]], tier: Tier, is_away: list[bool]
) -> None:
    deadline, moments = case
    waiting: str | None = None
    sent: list[str] = []
    overtaken: list[str] = []
    for moment, away in zip(moments, is_away, strict=False):
        reached = tuple(r for r in list_reminders(deadline, moment, CALENDAR) if reaches(r, tier))
        recorded = {*sent, *([waiting] if waiting else [])}
        if news := choose_reminder(reached, recorded, {*sent, *overtaken}):
            rung, skipped = news
            waiting = rung.name
            overtaken += [one.name for one in skipped]
            assert deadline.pace is Pace.FLASH or CALENDAR.is_working(moment.date())
            assert moment > deadline.given_at
        if waiting and not away:
            sent.append(waiting)
            waiting = None
        assert {rung.name for rung in reached} <= {*sent, *overtaken, waiting}, "neither told nor overtaken"
    assert len(sent) == len(set(sent))
    assert len(overtaken) == len(set(overtaken))
    assert not set(sent) & set(overtaken)
    order = [rung.name for rung in LADDERS[deadline.pace]]
    assert sorted(sent, key=order.index) == sent


@given(due=DAYS, pace=PACES)
def test_looked_at_every_morning_each_rung_comes_on_its_own_day(due: dt.date, pace: Pace) -> None:
    deadline = Deadline(due=due, given_at=at(due - dt.timedelta(60)), pace=pace)
    days = [due + dt.timedelta(n) for n in range(-30, 45)]
    said = [step for day in days if (step := newest(deadline, at(day)))]
    assert list(dict.fromkeys(said)) == [rung.name for rung in LADDERS[pace] if rung.hours is None]
