"""A private calendar address for each officer: all open work by its due day, for a phone to subscribe to.

The address is the key: whoever has it reads, so it is shown once, kept as its hash only, and can be closed at
any time. Metadata only, and of a restricted document only its number.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from documents.errors import Missing
from documents.events import FeedClosed, FeedOpened
from documents.lines import OPEN_STATES
from documents.people import PersonId
from gateways.notices import NoticeText
from gateways.tasks import as_feed
from office.notice_text import line_text, task_text
from office.office import Office, local_day
from office.remind import PASSED_ON
from office.staff import find_person
from office.tasks import open_occurrences
from registry.preferences import feed_owner, has_feed
from registry.view import View

TASKS_AHEAD = dt.timedelta(days=120)
"""How far ahead the days of tasks are shown: more than a quarter, so that the next one is always there."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class NoSuchFeed(Missing):
    """No calendar by that address: it was closed, or never was."""

    message = "Không có lịch riêng nào ở địa chỉ này."
    advice = "Địa chỉ đã đóng hoặc sai. Xin địa chỉ mới ở quản trị: congvan people notices MÃ --open-feed"


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar as it is served; `etag` stays while nothing in it changes."""

    content: bytes
    etag: str


def calendar_feed(office: Office, token: str, now: dt.datetime, *, as_tasks: bool = False) -> Feed:
    """The open work of whoever has that address.

    Args:
        office: Whose.
        token: The secret part of the address.
        now: Aware moment.
        as_tasks: Tasks (VTODO) in place of entries of a day (VEVENT).

    Raises:
        NoSuchFeed: no such address, or its owner serves no more; both look the same.
    """
    with office.view() as view:
        owner = feed_owner(view, hash_token(token))
        person = view.directory().person(owner) if owner else None
        if person is None or not person.is_active(local_day(now)):
            raise NoSuchFeed()
        texts = _open_work(view, person.id, today=local_day(now), base_url=office.settings.base_url)
        name = f"Hạn văn bản – {person.name}"
    made = [
        as_feed(texts, owner=person.email or person.id, name=name, now=moment, as_tasks=as_tasks)
        for moment in (now, _EPOCH)
    ]
    return Feed(made[0], f'"{hashlib.sha256(made[1]).hexdigest()[:32]}"')


def open_feed(office: Office, person_id: str, *, by: str, now: dt.datetime) -> str:
    """Make a person a new calendar address and return its path, which is told this once.

    An earlier address answers no more.

    Raises:
        NoSuchPerson: nobody has that id.
    """
    token = secrets.token_urlsafe(32)
    with office.registry.book(by, now) as book:
        person = find_person(book.directory(), person_id)
        book.record(FeedOpened(person=person.id, token_hash=hash_token(token)))
    return f"/lich/{token}.ics"


def close_feed(office: Office, person_id: str, *, by: str, now: dt.datetime) -> bool:
    """Let a person's calendar address answer no more; False when there was none.

    Raises:
        NoSuchPerson: nobody has that id.
    """
    with office.registry.book(by, now) as book:
        person = find_person(book.directory(), person_id)
        if not has_feed(book, person.id):
            return False
        book.record(FeedClosed(person=person.id))
    return True


def hash_token(token: str) -> str:
    """Addresses are kept by the hash of their token: a stolen database opens no calendar."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _open_work(view: View, owner: PersonId, *, today: dt.date, base_url: str) -> list[NoticeText]:
    """Every open line that the owner holds and that has a day; then the days of the owner's tasks.

    Of a task that comes again the days of the coming months; the calendar is asked for again all the time.
    """
    held = [
        (document, line)
        for document, line in view.open_deadlines(dt.date.max)
        if line.holder == owner and line.state in OPEN_STATES
    ]
    records = {document: view.document(document) for document, _ in held}
    tasks = [one for one in open_occurrences(view, today + TASKS_AHEAD) if one.task.holder == owner]
    lines = [
        line_text(view, records[document], line, reader=owner, base_url=base_url, kind="assigned")
        for document, line in held
        if records[document].status in PASSED_ON
    ]
    days = [
        task_text(view, one, base_url=base_url)
        for one in tasks
        if view.document(one.task.document).status in PASSED_ON
    ]
    return [*lines, *days]
