"""The history of routing: who was given what, moved by whom, when and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.decisions import Role
from documents.people import Directory, Officer, PersonId
from documents.reach import Reach
from documents.record import AuditLine
from documents.status import DocumentId
from office import policy
from office.office import Office, local_day
from office.watch import Ask
from registry import watch as rows
from registry.absence import load_delegations
from registry.view import View

MOST_LINES = 2000
"""Lines of the audit looked at for one page: the newest of the period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Work came to somebody. `to` and `by` are ids (`to` empty: to the clerks); `by` may be the machine."""

    at: dt.datetime
    event: str
    by: str
    behalf: str
    document: DocumentId
    role: Role
    to: str
    unit: str
    why: str


def moves(
    office: Office, reader: Officer, ask: Ask, *, person: str = "", now: dt.datetime
) -> tuple[Move, ...]:
    """What moved in a period, newest first: within reach, of one unit or person when asked."""
    with office.view() as view:
        return load_moves(view, reader, ask, person=person, now=now)


def load_moves(
    view: View, reader: Officer, ask: Ask, *, person: str = "", now: dt.datetime
) -> tuple[Move, ...]:
    """The same, in a view that is open already."""
    today, directory = local_day(now), view.directory()
    reach = policy.reach_of(reader, directory, on=today, delegations=load_delegations(view, today))
    found = (
        move
        for line in rows.moves(view, reach, ask.period, MOST_LINES)
        for move in moves_of(line)
        if _is_theirs(move, reach, directory)
    )
    return tuple(
        move
        for move in found
        if (not person or person in (move.by, move.to, move.behalf))
        and (ask.unit is None or ask.unit in _units(move, directory))
    )


def moves_of(line: AuditLine) -> Iterator[Move]:
    """What one line of the audit moved: a document passed on moves once for each recipient."""
    told = line.payload
    for given in told["assignees"] if line.event == "DocumentAssigned" else (told,):
        yield Move(
            at=line.at,
            event=line.event,
            by=line.actor,
            behalf=told.get("behalf") or "",
            document=line.document or DocumentId(""),
            role=Role(given.get("role", Role.LEAD)),
            to=given.get("holder") or given.get("person") or given.get("to") or "",
            unit=given.get("unit") or "",
            why=given.get("reason") or given.get("direction") or _ground(given.get("because") or ()),
        )


def _ground(because: Sequence[Mapping[str, Any]]) -> str:
    """What the machine went by: the rule where one spoke, else the last step of its reasons."""
    rules = [one["text"] for one in because if one.get("ground") == "rule"]
    return str(rules[0] if rules else because[-1]["text"] if because else "")


def _units(move: Move, directory: Directory) -> set[str]:
    people = (directory.person(PersonId(one)) for one in (move.to, move.by) if one)
    return {move.unit, *(str(one.unit) for one in people if one)} - {"", "None"}


def _is_theirs(move: Move, reach: Reach, directory: Directory) -> bool:
    people = reach.people | reach.stands_in_for
    return (
        reach.everything
        or bool({move.to, move.by} & people)
        or bool(_units(move, directory) & {str(unit) for unit in reach.units})
    )
