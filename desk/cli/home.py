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
LOGS = "nhat-ky"
"""Folder under the home for the logs of the processes and of commands that failed."""
OPERATOR = "operator"
"""Who acts in the audit log when a command changes something."""

AsJson = Annotated[bool, typer.Option("--json", help="JSON, mỗi dòng một đối tượng. · One object a line.")]


def now() -> dt.datetime:
    """The moment, aware UTC; commands are a door, so they may look at the clock."""
    return dt.datetime.now(dt.UTC)
