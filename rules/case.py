"""What one choice of recipients looks at, and what both ways of choosing share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from documents.decisions import Assignee, Because, Ground, Question, Role
from documents.people import Directory, Officer
from documents.reading import FieldName, Reading
from rules.names import How, NameMatch
from rules.rows import Consultation, Target
from rules.wording import introduce, join_or, name_reference, quote

LEAD = "lead"
"""Topic of the question who leads, and its key among the answers."""

NOBODY = ""
"""The answer that a written name means nobody (a slip of the pen, a signature): it is left out."""

ROLE_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A direction that takes the place of the stamp's row: who gives it, and its words."""

    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Named:
    """A written name after the clerk's answers."""

    match: NameMatch
    target: Target | None
    because: tuple[Because, ...]

    @property
    def references(self) -> tuple[str, ...]:
        """Whom it means, or may mean."""
        return (self.target.reference,) if self.target else self.match.candidates


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads: a target with reasons, or a question, or neither while the name itself is still asked."""

    target: Target | None = None
    because: tuple[Because, ...] = ()
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """All that one choice looks at."""

    reading: Reading
    directory: Directory
    on: dt.date
    said: Consultation
    answers: Mapping[str, str]
    first_named_leads: bool
    spoken: Spoken | None = None

    @property
    def source(self) -> str:
        """Where the names stand, as sentences name it."""
        return "Chỉ đạo" if self.spoken else "Dấu đến"

    @property
    def answerer(self) -> str:
        """Who answers what is asked."""
        return "Người ghi chỉ đạo" if self.spoken else "Văn thư"

    def known(self, reference: str | None) -> Target | None:
        """The target of an answer, when it is a unit or somebody serving on that day."""
        if not reference:
            return None
        target = Target.of(reference)
        return target if is_there(target, self.directory, self.on) else None


def is_there(target: Target, directory: Directory, on: dt.date) -> bool:
    """Whether a unit exists, or a person serves on that day."""
    if target.unit is not None:
        return directory.unit(target.unit) is not None
    person = directory.person(target.person) if target.person else None
    return person is not None and person.is_active(on)


def reference_of(line: Assignee) -> str:
    """Whom a line is given to, as `Target.reference` has it."""
    return Target(line.person, line.unit).reference


def line_of(role: Role, target: Target, because: tuple[Because, ...], case: Case) -> Assignee:
    """A recipient line, with who receives it when it is a unit's."""
    if target.unit is not None:
        because = (*because, _say_head(target, case))
    return Assignee(role=role, person=target.person, unit=target.unit, because=because)


def _head_of(target: Target, case: Case) -> Officer | None:
    """Who receives what is given to a unit, when there is somebody serving on that day."""
    unit = case.directory.unit(target.unit) if target.unit else None
    head = case.directory.person(unit.head) if unit and unit.head else None
    return head if head is not None and head.is_active(case.on) else None


def _say_head(target: Target, case: Case) -> Because:
    unit = name_reference(target.reference, case.directory)
    head = _head_of(target, case)
    if head is None:
        return Because(Ground.CHECK, f"{unit} chưa có người phụ trách trong danh bạ.")
    return Because(Ground.CHECK, f"{head.name} phụ trách {unit} nên nhận thay đơn vị.")


def with_head(lead: Lead, case: Case) -> Lead:
    """Ask who leads when the table or the stamp gives the lead to a unit where nobody would receive it."""
    target = lead.target
    is_answer = target is not None and target.reference == case.answers.get(LEAD)
    if target is None or target.unit is None or is_answer or lead.question or _head_of(target, case):
        return lead
    staff = tuple(str(p.id) for p in case.directory.active(case.on) if p.unit == target.unit)
    unit = name_reference(target.reference, case.directory)
    text = f"{unit} chưa có người phụ trách trong danh bạ. Ai chủ trì?"
    return replace(lead, question=Question(topic=LEAD, text=text, candidates=(*staff, target.reference)))


def list_questions(named: Iterable[Named], lead: Lead, case: Case) -> tuple[Question, ...]:
    """Who is meant, once for each name as written, then who leads."""
    who = dict.fromkeys(_ask_who(one, case) for one in named if one.target is None)
    return (*who, lead.question) if lead.question else tuple(who)


def _ask_who(one: Named, case: Case) -> Question:
    written, candidates = one.match.written, one.match.candidates
    names = join_or(introduce(ref, case.directory) for ref in candidates) if candidates else ""
    text = {
        How.AMBIGUOUS: f"“{written}” là ai: {names}?",
        How.APPROXIMATE: f"“{written}” có phải {names} không?",
        How.CONFLICT: f"“{written}” có phải {names} không? Phần ghi kèm không khớp danh bạ.",
    }.get(one.match.how, f"“{written}” là ai? Danh bạ không có.")
    return Question(
        topic=FieldName.ARRIVAL_FORWARDED_TO.value, text=text, candidates=candidates, about=written
    )


def say_role(one: Named) -> tuple[Because, ...]:
    """Why somebody named is not the lead."""
    match one.match.role_mark:
        case Role.SUPPORT:
            return (Because(Ground.EVIDENCE, f"{quote(one.match.written)} ghi phối hợp."),)
        case Role.INFORM:
            return (Because(Ground.EVIDENCE, f"{quote(one.match.written)} ghi để biết."),)
        case _:
            return (Because(Ground.CHECK, "Không phải người chủ trì nên phối hợp."),)
