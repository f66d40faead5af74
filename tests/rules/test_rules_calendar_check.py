"""What a clerk is asked about a year's calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from documents.record import CalendarDay
from rules.calendar import LAST_ANNOUNCED_YEAR, WorkingCalendar
from rules.calendar_check import check_year, list_bridges, list_doubts


def own(day: str, kind: str) -> CalendarDay:
    return CalendarDay(
        day=dt.date.fromisoformat(day), kind=kind, reason="Hoán đổi", source="TB 1", entered_by="lan"
    )


BRIDGE = "Thứ Sáu 02/01/2026 là ngày làm việc lẻ"


def test_a_friday_alone_after_new_year_is_asked_about() -> None:
    assert dt.date(2026, 1, 2) in list_bridges(WorkingCalendar(), 2026)
    assert any(text.startswith(BRIDGE) for text in check_year(WorkingCalendar(), 2026))


@pytest.mark.parametrize(
    ("since", "is_told"),
    [
        pytest.param("2026-01-02", True, id="on the day itself"),
        pytest.param("2026-01-03", False, id="the day after"),
    ],
)
@pytest.mark.parametrize("days", [[], [own("2026-01-02", "off")]], ids=["not entered", "half entered"])
def test_a_day_that_has_passed_makes_no_deadline_wrong(
    days: list[CalendarDay], since: str, is_told: bool
) -> None:
    told = list_doubts(WorkingCalendar(days), 2026, since=dt.date.fromisoformat(since))
    assert any("02/01/2026" in text for text in told) is is_told


@pytest.mark.parametrize(
    ("days", "left"),
    [
        pytest.param(
            [own("2026-01-02", "off"), own("2026-01-10", "work")], 0, id="swapped, both sides entered"
        ),
        pytest.param([own("2026-01-02", "off")], 1, id="swapped, the worked saturday is wanting"),
        pytest.param([own("2026-01-02", "off"), own("2026-06-06", "work")], 1, id="a saturday too far away"),
        pytest.param([own("2026-01-02", "work")], 0, id="said to be worked"),
        pytest.param(
            [own("2026-01-01", "off")], 2, id="a day that repeats the public one, beside the bridge"
        ),
        pytest.param([], 1, id="nothing entered"),
    ],
)
def test_a_lone_working_day_is_settled_by_what_the_office_enters(days: list[CalendarDay], left: int) -> None:
    assert len([text for text in check_year(WorkingCalendar(days), 2026) if "/01/2026" in text]) == left


def test_a_swap_whose_saturday_lies_in_the_year_before_is_whole() -> None:
    calendar = WorkingCalendar([own("2026-01-02", "off"), own("2025-12-27", "work")])
    assert not any("làm bù" in text for text in check_year(calendar, 2026) if "02/01/2026" in text)


def test_one_saturday_pays_for_one_day_off() -> None:
    calendar = WorkingCalendar(
        [own("2027-04-29", "off"), own("2026-01-02", "off"), own("2026-01-10", "work")]
    )
    assert not any("02/01/2026" in text for text in check_year(calendar, 2026))


def test_a_year_known_to_the_package_has_nothing_else_to_ask() -> None:
    assert check_year(WorkingCalendar(), 2025) == ()


def test_a_year_not_yet_announced_is_said_first() -> None:
    coming = LAST_ANNOUNCED_YEAR + 1
    assert f"năm {coming} mới tính theo luật" in check_year(WorkingCalendar(), coming)[0]


def test_a_half_day_repeats_nothing() -> None:
    calendar = WorkingCalendar([own("2026-03-03", "half")])
    assert not any("03/03/2026" in text for text in check_year(calendar, 2026))
