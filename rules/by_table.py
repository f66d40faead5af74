"""Choose by the routing table: the first row that holds leads, all that hold support and inform."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from documents.decisions import Assignee, Because, Ground, Question, Role, Routing
from documents.reading import ROUTING_FIELDS, FieldName, FieldReading
from documents.wording import FIELD_LABELS
from rules.case import LEAD, ROLE_ORDER, Case, Lead, Named, is_there, line_of, list_questions, say_role
from rules.names import match_names
from rules.rows import Hit
from rules.wording import list_texts, name_reference, quote


def by_table(informed: Sequence[Named], lead: Lead, case: Case) -> Routing:
    """The lines that the table asks for, and whom the stamp says is to be told."""
    lines: dict[str, Assignee] = {}
    if lead.target:
        lines[lead.target.reference] = line_of(Role.LEAD, lead.target, lead.because, case)
    for one in informed:
        if one.target and one.target.reference not in lines:
            because = (*one.because, *say_role(one))
            lines[one.target.reference] = line_of(Role.INFORM, one.target, because, case)
    collect(lines, case.said.collected, (Role.SUPPORT, Role.INFORM), case)
    return Routing(
        assignees=tuple(sorted(lines.values(), key=lambda one: ROLE_ORDER[one.role])),
        questions=list_questions(informed, lead, case),
        because=(_say_no_names(informed, case),),
    )


def _say_no_names(informed: Sequence[Named], case: Case) -> Because:
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


def lead_of_table(case: Case) -> Lead:
    """Who leads by the clerk's word or the first row that holds; a question where neither says."""
    hit = case.said.lead
    if chosen := case.known(case.answers.get(LEAD)):
        name = name_reference(chosen.reference, case.directory)
        return Lead(chosen, (Because(Ground.PERSON, f"{case.answerer} chọn {name} chủ trì."),))
    if hit.row.lead is None:
        text = "Không quy tắc nào chọn được người chủ trì. Ai chủ trì?"
        return Lead(question=Question(topic=LEAD, text=text))
    name = name_reference(hit.row.lead.reference, case.directory)
    if not is_there(hit.row.lead, case.directory, case.on):
        text = f"Quy tắc {hit.row.id} giao cho {name}, không công tác ngày {case.on:%d/%m/%Y}. Ai chủ trì?"
        return Lead(question=Question(topic=LEAD, text=text))
    lead = Lead(hit.row.lead, _say_hit(hit, case))
    if doubt := _doubt(case):
        text = f"{doubt}; có để {name} chủ trì không?"
        return replace(lead, question=Question(topic=LEAD, text=text, candidates=(hit.row.lead.reference,)))
    return lead


def _doubt(case: Case) -> str | None:
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


def collect(lines: dict[str, Assignee], hits: Iterable[Hit], roles: Sequence[Role], case: Case) -> None:
    """Add to `lines` whom the rows that hold name in these roles; nobody twice, and nobody who is away."""
    every = list(hits)
    for role in roles:
        for hit in every:
            for target in hit.row.support if role is Role.SUPPORT else hit.row.inform:
                if target.reference not in lines and is_there(target, case.directory, case.on):
                    lines[target.reference] = line_of(role, target, _say_hit(hit, case), case)


def _say_hit(hit: Hit, case: Case) -> tuple[Because, ...]:
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
