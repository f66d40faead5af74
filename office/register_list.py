"""The lines of the register on the screen, page by page: what was asked for, as far as the reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from documents.people import Officer, Unit
from documents.register import RegisterAsk
from office import sight
from office.book import line_of
from office.office import INCOMING, Office, local_day, working_calendar
from office.queries import working_days_left
from office.views import RegisterLine
from registry.book_lines import load_facts
from registry.book_search import find_lines

LINES = 50
"""Lines of a page."""
MOST_COUNTED = 200
"""More lines than this are said to be more; nobody counts on through a million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """A page of the register.

    Attributes:
        lines: At most `LINES` of them, the newest first.
        days_left: Working days to the soonest due day, by number; those without open work are not in it.
        count: How many lines there are from here on, at most `MOST_COUNTED`.
        has_more: Whether there are even more than `count`.
        following: Where the next page begins (`RegisterAsk.before`), None on the last one.
        held: How many numbers of the year are held back; `next_number` is the one to be given next.
        people: Whom one may ask for, and `units`.
    """

    lines: tuple[RegisterLine, ...]
    days_left: dict[int, int]
    count: int
    has_more: bool
    following: int | None
    next_number: int
    held: int
    people: tuple[Officer, ...]
    units: tuple[Unit, ...]


def register_page(office: Office, ask: RegisterAsk, *, reader: Officer, now: dt.datetime) -> RegisterPage:
    """Return a page of the register of a year, as this person may see it."""
    reach, today = sight.reach_of(office, reader, now=now), local_day(now)
    with office.view() as view:
        rows = find_lines(view, INCOMING, ask, reach, MOST_COUNTED + 1)
        page = _page(rows)
        facts = load_facts(view, rows[:page], reach)
        lines = tuple(line_of(one) for one in facts)
        calendar, state, directory = (
            working_calendar(view),
            view.book_state(INCOMING, ask.year),
            view.directory(),
        )
    return RegisterPage(
        lines=lines,
        days_left={
            line.entry.number: working_days_left(calendar, today, line.due)
            for line in lines
            if line.due and line.state == "taken" and not line.is_hidden
        },
        count=min(len(rows), MOST_COUNTED),
        has_more=len(rows) > MOST_COUNTED,
        following=rows[page - 1].place if len(rows) > page else None,
        next_number=state.next_number,
        held=len(state.held),
        people=directory.active(today),
        units=directory.units,
    )


def _page(rows: Sequence[Any]) -> int:
    """How many of them make a page; lines of one document are not parted, or the next page misses some."""
    end = min(LINES, len(rows))
    while 0 < end < len(rows) and rows[end].place == rows[end - 1].place:
        end += 1
    return end
