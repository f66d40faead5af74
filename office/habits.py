"""What names as written were taken for by people: offered as an alias, accepted by a person, on record."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from documents.direction import AliasAdopted, NameHabit
from documents.errors import Missing, Refused, UnknownRecipient
from documents.events import PersonSaved, UnitSaved
from documents.people import AliasDays, Directory, Officer, PersonId, UnitId
from documents.text import tidy
from office.office import Office, local_day
from office.staff import find_person, read_name
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


class AliasEndsFirst(Refused):
    """The last day of an alias comes before its first."""

    message = "Bí danh “{alias}”: ngày cuối {until} đứng trước ngày đầu {since}."
    advice = "Ghi lại hai ngày; bỏ trống một ngày thì bí danh dùng từ trước hoặc dùng mãi."


def list_offers(office: Office, *, now: dt.datetime) -> tuple[NameHabit, ...]:
    """Habits that a person may make an alias: often, clear, of somebody serving, not an alias yet."""
    with office.view() as view:
        directory = view.directory()
        return tuple(habit for habit in view.name_habits() if _is_offered(habit, directory, local_day(now)))


def accept_offer(
    office: Office,
    written: str,
    chosen: str,
    *,
    by: Officer | str,
    now: dt.datetime,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> NameHabit:
    """Make a habit an alias, with the figures it rests on; it counts from `since` to `until`, None is open.

    Raises:
        NoHabit: it is not on offer (any more).
        AliasEndsFirst: the last day comes before the first.
    """
    _require_order(written, since, until)
    actor = by.id if isinstance(by, Officer) else by
    with office.registry.book(actor, now) as book:
        directory = book.directory()
        for habit in book.name_habits(written):
            if habit.chosen == chosen and _is_offered(habit, directory, local_day(now)):
                book.record(
                    AliasAdopted(
                        written=tidy(habit.written),
                        chosen=chosen,
                        times=habit.times,
                        among=habit.among,
                        since=since,
                        until=until,
                    )
                )
                return habit
    raise NoHabit(written=written[:80], chosen=chosen[:64])


def set_alias(
    office: Office,
    who: str,
    alias: str,
    *,
    since: dt.date | None,
    until: dt.date | None,
    by: str,
    now: dt.datetime,
) -> None:
    """Say from when to when a name as written means a person or a unit (`unit:` and its id); None is open.

    Raises:
        NoSuchPerson, UnknownRecipient: nobody has that id, no unit has it.
        AliasEndsFirst: the last day comes before the first.
        BadName: the alias is empty, too long, or holds letters nobody sees.
    """
    written = read_name(alias)
    _require_order(written, since, until)
    days = AliasDays(alias=written, since=since, until=until)
    with office.registry.book(by, now) as book:
        directory = book.directory()
        if who.startswith(_UNIT_MARK):
            unit = directory.unit(UnitId(who.removeprefix(_UNIT_MARK)))
            if unit is None:
                raise UnknownRecipient(who=who)
            bounded = _bounded(unit.alias_days, days)
            book.record(
                UnitSaved(unit=replace(unit, aliases=_added(unit.aliases, written), alias_days=bounded))
            )
        else:
            person = find_person(directory, who)
            bounded = _bounded(person.alias_days, days)
            book.record(
                PersonSaved(
                    person=replace(person, aliases=_added(person.aliases, written), alias_days=bounded)
                )
            )


def _added(aliases: tuple[str, ...], alias: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*aliases, alias)))


def _bounded(known: tuple[AliasDays, ...], days: AliasDays) -> tuple[AliasDays, ...]:
    others = tuple(one for one in known if one.alias != days.alias)
    return (*others, days) if days.since or days.until else others


def _require_order(alias: str, since: dt.date | None, until: dt.date | None) -> None:
    if since and until and until < since:
        raise AliasEndsFirst(alias=alias, since=f"{since:%d/%m/%Y}", until=f"{until:%d/%m/%Y}")


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
