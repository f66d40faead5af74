"""Set the day by which the work is due, and say why.

Precedence: the paper's own date, the routing table's days, the office's default (the leader's direction,
which stands above all, is a person's word and comes from the office).

Counting: the first day is not counted; a last day that is off moves to the next working day.
Source: Civil Code 2015, articles 147 and 148.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from documents.decisions import Because, Deadline, Ground
from documents.lines import DueBasis, DueKind
from documents.reading import FieldName, FieldReading, Reading
from documents.text import fold
from rules.calendar import WorkingCalendar
from rules.rows import Row
from rules.wording import name_day, quote

FARTHEST_DAYS = 366
"""Calendar days after arrival beyond which a printed date is a horizon of planning, not of one task."""

INVITATION = "giay moi"
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class _Printed:
    """A day the paper names as an end: the words, and where they stand."""

    phrase: str
    day: dt.date
    found: FieldReading
    is_meeting: bool = False


def set_deadline(
    reading: Reading,
    row: Row | None,
    calendar: WorkingCalendar,
    *,
    arrival: dt.date,
    default_days: int,
) -> Deadline:
    """Return the due day, always a working day, with every step that led to it.

    Args:
        reading: Its deadlines count when they carry a date; of an invitation the meeting's day counts.
        row: The table's row whose days count, or None (`RoutingTable.row_for`).
        calendar: The office's working days.
        arrival: The arrival day, from which days are counted.
        default_days: Working days when neither paper nor table says otherwise.
    """
    printed, vague = _list_printed(reading, calendar, arrival)
    usable = [one for one in printed if 0 <= (one.day - arrival).days <= FARTHEST_DAYS]
    refused = tuple(_refuse(one, arrival) for one in printed if one not in usable)
    outer = None
    if usable:
        basis, because = _by_paper(usable, calendar, arrival)
        outer = min(one.day for one in usable)
    else:
        basis, because = _by_days(row, calendar, arrival, default_days)
    due = count_due(basis, calendar)
    unsure = tuple(Because(Ground.CALENDAR, text) for text in calendar.warnings(arrival.year, due.year))
    return Deadline(
        due=due,
        basis=basis,
        outer=outer,
        because=(*vague, *refused, *because, *unsure),
        calendar_version=calendar.version,
    )


def count_due(basis: DueBasis, calendar: WorkingCalendar) -> dt.date:
    """The due day that a basis leads to on this calendar."""
    match basis.kind:
        case DueKind.ORDERED:
            return basis.start
        case DueKind.STRICT_DAY:
            return calendar.previous_working(basis.start - dt.timedelta(1))
        case DueKind.MEETING:
            return calendar.previous_working(basis.start)
        case DueKind.WORKING_DAYS:
            return calendar.add_working_days(basis.start, basis.days)
        case DueKind.CALENDAR_DAYS:
            return calendar.next_working(basis.start + dt.timedelta(basis.days))
        case DueKind.DAY:
            return calendar.next_working(basis.start)


def _list_printed(
    reading: Reading, calendar: WorkingCalendar, arrival: dt.date
) -> tuple[list[_Printed], tuple[Because, ...]]:
    """The days the paper names or lets count from receipt, and what is said of the phrases that name none."""
    printed: list[_Printed] = []
    vague: list[Because] = []
    deadlines = reading.fields.get(FieldName.DEADLINES)
    if deadlines and isinstance(deadlines.value, list):
        for one in (row for row in deadlines.value if isinstance(row, dict)):
            phrase = one.get("phrase") or ""
            if day := _day(one.get("date")) or _counted(one, calendar, arrival):
                printed.append(_Printed(phrase, day, deadlines))
            else:
                vague.append(_not_used(phrase, "không nêu một ngày chắc chắn", deadlines))
    meeting = reading.fields.get(FieldName.MEETING_TIME)
    doc_type = reading.value(FieldName.DOC_TYPE)
    is_invitation = isinstance(doc_type, str) and fold(doc_type) == INVITATION
    if is_invitation and meeting and isinstance(meeting.value, str):
        if day := _day(meeting.value):
            printed.append(_Printed(meeting.value, day, meeting, is_meeting=True))
        else:
            vague.append(_not_used(meeting.value, "không nêu một ngày chắc chắn", meeting))
    return printed, tuple(vague)


def _counted(row: Mapping[str, str | None], calendar: WorkingCalendar, arrival: dt.date) -> dt.date | None:
    """The last of the days that the paper counts from receipt, the day of arrival not counted."""
    days = row.get("days") or ""
    if row.get("from") != "receipt" or not days.isdecimal() or int(days) > FARTHEST_DAYS:
        return None
    if row.get("unit") == "working_days":
        return calendar.add_working_days(arrival, int(days))
    return arrival + dt.timedelta(days=int(days))


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _refuse(one: _Printed, arrival: dt.date) -> Because:
    where = f"trước ngày đến {arrival:%d/%m/%Y}" if one.day < arrival else "quá một năm sau ngày đến"
    return _not_used(one.phrase, f"rơi vào {name_day(one.day)}, {where}", one.found)


def _not_used(phrase: str, why: str, found: FieldReading) -> Because:
    return Because(Ground.CHECK, f"Không lấy {quote(phrase)} làm hạn: {why}.", page=found.page, box=found.box)


def _by_paper(
    usable: list[_Printed], calendar: WorkingCalendar, arrival: dt.date
) -> tuple[DueBasis, tuple[Because, ...]]:
    first = min(usable, key=lambda one: one.day)
    because = [
        Because(Ground.EVIDENCE, _say_printed(first), page=first.found.page, box=first.found.box),
    ]
    if len({one.day for one in usable}) > 1:
        because.append(Because(Ground.CHECK, f"Văn bản nêu {len(usable)} thời hạn; lấy hạn sớm nhất."))
    if not first.found.checked:
        because.append(Because(Ground.CHECK, "Thời hạn này do máy đọc, chưa được kiểm."))
    basis = _basis(first, calendar, arrival)
    due = count_due(basis, calendar)
    if due != first.day:
        off = name_day(first.day)
        because.append(
            Because(
                Ground.CALENDAR,
                f"{off[:1].upper()}{off[1:]} là ngày nghỉ nên hạn chuyển sang {name_day(due)}.",
            )
        )
    return basis, tuple(because)


def _say_printed(one: _Printed) -> str:
    if one.is_meeting:
        return f"Giấy mời họp {name_day(one.day)} nên hạn là ngày họp."
    said = f"Văn bản ghi {quote(one.phrase)}: hạn {name_day(one.day)}"
    if not fold(one.phrase).startswith("truoc ngay"):
        return f"{said}."
    # Offices differ: most read "by that day", the letter of it is "before that day".
    strict = one.day - dt.timedelta(days=1)
    return f"{said}; hiểu chặt “trước ngày” thì phải xong trong {name_day(strict)}."


def _basis(one: _Printed, calendar: WorkingCalendar, arrival: dt.date) -> DueBasis:
    """A period that ends on a day off ends on the next working day; for a meeting one is ready before it."""
    is_ready_before = one.is_meeting and calendar.previous_working(one.day) >= arrival
    return DueBasis(kind=DueKind.MEETING if is_ready_before else DueKind.DAY, start=one.day)


def _by_days(
    row: Row | None, calendar: WorkingCalendar, arrival: dt.date, default_days: int
) -> tuple[DueBasis, tuple[Because, ...]]:
    if row is not None and row.days is not None:
        days, ground, rule = row.days, Ground.RULE, row.rule
        said = f"Quy tắc {row.id} ({row.source}) cho {_say_days(days)}."
    else:
        days, ground, rule = default_days, Ground.SETTING, None
        said = f"Văn bản và quy tắc không định hạn; cơ quan đặt mặc định {_say_days(days)}."
    basis = DueBasis(kind=DueKind.WORKING_DAYS, start=arrival, days=days)
    counted = Because(Ground.CALENDAR, _say_counted(days, count_due(basis, calendar), calendar, arrival))
    return basis, (Because(ground, said, rule=rule), counted)


def _say_days(days: int) -> str:
    return "hạn trong ngày" if days == 0 else f"{days} ngày làm việc"


def _say_counted(days: int, due: dt.date, calendar: WorkingCalendar, arrival: dt.date) -> str:
    if days == 0:
        moved = (
            "" if due == arrival else f"; {name_day(arrival)} là ngày nghỉ nên chuyển sang ngày làm việc sau"
        )
        return f"Hạn {name_day(due)}{moved}."
    names = list(dict.fromkeys(name for _, name in calendar.days_off(arrival, due)))
    more = f" và {len(names) - _MOST_NAMES} ngày khác" if len(names) > _MOST_NAMES else ""
    skipped = f", bỏ ngày nghỉ {', '.join(names[:_MOST_NAMES])}{more}" if names else ""
    return f"Đếm {days} ngày làm việc sau ngày đến {name_day(arrival)}{skipped}: hạn {name_day(due)}."
