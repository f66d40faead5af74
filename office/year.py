"""A year of the office's calendar as its page shows it, and the deadlines that a change of it would move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from documents.errors import Refused
from documents.people import Officer
from documents.record import CalendarChange, CalendarDay
from documents.status import DocumentId
from office import sight
from office.diary import KINDS, check_calendar, list_days, reading_of_before
from office.office import Office, names_of
from office.phrase import Phrase
from office.recount import Preview, calendar_history
from office.typed import plain

FIRST_YEAR, LAST_YEAR = 1945, 2200
"""Years that a page is drawn for: no paper is older, no deadline later."""


class DayUnclear(Refused):
    """A day of the calendar without its kind or its reason."""

    message = "Chưa ghi {what}; lịch chưa đổi gì."
    advice = "Điền rồi bấm lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """A year: its days that are not plain weekdays or weekends, what is doubtful, and how it was changed.

    `days` that nobody entered (`entered_by` empty) are the public calendar's; `names` says who is meant by
    the ids of those who did.
    """

    year: int
    days: tuple[CalendarDay, ...]
    doubts: tuple[str, ...]
    changes: tuple[CalendarChange, ...]
    before_means: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDay:
    """A deadline that would move; `may_open` says whether the reader may open its document."""

    document: DocumentId
    name: str
    before: dt.date
    after: dt.date
    may_open: bool


def show_year(office: Office, year: int) -> CalendarYear:
    """Everything about one year."""
    days, _ = list_days(office, year)
    with office.view() as view:
        names = names_of(view.directory())
    return CalendarYear(
        year=year,
        days=days,
        doubts=check_calendar(office, year),
        changes=tuple(one for one in calendar_history(office) if one.day.year == year),
        before_means=reading_of_before(office),
        names=names,
    )


def reason_of(kind: str, reason: str) -> str:
    """The reason of a day, cleaned.

    Raises:
        DayUnclear: no such kind of day, or no reason.
    """
    if kind not in KINDS:
        raise DayUnclear(what=Phrase("ngày ấy là ngày gì"))
    if not (cleaned := plain(reason)):
        raise DayUnclear(what=Phrase("lý do"))
    return cleaned


def name_moved(
    office: Office, preview: Preview, reader: Officer, *, now: dt.datetime
) -> tuple[MovedDay, ...]:
    """The examples of a preview by their numbers in the book."""
    with office.view() as view:
        found = []
        for document, before, after in preview.examples:
            record = view.document(document)
            found.append(
                MovedDay(
                    document=document,
                    name=record.entry.name if record.entry else "",
                    before=before,
                    after=after,
                    may_open=sight.may_open(view, record, reader, now=now),
                )
            )
        return tuple(found)
