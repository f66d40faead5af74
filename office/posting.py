"""Post notices to the chat gateway of the office, beside their mail: tried again like mail, taken once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from documents.events import NoticeFailed, NoticeSent
from documents.record import NoticeRecord
from gateways.webhook import Hook, HookAway, post
from office.notice_text import find_line
from office.notify import BATCH, LEASE, Delivered, back_off
from office.office import Office, local_day, working_calendar
from registry.parcels import claim_posts, make_posts
from registry.view import View

WAY = "webhook"


def post_waiting(office: Office, *, clock: Callable[[], dt.datetime]) -> Delivered:
    """Post every notice whose time has come; nothing where no gateway is configured.

    What was told before the gateway was first configured is history and is not posted.
    """
    hook = _hook(office)
    if hook is None:
        return Delivered(0, 0)
    sent = failed = 0
    make_posts(office.registry)
    while claimed := claim_posts(
        office.registry, clock(), LEASE, BATCH, gathered=_is_working_day(office, clock())
    ):
        for notice, attempts in claimed:
            if _post(office, hook, notice, attempts, clock=clock):
                sent += 1
            else:
                failed += 1
    return Delivered(sent, failed)


def facts_of(view: View, notice: NoticeRecord, *, base_url: str) -> dict[str, Any]:
    """What is posted of a notice: names and numbers only, nothing of what the document says."""
    record, line = view.document(notice.document), find_line(view, notice)
    return {
        "id": notice.message_id.strip("<>"),
        "kind": notice.kind,
        "document": str(notice.document),
        "number": record.entry.name if record.entry else None,
        "due": line.due.isoformat() if line and line.due else None,
        "recipient": str(notice.recipient),
        "step": notice.payload.get("step"),
        "link": f"{base_url.rstrip('/')}/van-ban/{notice.document}" if base_url else None,
    }


def _hook(office: Office) -> Hook | None:
    settings = office.settings
    if not settings.webhook_url:
        return None
    return Hook(settings.webhook_url, settings.webhook_secret.get_secret_value())


def _post(
    office: Office, hook: Hook, notice: NoticeRecord, attempts: int, *, clock: Callable[[], dt.datetime]
) -> bool:
    with office.view() as view:
        facts = facts_of(view, notice, base_url=office.settings.base_url)
    try:
        post(hook, facts, message_id=facts["id"], now=clock())
    except HookAway as trouble:
        now = clock()
        with office.registry.book("notifier", now) as book:
            book.record(
                NoticeFailed(
                    document=notice.document,
                    notice=notice.id,
                    cause=trouble.code,
                    retry_at=back_off(attempts, now),
                    way=WAY,
                )
            )
        return False
    with office.registry.book("notifier", clock()) as book:
        book.record(
            NoticeSent(
                document=notice.document,
                notice=notice.id,
                kind=notice.kind,
                recipient=notice.recipient,
                way=WAY,
            )
        )
    return True


def _is_working_day(office: Office, now: dt.datetime) -> bool:
    with office.view() as view:
        return working_calendar(view).is_working(local_day(now))
