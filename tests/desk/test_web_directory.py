"""Danh bạ on a real office: who is shown, who may change, what moves is shown before it moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.direction import NameChosen
from documents.people import Duty, Officer, PersonId
from office import delegations, staff
from office.habits import list_offers
from office.office import Office
from tests.desk.real_office import browser, come_in, said, sent_to
from tests.desk.web_client import TestClient
from tests.office.lines_at_work import (
    ADMIN,
    HOA,
    LEADER,
    LINH,
    OBSERVER,
    SECOND,
    STRANGER,
    XUAN,
    lead,
    line_of,
    pass_on,
)
from tests.offices import MORNING

AWAY = {"thay": "mai", "tu": "5/1/2012", "den": "10/1/2012", "van_ban": "Giấy ủy quyền 3/GUQ"}


@pytest.fixture
def at(tmp_path: Path) -> Iterator[tuple[TestClient, Office]]:
    with browser(tmp_path) as both:
        yield both


def person_of(office: Office, who: str) -> Officer:
    person = staff.list_people(office).person(PersonId(who))
    assert person is not None
    return person


# ── seeing ───────────────────────────────────────────────────────────────────────────────────────────────


def test_everybody_sees_people_by_unit_and_who_is_away(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, LINH)
    assert client.post("/danh-ba/nguoi/linh/vang", data=AWAY).status_code == 303
    page = said(client.get("/danh-ba").text)
    page = page[page.index("Phòng Báo chí – Xuất bản") :]
    assert page.index("Lê Thanh Xuân") < page.index("Nguyễn Thị Linh")
    assert "vắng đến 10/01/2012 Trần Thị Mai thay" in page
    assert "đang thay Nguyễn Thị Linh đến 10/01/2012" in page


@pytest.mark.parametrize(
    ("wanted", "found", "missing"),
    [
        pytest.param("thi linh", "Nguyễn Thị Linh", "Bùi Mạnh Hùng", id="a name without marks"),
        pytest.param("bcxb", "Lê Thanh Xuân", "Bùi Mạnh Hùng", id="a short form of a unit brings its people"),
        pytest.param("nobody", "Không có ai khớp", "Nguyễn Thị Linh", id="nobody"),
    ],
)
def test_people_are_found_as_one_types(
    wanted: str, found: str, missing: str, at: tuple[TestClient, Office]
) -> None:
    client, office = at
    come_in(client, office, STRANGER)
    page = said(client.get("/danh-ba", params={"loc": wanted}).text)
    assert found in page
    assert missing not in page


@pytest.mark.parametrize(
    ("who", "forms"),
    [
        pytest.param(STRANGER, set(), id="another officer only looks"),
        pytest.param(OBSERVER, set(), id="the supervisor only looks"),
        pytest.param(LINH, {"/danh-ba/nguoi/linh/vang"}, id="oneself: an absence"),
        pytest.param(HOA, {"/danh-ba/nguoi/linh/vang"}, id="the clerk: others' absences"),
        pytest.param(
            ADMIN,
            {
                "/danh-ba/nguoi/linh",
                "/danh-ba/nguoi/linh/mat-khau",
                "/danh-ba/nguoi/linh/thoi-viec",
                "/danh-ba/nguoi/linh/vang",
            },
            id="the administrator: all of it",
        ),
    ],
)
def test_a_page_offers_what_its_reader_may_do(
    who: Officer, forms: set[str], at: tuple[TestClient, Office]
) -> None:
    client, office = at
    come_in(client, office, who)
    assert sent_to(client.get("/danh-ba/nguoi/linh").text) == forms


def test_open_work_is_named_by_its_number_only_to_who_may_not_open_it(at: tuple[TestClient, Office]) -> None:
    client, office = at
    pass_on(office, 1, lead(LINH), subject="Việc của Linh")
    come_in(client, office, STRANGER)
    assert "Việc của Linh" not in client.get("/danh-ba/nguoi/linh").text
    pass_on(office, 2, lead(STRANGER), subject="Việc của Khang")
    come_in(client, office, XUAN)
    page = said(client.get("/danh-ba/nguoi/khang").text)
    assert "2/2012 (văn bản không thuộc phần bạn được mở)" in page
    assert "Việc của Khang" not in page
    assert "Việc của Linh" in client.get("/danh-ba/nguoi/linh").text


def test_an_unknown_person_or_unit_is_a_page_that_says_so(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, LINH)
    assert client.get("/danh-ba/nguoi/khong-co").status_code == 404
    assert client.get("/danh-ba/don-vi/khong-co").status_code == 404


# ── changing ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_person_is_added_and_comes_in_with_the_password_shown_once(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, ADMIN)
    typed = {
        "ten": "Lê Văn Mới",
        "ma": "moi",
        "vai_tro": "officer",
        "don_vi": "bcxb",
        "bi_danh": "Mới BC, Đ/c Mới",
    }
    page = client.post("/danh-ba/nguoi", data=typed)
    password = page.text.split('class="once">')[1].split("<")[0]
    assert person_of(office, "moi").aliases == ("Mới BC", "Đ/c Mới")
    assert password not in client.get("/danh-ba").text
    entered = client.post("/dang-nhap", data={"login": "moi", "password": password})
    assert entered.status_code == 303


def test_what_was_typed_stays_when_an_id_is_taken(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, ADMIN)
    page = client.post("/danh-ba/nguoi", data={"ten": "Lê Văn Mới", "ma": "LINH", "vai_tro": "officer"})
    assert page.status_code == 422
    assert "Mã “linh” đã là của Nguyễn Thị Linh" in said(page.text)
    assert 'value="Lê Văn Mới"' in page.text
    assert "congvan people" not in page.text


def test_a_change_is_told_in_the_history_with_who_made_it(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, ADMIN)
    typed = {
        "ten": LINH.name,
        "vai_tro": "unit_head",
        "don_vi": "vp",
        "chuc_vu": "Phó phòng",
        "bi_danh": "Linh BC",
    }
    assert client.post("/danh-ba/nguoi/linh", data=typed).status_code == 303
    page = said(client.get("/danh-ba/nguoi/linh").text)
    for told in (
        "Vai trò: chuyên viên → trưởng phòng",
        "Đơn vị: Phòng Báo chí – Xuất bản → Văn phòng",
        "Chức vụ: Chuyên viên → Phó phòng",
        "Bí danh: — → Linh BC · Người Quản Trị",
    ):
        assert told in page
    client.cookies.set("ngon-ngu", "en")
    assert "Aliases: — → Linh BC" in said(client.get("/danh-ba/nguoi/linh").text)


def test_a_reset_password_ends_the_sessions_of_its_owner(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, LINH)
    come_in(client, office, ADMIN)
    assert 'class="once"' in client.post("/danh-ba/nguoi/linh/mat-khau").text
    client.cookies.set("congvan", "token-linh")
    assert client.get("/danh-ba").status_code == 303


def test_who_then_holds_the_work_is_shown_before_somebody_leaves(at: tuple[TestClient, Office]) -> None:
    client, office = at
    document = pass_on(office, 1, lead("bcxb"))
    come_in(client, office, ADMIN)
    page = client.post("/danh-ba/nguoi/thanhxuan/thoi-viec", data={"ngay": "5/1/2012"})
    assert "1 việc đang mở sẽ đổi người giữ. Chưa ghi gì." in said(page.text)
    assert "Vẫn ghi người này đứng đầu Phòng Báo chí – Xuất bản" in said(page.text)
    assert person_of(office, "thanhxuan").until is None
    done = client.post("/danh-ba/nguoi/thanhxuan/thoi-viec", data={"ngay": "4/1/2012", "da_xem": "1"})
    assert done.status_code == 303
    assert line_of(office, document).holder is None
    assert "ngày cuối 04/01/2012" in said(client.get("/danh-ba").text)
    assert client.post("/danh-ba/nguoi/thanhxuan/thoi-viec", data={"lai": "1"}).status_code == 303
    assert person_of(office, "thanhxuan").until is None


def test_the_last_administrator_stays(at: tuple[TestClient, Office]) -> None:
    client, office = at
    staff.retire_person(office, "quantri", MORNING.date(), anyway=True, by="test", now=MORNING)
    staff.change_person(office, "quantri", staff.PersonChange(duty=Duty.OFFICER), by="test", now=MORNING)
    come_in(client, office, ADMIN)
    page = client.post("/danh-ba/nguoi/sys", data={"ten": ADMIN.name, "vai_tro": "officer"})
    assert page.status_code == 422
    assert "là quản trị duy nhất đang làm việc" in said(page.text)


def test_a_unit_is_added_and_its_new_head_takes_over(at: tuple[TestClient, Office]) -> None:
    client, office = at
    document = pass_on(office, 1, lead("bcxb"))
    come_in(client, office, ADMIN)
    assert client.post("/danh-ba/don-vi", data={"ten": "Phòng Mới", "ma": "BCXB"}).status_code == 422
    assert client.post("/danh-ba/don-vi", data={"ten": "Phòng Mới", "ma": "pm"}).status_code == 303
    typed = {"ten": "Phòng Báo chí – Xuất bản", "bi_danh": "BCXB", "dung_dau": "mai"}
    assert client.post("/danh-ba/don-vi/bcxb", data=typed).status_code == 303
    assert line_of(office, document).holder == SECOND.id
    assert "Người đứng đầu: Lê Thanh Xuân → Trần Thị Mai" in said(client.get("/danh-ba/don-vi/bcxb").text)


def test_an_alias_on_offer_is_adopted_with_its_figures(at: tuple[TestClient, Office]) -> None:
    client, office = at
    document = pass_on(office, 1, lead(LINH))
    with office.registry.book("hoa", MORNING) as book:
        for chosen in ["linh"] * 12 + ["lan"] * 2:
            book.record(NameChosen(document=document, written="Đ/c Linh", chosen=chosen))
        for _ in range(5):
            book.record(NameChosen(document=document, written="P. Báo", chosen="unit:bcxb"))
    come_in(client, office, ADMIN)
    assert "“Đ/c Linh” được chọn là Nguyễn Thị Linh 12/14 lần" in said(client.get("/danh-ba").text)
    assert client.post("/danh-ba/bi-danh", data={"viet": "Đ/c Linh", "la": "linh"}).status_code == 303
    assert client.post("/danh-ba/bi-danh", data={"viet": "P. Báo", "la": "unit:bcxb"}).status_code == 303
    unit = said(client.get("/danh-ba/don-vi/bcxb").text)
    assert "Bí danh “P. Báo” đặt theo thói quen (5/5 lần)" in unit
    assert list_offers(office, now=MORNING) == ()
    page = said(client.get("/danh-ba/nguoi/linh").text)
    assert "Bí danh “Đ/c Linh” đặt theo thói quen (12/14 lần)" in page


# ── absences ─────────────────────────────────────────────────────────────────────────────────────────────


def test_what_moves_is_shown_before_an_absence_and_comes_back_at_its_end(
    at: tuple[TestClient, Office],
) -> None:
    client, office = at
    document = pass_on(office, 1, lead(LINH), subject="Việc của Linh")
    come_in(client, office, LINH)
    page = client.post("/danh-ba/nguoi/linh/vang", data=AWAY)
    assert "1 việc đang mở sẽ chuyển sang người thay. Chưa ghi gì." in said(page.text)
    assert delegations.list_delegations(office) == ()
    done = client.post("/danh-ba/nguoi/linh/vang", data={**AWAY, "da_xem": "1", "ve": "/ca-nhan"})
    assert (done.status_code, done.headers["location"]) == (303, "/ca-nhan?xong=vang")
    assert line_of(office, document).holder == SECOND.id
    asked = client.post("/danh-ba/uy-quyen/1/het", data={"ngay": ""})
    assert "1 việc đang mở sẽ về người cũ. Chưa ghi gì." in said(asked.text)
    ended = client.post("/danh-ba/uy-quyen/1/het", data={"ngay": "", "da_xem": "1"})
    assert ended.status_code == 303
    assert line_of(office, document).holder == LINH.id


def test_a_preview_that_is_no_longer_true_is_shown_anew(at: tuple[TestClient, Office]) -> None:
    client, office = at
    pass_on(office, 1, lead(LINH))
    pass_on(office, 2, lead(LINH))
    come_in(client, office, LINH)
    page = client.post("/danh-ba/nguoi/linh/vang", data={**AWAY, "da_xem": "1"})
    assert "2 việc đang mở sẽ chuyển" in said(page.text)
    assert delegations.list_delegations(office) == ()


@pytest.mark.parametrize(
    ("who", "of", "status"),
    [
        pytest.param(STRANGER, "linh", 403, id="a colleague"),
        pytest.param(OBSERVER, "linh", 403, id="who only looks"),
        pytest.param(HOA, "linh", 303, id="the clerk"),
        pytest.param(XUAN, "linh", 303, id="a head"),
        pytest.param(LEADER, "linh", 303, id="a leader"),
    ],
)
def test_the_absences_of_others_are_for_some(
    who: Officer, of: str, status: int, at: tuple[TestClient, Office]
) -> None:
    client, office = at
    come_in(client, office, who)
    assert client.post(f"/danh-ba/nguoi/{of}/vang", data=AWAY).status_code == status
    come_in(client, office, LINH)
    client.post("/danh-ba/nguoi/linh/vang", data=AWAY)
    come_in(client, office, who)
    assert client.post("/danh-ba/uy-quyen/1/het", data={"ngay": "6/1/2012"}).status_code == status


def test_a_circle_is_refused_with_its_sentence_and_what_was_typed(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, HOA)
    client.post("/danh-ba/nguoi/linh/vang", data=AWAY)
    page = client.post("/danh-ba/nguoi/mai/vang", data={**AWAY, "thay": "linh"})
    assert page.status_code == 422
    assert "hai người thay lẫn nhau trong cùng ngày (số 1, 05/01/2012–10/01/2012)" in said(page.text)
    assert 'value="Giấy ủy quyền 3/GUQ"' in page.text
    assert "congvan" not in said(page.text)


def test_a_scope_is_kept_and_told(at: tuple[TestClient, Office]) -> None:
    client, office = at
    come_in(client, office, LINH)
    typed = {**AWAY, "loai": "Giấy mời, Kế hoạch", "don_vi": "bcxb", "mat": "1"}
    assert client.post("/danh-ba/nguoi/linh/vang", data=typed).status_code == 303
    [one] = delegations.list_delegations(office)
    assert (one.doc_types, one.unit, one.with_secret) == (("Giấy mời", "Kế hoạch"), "bcxb", True)
    page = said(client.get("/danh-ba/nguoi/linh").text)
    assert "chỉ loại: Giấy mời, Kế hoạch · chỉ việc của Phòng Báo chí – Xuất bản · cả văn bản mật" in page
