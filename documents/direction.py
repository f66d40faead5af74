"""The leader's hand: directions, and the habits that names show over time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from documents.events import DocumentEvent, Event
from documents.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionGiven(DocumentEvent):
    """A leader said who does what (bút phê); whoever entered it is the actor of the audit line."""

    said_by: PersonId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameChosen(DocumentEvent):
    """A person said who is meant by a name that the directory alone could not settle.

    `chosen` is a person's id, or `unit:` and a unit's id.
    """

    written: str
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasAdopted(Event):
    """A person accepted that a written name always means the same one, having been chosen so often.

    `chosen` as in `NameChosen`; `times` of `among` choices of that name fell on it. `since` and `until` are
    the days on which it counts, inclusive; None is open.
    """

    written: str
    chosen: str
    times: int
    among: int
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHabit:
    """How often a written name meant one person or unit, of how many choices."""

    written: str
    chosen: str
    times: int
    among: int
