"""A small OpenID provider on the loopback: it does its work right, and each way of doing it wrong on demand.

Its people are who a test says; there is no page to sign in at: it answers at once for `person`.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jws
from joserfc.jwk import RSAKey

CLIENT, SECRET = "cong:văn", "khoá của cả hai/+%"
BACK = "http://localhost/dang-nhap/noi-khac/ve"
KEYS = tuple(RSAKey.generate_key(2048, {"kid": f"khoa-{n}", "use": "sig"}) for n in (1, 2))

Signer = Callable[["Provider", dict[str, Any]], str]


@dataclass
class Provider:
    """One provider; whatever a test changes here it does from then on."""

    clock: Callable[[], dt.datetime]
    port: int = 0
    back: str = BACK
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "007", "preferred_username": "linh"})
    key: RSAKey = field(default_factory=lambda: KEYS[0])
    published: tuple[dict[str, Any], ...] = ()
    """Keys shown instead of `key`."""
    told: dict[str, Any] = field(default_factory=dict)
    """What discovery says otherwise; None takes away."""
    claims: dict[str, Any] = field(default_factory=dict)
    """What the token says otherwise; None takes away."""
    sign: Signer | None = None
    """Makes the token instead."""
    raw: dict[str, bytes] = field(default_factory=dict)
    """Bytes to answer with, by path."""
    drip_s: float = 0
    """Seconds between two bytes of `raw`."""
    status: dict[str, int] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    refuses: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    """What the browser brings back besides."""

    def reset(self) -> None:
        """Do everything right again, and forget what was asked."""
        fresh = Provider(self.clock, self.port, self.back)
        for one in fields(self):
            setattr(self, one.name, getattr(fresh, one.name))

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}/co-quan"

    def discovery(self) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/vao",
            "token_endpoint": f"{self.issuer}/doi",
            "jwks_uri": f"{self.issuer}/khoa",
            "end_session_endpoint": f"{self.issuer}/ra",
            "scopes_supported": ["openid", "profile"],
        } | self.told
        return {name: fact for name, fact in facts.items() if fact is not None}

    def keys(self) -> dict[str, Any]:
        return {"keys": list(self.published or (self.key.as_dict(private=False),))}

    def sign_in_at(self, address: str) -> str:
        """What a browser does there: the person signs in, and is sent back to the address returned."""
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == self.discovery()["authorization_endpoint"]
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert (asked["redirect_uri"], asked["code_challenge_method"]) == (self.back, "S256")
        assert "openid" in asked["scope"].split()
        if self.refuses:
            return f"{self.back}?{urlencode({'error': self.refuses, 'state': asked['state']} | self.extra)}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{self.back}?{urlencode({'code': code, 'state': asked['state']} | self.extra)}"

    def trade(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A token for a code, once, to who knows the secret and the verifier."""
        user, _, password = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        given = (unquote_plus(user), unquote_plus(password))
        if not authorization:
            given = (form.get("client_id", ""), form.get("client_secret", ""))
        if given != (CLIENT, SECRET):
            return 401, {"error": "invalid_client", "error_description": "<b>lời của nơi ấy</b>"}
        asked = self.codes.pop(form["code"], None)
        made = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
        if not asked or asked["code_challenge"] != challenge or form["redirect_uri"] != self.back:
            return 400, {"error": "invalid_grant", "error_description": "<b>lời của nơi ấy</b>"}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.token(asked["nonce"])}

    def token(self, nonce: str) -> str:
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            **self.person,
            **self.claims,
        }
        claims = {name: claim for name, claim in claims.items() if claim is not None}
        return self.sign(self, claims) if self.sign else signed(self, claims)


def signed(provider: Provider, claims: dict[str, Any] | bytes, **head: Any) -> str:
    """A token as it should be; bytes are signed as they are."""
    payload = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    given = {"alg": "RS256", "kid": provider.key.kid, "typ": "JWT"} | head
    given = {name: value for name, value in given.items() if value is not None}
    return jws.serialize_compact(given, payload, provider.key, algorithms=[given["alg"]])


@contextmanager
def a_provider(clock: Callable[[], dt.datetime]) -> Iterator[Provider]:
    """A provider that listens."""
    provider = Provider(clock)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    server.daemon_threads = True
    server.block_on_close = False
    provider.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    server.server_close()
    thread.join()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/co-quan")
            provider.asked.append(path)
            told = {"/.well-known/openid-configuration": provider.discovery, "/khoa": provider.keys}
            if path.startswith("/vao?"):
                self.send_response(302)
                self.send_header("location", provider.sign_in_at(f"{provider.issuer}{path}"))
                self.end_headers()
            elif path in told:
                self._say(path, 200, told[path]())
            else:
                self._say(path, 404, {})

        def do_POST(self) -> None:
            path = self.path.removeprefix("/co-quan")
            provider.asked.append(path)
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(path, *provider.trade(form, self.headers.get("authorization", "")))

        def _say(self, path: str, status: int, facts: dict[str, Any]) -> None:
            raw = provider.raw.get(path)
            body = raw if raw is not None else json.dumps(facts).encode()
            status = provider.status.get(path, status)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("location", f"{provider.issuer}/khac")
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            try:
                self.end_headers()
                for byte in range(len(body)) if provider.drip_s else ():
                    self.wfile.write(body[byte : byte + 1])
                    time.sleep(provider.drip_s)
                if not provider.drip_s:
                    self.wfile.write(body)
            except OSError:
                """Whoever asked has gone."""

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
