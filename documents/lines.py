"""The recipient line: one person's or unit's part in a document, and where it stands.

Work hangs on the line, not on the document: the same document is done for one recipient and waits for
another. Each line has a number within its document that is never used again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType

LineNumber = NewType("LineNumber", int)


class LineState(StrEnum):
    """Where a recipient line stands."""

    OPEN = "open"
    """Chưa nhận."""
    ACCEPTED = "accepted"
    """Đang xử lý."""
    RETURNED = "returned"
    """Trả lại, chờ giao lại."""
    DONE = "done"
    """Đã xong."""
    INFORM = "inform"
    """Để biết, chưa xem."""
    READ = "read"
    """Để biết, đã xem."""


OPEN_STATES = frozenset({LineState.OPEN, LineState.ACCEPTED})
"""Lines whose deadline runs; a returned one is with the clerk, who is told of it."""


class DueKind(StrEnum):
    """How a due day follows from where it starts."""

    DAY = "day"
    """A day that was named: kept, or the next working day when it is off."""
    STRICT_DAY = "strict_day"
    """The last working day before one that was named (`trước ngày` in its letter)."""
    MEETING = "meeting"
    """The day of a meeting: one is ready on the last working day up to it."""
    WORKING_DAYS = "working_days"
    """Working days after the start, which is not counted."""
    CALENDAR_DAYS = "calendar_days"
    """Calendar days after the start; off, the next working day."""
    ORDERED = "ordered"
    """A day that a person set: no calendar moves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueBasis:
    """What a due day was counted from, so that it can be counted again when the calendar changes.

    Attributes:
        kind: How the day follows.
        start: The day counted from, or the day named.
        days: How many, for the kinds that count.
        time: Hour of the day by which it is due, local time; None is the end of the day.
    """

    kind: DueKind
    start: dt.date
    days: int = 0
    time: dt.time | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the record."""
        return {
            "kind": self.kind.value,
            "start": self.start.isoformat(),
            "days": self.days,
            "time": self.time.isoformat("minutes") if self.time else None,
        }


def basis_from_json(row: dict[str, Any]) -> DueBasis:
    """Rebuild a basis from `DueBasis.as_json`."""
    return DueBasis(
        kind=DueKind(row["kind"]),
        start=dt.date.fromisoformat(row["start"]),
        days=row["days"],
        time=dt.time.fromisoformat(row["time"]) if row.get("time") else None,
    )
