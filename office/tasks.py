"""The duties a long document gives to this office: the machine proposes, people take, drop and report.

A task is due on a day or comes again by a rule; `open_occurrences` tells both alike, moved off days off.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from documents.errors import DueTooEarly, NoSuchDayOfTask, TaskChanged, TaskWithoutTime, UnknownRecipient
from documents.page import Box
from documents.people import Officer, PersonId
from documents.reading import FieldName, FieldReading, Reading
from documents.status import DocumentId
from documents.task_events import TaskDropped, TaskReported, TasksProposed, TaskTaken
from documents.tasks import ProposedTask, TaskNumber, TaskRecord, TaskRole, TaskState
from documents.text import fold
from office.decide import arrival_day
from office.lines import require_worker, words
from office.office import Office, local_day, working_calendar
from office.policy import Act, require
from registry.book import Book
from registry.tasks import list_taken_tasks, list_tasks
from registry.view import View
from rules.deadline import count_due
from rules.printed_days import list_printed, read_iso
from rules.recurrence import check_recurrence, pair_occurrences

_LETTER = "cong van"
_MOST_DAYS_OFF = dt.timedelta(days=31)
"""No row of days off is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOccurrence:
    """A task that is due: the day of its rule, and the working day it is due on.

    `after` is the day until which it was not yet to be thought of: that of the one before, or of the taking.
    """

    task: TaskRecord
    day: dt.date
    due: dt.date
    after: dt.date


def propose_tasks(book: Book, document: DocumentId, reading: Reading) -> None:
    """Propose what the reading cut out as this office's part, in the caller's transaction.

    Of a letter, which is addressed to this office as a whole, the duties that come again are proposed.
    Nothing is recorded where nothing was found and nothing stands.
    """
    rows = _rows(reading, FieldName.OUR_PART)
    tasks = tuple(_proposed(row, _counted(book, document, reading, row)) for row in rows)
    tasks = tasks or _recurring(reading)
    standing = any(task.state is TaskState.PROPOSED for task in list_tasks(book, document))
    if tasks or standing:
        book.record(TasksProposed(document=document, tasks=tasks))


def take_task(
    office: Office,
    document: DocumentId,
    task: TaskNumber,
    *,
    holder: PersonId,
    due: dt.date | None,
    recurrence: str | None,
    by: Officer | None,
    now: dt.datetime,
    seen: str | None = None,
) -> None:
    """Give a task to somebody, due on a day or by a rule; `by` None is the operator of the machine.

    `seen` is what the person saw of the task (`task_seen`); None when they saw no page.

    Raises:
        TaskChanged: the task is not as it was seen.
        NoSuchTask: the document has no such task, or it is done.
        UnknownRecipient: `holder` is nobody who serves today.
        BadTaker: `holder` only watches.
        NotAllowed: an officer gives a task to another, or takes another's.
        TaskWithoutTime: neither a day nor a rule, or both.
        DueTooEarly: the day is past.
        RuleNotUnderstood: `recurrence` is no rule.
    """
    today = local_day(now)
    if (due is None) == (recurrence is None):
        raise TaskWithoutTime()
    if due and due < today:
        raise DueTooEarly(due=f"{due:%d/%m/%Y}", arrival=f"{today:%d/%m/%Y}")
    rule = check_recurrence(recurrence) if recurrence else None
    with office.registry.book(_actor(by), now) as book:
        found = _find(book, document, task)
        require_task_as_seen(found, seen)
        taken = found if found and found.state is TaskState.TAKEN else None
        # Nobody takes a task out of another's hands either.
        if by and (by.id != holder or (taken and taken.holder != by.id)):
            require(book, by, Act.MANAGE_TASKS, on=today)
        person = book.directory().person(holder)
        if person is None or not person.is_active(today):
            raise UnknownRecipient(who=holder)
        require_worker(person)
        # The same rule in another hand goes on: what the first has not reported on is still to be done.
        goes_on = taken if taken and rule and taken.recurrence == rule else None
        since = goes_on.since if goes_on and goes_on.since else today
        book.record(
            TaskTaken(document=document, task=task, holder=holder, since=since, due=due, recurrence=rule)
        )


def drop_task(
    office: Office,
    document: DocumentId,
    task: TaskNumber,
    *,
    reason: str,
    by: Officer | None,
    now: dt.datetime,
    seen: str | None = None,
) -> None:
    """Say that a proposed task is none of the office's; the reason stays.

    Raises:
        NoSuchTask, NotAllowed, TaskChanged: as `take_task`.
        WordsMissing, TextTooLong: the reason.
    """
    said = words(reason, "lý do bỏ việc")
    with office.registry.book(_actor(by), now) as book:
        require_task_as_seen(_find(book, document, task), seen)
        if by:
            require(book, by, Act.MANAGE_TASKS, on=local_day(now))
        book.record(TaskDropped(document=document, task=task, reason=said))


def report_task(
    office: Office,
    document: DocumentId,
    task: TaskNumber,
    *,
    day: dt.date | None,
    by: Officer | None,
    now: dt.datetime,
    seen: str | None = None,
) -> None:
    """Note that a task was reported on: done, or of one that comes again the occurrence of `day`.

    Raises:
        NoSuchTask: there is none.
        TaskChanged: it is not as it was seen.
        NoSuchDayOfTask: `day` is none of its days.
        NotAllowed: `by` neither has it nor may act for others.
    """
    with office.registry.book(_actor(by), now) as book:
        found = _find(book, document, task)
        require_task_as_seen(found, seen)
        if by and found and by.id != found.holder:
            require(book, by, Act.MANAGE_TASKS, on=local_day(now))
        if found and day and day not in _days_of(book, found, until=day):
            raise NoSuchDayOfTask(task=task, day=f"{day:%d/%m/%Y}")
        book.record(TaskReported(document=document, task=task, occurrence=day))


