"""A filled office behind a real server, and a real Chromium in front of it."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from desk.web.app import create_app
from desk.web.serving import listen
from office.demo import DEMO_PASSWORD, found_demo
from office.desk import Desk
from office.office import Office
from office.reading import open_reader
from office.settings import FILE_NAME
from samples.papers import list_samples, write_samples
from tests.journeys.working import work_off

TODAY = dt.date(2012, 1, 5)
NOW = dt.datetime(2012, 1, 5, 1, 12, tzinfo=dt.UTC)
SCANNED_TWICE = "giay-moi-stc.pdf"
"""Passed on by itself; then the same paper comes again from the scanner as `quet-lai.pdf`."""
PATIENCE_MS = 60_000
"""Until something shows on a page: other tests may hold the machine meanwhile, and none fails on a clock."""
expect.set_options(timeout=PATIENCE_MS)
PAPERS = frozenset(
    {"ke-hoach-02-tay-ninh.pdf", SCANNED_TWICE, "thong-bao-ket-luan.pdf", "bao-cao-syt.pdf", "rong.pdf"}
)
"""Two that ask for a person or a number, two that pass or ask little, one that cannot be read."""


class Clock:
    """The moment that the pages are told; a test moves it."""

    def __init__(self) -> None:
        self.now = NOW + dt.timedelta(minutes=10)

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the demo's office with a few papers, drawn, taken in and read as in life; to be copied."""
    home = tmp_path_factory.mktemp("desk") / "home"
    home.mkdir()
    (home / FILE_NAME).write_text("settle_s = 0\n", "utf-8")
    found_demo(home, now=NOW)
    with Office.open(home) as office:
        wanted = [s for s in list_samples(TODAY, next_number=1) if s.file_name in PAPERS]
        for path in write_samples(wanted, tmp_path_factory.mktemp("papers"), seed=2012):
            shutil.copy(path, office.settings.intake_folder / path.name)
        with open_reader(office.settings, slots=1) as reader:
            work_off(office, reader, NOW)
            again = next(s for s in wanted if s.file_name == SCANNED_TWICE)
            [path] = write_samples([again], tmp_path_factory.mktemp("again"), seed=2013)
            shutil.copy(path, office.settings.intake_folder / "quet-lai.pdf")
            work_off(office, reader, NOW)
    return home


@pytest.fixture(scope="session")
def office(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """That office, for tests that change nothing another test looks at."""
    with open_copy(filled, tmp_path_factory.mktemp("read") / "home") as office:
        yield office


def open_copy(filled: Path, home: Path) -> Office:
    """An office of one's own, filled alike."""
    shutil.copytree(filled, home)
    return Office.open(home)


@pytest.fixture(scope="session")
def address(office: Office) -> Iterator[str]:
    """Where the pages of that office are served."""
    with served(office, Clock()) as address:
        yield address


@contextmanager
def served(office: Office, clock: Clock) -> Iterator[str]:
    """Serve the pages of `office` for a while; gives their address."""
    socket = listen("127.0.0.1", 0)
    app = create_app(Desk(office), clock=clock, office_name="Sở Thông tin và Truyền thông")
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a screen; closed with the module, for its loop would be in others' way."""
    program = shutil.which("chromium")
    assert program
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(chromium: Browser, address: str) -> Iterator[SignIn]:
    """Call with a login: a page of that person, everything it asks of other machines refused and noted."""
    opened: list[BrowserContext] = []

    def come(
        login: str, *, width: int = 1366, height: int = 768, english: bool = False, scripts: bool = True
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, base_url=address
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if english:
            context.add_cookies([{"name": "ngon-ngu", "value": "en", "url": address}])
        page = context.new_page()
        page.goto("/dang-nhap")
        page.fill("#login", login)
        page.fill("#password", DEMO_PASSWORD)
        page.click("button.go")
        return page

    yield come
    for context in opened:
        context.close()


@pytest.fixture
def home(office: Office) -> Path:
    """The folder of the office."""
    return office.settings.home
