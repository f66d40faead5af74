"""One consistent look at what is remembered, as plain values."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import case, func, not_, select
from sqlalchemy.orm import Session, aliased

from documents.decisions import Role
from documents.direction import NameHabit
from documents.errors import NoSuchDocument
from documents.events import Arrival, DocumentOpened
from documents.lines import OPEN_STATES
from documents.people import Directory, PersonId
from documents.reach import ALL, Reach
from documents.reading import FieldName, FieldReading
from documents.record import (
    AssignmentRecord,
    AuditLine,
    BookState,
    CalendarDay,
    Credentials,
    DocumentRecord,
    EntryRecord,
    NoticeRecord,
    PageRecord,
    PastDocument,
    RulesDraft,
    RulesVersion,
)
from documents.status import DocumentId, Status
from registry import (
    find,
    heartbeats,
    name_choices,
    organisation,
    outbox,
    past,
    register,
    rule_tables,
    search,
    sessions,
)
from registry.audit import line_of
from registry.reach import within
from registry.records import assignment_of, document_of, field_of
from registry.tables import (
    AssignmentRow,
    AuditRow,
    BookRow,
    CalendarDayRow,
    DocumentRow,
    EntryRow,
    FieldRow,
    NoticeRow,
    OfficeRow,
    PageRow,
    PersonRow,
    SettingRow,
    SweepRow,
    UnitRow,
)

_ENTRY_NAME = re.compile(r"(?P<number>\d{1,9})/(?P<year>\d{4})")
_FIELD_ORDER = {name: place for place, name in enumerate(FieldName)}
_Holder = aliased(PersonRow)
_ROLE_ORDER = case({role: place for place, role in enumerate(Role)}, value=AssignmentRow.role)


class View:
    """The registry as it stood when the view was opened; made by `Registry.view`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        """For the modules of this room only."""
        self._directory: Directory | None = None
        self._has_changed_directory = False

    # ── documents ────────────────────────────────────────────────────────────────────────────────────────

    def document(self, document: DocumentId) -> DocumentRecord:
        """The document with that id.

        Raises:
            NoSuchDocument: there is none.
        """
        row = self.session.get(DocumentRow, document)
        if row is None:
            raise NoSuchDocument(asked=document)
        return document_of(row, find.taken_entry(self.session, document))

    def find_document(self, asked: str) -> DocumentRecord | None:
        """The document that people call `29/2012` (cancelled numbers too), or with that id."""
        if written := _ENTRY_NAME.fullmatch(asked.strip()):
            lines = select(EntryRow.document).where(
                EntryRow.number == int(written["number"]),
                EntryRow.year == int(written["year"]),
                EntryRow.document.is_not(None),
            )
            document = self.session.scalars(lines.order_by(EntryRow.book).limit(1)).first()
        else:
            document = self.session.scalar(select(DocumentRow.id).where(DocumentRow.id == asked.strip()))
        return self.document(document) if document else None

    def documents(
        self,
        status: Status | None = None,
        limit: int | None = 200,
        after: DocumentId | None = None,
        reach: Reach = ALL,
    ) -> tuple[DocumentRecord, ...]:
        """Documents newest first; `after` is the last one already seen, `limit` None means all."""
        asked = select(DocumentRow).where(within(reach)).order_by(DocumentRow.arrived.desc()).limit(limit)
        if status:
            asked = asked.where(DocumentRow.status == status)
        if after:
            before = select(DocumentRow.arrived).where(DocumentRow.id == after).scalar_subquery()
            asked = asked.where(DocumentRow.arrived < before)
        return self._with_entries(self.session.scalars(asked).all())

    def first_with(self, sha256: str) -> DocumentRecord | None:
        """The first document with those bytes."""
        row = find.first_with(self.session, sha256)
        return document_of(row, find.taken_entry(self.session, row.id)) if row else None

    def same_drop(self, arrival: Arrival) -> DocumentRecord | None:
        """The document of exactly this file, still lying in the intake folder."""
        row = find.same_drop(self.session, arrival)
        return document_of(row, find.taken_entry(self.session, row.id)) if row else None

    def same_reference(self, number: str, date: str) -> tuple[DocumentId, ...]:
        """Documents with that number and notation and that date (ISO), in order of arrival."""
        return find.same_reference(self.session, number, date)

    def signers_of(self, agency: str, besides: DocumentId) -> tuple[str, ...]:
        """Who has signed other documents of an agency, by its full name: names checked or confirmed."""
        return find.signers_of(self.session, agency, besides)

    def past(self, book: str, since: dt.date, names: Iterable[FieldName]) -> Iterator[PastDocument]:
        """Documents registered with a day of arrival from `since` on, with these of their fields."""
        return past.load_past(self.session, book, since, names)

    def count_leads(self, version: int) -> dict[str, int]:
        """How many documents are led by each row of a version of the routing table."""
        return past.count_leads(self.session, version)

    def uncleared_arrivals(self) -> tuple[DocumentRecord, ...]:
        """Documents whose file has not left the intake folder yet, oldest first."""
        asked = select(DocumentRow).where(not_(DocumentRow.arrival_cleared)).order_by(DocumentRow.arrived)
        return self._with_entries(self.session.scalars(asked).all())

    def fields(self, document: DocumentId) -> dict[FieldName, FieldReading]:
        """All fields of a document, in the order a person looks at them."""
        return self.fields_of((document,)).get(document, {})

    def fields_of(self, documents: Sequence[DocumentId]) -> dict[DocumentId, dict[FieldName, FieldReading]]:
        """The fields of many documents at once."""
        rows = self.session.scalars(select(FieldRow).where(FieldRow.document.in_(documents)))
        found: dict[DocumentId, dict[FieldName, FieldReading]] = defaultdict(dict)
        for row in sorted(rows, key=lambda r: _FIELD_ORDER[FieldName(r.name)]):
            found[row.document][FieldName(row.name)] = field_of(row)
        return dict(found)

    def pages(self, document: DocumentId) -> tuple[PageRecord, ...]:
        """The page pictures of a document, by page."""
        asked = select(PageRow).where(PageRow.document == document).order_by(PageRow.number)
        return tuple(
            PageRecord(
                number=row.number,
                picture_sha256=row.picture_sha256,
                width_px=row.width_px,
                height_px=row.height_px,
            )
            for row in self.session.scalars(asked)
        )

    def has_other_use(self, sha256: str, document: DocumentId) -> bool:
        """Whether bytes in the store belong to another document than this one, as its file or a picture."""
        of_pages = select(PageRow.document).where(PageRow.picture_sha256 == sha256)
        of_files = select(DocumentRow.id).where(DocumentRow.sha256 == sha256)
        found = {*self.session.scalars(of_pages), *self.session.scalars(of_files)}
        return bool(found - {document})

    def assignments(self, document: DocumentId) -> tuple[AssignmentRecord, ...]:
        """The recipient lines of a document, as they were given."""
        return self.assignments_of((document,)).get(document, ())

    def assignments_of(
        self, documents: Sequence[DocumentId]
    ) -> dict[DocumentId, tuple[AssignmentRecord, ...]]:
        """The recipient lines of many documents at once."""
        found: dict[DocumentId, list[AssignmentRecord]] = defaultdict(list)
        for document, line in self.recipient_lines(AssignmentRow.document.in_(documents)):
            found[document].append(line)
        return {document: tuple(lines) for document, lines in found.items()}

    def open_deadlines(self, until: dt.date) -> tuple[tuple[DocumentId, AssignmentRecord], ...]:
        """Recipient lines not done yet that are due by `until`, the most pressing first."""
        lines = self.recipient_lines(AssignmentRow.due <= until, AssignmentRow.state.in_(OPEN_STATES))
        return tuple(sorted(lines, key=lambda line: (line[1].due or until, line[0])))

    def history(self, document: DocumentId) -> tuple[AuditLine, ...]:
        """Everything that happened to a document, in order."""
        asked = select(AuditRow).where(AuditRow.document == document).order_by(AuditRow.seq)
        return tuple(line_of(row) for row in self.session.scalars(asked))

    def has_opened(self, person: PersonId, document: DocumentId, *, since: dt.datetime) -> bool:
        """Whether that person opened the document since that moment."""
        asked = select(AuditRow.seq).where(
            AuditRow.document == document,
            AuditRow.event == DocumentOpened.__name__,
            AuditRow.actor == person,
            AuditRow.at >= since,
        )
        return self.session.scalar(asked.limit(1)) is not None

    def search(self, text: str, limit: int = 50, reach: Reach = ALL) -> tuple[DocumentId, ...]:
        """Documents that hold every word of `text`, typed without marks if one likes; newest first."""
        return search.search(self.session, text, limit, reach)

    def counts(self, reach: Reach = ALL) -> dict[Status, int]:
        """How many documents stand in each status."""
        asked = select(DocumentRow.status, func.count()).where(within(reach)).group_by(DocumentRow.status)
        rows = self.session.execute(asked)
        found = dict(rows.tuples().all())
        return {status: found.get(status, 0) for status in Status}

    # ── the book ─────────────────────────────────────────────────────────────────────────────────────────

    def book_state(self, book: str, year: int) -> BookState:
        """The register of a year; one never opened would begin at 1."""
        return register.load_state(self.session, book, year)

    def book_states(self, book: str) -> tuple[BookState, ...]:
        """The registers of all years, oldest first."""
        years = self.session.scalars(select(BookRow.year).where(BookRow.book == book).order_by(BookRow.year))
        return tuple(self.book_state(book, year) for year in years.all())

    def entries(self, book: str, year: int) -> tuple[tuple[EntryRecord, DocumentId | None], ...]:
        """Every line of a register by number, held and cancelled ones too, each with its document."""
        asked = select(EntryRow).where(EntryRow.book == book, EntryRow.year == year).order_by(EntryRow.number)
        return tuple((register.entry_of(row), row.document) for row in self.session.scalars(asked))

    # ── the office ───────────────────────────────────────────────────────────────────────────────────────

    def directory(self) -> Directory:
        """All units and people of the office, those who have left included."""
        if self._directory is None:
            load = (
                organisation.load_directory if self._has_changed_directory else organisation.recall_directory
            )
            self._directory = load(self.session)
        return self._directory

    def forget_directory(self) -> None:
        """Load the directory anew the next time it is asked for: it was changed in this transaction."""
        self._directory, self._has_changed_directory = None, True

    def calendar_days(self) -> tuple[CalendarDay, ...]:
        """The office's own days, in order."""
        rows = self.session.scalars(select(CalendarDayRow).order_by(CalendarDayRow.day))
        return tuple(
            CalendarDay(
                day=row.day, kind=row.kind, reason=row.reason, source=row.source, entered_by=row.entered_by
            )
            for row in rows
        )

    def calendar_version(self) -> int:
        """How often the office's calendar has been changed."""
        return self.session.scalar(select(OfficeRow.calendar_version)) or 0

    def rules(self, table: str, on: dt.date | None = None) -> tuple[int, str]:
        """Version and text of the routing table in force on a day, or of the newest; (0, "") for none."""
        return rule_tables.load_rules(self.session, table, on)

    def rule_versions(self, table: str) -> tuple[RulesVersion, ...]:
        """Every version of a routing table, oldest first."""
        return rule_tables.load_versions(self.session, table)

    def rule_drafts(self, table: str) -> tuple[RulesDraft, ...]:
        """Every draft of a routing table, oldest first, the closed ones too."""
        return rule_tables.load_drafts(self.session, table)

    def name_habits(self, written: str | None = None) -> tuple[NameHabit, ...]:
        """What names as written were taken for by people, the most chosen first."""
        return name_choices.list_habits(self.session, written)

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of the office that decisions depend on."""
        row = self.session.get(SettingRow, name)
        return row.value if row else default

    def credentials(self, login: str) -> Credentials | None:
        """What lets a person in; None for an unknown name or a person without a password."""
        asked = select(PersonRow).where(PersonRow.login == login.strip().lower())
        row = self.session.scalars(asked).one_or_none()
        if row is None or not row.login or not row.password_hash:
            return None
        return Credentials(person=row.id, login=row.login, password_hash=row.password_hash)

    def session_person(self, token_hash: str, now: dt.datetime) -> PersonId | None:
        """The person signed in under that token, None when there is none or it has ended."""
        return sessions.person_of(self.session, token_hash, now)

    # ── outbox and machinery ─────────────────────────────────────────────────────────────────────────────

    def notices(
        self, state: str | None = None, due_before: dt.datetime | None = None, limit: int | None = 200
    ) -> tuple[NoticeRecord, ...]:
        """Notices by age, of one state, and due by a moment."""
        asked = select(NoticeRow).order_by(NoticeRow.id).limit(limit)
        if state:
            asked = asked.where(NoticeRow.state == state)
        if due_before:
            asked = asked.where(NoticeRow.next_try_at <= due_before)
        return tuple(outbox.notice_of(row) for row in self.session.scalars(asked))

    def notices_of(self, document: DocumentId) -> tuple[NoticeRecord, ...]:
        """The notices about a document, oldest first."""
        asked = select(NoticeRow).where(NoticeRow.document == document).order_by(NoticeRow.id)
        return tuple(outbox.notice_of(row) for row in self.session.scalars(asked))

    def count_notices(self, state: str) -> int:
        """How many notices are `waiting`, `sent` or `given_up`."""
        return self.session.scalar(select(func.count()).where(NoticeRow.state == state)) or 0

    def beats(self) -> dict[str, dt.datetime]:
        """When each process and each sweep (`sweep:…`) was last seen alive."""
        return heartbeats.beats(self.session)

    def sweeps(self) -> Mapping[str, tuple[dt.datetime, int]]:
        """The newest run of each scheduled sweep and how much it found."""
        return {row.name: (row.at, row.found) for row in self.session.scalars(select(SweepRow))}

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────

    def _with_entries(self, rows: Sequence[DocumentRow]) -> tuple[DocumentRecord, ...]:
        ids = [row.id for row in rows]
        asked = select(EntryRow).where(EntryRow.document.in_(ids), EntryRow.state == "taken")
        entries = {entry.document: entry for entry in self.session.scalars(asked)}
        return tuple(document_of(row, entries.get(row.id)) for row in rows)

    def recipient_lines(self, *wanted: Any) -> Iterable[tuple[DocumentId, AssignmentRecord]]:
        """Recipient lines that meet conditions on `AssignmentRow`; for the modules of this room only."""
        asked = (
            select(AssignmentRow, PersonRow.name, UnitRow.name, _Holder.name)
            .outerjoin(PersonRow, PersonRow.id == AssignmentRow.person)
            .outerjoin(UnitRow, UnitRow.id == AssignmentRow.unit)
            .outerjoin(_Holder, _Holder.id == AssignmentRow.holder)
            .where(*wanted)
            .order_by(AssignmentRow.document, _ROLE_ORDER, AssignmentRow.line)
        )
        for row, person_name, unit_name, holder_name in self.session.execute(asked):
            yield row.document, assignment_of(row, person_name, unit_name, holder_name)
