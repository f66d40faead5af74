"""The common sign-in against a real provider over HTTP: who comes in, and every way of not coming in."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi import FastAPI

from desk.web.app import create_app
from documents.events import PersonSaved
from documents.people import Officer, PersonId
from gateways import id_token, openid, openid_asking
from office import staff
from office.desk import Desk
from office.elsewhere import LEFT_ALONE, MOST_FAILURES, open_elsewhere
from office.office import Office
from registry.audit import head, verify
from registry.log import LogWanted, log_lines
from tests.desk.real_office import said
from tests.desk.web_client import TestClient
from tests.offices import MORNING, an_office
from tests.openid_provider import BACK, CLIENT, KEYS, SECRET, Provider, a_provider, signed

HERE = "http://localhost"
GONE = Officer(
    id=PersonId("cu"), name="Lê Văn Cũ", email="cu@so.example", until=MORNING.date() - dt.timedelta(1)
)
TWIN = Officer(id=PersonId("hung2"), name="Bùi Mạnh Hùng", email="hung@so.example")
NO_SESSION = "Chưa có phiên nào được mở."


@dataclass
class At:
    """A desk with a common sign-in, its provider, and a clock that a test sets on."""

    provider: Provider
    office: Office
    client: TestClient
    time: list[dt.datetime]
    mark: int = 0
    """What the audit held before."""

    def begin_anew(self) -> None:
        """Another browser, a provider that does its work right, a desk that has just started, the same day."""
        self.provider.reset()
        self.time[0] = MORNING
        self.client.cookies.clear()
        cast("FastAPI", self.client.app).state.elsewhere = open_elsewhere(self.office)
        with self.office.view() as view:
            self.mark = head(view)[0]

    def go_out(self, page: str = "/van-ban") -> str:
        """Press the button and return where the browser is sent."""
        answer = self.client.get("/dang-nhap/noi-khac", params={"tiep": page})
        assert answer.status_code == 303, said(answer.text)
        return str(answer.headers["location"])

    def there_and_back(self) -> Any:
        """Sign in at the provider and come back."""
        return self.client.get(self.provider.sign_in_at(self.go_out()))

    def is_in(self) -> bool:
        return bool(self.client.get("/ca-nhan").status_code == 200)

    def lines(self, event: str) -> list[tuple[str, dict[str, Any]]]:
        with self.office.view() as view:
            assert verify(view).whole
            found = log_lines(view, LogWanted(event=event), 50)
        return [(one.actor, dict(one.payload)) for one in found if one.seq > self.mark]


@contextmanager
def desk_at(home: Path, **settings: str) -> Iterator[At]:
    time = [MORNING]
    with a_provider(lambda: time[0]) as provider:
        given = {
            "base_url": HERE,
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SECRET,
            **settings,
        }
        with an_office(home, **given) as office:
            with office.registry.book("test", MORNING) as book:
                for one in (GONE, TWIN):
                    book.record(PersonSaved(person=one))
            app = create_app(Desk(office), clock=lambda: time[0], elsewhere=open_elsewhere(office))
            with TestClient(app, base_url=HERE, follow_redirects=False) as client:
                yield At(provider, office, client, time)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[At]:
    """One office for all these tests: founding one costs more than they do."""
    with desk_at(tmp_path_factory.mktemp("office")) as found:
        yield found


@pytest.fixture
def at(desk: At) -> At:
    desk.begin_anew()
    return desk


# ── coming in ────────────────────────────────────────────────────────────────────────────────────────────


def test_whom_the_provider_names_comes_in_to_the_page_they_asked_for(at: At) -> None:
    answer = at.there_and_back()
    assert (answer.status_code, answer.headers["location"]) == (303, "/van-ban")
    assert "Nguyễn Thị Linh" in at.client.get("/van-ban").text
    assert at.lines("SignedIn") == [("linh", {"person": "linh", "way": "openid"})]


def test_the_log_tells_by_which_way_somebody_came(at: At) -> None:
    staff.set_password(at.office, "hung", "trăng lên sau núi Bà", by="test", now=MORNING)
    at.client.post("/dang-nhap", data={"login": "hung", "password": "trăng lên sau núi Bà"})
    at.there_and_back()
    assert [facts["way"] for _, facts in at.lines("SignedIn")] == ["openid", "password"]


def test_coming_in_gives_a_new_session_and_ends_the_old_one(at: At) -> None:
    at.there_and_back()
    old = at.client.cookies["congvan"]
    at.there_and_back()
    assert at.client.cookies["congvan"] != old
    at.client.cookies.clear()
    assert at.client.get("/ca-nhan", headers={"cookie": f"congvan={old}"}).status_code == 303


def test_a_session_planted_before_is_not_the_one_that_is_given(at: At) -> None:
    address = at.provider.sign_in_at(at.go_out())
    kept = at.client.cookies["congvan-di"]
    at.client.cookies.clear()
    answer = at.client.get(address, headers={"cookie": f"congvan=planted; congvan-di={kept}"})
    assert answer.status_code == 303
    assert at.client.cookies["congvan"] != "planted"


def test_over_https_every_cookie_is_bound_to_the_host_and_to_the_way_there_and_back(at: At) -> None:
    client = TestClient(at.client.app, base_url="https://localhost", follow_redirects=False)
    cookie = client.get("/dang-nhap/noi-khac").headers["set-cookie"].lower()
    assert cookie.startswith("__host-congvan-di=")
    assert {"httponly", "samesite=lax", "path=/", "secure", "max-age=600"} <= set(cookie.split("; "))


def test_state_nonce_and_verifier_stand_in_no_cookie_and_are_new_each_time(at: At) -> None:
    asked = []
    for _ in range(2):
        address = at.go_out()
        found = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        asked.append(found)
        kept = at.client.cookies["congvan-di"]
        body = base64.urlsafe_b64decode(kept.split(".")[0] + "==").decode()
        assert not [name for name in ("state", "nonce") if found[name] in kept + body]
        assert found["ui_locales"] == "vi"
        assert found["scope"] == "openid profile"
    assert not {asked[0][n] for n in ("state", "nonce", "code_challenge")} & set(asked[1].values())


def test_the_secret_goes_in_the_form_where_the_provider_wants_it_there(at: At) -> None:
    at.provider.told["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    assert at.there_and_back().status_code == 303


def test_keys_that_were_changed_are_fetched_anew(at: At) -> None:
    assert at.there_and_back().status_code == 303
    at.provider.key = KEYS[1]
    assert at.there_and_back().headers["location"] == "/van-ban"
    at.there_and_back()
    assert at.provider.asked.count("/khoa") == 2
    assert at.provider.asked.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256"])
def test_a_sound_signature_of_an_allowed_kind_is_believed(at: At, algorithm: str) -> None:
    at.provider.sign = lambda provider, claims: signed(provider, claims, alg=algorithm)
    assert at.there_and_back().status_code == 303


def test_a_key_without_a_name_is_believed_while_it_is_the_only_one(at: At) -> None:
    at.provider.sign = lambda provider, claims: signed(provider, claims, kid=None)
    assert at.there_and_back().status_code == 303
    at.provider.published = tuple(key.as_dict(private=False) for key in KEYS)
    at.time[0] += 2 * dt.timedelta(hours=1)
    assert id_token.UNKNOWN_KEY in said(at.there_and_back().text)


@pytest.mark.parametrize(
    ("page", "led_to"),
    [
        pytest.param(
            "/van-ban?tim=a%26b&trang-thai=review", "/van-ban?tim=a%26b&trang-thai=review", id="ours"
        ),
        pytest.param("https://evil.test/", "/", id="another site"),
        pytest.param("//evil.test/", "/", id="another site without a scheme"),
        pytest.param("/\\evil.test/", "/", id="browsers read the backslash as a slash"),
        pytest.param("/\t/evil.test/", "/", id="browsers drop the tab"),
        pytest.param("/" + "x" * 2000, "/", id="longer than a cookie may carry"),
    ],
)
def test_nobody_is_led_elsewhere_after_coming_in(at: At, page: str, led_to: str) -> None:
    answer = at.client.get(at.provider.sign_in_at(at.go_out(page)))
    assert answer.headers["location"] == led_to


# ── not coming in ────────────────────────────────────────────────────────────────────────────────────────


def claim(**claims: Any) -> Callable[[At], None]:
    return lambda at: at.provider.claims.update(claims)


def person(**claims: Any) -> Callable[[At], None]:
    return lambda at: at.provider.person.update(claims)


def token(sign: Callable[[Provider, dict[str, Any]], str]) -> Callable[[At], None]:
    return lambda at: setattr(at.provider, "sign", sign)


def say(**told: Any) -> Callable[[At], None]:
    return lambda at: at.provider.told.update(told)


def unsigned(provider: Provider, claims: dict[str, Any]) -> str:
    parts = [json.dumps({"alg": "none"}), json.dumps(claims)]
    return ".".join(base64.urlsafe_b64encode(p.encode()).rstrip(b"=").decode() for p in parts) + "."


def signed_with_the_public_key(provider: Provider, claims: dict[str, Any]) -> str:
    """HMAC with what everybody knows: believed by whoever lets the token say how it is to be checked."""
    parts = [json.dumps({"alg": "HS256", "kid": provider.key.kid}), json.dumps(claims)]
    text = ".".join(base64.urlsafe_b64encode(p.encode()).rstrip(b"=").decode() for p in parts)
    made = hmac.new(provider.key.as_pem(private=False), text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"


def signed_by_a_stranger(provider: Provider, claims: dict[str, Any]) -> str:
    return signed(replace(provider, key=KEYS[1]), claims, kid=provider.key.kid)


def with_a_key_of_its_own(provider: Provider, claims: dict[str, Any]) -> str:
    key = KEYS[1].as_dict(private=False)
    return signed(replace(provider, key=KEYS[1]), claims, kid="khoa-2", jwk=key)


def changed_afterwards(provider: Provider, claims: dict[str, Any]) -> str:
    head, _, signature = signed(provider, claims).split(".")
    other = json.dumps(claims | {"preferred_username": "hoa"}).encode()
    return f"{head}.{base64.urlsafe_b64encode(other).rstrip(b'=').decode()}.{signature}"


def names_twice(provider: Provider, claims: dict[str, Any]) -> str:
    twice = json.dumps(claims)[:-1] + ', "preferred_username": "hoa"}'
    return signed(provider, twice.encode())


NOW = int(MORNING.timestamp())
ATTACKS = {
    "the nonce of another sign-in": (claim(nonce="x" * 43), id_token.OTHER_SIGN_IN),
    "no nonce": (claim(nonce=None), id_token.OTHER_SIGN_IN),
    "a list of nonces": (claim(nonce=["a", "b"]), id_token.OTHER_SIGN_IN),
    "a token for another program": (claim(aud="phan-mem-khac"), id_token.OTHER_AUDIENCE),
    "a token for us and another, asked for by it": (
        claim(aud=[CLIENT, "khac"], azp="khac"),
        id_token.OTHER_AUDIENCE,
    ),
    "a token for many, asked for by nobody": (claim(aud=[CLIENT, "khac"]), id_token.OTHER_AUDIENCE),
    "no audience": (claim(aud=None), id_token.OTHER_AUDIENCE),
    "another issuer in the token": (claim(iss="https://khac.example"), id_token.OTHER_ISSUER),
    "no issuer in the token": (claim(iss=None), id_token.OTHER_ISSUER),
    "expired two minutes ago": (claim(exp=NOW - 120), id_token.EXPIRED),
    "never expires": (claim(exp=None), id_token.OTHER_TIME),
    "expires when nobody can say": (claim(exp="mai"), id_token.OTHER_TIME),
    "issued in the future": (claim(iat=NOW + 120), id_token.OTHER_TIME),
    "issued an hour ago": (claim(iat=NOW - 3600), id_token.OTHER_TIME),
    "issued nobody says when": (claim(iat=None), id_token.OTHER_TIME),
    "valid from tomorrow": (claim(nbf=NOW + 86400), id_token.OTHER_TIME),
    "about nobody": (claim(sub=None), id_token.NO_SUBJECT),
    "no signature": (token(unsigned), id_token.BAD_ALGORITHM),
    "HS256 with the public key": (token(signed_with_the_public_key), id_token.BAD_ALGORITHM),
    "a key nobody published": (token(lambda p, c: signed(p, c, kid="khoa-la")), id_token.UNKNOWN_KEY),
    "a key that came with the token": (token(with_a_key_of_its_own), id_token.UNKNOWN_KEY),
    "a key meant for encrypting": (
        lambda at: setattr(at.provider, "published", ({**KEYS[0].as_dict(private=False), "use": "enc"},)),
        id_token.UNKNOWN_KEY,
    ),
    "signed by a stranger under a known key's name": (token(signed_by_a_stranger), id_token.BAD_SIGNATURE),
    "changed after it was signed": (token(changed_afterwards), id_token.BAD_SIGNATURE),
    "a claim that stands there twice": (token(names_twice), id_token.TWICE),
    "no token but words": (token(lambda *_: "khong.phai.giay"), id_token.UNREADABLE),
    "a token without end": (token(lambda *_: "x" * 100_000), id_token.UNREADABLE),
    "a list for a token": (token(lambda p, _: signed(p, b"[1]")), id_token.UNREADABLE),
    "brackets without end": (token(lambda p, _: signed(p, b"[" * 40_000)), id_token.UNREADABLE),
    "a person whose last day was yesterday": (person(preferred_username="cu"), "đang làm việc trong danh bạ"),
    "a person nobody knows": (person(preferred_username="ai-do"), "đang làm việc trong danh bạ"),
    "a name with a letter that looks the same": (
        person(preferred_username="ﬁlinh"),
        "đang làm việc trong danh bạ",
    ),
    "a list of names": (person(preferred_username=["linh", "hoa"]), "đang làm việc trong danh bạ"),
    "no name at all": (person(preferred_username=None), "đang làm việc trong danh bạ"),
    "an empty name": (person(preferred_username=""), "đang làm việc trong danh bạ"),
    "the person was not let through": (
        lambda at: setattr(at.provider, "refuses", "access_denied"),
        "không cho vào, hoặc bạn đã thôi giữa chừng",
    ),
    "an answer that another provider gave": (
        lambda at: at.provider.extra.update(iss="https://khac.example"),
        "không cho vào, hoặc bạn đã thôi giữa chừng",
    ),
    "an answer without the name it promised": (
        say(authorization_response_iss_parameter_supported=True),
        "không cho vào, hoặc bạn đã thôi giữa chừng",
    ),
    "a code nobody gave": (
        lambda at: at.provider.extra.update(code="doan-mo"),
        "đã dùng rồi hoặc đã hết hạn",
    ),
    "an answer with words in place of facts": (
        lambda at: at.provider.raw.update({"/doi": b"<html>"}),
        openid_asking.NO_JSON,
    ),
    "an answer without a token": (
        lambda at: at.provider.raw.update({"/doi": b"{}"}),
        openid_asking.NO_JSON,
    ),
    "an answer that leads away": (
        lambda at: at.provider.status.update({"/doi": 307}),
        openid_asking.LED_AWAY,
    ),
    "an answer without end": (
        lambda at: at.provider.raw.update({"/doi": b" " * (openid_asking.MOST_BYTES + 1)}),
        openid_asking.TOO_LONG,
    ),
    "keys without end": (
        lambda at: at.provider.raw.update({"/khoa": b" " * (openid_asking.MOST_BYTES + 1)}),
        openid_asking.TOO_LONG,
    ),
    "keys that are none": (
        lambda at: at.provider.raw.update({"/khoa": b'{"keys": 1}'}),
        openid_asking.NO_JSON,
    ),
    "the provider is out of order": (
        lambda at: at.provider.status.update({"/doi": 503}),
        openid_asking.FAILED,
    ),
}


@pytest.mark.parametrize(("attack", "told"), ATTACKS.values(), ids=ATTACKS)
def test_nobody_comes_in_by(at: At, attack: Callable[[At], None], told: str) -> None:
    attack(at)
    answer = at.there_and_back()
    assert answer.status_code in (401, 422, 503)
    assert told in said(answer.text)
    assert NO_SESSION in said(answer.text)
    assert "lời của nơi ấy" not in answer.text
    assert "congvan=" not in answer.headers["set-cookie"]
    assert not at.is_in()
    assert at.lines("SignedIn") == []


def test_that_somebody_who_has_left_tried_is_recorded(at: At) -> None:
    at.provider.person["preferred_username"] = "cu"
    at.there_and_back()
    assert at.lines("SignInRefused") == [("desk", {"person": "cu", "way": "openid"})]


def back_with(at: At, change: Callable[[str], str] = str) -> Any:
    return at.client.get(change(at.provider.sign_in_at(at.go_out())))


def test_a_way_back_that_did_not_begin_in_this_browser_is_refused(at: At) -> None:
    address = at.provider.sign_in_at(at.go_out())
    own = at.client.cookies["congvan-di"]
    at.client.cookies.clear()
    at.go_out()
    tries = {
        "another browser that began its own": at.client.get(address),
        "a browser that began nothing": TestClient(at.client.app, base_url=HERE).get(address),
    }
    for name, answer in tries.items():
        assert answer.status_code == 401, name
        assert "không bắt đầu từ trình duyệt này" in said(answer.text)
        assert "congvan=" not in answer.headers.get("set-cookie", "")
    assert at.provider.asked.count("/doi") == 0
    body, signature = own.split(".")
    for forged in (f"{body}.{signature[:-1]}", f"{body}x.{signature}", body, ".", "é.é", ""):
        answer = at.client.get(address, headers={"cookie": f"congvan-di={forged}".encode()})
        assert answer.status_code == 401, forged
    assert at.client.get(address, headers={"cookie": f"congvan-di={own}"}).status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda a: re.sub("state=[^&]+", "state=khac", a), id="another state"),
        pytest.param(lambda a: re.sub("state=[^&]+", "", a), id="no state"),
        pytest.param(lambda a: a + "&state=khac", id="two states"),
        pytest.param(
            lambda a: re.sub("state=[^&]+", "state=%C3%A9%ED%A0%80", a), id="a state of odd letters"
        ),
    ],
)
def test_a_way_back_with(at: At, change: Callable[[str], str]) -> None:
    answer = back_with(at, change)
    assert answer.status_code == 401
    assert "không bắt đầu từ trình duyệt này" in said(answer.text)
    assert not at.is_in()
    assert at.provider.asked.count("/doi") == 0


def test_two_codes_at_once_are_no_code(at: At) -> None:
    assert "không cho vào" in said(back_with(at, lambda a: a + "&code=khac").text)


def test_whoever_stays_longer_than_ten_minutes_begins_again(at: At) -> None:
    address = at.provider.sign_in_at(at.go_out())
    at.time[0] += dt.timedelta(minutes=10)
    assert "hoặc đã quá 10 phút" in said(at.client.get(address).text)


def test_a_code_used_before_opens_nothing_even_with_the_cookie_of_its_browser(at: At) -> None:
    address = at.provider.sign_in_at(at.go_out())
    kept = {"cookie": f"congvan-di={at.client.cookies['congvan-di']}"}
    assert at.client.get(address).status_code == 303
    at.client.cookies.clear()
    again = at.client.get(address, headers=kept)
    assert (again.status_code, "không bắt đầu từ trình duyệt này" in said(again.text)) == (401, True)
    assert at.provider.asked.count("/doi") == 1
    code = parse_qs(urlsplit(address).query)["code"][0]
    at.provider.extra["code"] = code
    assert "đã dùng rồi hoặc đã hết hạn" in said(at.there_and_back().text)


def test_a_restart_of_the_desk_ends_every_sign_in_on_its_way(at: At) -> None:
    address = at.provider.sign_in_at(at.go_out())
    cast("FastAPI", at.client.app).state.elsewhere = open_elsewhere(at.office)
    assert at.client.get(address).status_code == 401


def test_another_site_cannot_begin_a_sign_in_here(at: At) -> None:
    for site in ("cross-site", "same-site"):
        for path in ("/dang-nhap/noi-khac", "/dang-nhap/noi-khac/ra"):
            answer = at.client.get(path, headers={"sec-fetch-site": site})
            assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap")
    assert at.provider.asked == []
    address = at.provider.sign_in_at(at.go_out())
    assert at.client.get(address, headers={"sec-fetch-site": "cross-site"}).status_code == 303


def test_sign_ins_that_fail_again_and_again_must_wait(at: At) -> None:
    at.provider.refuses = "access_denied"
    for _ in range(MOST_FAILURES):
        assert at.there_and_back().status_code == 401
    answer = at.client.get("/dang-nhap/noi-khac")
    assert answer.status_code == 429
    assert "Đợi 15 phút" in said(answer.text)
    at.time[0] += dt.timedelta(minutes=15)
    at.provider.refuses = ""
    assert at.there_and_back().status_code == 303


# ── a provider that is not what it should be ─────────────────────────────────────────────────────────────

UNSOUND = {
    "another issuer": ({"issuer": "http://127.0.0.1:1/co-quan"}, openid.OTHER_ISSUER),
    "its own issuer with a slash more": ({"issuer": "/"}, openid.OTHER_ISSUER),
    "no issuer": ({"issuer": None}, openid.OTHER_ISSUER),
    "no place for codes": ({"token_endpoint": None}, openid.NO_PLACE),
    "keys in the open": ({"jwks_uri": "http://khac.example/khoa"}, openid.OPEN_PLACE),
    "a page in the open": ({"authorization_endpoint": "http://khac.example/vao"}, openid.OPEN_PLACE),
    "a page that is a script": ({"authorization_endpoint": "javascript:alert(1)"}, openid.OPEN_PLACE),
    "a page for somebody by name": (
        {"authorization_endpoint": "https://a:b@khac.example/"},
        openid.OPEN_PLACE,
    ),
    "a place to leave in the open": ({"end_session_endpoint": "http://khac.example/ra"}, openid.OPEN_PLACE),
    "a place that is no text": ({"token_endpoint": ["https://khac.example/"]}, openid.NO_PLACE),
}


@pytest.mark.parametrize(("told", "detail"), UNSOUND.values(), ids=UNSOUND)
def test_nobody_is_sent_to_a_provider_with(at: At, told: dict[str, Any], detail: str) -> None:
    if told.get("issuer") == "/":
        told = {"issuer": at.provider.issuer + "/"}
    at.provider.told.update(told)
    answer = at.client.get("/dang-nhap/noi-khac")
    assert answer.status_code == 503
    assert detail in said(answer.text)
    assert NO_SESSION in said(answer.text)


WELL_KNOWN = "/.well-known/openid-configuration"
AWAY: dict[str, tuple[Callable[[Provider], None], str]] = {
    "that is down": (lambda p: p.status.update({WELL_KNOWN: 500}), openid_asking.FAILED),
    "that leads away": (lambda p: p.status.update({WELL_KNOWN: 302}), openid_asking.LED_AWAY),
    "that never ends": (
        lambda p: p.raw.update({WELL_KNOWN: b"[" * (openid_asking.MOST_BYTES + 1)}),
        openid_asking.TOO_LONG,
    ),
    "of brackets": (lambda p: p.raw.update({WELL_KNOWN: b"[" * 100_000}), openid_asking.NO_JSON),
}


@pytest.mark.parametrize(("do", "detail"), AWAY.values(), ids=AWAY)
def test_a_provider_that_does_not_answer_is_told_and_left_alone_for_a_while(
    at: At, do: Callable[[Provider], None], detail: str
) -> None:
    do(at.provider)
    for _ in range(3):
        answer = at.client.get("/dang-nhap/noi-khac", params={"tiep": "/van-ban"})
        assert answer.status_code == 503
        assert f"Nơi đăng nhập chung 127.0.0.1 {detail}." in said(answer.text)
        assert 'name="tiep" value="/van-ban"' in answer.text, "the password still leads where it should"
    assert at.provider.asked == [WELL_KNOWN]
    at.provider.reset()
    at.time[0] += LEFT_ALONE
    assert at.there_and_back().status_code == 303


def test_a_provider_that_drips_its_answer_is_given_up(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openid_asking, "WHOLE_S", 0.3)
    at.provider.raw[WELL_KNOWN], at.provider.drip_s = b"{" * 1000, 0.05
    assert openid_asking.SLOW in said(at.client.get("/dang-nhap/noi-khac").text)


def test_a_provider_that_says_nothing_is_given_up(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openid_asking, "STEP_S", 0.2)
    at.provider.raw[WELL_KNOWN], at.provider.drip_s = b"{}", 3
    assert openid_asking.SLOW in said(at.client.get("/dang-nhap/noi-khac").text)


# ── the page, and leaving ────────────────────────────────────────────────────────────────────────────────


def test_the_button_leads_out_by_the_address_that_the_provider_knows(at: At) -> None:
    asked = "/van-ban?tim=a&b"
    page = at.client.get("/dang-nhap", params={"tiep": asked}).text
    [link] = re.findall(r'class="button elsewhere" href="([^"]+)"', page)
    assert html.unescape(link) == f"{HERE}/dang-nhap/noi-khac?tiep={quote(asked, safe='')}"
    assert "Đăng nhập bằng tài khoản cơ quan" in said(page)
    assert at.provider.asked == [], "nothing is asked until somebody presses the button"


def test_in_english_everything_is_english(at: At) -> None:
    at.client.cookies.set("ngon-ngu", "en")
    assert "Sign in with the office account" in said(at.client.get("/dang-nhap").text)
    assert "ui_locales=en" in at.go_out()
    at.provider.refuses = "access_denied"
    assert "did not let you in" in said(at.there_and_back().text)


def test_a_change_of_language_does_not_send_a_used_code_again(at: At) -> None:
    at.provider.refuses = "access_denied"
    page = at.there_and_back().text
    assert '<input type="hidden" name="tiep" value="/dang-nhap">' in page
    assert "code=" not in page
    assert "state=" not in page


def test_leaving_ends_our_session_and_offers_to_end_the_providers(at: At) -> None:
    at.there_and_back()
    answer = at.client.post("/dang-xuat")
    assert answer.headers["location"] == "/dang-nhap?xong=dang-xuat"
    assert not at.is_in()
    page = at.client.get("/dang-nhap?xong=dang-xuat").text
    assert "Đã đăng xuất khỏi Công Văn." in page
    assert f'href="{HERE}/dang-nhap/noi-khac/ra"' in page
    away = at.client.get("/dang-nhap/noi-khac/ra").headers["location"]
    assert away.startswith(f"{at.provider.issuer}/ra?client_id=")
    assert away.endswith("post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Fdang-nhap")


def test_leaving_offers_nothing_where_the_provider_has_no_such_place(at: At) -> None:
    at.provider.told["end_session_endpoint"] = None
    at.there_and_back()
    assert at.client.post("/dang-xuat").headers["location"] == "/dang-nhap"
    assert at.client.get("/dang-nhap/noi-khac/ra").headers["location"] == "/dang-nhap"


def test_the_policy_of_the_pages_is_the_same_with_and_without_it(at: At) -> None:
    assert "form-action 'self';" in at.client.get("/dang-nhap").headers["content-security-policy"]


# ── other settings ───────────────────────────────────────────────────────────────────────────────────────


def test_without_it_nobody_is_asked_and_nothing_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openid_asking, "ask", None)
    monkeypatch.setattr(openid, "ask", None)
    with an_office(tmp_path) as office:
        assert open_elsewhere(office) is None
        client = TestClient(create_app(Desk(office), clock=lambda: MORNING), base_url=HERE)
        page = client.get("/dang-nhap").text
        assert "noi-khac" not in page
        assert "cua.css" not in page
        for path in ("/dang-nhap/noi-khac", BACK.removeprefix(HERE), "/dang-nhap/noi-khac/ra"):
            assert client.get(path, follow_redirects=False).status_code == 404


def test_people_known_by_their_address_come_in_when_it_is_verified_and_theirs_alone(tmp_path: Path) -> None:
    secret = tmp_path / "khoa.txt"
    secret.write_text(SECRET + "\n", "utf-8")
    settings = {
        "oidc_client_secret": "",
        "oidc_client_secret_file": str(secret),
        "oidc_label": "100% <của ta>",
    }
    with desk_at(tmp_path / "vp", oidc_claim="email", oidc_match="email", **settings) as at:
        for claims, told in (
            ({"email": "LINH@so.example", "email_verified": True}, ""),
            ({"email": "linh@so.example", "email_verified": False}, "đang làm việc trong danh bạ"),
            ({"email": "linh@so.example", "email_verified": "true"}, "đang làm việc trong danh bạ"),
            ({"email": "linh@so.example"}, "đang làm việc trong danh bạ"),
            ({"email": "hung@so.example", "email_verified": True}, "ứng với nhiều người"),
            ({"email": "cu@so.example", "email_verified": True}, "đang làm việc trong danh bạ"),
            ({"email": "", "email_verified": True}, "đang làm việc trong danh bạ"),
        ):
            at.begin_anew()
            at.provider.person = {"sub": "007", **claims}
            answer = at.there_and_back()
            assert (answer.status_code == 303, told in said(answer.text)) == (not told, True), claims
        assert "100% &lt;của ta&gt;</a>" in at.client.get("/dang-nhap").text
        secret.unlink()
        at.begin_anew()
        answer = at.client.get("/dang-nhap/noi-khac")
        assert "oidc_client_secret_file không đọc được" in said(answer.text)
        assert str(secret) not in answer.text


def test_a_secret_the_provider_does_not_know_is_told_without_its_words(tmp_path: Path) -> None:
    with desk_at(tmp_path, oidc_client_secret="sai") as at:
        answer = at.there_and_back()
    assert openid.UNKNOWN_CLIENT in said(answer.text)
    assert "lời của nơi ấy" not in answer.text
    assert "sai" not in re.findall(r'value="([^"]*)"', answer.text)
