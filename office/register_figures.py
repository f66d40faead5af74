"""Figures of the register over some days: how many came in, and how many were done in time.

No form is prescribed for this report (Decree 30/2020/NĐ-CP, Appendix VI, I.V, 2); these are the columns that
offices use.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from documents.lines import LineState
from documents.people import Directory, Officer
from documents.reading import FieldName
from documents.register import RegisterAsk
from documents.status import DocumentId
from office import sight
from office.book import HIDDEN
from office.office import INCOMING, Office, local_day
from registry.book_lines import LineFacts, load_facts
from registry.book_search import find_lines
from registry.book_work import LeadFacts, load_leads

MOST_LINES = 20_000
"""Lines that are counted at most; a longer time is to be asked for in parts."""


class Outcome(StrEnum):
    """How the work on a document stands against its due day."""

    IN_TIME = "in_time"
    """Xong đúng hạn."""
    LATE = "late"
    """Xong trễ hạn."""
    IN_HAND = "in_hand"
    """Đang làm, còn hạn."""
    OVERDUE = "overdue"
    """Đang làm, quá hạn."""
    NO_DUE = "no_due"
    """Không có hạn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What came in of one kind: how many, and how they stand."""

    label: str
    total: int
    by_outcome: Mapping[Outcome, int]

    @property
    def share_in_time(self) -> float | None:
        """Share of what was done in time among what is done and had a due day; None when there is none."""
        done = self.by_outcome.get(Outcome.IN_TIME, 0) + self.by_outcome.get(Outcome.LATE, 0)
        return self.by_outcome.get(Outcome.IN_TIME, 0) / done if done else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFigures:
    """The figures of some days, each table with the largest kinds first."""

    whole: Figures
    by_type: tuple[Figures, ...]
    by_issuer: tuple[Figures, ...]
    by_unit: tuple[Figures, ...]
    is_cut: bool = False
    """More than `MOST_LINES` lines: only the newest of them are counted."""


def register_figures(
    office: Office, ask: RegisterAsk, *, reader: Officer, now: dt.datetime
) -> RegisterFigures:
    """Count the documents in the register that `ask` means.

    Of papers with a secrecy mark that the reader may not open neither type nor issuer is told.
    """
    reach, today = sight.reach_of(office, reader, now=now), local_day(now)
    with office.view() as view:
        rows = find_lines(view, INCOMING, ask, reach, MOST_LINES + 1)
        facts = [one for one in load_facts(view, rows[:MOST_LINES], reach) if one.entry.state == "taken"]
        leads = load_leads(view, [one.document for one in facts if one.document])
        directory = view.directory()
    outcomes = {one.document: outcome_of(leads.get(_id(one)), today) for one in facts}

    def table(kind: Callable[[LineFacts], str]) -> tuple[Figures, ...]:
        counted: dict[str, Counter[Outcome]] = defaultdict(Counter)
        for one in facts:
            counted[kind(one)][outcomes[one.document]] += 1
        figures = (_figures(label, counts) for label, counts in counted.items())
        return tuple(sorted(figures, key=lambda one: (-one.total, one.label)))

    return RegisterFigures(
        whole=_figures("", Counter(outcomes[one.document] for one in facts)),
        by_type=table(lambda one: _told(one, FieldName.DOC_TYPE)),
        by_issuer=table(lambda one: _told(one, FieldName.ISSUER)),
        by_unit=table(lambda one: _unit_of(leads.get(_id(one)), directory)),
        is_cut=len(rows) > MOST_LINES,
    )


def outcome_of(lead: LeadFacts | None, today: dt.date) -> Outcome:
    """How work stands: by the day it was done, or by today when it is not."""
    if lead is None or lead.due is None:
        return Outcome.NO_DUE
    if lead.state is LineState.DONE:
        done = local_day(lead.done_at) if lead.done_at else today
        return Outcome.IN_TIME if done <= lead.due else Outcome.LATE
    return Outcome.IN_HAND if today <= lead.due else Outcome.OVERDUE


def _id(facts: LineFacts) -> DocumentId:
    return facts.document or DocumentId("")


def _figures(label: str, counts: Counter[Outcome]) -> Figures:
    return Figures(label=label, total=counts.total(), by_outcome=dict(counts))


def _told(facts: LineFacts, name: FieldName) -> str:
    if facts.is_restricted and not facts.may_open:
        return HIDDEN
    return facts.values.get(name, "")


def _unit_of(lead: LeadFacts | None, directory: Directory) -> str:
    if lead is None:
        return ""
    person = directory.person(lead.person) if lead.person else None
    unit = lead.unit or (person.unit if person else None)
    names = {one.id: one.name for one in directory.units}
    return names.get(unit, "") if unit else (person.name if person else "")
