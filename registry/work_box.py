"""The lines that concern a person: what in-boxes are made of."""

from __future__ import annotations

from sqlalchemy import or_, select

from documents.lines import OPEN_STATES, LineState
from documents.people import PersonId
from documents.reach import Reach
from documents.record import AssignmentRecord
from documents.status import DocumentId
from registry.reach import within
from registry.tables import AssignmentRow, DocumentRow
from registry.view import View

Lines = tuple[tuple[DocumentId, AssignmentRecord], ...]

_MINE = (*OPEN_STATES, LineState.INFORM, LineState.READ)


def lines_held_by(view: View, person: PersonId) -> Lines:
    """What a person has to do, and what they are to know; finished work is not in it."""
    return tuple(view.recipient_lines(AssignmentRow.holder == person, AssignmentRow.state.in_(_MINE)))


def lines_asking(view: View) -> Lines:
    """Open lines for which a later day is asked."""
    wanted = (AssignmentRow.asked_due.is_not(None), AssignmentRow.state.in_(OPEN_STATES))
    return tuple(view.recipient_lines(*wanted))


def lines_without_anybody(view: View, reach: Reach) -> Lines:
    """Lines within reach that wait to be given to somebody: returned to the clerks, or held by nobody."""
    open_unheld = AssignmentRow.holder.is_(None) & AssignmentRow.state.in_(OPEN_STATES)
    waits = or_(AssignmentRow.state == LineState.RETURNED, open_unheld)
    opened = select(DocumentRow.id).where(DocumentRow.id == AssignmentRow.document, within(reach, each=True))
    return tuple(view.recipient_lines(waits, opened.correlate(AssignmentRow).exists()))
