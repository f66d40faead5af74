"""One question to the provider of the common sign-in, over HTTP: bounded in time, size, number and place.

Nothing is followed elsewhere, no proxy of the environment is used, nothing packed is unpacked. A provider
that drips its answer byte by byte is left alone after `WHOLE_S`, whatever it does: the question waits in a
thread of its own.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit

import httpx

from documents.errors import Unavailable

STEP_S = 5.0
"""Seconds without a sign from the provider."""
WHOLE_S = 10.0
"""Seconds for a whole answer."""
MOST_BYTES = 512 * 1024
"""Keys with their certificates take some ten thousand."""
MOST_AT_ONCE = 8
"""Questions under way; more wait a second, then are told to come again."""

SLOW = "không trả lời kịp"
UNREACHED = "không nối được"
TOO_LONG = "trả lời quá dài"
PACKED = "trả lời theo cách nén không được dùng"
LED_AWAY = "chỉ sang một địa chỉ khác"
NO_JSON = "trả lời không đúng dạng"
FAILED = "trả lời bằng một lỗi"
BUSY = "quá nhiều người hỏi cùng lúc"
DETAILS = (SLOW, UNREACHED, TOO_LONG, PACKED, LED_AWAY, NO_JSON, FAILED, BUSY)
"""Every way of being away: nothing that the provider wrote is ever told on."""

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_slots = threading.BoundedSemaphore(MOST_AT_ONCE)


class ProviderAway(Unavailable):
    """The provider of the common sign-in does not answer as one should."""

    message = "Nơi đăng nhập chung {host} {detail}."
    advice = "Chưa có phiên nào được mở. Đợi ít phút rồi bấm lại, hoặc dùng mật khẩu của Công Văn."


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider answered: the status and the JSON object."""

    status: int
    facts: dict[str, Any]


def is_sealed(url: str) -> bool:
    """Whether nobody between can read or change what goes there: https, or plain http inside this machine."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or port == 0 or parts.username is not None or parts.fragment or not url.isprintable():
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL)


def host_of(url: str) -> str:
    """The host, for messages to people."""
    return urlsplit(url).hostname or ""


def ask(
    url: str,
    *,
    form: dict[str, str] | None = None,
    basic: tuple[str, str] | None = None,
    ca_file: Path | None = None,
) -> Answer:
    """Get `url`, or post a form there.

    Raises:
        ProviderAway: no answer in time, none at all, or none that could be used.
    """
    heard: SimpleQueue[Answer | ProviderAway] = SimpleQueue()
    if not _slots.acquire(timeout=1):
        raise ProviderAway(host=host_of(url), detail=BUSY)

    def question() -> None:
        try:
            heard.put(_ask(url, form, basic, ca_file))
        except ProviderAway as trouble:
            heard.put(trouble)
        finally:
            _slots.release()

    threading.Thread(target=question, name="openid", daemon=True).start()
    try:
        answer = heard.get(timeout=WHOLE_S + 1)
    except Empty:
        raise ProviderAway(host=host_of(url), detail=SLOW) from None
    if isinstance(answer, ProviderAway):
        raise answer
    return answer


def _ask(
    url: str, form: dict[str, str] | None, basic: tuple[str, str] | None, ca_file: Path | None
) -> Answer:
    def away(detail: str) -> ProviderAway:
        return ProviderAway(host=host_of(url), detail=detail)

    until = time.monotonic() + WHOLE_S
    headers = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "congvan"}
    try:
        trusted = ssl.create_default_context(cafile=str(ca_file)) if ca_file else True
        with (
            httpx.Client(timeout=STEP_S, follow_redirects=False, trust_env=False, verify=trusted) as client,
            client.stream("POST" if form else "GET", url, data=form, auth=basic, headers=headers) as answer,
        ):
            if 300 <= answer.status_code < 400:
                raise away(LED_AWAY)
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise away(PACKED)
            body = b""
            for part in answer.iter_raw():
                body += part
                if len(body) > MOST_BYTES:
                    raise away(TOO_LONG)
                if time.monotonic() > until:
                    raise away(SLOW)
    except httpx.TimeoutException:
        raise away(SLOW) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        raise away(UNREACHED) from None
    return Answer(answer.status_code, _object(body, answer.status_code, away))


def _object(body: bytes, status: int, away: Any) -> dict[str, Any]:
    """The JSON object of a body; one that says no may say it in other words."""
    try:
        facts = json.loads(body)
    except (ValueError, RecursionError):
        facts = None
    if isinstance(facts, dict):
        return facts
    if status != 200:
        return {}
    raise away(NO_JSON)
