"""How the commands speak: data on stdout, everything else on stderr; Vietnamese first, English on request."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from babel.messages.pofile import read_po
from rich.console import Console
from rich.table import Table

from documents.errors import Trouble

DONE, ATTENTION, COULD_NOT, WRONG_CALL = 0, 1, 2, 64
"""Exit statuses of the command contract."""

_language = "vi"


def speak(language: str) -> None:
    """Choose the language of messages: `vi` or `en`."""
    global _language
    _language = language


def tr(text: str) -> str:
    """`text` in the chosen language; Vietnamese is the source text."""
    return _english().get(text, text) if _language == "en" else text


@cache
def _english() -> dict[str, str]:
    with (files("desk.cli") / "english.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}


def tell(text: str, **facts: Any) -> None:
    """One line for the person, on stderr."""
    sys.stderr.write(tr(text).format(**facts) + "\n")


_WRONG_CALLS = (
    (re.compile(r"No such command '(.*)'\."), "Không có lệnh “{}”."),
    (re.compile(r"No such option: (\S+)(?: .*)?"), "Không có tuỳ chọn {}."),
    (re.compile(r"Missing (?:parameter: |argument '|option ')(.*?)'?\.?"), "Thiếu {}."),
    (re.compile(r"Option '(.*)' requires an argument\."), "Tuỳ chọn {} cần một giá trị."),
    (re.compile(r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)"), "Thừa: {}."),
    (
        re.compile(r"(?:Value error, |Invalid value.*?: )'(.*?)' is not one of (.*)\."),
        "“{}” không thuộc: {}.",
    ),
    (re.compile(r"Invalid value for '?(.*?)'?: .*"), "Giá trị của {} không hợp lệ."),
)
"""What the command-line library says of a wrong call, in English, and how we say it."""


def explain_wrong_call(said: str) -> str:
    """A wrong call in the chosen language; what is not known stays as it is."""
    if _language == "en":
        return said
    for pattern, ours in _WRONG_CALLS:
        if match := pattern.fullmatch(said):
            return ours.format(*match.groups())
    return said


def put(text: str) -> None:
    """One line of data, on stdout."""
    sys.stdout.write(text + "\n")


def put_json(row: Any) -> None:
    """One JSON object a line, on stdout."""
    put(json.dumps(row, ensure_ascii=False))


def complain(trouble: Trouble) -> None:
    """What happened and what to do next, on stderr."""
    message, advice = tr(type(trouble).message), tr(type(trouble).advice)
    sys.stderr.write(
        f"{tr('Lỗi')}: {message.format(**trouble.facts)}\n  → {advice.format(**trouble.facts)}\n"
    )


def put_table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A table on stdout: ruled on a terminal, tab-separated in a pipe."""
    if not sys.stdout.isatty():
        for row in rows:
            put("\t".join(row))
        return
    table = Table(*(tr(c) for c in columns), header_style="bold", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def following(total: int, text: str) -> Callable[[int], None]:
    """Show how far a long job is: a bar on a terminal, silence in a pipe. Call the result with the count."""
    if not sys.stderr.isatty() or total < 2:
        return lambda _: None
    from rich.progress import Progress

    progress = Progress(console=Console(stderr=True), transient=True)
    task = progress.add_task(tr(text), total=total)
    progress.start()

    def moved(count: int) -> None:
        progress.update(task, completed=count)
        if count >= total:
            progress.stop()

    return moved
