"""Lịch làm việc on a real office: the year, its special days, and changes seen before they count."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from documents.lines import DueBasis, DueKind
from office import diary
from office.office import Office
from tests.desk.real_office import browser, come_in, said, sent_to
from tests.desk.web_client import TestClient
from tests.office.lines_at_work import HOA, LINH, lead, line_of, pass_on
from tests.offices import MORNING

STORM = {"ngay": "10/1/2012", "loai": "off", "ly_do": "Bão số 1", "nguon": "CV 5/UBND-VP"}


@pytest.fixture
def at(tmp_path: Path) -> Iterator[tuple[TestClient, Office]]:
    with browser(tmp_path) as both:
        yield both


def counted(days: int) -> DueBasis:
    """A deadline of that many working days from today."""
    return DueBasis(kind=DueKind.WORKING_DAYS, start=dt.date(2012, 1, 5), days=days)


def own_days(office: Office) -> set[dt.date]:
    return {one.day for one in diary.list_days(office, 2012)[0] if one.entered_by}


def test_a_year_is_twelve_months_with_its_special_days(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, LINH)
    page = client.get("/lich").text
    assert [int(n) for n in re.findall(r"<caption>Tháng (\d+)</caption>", page)] == list(range(1, 13))
    assert len(re.findall(r"<td[^>]*><(?:a|span)[^>]*>\d", page)) == 366
    assert '<td class="today"><span>5</span></td>' in page
    assert 'href="#n-2012-01-23"' in page
    assert "Lịch làm việc 2012" in said(page)
    assert sent_to(page) == set()


@pytest.mark.parametrize(
    ("asked", "year"),
    [
        pytest.param("nam=2026", 2026, id="a year"),
        pytest.param("nam=1800", 1945, id="before there was any paper"),
        pytest.param("nam=9999", 2200, id="beyond every deadline"),
        pytest.param("nam=<b>", 2012, id="no year at all"),
        pytest.param("ngay=2013-05-06", 2013, id="the year of a day"),
    ],
)
def test_any_year_asked_for_has_a_page(asked: str, year: int, at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, HOA)
    page = client.get(f"/lich?{asked}")
    assert page.status_code == 200
    assert f"Lịch làm việc {year}" in said(page.text)


def test_what_moves_is_shown_before_a_day_counts(at: tuple[TestClient, Office]) -> None:
    client, office = at
    document = pass_on(office, 1, replace(lead(LINH, due=dt.date(2012, 1, 12), outer=None), basis=counted(5)))
    come_in(client, office, HOA)
    page = client.post("/lich/ngay", data=STORM)
    assert (
        "1 hạn đang mở sẽ đổi theo. Chưa ghi gì. Số đến Hạn hiện nay Hạn mới 1/2012 12/01/2012 13/01/2012"
        in (said(page.text))
    )
    assert own_days(office) == set()
    done = client.post("/lich/ngay", data={**STORM, "da_xem": "1"})
    assert done.headers["location"] == "/lich?nam=2012&xong=ghi-1#n-2012-01-10"
    assert line_of(office, document).due == dt.date(2012, 1, 13)
    page = client.post("/lich/bo", data={"ngay": "10/01/2012", "ly_do": "bão tan"})
    assert "1 hạn đang mở sẽ đổi theo" in said(page.text)
    client.post("/lich/bo", data={"ngay": "10/01/2012", "ly_do": "bão tan", "da_xem": "1"})
    assert line_of(office, document).due == dt.date(2012, 1, 12)
    history = said(client.get("/lich").text)
    assert "10/01/2012: Nghỉ – Bão số 1 (CV 5/UBND-VP) · Trần Thị Hoa" in history
    assert "10/01/2012: Bỏ ngày ghi riêng – bão tan · Trần Thị Hoa" in history


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param({"ngay": "31/2/2012"}, "31/2/2012", id="no such day"),
        pytest.param({"ngay": "1/1/2300"}, "1/1/2300", id="a year without a page"),
        pytest.param({"ly_do": " "}, "Chưa ghi lý do; lịch chưa đổi gì.", id="no reason"),
        pytest.param({"loai": "x"}, "Chưa ghi ngày ấy là ngày gì", id="no such kind"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_what_was_typed(
    typed: dict[str, str], told: str, at: tuple[TestClient, Office]
) -> None:
    client, office = at
    come_in(client, office, HOA)
    page = client.post("/lich/ngay", data={**STORM, **typed})
    assert page.status_code == 422
    assert told in said(page.text)
    assert 'value="CV 5/UBND-VP"' in page.text
    assert own_days(office) == set()


def test_a_day_nobody_entered_cannot_be_taken_out(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, HOA)
    page = client.post("/lich/bo", data={"ngay": "10/1/2012", "ly_do": "nhầm"})
    assert page.status_code == 404
    assert "Lịch cơ quan không ghi riêng ngày 10/01/2012" in said(page.text)


def test_what_is_doubtful_of_a_year_stands_above_it(at: tuple[TestClient, Office]) -> None:
    client, office = at
    diary.set_day(office, dt.date(2012, 1, 7), kind="off", reason="x", source="", by="hoa", now=MORNING)
    come_in(client, office, LINH)
    assert "ghi trùng với lịch chung" in said(client.get("/lich").text)
    assert "mới tính theo luật, chưa theo thông báo của năm" in said(client.get("/lich?nam=2199").text)
