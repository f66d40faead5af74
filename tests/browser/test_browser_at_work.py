"""The ten-second tests that change something: each in an office of its own, on real scans, keys and clicks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from documents.lines import LineState
from documents.page import Box
from documents.reading import FieldName
from documents.record import DocumentRecord
from documents.status import Status
from office.office import Office
from office.reading import open_reader
from tests.browser.conftest import NOW, Clock, SignIn, open_copy, served
from tests.journeys.working import work_off

pytestmark = [pytest.mark.browser, pytest.mark.tesseract, pytest.mark.xdist_group("browser")]

PLAN = "ke-hoach-02-tay-ninh.pdf"
"""Its stamp names two people called Linh and one Thanh Xuân; nobody leads."""
REPORT = "bao-cao-syt.pdf"
"""All is read; only the number that a pen wrote into its stamp is not the next one."""
AGAIN = "quet-lai.pdf"
"""A paper that is in the book already, scanned once more."""
INVITATION = "giay-moi-stc.pdf"


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Iterator[Office]:
    with open_copy(filled, tmp_path / "home") as office:
        yield office


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def address(office: Office, clock: Clock) -> Iterator[str]:
    with served(office, clock) as address:
        yield address


def document(office: Office, file_name: str) -> DocumentRecord:
    with office.view() as view:
        [found] = [d for d in view.documents(None, None) if d.file_name == file_name]
    return found


def open_paper(page: Page, office: Office, file_name: str) -> str:
    """Open it; its address."""
    where = f"/van-ban/{document(office, file_name).id}"
    page.goto(where)
    return where


def give_to_linh(sign_in: SignIn, office: Office) -> None:
    """The clerk says who leads, and passes the plan on."""
    page = sign_in("hoa")
    open_paper(page, office, PLAN)
    page.get_by_role("radio", name=re.compile("Nguyễn Thị Linh")).first.check()
    page.locator(".recipient.asked [name=chu_tri]").first.check()
    page.locator("#nhap-arrival_number").fill("")  # 29, as its stamp has it, went to another paper
    page.keyboard.press("Control+Enter")
    expect(page.locator("#bao")).to_contain_text("Đã vào sổ số 30/2012")
    page.context.close()


# ── the clerk ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_clerk_enters_what_stands_right_on_the_form_with_one_key(sign_in: SignIn, office: Office) -> None:
    page = sign_in("hoa")
    with office.view() as view:
        before = view.counts()[Status.REVIEW]
    open_paper(page, office, REPORT)
    page.locator("#nhap-arrival_number").fill("")  # the next number, not the one on the stamp
    page.keyboard.press("Control+Enter")
    expect(page.locator("#bao")).to_contain_text("Đã vào sổ số")
    with office.view() as view:
        assert view.counts()[Status.REVIEW] == before - 1
    assert document(office, REPORT).status is Status.ASSIGNED


def test_a_clerk_is_told_that_a_paper_is_in_the_book_before_a_number_is_spent(
    sign_in: SignIn, office: Office
) -> None:
    page = sign_in("hoa")
    open_paper(page, office, AGAIN)
    entry = document(office, INVITATION).entry
    assert entry is not None
    told = page.locator(".alert", has_text="Có thể đã vào sổ rồi")
    expect(told).to_contain_text(entry.name)
    expect(told).to_contain_text("chưa số nào bị dùng")
    assert document(office, AGAIN).entry is None


def test_a_clerk_prints_the_page_of_today(sign_in: SignIn, office: Office) -> None:
    page = sign_in("hoa")
    page.goto("/so-den/2012")
    page.get_by_role("link", name="Hôm nay").click()
    expect(page).to_have_url(re.compile(r"\?tu=05/01/2012&den=05/01/2012$"))
    entry = document(office, INVITATION).entry
    assert entry is not None
    expect(page.locator("table.register")).to_contain_text(str(entry.number))
    page.emulate_media(media="print")
    expect(page.locator("header.bar, body > header").first).to_be_hidden()
    assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")


def box_of(office: Office, file_name: str, name: FieldName) -> Box:
    """Where that field was found on the page."""
    with office.view() as view:
        found = view.fields(document(office, file_name).id)[name].box
    assert found is not None
    return found


# The arrival stamp stands beside the subject: of it a sign or two may be read behind the first line.


def test_a_clerk_draws_a_box_and_it_is_read_into_the_field(sign_in: SignIn, office: Office) -> None:
    page = sign_in("hoa")
    open_paper(page, office, REPORT)
    subject = page.locator("#nhap-subject")
    read = subject.input_value()
    subject.fill("")
    subject.press("F2")
    box = box_of(office, REPORT, FieldName.SUBJECT)
    sheet = page.locator("#trang-1 img").bounding_box()
    assert sheet is not None
    for n, (x, y) in enumerate([(box.x0 - 0.01, box.y0 - 0.005), (box.x1 + 0.01, box.y1 + 0.005)]):
        page.mouse.move(sheet["x"] + x * sheet["width"], sheet["y"] + y * sheet["height"])
        (page.mouse.up if n else page.mouse.down)()
    expect(page.locator("#bao")).to_contain_text("Đã đọc vùng vừa khoanh")
    expect(page.locator("#nhap-subject")).to_have_value(re.compile(re.escape(read[:40])))
    assert document(office, REPORT).status is Status.REVIEW


def test_whoever_cannot_draw_types_the_corners_and_scripts_are_not_needed(
    sign_in: SignIn, office: Office
) -> None:
    page = sign_in("hoa", scripts=False)
    open_paper(page, office, REPORT)
    read = page.locator("#nhap-subject").input_value()
    page.locator("#nhap-subject").fill("")
    page.locator("summary", has_text="Khoanh vùng").click()
    box = box_of(office, REPORT, FieldName.SUBJECT)
    page.locator("#vung-o").select_option("subject")
    for side, share in [("trai", box.x0), ("tren", box.y0), ("phai", box.x1), ("duoi", box.y1)]:
        page.locator(f"#vung-{side}").fill(f"{share * 100:.2f}")
    page.locator("#doc-vung").click()
    expect(page.locator("#bao")).to_contain_text("Đã đọc vùng vừa khoanh")
    expect(page.locator("#nhap-subject")).to_have_value(re.compile(re.escape(read[:40])))


def test_a_name_that_was_chosen_before_says_how_often(sign_in: SignIn, office: Office) -> None:
    give_to_linh(sign_in, office)
    again = office.store.path_of(document(office, PLAN).sha256).read_bytes() + b"\n"
    (office.settings.intake_folder / "ke-hoach-quet-lai.pdf").write_bytes(again)
    with open_reader(office.settings, slots=1) as reader:
        work_off(office, reader, NOW + dt.timedelta(minutes=20))
    page = sign_in("hoa")
    open_paper(page, office, "ke-hoach-quet-lai.pdf")
    offered = page.locator(".recipient.asked label", has=page.locator("input[type=radio]"))
    expect(offered.first).to_contain_text("Nguyễn Thị Linh")
    expect(offered.first).to_contain_text("đã chọn 1 lần")


def test_f4_opens_the_offers_of_a_field(sign_in: SignIn, office: Office) -> None:
    page = sign_in("hoa")
    open_paper(page, office, REPORT)
    page.evaluate("HTMLInputElement.prototype.showPicker = function () { window.opened = this.id; }")
    page.locator("#nhap-doc_type").press("F4")
    assert page.evaluate("window.opened") == "nhap-doc_type"


# ── the officer ──────────────────────────────────────────────────────────────────────────────────────────


def test_an_officer_sees_what_is_due_first_reads_the_scan_and_why_it_came_to_them(
    sign_in: SignIn, office: Office
) -> None:
    give_to_linh(sign_in, office)
    page = sign_in("linh")
    first = page.locator("#can-lam tbody tr").first
    expect(first).to_contain_text("02/KH-UBND")
    expect(first).to_contain_text("ngày làm việc")
    first.locator("a").click()
    picture = page.locator("figure.sheet img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 800)")
    why = page.locator("#vi-sao")
    expect(why).to_contain_text("Đ/c Linh")
    expect(why).to_contain_text("Nguyễn Thị Linh")


@pytest.mark.parametrize(
    ("step", "typed", "state"),
    [
        pytest.param(
            "Đã xong", {"so": "15/BC-STTTT", "noi_dung": "Đã gửi báo cáo"}, LineState.DONE, id="done"
        ),
        pytest.param("Trả lại", {"noi_dung": "Thuộc phòng khác"}, LineState.RETURNED, id="return"),
        pytest.param(
            "Xin gia hạn", {"han": "30/01/2012", "noi_dung": "Chờ số liệu"}, LineState.OPEN, id="extension"
        ),
    ],
)
def test_an_officer_takes_a_step_with_few_words(
    sign_in: SignIn, office: Office, step: str, typed: dict[str, str], state: LineState
) -> None:
    give_to_linh(sign_in, office)
    page = sign_in("linh")
    page.locator("#can-lam tbody a").first.click()
    page.locator("#viec summary", has_text=step).click()
    form = page.locator("#viec details[open] form")
    for name, text in typed.items():
        form.locator(f"[name={name}]").fill(text)
    form.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("Đã ghi")
    with office.view() as view:
        line = view.assignments(document(office, PLAN).id)[0]
    assert line.state is state
    assert (line.asked_due is not None) is (step == "Xin gia hạn")


# ── the unit head ────────────────────────────────────────────────────────────────────────────────────────


def test_a_unit_head_hands_on_with_a_line_of_direction_and_sees_who_is_away(
    sign_in: SignIn, office: Office
) -> None:
    give_to_linh(sign_in, office)
    page = sign_in("xuan")
    page.locator("#can-lam tbody a", has_text="thông tin đối ngoại").first.click()
    page.locator("#viec summary", has_text=re.compile("^Giao")).first.click()
    form = page.locator("#viec details[open] form")
    form.locator("[name=den]").select_option("linh")
    form.locator("[name=noi_dung]").fill("Soạn góp ý của phòng")
    form.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("Đã ghi")
    page.goto("/danh-ba/nguoi/xuan")
    page.locator("summary", has_text="Ghi vắng mặt").click()
    page.locator("#vang-thay").select_option("linh")
    page.locator("#vang-tu").fill("05/01/2012")
    page.locator("#vang-den").fill("09/01/2012")
    page.locator("#vang-vb").fill("Giấy uỷ quyền số 12/GUQ-STTTT")
    page.get_by_role("button", name=re.compile("rồi ghi")).click()
    page.get_by_role("button", name=re.compile("Ghi uỷ quyền")).click()
    page.goto("/danh-ba")
    hers = page.locator("tr").filter(has=page.get_by_role("link", name="Lê Thanh Xuân"))
    expect(hers).to_contain_text("vắng đến 09/01/2012")


# ── the leader ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_leader_names_what_is_late_who_has_it_and_by_which_rule_it_went(
    sign_in: SignIn, office: Office, clock: Clock
) -> None:
    give_to_linh(sign_in, office)
    clock.now += dt.timedelta(days=40)
    page = sign_in("giamdoc")
    expect(page.locator("main")).to_contain_text("Nguyễn Thị Linh")
    page.locator("a[href*='/giam-sat/van-ban']", has_text=re.compile(r"\d")).first.click()
    late = page.locator("table.watched tbody tr", has_text="02/KH-UBND").filter(has_text="Nguyễn Thị Linh")
    expect(late).to_contain_text("trễ")
    late.locator("a").first.click()
    history = page.locator(".history")
    expect(history).to_contain_text("Trần Thị Hoa")
    expect(page.locator("#vi-sao")).to_contain_text("Trần Thị Hoa")
    page.emulate_media(media="print")
    expect(page.locator("main form:visible")).to_have_count(0)
    assert (
        page.locator(".lead .role").first.evaluate("tag => getComputedStyle(tag).color")
        != "rgb(255, 255, 255)"
    )
    assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")


# ── the administrator ────────────────────────────────────────────────────────────────────────────────────


def test_an_administrator_adds_an_officer_with_an_alias(sign_in: SignIn, office: Office) -> None:
    page = sign_in("quantri")
    page.goto("/danh-ba")
    page.locator("summary", has_text="Thêm người").click()
    form = page.locator("details[open] form")
    form.get_by_label("Họ và tên").fill("Lê Thị Mai")
    form.get_by_label("Mã, tên đăng nhập").fill("mai")
    form.get_by_label("Bí danh").fill("Đ/c Mai")
    form.get_by_role("button", name="Thêm người").click()
    expect(page.locator("main")).to_contain_text("Đã thêm Lê Thị Mai")
    with office.view() as view:
        [mai] = [p for p in view.directory().people if p.id == "mai"]
    assert mai.aliases == ("Đ/c Mai",)


def test_an_administrator_sees_which_past_documents_a_changed_rule_would_move(
    sign_in: SignIn, office: Office
) -> None:
    page = sign_in("quantri")
    page.goto("/quy-tac")
    page.get_by_role("link", name="Soạn bản nháp từ bản này").click()
    table = page.locator("#bang")
    table.fill(re.sub(r"(?m)^( *)lead: .*$", r"\1lead: giamdoc", table.input_value()))
    page.get_by_role("button", name="Lưu thành bản nháp").click()
    expect(page.locator("main")).to_contain_text("chưa có gì thay đổi")
    page.locator("#tu").fill("01/01/2012")
    page.get_by_role("button", name=re.compile("Chạy")).click()
    expect(page.locator("table.moved")).to_contain_text("Nguyễn Văn Thắng")
    assert document(office, INVITATION).status is Status.ASSIGNED
