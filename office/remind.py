"""Watch the deadlines: record each reminder whose time has come, once, whatever is restarted or late.

Computed from "due and not yet reminded", never from the time a schedule meant to run; the notice's slot
(step, due day, line or task) makes a repeat harmless. The law's own limits are watched in `office.alarms`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from documents.events import ReminderDue, SweepFinished
from documents.lines import OPEN_STATES
from documents.people import PersonId
from documents.reading import FieldName
from documents.record import AssignmentRecord
from documents.status import DocumentId, Status
from documents.tasks import TaskRecord
from office.alarms import raise_alarms
from office.audience import audience_for, everybody, told_at
from office.ladder import ladders_of
from office.mornings import morning_of
from office.office import CIVIL_TIME, Office, local_day, working_calendar
from office.recount import recount_open
from office.seal import finish_sealing
from office.tasks import OpenOccurrence, open_occurrences
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
    until = local_day(now) + LOOK_AHEAD
    with office.view() as view:
        watched = _watched(view, view.open_deadlines(until), open_occurrences(view, until))
        news = _list_news(office, view, watched, working_calendar(view), now=now)
        # A sweep without any news opens no transaction.
        concerned = list(dict.fromkeys(reminder.document for reminder in news))
    count = 0
    for start in range(0, len(concerned), AT_ONCE):
        with office.registry.book("sweeper", now) as book:
            # Looked at again inside the transaction: what was finished meanwhile is not reminded of.
            batch = concerned[start : start + AT_ONCE]
            found = book.assignments_of(batch)
            lines = [(document, line) for document, held in found.items() for line in held]
            mine = _watched(book, lines, open_occurrences(book, until, batch))
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


def deadline_of_task(occurrence: OpenOccurrence, urgency: str | None) -> Deadline:
    """What a task must keep; of one that comes again the day that is meant, without the paper's urgency.

    A day begins to be thought of when the one before it is past: a daily duty is not told three days ahead.
    """
    evening = dt.datetime.combine(occurrence.after, dt.time(23, 59), tzinfo=CIVIL_TIME)
    pace = Pace.NORMAL if occurrence.task.recurrence else pace_of(urgency)
    return Deadline(due=occurrence.due, given_at=evening, pace=pace)


@dataclass(frozen=True, slots=True)
class _Watched:
    """A recipient line or a day of a task, and what it must keep."""

    document: DocumentId
    work: AssignmentRecord | TaskRecord
    deadline: Deadline

    @property
    def line(self) -> int | None:
        return self.work.line if isinstance(self.work, AssignmentRecord) else None

    @property
    def task(self) -> int | None:
        return self.work.number if isinstance(self.work, TaskRecord) else None


def _watched(
    view: View,
    lines: Collection[tuple[DocumentId, AssignmentRecord]],
    occurrences: Collection[OpenOccurrence],
) -> list[_Watched]:
    """Everything that has a day to keep."""
    documents = {*(document for document, _ in lines), *(one.task.document for one in occurrences)}
    fields = view.fields_of(sorted(documents))
    urgency = {
        document: _text(found[FieldName.URGENCY].value)
        for document, found in fields.items()
        if FieldName.URGENCY in found
    }
    held = [
        _Watched(document, line, deadline)
        for document, line in lines
        if (deadline := deadline_of(line, urgency.get(document)))
    ]
    taken = [
        _Watched(task.document, task, deadline_of_task(one, urgency.get(task.document)))
        for one in occurrences
        if (task := one.task)
    ]
    return [*held, *taken]


def _list_news(
    office: Office,
    view: View,
    watched: Collection[_Watched],
    calendar: WorkingCalendar,
    *,
    now: dt.datetime,
) -> Iterator[ReminderDue]:
    """The reminders of that work that nobody has recorded yet."""
    told = _steps_told(view, list(dict.fromkeys(one.document for one in watched)))
    today, ladders = local_day(now), ladders_of(view)
    delegations = load_delegations(view, today)
    civil = now.astimezone(CIVIL_TIME)
    for one in watched:
        document, deadline = one.document, one.deadline
        reached = list_reminders(deadline, civil, calendar, ladders)
        if not reached:
            continue
        audience = audience_for(view, document, one.work, delegations, today)
        for person in everybody(audience):
            theirs = tuple(rung for rung in reached if person in told_at(rung, audience))
            recorded, settled = told[document, person, one.line, one.task, deadline.due.isoformat()]
            news = choose_reminder(theirs, recorded, settled)
            if news and view.document(document).status in PASSED_ON:
                rung, overtaken = news
                at_once = deadline.pace is not Pace.NORMAL
                yield ReminderDue(
                    document=document,
                    recipient=person,
                    step=rung.name,
                    due=deadline.due,
                    line=one.line,
                    task=one.task,
                    overtaken=tuple(step.name for step in overtaken),
                    send_at=None if at_once else morning_of(office, view, person, due=deadline.due, now=now),
                )


_Steps = tuple[set[str], set[str]]
"""The steps for which a reminder was made; those that left or were overtaken."""
_Told = tuple[DocumentId, PersonId, int | None, int | None, str]
"""Document, person, line, task and due day."""


def _steps_told(view: View, documents: Collection[DocumentId]) -> defaultdict[_Told, _Steps]:
    """What was told, by what it was about."""
    told: defaultdict[_Told, _Steps] = defaultdict(lambda: (set(), set()))
    for notice in list_told(view, "reminder", list(documents)):
        made = notice.payload
        about = (notice.document, notice.recipient, made.get("line"), made.get("task"), made["due"])
        recorded, settled = told[about]
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
