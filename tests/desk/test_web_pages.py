"""What the pages say: the list, one document, the review form, the register, the state, the troubles."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk.web.app import create_app
from documents.decisions import Question, Role
from documents.errors import (
    AlreadyMoved,
    BadDate,
    DatabaseAway,
    LeadNotChosen,
    NotSure,
    NumberOutOfOrder,
    NumberTaken,
    Trouble,
)
from documents.page import Source
from documents.reading import FieldName
from documents.record import BODY_UNREAD, EntryRecord
from documents.status import Status
from tests.desk.fake_office import (
    HOA,
    NOW,
    FakeDesk,
    Held,
    assigned,
    audit,
    field_reading,
    in_review,
    page,
    record,
    the_others,
)
from tests.desk.web_client import HERE, TestClient, let_in

HOSTILE = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
EVERY_PAGE = ["/viec", "/van-ban", "/van-ban?tim=kh", "/van-ban?trang-thai=review", "/tinh-trang", "/khong-co", "/van-ban/khong-co"]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    return FakeDesk(tmp_path)


@pytest.fixture
def clerk(desk: FakeDesk) -> Iterator[TestClient]:
    app = create_app(desk, clock=lambda: NOW, office_name="Sở Thông tin và Truyền thông")
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield let_in(client, desk, "hoa")


def text_of(page_source: str) -> str:
    """The words of a page, without tags, spaces made single."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", page_source, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def filled(**changes: str) -> dict[str, str]:
    """The review form of the plan as a clerk who settles it sends it; dots are written `__`."""
    form = {
        "o.number_symbol": "02/KH-UBND",
        "truoc.number_symbol": "02/KH-UBND",
        "o.date": "03/01/2012",
        "truoc.date": "03/01/2012",
        "o.arrival_number": "29",
        "truoc.arrival_number": "29",
        "o.arrival_forwarded_to": "Đ/c Linh\r\nĐ/c Thanh Xuân",
        "truoc.arrival_forwarded_to": "Đ/c Linh\r\nĐ/c Thanh Xuân",
        "ai.Đ/c Linh": "linh",
        "chu_tri": "ten.Đ/c Linh",
        "vai.ten.Đ/c Linh": "support",
        "vai.xuan": "support",
        "them.0": "",
        "vai.them.0": "support",
        "han": "19/01/2012",
        "truoc.han": "19/01/2012",
    }
    return form | {name.replace("__", "."): value for name, value in changes.items()}


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_says_how_many_wait_and_the_oldest(clerk: TestClient) -> None:
    words = text_of(clerk.get("/van-ban").text)
    assert "Tất cả 11" in words
    assert "Chờ văn thư xem 2" in words
    assert "Chờ lâu nhất: 2 giờ Thực hiện công tác thông tin đối ngoại tỉnh Tây Ninh năm 2012" in words


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("28 05/01/2012 1171/BTTTT-TTĐN 30/12/2011 Bộ Thông tin", id="number, notation, issuer"),
        pytest.param("Nguyễn Thị Linh Lê Thanh Xuân, Phạm Văn Linh", id="lead first, then the others"),
        pytest.param("10/01/2012 còn 3 ngày làm việc", id="deadline ahead"),
        pytest.param("04/01/2012 trễ 1 ngày làm việc", id="deadline past"),
        pytest.param("Số viết tay: hai lần đọc khác nhau (02 và 07). (và 2 điều khác)", id="why it waits"),
        pytest.param("Tệp PDF có mật khẩu nên không đọc được.", id="why it is quarantined"),
    ],
)
def test_a_line_of_the_list_says_what_a_clerk_needs(clerk: TestClient, said: str) -> None:
    assert said in text_of(clerk.get("/van-ban").text)


