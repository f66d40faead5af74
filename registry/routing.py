"""Apply assignments: who has the document, by when, and who is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import delete, func, select

from documents.decisions import Assignee, Role
from documents.errors import LeadNotChosen
from documents.events import DocumentAssigned
from documents.people import Duty, PersonId, UnitId
from documents.record import BODY_UNREAD
from registry.change import Appliers, Change
from registry.moves import move
from registry.outbox import digest, put_notice, tell_clerks, withdraw_held
from registry.plain import assignee_as_json, because_as_json, because_of
from registry.tables import AssignmentRow, DocumentRow, NoticeRow, PersonRow, UnitRow

UNTIL_READ = dt.timedelta(minutes=2)
"""How long notices wait for the rest of a document to be read, which may bring the deadline forward."""

Line = tuple[Role, PersonId | None, UnitId | None]


def assign(event: DocumentAssigned, change: Change) -> None:
    """Replace the recipient lines and tell everybody whose line is new or has changed.

    A line that stays keeps its state, accepted for instance.

    Raises:
        LeadNotChosen: there is not exactly one lead; nothing was changed.
    """
    if sum(line.role is Role.LEAD for line in event.assignees) != 1:
        raise LeadNotChosen()
    document = change.document(event.document)
    earlier = _rows(change, document)
    states = {_line(row): row.state for row in earlier}
    told = {(row.person, row.unit, _slot(row)) for row in earlier}
    move(document, event)
    _clear(change, document)
    for position, assignee in enumerate(event.assignees):
        row = _row(event, position, assignee, change)
        row.state = states.get(_line(row), row.state)
        change.session.add(row)
        if (row.person, row.unit, _slot(row)) not in told:
            _tell(change, row, wait=UNTIL_READ if BODY_UNREAD in document.flags else dt.timedelta())
    document.routed_at = document.routed_at or change.now


def propose_again(document: DocumentRow, change: Change) -> None:
    """Take the lines away and keep them as a proposal: the entry they came from was cancelled."""
    rows = _rows(change, document)
    if rows:
        document.proposal = [assignee_as_json(_assignee(row)) for row in rows]
    _clear(change, document)


def _row(event: DocumentAssigned, position: int, assignee: Assignee, change: Change) -> AssignmentRow:
    return AssignmentRow(
        document=event.document,
        position=position,
        role=assignee.role,
        person=assignee.person,
        unit=assignee.unit,
        due=assignee.due,
        state="inform" if assignee.role is Role.INFORM else "open",
        because=because_as_json(assignee.because),
        calendar_version=event.calendar_version,
        assigned_at=change.now,
    )


def _tell(change: Change, row: AssignmentRow, *, wait: dt.timedelta) -> None:
    payload = {"role": row.role.value, "due": row.due.isoformat() if row.due else None, "unit": row.unit}
    recipients = [row.person] if row.person else _heads(change, row.unit)
    for person in recipients:
        withdraw_held(change, row.document, person, kind="assigned")
        slot = _free_slot(change, row, person)
        put_notice(change, row.document, person, kind="assigned", slot=slot, payload=payload, wait=wait)
    if not recipients:
        # A line that nobody is told of would wait for ever: the clerks learn that it has no reader.
        tell_clerks(change, row.document, kind="review", slot=f"no-head:{_slot(row)}", payload=payload)


def _heads(change: Change, unit: UnitId | None) -> list[PersonId]:
    """The head of a unit; where none is named, those of the unit who are heads by duty."""
    row = change.session.get(UnitRow, unit)
    if row is None or row.head:
        return [row.head] if row and row.head else []
    asked = select(PersonRow.id).where(PersonRow.unit == unit, PersonRow.duty == Duty.UNIT_HEAD)
    return list(change.session.scalars(asked.order_by(PersonRow.id)))


def _free_slot(change: Change, row: AssignmentRow, person: PersonId) -> str:
    """The slot of a line; counted on when the person had the very same line before and lost it meanwhile."""
    asked = select(func.count()).where(
        NoticeRow.document == row.document,
        NoticeRow.kind == "assigned",
        NoticeRow.recipient == person,
        NoticeRow.slot.startswith(_slot(row)),
    )
    before = change.session.scalar(asked) or 0
    return _slot(row) if before == 0 else f"{_slot(row)}:{before + 1}"


def _slot(row: AssignmentRow) -> str:
    return digest((row.role.value, row.due.isoformat() if row.due else ""))


def _line(row: AssignmentRow) -> Line:
    return row.role, row.person, row.unit


def _assignee(row: AssignmentRow) -> Assignee:
    return Assignee(
        role=row.role, person=row.person, unit=row.unit, due=row.due, because=because_of(row.because)
    )


def _rows(change: Change, document: DocumentRow) -> Iterable[AssignmentRow]:
    asked = (
        select(AssignmentRow).where(AssignmentRow.document == document.id).order_by(AssignmentRow.position)
    )
    return change.session.scalars(asked).all()


def _clear(change: Change, document: DocumentRow) -> None:
    change.session.execute(delete(AssignmentRow).where(AssignmentRow.document == document.id))


APPLIERS: Appliers = {DocumentAssigned: assign}
