"""Quy tắc on a real office: sentences, slips with their places, a dry run judged, a second person's approval."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from office import drafts
from office.office import Office
from tests.desk.real_office import browser, come_in, said, sent_to
from tests.desk.web_client import TestClient
from tests.office.lines_at_work import ADMIN, HOA, LEADER, LINH, OBSERVER, XUAN, lead, pass_on
from tests.offices import MORNING

TODAY = dt.date(2012, 1, 5)
OTHER = """\
title: Bảng thử
rows:
  - id: QT-A
    if: {field: subject, contains: [đối ngoại]}
    lead: cntt
    days: 3
    source: Thử
  - id: QT-B
    if: {field: subject, contains: [đối ngoại]}
    lead: vp
    source: Thử
default:
  lead: vp
  source: Thử
"""


@pytest.fixture
def at(tmp_path: Path) -> Iterator[tuple[TestClient, Office]]:
    with browser(tmp_path) as both:
        yield both


def drafted(office: Office) -> int:
    return drafts.draft_table(office, OTHER, by="hoa", actor="hoa", now=MORNING)


def hidden(source: str, name: str) -> str:
    [value] = re.findall(rf'type="hidden" name="{name}" value="([^"]*)"', source)
    return str(value)


def test_the_table_in_force_is_read_as_sentences_and_says_how_often_each_row_led(
    at: tuple[TestClient, Office],
) -> None:
    client, office = at
    come_in(client, office, OBSERVER)
    page = client.get("/quy-tac").text
    assert "QT-02 nếu tên loại là “Giấy mời” thì Văn phòng chủ trì" in said(page)
    assert len(re.findall(r"lần chủ trì", page)) == len(drafts.show_table(office, None, today=TODAY).rows)
    assert "/quy-tac/soan" not in page
    come_in(client, office, LINH)
    assert client.get("/quy-tac").status_code == 403


def test_a_slip_is_told_by_its_place_and_the_text_stays(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, XUAN)
    wrong = OTHER.replace("field: subject", "field: subjekt", 1).replace("days: 3", "days: ba")
    for button in ("kiem", "luu"):
        page = client.post("/quy-tac/soan", data={"bang": wrong, "viec": button})
        assert page.status_code == 422
        assert "quy tắc QT-A, ô if.field (dòng 4) : không có trường “subjekt”; có phải “subject”?" in said(
            page.text
        )
        assert "Bảng có 2 lỗi; chưa lưu gì." in said(page.text)
        assert "subjekt" in page.text.split("<textarea")[1]
    assert drafts.list_drafts(office) == ()
    checked = said(client.post("/quy-tac/soan", data={"bang": OTHER, "viec": "kiem"}).text)
    assert "QT-B không bao giờ chọn được người chủ trì: QT-A ở trên luôn được dùng trước" in checked
    assert drafts.list_drafts(office) == ()


def test_a_draft_is_tried_judged_and_approved_by_a_second_person(at: tuple[TestClient, Office]) -> None:
    client, office = at
    pass_on(office, 1, lead("bcxb"), subject="Công tác thông tin đối ngoại", number_symbol="02/KH-UBND")
    come_in(client, office, HOA)
    kept = client.post("/quy-tac/soan", data={"bang": OTHER, "viec": "luu"})
    assert kept.headers["location"] == "/quy-tac/nhap/1?xong=luu"
    assert "/quy-tac/nhap/1/duyet" not in sent_to(client.get("/quy-tac/nhap/1?tu=1/1/2012").text)
    assert client.post("/quy-tac/nhap/1/duyet", data={}).status_code == 403

    come_in(client, office, LEADER)
    assert "Bản nháp số 1 của Trần Thị Hoa đang chờ duyệt." in said(client.get("/quy-tac").text)
    assert "/quy-tac/nhap/1/duyet" not in sent_to(client.get("/quy-tac/nhap/1").text)
    page = client.get("/quy-tac/nhap/1?tu=1/1/2012").text
    assert "Phòng Báo chí – Xuất bản → Phòng Công nghệ thông tin" in said(page)
    assert "QT-B cũng khớp, bị che" in said(page)
    form = {"tu": hidden(page, "tu"), "di_khac": hidden(page, "di_khac"), "hieu_luc": "9/1/2012"}

    wrong = client.post("/quy-tac/nhap/1/duyet", data={**form, "y.1/2012": "sai"})
    assert wrong.status_code == 422
    assert "Có 1 văn bản bạn đánh dấu là đi sai (1/2012); chưa duyệt gì." in said(wrong.text)
    unseen = client.post("/quy-tac/nhap/1/duyet", data={**form, "di_khac": "0"})
    assert unseen.status_code == 409
    assert "Chưa xem chạy thử bản nháp số 1" in said(unseen.text)
    early = client.post("/quy-tac/nhap/1/duyet", data={**form, "hieu_luc": "4/1/2012"})
    assert "Ngày hiệu lực 04/01/2012 đứng trước hôm nay" in said(early.text)

    done = client.post("/quy-tac/nhap/1/duyet", data={**form, "y.1/2012": "dung"})
    assert done.status_code == 303
    shown = said(client.get(done.headers["location"]).text)
    assert "sẽ dùng từ 09/01/2012" in shown
    assert "QT-A nếu trích yếu chứa “đối ngoại” thì Phòng Công nghệ thông tin chủ trì" in shown
    again = client.post("/quy-tac/nhap/1/duyet", data=form)
    assert again.status_code == 409


def test_nobody_approves_their_own_draft(at: tuple[TestClient, Office]) -> None:
    client, office = at
    drafts.draft_table(office, OTHER, by="sys", actor="sys", now=MORNING)
    come_in(client, office, ADMIN)
    page = client.get("/quy-tac/nhap/1?tu=1/1/2012").text
    assert "Bạn lập bản này nên một người khác phải duyệt." in said(page)
    sent = {"tu": "1/1/2012", "di_khac": "0", "hieu_luc": "9/1/2012"}
    assert client.post("/quy-tac/nhap/1/duyet", data=sent).status_code == 422


def test_a_document_the_reader_may_not_open_shows_its_number_only(at: tuple[TestClient, Office]) -> None:
    client, office = at
    pass_on(office, 1, lead("khtc"), subject="Việc đối ngoại", number_symbol="77/BC-KIN", secrecy="Mật")
    drafted(office)
    come_in(client, office, ADMIN)
    page = said(client.get("/quy-tac/nhap/1?tu=1/1/2012").text)
    assert "1/2012 (văn bản không thuộc phần bạn được mở)" in page
    assert "77/BC-KIN" not in page
    come_in(client, office, LEADER)
    assert "77/BC-KIN" in client.get("/quy-tac/nhap/1?tu=1/1/2012").text


def test_a_draft_is_given_up_with_a_reason(at: tuple[TestClient, Office]) -> None:
    client, office = at
    drafted(office)
    come_in(client, office, HOA)
    page = client.post("/quy-tac/nhap/1/bo", data={"ly_do": " "})
    assert (page.status_code, "Chưa ghi lý do bỏ bản nháp số 1" in said(page.text)) == (422, True)
    assert client.post("/quy-tac/nhap/1/bo", data={"ly_do": "Làm lại"}).status_code == 303
    assert "đã bỏ Trần Thị Hoa" in said(client.get("/quy-tac").text)
    assert "Làm lại" in client.get("/quy-tac/nhap/1").text
    assert client.get("/quy-tac/nhap/9").status_code == 404
    assert client.get("/quy-tac?ban=99").status_code == 404
    assert client.get("/quy-tac/nhap/1?tu=hôm qua").status_code == 422