@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        pytest.param("tim=doi+ngoai", "02/KH-UBND", "07/TB-STC", id="typed without marks"),
        pytest.param("tim=02+kh+ubnd", "02/KH-UBND", "1171/BTTTT", id="number and notation in words"),
        pytest.param("trang-thai=quarantined", "scan lỗi.pdf", "02/KH-UBND", id="one state"),
        pytest.param("trang-thai=nonsense", "02/KH-UBND", "Không có văn bản", id="an unknown state is all"),
        pytest.param("tim=khong+co+gi", "Không có văn bản nào khớp", "02/KH-UBND", id="nothing found"),
    ],
)
def test_the_list_narrows_by_state_and_search(
    clerk: TestClient, query: str, found: str, not_found: str
) -> None:
    body = text_of(clerk.get(f"/van-ban?{query}").text)
    assert found in body
    # The oldest waiting stays in sight at the top whatever the list shows, so only rows are compared.
    assert not_found not in body


def test_an_empty_office_says_how_to_begin(tmp_path: Path) -> None:
    desk = FakeDesk(tmp_path, held=())
    client = let_in(TestClient(create_app(desk, clock=lambda: NOW), base_url=HERE), desk, "hoa")
    assert "Thả tệp quét (PDF, TIFF, JPEG, PNG) vào thư mục nhận" in text_of(client.get("/van-ban").text)


# ── one document ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_document_shows_its_pages_with_the_boxes_of_its_fields(clerk: TestClient) -> None:
    source = clerk.get("/van-ban/vb-0001").text
    assert source.count('class="sheet"') == 2
    assert 'id="hop-number_symbol" class="ask"' in source
    assert 'id="hop-subject" class="good"' in source
    assert '<rect x="13.10%" y="11.40%" width="20.80%" height="2.60%"' in source
    assert "Trang 1 2 trong 4 trang" in text_of(source)


def test_pictures_are_served_by_their_bytes(clerk: TestClient, desk: FakeDesk) -> None:
    answer = clerk.get("/van-ban/vb-0001/trang/1")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    (desk.pictures / "1.png").write_bytes(b"<html>not a picture</html>")
    assert clerk.get("/van-ban/vb-0001/trang/1").status_code == 404
    assert clerk.get("/van-ban/vb-0001/trang/9").status_code == 404


def test_the_original_is_for_keeping_and_never_runs_in_the_desk(clerk: TestClient, desk: FakeDesk) -> None:
    held = desk.held["vb-0002"]
    held.record = replace(held.record, file_name='kế\nhoạch "1"\u202egnp.pdf', media_type="text/html")
    answer = clerk.get("/van-ban/vb-0002/tep")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=utf-8''")
    assert "\n" not in answer.headers["content-disposition"]
    assert "sandbox" in answer.headers["content-security-policy"]


def test_the_searchable_form_is_offered_once_it_is_made_and_is_for_keeping(
    clerk: TestClient, desk: FakeDesk
) -> None:
    address = "/van-ban/vb-0002/tim-chu"
    assert address not in clerk.get("/van-ban/vb-0002").text
    assert clerk.get(address).status_code == 404
    desk.held["vb-0002"].has_searchable = True
    assert f'href="{address}"' in clerk.get("/van-ban/vb-0002").text
    answer = clerk.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("chủ trì Nguyễn Thị Linh Phòng Báo chí – Xuất bản", id="who leads"),
        pytest.param("hạn 10/01/2012, còn 3 ngày làm việc", id="by when"),
        pytest.param("Vì sao ở đây? Dấu đến ghi “Đ/c Linh (BCXB)”.", id="why, from the paper on"),
        pytest.param("Số, ký hiệu 1171/BTTTT-TTĐN Máy đã kiểm", id="a field the machine checked"),
        pytest.param("Số đến 28 Người đã xem", id="a field a person confirmed"),
        pytest.param("Người ký Đỗ Quý Doãn Chưa kiểm", id="a field nobody checked is not called checked"),
        pytest.param("Trần Thị Hoa vào sổ số đến 28/2012, ngày đến 05/01/2012", id="history: registered"),
        pytest.param(
            "chuyển Nguyễn Thị Linh chủ trì, hạn 10/01/2012; Lê Thanh Xuân phối hợp", id="history: passed on"
        ),
        pytest.param(
            "Nguyễn Thị Linh mở văn bản 2 lần, lần cuối 09:14 05/01/2012", id="openings told as one"
        ),
    ],
)
def test_a_document_passed_on_tells_who_when_and_why(clerk: TestClient, said: str) -> None:
    assert said in text_of(clerk.get("/van-ban/vb-0002").text)


