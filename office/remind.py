"""Watch the deadlines: record each reminder whose time has come, once, whatever is restarted or late.

Computed from "due and not yet reminded", never from the time a schedule meant to run; the notice's slot
(step, due day and line) makes a repeat harmless. What the law itself limits is watched in `office.alarms`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

from documents.events import ReminderDue, SweepFinished
from documents.lines import OPEN_STATES
from documents.people import PersonId
from documents.reading import FieldName
from documents.record import AssignmentRecord
from documents.status import DocumentId, Status
from office.alarms import raise_alarms
from office.audience import audience_for, everybody, told_at
from office.ladder import ladders_of
from office.mornings import morning_of
from office.office import CIVIL_TIME, Office, local_day, working_calendar
from office.recount import recount_open
from office.seal import finish_sealing
from registry.absence import load_delegations
from registry.outbox import list_told
from registry.queue import lapse_expired
from registry.view import View
from rules.calendar import WorkingCalendar
from rules.reminders import Deadline, Pace, choose_reminder, list_reminders, pace_of

LOOK_AHEAD = dt.timedelta(days=45)
"""How far ahead open deadlines are looked at; longer than the first reminder can be before any deadline."""
AT_ONCE = 25
"""Documents in one transaction: others who write wait a moment, not a morning."""
PASSED_ON = frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.DONE})
"""Where a document stands while its lines are worked on: the lead line may be done and others not."""


def watch_deadlines(office: Office, *, now: dt.datetime) -> int:
    """Record every reminder and every alarm whose time has come; returns how many were new."""
    count = remind_due(office, now=now) + raise_alarms(office, now=now)
    _finished(office, "deadlines", count, now=now)
    return count


def remind_due(office: Office, *, now: dt.datetime) -> int:
    """Record every reminder whose time has come; returns how many were new. None on days off."""
    with office.view() as view:
        calendar = working_calendar(view)
        lines = view.open_deadlines(local_day(now) + LOOK_AHEAD)
        concerned = _documents_with_news(office, view, lines, calendar, now=now)
    count = 0
    for start in range(0, len(concerned), AT_ONCE):
        with office.registry.book("sweeper", now) as book:
            # Looked at again inside the transaction: what was finished meanwhile is not reminded of.
            found = book.assignments_of(concerned[start : start + AT_ONCE])
            mine = [(document, line) for document, held in found.items() for line in held]
            for reminder in list(_list_news(office, book, mine, working_calendar(book), now=now)):
                count += book.remind_once(reminder)
    return count


def release_stuck(
    office: Office, *, now: dt.datetime, is_dead: Callable[[str], bool] = lambda _: False
) -> int:
    """Give back documents whose processor died, finish seals and recounts cut off; returns how many.

    `is_dead` says of a worker that it surely lives no more; the others are waited for until their lease ends.
    """
    count = len(lapse_expired(office.registry, now, is_dead=is_dead))
    count += finish_sealing(office) + recount_open(office, now=now)
    _finished(office, "stuck", count, now=now)
    return count


def deadline_of(line: AssignmentRecord, urgency: str | None) -> Deadline | None:
    """What a line must keep; None when nothing runs for it: no day, no work, returned or done."""
    if line.due is None or line.state not in OPEN_STATES or line.assigned_at is None:
        return None
    basis = line.basis
    return Deadline(
        due=line.due,
        time=basis.time if basis and basis.start == line.due else None,
        pace=pace_of(urgency),
        given_at=line.assigned_at,
    )


def _documents_with_news(
    office: Office,
    view: View,
    lines: Collection[tuple[DocumentId, AssignmentRecord]],
    calendar: WorkingCalendar,
    *,
    now: dt.datetime,
) -> list[DocumentId]:
    """Documents with something to say, so that a sweep without any opens no transaction."""
    news = _list_news(office, view, lines, calendar, now=now)
    return list(dict.fromkeys(reminder.document for reminder in news))


def _list_news(
    office: Office,
    view: View,
    lines: Collection[tuple[DocumentId, AssignmentRecord]],
    calendar: WorkingCalendar,
    *,
    now: dt.datetime,
) -> Iterator[ReminderDue]:
    """The reminders of those lines that nobody has recorded yet."""
    documents = list(dict.fromkeys(document for document, _ in lines))
    told = _steps_told(view, documents)
    fields = view.fields_of(documents)
    today, ladders = local_day(now), ladders_of(view)
    delegations = load_delegations(view, today)
    civil = now.astimezone(CIVIL_TIME)
    for document, line in lines:
        urgency = fields.get(document, {}).get(FieldName.URGENCY)
        deadline = deadline_of(line, _text(urgency.value if urgency else None))
        reached = list_reminders(deadline, civil, calendar, ladders) if deadline else ()
        if deadline is None or not reached:
            continue
        audience = audience_for(view, document, line, delegations, today)
        for person in everybody(audience):
            theirs = tuple(rung for rung in reached if person in told_at(rung, audience))
            recorded, settled = told[document, person, line.line, deadline.due.isoformat()]
            news = choose_reminder(theirs, recorded, settled)
            if news and view.document(document).status in PASSED_ON:
                rung, overtaken = news
                at_once = deadline.pace is not Pace.NORMAL
                yield ReminderDue(
                    document=document,
                    recipient=person,
                    step=rung.name,
                    due=deadline.due,
                    line=line.line,
                    overtaken=tuple(one.name for one in overtaken),
                    send_at=None if at_once else morning_of(office, view, person, now=now),
                )


_Steps = tuple[set[str], set[str]]
"""The steps for which a reminder was made; those that left or were overtaken."""


def _steps_told(
    view: View, documents: Collection[DocumentId]
) -> defaultdict[tuple[DocumentId, PersonId, int | None, str], _Steps]:
    """What was told, by document, person, line and due day."""
    told: defaultdict[tuple[DocumentId, PersonId, int | None, str], _Steps] = defaultdict(
        lambda: (set(), set())
    )
    for notice in list_told(view, "reminder", list(documents)):
        made = notice.payload
        recorded, settled = told[notice.document, notice.recipient, made.get("line"), made["due"]]
        recorded.add(made["step"])
        settled.update(made.get("overtaken", ()))
        if notice.is_out:
            settled.add(made["step"])
    return told


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _finished(office: Office, name: str, found: int, *, now: dt.datetime) -> None:
    """Tell the dead-man check that the sweep ran; an audit line only when it did something."""
    office.registry.beat(f"sweep:{name}", now)
    if found:
        with office.registry.book("sweeper", now) as book:
            book.record(SweepFinished(name=name, found=found))
