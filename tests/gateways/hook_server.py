"""A chat gateway of our own on the loopback, in every mood."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "khoa-ky-cua-cong-nhan-tin"


@dataclass
class Gateway:
    """What it was told, and what it answers next; a gateway worth its name takes an id once."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/thong-bao"

    def hear(self, headers: dict[str, str], body: bytes) -> int:
        self.posts.append((headers, body))
        status = self.answers.pop(0) if self.answers else 200
        if status == 200 and is_signed(headers, body):
            self.taken.setdefault(headers["webhook-id"], json.loads(body))
        return status


def is_signed(headers: dict[str, str], body: bytes, *, secret: str = SECRET) -> bool:
    """The check of the receiving side, as docs/commands.md shows it."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(headers["webhook-signature"], f"v1,{expected}")


@contextmanager
def a_gateway() -> Iterator[Gateway]:
    """A gateway that listens."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status = gateway.hear({k.lower(): v for k, v in self.headers.items()}, body)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("location", f"http://127.0.0.1:{gateway.port}/noi-khac")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield gateway
    server.shutdown()
    server.server_close()
    thread.join()
