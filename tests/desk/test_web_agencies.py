"""The page of issuing agencies on a real office: find, add, change, end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from office.agencies import list_agencies
from office.office import Office
from tests.desk.real_office import browser, come_in, said
from tests.desk.web_client import TestClient
from tests.office.lines_at_work import ADMIN, HOA

PAGE = "/danh-ba/co-quan"
POWER = {
    "ten": "Công ty Điện lực <Tây Ninh>",
    "tat": "PCTN",
    "tren": "UBND tỉnh Tây Ninh",
    "tu": "01/01/2010",
    "den": "",
}


@pytest.fixture
def at_desk(tmp_path: Path) -> Iterator[tuple[TestClient, Office]]:
    with browser(tmp_path) as (client, office):
        come_in(client, office, ADMIN)
        yield client, office


def test_an_agency_is_added_found_and_ended(at_desk: tuple[TestClient, Office]) -> None:
    client, office = at_desk
    answer = client.post(PAGE, data=POWER)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?xong=them")
    page = client.get(f"{PAGE}?loc=dien luc")
    assert "Công ty Điện lực &lt;Tây Ninh&gt;" in page.text
    assert "trực thuộc Ủy ban nhân dân tỉnh Tây Ninh" in said(page.text)
    [seen] = re.findall(r'name="thay" value="([^"]+)"', page.text)
    ended = client.post(f"{PAGE}/1", data={**POWER, "den": "31/12/2011", "thay": seen})
    assert ended.headers["location"] == f"{PAGE}?xong=sua#cq-1"
    assert "đã thôi" in said(client.get(PAGE).text)
    stale = client.post(f"{PAGE}/1", data={**POWER, "thay": seen})
    assert stale.status_code == 409
    assert "vừa được người khác sửa" in said(stale.text)
    assert [f"{one.until:%d/%m/%Y}" for one in list_agencies(office)] == ["31/12/2011"]
    come_in(client, office, ADMIN)
    assert "ghi cơ quan ban hành Công ty Điện lực <Tây Ninh> (PCTN)" in said(client.get("/nhat-ky").text)


def test_what_cannot_be_keeps_what_was_typed(at_desk: tuple[TestClient, Office]) -> None:
    client, office = at_desk
    answer = client.post(PAGE, data={**POWER, "tren": "Ủy ban nào đó"})
    assert answer.status_code == 422
    assert "Không có “Ủy ban nào đó” trong danh bạ" in said(answer.text)
    assert 'value="Công ty Điện lực &lt;Tây Ninh&gt;"' in answer.text
    assert list_agencies(office) == ()


def test_everybody_reads_and_only_an_administrator_writes(at_desk: tuple[TestClient, Office]) -> None:
    client, office = at_desk
    come_in(client, office, HOA)
    page = client.get(f"{PAGE}?loc=so y te")
    assert page.status_code == 200
    assert "Sở Y tế" in said(page.text)
    assert 'action="/danh-ba/co-quan#them"' not in page.text
    assert client.post(PAGE, data=POWER).status_code == 403


def test_a_number_nobody_has_is_no_page(at_desk: tuple[TestClient, Office]) -> None:
    client, _ = at_desk
    assert client.post(f"{PAGE}/9", data=POWER).status_code == 404