def task_seen(task: TaskRecord) -> str:
    """A short name for all of a task that a step may rest on; forms carry it back."""
    facts = (task.number, task.state.value, task.holder, task.due, task.recurrence, task.reported)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def require_task_as_seen(task: TaskRecord | None, seen: str | None) -> None:
    """Let pass a task that is as it was seen, or one that nobody looked at.

    Raises:
        TaskChanged: it is another now.
    """
    if task and seen is not None and seen != task_seen(task):
        raise TaskChanged(task=task.number)


def tasks_of(view: View, document: DocumentId) -> tuple[TaskRecord, ...]:
    """The tasks of a document, in the order of the paper."""
    return list_tasks(view, document)


def open_occurrences(
    view: View, until: dt.date, documents: Collection[DocumentId] | None = None
) -> tuple[OpenOccurrence, ...]:
    """What is due by `until` and not reported on, of every task somebody has; the most pressing first.

    `documents` are those whose tasks are asked for; None asks for all.
    """
    calendar = working_calendar(view)
    found: list[OpenOccurrence] = []
    for task in list_taken_tasks(view, documents):
        if task.recurrence and task.since:
            pairs = pair_occurrences(task.recurrence, calendar, start=task.since, until=until)
        else:
            pairs = ((task.due, calendar.next_working(task.due)),) if task.due else ()
        before = (task.since or dt.date.min, *(due for _, due in pairs))
        found.extend(
            OpenOccurrence(task=task, day=day, due=due, after=after)
            for (day, due), after in zip(pairs, before, strict=False)
            if due <= until and day not in task.reported
        )
    return tuple(sorted(found, key=lambda one: (one.due, one.task.document, one.task.number)))


def task_json(task: TaskRecord) -> dict[str, Any]:
    """One object of `tasks --json`."""
    proposed = task.proposed
    return {
        "task": task.number,
        "state": task.state.value,
        "role": proposed.role.value,
        "heading": proposed.heading,
        "text": proposed.words,
        "partners": list(proposed.partners),
        "phrase": proposed.phrase,
        "due": task.due.isoformat() if task.due else None,
        "recurrence": task.recurrence,
        "ask": proposed.ask,
        "holder": task.holder,
        "reported": [day.isoformat() for day in task.reported],
        "reason": task.reason,
        "page": proposed.page,
        "box": proposed.box.as_list() if proposed.box else None,
    }


def _find(view: View, document: DocumentId, number: TaskNumber) -> TaskRecord | None:
    return next((one for one in list_tasks(view, document) if one.number == number), None)


def _days_of(view: View, task: TaskRecord, *, until: dt.date) -> set[dt.date]:
    """The days of a task's rule; what is moved off days off is due some days after its day at the most."""
    if not task.recurrence or not task.since:
        return set()
    moved = until + _MOST_DAYS_OFF
    pairs = pair_occurrences(task.recurrence, working_calendar(view), start=task.since, until=moved)
    return {day for day, _ in pairs}


def _actor(by: Officer | None) -> str:
    return by.id if by else "operator"


def _rows(reading: Reading, name: FieldName) -> list[dict[str, str | None]]:
    found = reading.value(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _recurring(reading: Reading) -> tuple[ProposedTask, ...]:
    """The recurring duties of a letter; only their phrases are known of them."""
    doc_type = reading.value(FieldName.DOC_TYPE)
    if not isinstance(doc_type, str) or fold(doc_type) != _LETTER:
        return ()
    return tuple(
        ProposedTask(
            heading="",
            words=row.get("phrase") or "",
            role=TaskRole.LEAD,
            phrase=row.get("phrase"),
            recurrence=row["recurrence"],
            ask=row.get("ask"),
        )
        for row in _rows(reading, FieldName.DEADLINES)
        if row.get("recurrence")
    )


def _counted(
    view: View, document: DocumentId, reading: Reading, row: dict[str, str | None]
) -> dt.date | None:
    """The day of `trong 10 ngày làm việc kể từ ngày nhận` in a duty; None where nothing is counted."""
    if not row.get("unit"):
        return None
    arrival, _ = arrival_day(view, document, reading)
    counted = {key: row.get(key) for key in ("phrase", "days", "hours", "unit", "from")}
    field = FieldReading(name=FieldName.DEADLINES, value=[counted])
    known = {name: found for name in (FieldName.DATE,) if (found := reading.fields.get(name))}
    calendar = working_calendar(view)
    printed, _ = list_printed(Reading({**known, FieldName.DEADLINES: field}), calendar, arrival)
    return count_due(printed[0].basis, calendar) if printed else None


def _proposed(row: dict[str, str | None], counted: dt.date | None) -> ProposedTask:
    box = [float(part) for part in (row.get("box") or "").split()]
    return ProposedTask(
        heading=row.get("heading") or "",
        words=row.get("text") or "",
        role=TaskRole(row.get("role") or TaskRole.ALL),
        partners=tuple(name for name in (row.get("partners") or "").split("; ") if name),
        phrase=row.get("phrase"),
        due=read_iso(row.get("date")) or counted,
        recurrence=row.get("recurrence"),
        ask=row.get("ask"),
        page=int(page) if (page := row.get("page")) else None,
        box=Box(*box) if len(box) == 4 else None,
    )
