"""Try a routing table on past documents: who would have got what, against the table in force.

Both tables are asked about the same papers: what is known of each now, people's words included, on its day of
arrival, among those who served on that day. What was decided by hand at the time is not asked again; who
really leads is told beside it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from documents.people import Directory, PersonId
from documents.reading import FieldName, Reading
from documents.record import PastDocument
from documents.status import DocumentId
from fields.agencies import AgencyDirectory
from office.agencies import agencies_of
from office.decide import DEFAULT_DAYS, routing_table, with_chain
from office.office import INCOMING, Office, working_calendar
from office.tables import load_draft_table
from registry.view import View
from rules.calendar import WorkingCalendar
from rules.deadline import set_deadline
from rules.judging import FoldedReading
from rules.names import NameMatch, match_names
from rules.outcome import IsThere, Outcome, by_table, is_by_names, serving
from rules.rows import RoutingTable
from rules.wording import list_texts, name_reference

DEADLINE_FIELDS = (FieldName.DEADLINES, FieldName.MEETING_TIME, FieldName.DOC_TYPE, FieldName.DATE)
"""What `rules.deadline` looks at; a test holds this to it."""
_TOLD_FIELDS = (FieldName.NUMBER_SYMBOL, FieldName.ARRIVAL_FORWARDED_TO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where one table puts a document; people and units by name.

    `lead` is None where the table leaves the clerk to say it. `also` are rows below that hold too and name
    another lead.
    """

    row: str
    lead: str | None
    support: tuple[str, ...]
    inform: tuple[str, ...]
    due: dt.date | None
    also: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A document for which the two tables differ, and who really leads it now."""

    document: DocumentId
    name: str
    number_symbol: str
    arrival: dt.date
    by_stamp: bool
    """The names of the stamp give the lead: only days and who is informed can differ."""
    before: Placed
    after: Placed
    leads_now: str | None
    routed_by: str | None
    """Version and row by which it went: `3#QT-07`."""

    @property
    def goes_elsewhere(self) -> bool:
        """Whether somebody else would lead."""
        return self.before.lead != self.after.lead


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTold:
    """What a row of the tried table does: how often it gives the lead, and of these how many go elsewhere."""

    row: str
    led: int
    held: int
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What a table would have done to the documents that came since a day."""

    since: dt.date
    version: int
    """The version in force, against which the other is held."""
    documents: int
    by_stamp: int
    """Documents whose lead the names of the stamp gave: the table was not asked."""
    unmatched_before: int
    unmatched_after: int
    """Documents that only the default row took."""
    moved: tuple[Moved, ...]
    rows: tuple[RowTold, ...]

    @property
    def elsewhere(self) -> int:
        """How many would have another lead."""
        return sum(one.goes_elsewhere for one in self.moved)


def dry_run(office: Office, text: str, *, since: dt.date, today: dt.date) -> DryRun:
    """Hold a table against the one in force, on every document that came since a day; changes nothing.

    Raises:
        RuleSlip: the table cannot be loaded.
    """
    with office.view() as view:
        directory = view.directory()
        tables = routing_table(view, on=today), load_draft_table(text, view)
        trial = _Trial(
            *tables,
            directory=directory,
            calendar=working_calendar(view),
            default_days=int(view.setting("default_days", default=DEFAULT_DAYS)),
            agencies=agencies_of(view) if any(table.asks_agencies for table in tables) else None,
        )
        moved = tuple(trial.run(view, since))
    return DryRun(
        since=since,
        version=tables[0].version,
        documents=trial.documents,
        by_stamp=trial.by_stamp,
        unmatched_before=trial.unmatched[0],
        unmatched_after=trial.unmatched[1],
        moved=moved,
        rows=tuple(
            RowTold(
                row=row.id,
                led=trial.led[row.id],
                held=trial.held[row.id],
                moved=sum(one.after.row == row.id and one.goes_elsewhere for one in moved),
            )
            for row in tables[1].rows
        ),
    )


