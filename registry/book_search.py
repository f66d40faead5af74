"""Find lines of a register of any size: by words, or by what narrows most.

Without words the lines are walked from the newest back, each held against the conditions, which finds common
things at once. What is rare is gathered first from its own index: the smallest such set is looked at alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, and_, cast, exists, func, or_, select, true
from sqlalchemy.orm import Session

from documents.lines import OPEN_STATES
from documents.reach import Reach
from documents.reading import FieldName
from documents.register import LineKind, RegisterAsk
from documents.status import DocumentId, Status
from documents.text import fold
from registry.book_lines import entry_columns
from registry.find import KEY_LENGTH
from registry.reach import is_open_to_many, within
from registry.search import find_newest, holds, pieces_of
from registry.tables import AssignmentRow, DocumentRow, EntryRow, FieldRow, SearchRow
from registry.view import View

_FEW = 4000
"""Documents of a set that is looked at whole; a larger one is common enough to be met on the way."""
_NUMBER = re.compile(r"0*(?P<number>\d{1,9})(?:\s*/\s*(?P<year>\d{4}))?")
_END = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """One condition on a line's document, and the documents it holds for, from an index of their own."""

    condition: ColumnElement[bool]
    documents: Select[tuple[DocumentId]] | None = None


def find_lines(view: View, book: str, ask: RegisterAsk, reach: Reach, limit: int) -> list[Row[Any]]:
    """Return at most `limit` lines, newest first, as rows of `entry_columns` with `place`, where each stands.

    Papers with a secrecy mark that `reach` does not cover are among them only when nothing was asked for but
    number, day, and whether the number is held or cancelled.
    """
    session = view.session
    of_book = and_(EntryRow.book == book, EntryRow.year == ask.year)
    narrowings = _narrowings(ask)
    rest_of_it = and_(true(), *_own_conditions(ask), *(n.condition for n in narrowings))
    wanted = and_(of_book, rest_of_it)
    if ask.text:
        # Not by the index of numbers: the words say where to begin.
        found_first = and_(_unindexed(EntryRow.book) == book, EntryRow.year + 0 == ask.year, rest_of_it)
        numbered = _by_number(session, ask, wanted, reach, limit)
        met = {row.number for row in numbered}
        rest = [row for row in _by_words(session, ask, found_first, reach, limit) if row.number not in met]
        return [*numbered, *rest][:limit]
    asked = select(*entry_columns(), EntryRow.number.label("place")).where(wanted)
    if ask.tells_content and not (reach.everything and reach.restricted):
        asked = asked.join(DocumentRow, DocumentRow.id == EntryRow.document).where(_may_be_told(reach))
    if ask.before is not None:
        asked = asked.where(EntryRow.number < ask.before)
    if ask.since or ask.until:
        asked = _between_numbers(session, asked, of_book, ask)
    if (few := _fewest(session, narrowings)) is not None:
        asked = asked.where(EntryRow.document.in_(few))
    return list(session.execute(asked.order_by(EntryRow.number.desc()).limit(limit)))


def _may_be_told(reach: Reach) -> ColumnElement[bool]:
    """Whether what a line says may be told: to everybody, unless the paper is restricted."""
    return or_(is_open_to_many(), within(reach, each=True))


def _by_words(
    session: Session, ask: RegisterAsk, wanted: ColumnElement[bool], reach: Reach, limit: int
) -> list[Row[Any]]:
    asked = (
        select(*entry_columns(), SearchRow.id.label("place"))
        .select_from(SearchRow)
        .join(EntryRow, EntryRow.document == SearchRow.document)
        .where(wanted)
    )
    if not (reach.everything and reach.restricted):
        # The register's own columns are everybody's, the text of the pages only theirs who may open them.
        in_columns = and_(is_open_to_many(), holds(SearchRow.head, pieces_of(ask.text)))
        asked = asked.join(DocumentRow, DocumentRow.id == SearchRow.document).where(
            or_(in_columns, within(reach, each=True))
        )
    if ask.before is not None:
        asked = asked.where(SearchRow.id < ask.before)
    return find_newest(session, asked, ask.text, limit)


def _by_number(
    session: Session, ask: RegisterAsk, wanted: ColumnElement[bool], reach: Reach, limit: int
) -> list[Row[Any]]:
    """The line of that number, on the first page only, when the text may be one."""
    written = _NUMBER.fullmatch(ask.text.strip())
    if written is None or ask.before is not None or int(written["year"] or ask.year) != ask.year:
        return []
    asked = (
        select(*entry_columns(), SearchRow.id.label("place"))
        .outerjoin_from(EntryRow, SearchRow, SearchRow.document == EntryRow.document)
        .outerjoin(DocumentRow, DocumentRow.id == EntryRow.document)
        .where(EntryRow.number == int(written["number"]), wanted)
    )
    if replace(ask, text="").tells_content:
        asked = asked.where(_may_be_told(reach))
    return list(session.execute(asked.limit(limit)))


