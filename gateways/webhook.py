"""Post a notice to the office's chat gateway: signed, to the configured address only, metadata only.

Signed as *Standard Webhooks* asks, for which libraries exist in many languages: `webhook-id` is the same at
every try, so that a gateway that keeps the ids it has seen takes each notice once; `webhook-timestamp` in
seconds lets it refuse old posts; `webhook-signature` is `v1,` and the Base64 of HMAC-SHA256 over
`id.timestamp.body`.

Source: https://github.com/standard-webhooks/standard-webhooks, spec 1.0.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from documents.errors import Unavailable
from documents.text import visible

TIMEOUT_S = 10.0
ACCEPTED_BEFORE = 409
"""A gateway may answer so to an id it has taken already."""
_SECRET_PREFIX = "whsec_"  # noqa: S105 - what precedes a secret, none itself


class HookAway(Unavailable):
    """The chat gateway does not take what is posted."""

    message = "Cổng nhắn tin {host} không nhận: {detail}."
    advice = "Thông báo vẫn có trên bàn làm việc và sẽ được gửi lại. Kiểm tra webhook_url và cổng nhắn tin."


@dataclass(frozen=True, slots=True)
class Hook:
    """Where to post, and the secret both sides know."""

    url: str
    secret: str = field(repr=False)

    @property
    def host(self) -> str:
        """The host, for messages to people."""
        return httpx.URL(self.url).host


def post(hook: Hook, facts: Mapping[str, Any], *, message_id: str, now: dt.datetime) -> None:
    """Post some facts; returning means that the gateway took them. No redirect and no proxy is followed.

    Raises:
        HookAway: no connection, no answer in time, or another answer than yes; post it again later.
    """
    body = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    stamp = str(int(now.timestamp()))
    headers = {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "congvan",
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": sign(hook.secret, message_id, stamp, body),
    }
    try:
        with (
            httpx.Client(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", hook.url, content=body, headers=headers) as answer,
        ):
            status, reason = answer.status_code, answer.reason_phrase
    except httpx.TimeoutException as trouble:
        raise HookAway(host=hook.host, detail="không trả lời kịp") from trouble
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        raise HookAway(host=hook.host, detail=_words(str(trouble) or type(trouble).__name__)) from trouble
    if not (200 <= status < 300 or status == ACCEPTED_BEFORE):
        raise HookAway(host=hook.host, detail=f"trả lời {status} {_words(reason)}".strip())


def sign(secret: str, message_id: str, stamp: str, body: bytes) -> str:
    """The signature of a body; a secret that begins with `whsec_` is Base64, any other is taken as it is."""
    key = secret.encode()
    if secret.startswith(_SECRET_PREFIX):
        try:
            key = base64.b64decode(secret.removeprefix(_SECRET_PREFIX), validate=True)
        except binascii.Error:
            key = secret.encode()
    signed = f"{message_id}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _words(text: str) -> str:
    return visible(" ".join(text.split()))[:200]
