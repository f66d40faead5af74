"""Absence and delegation: work goes to who stands in, and comes back by itself when the time is over.

Who holds a line is always computed from what is in force today, never from when something should have run:
a sweep that is late, killed, skipped or run twice ends at the same place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from documents.absence import Delegation, Matter
from documents.decisions import Assignee, Because, Ground, Role
from documents.events import SweepFinished
from documents.lines import OPEN_STATES
from documents.people import Directory, Duty, PersonId, UnitId
from documents.reading import FieldName
from documents.record import AssignmentRecord
from documents.status import DocumentId
from documents.work import LineMoved
from office.office import Office, local_day
from registry.absence import documents_to_settle, load_delegations
from registry.book import Book
from registry.view import View

SWEEP = "absences"


@dataclass(frozen=True, slots=True)
class Rightful:
    """Who should hold a line today, in whose place, and why as one Vietnamese sentence."""

    holder: PersonId | None
    stands_in_for: PersonId | None
    reason: str


# ── what is in force ─────────────────────────────────────────────────────────────────────────────────────


def stand_in_of(
    person: PersonId, matter: Matter, delegations: Iterable[Delegation], directory: Directory, on: dt.date
) -> Delegation | None:
    """The delegation by which somebody who serves stands in for `person` on that day; none is followed on."""
    for one in delegations:
        taker = directory.person(one.taker)
        serves = taker is not None and taker.is_active(on)
        if one.giver == person and serves and one.is_in_force(on) and one.covers(matter):
            return one
    return None


def head_of(directory: Directory, unit: UnitId | None, on: dt.date) -> PersonId | None:
    """Who heads a unit on that day; where none is named, the one person of it who is a head by duty."""
    known = directory.unit(unit) if unit else None
    if known is None:
        return None
    if known.head:
        person = directory.person(known.head)
        return person.id if person and person.is_active(on) else None
    heads = [p for p in directory.active(on) if p.unit == unit and p.duty is Duty.UNIT_HEAD]
    return heads[0].id if len(heads) == 1 else None


def rightful_holder(
    line: AssignmentRecord,
    matter: Matter,
    delegations: Iterable[Delegation],
    directory: Directory,
    on: dt.date,
) -> Rightful:
    """Who should hold an open line on that day: who has it in their own right, or who stands in for them.

    Somebody who no longer serves holds nothing: the line goes to the person it was given to or to the head of
    its unit; with neither it is held by nobody.
    """
    known = line.stands_in_for or line.holder
    before = directory.person(known) if known else None
    own, why = known, ""
    if before is None or not before.is_active(on):
        given = directory.person(line.person) if line.person else None
        own = given.id if given and given.is_active(on) else head_of(directory, line.unit, on)
        left = f"{before.name} không còn làm việc" if before else "Việc chưa có người giữ"
        why = f"{left}; {_name(directory, own)} nhận việc." if own else f"{left}; chưa có người nhận thay."
    if own is None:
        return Rightful(None, None, why)
    if one := stand_in_of(own, matter, delegations, directory, on):
        return Rightful(one.taker, own, told(one, directory))
    if not why and line.stands_in_for:
        why = f"Hết thời gian {_name(directory, line.holder)} thay {_name(directory, own)}."
    return Rightful(own, None, why)


def told(one: Delegation, directory: Directory) -> str:
    """A delegation as one sentence: `B thay A theo …, đến hết ngày …`."""
    return (
        f"{_name(directory, one.taker)} thay {_name(directory, one.giver)} theo {one.instrument}, "
        f"đến hết ngày {one.until:%d/%m/%Y}."
    )


def matter_of(view: View, document: DocumentId, unit: UnitId | None) -> Matter:
    """What delegations' scopes are held against, of a document and a line's unit."""
    fields = view.fields(document)

    def text(name: FieldName) -> str | None:
        value = fields[name].value if name in fields else None
        return value if isinstance(value, str) else None

    return Matter(doc_type=text(FieldName.DOC_TYPE), secrecy=text(FieldName.SECRECY), unit=unit)


def with_stand_ins(
    view: View, document: DocumentId, assignees: tuple[Assignee, ...], *, on: dt.date
) -> tuple[Assignee, ...]:
    """Return new recipient lines with who stands in for those away as their holders, and why.

    Lines for information stay with whom they name: there is nothing to do on them meanwhile.
    """
    delegations = load_delegations(view, on)
    if not delegations:
        return assignees
    directory = view.directory()

    def held(line: Assignee) -> Assignee:
        own = line.person or head_of(directory, line.unit, on)
        matter = matter_of(view, document, line.unit)
        one = stand_in_of(own, matter, delegations, directory, on) if own else None
        if one is None or line.role is Role.INFORM or line.holder:
            return line
        because = Because(Ground.PERSON, told(one, directory))
        return replace(line, holder=one.taker, because=(*line.because, because))

    return tuple(held(line) for line in assignees)


def holder_for(view: View, document: DocumentId, own: PersonId, unit: UnitId | None, on: dt.date) -> Rightful:
    """Who holds a line that comes to `own` today: they, or who stands in for them."""
    directory = view.directory()
    matter = matter_of(view, document, unit)
    if one := stand_in_of(own, matter, load_delegations(view, on), directory, on):
        return Rightful(one.taker, own, told(one, directory))
    return Rightful(own, None, "")


# ── following it ─────────────────────────────────────────────────────────────────────────────────────────


def follow_absences(office: Office, *, now: dt.datetime) -> int:
    """Move every open line to who should hold it today; returns how many moved. Safe at any time."""
    today = local_day(now)
    with office.view() as view:
        delegations = load_delegations(view, today)
        away = {one.giver for one in delegations if one.is_in_force(today)}
        gone = {p.id for p in view.directory().people if not p.is_active(today)}
        documents = documents_to_settle(view, away | gone)
    count = 0
    for document in documents:
        with office.registry.book("sweeper", now) as book:
            count += follow_document(book, document)
    office.registry.beat(f"sweep:{SWEEP}", now)
    if count:
        with office.registry.book("sweeper", now) as book:
            book.record(SweepFinished(name=SWEEP, found=count))
    return count


def follow_document(book: Book, document: DocumentId) -> int:
    """Move the open lines of one document to who should hold them today; returns how many moved."""
    today = local_day(book.now)
    delegations, directory = load_delegations(book, today), book.directory()
    count = 0
    for line in book.assignments(document):
        if line.state not in OPEN_STATES:
            continue
        matter = matter_of(book, document, line.unit)
        right = rightful_holder(line, matter, delegations, directory, today)
        if (right.holder, right.stands_in_for) != (line.holder, line.stands_in_for):
            book.record(
                LineMoved(
                    document=document,
                    line=line.line,
                    role=line.role,
                    to=right.holder,
                    stands_in_for=right.stands_in_for,
                    reason=right.reason,
                )
            )
            count += 1
    return count


def _name(directory: Directory, person: PersonId | None) -> str:
    known = directory.person(person) if person else None
    return known.name if known else "?"
