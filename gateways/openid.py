"""The provider of the common sign-in, as OpenID Connect has it: where it is, its keys, a code for a token.

Source:
    OpenID Connect Core 1.0 and Discovery 1.0; RFC 6749; RFC 7636 (PKCE); RFC 9207 (issuer in the answer);
    RFC 9700 (best current practice); OpenID Connect RP-Initiated Logout 1.0.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

from documents.errors import Refused, Unavailable
from gateways.openid_asking import FAILED, NO_JSON, ProviderAway, ask, host_of, is_sealed

OTHER_ISSUER = "tự xưng bằng một địa chỉ khác với oidc_issuer"
NO_PLACE = "không nói đủ các địa chỉ cần dùng"
OPEN_PLACE = "dùng một địa chỉ không phải https"
UNKNOWN_CLIENT = "không nhận oidc_client_id hoặc khóa của Công Văn"
DETAILS = (OTHER_ISSUER, NO_PLACE, OPEN_PLACE, UNKNOWN_CLIENT)

_SCOPES = ("openid", "profile", "email")


class ProviderUnsound(Unavailable):
    """The provider answers, but it and our settings do not belong together."""

    message = "Nơi đăng nhập chung {host} {detail}."
    advice = "Chưa có phiên nào được mở. Dùng mật khẩu của Công Văn, và báo quản trị xem lại thiết đặt."


class CodeRefused(Refused):
    """The provider does not take the code: used before, too old, or made for somebody else."""

    message = "Mã mà nơi đăng nhập chung {host} vừa cấp đã dùng rồi hoặc đã hết hạn."
    advice = "Chưa có phiên nào được mở. Bấm lại nút đăng nhập để bắt đầu lại từ đầu."


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """This office as the provider knows it; `back` is where the browser returns to."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    back: str
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What the provider says of itself; every address is sealed (`is_sealed`)."""

    issuer: str
    authorize: str
    token: str
    keys: str
    end_session: str | None
    posts_secret: bool
    """The secret goes into the form: the provider takes it in no header."""
    names_itself: bool
    """Its answers carry `iss`, and one without it is not its own."""
    scopes: tuple[str, ...]

    @property
    def host(self) -> str:
        """The host, for messages to people."""
        return host_of(self.issuer)


def discover(client: Client) -> Provider:
    """Ask the provider for its addresses.

    Raises:
        ProviderAway: it does not answer as one should.
        ProviderUnsound: it calls itself otherwise, or an address is missing or open.
    """
    facts = _get(f"{client.issuer.rstrip('/')}/.well-known/openid-configuration", client)

    def unsound(detail: str) -> ProviderUnsound:
        return ProviderUnsound(host=host_of(client.issuer), detail=detail)

    if facts.get("issuer") != client.issuer:
        raise unsound(OTHER_ISSUER)
    places = [facts.get(n) for n in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(isinstance(place, str) and place for place in places):
        raise unsound(NO_PLACE)
    leaving = facts.get("end_session_endpoint")
    is_local = client.issuer.startswith("http:")
    for place in (*places, *([leaving] if leaving else [])):
        if not is_sealed(str(place)) or (str(place).startswith("http:") and not is_local):
            raise unsound(OPEN_PLACE)
    ways = _words(facts, "token_endpoint_auth_methods_supported") or ("client_secret_basic",)
    known = _words(facts, "scopes_supported") or _SCOPES
    return Provider(
        issuer=client.issuer,
        authorize=str(places[0]),
        token=str(places[1]),
        keys=str(places[2]),
        end_session=str(leaving) if leaving else None,
        posts_secret="client_secret_basic" not in ways and "client_secret_post" in ways,
        names_itself=facts.get("authorization_response_iss_parameter_supported") is True,
        scopes=tuple(scope for scope in _SCOPES if scope == "openid" or scope in known),
    )


def fetch_keys(provider: Provider, client: Client) -> tuple[Mapping[str, Any], ...]:
    """The keys that the provider signs with, as JSON Web Keys.

    Raises:
        ProviderAway: it does not answer as one should.
    """
    keys = _get(provider.keys, client).get("keys")
    if not isinstance(keys, list):
        raise ProviderAway(host=provider.host, detail=NO_JSON)
    return tuple(key for key in keys if isinstance(key, dict))


def address_to_ask(
    provider: Provider, client: Client, *, state: str, nonce: str, verifier: str, language: str
) -> str:
    """Where to send the browser, so that the person signs in there and comes back."""
    asked = {
        "response_type": "code",
        "scope": " ".join(provider.scopes),
        "client_id": client.client_id,
        "redirect_uri": client.back,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        "ui_locales": language,
    }
    return _with(provider.authorize, asked)


def address_to_leave(provider: Provider, client: Client, *, back: str) -> str | None:
    """Where the person ends their session at the provider too; None when it offers no such place."""
    if provider.end_session is None:
        return None
    return _with(provider.end_session, {"client_id": client.client_id, "post_logout_redirect_uri": back})


def challenge_of(verifier: str) -> str:
    """What is shown of the verifier before it is known (RFC 7636, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def trade(provider: Provider, client: Client, *, code: str, verifier: str) -> str:
    """The ID token for a code, not yet verified.

    Raises:
        CodeRefused: the code was used, is too old, or belongs to another sign-in.
        ProviderUnsound: it knows no such client, or not with this secret.
        ProviderAway: it does not answer as one should.
    """
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.back,
        "code_verifier": verifier,
    }
    basic = None
    if provider.posts_secret:
        form |= {"client_id": client.client_id, "client_secret": client.secret}
    else:
        # Form-encoded first (RFC 6749, 2.3.1): a colon in the id would end it.
        basic = (quote_plus(client.client_id), quote_plus(client.secret))
    answer = ask(provider.token, form=form, basic=basic, ca_file=client.ca_file)
    if answer.status != 200:
        said = answer.facts.get("error")
        if said in ("invalid_client", "unauthorized_client") or answer.status == 401:
            raise ProviderUnsound(host=provider.host, detail=UNKNOWN_CLIENT)
        if said == "invalid_grant":
            raise CodeRefused(host=provider.host)
        raise ProviderAway(host=provider.host, detail=FAILED)
    token = answer.facts.get("id_token")
    if not isinstance(token, str):
        raise ProviderAway(host=provider.host, detail=NO_JSON)
    return token


def _get(url: str, client: Client) -> dict[str, Any]:
    answer = ask(url, ca_file=client.ca_file)
    if answer.status != 200:
        raise ProviderAway(host=host_of(url), detail=FAILED)
    return answer.facts


def _words(facts: Mapping[str, Any], name: str) -> tuple[str, ...]:
    given = facts.get(name)
    return tuple(word for word in given if isinstance(word, str)) if isinstance(given, list) else ()


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked, quote_via=quote)}"
