"""What registering would do, as the panel *Sẽ chuyển* says it: who, by when, why, what stands against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.web.showing import key_of
from documents.decisions import Assignee, Role
from documents.errors import Trouble

if TYPE_CHECKING:
    from office.foresee import Foresight
    from office.views import DocumentView


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """A recipient line that registering would make.

    `is_chosen` tells that a person chose it: the office had not proposed that person in that role.
    """

    role: Role
    name: str
    due: dt.date | None
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The lines with the reasons, the number to be spent, and what is to be looked at first."""

    lines: tuple[PlannedLine, ...]
    because: tuple[str, ...] = ()
    number: int | None = None
    trouble: Trouble | None = None
    """Why it cannot be done as it stands."""
    doubts: tuple[str, ...] = ()

    @property
    def has_lead(self) -> bool:
        """Whether somebody leads."""
        return any(line.role is Role.LEAD for line in self.lines)

    @property
    def is_chosen(self) -> bool:
        """Whether anything of it is the clerk's word and not the office's proposal."""
        return any(line.is_chosen for line in self.lines)


def proposed_plan(view: DocumentView) -> Plan:
    """What would happen with the office's own proposal, before the clerk has touched anything."""
    lead = next((a for a in view.row.record.proposal if a.role is Role.LEAD), None)
    return Plan(
        lines=_lines(view.row.record.proposal, view),
        because=tuple(b.text for b in lead.because) if lead else (),
        number=None if view.number_trouble else view.next_number,
        trouble=view.number_trouble,
    )


def foreseen_plan(foresight: Foresight, view: DocumentView) -> Plan:
    """What would happen with the form as it stands now."""
    return Plan(
        lines=_lines(foresight.lines, view),
        because=foresight.because,
        number=foresight.number,
        trouble=foresight.number_trouble,
        doubts=foresight.doubts,
    )


def _lines(lines: Iterable[Assignee], view: DocumentView) -> tuple[PlannedLine, ...]:
    proposed = {(a.role, key_of(a.person, a.unit)) for a in view.row.record.proposal}
    return tuple(
        PlannedLine(
            role=line.role,
            name=_name(line, view.names),
            due=line.due,
            is_chosen=(line.role, key_of(line.person, line.unit)) not in proposed,
        )
        for line in sorted(lines, key=lambda one: list(Role).index(one.role))
    )


def _name(line: Assignee, names: Mapping[str, str]) -> str:
    return names.get(str(line.person or line.unit), "?")