@pytest.mark.parametrize(
    ("document", "said", "unsaid"),
    [
        pytest.param("vb-0003", "Xin mật khẩu của nơi gửi", "Niêm riêng", id="quarantined: the advice"),
        pytest.param("vb-0003", "Mã: encrypted", "Vào sổ và chuyển", id="quarantined: the code"),
        pytest.param(
            "vb-0004", "văn bản có dấu chỉ mức độ mật", "tải tệp gốc", id="sealed: nothing to fetch"
        ),
        pytest.param("vb-0005", "Mở văn bản đầu", "Vào sổ và chuyển", id="duplicate: leads to the first"),
        pytest.param("vb-0006", "Máy chưa đọc xong", "Vào sổ và chuyển", id="waiting"),
        pytest.param("vb-0007", "Máy chưa đọc xong", "Vào sổ và chuyển", id="being read"),
        pytest.param("vb-0008", "trễ 1 ngày làm việc", "Vào sổ và chuyển", id="late"),
    ],
)
def test_each_state_says_what_is_the_matter(clerk: TestClient, document: str, said: str, unsaid: str) -> None:
    words = text_of(clerk.get(f"/van-ban/{document}").text)
    assert said in words
    assert unsaid not in words


def test_reading_again_is_a_button_of_the_clerk_only(clerk: TestClient, desk: FakeDesk) -> None:
    assert ">Đọc lại</button>" in clerk.get("/van-ban/vb-0003").text
    assert ">Đọc lại</button>" not in let_in(clerk, desk, "linh").get("/van-ban/vb-0003").text


def test_reading_again_puts_the_document_back(clerk: TestClient, desk: FakeDesk) -> None:
    answer = clerk.post("/van-ban/vb-0003/doc-lai", content=b"")
    assert answer.headers["location"] == "/van-ban/vb-0003?xong=doc-lai"
    assert desk.retried == ["vb-0003"]
    assert "Đã xếp lại để đọc." in text_of(clerk.get(answer.headers["location"]).text)


def test_an_officer_sees_why_it_waits_but_no_form(clerk: TestClient, desk: FakeDesk) -> None:
    words = text_of(let_in(clerk, desk, "linh").get("/van-ban/vb-0001").text)
    assert "Văn thư cần xem" in words
    assert "Số viết tay: hai lần đọc khác nhau" in words
    assert "Vào sổ và chuyển" not in words


# ── the review form ──────────────────────────────────────────────────────────────────────────────────────


def test_doubtful_fields_come_first_with_reason_evidence_and_place(clerk: TestClient) -> None:
    source = clerk.get("/van-ban/vb-0001").text
    order = re.findall(r'class="entry (\w+)( doubtful)?" id="o-(\w+)"', source)
    assert [name for _, doubtful, name in order if doubtful] == ["number_symbol", "arrival_forwarded_to"]
    assert [name for _, _, name in order][:2] == ["number_symbol", "arrival_forwarded_to"]
    assert (
        "Cần xem Số viết tay: hai lần đọc khác nhau (02 và 07). Ký hiệu KH-UBND khớp tên loại Kế hoạch. "
        "Đọc từ ảnh, xem trên ảnh trang 1 ."
    ) in text_of(source)


@pytest.mark.parametrize(
    ("status", "is_asked"),
    [
        pytest.param(Status.REVIEW, True, id="before it is entered"),
        pytest.param(Status.ASSIGNED, False, id="shown by the other pages after it was passed on"),
    ],
)
def test_a_doubt_about_the_whole_paper_stands_above_the_fields(
    status: Status, is_asked: bool, clerk: TestClient, desk: FakeDesk
) -> None:
    held = desk.held["vb-0001"]
    held.record = replace(held.record, status=status, doubts=("Tệp như gồm hai văn bản.",))
    words = text_of(clerk.get("/van-ban/vb-0001").text)
    assert "Tệp như gồm hai văn bản." in words
    assert ("Vào sổ là xác nhận đã xem điều này." in words) is is_asked


