"""The commands, by the contract of docs/commands.md: names, options, JSON and exit statuses."""

from __future__ import annotations

import os
import sys
import tomllib
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from desk.cli import (
    book,
    calendar,
    directing,
    notices,
    office_parts,
    papers,
    people,
    rules,
    running,
    tasks,
    work,
)
from desk.cli.speech import (
    ATTENTION,
    COULD_NOT,
    DONE,
    WRONG_CALL,
    complain,
    explain_wrong_call,
    put,
    speak,
    tell,
)
from desk.cli.unexpected import explain
from documents.errors import Trouble
from office.settings import list_strange_variables

app = typer.Typer(
    name="congvan",
    help="Công Văn: đọc, vào sổ, chuyển và theo dõi văn bản đến. · Incoming official documents.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _known_language(asked: str) -> str:
    """`vi` or `en`, also as `en_US.UTF-8`; any other is refused, never answered in Vietnamese unsaid."""
    language = asked.lower()[:2]
    if language not in ("vi", "en"):
        raise typer.BadParameter(f"Value error, '{asked}' is not one of vi, en.")
    return language


def _tell_version(wanted: bool) -> None:
    if wanted:
        put(f"congvan {_version()}")
        raise typer.Exit()


def _version() -> str:
    """Of the source this runs from, else of the installed package."""
    source = Path(__file__).parents[2] / "pyproject.toml"
    if source.is_file():
        return str(tomllib.loads(source.read_text("utf-8"))["project"]["version"])
    return version("congvan")


@app.callback()
def _language(
    lang: Annotated[
        str, typer.Option(help="vi | en", envvar="CONGVAN_LANG", callback=_known_language)
    ] = "vi",
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Nói phiên bản. · The version."
        ),
    ] = False,
) -> None:
    speak(lang)
    for name, near in list_strange_variables(os.environ):
        tell("! Biến môi trường {name} không có nghĩa gì và bị bỏ qua.", name=name)
        if near:
            tell("  → Có phải {near}?", near=near)


papers.add_to(app)
office_parts.add_to(app)
running.add_to(app)
rules.add_to(app)
people.add_to(app)
notices.add_to(app)
work.add_to(app)
calendar.add_to(app)
directing.add_to(app)
tasks.add_to(app)
book.add_to(app)


def main(arguments: list[str]) -> int:
    """Run one command; returns its exit status and never lets a traceback reach a person."""
    # Documents are confidential: what a command or a process started by one makes is for its account only.
    os.umask(0o077)
    # A wish for English may stand anywhere, as people type it: `congvan list --lang en`.
    arguments = _language_first(arguments)
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output went away (`congvan list | head`): no fault.
        _drop_output()
        return DONE
    return status


def _run(arguments: list[str]) -> int:
    try:
        outcome = app(arguments, standalone_mode=False, prog_name="congvan")
    except Trouble as trouble:
        complain(trouble)
        return COULD_NOT
    except typer.TyperException as error:
        sys.stderr.write(f"{explain_wrong_call(error)}\n")
        tell("  → Xem cách gọi: congvan --help, hoặc congvan LỆNH --help")
        return WRONG_CALL
    except (typer.Abort, KeyboardInterrupt):
        tell("Đã dừng theo yêu cầu; không có gì bị mất.")
        return COULD_NOT
    except BrokenPipeError:
        raise
    except SystemExit as stop:
        # So the command-line library answers a reader who went away.
        if isinstance(stop.__context__, BrokenPipeError):
            raise stop.__context__ from None
        raise
    except Exception as error:
        complain(explain(error, arguments, os.environ))
        return COULD_NOT
    return outcome if isinstance(outcome, int) else DONE


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that the interpreter does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _language_first(arguments: list[str]) -> list[str]:
    for i, word in enumerate(arguments):
        if word == "--lang" and i + 1 < len(arguments):
            return ["--lang", arguments[i + 1], *arguments[:i], *arguments[i + 2 :]]
        if word.startswith("--lang="):
            return [word, *arguments[:i], *arguments[i + 1 :]]
    return arguments


__all__ = ["ATTENTION", "Path", "app", "main"]
