"""Issuing agencies that an office knows beside those that come with the project."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NewType

from documents.events import Event

AgencyId = NewType("AgencyId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAgency:
    """An issuing agency of the office's own directory.

    Attributes:
        id: Its number, never used again.
        name: Its full name, as its papers print it.
        abbreviation: Its short name in symbols (`PCTN` of `12/CV-PCTN`); may be empty.
        parent: The full name of the body directly above it; may be empty.
        since: The first day it existed under this name; None is open.
        until: The last such day; None is open.
    """

    id: AgencyId
    name: str
    abbreviation: str = ""
    parent: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySaved(Event):
    """An agency of the office's own was entered, or changed under the same number."""

    agency: OwnAgency
