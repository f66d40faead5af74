"""What a long document asks of this office, piece by piece: proposed by the machine, taken or dropped.

A plan gives duties to many bodies; the section and the items that name this office are its part. Each is
proposed as a task with its place on the paper; nobody has it until a person takes it or gives it to somebody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NewType, Self

from documents.page import Box
from documents.people import PersonId
from documents.status import DocumentId

TaskNumber = NewType("TaskNumber", int)
"""The number of a task within its document, never used again."""


class TaskRole(StrEnum):
    """As what the paper names this office."""

    LEAD = "lead"
    """It has the duty itself: its own section, or `chủ trì`."""
    SUPPORT = "support"
    """Another has it and works together with this office."""
    ALL = "all"
    """It is one of all those meant: `các sở, ban, ngành`."""


class TaskState(StrEnum):
    """Where a task stands."""

    PROPOSED = "proposed"
    """Máy đề xuất, chưa ai nhận."""
    TAKEN = "taken"
    """Có người làm."""
    DONE = "done"
    """Đã báo cáo xong."""
    DROPPED = "dropped"
    """Không phải việc của cơ quan, có lý do."""
    WITHDRAWN = "withdrawn"
    """Đọc lại không còn thấy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTask:
    """One duty of this office as the paper gives it.

    Attributes:
        heading: The heading it stands under, as printed.
        words: The duty as printed.
        role: As what the office is named.
        partners: The bodies it is to work with, as printed.
        phrase: The words that set a time; None when none does.
        due: The day they name.
        recurrence: The rule of RFC 5545 they name instead.
        ask: What the rule lacks: `day` or `month`.
        page: Where it begins.
        box: Its words on that page.
    """

    heading: str
    words: str
    role: TaskRole
    partners: tuple[str, ...] = ()
    phrase: str | None = None
    due: dt.date | None = None
    recurrence: str | None = None
    ask: str | None = None
    page: int | None = None
    box: Box | None = None

    def without_words(self) -> Self:
        """The same for the audit, which keeps no text of documents."""
        return replace(self, heading="", words="", partners=())


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRecord:
    """A task as it stands: what was proposed, who has it, by when, and what was reported."""

    document: DocumentId
    number: TaskNumber
    proposed: ProposedTask
    state: TaskState
    holder: PersonId | None = None
    holder_name: str | None = None
    due: dt.date | None = None
    recurrence: str | None = None
    since: dt.date | None = None
    """The day it was taken, from which a recurrence counts."""
    reported: tuple[dt.date, ...] = field(default=())
    """Days of the rule that were reported on, before days off moved them."""
    reason: str | None = None
    """Why it was dropped."""
