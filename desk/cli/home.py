"""Which office a command works on: `--home`, else `$CONGVAN_HOME`, else `./var`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path,
    typer.Option("--home", envvar="CONGVAN_HOME", help="Thư mục của cơ quan. · Folder of the office."),
]
DEFAULT_HOME = Path("var")

AsJson = Annotated[bool, typer.Option("--json", help="JSON, mỗi dòng một đối tượng. · One object a line.")]


def now() -> dt.datetime:
    """The moment, aware UTC; commands are a door, so they may look at the clock."""
    return dt.datetime.now(dt.UTC)
