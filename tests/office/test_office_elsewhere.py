"""The common sign-in without pages: its settings, whom a claim names, what a browser keeps, what doctor sees."""

from __future__ import annotations

import datetime as dt
import string
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from documents.errors import SettingSlip
from documents.people import Directory, Officer, PersonId
from gateways import id_token, openid, openid_asking
from gateways.openid_asking import is_sealed
from office import elsewhere, pending
from office.doctor import Check, Health, examine
from office.entrance import people_named
from office.settings import FILE_NAME, load_settings
from tests.offices import MORNING, an_office
from tests.openid_provider import CLIENT, SECRET, a_provider

WHOLE = {
    "base_url": "https://congvan.example",
    "oidc_issuer": "https://dangnhap.example/realms/so",
    "oidc_client_id": "cong-van",
    "oidc_client_secret": "khoa",
}


def settle(home: Path, **lines: str) -> Path:
    (home / FILE_NAME).write_text("".join(f'{k} = "{v}"\n' for k, v in lines.items()), "utf-8")
    return home


def test_without_an_issuer_it_is_off(tmp_path: Path) -> None:
    assert load_settings(settle(tmp_path)).oidc_issuer == ""


def test_a_whole_set_of_settings_is_taken_and_hides_its_secret(tmp_path: Path) -> None:
    settings = load_settings(settle(tmp_path, **WHOLE))
    assert settings.oidc_claim == "preferred_username"
    assert "khoa" not in repr(settings)


@pytest.mark.parametrize(
    ("change", "name", "told"),
    [
        pytest.param({"oidc_client_id": ""}, "oidc_client_id", "phải có oidc_client_id", id="no client"),
        pytest.param({"oidc_client_secret": ""}, "oidc_client_secret", "phải có khóa", id="no secret"),
        pytest.param(
            {"oidc_client_secret_file": "khoa.txt"}, "oidc_client_secret", "chỉ đặt một", id="two secrets"
        ),
        pytest.param({"base_url": ""}, "base_url", "phải có base_url", id="nowhere to come back to"),
        pytest.param(
            {"base_url": "http://congvan.example"}, "base_url", "phải có base_url", id="back in the open"
        ),
        pytest.param(
            {"oidc_issuer": "http://dangnhap.example"},
            "oidc_issuer",
            "phải là địa chỉ https",
            id="in the open",
        ),
        pytest.param({"oidc_issuer": "dangnhap"}, "oidc_issuer", "phải là địa chỉ https", id="no address"),
        pytest.param(
            {"oidc_match": "phone"}, "oidc_match", "phải thuộc: login, email", id="matched by phone"
        ),
        pytest.param({"oidc_claim": ""}, "oidc_claim", "không được để trống", id="no claim"),
    ],
)
def test_a_half_set_sign_in_is_refused(change: dict[str, str], name: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SettingSlip, match=told) as trouble:
        load_settings(settle(tmp_path, **(WHOLE | change)))
    assert trouble.value.facts["name"] == name


