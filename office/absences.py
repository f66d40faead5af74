"""Absences as people enter them at the desk: their own, others' by who may; what moves is shown before.

The rules of a delegation and the moving of work are `office.delegations` and `office.absence`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from documents.absence import Delegation, DelegationId
from documents.errors import NotAllowed
from documents.lines import OPEN_STATES
from documents.people import Directory, Duty, Officer, PersonId, UnitId
from office import policy
from office.absence import matter_of, rightful_holder
from office.delegations import BadDelegation, NoSuchDelegation, add_delegation, end_delegation, why_not
from office.directory import Held, held_document
from office.office import Office, local_day
from office.phrase import Phrase
from office.policy import Act
from office.staff import find_person
from office.typed import plain
from registry.absence import documents_to_settle, load_delegations
from registry.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceWish:
    """A delegation as somebody wants it: ids as chosen, the rest as in `documents.absence.Delegation`."""

    giver: str
    taker: str
    since: dt.date
    until: dt.date
    instrument: str
    doc_types: tuple[str, ...] = ()
    unit: str | None = None
    with_secret: bool = False


def may_manage_absence(by: Officer, giver: Officer, directory: Directory) -> bool:
    """Whether somebody may enter and end the absences of `giver`: their own, or others' by duty and unit."""
    return by.id == giver.id or _refusal(by, giver.id, directory) is None


def giver_of(office: Office, number: int) -> PersonId:
    """Who is away by the delegation of that number.

    Raises:
        NoSuchDelegation: there is none by that number.
    """
    with office.view() as view:
        return _numbered(load_delegations(view), number).giver


def preview_absence(office: Office, wish: AbsenceWish, *, by: Officer, now: dt.datetime) -> tuple[Held, ...]:
    """Open work that would move to who stands in, as of its first day; nothing is recorded.

    Raises:
        NotAllowed: somebody else's absence, and the duty does not include it.
        NoSuchPerson: the giver or the taker is not in the directory.
        BadDelegation: it cannot stand, with the reason.
    """
    _require(office, by, wish.giver, now, taker=wish.taker)
    today = local_day(now)
    with office.view() as view:
        directory = view.directory()
        one = Delegation(
            id=DelegationId(0),
            giver=find_person(directory, wish.giver).id,
            taker=find_person(directory, wish.taker).id,
            since=wish.since,
            until=wish.until,
            instrument=plain(wish.instrument),
            doc_types=tuple(filter(None, map(plain, wish.doc_types))),
            unit=UnitId(wish.unit) if wish.unit else None,
            with_secret=wish.with_secret,
        )
        known = load_delegations(view, min(wish.since, today))
        if why := why_not(one, known, directory, today):
            raise BadDelegation(why=why)
        return _moves(view, (*known, one), one.giver, directory, max(one.since, today), by, now)


def enter_absence(
    office: Office, wish: AbsenceWish, *, by: Officer, now: dt.datetime
) -> tuple[Delegation, int]:
    """Enter a delegation; see `delegations.add_delegation`.

    Raises:
        NotAllowed: somebody else's absence, and the duty does not include it.
        BadDelegation: it cannot stand, with the reason.
    """
    _require(office, by, wish.giver, now, taker=wish.taker)
    return add_delegation(
        office,
        giver=wish.giver,
        taker=wish.taker,
        since=wish.since,
        until=wish.until,
        instrument=wish.instrument,
        doc_types=wish.doc_types,
        unit=wish.unit,
        with_secret=wish.with_secret,
        by=by.id,
        now=now,
    )


def preview_end(
    office: Office, number: int, last_day: dt.date | None, *, by: Officer, now: dt.datetime
) -> tuple[Held, ...]:
    """Open work that would come back today if the delegation ended after `last_day` (None: before today).

    Raises:
        NoSuchDelegation: there is none by that number.
        NotAllowed: somebody else's, and the duty does not include it.
    """
    today = local_day(now)
    with office.view() as view:
        known = load_delegations(view)
        one = _numbered(known, number)
        _require(office, by, one.giver, now)
        until = last_day or today - dt.timedelta(1)
        ended = tuple(replace(d, until=min(d.until, until)) if d is one else d for d in known)
        return _moves(view, ended, one.giver, view.directory(), today, by, now)


def end_absence(
    office: Office, number: int, last_day: dt.date | None, *, by: Officer, now: dt.datetime
) -> tuple[Delegation, int]:
    """End a delegation sooner; see `delegations.end_delegation`.

    Raises:
        NoSuchDelegation: there is none by that number.
        NotAllowed: somebody else's, and the duty does not include it.
        BadDelegation: it is over already, or that day is not before the one it ends on.
    """
    with office.view() as view:
        one = _numbered(load_delegations(view), number)
    _require(office, by, one.giver, now)
    return end_delegation(office, number, last_day, by=by.id, now=now)


def _moves(
    view: View,
    delegations: Iterable[Delegation],
    giver: PersonId,
    directory: Directory,
    on: dt.date,
    by: Officer,
    now: dt.datetime,
) -> tuple[Held, ...]:
    """Open lines of `giver` whose holder on that day is another one than now."""
    known = tuple(delegations)
    found = []
    for document in documents_to_settle(view, [giver]):
        for line in view.assignments(document):
            if line.state not in OPEN_STATES or giver not in (line.holder, line.stands_in_for):
                continue
            right = rightful_holder(line, matter_of(view, document, line.unit), known, directory, on)
            if right.holder != line.holder:
                heir = directory.person(right.holder) if right.holder else None
                held = held_document(view, document, by, now)
                found.append(replace(held, to=heir.name if heir else None))
    return tuple(found)


def _numbered(known: Iterable[Delegation], number: int) -> Delegation:
    found = next((one for one in known if one.id == number), None)
    if found is None:
        raise NoSuchDelegation(id=number)
    return found


def _require(office: Office, by: Officer, giver: str, now: dt.datetime, *, taker: str | None = None) -> None:
    if by.id == giver:
        return
    with office.view() as view:
        policy.require(view, by, Act.MANAGE_ABSENCES, on=local_day(now))
        if refusal := _refusal(by, PersonId(giver), view.directory(), taker=taker):
            raise NotAllowed(why=refusal)


def _refusal(
    by: Officer, giver: PersonId, directory: Directory, *, taker: str | None = None
) -> Phrase | None:
    """Why not: a head answers for their unit only, and nobody takes over from above by their own word."""
    if refusal := policy.refusal_by_duty(by, Act.MANAGE_ABSENCES):
        return refusal
    away = directory.person(giver)
    leads = by.duty is Duty.LEADER or bool(away and away.unit in policy.units_led_by(by, directory))
    if by.duty is Duty.UNIT_HEAD and not leads:
        return Phrase("trưởng đơn vị chỉ ghi vắng mặt của người trong đơn vị mình")
    if taker == by.id and not leads:
        return Phrase("không ai tự ghi mình thay người khác, trừ người phụ trách của người vắng")
    return None
