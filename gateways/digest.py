"""One letter in place of many: a morning's reminders, or a flood of notices, each on a row of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from email.message import EmailMessage

from gateways import layout
from gateways.envelope import Envelope, compose
from gateways.letter import has_task, sign, tone_of
from gateways.links import plain_link
from gateways.notices import NoticeText, about, distance, one_line, words_of
from gateways.tasks import as_todos
from gateways.templates import Templates, built_in

MOST_ROWS = 100
"""More are counted, not listed: nobody reads on, and mail servers cut long letters."""

_PARTS = (
    ("Quá hạn", layout.BAD),
    ("Đến hạn hôm nay", layout.ASK),
    ("Sắp đến hạn", layout.GO),
    ("Tin khác", layout.MUTED),
)


def compose_digest(
    texts: Sequence[NoticeText],
    envelope: Envelope,
    *,
    desk: str | None = None,
    templates: Templates | None = None,
    calendar: bool = True,
) -> EmailMessage:
    """Return one letter that tells all of `texts`, the most pressing first.

    Args:
        texts: What the notices tell, two or more.
        envelope: To whom, and under which number.
        desk: Address of the desk.
        templates: The office's words.
        calendar: Whether the due days come along as tasks.

    Raises:
        AddressRefused: an address has line breaks or is no plain mail address.
    """
    today, office = envelope.today, texts[0].office
    ordered = sorted(texts, key=lambda text: _order(text, today))
    only_reminders = all(text.kind in ("reminder", "alarm") for text in texts)
    words = (templates or built_in()).fill(
        "tong-hop" if only_reminders else "tong-hop-nhieu",
        {
            "hom_nay": f"{today:%d/%m/%Y}",
            "so_viec": _count_in_words(texts, today),
            "co_quan_minh": one_line(office) or "cơ quan",
        },
    )
    signature = sign(office, templates)
    listed, more = ordered[:MOST_ROWS], len(ordered) - MOST_ROWS
    link = plain_link(desk)
    rest = f"Và {more} tin khác, xem trên bàn làm việc." if more > 0 else ""
    return compose(
        envelope,
        office=office,
        subject=one_line(words.subject),
        text=_as_text(listed, words.opening, rest, link, envelope, signature, templates),
        html=layout.page(
            office=office,
            preview=words.opening,
            body=[
                layout.paragraph(f"Kính gửi {envelope.name},", color=layout.MUTED, space=6),
                layout.paragraph(words.opening, size=16, space=4),
                *_sections(listed, today, templates),
                layout.paragraph(rest, color=layout.MUTED) if rest else "",
                layout.button(link, "Mở bàn làm việc"),
            ],
            signature=signature,
        ),
        calendar=as_todos(filter(has_task, texts), recipient=envelope.recipient, now=envelope.now)
        if calendar
        else None,
    )


def _sections(texts: Sequence[NoticeText], today: dt.date, templates: Templates | None) -> list[str]:
    made = []
    for place, (title, tone) in enumerate(_PARTS):
        rows = [
            layout.digest_row(
                side=_side(text, today),
                tone=tone_of(text.due, today) if text.due else layout.MUTED,
                head=about(text),
                detail=_detail(text, today, templates),
                link=plain_link(text.link),
            )
            for text in texts
            if _part(text, today) == place
        ]
        if rows:
            made.append(layout.section(f"{title} · {len(rows)}", tone, rows))
    return made


def _as_text(
    texts: Sequence[NoticeText],
    opening: str,
    rest: str,
    link: str | None,
    envelope: Envelope,
    signature: str,
    templates: Templates | None,
) -> str:
    today = envelope.today
    parts = [f"Kính gửi {envelope.name},", opening]
    for place, (title, _) in enumerate(_PARTS):
        rows = [
            f"- {_side(text, today)}: {about(text)}\n  {_detail(text, today, templates)}"
            + (f"\n  {address}" if (address := plain_link(text.link)) else "")
            for text in texts
            if _part(text, today) == place
        ]
        if rows:
            parts.append("\n".join([f"{title} ({len(rows)})", *rows]))
    parts += [rest, f"Mở bàn làm việc: {link}" if link else "", signature]
    return "\n\n".join(part for part in parts if part) + "\n"


def _part(text: NoticeText, today: dt.date) -> int:
    """In which part of the letter it stands."""
    if text.kind != "reminder" or text.due is None:
        return 0 if text.kind == "alarm" else 3
    return 0 if text.due < today else 1 if text.due == today else 2


def _order(text: NoticeText, today: dt.date) -> tuple[int, bool, dt.date, str]:
    return _part(text, today), not text.urgent, text.due or dt.date.max, text.document_id


def _side(text: NoticeText, today: dt.date) -> str:
    """The short word at the left of a row."""
    if text.kind == "alarm":
        return "chưa chuyển" if text.step == "unassigned" else "chưa vào sổ"
    return distance(text.due, today) if text.due else "tin mới"


def _detail(text: NoticeText, today: dt.date, templates: Templates | None) -> str:
    """The second line of a row: what is asked, and by which day."""
    parts = [f"số đến {text.entry}" if text.entry and not text.is_closed else None, text.urgency]
    if text.kind == "reminder":
        parts += [text.role, f"việc số {text.task}" if text.task else None]
        parts += [f"người giữ: {text.holder}" if text.holder else None]
    else:
        parts.append(words_of(text, today, templates).subject.partition(":")[0])
    parts.append(f"hạn {text.due:%d/%m/%Y}" if text.due else None)
    return one_line(" · ".join(part for part in parts if part))


def _count_in_words(texts: Sequence[NoticeText], today: dt.date) -> str:
    """`3 văn bản, 1 quá hạn`."""
    late = sum(_part(text, today) == 0 for text in texts)
    what = "văn bản" if all(text.kind == "reminder" for text in texts) else "tin"
    return f"{len(texts)} {what}" + (f", {late} quá hạn" if late else "")
