"""Loads, waiting times, and the machine against the hand: figures of what `office.watch` looked at."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from documents.absence import Delegation
from documents.people import PersonId
from office.watch import NOBODY, Kind, Watched, Which, chosen, lines_chosen, passages_chosen
from office.working_time import nearest_rank
from registry.watch import OpenLine, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a person or a unit has. `who` is an id or `NOBODY`; `longest` is the line held longest."""

    who: str
    name: str
    note: str
    open: int
    overdue: int
    longest: OpenLine
    held: dt.timedelta
    """Working time for which the holder has had it."""
    away: Delegation | None = None
    taker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long a step took, in working time: the middle one, and what nine of ten stayed within."""

    kind: Kind
    count: int
    median: dt.timedelta | None
    most: dt.timedelta | None
    """90 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Machine against hand, of documents registered in the period."""

    total: int
    alone: int
    untouched: int
    corrected: int
    fields: tuple[tuple[str, int], ...]
    """What was corrected, the most often corrected first: a field's name, or `RECIPIENTS`."""


def count(watched: Watched, kind: Kind) -> int:
    """How many rows of that kind there are."""
    return len(chosen(watched, Which(kind=kind)))


def loads_of_people(watched: Watched) -> tuple[Load, ...]:
    """What each holder has, the most first; lines that nobody holds stand last."""
    return _loads(watched, lambda line: line.holder or NOBODY, by_unit=False)


def loads_of_units(watched: Watched) -> tuple[Load, ...]:
    """What each unit has, the most first."""
    return _loads(watched, lambda line: watched.unit_of(line) or NOBODY, by_unit=True)


def waits(watched: Watched) -> tuple[Wait, ...]:
    """Waiting times by step, of documents registered in the period."""
    between = watched.clock.between

    def registering(one: Passage) -> dt.timedelta:
        return between(one.received_at, one.registered_at)

    def accepting(one: Passage) -> dt.timedelta:
        return between(one.registered_at, one.accepted_at or one.registered_at)

    def finishing(one: Passage) -> dt.timedelta:
        return between(one.accepted_at or watched.now, one.done_at or watched.now)

    return (
        _wait(watched, Kind.REGISTERED, registering),
        _wait(watched, Kind.ACCEPTED, accepting),
        _wait(watched, Kind.DONE, finishing),
    )


def hands(watched: Watched) -> Hands:
    """How many documents passed without a correction, and what was corrected most."""
    mine = {one.document for one in watched.passages}
    fields = Counter(name for one, names in watched.corrected.items() if one in mine for name in names)
    return Hands(
        total=count(watched, Kind.REGISTERED),
        alone=count(watched, Kind.ALONE),
        untouched=count(watched, Kind.UNTOUCHED),
        corrected=count(watched, Kind.CORRECTED),
        fields=tuple(sorted(fields.items(), key=lambda one: (-one[1], one[0]))),
    )


def _wait(watched: Watched, kind: Kind, span: Callable[[Passage], dt.timedelta]) -> Wait:
    spans = sorted(span(one) for one in passages_chosen(watched, Which(kind=kind)))
    return Wait(kind=kind, count=len(spans), median=nearest_rank(spans, 0.5), most=nearest_rank(spans, 0.9))


def _loads(watched: Watched, key: Callable[[OpenLine], str], *, by_unit: bool) -> tuple[Load, ...]:
    groups: dict[str, list[OpenLine]] = {}
    for line in watched.lines:
        groups.setdefault(key(line), []).append(line)
    late = set(lines_chosen(watched, Which(kind=Kind.OVERDUE)))
    found = [_load(watched, who, lines, late, by_unit=by_unit) for who, lines in groups.items()]
    return tuple(sorted(found, key=lambda one: (one.who == NOBODY, -one.open, -one.overdue, one.name)))


def _load(watched: Watched, who: str, lines: list[OpenLine], late: set[OpenLine], *, by_unit: bool) -> Load:
    directory = watched.directory
    longest = min(lines, key=lambda line: (watched.held_since(line), line.document, line.line))
    units = {str(unit.id): unit.name for unit in directory.units}
    person = None if by_unit else directory.person(PersonId(who))
    away = next((one for one in watched.away if person and one.giver == person.id), None)
    taker = directory.person(away.taker) if away else None
    return Load(
        who=who,
        name=units.get(who, "") if by_unit else person.name if person else "",
        note=units.get(str(person.unit), "") if person else "",
        open=len(lines),
        overdue=sum(line in late for line in lines),
        longest=longest,
        held=watched.clock.between(watched.held_since(longest), watched.now),
        away=away,
        taker=taker.name if taker else "",
    )