@dataclass(slots=True)
class _Trial:
    """The two tables, what both lean on, and what was counted so far."""

    before: RoutingTable
    after: RoutingTable
    directory: Directory = field(kw_only=True)
    calendar: WorkingCalendar = field(kw_only=True)
    default_days: int = field(kw_only=True)
    agencies: AgencyDirectory | None = field(kw_only=True)
    """The directory of issuers, where a row of either table asks for it."""
    documents: int = 0
    by_stamp: int = 0
    unmatched: tuple[int, int] = (0, 0)
    led: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    _staff: dict[dt.date, tuple[frozenset[PersonId], IsThere]] = field(default_factory=dict)
    _named: dict[Hashable, tuple[NameMatch, ...]] = field(default_factory=dict)
    _dues: dict[Hashable, dt.date | None] = field(default_factory=dict)

    def run(self, view: View, since: dt.date) -> Iterator[Moved]:
        """Every document that the tables place differently, in the order of the book."""
        names = {*self.before.fields, *self.after.fields, *DEADLINE_FIELDS, *_TOLD_FIELDS}
        for past in view.past(INCOMING, since, names):
            self.documents += 1
            if moved := self._compare(past):
                yield moved

    def _compare(self, past: PastDocument) -> Moved | None:
        reading = with_chain(Reading(past.fields), self.agencies)
        folded = FoldedReading(reading)
        named, is_there = self._match(reading, past.arrival), self._who_serves(past.arrival)[1]
        said = [table.consult_folded(folded, past.arrival) for table in (self.before, self.after)]
        before, after = (by_table(one, named, is_there) for one in said)
        stamped = is_by_names(named)
        self._count(before, after, stamped)
        self.held.update(hit.row.id for hit in said[1].collected)
        if _same_people(before, after) and _same_days(before, after):
            return None
        dues = [self._due(reading, one, past.arrival) for one in (before, after)]
        if _same_people(before, after) and dues[0] == dues[1]:
            return None
        return self._tell(past, before, after, dues, stamped)

    def _count(self, before: Outcome, after: Outcome, stamped: bool) -> None:
        self.by_stamp += stamped
        if not stamped:
            self.unmatched = (
                self.unmatched[0] + before.row.is_default,
                self.unmatched[1] + after.row.is_default,
            )
            self.led[after.row.id] += 1

    def _match(self, reading: Reading, on: dt.date) -> tuple[NameMatch, ...]:
        texts = list_texts(reading.value(FieldName.ARRIVAL_FORWARDED_TO))
        if not texts:
            return ()
        key = texts, self._who_serves(on)[0]
        if key not in self._named:
            self._named[key] = match_names(texts, self.directory, on)
        return self._named[key]

    def _who_serves(self, on: dt.date) -> tuple[frozenset[PersonId], IsThere]:
        if on not in self._staff:
            people = frozenset(person.id for person in self.directory.active(on))
            self._staff[on] = people, serving(self.directory, on)
        return self._staff[on]

    def _due(self, reading: Reading, outcome: Outcome, arrival: dt.date) -> dt.date | None:
        """The day that paper, table and office set; the same papers of one day are counted once."""
        days = outcome.deadline.days if outcome.deadline else None
        key = arrival, days, *(str(reading.value(name)) for name in DEADLINE_FIELDS)
        if key not in self._dues:
            self._dues[key] = set_deadline(
                reading, outcome.deadline, self.calendar, arrival=arrival, default_days=self.default_days
            ).due
        return self._dues[key]

    def _tell(
        self,
        past: PastDocument,
        before: Outcome,
        after: Outcome,
        dues: list[dt.date | None],
        stamped: bool,
    ) -> Moved:
        number = past.fields.get(FieldName.NUMBER_SYMBOL)
        return Moved(
            document=past.document,
            name=past.entry.name,
            number_symbol=str(number.value or "") if number else "",
            arrival=past.arrival,
            by_stamp=stamped,
            before=self._place(before, dues[0]),
            after=self._place(after, dues[1]),
            leads_now=self._name(past.lead) if past.lead else None,
            routed_by=past.rule,
        )

    def _place(self, outcome: Outcome, due: dt.date | None) -> Placed:
        return Placed(
            row=outcome.row.id,
            lead=self._name(outcome.lead) if outcome.lead else None,
            support=tuple(map(self._name, outcome.support)),
            inform=tuple(map(self._name, outcome.inform)),
            due=due,
            also=outcome.also,
            unknown=outcome.unknown,
        )

    def _name(self, reference: str) -> str:
        return name_reference(reference, self.directory)


def _same_people(one: Outcome, other: Outcome) -> bool:
    return (one.lead, set(one.support), set(one.inform)) == (
        other.lead,
        set(other.support),
        set(other.inform),
    )


def _same_days(one: Outcome, other: Outcome) -> bool:
    days = [outcome.deadline.days if outcome.deadline else None for outcome in (one, other)]
    return days[0] == days[1]
