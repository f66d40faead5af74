"""Write docs/authorization.md from the declared tables: `python -m tests.matrix.written`.

The tables are what the tests ask of the running program, so the page is what was proved, not what is hoped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.matrix.places import PLACES, Kind
from tests.matrix.should_be import DUTIES, EYES, STEPS, Role, Whose

PAGE = Path(__file__).parents[2] / "docs" / "authorization.md"
_INSIDE = [role for role in Role if role is not Role.NOBODY]
_WORDS = {
    Whose.OWN: "own (a line names me)",
    Whose.OWN_MARKED: "own, with a secrecy mark",
    Whose.HANDED: "I handed it on",
    Whose.HANDED_MARKED: "I handed it on, mark",
    Whose.STOOD_IN: "of whom I stand in for",
    Whose.STOOD_IN_MARKED: "of whom I stand in for, mark",
    Whose.UNIT: "another's in my unit",
    Whose.UNIT_MARKED: "another's in my unit, mark",
    Whose.ELSEWHERE: "another's elsewhere",
    Whose.ELSEWHERE_MARKED: "another's elsewhere, mark",
    Whose.WAITING: "not registered yet",
    Whose.WAITING_MARKED: "not registered yet, mark",
    Whose.SEALED: "sealed",
}
_HEAD = """# Who may do what

Written by `python -m tests.matrix.written` from the tables in `tests/matrix/`; a test holds this page to them. \
`tests/matrix/test_matrix.py` asks every route below over HTTP, as every role, of a document of every kind, and \
reads every byte of the answers: pages, JSON, PDF, XLSX, calendars, pictures, files, the stream. A route that has \
no place here fails the tests. Why it is so: [decision 0013](decisions/0013-who-may-open-what.md).

"""


def page() -> str:
    """The page as it should be."""
    return _HEAD + "\n".join([*_eyes(), *_duties(), *_steps(), *_routes()]).rstrip() + "\n"


def _eyes() -> Iterator[str]:
    yield "## How much of a document a role sees"
    yield ""
    yield (
        "*opens*: everything. *line*: its line of the register (number, day, issuer, notation, subject, "
        "recipient). *number*: of that line number and day. –: nothing. Whoever is not signed in sees nothing."
    )
    yield ""
    yield from _rows(
        ["whose document", *_INSIDE],
        ([_WORDS[whose], *(EYES[role, whose].replace("-", "–") for role in _INSIDE)] for whose in Whose),
    )


def _duties() -> Iterator[str]:
    yield "## Groups of roles"
    yield ""
    yield from _rows(["group", "roles"], ([name, roles.replace(" ", ", ")] for name, roles in DUTIES.items()))


def _steps() -> Iterator[str]:
    yield "## Steps of work"
    yield ""
    yield "On whose documents a role may take them, where the line is in a state that allows the step; `+` marks."
    yield ""
    yield from _rows(
        ["step", *_INSIDE],
        (
            [step, *(", ".join(w for w in Whose if w in by_role.get(role, ())) or "–" for role in _INSIDE)]
            for step, by_role in STEPS.items()
        ),
    )


def _routes() -> Iterator[str]:
    yield "## Every route"
    yield ""
    yield "*Group* says who may ask at all; of a document, only of those that the first table opens to them."
    yield ""
    for kind in Kind:
        yield f"### {kind[0].upper()}{kind[1:]}"
        yield ""
        found = ([f"`{route}`", place.group] for route, place in PLACES.items() if place.kind is kind)
        yield from _rows(["route", "group"], found)


def _rows(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = list(head)
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
