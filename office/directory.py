"""The directory as its pages show it: people by unit, one person, one unit, and how each came to be so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from documents.absence import Delegation, DelegationSaved
from documents.direction import AliasAdopted
from documents.errors import Missing
from documents.events import PersonSaved, UnitSaved
from documents.lines import OPEN_STATES
from documents.people import Directory, Duty, Officer, PersonId, Unit, UnitId
from documents.reading import FieldName
from documents.status import DocumentId
from documents.text import nfc, visible
from office import sight
from office.absence import matter_of, rightful_holder
from office.directory_history import Happened, told_of_person, told_of_unit
from office.office import Office, local_day, names_of
from office.staff import find_person, units_headed_by
from registry.absence import load_delegations, open_documents_of
from registry.directory_history import list_mentions
from registry.view import View


class UnknownUnit(Missing):
    """No unit by that id; said to a reader of pages."""

    message = "Danh bạ không có đơn vị nào mang mã “{id}”."
    advice = "Xem lại danh bạ: đơn vị có thể đã ghi dưới mã khác."


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person in the list: who stands in for them and until when, and for whom they stand in."""

    person: Officer
    away: tuple[Delegation, ...]
    """In force today or still to come, by their first day."""
    stands_in: tuple[Delegation, ...]
    """In force today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGroup:
    """A unit with its people; `unit` is None for those of no unit."""

    unit: Unit | None
    head: Officer | None
    lines: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A document with open work, and who gets it; no subject when the reader may not open it."""

    document: DocumentId
    name: str
    subject: str | None
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """What is known of one person; `names` says who is meant by the ids in it."""

    person: Officer
    unit: Unit | None
    headed: tuple[Unit, ...]
    given: tuple[Delegation, ...]
    taken: tuple[Delegation, ...]
    held: tuple[Held, ...]
    history: tuple[Happened, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """What is known of one unit."""

    unit: Unit
    head: Officer | None
    people: tuple[Officer, ...]
    history: tuple[Happened, ...]
    names: Mapping[str, str]


def group_people(office: Office, *, today: dt.date) -> tuple[tuple[UnitGroup, ...], tuple[Officer, ...]]:
    """Those who serve by unit, head first, leaders above all units; and those who have left or not begun."""
    with office.view() as view:
        directory = view.directory()
        delegations = load_delegations(view, today)
    serving = directory.active(today)
    known = {unit.id for unit in directory.units}
    units: list[Unit | None] = [*sorted(directory.units, key=lambda u: u.name.casefold())]
    alone = [p for p in serving if p.unit not in known]
    if alone:
        units.insert(0 if any(p.duty is Duty.LEADER for p in alone) else len(units), None)
    groups = tuple(
        UnitGroup(
            unit=unit,
            head=directory.person(unit.head) if unit and unit.head else None,
            lines=tuple(
                _line(p, delegations, today)
                for p in sorted(serving, key=lambda p: _rank(p, unit))
                if (p.unit == unit.id if unit else p.unit not in known)
            ),
        )
        for unit in units
    )
    left = tuple(p for p in directory.people if p.until and p.until < today)
    coming = tuple(p for p in directory.people if p.since and p.since > today)
    return groups, (*coming, *left)


def show_person(office: Office, person_id: str, *, reader: Officer, now: dt.datetime) -> PersonPage:
    """Everything about one person that `reader` may see.

    Raises:
        NoSuchPerson: nobody has that id.
    """
    with office.view() as view:
        directory = view.directory()
        person = find_person(directory, person_id)
        delegations = load_delegations(view)
        names = names_of(directory)
        kinds = (PersonSaved, AliasAdopted, DelegationSaved)
        lines = list_mentions(view, person.id, [kind.__name__ for kind in kinds])
        return PersonPage(
            person=person,
            unit=directory.unit(person.unit) if person.unit else None,
            headed=units_headed_by(directory, person.id),
            given=tuple(d for d in delegations if d.giver == person.id),
            taken=tuple(d for d in delegations if d.taker == person.id),
            held=tuple(held_document(view, one, reader, now) for one in open_documents_of(view, person.id)),
            history=tuple(told_of_person(lines, person.id, names)),
            names=names,
        )


def show_unit(office: Office, unit_id: str, *, today: dt.date) -> UnitPage:
    """Everything about one unit.

    Raises:
        UnknownUnit: no unit has that id.
    """
    with office.view() as view:
        directory = view.directory()
        unit = directory.unit(UnitId(nfc(unit_id).strip()))
        if unit is None:
            raise UnknownUnit(id=visible(unit_id[:80]))
        names = names_of(directory)
        saved = list_mentions(view, unit.id, [UnitSaved.__name__])
        adopted = list_mentions(view, f"unit:{unit.id}", [AliasAdopted.__name__])
        lines = sorted((*saved, *adopted), key=lambda line: line.seq)
        return UnitPage(
            unit=unit,
            head=directory.person(unit.head) if unit.head else None,
            people=tuple(
                p
                for p in sorted(directory.active(today), key=lambda p: _rank(p, unit))
                if p.unit == unit.id or p.id == unit.head
            ),
            history=tuple(told_of_unit(lines, unit.id, names)),
            names=names,
        )


def preview_leave(
    office: Office, person_id: str, last_day: dt.date, *, reader: Officer, now: dt.datetime
) -> tuple[Held, ...]:
    """Open work of a person, each with who holds it on the day after their last one; nothing is recorded.

    Raises:
        NoSuchPerson: nobody has that id.
    """
    after = max(last_day + dt.timedelta(1), local_day(now))
    with office.view() as view:
        before = view.directory()
        person = find_person(before, person_id)
        gone = replace(person, until=last_day)
        directory = replace(before, people=tuple(gone if p is person else p for p in before.people))
        delegations = load_delegations(view, after)
        found = []
        for document in open_documents_of(view, person.id):
            for line in view.assignments(document):
                if line.state not in OPEN_STATES or person.id not in (line.holder, line.stands_in_for):
                    continue
                matter = matter_of(view, document, line.unit)
                right = rightful_holder(line, matter, delegations, directory, after)
                heir = directory.person(right.holder) if right.holder else None
                found.append(
                    replace(held_document(view, document, reader, now), to=heir.name if heir else None)
                )
        return tuple(found)


def held_document(view: View, document: DocumentId, reader: Officer, now: dt.datetime) -> Held:
    """A document by its number; its subject only for who may open it."""
    record = view.document(document)
    subject = None
    if sight.may_open(view, record, reader, now=now):
        reading = view.fields(document).get(FieldName.SUBJECT)
        subject = str(reading.value) if reading and reading.value else record.file_name
    return Held(document=document, name=record.entry.name if record.entry else "", subject=subject)


def _line(person: Officer, delegations: Iterable[Delegation], today: dt.date) -> PersonLine:
    counting = [one for one in delegations if one.since <= one.until and one.until >= today]
    return PersonLine(
        person=person,
        away=tuple(one for one in counting if one.giver == person.id),
        stands_in=tuple(one for one in counting if one.taker == person.id and one.is_in_force(today)),
    )


_ORDER = (Duty.LEADER, Duty.UNIT_HEAD)


def _rank(person: Officer, unit: Unit | None) -> tuple[bool, int, str]:
    place = _ORDER.index(person.duty) if person.duty in _ORDER else len(_ORDER)
    return not (unit and unit.head == person.id), place, person.name.split()[-1].casefold()


def people_to_choose(directory: Directory, *, today: dt.date, but: PersonId | None = None) -> list[Officer]:
    """Those who serve and do work, by name, for a list to choose from."""
    return sorted(
        (p for p in directory.active(today) if p.id != but and p.duty is not Duty.SUPERVISOR),
        key=lambda p: p.name.split()[-1].casefold(),
    )
