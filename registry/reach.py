"""Narrow a question about documents to what somebody may open."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select, true

from documents.people import PersonId
from documents.reach import Reach
from documents.reading import FieldName
from documents.status import Status
from registry.tables import AssignmentRow, DocumentRow, FieldRow


def within(reach: Reach, *, each: bool = False) -> ColumnElement[bool]:
    """A condition on `DocumentRow`: the document is one that `reach` covers.

    With `each` it is asked document by document, which is cheaper where few are looked at of very many.
    """
    if reach.everything and reach.restricted:
        return true()
    mine = _touched_by(reach, reach.people, each=each)
    open_to_many = is_open_to_many()
    if reach.everything:
        return or_(open_to_many, mine)
    if reach.stands_in_for:
        return or_(mine, and_(open_to_many, _touched_by(reach, reach.stands_in_for, each=each)))
    return mine


def is_open_to_many() -> ColumnElement[bool]:
    """A condition on `DocumentRow`: the paper bears no secrecy mark and is not sealed."""
    marked = exists().where(
        FieldRow.document == DocumentRow.id,
        FieldRow.name == FieldName.SECRECY.value,
        FieldRow.value.is_not(None),
        cast(FieldRow.value, String).not_in(("null", '""')),
    )
    return and_(DocumentRow.status != Status.SEALED, ~marked)


def _touched_by(reach: Reach, people: Iterable[PersonId], *, each: bool) -> ColumnElement[bool]:
    known = sorted(people)
    touches = or_(
        AssignmentRow.person.in_(known),
        AssignmentRow.holder.in_(known),
        AssignmentRow.stands_in_for.in_(known),
        AssignmentRow.unit.in_(sorted(reach.units)),
        cast(AssignmentRow.handed_by, String).contains(json.dumps(reach.person), autoescape=True),
    )
    if each:
        return exists().where(AssignmentRow.document == DocumentRow.id, touches)
    return DocumentRow.id.in_(select(AssignmentRow.document).where(touches))
