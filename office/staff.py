"""The directory: people and units, added and changed with a record."""

from __future__ import annotations

import datetime as dt

from documents.events import PersonSaved, UnitSaved
from documents.people import Directory, Duty, Officer, PersonId, Unit, UnitId
from documents.text import tidy
from office.office import Office
from office.passwords import hash_password, new_password


def list_people(office: Office) -> Directory:
    """The whole directory."""
    with office.view() as view:
        return view.directory()


def add_person(
    office: Office,
    *,
    person_id: str,
    name: str,
    duty: Duty,
    unit: str | None,
    email: str | None,
    title: str | None,
    aliases: tuple[str, ...],
    by: str,
    now: dt.datetime,
) -> str | None:
    """Add or change a person; a new one gets a one-time password, which is returned."""
    with office.registry.book(by, now) as book:
        known = book.directory().person(PersonId(person_id))
        password = None if known else new_password()
        book.record(
            PersonSaved(
                person=Officer(
                    id=PersonId(person_id),
                    name=tidy(name),
                    duty=duty,
                    unit=UnitId(unit) if unit else None,
                    title=title,
                    email=email,
                    aliases=tuple(tidy(a) for a in aliases),
                ),
                login=person_id,
                password_hash=hash_password(password) if password else None,
            )
        )
    return password


def add_unit(
    office: Office,
    *,
    unit_id: str,
    name: str,
    aliases: tuple[str, ...],
    head: str | None,
    by: str,
    now: dt.datetime,
) -> None:
    """Add or change a unit."""
    with office.registry.book(by, now) as book:
        book.record(
            UnitSaved(
                unit=Unit(
                    id=UnitId(unit_id),
                    name=tidy(name),
                    aliases=tuple(tidy(a) for a in aliases),
                    head=PersonId(head) if head else None,
                )
            )
        )
