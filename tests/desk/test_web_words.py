"""The words of the pages: labels for every value, dates, ages, amounts, and the history told."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.web import showing, told, words
from documents.page import Source
from documents.people import Duty
from documents.reading import FieldName, FieldReading, FieldValue
from documents.status import Status
from tests.desk.fake_office import NAMES, audit
from tests.event_kinds import list_document_kinds, list_kinds


@pytest.mark.parametrize(
    ("table", "values"),
    [
        pytest.param(words.STATUS, set(Status), id="states"),
        pytest.param(words.FIELD, set(FieldName), id="fields"),
        pytest.param(words.SOURCE, set(Source), id="sources"),
        pytest.param(words.DUTY, set(Duty), id="duties"),
    ],
)
def test_every_value_has_its_word(table: dict[object, object], values: set[object]) -> None:
    assert set(table) == values


def test_every_event_of_a_document_can_be_told() -> None:
    known = {kind.__name__ for kind in list_document_kinds()}
    assert known - set(told.TELLERS) == set()
    assert set(told.TELLERS) - {kind.__name__ for kind in list_kinds()} == set()


@pytest.mark.parametrize("event", sorted(told.TELLERS))
def test_a_line_of_an_older_form_is_still_told(event: str) -> None:
    step = told.tell_line(audit(1, event, "hoa", 0, {}), NAMES)
    assert step.who == "Trần Thị Hoa"
    assert step.text


@pytest.mark.parametrize(
    ("event", "actor", "payload", "said"),
    [
        pytest.param(
            "DocumentReceived",
            "intake",
            {"arrival": {"name": "a.pdf"}, "size": 1_248_000},
            "Bộ nhận nhận tệp a.pdf vào kho, 1,2 MB",
            id="received",
        ),
        pytest.param(
            "ArrivalCleared",
            "intake",
            {"moved_to": "/nha/den/loi/a.pdf"},
            "Bộ nhận chuyển tệp từ thư mục nhận sang thư mục loi",
            id="set aside as unreadable",
        ),
        pytest.param(
            "DocumentRead",
            "reader:2",
            {
                "page_count": 4,
                "reading": {
                    "fields": {
                        "number_symbol": {"checked": True},
                        "date": {"checked": False},
                        "recipients": {"checked": False},
                    }
                },
            },
            "Bộ đọc đọc văn bản 4 trang: 1 ô đã kiểm, 1 ô cần người xem",
            id="only routing fields are counted",
        ),
        pytest.param(
            "DoubtsSettled",
            "hoa",
            {"doubts": ["Tệp như gồm hai văn bản."]},
            "Trần Thị Hoa đã xem và giữ nguyên",
            id="doubts settled",
        ),
        pytest.param(
            "DirectionGiven",
            "hoa",
            {"said_by": "linh", "text": "VP p/h"},
            "Trần Thị Hoa ghi ý kiến chỉ đạo của Nguyễn Thị Linh: “VP p/h”",
            id="a direction entered for a leader",
        ),
        pytest.param(
            "NameChosen",
            "hoa",
            {"written": "Đ/c Linh", "chosen": "linh"},
            "Trần Thị Hoa cho biết “Đ/c Linh” là Nguyễn Thị Linh",
            id="who is meant",
        ),
        pytest.param(
            "ReadingLapsed",
            "sweeper",
            {"retry_at": "2012-01-05T03:20:00+00:00"},
            "Bộ nhắc dừng giữa chừng, chưa có gì bị mất; sẽ đọc lại lúc 10:20 05/01/2012",
            id="to be read later",
        ),
        pytest.param(
            "DocumentRegistered",
            "hoa",
            {"number": 31, "year": 2012, "arrival_date": "2012-01-05", "held": [29, 30]},
            "Trần Thị Hoa vào sổ số đến 31/2012, ngày đến 05/01/2012; giữ chỗ số 29, 30",
            id="numbers held back",
        ),
        pytest.param(
            "DocumentAssigned",
            "reader:1",
            {"assignees": [{"role": "lead", "person": None, "unit": "bcxb", "due": None}]},
            "Bộ đọc chuyển Phòng Báo chí – Xuất bản chủ trì",
            id="to a unit, without a deadline",
        ),
        pytest.param(
            "NoticeSent",
            "notifier",
            {"kind": "assigned", "recipient": "linh", "way": "eml"},
            "Bộ gửi gửi thông báo giao việc cho Nguyễn Thị Linh thành tệp .eml trong thư mục thông báo",
            id="written as a file",
        ),
        pytest.param(
            "NoticeFailed",
            "notifier",
            {"retry_at": None},
            "Bộ gửi chưa gửi được thông báo; đã thôi thử",
            id="given up",
        ),
        pytest.param(
            "ReminderDue",
            "sweeper",
            {"recipient": "linh", "due": "2012-01-19"},
            "Bộ nhắc nhắc Nguyễn Thị Linh hạn 19/01/2012",
            id="reminded",
        ),
        pytest.param(
            "AlarmRaised",
            "sweeper",
            {"recipients": ["hoa", "linh"], "step": "unregistered", "limit": "2012-01-06"},
            "Bộ nhắc báo động quá thời hạn vào sổ (hết ngày 06/01/2012) cho Trần Thị Hoa, Nguyễn Thị Linh",
            id="the law's own limit has passed",
        ),
        pytest.param(
            "NoticeWithdrawn",
            "notifier",
            {"kind": "reminder", "recipient": "linh", "cause": "done_meanwhile"},
            "Bộ gửi rút thông báo chưa gửi cho Nguyễn Thị Linh, không còn đúng nữa",
            id="taken back",
        ),
        pytest.param(
            "DeadlinesRecounted",
            "hoa",
            {"lines": [{"before": "2012-01-06", "after": "2012-01-09", "because": [{"text": "Bão."}]}]},
            "Trần Thị Hoa tính lại hạn theo lịch cơ quan: 06/01/2012 thành 09/01/2012",
            id="the calendar moved a deadline",
        ),
        pytest.param(
            "TasksProposed",
            "reader:2",
            {"tasks": [{}, {}]},
            "Bộ đọc đề xuất 2 việc của cơ quan",
            id="our part",
        ),
        pytest.param(
            "TaskTaken",
            "hoa",
            {"task": 2, "holder": "linh", "due": "2012-03-15"},
            "Trần Thị Hoa giao việc số 2 cho Nguyễn Thị Linh, hạn 15/03/2012",
            id="a task with a day",
        ),
        pytest.param(
            "TaskTaken",
            "hoa",
            {"task": 2, "holder": "linh", "recurrence": "FREQ=MONTHLY"},
            "Trần Thị Hoa giao việc số 2 cho Nguyễn Thị Linh, định kỳ",
            id="a task that comes again",
        ),
        pytest.param(
            "TaskDropped",
            "hoa",
            {"task": 2, "reason": "việc của Sở khác"},
            "Trần Thị Hoa bỏ việc số 2: việc của Sở khác",
            id="a task dropped",
        ),
        pytest.param(
            "TaskReported",
            "linh",
            {"task": 2, "occurrence": "2012-01-20"},
            "Nguyễn Thị Linh báo cáo việc số 2 kỳ 20/01/2012",
            id="a day of a task",
        ),
        pytest.param(
            "LineHandedOn",
            "linh",
            {"role": "lead", "to": "linh-vp", "due": "2012-01-09", "direction": "Dự thảo", "behalf": "xuan"},
            "Nguyễn Thị Linh thay Lê Thanh Xuân giao cho Phạm Văn Linh, hạn 09/01/2012: Dự thảo",
            id="in another's place",
        ),
        pytest.param(
            "LineReturned",
            "linh",
            {"role": "support", "to": None, "reason": "Sai phòng"},
            "Nguyễn Thị Linh trả lại phần phối hợp cho văn thư: Sai phòng",
            id="a part that does not lead",
        ),
        pytest.param(
            "LineMoved",
            "sweeper",
            {"role": "lead", "to": "linh", "stands_in_for": "xuan", "reason": "GUQ số 3."},
            "Bộ nhắc chuyển sang Nguyễn Thị Linh (thay Lê Thanh Xuân)",
            id="who stands in",
        ),
        pytest.param(
            "SomethingNew", "ai-do", {}, "ai-do ghi nhận SomethingNew", id="unknown actor and event"
        ),
    ],
)
def test_the_history_is_told_in_plain_sentences(
    event: str, actor: str, payload: dict[str, object], said: str
) -> None:
    step = told.tell_line(audit(1, event, actor, 0, payload), NAMES)
    assert f"{step.who} {step.text}" == said


def test_openings_by_others_in_between_are_told_apart() -> None:
    history = [audit(n, "DocumentOpened", who, 10 - n) for n, who in enumerate(["hoa", "hoa", "linh", "hoa"])]
    assert [(s.who, s.times) for s in told.tell(history, NAMES)] == [
        ("Trần Thị Hoa", 2),
        ("Nguyễn Thị Linh", 1),
        ("Trần Thị Hoa", 1),
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param(dt.date(2012, 1, 5), "05/01/2012", id="a day"),
        pytest.param("2012-01-05", "05/01/2012", id="a day as stored"),
        pytest.param("2012-01-05T08:30:00", "08:30 05/01/2012", id="a meeting in civil time"),
        pytest.param(
            dt.datetime(2011, 12, 31, 18, 0, tzinfo=dt.UTC), "01/01/2012", id="already new year here"
        ),
        pytest.param("ngày 5 tháng 1", "ngày 5 tháng 1", id="as printed"),
        pytest.param("29", "29", id="a number is no date"),
        pytest.param(None, "", id="none"),
    ],
)
def test_days_are_shown_day_first(value: dt.date | str | None, shown: str) -> None:
    assert words.day(value) == shown


@pytest.mark.parametrize(
    ("count", "shown", "tone"),
    [
        (None, "", "calm"),
        (0, "hạn hôm nay", "ask"),
        (2, "còn 2 ngày làm việc", "ask"),
        (3, "còn 3 ngày làm việc", "calm"),
        (-1, "trễ 1 ngày làm việc", "bad"),
    ],
)
def test_deadlines_are_said_in_working_days(count: int | None, shown: str, tone: str) -> None:
    assert (words.days_left(count), words.urgency_of(count)) == (shown, tone)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (5, "vài giây"),
        (60, "1 phút"),
        (3_599, "59 phút"),
        (3_600, "1 giờ"),
        (86_400, "1 ngày"),
        (-5, "vài giây"),
    ],
)
def test_ages_are_said_in_one_unit(seconds: int, shown: str) -> None:
    assert words.span(dt.timedelta(seconds=seconds)) == shown


@pytest.mark.parametrize(
    ("count", "shown"), [(640, "640 B"), (84_000, "84 KB"), (999_999, "999 KB"), (1_248_000, "1,2 MB")]
)
def test_sizes_are_written_with_a_comma(count: int, shown: str) -> None:
    assert words.size(count) == shown


def test_amounts_are_grouped_with_points() -> None:
    assert words.amount(1_234_567) == "1.234.567"


@given(st.text())
def test_no_hidden_character_survives(text: str) -> None:
    assert all(c.isprintable() or c.isspace() for c in words.visible(text))


@given(st.text(alphabet="aăâđêôơưẾỘ 123/-.,“”\n\t"))
def test_vietnamese_text_is_shown_as_it_is(text: str) -> None:
    assert words.visible(text) == text


@pytest.mark.parametrize(
    ("reading", "sign"),
    [
        pytest.param(
            FieldReading(name=FieldName.DATE, value="2012-01-03", checked=True), showing.CHECKED, id="⚡"
        ),
        pytest.param(
            FieldReading(name=FieldName.DATE, value="2012-01-03", checked=True, source=Source.PERSON),
            showing.CONFIRMED,
            id="✓ a person's word outranks the machine's check",
        ),
        pytest.param(
            FieldReading(name=FieldName.DATE, value="2012-01-03", reason="?"), showing.DOUBTFUL, id="●"
        ),
        pytest.param(FieldReading(name=FieldName.DATE, reason="?"), showing.LACKING, id="⚑"),
        pytest.param(
            FieldReading(name=FieldName.URGENCY), showing.LACKING, id="a routing field nobody checked"
        ),
        pytest.param(
            FieldReading(name=FieldName.SIGNER_NAME, value="A"),
            showing.UNCHECKED,
            id="read, not checked, no doubt",
        ),
        pytest.param(
            FieldReading(name=FieldName.MEETING_TIME), showing.ABSENT, id="not on the paper, need not be"
        ),
        pytest.param(
            FieldReading(name=FieldName.SECRECY, checked=True), showing.CHECKED, id="checked to be none"
        ),
    ],
)
def test_signs_come_from_checks_and_people(reading: FieldReading, sign: words.Label) -> None:
    assert showing.sign_of(reading) == sign


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(None, "", id="none"),
        pytest.param("2012-01-03", "03/01/2012", id="a date is typed day first"),
        pytest.param(["A", "B"], "A\nB", id="a list is typed one a line"),
        pytest.param(
            [{"phrase": "trước ngày 15/02", "date": "2012-02-14"}], "trước ngày 15/02 (14/02/2012)", id="due"
        ),
        pytest.param([{"phrase": "hằng quý", "recurrence": None}], "hằng quý", id="a duty without a day"),
    ],
)
def test_values_are_shown_as_people_type_them(value: FieldValue, text: str) -> None:
    assert showing.text_of(value) == text


@pytest.mark.parametrize(
    ("name", "since_s", "said"),
    [
        pytest.param("processor", 20, ("Đọc văn bản", "Đang chạy"), id="beats"),
        pytest.param("intake", 91, ("Nhận tệp", "Im lặng"), id="silent for more than a few beats"),
        pytest.param("khac", 90, ("khac", "Đang chạy"), id="a process of another version"),
        pytest.param("sweep:stuck", 1_700, ("Lượt gỡ văn bản kẹt", "Đang chạy"), id="speaks twice an hour"),
        pytest.param("sweep:stuck", 1_801, ("Lượt gỡ văn bản kẹt", "Im lặng"), id="missed its turn"),
        pytest.param("sweep:deadlines", 80_000, ("Lượt nhắc hạn", "Đang chạy"), id="speaks once a day"),
    ],
)
def test_a_process_is_named_and_judged_by_its_beat(name: str, since_s: int, said: tuple[str, str]) -> None:
    assert (words.process(name), words.liveliness(name, dt.timedelta(seconds=since_s)).word) == said
