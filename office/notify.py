"""Send what waits in the outbox, by mail or as files, and note how it went.

At least once, with the same Message-ID every time: a kill between the server's yes and our note may repeat
a letter, and the reader's program shows it once. The inbox in the office holds every notice whatever happens
to its letter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from documents.errors import MailAway, Refused
from documents.events import NoticeFailed, NoticeSent, NoticeWithdrawn
from documents.notices import Preferences
from documents.people import Officer
from documents.record import NoticeRecord
from gateways.mail import (
    EmlFolder,
    Envelope,
    MailServer,
    NoticeText,
    compose_digest,
    compose_notice,
    send,
)
from gateways.templates import Templates, load_templates
from office.notice_text import notice_text, stale_cause
from office.office import Office, local_day, working_calendar
from registry.parcels import claim_notices
from registry.preferences import preferences_of

BATCH = 20
LEASE = dt.timedelta(minutes=2)
BACK_OFF = (1, 5, 15, 60, 240)
"""Minutes to the next try, by tries so far; the last repeats until `MOST_TRIES`."""
MOST_TRIES = 30


@dataclass(frozen=True, slots=True)
class Delivered:
    """How a round of sending went."""

    sent: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parcel:
    """What leaves as one letter: one notice, or a digest of several to the same person.

    `stale` need not be sent any more (each with why); `muted` the person wants no mail of.
    """

    notices: tuple[NoticeRecord, ...]
    texts: tuple[NoticeText, ...]
    stale: tuple[tuple[NoticeRecord, str], ...]
    muted: tuple[NoticeRecord, ...]
    person: Officer | None
    preferences: Preferences
    message_id: str


def deliver_waiting(office: Office, *, clock: Callable[[], dt.datetime]) -> Delivered:
    """Send every notice whose time has come; one that fails waits for its next try, the others go on."""
    sent = failed = 0
    templates = load_templates(office.settings.templates_folder)
    while notices := claim_notices(
        office.registry, clock(), LEASE, BATCH, gathered=_is_working_day(office, clock())
    ):
        for together in _sort_out(notices):
            parcel = _open(office, together, today=local_day(clock()))
            left = _deliver(office, parcel, templates, clock=clock)
            sent += len(parcel.notices) if left else 0
            failed += 0 if left else len(parcel.notices)
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


def back_off(attempts: int, now: dt.datetime) -> dt.datetime | None:
    """When to try again after so many tries and one more; None to give up."""
    if attempts >= MOST_TRIES:
        return None
    return now + dt.timedelta(minutes=BACK_OFF[min(attempts, len(BACK_OFF) - 1)])


def _is_working_day(office: Office, now: dt.datetime) -> bool:
    with office.view() as view:
        return working_calendar(view).is_working(local_day(now))


def _sort_out(notices: Iterable[NoticeRecord]) -> tuple[tuple[NoticeRecord, ...], ...]:
    """What leaves together, in the order of the first of each."""
    parcels: dict[str, list[NoticeRecord]] = {}
    for notice in notices:
        parcels.setdefault(notice.digest or notice.message_id, []).append(notice)
    return tuple(tuple(together) for together in parcels.values())


def _open(office: Office, notices: Sequence[NoticeRecord], *, today: dt.date) -> _Parcel:
    """Look up what the notices tell, and which of them still need to."""
    first = notices[0]
    with office.view() as view:
        preferences = preferences_of(view, first.recipient)
        stale = [(one, cause) for one in notices if (cause := stale_cause(view, one, today))]
        gone = {one.id for one, _ in stale}
        live = [one for one in notices if one.id not in gone]
        wanted = tuple(one for one in live if preferences.wants_mail(one.kind))
        return _Parcel(
            notices=wanted,
            texts=tuple(notice_text(view, one, base_url=office.settings.base_url) for one in wanted),
            stale=tuple(stale),
            muted=tuple(one for one in live if one not in wanted),
            person=view.directory().person(first.recipient),
            preferences=preferences,
            message_id=f"<{first.digest}@congvan.invalid>" if first.digest else first.message_id,
        )


def _deliver(
    office: Office, parcel: _Parcel, templates: Templates, *, clock: Callable[[], dt.datetime]
) -> bool:
    """Send one parcel and note how it went; False when it must be tried again, or never can be sent."""
    _put_aside(office, parcel, now=clock())
    if not parcel.notices:
        return True
    person = parcel.person
    if person is None or not person.email:
        return _note_failure(office, parcel, "no_address", final=True, now=clock())
    server = mail_server(office)
    message = _compose(office, parcel, person, templates, now=clock())
    try:
        if server:
            send(message, server)
        else:
            EmlFolder(office.settings.mail_folder).write(message)
    except MailAway as trouble:
        return _note_failure(office, parcel, trouble.code, final=False, now=clock())
    except Refused as trouble:
        return _note_failure(office, parcel, trouble.code, final=True, now=clock())
    with office.registry.book("notifier", clock()) as book:
        for notice in parcel.notices:
            book.record(_sent(notice, "smtp" if server else "eml"))
    return True


def _compose(
    office: Office, parcel: _Parcel, person: Officer, templates: Templates, *, now: dt.datetime
) -> EmailMessage:
    sender, calendar = office.settings.mail_sender, parcel.preferences.calendar
    if len(parcel.texts) > 1:
        envelope = Envelope(
            sender=sender,
            recipient=person.email or "",
            recipient_name=person.name,
            message_id=parcel.message_id,
            now=now,
        )
        return compose_digest(
            parcel.texts, envelope, desk=office.settings.base_url, templates=templates, calendar=calendar
        )
    return compose_notice(
        parcel.texts[0],
        sender=sender,
        recipient=person.email or "",
        recipient_name=person.name,
        message_id=parcel.message_id,
        now=now,
        templates=templates,
        calendar=calendar,
    )


def _put_aside(office: Office, parcel: _Parcel, *, now: dt.datetime) -> None:
    """Take back what is no longer so, and note what is only for the inbox."""
    if not parcel.stale and not parcel.muted:
        return
    with office.registry.book("notifier", now) as book:
        for notice, cause in parcel.stale:
            book.record(
                NoticeWithdrawn(
                    document=notice.document,
                    notice=notice.id,
                    kind=notice.kind,
                    recipient=notice.recipient,
                    cause=cause,
                )
            )
        for notice in parcel.muted:
            book.record(_sent(notice, "inbox"))


def _sent(notice: NoticeRecord, way: str) -> NoticeSent:
    return NoticeSent(
        document=notice.document,
        notice=notice.id,
        kind=notice.kind,
        recipient=notice.recipient,
        way=way,
        digest=notice.digest,
    )


def _note_failure(office: Office, parcel: _Parcel, cause: str, *, final: bool, now: dt.datetime) -> bool:
    attempts = max(notice.attempts for notice in parcel.notices)
    retry_at = None if final else back_off(attempts, now)
    with office.registry.book("notifier", now) as book:
        for notice in parcel.notices:
            book.record(
                NoticeFailed(document=notice.document, notice=notice.id, cause=cause, retry_at=retry_at)
            )
    return False