def test_a_paper_passed_on_by_its_upper_part_says_that_the_rest_is_being_read(
    clerk: TestClient, desk: FakeDesk
) -> None:
    held = desk.held["vb-0001"]
    assert "máy đang đọc tiếp" not in text_of(clerk.get("/van-ban/vb-0001").text)
    held.record = replace(held.record, status=Status.ASSIGNED, flags=(BODY_UNREAD,))
    assert "Đã chuyển theo phần đầu trang 1; máy đang đọc tiếp." in text_of(
        clerk.get("/van-ban/vb-0001").text
    )


def test_a_clerk_lets_a_doubted_paper_stand_by_one_button(clerk: TestClient, desk: FakeDesk) -> None:
    held = desk.held["vb-0001"]
    held.record = replace(held.record, status=Status.ASSIGNED, doubts=("Tệp như gồm hai văn bản.",))
    assert ">Đã xem, giữ nguyên</button>" in clerk.get("/van-ban/vb-0001").text
    answer = clerk.post("/van-ban/vb-0001/da-xem", content=b"")
    assert desk.settled == ["vb-0001"]
    words = text_of(clerk.get(answer.headers["location"]).text)
    assert "Đã ghi là đã xem." in words
    assert "Tệp như gồm hai văn bản." not in words


def test_a_name_with_two_owners_is_asked_and_none_is_chosen_beforehand(clerk: TestClient) -> None:
    source = clerk.get("/van-ban/vb-0001").text
    owners = re.findall(r'<input type="radio" name="ai\.Đ/c Linh" value="([^"]+)"([^>]*)>', source)
    assert [key for key, _ in owners] == ["linh", "linh-vp", "khong"]
    assert not any("checked" in rest for _, rest in owners)
    assert not re.search(r'name="chu_tri"[^>]*checked', source)
    assert "Dấu đến ghi hai người, không ghi ai chủ trì." in text_of(source)


def test_the_next_number_is_shown_before_it_is_spent(clerk: TestClient) -> None:
    assert "Sẽ chuyển số đến 29" in text_of(clerk.get("/van-ban/vb-0001").text)


def test_a_look_alike_is_told_before_a_number_is_spent(clerk: TestClient, desk: FakeDesk) -> None:
    desk.held["vb-0001"].look_alikes = (EntryRecord(book="den", year=2012, number=12, state="taken"),)
    assert "Cùng số ký hiệu và ngày với số đến 12/2012" in text_of(clerk.get("/van-ban/vb-0001").text)


