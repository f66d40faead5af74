"""Choose by the names that a leader wrote: on the stamp, or in a direction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from documents.decisions import Assignee, Because, Ground, Question, Role, Routing
from documents.reading import FieldName, FieldReading
from rules.by_table import collect
from rules.case import LEAD, NOBODY, Case, Lead, Named, Spoken, line_of, list_questions, say_role
from rules.names import NameMatch, match_names
from rules.rows import Target
from rules.wording import introduce, join_or, list_texts, name_reference, quote


def name_people(case: Case) -> list[Named]:
    """The written names under the clerk's answers; a name that means nobody is left out."""
    found = case.reading.fields.get(FieldName.ARRIVAL_FORWARDED_TO)
    texts = list_texts(found.value) if found else ()
    if found is None or not texts:
        return []
    printed = _spoken(case.spoken) if case.spoken else _printed(found, texts)
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


def _answered(match: NameMatch, answer: str | None, printed: Because, case: Case) -> Named:
    if chosen := case.known(answer):
        name = name_reference(chosen.reference, case.directory)
        said = Because(Ground.PERSON, f"{case.answerer} chọn {name} cho {quote(match.written)}.")
        return Named(match, chosen, (printed, match.because, said))
    target = Target(match.person, match.unit) if match.reference else None
    return Named(match, target, (printed, match.because))


def _spoken(spoken: Spoken) -> Because:
    return Because(Ground.PERSON, f"{spoken.by} chỉ đạo: {quote(spoken.words)}.")


def _printed(found: FieldReading, texts: Sequence[str]) -> Because:
    words = quote("; ".join(texts))
    return Because(Ground.EVIDENCE, f"Dòng Chuyển của dấu đến ghi {words}.", page=found.page, box=found.box)


def choose_lead(named: Sequence[Named], case: Case) -> Lead:
    """One lead among the names: the clerk's word, a mark, the only one left, the office's setting; or ask."""
    if chosen := case.known(case.answers.get(LEAD)):
        name = name_reference(chosen.reference, case.directory)
        return Lead(chosen, (Because(Ground.PERSON, f"{case.answerer} chọn {name} chủ trì."),))
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
        return _asked(free, f"{case.source} ghi nhiều người, không ghi ai chủ trì", case)
    said = "chỉ ghi người phối hợp" if named else "không nêu người hay đơn vị nào"
    return _asked((), f"{case.source} {said}", case)


def _count_people(named: Iterable[Named]) -> int:
    """How many people or units the names stand for; a name not settled counts as it is written."""
    return len({one.target.reference if one.target else quote(one.match.written) for one in named})


def _settled(one: Named, because: Because) -> Lead:
    return Lead(one.target, (because,))


def _asked(among: Sequence[Named], why: str, case: Case) -> Lead:
    references = _distinct(among)
    if not among and case.said.lead.row.lead:
        references = (case.said.lead.row.lead.reference,)
    shown = f": {join_or(introduce(one, case.directory) for one in references)}" if references else ""
    return Lead(question=Question(topic=LEAD, text=f"{why}. Ai chủ trì{shown}?", candidates=references))


def _distinct(named: Iterable[Named]) -> tuple[str, ...]:
    """Everybody the names may mean, nobody twice."""
    return tuple(dict.fromkeys(ref for one in named for ref in one.references))


def by_names(named: Sequence[Named], lead: Lead, case: Case) -> Routing:
    """The lines that the written names ask for; of the table only those who are always told."""
    lines: dict[str, Assignee] = {}
    if lead.target:
        own = next((one.because for one in named if one.target == lead.target), ())
        lines[lead.target.reference] = line_of(Role.LEAD, lead.target, (*own, *lead.because), case)
    for role in (Role.SUPPORT, Role.INFORM):
        for one in named:
            mark = one.match.role_mark
            wanted = mark if mark is Role.INFORM else Role.SUPPORT
            if one.target and wanted is role and one.target.reference not in lines:
                lines[one.target.reference] = line_of(role, one.target, (*one.because, *say_role(one)), case)
    hits = [hit for hit in case.said.collected if not hit.row.is_default]
    collect(lines, hits, (Role.INFORM,), case)
    return Routing(
        assignees=tuple(lines.values()),
        questions=list_questions(named, lead, case),
        because=(_say_names_decide(case),),
    )


def _say_names_decide(case: Case) -> Because:
    if case.spoken:
        return Because(Ground.PERSON, f"Theo chỉ đạo của {case.spoken.by}, không theo bảng giao việc.")
    return Because(Ground.CHECK, "Dấu đến ghi người nhận nên theo dấu, không theo bảng giao việc.")
