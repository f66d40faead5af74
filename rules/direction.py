"""Read a leader's direction: who leads, who supports, who is told, and by when for each.

    P.CNTT chủ trì, VP p/h, trước 20/01        one day for all
    Đ/c Linh xử lý trong tuần; PGĐ Hùng để b/c  a day for those of its clause

A clause ends at a semicolon, a full stop or a line's end. A day in a clause with names is theirs; a day in a
clause of its own, or in the only one, is everybody's. Names are resolved as on the stamp (`rules.names`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from documents.decisions import Assignee, Because, Ground, Question, Role, Routing
from documents.lines import DueBasis
from documents.page import Source
from documents.people import Directory
from documents.reading import FieldName, FieldReading, Reading
from documents.text import fold_in_place
from rules.calendar import WorkingCalendar
from rules.case import Spoken
from rules.deadline import count_due
from rules.directed_day import DirectedDay, list_directed_days, without_days
from rules.names import match_names, plain_name
from rules.route import choose_assignees
from rules.rows import RoutingTable
from rules.wording import name_day, quote

DUE = "due"
"""Topic of the question about a day in a direction."""

_CLAUSES = re.compile(r"[^;\n]+?(?:\.(?=\s|$)|(?=[;\n])|$)")


_SHORT_FORM = re.compile(r"(?<!\w)(?:d\s?/?\s?c|[abcopt]|tp|pp|tt|ths|ts|bs|ks)\.\s*$")
_FAR_WORDS = "mười tháng"


@dataclass(frozen=True, slots=True)
class _Clause:
    names: str
    days: tuple[DirectedDay, ...]


def read_direction(
    text: str,
    reading: Reading,
    table: RoutingTable,
    directory: Directory,
    calendar: WorkingCalendar,
    *,
    on: dt.date,
    said_by: str,
    first_named_leads: bool,
    answers: Mapping[str, str] | None = None,
) -> Routing:
    """Return the recipient lines a direction asks for, or what must be asked first.

    Args:
        text: The direction as written.
        reading: The document's fields; its stamp is not looked at.
        table: The routing table: of its rows only those who are always told are added.
        directory: The office's people and units.
        calendar: Working days, for the days the direction names.
        on: The day it is given: who serves then, and what days count from.
        said_by: Who gives it, as the reasons shall name them.
        first_named_leads: The office's setting for several names without a mark.
        answers: As for `rules.route.choose_assignees`.

    Returns:
        Lines carry a due day only where the direction sets one. Besides the topics of `choose_assignees`
        there is `due`: a day that is not in the calendar or that looks like a slip.
    """
    clauses = tuple(_list_clauses(text, on))
    spoken = _reading_of(tuple(clause.names for clause in clauses), reading)
    known = _by_name(answers or {}, clauses, directory, on)
    routing = choose_assignees(
        spoken,
        table,
        directory,
        on=on,
        first_named_leads=first_named_leads,
        answers=known,
        spoken=Spoken(said_by, text),
    )
    dues = _list_dues(clauses, directory, on, known)
    asked = tuple(
        question
        for clause in clauses
        for day in clause.days
        if known.get(DUE) != day.text and (question := _ask_day(day))
    )
    lines = tuple(_with_due(line, dues, calendar) for line in routing.assignees)
    return replace(routing, assignees=lines, questions=(*routing.questions, *asked))


def _by_name(
    answers: Mapping[str, str], clauses: tuple[_Clause, ...], directory: Directory, on: dt.date
) -> Mapping[str, str]:
    """Answers under the names as they will be asked for: `Đ/c Linh` also answers `Đ/c Linh xử lý`."""
    written = [match.written for clause in clauses for match in match_names(clause.names, directory, on)]
    short = {name: plain_name(name) for name in written}
    return {**answers, **{name: answers[key] for name, key in short.items() if key in answers}}


def only_adds(text: str, directory: Directory, on: dt.date) -> bool:
    """Whether a direction names only who supports or is told: whoever leads goes on leading."""
    names = without_days(text, list_directed_days(text, on))
    marks = [match.role_mark for match in match_names(names, directory, on)]
    return bool(marks) and all(mark in (Role.SUPPORT, Role.INFORM) for mark in marks)


def _reading_of(names: tuple[str, ...], reading: Reading) -> Reading:
    named = FieldName.ARRIVAL_FORWARDED_TO
    said = FieldReading(
        name=named, value=[one for one in names if one.strip(" ,.")], checked=True, source=Source.PERSON
    )
    return Reading({**reading.fields, named: said}, reading.doubts)


def _list_clauses(text: str, on: dt.date) -> Iterator[_Clause]:
    days = list_directed_days(text, on)
    # A full stop inside a date or after a short form ends no clause; dates are looked at first.
    start = 0
    for match in _CLAUSES.finditer(text):
        if any(day.start < match.end() < day.end for day in days) or _is_short_form(match[0]):
            continue
        own = tuple(day for day in days if start <= day.start < match.end())
        moved = tuple(replace(day, start=day.start - start, end=day.end - start) for day in own)
        yield _Clause(without_days(text[start : match.end()].rstrip("."), moved), own)
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip("; \n"))
    if text[start:].strip(" ;\n."):
        own = tuple(day for day in days if day.start >= start)
        moved = tuple(replace(day, start=day.start - start, end=day.end - start) for day in own)
        yield _Clause(without_days(text[start:], moved), own)


def _is_short_form(clause: str) -> bool:
    """Whether the full stop at the end belongs to `Đ/c.`, `P.`, `A.` and the like."""
    return bool(_SHORT_FORM.search(fold_in_place(clause)))


def _list_dues(
    clauses: tuple[_Clause, ...], directory: Directory, on: dt.date, answers: Mapping[str, str]
) -> Mapping[str | None, DirectedDay]:
    """The day of each person or unit named beside one; under None the day of everybody else.

    `answers` say who is meant by a name that the directory alone does not settle.
    """
    dues: dict[str | None, DirectedDay] = {}
    for clause in clauses:
        if not clause.days:
            continue
        matches = match_names(clause.names, directory, on)
        named = [answers.get(match.written, match.reference) for match in matches]
        if not named or len(clauses) == 1:
            dues[None] = clause.days[-1]
        dues |= {reference: clause.days[-1] for reference in named if reference}
    return dues


def _with_due(line: Assignee, dues: Mapping[str | None, DirectedDay], calendar: WorkingCalendar) -> Assignee:
    key = f"unit:{line.unit}" if line.person is None else str(line.person)
    day = dues.get(key, dues.get(None))
    if day is None or day.basis is None or line.role is Role.INFORM:
        return line
    due = count_due(day.basis, calendar)
    said = Because(Ground.PERSON, f"Chỉ đạo ghi {quote(day.text)}: hạn {name_day(due)}.")
    return replace(line, due=due, basis=day.basis, because=(*line.because, *_say_moved(day.basis, due), said))


def _say_moved(basis: DueBasis, due: dt.date) -> tuple[Because, ...]:
    if basis.days or due == basis.start:
        return ()
    off = name_day(basis.start)
    return (Because(Ground.CALENDAR, f"{off[:1].upper()}{off[1:]} là ngày nghỉ nên hạn chuyển đi."),)


def _ask_day(day: DirectedDay) -> Question | None:
    if day.basis is None:
        return Question(
            topic=DUE, text=f"{quote(day.text)} không có trong lịch. Hạn ngày nào?", about=day.text
        )
    if day.is_far:
        text = f"{quote(day.text)} là {name_day(day.basis.start)}, hơn {_FAR_WORDS} nữa. Có đúng không?"
        return Question(topic=DUE, text=text, candidates=(day.text,), about=day.text)
    return None
