"""`calendar …`: days off, working Saturdays, half days, what is doubtful of a year, and counting."""

from __future__ import annotations

import datetime as dt
import sys
from enum import StrEnum
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, AsJson, Home, now
from desk.cli.speech import ATTENTION, DONE, put, put_json, put_table, tell, tr
from documents.errors import BadDate
from documents.record import CalendarDay
from office.diary import (
    KINDS,
    check_calendar,
    count_working_days,
    list_days,
    preview_day,
    read_before_as,
    reading_of_before,
    remove_day,
    set_day,
)
from office.office import Office
from office.recount import calendar_history
from office.typed import parse_day

FIRST_YEAR, LAST_YEAR = 1945, 2200
MOST_DAYS = 3660
"""Working days counted at once; more is a slip of the hand."""

calendar = typer.Typer(help="Lịch làm việc. · The office calendar.", no_args_is_help=True)
Day = Annotated[str, typer.Argument(help="Ngày, ví dụ 05/01/2012. · Day first.")]
Year = Annotated[int, typer.Argument(min=FIRST_YEAR, max=LAST_YEAR, help="Năm. · Year.")]
Reason = Annotated[str, typer.Option(help="Lý do. · Reason.")]
Source = Annotated[str, typer.Option(help="Căn cứ. · Source.")]
Yes = Annotated[bool, typer.Option("--yes", help="Ghi ngay, không hỏi. · Without asking.")]


class Before(StrEnum):
    """How `trước ngày` is read."""

    BY = "by"
    STRICT = "strict"


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(calendar, name="calendar")


