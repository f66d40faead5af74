"""Apply the leader's hand: directions are audit lines, choices of names are counted, aliases are added."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.direction import AliasAdopted, DirectionGiven, NameChosen, NameHabit
from documents.people import AliasDays, PersonId, UnitId
from documents.text import fold
from registry.change import Appliers, Change, look_only
from registry.organisation import count_directory_change, keep_aliases, names_in
from registry.tables import NameChoiceRow, PersonRow, UnitRow

_UNIT_MARK = "unit:"


def choose_name(event: NameChosen, change: Change) -> None:
    """Count one more choice of that name."""
    change.document(event.document)
    key = _key(event.written)
    row = change.session.get(NameChoiceRow, (key, event.chosen))
    if row is None:
        row = NameChoiceRow(key=key, chosen=event.chosen, written=event.written, times=0)
        change.session.add(row)
    row.times += 1


def adopt_alias(event: AliasAdopted, change: Change) -> None:
    """Write the name into the directory; said twice, it stands there once."""
    session = change.session
    row: PersonRow | UnitRow | None
    if event.chosen.startswith(_UNIT_MARK):
        row = session.get(UnitRow, UnitId(event.chosen.removeprefix(_UNIT_MARK)))
    else:
        row = session.get(PersonRow, PersonId(event.chosen))
    if row is not None and event.written not in names_in(row.aliases):
        days = AliasDays(alias=event.written, since=event.since, until=event.until)
        row.aliases = [*row.aliases, *keep_aliases((event.written,), (days,))]
        count_directory_change(change)


def list_habits(session: Session, written: str | None = None) -> tuple[NameHabit, ...]:
    """What names were taken for, the most chosen first; of one name only when `written` is given."""
    asked = select(NameChoiceRow)
    if written is not None:
        asked = asked.where(NameChoiceRow.key == _key(written))
    rows = session.scalars(asked).all()
    among = _totals(rows)
    habits = (
        NameHabit(written=row.written, chosen=row.chosen, times=row.times, among=among[row.key])
        for row in rows
    )
    return tuple(sorted(habits, key=lambda one: (-one.times, one.written, one.chosen)))


def _totals(rows: Iterable[NameChoiceRow]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for row in rows:
        totals[row.key] = totals.get(row.key, 0) + row.times
    return totals


def _key(written: str) -> str:
    """Names that differ in marks and letter case only are one name as written by many hands."""
    return fold(written)[:64]


APPLIERS: Appliers = {
    DirectionGiven: look_only,
    NameChosen: choose_name,
    AliasAdopted: adopt_alias,
}
