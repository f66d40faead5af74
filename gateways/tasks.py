"""Due days for people's calendars: a task beside a letter, and a private feed of all that is open.

Metadata only. The same document, line and person give the same UID wherever it comes from, so that a later
letter replaces the task and the feed does not double it.

Source: RFC 5545; VALARM relative to the end, 3.8.6.3.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from icalendar import Alarm, Calendar, Event, Todo

from gateways.links import plain_link
from gateways.notices import CIVIL_TIME, NoticeText, about, facts

_UIDS = uuid.UUID("5b0a4d0e-6a4b-5c1c-9d4c-2f1f5f5c7a11")
_BEFORE_A_DAY = dt.timedelta(hours=16)
"""Before midnight at which the due day begins: eight in the morning of the day before."""
_BEFORE_AN_HOUR = dt.timedelta(hours=2)


def as_todo(text: NoticeText, *, recipient: str, now: dt.datetime) -> bytes:
    """The due day as a task for a calendar (VTODO), with an alarm in good time.

    There is no METHOD: it is a file to take over, not an invitation to answer.
    """
    return _calendar([_todo(text, recipient=recipient, now=now)])


def as_todos(texts: Iterable[NoticeText], *, recipient: str, now: dt.datetime) -> bytes | None:
    """The due days of several notices as one file; None when there is none."""
    todos = [_todo(text, recipient=recipient, now=now) for text in texts if text.due]
    return _calendar(todos) if todos else None


def as_feed(
    texts: Iterable[NoticeText], *, owner: str, name: str, now: dt.datetime, as_tasks: bool = False
) -> bytes:
    """All that is open for one person, as a calendar to subscribe to.

    Args:
        texts: What is open, each with its due day.
        owner: Mail address or id of the person; makes the UIDs.
        name: How the calendar is called.
        now: Aware moment of the newest change, so that an unchanged feed stays the same bytes.
        as_tasks: Tasks (VTODO) in place of entries of a day (VEVENT), which more programs show.
    """
    make = _todo if as_tasks else _entry
    return _calendar([make(text, recipient=owner, now=now) for text in texts if text.due], name=name)


def _todo(text: NoticeText, *, recipient: str, now: dt.datetime) -> Any:
    todo = Todo()
    todo.add("due", _moment(text))
    _describe(todo, text, recipient=recipient, now=now, related="END")
    return todo


def _entry(text: NoticeText, *, recipient: str, now: dt.datetime) -> Any:
    entry = Event()
    start = _moment(text)
    entry.add("dtstart", start)
    if not isinstance(start, dt.datetime):
        entry.add("dtend", start + dt.timedelta(1))
    # The day is not taken: other things may be planned on it.
    entry.add("transp", "TRANSPARENT")
    _describe(entry, text, recipient=recipient, now=now, related="START")
    return entry


def _describe(part: Any, text: NoticeText, *, recipient: str, now: dt.datetime, related: str) -> None:
    """What tasks and entries have in common."""
    day = f" {text.occurrence}" if text.occurrence else ""
    line = f" task {text.task}{day}" if text.task else f" {text.line}" if text.line else ""
    part.add("uid", f"{uuid.uuid5(_UIDS, f'{text.document_id} {recipient.lower()}{line}')}@congvan")
    part.add("dtstamp", now.astimezone(dt.UTC))
    part.add("last-modified", now.astimezone(dt.UTC))
    what = f"Báo cáo việc số {text.task}, văn bản" if text.task else "Xử lý văn bản"
    part.add("summary", f"{what} {about(text).removeprefix('văn bản ')}")
    today = now.astimezone(CIVIL_TIME).date()
    part.add("description", "\n".join(f"{k}: {v}" for k, v in facts(text, today) if k != "Hạn xử lý"))
    if link := plain_link(text.link):
        part.add("url", link)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", part["summary"])
    before = _BEFORE_AN_HOUR if text.time else _BEFORE_A_DAY
    alarm.add("trigger", -before, parameters={"RELATED": related})
    part.add_component(alarm)


def _moment(text: NoticeText) -> dt.date | dt.datetime:
    if text.due is None:
        raise ValueError("without a due day there is no task")
    if text.time is None:
        return text.due
    return dt.datetime.combine(text.due, text.time, tzinfo=CIVIL_TIME).astimezone(dt.UTC)


def _calendar(parts: Iterable[Any], *, name: str | None = None) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Cong Van//Van ban den//VI")
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for part in parts:
        calendar.add_component(part)
    return bytes(calendar.to_ical())
