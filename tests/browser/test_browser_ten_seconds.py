"""The ten-second tests: what somebody new to a desk sees and does within a few keys, on real scans."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from documents.status import Status
from office.office import Office
from tests.browser.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.tesseract, pytest.mark.xdist_group("browser")]


DOUBTFUL = "thong-bao-ket-luan.pdf"
"""Its stamp is worn: number, day and names need eyes."""


def waiting(office: Office) -> int:
    with office.view() as view:
        return view.counts()[Status.REVIEW]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.id"))


# ── the clerk ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_clerk_sees_how_many_wait_and_opens_the_oldest_with_one_key(
    sign_in: SignIn, office: Office
) -> None:
    page = sign_in("hoa")
    expect(page).to_have_url(re.compile("/tiep-nhan$"))
    expect(page.locator(".count b")).to_have_text(str(waiting(office)))
    expect(page.locator(".first")).to_contain_text("Chờ lâu nhất")
    page.wait_for_timeout(2_500)  # the sign-in itself is news: the list draws itself anew once
    expect(page.locator("#mo-dau")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/van-ban/"))


def test_enter_visits_only_what_needs_eyes(sign_in: SignIn, office: Office) -> None:
    page = sign_in("hoa")
    with office.view() as view:
        asking = [d for d in view.documents(Status.REVIEW) if d.file_name == DOUBTFUL]
    page.goto(f"/van-ban/{asking[0].id}")
    doubtful = page.locator("#duyet .entry.doubtful").count()
    assert doubtful > 0
    expect(page.locator("#duyet h2").first).to_contain_text(f"Còn {doubtful} ô")
    checked = page.locator("#duyet .entry:not(.doubtful) :is(input:not([type=hidden]), textarea, select)")
    passed_over = {checked.nth(n).get_attribute("name") for n in range(checked.count())}
    visited = [focused(page)]
    # The last stop is the button that registers: Enter on it would do so.
    while page.evaluate("document.activeElement.tagName") != "BUTTON" and len(visited) < 20:
        page.keyboard.press("Enter")
        visited.append(focused(page))
    assert len(set(visited)) > doubtful
    assert page.evaluate("document.activeElement.classList.contains('go')")
    assert set(visited) & passed_over == set()


@pytest.mark.parametrize("typed", ["doi ngoai", "ĐỐI NGOẠI", "02 kh ubnd"])
def test_a_clerk_finds_a_paper_as_people_type(sign_in: SignIn, typed: str) -> None:
    page = sign_in("hoa")
    page.fill("#tim", typed)
    page.keyboard.press("Enter")
    expect(page.locator("table.documents")).to_contain_text("02/KH-UBND")


def test_keys_of_the_desk_are_told_and_no_letter_is_one(sign_in: SignIn) -> None:
    page = sign_in("hoa")
    page.goto("/tiep-nhan/ke-tiep")
    page.locator("#duyet textarea").first.focus()
    before = page.url
    page.keyboard.type("sfrxjzw")
    assert page.url == before
    page.keyboard.press("Control+/")
    expect(page.get_by_text("F9").first).to_be_visible()


# ── the officer, the leader, the inspector, the administrator ────────────────────────────────────────────


def test_a_leader_starts_at_what_is_late_and_every_figure_opens_its_documents(sign_in: SignIn) -> None:
    page = sign_in("giamdoc")
    expect(page).to_have_url(re.compile("/giam-sat"))
    figure = page.locator("a[href*='/giam-sat/van-ban']").first
    figure.click()
    expect(page.locator("h1")).to_be_visible()


def test_an_officer_starts_at_their_work_and_opens_nothing_of_others(sign_in: SignIn, office: Office) -> None:
    page = sign_in("linh")
    expect(page).to_have_url(re.compile("/viec"))
    with office.view() as view:
        other = view.documents(Status.REVIEW)[0].id
    answer = page.goto(f"/van-ban/{other}")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("h1")).to_contain_text("không giao cho bạn")


def test_whoever_may_checks_the_log_from_the_screen(sign_in: SignIn) -> None:
    page = sign_in("giamdoc")
    page.goto("/nhat-ky")
    page.get_by_role("button", name="Kiểm toàn bộ nhật ký").click()
    expect(page.locator("main")).to_contain_text("liền mạch")


def test_the_administrator_says_whether_all_is_well(sign_in: SignIn) -> None:
    page = sign_in("quantri")
    expect(page).to_have_url(re.compile("/tinh-trang"))
    page.get_by_role("link", name="Kiểm tra mọi bộ phận ngay").click()
    expect(page.locator(".checks")).to_contain_text("Tesseract")


def test_the_language_is_one_switch_and_is_remembered(sign_in: SignIn) -> None:
    page = sign_in("hoa")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/so-den")
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Register")


def test_two_clerks_on_one_document_are_told_of_each_other(sign_in: SignIn) -> None:
    first, second = sign_in("hoa"), sign_in("quantri")
    first.goto("/tiep-nhan/ke-tiep")
    second.goto(first.url)
    expect(second.locator("main")).to_contain_text("Trần Thị Hoa")
