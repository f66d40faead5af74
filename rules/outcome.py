"""What a table makes of one paper, without the words: whom it names, by which row, and what it would ask.

`rules.route` tells a decision with every reason; this says the same of the table's part alone and is fast
enough to ask of every document an office ever registered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from documents.decisions import Role
from documents.people import Directory
from rules.names import NameMatch
from rules.rows import Consultation, Hit, Row, Target

IsThere: TypeAlias = Callable[[Target], bool]
"""Whether somebody serves, or a unit exists, on the day in question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Whom a table gives one paper to; people and units as in `Target.reference`.

    Attributes:
        row: The row that gives the lead: the default's when no other does.
        lead: None where the clerk must say who leads, or where the names of the stamp decide that.
        support: Who supports, in the table's order.
        inform: Who is informed.
        deadline: The row whose days count; None when the office's default must.
        also: Ids of further rows that hold and name another lead; the first has taken it from them.
        unknown: Ids of rows above that could not be judged.
    """

    row: Row
    lead: str | None
    support: tuple[str, ...]
    inform: tuple[str, ...]
    deadline: Row | None
    also: tuple[str, ...]
    unknown: tuple[str, ...]


def by_table(said: Consultation, named: Sequence[NameMatch], is_there: IsThere) -> Outcome:
    """The table's part of a decision.

    Args:
        said: What the table says of the paper.
        named: The names of the stamp; those not marked *để biết* decide who leads and supports.
        is_there: Who counts; a target that is not there gets nothing.
    """
    lead = said.lead.row.lead
    if is_by_names(named):
        taken = [match.reference for match in named if match.reference]
        hits = [hit for hit in said.collected if not hit.row.is_default]
        return _outcome(said, None, (), _collect(hits, Role.INFORM, taken, is_there))
    leads = lead.reference if lead and is_there(lead) else None
    informed = [match.reference for match in named if match.reference and match.reference != leads]
    taken = [*informed, *([leads] if leads else [])]
    support = _collect(said.collected, Role.SUPPORT, taken, is_there)
    inform = _collect(said.collected, Role.INFORM, [*taken, *support], is_there)
    return _outcome(said, leads, support, (*dict.fromkeys(informed), *inform))


def is_by_names(named: Iterable[NameMatch]) -> bool:
    """Whether the names of the stamp decide who leads, so that the table is not asked for it."""
    return any(match.role_mark is not Role.INFORM for match in named)


def serving(directory: Directory, on: dt.date) -> IsThere:
    """Who serves on a day, looked up at once instead of for each name."""
    people = {person.id for person in directory.people if person.is_active(on)}
    units = {unit.id for unit in directory.units}
    return lambda target: target.person in people if target.unit is None else target.unit in units


def _outcome(
    said: Consultation, lead: str | None, support: tuple[str, ...], inform: tuple[str, ...]
) -> Outcome:
    return Outcome(
        row=said.lead.row,
        lead=lead,
        support=support,
        inform=inform,
        deadline=said.deadline,
        also=tuple(
            hit.row.id
            for hit in said.collected
            if hit.row.lead and not hit.row.is_default and hit.row.lead != said.lead.row.lead
        ),
        unknown=tuple(hit.row.id for hit in said.unknown),
    )


def _collect(hits: Iterable[Hit], role: Role, taken: Iterable[str], is_there: IsThere) -> tuple[str, ...]:
    found: dict[str, None] = {}
    before = set(taken)
    for hit in hits:
        for target in hit.row.support if role is Role.SUPPORT else hit.row.inform:
            if target.reference not in before and is_there(target):
                found[target.reference] = None
    return tuple(found)
