from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.record import CalendarDay
from rules.calendar import LAST_ANNOUNCED_YEAR, WorkingCalendar

CALENDAR = WorkingCalendar()
DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2027, 12, 31))
COUNTS = st.integers(min_value=1, max_value=60)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def own(text: str, kind: str, reason: str = "Nghỉ bão") -> CalendarDay:
    return CalendarDay(day=day(text), kind=kind, reason=reason, source="Công văn 12/UBND", entered_by="lan")


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        pytest.param("2012-01-16", 10, "2012-02-04", id="tet, ending on a worked saturday"),
        pytest.param("2012-01-05", 7, "2012-01-16", id="one weekend in between"),
        pytest.param("2012-01-20", 1, "2012-01-30", id="the whole of tet is skipped with its swapped friday"),
        pytest.param("2012-02-03", 1, "2012-02-04", id="the swapped saturday is the very next working day"),
        pytest.param("2012-02-04", 1, "2012-02-06", id="sunday after the swapped saturday stays off"),
        pytest.param("2026-03-02", 5, "2026-03-09", id="one plain weekend"),
        pytest.param("2026-02-13", 1, "2026-02-23", id="friday before tet"),
        pytest.param("2026-02-13", 0, "2026-02-13", id="nothing to count"),
        pytest.param("2026-02-14", 0, "2026-02-23", id="nothing to count, on a saturday before tet"),
        pytest.param("2026-08-21", 1, "2026-08-22", id="saturday worked for the monday before 2 september"),
        pytest.param("2026-08-28", 1, "2026-09-03", id="swapped monday and two days of 2 september"),
        pytest.param("2014-12-26", 1, "2014-12-27", id="saturday worked for a day off in the next year"),
        pytest.param("2018-12-28", 1, "2019-01-02", id="monday off for a saturday of the next year"),
        pytest.param("2019-01-04", 1, "2019-01-05", id="and that saturday"),
        pytest.param("2024-04-26", 1, "2024-05-02", id="bridge before 30 april"),
        pytest.param("2012-02-06", -1, "2012-02-04", id="counting back meets the swapped saturday"),
        pytest.param("2012-01-30", -3, "2012-01-18", id="counting back over tet"),
    ],
)
def test_working_days_are_counted_over_holidays_and_swaps(start: str, count: int, due: str) -> None:
    assert CALENDAR.add_working_days(day(start), count) == day(due)


@given(start=DAYS, count=COUNTS)
def test_the_due_day_is_always_a_working_day(start: dt.date, count: int) -> None:
    assert CALENDAR.is_working(CALENDAR.add_working_days(start, count))


@given(start=DAYS, count=COUNTS)
def test_counting_back_returns_to_the_working_day_one_started_from(start: dt.date, count: int) -> None:
    first = CALENDAR.next_working(start)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(first, count), -count) == first


@given(start=DAYS, count=COUNTS)
def test_as_many_working_days_lie_between_as_were_added(start: dt.date, count: int) -> None:
    due = CALENDAR.add_working_days(start, count)
    assert CALENDAR.count_working_days(start, due) == count


@given(start=DAYS, count=COUNTS)
def test_one_day_more_is_always_later(start: dt.date, count: int) -> None:
    assert CALENDAR.add_working_days(start, count) < CALENDAR.add_working_days(start, count + 1)


@given(start=DAYS, end=DAYS)
def test_days_left_change_their_sign_with_the_direction(start: dt.date, end: dt.date) -> None:
    there = CALENDAR.count_working_days(start, end)
    assert there == -CALENDAR.count_working_days(end, start)
    assert (there > 0) <= (end > start)


@given(day_=DAYS)
def test_a_working_day_is_its_own_next_and_previous(day_: dt.date) -> None:
    after, before = CALENDAR.next_working(day_), CALENDAR.previous_working(day_)
    assert before <= day_ <= after
    assert CALENDAR.is_working(day_) == (before == after == day_)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("2012-01-23", "Tết Nguyên Đán", id="first day of the year of the dragon"),
        pytest.param("2012-01-27", "Ngày nghỉ (thay cho ngày 04/02/2012)", id="swapped friday"),
        pytest.param("2012-02-04", "Làm việc bù ngày hoán đổi", id="worked saturday"),
        pytest.param("2012-04-02", "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)", id="day in lieu"),
        pytest.param("2012-04-30", "Ngày Chiến thắng", id="30 april"),
        pytest.param("2026-11-24", "Ngày Văn hóa Việt Nam", id="new since 2026"),
        pytest.param("2012-01-07", None, id="a plain saturday has no name"),
        pytest.param("2012-01-05", None, id="a plain thursday has none either"),
    ],
)
def test_special_days_are_named_in_vietnamese(text: str, name: str | None) -> None:
    assert CALENDAR.name_of(day(text)) == name
    assert CALENDAR.source_of(day(text)).startswith("holidays ") == (name is not None)


