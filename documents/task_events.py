"""What can happen to the tasks of a document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from documents.events import DocumentEvent
from documents.people import PersonId
from documents.tasks import ProposedTask, TaskNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksProposed(DocumentEvent):
    """The whole document was read: these are its duties for this office."""

    tasks: tuple[ProposedTask, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAdded(DocumentEvent):
    """A person gave a task that the machine had not seen; it has a holder from the beginning."""

    task: ProposedTask
    holder: PersonId
    since: dt.date
    due: dt.date | None = None
    recurrence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTaken(DocumentEvent):
    """A task has a holder, and is due on a day or by a rule; taken again, the later word counts."""

    task: TaskNumber
    holder: PersonId
    since: dt.date
    due: dt.date | None = None
    recurrence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDropped(DocumentEvent):
    """A person says that this is no task of the office."""

    task: TaskNumber
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReported(DocumentEvent):
    """A task was reported on: done, or one day of its rule is.

    `occurrence` is that day before days off moved it; None for a task that does not come again.
    """

    task: TaskNumber
    occurrence: dt.date | None = None
