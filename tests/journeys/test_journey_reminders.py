"""Deadlines watched from end to end: sweeps, the morning's digest through real SMTP, alarms, kills between."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from documents.decisions import Assignee, Role
from documents.events import CalendarDaySet, PersonSaved, PreferencesSet
from documents.lines import LineState
from documents.notices import Preferences
from documents.people import Duty, Officer, PersonId, UnitId
from documents.status import DocumentId, Status
from documents.task_events import TaskReported, TasksProposed, TaskTaken
from documents.tasks import ProposedTask, TaskNumber, TaskRole
from office.notify import Delivered, deliver_waiting
from office.office import CIVIL_TIME, Office, local_day, working_calendar
from office.remind import watch_deadlines
from tests.journeys.postbox import Postbox, a_postbox, plain
from tests.offices import MORNING, an_office
from tests.registry.builders import HOA, LINH, XUAN, assigned, bring, lead, name, registered

DUE = dt.date(2012, 1, 17)
"""Tuesday of the week before Tết."""


ONE = TaskNumber(1)


def at(day: str | dt.date, hour: int = 7, minute: int = 30) -> dt.datetime:
    date = day if isinstance(day, dt.date) else dt.date.fromisoformat(day)
    return dt.datetime.combine(date, dt.time(hour, minute), tzinfo=CIVIL_TIME)


@pytest.fixture
def post() -> Iterator[tuple[Postbox, int]]:
    with a_postbox() as box:
        yield box


@pytest.fixture
def office(tmp_path: Path, post: tuple[Postbox, int]) -> Iterator[Office]:
    with an_office(
        tmp_path, smtp_host="127.0.0.1", smtp_port=post[1], base_url="http://congvan.local"
    ) as office:
        yield office


@pytest.fixture
def box(post: tuple[Postbox, int]) -> Postbox:
    return post[0]


def pass_on(office: Office, number: int, *lines: Assignee, **values: str) -> DocumentId:
    """Paper `number`, entered and passed on in the morning of 5 January."""
    with office.registry.book("test", MORNING) as book:
        bring(book, number, Status.REGISTERED, number_symbol=f"{number:02}/KH-UBND", **values)
        book.record(assigned(name(number), *(lines or (lead(LINH, DUE),))))
    return name(number)


def look(office: Office, moment: dt.datetime) -> Delivered:
    """A sweep, and a round of sending, at one moment."""
    watch_deadlines(office, now=moment)
    return deliver_waiting(office, clock=lambda: moment)


def sweep(office: Office, moment: dt.datetime, box: Postbox) -> list[tuple[str, str]]:
    """Recipient and subject of what a look at that moment sends."""
    before = len(box.messages)
    look(office, moment)
    return [(to[0].partition("@")[0], str(m["Subject"])) for to, m in box.messages[before:]]


# ── the morning ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_mornings_reminders_are_one_letter_to_each(office: Office, box: Postbox) -> None:
    for number in (1, 2, 3):
        pass_on(office, number, subject=f"Về việc số {number}")
    look(office, at("2012-01-05", 9))
    box.messages.clear()
    watch_deadlines(office, now=at("2012-01-12", 7, 3))
    assert deliver_waiting(office, clock=lambda: at("2012-01-12", 7, 29)) == Delivered(0, 0)
    assert deliver_waiting(office, clock=lambda: at("2012-01-12")) == Delivered(3, 0)
    (letter,) = box.to("linh")
    assert len(box.messages) == 1
    assert letter["Subject"] == "Việc sáng nay, 12/01/2012: 3 văn bản"
    told = plain(letter)
    for number in (1, 2, 3):
        assert f"{number:02}/KH-UBND – Về việc số {number}" in told
        assert f"http://congvan.local/van-ban/{name(number)}" in told
    assert "còn 5 ngày" in told
    calendar = next(p for p in letter.walk() if p.get_content_type() == "text/calendar")
    tasks = Calendar.from_ical(calendar.get_content()).walk("VTODO")
    assert [task["DUE"].dt for task in tasks] == [DUE] * 3
    assert len({str(task["UID"]) for task in tasks}) == 3


def test_it_climbs_to_the_head_and_then_to_the_leaders(office: Office, box: Postbox) -> None:
    with office.registry.book("test", MORNING) as book:
        book.record(
            PersonSaved(
                person=Officer(id=PersonId("giamdoc"), name="Lê Văn Giám", duty=Duty.LEADER, email="gd@so.example")
            )
        )  # fmt: skip
    pass_on(office, 1)
    look(office, at("2012-01-05", 9))
    days = ["2012-01-12", "2012-01-13", "2012-01-17", "2012-01-18", "2012-01-19", "2012-01-20"]
    said = {day: sorted(to for to, _ in sweep(office, at(day), box)) for day in days}
    assert said == {
        "2012-01-12": ["linh"],
        "2012-01-13": [],
        "2012-01-17": ["linh"],
        "2012-01-18": ["linh", "thanhxuan"],
        "2012-01-19": [],
        "2012-01-20": ["gd", "linh", "thanhxuan"],
    }
    (letter, _) = box.to("thanhxuan")
    assert str(letter["Subject"]).startswith("Đôn đốc, đã quá 1 ngày: 01/KH-UBND")
    assert "do Nguyễn Thị Linh giữ" in plain(letter)
    assert not [p for p in letter.walk() if p.get_content_type() == "text/calendar"], (
        "not the head's own task"
    )


def test_urgent_documents_are_told_at_once_and_singly(office: Office, box: Postbox) -> None:
    pass_on(office, 1)
    pass_on(office, 2, urgency="Khẩn")
    pass_on(office, 3, urgency="Khẩn")
    look(office, at("2012-01-05", 9))
    said = sweep(office, at("2012-01-17", 7, 3), box)
    assert [(to, subject[:6]) for to, subject in said] == [("linh", "[KHẨN]")] * 2
    assert [to for to, _ in sweep(office, at("2012-01-17"), box)] == ["linh"]


def test_nobody_is_reminded_on_a_day_off_whatever_was_left_over(office: Office, box: Postbox) -> None:
    pass_on(office, 1)
    look(office, at("2012-01-05", 9))
    watch_deadlines(office, now=at("2012-01-12"))
    with office.registry.book("test", MORNING) as book:
        for day in ("2012-01-12", "2012-01-13"):
            storm = dt.date.fromisoformat(day)
            book.record(CalendarDaySet(day=storm, kind="off", reason="Nghỉ bão", source=""))
    box.messages.clear()
    for day in ("2012-01-12", "2012-01-13", "2012-01-14", "2012-01-15"):
        assert sweep(office, at(day, 10), box) == []
    assert len(sweep(office, at("2012-01-16", 10), box)) == 1


def test_two_lines_of_one_document_do_not_swallow_each_others_reminders(office: Office, box: Postbox) -> None:
    support = Assignee(role=Role.SUPPORT, unit=UnitId("bcxb"), due=DUE)
    pass_on(office, 1, lead(XUAN, DUE), support, Assignee(role=Role.INFORM, person=HOA))
    look(office, at("2012-01-05", 9))
    box.messages.clear()
    (said,) = sweep(office, at("2012-01-17"), box)
    assert said == ("thanhxuan", "Việc sáng nay, 17/01/2012: 2 văn bản")
    assert "chủ trì" in plain(box.messages[0][1])
    assert "phối hợp" in plain(box.messages[0][1])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("done", id="finished"),
        pytest.param("given to another", id="somebody else holds it"),
        pytest.param("more time", id="the day has moved"),
    ],
)
def test_a_reminder_dies_when_it_is_no_longer_true(change: str, office: Office, box: Postbox) -> None:
    document = pass_on(office, 1)
    look(office, at("2012-01-05", 9))
    box.messages.clear()
    watch_deadlines(office, now=at("2012-01-12", 7, 3))
    if change == "done":
        with office.registry.writing() as session:
            session.execute(sa.text("UPDATE assignments SET state = :done"), {"done": LineState.DONE.value})
    else:
        line = lead(LINH, DUE + dt.timedelta(14)) if change == "more time" else lead(XUAN, DUE)
        with office.registry.book("hoa", at("2012-01-12", 7, 10)) as book:
            book.record(assigned(document, line))
    deliver_waiting(office, clock=lambda: at("2012-01-12"))
    assert not [m for _, m in box.messages if str(m["Subject"]).startswith("Nhắc việc")]
    with office.view() as view:
        events = [line.event for line in view.history(document)]
        assert not [n for n in view.notices_of(document) if n.kind == "reminder"]
    assert events.count("NoticeWithdrawn") == 1


def test_of_a_restricted_document_only_the_number_leaves(office: Office, box: Postbox) -> None:
    for number in (1, 2):
        pass_on(office, number, subject="Bố trí lực lượng", secrecy="Mật", issuer="Công an tỉnh")
    look(office, at("2012-01-05", 9))
    look(office, at("2012-01-17"))
    assert len(box.to("linh")) == 3, "two singly, one digest"
    for message in box.to("linh"):
        wire = " ".join(str(part.get_content()) for part in message.walk() if not part.is_multipart()) + str(
            message["Subject"]
        )
        assert "1/2012" in wire
        for kept in ("Bố trí", "Công an", "KH-UBND", "quet_001"):
            assert kept not in wire


# ── tasks ────────────────────────────────────────────────────────────────────────────────────────────────


def give_task(office: Office, document: DocumentId, **when: Any) -> None:
    proposed = ProposedTask(heading="", words="Báo cáo kết quả", role=TaskRole.LEAD)
    with office.registry.book("p1", MORNING) as book:
        book.record(TasksProposed(document=document, tasks=(proposed,)))
        book.record(
            TaskTaken(document=document, task=ONE, holder=LINH, since=dt.date(2012, 1, 5), **when)
        )  # fmt: skip


def test_every_day_of_a_task_that_comes_again_climbs_the_ladder(office: Office, box: Postbox) -> None:
    document = pass_on(office, 1, lead(XUAN, dt.date(2012, 3, 30)), urgency="Khẩn")
    give_task(office, document, recurrence="FREQ=MONTHLY;BYMONTHDAY=11")
    look(office, at("2012-01-05", 9))
    days = ["2012-01-06", "2012-01-09", "2012-01-11", "2012-01-12", "2012-02-08", "2012-02-13", "2012-02-14"]
    said = {day: sorted(to for to, _ in sweep(office, at(day), box)) for day in days}
    assert said == {
        "2012-01-06": ["linh"],
        "2012-01-09": [],
        "2012-01-11": ["linh"],
        "2012-01-12": ["linh", "thanhxuan"],
        "2012-02-08": ["hoa", "linh", "thanhxuan"],
        "2012-02-13": ["linh"],
        "2012-02-14": ["linh", "thanhxuan"],
    }
    told = plain(box.to("linh")[2])
    assert "Ông/Bà giữ một việc nêu trong văn bản" in told
    assert "kỳ ngày 11/01/2012" in told
    assert "do Nguyễn Thị Linh giữ" in plain(box.to("thanhxuan")[1])
    tasks = [task for letter in box.to("linh")[1:] for task in todos(letter)]
    assert len({str(task["UID"]) for task in tasks}) == 2, "one entry for each day of the rule"


def test_a_daily_duty_is_not_told_days_ahead(office: Office, box: Postbox) -> None:
    give_task(office, pass_on(office, 1, lead(XUAN, None)), recurrence="FREQ=DAILY")
    look(office, at("2012-01-05", 9))
    with office.registry.book("linh", at("2012-01-05", 10)) as book:
        book.record(TaskReported(document=name(1), task=ONE, occurrence=dt.date(2012, 1, 5)))
    assert [to for to, _ in sweep(office, at("2012-01-06"), box)] == ["linh"]
    assert "kỳ ngày 06/01/2012" in plain(box.to("linh")[-1])


@pytest.mark.parametrize("change", ["reported", "taken by another"])
def test_a_tasks_reminder_dies_when_it_is_no_longer_true(change: str, office: Office, box: Postbox) -> None:
    document = pass_on(office, 1, lead(XUAN, dt.date(2012, 3, 30)))
    give_task(office, document, due=DUE)
    look(office, at("2012-01-05", 9))
    box.messages.clear()
    watch_deadlines(office, now=at("2012-01-12", 7, 3))
    event = (
        TaskReported(document=document, task=ONE)
        if change == "reported"
        else TaskTaken(document=document, task=ONE, holder=HOA, since=dt.date(2012, 1, 12), due=DUE)
    )
    with office.registry.book("test", at("2012-01-12", 7, 10)) as book:
        book.record(event)
    deliver_waiting(office, clock=lambda: at("2012-01-12"))
    assert box.to("linh") == []


def todos(letter: EmailMessage) -> list[Any]:
    """The tasks that come along with a letter."""
    files = [part.get_content() for part in letter.walk() if part.get_content_type() == "text/calendar"]
    return [task for one in files for task in Calendar.from_ical(one).walk("VTODO")]


# ── after the morning ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("due", "had_one", "told"),
    [
        pytest.param("2012-01-17", True, ["2012-01-13"], id="a second letter waits for the next morning"),
        pytest.param("2012-01-12", True, ["2012-01-12", "2012-01-13"], id="unless the day is today"),
        pytest.param("2012-01-17", False, ["2012-01-12"], id="the morning's letter, late"),
    ],
)
def test_what_is_found_after_the_morning_is_no_second_letter(
    due: str, had_one: bool, told: list[str], office: Office, box: Postbox
) -> None:
    if had_one:
        pass_on(office, 1)
    look(office, at("2012-01-05", 9))
    look(office, at("2012-01-12"))
    box.messages.clear()
    pass_on(office, 2, lead(LINH, dt.date.fromisoformat(due)))
    with office.registry.writing() as session:
        session.execute(sa.text("UPDATE notices SET state = 'sent' WHERE kind = 'assigned'"))
    days = ["2012-01-12", "2012-01-13"]
    said = [
        day
        for day in days
        for hour in (10, 15)
        if any(to == "linh" for to, _ in sweep(office, at(day, hour), box))
    ]
    assert said == told


# ── each person's ways ───────────────────────────────────────────────────────────────────────────────────


def test_a_person_chooses_the_hour_and_what_is_mailed(office: Office, box: Postbox) -> None:
    with office.registry.book("linh", MORNING) as book:
        book.record(
            PreferencesSet(person=LINH, preferences=Preferences(digest_at=dt.time(8, 15), calendar=False))
        )
        book.record(
            PreferencesSet(person=XUAN, preferences=Preferences(muted=("reminder", "assigned")))
        )  # fmt: skip
    pass_on(office, 1)
    pass_on(office, 2, lead(XUAN, DUE))
    assert sorted(to for to, _ in sweep(office, at("2012-01-05", 9), box)) == [
        "hoa",
        "hoa",
        "linh",
        "thanhxuan",
    ]
    assert sweep(office, at("2012-01-12"), box) == []
    assert [to for to, _ in sweep(office, at("2012-01-12", 8, 15), box)] == ["linh"]
    assert not [p for m in box.to("linh") for p in m.walk() if p.get_content_type() == "text/calendar"]
    with office.view() as view:
        ways = [line.payload["way"] for line in view.history(name(2)) if line.event == "NoticeSent"]
    assert sorted(ways) == ["inbox", "smtp", "smtp"], "new work is mailed whatever is chosen"


def test_more_than_twenty_waiting_are_one_letter(office: Office, box: Postbox) -> None:
    for number in range(1, 24):
        pass_on(office, number)
    look(office, at("2012-01-05", 9))
    (letter,) = box.to("linh")
    assert letter["Subject"] == "Văn bản đến, 05/01/2012: 23 tin"
    assert plain(letter).count("Giao chủ trì") == 23


# ── kills ────────────────────────────────────────────────────────────────────────────────────────────────


def digests_of(box: Postbox) -> list[EmailMessage]:
    return [m for _, m in box.messages if "Việc sáng nay" in str(m["Subject"])]


class PowerCut(Exception):
    """The notifier died."""


def test_killed_between_sending_and_noting_the_same_digest_leaves_again(office: Office, box: Postbox) -> None:
    for number in (1, 2):
        pass_on(office, number)
    look(office, at("2012-01-05", 9))
    box.messages.clear()
    watch_deadlines(office, now=at("2012-01-17", 7, 3))

    def dying_clock() -> dt.datetime:
        if box.messages:
            raise PowerCut
        return at("2012-01-17")

    with pytest.raises(PowerCut):
        deliver_waiting(office, clock=dying_clock)
    pass_on(office, 3)
    watch_deadlines(office, now=at("2012-01-17", 7, 31))
    deliver_waiting(office, clock=lambda: at("2012-01-17", 7, 31))
    assert len(digests_of(box)) == 1, "it was still leased to the dead one"
    deliver_waiting(office, clock=lambda: at("2012-01-17", 8))
    digests = digests_of(box)
    assert len(digests) == 2
    assert digests[0]["Message-ID"] == digests[1]["Message-ID"]
    assert plain(digests[0]) == plain(digests[1])
    assert events_of(office, "NoticeSent", "reminder") == {name(1): 1, name(2): 1, name(3): 1}


def test_a_refused_digest_waits_as_one_and_keeps_its_number(office: Office, box: Postbox) -> None:
    for number in (1, 2):
        pass_on(office, number)
    look(office, at("2012-01-05", 9))
    box.messages.clear()
    box.answers = ["451 later"]
    assert look(office, at("2012-01-17")) == Delivered(0, 2)
    assert look(office, at("2012-01-17", 7, 30)) == Delivered(0, 0)
    assert look(office, at("2012-01-17", 7, 35)) == Delivered(2, 0)
    assert len(box.messages) == 1


def events_of(office: Office, event: str, kind: str) -> Counter[str]:
    """How often it happened to each document."""
    with office.view() as view:
        return Counter(
            str(line.document)
            for record in view.documents(None, None)
            for line in view.history(record.id)
            if line.event == event and line.payload.get("kind") == kind
        )


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_skipped_doubled_or_late_nothing_is_told_twice_or_on_a_day_off(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    with an_office(tmp_path) as office:
        holders = {name(number): chance.choice([LINH, XUAN]) for number in range(1, 5)}
        for number, holder in enumerate(holders.values(), 1):
            pass_on(office, number, lead(holder, DUE + dt.timedelta(number)))
        with office.view() as view:
            calendar = working_calendar(view)
        moment = at("2012-01-05", 9)
        while moment.date() < dt.date(2012, 2, 20):
            moment += dt.timedelta(minutes=chance.choice([7, 240, 600, 1440, 2880]))
            for _ in range(chance.choice([1, 1, 2])):
                watch_deadlines(office, now=moment)
            if chance.random() < 0.7:
                deliver_waiting(office, clock=lambda moment=moment: moment)  # type: ignore[misc]
        deliver_waiting(office, clock=lambda: at("2012-02-21"))
        told = Ledger(office)
    assert {*told.due.values(), *told.sent.values(), *told.overtaken.values()} == {1}
    assert not set(told.sent) & set(told.overtaken)
    assert set(told.due) == set(told.sent) | (set(told.due) & set(told.overtaken))
    assert all(calendar.is_working(day) for day in told.days), "told on a day off"
    known = {*told.sent, *told.overtaken}
    for document, holder in holders.items():
        steps = ("before-3", "on", "after-1", "after-3", "after-5", "after-10")
        assert {(document, holder, step) for step in steps} <= known
        assert {(document, XUAN, step) for step in steps[2:]} <= known, "the head was passed over"


class Ledger:
    """What the audit says of every reminder, by document, person and step."""

    def __init__(self, office: Office) -> None:
        self.due, self.sent, self.overtaken = (Counter[tuple[str, str, str]]() for _ in range(3))
        self.days: set[dt.date] = set()
        with office.view() as view:
            for record in view.documents(None, None):
                steps = {n.id: n.payload["step"] for n in view.notices_of(record.id) if n.kind == "reminder"}
                for line in view.history(record.id):
                    told = line.payload
                    whose = (str(record.id), told.get("recipient", ""))
                    if line.event == "ReminderDue":
                        self.due[(*whose, told["step"])] += 1
                        self.overtaken.update((*whose, step) for step in told["overtaken"])
                    if line.event == "NoticeSent" and told["notice"] in steps:
                        self.sent[(*whose, steps[told["notice"]])] += 1
                        self.days.add(local_day(line.at))


# ── the law's own limit ──────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_entered_by_the_next_working_day_raises_one_alarm(office: Office, box: Postbox) -> None:
    with office.registry.book("test", MORNING) as book:
        bring(book, 1, Status.REVIEW)
        bring(book, 2, Status.REGISTERED)
    look(office, at("2012-01-05", 9))
    assert sweep(office, at("2012-01-06", 16), box) == [], "friday is the last day in time"
    assert sweep(office, at("2012-01-08", 10), box) == [], "and nobody is called on a sunday"
    said = sweep(office, at("2012-01-09"), box)
    assert said == [(to, "Việc sáng nay, 09/01/2012: 2 tin, 2 quá hạn") for to in ("hoa", "lan")]
    assert "chưa vào sổ" in plain(box.to("lan")[0])
    assert "chưa chuyển" in plain(box.to("lan")[0])
    assert sweep(office, at("2012-01-10"), box) == []


def test_an_urgent_document_raises_its_alarm_on_the_same_day(office: Office, box: Postbox) -> None:
    with office.registry.book("test", MORNING) as book:
        bring(book, 1, Status.REVIEW, urgency="Hỏa tốc")
    look(office, at("2012-01-05", 8, 20))
    assert sweep(office, at("2012-01-05", 9, 11), box) == []
    said = sweep(office, at("2012-01-05", 9, 12), box)
    assert [to for to, _ in said] == ["hoa", "lan"]
    assert said[0][1].startswith("[HỎA TỐC] Quá thời hạn vào sổ:")


def test_the_clock_starts_with_the_stamp_where_that_is_earlier(office: Office, box: Postbox) -> None:
    with office.registry.book("test", MORNING) as book:
        bring(book, 1, Status.REVIEW, arrival_date="2012-01-03")
    assert [to for to, _ in sweep(office, at("2012-01-05", 9), box) if "Quá" in _] == ["hoa", "lan"]


def test_an_alarm_dies_when_the_document_is_entered_before_it_leaves(office: Office, box: Postbox) -> None:
    with office.registry.book("test", MORNING) as book:
        bring(book, 1, Status.REVIEW)
    look(office, at("2012-01-05", 9))
    box.messages.clear()
    watch_deadlines(office, now=at("2012-01-09", 7, 3))
    with office.registry.book("hoa", at("2012-01-09", 7, 10)) as book:
        book.record(registered(name(1), 1))
        book.record(assigned(name(1), lead(LINH, DUE)))
    deliver_waiting(office, clock=lambda: at("2012-01-09"))
    assert [to[0] for to, _ in box.messages] == ["linh@so.example"]
