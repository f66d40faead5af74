"""The office for programs: keys, the same policy as the pages, the objects of the command contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from desk.api import routes
from desk.api.rules import Asks
from desk.web.app import create_app
from documents.lines import LineState
from documents.people import Officer
from office import lines, programs, queries
from office.desk import Desk
from office.office import Office
from office.policy import refusal_by_duty
from tests.desk.web_client import HERE, TestClient
from tests.office.lines_at_work import (
    ADMIN,
    HOA,
    LEADER,
    LINH,
    OBSERVER,
    STRANGER,
    TODAY,
    XUAN,
    at_work,
    lead,
    line_of,
    pass_on,
)
from tests.offices import MORNING

READERS = (ADMIN, HOA, LEADER, LINH, OBSERVER, STRANGER, XUAN)
ROUTES = [r for r in routes.router.routes if isinstance(r, APIRoute)]
CALLS = [
    pytest.param(
        method,
        "/api/v1" + r.path.format(document="khong-co", line=1, step="accept"),
        r,
        id=f"{method} {r.path}",
    )
    for r in ROUTES
    for method in sorted(r.methods)
]


def rule_of(route: APIRoute) -> Asks:
    (rule,) = [d.call for d in route.dependant.dependencies if isinstance(d.call, Asks)]
    return rule


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path / "home") as office:
        yield office


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    with TestClient(create_app(Desk(office), clock=lambda: MORNING), base_url=HERE) as client:
        yield client


def key_for(
    office: Office, person: Officer, *, writes: bool = False, until: dt.date = TODAY
) -> dict[str, str]:
    key = programs.make_key(
        office, person.id, "Cổng thông tin", until=until, writes=writes, by="sys", now=MORNING
    )
    return {"authorization": f"Bearer {key}"}


# ── who may ask ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("method", "path", "route"), CALLS)
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no key"),
        pytest.param({"authorization": "Bearer cv_made-up"}, id="a key nobody made"),
        pytest.param({"authorization": "Basic aG9hOmRlbW8="}, id="another way"),
        pytest.param({"cookie": "congvan=made-up"}, id="a session is no key"),
    ],
)
def test_nothing_opens_without_a_key(
    client: TestClient, method: str, path: str, route: APIRoute, headers: dict[str, str]
) -> None:
    answer = client.request(method, path, headers=headers, json={"seen": "x"} if method == "POST" else None)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "key_needed"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("person", READERS, ids=lambda p: p.duty.value + " " + p.id)
@pytest.mark.parametrize(("method", "path", "route"), CALLS)
def test_a_program_may_what_its_person_may(
    client: TestClient, office: Office, person: Officer, method: str, path: str, route: APIRoute
) -> None:
    rule = rule_of(route)
    body = {"seen": "x"} if method == "POST" else None
    answer = client.request(method, path, headers=key_for(office, person, writes=True), json=body)
    if refusal_by_duty(person, rule.act):
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")
    else:
        assert answer.status_code in (200, 404)


@pytest.mark.parametrize(
    ("is_revoked", "days"),
    [pytest.param(True, 0, id="taken back"), pytest.param(False, 1, id="past its day")],
)
def test_a_key_that_is_no_longer_good_opens_nothing(office: Office, is_revoked: bool, days: int) -> None:
    headers = key_for(office, LINH)
    (key,) = programs.keys_of_office(office)
    if is_revoked:
        programs.revoke_key(office, key.id, by="sys", now=MORNING)
    later = MORNING + dt.timedelta(days)
    with TestClient(create_app(Desk(office), clock=lambda: later), base_url=HERE) as client:
        assert client.get("/api/v1/work", headers=headers).status_code == 401


def test_wrong_keys_from_one_place_are_slowed_down(client: TestClient, office: Office) -> None:
    for _ in range(40):
        answer = client.get("/api/v1/work", headers={"authorization": "Bearer cv_guess"})
    assert answer.status_code == 429
    assert answer.json()["error"]["code"] == "too_many_tries"


def test_a_key_is_kept_as_its_hash_and_its_use_is_noted(client: TestClient, office: Office) -> None:
    headers = key_for(office, LINH)
    client.get("/api/v1/work", headers=headers)
    (key,) = programs.keys_of_office(office)
    assert key.used_at == MORNING
    token = headers["authorization"].removeprefix("Bearer ")
    kept = b"".join(p.read_bytes() for p in office.settings.home.glob("registry.db*"))
    assert token.encode() not in kept


@pytest.mark.parametrize(
    ("name", "until", "says"),
    [
        pytest.param("", TODAY, "tên chương trình", id="no name"),
        pytest.param("a\u202eb", TODAY, "tên chương trình", id="a name that hides something"),
        pytest.param("Cổng", TODAY - dt.timedelta(1), "hạn dùng", id="a day past"),
        pytest.param("Cổng", TODAY + dt.timedelta(400), "hạn dùng", id="longer than a year"),
    ],
)
def test_a_key_that_cannot_be_made_says_why(office: Office, name: str, until: dt.date, says: str) -> None:
    with pytest.raises(programs.BadKey, match=says):
        programs.make_key(office, LINH.id, name, until=until, writes=False, by="sys", now=MORNING)
    assert programs.keys_of_office(office) == ()


# ── what it hears ────────────────────────────────────────────────────────────────────────────────────────


def test_documents_are_those_the_person_may_open_page_by_page(client: TestClient, office: Office) -> None:
    mine = [pass_on(office, n, lead(LINH)) for n in range(1, 6)]
    pass_on(office, 6, lead(STRANGER))
    headers, found, after = key_for(office, LINH), [], None
    for _ in range(5):
        asked = {"limit": 2} | ({"after": after} if after else {})
        page = client.get("/api/v1/documents", params=asked, headers=headers).json()
        found += [one["id"] for one in page["documents"]]
        if (after := page["next"]) is None:
            break
    assert found == mine[::-1]


def test_a_document_is_told_as_the_command_tells_it(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    headers = key_for(office, LINH)
    shown = client.get(f"/api/v1/documents/{document}", headers=headers).json()
    with office.view() as view:
        told = queries.show_json(view, view.document(document))
    assert {k: shown[k] for k in ("id", "status", "register", "fields")} == {
        k: told[k] for k in ("id", "status", "register", "fields")
    }
    assert [line["event"] for line in shown["history"]][-1] == "ProgramAsked"
    why = client.get(f"/api/v1/documents/{document}/why", headers=headers).json()
    assert why["id"] == document


@pytest.mark.parametrize("path", ["", "/why", "/file"])
def test_the_document_of_another_stays_closed_and_unrecorded(
    client: TestClient, office: Office, path: str
) -> None:
    document = pass_on(office, 1, lead(LINH))
    answer = client.get(f"/api/v1/documents/{document}{path}", headers=key_for(office, STRANGER))
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")
    with office.view() as view:
        assert "ProgramAsked" not in [line.event for line in view.history(document)]


# ── what it does ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_step_is_taken_as_it_was_seen_and_on_record(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    headers = key_for(office, LINH, writes=True)
    (work,) = client.get("/api/v1/work", headers=headers).json()["todo"]
    assert "accept" in work["may"]
    path = f"/api/v1/documents/{document}/lines/{work['line']}/accept"
    assert client.post(path, headers=headers, json={"seen": work["seen"]}).status_code == 204
    assert line_of(office, document).state is LineState.ACCEPTED
    again = client.post(path, headers=headers, json={"seen": work["seen"]})
    assert again.status_code == 409
    with office.view() as view:
        asked = [line for line in view.history(document) if line.event == "ProgramAsked"]
    assert {line.payload["what"] for line in asked} == {"accept"}


def test_a_key_that_only_reads_changes_nothing(client: TestClient, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    seen = lines.seen_of(line_of(office, document))
    answer = client.post(
        f"/api/v1/documents/{document}/lines/1/accept",
        headers=key_for(office, LINH),
        json={"seen": seen},
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")
    assert line_of(office, document).state is LineState.OPEN


@pytest.mark.parametrize(
    ("language", "says"),
    [
        pytest.param("", "Cần khoá", id="Vietnamese first"),
        pytest.param("en-GB,en;q=0.9", "A key", id="English"),
    ],
)
def test_a_trouble_speaks_the_language_asked_for(client: TestClient, language: str, says: str) -> None:
    headers = {"accept-language": language} if language else {}
    assert client.get("/api/v1/work", headers=headers).json()["error"]["message"].startswith(says)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        pytest.param("/api/v1/documents?limit=0", 422, "wrong_call", id="a number out of bounds"),
        pytest.param("/api/v1/documents?status=lost", 422, "wrong_call", id="a state that does not exist"),
        pytest.param("/api/v1/khong-co", 404, "no_such_call", id="an address that does not exist"),
        pytest.param("/api/v1/documents/khong-co", 404, "no_such_document", id="no such document"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    client: TestClient, office: Office, path: str, status: int, code: str
) -> None:
    answer = client.get(path, headers=key_for(office, HOA))
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


# ── its description ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: r.path)
def test_every_route_declares_exactly_one_rule(route: APIRoute) -> None:
    assert rule_of(route).writes is ("POST" in route.methods)


def test_the_description_names_every_route_and_the_key(client: TestClient) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert set(told["paths"]) == {r.path for r in ROUTES}
    assert told["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    assert all("security" in one for path in told["paths"].values() for one in path.values())
