"""Apply what officers do with their recipient lines: each step changes one line and tells who must know.

Who may do what was decided before; here only what can happen at all is let through: a line that is there, in
a state in which the event can happen. The document's status follows its lead line.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from documents.decisions import Because, Ground, Role
from documents.errors import LineChanged
from documents.lines import DueBasis, DueKind, LineState
from documents.people import PersonId
from documents.wording import LINE_STATE_LABELS
from documents.work import (
    STATE_AFTER,
    STATES_BEFORE,
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    LineAccepted,
    LineEvent,
    LineFinished,
    LineHandedOn,
    LineMoved,
    LineRead,
    LineReassigned,
    LineReopened,
    LineReturned,
    ProgressReported,
    state_after_return,
)
from registry.change import Appliers, Change
from registry.moves import follow_lead
from registry.outbox import put_notice, tell_clerks
from registry.plain import because_as_json
from registry.routing import tell_holder
from registry.tables import AssignmentRow


def accept(event: LineAccepted, change: Change) -> None:
    """The holder takes the work on; why it was once given back is no longer of interest."""
    row = _line(event, change)
    row.accepted_at, row.returned = change.now, None
    _set_state(event, row, STATE_AFTER[type(event)], change)


def hand_on(event: LineHandedOn, change: Change) -> None:
    """Somebody else holds it now, who is told; it will come back to whose right it was handed on in."""
    row = _line(event, change)
    if row.holder is not None:
        row.handed_by = [*row.handed_by, row.stands_in_for or row.holder]
    row.holder, row.stands_in_for = event.to, event.stands_in_for
    row.direction, row.returned = event.direction, None
    if event.due:
        _order(row, event.due)
    _set_state(event, row, STATE_AFTER[type(event)], change)
    _tell(event, row, change, kind="handed_on", to=[event.to], direction=event.direction)


def give_back(event: LineReturned, change: Change) -> None:
    """It goes back to the person, whose chain of handing on ends there, or it waits for the clerks."""
    row = _line(event, change)
    row.returned, row.asked_due, row.asked_reason = event.reason, None, None
    if event.to is not None:
        back = event.stands_in_for or event.to
        chain = list(row.handed_by)
        row.handed_by = chain[: len(chain) - 1 - chain[::-1].index(back)] if back in chain else []
        row.holder, row.stands_in_for = event.to, event.stands_in_for
    _set_state(event, row, state_after_return(event.to), change)
    _tell(event, row, change, kind="returned", to=[event.to] if event.to else None, reason=event.reason)


def reassign(event: LineReassigned, change: Change) -> None:
    """A new line in the place of the old one, with its role and its day; who had it is told."""
    row = _line(event, change)
    document = change.document(event.document)
    document.lines += 1
    because = Because(Ground.PERSON, f"Giao lại: {event.reason}")
    new = AssignmentRow(
        document=row.document,
        line=document.lines,
        role=row.role,
        person=event.person,
        unit=event.unit,
        holder=event.holder,
        stands_in_for=event.stands_in_for,
        due=row.due,
        basis=row.basis,
        outer_due=row.outer_due,
        state=LineState.OPEN,
        because=[*row.because, *because_as_json([because])],
        calendar_version=row.calendar_version,
        assigned_at=change.now,
        handed_by=[],
    )
    change.session.delete(row)
    change.session.flush()
    change.session.add(new)
    if new.role is Role.LEAD:
        follow_lead(document, LineState.OPEN)
    tell_holder(change, new)
    if row.state != LineState.RETURNED and row.holder not in (None, event.holder):
        _tell(event, new, change, kind="moved", to=[row.holder], reason=event.reason, before=row.holder)


def move(event: LineMoved, change: Change) -> None:
    """Another holder, or none; the state of the work stays what it is, and both are told."""
    row = _line(event, change)
    before = row.holder
    row.holder, row.stands_in_for = event.to, event.stands_in_for
    told = [one for one in dict.fromkeys((event.to, before)) if one is not None]
    _tell(event, row, change, kind="moved", to=told, reason=event.reason, before=before)
    if event.to is None:
        _tell(event, row, change, kind="unheld", to=None, reason=event.reason, before=before)


def ask_extension(event: ExtensionAsked, change: Change) -> None:
    """Who may answer is told; with nobody there, the clerks, so that it does not wait unseen."""
    row = _line(event, change)
    row.asked_due, row.asked_reason = event.wanted, event.reason
    wanted = event.wanted.isoformat()
    outer = row.outer_due.isoformat() if row.outer_due else None
    to = list(event.asked_of) or None
    _tell(event, row, change, kind="extension_asked", to=to, reason=event.reason, wanted=wanted, outer=outer)


def grant_extension(event: ExtensionGranted, change: Change) -> None:
    """A day that a person set, which no calendar moves; the reason stands with the others."""
    row = _line(event, change)
    _order(row, event.due)
    row.asked_due = row.asked_reason = None
    said = f"Hạn đổi thành {event.due:%d/%m/%Y}" + (f": {event.reason}" if event.reason else ".")
    row.because = [*row.because, *because_as_json([Because(Ground.PERSON, said)])]
    _answer(event, row, change, granted=True, reason=event.reason)


def refuse_extension(event: ExtensionRefused, change: Change) -> None:
    """The day stays; who asked learns why."""
    row = _line(event, change)
    row.asked_due = row.asked_reason = None
    _answer(event, row, change, granted=False, reason=event.reason)


def report_progress(event: ProgressReported, change: Change) -> None:
    """The newest word stands on the line; earlier ones are in the history."""
    _line(event, change).progress = event.note


def finish(event: LineFinished, change: Change) -> None:
    """Done; whoever handed it on, or is stood in for, is told what came of it."""
    row = _line(event, change)
    row.result, row.reply = event.result, event.reply
    row.asked_due = row.asked_reason = None
    _set_state(event, row, STATE_AFTER[type(event)], change)
    givers = [*row.handed_by[-1:], *([row.stands_in_for] if row.stands_in_for else [])]
    to = [one for one in dict.fromkeys(givers) if one != change.actor]
    _tell(event, row, change, kind="finished", to=to, result=event.result, reply=event.reply)


def reopen(event: LineReopened, change: Change) -> None:
    """The same holder goes on with it; its result is part of the history only."""
    row = _line(event, change)
    row.result = row.reply = None
    row.returned = event.reason
    _set_state(event, row, STATE_AFTER[type(event)], change)
    to = [row.holder] if row.holder and row.holder != change.actor else []
    _tell(event, row, change, kind="returned", to=to, reason=event.reason)


def note_read(event: LineRead, change: Change) -> None:
    """Who was to know has looked."""
    _set_state(event, _line(event, change), STATE_AFTER[type(event)], change)


# ── inside ───────────────────────────────────────────────────────────────────────────────────────────────


def _line(event: LineEvent, change: Change) -> AssignmentRow:
    """The row of the event's line.

    Raises:
        NoSuchDocument: there is no such document.
        LineChanged: it has no such line any more, or the line is past that.
    """
    change.document(event.document)
    row = change.session.get(AssignmentRow, (event.document, event.line))
    if row is None or row.role is not event.role:
        raise LineChanged(now="không còn ở văn bản này")
    if row.state not in STATES_BEFORE[type(event)]:
        raise LineChanged(now=LINE_STATE_LABELS[LineState(row.state)])
    return row


def _set_state(event: LineEvent, row: AssignmentRow, state: LineState, change: Change) -> None:
    row.state = state
    if row.role is Role.LEAD:
        follow_lead(change.document(event.document), state)


def _order(row: AssignmentRow, due: dt.date) -> None:
    row.due, row.basis = due, DueBasis(kind=DueKind.ORDERED, start=due).as_json()


def _answer(
    event: ExtensionGranted | ExtensionRefused,
    row: AssignmentRow,
    change: Change,
    *,
    granted: bool,
    reason: str,
) -> None:
    to = [row.holder] if row.holder and row.holder != change.actor else []
    _tell(event, row, change, kind="extension_answered", to=to, granted=granted, reason=reason)


def _tell(
    event: LineEvent,
    row: AssignmentRow,
    change: Change,
    *,
    kind: str,
    to: list[PersonId] | None,
    **facts: Any,
) -> None:
    """Put a notice for each of `to`; None means the clerks. Its slot is the line and the audit number."""
    payload = {
        "line": row.line,
        "role": row.role.value,
        "unit": row.unit,
        "due": row.due.isoformat() if row.due else None,
        "holder": row.holder,
        "stands_in_for": row.stands_in_for,
        "by": change.actor,
        "behalf": event.behalf,
        **facts,
    }
    slot = f"{row.line}:{change.seq}"
    if to is None:
        tell_clerks(change, row.document, kind=kind, slot=slot, payload=payload)
    for one in to or ():
        put_notice(change, row.document, one, kind=kind, slot=slot, payload=payload)


APPLIERS: Appliers = {
    LineAccepted: accept,
    LineHandedOn: hand_on,
    LineReturned: give_back,
    LineReassigned: reassign,
    LineMoved: move,
    ExtensionAsked: ask_extension,
    ExtensionGranted: grant_extension,
    ExtensionRefused: refuse_extension,
    ProgressReported: report_progress,
    LineFinished: finish,
    LineReopened: reopen,
    LineRead: note_read,
}
