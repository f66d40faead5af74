"""What the audit says of recipient lines, to be held against their rows.

A line that no event ever touched must be as it was given; one that some did, in the state that the last of
them left it in, with the holder it named. Numbers of lines are never used again, so what was said of one
stays true as long as its row is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.decisions import Role
from documents.events import DocumentAssigned, DocumentSealed, EntryCancelled
from documents.lines import LineState
from documents.status import DocumentId, Status
from documents.work import (
    STATE_AFTER,
    STATES_BEFORE,
    STATUS_OF_LEAD,
    LineHandedOn,
    LineMoved,
    LineReassigned,
    LineReturned,
    state_after_return,
)
from registry.tables import AssignmentRow

_BATCH = 2000
_STATE_AFTER = {kind.__name__: state for kind, state in STATE_AFTER.items()}
_OF_LINES = frozenset(kind.__name__ for kind in STATES_BEFORE)
_GIVEN = frozenset({LineState.OPEN, LineState.INFORM})
HEARD = _OF_LINES | {kind.__name__ for kind in (DocumentAssigned, DocumentSealed, EntryCancelled)}
"""Events that say something of lines; their payloads are needed."""


@dataclass(frozen=True, slots=True)
class _Line:
    seq: int
    state: LineState | None = None
    holder: str | None = None
    knows_holder: bool = False
    is_gone: bool = False


@dataclass(slots=True)
class ToldLines:
    """What the lines of the audit heard so far say about recipient lines."""

    lines: dict[DocumentId, dict[int, _Line]] = field(default_factory=dict)
    leads: dict[DocumentId, tuple[object, LineState]] = field(default_factory=dict)
    """Who leads, and how far that line is."""

    def hear(self, event: str, document: DocumentId, facts: Mapping[str, Any], seq: int) -> Status | None:
        """Take in an event of `HEARD`; returns the status that it gives the document, if it gives one."""
        if event == DocumentAssigned.__name__:
            return self._assigned(document, facts)
        if event not in _OF_LINES:
            self.leads.pop(document, None)
            return None
        self._line(event, document, facts, seq)
        if facts["role"] != Role.LEAD:
            return None
        who, state = self.leads.get(document, (None, LineState.OPEN))
        if event == LineReassigned.__name__:
            who, state = (facts["person"], facts["unit"]), LineState.OPEN
        state = self.lines[document][facts["line"]].state or state
        self.leads[document] = (who, state)
        return STATUS_OF_LEAD[state]

    def disagreement(self, session: Session) -> tuple[int, str] | None:
        """The first line found whose row says something else."""
        asked = select(AssignmentRow.document, AssignmentRow.line, AssignmentRow.state, AssignmentRow.holder)
        with session.execute(asked).yield_per(_BATCH) as rows:
            for document, number, written, holder in rows:
                told, state = self.lines.get(document, {}).get(number), LineState(written)
                name = f"Phần việc {number} của văn bản {document}"
                if told is None or told.state is None:
                    if state not in _GIVEN and (told is None or not told.is_gone):
                        return told.seq if told else 1, f"{name} ghi {state.value} nhưng nhật ký không ghi."
                elif told.state is not state:
                    return told.seq, f"{name} ghi {state.value} nhưng nhật ký ghi {told.state.value}."
                if told is not None and told.is_gone:
                    return told.seq, f"{name} vẫn còn dù nhật ký ghi đã giao lại cho người khác."
                if told is not None and told.knows_holder and told.holder != holder:
                    return told.seq, f"{name} do {holder} giữ nhưng nhật ký ghi {told.holder}."
        return None

    def _assigned(self, document: DocumentId, facts: Mapping[str, Any]) -> Status:
        """Lines that stay keep their state; whom the assignment names as holder has them."""
        who = next((a["person"], a["unit"]) for a in facts["assignees"] if a["role"] == Role.LEAD)
        before, state = self.leads.get(document, (None, LineState.OPEN))
        self.leads[document] = (who, state if before == who else LineState.OPEN)
        if any(a.get("holder") for a in facts["assignees"]):
            known = self.lines.get(document, {})
            self.lines[document] = {n: replace(line, knows_holder=False) for n, line in known.items()}
        return STATUS_OF_LEAD[self.leads[document][1]]

    def _line(self, event: str, document: DocumentId, facts: Mapping[str, Any], seq: int) -> None:
        lines = self.lines.setdefault(document, {})
        line = replace(lines.get(facts["line"], _Line(seq)), seq=seq)
        if event in _STATE_AFTER:
            line = replace(line, state=_STATE_AFTER[event])
        if event in {LineHandedOn.__name__, LineMoved.__name__}:
            line = replace(line, holder=facts["to"], knows_holder=True)
        elif event == LineReturned.__name__:
            line = replace(line, state=state_after_return(facts["to"]))
            if facts["to"]:
                line = replace(line, holder=facts["to"], knows_holder=True)
        elif event == LineReassigned.__name__:
            line = replace(line, state=None, is_gone=True)
        lines[facts["line"]] = line