@pytest.mark.parametrize(
    ("url", "sealed"),
    [
        ("https://dangnhap.example/realms/so", True),
        ("https://dangnhap.example:8443", True),
        ("http://localhost:8080/", True),
        ("http://127.0.0.1:8080/", True),
        ("http://[::1]:8080/", True),
        ("http://localhost.khac.example/", False),
        ("http://127.0.0.1.khac.example/", False),
        ("http://10.0.0.1/", False),
        ("https://ai:do@dangnhap.example/", False),
        ("https://dangnhap.example/#x", False),
        ("https://dangnhap.example:0/", False),
        ("https://dangnhap.example:99999/", False),
        ("https://[::1/", False),
        ("https:///duong", False),
        ("https://dangnhap.example/\n", False),
        ("ftp://dangnhap.example/", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_only_what_nobody_between_can_read_is_sealed(url: str, sealed: bool) -> None:
    assert is_sealed(url) is sealed


# ── whom a claim names ───────────────────────────────────────────────────────────────────────────────────

KIEN, LINH = (
    Officer(id=PersonId(i), name=i, email=e) for i, e in (("kien", "kien@so.example"), ("lính.vp", None))
)
PEOPLE = Directory(people=(KIEN, LINH))


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        pytest.param({"n": "kien"}, (KIEN,), id="the very id"),
        pytest.param({"n": "KIEN"}, (KIEN,), id="capital letters"),
        pytest.param({"n": "lính.vp"}, (LINH,), id="Vietnamese letters"),
        pytest.param({"n": "LÍNH.vp"}, (), id="capital Vietnamese letters are another account"),
        pytest.param({"n": "li\u0301nh.vp"}, (), id="the same letters written otherwise"),
        pytest.param({"n": "\u212aien"}, (), id="the Kelvin sign, which Unicode takes for a K"),
        pytest.param({"n": "kıen"}, (), id="an i without a dot"),
        pytest.param({"n": "kien "}, (), id="a space behind"),
        pytest.param({"n": "kien@so.example"}, (), id="an address is no id"),
        pytest.param({"n": ""}, (), id="nothing"),
        pytest.param({"n": None}, (), id="null"),
        pytest.param({"n": 7}, (), id="a number"),
        pytest.param({"n": {"kien": 1}}, (), id="an object"),
        pytest.param({"m": "kien"}, (), id="another claim"),
    ],
)
def test_a_claim_names(claims: dict[str, Any], found: tuple[Officer, ...]) -> None:
    assert people_named(PEOPLE, claims, claim="n", match="login") == found


def test_a_person_without_an_address_is_named_by_none() -> None:
    assert people_named(PEOPLE, {"n": "None"}, claim="n", match="email") == ()
    assert people_named(PEOPLE, {"n": "kien@so.example"}, claim="n", match="email") == (KIEN,)


# ── what a browser keeps ─────────────────────────────────────────────────────────────────────────────────

KEY, OTHER = b"k" * 32, b"o" * 32


@given(page=st.text(string.printable[:95], max_size=1200))
def test_what_was_kept_comes_back_whole_and_fits_into_a_cookie(page: str) -> None:
    begun = pending.begin(page, MORNING)
    kept = pending.seal(begun, KEY)
    assert len(kept) < 3_000
    assert pending.unseal(kept, KEY, MORNING) == begun
    assert pending.unseal(kept, OTHER, MORNING) is None
    assert begun.next_page in (page, "/")
    assert len({begun.word(name, KEY) for name in ("state", "nonce", "verifier")}) == 3
    assert begun.word("state", KEY) != begun.word("state", OTHER)


@given(kept=st.text(max_size=300))
def test_what_we_did_not_keep_is_nothing(kept: str) -> None:
    assert pending.unseal(kept, KEY, MORNING) is None


@given(at=st.integers(min_value=0), to=st.characters())
def test_one_letter_changed_is_nothing(at: int, to: str) -> None:
    kept = pending.seal(pending.begin("/van-ban", MORNING), KEY)
    place = at % len(kept)
    changed = kept[:place] + to + kept[place + 1 :]
    assert changed == kept or pending.unseal(changed, KEY, MORNING) is None


@pytest.mark.parametrize(("minutes", "lives"), [(0, True), (9.9, True), (10, False), (-1, False)])
def test_a_sign_in_lives_ten_minutes(minutes: float, lives: bool) -> None:
    kept = pending.seal(pending.begin("/", MORNING), KEY)
    assert (pending.unseal(kept, KEY, MORNING + dt.timedelta(minutes=minutes)) is not None) is lives


# ── doctor, and words ────────────────────────────────────────────────────────────────────────────────────


def sign_in_check(home: Path) -> Check | None:
    return next((check for check in examine(home, now=MORNING) if check.part == "sign-in"), None)


def test_doctor_asks_the_provider_and_tells_what_to_do(tmp_path: Path) -> None:
    with a_provider(lambda: MORNING) as provider:
        lines = {"base_url": "http://localhost", "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
        with an_office(tmp_path, oidc_issuer=provider.issuer, **lines):
            pass
        check = sign_in_check(tmp_path)
        assert check == Check("sign-in", Health.WELL, "Nơi đăng nhập chung 127.0.0.1 trả lời")
        provider.raw["/khoa"] = b"{}"
        check = sign_in_check(tmp_path)
        assert check is not None
        assert (check.health, "trả lời không đúng dạng" in check.text) == (Health.ATTENTION, True)
    check = sign_in_check(tmp_path)
    assert check is not None
    assert "không nối được" in check.text
    assert "oidc_" in str(check.advice)
    settle(tmp_path)
    assert sign_in_check(tmp_path) is None


def test_every_word_about_it_has_its_english(root: Path) -> None:
    with (root / "desk" / "cli" / "english.po").open("rb") as file:
        english = {str(m.id) for m in read_po(file) if m.id and m.string}
    errors = (openid_asking.ProviderAway, openid.ProviderUnsound, openid.CodeRefused, id_token.TokenRefused)
    told = {text for error in errors for text in (error.message, error.advice)}
    told |= {*openid_asking.DETAILS, *openid.DETAILS, *id_token.DETAILS, elsewhere.NO_KEY}
    assert told - english == set()
