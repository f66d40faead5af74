"""`people …`: the directory of units and persons."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from desk.cli import absence, keys
from desk.cli.home import DEFAULT_HOME, OPERATOR, AsJson, Home, now
from desk.cli.speech import ATTENTION, DONE, put_json, put_table, tell, tr
from documents.people import AliasDays, Duty, Officer
from documents.wording import DUTY_LABELS
from office import handover, staff
from office.office import Office, local_day
from office.typed import parse_day

people = typer.Typer(help="Danh bạ người và đơn vị. · People and units.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    absence.add_to(people)
    keys.add_to(people)
    app.add_typer(people, name="people")


@people.command(name="list")
def list_(home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Liệt kê mọi người. · List people."""
    with Office.open(home) as office:
        directory = staff.list_people(office)
    units = {unit.id: unit.name for unit in directory.units}
    if json:
        for person in directory.people:
            put_json(
                {
                    "id": person.id,
                    "name": person.name,
                    "duty": person.duty.value,
                    "unit": person.unit,
                    "title": person.title,
                    "email": person.email,
                    "aliases": list(person.aliases),
                    "alias_days": [_days_json(days) for days in person.alias_days],
                    "since": person.since.isoformat() if person.since else None,
                    "until": person.until.isoformat() if person.until else None,
                }
            )
        return DONE
    put_table(
        ("Mã", "Họ tên", "Vai trò", "Đơn vị", "Thư", "Bí danh", "Đến ngày"),
        [
            (
                p.id,
                p.name,
                tr(DUTY_LABELS[p.duty]),
                units.get(p.unit, "") if p.unit else "",
                p.email or "",
                ", ".join(_with_days(alias, p) for alias in p.aliases),
                f"{p.until:%d/%m/%Y}" if p.until else "",
            )
            for p in directory.people
        ],
    )
    return DONE


def _days_json(days: AliasDays) -> dict[str, str | None]:
    return {
        "alias": days.alias,
        "since": days.since.isoformat() if days.since else None,
        "until": days.until.isoformat() if days.until else None,
    }


def _with_days(alias: str, person: Officer) -> str:
    """`Đ/c Linh (05/01/2012–…)`: an alias with its days where it has any."""
    known = next((days for days in person.alias_days if days.alias == alias), None)
    if known is None:
        return alias
    first, last = (f"{day:%d/%m/%Y}" if day else "…" for day in (known.since, known.until))
    return f"{alias} ({first}–{last})"


Id = Annotated[str, typer.Argument(metavar="ID", help="Mã của người. · The person's id.")]
Unit = Annotated[str | None, typer.Option(help="Mã đơn vị. · Unit id.")]
Email = Annotated[str | None, typer.Option(help="Địa chỉ thư. · E-mail.")]
Title = Annotated[str | None, typer.Option(help="Chức vụ. · Title.")]
Aliases = Annotated[list[str] | None, typer.Option("--alias", help="Cách gọi khác. · Another name.")]


