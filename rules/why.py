"""Tell a decision as people ask for it: what stood on the paper, what was checked, which rule, who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from documents.decisions import Assignee, Because, Deadline, Role, Routing
from documents.wording import GROUND_LABELS, ROLE_LABELS


def tell_why(because: Iterable[Because]) -> tuple[str, ...]:
    """Each step as one line: `Trên giấy (trang 1): …`, `Quy tắc giao_viec@3#QT-07: …`; no step twice."""
    return tuple(dict.fromkeys(_tell(step) for step in because))


def tell_decision(
    routing: Routing, deadline: Deadline | None = None, names: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The whole story of a decision, ready to print.

    Args:
        routing: Who, with reasons and what is still asked.
        deadline: By when, or None to leave that out.
        names: Person and unit ids to names; an id that is missing is printed itself.
    """
    lines = list(tell_why(routing.because))
    for assignee in sorted(routing.assignees, key=lambda one: list(Role).index(one.role)):
        lines.append(_tell_assignee(assignee, names or {}))
        lines.extend(_indent(tell_why(assignee.because)))
    if deadline:
        lines.append(f"Hạn: {deadline.due:%d/%m/%Y}" if deadline.due else "Hạn: không có")
        lines.extend(_indent(tell_why(deadline.because)))
    lines.extend(f"Còn phải hỏi: {question.text}" for question in routing.questions)
    return tuple(lines)


def _tell(step: Because) -> str:
    word = GROUND_LABELS[step.ground]
    if step.page is not None:
        word = f"{word} (trang {step.page})"
    if step.rule:
        word = f"{word} {step.rule}"
    return f"{word}: {step.text}"


def _tell_assignee(assignee: Assignee, names: Mapping[str, str]) -> str:
    known = str(assignee.person or assignee.unit)
    due = f", hạn {assignee.due:%d/%m/%Y}" if assignee.due else ""
    return f"→ {names.get(known, known)}: {ROLE_LABELS[assignee.role]}{due}"


def _indent(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]
