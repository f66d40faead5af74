"""Why a document is where it is: from the place on the paper to the check, the rule row and the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.decisions import Because, Role, because_from_json
from documents.reading import FieldName, FieldReading
from documents.record import AuditLine, DocumentRecord
from documents.status import Status
from documents.wording import FIELD_LABELS, ROLE_LABELS, shown
from office.office import names_of
from registry.view import View
from rules.why import tell_why


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The newest decision of who gets a document: who made it (a person's id, or `reader:2`), when, on what.

    `because` is what holds for the document as a whole; each recipient line has its own.
    """

    by: str
    at: dt.datetime
    because: tuple[Because, ...]


_DECISIONS = frozenset({"DocumentRegistered", "DocumentAssigned"})
_MOVES = frozenset({"LineMoved", "LineReassigned"})
"""Events by which somebody else has a line, each with its reason."""


def decided(history: Sequence[AuditLine]) -> Decided | None:
    """The newest decision among the lines of a document's history; None while there is none."""
    lines = [line for line in history if line.event in _DECISIONS]
    if not lines:
        return None
    because = [_because(row) for line in lines for row in line.payload.get("because", ())]
    return Decided(by=lines[-1].actor, at=lines[-1].at, because=tuple(dict.fromkeys(because)))


def why(view: View, record: DocumentRecord) -> tuple[str, ...]:
    """Why the document is where it is, step by step: paper → check → rule → person."""
    names = names_of(view.directory())
    if record.quarantine_code:
        return (f"{record.quarantine_message}", f"Cần làm: {record.quarantine_advice}")
    if record.duplicate_of:
        return (f"Nội dung giống hệt văn bản {record.duplicate_of}, nên gắn vào văn bản đó.",)
    fields = view.fields(record.id)
    steps = _evidence_steps(fields)
    decisions = [
        (line.event, tuple(_because(row) for row in line.payload.get("because", ())), line)
        for line in view.history(record.id)
        if line.event in _DECISIONS | _MOVES
    ]
    rounds = [line.payload["assignees"] for *_, line in decisions if line.payload.get("assignees")]
    newest = {_line_key(row) for row in rounds[-1]} if rounds else set()
    for event, because, line in decisions:
        if event in _MOVES:
            steps.append(_moved(line.payload, names))
        steps.extend(tell_why(because))
        for row in line.payload.get("assignees", ()):
            person = names.get(str(row.get("person") or row.get("unit")), "?")
            chain = tell_why(tuple(_because(b) for b in row.get("because", ())))
            role = ROLE_LABELS[Role(row["role"])]
            due = f", hạn {dt.date.fromisoformat(row['due']):%d/%m/%Y}" if row.get("due") else ""
            past = "" if _line_key(row) in newest else " (về sau đã đổi)"
            steps.append(f"→ {person}: {role}{due}{past}. " + " ".join(chain))
    if record.status is Status.REVIEW:
        steps.extend(f"Cần xem: {reason}" for reason in record.review_reasons)
    return tuple(steps)


def _line_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["role"], row.get("person"), row.get("unit"), row.get("due")


def _moved(payload: Mapping[str, Any], names: Mapping[str, str]) -> str:
    to = payload.get("to") or payload.get("person") or payload.get("unit")
    return f"→ {names.get(str(to), '?')}: {payload['reason']}" if to else str(payload["reason"])


def _because(row: dict[str, Any]) -> Because:
    return because_from_json({**row, "box": _box(row.get("box"))})


def _box(value: Any) -> list[float] | None:
    if isinstance(value, dict):
        return [value["x0"], value["y0"], value["x1"], value["y1"]]
    return value if value is None else list(value)


def _evidence_steps(fields: Mapping[FieldName, FieldReading]) -> list[str]:
    steps = []
    for name in FieldName:
        reading = fields.get(name)
        # The part of this office is shown by itself: its words would bury what routing rests on.
        if reading and reading.value and reading.evidence and name is not FieldName.OUR_PART:
            label = FIELD_LABELS[name]
            steps.append(
                f"{label[0].upper()}{label[1:]}: {shown(reading.value)}. " + " ".join(reading.evidence)
            )
    return steps
