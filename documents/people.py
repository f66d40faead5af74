"""The office's people and units, as routing and notices see them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", str)
UnitId = NewType("UnitId", str)


class Duty(StrEnum):
    """What a person may do in the system (vai trò)."""

    CLERK = "clerk"
    """Văn thư."""
    OFFICER = "officer"
    """Chuyên viên."""
    UNIT_HEAD = "unit_head"
    """Trưởng phòng."""
    LEADER = "leader"
    """Lãnh đạo."""
    SUPERVISOR = "supervisor"
    """Thanh tra, giám sát: reads everything, changes nothing."""
    ADMIN = "admin"
    """Quản trị."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasDays:
    """The days on which an alias is one; `since` and `until` are inclusive, None is open."""

    alias: str
    since: dt.date | None = None
    until: dt.date | None = None

    def is_valid(self, on: dt.date) -> bool:
        """Whether the alias counts on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit (phòng, ban, văn phòng) of the office with the short forms people write."""

    id: UnitId
    name: str
    aliases: tuple[str, ...] = ()
    head: PersonId | None = None
    alias_days: tuple[AliasDays, ...] = ()
    """Of those aliases that were not always one."""

    def aliases_on(self, day: dt.date) -> tuple[str, ...]:
        """The aliases that count on that day."""
        return _aliases_on(self.aliases, self.alias_days, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A person of the office. `since` and `until` are inclusive days of service; None is open."""

    id: PersonId
    name: str
    duty: Duty = Duty.OFFICER
    unit: UnitId | None = None
    title: str | None = None
    email: str | None = None
    aliases: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    alias_days: tuple[AliasDays, ...] = ()
    """Of those aliases that were not always one."""

    def aliases_on(self, day: dt.date) -> tuple[str, ...]:
        """The aliases that count on that day."""
        return _aliases_on(self.aliases, self.alias_days, day)

    def is_active(self, on: dt.date) -> bool:
        """Whether the person serves on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Directory:
    """All units and people of the office (danh bạ), those who have left included."""

    units: tuple[Unit, ...] = ()
    people: tuple[Officer, ...] = ()
    office_name: str = ""
    office_aliases: tuple[str, ...] = field(default=())
    """Other names of this office, as stamps carry them."""

    def person(self, person: PersonId) -> Officer | None:
        """The person with that id."""
        return next((p for p in self.people if p.id == person), None)

    def unit(self, unit: UnitId) -> Unit | None:
        """The unit with that id."""
        return next((u for u in self.units if u.id == unit), None)

    def active(self, on: dt.date) -> tuple[Officer, ...]:
        """People serving on that day."""
        return tuple(p for p in self.people if p.is_active(on))


def _aliases_on(aliases: tuple[str, ...], days: tuple[AliasDays, ...], on: dt.date) -> tuple[str, ...]:
    if not days:
        return aliases
    out = {one.alias for one in days if not one.is_valid(on)}
    return tuple(alias for alias in aliases if alias not in out)
