"""Marks: what a line of the register may be asked for, in words of one kind, beside the line itself.

A mark is a letter, a colon and a value: `p:linh`. `register_marks` lists the lines of each mark by arrival,
so that the newest are found at once however many there are; `EntryRow.marks` says all marks of a line, so
that a line met on the way is judged by itself. Both follow from the document's rows, in the transaction that
changes those, and decide nothing about secrecy: that is always asked of the document.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.orm import Session

from documents.lines import OPEN_STATES
from documents.reading import FieldName
from documents.status import DocumentId, Status
from registry.tables import AssignmentRow, DocumentRow, EntryRow, FieldRow, MarkRow

PERSON, UNIT = "p:", "u:"
ISSUER, DOC_TYPE, URGENCY = "i:", "t:", "g:"
OPEN, DONE, DUE = "k:open", "k:done", "k:due"
"""Work is to be done, is done, is to be done by a day."""
OPEN_NOW = frozenset({Status.REGISTERED, Status.ASSIGNED, Status.IN_PROGRESS})
BETWEEN = "\n"
"""Stands before and behind every mark of a line."""
_OF_FIELD = {
    FieldName.ISSUER.value: ISSUER,
    FieldName.DOC_TYPE.value: DOC_TYPE,
    FieldName.URGENCY.value: URGENCY,
}


@dataclass(slots=True)
class _Said:
    """What the rows of a document say of its lines in the register."""

    arrived: int
    marks: set[str] = field(default_factory=set)
    due: dt.date | None = None


def said(marks: Collection[str]) -> str:
    r"""The marks as they stand on a line.

    >>> said({"u:vp", "p:linh"})
    '\np:linh\nu:vp\n'
    """
    return BETWEEN + "".join(mark + BETWEEN for mark in sorted(marks))


def follow(session: Session, documents: Collection[DocumentId]) -> None:
    """Bring the marks of these documents' lines up to date, those that have lines."""
    session.flush()
    asked = select(EntryRow).where(EntryRow.document.in_(documents))
    lines: dict[DocumentId, list[EntryRow]] = defaultdict(list)
    for line in session.scalars(asked):
        if line.document:
            lines[line.document].append(line)
    if not lines:
        return
    for document, now in _said_of(session, list(lines)).items():
        _list_anew(session, lines[document], now)
        for line in lines[document]:
            line.arrived, line.due = now.arrived, now.due
            if _marks_on(line) != now.marks or not line.marks:
                line.marks = said(now.marks)
    session.flush()


def _list_anew(session: Session, lines: list[EntryRow], now: _Said) -> None:
    """The list of each book in which the document has lines, one alone for all its lines there."""
    gone, new = [], []
    for book, year in {(line.book, line.year) for line in lines}:
        here = [line for line in lines if (line.book, line.year) == (book, year)]
        before = set().union(*(_marks_on(line) for line in here))
        gone += [(book, year, mark, now.arrived) for mark in sorted(before - now.marks)]
        new += [
            {"book": book, "year": year, "mark": mark, "arrived": now.arrived}
            for mark in sorted(now.marks - before)
        ]
    if gone:
        key = tuple_(MarkRow.book, MarkRow.year, MarkRow.mark, MarkRow.arrived)
        session.execute(delete(MarkRow).where(key.in_(gone)))
    if new:
        session.execute(insert(MarkRow), new)


def _marks_on(line: EntryRow) -> set[str]:
    return set(filter(None, line.marks.split(BETWEEN)))


def _said_of(session: Session, documents: Collection[DocumentId]) -> dict[DocumentId, _Said]:
    found: dict[DocumentId, _Said] = {}
    heads = select(DocumentRow.id, DocumentRow.arrived, DocumentRow.status)
    for document, arrived, status in session.execute(heads.where(DocumentRow.id.in_(documents))):
        kind = {OPEN} if status in OPEN_NOW else {DONE} if status is Status.DONE else set()
        found[document] = _Said(arrived=arrived, marks=kind)
    fields = select(FieldRow.document, FieldRow.name, FieldRow.key)
    for document, name, key in session.execute(
        fields.where(FieldRow.document.in_(documents), FieldRow.name.in_(_OF_FIELD))
    ):
        if key:
            found[document].marks.add(_OF_FIELD[name] + key)
    lines = select(
        AssignmentRow.document,
        AssignmentRow.person,
        AssignmentRow.holder,
        AssignmentRow.unit,
        AssignmentRow.state,
        AssignmentRow.due,
    )
    for row in session.execute(lines.where(AssignmentRow.document.in_(documents))):
        one = found[row.document]
        one.marks |= {PERSON + person for person in (row.person, row.holder) if person}
        one.marks |= {UNIT + row.unit} if row.unit else set()
        if row.due and row.state in OPEN_STATES:
            one.due = min(row.due, one.due or row.due)
            one.marks.add(DUE)
    return found
