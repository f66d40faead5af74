"""Send letters through a mail server, or lay them down as files where there is none.

At least once: if the line breaks between our last byte and the server's yes, the letter is sent again with
the same Message-ID. A server that is away is told apart from an address that no server will ever take.

Source: reliability bar, section 4 (mail header injection) and section 5 (R6).
"""

from __future__ import annotations

import errno
import hashlib
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from documents.errors import AddressRefused, MailAway
from documents.text import visible
from gateways.digest import compose_digest
from gateways.durable import write_file
from gateways.envelope import Envelope
from gateways.letter import compose_notice
from gateways.notices import NoticeText

__all__ = [
    "EmlFolder",
    "Envelope",
    "MailServer",
    "NoticeText",
    "compose_digest",
    "compose_notice",
    "probe",
    "send",
]

_ASKS_TO_SIGN_IN = frozenset({530, 534, 535, 538})
_POLICY = re.compile(r"\b5\.[3467]\.\d{1,3}\b")
"""Enhanced codes (RFC 3463) about the system, the network, the content or the policy: not the address."""
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,120}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server and how to speak to it.

    Attributes:
        security: `starttls` and `tls` check the server's certificate and never fall back to clear text.
        sender: Plain address that the letters come from.
        timeout_s: Seconds without a sign from the server before it counts as away.
        ca_file: Certificates to trust instead of the system's, for a server with its own.
    """

    host: str
    port: int = 25
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = "congvan@localhost"
    timeout_s: float = 30.0
    ca_file: Path | None = None


def send(message: EmailMessage, server: MailServer) -> None:
    """Hand one letter with one recipient to the server; returning means that the server took it.

    Raises:
        MailAway: no connection, no answer in time, not signed in, or "try later"; send it again later.
        AddressRefused: the server said that it will never take mail for this address.
        ValueError: the letter does not have exactly one recipient.
    """
    recipient = _only_recipient(message)
    with _speaking_to(server) as connection:
        try:
            connection.send_message(message, from_addr=server.sender, to_addrs=[recipient])
        except smtplib.SMTPRecipientsRefused as refusal:
            code, reply = refusal.recipients[recipient]
            raise _refusal(server, recipient, code=code, reply=reply) from refusal
        except smtplib.SMTPDataError as refusal:
            raise _refusal(server, recipient, code=refusal.smtp_code, reply=refusal.smtp_error) from refusal


def probe(server: MailServer) -> None:
    """Connect, secure the line and sign in, send nothing.

    Raises:
        MailAway: any of it failed.
    """
    with _speaking_to(server) as connection:
        code, reply = connection.noop()
        if code != 250:
            raise MailAway(host=server.host, detail=_words(reply))


@dataclass(frozen=True, slots=True)
class EmlFolder:
    """A folder of letters as `.eml` files, for an office without a mail server."""

    folder: Path

    def write(self, message: EmailMessage) -> Path:
        """Write one letter; the same Message-ID writes the same file again.

        Raises:
            MailAway: the folder cannot be written.
        """
        path = self.folder / f"{_file_stem(str(message['Message-ID']))}.eml"
        try:
            write_file(path, message.as_bytes())
        except OSError as trouble:
            detail = "ổ đĩa đầy" if trouble.errno == errno.ENOSPC else trouble.strerror or "không ghi được"
            raise MailAway(host=f"(thư mục {self.folder.name})", detail=detail) from trouble
        return path


@contextmanager
def _speaking_to(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A conversation with the server. What the server has taken stays sent, however the good-bye goes."""
    try:
        connection = _connect(server)
        try:
            if server.security == "starttls":
                connection.starttls(context=_certificates(server))
            if server.user:
                connection.login(server.user, server.password)
            yield connection
        finally:
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
            connection.close()
    except smtplib.SMTPResponseException as answer:
        raise MailAway(host=server.host, detail=_words(answer.smtp_error, answer.smtp_code)) from answer
    except (smtplib.SMTPException, OSError, UnicodeError) as trouble:
        raise MailAway(host=server.host, detail=_words(_cause(trouble))) from trouble


def _connect(server: MailServer) -> smtplib.SMTP:
    """Connect. The name we give is our own domain: asking the network for one would only cost time."""
    ourselves = server.sender.rpartition("@")[2] or "localhost"
    if server.security == "tls":
        return smtplib.SMTP_SSL(
            server.host,
            server.port,
            local_hostname=ourselves,
            timeout=server.timeout_s,
            context=_certificates(server),
        )
    return smtplib.SMTP(server.host, server.port, local_hostname=ourselves, timeout=server.timeout_s)


def _certificates(server: MailServer) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(server.ca_file) if server.ca_file else None)


def _refusal(
    server: MailServer, recipient: str, *, code: int, reply: bytes | str
) -> AddressRefused | MailAway:
    """Tell "never this address" (5xx) from "not now" (4xx) and from trouble between us and the server."""
    words = _words(reply, code)
    is_about_address = 500 <= code < 600 and code not in _ASKS_TO_SIGN_IN and not _POLICY.search(words)
    if is_about_address:
        return AddressRefused(address=recipient, detail=words)
    return MailAway(host=server.host, detail=words)


def _only_recipient(message: EmailMessage) -> str:
    addresses: tuple[Address, ...] = message["To"].addresses if message["To"] else ()
    if message["Cc"] or message["Bcc"] or len(addresses) != 1:
        raise ValueError("a letter goes to exactly one recipient")
    return addresses[0].addr_spec


def _cause(trouble: Exception) -> str:
    # smtplib says "closed" for both; what it met stands in the context.
    if isinstance(trouble, TimeoutError) or isinstance(trouble.__context__, TimeoutError):
        return "không trả lời kịp"
    if isinstance(trouble, ConnectionRefusedError):
        return "không có máy chủ ở cổng này"
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return "chứng thư không tin được: " + trouble.verify_message
    if isinstance(trouble, smtplib.SMTPServerDisconnected):
        return "đứt kết nối giữa chừng"
    return str(trouble) or type(trouble).__name__


def _words(reply: bytes | str, code: int | None = None) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    line = visible(" ".join(text.split()))[:200]
    return f"{code} {line}" if code else line


def _file_stem(message_id: str) -> str:
    """The Message-ID as a file name when it is plain enough, else its hash."""
    bare = message_id.strip("<>")
    if _PLAIN_NAME.fullmatch(bare):
        return bare
    return hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()[:40]
