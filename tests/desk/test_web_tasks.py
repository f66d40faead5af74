"""The forms of a document's tasks on a real office: take, change, drop, report, add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from documents.people import Officer
from documents.status import DocumentId
from documents.task_events import TasksProposed
from documents.tasks import ProposedTask, TaskRecord, TaskRole, TaskState
from office.office import Office
from office.tasks import tasks_of
from tests.desk.real_office import browser, come_in, said
from tests.desk.web_client import TestClient
from tests.office.lines_at_work import LINH, OBSERVER, STRANGER, XUAN, lead, pass_on
from tests.offices import MORNING

Desk = tuple[TestClient, Office, DocumentId]
MEETING = ProposedTask(heading="1. Sở TT&TT", words="Tổ chức <giao ban>", role=TaskRole.LEAD)


@pytest.fixture
def at_desk(tmp_path: Path) -> Iterator[Desk]:
    with browser(tmp_path) as (client, office):
        document = pass_on(office, 1, lead(LINH))
        with office.registry.book("p1", MORNING) as book:
            book.record(TasksProposed(document=document, tasks=(MEETING,)))
        yield client, office, document


def task(office: Office, document: DocumentId, number: int = 1) -> TaskRecord:
    with office.view() as view:
        return next(one for one in tasks_of(view, document) if one.number == number)


def seen(client: TestClient, document: DocumentId, deed: str, number: int = 1) -> str:
    """What the form of a deed carries; fails when the page does not offer it."""
    source = client.get(f"/van-ban/{document}").text
    [form] = re.findall(rf'<form [^>]*action="[^"]*/phan-viec/{number}/{deed}#.*?</form>', source, re.DOTALL)
    return re.findall(r'name="thay" value="([^"]+)"', form)[0]


def do(client: TestClient, document: DocumentId, deed: str, number: int = 1, **typed: str) -> Any:
    form = {"thay": seen(client, document, deed, number), **typed}
    return client.post(f"/van-ban/{document}/phan-viec/{number}/{deed}", data=form)


def offered(client: TestClient, document: DocumentId) -> set[str]:
    source = client.get(f"/van-ban/{document}").text
    return set(re.findall(r'action="[^"]*/phan-viec(?:/1)?/?([a-z]*)#', source))


def test_a_proposed_task_is_given_changed_and_done(at_desk: Desk) -> None:
    client, office, document = at_desk
    come_in(client, office, XUAN)
    sent = do(client, document, "giao", ai="linh", ky="once", han="20/01/2012")
    assert (sent.status_code, sent.headers["location"]) == (
        303,
        f"/van-ban/{document}?xong=phan-viec#phan-viec",
    )
    assert task(office, document).holder == "linh"
    assert do(client, document, "giao", ai="linh", ky="monthly", ngay_ky="20").status_code == 303
    come_in(client, office, LINH)
    page = said(client.get(f"/van-ban/{document}").text)
    assert "đang làm: Nguyễn Thị Linh · hằng tháng, ngày 20" in page
    assert do(client, document, "xong", lan="20/01/2012").status_code == 303
    assert [f"{day:%d/%m}" for day in task(office, document).reported] == ["20/01"]
    assert do(client, document, "xong", lan="").status_code == 303
    assert task(office, document).state is TaskState.DONE
    assert offered(client, document) == {""}, "what is done is not done again; a task may be added"


def test_a_task_that_is_not_ours_is_dropped_with_a_reason_and_may_be_taken_up_again(at_desk: Desk) -> None:
    client, office, document = at_desk
    come_in(client, office, XUAN)
    refused = do(client, document, "bo", ly_do=" ")
    assert refused.status_code == 422
    assert "Chưa ghi lý do bỏ việc." in said(refused.text)
    assert do(client, document, "bo", ly_do="Việc của Sở Ngoại vụ").status_code == 303
    assert task(office, document).reason == "Việc của Sở Ngoại vụ"
    assert do(client, document, "giao", ai="thanhxuan", han="20/01/2012").status_code == 303
    assert task(office, document).state is TaskState.TAKEN


def test_a_form_older_than_what_another_did_overwrites_nothing(at_desk: Desk) -> None:
    client, office, document = at_desk
    come_in(client, office, XUAN)
    old = seen(client, document, "giao")
    assert do(client, document, "giao", ai="linh", han="20/01/2012").status_code == 303
    late = client.post(
        f"/van-ban/{document}/phan-viec/1/giao", data={"thay": old, "ai": "mai", "han": "25/01/2012"}
    )
    assert late.status_code == 409
    assert "vừa được người khác ghi thay đổi" in said(late.text)
    assert 'value="25/01/2012"' in late.text, "what was typed stays"
    assert task(office, document).holder == "linh"


def test_whoever_only_watches_is_given_no_task(at_desk: Desk) -> None:
    client, office, document = at_desk
    come_in(client, office, XUAN)
    assert (
        f'value="{OBSERVER.id}"' not in client.get(f"/van-ban/{document}").text.partition('id="phan-viec"')[2]
    )
    sent = {"viec": "Dự thảo góp ý", "ai": OBSERVER.id, "ky": "once", "han": "20/01/2012"}
    refused = client.post(f"/van-ban/{document}/phan-viec", data=sent)
    assert "người giám sát chỉ xem" in said(refused.text)
    with office.view() as view:
        assert [one.holder for one in tasks_of(view, document)] == [None]


def test_a_task_is_added_by_hand_and_trouble_keeps_what_was_typed(at_desk: Desk) -> None:
    client, office, document = at_desk
    come_in(client, office, LINH)
    address = f"/van-ban/{document}/phan-viec"
    bad = client.post(address, data={"viec": "Dự thảo <b>", "ai": "linh", "ky": "weekly", "ngay_ky": "8"})
    assert bad.status_code == 422
    assert "“8” không phải là ngày trong kỳ đã chọn." in said(bad.text)
    assert "Dự thảo &lt;b&gt;</textarea>" in bad.text
    good = client.post(address, data={"viec": "Dự thảo", "ai": "linh", "ky": "once", "han": "20/01/2012"})
    assert good.status_code == 303
    assert task(office, document, 2).proposed.words == "Dự thảo"
    assert "thêm một việc, giao cho Nguyễn Thị Linh, hạn 20/01/2012" in said(
        client.get(f"/van-ban/{document}").text
    )


@pytest.mark.parametrize(
    ("who", "deeds"),
    [
        pytest.param(XUAN, {"giao", "bo", ""}, id="the head"),
        pytest.param(LINH, {"giao", ""}, id="an officer takes for themselves"),
        pytest.param(OBSERVER, set(), id="who only looks"),
    ],
)
def test_a_page_offers_what_its_reader_may_do_with_tasks(
    who: Officer, deeds: set[str], at_desk: Desk
) -> None:
    client, office, document = at_desk
    come_in(client, office, who)
    assert offered(client, document) == deeds


@pytest.mark.parametrize(
    ("who", "status"),
    [pytest.param(OBSERVER, 403, id="only looks"), pytest.param(STRANGER, 403, id="may not open it")],
)
def test_what_is_not_offered_is_refused_all_the_same(who: Officer, status: int, at_desk: Desk) -> None:
    client, office, document = at_desk
    come_in(client, office, who)
    for address, typed in (
        (f"/van-ban/{document}/phan-viec/1/giao", {"ai": who.id, "han": "20/01/2012", "thay": "x"}),
        (f"/van-ban/{document}/phan-viec", {"viec": "x", "ai": who.id, "han": "20/01/2012"}),
    ):
        assert client.post(address, data=typed).status_code == status
    assert task(office, document).state is TaskState.PROPOSED
