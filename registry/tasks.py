"""Tasks that long documents give to this office: proposed when all is read, taken or dropped by people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select

from documents.errors import NoSuchTask
from documents.page import Box
from documents.status import DocumentId
from documents.task_events import TaskAdded, TaskDropped, TaskReported, TasksProposed, TaskTaken
from documents.tasks import ProposedTask, TaskNumber, TaskRecord, TaskRole, TaskState
from documents.text import fold
from registry.change import Appliers, Change
from registry.outbox import digest, put_notice
from registry.tables import PersonRow, TaskRow
from registry.view import View

_OPEN_TO_PEOPLE = (TaskState.PROPOSED, TaskState.TAKEN)


def propose(event: TasksProposed, change: Change) -> None:
    """Keep what people have touched, add what is new, and withdraw what is not found any more.

    A duty is known again by its words, whatever its place: read twice, it is proposed once.
    """
    change.document(event.document)
    rows = {row.key: row for row in _rows(change, event.document)}
    number = max((row.number for row in rows.values()), default=0)
    found = {_key(task): task for task in event.tasks}
    for key, row in rows.items():
        if key not in found and row.state == TaskState.PROPOSED:
            row.state = TaskState.WITHDRAWN
    for key, task in found.items():
        if (known := rows.get(key)) is None:
            number += 1
            change.session.add(_row(event.document, number, key, task))
        elif known.state in (TaskState.PROPOSED, TaskState.WITHDRAWN):
            known.proposed, known.state = _as_json(task), TaskState.PROPOSED
            known.due, known.recurrence = task.due, task.recurrence


def add(event: TaskAdded, change: Change) -> None:
    """A new task, after those of the paper; its holder is told as of any other."""
    change.document(event.document)
    number = max((row.number for row in _rows(change, event.document)), default=0) + 1
    # Not known again by its words: what a later reading finds is proposed beside it, for a person to drop.
    key = digest((fold(event.task.words), "added", str(number)))
    change.session.add(_row(event.document, number, key, event.task))
    change.session.flush()
    taken = TaskTaken(
        document=event.document,
        task=TaskNumber(number),
        holder=event.holder,
        since=event.since,
        due=event.due,
        recurrence=event.recurrence,
    )
    take(taken, change)


def take(event: TaskTaken, change: Change) -> None:
    """Somebody has it now, and is told; taken again, the later word counts."""
    row = _task(change, event.document, event.task)
    if row.state == TaskState.TAKEN and (row.due, row.recurrence) != (event.due, event.recurrence):
        # Days of another rule say nothing of this one.
        row.reported = []
    row.state, row.reason = TaskState.TAKEN, None
    row.holder, row.since = event.holder, event.since
    row.due, row.recurrence = event.due, event.recurrence
    put_notice(
        change,
        row.document,
        event.holder,
        kind="task",
        slot=f"{row.number}:{change.seq}",
        payload={
            "task": row.number,
            "due": event.due.isoformat() if event.due else None,
            "recurrence": event.recurrence,
        },
    )


def drop(event: TaskDropped, change: Change) -> None:
    """No task of the office, for a reason that stays."""
    row = _task(change, event.document, event.task)
    row.state, row.reason = TaskState.DROPPED, event.reason


def report(event: TaskReported, change: Change) -> None:
    """Done; of one that comes again a single day is."""
    row = _task(change, event.document, event.task)
    if event.occurrence is None:
        row.state = TaskState.DONE
    else:
        row.reported = sorted({*row.reported, event.occurrence.isoformat()})


def list_tasks(view: View, document: DocumentId) -> tuple[TaskRecord, ...]:
    """The tasks of a document in the order of the paper, those no longer found left out."""
    return _records(view, TaskRow.document == document, TaskRow.state != TaskState.WITHDRAWN)


def list_taken_tasks(view: View, documents: Collection[DocumentId] | None = None) -> tuple[TaskRecord, ...]:
    """Every task that somebody has and that is not done; of those documents only, where some are named."""
    wanted = () if documents is None else (TaskRow.document.in_(documents),)
    return _records(view, TaskRow.state == TaskState.TAKEN, *wanted)


def _records(view: View, *wanted: Any) -> tuple[TaskRecord, ...]:
    asked = (
        select(TaskRow, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == TaskRow.holder)
        .where(*wanted)
        .order_by(TaskRow.document, TaskRow.number)
    )
    return tuple(_record(row, name) for row, name in view.session.execute(asked))


def _record(row: TaskRow, holder_name: str | None) -> TaskRecord:
    return TaskRecord(
        document=row.document,
        number=TaskNumber(row.number),
        proposed=_from_json(row.proposed),
        state=TaskState(row.state),
        holder=row.holder,
        holder_name=holder_name,
        due=row.due,
        recurrence=row.recurrence,
        since=row.since,
        reported=tuple(dt.date.fromisoformat(day) for day in row.reported),
        reason=row.reason,
    )


def _row(document: DocumentId, number: int, key: str, task: ProposedTask) -> TaskRow:
    return TaskRow(
        document=document,
        number=number,
        key=key,
        proposed=_as_json(task),
        state=TaskState.PROPOSED,
        holder=None,
        due=task.due,
        recurrence=task.recurrence,
        reported=[],
    )


def _task(change: Change, document: DocumentId, number: TaskNumber) -> TaskRow:
    """The row of a task that people may still act on.

    Raises:
        NoSuchTask: there is none by that number, or it is done, dropped or not found any more.
    """
    change.document(document)
    row = change.session.get(TaskRow, (document, number))
    if row is None or row.state not in (*_OPEN_TO_PEOPLE, TaskState.DROPPED):
        raise NoSuchTask(task=number)
    return row


def _rows(change: Change, document: DocumentId) -> Iterable[TaskRow]:
    return change.session.scalars(select(TaskRow).where(TaskRow.document == document)).all()


def _key(task: ProposedTask) -> str:
    return digest((fold(task.words),))


def _as_json(task: ProposedTask) -> dict[str, Any]:
    return {
        "heading": task.heading,
        "words": task.words,
        "role": task.role.value,
        "partners": list(task.partners),
        "phrase": task.phrase,
        "due": task.due.isoformat() if task.due else None,
        "recurrence": task.recurrence,
        "ask": task.ask,
        "page": task.page,
        "box": task.box.as_list() if task.box else None,
    }


def _from_json(row: dict[str, Any]) -> ProposedTask:
    return ProposedTask(
        heading=row["heading"],
        words=row["words"],
        role=TaskRole(row["role"]),
        partners=tuple(row["partners"]),
        phrase=row["phrase"],
        due=dt.date.fromisoformat(row["due"]) if row["due"] else None,
        recurrence=row["recurrence"],
        ask=row["ask"],
        page=row["page"],
        box=Box(*row["box"]) if row["box"] else None,
    )


APPLIERS: Appliers = {
    TasksProposed: propose,
    TaskAdded: add,
    TaskTaken: take,
    TaskDropped: drop,
    TaskReported: report,
}
