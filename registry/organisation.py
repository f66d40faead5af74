"""The office itself: its names, units, people and settings, and the sweeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from documents.events import (
    OfficeNamed,
    PersonSaved,
    SettingChanged,
    SweepFinished,
    UnitSaved,
)
from documents.people import AliasDays, Directory, Officer, Unit
from registry.change import Appliers, Change
from registry.heartbeats import beat
from registry.tables import (
    KeptAlias,
    OfficeRow,
    PersonRow,
    SessionRow,
    SettingRow,
    SweepRow,
    UnitRow,
)


@dataclass(slots=True)
class KeptDirectory:
    """The directory as last loaded, under its version: it changes seldom and is asked for at every turn."""

    held: tuple[int, Directory] | None = None


KEPT = "directory"
"""Where a session's `info` has the `KeptDirectory` of its registry."""


def recall_directory(session: Session) -> Directory:
    """The directory as committed, from memory when no event has changed it since it was loaded."""
    kept: KeptDirectory = session.info[KEPT]
    version, held = session.scalar(select(OfficeRow.directory_version)) or 0, kept.held
    if held is None or held[0] != version:
        # In one step, so that no other thread sees the version of one with the people of another.
        kept.held = held = (version, load_directory(session))
    return held[1]


def load_directory(session: Session) -> Directory:
    """All units and people, those who have left included, and the office's names."""
    office = session.get(OfficeRow, 1)
    return Directory(
        units=tuple(
            Unit(
                id=row.id,
                name=row.name,
                aliases=names_in(row.aliases),
                head=row.head,
                alias_days=days_in(row.aliases),
            )
            for row in session.scalars(select(UnitRow).order_by(UnitRow.id))
        ),
        people=tuple(_officer(row) for row in session.scalars(select(PersonRow).order_by(PersonRow.id))),
        office_name=office.name if office else "",
        office_aliases=tuple(office.aliases) if office else (),
    )


def name_office(event: OfficeNamed, change: Change) -> None:
    """The office's name as its stamp carries it."""
    row = office_row(change)
    row.name, row.aliases, row.parent = event.name, list(event.aliases), event.parent
    count_directory_change(change)


def save_unit(event: UnitSaved, change: Change) -> None:
    """A unit, new or changed."""
    unit = event.unit
    row = UnitRow(
        id=unit.id, name=unit.name, aliases=keep_aliases(unit.aliases, unit.alias_days), head=unit.head
    )
    change.session.merge(row)
    count_directory_change(change)


def save_person(event: PersonSaved, change: Change) -> None:
    """A person, new or changed; a new password, or none to serve for, ends every session."""
    person = event.person
    row = change.session.get(PersonRow, person.id)
    if row is None:
        row = PersonRow(id=person.id)
        change.session.add(row)
    row.name, row.duty, row.unit, row.title = person.name, person.duty, person.unit, person.title
    row.email, row.aliases = person.email, keep_aliases(person.aliases, person.alias_days)
    row.since, row.until = person.since, person.until
    count_directory_change(change)
    if event.login is not None:
        row.login = event.login.strip().lower()
    if event.password_hash is not None:
        row.password_hash = event.password_hash
        change.session.execute(delete(SessionRow).where(SessionRow.person == person.id))


def change_setting(event: SettingChanged, change: Change) -> None:
    """A setting of the office; its history is in the audit."""
    change.session.merge(SettingRow(name=event.name, value=event.value))


def finish_sweep(event: SweepFinished, change: Change) -> None:
    """The newest run of a sweep; it counts as its heartbeat too."""
    change.session.merge(SweepRow(name=event.name, at=change.now, found=event.found))
    beat(change.session, f"sweep:{event.name}", change.now)


def _officer(row: PersonRow) -> Officer:
    return Officer(
        id=row.id,
        name=row.name,
        duty=row.duty,
        unit=row.unit,
        title=row.title,
        email=row.email,
        aliases=names_in(row.aliases),
        since=row.since,
        until=row.until,
        alias_days=days_in(row.aliases),
    )


def keep_aliases(aliases: Iterable[str], days: Iterable[AliasDays]) -> list[KeptAlias]:
    """Aliases as their column keeps them: a name, or a name with its first and last day."""
    bounded = {one.alias: one for one in days}
    return [
        [alias, *(day.isoformat() if day else None for day in (one.since, one.until))]
        if (one := bounded.get(alias)) and (one.since or one.until)
        else alias
        for alias in aliases
    ]


def names_in(kept: Iterable[KeptAlias]) -> tuple[str, ...]:
    """The aliases themselves, in the order in which they were given."""
    return tuple(one if isinstance(one, str) else str(one[0]) for one in kept)


def days_in(kept: Iterable[KeptAlias]) -> tuple[AliasDays, ...]:
    """The days of those aliases that were not always one."""
    return tuple(
        AliasDays(
            alias=str(one[0]),
            since=dt.date.fromisoformat(one[1]) if one[1] else None,
            until=dt.date.fromisoformat(one[2]) if one[2] else None,
        )
        for one in kept
        if not isinstance(one, str)
    )


def count_directory_change(change: Change) -> None:
    """Let every directory that is kept in memory be loaded anew."""
    office_row(change).directory_version += 1


def office_row(change: Change) -> OfficeRow:
    """The one row of the office, made when it is first written."""
    row = change.session.get(OfficeRow, 1)
    if row is None:
        row = OfficeRow(id=1, name="", aliases=[], calendar_version=0, directory_version=0)
        change.session.add(row)
    return row


APPLIERS: Appliers = {
    OfficeNamed: name_office,
    UnitSaved: save_unit,
    PersonSaved: save_person,
    SettingChanged: change_setting,
    SweepFinished: finish_sweep,
}
