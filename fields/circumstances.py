"""What the checks may lean on besides the paper: the day, the directory, the office and its book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from documents.people import Directory
from documents.record import BookState
from fields.agencies import AgencyDirectory


def nobody_known(_: str) -> tuple[str, ...]:
    """No signer of any agency: what a bare reading knows."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """The office on the day of reading.

    `office_names` are the names this office bears in arrival stamps, the first being its full name.
    `books` maps a year to the state of its incoming register; None when there is no book at hand (a bare
    `read`), so that an arrival number cannot be compared with anything. `received_on` is the civil day the
    file came in; None when not known. `staff` are the people and units to whom a stamp can pass the paper on,
    those who have left included; empty when no office is at hand. `signers_of` tells who has signed earlier
    documents of an agency, by its full name, as the register has them.
    """

    today: dt.date
    agencies: AgencyDirectory
    office_names: tuple[str, ...] = ()
    books: Mapping[int, BookState] | None = None
    received_on: dt.date | None = None
    staff: Directory = field(default_factory=Directory)
    signers_of: Callable[[str], tuple[str, ...]] = nobody_known
