"""Keys for programs: made once, shown once, good until a day, taken back at any time.

A program asks in somebody's name and may what that person may; a key that only reads can change nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from documents.errors import Missing, Refused
from documents.people import Officer
from documents.programs import ProgramAsked, ProgramKey, ProgramKeyMade, ProgramKeyRevoked
from documents.status import DocumentId
from documents.text import nfc, visible
from office.office import Office, local_day
from office.phrase import Phrase
from office.staff import find_person
from registry.programs import list_keys

PREFIX = "cv_"
"""A key found in a file or a log is known as one of ours."""
LONGEST_DAYS = 366
MOST_NAME = 100


class BadKey(Refused):
    """A program's key that cannot be made."""

    message = "Không cấp được khoá cho chương trình: {why}."
    advice = "Sửa rồi làm lại; chưa có khoá nào được cấp."


class NoSuchKey(Missing):
    """No key by that name."""

    message = "Không có khoá “{key}”."
    advice = "Xem các khoá bằng lệnh: congvan people keys"


@dataclass(frozen=True, slots=True)
class Program:
    """Who asks by a key: in whose name, and whether it may act."""

    person: Officer
    key: ProgramKey


def make_key(
    office: Office, person_id: str, name: str, *, until: dt.date, writes: bool, by: str, now: dt.datetime
) -> str:
    """Give a program a key in somebody's name and return it; it is told this once.

    Raises:
        NoSuchPerson: nobody has that id.
        BadKey: no name, a day past or more than a year away, or the person serves no more.
    """
    said, today = nfc(name).strip(), local_day(now)
    if not said or len(said) > MOST_NAME or visible(said) != said:
        raise BadKey(why=Phrase("tên chương trình cần từ 1 đến {most} ký tự đọc được", most=MOST_NAME))
    if not today <= until <= today + dt.timedelta(LONGEST_DAYS):
        raise BadKey(why=Phrase("hạn dùng từ hôm nay đến nhiều nhất một năm"))
    token = PREFIX + secrets.token_urlsafe(32)
    with office.registry.book(by, now) as book:
        person = find_person(book.directory(), person_id)
        if not person.is_active(today):
            raise BadKey(why=Phrase("{name} không còn làm việc ở cơ quan", name=person.name))
        book.record(
            ProgramKeyMade(person=person.id, name=said, token_hash=_hash(token), writes=writes, until=until)
        )
    return token


def revoke_key(office: Office, key_id: str, *, by: str, now: dt.datetime) -> ProgramKey:
    """Let a key open nothing any more; one taken back before stays so.

    Raises:
        NoSuchKey: there is none by that name.
    """
    with office.registry.book(by, now) as book:
        key = next((k for k in list_keys(book) if k.id == key_id.strip()), None)
        if key is None:
            raise NoSuchKey(key=key_id)
        if not key.revoked:
            book.record(ProgramKeyRevoked(key=key.id))
    return key


def keys_of_office(office: Office) -> tuple[ProgramKey, ...]:
    """Every key ever made, oldest first."""
    with office.view() as view:
        return list_keys(view)


def program_of(office: Office, token: str, now: dt.datetime) -> Program | None:
    """Who asks by that key; None when it opens nothing, whatever the reason."""
    key = office.registry.program_key(_hash(token), now)
    if key is None or not key.is_good(local_day(now)):
        return None
    with office.view() as view:
        person = view.directory().person(key.person)
    return Program(person, key) if person and person.is_active(local_day(now)) else None


def note_asked(
    office: Office, program: Program, document: DocumentId, what: str, *, now: dt.datetime
) -> None:
    """Put on record that a program, not the person themselves, asks.

    Raises:
        NoSuchDocument: there is none by that id.
    """
    with office.registry.book(program.person.id, now) as book:
        book.record(ProgramAsked(document=document, key=program.key.id, what=what))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
