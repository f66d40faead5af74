"""The pages of work on a real office: boxes, the forms of each step, what a stale page says."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.web import words
from desk.web.app import create_app
from documents.lines import LineState
from documents.people import Officer
from documents.status import DocumentId, Status
from office import lines
from office.desk import Desk
from office.office import Office
from office.steps import StepName
from tests.desk.web_client import HERE, TestClient
from tests.office.lines_at_work import (
    HOA,
    HUNG,
    LEADER,
    LINH,
    OBSERVER,
    OUTER,
    STRANGER,
    XUAN,
    at_work,
    inform,
    lead,
    line_of,
    on,
    pass_on,
    status_of,
    support,
)
from tests.offices import MORNING


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as office:
        yield office


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    app = create_app(Desk(office), clock=lambda: MORNING)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


def come_in(client: TestClient, office: Office, person: Officer) -> None:
    """Let that person in; whoever was in before is out."""
    token = f"token-{person.id}"
    with office.registry.book(person.id, MORNING) as book:
        book.end_session(hashlib.sha256(token.encode()).hexdigest())
        book.start_session(hashlib.sha256(token.encode()).hexdigest(), person.id)
    client.cookies.set("congvan", token)


def said(source: str) -> str:
    """The words of a page, spaces made single."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())


def form_of(source: str, line: int, step: StepName) -> dict[str, str]:
    """The hidden fields of a step's form on a page; fails when the form is not there."""
    address = words.STEP_ADDRESS[step]
    [form] = re.findall(rf'<form [^>]*action="[^"]*/viec/{line}/{address}".*?</form>', source, re.DOTALL)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def offered(source: str, line: int = 1) -> set[str]:
    """The steps whose forms are on a page, by address."""
    return set(re.findall(rf'action="[^"]*/viec/{line}/([^"]+)"', source))


def press(client: TestClient, document: DocumentId, step: StepName, *, line: int = 1, **typed: str) -> Any:
    """Open the document's page, fill in the form of a step and send it."""
    form = form_of(client.get(f"/van-ban/{document}").text, line, step)
    address = f"/van-ban/{document}/viec/{line}/{words.STEP_ADDRESS[step]}"
    return client.post(address, data={**form, **typed})


def test_a_head_hands_on_and_the_officer_finishes(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    come_in(client, office, XUAN)
    sent = press(client, document, StepName.HAND_ON, den="linh", noi_dung="Dự thảo báo cáo")
    assert (sent.status_code, sent.headers["location"]) == (303, f"/van-ban/{document}?xong=viec")
    come_in(client, office, LINH)
    assert "Chỉ đạo: Dự thảo báo cáo" in said(client.get("/viec").text)
    assert press(client, document, StepName.ACCEPT).status_code == 303
    assert press(client, document, StepName.PROGRESS, noi_dung="Một nửa").status_code == 303
    assert press(client, document, StepName.FINISH, noi_dung="Đã gửi", so="15/STTTT").status_code == 303
    page = said(client.get(f"/van-ban/{document}").text)
    assert "Nguyễn Thị Linh giữ" in page
    assert "Kết quả: Đã gửi Văn bản trả lời: 15/STTTT" in page
    assert status_of(office, document) is Status.DONE
    assert "Không có việc nào" in said(client.get("/viec").text)


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        pytest.param(LINH, {"nhan", "xong", "tra-lai", "xin-gia-han"}, id="the holder"),
        pytest.param(XUAN, {"gia-han", "giao-lai"}, id="the head of the unit"),
        pytest.param(LEADER, {"gia-han", "giao-lai"}, id="a leader"),
        pytest.param(HOA, {"giao-lai"}, id="the clerk"),
        pytest.param(STRANGER, set(), id="a stranger"),
        pytest.param(OBSERVER, set(), id="who only looks"),
    ],
)
def test_a_page_offers_what_its_reader_may_do(
    who: Officer, steps: set[str], client: TestClient, office: Office
) -> None:
    document = pass_on(office, 1, lead(LINH))
    come_in(client, office, who)
    assert offered(client.get(f"/van-ban/{document}").text) == steps