def test_the_office_calendar_stands_above_the_public_one() -> None:
    calendar = WorkingCalendar(
        [
            own("2026-01-02", "off", "Hoán đổi"),
            own("2026-01-10", "work", "Làm bù"),
            own("2026-04-30", "work"),
        ],
        7,
    )
    assert not calendar.is_working(day("2026-01-02"))
    assert calendar.is_working(day("2026-01-10"))
    assert calendar.is_working(day("2026-04-30"))
    assert calendar.add_working_days(day("2025-12-31"), 1) == day("2026-01-05")
    assert calendar.add_working_days(day("2026-01-09"), 1) == day("2026-01-10")
    assert calendar.name_of(day("2026-01-02")) == "Hoán đổi"
    assert calendar.source_of(day("2026-01-02")) == "Công văn 12/UBND"
    assert calendar.version == 7


def test_of_two_entries_for_one_day_the_later_counts() -> None:
    calendar = WorkingCalendar([own("2026-03-03", "off"), own("2026-03-03", "work")])
    assert calendar.is_working(day("2026-03-03"))


def test_a_kind_of_day_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="neither off, work nor half"):
        WorkingCalendar([own("2026-03-03", "maybe")])


def test_named_days_off_are_listed_without_plain_weekends() -> None:
    listed = CALENDAR.days_off(day("2012-03-29"), day("2012-04-03"))
    assert listed == (
        (day("2012-03-31"), "Ngày Giỗ Tổ Hùng Vương"),
        (day("2012-04-02"), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
    )


def test_years_not_yet_announced_are_warned_about_until_the_office_enters_them() -> None:
    coming = LAST_ANNOUNCED_YEAR + 1
    assert CALENDAR.warnings(LAST_ANNOUNCED_YEAR) == ()
    assert len(CALENDAR.warnings(LAST_ANNOUNCED_YEAR, coming + 1)) == 2
    assert str(coming) in CALENDAR.warnings(coming)[0]
    assert WorkingCalendar([own(f"{coming}-02-04", "off")]).warnings(coming) == ()
    saturday = next(d for d in (dt.date(coming, 8, n) for n in range(1, 8)) if d.weekday() == 5)
    assert WorkingCalendar([own(saturday.isoformat(), "work")]).warnings(coming) == ()


def test_a_storm_day_does_not_make_a_year_announced() -> None:
    coming = LAST_ANNOUNCED_YEAR + 1
    assert WorkingCalendar([own(f"{coming}-10-04", "off")]).warnings(coming) == CALENDAR.warnings(coming)


def test_an_office_that_never_works_is_said_rather_than_searched_for_ever() -> None:
    start = day("2012-01-01")
    never = WorkingCalendar(
        CalendarDay(day=start + dt.timedelta(n), kind="off", reason="", source="", entered_by="")
        for n in range(5001)
    )
    with pytest.raises(ValueError, match="no working day"):
        never.next_working(start)


SWAPS = (
    ("2010-02-19", "2010-02-27"),
    ("2012-01-27", "2012-02-04"),
    ("2013-04-29", "2013-05-04"),
    ("2014-05-02", "2014-04-26"),
    ("2014-09-01", "2014-09-06"),
    ("2015-01-02", "2014-12-27"),
    ("2015-02-16", "2015-02-14"),
    ("2015-04-29", "2015-04-25"),
    ("2018-12-31", "2019-01-05"),
    ("2019-04-29", "2019-05-04"),
    ("2024-04-29", "2024-05-04"),
    ("2025-05-02", "2025-04-26"),
    ("2026-08-31", "2026-08-22"),
)
"""Days off and the weekend days worked for them, as the announcements of the years said."""


@pytest.mark.parametrize(("off", "worked"), [pytest.param(*swap, id=swap[0]) for swap in SWAPS])
def test_every_announced_swap_is_known_on_both_sides(off: str, worked: str) -> None:
    assert not CALENDAR.is_working(day(off))
    assert CALENDAR.is_working(day(worked))
    assert day(worked).weekday() >= 5
    assert CALENDAR.add_working_days(day(off) - dt.timedelta(1), 1) > day(off)


def test_a_half_day_is_worked_and_known_as_one() -> None:
    calendar = WorkingCalendar([own("2026-03-07", "half", "Trực một cửa sáng thứ Bảy")])
    saturday = day("2026-03-07")
    assert calendar.is_working(saturday)
    assert calendar.is_half_day(saturday)
    assert not calendar.is_half_day(day("2026-03-06"))
    assert not CALENDAR.is_half_day(saturday)
    assert calendar.add_working_days(day("2026-03-06"), 1) == saturday
