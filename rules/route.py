"""Choose who gets a document: the names of the stamp, which are the leader's direction; else the table.

Nothing is decided on an ambiguous name. What is left to ask comes back as questions, and the clerk's answers
come in again through `answers`. Whether the fields themselves were checked is not judged here: a document
with a doubtful routing field goes to a person anyway (`Reading.needs_review`). Only a table row that leans
on any *other* unchecked field is asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from documents.decisions import Assignee, Deadline, Role, Routing
from documents.people import Directory
from documents.reading import Reading
from documents.text import tidy
from rules.by_names import by_names, choose_lead, name_people
from rules.by_table import by_table, lead_of_table
from rules.case import Case, Spoken, with_head
from rules.rows import RoutingTable, Row


def choose_assignees(
    reading: Reading,
    table: RoutingTable,
    directory: Directory,
    *,
    on: dt.date,
    first_named_leads: bool,
    answers: Mapping[str, str] | None = None,
    spoken: Spoken | None = None,
) -> Routing:
    """Return who leads, supports and is informed, with reasons, or what must be asked first.

    Args:
        reading: Its `arrival_forwarded_to` outranks the table.
        table: The routing table in force.
        directory: The office's people and units.
        on: The arrival day: who serves then, and which rows are valid.
        first_named_leads: The office's setting for several names without a mark.
        answers: The clerk's word: a name as written to a person's id (or `unit:` and a unit's id, or empty
            when nobody is meant), and `lead` to whoever leads.
        spoken: A leader's direction whose names stand in `arrival_forwarded_to` instead of the stamp's.

    Returns:
        A decision, or with questions a proposal. Topics: `arrival_forwarded_to` (who is meant by `about`),
        `lead` (who leads). Candidates are person ids, or `unit:` and a unit's id.
    """
    case = Case(
        reading,
        directory,
        on,
        table.consult(reading, on),
        {tidy(written): chosen for written, chosen in (answers or {}).items()},
        first_named_leads,
        spoken,
    )
    named = name_people(case)
    if spoken or any(one.match.role_mark is not Role.INFORM for one in named):
        return by_names(named, with_head(choose_lead(named, case), case), case)
    return by_table(named, with_head(lead_of_table(case), case), case)


def apply_deadline(routing: Routing, deadline: Deadline) -> Routing:
    """Give each lead and support line its day, unless it was ordered its own; who is informed has none."""
    return replace(routing, assignees=tuple(_dated(one, deadline) for one in routing.assignees))


def _dated(line: Assignee, deadline: Deadline) -> Assignee:
    if line.role is Role.INFORM:
        return line
    if line.due is not None:
        return replace(line, outer=line.outer or deadline.outer)
    return replace(line, due=deadline.due, basis=deadline.basis, outer=deadline.outer)


def find_row(reading: Reading, table: RoutingTable, *, on: dt.date) -> Row | None:
    """The row whose days count for this reading on that day, for `set_deadline`."""
    return table.row_for(reading, on)
