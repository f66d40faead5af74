"""`rules check`: is a routing table sound, and what does it say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, AsJson, Home, now
from desk.cli.speech import ATTENTION, DONE, put, put_json, tell
from office.office import Office
from office.tables import adopt_table, check_rules

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
        found = check_rules(office, file.read_text("utf-8") if file else None)
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
        put(f"{found.name}, bản {found.version}")
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
        version = adopt_table(office, file.read_text("utf-8"), by="operator", now=now())
    tell("Bảng quy tắc đã vào dùng, bản {version}.", version=version)
    return DONE
