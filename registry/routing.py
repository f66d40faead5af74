"""Apply assignments: who has the document, by when, and who is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, func, or_, select

from documents.decisions import Assignee, Role
from documents.errors import LeadNotChosen
from documents.events import DocumentAssigned
from documents.lines import LineState, basis_from_json
from documents.people import Duty, PersonId, UnitId
from documents.record import BODY_UNREAD
from registry.change import Appliers, Change
from registry.moves import follow_lead, move
from registry.outbox import digest, put_notice, tell_clerks, withdraw_held
from registry.plain import assignee_as_json, because_as_json, because_of, named_rule
from registry.tables import AssignmentRow, DocumentRow, NoticeRow, PersonRow, UnitRow

UNTIL_READ = dt.timedelta(minutes=2)
"""How long notices wait for the rest of a document to be read, which may bring the deadline forward."""

Line = tuple[Role, PersonId | None, UnitId | None]


def assign(event: DocumentAssigned, change: Change) -> None:
    """Make the recipient lines those of the event, and tell everybody whose line is new or has changed.

    A line that stays keeps its number, its state and who holds it, unless the event names another holder; a
    new one gets a number that no line of the document ever had.

    Raises:
        LeadNotChosen: there is not exactly one lead; nothing was changed.
    """
    if sum(line.role is Role.LEAD for line in event.assignees) != 1:
        raise LeadNotChosen()
    document = change.document(event.document)
    move(document, event)
    earlier = {_line(row): row for row in _rows(change, document)}
    told = {(_line(row), row.holder, _slot(row)) for row in earlier.values()}
    wait = UNTIL_READ if BODY_UNREAD in document.flags else dt.timedelta()
    rows = [_row(event, assignee, earlier, document, change) for assignee in event.assignees]
    for gone in earlier.values():
        change.session.delete(gone)
    change.session.flush()
    for row in rows:
        change.session.add(row)
        if row.role is Role.LEAD:
            follow_lead(document, LineState(row.state))
        if (_line(row), row.holder, _slot(row)) not in told:
            tell_holder(change, row, wait=wait)
    document.routed_at = document.routed_at or change.now


def propose_again(document: DocumentRow, change: Change) -> None:
    """Take the lines away and keep them as a proposal: the entry they came from was cancelled."""
    rows = _rows(change, document)
    if rows:
        document.proposal = [assignee_as_json(_assignee(row)) for row in rows]
    _clear(change, document)


def _row(
    event: DocumentAssigned,
    assignee: Assignee,
    earlier: dict[Line, AssignmentRow],
    document: DocumentRow,
    change: Change,
) -> AssignmentRow:
    """The row of a recipient line: the one it had, taken out of `earlier`, or a new one."""
    row = earlier.pop((assignee.role, assignee.person, assignee.unit), None)
    own = assignee.person or _head(change, assignee.unit)
    if row is None:
        document.lines += 1
        row = AssignmentRow(
            document=event.document,
            line=document.lines,
            role=assignee.role,
            person=assignee.person,
            unit=assignee.unit,
            holder=own,
            state=LineState.INFORM if assignee.role is Role.INFORM else LineState.OPEN,
            handed_by=[],
            assigned_at=change.now,
        )
    if assignee.holder:
        row.holder = assignee.holder
        row.stands_in_for = own if own != assignee.holder else None
    row.due, row.outer_due = assignee.due, assignee.outer
    row.basis = assignee.basis.as_json() if assignee.basis else None
    row.because = because_as_json(assignee.because)
    row.rule_version, row.rule_row = named_rule(assignee.because)
    row.calendar_version = event.calendar_version
    return row


def tell_holder(change: Change, row: AssignmentRow, *, wait: dt.timedelta = dt.timedelta()) -> None:
    """Tell who holds a line that it is theirs; of one that nobody holds the clerks are told."""
    payload = {
        "line": row.line,
        "role": row.role.value,
        "due": row.due.isoformat() if row.due else None,
        "unit": row.unit,
        "stands_in_for": row.stands_in_for,
    }
    if told := _due_told(change, row):
        payload["due_before"] = told
    if row.holder is None:
        # A line that nobody is told of would wait for ever: the clerks learn that it has no reader.
        tell_clerks(change, row.document, kind="review", slot=f"no-head:{_slot(row)}", payload=payload)
        return
    withdraw_held(change, row.document, row.holder, kind="assigned")
    slot = _free_slot(change, row, row.holder)
    put_notice(change, row.document, row.holder, kind="assigned", slot=slot, payload=payload, wait=wait)


def _head(change: Change, unit: UnitId | None) -> PersonId | None:
    """The head of a unit; where none is named, whoever of the unit is a head by duty, if it is one person."""
    row = change.session.get(UnitRow, unit) if unit else None
    if row is None or row.head:
        return row.head if row else None
    asked = select(PersonRow.id).where(PersonRow.unit == unit, PersonRow.duty == Duty.UNIT_HEAD)
    heads = change.session.scalars(asked).all()
    return heads[0] if len(heads) == 1 else None


def _due_told(change: Change, row: AssignmentRow) -> str | None:
    """Another day for this line that a letter to its holder may have named already; None for none."""
    asked = (
        select(NoticeRow)
        .where(
            NoticeRow.document == row.document,
            NoticeRow.kind == "assigned",
            NoticeRow.recipient == row.holder,
            or_(NoticeRow.state == "sent", NoticeRow.attempts > 0, NoticeRow.lease_until.is_not(None)),
        )
        .order_by(NoticeRow.id.desc())
    )
    told = (one.payload for one in change.session.scalars(asked))
    last: str | None = next((one["due"] for one in told if one.get("line") == row.line), None)
    return last if row.due and last != row.due.isoformat() else None


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
        role=row.role,
        person=row.person,
        unit=row.unit,
        due=row.due,
        basis=basis_from_json(row.basis) if row.basis else None,
        outer=row.outer_due,
        because=because_of(row.because),
    )


def _rows(change: Change, document: DocumentRow) -> Sequence[AssignmentRow]:
    asked = select(AssignmentRow).where(AssignmentRow.document == document.id).order_by(AssignmentRow.line)
    return change.session.scalars(asked).all()


def _clear(change: Change, document: DocumentRow) -> None:
    change.session.execute(delete(AssignmentRow).where(AssignmentRow.document == document.id))


APPLIERS: Appliers = {DocumentAssigned: assign}
