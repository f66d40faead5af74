"""`calendar …`: days off, working Saturdays, and counting."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, AsJson, Home, now
from desk.cli.speech import DONE, put, put_json, put_table, tell, tr
from documents.errors import BadDate
from office.diary import count_working_days, list_days, set_day
from office.office import Office
from office.typed import parse_day

FIRST_YEAR, LAST_YEAR = 1945, 2200
MOST_DAYS = 3660
"""Working days counted at once; more is a slip of the hand."""

calendar = typer.Typer(help="Lịch làm việc. · The office calendar.", no_args_is_help=True)
Day = Annotated[str, typer.Argument(help="Ngày, ví dụ 05/01/2012. · Day first.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(calendar, name="calendar")


@calendar.command(name="list")
def list_(
    year: Annotated[int, typer.Argument(min=FIRST_YEAR, max=LAST_YEAR, help="Năm. · Year.")],
    home: Home = DEFAULT_HOME,
    json: AsJson = False,
) -> int:
    """Ngày nghỉ và ngày làm bù trong năm. · Days off and swapped days of a year."""
    with Office.open(home) as office:
        days, warnings = list_days(office, year)
    for warning in warnings:
        tell("! {warning}", warning=warning)
    if json:
        for day in days:
            put_json(
                {"day": day.day.isoformat(), "kind": day.kind, "reason": day.reason, "source": day.source}
            )
        return DONE
    kinds = {"off": tr("nghỉ"), "work": tr("làm việc")}
    put_table(
        ("Ngày", "", "Lý do", "Nguồn"),
        [(f"{d.day:%d/%m/%Y}", kinds[d.kind], d.reason, d.source) for d in days],
    )
    return DONE


@calendar.command()
def off(
    day: Day,
    reason: Annotated[str, typer.Option(help="Lý do. · Reason.")],
    source: Annotated[str, typer.Option(help="Căn cứ. · Source.")] = "",
    home: Home = DEFAULT_HOME,
) -> int:
    """Ghi một ngày nghỉ của cơ quan. · A day off."""
    return _set(home, day, "off", reason, source)


@calendar.command()
def work(
    day: Day,
    reason: Annotated[str, typer.Option(help="Lý do. · Reason.")],
    source: Annotated[str, typer.Option(help="Căn cứ. · Source.")] = "",
    home: Home = DEFAULT_HOME,
) -> int:
    """Ghi một ngày làm việc (làm bù). · A working day."""
    return _set(home, day, "work", reason, source)


def _set(home: Home, day: str, kind: str, reason: str, source: str) -> int:
    read = _read_day(day)
    with Office.open(home) as office:
        set_day(office, read, kind=kind, reason=reason, source=source, by="operator", now=now())
    tell("Đã ghi {day}. Hạn đã đặt trước đó chưa đổi theo.", day=day)
    return DONE


def _read_day(text: str) -> dt.date:
    """A day that the calendar can count from, with room on both sides."""
    day = parse_day(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadDate(given=text)
    return day


@calendar.command()
def add(
    start: Day,
    days: Annotated[
        int, typer.Argument(min=-MOST_DAYS, max=MOST_DAYS, help="Số ngày làm việc. · Working days.")
    ],
    home: Home = DEFAULT_HOME,
) -> int:
    """Cộng ngày làm việc, không tính ngày đầu. · Add working days, the first not counted."""
    first = _read_day(start)
    with Office.open(home) as office:
        put(f"{count_working_days(office, first, days):%d/%m/%Y}")
    return DONE
