"""What names as written were taken for by people: offered as an alias, accepted by a person, on record."""

from __future__ import annotations

import datetime as dt

from documents.direction import AliasAdopted, NameHabit
from documents.errors import Missing
from documents.people import Directory, Officer, PersonId, UnitId
from documents.text import tidy
from office.office import Office, local_day
from rules.conditions import same_words

LEAST_TIMES = 5
"""Choices before a habit is offered at all."""
LEAST_SHARE = 0.8
"""Of all choices of that name; a name that means several people is no habit."""
_UNIT_MARK = "unit:"


class NoHabit(Missing):
    """That name has not been taken for this person or unit often enough to offer it."""

    message = "“{written}” chưa được chọn là {chosen} đủ nhiều để đề nghị làm bí danh."
    advice = "Xem các đề nghị: congvan people aliases; ghi thẳng bí danh: congvan people change MÃ --alias"


def list_offers(office: Office, *, now: dt.datetime) -> tuple[NameHabit, ...]:
    """Habits that a person may make an alias: often, clear, of somebody serving, not an alias yet."""
    with office.view() as view:
        directory = view.directory()
        return tuple(habit for habit in view.name_habits() if _is_offered(habit, directory, local_day(now)))


def accept_offer(
    office: Office, written: str, chosen: str, *, by: Officer | str, now: dt.datetime
) -> NameHabit:
    """Make a habit an alias, with the figures it rests on.

    Raises:
        NoHabit: it is not on offer (any more).
    """
    actor = by.id if isinstance(by, Officer) else by
    with office.registry.book(actor, now) as book:
        directory = book.directory()
        for habit in book.name_habits(written):
            if habit.chosen == chosen and _is_offered(habit, directory, local_day(now)):
                book.record(
                    AliasAdopted(
                        written=tidy(habit.written), chosen=chosen, times=habit.times, among=habit.among
                    )
                )
                return habit
    raise NoHabit(written=written[:80], chosen=chosen[:64])


def _is_offered(habit: NameHabit, directory: Directory, on: dt.date) -> bool:
    if habit.times < LEAST_TIMES or habit.times < LEAST_SHARE * habit.among:
        return False
    aliases = _aliases(habit.chosen, directory, on)
    return aliases is not None and same_words(habit.written) not in {same_words(one) for one in aliases}


def _aliases(chosen: str, directory: Directory, on: dt.date) -> tuple[str, ...] | None:
    """The aliases of somebody serving, or of a unit; None when they are not there."""
    if chosen.startswith(_UNIT_MARK):
        unit = directory.unit(UnitId(chosen.removeprefix(_UNIT_MARK)))
        return unit.aliases if unit else None
    person = directory.person(PersonId(chosen))
    return person.aliases if person and person.is_active(on) else None
