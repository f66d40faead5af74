"""Set the day by which the work is due, and say why.

Precedence, highest first:

    1. the leader's direction, or whoever passes the document on (`order_due`): shorter as they like, later
       than the paper allows only as an extension that is said to be one;
    2. the words of the paper: the earliest of the ends it names;
    3. the days of the routing table's row;
    4. the office's default.

Counting: the first day is not counted; a last day that is off moves to the next working day, and a meeting on
a day off is prepared on the working day before it. A half day is a working day; an hour named for its
afternoon does not move the day, it is told.

Source: Civil Code 2015, articles 147 and 148; Decree 30/2020/NĐ-CP, article 24 (the leader sets the time).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from documents.decisions import Because, Deadline, Ground
from documents.lines import DueBasis, DueKind
from documents.reading import Reading
from rules.calendar import WorkingCalendar
from rules.printed_days import FARTHEST_DAYS as FARTHEST_DAYS
from rules.printed_days import Printed, list_printed
from rules.rows import Row
from rules.wording import name_day, quote

BY = "by"
"""`trước ngày 15` is done in time on the 15th, as most offices read it."""
STRICT = "strict"
"""`trước ngày 15` in its letter: the 14th is the last day."""

_MOST_NAMES = 4
_NOON = dt.time(12)


def set_deadline(
    reading: Reading,
    row: Row | None,
    calendar: WorkingCalendar,
    *,
    arrival: dt.date,
    default_days: int,
    before_means: str = BY,
) -> Deadline:
    """Return the due day, always a working day, with every step that led to it.

    Args:
        reading: Its deadlines count when they carry a date or a number of days; of an invitation the
            meeting's day counts.
        row: The table's row whose days count, or None (`RoutingTable.row_for`).
        calendar: The office's working days.
        arrival: The arrival day, from which days are counted.
        default_days: Working days when neither paper nor table says otherwise.
        before_means: How the office reads `trước ngày`, `BY` or `STRICT`; the other reading is kept beside.
    """
    printed, unused = list_printed(reading, calendar, arrival)
    if printed:
        deadline = _by_paper(printed, calendar, arrival, before_means)
    else:
        deadline = _by_days(row, calendar, arrival, default_days)
    last = deadline.due or arrival
    unsure = tuple(Because(Ground.CALENDAR, text) for text in calendar.warnings(arrival.year, last.year))
    refused = tuple(one.as_because() for one in unused)
    return replace(
        deadline, because=(*refused, *deadline.because, *unsure), calendar_version=calendar.version
    )


def order_due(deadline: Deadline, day: dt.date, *, said: str, is_extension: bool = False) -> Deadline:
    """Return `deadline` with the day that a person ordered, which stands above all else.

    Args:
        deadline: What paper, table or office set for the line.
        day: The day ordered: kept as it is, no calendar moves it.
        said: Who ordered it and where that stands, one Vietnamese sentence.
        is_extension: The person may go past the day that the paper allows and says that they do.

    Returns:
        The ordered day; but the paper's own where the order goes past it and is no extension. Either way the
        last reason says which day was left and why.
    """
    outer = deadline.outer
    ordered = Because(Ground.PERSON, said)
    if outer is None or day <= outer:
        return replace(
            deadline,
            due=day,
            basis=DueBasis(kind=DueKind.ORDERED, start=day),
            strict=None,
            because=(*deadline.because, ordered),
        )
    beyond = f"{name_day(day)} sau hạn văn bản cho phép là {name_day(outer)}"
    if is_extension:
        extended = Because(Ground.PERSON, f"Gia hạn: {beyond}.")
        return replace(
            deadline,
            due=day,
            basis=DueBasis(kind=DueKind.ORDERED, start=day),
            strict=None,
            because=(*deadline.because, ordered, extended),
        )
    kept = Because(Ground.CHECK, f"Giữ hạn của văn bản: {beyond}; muốn lùi thì gia hạn kèm lý do.")
    return replace(deadline, because=(*deadline.because, ordered, kept))


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


def _by_paper(
    printed: list[Printed], calendar: WorkingCalendar, arrival: dt.date, before_means: str
) -> Deadline:
    first = min(printed, key=lambda one: one.day)
    strict = count_due(first.strict, calendar) if first.strict else None
    if strict and strict < arrival:
        # The day before one that is at hand cannot be asked for any more.
        strict = None
    is_strict = before_means == STRICT and strict is not None
    basis = first.strict if is_strict and first.strict else first.basis
    due, outer = count_due(basis, calendar), count_due(first.basis, calendar)
    because = [
        Because(
            Ground.EVIDENCE,
            _say_printed(first, strict, is_strict=is_strict),
            page=first.found.page,
            box=first.found.box,
        ),
    ]
    if len({one.day for one in printed}) > 1:
        because.append(Because(Ground.CHECK, f"Văn bản nêu {len(printed)} thời hạn; lấy hạn sớm nhất."))
    if not first.found.checked:
        because.append(Because(Ground.CHECK, "Thời hạn này do máy đọc, chưa được kiểm."))
    if first.said:
        because.append(Because(Ground.CHECK, first.said))
    because.extend(_say_moved(first, due, calendar, is_strict=is_strict))
    return Deadline(due=due, basis=basis, outer=outer, strict=strict, because=tuple(because))


def _say_printed(one: Printed, strict: dt.date | None, *, is_strict: bool) -> str:
    if one.is_meeting:
        return f"Giấy mời họp {name_day(one.day)} nên hạn là ngày họp."
    at = f"{one.basis.time:%H:%M} " if one.basis.time else ""
    said = f"Văn bản ghi {quote(one.phrase)}: hạn {at}{name_day(one.day)}"
    if strict is None:
        return f"{said}."
    # Offices differ: most read "by that day", the letter of it is "before that day".
    if is_strict:
        return f"{said}; cơ quan hiểu chặt “trước ngày” nên phải xong trong {name_day(strict)}."
    return f"{said}; hiểu chặt “trước ngày” thì phải xong trong {name_day(strict)}."


def _say_moved(one: Printed, due: dt.date, calendar: WorkingCalendar, *, is_strict: bool) -> list[Because]:
    said = []
    if due != one.day and not is_strict:
        off = name_day(one.day)
        said.append(f"{off[:1].upper()}{off[1:]} là ngày nghỉ nên hạn chuyển sang {name_day(due)}.")
    if one.basis.time and one.basis.time > _NOON and calendar.is_half_day(due):
        named = name_day(due)
        said.append(f"{named[:1].upper()}{named[1:]} chỉ làm việc buổi sáng: xong trước buổi trưa.")
    return [Because(Ground.CALENDAR, text) for text in said]


def _by_days(row: Row | None, calendar: WorkingCalendar, arrival: dt.date, default_days: int) -> Deadline:
    if row is not None and row.days is not None:
        days, ground, rule = row.days, Ground.RULE, row.rule
        said = f"Quy tắc {row.id} ({row.source}) cho {_say_days(days)}."
    else:
        days, ground, rule = default_days, Ground.SETTING, None
        said = f"Văn bản và quy tắc không định hạn; cơ quan đặt mặc định {_say_days(days)}."
    basis = DueBasis(kind=DueKind.WORKING_DAYS, start=arrival, days=days)
    due = count_due(basis, calendar)
    counted = Because(Ground.CALENDAR, _say_counted(days, due, calendar, arrival))
    return Deadline(due=due, basis=basis, because=(Because(ground, said, rule=rule), counted))


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
