"""Which status an event leads to, and the two guards of every change: the state and the fence."""

from __future__ import annotations

from documents.errors import AlreadyMoved
from documents.events import (
    DocumentAssigned,
    DocumentEvent,
    DocumentQuarantined,
    DocumentReceived,
    DocumentRegistered,
    DocumentSealed,
    DuplicateReceived,
    EntryCancelled,
    ReadingLapsed,
    ReadingStarted,
    RetryAsked,
    ReviewAsked,
    UnreadableReceived,
)
from documents.lines import LineState
from documents.status import FOLLOWS, Status
from documents.work import STATUS_OF_LEAD
from registry.tables import DocumentRow

FIRST: dict[type[DocumentEvent], Status] = {
    DocumentReceived: Status.WAITING,
    DuplicateReceived: Status.DUPLICATE,
    UnreadableReceived: Status.QUARANTINED,
}
"""The status a document begins with."""

AFTER: dict[type[DocumentEvent], Status] = {
    ReadingStarted: Status.READING,
    ReadingLapsed: Status.WAITING,
    ReviewAsked: Status.REVIEW,
    DocumentQuarantined: Status.QUARANTINED,
    DocumentSealed: Status.SEALED,
    RetryAsked: Status.WAITING,
    DocumentRegistered: Status.REGISTERED,
    EntryCancelled: Status.REVIEW,
    DocumentAssigned: Status.ASSIGNED,
}
"""The status a document has after an event; events not named here leave it as it is, but for what happens to
its lead line: then it is `STATUS_OF_LEAD`."""

WITH_LINES = frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.DONE})
"""Where a document has recipient lines on which people work."""

HEAD_READ = frozenset({Status.REVIEW, Status.REGISTERED, Status.ASSIGNED, Status.IN_PROGRESS, Status.DONE})
"""Where a document may stand while its whole text is read."""


def move(document: DocumentRow, event: DocumentEvent) -> None:
    """Give `document` the status that follows from `event`.

    Raises:
        AlreadyMoved: that status may not follow the present one; nothing was changed.
    """
    to = AFTER[type(event)]
    if to not in FOLLOWS[document.status]:
        raise AlreadyMoved(status=document.status.value)
    document.status = to


def follow_lead(document: DocumentRow, state: LineState) -> None:
    """Give `document` the status that its lead line, now in `state`, gives it.

    Raises:
        AlreadyMoved: nobody works on the document, or that status may not follow the present one.
    """
    to = STATUS_OF_LEAD[state]
    if document.status not in WITH_LINES or (
        to is not document.status and to not in FOLLOWS[document.status]
    ):
        raise AlreadyMoved(status=document.status.value)
    document.status = to


def require_head_attempt(document: DocumentRow, attempt: int) -> None:
    """Let only the present try of the head lane write.

    Raises:
        AlreadyMoved: the lease ran out and somebody else has it, or it is no longer being read.
    """
    if document.status is not Status.READING or document.attempt != attempt:
        raise AlreadyMoved(status=document.status.value)


def require_full_attempt(document: DocumentRow, attempt: int) -> None:
    """Let only the present try of the full lane write.

    Raises:
        AlreadyMoved: somebody else has it, or its full text is no longer wanted.
    """
    if document.status not in HEAD_READ or document.full_attempt != attempt:
        raise AlreadyMoved(status=document.status.value)
