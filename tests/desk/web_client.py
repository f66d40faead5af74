"""The test client of the web framework, and how a person of the fake office comes in."""

from __future__ import annotations

import warnings
from typing import Any

from starlette.exceptions import StarletteDeprecationWarning

from desk.web import guard
from documents.people import PersonId
from tests.desk.fake_office import FakeDesk

with warnings.catch_warnings():
    # Starlette asks for httpx2 in place of httpx, which the locked set does not hold; both serve it.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi import testclient

HERE = "http://desk.test"


class TestClient(testclient.TestClient):
    """A browser: its forms carry what ties them to the session, unless a test sends a body of its own."""

    __test__ = False

    def request(self, method: str, url: Any, **sent: Any) -> Any:
        """Send a request as the page's own form would."""
        session = self.cookies.get("congvan")
        if session and method not in guard.SAFE_METHODS and not sent.get("content"):
            sent.pop("content", None)
            sent["data"] = {guard.FORM_TOKEN: guard.form_token_of(session), **(sent.get("data") or {})}
        return super().request(method, url, **sent)


__all__ = ["HERE", "TestClient", "let_in"]


def let_in(client: TestClient, desk: FakeDesk, person: str) -> TestClient:
    """Return `client` with a living session of that person."""
    client.cookies.set("congvan", desk.session(PersonId(person)))
    return client
