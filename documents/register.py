"""What people ask of the incoming register: which lines of a year they want to see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from documents.people import PersonId, UnitId


class LineKind(StrEnum):
    """Where the work of a line of the register stands."""

    OPEN = "open"
    """Chưa xong."""
    DONE = "done"
    """Đã xong."""
    CANCELLED = "cancelled"
    """Số đã hủy."""
    HELD = "held"
    """Số giữ chỗ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAsk:
    """Which lines of the register of a year are wanted; what is empty narrows nothing.

    Attributes:
        year: The year of the register.
        text: Words, typed without marks if one likes, or a number.
        since: First day of arrival.
        until: Last day of arrival.
        issuer: How the issuer's name begins, without marks if one likes.
        doc_type: The type, without marks if one likes.
        person: To whom it was given, or who has it now.
        unit: To which unit it was given.
        kind: Where its work stands.
        urgency: The degree of urgency as the paper bears it.
        overdue_on: Only work that was to be done before this day, and is not.
        before: Only lines further back than this place: the end of the page before.
    """

    year: int
    text: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    issuer: str = ""
    doc_type: str = ""
    person: PersonId | None = None
    unit: UnitId | None = None
    kind: LineKind | None = None
    urgency: str = ""
    overdue_on: dt.date | None = None
    before: int | None = None

    @property
    def tells_content(self) -> bool:
        """Whether an answer tells more of a line than its number, its day and that it is there."""
        return bool(
            self.text
            or self.issuer
            or self.doc_type
            or self.person
            or self.unit
            or self.urgency
            or self.overdue_on
            or self.kind in (LineKind.OPEN, LineKind.DONE)
        )
