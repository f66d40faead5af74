"""What waits, the longest first, who has looked at it, and who has it open: the same on both databases."""

from __future__ import annotations

import datetime as dt

from documents.events import DocumentOpened
from documents.people import PersonId
from documents.reach import ALL
from documents.status import Status
from registry.awaiting import last_openings, list_awaiting
from registry.engine import Registry
from registry.presence import note_open
from tests.registry.builders import NOW, an_office, name, read, received, started

HOA, MAI = PersonId("hoa"), PersonId("mai")
MINUTE = dt.timedelta(minutes=1)


def fill(registry: Registry) -> None:
    """Three documents: two being read, one of them read; the third waits."""
    an_office(registry)
    with registry.book("p1", NOW) as book:
        for number in (1, 2, 3):
            book.record(received(number))
        for number in (1, 2):
            book.record(started(name(number)))


def test_the_longest_waiting_comes_first_and_only_of_the_states_asked(registry: Registry) -> None:
    fill(registry)
    with registry.view() as view:
        reading = list_awaiting(view, {Status.READING}, ALL, limit=None)
        both = list_awaiting(view, {Status.READING, Status.WAITING}, ALL, limit=2)
    assert [one.id for one in reading] == [name(1), name(2)]
    assert [one.id for one in both] == [name(1), name(2)]


def test_only_openings_since_the_last_reading_by_those_asked_count(registry: Registry) -> None:
    fill(registry)
    with registry.book(MAI, NOW) as book:
        book.record(DocumentOpened(document=name(1)))
    with registry.book("p1", NOW) as book:
        book.record(read(name(1)))
        book.record(read(name(2)))
    for person, after in ((HOA, 1), (MAI, 2)):
        with registry.book(person, NOW + after * MINUTE) as book:
            book.record(DocumentOpened(document=name(2)))
    with registry.view() as view:
        of_both = last_openings(view, [name(1), name(2)], [HOA, MAI])
        of_one = last_openings(view, [name(1), name(2)], [HOA])
    assert of_both == {name(2): (MAI, NOW + 2 * MINUTE)}
    assert of_one == {name(2): (HOA, NOW + MINUTE)}


def test_who_has_not_been_heard_of_lately_has_closed_the_page(registry: Registry) -> None:
    an_office(registry)
    assert note_open(registry, name(1), HOA, NOW, since=NOW - MINUTE) == ()
    assert note_open(registry, name(1), MAI, NOW, since=NOW - MINUTE) == (HOA,)
    assert note_open(registry, name(2), MAI, NOW, since=NOW - MINUTE) == (), "another document"
    later = NOW + 2 * MINUTE
    assert note_open(registry, name(1), HOA, later, since=later - MINUTE) == ()
