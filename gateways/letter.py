"""Make the letter of a notice: plain text, the same as simple HTML, and the due day for a calendar."""

from __future__ import annotations

import datetime as dt
import html
import re
import uuid
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from icalendar import Alarm, Calendar, Todo

from documents.errors import AddressRefused
from gateways.notices import CIVIL_TIME, NoticeText, facts, one_line, opening, subject_line

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?"
)
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>")
_LINK = re.compile(r"https?://[^\s<>\"']+")
_UIDS = uuid.UUID("5b0a4d0e-6a4b-5c1c-9d4c-2f1f5f5c7a11")
_WITH_DUE_DAY = ("assigned", "reminder")
_ALARM_BEFORE = dt.timedelta(hours=16)
"""Before midnight at which the due day begins: eight in the morning of the day before."""


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


def compose_notice(
    text: NoticeText,
    *,
    sender: str,
    recipient: str,
    recipient_name: str,
    message_id: str,
    now: dt.datetime,
) -> EmailMessage:
    """Return the letter to one recipient.

    Args:
        text: What it tells.
        sender: Plain address of the office.
        recipient: Plain address of the one person.
        recipient_name: The person's name, for the greeting.
        message_id: `<…@…>`, the same at every try of the same notice.
        now: Aware moment; for the date, and for how far the due day is.

    Raises:
        AddressRefused: an address has line breaks or is no plain mail address.
        ValueError: `message_id` is not one.
    """
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError("not a Message-ID")
    today = now.astimezone(CIVIL_TIME).date()
    name = one_line(recipient_name)
    message = EmailMessage(policy=_POST)
    message["From"] = _address(text.office, sender)
    message["To"] = _address(recipient_name, recipient)
    message["Subject"] = _for_header(subject_line(text, today))
    message["Date"] = now.astimezone(CIVIL_TIME)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "vi"
    message.set_content(as_text(text, name, today), cte="quoted-printable")
    message.add_alternative(as_html(text, name, today), subtype="html", cte="quoted-printable")
    if text.kind in _WITH_DUE_DAY and text.due:
        message.add_attachment(
            as_todo(text, recipient=recipient, now=now),
            maintype="text",
            subtype="calendar",
            filename="han-xu-ly.ics",
            params={"charset": "utf-8"},
        )
    return message


def as_text(text: NoticeText, name: str, today: dt.date) -> str:
    """The letter as plain text."""
    parts = [f"Kính gửi {name},", opening(text, today)]
    parts.append("\n".join(f"  {label}: {value}" for label, value in facts(text, today)))
    if reasons := _reasons(text):
        parts.append("\n".join(f"- {reason}" for reason in reasons))
    if link := _link(text):
        parts.append(f"Mở văn bản: {link}")
    parts.append(_signature(text))
    return "\n\n".join(part for part in parts if part) + "\n"


def as_html(text: NoticeText, name: str, today: dt.date) -> str:
    """The same letter as HTML without pictures, styles from elsewhere or scripts; every value is escaped."""
    esc = html.escape
    rows = "".join(
        f'<tr><th align="left" valign="top" style="padding:2px 16px 2px 0">{esc(label)}</th>'
        f"<td>{esc(value)}</td></tr>"
        for label, value in facts(text, today)
    )
    reasons = "".join(f"<li>{esc(reason)}</li>" for reason in _reasons(text))
    link = _link(text)
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"></head>'
        '<body style="font-family:sans-serif;line-height:1.5">'
        f"<p>Kính gửi {esc(name)},</p><p>{esc(opening(text, today))}</p>"
        f"<table>{rows}</table>"
        + (f"<ul>{reasons}</ul>" if reasons else "")
        + (f'<p><a href="{esc(link)}">Mở văn bản</a></p>' if link else "")
        + f'<p style="color:#555">{esc(_signature(text))}</p></body></html>\n'
    )


def as_todo(text: NoticeText, *, recipient: str, now: dt.datetime) -> bytes:
    """The due day as a task for a calendar (RFC 5545 VTODO), with an alarm the morning before.

    The same document and person give the same UID, so a later letter replaces the task. There is no METHOD:
    it is a file to take over, not an invitation to answer.
    """
    todo = Todo()
    todo.add("uid", f"{uuid.uuid5(_UIDS, f'{text.document_id} {recipient.lower()}')}@congvan")
    todo.add("dtstamp", now.astimezone(dt.UTC))
    todo.add("last-modified", now.astimezone(dt.UTC))
    todo.add("due", text.due)
    todo.add("summary", _task(text))
    todo.add("description", "\n".join(f"{k}: {v}" for k, v in facts(text, now.astimezone(CIVIL_TIME).date())))
    if link := _link(text):
        todo.add("url", link)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _task(text))
    alarm.add("trigger", -_ALARM_BEFORE, parameters={"RELATED": "END"})
    todo.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Cong Van//Van ban den//VI")
    calendar.add("version", "2.0")
    calendar.add_component(todo)
    return bytes(calendar.to_ical())


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


def _reasons(text: NoticeText) -> tuple[str, ...]:
    return () if text.kind == "sealed" else tuple(one_line(reason) for reason in text.reasons)


def _link(text: NoticeText) -> str | None:
    return text.link if text.link and _LINK.fullmatch(text.link) else None


def _task(text: NoticeText) -> str:
    about = one_line(text.subject or text.file_name or text.document_id)
    number = one_line(text.number_symbol) + " – " if text.number_symbol else ""
    return f"Xử lý văn bản {number}{about}"


def _signature(text: NoticeText) -> str:
    return f"Thư do hệ thống văn bản đến của {one_line(text.office) or 'cơ quan'} tự gửi, xin không trả lời."
