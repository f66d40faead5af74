"""The tasks of this office out of a long document: proposed once, taken, dropped, reported, and when they are due."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from documents.errors import (
    DueTooEarly,
    NoSuchDayOfTask,
    NoSuchTask,
    NotAllowed,
    RuleNotUnderstood,
    TaskWithoutTime,
    UnknownRecipient,
)
from documents.events import DocumentSealed
from documents.page import Box
from documents.people import Duty, Officer, PersonId
from documents.reading import FieldName, FieldReading, Reading
from documents.status import DocumentId, Status
from documents.tasks import TaskNumber, TaskRole, TaskState
from gateways.store import Store
from office.diary import set_day
from office.lines import WordsMissing
from office.office import Office
from office.queries import open_view
from office.settings import Settings
from office.tasks import (
    drop_task,
    open_occurrences,
    propose_tasks,
    report_task,
    take_task,
    task_json,
    tasks_of,
)
from registry.engine import Registry
from tests.journeys.working import drop, take_in, work_one
from tests.offices import MORNING
from tests.offices import an_office as an_office_of_people
from tests.recorded_reader import RecordedReader, stub_file
from tests.registry.builders import HOA, LINH, NOW, XUAN, an_office, bring, later, name

ONE = TaskNumber(1)
TODAY = dt.date(2012, 1, 5)
MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=20"
CHIEF = Officer(id=XUAN, name="Lê Thanh Xuân", duty=Duty.UNIT_HEAD)
OFFICER = Officer(id=LINH, name="Nguyễn Thị Linh", duty=Duty.OFFICER)


def duty(text: str, **more: str | None) -> dict[str, str | None]:
    return {
        "heading": "1. Sở Thông tin và Truyền thông",
        "text": text,
        "role": "lead",
        "partners": "Sở Ngoại vụ; Công an tỉnh",
        "phrase": None,
        "page": "3",
        "box": "0.1 0.2 0.9 0.3",
        **more,
    }


MEETING = duty(
    "Tổ chức hội nghị giao ban", phrase="06 tháng 01 lần", recurrence="FREQ=MONTHLY;INTERVAL=6", ask="day"
)
REPORT = duty("Báo cáo kết quả", phrase="trước ngày 15/3/2012", date="2012-03-15")


@pytest.fixture
def office(registry: Registry, tmp_path: Path) -> Office:
    an_office(registry)
    with registry.book("test", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
    return Office(Settings(home=tmp_path), registry, Store(tmp_path / "kho", reserve_mb=0))


def propose(office: Office, *rows: dict[str, str | None]) -> DocumentId:
    field = FieldReading(name=FieldName.OUR_PART, value=list(rows) or None)
    with office.registry.book("p1", NOW) as book:
        propose_tasks(book, name(1), Reading({FieldName.OUR_PART: field}))
    return name(1)


def states(office: Office) -> list[tuple[int, str]]:
    with office.view() as view:
        return [(task.number, task.state.value) for task in tasks_of(view, name(1))]


def take(office: Office, task: TaskNumber = ONE, **more: Any) -> None:
    facts: dict[str, Any] = {"holder": LINH, "due": None, "recurrence": MONTHLY, "by": CHIEF, "now": NOW}
    take_task(office, name(1), task, **{**facts, **more})


@pytest.mark.parametrize(
    ("counted", "due"),
    [
        pytest.param(
            {"days": "10", "unit": "working_days", "from": "receipt"}, "2012-01-19", id="from receipt"
        ),
        pytest.param(
            {"days": "5", "unit": "days", "from": "issue"}, None, id="from a day of issue nobody knows"
        ),
        pytest.param({"days": "9999", "unit": "days", "from": "receipt"}, None, id="too far"),
    ],
)
def test_days_that_a_duty_counts_are_counted(
    office: Office, counted: dict[str, str], due: str | None
) -> None:
    propose(office, duty("Báo cáo", phrase="trong 10 ngày làm việc kể từ ngày nhận", **counted))
    with office.view() as view:
        (one,) = tasks_of(view, name(1))
    assert (one.due.isoformat() if one.due else None) == due
    assert one.proposed.phrase


def test_what_was_cut_out_is_proposed_with_its_place(office: Office) -> None:
    propose(office, MEETING, REPORT)
    with office.view() as view:
        first, second = tasks_of(view, name(1))
    assert (first.number, first.state, first.recurrence, first.due) == (
        1,
        TaskState.PROPOSED,
        "FREQ=MONTHLY;INTERVAL=6",
        None,
    )
    assert (second.number, second.due, second.recurrence) == (2, dt.date(2012, 3, 15), None)
    assert first.proposed.partners == ("Sở Ngoại vụ", "Công an tỉnh")
    assert (first.proposed.page, first.proposed.box, first.proposed.role) == (
        3,
        Box(0.1, 0.2, 0.9, 0.3),
        TaskRole.LEAD,
    )
    assert task_json(first)["ask"] == "day"


def test_no_words_of_the_document_reach_the_audit(office: Office) -> None:
    document = propose(office, MEETING)
    with office.view() as view:
        (line,) = [one for one in view.history(document) if one.event == "TasksProposed"]
    assert line.payload["tasks"][0]["phrase"] == "06 tháng 01 lần"
    assert "giao ban" not in str(line.payload)
    assert "Ngoại vụ" not in str(line.payload)


def test_a_paper_without_a_part_of_ours_records_nothing(office: Office) -> None:
    document = propose(office)
    with office.view() as view:
        assert all(line.event != "TasksProposed" for line in view.history(document))


@pytest.mark.parametrize(("doc_type", "proposed"), [("Công văn", 1), ("Kế hoạch", 0), (None, 0)])
def test_of_a_letter_the_duties_that_come_again_are_proposed(
    office: Office, doc_type: str | None, proposed: int
) -> None:
    rows: list[dict[str, str | None]] = [
        {"phrase": "trước ngày 20 hằng tháng", "recurrence": MONTHLY},
        {"phrase": "trước ngày 15/3/2012", "date": "2012-03-15"},
    ]
    fields = (
        FieldReading(name=FieldName.DEADLINES, value=rows),
        FieldReading(name=FieldName.DOC_TYPE, value=doc_type),
    )
    with office.registry.book("p1", NOW) as book:
        propose_tasks(book, name(1), Reading({one.name: one for one in fields}))
    with office.view() as view:
        tasks = tasks_of(view, name(1))
    assert [(t.proposed.words, t.recurrence) for t in tasks] == [
        ("trước ngày 20 hằng tháng", MONTHLY)
    ] * proposed


def test_read_again_what_people_touched_stays_and_the_rest_follows_the_paper(office: Office) -> None:
    propose(office, MEETING, REPORT, duty("Kiểm tra"))
    take(office)
    propose(office, duty("TỔ CHỨC HỘI NGHỊ GIAO BAN"), duty("Tuyên truyền"), REPORT)
    assert states(office) == [(1, "taken"), (2, "proposed"), (4, "proposed")]
    propose(office, duty("Kiểm tra"))
    assert states(office) == [(1, "taken"), (3, "proposed")]
    propose(office)
    assert states(office) == [(1, "taken")]


def test_whoever_gets_a_task_is_told(office: Office) -> None:
    document = propose(office, MEETING)
    take(office)
    take(office, holder=XUAN, due=dt.date(2012, 2, 1), recurrence=None)
    with office.view() as view:
        told = [
            (n.recipient, n.payload["due"], n.payload["recurrence"])
            for n in view.notices_of(document)
            if n.kind == "task"
        ]
        (task,) = tasks_of(view, document)
    assert told == [(LINH, None, MONTHLY), (XUAN, "2012-02-01", None)]
    assert (task.holder, task.holder_name, task.due, task.recurrence) == (
        XUAN,
        "Lê Thanh Xuân",
        dt.date(2012, 2, 1),
        None,
    )


@pytest.mark.parametrize(
    ("given", "error"),
    [
        pytest.param({"recurrence": None}, TaskWithoutTime, id="no time"),
        pytest.param({"due": dt.date(2012, 2, 1)}, TaskWithoutTime, id="a day and a rule"),
        pytest.param({"due": dt.date(2012, 1, 4), "recurrence": None}, DueTooEarly, id="a day that is past"),
        pytest.param({"recurrence": "hằng tháng"}, RuleNotUnderstood, id="words for a rule"),
        pytest.param({"holder": PersonId("ai")}, UnknownRecipient, id="nobody known"),
        pytest.param({"by": OFFICER, "holder": XUAN}, NotAllowed, id="an officer gives it to another"),
        pytest.param({"task": TaskNumber(7)}, NoSuchTask, id="no such task"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_written(
    office: Office, given: dict[str, Any], error: type[Exception]
) -> None:
    propose(office, MEETING)
    with pytest.raises(error):
        take(office, **given)
    assert states(office) == [(1, "proposed")]


def test_an_officer_takes_a_task_and_reports_on_it_but_drops_none(office: Office) -> None:
    document = propose(office, REPORT, MEETING)
    take(office, by=OFFICER, due=dt.date(2012, 3, 15), recurrence=None)
    with pytest.raises(NotAllowed):
        drop_task(office, document, TaskNumber(2), reason="?", by=OFFICER, now=NOW)
    with pytest.raises(NotAllowed):
        report_task(office, document, TaskNumber(2), day=None, by=OFFICER, now=NOW)
    report_task(office, document, ONE, day=None, by=OFFICER, now=NOW)
    assert states(office) == [(1, "done"), (2, "proposed")]
    with pytest.raises(NoSuchTask):
        take(office)


def test_nobody_takes_a_task_out_of_anothers_hands(office: Office) -> None:
    document = propose(office, MEETING)
    take(office, holder=XUAN)
    with pytest.raises(NotAllowed):
        take(office, by=OFFICER)
    with office.view() as view:
        (task,) = tasks_of(view, document)
    assert task.holder == XUAN


def test_a_report_on_a_day_that_the_rule_does_not_have_is_refused(office: Office) -> None:
    document = propose(office, MEETING)
    take(office)
    for day in (dt.date(2012, 1, 21), dt.date(2011, 12, 20)):
        with pytest.raises(NoSuchDayOfTask):
            report_task(office, document, ONE, day=day, by=OFFICER, now=NOW)
    assert due_until(office, "2012-01-31") == [("2012-01-20", "2012-01-20")]


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b"])
def test_a_task_is_dropped_with_a_reason_only(reason: str, office: Office) -> None:
    document = propose(office, REPORT)
    with pytest.raises(WordsMissing):
        drop_task(office, document, ONE, reason=reason, by=CHIEF, now=NOW)
    assert states(office) == [(1, "proposed")]


def test_days_nobody_reported_on_go_along_into_another_hand(office: Office) -> None:
    propose(office, MEETING)
    take(office)
    take(office, holder=XUAN, now=NOW + dt.timedelta(30))
    assert due_until(office, "2012-02-20") == [("2012-01-20", "2012-01-20"), ("2012-02-20", "2012-02-20")]


def test_a_dropped_task_keeps_its_reason_and_may_be_taken_after_all(office: Office) -> None:
    document = propose(office, REPORT)
    drop_task(office, document, ONE, reason="Việc của Văn phòng UBND", by=CHIEF, now=NOW)
    with office.view() as view:
        (task,) = tasks_of(view, document)
    assert (task.state, task.reason) == (TaskState.DROPPED, "Việc của Văn phòng UBND")
    propose(office, REPORT)
    assert states(office) == [(1, "dropped")]
    take(office, by=None)
    assert states(office) == [(1, "taken")]


def due_until(office: Office, until: str) -> list[tuple[str, str]]:
    with office.view() as view:
        found = open_occurrences(view, dt.date.fromisoformat(until))
    return [(one.day.isoformat(), one.due.isoformat()) for one in found]


def test_a_task_that_comes_again_is_due_until_each_of_its_days_is_reported_on(office: Office) -> None:
    document = propose(office, MEETING)
    take(office)
    assert due_until(office, "2012-01-19") == []
    assert due_until(office, "2012-03-31") == [
        ("2012-01-20", "2012-01-20"),
        ("2012-02-20", "2012-02-20"),
        ("2012-03-20", "2012-03-20"),
    ]
    report_task(office, document, ONE, day=dt.date(2012, 2, 20), by=OFFICER, now=NOW)
    assert due_until(office, "2012-03-31") == [("2012-01-20", "2012-01-20"), ("2012-03-20", "2012-03-20")]
    assert due_until(office, "2012-05-25")[-1] == ("2012-05-20", "2012-05-21")


def test_a_storm_moves_the_due_day_and_what_was_reported_stays_reported(office: Office) -> None:
    document = propose(office, MEETING)
    take(office)
    report_task(office, document, ONE, day=dt.date(2012, 2, 20), by=None, now=NOW)
    for day in (dt.date(2012, 2, 20), dt.date(2012, 3, 20)):
        set_day(office, day, kind="off", reason="Bão", source="CĐ", by=HOA, now=later(minutes=1))
    assert due_until(office, "2012-03-31") == [("2012-01-20", "2012-01-20"), ("2012-03-20", "2012-03-21")]


def test_a_task_with_a_day_is_due_once_and_the_most_pressing_comes_first(office: Office) -> None:
    propose(office, REPORT, MEETING)
    take(office, due=dt.date(2012, 3, 10), recurrence=None)
    take(office, TaskNumber(2))
    assert due_until(office, "2012-03-11") == [("2012-01-20", "2012-01-20"), ("2012-02-20", "2012-02-20")]
    assert due_until(office, "2012-03-12")[-1] == ("2012-03-10", "2012-03-12")


def test_another_rule_forgets_what_was_reported_by_the_first(office: Office) -> None:
    document = propose(office, MEETING)
    take(office)
    report_task(office, document, ONE, day=dt.date(2012, 1, 20), by=None, now=NOW)
    take(office, holder=XUAN)
    assert due_until(office, "2012-01-31") == []
    take(office, recurrence="FREQ=WEEKLY;BYDAY=FR")
    assert due_until(office, "2012-01-13") == [("2012-01-06", "2012-01-06"), ("2012-01-13", "2012-01-13")]


def test_of_a_sealed_document_no_task_stays(office: Office) -> None:
    document = propose(office, MEETING)
    take(office)
    with office.registry.book(HOA, NOW) as book:
        book.record(DocumentSealed(document=document, attempt=None))
    assert states(office) == []
    assert due_until(office, "2012-12-31") == []


def test_the_whole_document_read_proposes_its_duties_once_however_often_it_is_read(tmp_path: Path) -> None:
    with an_office_of_people(tmp_path) as without:
        office = replace(without, settings=without.settings.model_copy(update={"full_lane": True}))
        reader = RecordedReader()
        drop(office, "ke_hoach.pdf", stub_file(1, our_part=[MEETING, REPORT]))
        take_in(office, reader)
        later_on = MORNING + dt.timedelta(minutes=1)
        document = work_one(office, reader, "head", later_on).id
        with office.view() as view:
            assert tasks_of(view, document) == ()
        work_one(office, reader, "full", later_on)
        with office.view() as view:
            tasks = tasks_of(view, document)
            assert [(t.proposed.words, t.state) for t in tasks] == [
                ("Tổ chức hội nghị giao ban", TaskState.PROPOSED),
                ("Báo cáo kết quả", TaskState.PROPOSED),
            ]
            kept = str([line.payload for line in view.history(document)])
            assert "giao ban" not in kept
            shown = open_view(view, view.document(document), now=later_on)
        assert shown.tasks == tasks
