"""Who may come in: sessions, the same-origin rule, roles, headers; held against every route there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from desk.web import guard
from desk.web.app import SCREENS, create_app
from documents.people import Officer
from office.policy import Act, refusal_by_duty
from tests.desk.fake_office import NOW, PASSWORD, PEOPLE, FakeDesk
from tests.desk.web_client import HERE, TestClient, let_in

FILLED = {
    "document": "vb-0001",
    "number": "1",
    "year": "2012",
    "line": "1",
    "task": "1",
    "agency": "1",
    "deed": "giao",
    "step": "nhan",
    "token": "x" * 43,
    "who": "linh",
    "unit": "bcxb",
    "delegation": "1",
    "draft": "1",
    "form": "pdf",
}

ROUTES = [route for screen in SCREENS for route in screen.router.routes if isinstance(route, APIRoute)]


def address(route: APIRoute) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: FILLED[m[1]], route.path)


def rules_of(route: APIRoute) -> list[object]:
    """The rules a route depends on: `anyone`, or one `Allowed`."""
    calls = {d.call for d in route.dependant.dependencies}
    return [c for c in calls if c is guard.anyone or isinstance(c, guard.Allowed)]


def act_of(route: APIRoute) -> Act | None:
    """What a duty must include for the route; None for the door."""
    rule = rules_of(route)[0]
    return rule.act if isinstance(rule, guard.Allowed) else None


INSIDE = [
    pytest.param(m, address(r), act, id=f"{m} {r.path}")
    for r in ROUTES
    for m in sorted(r.methods)
    if (act := act_of(r))
]
ENDLESS = "/su-kien"
"""A stream; see test_web_live.py."""
FEED = "/lich/{token}.ics"
"""Read by calendar programs, under rules of its own."""


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    return FakeDesk(tmp_path)


@pytest.fixture
def visitor(desk: FakeDesk) -> Iterator[TestClient]:
    with TestClient(create_app(desk, clock=lambda: NOW), base_url=HERE, follow_redirects=False) as client:
        yield client


# ── every route declares its rule ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{','.join(r.methods)} {r.path}")
def test_every_route_declares_exactly_one_rule(route: APIRoute) -> None:
    assert len(rules_of(route)) == 1


def test_only_the_door_itself_is_open_to_anyone() -> None:
    assert {(m, r.path) for r in ROUTES for m in r.methods if act_of(r) is None} == {
        ("GET", "/suc-khoe"),
        ("GET", "/dang-nhap"),
        ("POST", "/dang-nhap"),
        ("GET", "/dang-nhap/noi-khac"),
        ("GET", "/dang-nhap/noi-khac/ve"),
        ("GET", "/dang-nhap/noi-khac/ra"),
        ("POST", "/ngon-ngu"),
        ("GET", "/lich/{token}.ics"),
    }


@pytest.mark.parametrize(("method", "path", "act"), INSIDE)
def test_a_visitor_without_a_session_is_sent_to_the_door(
    visitor: TestClient, desk: FakeDesk, method: str, path: str, act: Act
) -> None:
    answer = visitor.request(method, path, content=b"")
    if method == "GET":
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/dang-nhap?tiep=")
    else:
        assert answer.status_code == 401
        assert "Phiên làm việc đã hết" in answer.text
    assert not desk.opened
    assert not desk.confirmed
    assert not desk.retried


@pytest.mark.parametrize(("method", "path", "act"), INSIDE)
def test_a_session_nobody_started_opens_nothing(
    visitor: TestClient, method: str, path: str, act: Act
) -> None:
    visitor.cookies.set("congvan", "made-up")
    assert visitor.request(method, path, content=b"").status_code in (303, 401)


@pytest.mark.parametrize(("method", "path", "act"), INSIDE)
@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.duty.value)
def test_whom_a_duty_does_not_allow_is_refused_with_the_reason(
    visitor: TestClient, desk: FakeDesk, method: str, path: str, act: Act, person: Officer
) -> None:
    refusal = refusal_by_duty(person, act)
    if refusal is None:
        return
    answer = let_in(visitor, desk, person.id).request(method, path, content=b"")
    assert answer.status_code == 403
    assert refusal in answer.text
    assert not desk.confirmed
    assert not desk.retried


@pytest.mark.parametrize(("method", "path", "act"), [p for p in INSIDE if p.values[0] != "GET"])
@pytest.mark.parametrize("token", ["", "0" * 32, guard.form_token_of("another session")])
def test_a_form_that_is_not_of_this_session_is_refused(
    visitor: TestClient, desk: FakeDesk, method: str, path: str, act: Act, token: str
) -> None:
    person = next(p for p in PEOPLE if refusal_by_duty(p, act) is None)
    answer = let_in(visitor, desk, person.id).request(method, path, data={guard.FORM_TOKEN: token})
    assert answer.status_code == 403
    assert guard.STALE_FORM in answer.text
    assert not desk.confirmed
    assert not desk.retried


def test_changing_anything_takes_a_post(visitor: TestClient, desk: FakeDesk) -> None:
    let_in(visitor, desk, "hoa")
    for path in ("/van-ban/vb-0001/vao-so", "/van-ban/vb-0003/doc-lai", "/dang-xuat"):
        assert visitor.get(path).status_code == 405


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_right_password_opens_the_page_asked_for(visitor: TestClient) -> None:
    answer = visitor.post("/dang-nhap", data={"login": "hoa", "password": PASSWORD, "tiep": "/van-ban"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/van-ban")
    assert visitor.get("/van-ban").status_code == 200


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(visitor: TestClient) -> None:
    answer = visitor.post("/dang-nhap", data={"login": "hoa", "password": "sai"})
    assert answer.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in answer.text
    assert 'value="hoa"' in answer.text
    assert "sai" not in re.findall(r'value="([^"]*)"', answer.text)
    assert "set-cookie" not in answer.headers


def test_the_cookie_over_http_is_for_this_site_and_not_for_scripts(visitor: TestClient) -> None:
    cookie = visitor.post("/dang-nhap", data={"login": "hoa", "password": PASSWORD}).headers["set-cookie"]
    parts = [p.strip().lower() for p in cookie.split(";")]
    assert parts[0].startswith("congvan=")
    assert {"httponly", "samesite=lax", "path=/"} <= set(parts)
    assert not any(p.startswith("domain") for p in parts)


def test_the_cookie_over_https_is_bound_to_the_host(desk: FakeDesk) -> None:
    client = TestClient(
        create_app(desk, clock=lambda: NOW), base_url="https://desk.test", follow_redirects=False
    )
    cookie = client.post("/dang-nhap", data={"login": "hoa", "password": PASSWORD}).headers["set-cookie"]
    assert cookie.startswith("__Host-congvan=")
    assert "Secure" in cookie


def test_signing_in_gives_a_new_session_and_ends_the_old_one(visitor: TestClient, desk: FakeDesk) -> None:
    let_in(visitor, desk, "linh")
    old = visitor.cookies["congvan"]
    visitor.post("/dang-nhap", data={"login": "hoa", "password": PASSWORD})
    assert old not in desk.sessions
    assert list(desk.sessions.values()) == ["hoa"]


def test_signing_out_ends_the_session_on_the_server(visitor: TestClient, desk: FakeDesk) -> None:
    let_in(visitor, desk, "hoa")
    assert visitor.post("/dang-xuat").headers["location"] == "/dang-nhap"
    assert not desk.sessions


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("https://evil.test/", id="another site"),
        pytest.param("//evil.test/", id="another site without a scheme"),
        pytest.param("/\\evil.test/", id="browsers read the backslash as a slash"),
        pytest.param("/\t/evil.test/", id="browsers drop the tab"),
        pytest.param("javascript:alert(1)", id="a script"),
        pytest.param("", id="nothing asked"),
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(visitor: TestClient, path: str) -> None:
    answer = visitor.post("/dang-nhap", data={"login": "hoa", "password": PASSWORD, "tiep": path})
    assert answer.headers["location"] == "/"


# ── other sites ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("headers", "is_refused"),
    [
        pytest.param({"sec-fetch-site": "same-origin"}, False, id="our own form"),
        pytest.param({"sec-fetch-site": "none"}, False, id="typed by the person"),
        pytest.param({"sec-fetch-site": "cross-site"}, True, id="another site's form"),
        pytest.param({"sec-fetch-site": "same-site"}, True, id="a neighbour under the same domain"),
        pytest.param({"origin": HERE}, False, id="our own form over plain http"),
        pytest.param({"origin": "http://evil.test"}, True, id="another origin"),
        pytest.param({"origin": "http://desk.test.evil.test"}, True, id="our name as a prefix"),
        pytest.param({"origin": "http://desk.test:8081"}, True, id="another port"),
        pytest.param({"origin": "null"}, True, id="a sandboxed frame"),
        pytest.param(
            {"origin": HERE, "sec-fetch-site": "cross-site"}, True, id="the browser's word counts more"
        ),
        pytest.param({}, False, id="a program, which carries nobody's cookie"),
    ],
)
def test_forms_of_other_sites_are_refused(
    visitor: TestClient, desk: FakeDesk, headers: dict[str, str], is_refused: bool
) -> None:
    let_in(visitor, desk, "hoa")
    answer = visitor.post("/van-ban/vb-0003/doc-lai", headers=headers, content=b"")
    assert (answer.status_code == 403) is is_refused
    assert (desk.retried == []) is is_refused


@pytest.mark.parametrize(
    ("method", "path"), [(m, address(r)) for r in ROUTES for m in r.methods if m != "GET"]
)
def test_every_changing_route_is_behind_the_same_origin_rule(
    visitor: TestClient, desk: FakeDesk, method: str, path: str
) -> None:
    let_in(visitor, desk, "hoa")
    answer = visitor.request(method, path, headers={"origin": "http://evil.test"}, content=b"")
    assert answer.status_code == 403
    assert "trang khác" in answer.text


def test_a_body_no_form_of_ours_can_have_is_refused(visitor: TestClient, desk: FakeDesk) -> None:
    let_in(visitor, desk, "hoa")
    too_much = b"o.subject=" + b"a" * guard.MOST_BODY_BYTES
    answer = visitor.post(
        "/van-ban/vb-0001/vao-so",
        content=too_much,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413


def test_a_body_of_unknown_length_is_refused(visitor: TestClient, desk: FakeDesk) -> None:
    let_in(visitor, desk, "hoa")
    assert visitor.post("/dang-nhap", content=iter([b"login=hoa"])).status_code == 411


# ── headers ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path",
    [
        *dict.fromkeys(address(r) for r in ROUTES if "GET" in r.methods and r.path not in (ENDLESS, FEED)),
        "/khong-co",
        "/van-ban/khong-co",
    ],
)
def test_every_answer_carries_the_headers(visitor: TestClient, desk: FakeDesk, path: str) -> None:
    answer = let_in(visitor, desk, "hoa").get(path)
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_an_error_nobody_foresaw_says_a_number_and_nothing_else(
    desk: FakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(now: object) -> None:
        raise RuntimeError("mật: nội dung văn bản")

    desk.state_of_office = broken  # type: ignore[method-assign,assignment]
    client = TestClient(create_app(desk, clock=lambda: NOW), base_url=HERE)
    answer = let_in(client, desk, "hoa").get("/tinh-trang")
    assert answer.status_code == 500
    incident = re.search(r"sự cố ([0-9a-f]{8})", answer.text)
    assert incident is not None
    assert incident[1] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "nội dung văn bản" not in answer.text + caplog.text
    assert "content-security-policy" in answer.headers


def test_the_machine_readable_description_of_the_pages_is_not_served(
    visitor: TestClient, desk: FakeDesk
) -> None:
    let_in(visitor, desk, "hoa")
    assert [visitor.get(p).status_code for p in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]
