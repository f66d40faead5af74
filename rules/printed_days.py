"""The ends that the paper itself names, each with what its day is counted from; and what is refused of them.

A day that is named, a number of days counted from the arrival or from the day of issue, the day of a meeting.
A phrase that names no certain day, a duty that comes again and a day without a year that may be of the next
one are told and set nothing.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from documents.decisions import Because, Ground
from documents.lines import DueBasis, DueKind
from documents.reading import FieldName, FieldReading, Reading
from documents.text import fold
from rules.calendar import WorkingCalendar
from rules.wording import name_day, quote

FARTHEST_DAYS = 366
"""Calendar days after arrival beyond which a printed date is a horizon of planning, not of one task."""

INVITATION = "giay moi"
_MOST_UNITS = {
    "days": FARTHEST_DAYS,
    "working_days": FARTHEST_DAYS,
    "months": 12,
    "hours": 24 * FARTHEST_DAYS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An end that the paper names.

    Attributes:
        phrase: The words.
        day: The day they name or lead to, before days off are looked at.
        basis: What that day follows from.
        found: The field, for its place and whether it was checked.
        strict: The same in its letter, where `trước ngày` has two readings.
        is_meeting: It is the day of the meeting that the paper invites to.
        said: What a person should know of how it was reckoned.
    """

    phrase: str
    day: dt.date
    basis: DueBasis
    found: FieldReading
    strict: DueBasis | None = None
    is_meeting: bool = False
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Unused:
    """A phrase that sets no day, and why in Vietnamese."""

    phrase: str
    why: str
    found: FieldReading

    def as_because(self) -> Because:
        """The reason, as it is told with the decision."""
        said = f"Không lấy {quote(self.phrase)} làm hạn: {self.why}."
        return Because(Ground.CHECK, said, page=self.found.page, box=self.found.box)


def list_printed(
    reading: Reading, calendar: WorkingCalendar, arrival: dt.date
) -> tuple[list[Printed], list[Unused]]:
    """The ends that count, in the order of the paper, and the phrases that set none."""
    printed: list[Printed] = []
    unused: list[Unused] = []
    for one in (*_of_the_text(reading, calendar, arrival), *_of_the_meeting(reading, calendar, arrival)):
        if isinstance(one, Unused):
            unused.append(one)
        elif one.day < arrival:
            unused.append(Unused(one.phrase, f"rơi vào {name_day(one.day)}, {_before(arrival)}", one.found))
        elif (one.day - arrival).days > FARTHEST_DAYS:
            why = f"rơi vào {name_day(one.day)}, quá một năm sau ngày đến"
            unused.append(Unused(one.phrase, why, one.found))
        else:
            printed.append(one)
    return printed, unused


def _before(arrival: dt.date) -> str:
    return f"trước ngày đến {arrival:%d/%m/%Y}"


def _of_the_text(reading: Reading, calendar: WorkingCalendar, arrival: dt.date) -> Iterator[Printed | Unused]:
    found = reading.fields.get(FieldName.DEADLINES)
    if not found or not isinstance(found.value, list):
        return
    for row in found.value:
        if not isinstance(row, dict):
            continue
        phrase = row.get("phrase") or ""
        if day := read_iso(row.get("date")):
            yield _named(row, phrase, day, found)
        elif counted := _counted(row, phrase, found, calendar, arrival, _issued(reading)):
            yield counted
        else:
            yield Unused(phrase, _why_not(row), found)


def _named(row: Mapping[str, str | None], phrase: str, day: dt.date, found: FieldReading) -> Printed | Unused:
    if row.get("year") == "next" and not found.checked:
        return Unused(
            phrase,
            f"không ghi năm, mà ngày ấy trong năm ban hành đã qua; nếu là năm sau thì hạn {name_day(day)}",
            found,
        )
    time = _time(row.get("time"))
    strict = read_iso(row.get("strict"))
    return Printed(
        phrase=phrase,
        day=day,
        basis=DueBasis(kind=DueKind.DAY, start=day, time=time),
        found=found,
        strict=DueBasis(kind=DueKind.STRICT_DAY, start=day) if strict else None,
    )


