"""Find lines of a register of any size: by words, by what is asked of a line, or by both.

Plain pages go by number. What tells content goes by arrival, the newest first, and is found one of three
ways, whichever looks at the fewest lines: down the list of the rarest mark (`registry.book_marks`), each line
judged by the marks it says; down the same list, reading each paper for the words; or down the papers that the
index of words gives. Which words are rare is seen on the newest papers of that mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from documents.reach import Reach
from documents.register import LineKind, RegisterAsk
from documents.text import fold
from registry.book_bounds import bounds
from registry.book_lines import entry_columns
from registry.book_marks import BETWEEN, DOC_TYPE, DONE, DUE, ISSUER, OPEN, PERSON, UNIT, URGENCY
from registry.columns import storable
from registry.find import KEY_LENGTH
from registry.plans import InOrder, judged, stands_in
from registry.reach import is_open_to_many, within
from registry.search import FTS, Window, find_newest, holds_all, match, pieces_of
from registry.tables import DocumentRow, EntryRow, MarkRow, SearchRow
from registry.view import View

_COUNTED = 20_000
"""Lines of a mark that are counted; one that has more is common."""
_FEW = 4000
"""Lines of all issuers of one beginning that are gathered; of more the newest are met on the way."""
_READ_FIRST = 1000
"""Papers of a mark that are read for the words before the index of words is asked."""
_READ_AT_MOST = 6000
"""Papers that are read when that is expected to be enough."""
_PLAINLY = (
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("max_parallel_workers_per_gather", "0"),
    ("jit", "off"),
)
"""PostgreSQL multiplies the shares of the conditions, finds that next to nothing can be left, and would
rather read a million lines than walk down a list; for the rest of the transaction it walks."""
_NUMBER = re.compile(r"0*(?P<number>\d{1,9})(?:\s*/\s*(?P<year>\d{4}))?")
_END = "\U0010ffff"


def find_lines(view: View, book: str, ask: RegisterAsk, reach: Reach, limit: int) -> list[Row[Any]]:
    """Return at most `limit` lines, newest first, as rows of `entry_columns` with `place`, where each stands.

    Papers with a secrecy mark that `reach` does not cover are among them only when nothing was asked for but
    number, day, and whether the number is held or cancelled.
    """
    if not ask.tells_content:
        return _by_number_down(view.session, book, ask, limit)
    search = _Search(view.session, book, ask, reach)
    if not ask.text:
        return search.by_marks(limit)
    numbered = search.of_that_number(limit)
    met = {row.number for row in numbered}
    rest = [row for row in search.by_words(limit) if row.number not in met]
    return [*numbered, *rest][:limit]


def _by_number_down(session: Session, book: str, ask: RegisterAsk, limit: int) -> list[Row[Any]]:
    """The lines themselves; of days, between the numbers that have them: no year is walked for a week."""
    asked = select(*entry_columns(), EntryRow.number.label("place")).where(
        EntryRow.book == book, EntryRow.year == ask.year, *_of_the_line(ask)
    )
    if ask.before is not None:
        asked = asked.where(EntryRow.number < ask.before)
    if ask.since or ask.until:
        asked = asked.where(EntryRow.number.between(*bounds(session, book, ask, "number")))
    return list(session.execute(asked.order_by(EntryRow.number.desc()).limit(limit)))


@dataclass(frozen=True, slots=True)
class _List:
    """The lines of a mark, or with `begins` those of all marks that begin so; `count` of them, or more."""

    mark: str
    count: int
    begins: bool = False


class _Search:
    """One question about content: its conditions, and the stretch of arrivals in which lines can be."""

    def __init__(self, session: Session, book: str, ask: RegisterAsk, reach: Reach) -> None:
        self._session, self._book, self._ask = session, book, ask
        self._on_sqlite = session.get_bind().dialect.name == "sqlite"
        self._sees_all = reach.everything and reach.restricted
        self._reach = reach
        self._marks = _marks(ask)
        self._conditions = [*_of_the_line(ask), *(_says(mark) for mark in self._marks)]
        if ask.issuer:
            self._conditions.append(stands_in(EntryRow.marks, BETWEEN + _issuer(ask)))
        if ask.overdue_on:
            self._conditions.append(EntryRow.due < ask.overdue_on)
        if not self._on_sqlite:
            session.execute(select(*(func.set_config(name, value, True) for name, value in _PLAINLY)))
        low, high = bounds(session, book, ask, "arrived")
        self._window = Window(low, min(high + 1, high + 1 if ask.before is None else ask.before))

    def by_marks(self, limit: int) -> list[Row[Any]]:
        """What no words were asked of."""
        return self._run(self._of_list(self._shortest(), self._window), _may_be_told(self._reach), limit)

    def of_that_number(self, limit: int) -> list[Row[Any]]:
        """The line of that number, on the first page only, when the words may be one."""
        ask = self._ask
        written = _NUMBER.fullmatch(ask.text.strip())
        if written is None or ask.before is not None or int(written["year"] or ask.year) != ask.year:
            return []
        asked = (
            select(*entry_columns(), EntryRow.arrived.label("place"))
            .outerjoin_from(EntryRow, DocumentRow, DocumentRow.id == EntryRow.document)
            .where(EntryRow.book == self._book, EntryRow.year == ask.year)
            .where(EntryRow.number == int(written["number"]), *self._conditions)
        )
        if replace(ask, text="").tells_content:
            asked = asked.where(_may_be_told(self._reach))
        return list(self._session.execute(asked.limit(limit)))

    def by_words(self, limit: int) -> list[Row[Any]]:
        """Read the newest papers of the rarest mark; when the words prove rare there, ask their index."""
        shortest, window = self._shortest(), self._window
        if shortest is None:
            return self._by_index(window, limit)
        newest = self._newest_of(shortest, window)
        found = self._reading(shortest, newest, limit)
        window = Window(window.low, newest.low)
        left = shortest.count - _READ_FIRST
        if len(found) >= limit or left <= 0:
            return found
        expected = (limit - len(found)) * _READ_FIRST / max(len(found), 1)
        if min(left, expected) <= _READ_AT_MOST:
            return [*found, *self._reading(shortest, window, limit - len(found))]
        return [*found, *self._by_index(window, limit - len(found))]

    def _reading(self, lines: _List, window: Window, limit: int) -> list[Row[Any]]:
        pieces = pieces_of(self._ask.text)
        if not pieces:
            return []
        asked = self._of_list(lines, window, with_words=True).where(holds_all(pieces))
        return self._run(asked, self._words_may_be_told(pieces), limit)

    def _by_index(self, window: Window, limit: int) -> list[Row[Any]]:
        pieces = pieces_of(self._ask.text)
        if not pieces or limit < 1 or window.low >= window.high:
            return []
        told = self._words_may_be_told(pieces)
        if self._on_sqlite:
            tables: FromClause = self._lines_of(FTS, FTS.c.rowid)
            if not self._sees_all:
                tables = InOrder(tables, SearchRow.__table__, SearchRow.id == FTS.c.rowid)
            asked = self._select(tables, FTS.c.rowid).where(match(pieces), window.holds(FTS.c.rowid))
            return self._run(asked.order_by(FTS.c.rowid.desc()), told, limit)
        asked = self._select(self._lines_of(SearchRow.__table__, SearchRow.id), SearchRow.id)
        return find_newest(self._session, self._told(asked, told), self._ask.text, limit, window)

    def _of_list(self, lines: _List | None, window: Window, *, with_words: bool = False) -> Select[Any]:
        """Walk down a list, or with none down all lines."""
        arrived: Any = EntryRow.arrived if lines is None else MarkRow.arrived
        tables = EntryRow.__table__ if lines is None else self._lines_of(MarkRow.__table__, arrived)
        if with_words:
            tables = InOrder(tables, SearchRow.__table__, SearchRow.id == arrived)
        if lines is None:
            listed = and_(EntryRow.book == self._book, EntryRow.year == self._ask.year)
        else:
            listed = self._listed(lines)
        return self._select(tables, arrived).where(listed, window.holds(arrived)).order_by(arrived.desc())

    def _select(self, tables: FromClause, arrived: Any) -> Select[Any]:
        return select(*entry_columns(), arrived.label("place")).select_from(tables).where(*self._conditions)

    def _lines_of(self, table: FromClause, arrived: Any) -> FromClause:
        """`table`, and for each of its rows the lines of the document that arrived then."""
        # The sum, or SQLite takes the bounds of `arrived` for those of the line and looks at every one.
        looked_up = arrived + 0 if self._on_sqlite else arrived
        return InOrder(
            table,
            EntryRow.__table__,
            and_(EntryRow.book == self._book, EntryRow.year == self._ask.year, EntryRow.arrived == looked_up),
        )

    def _run(self, asked: Select[Any], told: ColumnElement[bool], limit: int) -> list[Row[Any]]:
        if limit < 1 or self._window.low >= self._window.high:
            return []
        return list(self._session.execute(self._told(asked, told).limit(limit)))

    def _told(self, asked: Select[Any], told: ColumnElement[bool]) -> Select[Any]:
        """Only what may be told; the document itself is asked, whatever its marks say."""
        if self._sees_all:
            return asked
        # As scalar subqueries on the line's document, so that only lines that fit otherwise come to it.
        return asked.where(
            select(DocumentRow.id)
            .where(DocumentRow.id == EntryRow.document, told)
            .correlate(EntryRow, SearchRow)
            .exists()
        )

    def _words_may_be_told(self, pieces: list[str]) -> ColumnElement[bool]:
        """The register's own columns are everybody's, the text of the pages only theirs who may open them."""
        in_columns = and_(*(stands_in(SearchRow.head, piece) for piece in pieces))
        return or_(and_(in_columns, is_open_to_many()), within(self._reach, each=True))

    def _shortest(self) -> _List | None:
        """The list with the fewest lines; None when nothing has one, or only a common beginning."""
        lists = [self._counted(_List(mark, 0)) for mark in self._marks]
        if self._ask.issuer:
            issuers = self._counted(_List(_issuer(self._ask), 0, begins=True))
            lists += [issuers] if issuers.count <= _FEW else []
        return min(lists, key=lambda one: one.count, default=None)

    def _counted(self, lines: _List) -> _List:
        some, most = select(literal(1)).where(self._listed(lines)), _FEW + 1
        if not lines.begins:
            # Lists of one beginning lie one behind the other, and a stretch of arrivals is not together.
            some, most = some.where(self._window.holds(MarkRow.arrived)), _COUNTED + 1
        count = self._session.scalar(select(func.count()).select_from(some.limit(most).subquery()))
        return replace(lines, count=count or 0)

    def _newest_of(self, lines: _List, window: Window) -> Window:
        """The stretch of the newest `_READ_FIRST` of a list."""
        listed = select(MarkRow.arrived).where(self._listed(lines), window.holds(MarkRow.arrived))
        last = listed.order_by(MarkRow.arrived.desc()).offset(_READ_FIRST - 1).limit(1)
        return Window(self._session.scalar(last) or window.low, window.high)

    def _listed(self, lines: _List) -> ColumnElement[bool]:
        of_book = and_(MarkRow.book == self._book, MarkRow.year == self._ask.year)
        if lines.begins:
            return and_(of_book, MarkRow.mark >= lines.mark, MarkRow.mark < lines.mark + _END)
        return and_(of_book, MarkRow.mark == lines.mark)


def _may_be_told(reach: Reach) -> ColumnElement[bool]:
    """Whether what a line says may be told: to everybody, unless the paper is restricted."""
    return or_(is_open_to_many(), within(reach, each=True))


def _of_the_line(ask: RegisterAsk) -> list[ColumnElement[bool]]:
    """Conditions on the line itself, whatever its document."""
    conditions: list[ColumnElement[bool]] = []
    if ask.since:
        conditions.append(judged(EntryRow.arrival_date) >= ask.since)
    if ask.until:
        conditions.append(judged(EntryRow.arrival_date) <= ask.until)
    if ask.kind in (LineKind.CANCELLED, LineKind.HELD):
        # Said twice: the first is the condition of the index of unusual lines.
        conditions += [EntryRow.state != "taken", EntryRow.state == ask.kind.value]
    elif ask.kind:
        conditions.append(EntryRow.state == "taken")
    return conditions


def _marks(ask: RegisterAsk) -> list[str]:
    """The marks that a line must bear; of equally common ones the first is walked."""
    return [
        *([PERSON + ask.person] if ask.person else []),
        *([DUE] if ask.overdue_on else []),
        *([URGENCY + fold(ask.urgency)[:KEY_LENGTH]] if ask.urgency else []),
        *([UNIT + ask.unit] if ask.unit else []),
        *([OPEN] if ask.kind is LineKind.OPEN else []),
        *([DOC_TYPE + fold(ask.doc_type)[:KEY_LENGTH]] if ask.doc_type else []),
        *([DONE] if ask.kind is LineKind.DONE else []),
    ]


def _issuer(ask: RegisterAsk) -> str:
    return ISSUER + fold(ask.issuer)[:KEY_LENGTH]


def _says(mark: str) -> ColumnElement[bool]:
    return stands_in(EntryRow.marks, f"{BETWEEN}{storable(mark)}{BETWEEN}")
