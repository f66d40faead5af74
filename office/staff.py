"""The directory: people and units, added, changed and retired with a record each.

What is not given stays as it was. The office always keeps one administrator who serves.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from documents.errors import Missing, Refused
from documents.events import PersonSaved, UnitSaved
from documents.people import AliasDays, Directory, Duty, Officer, PersonId, Unit, UnitId
from documents.text import nfc, tidy, visible
from office.absence import follow_document
from office.address import is_mail_address
from office.handover import name_some, pass_to_new_head
from office.office import Office, local_day
from office.passwords import check_password, hash_password, new_password
from registry.absence import open_documents_of

_ID = re.compile(r"[^\W_][\w.-]{0,63}")
LONGEST_NAME = 200


class IdTaken(Refused):
    """That id already names a person; adding again would overwrite them."""

    message = "Mã “{id}” đã là của {name}; không có gì bị đổi."
    advice = "Sửa người này: congvan people change {id} …; người khác thì chọn mã khác."


class NoSuchPerson(Missing):
    """No person by that id in the directory."""

    message = "Danh bạ không có người nào mang mã “{id}”; không có gì bị đổi."
    advice = "Xem mã ở cột đầu: congvan people list; thêm người mới: congvan people add"


class NoSuchUnit(Missing):
    """No unit by that id in the directory."""

    message = "Danh bạ không có đơn vị nào mang mã “{id}”; không có gì bị đổi."
    advice = "Các mã đang có: {known}. Thêm đơn vị trước: congvan people unit “TÊN” --id {id}"


class BadId(Refused):
    """An id that nobody could type or tell from another."""

    message = "“{given}” không làm mã được."
    advice = (
        "Mã gồm chữ, số, dấu chấm hay gạch nối, không có dấu cách, bắt đầu bằng chữ hoặc số; ví dụ: linh.vp"
    )


class BadName(Refused):
    """An empty name, or one with characters that cannot be seen."""

    message = "Tên “{given}” trống, quá dài hoặc có ký tự không nhìn thấy."
    advice = "Ghi tên bằng chữ thường đọc được, ví dụ “Phạm Văn Linh”."


class BadAddress(Refused):
    """Not an e-mail address."""

    message = "“{given}” không phải là địa chỉ thư."
    advice = "Ghi một địa chỉ như linh@coquan.gov.vn, hoặc bỏ trống."


class LastAdministrator(Refused):
    """Without this person nobody could manage the office any more."""

    message = "{name} là quản trị duy nhất đang làm việc; không có gì bị đổi."
    advice = "Cho một người khác làm quản trị trước: congvan people change MÃ --duty admin"


class OpenWork(Refused):
    """Work that this person still holds would be left without anybody."""

    message = "{name} còn giữ việc chưa xong ở {count} văn bản ({documents}); không có gì bị đổi."
    advice = (
        "Giao lại từng việc: congvan work reassign VĂN-BẢN --to MÃ --as MÃ; vẫn cho thôi thì thêm --anyway, "
        "văn thư sẽ được báo từng việc."
    )


class RetiredTooEarly(Refused):
    """A last day of service before the first."""

    message = "Ngày làm việc cuối {until} đứng trước ngày bắt đầu {since} của {name}."
    advice = "Chọn ngày từ {since} trở đi."


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What to change of a person: None leaves as it is, an empty text or tuple takes away."""

    name: str | None = None
    duty: Duty | None = None
    unit: str | None = None
    email: str | None = None
    title: str | None = None
    aliases: tuple[str, ...] | None = None


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
) -> str:
    """Add a person and return the one-time password.

    Raises:
        IdTaken: somebody has that id already, letter case aside (it is the login too).
        BadId, BadName, BadAddress, NoSuchUnit: what is given cannot stand.
    """
    wanted = _read_id(person_id)
    password = new_password()
    with office.registry.book(by, now) as book:
        directory = book.directory()
        for known in directory.people:
            if known.id.casefold() == wanted.casefold():
                raise IdTaken(id=known.id, name=known.name)
        person = Officer(
            id=PersonId(wanted),
            name=read_name(name),
            duty=duty,
            unit=_find_unit(directory, unit),
            title=tidy(title or "") or None,
            email=_read_address(email),
            aliases=_read_aliases(aliases),
        )
        book.record(PersonSaved(person=person, login=wanted, password_hash=hash_password(password)))
    return password


def change_person(
    office: Office, person_id: str, change: PersonChange, *, by: str, now: dt.datetime
) -> Officer:
    """Change what is given of a person and nothing else; returns the person as they now are.

    Raises:
        NoSuchPerson: nobody has that id.
        LastAdministrator: the change would leave the office without one.
        BadName, BadAddress, NoSuchUnit: what is given cannot stand.
    """
    with office.registry.book(by, now) as book:
        directory = book.directory()
        before = find_person(directory, person_id)
        after = replace(
            before,
            name=before.name if change.name is None else read_name(change.name),
            duty=change.duty or before.duty,
            unit=before.unit if change.unit is None else _find_unit(directory, change.unit),
            email=before.email if change.email is None else _read_address(change.email),
            title=before.title if change.title is None else tidy(change.title) or None,
            aliases=before.aliases if change.aliases is None else _read_aliases(change.aliases),
        )
        after = replace(after, alias_days=_days_left(after))
        if after.duty is not Duty.ADMIN:
            _keep_an_administrator(directory, before, local_day(now))
        if after != before:
            book.record(PersonSaved(person=after))
    return after


