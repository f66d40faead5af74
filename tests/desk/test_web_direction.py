"""A leader's direction on a document's page: shown first, recorded only as it was shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from documents.decisions import Role
from documents.direction import DirectionGiven
from documents.events import PersonSaved
from documents.people import Officer
from documents.status import DocumentId
from office.office import Office
from tests.desk.real_office import browser, come_in, said
from tests.desk.web_client import TestClient
from tests.office.lines_at_work import ADMIN, HOA, LEADER, LINH, XUAN, lead, pass_on
from tests.offices import MORNING, SECOND_LINH

Sent = dict[str, str]
PEN = "P.CNTT chủ trì, VP p/h, trước 20/01"


@pytest.fixture
def at_desk(tmp_path: Path) -> Iterator[tuple[TestClient, Office, DocumentId]]:
    with browser(tmp_path) as (client, office):
        with office.registry.book("test", MORNING) as book:
            book.record(PersonSaved(person=SECOND_LINH))
        yield client, office, pass_on(office, 1, lead(XUAN))


def send(client: TestClient, document: DocumentId, step: str, **typed: str) -> Any:
    return client.post(f"/van-ban/{document}/chi-dao", data={"buoc": step, **typed})


def shown(source: str) -> Sent:
    """The hidden parts of the form as it was shown."""
    [form] = re.findall(r'<form [^>]*action="[^"]*/chi-dao#.*?</form>', source, re.DOTALL)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def directions(office: Office, document: DocumentId) -> list[str]:
    with office.view() as view:
        return [line.actor for line in view.history(document) if line.event == DirectionGiven.__name__]


def lines(office: Office, document: DocumentId) -> set[tuple[Role, str, dt.date | None]]:
    with office.view() as view:
        return {(a.role, str(a.person or a.unit), a.due) for a in view.assignments(document)}


def test_a_direction_is_shown_before_anything_is_recorded_and_then_recorded_as_shown(
    at_desk: tuple[TestClient, Office, DocumentId],
) -> None:
    client, office, document = at_desk
    come_in(client, office, LEADER)
    before = lines(office, document)
    page = send(client, document, "xem", y_kien=PEN)
    assert page.status_code == 200
    told = said(page.text)
    assert "Sẽ giao như sau, chưa ghi chủ trì Phòng Công nghệ thông tin , hạn 20/01/2012 giao mới" in told
    assert "thôi Lê Thanh Xuân không còn trong ý kiến" in told
    assert (lines(office, document), directions(office, document)) == (before, [])
    done = send(client, document, "ghi", y_kien=PEN, **shown(page.text))
    assert (done.status_code, done.headers["location"]) == (303, f"/van-ban/{document}?xong=chi-dao")
    day = dt.date(2012, 1, 20)
    assert {(Role.LEAD, "cntt", day), (Role.SUPPORT, "vp", day)} <= lines(office, document)
    assert directions(office, document) == ["minh"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        pytest.param({"thay": ""}, "never shown", id="recorded without looking"),
        pytest.param({"y_kien": "VP chủ trì"}, "another text than was shown", id="edited after looking"),
    ],
)
def test_what_was_not_shown_is_shown_and_not_recorded(
    typed: Sent, reason: str, at_desk: tuple[TestClient, Office, DocumentId]
) -> None:
    client, office, document = at_desk
    come_in(client, office, LEADER)
    seen = shown(send(client, document, "xem", y_kien=PEN).text)
    page = send(client, document, "ghi", **{"y_kien": PEN, **seen, **typed})
    assert page.status_code == 409, reason
    assert "Chưa ghi: kết quả không còn như lúc xem trước." in said(page.text)
    assert directions(office, document) == []


def test_a_form_older_than_another_direction_overwrites_nothing(
    at_desk: tuple[TestClient, Office, DocumentId],
) -> None:
    client, office, document = at_desk
    come_in(client, office, LEADER)
    old = shown(send(client, document, "xem", y_kien=PEN).text)
    new = shown(send(client, document, "xem", y_kien="VP chủ trì").text)
    assert send(client, document, "ghi", y_kien="VP chủ trì", **new).status_code == 303
    now = lines(office, document)
    assert send(client, document, "ghi", y_kien=PEN, **old).status_code == 409
    assert lines(office, document) == now


def test_who_is_meant_is_chosen_and_never_guessed(at_desk: tuple[TestClient, Office, DocumentId]) -> None:
    client, office, document = at_desk
    come_in(client, office, LEADER)
    text = "Đ/c Linh chủ trì"
    page = send(client, document, "xem", y_kien=text)
    radios = re.findall(r'<input type="radio" name="(ai\.[^"]+)" value="([^"]+)"([^>]*)>', page.text)
    assert [who for _, who, _ in radios] == ["linh", "vanlinh", "khong"]
    assert not any("checked" in more for _, _, more in radios)
    assert "thay" not in shown(page.text)
    asked = {**shown(page.text), radios[0][0]: "vanlinh"}
    page = send(client, document, "xem", y_kien=text, **asked)
    assert "anh/chị chọn" in said(page.text)
    other = send(client, document, "xem", y_kien="Đ/c Linh p/h, VP chủ trì", **shown(page.text))
    assert re.search(r'type="radio" name="ai\.', other.text), "answers are about the text they were given to"
    assert send(client, document, "ghi", y_kien=text, **shown(page.text)).status_code == 303
    assert (Role.LEAD, "vanlinh") in {(role, who) for role, who, _ in lines(office, document)}


def test_a_day_beyond_the_paper_is_recorded_only_when_insisted_on(
    at_desk: tuple[TestClient, Office, DocumentId],
) -> None:
    client, office, document = at_desk
    come_in(client, office, LEADER)
    text = "Đ/c Xuân chủ trì trước 15/02"
    page = send(client, document, "xem", y_kien=text)
    assert "muộn hơn ngày 31/01/2012 mà văn bản yêu cầu" in said(page.text)
    assert "đổi hạn (trước là 20/01/2012)" in said(page.text)
    [sure] = re.findall(r'name="chac" value="([^"]+)"', page.text)
    assert send(client, document, "ghi", y_kien=text, **shown(page.text)).status_code == 409
    assert directions(office, document) == []
    assert send(client, document, "ghi", y_kien=text, chac=sure, **shown(page.text)).status_code == 303


def test_a_clerk_enters_a_leaders_word_and_both_are_on_record(
    at_desk: tuple[TestClient, Office, DocumentId],
) -> None:
    client, office, document = at_desk
    come_in(client, office, HOA)
    refused = send(client, document, "xem", y_kien=PEN, cua="linh")
    assert refused.status_code == 422
    assert "không phải lãnh đạo" in said(refused.text)
    page = send(client, document, "xem", y_kien=PEN, cua="minh")
    assert send(client, document, "ghi", y_kien=PEN, cua="minh", **shown(page.text)).status_code == 303
    with office.view() as view:
        [given] = [one for one in view.history(document) if one.event == DirectionGiven.__name__]
    assert (given.actor, given.payload["said_by"]) == ("hoa", "minh")


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        pytest.param(LEADER, True, id="a leader"),
        pytest.param(HOA, True, id="the clerk"),
        pytest.param(XUAN, False, id="a head of unit hands on instead"),
        pytest.param(LINH, False, id="an officer"),
    ],
)
def test_the_form_is_there_for_whom_the_office_lets_direct(
    who: Officer, offered: bool, tmp_path: Path
) -> None:
    with browser(tmp_path) as (client, office):
        document = pass_on(office, 1, lead(LINH))
        come_in(client, office, who)
        assert ('id="chi-dao"' in client.get(f"/van-ban/{document}").text) is offered
        assert (send(client, document, "xem", y_kien=PEN, cua="minh").status_code == 403) is not offered


def test_a_paper_that_one_may_not_open_is_not_directed(tmp_path: Path) -> None:
    with browser(tmp_path) as (client, office):
        document = pass_on(office, 1, lead(LINH), secrecy="MẬT")
        come_in(client, office, ADMIN)
        answer = send(client, document, "xem", y_kien=PEN, cua="minh")
        assert answer.status_code == 403
        assert directions(office, document) == []
