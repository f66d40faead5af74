"""Choose who gets a document: the names of the stamp, which are the leader's direction; else the table.

Nothing is decided on an ambiguous name. What is left to ask comes back as questions, and the clerk's answers
come in again through `answers`. Whether the fields themselves were checked is not judged here: a document
with a doubtful routing field goes to a person anyway (`Reading.needs_review`). Only a table row that leans
on any *other* unchecked field is asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from documents.decisions import Assignee, Because, Deadline, Ground, Question, Role, Routing
from documents.people import Directory, Officer
from documents.reading import ROUTING_FIELDS, FieldName, FieldReading, Reading
from documents.text import tidy
from documents.wording import FIELD_LABELS
from rules.names import How, NameMatch, match_names
from rules.rows import Consultation, Hit, RoutingTable, Row, Target
from rules.wording import introduce, join_or, list_texts, name_reference, quote

LEAD = "lead"
"""Topic of the question who leads, and its key among the answers."""

NOBODY = ""
"""The answer that a written name means nobody (a slip of the pen, a signature): it is left out."""

_ROLE_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class _Named:
    """A written name after the clerk's answers."""

    match: NameMatch
    target: Target | None
    because: tuple[Because, ...]

    @property
    def references(self) -> tuple[str, ...]:
        return (self.target.reference,) if self.target else self.match.candidates


@dataclass(frozen=True, slots=True)
class _Lead:
    """Who leads: a target with reasons, or a question, or neither while the name itself is still asked."""

    target: Target | None = None
    because: tuple[Because, ...] = ()
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """All that one choice looks at."""

    reading: Reading
    directory: Directory
    on: dt.date
    said: Consultation
    answers: Mapping[str, str]
    first_named_leads: bool

    def known(self, reference: str | None) -> Target | None:
        """The target of an answer, when it is a unit or somebody serving on that day."""
        if not reference:
            return None
        target = Target.of(reference)
        return target if _is_there(target, self.directory, self.on) else None


def choose_assignees(
    reading: Reading,
    table: RoutingTable,
    directory: Directory,
    *,
    on: dt.date,
    first_named_leads: bool,
    answers: Mapping[str, str] | None = None,
) -> Routing:
    """Return who leads, supports and is informed, with reasons, or what must be asked first.

    Args:
        reading: Its `arrival_forwarded_to` outranks the table.
        table: The routing table in force.
        directory: The office's people and units.
        on: The arrival day: who serves then, and which rows are valid.
        first_named_leads: The office's setting for several names without a mark.
        answers: The clerk's word: a name as written to a person's id (or `unit:` and a unit's id, or empty
            when nobody is meant), and `lead` to whoever leads.

    Returns:
        A decision, or with questions a proposal. Topics: `arrival_forwarded_to` (who is meant by `about`),
        `lead` (who leads). Candidates are person ids, or `unit:` and a unit's id.
    """
    case = _Case(
        reading,
        directory,
        on,
        table.consult(reading, on),
        {tidy(written): chosen for written, chosen in (answers or {}).items()},
        first_named_leads,
    )
    named = _name(case)
    if any(one.match.role_mark is not Role.INFORM for one in named):
        return _by_names(named, _with_head(_choose_lead(named, case), case), case)
    return _by_table(named, _with_head(_lead_of_table(case), case), case)


def apply_deadline(routing: Routing, deadline: Deadline) -> Routing:
    """Give each lead and support line its day; who is only informed has none."""
    return replace(
        routing,
        assignees=tuple(
            one
            if one.role is Role.INFORM
            else replace(one, due=deadline.due, basis=deadline.basis, outer=deadline.outer)
            for one in routing.assignees
        ),
    )


def find_row(reading: Reading, table: RoutingTable, *, on: dt.date) -> Row | None:
    """The row whose days count for this reading on that day, for `set_deadline`."""
    return table.row_for(reading, on)


# ── names of the stamp ───────────────────────────────────────────────────────────────────────────────────


