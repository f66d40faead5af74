"""The envelope of every letter: one recipient, a fixed number, headers that nothing can be smuggled into."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from documents.errors import AddressRefused
from gateways.notices import CIVIL_TIME, one_line

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?"
)
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """From whom, to whom, under which number.

    Attributes:
        sender: Plain address of the office.
        recipient: Plain address of the one person.
        recipient_name: The person's name, for the greeting.
        message_id: `<…@…>`, the same at every try of the same notice.
        now: Aware moment; for the date, and for how far the due day is.
    """

    sender: str
    recipient: str
    recipient_name: str
    message_id: str
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The day in Vietnam."""
        return self.now.astimezone(CIVIL_TIME).date()

    @property
    def name(self) -> str:
        """The person's name on one line."""
        return one_line(self.recipient_name)


class _Post(EmailPolicy):
    """The policy for SMTP, except that headers with marks are folded by the older `Header`.

    The newer code drops the space where it breaks a line between two encoded words ("đối ngoại" arrives as
    "đốingoại"), which every other Vietnamese subject line meets.
    """

    def fold(self, name: str, value: Any) -> str:
        """Return the header in lines of ASCII."""
        if str(value).isascii():
            return str(super().fold(name, value))
        if addresses := getattr(value, "addresses", ()):
            written = ", ".join(
                f"{self._encode(one.display_name, name)} <{one.addr_spec}>" for one in addresses
            )
        else:
            written = self._encode(str(value), name)
        return f"{name}: {written}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the same as bytes."""
        return self.fold(name, value).encode("ascii", "surrogateescape")

    def _encode(self, text: str, name: str) -> str:
        """Return `text` as encoded words (RFC 2047) after the name of its header."""
        return Header(text, "utf-8", header_name=name).encode(linesep=self.linesep)


_POST = _Post(linesep="\r\n", cte_type="7bit")


def compose(
    envelope: Envelope, *, office: str, subject: str, text: str, html: str, calendar: bytes | None = None
) -> EmailMessage:
    """Return a letter to one recipient, as plain text and as HTML, with a calendar file where there is one.

    Raises:
        AddressRefused: an address has line breaks or is no plain mail address.
        ValueError: the number is no Message-ID.
    """
    if not _MESSAGE_ID.fullmatch(envelope.message_id):
        raise ValueError("not a Message-ID")
    message = EmailMessage(policy=_POST)
    message["From"] = _address(office, envelope.sender)
    message["To"] = _address(envelope.recipient_name, envelope.recipient)
    message["Subject"] = _for_header(subject)
    message["Date"] = envelope.now.astimezone(CIVIL_TIME)
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "vi"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    if calendar:
        message.add_attachment(
            calendar,
            maintype="text",
            subtype="calendar",
            filename="han-xu-ly.ics",
            params={"charset": "utf-8"},
        )
    return message


def _address(name: str, address: str) -> Address:
    if not _ADDRESS.fullmatch(address) or ".." in address:
        raise AddressRefused(address=one_line(address), detail="không phải là một địa chỉ thư")
    return Address(_for_header(name), addr_spec=address)


def _for_header(text: str) -> str:
    """Return `text` for a header: one line, and no encoded word of its own.

    Python's email package decodes `=?utf-8?q?=0D=0ABcc:…?=` when it is given as plain text, and writes the
    line break out: a way in for headers that checking for line breaks does not see.
    """
    return one_line(text).replace("=?", "= ?")
