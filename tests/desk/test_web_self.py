"""Trang cá nhân on a real office: one's letters, password, calendar address and absences, nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.web import complaints, self_pages, tongue
from documents.notices import OBLIGATORY
from office import preferences, staff
from office.directory_history import HISTORY_PATTERNS
from office.office import Office
from tests.desk.real_office import browser, come_in, said
from tests.desk.web_client import TestClient
from tests.office.lines_at_work import LINH, OBSERVER
from tests.offices import MORNING

OLD, NEW = "mat-khau-cu-cua-linh", "trăng lên sau núi Bà"


@pytest.fixture
def at(tmp_path: Path) -> Iterator[tuple[TestClient, Office]]:
    with browser(tmp_path) as both:
        yield both


def test_letters_are_chosen_and_what_must_be_mailed_stays(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, LINH)
    assert client.post("/ca-nhan/thong-bao", data={"gio": "06:45", "thu.reminder": "1"}).status_code == 303
    _, ways, _ = preferences.ways_of(office, "linh")
    assert (f"{ways.digest_at:%H:%M}", ways.calendar) == ("06:45", False)
    assert ways.wants_mail("reminder")
    assert not ways.wants_mail("finished")
    assert all(ways.wants_mail(kind) for kind in OBLIGATORY)
    page = client.post("/ca-nhan/thong-bao", data={"gio": "25h"})
    assert page.status_code == 422
    assert "“25h” không phải là giờ trong ngày." in said(page.text)
    assert 'value="25h"' in page.text


def test_a_password_is_changed_by_whoever_knows_the_old_one(at: tuple[TestClient, Office]) -> None:
    client, office = at
    staff.set_password(office, "linh", OLD, by="test", now=MORNING)
    client.post("/dang-nhap", data={"login": "linh", "password": OLD})
    for typed, told in (
        ({"cu": "sai-mat-khau", "moi": NEW, "lai": NEW}, "Mật khẩu hiện tại không đúng"),
        ({"cu": OLD, "moi": NEW, "lai": NEW + "x"}, "Hai lần gõ mật khẩu mới không giống nhau"),
        ({"cu": OLD, "moi": "ngan", "lai": "ngan"}, "cần từ 10 đến 200 ký tự"),
    ):
        page = client.post("/ca-nhan/mat-khau", data=typed)
        assert page.status_code == 422
        assert told in said(page.text)
        assert OLD not in page.text
        assert NEW not in page.text
    before = client.cookies["congvan"]
    done = client.post("/ca-nhan/mat-khau", data={"cu": OLD, "moi": NEW, "lai": NEW})
    assert done.headers["location"] == "/ca-nhan?xong=mat-khau"
    assert client.cookies["congvan"] != before
    assert client.get("/ca-nhan").status_code == 200
    assert client.post("/dang-nhap", data={"login": "linh", "password": OLD}).status_code == 401


def test_guessing_the_old_password_is_slowed_as_at_the_door(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, LINH)
    tries = [
        client.post("/ca-nhan/mat-khau", data={"cu": f"sai-{n}", "moi": NEW, "lai": NEW}).status_code
        for n in range(12)
    ]
    assert tries[0] == 422
    assert tries[-1] == 429


def test_a_calendar_address_is_shown_once_and_closed(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, LINH)
    page = client.post("/ca-nhan/lich-rieng").text
    [path] = re.findall(r'class="once">http://desk\.test(/lich/[^<]+\.ics)<', page)
    assert client.get(path).status_code == 200
    assert path not in client.get("/ca-nhan").text
    assert client.post("/ca-nhan/dong-lich").status_code == 303
    assert client.get(path).status_code == 404


def test_everybody_has_a_page_of_their_own_with_the_keys(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, OBSERVER)
    page = said(client.get("/ca-nhan").text)
    assert "Đỗ Quốc Cường" in page
    assert "Ctrl+Enter vào sổ và chuyển" in page
    assert not [key for key in self_pages.KEYS if len(key) == 1]


def test_advice_keys_and_history_have_their_english() -> None:
    known = tongue.english()
    told = [*dict.values(complaints.ADVICE), *dict.values(self_pages.KEYS), *HISTORY_PATTERNS]
    assert sorted({text for text in told if text not in known}) == []


def test_no_advice_on_a_page_names_a_command() -> None:
    assert [text for text in dict.values(complaints.ADVICE) if "congvan " in text] == []