def test_registering_tells_the_office_only_what_the_clerk_said(clerk: TestClient, desk: FakeDesk) -> None:
    answer = clerk.post("/van-ban/vb-0001/vao-so", data=filled(o__number_symbol="07/KH-UBND"))
    assert answer.headers["location"] == "/tiep-nhan/ke-tiep?vua=vb-0001"
    [(document, by, said)] = desk.confirmed
    assert (document, by) == ("vb-0001", "hoa")
    assert said.values == {
        FieldName.NUMBER_SYMBOL: "07/KH-UBND",
        FieldName.ARRIVAL_FORWARDED_TO: "Đ/c Linh\nĐ/c Thanh Xuân",
    }
    assert said.chosen == {"Đ/c Linh": "linh"}
    assert (said.lead, said.support, said.inform) == ("linh", ("xuan",), ())
    assert said.due is None
    assert said.hold_between is False


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, ("linh", ("xuan",), ()), id="the asked name leads"),
        pytest.param({"chu_tri": "xuan"}, ("xuan", ("linh",), ()), id="the known name leads"),
        pytest.param({"ai__Đ/c Linh": "linh-vp"}, ("linh-vp", ("xuan",), ()), id="the other owner"),
        pytest.param({"vai__xuan": "inform"}, ("linh", (), ("xuan",)), id="for information"),
        pytest.param({"vai__xuan": "khong"}, ("linh", (), ()), id="not passed on"),
        pytest.param({"them__0": "unit:vp"}, ("linh", ("xuan", "unit:vp"), ()), id="a unit added"),
        pytest.param(
            {"them__0": "hoa", "chu_tri": "them.0"}, ("hoa", ("linh", "xuan"), ()), id="somebody else"
        ),
        pytest.param({"them__0": "linh"}, ("linh", ("xuan",), ()), id="the same person twice counts once"),
        pytest.param({"ai__Đ/c Linh": "khong", "chu_tri": "xuan"}, ("xuan", (), ()), id="none of the owners"),
        pytest.param({"chu_tri": ""}, (None, ("linh", "xuan"), ()), id="nobody leads: the office refuses it"),
        pytest.param({"chu_tri": "them.0"}, (None, ("linh", "xuan"), ()), id="an empty line cannot lead"),
        pytest.param({"chu_tri": "admin"}, (None, ("linh", "xuan"), ()), id="nor a line that is not there"),
    ],
)
def test_who_gets_it_is_what_the_form_says(
    clerk: TestClient, desk: FakeDesk, changes: dict[str, str], expected: tuple[object, ...]
) -> None:
    clerk.post("/van-ban/vb-0001/vao-so", data=filled(**changes))
    [(_, _, said)] = desk.confirmed
    assert (said.lead, said.support, said.inform) == expected


def test_a_name_that_means_nobody_is_told_so_to_the_office(clerk: TestClient, desk: FakeDesk) -> None:
    clerk.post("/van-ban/vb-0001/vao-so", data=filled(**{"ai__Đ/c Linh": "khong", "chu_tri": "xuan"}))
    [(_, _, said)] = desk.confirmed
    assert said.chosen == {"Đ/c Linh": ""}


def test_a_changed_deadline_and_a_held_back_number_are_passed_on(clerk: TestClient, desk: FakeDesk) -> None:
    clerk.post("/van-ban/vb-0001/vao-so", data=filled(han="16/1/2012", giu_cho="1"))
    [(_, _, said)] = desk.confirmed
    assert (said.due, said.hold_between) == ("16/1/2012", True)


def test_text_typed_in_decomposed_letters_becomes_one_form(clerk: TestClient, desk: FakeDesk) -> None:
    clerk.post("/van-ban/vb-0001/vao-so", data=filled(o__subject="Kê\u0301 hoa\u0323ch"))
    [(_, _, said)] = desk.confirmed
    assert said.values[FieldName.SUBJECT] == "Kế hoạch"


def test_after_registering_the_number_and_the_next_waiting_are_shown(clerk: TestClient) -> None:
    clerk.post("/van-ban/vb-0001/vao-so", data=filled())
    source = clerk.get("/van-ban/vb-0001?xong=vao-so").text
    assert "Đã vào sổ số 29/2012 và chuyển." in text_of(source)
    assert 'href="/van-ban/vb-0011">Mở văn bản chờ kế tiếp' in source