def test_what_is_not_offered_is_refused_all_the_same(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    come_in(client, office, STRANGER)
    seen = on(office, document, STRANGER).seen
    answer = client.post(f"/van-ban/{document}/viec/1/nhan", data={"thay": seen})
    assert answer.status_code == 403
    assert "văn bản này không giao cho bạn" in said(answer.text)
    assert line_of(office, document).state is LineState.OPEN


def test_whoever_sees_the_work_of_another_does_not_do_it_for_them(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    come_in(client, office, XUAN)
    seen = on(office, document, XUAN).seen
    answer = client.post(f"/van-ban/{document}/viec/1/nhan", data={"thay": seen})
    assert answer.status_code == 403
    assert "việc này do Nguyễn Thị Linh giữ" in said(answer.text)
    assert line_of(office, document).state is LineState.OPEN


def test_who_has_given_work_back_and_may_not_see_it_any_more_is_led_to_their_box(
    client: TestClient, office: Office
) -> None:
    document = pass_on(office, 1, lead("cntt"), support(LINH))
    come_in(client, office, LINH)
    form = form_of(client.get(f"/van-ban/{document}").text, 2, StepName.RETURN)
    answer = client.post(f"/van-ban/{document}/viec/2/tra-lai", data={**form, "noi_dung": "Sai phòng"})
    assert answer.status_code in (200, 303)
    assert "Đã ghi" in client.get(answer.headers.get("location", answer.url.path)).text


def test_a_stale_page_says_what_is_now_and_keeps_what_was_typed(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    come_in(client, office, LINH)
    form = form_of(client.get(f"/van-ban/{document}").text, 1, StepName.RETURN)
    lines.accept(office, on(office, document, LINH), now=MORNING)
    answer = client.post(f"/van-ban/{document}/viec/1/tra-lai", data={**form, "noi_dung": "Sai phòng"})
    assert answer.status_code == 409
    assert "nay đã nhận, đang làm, Nguyễn Thị Linh giữ" in said(answer.text)
    assert "Sai phòng</textarea>" in answer.text
    again = form_of(answer.text, 1, StepName.RETURN)
    sent = client.post(f"/van-ban/{document}/viec/1/tra-lai", data={**again, "noi_dung": "Sai phòng"})
    assert sent.status_code == 303
    assert line_of(office, document).state is LineState.RETURNED


def test_a_page_without_what_was_seen_writes_nothing(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    come_in(client, office, LINH)
    assert client.post(f"/van-ban/{document}/viec/1/nhan", data={}).status_code == 409
    assert line_of(office, document).state is LineState.OPEN


def test_a_reason_left_empty_is_asked_for(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    come_in(client, office, LINH)
    answer = press(client, document, StepName.RETURN, noi_dung=" ")
    assert answer.status_code == 422
    assert "Chưa ghi lý do trả lại" in said(answer.text)


def test_a_day_past_the_outer_one_is_insisted_on_by_a_box_to_tick(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    come_in(client, office, LINH)
    press(client, document, StepName.EXTEND, han="10/2/2012", noi_dung="Chờ huyện")
    come_in(client, office, XUAN)
    assert "Xin đến 10/02/2012: Chờ huyện" in said(client.get("/viec").text)
    asked = press(client, document, StepName.GRANT, han="10/2/2012")
    assert asked.status_code == 409
    [token] = re.findall(r'name="chac" value="(\w+)"', asked.text)
    form = form_of(asked.text, 1, StepName.GRANT)
    sent = client.post(
        f"/van-ban/{document}/viec/1/gia-han", data={**form, "han": "10/2/2012", "chac": token}
    )
    assert sent.status_code == 303
    assert line_of(office, document).due is not None
    assert line_of(office, document).due > OUTER  # type: ignore[operator]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param("/van-ban/vb1/viec/1/lam-gi-do", 404, id="no such step"),
        pytest.param("/van-ban/vb9/viec/1/nhan", 404, id="no such document"),
        pytest.param("/van-ban/vb1/viec/7/nhan", 409, id="no such line any more"),
        pytest.param("/van-ban/vb1/viec/mot/nhan", 404, id="no number"),
    ],
)
def test_an_address_that_means_nothing_changes_nothing(
    address: str, status: int, client: TestClient, office: Office
) -> None:
    pass_on(office, 1, lead(LINH))
    come_in(client, office, LINH)
    assert client.post(address, data={"thay": "x"}).status_code == status


def test_opening_is_the_receipt_of_who_is_to_know(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(HUNG), support(LINH), inform(XUAN))
    come_in(client, office, XUAN)
    assert "Để biết 1 chưa xem" in said(client.get("/viec").text)
    come_in(client, office, HUNG)
    client.get(f"/van-ban/{document}")
    assert line_of(office, document, 3).state is LineState.INFORM
    come_in(client, office, XUAN)
    client.get(f"/van-ban/{document}")
    assert line_of(office, document, 3).state is LineState.READ
    assert "Để biết 0 chưa xem" in said(client.get("/viec").text)


def test_a_box_has_the_soonest_first_and_what_came_back_apart(client: TestClient, office: Office) -> None:
    pass_on(office, 1, lead("bcxb", due=None), subject="Không hạn")
    pass_on(office, 2, lead("bcxb"), subject="Sau")
    pass_on(office, 3, lead(XUAN, due=MORNING.date()), subject="Trước")
    back = pass_on(office, 4, lead("bcxb"), subject="Trả về")
    lines.hand_on(office, on(office, back, XUAN), to="linh", direction="Làm", now=MORNING)
    lines.give_back(office, on(office, back, LINH), reason="Sai việc", now=MORNING)
    come_in(client, office, XUAN)
    page = said(client.get("/viec").text)
    places = [
        page.index(one) for one in ("Trả lại tôi 1", "Trả về", "Cần làm 3", "Trước", "Sau", "Không hạn")
    ]
    assert places == sorted(places)
    assert "Sai việc" in page


def test_the_clerk_sees_what_waits_to_be_given_again(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH), subject="Về họp báo")
    lines.give_back(office, on(office, document, LINH), reason="Không thuộc lĩnh vực", now=MORNING)
    come_in(client, office, HOA)
    page = said(client.get("/viec").text)
    assert "Chờ giao lại 1" in page
    assert "Không thuộc lĩnh vực" in page
    assert (
        press(client, document, StepName.REASSIGN, den="unit:cntt", noi_dung="Đúng phòng").status_code == 303
    )
    assert line_of(office, document, 0).holder == "hung"