def _counted(
    row: Mapping[str, str | None],
    phrase: str,
    found: FieldReading,
    calendar: WorkingCalendar,
    arrival: dt.date,
    issued: FieldReading | None,
) -> Printed | None:
    """What the paper counts from receipt or from its day of issue, which is not counted itself."""
    unit, number = row.get("unit") or "", row.get("days") or row.get("hours") or ""
    if unit not in _MOST_UNITS or not number.isdecimal() or int(number) > _MOST_UNITS[unit]:
        return None
    said = None
    if row.get("from") == "receipt":
        start = arrival
    elif row.get("from") == "issue" and issued and (day := read_iso(str(issued.value))):
        start = day
        said = None if issued.checked else "Hạn tính từ ngày ban hành, mà ngày ấy chưa được kiểm."
    else:
        return None
    if unit == "hours":
        said = f"Hạn tính theo giờ ({number} giờ kể từ lúc nhận): sổ chỉ ghi ngày đến, đối chiếu giờ nhận."
    basis = _count_basis(unit, int(number), start)
    day = (
        calendar.add_working_days(start, basis.days)
        if basis.kind is DueKind.WORKING_DAYS
        else start + dt.timedelta(basis.days)
    )
    return Printed(phrase=phrase, day=day, basis=basis, found=found, said=said)


def _count_basis(unit: str, number: int, start: dt.date) -> DueBasis:
    if unit == "working_days":
        return DueBasis(kind=DueKind.WORKING_DAYS, start=start, days=number)
    days = number
    if unit == "hours":
        # The hour of arrival is not known: whole days only, so that it never ends too late.
        days = number // 24
    elif unit == "months":
        days = (_months_later(start, number) - start).days
    return DueBasis(kind=DueKind.CALENDAR_DAYS, start=start, days=days)


def _months_later(day: dt.date, count: int) -> dt.date:
    """The day of the same number, or the last of a month that has none (Civil Code 2015, article 147)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _why_not(row: Mapping[str, str | None]) -> str:
    if row.get("recurrence"):
        lacks = {"day": ", chưa nêu ngày nào trong kỳ", "month": ", chưa nêu tháng nào trong quý"}
        return f"là việc định kỳ, không phải một hạn{lacks.get(row.get('ask') or '', '')}"
    if until := read_iso(row.get("until")):
        return f"là một khoảng thời gian, kết thúc {name_day(until)}"
    return "không nêu một ngày chắc chắn"


def _of_the_meeting(
    reading: Reading, calendar: WorkingCalendar, arrival: dt.date
) -> Iterator[Printed | Unused]:
    meeting = reading.fields.get(FieldName.MEETING_TIME)
    doc_type = reading.value(FieldName.DOC_TYPE)
    is_invitation = isinstance(doc_type, str) and fold(doc_type) == INVITATION
    if not (is_invitation and meeting and isinstance(meeting.value, str)):
        return
    day = read_iso(meeting.value)
    if day is None:
        yield Unused(meeting.value, "không nêu một ngày chắc chắn", meeting)
        return
    # For a meeting on a day off one is ready before it, where there is a working day left before.
    is_ready_before = calendar.previous_working(day) >= arrival
    basis = DueBasis(
        kind=DueKind.MEETING if is_ready_before else DueKind.DAY, start=day, time=_time(meeting.value[11:])
    )
    yield Printed(phrase=meeting.value, day=day, basis=basis, found=meeting, is_meeting=True)


def _issued(reading: Reading) -> FieldReading | None:
    return reading.fields.get(FieldName.DATE)


def read_iso(text: str | None) -> dt.date | None:
    """The day that ISO text begins with, or None."""
    try:
        return dt.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _time(text: str | None) -> dt.time | None:
    try:
        return dt.time.fromisoformat(text) if text else None
    except ValueError:
        return None