def test_a_name_left_open_is_refused_and_nothing_is_registered(clerk: TestClient, desk: FakeDesk) -> None:
    answer = clerk.post("/van-ban/vb-0001/vao-so", data=filled(**{"ai__Đ/c Linh": ""}))
    assert answer.status_code == 422
    assert "Chưa có người mà “Đ/c Linh” chỉ đến, không vào sổ được." in text_of(answer.text)
    assert not desk.confirmed


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        pytest.param(BadDate(given="31/02/2012"), 422, id="no such day"),
        pytest.param(LeadNotChosen(), 422, id="nobody leads"),
        pytest.param(NumberTaken(number=28, year=2012, next=29), 409, id="number taken"),
        pytest.param(NumberOutOfOrder(number=31, year=2012, next=29), 409, id="number out of order"),
        pytest.param(AlreadyMoved(status="đã chuyển"), 409, id="somebody was faster"),
    ],
)
def test_a_refusal_keeps_what_was_typed_and_says_what_to_do(
    clerk: TestClient, desk: FakeDesk, trouble: Trouble, status: int
) -> None:
    desk.failing = trouble
    form = filled(
        o__number_symbol="07/KH-UBND <gõ dở>", o__urgency="Hỏa tốc", vai__xuan="inform", han="1/2/2012"
    )
    answer = clerk.post("/van-ban/vb-0001/vao-so", data=form)
    assert answer.status_code == status
    assert str(trouble) in text_of(answer.text)
    assert trouble.advise() in text_of(answer.text)
    assert 'name="o.number_symbol" value="07/KH-UBND &lt;gõ dở&gt;"' in answer.text
    assert "<option selected>Hỏa tốc</option>" in answer.text
    assert '<option value="inform" selected>' in answer.text
    assert 'name="han" value="1/2/2012"' in answer.text
    assert re.search(r'name="ai\.Đ/c Linh" value="linh"[^>]* checked', answer.text)
    assert re.search(r'name="chu_tri" value="ten\.Đ/c Linh"[^>]* checked', answer.text)


def test_holding_numbers_back_is_offered_only_when_a_number_is_out_of_order(
    clerk: TestClient, desk: FakeDesk
) -> None:
    assert "giu_cho" not in clerk.get("/van-ban/vb-0001").text
    desk.failing = NumberOutOfOrder(number=31, year=2012, next=29)
    assert 'name="giu_cho"' in clerk.post("/van-ban/vb-0001/vao-so", data=filled()).text


def test_a_doubt_is_insisted_on_with_its_own_token(clerk: TestClient, desk: FakeDesk) -> None:
    desk.failing = NotSure(doubts="Hạn 08/01/2012 rơi vào ngày nghỉ.")
    answer = clerk.post("/van-ban/vb-0001/vao-so", data=filled())
    assert answer.status_code == 409
    tick = answer.text.index(f'name="chac" value="{desk.failing.token}"')
    assert answer.text.index("rơi vào ngày nghỉ") < tick < answer.text.index('id="o-'), (
        "right under the doubts"
    )
    token, desk.failing = desk.failing.token, None
    clerk.post("/van-ban/vb-0001/vao-so", data=filled() | {"chac": token})
    assert desk.confirmed[-1][2].sure == token


def test_other_values_the_machine_saw_are_offered(clerk: TestClient, desk: FakeDesk) -> None:
    held = desk.held["vb-0001"]
    question = Question(
        topic="number_symbol", text="Số là 02 hay 07?", candidates=("02/KH-UBND", "07/KH-UBND")
    )
    held.record = replace(held.record, questions=(*held.record.questions, question))
    source = clerk.get("/van-ban/vb-0001").text
    assert "Máy thấy: “02/KH-UBND” hoặc “07/KH-UBND”." in text_of(source)
    assert "<option>07/KH-UBND</option>" in source


def test_a_name_nobody_fits_is_chosen_from_everybody(clerk: TestClient, desk: FakeDesk) -> None:
    held = desk.held["vb-0001"]
    question = Question(topic="arrival_forwarded_to", text="Không ai tên Tám.", about="Đ/c Tám")
    held.record = replace(held.record, questions=(question,))
    source = clerk.get("/van-ban/vb-0001").text
    [choices] = re.findall(r'<select name="ai\.Đ/c Tám".*?</select>', source, re.DOTALL)
    assert 'value="linh"' in choices
    assert 'value="unit:bcxb"' in choices
    assert 'value="khong"' in choices


# ── the machinery ────────────────────────────────────────────────────────────────────────────────────────


def test_the_state_names_the_silent_process(clerk: TestClient) -> None:
    words = text_of(clerk.get("/tinh-trang").text)
    assert "Gửi thông báo notifier 42 phút trước 09:32 05/01/2012 Im lặng" in words
    assert "Nhận tệp intake vài giây trước 10:13 05/01/2012 Đang chạy" in words
    assert "Đang chờ 3 Đã thôi gửi 1" in words
    assert "12.345 dòng" in words
    assert "9f3a62c1" * 8 in words


