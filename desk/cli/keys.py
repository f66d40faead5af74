"""`people key …`: keys by which programs ask for the office's JSON."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, OPERATOR, AsJson, Home, now
from desk.cli.speech import DONE, put, put_json, put_table, tell, tr
from office import programs
from office.office import Office, local_day
from office.typed import parse_day

_A_YEAR = dt.timedelta(days=365)


def add_to(people: typer.Typer) -> None:
    """Add these commands."""
    people.command()(key)
    people.command()(keys)
    people.command(name="revoke-key")(revoke_key)


def key(
    person_id: Annotated[str, typer.Argument(metavar="ID", help="Mã của người. · The person's id.")],
    name: Annotated[str, typer.Option(help="Tên chương trình. · What the program is.")],
    until: Annotated[
        str | None,
        typer.Option(help="Ngày cuối dùng được, mặc định một năm. · Its last day, a year by default."),
    ] = None,
    writes: Annotated[
        bool,
        typer.Option("--writes", help="Được cả xử lý việc, không chỉ đọc. · May act too, not only read."),
    ] = False,
    home: Home = DEFAULT_HOME,
) -> int:
    """Cấp khoá cho một chương trình đứng tên người này. · Give a program a key in this person's name."""
    moment = now()
    last = parse_day(until) if until else local_day(moment) + _A_YEAR
    with Office.open(home) as office:
        made = programs.make_key(office, person_id, name, until=last, writes=writes, by=OPERATOR, now=moment)
    tell("Khoá cho {name}, dùng đến {until}, chỉ hiện một lần này:", name=name, until=f"{last:%d/%m/%Y}")
    put(made)
    return DONE


def keys(home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Liệt kê khoá của các chương trình. · List programs' keys."""
    with Office.open(home) as office:
        found = programs.keys_of_office(office)
    today = local_day(now())
    if json:
        for one in found:
            put_json(
                {
                    "id": one.id,
                    "person": one.person,
                    "name": one.name,
                    "writes": one.writes,
                    "until": one.until.isoformat(),
                    "made_at": one.made_at.isoformat(),
                    "used_at": one.used_at.isoformat() if one.used_at else None,
                    "good": one.is_good(today),
                }
            )
        return DONE
    put_table(
        ("Mã", "Chương trình", "Đứng tên", "Đến ngày", "Trạng thái"),
        [
            (
                one.id,
                one.name,
                one.person,
                f"{one.until:%d/%m/%Y}",
                tr("đang dùng được") if one.is_good(today) else tr("không còn dùng được"),
            )
            for one in found
        ],
    )
    return DONE


def revoke_key(
    key_id: Annotated[str, typer.Argument(metavar="KEY", help="Mã khoá (people keys). · The key's id.")],
    home: Home = DEFAULT_HOME,
) -> int:
    """Thu hồi một khoá ngay. · Take a key back at once."""
    with Office.open(home) as office:
        gone = programs.revoke_key(office, key_id, by=OPERATOR, now=now())
    tell("Đã thu hồi khoá {id} của {name}.", id=gone.id, name=gone.name)
    return DONE
