"""What should be: who may do what with whose document, declared by hand and read from no code under test.

Whose a document is depends on who asks; a `+` marks one that bears a secrecy mark. Sources: domain §6.3 and
decision 0013. `places.py` says under which of these each route stands.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Who asks: a duty, or a visitor who is not signed in."""

    CLERK = "clerk"
    OFFICER = "officer"
    HEAD = "head"
    LEADER = "leader"
    INSPECTOR = "inspector"
    ADMIN = "admin"
    NOBODY = "nobody"


class Whose(StrEnum):
    """Whose a document is, seen from who asks."""

    OWN = "own"
    """A line names me."""
    OWN_MARKED = "own+"
    HANDED = "handed"
    """I had it and handed it on."""
    HANDED_MARKED = "handed+"
    STOOD_IN = "stood-in"
    """Of somebody for whose whole work I stand in."""
    STOOD_IN_MARKED = "stood-in+"
    UNIT = "unit"
    """Another's in my unit."""
    UNIT_MARKED = "unit+"
    ELSEWHERE = "elsewhere"
    ELSEWHERE_MARKED = "elsewhere+"
    WAITING = "waiting"
    """In no register yet and nobody's."""
    WAITING_MARKED = "waiting+"
    SEALED = "sealed"
    """Set aside for its secrecy mark; its file is nobody's to take from the desk."""


class Eyes(StrEnum):
    """How much of a document somebody sees; what comes first is more."""

    OPENS = "opens"
    """Everything."""
    LINE = "line"
    """Its line of the register: number, day, issuer, notation, subject, recipient."""
    NUMBER = "number"
    """Of that line number and day only."""
    NOTHING = "-"


def _table(text: str) -> dict[tuple[Role, str], str]:
    """Cells by row and head of the column."""
    head, *rows = (line.split() for line in text.strip().splitlines())
    return {
        (Role(role), column): cell for role, *cells in rows for column, cell in zip(head, cells, strict=True)
    }


_EYES = """
          own    own+   handed handed+ stood-in stood-in+ unit   unit+  elsewhere elsewhere+ waiting waiting+ sealed
clerk     opens  opens  opens  opens   opens    opens     opens  opens  opens     opens      opens   opens    opens
officer   opens  opens  opens  opens   opens    number    line   number line      number     -       -        -
head      opens  opens  opens  opens   opens    number    opens  opens  line      number     -       -        -
leader    opens  opens  opens  opens   opens    opens     opens  opens  opens     opens      opens   opens    opens
inspector opens  opens  opens  opens   opens    number    opens  number opens     number     opens   -        -
admin     opens  opens  opens  opens   opens    number    opens  number opens     number     opens   -        -
nobody    -      -      -      -       -        -         -      -      -         -          -       -        -
"""
EYES = {(role, Whose(whose)): Eyes(cell) for (role, whose), cell in _table(_EYES).items()}

DUTIES = {
    "anyone": "clerk officer head leader inspector admin nobody",
    "everybody": "clerk officer head leader inspector admin",
    "clerks": "clerk admin",
    "watchers": "clerk head leader inspector admin",
    "state": "clerk leader inspector admin",
    "log": "leader inspector admin",
    "drafters": "clerk head leader admin",
    "approvers": "leader admin",
    "absences": "clerk leader admin",
    "reminders": "clerk head leader admin",
    "directors": "clerk leader admin",
    "workers": "clerk officer head leader admin",
    "administration": "admin",
}
"""Groups of roles, by the name that `places.py` calls them; `absences` is of people outside one's unit."""
ROLES = {group: frozenset(map(Role, names.split())) for group, names in DUTIES.items()}

_HOLDER = {
    Role.CLERK: "own own+",
    Role.OFFICER: "own own+ stood-in",
    Role.HEAD: "own own+",
    Role.LEADER: "own own+",
    Role.ADMIN: "own own+",
}
"""Whoever holds the line, also in somebody's place; an inspector only looks."""
_ANY = "own own+ handed handed+ stood-in stood-in+ unit unit+ elsewhere elsewhere+"
_ABOVE = {Role.LEADER: _ANY, Role.HEAD: "unit unit+"}
_STEPS = {
    "accept": _HOLDER,
    "return": _HOLDER,
    "extend": _HOLDER,
    "progress": _HOLDER,
    "finish": _HOLDER,
    "hand-on": {Role.HEAD: "own own+", Role.LEADER: "own own+"},
    "grant": _ABOVE,
    "refuse": _ABOVE,
    "reassign": {Role.CLERK: _ANY, Role.LEADER: _ANY, Role.HEAD: "own own+ unit unit+"},
    "reopen": {**_HOLDER, Role.CLERK: _ANY, Role.LEADER: _ANY, Role.HEAD: "own own+ unit unit+"},
}
STEPS = {
    step: {role: frozenset(map(Whose, whose.split())) for role, whose in by_role.items()}
    for step, by_role in _STEPS.items()
}
"""Each step of work: on whose documents a role may take it."""


def sees(role: Role, whose: Whose) -> Eyes:
    """How much that role sees of such a document."""
    return EYES[role, whose]


def opens(role: Role, whose: Whose) -> bool:
    """Whether that role may open such a document."""
    return sees(role, whose) is Eyes.OPENS


def may_step(role: Role, step: str, whose: Whose) -> bool:
    """Whether that role may take that step on such a document."""
    return whose in STEPS[step].get(role, frozenset())
