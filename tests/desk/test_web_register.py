"""The register on the screen, on a real office: what is found, what is hidden, what is taken out."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from desk.web.app import create_app
from documents.people import Officer
from documents.register import RegisterAsk
from documents.status import DocumentId
from office import lines, register_list
from office.desk import Desk
from office.office import Office
from office.register_figures import Outcome, register_figures
from tests.desk.test_web_work import come_in, said
from tests.desk.web_client import HERE, TestClient
from tests.office.lines_at_work import (
    HOA,
    LEADER,
    LINH,
    OBSERVER,
    STRANGER,
    at_work,
    inform,
    lead,
    on,
    pass_on,
    support,
)
from tests.offices import MORNING
from tests.registry.builders import cancelled, name

HOSTILE = "<script>alert('x')</script>{{7*7}}"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as office:
        yield office


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    app = create_app(Desk(office), clock=lambda: MORNING)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def filled(office: Office) -> Office:
    """1 ordinary and due, 2 urgent, 3 cancelled, 4 restricted."""
    pass_on(office, 1, lead("bcxb"), support(LINH), subject="Về thông tin ĐỐI NGOẠI", number_symbol="02/KH-UBND", issuer="UBND tỉnh", doc_type="Kế hoạch")  # fmt: skip
    pass_on(
        office, 2, lead("cntt", due=MORNING.date() - dt.timedelta(1)), subject="Về sự cố mạng", urgency="Khẩn"
    )
    pass_on(office, 3, lead("bcxb"), subject="Nhầm")
    with office.registry.book("hoa", MORNING) as book:
        book.record(cancelled(name(3), 3, "đóng dấu nhầm"))
    pass_on(office, 4, lead("cntt"), subject="Về phòng chống khủng bố", secrecy="MẬT", issuer="Công an")
    return office


def page(client: TestClient, office: Office, who: Officer, address: str = "/so-den/2012") -> str:
    come_in(client, office, who)
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.text)


def test_the_register_opens_at_this_year_of_vietnam(client: TestClient, office: Office) -> None:
    come_in(client, office, HOA)
    assert client.get("/so-den").headers["location"] == "/so-den/2012"
    assert "Sổ năm 2013 chưa có dòng nào." in said(client.get("/so-den/2013").text)


@pytest.mark.parametrize("year", ["0", "10000", "-1", "abc", "99999999999999999999"])
@pytest.mark.parametrize("rest", ["", "/so.pdf", "/chuyen-giao", "/thong-ke"])
def test_a_year_that_is_none_is_a_page_not_found(
    year: str, rest: str, client: TestClient, office: Office
) -> None:
    come_in(client, office, HOA)
    assert client.get(f"/so-den/{year}{rest}").status_code == 404


def test_the_newest_line_comes_first_with_all_that_is_known(client: TestClient, filled: Office) -> None:
    words = said(page(client, filled, HOA))
    assert words.index("Về phòng chống khủng bố") < words.index("Về sự cố mạng")
    assert "1 05/01/2012 UBND tỉnh 02/KH-UBND Kế hoạch. Về thông tin ĐỐI NGOẠI" in words
    assert "Phòng Báo chí – Xuất bản; Nguyễn Thị Linh" in words
    assert "trễ 1 ngày làm việc" in words
    assert "Huỷ đóng dấu nhầm" in words
    assert "Số kế tiếp: 5." in words


@pytest.mark.parametrize("who", [STRANGER, OBSERVER], ids=["an officer", "who only looks"])
def test_of_a_restricted_paper_others_see_number_and_day(
    who: Officer, client: TestClient, filled: Office
) -> None:
    source = page(client, filled, who)
    assert "4 05/01/2012 Văn bản hạn chế" in said(source)
    assert "khủng bố" not in source
    assert "Công an" not in source
    assert "/van-ban/vb4" not in source
    assert "Không có dòng nào khớp" in said(page(client, filled, who, "/so-den/2012?tim=khung+bo"))


def test_a_line_leads_to_its_document_only_for_whoever_may_open_it(
    client: TestClient, filled: Office
) -> None:
    source = page(client, filled, STRANGER)
    assert "Về thông tin ĐỐI NGOẠI" in source
    assert "/van-ban/vb1" not in source
    assert "/van-ban/vb1" in page(client, filled, LINH)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("tim=doi+ngoai", ["02/KH-UBND"], id="words without marks"),
        pytest.param("tim=02+kh+ubnd", ["02/KH-UBND"], id="number and notation"),
        pytest.param("khan=KH%E1%BA%A8N", ["Về sự cố mạng"], id="urgency"),
        pytest.param("qua-han=1", ["Về sự cố mạng"], id="overdue"),
        pytest.param("nguoi=unit:bcxb", ["02/KH-UBND"], id="unit"),
        pytest.param("viec=cancelled", ["đóng dấu nhầm"], id="cancelled"),
        pytest.param("tac-gia=ubnd&tu=5/1/2012&den=05/01/12", ["02/KH-UBND"], id="issuer and days"),
    ],
)
def test_finds_and_keeps_what_was_asked(
    asked: str, found: list[str], client: TestClient, filled: Office
) -> None:
    source = page(client, filled, HOA, f"/so-den/2012?{asked}")
    assert "1 dòng khớp." in said(source)
    assert all(one in source for one in found)
    assert "Bỏ lọc" in source


def test_a_day_that_is_none_is_said_and_the_rest_still_asked(client: TestClient, filled: Office) -> None:
    come_in(client, filled, HOA)
    answer = client.get("/so-den/2012?tu=99&tim=doi+ngoai")
    assert answer.status_code == 422
    assert "“99”" in said(answer.text)
    assert "1 dòng khớp." in said(answer.text)
    assert 'value="99"' in answer.text


@pytest.mark.parametrize(
    "asked",
    ["truoc=x", "truoc=-1", "truoc=99999999999999999999", "viec=lost", "nguoi=unit:", "khan=%00", "nguoi=ai"],
)
def test_an_address_that_means_nothing_is_a_page_all_the_same(
    asked: str, client: TestClient, filled: Office
) -> None:
    assert page(client, filled, HOA, f"/so-den/2012?{asked}")


def test_pages_follow_one_another_and_keep_what_was_asked(
    client: TestClient, filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_list, "LINES", 1)
    seen, address = [], "/so-den/2012?viec=open"
    while address:
        source = page(client, filled, HOA, address)
        seen.append(next(n for n in ("1", "2", "3", "4") if f"<b>{n}</b><small>05/01" in source))
        following = source.partition('rel="next">Cũ hơn')[0].rpartition('href="')[2]
        address = following.partition('"')[0].replace("&amp;", "&") if "Cũ hơn" in source else ""
    assert seen == ["4", "2", "1"]


def test_many_lines_are_said_to_be_more(
    client: TestClient, filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_list, "MOST_COUNTED", 2)
    assert "Hơn 2 dòng khớp" in said(page(client, filled, HOA, "/so-den/2012?viec=open"))


def test_what_a_paper_says_is_never_markup(client: TestClient, office: Office) -> None:
    pass_on(office, 1, lead(LINH), subject=HOSTILE, issuer=HOSTILE)
    source = page(client, office, HOA, "/so-den/2012?tim=script&tac-gia=%3Cscript%3E")
    assert "<script>alert" not in source
    assert "49" not in said(source)


def test_buttons_give_what_the_command_gives_and_leave_a_line_in_the_log(
    client: TestClient, filled: Office
) -> None:
    come_in(client, filled, LEADER)
    pdf, xlsx = client.get("/so-den/2012/so.pdf"), client.get("/so-den/2012/so.xlsx")
    assert pdf.headers["content-disposition"] == 'attachment; filename="so-den-2012.pdf"'
    assert text_of(pdf.content).count("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN") == 1
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.content)).active
    assert sheet.cell(6, 4).value == "02/KH-UBND"
    assert client.get("/so-den/2012/so.docx").status_code == 404
    come_in(client, filled, STRANGER)
    assert client.get("/so-den/2012/so.pdf").status_code == 403
    assert "so.pdf" not in client.get("/so-den/2012").text


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = " ".join(one.get_textpage().get_text_bounded() for one in document)
    return " ".join(pages.split())


# ── slips and figures ────────────────────────────────────────────────────────────────────────────────────


def test_the_hand_over_sheet_has_a_row_for_each_recipient(client: TestClient, filled: Office) -> None:
    come_in(client, filled, HOA)
    words = text_of(client.get("/so-den/2012/chuyen-giao").content)
    assert "SỔ CHUYỂN GIAO VĂN BẢN ĐẾN" in words
    assert words.count("02/KH-UBND") == 2
    come_in(client, filled, OBSERVER)
    assert "khủng bố" not in text_of(client.get("/so-den/2012/chuyen-giao").content)
    assert "Không có văn bản nào" in text_of(client.get("/so-den/2012/chuyen-giao?tu=6/1/2012").content)


def test_the_slip_is_filled_with_what_is_known(client: TestClient, filled: Office) -> None:
    come_in(client, filled, LINH)
    words = text_of(client.get("/van-ban/vb1/phieu").content)
    assert "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN" in words
    assert "Kế hoạch số 02/KH-UBND" in words
    assert "về việc: thông tin ĐỐI NGOẠI" in words
    assert "Chủ trì: Phòng Báo chí – Xuất bản, hạn 20/01/2012." in words
    assert "Phối hợp: Nguyễn Thị Linh" in words
    assert len(pypdfium2.PdfDocument(client.get("/van-ban/vb1/phieu").content)) == 1
    with filled.view() as view:
        assert view.history(DocumentId("vb1"))[-1].event == "DocumentOpened"


def test_the_slip_is_only_for_whoever_may_open_the_document(client: TestClient, filled: Office) -> None:
    come_in(client, filled, STRANGER)
    assert client.get("/van-ban/vb1/phieu").status_code == 403
    assert client.get("/van-ban/khong-co/phieu").status_code == 404


def test_figures_tell_what_was_done_in_time(client: TestClient, filled: Office) -> None:
    done = pass_on(filled, 5, lead(LINH), subject="Xong", doc_type="Công văn")
    late = pass_on(filled, 6, lead(LINH, due=MORNING.date() - dt.timedelta(3)), doc_type="Công văn")
    pass_on(filled, 7, lead(LINH, due=None), inform(HOA), doc_type="Công văn")
    for one in (done, late):
        lines.finish(filled, on(filled, one, LINH), result="Đã làm", reply="", now=MORNING)
    ask = RegisterAsk(year=2012, since=MORNING.date(), until=MORNING.date())
    told = register_figures(filled, ask, reader=OBSERVER, now=MORNING)
    assert told.whole.by_outcome == {
        Outcome.IN_TIME: 1, Outcome.LATE: 1, Outcome.IN_HAND: 2, Outcome.OVERDUE: 1, Outcome.NO_DUE: 1,
    }  # fmt: skip
    assert told.whole.share_in_time == 0.5
    assert {one.label: one.total for one in told.by_type} == {
        "Công văn": 3, "Kế hoạch": 1, "Văn bản hạn chế": 1, "": 1,
    }  # fmt: skip
    assert {one.label: one.total for one in told.by_unit} == {
        "Phòng Báo chí – Xuất bản": 4, "Phòng Công nghệ thông tin": 2,
    }  # fmt: skip
    words = said(page(client, filled, OBSERVER, "/so-den/2012/thong-ke"))
    assert "Thống kê văn bản đến từ 01/01/2012 đến 05/01/2012" in words
    assert "50 %" in words
    assert "khủng bố" not in words


def test_figures_of_days_without_papers_say_so(client: TestClient, filled: Office) -> None:
    words = said(page(client, filled, HOA, "/so-den/2012/thong-ke?tu=1/3/2012&den=2/3/2012"))
    assert "Không có văn bản nào đến trong kỳ này." in words
    come_in(client, filled, HOA)
    assert client.get("/so-den/2012/thong-ke?tu=x").status_code == 422
