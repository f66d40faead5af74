"""The tasks of a document as its page shows them: how often in words, what is due, which forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.web.showing import workers
from desk.web.tongue import Said, say
from documents.people import Duty, Officer
from documents.status import Status
from documents.tasks import TaskRecord, TaskState
from office.policy import Act, refusal_by_duty
from office.tasks import open_occurrences, task_seen
from office.typed_task import AT_WORK, Period, TypedTime, time_of

if TYPE_CHECKING:
    from office.office import Office

PERIOD: Said[str] = Said(
    {
        Period.ONCE.value: "một lần",
        Period.WEEKLY.value: "hằng tuần",
        Period.MONTHLY.value: "hằng tháng",
        Period.QUARTERLY.value: "hằng quý (tháng 3, 6, 9, 12)",
        Period.HALF_YEARLY.value: "6 tháng một lần (tháng 6, 12)",
        Period.YEARLY.value: "hằng năm",
        Period.RULE.value: "theo quy tắc RFC 5545",
    }
)
"""How often, as forms offer it."""

AHEAD = dt.timedelta(days=100)
"""Occurrences up to so far ahead are offered to be reported on: a quarter, and those overdue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTask:
    """A task with what its reader may do (`giao`, `bo`, `xong`) and how its form begins.

    `occurrences` are days of its rule not reported on yet, each with the working day on which it is due.
    """

    task: TaskRecord
    often: str
    time: TypedTime
    seen: str
    deeds: tuple[str, ...]
    occurrences: tuple[tuple[dt.date, dt.date], ...] = ()


def show_tasks(
    tasks: tuple[TaskRecord, ...], reader: Officer, office: Office | None, *, today: dt.date
) -> tuple[ShownTask, ...]:
    """The tasks for a page; `office` tells when those that come again are due, None where nobody asks."""
    again = [t for t in tasks if t.state is TaskState.TAKEN and t.recurrence]
    due: dict[int, list[tuple[dt.date, dt.date]]] = {}
    if again and office is not None:
        with office.view() as view:
            for one in open_occurrences(view, today + AHEAD, {again[0].document}):
                due.setdefault(one.task.number, []).append((one.day, one.due))
    return tuple(
        ShownTask(
            task=task,
            often=_often(task),
            time=time_of(task.due, task.recurrence),
            seen=task_seen(task),
            deeds=_deeds(task, reader),
            occurrences=tuple(due.get(task.number, ())[:6]),
        )
        for task in tasks
    )


def often(recurrence: str | None) -> str:
    """How often, in words; a rule of another shape as it stands; empty for a task done once."""
    if recurrence is None:
        return ""
    time = time_of(None, recurrence)
    if time.period == Period.RULE:
        return say("định kỳ {rule}", rule=recurrence)
    word = PERIOD[time.period].split(" (")[0]
    if time.period == Period.WEEKLY:
        return say("{often}, thứ {day}", often=word, day=time.day)
    if time.period in (Period.QUARTERLY, Period.HALF_YEARLY):
        return say("{often}, ngày {day} của tháng cuối kỳ", often=word, day=time.day)
    return say("{often}, ngày {day}", often=word, day=time.day)


def _often(task: TaskRecord) -> str:
    """In words; where the paper says it and nobody has said it better, the page quotes the paper."""
    is_as_printed = task.proposed.phrase and task.recurrence == task.proposed.recurrence
    return "" if is_as_printed else often(task.recurrence)


def may_manage(reader: Officer) -> bool:
    """Whether the reader may give tasks to others and drop them."""
    return refusal_by_duty(reader, Act.MANAGE_TASKS) is None


def whom_to_give(people: Iterable[Officer], reader: Officer, today: dt.date) -> tuple[Officer, ...]:
    """To whom the reader may give a task: anybody who serves and works, or themselves alone."""
    if not may_manage(reader):
        return (reader,)
    return workers(person for person in people if person.is_active(today))


def may_add(reader: Officer, status: Status) -> bool:
    """Whether the reader may give the document a task by hand."""
    return status in AT_WORK and reader.duty is not Duty.SUPERVISOR


def _deeds(task: TaskRecord, reader: Officer) -> tuple[str, ...]:
    if reader.duty is Duty.SUPERVISOR or task.state in (TaskState.DONE, TaskState.WITHDRAWN):
        return ()
    manages, own = may_manage(reader), task.holder == reader.id
    is_taken = task.state is TaskState.TAKEN
    found: list[str] = []
    if is_taken and (manages or own):
        found.append("xong")
    if manages or own or not is_taken:
        found.append("giao")
    if manages and task.state is not TaskState.DROPPED:
        found.append("bo")
    return tuple(found)
