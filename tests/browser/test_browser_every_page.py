"""Every page in a real Chromium: nothing axe objects to, nothing sideways, nothing from elsewhere."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.routing import APIRoute
from playwright.sync_api import Page

from desk.web.app import SCREENS
from documents.status import Status
from office.office import Office
from tests.browser.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.tesseract, pytest.mark.xdist_group("browser")]

WIDTHS = [pytest.param(1366, 768, id="an office's screen"), pytest.param(683, 384, id="the same at 200 %")]
NO_PAGES = frozenset({"/su-kien", "/suc-khoe", "/"})
"""A stream, a sign of life, and a way to somewhere else."""
ADDRESSES = sorted(
    route.path
    for screen in SCREENS
    for route in screen.router.routes
    if isinstance(route, APIRoute)
    and "GET" in route.methods
    and "{" not in route.path
    and route.path not in NO_PAGES
)
"""Every address without a name in it, from the router itself; those that answer no page are left out."""
FEWEST = 15
"""Fewer pages than that were not all looked at."""
DOCUMENTS = (Status.REVIEW, Status.ASSIGNED, Status.QUARANTINED)
PEOPLE = {"hoa": "/van-ban", "giamdoc": "/van-ban", "quantri": "/tinh-trang"}


def document_in(office: Office, status: Status) -> str:
    with office.view() as view:
        return view.documents(status)[0].id


def pages(page: Page, office: Office) -> list[str]:
    """The addresses that answer a page to who is signed in: no downloads, no lists that need a question."""
    asked = [*ADDRESSES, *(f"/van-ban/{document_in(office, status)}" for status in DOCUMENTS)]
    answers = {path: page.request.get(path, max_redirects=2) for path in asked}
    found = [p for p, a in answers.items() if a.ok and a.headers["content-type"].startswith("text/html")]
    assert len(found) >= FEWEST
    return found


def complaints(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize("english", [False, True], ids=["in Vietnamese", "in English"])
def test_axe_finds_nothing_on_any_page(sign_in: SignIn, office: Office, english: bool) -> None:
    page, wrong = sign_in("quantri", english=english), {}
    for path in pages(page, office):
        page.goto(path)
        if found := complaints(page):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_no_page_scrolls_sideways(sign_in: SignIn, office: Office, width: int, height: int) -> None:
    page, wrong = sign_in("quantri", width=width, height=height), {}
    for path in pages(page, office):
        page.goto(path)
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            wrong[path] = wide
    assert wrong == {}


def test_every_page_can_be_read_without_scripts(sign_in: SignIn, office: Office) -> None:
    page = sign_in("quantri", scripts=False)
    for path in pages(page, office):
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        assert page.inner_text("main").strip(), path


def test_no_page_asks_another_machine_or_complains(sign_in: SignIn, office: Office, address: str) -> None:
    page, asked, said = sign_in("quantri"), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(f"{page.url}: {line.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    for path in pages(page, office):
        page.goto(path)
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert said == []


@pytest.mark.parametrize("login", PEOPLE)
def test_everybody_gets_around_with_the_keyboard_alone(sign_in: SignIn, login: str) -> None:
    page = sign_in(login)
    page.goto(PEOPLE[login])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
