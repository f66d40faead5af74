"""What officers do with their recipient lines, in the past tense.

The document's status follows its lead line; every other line goes its own way.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from documents.decisions import Role
from documents.events import DocumentEvent
from documents.lines import LineNumber, LineState
from documents.people import PersonId, UnitId
from documents.status import Status

STATUS_OF_LEAD: dict[LineState, Status] = {
    LineState.OPEN: Status.ASSIGNED,
    LineState.ACCEPTED: Status.IN_PROGRESS,
    LineState.RETURNED: Status.ASSIGNED,
    LineState.DONE: Status.DONE,
}
"""Where a document stands, by the state of the one line that leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEvent(DocumentEvent):
    """An event of one recipient line.

    `role` is the line's, so that the record alone tells which events move the document itself. `behalf` is in
    whose place the actor acted (*A thay B*); None when in their own right.
    """

    line: LineNumber
    role: Role
    behalf: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAccepted(LineEvent):
    """The holder took the work on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHandedOn(LineEvent):
    """The holder gave the work to somebody with a direction; a unit's line stays the unit's.

    `stands_in_for` is set when `to` takes it in the place of somebody absent; `due` None leaves the day.
    """

    to: PersonId
    direction: str
    due: dt.date | None = None
    stands_in_for: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReturned(LineEvent):
    """The holder gave the work back, with the reason: to whoever had handed it on, or to the clerks.

    `to` None means the clerks, who give it to somebody else.
    """

    reason: str
    to: PersonId | None = None
    stands_in_for: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReassigned(LineEvent):
    """The work was given to another person or unit; their line has a new number, this one is gone."""

    reason: str
    person: PersonId | None = None
    unit: UnitId | None = None
    holder: PersonId | None = None
    """Who does it: the person, the unit's head, or whoever stands in; None when nobody can."""
    stands_in_for: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMoved(LineEvent):
    """The line went to another holder because of an absence, its end, or a change of people.

    Attributes:
        to: Who holds it now; None when nobody serves who could, and the clerks are told.
        stands_in_for: In whose place; None when in their own right.
        reason: One Vietnamese sentence, for the record and the notice.
    """

    to: PersonId | None
    reason: str
    stands_in_for: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAsked(LineEvent):
    """The holder asks for a later day, with the reason; `asked_of` are those who may answer and are told."""

    wanted: dt.date
    reason: str
    asked_of: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionGranted(LineEvent):
    """Another day was set for the line; `beyond_outer` when it lies past what the paper itself allows."""

    due: dt.date
    reason: str = ""
    beyond_outer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused(LineEvent):
    """The later day was not given, with the reason; the old one stands."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReported(LineEvent):
    """How far the work is, in the holder's words."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFinished(LineEvent):
    """The work is done: what came of it, and the number of the reply when there is one."""

    result: str
    reply: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReopened(LineEvent):
    """Work that was done is taken up again, with the reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRead(LineEvent):
    """Who was to know opened the document for the first time: the receipt of reading."""


STATE_AFTER: dict[type[LineEvent], LineState] = {
    LineAccepted: LineState.ACCEPTED,
    LineHandedOn: LineState.OPEN,
    LineFinished: LineState.DONE,
    LineReopened: LineState.ACCEPTED,
    LineRead: LineState.READ,
}
"""The state of a line after an event; `LineReturned` says by itself where it goes, the others change none."""


def state_after_return(to: PersonId | None) -> LineState:
    """A line that went back to a person is theirs to do; one that went to the clerks waits for another."""
    return LineState.OPEN if to else LineState.RETURNED


_BEGUN = frozenset({LineState.OPEN, LineState.ACCEPTED})
STATES_BEFORE: dict[type[LineEvent], frozenset[LineState]] = {
    LineAccepted: frozenset({LineState.OPEN}),
    LineHandedOn: _BEGUN,
    LineReturned: _BEGUN,
    LineReassigned: _BEGUN | {LineState.RETURNED},
    LineMoved: _BEGUN,
    ExtensionAsked: _BEGUN,
    ExtensionGranted: _BEGUN,
    ExtensionRefused: _BEGUN,
    ProgressReported: frozenset({LineState.ACCEPTED}),
    LineFinished: _BEGUN,
    LineReopened: frozenset({LineState.DONE}),
    LineRead: frozenset({LineState.INFORM}),
}
"""In which states of the line each event can happen."""
