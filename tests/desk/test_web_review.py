"""Tiếp nhận and the clerk's desk on a real office: what waits, what would happen, stale forms, two clerks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.web.app import create_app
from documents.events import FieldsConfirmed, PersonSaved
from documents.people import Duty, Officer, PersonId, UnitId
from documents.reading import FieldName
from documents.record import DocumentRecord
from documents.status import Status
from office.desk import Desk
from office.intake_queue import Waits, intake_queue, next_waiting
from office.office import Office
from office.presence import STAYS, stay
from office.review import retry_document
from tests.desk.test_web_work import come_in, said
from tests.desk.web_client import HERE, TestClient
from tests.journeys.working import documents, drop, work_off
from tests.offices import MORNING, PEOPLE, an_office
from tests.recorded_reader import RecordedReader, stub_file

HOA = next(p for p in PEOPLE.people if p.id == "hoa")
LINH = next(p for p in PEOPLE.people if p.id == "linh")
DATE, NUMBER, SUBJECT = FieldName.DATE, FieldName.ARRIVAL_NUMBER, FieldName.SUBJECT


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as office:
        drop(office, "a.pdf", stub_file(1, doubtful=(DATE,), subject="Về họp báo"))
        work_off(office, RecordedReader())
        drop(office, "b.pdf", stub_file(2, doubtful=(SUBJECT,), subject="Về lưu trữ"))
        drop(office, "hong.pdf", b"not a paper")
        work_off(office, RecordedReader())
        yield office


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    app = create_app(Desk(office), clock=lambda: MORNING)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        come_in(client, office, HOA)
        yield client


def named(office: Office, name: str) -> DocumentRecord:
    return next(d for d in documents(office) if d.file_name == name)


def form_on(source: str) -> dict[str, str]:
    """The review form of a page as a browser would send it untouched."""
    [form] = re.findall(r'<form class="review".*?</form>', source, re.DOTALL)
    sent = {
        name: html.unescape(value)
        for name, value in re.findall(
            r'<input (?:id="[^"]*" |type="hidden" )name="([^"]+)" value="([^"]*)"', form
        )
    }
    sent |= {
        n: html.unescape(t)
        for n, t in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form)
    }
    sent |= dict(re.findall(r'<input type="radio" name="(chu_tri)" value="([^"]+)"[^>]* checked', form))
    for name, options in re.findall(r'<select [^>]*?name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options) or re.findall(
            r'<option value="([^"]*)"', options
        )
        sent[name] = chosen[0] if chosen else ""
    return sent


def filled(client: TestClient, office: Office, name: str = "a.pdf", **changes: str) -> dict[str, str]:
    form = form_on(client.get(f"/van-ban/{named(office, name).id}").text)
    return form | {"them.0": "linh", "chu_tri": "them.0"} | changes


# ── tiếp nhận ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_queue_says_how_many_wait_and_the_oldest_and_what_each_needs(client: TestClient) -> None:
    page = client.get("/tiep-nhan").text
    words = said(page)
    assert "2 văn bản chờ duyệt" in words
    assert words.index("Về họp báo") < words.index("Về lưu trữ")
    assert re.search(r"Về họp báo.*Ngày văn bản.*Chưa ai mở.*Về lưu trữ", words)
    assert "autofocus" in page.split('id="mo-dau"')[1].split(">")[0]


def test_what_cannot_be_read_says_why_and_what_to_do(client: TestClient) -> None:
    words = said(client.get("/tiep-nhan?loc=khong-doc-duoc").text)
    assert "hong.pdf" in words
    assert "Nội dung tệp không phải PDF, TIFF, JPEG hay PNG." in words
    assert "Chờ duyệt 2" not in words


def test_unopened_and_opened_but_unfinished_are_told_apart(client: TestClient, office: Office) -> None:
    client.get(f"/van-ban/{named(office, 'a.pdf').id}")
    words = said(client.get("/tiep-nhan").text)
    assert "Chưa ai mở 1" in words
    assert "Đã mở, còn thiếu 1" in words
    assert "Trần Thị Hoa mở" in words
    assert "Về họp báo" not in said(client.get("/tiep-nhan?loc=chua-mo").text).split("Chờ duyệt 1")[1]


def test_a_document_read_again_counts_as_unopened(client: TestClient, office: Office) -> None:
    document = named(office, "a.pdf").id
    client.get(f"/van-ban/{document}")
    retry_document(office, document, by=HOA, now=MORNING)
    work_off(office, RecordedReader())
    assert intake_queue(office, reader=HOA, now=MORNING).counts[Waits.UNOPENED] == 2


def test_an_officer_has_no_queue(client: TestClient, office: Office) -> None:
    come_in(client, office, LINH)
    assert client.get("/tiep-nhan").status_code == 403


def test_what_is_put_off_comes_round_after_the_others(office: Office) -> None:
    a, b = named(office, "a.pdf").id, named(office, "b.pdf").id
    assert next_waiting(office, reader=HOA, after=None, now=MORNING) == a
    assert next_waiting(office, reader=HOA, after=a, now=MORNING) == b
    assert next_waiting(office, reader=HOA, after=b, now=MORNING) == a


# ── duyệt ────────────────────────────────────────────────────────────────────────────────────────────────


def test_registering_opens_the_next_and_says_what_was_done(client: TestClient, office: Office) -> None:
    document = named(office, "a.pdf").id
    sent = client.post(f"/van-ban/{document}/vao-so", data=filled(client, office))
    assert sent.headers["location"] == f"/tiep-nhan/ke-tiep?vua={document}"
    on = client.get(sent.headers["location"])
    assert on.headers["location"] == f"/van-ban/{named(office, 'b.pdf').id}?vua={document}"
    assert "Đã vào sổ số 1/2012 và chuyển. 1/KH-UBND : Nguyễn Thị Linh chủ trì" in said(
        client.get(on.headers["location"]).text
    )


def test_the_panel_says_who_by_when_and_why_before_anything_is_done(
    client: TestClient, office: Office
) -> None:
    document = named(office, "a.pdf").id
    answer = client.post(f"/van-ban/{document}/se-chuyen", data=filled(client, office))
    words = said(answer.text)
    assert "Sẽ chuyển số đến 1 chủ trì Nguyễn Thị Linh" in words
    assert "(anh/chị chọn)" in words
    assert "Vì:" in words
    assert "Đếm 15 ngày làm việc" in words
    assert named(office, "a.pdf").status is Status.REVIEW


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"o.arrival_number": "9"}, "không phải số kế tiếp (1)", id="a number out of order"),
        pytest.param({"o.date": "31/2/2012"}, "31/2/2012", id="no such day"),
        pytest.param({"o.date": "6/1/2012"}, "đứng sau ngày đến", id="unlikely"),
        pytest.param({"chu_tri": ""}, "chủ trì", id="nobody leads"),
    ],
)
def test_the_panel_tells_what_registering_would_refuse(
    changes: dict[str, str], words: str, client: TestClient, office: Office
) -> None:
    document = named(office, "a.pdf").id
    answer = client.post(f"/van-ban/{document}/se-chuyen", data=filled(client, office, **changes))
    assert answer.status_code == 200
    assert words in said(answer.text)


def test_a_taken_number_and_a_look_alike_are_told_when_the_page_opens(
    client: TestClient, office: Office
) -> None:
    client.post(f"/van-ban/{named(office, 'a.pdf').id}/vao-so", data=filled(client, office))
    drop(office, "c.pdf", stub_file(1, doubtful=(DATE,), arrival_number="1", subject="Về họp báo lần hai"))
    work_off(office, RecordedReader())
    words = said(client.get(f"/van-ban/{named(office, 'c.pdf').id}").text)
    assert "Số đến 1/2012 đã có trong sổ." in words
    assert "Cùng số ký hiệu và ngày với số đến 1/2012" in words


def test_a_stale_form_writes_nothing_and_shows_both_values(client: TestClient, office: Office) -> None:
    document = named(office, "a.pdf").id
    form = filled(client, office, **{"o.subject": "Về họp báo quý I"})
    with office.registry.book("reader", MORNING) as book:
        book.record(FieldsConfirmed(document=document, values={"subject": "Về họp báo năm 2012"}))
    answer = client.post(f"/van-ban/{document}/vao-so", data=form)
    assert answer.status_code == 409
    words = said(answer.text)
    assert "Văn bản đã đổi từ lúc mở trang này" in words
    assert "Nay đã đổi thành “Về họp báo năm 2012” (lúc mở trang: “Về họp báo”)" in words
    assert ">Về họp báo quý I</textarea>" in answer.text
    assert named(office, "a.pdf").status is Status.REVIEW
    again = form_on(answer.text) | {"them.0": "linh", "chu_tri": "them.0"}
    assert client.post(f"/van-ban/{document}/vao-so", data=again).status_code == 303
    with office.view() as view:
        assert view.fields(document)[SUBJECT].value == "Về họp báo quý I"


def test_a_form_that_says_nothing_of_what_it_showed_writes_nothing(
    client: TestClient, office: Office
) -> None:
    document = named(office, "a.pdf").id
    assert client.post(f"/van-ban/{document}/vao-so", data=filled(client, office, thay="")).status_code == 409


def test_two_clerks_at_one_document_are_told_of_each_other(client: TestClient, office: Office) -> None:
    mai = Officer(id=PersonId("mai"), name="Vũ Thị Mai", duty=Duty.CLERK, unit=UnitId("vp"))
    with office.registry.book("quantri", MORNING) as book:
        book.record(PersonSaved(person=mai))
    document = named(office, "a.pdf").id
    assert "cũng đang mở" not in said(client.get(f"/van-ban/{document}").text)
    come_in(client, office, mai)
    assert "Trần Thị Hoa cũng đang mở văn bản này." in said(client.get(f"/van-ban/{document}").text)
    come_in(client, office, HOA)
    beat = client.post(f"/van-ban/{document}/dang-mo")
    assert "Vũ Thị Mai cũng đang mở văn bản này." in said(beat.text)
    assert stay(office, document, HOA, now=MORNING + STAYS * 2) == (), "who has left is forgotten"


def test_a_heartbeat_is_no_opening(client: TestClient, office: Office) -> None:
    document = named(office, "a.pdf").id
    with office.view() as view:
        before = len(view.history(document))
    client.post(f"/van-ban/{document}/dang-mo")
    with office.view() as view:
        assert len(view.history(document)) == before


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"vung.o": "subject", "vung.trang": "1"}, id="no numbers"),
        pytest.param({"vung.o": "status"}, id="no such field"),
        pytest.param(
            {
                "vung.o": "subject",
                "vung.trang": "7",
                "vung.trai": "1",
                "vung.tren": "1",
                "vung.phai": "9",
                "vung.duoi": "9",
            },
            id="no such page",
        ),
    ],
)
def test_a_place_that_is_none_keeps_what_was_typed(
    typed: dict[str, str], client: TestClient, office: Office
) -> None:
    document = named(office, "a.pdf").id
    form = filled(client, office, **{"o.subject": "Gõ dở"}) | typed
    answer = client.post(f"/van-ban/{document}/doc-vung", data=form)
    assert answer.status_code == 422
    assert "Vùng khoanh không hợp lệ" in said(answer.text)
    assert ">Gõ dở</textarea>" in answer.text
