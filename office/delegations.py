"""Delegations entered and ended: who stands in for whom, on which paper.

A delegation is bounded in time and subject, rests on an instrument, and is never passed on. Source: Decree
30/2020/NĐ-CP, article 13, clause 3.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from documents.absence import Delegation, DelegationEnded, DelegationSaved
from documents.errors import Missing, Refused
from documents.people import Directory, Duty, Officer, PersonId, UnitId
from documents.text import nfc, visible
from office.absence import follow_document
from office.office import Office, local_day
from office.phrase import Phrase
from office.typed import plain
from registry.absence import documents_to_settle, load_delegations, next_delegation

LONGEST_INSTRUMENT = 300
LONGEST_DAYS = 366
"""A delegation is bounded in time: longer than a year is a slip of the year, or needs another paper."""


class BadDelegation(Refused):
    """A delegation that cannot stand: its days, its people, or another one beside it."""

    message = "Không ghi được ủy quyền này: {why}."
    advice = "Sửa rồi ghi lại; xem những ủy quyền đã có: congvan people absence list"


class NoSuchDelegation(Missing):
    """No delegation by that number."""

    message = "Không có ủy quyền số {id}."
    advice = "Xem số ở cột đầu: congvan people absence list"


def list_delegations(office: Office) -> tuple[Delegation, ...]:
    """Every delegation ever entered, by its first day."""
    with office.view() as view:
        return load_delegations(view)


def add_delegation(
    office: Office,
    *,
    giver: str,
    taker: str,
    since: dt.date,
    until: dt.date,
    instrument: str,
    doc_types: tuple[str, ...] = (),
    unit: str | None = None,
    with_secret: bool = False,
    by: str,
    now: dt.datetime,
) -> tuple[Delegation, int]:
    """Enter a delegation; what is in force already takes effect at once.

    Returns:
        The delegation, and how many open lines moved.

    Raises:
        BadDelegation: it cannot stand, with the reason.
    """
    with office.registry.book(by, now) as book:
        directory, today = book.directory(), local_day(now)
        one = Delegation(
            id=next_delegation(book),
            giver=_person(directory, giver).id,
            taker=_person(directory, taker).id,
            since=since,
            until=until,
            instrument=_instrument(instrument),
            doc_types=tuple(filter(None, (plain(t) for t in doc_types))),
            unit=_unit(directory, unit),
            with_secret=with_secret,
        )
        if why := why_not(one, load_delegations(book, min(since, today)), directory, today):
            raise BadDelegation(why=why)
        book.record(DelegationSaved(delegation=one))
        moved = sum(follow_document(book, document) for document in documents_to_settle(book, [one.giver]))
    return one, moved


def end_delegation(
    office: Office, delegation: int, last_day: dt.date | None, *, by: str, now: dt.datetime
) -> tuple[Delegation, int]:
    """End a delegation sooner: after `last_day`, or with None so that it does not count today any more.

    Returns:
        The delegation as it now is, and how many open lines moved back.

    Raises:
        NoSuchDelegation: there is none by that number.
        BadDelegation: it is over already, or that day is not before the one it ends on.
    """
    with office.registry.book(by, now) as book:
        today = local_day(now)
        known = next((one for one in load_delegations(book) if one.id == delegation), None)
        if known is None:
            raise NoSuchDelegation(id=delegation)
        until = last_day or today - dt.timedelta(1)
        if until >= known.until or until < today - dt.timedelta(1):
            raise BadDelegation(
                why=Phrase("ngày cuối mới phải từ hôm qua trở đi và trước {day}", day=_day(known.until))
            )
        book.record(DelegationEnded(delegation=known.id, until=until))
        moved = sum(follow_document(book, document) for document in documents_to_settle(book, [known.giver]))
    return replace(known, until=until), moved


def why_not(
    new: Delegation, known: Iterable[Delegation], directory: Directory, today: dt.date
) -> Phrase | None:
    """Why a delegation cannot stand beside the others; None when it can.

    Nobody stands in for somebody while away themselves (*không ủy quyền tiếp*): so there are neither chains
    nor circles, and each line has one person who answers for it.
    """
    giver, taker = directory.person(new.giver), directory.person(new.taker)
    if giver is None or taker is None or new.giver == new.taker:
        return Phrase("người vắng và người thay phải là hai người trong danh bạ")
    if new.until < new.since or new.until < today:
        return Phrase("ngày cuối {until} đã qua hoặc đứng trước ngày đầu", until=_day(new.until))
    if (new.until - new.since).days > LONGEST_DAYS:
        return Phrase("dài quá một năm; ghi từng năm theo từng văn bản")
    for person in (giver, taker):
        if not (person.is_active(new.since) and person.is_active(new.until)):
            return Phrase("{name} không làm việc suốt thời gian ấy", name=person.name)
    if giver.duty is Duty.SUPERVISOR:
        return Phrase("{name} là người giám sát, không giữ việc nào để ủy quyền", name=giver.name)
    if taker.duty is Duty.SUPERVISOR:
        return Phrase("{name} là người giám sát, không xử lý việc", name=taker.name)
    for other in known:
        if other.until < other.since or not new.shares_days(other):
            continue
        days = {"since": _day(other.since), "until": _day(other.until), "id": other.id}
        if other.giver == new.taker and other.taker == new.giver:
            return Phrase("hai người thay lẫn nhau trong cùng ngày (số {id}, {since}–{until})", **days)
        if other.giver == new.taker:
            return Phrase(
                "{name} cũng vắng, đã có người thay (số {id}, {since}–{until})", name=taker.name, **days
            )
        if other.taker == new.giver:
            return Phrase(
                "{name} đang thay người khác và không ủy quyền tiếp được (số {id}, {since}–{until}); "
                "kết thúc ủy quyền ấy trước",
                name=giver.name,
                **days,
            )
        if other.giver == new.giver and new.shares_scope(other):
            return Phrase("{name} đã có người thay (số {id}, {since}–{until})", name=giver.name, **days)
    return None


def _person(directory: Directory, given: str) -> Officer:
    person = directory.person(PersonId(nfc(given).strip()))
    if person is None:
        raise BadDelegation(why=Phrase("danh bạ không có người mang mã “{id}”", id=visible(given[:80])))
    return person


def _unit(directory: Directory, given: str | None) -> UnitId | None:
    if not (wanted := nfc(given or "").strip()):
        return None
    if directory.unit(UnitId(wanted)) is None:
        raise BadDelegation(why=Phrase("danh bạ không có đơn vị mang mã “{id}”", id=visible(wanted[:80])))
    return UnitId(wanted)


def _instrument(given: str) -> str:
    text = plain(given)
    if not text or len(text) > LONGEST_INSTRUMENT:
        raise BadDelegation(why=Phrase("chưa ghi văn bản ủy quyền, hoặc ghi quá dài"))
    return text


def _day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"
