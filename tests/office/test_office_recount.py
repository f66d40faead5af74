"""A changed calendar moves open deadlines: which, who is told, and that no kill leaves any behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from documents.decisions import Assignee, Role
from documents.errors import NoSuchDay
from documents.events import CalendarDaySet, DocumentAssigned
from documents.lines import DueBasis, DueKind
from documents.people import UnitId
from documents.record import AssignmentRecord
from documents.status import DocumentId, Status
from gateways.store import Store
from office import recount
from office.diary import (
    check_calendar,
    list_days,
    preview_day,
    read_before_as,
    reading_of_before,
    remove_day,
    set_day,
)
from office.office import Office
from office.recount import calendar_history, recount_open
from office.settings import Settings
from registry.calendar_days import recounted_version
from registry.engine import Registry
from tests.registry.builders import HOA, LINH, NOW, XUAN, an_office, assigned, bring, later, name

FRIDAY, MONDAY, TUESDAY = dt.date(2012, 1, 6), dt.date(2012, 1, 9), dt.date(2012, 1, 10)
THURSDAY = dt.date(2012, 1, 5)


@pytest.fixture
def office(registry: Registry, tmp_path: Path) -> Office:
    an_office(registry)
    return Office(Settings(home=tmp_path), registry, Store(tmp_path / "kho", reserve_mb=0))


def counted(days: int = 1, kind: DueKind = DueKind.WORKING_DAYS, start: dt.date = THURSDAY) -> DueBasis:
    return DueBasis(kind=kind, start=start, days=days)


def pass_on(office: Office, number: int, *lines: Assignee) -> DocumentId:
    with office.registry.book("hoa", NOW) as book:
        document = bring(book, number, Status.REGISTERED)
        book.record(assigned(document, *lines))
    return document


def one_day(role: Role = Role.LEAD, **more: Any) -> Assignee:
    """Due one working day after Thursday: on Friday."""
    return Assignee(**{"role": role, "person": LINH, "due": FRIDAY, "basis": counted(), **more})


def storm(office: Office, day: dt.date = FRIDAY) -> int:
    return set_day(office, day, kind="off", reason="Nghỉ bão", source="CĐ 1", by="hoa", now=later(minutes=5))


def line(office: Office, document: DocumentId) -> AssignmentRecord:
    with office.view() as view:
        return view.assignments(document)[0]


def told(office: Office, document: DocumentId) -> list[tuple[str, str]]:
    with office.view() as view:
        return [(n.recipient, n.payload["after"]) for n in view.notices_of(document) if n.kind == "recounted"]


def test_a_storm_day_moves_what_was_counted_over_it_and_tells_the_holder_why(office: Office) -> None:
    document = pass_on(office, 1, one_day())
    assert storm(office) == 1
    moved = line(office, document)
    assert moved.due == MONDAY
    assert moved.because[-1].text == (
        "Lịch cơ quan đổi (thứ Sáu 06/01/2012 là ngày nghỉ: Nghỉ bão, CĐ 1): "
        "hạn thứ Sáu 06/01/2012 chuyển thành thứ Hai 09/01/2012."
    )
    assert told(office, document) == [(LINH, "2012-01-09")]
    with office.view() as view:
        event = view.history(document)[-1]
        assert (event.event, event.actor) == ("DeadlinesRecounted", "hoa")
        assert (event.payload["lines"][0]["before"], event.payload["lines"][0]["after"]) == (
            "2012-01-06",
            "2012-01-09",
        )
        assert recounted_version(view) == view.calendar_version() == 1


@pytest.mark.parametrize(
    ("assignee", "due"),
    [
        pytest.param(one_day(basis=counted(0, DueKind.ORDERED, FRIDAY)), FRIDAY, id="a day that was ordered"),
        pytest.param(one_day(basis=None), FRIDAY, id="a day counted from nothing known"),
        pytest.param(
            one_day(due=MONDAY, basis=counted(0, DueKind.DAY, MONDAY)), MONDAY, id="another day named"
        ),
        pytest.param(
            one_day(basis=counted(0, DueKind.DAY, FRIDAY), outer=FRIDAY),
            MONDAY,
            id="the day named is off now",
        ),
        pytest.param(
            one_day(basis=counted(0, DueKind.MEETING, FRIDAY)), THURSDAY, id="ready before the meeting"
        ),
        pytest.param(
            one_day(basis=counted(0, DueKind.STRICT_DAY, dt.date(2012, 1, 7)), outer=MONDAY),
            THURSDAY,
            id="the day before",
        ),
        pytest.param(one_day(basis=counted(1, DueKind.CALENDAR_DAYS)), MONDAY, id="calendar days"),
    ],
)
def test_each_kind_of_day_moves_as_it_was_counted(office: Office, assignee: Assignee, due: dt.date) -> None:
    document = pass_on(office, 1, assignee)
    storm(office)
    assert line(office, document).due == due
    assert bool(told(office, document)) is (due != assignee.due)
    assert line(office, document).outer_due == (assignee.outer and MONDAY)


def test_taking_the_day_out_again_moves_the_deadline_back_and_both_stay_in_the_history(
    office: Office,
) -> None:
    document = pass_on(office, 1, one_day())
    storm(office)
    assert remove_day(office, FRIDAY, reason="Bão tan", by="lan", now=later(minutes=9)) == 1
    assert line(office, document).due == FRIDAY
    assert told(office, document) == [(LINH, "2012-01-09"), (LINH, "2012-01-06")]
    assert [(c.version, c.kind, c.reason, c.changed_by) for c in calendar_history(office)] == [
        (1, "off", "Nghỉ bão", "hoa"),
        (2, None, "Bão tan", "lan"),
    ]
    assert "bỏ ngày ghi riêng: Bão tan" in line(office, document).because[-1].text


def test_a_day_never_entered_cannot_be_taken_out(office: Office) -> None:
    with pytest.raises(NoSuchDay):
        remove_day(office, FRIDAY, reason="?", by="lan", now=NOW)
    assert calendar_history(office) == ()


def test_a_preview_counts_what_would_move_and_records_nothing(office: Office) -> None:
    first, _ = pass_on(office, 1, one_day()), pass_on(office, 2, one_day(basis=None))
    found = preview_day(office, FRIDAY, "off")
    assert (found.moved, found.examples) == (1, ((first, FRIDAY, MONDAY),))
    assert preview_day(office, TUESDAY, "off").moved == 0
    assert preview_day(office, FRIDAY, "half").moved == 0
    assert line(office, first).due == FRIDAY
    storm(office)
    assert preview_day(office, FRIDAY, None).examples == ((first, MONDAY, FRIDAY),)


def test_a_line_nobody_holds_is_told_to_the_clerks(office: Office) -> None:
    document = pass_on(office, 1, one_day(person=None, unit=UnitId("vp")))
    storm(office)
    assert told(office, document) == [(HOA, "2012-01-09")]


def test_each_line_of_a_document_is_told_to_its_own_holder(office: Office) -> None:
    document = pass_on(
        office, 1, one_day(), one_day(Role.SUPPORT, person=XUAN, due=TUESDAY, basis=counted(3))
    )
    storm(office)
    assert sorted(told(office, document)) == [(LINH, "2012-01-09"), (XUAN, "2012-01-11")]


class _Killed(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_cut_off_anywhere_the_sweep_finishes_and_nobody_is_told_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    documents = [pass_on(office, number, one_day()) for number in (1, 2, 3, 4, 5)]
    monkeypatch.setattr(recount, "BATCH", 2)
    count = iter(range(99))
    whole: Callable[..., Any] = recount.recount_lines

    def dying(*given: Any) -> Any:
        if next(count) == after + 1:
            raise _Killed
        return whole(*given)

    monkeypatch.setattr(recount, "recount_lines", dying)
    with pytest.raises(_Killed):
        storm(office)
    monkeypatch.setattr(recount, "recount_lines", whole)
    with office.view() as view:
        is_recorded = bool(view.calendar_days())
        assert recounted_version(view) == 0
    recount_open(office, now=later(minutes=10))
    wanted = MONDAY if is_recorded else FRIDAY
    assert [line(office, one).due for one in documents] == [wanted] * 5
    assert [len(told(office, one)) for one in documents] == [int(is_recorded)] * 5
    assert recount_open(office, now=later(minutes=11)) == 0


def test_nothing_left_to_count_costs_no_transaction(office: Office) -> None:
    pass_on(office, 1, one_day())
    storm(office)
    with office.view() as view:
        before = len(view.history(name(1)))
    assert recount_open(office, now=later(minutes=10)) == 0
    with office.view() as view:
        assert len(view.history(name(1))) == before


def test_what_was_passed_on_under_the_new_calendar_is_left_alone(office: Office) -> None:
    document = pass_on(office, 1, one_day())
    with office.registry.book("hoa", NOW) as book:
        book.record(CalendarDaySet(day=FRIDAY, kind="off", reason="Bão", source="CĐ"))
        book.record(DocumentAssigned(document=document, assignees=(one_day(due=MONDAY),), calendar_version=1))
    assert recount_open(office, now=later(minutes=10)) == 0
    assert told(office, document) == []


def test_the_days_of_a_year_tell_who_entered_them(office: Office) -> None:
    set_day(office, dt.date(2012, 3, 3), kind="half", reason="Trực một cửa", source="QĐ 2", by="hoa", now=NOW)
    storm(office)
    days, warnings = list_days(office, 2012)
    own = {d.day: (d.kind, d.entered_by) for d in days if d.entered_by}
    assert own == {dt.date(2012, 3, 3): ("half", "hoa"), FRIDAY: ("off", "hoa")}
    assert warnings == ()
    assert check_calendar(office, 2025) == ()


def test_how_before_a_day_is_read_is_a_setting(office: Office) -> None:
    assert reading_of_before(office) == "by"
    read_before_as(office, "strict", by="hoa", now=NOW)
    assert reading_of_before(office) == "strict"
    with pytest.raises(ValueError, match="by or strict"):
        read_before_as(office, "maybe", by="hoa", now=NOW)
