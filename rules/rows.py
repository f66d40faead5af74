"""A routing table as it is consulted: ordered rows, the first for the lead, all for support and inform.

Source: DMN hit policies FIRST and COLLECT (OMG, Decision Model and Notation 1.5, clause 8.2.11).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Self

from documents.people import Directory, PersonId, UnitId
from documents.reading import FieldName, Reading
from rules.conditions import Condition
from rules.judging import ALWAYS, FoldedReading, Judge, Verdict, compile_condition
from rules.wording import UNIT_MARK, name_reference


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a row names: a person or a unit, exactly one of them."""

    person: PersonId | None = None
    unit: UnitId | None = None

    @classmethod
    def of(cls, reference: str) -> Self:
        """The target behind a person's id, or behind `unit:` and a unit's id."""
        if reference.startswith(UNIT_MARK):
            return cls(unit=UnitId(reference.removeprefix(UNIT_MARK)))
        return cls(person=PersonId(reference))

    @property
    def reference(self) -> str:
        """A person's id, or `unit:` and a unit's id."""
        return f"{UNIT_MARK}{self.unit}" if self.unit is not None else str(self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. `days` are working days; `valid_from` and `valid_to` are inclusive; `when` None always holds.

    `rule` names the row for the record: `giao_viec@3#QT-07` (table, version, row).
    """

    id: str
    rule: str
    when: Condition | None = None
    lead: Target | None = None
    support: tuple[Target, ...] = ()
    inform: tuple[Target, ...] = ()
    days: int | None = None
    source: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    is_default: bool = False

    def is_valid(self, on: dt.date | None) -> bool:
        """Whether the row counts on that day; without a day its dates are not asked."""
        if on is None:
            return True
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def sentence(self, directory: Directory) -> str:
        """The row as one Vietnamese sentence: what people read and approve."""
        when = self.when.sentence() if self.when else "bất kỳ văn bản nào"
        start = "không quy tắc nào ở trên chọn được" if self.is_default else when
        validity = "".join(
            f", {word} {day:%d/%m/%Y}"
            for word, day in (("từ", self.valid_from), ("đến hết", self.valid_to))
            if day
        )
        source = f" ({self.source})" if self.source else ""
        return f"{self.id}{validity}: nếu {start} thì {'; '.join(self._outcomes(directory))}{source}."

    def _outcomes(self, directory: Directory) -> list[str]:
        def names(targets: tuple[Target, ...]) -> str:
            return ", ".join(name_reference(target.reference, directory) for target in targets)

        outcomes = []
        if self.lead:
            outcomes.append(f"{names((self.lead,))} chủ trì")
        elif self.is_default:
            outcomes.append("hỏi văn thư ai chủ trì")
        if self.support:
            outcomes.append(f"{names(self.support)} phối hợp")
        if self.inform:
            outcomes.append(f"báo {names(self.inform)} để biết")
        if self.days is not None:
            outcomes.append("hạn trong ngày" if self.days == 0 else f"hạn {self.days} ngày làm việc")
        return outcomes


@dataclass(frozen=True, slots=True)
class Hit:
    """A row and how its condition was judged."""

    row: Row
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """What the table says of one reading.

    Attributes:
        lead: The first row that holds and names a lead; the default row when none does.
        deadline: The first row that holds and sets days, not after the lead's row; None when none does.
        collected: Every row that holds, in order; the default only when it was the lead's row.
        unknown: Rows above the lead's that name a lead and whose condition could not be judged.
    """

    lead: Hit
    deadline: Row | None
    collected: tuple[Hit, ...]
    unknown: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingTable:
    """Ordered rows; the last is the obligatory default row. Conditions are compiled once, when it is made."""

    name: str
    version: int
    rows: tuple[Row, ...]
    title: str = ""
    _judges: tuple[Judge, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_judges", tuple(compile_condition(row.when) for row in self.rows[:-1]))

    @property
    def default(self) -> Row:
        """The row for whatever no other row settles."""
        return self.rows[-1]

    @property
    def fields(self) -> frozenset[FieldName]:
        """Every field that a row asks about."""
        return frozenset[FieldName]().union(*(row.when.fields for row in self.rows if row.when))

    @property
    def asks_agencies(self) -> bool:
        """Whether a row asks under which agency the issuer stands (`Reading.chain`)."""
        return any(part.from_ for row in self.rows if row.when for part in row.when.comparisons())

    def consult(self, reading: Reading, on: dt.date | None = None) -> Consultation:
        """Judge every row valid on that day; the same reading always gives the same answer."""
        return self.consult_folded(FoldedReading(reading), on)

    def consult_folded(self, folded: FoldedReading, on: dt.date | None = None) -> Consultation:
        """The same for a paper that several tables are asked about: its texts are folded once."""
        lead: Hit | None = None
        collected: list[Hit] = []
        unknown: list[Hit] = []
        for row, judge in zip(self.rows, self._judges, strict=False):
            if not row.is_valid(on):
                continue
            verdict = folded.verdict(judge)
            if verdict.holds:
                collected.append(hit := Hit(row, verdict))
                lead = lead or (hit if row.lead else None)
            elif verdict.holds is None and row.lead and lead is None:
                unknown.append(Hit(row, verdict))
        if lead is None:
            collected.append(lead := Hit(self.default, ALWAYS))
        until_lead = collected[: collected.index(lead) + 1]
        return Consultation(
            lead=lead,
            deadline=next((hit.row for hit in until_lead if hit.row.days is not None), None),
            collected=tuple(collected),
            unknown=tuple(unknown),
        )

    def row_for(self, reading: Reading, on: dt.date | None = None) -> Row | None:
        """The row whose days count for this reading, or None when the office's default must."""
        return self.consult(reading, on).deadline
