"""An office with a leader and a supervisor, and a document passed on to whom a test says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from documents.decisions import Assignee, Role
from documents.events import PersonSaved
from documents.lines import LineNumber
from documents.people import Duty, Officer, PersonId, UnitId
from documents.record import AssignmentRecord
from documents.status import DocumentId, Status
from office.lines import OnLine, seen_of
from office.office import Office
from tests.offices import MORNING, PEOPLE, an_office
from tests.registry.builders import assigned, bring

TODAY = dt.date(2012, 1, 5)
DUE = dt.date(2012, 1, 20)
OUTER = dt.date(2012, 1, 31)
LEADER = Officer(id=PersonId("minh"), name="Võ Quang Minh", duty=Duty.LEADER, title="Giám đốc")
OBSERVER = Officer(id=PersonId("cuong"), name="Đỗ Quốc Cường", duty=Duty.SUPERVISOR)
SECOND = Officer(id=PersonId("mai"), name="Trần Thị Mai", unit=UnitId("bcxb"), email="mai@so.example")
STRANGER = Officer(id=PersonId("khang"), name="Lý Văn Khang", unit=UnitId("khtc"))
ADMIN = Officer(id=PersonId("sys"), name="Người Quản Trị", duty=Duty.ADMIN)
HOA, LAN, LINH, XUAN, HUNG = PEOPLE.people
MORE = (LEADER, OBSERVER, SECOND, STRANGER, ADMIN)


@contextmanager
def at_work(home: Path) -> Iterator[Office]:
    """The invented office with the people that work on lines needs."""
    with an_office(home) as office:
        with office.registry.book("test", MORNING) as book:
            for person in MORE:
                book.record(PersonSaved(person=person))
        yield office


def lead(who: Officer | str, *, due: dt.date | None = DUE, outer: dt.date | None = OUTER) -> Assignee:
    """The line that leads, of a person, or of a unit by its id."""
    return _assignee(Role.LEAD, who, due, outer)


def support(who: Officer | str, *, due: dt.date | None = DUE) -> Assignee:
    """A line that supports."""
    return _assignee(Role.SUPPORT, who, due, None)


def inform(who: Officer | str) -> Assignee:
    """A line for information."""
    return _assignee(Role.INFORM, who, None, None)


def pass_on(
    office: Office, number: int, *lines: Assignee, now: dt.datetime = MORNING, **fields: str
) -> DocumentId:
    """Paper `number`, entered in the book and passed on."""
    with office.registry.book("hoa", now) as book:
        document = bring(book, number, Status.REGISTERED, **fields)
        book.record(assigned(document, *lines))
    return document


def line_of(office: Office, document: DocumentId, number: int = 1) -> AssignmentRecord:
    """A line as it stands; the newest one for number 0."""
    with office.view() as view:
        lines = view.assignments(document)
    return next(x for x in lines if x.line == (number or max(y.line for y in lines)))


def on(office: Office, document: DocumentId, by: Officer, number: int = 1) -> OnLine:
    """`by` acts on a line just as it stands now."""
    line = line_of(office, document, number)
    return OnLine(document=document, line=LineNumber(line.line), by=by, seen=seen_of(line))


def status_of(office: Office, document: DocumentId) -> Status:
    """Where the document stands."""
    with office.view() as view:
        return view.document(document).status


def told(office: Office, document: DocumentId, kind: str) -> list[str]:
    """Who has a notice of that kind about the document, oldest first."""
    with office.view() as view:
        return [n.recipient for n in view.notices_of(document) if n.kind == kind]


def _assignee(role: Role, who: Officer | str, due: dt.date | None, outer: dt.date | None) -> Assignee:
    if isinstance(who, str):
        return Assignee(role=role, unit=UnitId(who), due=due, outer=outer)
    return Assignee(role=role, person=who.id, due=due, outer=outer)
