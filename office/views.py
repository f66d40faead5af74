"""What the doors show: plain values joined from what the registry remembers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from documents.errors import Trouble
from documents.lines import LineNumber
from documents.people import Officer, Unit
from documents.reading import FieldName, FieldReading
from documents.record import AssignmentRecord, AuditLine, DocumentRecord, EntryRecord, PageRecord
from documents.status import DocumentId, Status
from documents.tasks import TaskRecord
from office.steps import Offer
from office.why import Decided


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One document on a list.

    `days_left` counts working days to the nearest open deadline; negative when late, None without one.
    """

    record: DocumentRecord
    fields: Mapping[FieldName, FieldReading]
    assignments: tuple[AssignmentRecord, ...]
    days_left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """One document as a person opens it.

    `why` tells the decision step by step in Vietnamese. `names` maps person and unit ids to names.
    `look_alikes` are entries of the book that may be the same document. `has_searchable` tells that its
    searchable form was made. `offers` is what the reader may do with each recipient line.
    """

    row: DocumentRow
    pages: tuple[PageRecord, ...]
    history: tuple[AuditLine, ...]
    why: tuple[str, ...]
    people: tuple[Officer, ...]
    units: tuple[Unit, ...]
    next_number: int | None
    names: Mapping[str, str]
    look_alikes: tuple[EntryRecord, ...] = ()
    offers: Mapping[LineNumber, Offer] = field(default_factory=dict)
    has_searchable: bool = False
    tasks: tuple[TaskRecord, ...] = ()
    """What the document asks of this office."""
    seen: str = ""
    """What a form made of this view shows (`review.seen_of`)."""
    choices: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Of each written name that is asked about: how often it was taken for whom, by their key."""
    decided: Decided | None = None
    """The newest decision of who gets it."""
    number_trouble: Trouble | None = None
    """Why the number in the arrival stamp does not fit the book, as registering would say it."""
    others: tuple[str, ...] = ()
    """Who else has the page open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswer:
    """What the clerk says: fields as typed, who is meant, who leads.

    Attributes:
        values: Field name to the text as typed; dates day first; lists one item a line.
        chosen: Written name (`Đ/c Linh`) to the person id the clerk means.
        lead: Person or unit id of the one lead, or None to keep the proposal's.
        support: Ids of those who support; None keeps the proposal's.
        inform: Ids of those who are informed; None keeps the proposal's.
        due: The deadline as typed (dd/mm/yyyy), empty to let the rules count it.
        hold_between: Register a number out of order and hold back the numbers skipped.
        sure: The token of the doubts (`NotSure.token`) that the clerk has seen and insists on.
        seen: What the clerk's form showed (`review.seen_of`); None for an answer that was made of no form.
    """

    values: Mapping[FieldName, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    lead: str | None = None
    support: tuple[str, ...] | None = None
    inform: tuple[str, ...] | None = None
    due: str | None = None
    hold_between: bool = False
    sure: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One line of the incoming register (domain §5.1, ten columns; column 9 is signed by pen).

    Attributes:
        state: `taken`, `held`, `cancelled`, or `missing` for a number that stands nowhere in the register.
        may_open: Whether the reader may open the document.
        is_hidden: A paper with a secrecy mark that the reader may not open: only number and day are told.
    """

    entry: EntryRecord
    document: DocumentId | None
    issuer: str
    number_symbol: str
    date: dt.date | None
    type_and_subject: str
    recipients: str
    transferred: dt.date | None
    note: str
    state: str = "taken"
    urgency: str = ""
    may_open: bool = True
    is_hidden: bool = False
    due: dt.date | None = None
    """The soonest day by which work on it is still to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeState:
    """How the office's machinery is: who beat last, what waits, how long the audit chain is."""

    heartbeats: tuple[tuple[str, dt.datetime], ...]
    notices_waiting: int
    notices_given_up: int
    audit_count: int
    audit_head: str
    documents: Mapping[Status, int]