def _name(case: _Case) -> list[_Named]:
    """The written names under the clerk's answers; a name that means nobody is left out."""
    found = case.reading.fields.get(FieldName.ARRIVAL_FORWARDED_TO)
    texts = list_texts(found.value) if found else ()
    if found is None or not texts:
        return []
    printed = _printed(found, texts)
    matches = match_names(texts, case.directory, case.on)
    lead = case.answers.get(LEAD)
    open_to_lead = [m for m in matches if m.reference is None and lead in m.candidates]
    taken = {m.reference for m in matches}
    return [
        _answered(
            match,
            # Who leads is somebody written: when only one unclear name can be that person, it is.
            case.answers.get(match.written, lead if open_to_lead == [match] and lead not in taken else None),
            printed,
            case,
        )
        for match in matches
        if case.answers.get(match.written) != NOBODY
    ]


def _answered(match: NameMatch, answer: str | None, printed: Because, case: _Case) -> _Named:
    if chosen := case.known(answer):
        name = name_reference(chosen.reference, case.directory)
        said = Because(Ground.PERSON, f"Văn thư chọn {name} cho {quote(match.written)}.")
        return _Named(match, chosen, (printed, match.because, said))
    target = Target(match.person, match.unit) if match.reference else None
    return _Named(match, target, (printed, match.because))


def _printed(found: FieldReading, texts: Sequence[str]) -> Because:
    words = quote("; ".join(texts))
    return Because(Ground.EVIDENCE, f"Dòng Chuyển của dấu đến ghi {words}.", page=found.page, box=found.box)


def _choose_lead(named: Sequence[_Named], case: _Case) -> _Lead:
    """One lead among the names: the clerk's word, a mark, the only one left, the office's setting; or ask."""
    if chosen := case.known(case.answers.get(LEAD)):
        name = name_reference(chosen.reference, case.directory)
        return _Lead(chosen, (Because(Ground.PERSON, f"Văn thư chọn {name} chủ trì."),))
    marked = [one for one in named if one.match.role_mark is Role.LEAD]
    free = [one for one in named if one.match.role_mark is None]
    if _count_people(marked) == 1:
        return _settled(marked[0], Because(Ground.EVIDENCE, f"{quote(marked[0].match.written)} ghi chủ trì."))
    if marked:
        return _asked(marked, "Nhiều người cùng ghi chủ trì", case)
    if _count_people(free) == 1:
        alone = (
            "Chỉ ghi một người" if len(free) == len(named) else "Những người khác ghi phối hợp hoặc để biết"
        )
        return _settled(
            free[0], Because(Ground.CHECK, f"{alone} nên {quote(free[0].match.written)} chủ trì.")
        )
    if free and case.first_named_leads:
        said = f"Cơ quan đặt: người ghi đầu tiên chủ trì, ở đây là {quote(free[0].match.written)}."
        return _settled(free[0], Because(Ground.SETTING, said))
    if free:
        return _asked(free, "Dấu đến ghi nhiều người, không ghi ai chủ trì", case)
    return _asked((), "Dấu đến chỉ ghi người phối hợp", case)


def _count_people(named: Iterable[_Named]) -> int:
    """How many people or units the names stand for; a name not settled counts as it is written."""
    return len({one.target.reference if one.target else quote(one.match.written) for one in named})


def _settled(one: _Named, because: Because) -> _Lead:
    return _Lead(one.target, (because,))


def _asked(among: Sequence[_Named], why: str, case: _Case) -> _Lead:
    references = _distinct(among)
    if not among and case.said.lead.row.lead:
        references = (case.said.lead.row.lead.reference,)
    shown = f": {join_or(introduce(one, case.directory) for one in references)}" if references else ""
    return _Lead(question=Question(topic=LEAD, text=f"{why}. Ai chủ trì{shown}?", candidates=references))


def _distinct(named: Iterable[_Named]) -> tuple[str, ...]:
    """Everybody the names may mean, nobody twice."""
    return tuple(dict.fromkeys(ref for one in named for ref in one.references))


