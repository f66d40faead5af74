"""The life of a document and what may follow what."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

DocumentId = NewType("DocumentId", str)


class Status(StrEnum):
    """Where a document stands; it follows from the recorded events."""

    WAITING = "waiting"
    """Chờ đọc."""
    READING = "reading"
    """Đang đọc."""
    REVIEW = "review"
    """Chờ văn thư xem."""
    REGISTERED = "registered"
    """Đã vào sổ."""
    ASSIGNED = "assigned"
    """Đã chuyển."""
    IN_PROGRESS = "in_progress"
    """Đang xử lý."""
    DONE = "done"
    """Hoàn thành."""
    QUARANTINED = "quarantined"
    """Để riêng vì không đọc được."""
    SEALED = "sealed"
    """Niêm riêng vì có dấu mật."""
    DUPLICATE = "duplicate"
    """Đã có; gắn vào văn bản đầu."""


FOLLOWS: dict[Status, frozenset[Status]] = {
    Status.WAITING: frozenset({Status.READING, Status.QUARANTINED}),
    Status.READING: frozenset(
        {Status.WAITING, Status.READING, Status.REVIEW, Status.REGISTERED, Status.QUARANTINED, Status.SEALED}
    ),
    Status.REVIEW: frozenset({Status.WAITING, Status.REVIEW, Status.REGISTERED, Status.SEALED}),
    Status.REGISTERED: frozenset({Status.ASSIGNED, Status.REVIEW}),
    Status.ASSIGNED: frozenset(
        {Status.ASSIGNED, Status.IN_PROGRESS, Status.DONE, Status.REVIEW, Status.SEALED}
    ),
    Status.IN_PROGRESS: frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.DONE, Status.SEALED}),
    Status.DONE: frozenset({Status.IN_PROGRESS, Status.SEALED}),
    Status.QUARANTINED: frozenset({Status.WAITING, Status.REGISTERED}),
    Status.SEALED: frozenset(),
    Status.DUPLICATE: frozenset(),
}
"""Which status may follow which; `registered → review`: the entry was cancelled, its number stays;
`assigned → sealed`: the rest of the document, read after its upper part, bears a secrecy mark, however far
the work is by then; from `assigned` to `done` the status is that of the lead line."""