def set_password(
    office: Office, person_id: str, password: str | None, *, by: str, now: dt.datetime
) -> str | None:
    """Give a person a new password and end their sessions; None makes a one-time one and returns it.

    Raises:
        NoSuchPerson: nobody has that id.
        WeakPassword: the given one is too short.
    """
    made = new_password() if password is None else None
    secret = made or check_password(password or "")
    with office.registry.book(by, now) as book:
        person = find_person(book.directory(), person_id)
        book.record(PersonSaved(person=person, login=str(person.id), password_hash=hash_password(secret)))
    return made


def retire_person(
    office: Office,
    person_id: str,
    last_day: dt.date | None,
    *,
    anyway: bool = False,
    by: str,
    now: dt.datetime,
) -> Officer:
    """End a person's service after `last_day` (inclusive), or open it again with None; nothing is deleted.

    Work the person still holds then goes, on the day after, to the head of its unit or to the clerks.

    Raises:
        OpenWork: the last day is today or past, work is still held, and `anyway` does not insist.
        NoSuchPerson: nobody has that id.
        LastAdministrator: nobody else would administer the office on the day after.
        RetiredTooEarly: `last_day` is before the first day of service.
    """
    with office.registry.book(by, now) as book:
        directory = book.directory()
        person = find_person(directory, person_id)
        if last_day is not None:
            _keep_an_administrator(directory, person, max(last_day + dt.timedelta(1), local_day(now)))
            if person.since and last_day < person.since:
                since = f"{person.since:%d/%m/%Y}"
                raise RetiredTooEarly(name=person.name, since=since, until=f"{last_day:%d/%m/%Y}")
        retired = replace(person, until=last_day)
        held = open_documents_of(book, person.id)
        if held and not anyway and last_day is not None and last_day <= local_day(now):
            raise OpenWork(name=person.name, count=len(held), documents=name_some(book, held))
        if retired != person:
            book.record(PersonSaved(person=retired))
            for document in held:
                follow_document(book, document)
    return retired


def save_unit(
    office: Office,
    *,
    unit_id: str,
    name: str,
    aliases: tuple[str, ...] | None,
    head: str | None,
    by: str,
    now: dt.datetime,
) -> None:
    """Add a unit, or change one: its name, and aliases and head where given (empty takes away).

    Raises:
        NoSuchPerson: the head is not in the directory.
        BadId, BadName: what is given cannot stand.
    """
    with office.registry.book(by, now) as book:
        directory = book.directory()
        known = directory.unit(UnitId(nfc(unit_id).strip()))
        before = known or Unit(id=UnitId(_read_id(unit_id)), name="")
        after = replace(
            before,
            name=read_name(name),
            aliases=before.aliases if aliases is None else _read_aliases(aliases),
            head=before.head if head is None else find_person(directory, head).id if head.strip() else None,
        )
        after = replace(after, alias_days=_days_left(after))
        if after != before:
            book.record(UnitSaved(unit=after))
        if known and after.head and after.head != before.head:
            pass_to_new_head(book, after, before.head)


def units_headed_by(directory: Directory, person: PersonId) -> tuple[Unit, ...]:
    """Units whose head is that person: their notices would go nowhere once the person has left."""
    return tuple(unit for unit in directory.units if unit.head == person)


# ── what is given, read ──────────────────────────────────────────────────────────────────────────────────


def _read_id(given: str) -> str:
    wanted = nfc(given)
    if not _ID.fullmatch(wanted):
        raise BadId(given=visible(given[:80]))
    return wanted


def read_name(given: str) -> str:
    """A name or alias as it is kept.

    Raises:
        BadName: it is empty, too long, or holds letters nobody sees.
    """
    name = tidy(given)
    if not name or len(name) > LONGEST_NAME or visible(given.strip()) != nfc(given.strip()):
        raise BadName(given=visible(given[:80]))
    return name


def _read_address(given: str | None) -> str | None:
    address = (given or "").strip()
    if address and not is_mail_address(address):
        raise BadAddress(given=visible(address[:80]))
    return address or None


def _read_aliases(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(read_name(alias) for alias in given if alias.strip())


def find_person(directory: Directory, person_id: str) -> Officer:
    """The person whom somebody typed the id of.

    Raises:
        NoSuchPerson: nobody has that id.
    """
    person = directory.person(PersonId(nfc(person_id).strip()))
    if person is None:
        raise NoSuchPerson(id=visible(person_id[:80]))
    return person


def _find_unit(directory: Directory, unit_id: str | None) -> UnitId | None:
    if not (wanted := nfc(unit_id or "").strip()):
        return None
    if directory.unit(UnitId(wanted)) is None:
        known = ", ".join(unit.id for unit in directory.units)
        raise NoSuchUnit(id=visible(wanted[:80]), known=known or "—")
    return UnitId(wanted)


def _keep_an_administrator(directory: Directory, person: Officer, on: dt.date) -> None:
    """Refuse when `person` is the only administrator serving on that day."""
    others = (p for p in directory.active(on) if p.duty is Duty.ADMIN and p.id != person.id)
    if person.duty is Duty.ADMIN and next(others, None) is None:
        raise LastAdministrator(name=person.name)


def _days_left(named: Officer | Unit) -> tuple[AliasDays, ...]:
    """The days of the aliases that are still there."""
    return tuple(days for days in named.alias_days if days.alias in named.aliases)
