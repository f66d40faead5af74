"""A mail server of our own on the loopback, which keeps what it is given."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Postbox:
    """Keeps what it is given; says what it is told to say first."""

    def __init__(self) -> None:
        self.messages: list[tuple[list[str], EmailMessage]] = []
        self.answers: list[str] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802 - its name
        if self.answers:
            return self.answers.pop(0)
        content = envelope.original_content  # type: ignore[attr-defined]
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.messages.append((list(envelope.rcpt_tos), message))  # type: ignore[attr-defined, arg-type]
        return "250 OK"

    def to(self, person: str) -> list[EmailMessage]:
        """The letters to one person, in order."""
        return [message for recipients, message in self.messages if recipients[0].startswith(f"{person}@")]


def plain(message: EmailMessage) -> str:
    """The letter as its reader sees it without HTML."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@contextmanager
def a_postbox() -> Iterator[tuple[Postbox, int]]:
    """The box, and the port at which it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()
