"""Decisions as plain JSON values, and back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from documents.decisions import Assignee, Because, Question, Role, because_from_json
from documents.lines import basis_from_json
from documents.people import PersonId, UnitId

_RULE = re.compile(r".+@(?P<version>\d{1,9})#(?P<row>.+)")


def because_as_json(because: Iterable[Because]) -> list[dict[str, Any]]:
    """Reasons as plain values."""
    return [step.as_json() for step in because]


def because_of(rows: Iterable[dict[str, Any]]) -> tuple[Because, ...]:
    """Reasons from `because_as_json`."""
    return tuple(because_from_json(row) for row in rows)


def question_as_json(question: Question) -> dict[str, Any]:
    """A question as plain values."""
    return {
        "topic": question.topic,
        "text": question.text,
        "candidates": list(question.candidates),
        "about": question.about,
    }


def question_of(row: dict[str, Any]) -> Question:
    """A question from `question_as_json`."""
    return Question(
        topic=row["topic"], text=row["text"], candidates=tuple(row["candidates"]), about=row["about"]
    )


def named_rule(because: Iterable[Because]) -> tuple[int | None, str | None]:
    """Table version and row of the last rule that reasons name (`giao_viec@3#QT-07`); None twice for none."""
    named = [match for step in because if (match := _RULE.fullmatch(step.rule or ""))]
    return (int(named[-1]["version"]), named[-1]["row"]) if named else (None, None)


def assignee_as_json(assignee: Assignee) -> dict[str, Any]:
    """A recipient line as plain values."""
    return {
        "role": assignee.role.value,
        "person": assignee.person,
        "unit": assignee.unit,
        "holder": assignee.holder,
        "due": assignee.due.isoformat() if assignee.due else None,
        "basis": assignee.basis.as_json() if assignee.basis else None,
        "outer": assignee.outer.isoformat() if assignee.outer else None,
        "because": because_as_json(assignee.because),
    }


def assignee_of(row: dict[str, Any]) -> Assignee:
    """A recipient line from `assignee_as_json`."""
    return Assignee(
        role=Role(row["role"]),
        person=PersonId(row["person"]) if row["person"] else None,
        unit=UnitId(row["unit"]) if row["unit"] else None,
        holder=PersonId(row["holder"]) if row.get("holder") else None,
        due=dt.date.fromisoformat(row["due"]) if row["due"] else None,
        basis=basis_from_json(row["basis"]) if row.get("basis") else None,
        outer=dt.date.fromisoformat(row["outer"]) if row.get("outer") else None,
        because=because_of(row["because"]),
    )
