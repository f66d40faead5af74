"""Decisions and what they rest on: who, by when, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from documents.lines import DueBasis
from documents.page import Box
from documents.people import PersonId, UnitId


class Role(StrEnum):
    """What an assignee does with the document."""

    LEAD = "lead"
    """Chủ trì: exactly one."""
    SUPPORT = "support"
    """Phối hợp."""
    INFORM = "inform"
    """Để biết: no duty, no deadline."""


class Ground(StrEnum):
    """What kind of step a *because* is."""

    EVIDENCE = "evidence"
    """Something on the paper, with its place."""
    CHECK = "check"
    """A comparison that agreed or did not."""
    RULE = "rule"
    """A row of the routing table."""
    SETTING = "setting"
    """A setting of the office."""
    CALENDAR = "calendar"
    """Working days counted."""
    PERSON = "person"
    """A person's word."""


@dataclass(frozen=True, slots=True)
class Because:
    """One step of a reason, as one Vietnamese sentence, with its place on the paper or the rule's row."""

    ground: Ground
    text: str
    page: int | None = None
    box: Box | None = None
    rule: str | None = None
    """`giao_viec@3#QT-07`: table, version, row."""

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the record."""
        return {
            "ground": self.ground.value,
            "text": self.text,
            "page": self.page,
            "box": self.box.as_list() if self.box else None,
            "rule": self.rule,
        }


def because_from_json(row: dict[str, Any]) -> Because:
    """Rebuild a step from `Because.as_json`."""
    return Because(
        Ground(row["ground"]),
        row["text"],
        row.get("page"),
        Box(*row["box"]) if row.get("box") else None,
        row.get("rule"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignee:
    """One recipient line: a person, or a unit whose head will hand it on.

    `holder` is who does it when that is neither the person nor the unit's head: who stands in during an
    absence. `basis` is what `due` was counted from, `outer` the last day that the paper itself allows.
    """

    role: Role
    person: PersonId | None = None
    unit: UnitId | None = None
    holder: PersonId | None = None
    due: dt.date | None = None
    basis: DueBasis | None = None
    outer: dt.date | None = None
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the machine does not decide alone, and the answers it can see.

    `topic` is a field name, or `lead` for "who leads"; `candidates` are person ids (or values).
    """

    topic: str
    text: str
    candidates: tuple[str, ...] = ()
    about: str | None = None
    """The printed words in question, e.g. `Đ/c Linh`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which the work is due, how it was counted, and the calendar it was counted with.

    `outer` is the last day that the paper itself allows, when it names one: nobody goes past it silently.
    `strict` is the last working day of the other reading of `trước ngày`, when the paper says so.
    """

    due: dt.date | None
    basis: DueBasis | None = None
    outer: dt.date | None = None
    strict: dt.date | None = None
    because: tuple[Because, ...] = ()
    calendar_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Who gets the document. With `questions` left it is a proposal, not a decision."""

    assignees: tuple[Assignee, ...] = ()
    questions: tuple[Question, ...] = ()
    because: tuple[Because, ...] = field(default=())

    @property
    def is_decided(self) -> bool:
        """Exactly one lead and nothing left to ask."""
        return not self.questions and sum(a.role is Role.LEAD for a in self.assignees) == 1
