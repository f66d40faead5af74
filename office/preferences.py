"""How each person wants to be told: what is mailed, at which hour, with tasks for the calendar or without."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from documents.errors import Refused
from documents.events import PreferencesSet
from documents.notices import KINDS, OBLIGATORY, Preferences
from documents.text import visible
from office.office import Office
from office.phrase import Phrase
from office.staff import find_person
from registry.preferences import has_feed, preferences_of


class UnknownKindOfNotice(Refused):
    """No notice is of that kind."""

    message = "Không có loại thông báo “{given}”{meant}; không có gì bị đổi."
    advice = "Các loại: {known}"


class AlwaysMailed(Refused):
    """A kind of notice whose mail nobody may turn off."""

    message = "Thư loại “{kind}” không tắt được: đó là việc mới giao hoặc điều quy định buộc phải báo."
    advice = "Có thể tắt: {known}"


class NoSuchHour(Refused):
    """Not an hour of the day."""

    message = "“{given}” không phải là giờ trong ngày."
    advice = "Viết giờ:phút, ví dụ 07:30."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to change of a person's ways: None leaves as it is.

    Attributes:
        mute: Kinds no longer to be mailed.
        hear: Kinds to be mailed again.
        digest_at: Local hour of the morning's digest, `07:30`; empty text is the office's again.
        calendar: Whether letters carry a task for the calendar.
    """

    mute: tuple[str, ...] = ()
    hear: tuple[str, ...] = ()
    digest_at: str | None = None
    calendar: bool | None = None


def ways_of(office: Office, person_id: str) -> tuple[str, Preferences, bool]:
    """A person's name, how they are told, and whether they have a private calendar address.

    Raises:
        NoSuchPerson: nobody has that id.
    """
    with office.view() as view:
        person = find_person(view.directory(), person_id)
        return person.name, preferences_of(view, person.id), has_feed(view, person.id)


def change_ways(office: Office, person_id: str, wish: Wish, *, by: str, now: dt.datetime) -> Preferences:
    """Change what is given of a person's ways and nothing else; returns them as they now are.

    Raises:
        NoSuchPerson: nobody has that id.
        UnknownKindOfNotice, AlwaysMailed, NoSuchHour: what is given cannot stand; nothing was changed.
    """
    mute, hear = (tuple(map(_read_kind, kinds)) for kinds in (wish.mute, wish.hear))
    for kind in mute:
        if kind in OBLIGATORY:
            raise AlwaysMailed(kind=kind, known=", ".join(k for k in KINDS if k not in OBLIGATORY))
    with office.registry.book(by, now) as book:
        person = find_person(book.directory(), person_id)
        before = preferences_of(book, person.id)
        after = replace(
            before,
            muted=tuple(k for k in KINDS if k in {*before.muted, *mute} and k not in hear),
            digest_at=before.digest_at if wish.digest_at is None else _read_hour(wish.digest_at),
            calendar=before.calendar if wish.calendar is None else wish.calendar,
        )
        if after != before:
            book.record(PreferencesSet(person=person.id, preferences=after))
    return after


def _read_kind(given: str) -> str:
    wanted = given.strip().lower()
    if wanted in KINDS:
        return wanted
    best = process.extractOne(wanted, list(KINDS), scorer=fuzz.ratio, score_cutoff=60)
    meant = Phrase(" (có phải “{near}”?)", near=best[0]) if best else ""
    raise UnknownKindOfNotice(given=visible(given[:80]), meant=meant, known=", ".join(KINDS))


def _read_hour(given: str) -> dt.time | None:
    if not given.strip():
        return None
    try:
        return dt.datetime.strptime(given.strip(), "%H:%M").time()  # noqa: DTZ007 - an hour, no moment
    except ValueError as error:
        raise NoSuchHour(given=visible(given[:80])) from error