# ── troubles ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_trouble_says_what_happened_what_is_safe_and_what_next(clerk: TestClient, desk: FakeDesk) -> None:
    desk.failing = DatabaseAway(detail="không nối được")
    answer = clerk.post("/van-ban/vb-0001/vao-so", data=filled())
    assert answer.status_code == 503
    words = text_of(answer.text)
    assert "Không mở được cơ sở dữ liệu: không nối được." in words
    assert "Đã an toàn" in words
    assert "Làm tiếp Tệp trong thư mục nhận vẫn còn nguyên." in words


@pytest.mark.parametrize("path", ["/khong-co", "/van-ban/khong-co", "/van-ban/vb-0001/trang/abc"])
def test_an_unknown_address_is_a_page_too(clerk: TestClient, path: str) -> None:
    answer = clerk.get(path)
    assert answer.status_code == 404
    assert "Làm tiếp" in text_of(answer.text)
    assert '"detail"' not in answer.text


# ── hostile text, the outside, and the paper form of the page ────────────────────────────────────────────


def hostile_office() -> tuple[Held, ...]:
    """Every place where a document's own text can reach a page, filled with a script."""
    review, passed = in_review(), assigned()
    for held in (review, passed):
        held.fields = {
            name: replace(
                reading,
                value=[HOSTILE] if isinstance(reading.value, list) else HOSTILE,
                reason=HOSTILE,
                evidence=(HOSTILE,),
                source=Source.OCR,
            )
            for name, reading in held.fields.items()
        }
        held.why = (HOSTILE,)
        held.assignments = tuple(
            replace(
                line,
                direction=HOSTILE,
                returned=HOSTILE,
                progress=HOSTILE,
                result=HOSTILE,
                reply=HOSTILE,
                asked_due=line.due,
                asked_reason=HOSTILE,
                holder=HOA.id,
                holder_name=HOSTILE,
            )
            for line in held.assignments
        )
        held.history = (
            *held.history,
            audit(90, "DocumentReceived", HOSTILE, 1, {"arrival": {"name": HOSTILE}, "size": 1}),
            audit(91, "FieldsConfirmed", "hoa", 1, {"values": {"subject": HOSTILE}}),
            audit(92, HOSTILE, "hoa", 1),
        )
        held.pages = (page(1),)
    review.record = replace(
        review.record,
        file_name=HOSTILE,
        review_reasons=(HOSTILE,),
        questions=(
            Question(topic="arrival_forwarded_to", text=HOSTILE, candidates=("linh",), about=HOSTILE),
            Question(topic="subject", text=HOSTILE, candidates=(HOSTILE,)),
            Question(topic="lead", text=HOSTILE),
        ),
    )
    broken = next(h for h in the_others() if h.record.quarantine_code)
    broken.record = replace(
        broken.record, file_name=HOSTILE, quarantine_message=HOSTILE, quarantine_advice=HOSTILE
    )
    return review, passed, broken


@pytest.mark.parametrize(
    "path",
    [*EVERY_PAGE, "/van-ban/vb-0001", "/van-ban/vb-0002", "/van-ban/vb-0003",
     "/van-ban?tim=%3Cscript%3Ealert(1)%3C/script%3E", "/dang-nhap?tiep=%22%3E%3Cscript%3E"],
)  # fmt: skip
def test_hostile_text_stays_text(tmp_path: Path, path: str) -> None:
    desk = FakeDesk(tmp_path, held=hostile_office())
    app = create_app(desk, clock=lambda: NOW, office_name=HOSTILE)
    source = let_in(TestClient(app, base_url=HERE), desk, "hoa").get(path).text
    assert re.findall(r"<script\b[^>]*>", source) == [
        s for s in re.findall(r"<script\b[^>]*>", source) if "/static/" in s
    ]
    assert "<img src=x" not in source
    assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', source))
    assert "49" not in re.findall(r"\{\{7\*7\}\}|\b49\b", source)


