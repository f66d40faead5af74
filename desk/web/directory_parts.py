"""What the pages of the directory have in common: addresses, what is typed, whom there is to choose."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import quote

from desk.web.answer import Typed
from desk.web.tongue import tr
from documents.people import Directory, Duty, PersonId
from office import directory
from office.office import names_of

_BETWEEN = re.compile(r"[,;\n]")


def person_address(person_id: str) -> str:
    """The address of a person's page."""
    return f"/danh-ba/nguoi/{quote(person_id, safe='')}"


def unit_address(unit_id: str) -> str:
    """The address of a unit's page."""
    return f"/danh-ba/don-vi/{quote(unit_id, safe='')}"


def typed_duty(typed: Typed) -> Duty:
    """The duty chosen; an officer's where none was."""
    said = typed.get("vai_tro", "")
    return Duty(said) if said in set(Duty) else Duty.OFFICER


def typed_list(text: str) -> tuple[str, ...]:
    """What stands between commas, semicolons and line ends."""
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())


def choices_of(known: Directory, *, today: dt.date, but: PersonId | None = None) -> dict[str, Any]:
    """What the pages of the directory have in common: names, units, people to choose from."""
    return {
        "today": today,
        "names": names_of(known),
        "units": sorted(known.units, key=lambda u: u.name.casefold()),
        "choices": directory.people_to_choose(known, today=today, but=but),
        "say": tr,
    }
