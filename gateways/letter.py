"""Make the letter of a notice: plain text, the same as HTML, and the due day for a calendar."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

from gateways import layout
from gateways.envelope import Envelope, compose
from gateways.links import plain_link
from gateways.notices import NoticeText, due_in_words, facts, reasons_of, words_of
from gateways.tasks import as_todo
from gateways.templates import Templates, Words, built_in

_WITH_DUE_DAY = frozenset(
    {"assigned", "handed_on", "moved", "recounted", "returned", "task", "extension_answered", "reminder"}
)


def compose_notice(
    text: NoticeText,
    *,
    sender: str,
    recipient: str,
    recipient_name: str,
    message_id: str,
    now: dt.datetime,
    templates: Templates | None = None,
    calendar: bool = True,
) -> EmailMessage:
    """Return the letter to one recipient.

    Args:
        text: What it tells.
        sender: Plain address of the office.
        recipient: Plain address of the one person.
        recipient_name: The person's name, for the greeting.
        message_id: `<…@…>`, the same at every try of the same notice.
        now: Aware moment; for the date, and for how far the due day is.
        templates: The office's words; the built-in ones when it has none.
        calendar: Whether the due day comes along as a task.

    Raises:
        AddressRefused: an address has line breaks or is no plain mail address.
        ValueError: `message_id` is not one.
    """
    envelope = Envelope(
        sender=sender, recipient=recipient, recipient_name=recipient_name, message_id=message_id, now=now
    )
    words = words_of(text, envelope.today, templates)
    signature = sign(text.office, templates)
    task = calendar and has_task(text)
    return compose(
        envelope,
        office=text.office,
        subject=words.subject,
        text=_as_text(text, words, envelope, signature),
        html=_as_html(text, words, envelope, signature),
        calendar=as_todo(text, recipient=recipient, now=now) if task else None,
    )


def has_task(text: NoticeText) -> bool:
    """Whether the notice gives its reader a day to keep."""
    return text.kind in _WITH_DUE_DAY and text.due is not None and text.holder is None


def sign(office: str, templates: Templates | None) -> str:
    """The line below every letter."""
    return (templates or built_in()).fill("chan-thu", {"co_quan_minh": office or "cơ quan"}).subject


def tone_of(due: dt.date, today: dt.date) -> str:
    """The colour of a due day: past, near, or still far."""
    if due < today:
        return layout.BAD
    return layout.ASK if (due - today).days <= 1 else layout.GO


def _as_text(text: NoticeText, words: Words, envelope: Envelope, signature: str) -> str:
    """The letter as plain text."""
    parts = [f"Kính gửi {envelope.name},", words.opening]
    parts.append("\n".join(f"  {label}: {value}" for label, value in facts(text, envelope.today)))
    parts.append("\n".join(f"- {reason}" for reason in reasons_of(text)))
    if link := plain_link(text.link):
        parts.append(f"Mở văn bản: {link}")
    parts.append(signature)
    return "\n\n".join(part for part in parts if part) + "\n"


def _as_html(text: NoticeText, words: Words, envelope: Envelope, signature: str) -> str:
    """The same letter as HTML; every value is escaped."""
    today = envelope.today
    due = text.due if text.kind != "sealed" else None
    body = [
        layout.paragraph(f"Kính gửi {envelope.name},", color=layout.MUTED, space=6),
        layout.paragraph(words.opening, size=16),
        layout.due_block(f"Hạn: {due_in_words(due, today, text.time)}", tone_of(due, today)) if due else "",
        layout.bullets(reasons_of(text)),
        layout.facts_table(row for row in facts(text, today) if not (due and row[0] == "Hạn xử lý")),
        layout.button(plain_link(text.link), "Mở văn bản"),
    ]
    return layout.page(office=text.office, preview=words.opening, body=body, signature=signature)