def _by_names(named: Sequence[_Named], lead: _Lead, case: _Case) -> Routing:
    lines: dict[str, Assignee] = {}
    if lead.target:
        own = next((one.because for one in named if one.target == lead.target), ())
        lines[lead.target.reference] = _line(Role.LEAD, lead.target, (*own, *lead.because), case)
    for role in (Role.SUPPORT, Role.INFORM):
        for one in named:
            mark = one.match.role_mark
            wanted = mark if mark is Role.INFORM else Role.SUPPORT
            if one.target and wanted is role and one.target.reference not in lines:
                lines[one.target.reference] = _line(role, one.target, (*one.because, *_say_role(one)), case)
    hits = [hit for hit in case.said.collected if not hit.row.is_default]
    _collect(lines, hits, (Role.INFORM,), case)
    return Routing(
        assignees=tuple(lines.values()),
        questions=_list_questions(named, lead, case),
        because=(Because(Ground.CHECK, "Dấu đến ghi người nhận nên theo dấu, không theo bảng giao việc."),),
    )


def _say_role(one: _Named) -> tuple[Because, ...]:
    match one.match.role_mark:
        case Role.SUPPORT:
            return (Because(Ground.EVIDENCE, f"{quote(one.match.written)} ghi phối hợp."),)
        case Role.INFORM:
            return (Because(Ground.EVIDENCE, f"{quote(one.match.written)} ghi để biết."),)
        case _:
            return (Because(Ground.CHECK, "Không phải người chủ trì nên phối hợp."),)


def _list_questions(named: Iterable[_Named], lead: _Lead, case: _Case) -> tuple[Question, ...]:
    """Who is meant, once for each name as written, then who leads."""
    who = dict.fromkeys(_ask_who(one, case) for one in named if one.target is None)
    return (*who, lead.question) if lead.question else tuple(who)


def _ask_who(one: _Named, case: _Case) -> Question:
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


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────


def _by_table(informed: Sequence[_Named], lead: _Lead, case: _Case) -> Routing:
    lines: dict[str, Assignee] = {}
    if lead.target:
        lines[lead.target.reference] = _line(Role.LEAD, lead.target, lead.because, case)
    for one in informed:
        if one.target and one.target.reference not in lines:
            because = (*one.because, *_say_role(one))
            lines[one.target.reference] = _line(Role.INFORM, one.target, because, case)
    _collect(lines, case.said.collected, (Role.SUPPORT, Role.INFORM), case)
    return Routing(
        assignees=tuple(sorted(lines.values(), key=lambda one: _ROLE_ORDER[one.role])),
        questions=_list_questions(informed, lead, case),
        because=(_say_no_names(informed, case),),
    )


def _say_no_names(informed: Sequence[_Named], case: _Case) -> Because:
    found = case.reading.fields.get(FieldName.ARRIVAL_FORWARDED_TO)
    texts = list_texts(found.value) if found else ()
    if texts and not informed:
        if match_names(texts, case.directory, case.on):
            said = "Văn thư cho biết dòng Chuyển không chỉ ai nên theo bảng giao việc."
            return Because(Ground.PERSON, said)
        return Because(Ground.CHECK, "Dòng Chuyển không ghi tên ai nên theo bảng giao việc.")
    if texts:
        return Because(Ground.CHECK, "Dấu đến chỉ ghi người để biết nên chọn chủ trì theo bảng giao việc.")
    if found is not None and found.reason is not None:
        return Because(Ground.CHECK, "Dòng Chuyển chưa đọc được nên tạm chọn theo bảng giao việc.")
    return Because(Ground.CHECK, "Dấu đến không ghi người nhận nên theo bảng giao việc.")


def _lead_of_table(case: _Case) -> _Lead:
    hit = case.said.lead
    if chosen := case.known(case.answers.get(LEAD)):
        name = name_reference(chosen.reference, case.directory)
        return _Lead(chosen, (Because(Ground.PERSON, f"Văn thư chọn {name} chủ trì."),))
    if hit.row.lead is None:
        text = "Không quy tắc nào chọn được người chủ trì. Ai chủ trì?"
        return _Lead(question=Question(topic=LEAD, text=text))
    name = name_reference(hit.row.lead.reference, case.directory)
    if not _is_there(hit.row.lead, case.directory, case.on):
        text = f"Quy tắc {hit.row.id} giao cho {name}, không công tác ngày {case.on:%d/%m/%Y}. Ai chủ trì?"
        return _Lead(question=Question(topic=LEAD, text=text))
    lead = _Lead(hit.row.lead, _say_hit(hit, case))
    if doubt := _doubt(case):
        text = f"{doubt}; có để {name} chủ trì không?"
        return replace(lead, question=Question(topic=LEAD, text=text, candidates=(hit.row.lead.reference,)))
    return lead


