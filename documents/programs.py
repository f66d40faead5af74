"""Keys by which other programs of the office ask and act in somebody's name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from documents.events import DocumentEvent, Event
from documents.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramKey:
    """A program's key as it stands; the key itself is known to the program only.

    Attributes:
        id: Names it: the first letters of its hash.
        person: In whose name it asks: it may what that person may.
        name: What the program is, in the office's words.
        writes: Whether it may also act, not only read.
        until: The last day on which it opens anything.
        revoked: Whether it was taken back.
    """

    id: str
    person: PersonId
    name: str
    writes: bool
    until: dt.date
    made_at: dt.datetime
    used_at: dt.datetime | None = None
    revoked: bool = False

    def is_good(self, on: dt.date) -> bool:
        """Whether it opens anything on that day."""
        return not self.revoked and on <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramKeyMade(Event):
    """A program was given a key; only the key's hash is kept."""

    person: PersonId
    name: str
    token_hash: str
    writes: bool
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramKeyRevoked(Event):
    """A program's key opens nothing any more."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramAsked(DocumentEvent):
    """A program asked for a document, or to take a step on it, in somebody's name.

    `what` is `open`, `file`, `page`, or the step; whether it was allowed the lines after it tell.
    """

    key: str
    what: str
