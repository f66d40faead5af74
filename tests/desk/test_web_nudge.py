"""The button that reminds whoever holds a late document: once a day for each line, by whom is on record."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.web.app import create_app
from documents.events import ReminderDue
from documents.people import Officer
from documents.status import DocumentId
from office.desk import Desk
from office.office import Office
from office.remind import remind_due
from office.steps import Said, StepName, take_step
from tests.desk.real_office import said
from tests.desk.web_client import HERE, TestClient
from tests.office.lines_at_work import (
    HOA,
    HUNG,
    LEADER,
    LINH,
    OBSERVER,
    XUAN,
    at_work,
    lead,
    on,
    pass_on,
    told,
)
from tests.offices import MORNING

LATE = MORNING + dt.timedelta(days=13)
"""Wednesday 18 January 2012: work due on the 20th is due soon."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as office:
        yield office


def browser(office: Office, person: Officer, now: dt.datetime = LATE) -> TestClient:
    client = TestClient(create_app(Desk(office), clock=lambda: now), base_url=HERE, follow_redirects=False)
    token = f"token-{person.id}-{now:%d%H}"
    with office.registry.book(person.id, now) as book:
        book.start_session(hashlib.sha256(token.encode()).hexdigest(), person.id)
    client.cookies.set("congvan", token)
    return client


def reminders(office: Office, document: DocumentId) -> list[tuple[str, str]]:
    """Who pressed, whom it went to."""
    with office.view() as view:
        history = view.history(document)
    return [(x.actor, x.payload["recipient"]) for x in history if x.event == ReminderDue.__name__]


def test_a_leader_reminds_the_holder_and_comes_back_to_the_page(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    client = browser(office, LEADER)
    page = client.get("/giam-sat").text
    [action] = re.findall(r'<form class="nudge" method="post" action="([^"]+)"', page)
    answer = client.post(action.replace("&amp;", "&"))
    assert answer.status_code == 303
    back = client.get(answer.headers["location"])
    assert "Đã nhắc người giữ việc." in said(back.text)
    assert "đã nhắc hôm nay" in said(back.text)
    assert 'class="nudge"' not in back.text
    assert reminders(office, document) == [("minh", "linh")]
    assert "nhắc ngay Nguyễn Thị Linh, hạn 20/01/2012" in said(client.get(f"/van-ban/{document}").text)


def test_a_line_is_reminded_of_once_a_day_whoever_presses(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    assert browser(office, LEADER).post(f"/giam-sat/nhac/{document}/1").status_code == 303
    again = browser(office, XUAN).post(f"/giam-sat/nhac/{document}/1?muc=sap-den-han")
    assert again.status_code == 409
    assert "Hôm nay đã nhắc việc này rồi." in said(again.text)
    tomorrow = browser(office, XUAN, LATE + dt.timedelta(days=1))
    assert tomorrow.post(f"/giam-sat/nhac/{document}/1?muc=sap-den-han").status_code == 303
    assert reminders(office, document) == [("minh", "linh"), ("thanhxuan", "linh")]


def test_what_the_ladder_had_waiting_is_not_told_twice(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    night = LATE - dt.timedelta(hours=6)
    remind_due(office, now=night)
    waiting = told(office, document, "reminder")
    assert waiting == ["linh"]
    assert browser(office, LEADER, night).post(f"/giam-sat/nhac/{document}/1").status_code == 303
    remind_due(office, now=LATE)
    assert told(office, document, "reminder") == ["linh"]


def test_there_is_nothing_to_remind_of_before_and_after_the_work(office: Office) -> None:
    far = pass_on(office, 1, lead(LINH, due=dt.date(2012, 3, 1)))
    done = pass_on(office, 2, lead(LINH))
    take_step(office, StepName.FINISH, on(office, done, LINH), Said(text="xong"), now=LATE)
    client = browser(office, LEADER)
    for document, line in ((far, 1), (done, 1), (far, 9)):
        answer = client.post(f"/giam-sat/nhac/{document}/{line}")
        assert answer.status_code == 409
        assert "chưa nhắc" in said(answer.text)
        assert reminders(office, document) == []


@pytest.mark.parametrize(
    ("who", "status", "reason"),
    [
        pytest.param(HOA, 303, "", id="the clerk"),
        pytest.param(XUAN, 303, "", id="the head of the unit"),
        pytest.param(HUNG, 403, "", id="the head of another unit"),
        pytest.param(OBSERVER, 403, "chỉ xem", id="who only looks"),
        pytest.param(LINH, 403, "chỉ văn thư, trưởng đơn vị hoặc lãnh đạo", id="an officer"),
    ],
)
def test_who_watches_and_leads_or_keeps_the_book_reminds(
    who: Officer, status: int, reason: str, office: Office
) -> None:
    document = pass_on(office, 1, lead(LINH))
    answer = browser(office, who).post(f"/giam-sat/nhac/{document}/1")
    assert answer.status_code == status
    assert reason in said(answer.text)
    assert len(reminders(office, document)) == (status == 303)


def test_whoever_only_looks_is_offered_no_button(office: Office) -> None:
    pass_on(office, 1, lead(LINH))
    assert 'class="nudge"' not in browser(office, OBSERVER).get("/giam-sat").text
