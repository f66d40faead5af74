"""`rules check`: is a routing table sound, and what does it say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, OPERATOR, AsJson, Home, now
from desk.cli.speech import ATTENTION, DONE, put, put_json, tell, tr
from office.office import Office
from office.tables import adopt_table, check_rules, read_table

rules = typer.Typer(help="Quy tắc giao việc. · Routing rules.", no_args_is_help=True)

TableFile = Annotated[
    Path | None, typer.Argument(help="Tệp YAML; bỏ trống là bảng đang dùng. · A file, or the table in force.")
]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(rules, name="rules")


@rules.command()
def check(file: TableFile = None, home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Kiểm bảng quy tắc và đọc lại từng dòng thành câu. · Check a table, row by row in words."""
    with Office.open(home) as office:
        found = check_rules(office, read_table(file) if file else None)
    if json:
        put_json(
            {
                "name": found.name,
                "version": found.version,
                "rows": list(found.sentences),
                "warnings": list(found.warnings),
            }
        )
    else:
        put(tr("{name}, bản {version}").format(name=found.name, version=found.version))
        for sentence in found.sentences:
            put(f"  {sentence}")
        for warning in found.warnings:
            put(f"  ! {warning}")
    return ATTENTION if found.warnings else DONE


@rules.command()
def adopt(
    file: Annotated[Path, typer.Argument(help="Tệp YAML. · A YAML file.")], home: Home = DEFAULT_HOME
) -> int:
    """Đưa bảng quy tắc vào dùng thành bản kế tiếp. · Bring a table into force as the next version."""
    with Office.open(home) as office:
        version = adopt_table(office, read_table(file), by=OPERATOR, now=now())
        warnings = check_rules(office, None).warnings
    tell("Bảng quy tắc đã vào dùng, bản {version}.", version=version)
    for warning in warnings:
        tell("! {warning}", warning=warning)
    return ATTENTION if warnings else DONE
