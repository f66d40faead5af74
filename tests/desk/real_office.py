"""A browser before a real office: who comes in, what a page says, what its forms carry."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk.web.app import create_app
from documents.people import Officer
from office.desk import Desk
from office.office import Office
from tests.desk.web_client import HERE, TestClient
from tests.office.lines_at_work import at_work
from tests.offices import MORNING


@contextmanager
def browser(home: Path) -> Iterator[tuple[TestClient, Office]]:
    """A browser and the invented office behind it; nobody is in yet."""
    with at_work(home) as office:
        app = create_app(Desk(office), clock=lambda: MORNING)
        with TestClient(app, base_url=HERE, follow_redirects=False) as client:
            yield client, office


def come_in(client: TestClient, office: Office, person: Officer) -> None:
    """Let that person in; whoever was in before is out."""
    token = f"token-{person.id}"
    hashed = hashlib.sha256(token.encode()).hexdigest()
    with office.registry.book(person.id, MORNING) as book:
        book.end_session(hashed)
        book.start_session(hashed, person.id)
    client.cookies.set("congvan", token)


def said(source: str) -> str:
    """The words of a page, spaces made single."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())


def sent_to(source: str) -> set[str]:
    """Where the forms of a page go, without what follows `#`; signing out and the language aside."""
    found = {
        html.unescape(one).split("#")[0] for one in re.findall(r'method="post" action="([^"]+)"', source)
    }
    return found - {"/dang-xuat", "/ngon-ngu"}
