"""The test client of the web framework, and how a person of the fake office comes in."""

from __future__ import annotations

import warnings

from starlette.exceptions import StarletteDeprecationWarning

from documents.people import PersonId
from tests.desk.fake_office import FakeDesk

with warnings.catch_warnings():
    # Starlette asks for httpx2 in place of httpx, which the locked set does not hold; both serve it.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

HERE = "http://desk.test"

__all__ = ["HERE", "TestClient", "let_in"]


def let_in(client: TestClient, desk: FakeDesk, person: str) -> TestClient:
    """Return `client` with a living session of that person."""
    client.cookies.set("congvan", desk.session(PersonId(person)))
    return client
