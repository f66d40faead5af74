"""The directory of issuing agencies as this office knows it: its own names before those of the project."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace

from documents.agencies import AgencyId, AgencySaved, OwnAgency
from documents.errors import Conflict, Missing, Refused
from documents.people import Officer
from fields.agencies import Agency, AgencyDirectory, agency_key, load_agencies
from office.office import Office, local_day
from office.policy import Act, require
from office.typed import parse_day, plain
from registry.agencies import list_own_agencies, next_agency
from registry.view import View

LONGEST, LONGEST_SHORT = 200, 20
"""Characters of a name, and of a short name."""
OWN = "own"
"""Level of the office's own entries: their names are whole, no province completes them."""


class AgencyNameMissing(Refused):
    """An agency needs a name, of a length that a paper's head could hold."""

    message = "Tên cơ quan để trống hoặc dài quá {most} chữ."
    advice = "Ghi tên đầy đủ như in trên đầu văn bản của cơ quan ấy."


class ShortNameWrong(Refused):
    """A short name that no symbol could carry."""

    message = "“{given}” không dùng làm chữ viết tắt trong ký hiệu được."
    advice = "Chỉ chữ, số, dấu &, tối đa {most} ký tự và không có dấu cách, như PCTN; không có thì bỏ trống."


class DaysTurnedRound(Refused):
    """An agency that would end before it begins."""

    message = "Ngày cuối {until} đứng trước ngày đầu {since}."
    advice = "Xem lại hai ngày; không biết ngày nào thì bỏ trống ngày ấy."


class ParentUnknown(Refused):
    """The body above is in no directory."""

    message = "Không có “{given}” trong danh bạ cơ quan ban hành."
    advice = (
        "Ghi tên đầy đủ của cơ quan cấp trên trực tiếp, hoặc thêm cơ quan ấy trước; không rõ thì bỏ trống."
    )


class AgencyKnown(Conflict):
    """The directory has a body of that name in those days already."""

    message = "Danh bạ đã có “{name}” trong những ngày ấy."
    advice = "Tìm trong danh sách của cơ quan; cơ quan có sẵn của phần mềm thì không cần thêm."


class NoSuchAgency(Missing):
    """No agency of the office's own by that number."""

    message = "Không có cơ quan số {agency} trong danh bạ riêng."
    advice = "Mở lại danh sách cơ quan ban hành."


class AgencyChanged(Conflict):
    """An agency is no longer as the person saw it."""

    message = "“{name}” vừa được người khác sửa."
    advice = "Xem lại như bây giờ rồi sửa nếu vẫn cần; chưa có gì bị ghi đè."


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAgency:
    """An agency as typed; days as dd/mm/yyyy or empty."""

    name: str
    abbreviation: str = ""
    parent: str = ""
    since: str = ""
    until: str = ""


def agencies_of(view: View) -> AgencyDirectory:
    """Every body that this office knows: its own names first."""
    return load_agencies(tuple(_as_entry(one) for one in list_own_agencies(view)))


def agencies_known(office: Office) -> AgencyDirectory:
    """The same, looked up now: what was entered since counts for the next paper."""
    with office.view() as view:
        return agencies_of(view)


def list_agencies(office: Office) -> tuple[OwnAgency, ...]:
    """The office's own agencies by name, ended ones too."""
    with office.view() as view:
        return tuple(sorted(list_own_agencies(view), key=lambda one: (agency_key(one.name), one.id)))


def agency_seen(agency: OwnAgency) -> str:
    """What a form shows of an agency; forms carry it back."""
    facts = (agency.name, agency.abbreviation, agency.parent, agency.since, agency.until)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def add_agency(office: Office, typed: TypedAgency, *, by: Officer, now: dt.datetime) -> OwnAgency:
    """Enter an agency of the office's own.

    Raises:
        NotAllowed: not this person's to enter.
        AgencyNameMissing, ShortNameWrong, BadDate, DaysTurnedRound, ParentUnknown: what is typed cannot be.
        AgencyKnown: there is one of that name in those days.
    """
    with office.registry.book(by.id, now) as book:
        require(book, by, Act.MANAGE_PEOPLE, on=local_day(now))
        agency = _read(book, typed, next_agency(book))
        book.record(AgencySaved(agency=agency))
    return agency


def change_agency(
    office: Office, agency: AgencyId, typed: TypedAgency, *, seen: str | None, by: Officer, now: dt.datetime
) -> OwnAgency:
    """Change an agency, or let it end after a day: papers of before keep it.

    `seen` is what the person saw of it (`agency_seen`); None when they saw no page.

    Raises:
        NoSuchAgency: there is none by that number.
        AgencyChanged: it is not as it was seen.
        NotAllowed and what `add_agency` raises.
    """
    with office.registry.book(by.id, now) as book:
        require(book, by, Act.MANAGE_PEOPLE, on=local_day(now))
        before = next((one for one in list_own_agencies(book) if one.id == agency), None)
        if before is None:
            raise NoSuchAgency(agency=agency)
        if seen is not None and seen != agency_seen(before):
            raise AgencyChanged(name=before.name)
        after = _read(book, typed, agency)
        if after != before:
            book.record(AgencySaved(agency=after))
    return after


def _read(view: View, typed: TypedAgency, number: AgencyId) -> OwnAgency:
    name, short = plain(typed.name), plain(typed.abbreviation)
    if not name or len(name) > LONGEST or not agency_key(name):
        raise AgencyNameMissing(most=LONGEST)
    if len(short) > LONGEST_SHORT or not all(c.isalnum() or c == "&" for c in short):
        raise ShortNameWrong(given=short[:60], most=LONGEST_SHORT)
    since, until = (parse_day(day) if plain(day) else None for day in (typed.since, typed.until))
    if since and until and until < since:
        raise DaysTurnedRound(until=f"{until:%d/%m/%Y}", since=f"{since:%d/%m/%Y}")
    agency = OwnAgency(id=number, name=name, abbreviation=short, since=since, until=until)
    others = tuple(one for one in list_own_agencies(view) if one.id != number)
    known = load_agencies(tuple(_as_entry(one) for one in others))
    for one in known.agencies:
        if agency_key(one.name) == agency_key(name) and _meet(one, agency):
            raise AgencyKnown(name=one.name)
    return replace(agency, parent=_parent(known, plain(typed.parent), name))


def _parent(known: AgencyDirectory, given: str, name: str) -> str:
    """The full name of the body above, as the directory has it."""
    if not given:
        return ""
    found = known.match(given)
    if found is None or not found.is_sure or not found.listed or agency_key(given) == agency_key(name):
        raise ParentUnknown(given=given[:LONGEST])
    return found.name


def _meet(one: Agency, other: OwnAgency) -> bool:
    """Whether both existed on some day."""
    begins = max(one.since or dt.date.min, other.since or dt.date.min)
    return begins <= min(one.until or dt.date.max, other.until or dt.date.max)


def _as_entry(one: OwnAgency) -> Agency:
    return Agency(
        name=one.name,
        abbreviation=one.abbreviation,
        level=OWN,
        since=one.since,
        until=one.until,
        parent=one.parent,
    )