@calendar.command(name="list")
def list_(year: Year, home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Ngày nghỉ và ngày làm bù trong năm. · Days off and swapped days of a year."""
    with Office.open(home) as office:
        days, warnings = list_days(office, year)
    for warning in warnings:
        tell("! {warning}", warning=warning)
    if json:
        for day in days:
            put_json(_as_json(day))
        return DONE
    put_table(
        ("Ngày", "", "Lý do", "Nguồn", "Người ghi"),
        [(f"{d.day:%d/%m/%Y}", _kind(d.kind), d.reason, d.source, d.entered_by) for d in days],
    )
    return DONE


@calendar.command()
def check(year: Year, home: Home = DEFAULT_HOME) -> int:
    """Những chỗ còn phải xem của lịch một năm. · What is doubtful of a year."""
    with Office.open(home) as office:
        doubts = check_calendar(office, year)
    for doubt in doubts:
        put(doubt)
    return ATTENTION if doubts else DONE


@calendar.command()
def history(home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Lịch cơ quan đã đổi thế nào, ai ghi. · How the calendar changed, and by whom."""
    with Office.open(home) as office:
        changes = calendar_history(office)
    for one in changes:
        if json:
            row = {"version": one.version, "day": one.day.isoformat(), "kind": one.kind}
            row |= {"reason": one.reason, "source": one.source}
            put_json({**row, "by": one.changed_by, "at": one.changed_at.isoformat()})
    if not json:
        put_table(
            ("", "Ngày", "", "Lý do", "Nguồn", "Người ghi"),
            [
                (str(c.version), f"{c.day:%d/%m/%Y}", _kind(c.kind), c.reason, c.source, c.changed_by)
                for c in changes
            ],
        )
    return DONE


@calendar.command()
def add(
    day: Day,
    what: Annotated[
        str, typer.Argument(help="off, work, half; hoặc số ngày làm việc cần cộng. · Or days to add.")
    ],
    reason: Reason = "",
    source: Source = "",
    yes: Yes = False,
    home: Home = DEFAULT_HOME,
) -> int:
    """Ghi một ngày vào lịch; với một số thì cộng ngày làm việc. · Enter a day, or count days."""
    if what in KINDS:
        return _set(home, day, what, reason, source, yes)
    return _count(home, day, what)


@calendar.command()
def off(day: Day, reason: Reason, source: Source = "", yes: Yes = False, home: Home = DEFAULT_HOME) -> int:
    """Ghi một ngày nghỉ của cơ quan. · A day off."""
    return _set(home, day, "off", reason, source, yes)


@calendar.command()
def work(day: Day, reason: Reason, source: Source = "", yes: Yes = False, home: Home = DEFAULT_HOME) -> int:
    """Ghi một ngày làm việc (làm bù). · A working day."""
    return _set(home, day, "work", reason, source, yes)


@calendar.command()
def remove(day: Day, reason: Reason, yes: Yes = False, home: Home = DEFAULT_HOME) -> int:
    """Bỏ điều cơ quan đã ghi cho một ngày. · Take out what was entered for a day."""
    read = _read_day(day)
    with Office.open(home) as office:
        if not _agreed(office, read, None, yes):
            return ATTENTION
        moved = remove_day(office, read, reason=reason, by="operator", now=now())
    tell("Đã bỏ ngày ghi riêng {day}; {moved} hạn đang mở đổi theo.", day=day, moved=moved)
    return DONE


@calendar.command()
def before(
    means: Annotated[
        Before | None, typer.Argument(help="by hoặc strict; bỏ trống để xem. · Empty to see.")
    ] = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Cơ quan hiểu “trước ngày” thế nào. · How the office reads “before a day”."""
    with Office.open(home) as office:
        if means:
            read_before_as(office, means.value, by="operator", now=now())
        put(reading_of_before(office))
    return DONE


def _set(home: Home, day: str, kind: str, reason: str, source: str, yes: bool) -> int:
    read = _read_day(day)
    if not reason.strip():
        raise typer.BadParameter(tr("Thiếu --reason: lý do của ngày này."))
    with Office.open(home) as office:
        if not _agreed(office, read, kind, yes):
            return ATTENTION
        moved = set_day(office, read, kind=kind, reason=reason, source=source, by="operator", now=now())
    tell("Đã ghi {day}; {moved} hạn đang mở đổi theo.", day=day, moved=moved)
    return DONE


def _agreed(office: Office, day: dt.date, kind: str | None, yes: bool) -> bool:
    """Say what would move, and ask at a terminal; a script, which cannot answer, is told and goes on."""
    preview = preview_day(office, day, kind)
    if yes or preview.moved == 0:
        return True
    tell("Thay đổi này dời {moved} hạn đang mở, ví dụ:", moved=preview.moved)
    for document, was, becomes in preview.examples:
        tell(
            "  {document}: {was} → {becomes}",
            document=document,
            was=f"{was:%d/%m/%Y}",
            becomes=f"{becomes:%d/%m/%Y}",
        )
    if not sys.stdin.isatty() or typer.confirm(tr("Ghi vào lịch?")):
        return True
    tell("Chưa ghi gì.")
    return False


def _count(home: Home, start: str, days: str) -> int:
    first = _read_day(start)
    count = int(days) if days.lstrip("-").isdecimal() else None
    if count is None:
        raise typer.BadParameter(tr("Điều ghi phải là off, work, half, hoặc phải là một số nguyên."))
    if abs(count) > MOST_DAYS:
        raise typer.BadParameter(tr("Số ngày nhiều nhất là {most}.").format(most=MOST_DAYS))
    with Office.open(home) as office:
        put(f"{count_working_days(office, first, count):%d/%m/%Y}")
    return DONE


def _as_json(day: CalendarDay) -> dict[str, str]:
    return {
        "day": day.day.isoformat(),
        "kind": day.kind,
        "reason": day.reason,
        "source": day.source,
        "entered_by": day.entered_by,
    }


def _kind(kind: str | None) -> str:
    words = {"off": "nghỉ", "work": "làm việc", "half": "làm buổi sáng", None: "bỏ"}
    return tr(words[kind])


def _read_day(text: str) -> dt.date:
    """A day that the calendar can count from, with room on both sides."""
    day = parse_day(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadDate(given=text)
    return day
