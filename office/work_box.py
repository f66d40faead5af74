"""A person's work: what to do, what came back, what to know, what to answer, and what waits for somebody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from documents.lines import OPEN_STATES, LineState
from documents.people import Officer
from documents.reading import FieldName
from documents.record import AssignmentRecord, DocumentRecord
from documents.status import DocumentId
from documents.wording import shown
from office.office import Office, local_day, working_calendar
from office.policy import CLERKS, reach_of
from office.queries import working_days_left
from office.steps import StepName, steps_on
from registry import work_box as rows
from registry.absence import load_delegations
from registry.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One line of a box. `days_left` counts working days to its day, negative when late, None without one."""

    record: DocumentRecord
    line: AssignmentRecord
    number_symbol: str
    issuer: str
    subject: str
    days_left: int | None
    stands_in_for: str | None = None
    """Name of whom the holder stands in for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkBox:
    """What concerns a person.

    Attributes:
        todo: Their open lines, the soonest due first, those without a day last.
        returned: Open lines that were given back to them, or taken up again.
        inform: What they are to know, unread first.
        asking: Lines for which a later day is asked that they may answer.
        waiting: For clerks: lines that wait to be given to somebody.
    """

    todo: tuple[WorkItem, ...] = ()
    returned: tuple[WorkItem, ...] = ()
    inform: tuple[WorkItem, ...] = ()
    asking: tuple[WorkItem, ...] = ()
    waiting: tuple[WorkItem, ...] = ()


MOST_INFORMED = 100
"""Of what is for information only the newest is shown once it was read."""


def work_box(office: Office, person: Officer, *, now: dt.datetime) -> WorkBox:
    """What concerns a person today."""
    today = local_day(now)
    with office.view() as view:
        delegations = load_delegations(view, today)
        mine = rows.lines_held_by(view, person.id)
        todo = [one for one in mine if one[1].state in OPEN_STATES and not one[1].returned]
        returned = [one for one in mine if one[1].state in OPEN_STATES and one[1].returned]
        inform = [one for one in mine if one[1].state not in OPEN_STATES]
        asking = [
            (document, line)
            for document, line in rows.lines_asking(view)
            if StepName.GRANT in steps_on(view, document, line, person, delegations, on=today)
        ]
        reach = reach_of(person, view.directory(), on=today, delegations=delegations)
        waiting = rows.lines_without_anybody(view, reach) if person.duty in CLERKS else ()
        return WorkBox(
            todo=_items(view, todo, today),
            returned=_items(view, returned, today),
            inform=_informed(_items(view, inform, today)),
            asking=_items(view, asking, today),
            waiting=_items(view, list(waiting), today),
        )


def _items(
    view: View, found: list[tuple[DocumentId, AssignmentRecord]], today: dt.date
) -> tuple[WorkItem, ...]:
    """Lines with what people know their documents by, the soonest due first."""
    fields = view.fields_of([document for document, _ in found])
    directory, calendar = view.directory(), working_calendar(view)

    def item(document: DocumentId, line: AssignmentRecord) -> WorkItem:
        known = fields.get(document, {})

        def text(name: FieldName) -> str:
            return shown(known[name].value) if name in known and known[name].value else ""

        stood_in_for = directory.person(line.stands_in_for) if line.stands_in_for else None
        record = view.document(document)
        return WorkItem(
            record=record,
            line=line,
            number_symbol=text(FieldName.NUMBER_SYMBOL),
            issuer=text(FieldName.ISSUER),
            subject=text(FieldName.SUBJECT) or record.file_name,
            days_left=working_days_left(calendar, today, line.due) if line.due else None,
            stands_in_for=stood_in_for.name if stood_in_for else None,
        )

    made = [item(document, line) for document, line in found]
    return tuple(sorted(made, key=lambda one: (one.line.due or dt.date.max, one.record.received_at)))


def _informed(items: tuple[WorkItem, ...]) -> tuple[WorkItem, ...]:
    """Unread first, then the newest."""
    newest = sorted(items, key=lambda one: one.record.received_at, reverse=True)
    unread = [one for one in newest if one.line.state is LineState.INFORM]
    read = [one for one in newest if one.line.state is not LineState.INFORM]
    return (*unread, *read[:MOST_INFORMED])
