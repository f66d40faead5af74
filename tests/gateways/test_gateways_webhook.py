"""What is posted to a chat gateway: signed, to that address only, and told truly whether it was taken."""

from __future__ import annotations

import base64
import datetime as dt
import socket
from collections.abc import Iterator

import pytest

from documents.errors import Unavailable
from gateways.webhook import Hook, HookAway, post, sign
from tests.gateways.hook_server import SECRET, Gateway, a_gateway, is_signed

NOW = dt.datetime(2012, 1, 5, 1, 12, tzinfo=dt.UTC)
FACTS = {"id": "8f2c@congvan.invalid", "kind": "assigned", "number": "29/2012", "recipient": "linh"}


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with a_gateway() as gateway:
        yield gateway


def send(url: str, secret: str = SECRET) -> None:
    post(Hook(url, secret), FACTS, message_id="8f2c@congvan.invalid", now=NOW)


def test_a_post_is_signed_and_carries_its_id_and_time(gateway: Gateway) -> None:
    send(gateway.url)
    ((headers, body),) = gateway.posts
    assert gateway.taken == {"8f2c@congvan.invalid": FACTS}
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert headers["content-type"].startswith("application/json")
    assert not is_signed(headers, body + b" "), "the body is not covered"
    assert not is_signed({**headers, "webhook-timestamp": "1"}, body), "the time is not covered"
    assert not is_signed(headers, body, secret="another")


def test_the_signature_is_that_of_the_published_example() -> None:
    secret = "whsec_" + base64.b64encode(bytes(range(24))).decode()
    assert sign(secret, "msg_1", "1325725920", b"{}") == sign(
        bytes(range(24)).decode("latin-1"), "msg_1", "1325725920", b"{}"
    )
    assert sign("whsec_khong phai base64!", "m", "1", b"{}").startswith("v1,")


@pytest.mark.parametrize("status", [200, 201, 204, 409])
def test_yes_is_yes_also_from_one_that_has_it_already(status: int, gateway: Gateway) -> None:
    gateway.answers = [status]
    send(gateway.url)
    assert len(gateway.posts) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 404, 410, 429, 500, 503])
def test_every_other_answer_is_tried_again_later_and_no_redirect_is_followed(
    status: int, gateway: Gateway
) -> None:
    gateway.answers = [status]
    with pytest.raises(HookAway, match=str(status)) as caught:
        send(gateway.url)
    assert isinstance(caught.value, Unavailable)
    assert len(gateway.posts) == 1


def test_nobody_there_is_told_without_the_secret() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(HookAway, match=r"127\.0\.0\.1") as caught:
        send(f"http://127.0.0.1:{port}/x")
    assert SECRET not in str(caught.value) + caught.value.advise() + repr(Hook("http://a/", SECRET))


def test_no_proxy_of_the_environment_hears_it(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    send(gateway.url)
    assert gateway.taken
