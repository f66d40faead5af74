"""Whom the rest of a text adds: rows of the table that ask for what no head of a paper holds."""

from __future__ import annotations

from documents.decisions import Assignee, Because, Ground, Role
from documents.direction import DirectionGiven
from documents.events import DocumentAssigned
from documents.reading import Reading
from documents.status import DocumentId, Status
from documents.wording import ROLE_LABELS
from office.absence import with_stand_ins
from office.decide import as_assignee, decide
from office.office import local_day
from registry.book import Book
from rules.case import reference_of
from rules.wording import join_and, name_reference

_PASSED_ON = frozenset({Status.ASSIGNED, Status.IN_PROGRESS})


def add_people_of_text(book: Book, document: DocumentId, early: Reading) -> None:
    """Add who supports or is told by rows that hold only now that the whole text was read.

    `early` is what was known before. Whoever leads goes on leading and nobody loses a line; after a leader's
    direction only those are added who are told, as the direction says who supports.
    """
    if book.document(document).status not in _PASSED_ON:
        return
    before, after = (decide(book, document, one) for one in (early, Reading(book.fields(document))))
    lines = tuple(as_assignee(line) for line in book.assignments(document))
    known = {reference_of(one) for one in (*lines, *before.routing.assignees)}
    directed = any(line.event == DirectionGiven.__name__ for line in book.history(document))
    new = tuple(
        one
        for one in after.routing.assignees
        if _is_of_rule(one) and reference_of(one) not in known and not (directed and one.role is Role.SUPPORT)
    )
    if not new:
        return
    directory = book.directory()
    said = join_and(f"{name_reference(reference_of(one), directory)} {ROLE_LABELS[one.role]}" for one in new)
    book.record(
        DocumentAssigned(
            document=document,
            assignees=(*lines, *with_stand_ins(book, document, new, on=local_day(book.now))),
            because=(Because(Ground.CHECK, f"Đọc hết văn bản: thêm {said}."),),
            calendar_version=after.calendar_version,
        )
    )


def _is_of_rule(line: Assignee) -> bool:
    return line.role is not Role.LEAD and any(one.ground is Ground.RULE for one in line.because)
