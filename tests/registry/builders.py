"""Events that set only what a test varies, and documents brought to where a test needs them."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from documents.decisions import Assignee, Role
from documents.events import (
    Arrival,
    DocumentAssigned,
    DocumentRead,
    DocumentReceived,
    DocumentRegistered,
    EntryCancelled,
    PersonSaved,
    ReadingStarted,
    ReviewAsked,
    UnitSaved,
)
from documents.page import Box, Source
from documents.people import Duty, Officer, PersonId, Unit, UnitId
from documents.reading import FieldName, FieldReading, FieldValue, Reading
from documents.status import DocumentId, Status
from registry.book import Book
from registry.engine import Registry

NOW = dt.datetime(2012, 1, 5, 1, 12, tzinfo=dt.UTC)
"""Thursday 5 January 2012, 08:12 in Vietnam."""
TODAY = dt.date(2012, 1, 5)
INCOMING = "den"
LEASE = dt.timedelta(minutes=5)
HOA, LINH, XUAN = PersonId("hoa"), PersonId("linh"), PersonId("thanhxuan")
PRESS, OFFICE = UnitId("bcxb"), UnitId("vp")


def later(*, minutes: float = 0, seconds: float = 0, days: float = 0) -> dt.datetime:
    """That much after `NOW`."""
    return NOW + dt.timedelta(minutes=minutes, seconds=seconds, days=days)


def sha(number: int) -> str:
    """The hash of the bytes of paper `number`."""
    return hashlib.sha256(f"paper {number}".encode()).hexdigest()


def name(number: int) -> DocumentId:
    """The id of paper `number`."""
    return DocumentId(f"vb{number}")


def arrival(number: int, **given: Any) -> Arrival:
    """Paper `number` as it lay in the intake folder."""
    facts = {
        "folder": "/nhan",
        "name": f"quet_{number:03}.pdf",
        "inode": 7000 + number,
        "mtime_ns": 1_325_725_920_000_000_000 + number,
        "size": 1000 + number,
    }
    return Arrival(**{**facts, **given})


def received(number: int, **given: Any) -> DocumentReceived:
    """Paper `number` comes in."""
    facts = {
        "document": name(number),
        "sha256": sha(number),
        "size": 1000 + number,
        "media_type": "application/pdf",
        "arrival": arrival(number),
    }
    return DocumentReceived(**{**facts, **given})


def started(
    document: DocumentId, attempt: int = 1, *, lease_until: dt.datetime = NOW + LEASE
) -> ReadingStarted:
    """A processor begins."""
    return ReadingStarted(document=document, attempt=attempt, worker="p1", lease_until=lease_until)


def reading(**values: FieldValue) -> Reading:
    """Fields that the machine read and checked, by name."""
    return Reading({FieldName(n): field(n, v) for n, v in values.items()})


def field(written: str, value: FieldValue, *, checked: bool = True) -> FieldReading:
    """One field that the machine read."""
    return FieldReading(
        name=FieldName(written),
        value=value,
        checked=checked,
        reason=None if checked else "Nét mờ.",
        page=1,
        box=Box(0.1, 0.2, 0.3, 0.25),
        source=Source.OCR,
        evidence=("Hai lần đọc giống nhau.",) if checked else (),
    )


def read(document: DocumentId, attempt: int = 1, text: str = "", **values: FieldValue) -> DocumentRead:
    """The head was read."""
    return DocumentRead(
        document=document, attempt=attempt, reading=reading(**values), page_count=1, text=text
    )


def registered(document: DocumentId, number: int, **given: Any) -> DocumentRegistered:
    """Entered under `number` of the book of 2012."""
    facts = {"book": INCOMING, "year": 2012, "arrival_date": TODAY}
    return DocumentRegistered(document=document, number=number, **{**facts, **given})


def cancelled(document: DocumentId, number: int, reason: str = "Vào nhầm") -> EntryCancelled:
    """The entry is cancelled."""
    return EntryCancelled(document=document, book=INCOMING, year=2012, number=number, reason=reason)


def lead(person: PersonId = LINH, due: dt.date | None = None) -> Assignee:
    """A line of the one who leads."""
    return Assignee(role=Role.LEAD, person=person, due=due)


def assigned(document: DocumentId, *lines: Assignee) -> DocumentAssigned:
    """Passed on to `lines`, else to Linh alone."""
    return DocumentAssigned(document=document, assignees=lines or (lead(),))


def settle(book: Book) -> None:
    """Two units and three people: Hoa the clerk, Linh an officer, Thanh Xuân head of the press unit."""
    book.record(UnitSaved(unit=Unit(id=OFFICE, name="Văn phòng")))
    book.record(UnitSaved(unit=Unit(id=PRESS, name="Phòng Báo chí – Xuất bản", aliases=("BCXB",))))
    people = [
        Officer(id=HOA, name="Trần Thị Hoa", duty=Duty.CLERK, unit=OFFICE),
        Officer(id=LINH, name="Nguyễn Thị Linh", unit=PRESS),
        Officer(id=XUAN, name="Lê Thanh Xuân", duty=Duty.UNIT_HEAD, unit=PRESS),
    ]
    for person in people:
        book.record(PersonSaved(person=person))
    book.record(UnitSaved(unit=Unit(id=PRESS, name="Phòng Báo chí – Xuất bản", aliases=("BCXB",), head=XUAN)))


def bring(book: Book, number: int, to: Status, **values: FieldValue) -> DocumentId:
    """Paper `number`, recorded step by step until it stands at `to`; people must be settled to assign."""
    document = name(number)
    subject = {FieldName.SUBJECT.value: f"Về việc thứ {number}", **values}
    steps = [
        (Status.WAITING, lambda: [received(number)]),
        (Status.READING, lambda: [started(document)]),
        (
            Status.REVIEW,
            lambda: [read(document, **subject), ReviewAsked(document=document, reasons=("Mờ.",))],
        ),
        (Status.REGISTERED, lambda: [registered(document, book.allot_number(INCOMING, 2012)[0])]),
        (Status.ASSIGNED, lambda: [assigned(document)]),
    ]
    for status, events in steps:
        for event in events():
            book.record(event)
        if status is to:
            return document
    raise AssertionError(f"no way to {to} is known")


def an_office(registry: Registry) -> None:
    """Settle the people in a transaction of their own."""
    with registry.book("test", NOW) as book:
        settle(book)
