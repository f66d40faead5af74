"""Ask a route as one of the roles would, over HTTP, and read every byte of what comes back."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import pypdf
from fastapi.routing import APIRoute

from desk.api import routes as api
from desk.web import live, words
from desk.web.app import SCREENS, create_app
from documents.lines import LineNumber, LineState
from documents.record import AssignmentRecord
from documents.status import DocumentId
from documents.work import ExtensionAsked, LineAccepted, LineFinished
from office import programs
from office.desk import Desk
from office.feed import open_feed
from office.lines import seen_of
from office.office import Office
from office.steps import StepName
from registry.audit import head
from registry.book import Book
from registry.log import LogWanted, log_lines
from tests.desk.web_client import HERE, TestClient
from tests.matrix.papers import WHO, Kept
from tests.matrix.should_be import Role
from tests.office.lines_at_work import OUTER, SECOND, STRANGER, TODAY
from tests.offices import MORNING

API = "/api/v1"
FILLED = {
    "number": "1",
    "year": "2012",
    "line": "1",
    "who": STRANGER.id,
    "unit": "bcxb",
    "delegation": "1",
    "draft": "1",
    "agency": "1",
    "task": "1",
    "deed": "bo",
    "form": "pdf",
}


def _routes() -> Iterator[str]:
    for screen in SCREENS:
        for route in screen.router.routes:
            if isinstance(route, APIRoute):
                yield from (f"{method} {route.path}" for method in route.methods)
    for route in api.router.routes:
        if isinstance(route, APIRoute):
            yield from (f"{method} {API}{route.path}" for method in route.methods)


ROUTES = tuple(sorted(_routes()))
"""Every route there is, by the routers."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: its status, where it leads, and its words, whatever they were packed in."""

    status: int
    leads_to: str
    text: str

    def speaks_of(self, word: str) -> bool:
        """Whether the word stands in it, in capitals or not, broken over lines or not."""
        return word in self.text


@dataclass(slots=True)
class Asker:
    """A browser, and a program, before the office."""

    office: Office
    client: TestClient
    kept: Kept
    filled: int
    keys: dict[Role, str] = field(default_factory=dict)
    feeds: dict[Role, str] = field(default_factory=dict)

    def ask(
        self, role: Role, route: str, way: str = "", *, form: dict[str, str] | None = None, **filled: str
    ) -> Said:
        """The answer of a route to that role; `way` is what the address asks for."""
        method, path = route.split(" ")
        known = {**FILLED, "token": self.feeds.get(role, "khong-co"), **filled}
        address = re.sub(r"\{(\w+)\}", lambda m: known[m[1]], path)
        query = re.sub(r"\{(\w+)\}", lambda m: known.get(m[1], ""), way)
        return self._send(role, method, f"{address}?{query}" if query else address, form or {})

    def _send(self, role: Role, method: str, address: str, form: dict[str, str]) -> Said:
        self.client.cookies.clear()
        sent: dict[str, Any] = {}
        if address.startswith(API):
            if role in WHO:
                sent["headers"] = {"authorization": f"Bearer {self.keys[role]}"}
            if method != "GET":
                sent["json"] = form
        else:
            if role in WHO:
                self.client.cookies.set("congvan", f"token-{role}")
            if method != "GET":
                sent["data"] = form
        if address == "/su-kien" and role in WHO:
            return Said(200, "", _stream(self.office))
        answer = self.client.request(method, address, **sent)
        return Said(answer.status_code, answer.headers.get("location", ""), unpacked(answer.content))

    def newest(self) -> int:
        """The number of the newest line of the audit."""
        return newest_of(self.office)

    def happened_since(self, number: int) -> set[str]:
        """What was recorded after that line, but that somebody looked or asked: that changes nothing."""
        with self.office.view() as view:
            lines = log_lines(view, LogWanted(), self.newest() - number) if self.newest() > number else ()
        return {one.event for one in lines} - {"DocumentOpened", "LineRead", "ProgramAsked"}

    def forms_of(self, documents: list[DocumentId], step: StepName) -> dict[DocumentId, dict[str, str]]:
        """The form of a step on the first line of each document, which is first brought to where it fits."""
        to = SECOND.id if step in (StepName.HAND_ON, StepName.REASSIGN) else ""
        due = f"{OUTER:%d/%m/%Y}" if step in (StepName.GRANT, StepName.EXTEND) else ""
        forms = {}
        with self.office.registry.book("test", MORNING) as book:
            for document in documents:
                seen = seen_of(_ready(book, document, step))
                forms[document] = {"thay": seen, "noi_dung": "Theo phân công", "den": to, "han": due}
        return forms

    def put_back(self) -> None:
        """Let the registry be as it was, when anything was recorded."""
        if self.newest() != self.filled:
            self.kept.put_back()


def _ready(book: Book, document: DocumentId, step: StepName) -> AssignmentRecord:
    line = book.assignments(document)[0]
    at: dict[str, Any] = {"document": document, "line": LineNumber(line.line), "role": line.role}
    if step in (StepName.REFUSE, StepName.GRANT) and line.holder:
        book.record(ExtensionAsked(**at, wanted=OUTER, reason="Nhiều việc"))
    if step is StepName.PROGRESS and line.state is LineState.OPEN:
        book.record(LineAccepted(**at))
    if step is StepName.REOPEN and line.holder:
        book.record(LineFinished(**at, result="Xong"))
    return book.assignments(document)[0]


def for_program(form: dict[str, str]) -> dict[str, str]:
    """The form of a step as a program sends it."""
    names = {"thay": "seen", "noi_dung": "text", "den": "to", "han": "due"}
    return {names[name]: value for name, value in form.items()}


def address_of(step: StepName, route: str) -> str:
    """How a step is called in the address of a route."""
    return step.value if API in route else words.STEP_ADDRESS[step]


def unpacked(content: bytes) -> str:
    """All text of an answer in small letters without spaces: of a workbook its parts, of a PDF its pages."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = " ".join(archive.read(one).decode("utf-8", "replace") for one in archive.namelist())
    elif content.startswith(b"%PDF") and b"%%EOF" in content[-64:]:
        reader = pypdf.PdfReader(io.BytesIO(content))
        text = " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    else:
        text = content.decode("utf-8", "replace")
    return re.sub(r"\s+", "", text).lower()


def _stream(office: Office) -> str:
    """The beginning of the stream of changes, which has no end."""

    async def begin() -> str:
        return await anext(live._stream(live.Pulse(cast("Desk", Desk(office)))))

    return unpacked(asyncio.run(begin()).encode())


def newest_of(office: Office) -> int:
    """The number of the newest line of the audit."""
    with office.view() as view:
        return head(view)[0]


@contextmanager
def asking(office: Office) -> Iterator[Asker]:
    """Everybody let in, with keys and calendar addresses of their own."""
    keys, feeds = {}, {}
    for role, person in WHO.items():
        with office.registry.book(person.id, MORNING) as book:
            book.start_session(hashlib.sha256(f"token-{role}".encode()).hexdigest(), person.id)
        keys[role] = programs.make_key(
            office, person.id, "Thử", until=TODAY, writes=True, by="sys", now=MORNING
        )
        feeds[role] = open_feed(office, person.id, by="sys", now=MORNING).removeprefix("/lich/")[:-4]
    app = create_app(Desk(office), clock=lambda: MORNING)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield Asker(office, client, Kept.of(office), newest_of(office), keys, feeds)
