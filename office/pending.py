"""A sign-in on its way through another place: what the browser keeps, and what only we can tell from that.

The browser gets a seed, the moment and the page to go to, signed. State, nonce and verifier follow from the
seed and our key, so that they stand in no cookie and in no memory; another browser lacks the seed.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field

LIFE = dt.timedelta(minutes=10)
"""How long a person may take at the provider; a second factor and a forgotten telephone need some minutes."""
MOST_PAGE = 1000
"""Letters of the page to go to; a longer one is left for the first page. A cookie holds 4 KB."""


@dataclass(frozen=True, slots=True)
class Pending:
    """One sign-in that has begun."""

    seed: str = field(repr=False)
    begun: int
    """Seconds since 1970."""
    next_page: str

    def word(self, name: str, key: bytes) -> str:
        """The `state`, `nonce` or `verifier` of this sign-in: 43 letters, as PKCE wants them at least."""
        made = hmac.new(key, f"{name} {self.seed}".encode(), hashlib.sha256).digest()
        return _text(made)


def begin(next_page: str, now: dt.datetime) -> Pending:
    """A new sign-in."""
    page = next_page if len(next_page) <= MOST_PAGE else "/"
    return Pending(secrets.token_urlsafe(32), int(now.timestamp()), page)


def seal(pending: Pending, key: bytes) -> str:
    """What the browser keeps."""
    body = _text(json.dumps([pending.seed, pending.begun, pending.next_page]).encode())
    return f"{body}.{_sign(body, key)}"


def unseal(kept: str, key: bytes, now: dt.datetime) -> Pending | None:
    """The sign-in that a browser brings back; None when it is none of ours, or too old."""
    body, _, signature = kept.partition(".")
    if not hmac.compare_digest(signature.encode(), _sign(body, key).encode()):
        return None
    try:
        seed, begun, page = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (binascii.Error, ValueError):
        return None
    age = now.timestamp() - begun
    return Pending(seed, begun, page) if 0 <= age < LIFE.total_seconds() else None


def _sign(body: str, key: bytes) -> str:
    return _text(hmac.new(key, f"pending {body}".encode(), hashlib.sha256).digest())


def _text(made: bytes) -> str:
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
