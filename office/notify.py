"""Send what waits in the outbox, by mail or as files, and note how it went.

At least once, with the same Message-ID every time: a kill between the server's yes and our note may repeat
a mail, and the reader's program shows it once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from documents.errors import MailAway, Refused
from documents.events import NoticeFailed, NoticeSent
from documents.reading import FieldName
from documents.record import NoticeRecord
from documents.status import Status
from documents.wording import ROLE_LABELS
from gateways.mail import EmlFolder, MailServer, NoticeText, compose_notice, send
from office.office import Office, names_of
from registry.outbox import claim_notices
from registry.view import View

BATCH = 20
BACK_OFF = (1, 5, 15, 60, 240)
"""Minutes to the next try, by tries so far; the last repeats until `MOST_TRIES`."""
MOST_TRIES = 30


@dataclass(frozen=True, slots=True)
class Delivered:
    """How a round of sending went."""

    sent: int
    failed: int


def deliver_waiting(office: Office, *, clock: Callable[[], dt.datetime]) -> Delivered:
    """Send every notice whose time has come; one that fails waits for its next try, the others go on."""
    sent = failed = 0
    while notices := claim_notices(office.registry, clock(), dt.timedelta(minutes=2), BATCH):
        for notice in notices:
            if _deliver(office, notice, clock=clock):
                sent += 1
            else:
                failed += 1
    return Delivered(sent, failed)


def mail_server(office: Office) -> MailServer | None:
    """The configured mail server, None when notices are written as files."""
    settings = office.settings
    if not settings.smtp_host:
        return None
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        sender=settings.mail_sender,
    )


def _deliver(office: Office, notice: NoticeRecord, *, clock: Callable[[], dt.datetime]) -> bool:
    server = mail_server(office)
    with office.view() as view:
        person = view.directory().person(notice.recipient)
        text = notice_text(view, notice, base_url=office.settings.base_url)
    if person is None or not person.email:
        return _note_failure(office, notice, "no_address", final=True, now=clock())
    message = compose_notice(
        text,
        sender=office.settings.mail_sender,
        recipient=person.email,
        recipient_name=person.name,
        message_id=notice.message_id,
        now=clock(),
    )
    try:
        if server:
            send(message, server)
        else:
            EmlFolder(office.settings.mail_folder).write(message)
    except MailAway as trouble:
        return _note_failure(office, notice, trouble.code, final=notice.attempts >= MOST_TRIES, now=clock())
    except Refused as trouble:
        return _note_failure(office, notice, trouble.code, final=True, now=clock())
    with office.registry.book("notifier", clock()) as book:
        book.record(
            NoticeSent(
                document=notice.document,
                notice=notice.id,
                kind=notice.kind,
                recipient=notice.recipient,
                way="smtp" if server else "eml",
            )
        )
    return True


def _note_failure(office: Office, notice: NoticeRecord, cause: str, *, final: bool, now: dt.datetime) -> bool:
    wait = dt.timedelta(minutes=BACK_OFF[min(notice.attempts, len(BACK_OFF) - 1)])
    with office.registry.book("notifier", now) as book:
        book.record(
            NoticeFailed(
                document=notice.document,
                notice=notice.id,
                cause=cause,
                retry_at=None if final else now + wait,
            )
        )
    return False


def notice_text(view: View, notice: NoticeRecord, *, base_url: str) -> NoticeText:
    """What a notice says: metadata only, never the document's text."""
    record = view.document(notice.document)
    fields = {} if record.status is Status.SEALED else view.fields(notice.document)
    directory = view.directory()
    names = names_of(directory)

    def value(name: FieldName) -> str | None:
        reading = fields.get(name)
        return reading.value if reading and isinstance(reading.value, str) else None

    mine = next((a for a in view.assignments(notice.document) if a.holder == notice.recipient), None)
    return NoticeText(
        kind=notice.kind,
        document_id=str(notice.document),
        office=directory.office_name,
        entry=record.entry.name if record.entry else None,
        number_symbol=value(FieldName.NUMBER_SYMBOL),
        date=_day(value(FieldName.DATE)),
        issuer=value(FieldName.ISSUER),
        subject=value(FieldName.SUBJECT),
        urgency=value(FieldName.URGENCY),
        role=ROLE_LABELS[mine.role] if mine else None,
        due=mine.due if mine else None,
        because=mine.because[0].text if mine and mine.because else None,
        others=tuple(
            names.get(str(a.person or a.unit), "?")
            for a in view.assignments(notice.document)
            if a is not mine
        ),
        reasons=(
            *(record.doubts if notice.kind == "doubted" else record.review_reasons),
            *filter(None, (record.quarantine_message, record.quarantine_advice)),
        ),
        file_name=None if record.status is Status.SEALED else record.file_name,
        link=f"{base_url.rstrip('/')}/van-ban/{notice.document}" if base_url else None,
        step=notice.payload.get("step"),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