@people.command()
def add(
    name: Annotated[str, typer.Argument(help="Họ và tên. · Full name.")],
    person_id: Annotated[str, typer.Option("--id", help="Mã và tên đăng nhập. · Id and login.")],
    duty: Annotated[Duty, typer.Option(help="Vai trò. · Role.")] = Duty.OFFICER,
    unit: Unit = None,
    email: Email = None,
    title: Title = None,
    alias: Aliases = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Thêm một người mới. · Add a new person."""
    with Office.open(home) as office:
        password = staff.add_person(
            office,
            person_id=person_id,
            name=name,
            duty=duty,
            unit=unit,
            email=email,
            title=title,
            aliases=tuple(alias or ()),
            by=OPERATOR,
            now=now(),
        )
    tell("Đã lưu {name} ({id}).", name=name, id=person_id)
    tell("Mật khẩu một lần: {password}", password=password)
    return DONE


@people.command()
def change(
    person_id: Id,
    name: Annotated[str | None, typer.Option(help="Họ và tên. · Full name.")] = None,
    duty: Annotated[Duty | None, typer.Option(help="Vai trò. · Role.")] = None,
    unit: Unit = None,
    email: Email = None,
    title: Title = None,
    alias: Aliases = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Sửa một người; ô không ghi thì giữ nguyên, ghi "" là bỏ. · Change what is given, "" takes away."""
    aliases = None if alias is None else tuple(alias)
    wish = staff.PersonChange(name=name, duty=duty, unit=unit, email=email, title=title, aliases=aliases)
    with Office.open(home) as office:
        person = staff.change_person(office, person_id, wish, by=OPERATOR, now=now())
    tell("Đã lưu {name} ({id}).", name=person.name, id=person.id)
    return DONE


@people.command()
def password(
    person_id: Id,
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Đọc mật khẩu từ đầu vào chuẩn. · Read it from stdin.")
    ] = False,
    home: Home = DEFAULT_HOME,
) -> int:
    """Đặt lại mật khẩu; mọi phiên đang mở bị đóng. · Set a new password and end all sessions."""
    with Office.open(home) as office:
        given = _ask_password() if stdin else None
        made = staff.set_password(office, person_id, given, by=OPERATOR, now=now())
    tell("Đã đặt mật khẩu mới cho {id}; mọi phiên đang mở đã đóng.", id=person_id)
    if made:
        tell("Mật khẩu một lần: {password}", password=made)
    return DONE


def _ask_password() -> str:
    """The first line of stdin; at a terminal it is asked for and not shown."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{tr('Mật khẩu mới')}: ")
    return sys.stdin.readline().rstrip("\r\n")


@people.command()
def retire(
    person_id: Id,
    on: Annotated[
        str | None, typer.Option("--on", help="Ngày làm việc cuối; mặc định hôm nay. · Last day of service.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Làm việc trở lại. · Serves again.")] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Dù còn việc chưa xong. · Although work is open.")
    ] = False,
    home: Home = DEFAULT_HOME,
) -> int:
    """Cho một người thôi làm việc; không xoá gì. · End a person's service; nothing is deleted."""
    last_day = None if undo else parse_day(on) if on else local_day(now())
    with Office.open(home) as office:
        person = staff.retire_person(office, person_id, last_day, anyway=anyway, by=OPERATOR, now=now())
        left = handover.work_left_by(office, person.id)
        headed = staff.units_headed_by(staff.list_people(office), person.id)
    if last_day is None:
        tell("{name} ({id}) làm việc trở lại.", name=person.name, id=person.id)
        return DONE
    tell(
        "Ngày làm việc cuối của {name} ({id}): {day:%d/%m/%Y}.", name=person.name, id=person.id, day=last_day
    )
    for one in headed:
        tell(
            '! {unit} vẫn ghi người này đứng đầu. Đổi: congvan people unit "{unit}" --id {id} --head MÃ',
            unit=one.name,
            id=one.id,
        )
    for document in left:
        tell("! {document}: việc chưa xong vẫn do {name} giữ.", document=document, name=person.name)
    return ATTENTION if headed or left else DONE


@people.command()
def unit(
    name: Annotated[str, typer.Argument(help="Tên đơn vị. · Name.")],
    unit_id: Annotated[str, typer.Option("--id", help="Mã đơn vị. · Id.")],
    alias: Aliases = None,
    head: Annotated[str | None, typer.Option(help="Mã người đứng đầu. · Head's id.")] = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Thêm hoặc sửa một đơn vị; ô không ghi thì giữ nguyên. · Add a unit or change what is given."""
    aliases = None if alias is None else tuple(alias)
    with Office.open(home) as office:
        staff.save_unit(
            office, unit_id=unit_id, name=name, aliases=aliases, head=head, by=OPERATOR, now=now()
        )
    tell("Đã lưu {name} ({id}).", name=name, id=unit_id)
    return DONE
