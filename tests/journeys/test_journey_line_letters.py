"""What officers do with their work, and what the calendar does to it, as it arrives in people's mail."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar

from documents.decisions import Assignee, Role
from documents.lines import DueBasis, DueKind
from documents.status import DocumentId
from office import diary, extensions, lines, reassign, staff
from office.absence import follow_absences
from office.delegations import add_delegation
from office.lines import OnLine
from office.notify import deliver_waiting
from office.office import Office
from office.remind import remind_due
from tests.journeys.postbox import plain
from tests.office.lines_at_work import (
    DUE,
    HOA,
    LINH,
    OUTER,
    XUAN,
    at_work,
    lead,
    on,
    pass_on,
    support,
)
from tests.offices import MORNING

LATER = MORNING + dt.timedelta(minutes=5)
NINE = "Về việc thứ 9"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as office:
        yield office


def mail(office: Office, now: dt.datetime = LATER) -> dict[str, list[EmailMessage]]:
    """The letters that leave now, by the person they go to."""
    folder = office.settings.mail_folder
    for old in folder.glob("*.eml"):
        old.unlink()
    deliver_waiting(office, clock=lambda: now)
    letters: dict[str, list[EmailMessage]] = {}
    for path in sorted(folder.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        letters.setdefault(message["To"].addresses[0].username, []).append(message)
    return letters


def only(letters: dict[str, list[EmailMessage]], person: str) -> EmailMessage:
    (letter,) = letters[person]
    return letter


def handed_on(office: Office) -> DocumentId:
    """Paper 9, given to the press unit, whose head has handed it on to Linh; told of already."""
    document = pass_on(office, 9, lead("bcxb"))
    lines.hand_on(office, on(office, document, XUAN), to="linh", direction="Tham mưu trả lời", now=MORNING)
    return document


STEPS: dict[str, tuple[Callable[[Office, OnLine], None], str, str, str]] = {
    "returned": (
        lambda o, x: lines.give_back(o, x, reason="Không thuộc phòng", now=MORNING),
        "thanhxuan",
        "Trả lại: ",
        "Nguyễn Thị Linh trả lại văn bản",
    ),
    "asked for more time": (
        lambda o, x: extensions.ask_extension(o, x, wanted=OUTER, reason="Chờ số liệu", now=MORNING),
        "thanhxuan",
        "Đề nghị gia hạn đến 31/01/2012: ",
        "Hạn đề nghị: 31/01/2012",
    ),
    "done": (
        lambda o, x: lines.finish(o, x, result="Đã trả lời", reply="15/STTTT", now=MORNING),
        "thanhxuan",
        "Đã xong: ",
        "Văn bản trả lời: 15/STTTT",
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_whoever_handed_it_on_learns_what_became_of_it(step: str, office: Office) -> None:
    document = handed_on(office)
    mail(office)
    act, whom, subject, said = STEPS[step]
    act(office, on(office, document, LINH))
    letter = only(mail(office), whom)
    assert str(letter["Subject"]).startswith(subject)
    assert said in plain(letter)
    assert NINE in plain(letter)


def test_work_handed_on_comes_with_the_direction_and_the_day(office: Office) -> None:
    handed_on(office)
    letter = only(mail(office), "linh")
    assert str(letter["Subject"]).startswith("Chuyển chủ trì, hạn 20/01/2012: ")
    assert "Lê Thanh Xuân chuyển văn bản" in plain(letter)
    assert "Ý kiến chỉ đạo: Tham mưu trả lời" in plain(letter)
    (task,) = tasks(letter)
    assert task["DUE"].dt == DUE  # type: ignore[index]  # icalendar is untyped here


@pytest.mark.parametrize(
    ("granted", "subject", "due"),
    [(True, "Được gia hạn, hạn 31/01/2012: ", OUTER), (False, "Không gia hạn, hạn 20/01/2012: ", DUE)],
)
def test_the_answer_to_who_asked_for_more_time(
    granted: bool, subject: str, due: dt.date, office: Office
) -> None:
    document = handed_on(office)
    extensions.ask_extension(office, on(office, document, LINH), wanted=OUTER, reason="Chờ", now=MORNING)
    mail(office)
    if granted:
        extensions.grant_extension(office, on(office, document, XUAN), now=MORNING)
    else:
        extensions.refuse_extension(office, on(office, document, XUAN), reason="Việc gấp", now=MORNING)
    letter = only(mail(office), "linh")
    assert str(letter["Subject"]).startswith(subject)
    assert ("Việc gấp" in plain(letter)) is not granted
    assert [task["DUE"].dt for task in tasks(letter)] == [due]  # type: ignore[index]  # the same


def test_who_loses_the_work_and_who_gets_it_are_both_told(office: Office) -> None:
    document = pass_on(office, 9, lead(LINH))
    mail(office)
    reassign.reassign(office, on(office, document, HOA), to="hung", reason="Nhầm phòng", now=MORNING)
    letters = mail(office)
    assert str(only(letters, "hung")["Subject"]).startswith("Giao chủ trì, hạn 20/01/2012: ")
    lost = only(letters, "linh")
    assert "chuyển từ Nguyễn Thị Linh sang Bùi Mạnh Hùng" in plain(lost)
    assert "Nhầm phòng" in plain(lost)
    assert tasks(lost) == []


def test_work_of_one_who_left_and_that_nobody_holds_comes_to_the_clerk(office: Office) -> None:
    pass_on(office, 9, lead(LINH))
    mail(office)
    staff.retire_person(
        office, "linh", MORNING.date() - dt.timedelta(1), anyway=True, by="operator", now=MORNING
    )
    follow_absences(office, now=MORNING)
    told = [plain(letter) for letter in mail(office)["hoa"]]
    assert any("do Nguyễn Thị Linh giữ, nay chưa có ai giữ" in text for text in told)


def test_a_day_off_that_moves_a_deadline_is_told_with_both_days(office: Office) -> None:
    friday = dt.date(2012, 1, 20)
    basis = DueBasis(kind=DueKind.DAY, start=friday)
    pass_on(office, 9, Assignee(role=Role.LEAD, person=LINH.id, due=friday, basis=basis))
    mail(office)
    diary.set_day(office, friday, kind="off", reason="Nghỉ bù", source="", by="hoa", now=MORNING)
    letter = only(mail(office), "linh")
    assert str(letter["Subject"]).startswith("Đổi hạn thành 30/01/2012: ")
    assert "từ 20/01/2012 sang 30/01/2012" in plain(letter)


def test_the_lines_that_are_left_are_reminded_of_when_the_lead_is_done(office: Office) -> None:
    document = pass_on(office, 9, lead(LINH), support(XUAN))
    lines.accept(office, on(office, document, LINH), now=MORNING)
    lines.finish(office, on(office, document, LINH), result="Xong", now=MORNING)
    mail(office)
    due_day = dt.datetime(2012, 1, 20, 1, 0, tzinfo=dt.UTC)
    remind_due(office, now=due_day)
    letters = mail(office, due_day)
    assert list(letters) == ["thanhxuan"]
    assert "Vai trò: phối hợp" in plain(only(letters, "thanhxuan"))


def test_who_stands_in_for_an_absent_leader_is_urged_beside_them(office: Office) -> None:
    add_delegation(
        office,
        giver="minh",
        taker="lan",
        since=dt.date(2012, 1, 20),
        until=dt.date(2012, 2, 10),
        instrument="Giấy ủy quyền số 12",
        by="hoa",
        now=MORNING,
    )
    document = pass_on(office, 9, lead(LINH))
    third_day_late = dt.datetime(2012, 2, 1, 1, 0, tzinfo=dt.UTC)
    remind_due(office, now=third_day_late)
    with office.view() as view:
        told = {n.recipient for n in view.notices_of(document) if n.kind == "reminder"}
    assert told == {"linh", "thanhxuan", "minh", "lan"}


def tasks(letter: EmailMessage) -> list[object]:
    """The tasks for a calendar that come with a letter."""
    found = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    return [todo for part in found for todo in Calendar.from_ical(part.get_content()).walk("VTODO")]  # type: ignore[attr-defined]  # a part of a letter