def test_a_file_name_that_hides_its_end_is_shown_with_its_marks(clerk: TestClient, desk: FakeDesk) -> None:
    held = desk.held["vb-0006"]
    held.record = replace(held.record, file_name="hop_dong\u202efdp.exe\u200b")
    source = clerk.get("/van-ban").text
    assert "hop_dong⟨202E⟩fdp.exe⟨200B⟩" in source
    assert "\u202e" not in source


@pytest.mark.parametrize("path", [*EVERY_PAGE, *(f"/van-ban/vb-{n:04}" for n in range(1, 12)), "/dang-nhap"])
def test_pages_load_nothing_from_elsewhere_and_carry_no_inline_code(clerk: TestClient, path: str) -> None:
    source = clerk.get(path).text
    loaded = re.findall(r'\b(?:src|href|action|formaction)="([^"]*)"', source)
    assert loaded
    assert [one for one in loaded if not one.startswith(("/", "#"))] == []
    assert [one for one in loaded if one.startswith("//")] == []
    assert " style=" not in source
    assert not re.search(r"<(style|iframe|object|embed|base)\b", source)
    assert re.findall(r"<script[^>]*></script>|<script", source) == re.findall(
        r'<script src="/static/(?:vendor/htmx-[\d.]+\.min|\w+)\.js[^>]*></script>', source
    )


@pytest.mark.parametrize("path", [*EVERY_PAGE, *(f"/van-ban/vb-{n:04}" for n in range(1, 12)), "/dang-nhap"])
def test_ids_are_unique_and_every_control_has_a_name_for_the_ear(clerk: TestClient, path: str) -> None:
    source = clerk.get(path).text
    ids = re.findall(r'\sid="([^"]+)"', source)
    assert len(ids) == len(set(ids))
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', source))
    for control in re.findall(r"<(?:input|select|textarea)\b[^>]*>", source):
        if 'type="hidden"' in control or "aria-label=" in control or 'type="radio"' in control:
            continue
        if 'type="checkbox"' in control:
            continue
        [own] = re.findall(r'\sid="([^"]+)"', control) or re.findall(r'name="(ai\.[^"]+)"', control)
        assert own in labelled


def test_first_load_without_the_scan_is_light(clerk: TestClient) -> None:
    source = clerk.get("/van-ban/vb-0001").text
    statics = set(re.findall(r'(?:src|href)="(/static/[^"?]+)', source))
    style = clerk.get("/static/desk.css").text
    statics |= {f"/static/{one}" for one in re.findall(r"url\(([^)]+)\)", style)}
    answers = [clerk.get(one) for one in sorted(statics)]
    assert {a.status_code for a in answers} == {200}
    assert len(source.encode()) + sum(len(a.content) for a in answers) <= 200_000


def test_a_long_list_is_cut_and_says_so(tmp_path: Path) -> None:
    held = tuple(
        Held(record(f"vb-{n}", status=in_review().record.status, file_name=f"{n}.pdf")) for n in range(201)
    )
    desk = FakeDesk(tmp_path, held=held)
    client = let_in(TestClient(create_app(desk, clock=lambda: NOW), base_url=HERE), desk, "hoa")
    words = text_of(client.get("/van-ban").text)
    assert "Chỉ hiện 200 văn bản mới nhất" in words
    assert "Tất cả 201" in words


def test_a_checked_lack_is_said_in_words(clerk: TestClient, desk: FakeDesk) -> None:
    held = desk.held["vb-0002"]
    held.fields[FieldName.SECRECY] = field_reading(FieldName.SECRECY, None, checked=True)
    assert "Độ mật Không có dấu mật Máy đã kiểm" in text_of(clerk.get("/van-ban/vb-0002").text)


def test_roles_that_need_no_deadline_show_none(clerk: TestClient) -> None:
    words = text_of(clerk.get("/van-ban/vb-0002").text)
    assert re.search(r"để biết Phạm Văn Linh Văn phòng Sở (?!hạn)", words)
    assert Role.INFORM not in words
