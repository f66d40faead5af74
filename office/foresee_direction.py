"""What a leader's direction would do, said before anything is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from documents.decisions import Assignee, Question
from documents.errors import NotSure
from documents.lines import LineState
from documents.people import Officer, PersonId
from documents.record import AssignmentRecord
from documents.status import DocumentId
from office import sight
from office.direction import DirectionUnclear, beyond_paper, directed_lines, shown_of
from office.office import Office, local_day
from rules.case import LEAD
from rules.direction import DUE

LEAD_ASKED = LEAD
"""Topic of the question who leads."""
DAY_ASKED = DUE
"""Topic of the question about a day that is not in the calendar or looks like a slip."""

_OPEN = (LineState.OPEN, LineState.ACCEPTED)


class Change(StrEnum):
    """What a direction does to a recipient line."""

    NEW = "new"
    """Giao mới."""
    DAY = "day"
    """Đổi hạn."""
    SAME = "same"
    """Giữ nguyên."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeseenLine:
    """A recipient line after the direction; `before` is the day it had, where the day changes."""

    line: Assignee
    change: Change
    before: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeseenDirection:
    """The lines a direction would leave, those it would end, and what stands against it.

    With `asked` something must be answered first (`questions`, where there are answers to choose from), and
    there are no lines. `seen` is what recording it must carry; `sure` the token of the doubts, if any.
    """

    lines: tuple[ForeseenLine, ...] = ()
    ended: tuple[AssignmentRecord, ...] = ()
    asked: str = ""
    questions: tuple[Question, ...] = ()
    doubts: tuple[str, ...] = ()
    seen: str = ""

    @property
    def sure(self) -> str:
        """What insists on exactly these doubts; empty when there are none."""
        return NotSure(doubts=" ".join(self.doubts)).token if self.doubts else ""


def foresee_direction(
    office: Office,
    document: DocumentId,
    text: str,
    *,
    said_by: PersonId,
    by: Officer,
    now: dt.datetime,
    lead: str | None = None,
    chosen: Mapping[str, str] | None = None,
) -> ForeseenDirection:
    """Decide as `give_direction` would, and write nothing.

    Raises:
        NoSuchDocument, NotAllowed: there is none, or it is not for this person to open or to direct.
        NotALeader, EmptyDirection, UnknownRecipient, AlreadyMoved: as `give_direction`.
    """
    with office.view() as view:
        record = sight.find_document(view, document, by, now=now)
        present = view.assignments(record.id)
        try:
            lines = directed_lines(
                view, record.id, text, said_by=said_by, by=by, on=local_day(now), lead=lead, chosen=chosen
            )
        except DirectionUnclear as unclear:
            return ForeseenDirection(
                asked=str(unclear.facts["asked"]), questions=tuple(unclear.facts["questions"])
            )
    return ForeseenDirection(
        lines=tuple(_compared(lines, present)),
        ended=tuple(_ended(lines, present)),
        doubts=beyond_paper(lines),
        seen=shown_of(text, said_by, present, lines),
    )


def _compared(lines: Iterable[Assignee], present: Iterable[AssignmentRecord]) -> Iterable[ForeseenLine]:
    had = {(one.role, one.person, one.unit): one for one in present}
    for line in lines:
        before = had.get((line.role, line.person, line.unit))
        if before is None:
            yield ForeseenLine(line=line, change=Change.NEW)
        elif before.due != line.due:
            yield ForeseenLine(line=line, change=Change.DAY, before=before.due)
        else:
            yield ForeseenLine(line=line, change=Change.SAME)


def _ended(lines: Iterable[Assignee], present: Iterable[AssignmentRecord]) -> Iterable[AssignmentRecord]:
    stay = {(line.role, line.person, line.unit) for line in lines}
    return (a for a in present if a.state in _OPEN and (a.role, a.person, a.unit) not in stay)
