"""Absence and delegation: who stands in for whom, from when until when, for which work, by what paper.

A delegation is bounded in time and subject and is never passed on. Source: Decree 30/2020/NĐ-CP, article
13, clause 3 (signing by delegation); the same is asked of directions given in another's place.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NewType

from documents.events import Event
from documents.people import PersonId, UnitId

DelegationId = NewType("DelegationId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a delegation's scope is held against: the document's type and secrecy, the unit of the line."""

    doc_type: str | None = None
    secrecy: str | None = None
    unit: UnitId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """One person stands in for another.

    Attributes:
        giver: Who is away.
        taker: Who stands in.
        since: First day.
        until: Last day, inclusive; it ends by itself.
        instrument: The paper it rests on, e.g. `Giấy ủy quyền số 12/GUQ-STTTT`.
        doc_types: Only documents of these types; empty for all.
        unit: Only the lines of this unit; None for all of the giver's work.
        with_secret: Documents that bear a secrecy mark are in it too.
    """

    id: DelegationId
    giver: PersonId
    taker: PersonId
    since: dt.date
    until: dt.date
    instrument: str
    doc_types: tuple[str, ...] = ()
    unit: UnitId | None = None
    with_secret: bool = False

    def is_in_force(self, on: dt.date) -> bool:
        """Whether it counts on that day."""
        return self.since <= on <= self.until

    def shares_days(self, other: Delegation) -> bool:
        """Whether there is a day on which both count."""
        return self.since <= other.until and other.since <= self.until

    def covers(self, matter: Matter) -> bool:
        """Whether the work lies within its scope."""
        types = {one.casefold() for one in self.doc_types}
        return (
            (not types or (matter.doc_type or "").casefold() in types)
            and (self.unit is None or self.unit == matter.unit)
            and (self.with_secret or not matter.secrecy)
        )

    def shares_scope(self, other: Delegation) -> bool:
        """Whether some work could lie within both scopes."""
        mine, theirs = ({t.casefold() for t in one.doc_types} for one in (self, other))
        return (not mine or not theirs or bool(mine & theirs)) and (
            self.unit is None or other.unit is None or self.unit == other.unit
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationSaved(Event):
    """A delegation was entered."""

    delegation: Delegation


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationEnded(Event):
    """A delegation ends sooner than it said; a last day before its first means that it never counts."""

    delegation: DelegationId
    until: dt.date
