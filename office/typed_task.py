"""A task as people type it: by when or how often, and one that the machine had not seen in the document."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from documents.errors import (
    AlreadyMoved,
    DueTooEarly,
    Refused,
    TaskWithoutTime,
    TextTooLong,
    UnknownRecipient,
)
from documents.people import Officer, PersonId
from documents.status import DocumentId, Status
from documents.task_events import TaskAdded
from documents.tasks import ProposedTask, TaskRole
from documents.wording import STATUS_LABELS
from office import sight
from office.lines import require_worker
from office.office import Office, local_day
from office.policy import Act, require
from office.typed import parse_day, plain
from rules.recurrence import check_recurrence

LONGEST = 500
"""Characters of a task; a longer one is a document of its own."""
AT_WORK = frozenset({Status.REGISTERED, Status.ASSIGNED, Status.IN_PROGRESS, Status.DONE})
"""Where a document stands when tasks may be added to it."""
_WEEKDAYS = {"2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR"}
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})")
_LEAP_YEAR = 2000


class Period(StrEnum):
    """How often a task comes again."""

    ONCE = "once"
    """Một lần."""
    WEEKLY = "weekly"
    """Hằng tuần."""
    MONTHLY = "monthly"
    """Hằng tháng."""
    QUARTERLY = "quarterly"
    """Hằng quý."""
    HALF_YEARLY = "half_yearly"
    """6 tháng một lần."""
    YEARLY = "yearly"
    """Hằng năm."""
    RULE = "rule"
    """Quy tắc RFC 5545."""


_OF_MONTH = {
    Period.MONTHLY: "FREQ=MONTHLY;BYMONTHDAY={}",
    Period.QUARTERLY: "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY={}",
    Period.HALF_YEARLY: "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY={}",
}
_WEEKLY, _YEARLY = "FREQ=WEEKLY;BYDAY={}", "FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}"


class NoDayInPeriod(Refused):
    """A task that comes again needs the day within its period."""

    message = "“{given}” không phải là ngày trong kỳ đã chọn."
    advice = (
        "Hằng tuần: thứ 2 đến thứ 6; hằng tháng, quý, 6 tháng: ngày 1–31; hằng năm: ngày/tháng, như 15/12."
    )


class TaskWithoutWords(Refused):
    """A task needs words that say what is to be done."""

    message = "Chưa ghi việc phải làm."
    advice = "Ghi ngắn gọn việc phải làm rồi bấm lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTime:
    """By when, as typed: a day for a task done once; else a period with its day, or a rule of RFC 5545."""

    period: str = Period.ONCE.value
    due: str = ""
    day: str = ""
    rule: str = ""

    def read(self) -> tuple[dt.date | None, str | None]:
        """The day, or the rule.

        Raises:
            TaskWithoutTime: done once, and no day.
            BadDate, NoDayInPeriod, RuleNotUnderstood: what is typed is none.
        """
        period = Period(self.period) if self.period in set(Period) else Period.ONCE
        if period is Period.ONCE:
            if not plain(self.due):
                raise TaskWithoutTime()
            return parse_day(self.due), None
        if period is Period.RULE:
            return None, check_recurrence(plain(self.rule))
        return None, check_recurrence(_rule(period, plain(self.day)))


def time_of(due: dt.date | None, recurrence: str | None) -> TypedTime:
    """How a form shows a day or a rule that stands: the other way round from `TypedTime.read`."""
    if recurrence is None:
        return TypedTime(due=f"{due:%d/%m/%Y}" if due else "")
    for period, pattern in (*_OF_MONTH.items(), (Period.WEEKLY, _WEEKLY), (Period.YEARLY, _YEARLY)):
        if match := re.fullmatch(re.escape(pattern).replace(r"\{\}", r"(\w+)"), recurrence):
            day = "/".join(reversed(match.groups()))
            day = next((k for k, v in _WEEKDAYS.items() if v == day), day)
            if period is not Period.WEEKLY or day in _WEEKDAYS:
                return TypedTime(period=period.value, day=day)
    return TypedTime(period=Period.RULE.value, rule=recurrence)


def add_task(
    office: Office,
    document: DocumentId,
    words: str,
    *,
    holder: PersonId,
    time: TypedTime,
    by: Officer,
    now: dt.datetime,
) -> None:
    """Give somebody a task that the machine had not proposed.

    Raises:
        NoSuchDocument, NotAllowed: no such document, not for this person to open, or an officer gives a task
            to another.
        AlreadyMoved: the document is not entered in the book, or it is sealed.
        TaskWithoutWords, TextTooLong: what is to be done is not said, or at too great length.
        UnknownRecipient: `holder` is nobody who serves today.
        BadTaker: `holder` only watches.
        DueTooEarly: the day is past.
        TaskWithoutTime, BadDate, NoDayInPeriod, RuleNotUnderstood: as `TypedTime.read`.
    """
    today = local_day(now)
    said = plain(words)
    if not said:
        raise TaskWithoutWords()
    if len(said) > LONGEST:
        raise TextTooLong(field="Việc phải làm", most=LONGEST)
    due, rule = time.read()
    if due and due < today:
        raise DueTooEarly(due=f"{due:%d/%m/%Y}", arrival=f"{today:%d/%m/%Y}")
    with office.registry.book(by.id, now) as book:
        status = sight.find_document(book, document, by, now=now).status
        if status not in AT_WORK:
            raise AlreadyMoved(status=STATUS_LABELS[status])
        if by.id != holder:
            require(book, by, Act.MANAGE_TASKS, on=today)
        person = book.directory().person(holder)
        if person is None or not person.is_active(today):
            raise UnknownRecipient(who=holder)
        require_worker(person)
        task = ProposedTask(heading="", words=said, role=TaskRole.LEAD, due=due, recurrence=rule)
        book.record(
            TaskAdded(document=document, task=task, holder=holder, since=today, due=due, recurrence=rule)
        )


def _rule(period: Period, day: str) -> str:
    if period is Period.WEEKLY:
        weekday = _WEEKDAYS.get(day.lower().removeprefix("thứ").strip())
        if weekday:
            return _WEEKLY.format(weekday)
    elif period is Period.YEARLY:
        if match := _DAY_AND_MONTH.fullmatch(day):
            number, month = int(match[1]), int(match[2])
            if _is_day(number, month):
                return _YEARLY.format(month, number)
    elif day.isascii() and day.isdigit() and 1 <= int(day) <= 31:
        return _OF_MONTH[period].format(int(day))
    raise NoDayInPeriod(given=day[:20])


def _is_day(number: int, month: int) -> bool:
    try:
        dt.date(_LEAP_YEAR, month, number)
    except ValueError:
        return False
    return True
