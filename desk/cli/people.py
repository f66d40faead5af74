"""`people …`: the directory of units and persons."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, AsJson, Home, now
from desk.cli.speech import DONE, put_json, put_table, tell
from documents.people import Duty
from documents.wording import DUTY_LABELS
from office.office import Office
from office.staff import add_person, add_unit, list_people

people = typer.Typer(help="Danh bạ người và đơn vị. · People and units.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(people, name="people")


@people.command(name="list")
def list_(home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Liệt kê mọi người. · List people."""
    with Office.open(home) as office:
        directory = list_people(office)
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
                    "since": person.since.isoformat() if person.since else None,
                    "until": person.until.isoformat() if person.until else None,
                }
            )
        return DONE
    put_table(
        ("Mã", "Họ tên", "Vai trò", "Đơn vị", "Thư", "Bí danh"),
        [
            (
                p.id,
                p.name,
                DUTY_LABELS[p.duty],
                units.get(p.unit, "") if p.unit else "",
                p.email or "",
                ", ".join(p.aliases),
            )
            for p in directory.people
        ],
    )
    return DONE


@people.command()
def add(
    name: Annotated[str, typer.Argument(help="Họ và tên. · Full name.")],
    person_id: Annotated[str, typer.Option("--id", help="Mã và tên đăng nhập. · Id and login.")],
    duty: Annotated[Duty, typer.Option(help="Vai trò. · Role.")] = Duty.OFFICER,
    unit: Annotated[str, typer.Option(help="Mã đơn vị. · Unit id.")] = "",
    email: Annotated[str, typer.Option(help="Địa chỉ thư. · E-mail.")] = "",
    title: Annotated[str, typer.Option(help="Chức vụ. · Title.")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="Cách gọi khác trên dấu đến. · Alias.")] = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Thêm hoặc sửa một người. · Add or change a person."""
    with Office.open(home) as office:
        password = add_person(
            office,
            person_id=person_id,
            name=name,
            duty=duty,
            unit=unit or None,
            email=email or None,
            title=title or None,
            aliases=tuple(alias or ()),
            by="operator",
            now=now(),
        )
    tell("Đã lưu {name} ({id}).", name=name, id=person_id)
    if password:
        tell("Mật khẩu một lần: {password}", password=password)
    return DONE


@people.command()
def unit(
    name: Annotated[str, typer.Argument(help="Tên đơn vị. · Name.")],
    unit_id: Annotated[str, typer.Option("--id", help="Mã đơn vị. · Id.")],
    alias: Annotated[list[str] | None, typer.Option(help="Cách viết tắt. · Short form.")] = None,
    head: Annotated[str, typer.Option(help="Mã người đứng đầu. · Head's id.")] = "",
    home: Home = DEFAULT_HOME,
) -> int:
    """Thêm hoặc sửa một đơn vị. · Add or change a unit."""
    with Office.open(home) as office:
        add_unit(
            office,
            unit_id=unit_id,
            name=name,
            aliases=tuple(alias or ()),
            head=head or None,
            by="operator",
            now=now(),
        )
    tell("Đã lưu {name} ({id}).", name=name, id=unit_id)
    return DONE
