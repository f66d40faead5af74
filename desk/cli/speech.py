"""How the commands speak: data on stdout, everything else on stderr; Vietnamese first, English on request."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import typer
from babel.messages.pofile import read_po
from rich.console import Console
from rich.table import Table

from desk.cli.foreign import in_vietnamese
from desk.recorded import in_english
from documents.errors import Trouble
from office.phrase import Phrase

DONE, ATTENTION, COULD_NOT, WRONG_CALL = 0, 1, 2, 64
"""Exit statuses of the command contract."""

_language = "vi"


def speak(language: str) -> None:
    """Choose the language of messages: `vi` or `en`."""
    global _language
    _language = language


def language() -> str:
    """The language of messages: `vi` or `en`."""
    return _language


def tr(text: str) -> str:
    """`text` in the chosen language; Vietnamese is the source text."""
    return _english().get(text, text) if _language == "en" else text


@cache
def _english() -> dict[str, str]:
    with (files("desk.cli") / "english.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}


def tell(text: str, **facts: Any) -> None:
    """One line for the person, on stderr."""
    sys.stderr.write(tr(text).format(**{name: say(fact) for name, fact in facts.items()}) + "\n")


def say(fact: Any) -> Any:
    """A fact in the chosen language where it has words of its own; numbers, days and names as they are."""
    if isinstance(fact, Phrase):
        return tr(fact.pattern).format(**{name: say(one) for name, one in fact.facts.items()})
    if isinstance(fact, str):
        return _in_english(fact) if _language == "en" else in_vietnamese(fact)
    return fact


def _in_english(text: str) -> str:
    said = tr(text)
    return (in_english(text) or text) if said == text else said


_WRONG_CALLS = (
    (re.compile(r"No such command '(.*)'\. Did you mean '?(.*?)'?\?"), "Không có lệnh “{0}”. Có phải “{1}”?"),
    (re.compile(r"No such command '(.*)'\..*"), "Không có lệnh “{0}”."),
    (re.compile(r"No such option: (\S+)(?: .*)?"), "Không có tuỳ chọn {0}."),
    (re.compile(r"Missing (?:parameter: |argument '|option ')(.*?)'?\.?"), "Thiếu {where}."),
    (re.compile(r"Option '(.*)' requires an argument\."), "Tuỳ chọn {0} cần một giá trị."),
    (re.compile(r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)"), "Thừa: {0}."),
    (re.compile(r"Value error, '(.*?)' is not one of (.*)\."), "{where}: “{0}” không thuộc: {1}."),
    (re.compile(r"Input should be less than or equal to (\S+)"), "{where} nhiều nhất là {0}."),
    (re.compile(r"Input should be greater than or equal to (\S+)"), "{where} ít nhất là {0}."),
    (re.compile(r"Input should be a valid integer.*"), "{where} phải là một số nguyên."),
    (re.compile(r".*"), "Giá trị của {where} không hợp lệ."),
)
"""What the command-line library says of a wrong call, in English, and how we say it."""


def explain_wrong_call(error: typer.TyperException) -> str:
    """A wrong call in the chosen language, with the argument or option that is wrong."""
    said = str(error)
    parameter = getattr(error, "param", None)
    where = parameter.opts[0] if parameter is not None and parameter.opts else ""
    if _language == "en":
        said = said.removeprefix("Value error, ")
        return f"Missing: {where}" if said.startswith("Missing") else f"{where}: {said}" if where else said
    for pattern, ours in _WRONG_CALLS:
        if (where or "{where}" not in ours) and (match := pattern.fullmatch(said)):
            return ours.format(*match.groups(), where=where)
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
    facts = {name: say(fact) for name, fact in trouble.facts.items()}
    sys.stderr.write(f"{tr('Lỗi')}: {message.format(**facts)}\n  → {advice.format(**facts)}\n")


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