def _doubt(case: _Case) -> str | None:
    """Say which unchecked field, outside those a person sees anyway, the table's choice leans on."""
    for hit in (*case.said.unknown, case.said.lead):
        if hit.verdict.doubt:
            return f"Quy tắc {hit.row.id}: {hit.verdict.doubt}"
        for name in hit.verdict.fields:
            found = case.reading.fields.get(name)
            if name not in ROUTING_FIELDS and (found is None or _is_doubtful(found)):
                return f"Quy tắc {hit.row.id} xét {FIELD_LABELS[name]}, ô này chưa được kiểm"
    return None


def _is_doubtful(found: FieldReading) -> bool:
    return not found.checked and (found.reason is not None or bool(list_texts(found.value)))


def _collect(lines: dict[str, Assignee], hits: Iterable[Hit], roles: Sequence[Role], case: _Case) -> None:
    """Add to `lines` whom the rows that hold name in these roles; nobody twice, and nobody who is away."""
    every = list(hits)
    for role in roles:
        for hit in every:
            for target in hit.row.support if role is Role.SUPPORT else hit.row.inform:
                if target.reference not in lines and _is_there(target, case.directory, case.on):
                    lines[target.reference] = _line(role, target, _say_hit(hit, case), case)


def _say_hit(hit: Hit, case: _Case) -> tuple[Because, ...]:
    """Evidence on the paper for each field the row looked at, then the row as people approved it."""
    seen = (case.reading.fields.get(name) for name in hit.verdict.fields)
    evidence = (_say_seen(found) for found in seen if found is not None and list_texts(found.value))
    rule = Because(Ground.RULE, hit.row.sentence(case.directory), rule=hit.row.rule)
    return (*evidence, rule)


def _say_seen(found: FieldReading) -> Because:
    label = FIELD_LABELS[found.name]
    words = quote("; ".join(list_texts(found.value)))
    return Because(
        Ground.EVIDENCE, f"{label[:1].upper()}{label[1:]}: {words}.", page=found.page, box=found.box
    )


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────


def _is_there(target: Target, directory: Directory, on: dt.date) -> bool:
    if target.unit is not None:
        return directory.unit(target.unit) is not None
    person = directory.person(target.person) if target.person else None
    return person is not None and person.is_active(on)


def _line(role: Role, target: Target, because: tuple[Because, ...], case: _Case) -> Assignee:
    if target.unit is not None:
        because = (*because, _say_head(target, case))
    return Assignee(role=role, person=target.person, unit=target.unit, because=because)


def _head_of(target: Target, case: _Case) -> Officer | None:
    """Who receives what is given to a unit, when there is somebody serving on that day."""
    unit = case.directory.unit(target.unit) if target.unit else None
    head = case.directory.person(unit.head) if unit and unit.head else None
    return head if head is not None and head.is_active(case.on) else None


def _say_head(target: Target, case: _Case) -> Because:
    unit = name_reference(target.reference, case.directory)
    head = _head_of(target, case)
    if head is None:
        return Because(Ground.CHECK, f"{unit} chưa có người phụ trách trong danh bạ.")
    return Because(Ground.CHECK, f"{head.name} phụ trách {unit} nên nhận thay đơn vị.")


def _with_head(lead: _Lead, case: _Case) -> _Lead:
    """Ask who leads when the table or the stamp gives the lead to a unit where nobody would receive it."""
    target = lead.target
    is_answer = target is not None and target.reference == case.answers.get(LEAD)
    if target is None or target.unit is None or is_answer or lead.question or _head_of(target, case):
        return lead
    staff = tuple(str(p.id) for p in case.directory.active(case.on) if p.unit == target.unit)
    unit = name_reference(target.reference, case.directory)
    text = f"{unit} chưa có người phụ trách trong danh bạ. Ai chủ trì?"
    return replace(lead, question=Question(topic=LEAD, text=text, candidates=(*staff, target.reference)))
