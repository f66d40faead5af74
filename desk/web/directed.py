"""A leader's direction as the page shows it before it is recorded: lines, questions, doubts.

Names of its form (all plain text): `y_kien` the direction, `cua` whose it is; `ai.NAME` who a written name
means, `chu_tri` who leads, `han_dung` a day insisted on; `hoi` the direction those answers are about; `thay`
what was shown, `chac` the token of doubts insisted on; `buoc` which button.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.web.answer import NOBODY, Typed
from desk.web.showing import Candidate, everybody
from documents.decisions import Question, Role
from documents.people import Duty, Officer
from documents.text import tidy
from office.foresee_direction import DAY_ASKED, LEAD_ASKED, Change, ForeseenDirection

if TYPE_CHECKING:
    from office.views import DocumentView

LEAD, DAY, NAME = "chu_tri", "han_dung", "ai."


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedInDirection:
    """A question, the part of the form that answers it, and who or what there is to choose.

    `is_open` tells that nobody stands out: everybody may be chosen.
    """

    part: str
    text: str
    candidates: tuple[Candidate, ...]
    is_open: bool
    may_be_nobody: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectedLine:
    """A recipient line that the direction would make or leave."""

    role: Role
    name: str
    due: dt.date | None
    change: Change
    before: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDirection:
    """What the direction would do; `is_other` tells that it was about to be recorded as something else."""

    lines: tuple[DirectedLine, ...]
    ended: tuple[str, ...]
    asked: str
    questions: tuple[AskedInDirection, ...]
    answered: tuple[tuple[str, str], ...]
    """What was chosen before: a name as written (empty for who leads), and who is meant."""
    kept: tuple[tuple[str, str], ...]
    """The same as parts of the form."""
    doubts: tuple[str, ...]
    sure: str
    seen: str
    is_other: bool = False


def answers_of(typed: Typed) -> dict[str, str]:
    """The answers of the form by part; none when the direction is no longer the one they are about."""
    if tidy(typed.get("hoi", "")) != tidy(typed.get("y_kien", "")) or typed.get("buoc") == "lai":
        return {}
    return {part: key for part, key in typed.items() if key and part.startswith((NAME, LEAD, DAY))}


def chosen_of(answers: Mapping[str, str]) -> dict[str, str]:
    """Who is meant by each written name, and the day insisted on, as the office takes it."""
    chosen = {
        part.removeprefix(NAME): "" if key == NOBODY else key
        for part, key in answers.items()
        if part.startswith(NAME)
    }
    return {**chosen, DAY_ASKED: answers[DAY]} if DAY in answers else chosen


def show_direction(
    foreseen: ForeseenDirection, view: DocumentView, answers: Mapping[str, str], *, is_other: bool
) -> ShownDirection:
    """What was foreseen, with names."""
    known = everybody(view.people, view.units)
    questions = tuple(_asked(one, known) for one in foreseen.questions)
    asked = {one.part for one in questions}
    kept = tuple((part, key) for part, key in answers.items() if part not in asked)
    return ShownDirection(
        lines=tuple(
            DirectedLine(
                role=one.line.role,
                name=view.names.get(str(one.line.person or one.line.unit), "?"),
                due=one.line.due,
                change=one.change,
                before=one.before,
            )
            for one in sorted(foreseen.lines, key=lambda one: list(Role).index(one.line.role))
        ),
        ended=tuple(a.officer_name or a.unit_name or "?" for a in foreseen.ended),
        asked=foreseen.asked,
        questions=questions,
        answered=tuple(
            (part.removeprefix(NAME) if part.startswith(NAME) else "", _named(key, known))
            for part, key in kept
        ),
        kept=kept,
        doubts=foreseen.doubts,
        sure=foreseen.sure,
        seen=foreseen.seen,
        is_other=is_other,
    )


def leaders_of(view: DocumentView, on: dt.date) -> tuple[Officer, ...]:
    """Whose direction a clerk may enter."""
    return tuple(p for p in view.people if p.duty is Duty.LEADER and p.is_active(on))


def _asked(question: Question, known: Mapping[str, Candidate]) -> AskedInDirection:
    if question.topic == DAY_ASKED:
        days = tuple(Candidate(key=one, name=one, place="") for one in question.candidates)
        return AskedInDirection(
            part=DAY, text=question.text, candidates=days, is_open=False, may_be_nobody=False
        )
    is_name = question.topic != LEAD_ASKED
    who = tuple(known[one] for one in question.candidates if one in known)
    return AskedInDirection(
        part=f"{NAME}{question.about or ''}" if is_name else LEAD,
        text=question.text,
        candidates=who,
        is_open=not who,
        may_be_nobody=is_name,
    )


def _named(key: str, known: Mapping[str, Candidate]) -> str:
    if key == NOBODY:
        return ""
    return known[key].name if key in known else key