def _own_conditions(ask: RegisterAsk) -> list[ColumnElement[bool]]:
    """Conditions on the line itself."""
    conditions: list[ColumnElement[bool]] = []
    if ask.since:
        conditions.append(EntryRow.arrival_date >= ask.since)
    if ask.until:
        conditions.append(EntryRow.arrival_date <= ask.until)
    if ask.kind in (LineKind.CANCELLED, LineKind.HELD):
        # Said twice: the first is the condition of the index of unusual lines.
        conditions += [EntryRow.state != "taken", EntryRow.state == ask.kind.value]
    elif ask.kind:
        conditions.append(EntryRow.state == "taken")
    return conditions


def _narrowings(ask: RegisterAsk) -> list[_Narrowing]:
    """Conditions on the line's document."""
    found: list[_Narrowing] = []
    if ask.issuer:
        begins = fold(ask.issuer)[:KEY_LENGTH]
        found.append(_of_field(FieldName.ISSUER, FieldRow.key >= begins, FieldRow.key < begins + _END))
    if ask.doc_type:
        found.append(_of_field(FieldName.DOC_TYPE, FieldRow.key == fold(ask.doc_type)[:KEY_LENGTH]))
    if ask.urgency:
        found.append(_of_field(FieldName.URGENCY, FieldRow.key == fold(ask.urgency)[:KEY_LENGTH]))
    if ask.person:
        person, holder = AssignmentRow.person, AssignmentRow.holder
        found.append(
            _of_line(
                or_(person == ask.person, holder == ask.person),
                or_(_unindexed(person) == ask.person, _unindexed(holder) == ask.person),
            )
        )
    if ask.unit:
        found.append(_of_line(AssignmentRow.unit == ask.unit, _unindexed(AssignmentRow.unit) == ask.unit))
    if ask.overdue_on:
        states = [state.value for state in OPEN_STATES]
        late = AssignmentRow.due < ask.overdue_on
        found.append(
            _of_line(
                and_(AssignmentRow.state.in_(states), late),
                and_(_unindexed(AssignmentRow.state).in_(states), late),
            )
        )
    if ask.kind is LineKind.OPEN:
        open_now = DocumentRow.status.in_((Status.REGISTERED, Status.ASSIGNED, Status.IN_PROGRESS))
        found.append(_of_document(open_now))
    if ask.kind is LineKind.DONE:
        found.append(_of_document(DocumentRow.status == Status.DONE))
    return found


def _of_field(name: FieldName, *conditions: ColumnElement[bool]) -> _Narrowing:
    wanted = and_(FieldRow.name == name.value, *conditions)
    return _Narrowing(
        exists().where(FieldRow.document == EntryRow.document, wanted).correlate(EntryRow),
        select(FieldRow.document).where(wanted),
    )


def _of_line(indexed: ColumnElement[bool], one_by_one: ColumnElement[bool]) -> _Narrowing:
    """The same condition twice: for its own index, and for the lines of one document after the other."""
    return _Narrowing(
        exists().where(AssignmentRow.document == EntryRow.document, one_by_one).correlate(EntryRow),
        select(AssignmentRow.document).where(indexed),
    )


def _unindexed(column: Any) -> ColumnElement[str]:
    """A column that no index offers itself for: SQLite knows no figures and may take the worst one."""
    plain: ColumnElement[str] = cast(column, Text).concat("")
    return plain


def _of_document(wanted: ColumnElement[bool]) -> _Narrowing:
    return _Narrowing(
        select(DocumentRow.id)
        .where(DocumentRow.id == EntryRow.document, wanted)
        .correlate(EntryRow)
        .exists(),
        select(DocumentRow.id).where(wanted),
    )


def _fewest(session: Session, narrowings: list[_Narrowing]) -> list[DocumentId] | None:
    """The smallest set of documents that one condition alone leaves, None when none is small."""
    smallest: list[DocumentId] | None = None
    for narrowing in narrowings:
        if narrowing.documents is None:
            continue
        documents = list(session.scalars(narrowing.documents.limit(_FEW + 1)))
        if len(documents) <= _FEW and (smallest is None or len(documents) < len(smallest)):
            smallest = documents
    return smallest


def _between_numbers(
    session: Session, asked: Select[Any], of_book: ColumnElement[bool], ask: RegisterAsk
) -> Select[Any]:
    """`asked` between the numbers that have these days, so that a year is not walked for a week."""
    days = and_(of_book, *_own_conditions(RegisterAsk(year=ask.year, since=ask.since, until=ask.until)))
    low, high = session.execute(
        select(func.min(EntryRow.number), func.max(EntryRow.number)).where(days)
    ).one()
    return asked.where(EntryRow.number.between(low or 0, high or 0))
