"""What people and programs ask of the office; nothing here changes a document."""

from __future__ import annotations

import datetime as dt
from typing import Any

from documents.errors import NoSuchDocument
from documents.lines import OPEN_STATES
from documents.reach import ALL, Reach
from documents.reading import FieldName, Reading
from documents.record import AssignmentRecord, DocumentRecord, NoticeRecord
from documents.status import Status
from office.decide import look_alikes
from office.office import INCOMING, Office, local_day, names_of, working_calendar
from office.tasks import tasks_of
from office.views import DocumentRow, DocumentView, OfficeState
from office.why import decided, why
from registry.audit import head
from registry.view import View
from rules.calendar import WorkingCalendar


def find_document(view: View, asked: str) -> DocumentRecord:
    """The document named by `29/2012` or by its id.

    Raises:
        NoSuchDocument: there is none by that name.
    """
    found = view.find_document(asked.strip())
    if found is None:
        raise NoSuchDocument(asked=asked)
    return found


def list_rows(
    office: Office,
    *,
    status: Status | None,
    text: str,
    limit: int,
    now: dt.datetime,
    reach: Reach = ALL,
) -> tuple[DocumentRow, ...]:
    """Documents newest first, those that match `text` (typed without marks if one likes) when given."""
    with office.view() as view:
        if text.strip():
            records = [view.document(one) for one in view.search(text, limit, reach)]
            records = [r for r in records if status is None or r.status is status]
        else:
            records = list(view.documents(status, limit, reach=reach))
        calendar = working_calendar(view)
        return tuple(_row(view, record, calendar, local_day(now)) for record in records)


def open_view(view: View, record: DocumentRecord, *, now: dt.datetime) -> DocumentView:
    """Everything known of one document."""
    directory = view.directory()
    row = _row(view, record, working_calendar(view), local_day(now))
    year = local_day(now).year
    stamped = row.fields.get(FieldName.ARRIVAL_DATE)
    if stamped and isinstance(stamped.value, str):
        year = int(stamped.value[:4])
    return DocumentView(
        row=row,
        pages=view.pages(record.id),
        history=view.history(record.id),
        why=why(view, record),
        decided=decided(view.history(record.id)),
        people=directory.active(local_day(now)),
        units=directory.units,
        next_number=view.book_state(INCOMING, year).next_number,
        names=names_of(directory),
        look_alikes=look_alikes(view, record.id, Reading(row.fields)),
        tasks=tasks_of(view, record.id),
    )


def document_json(view: View, record: DocumentRecord) -> dict[str, Any]:
    """One object of `list --json` (design §7)."""
    fields = view.fields(record.id)
    return {
        "id": record.id,
        "file": record.file_name,
        "sha256": record.sha256,
        "status": record.status.value,
        "register": (
            {"book": record.entry.book, "year": record.entry.year, "number": record.entry.number}
            if record.entry
            else None
        ),
        "fields": {name.value: reading.value for name, reading in fields.items()},
        "assignments": [assignment_json(a) for a in view.assignments(record.id)],
        "quarantine": (
            {"code": record.quarantine_code, "message": record.quarantine_message}
            if record.quarantine_code
            else None
        ),
        "duplicate_of": record.duplicate_of,
        "received_at": record.received_at.isoformat(),
        "routed_at": record.routed_at.isoformat() if record.routed_at else None,
    }


def assignment_json(assignment: AssignmentRecord) -> dict[str, Any]:
    """One recipient line of `list --json`."""
    return {
        "officer": assignment.officer_name,
        "unit": assignment.unit_name,
        "role": assignment.role.value,
        "due": assignment.due.isoformat() if assignment.due else None,
        "state": assignment.state,
    }


def show_json(view: View, record: DocumentRecord) -> dict[str, Any]:
    """`show --json`: the object of `list`, with evidence, reasons and history."""
    return {
        **document_json(view, record),
        "reading": {name.value: f.as_json() for name, f in view.fields(record.id).items()},
        "review_reasons": list(record.review_reasons),
        "doubts": list(record.doubts),
        "questions": [
            {"topic": q.topic, "text": q.text, "candidates": list(q.candidates), "about": q.about}
            for q in record.questions
        ],
        "notices": [notice_json(n) for n in view.notices_of(record.id)],
        "history": [
            {"seq": line.seq, "at": line.at.isoformat(), "actor": line.actor, "event": line.event}
            for line in view.history(record.id)
        ],
    }


def notice_json(notice: NoticeRecord) -> dict[str, Any]:
    """One notice of `show --json`."""
    return {
        "kind": notice.kind,
        "recipient": notice.recipient,
        "state": notice.state,
        "message_id": notice.message_id,
        "attempts": notice.attempts,
    }


def why_json(view: View, record: DocumentRecord) -> dict[str, Any]:
    """`why --json`: the steps as sentences, and the raw grounds of each assignment."""
    return {
        "id": record.id,
        "register": record.entry.name if record.entry else None,
        "steps": list(why(view, record)),
        "assignments": [
            {**assignment_json(a), "because": [b.as_json() for b in a.because]}
            for a in view.assignments(record.id)
        ],
    }


def state_of_office(office: Office) -> OfficeState:
    """Heartbeats, waiting notices and the head of the audit chain."""
    with office.view() as view:
        sequence, head_hash = head(view)
        return OfficeState(
            heartbeats=tuple(sorted(view.beats().items())),
            notices_waiting=view.count_notices("waiting"),
            notices_given_up=view.count_notices("given_up"),
            audit_count=sequence,
            audit_head=head_hash,
            documents=view.counts(),
        )


def working_days_left(calendar: WorkingCalendar, today: dt.date, due: dt.date) -> int:
    """Working days from `today` to `due`: 0 on the day, negative when late."""
    first, last = sorted((today, due))
    days = sum(calendar.is_working(first + dt.timedelta(n)) for n in range(1, (last - first).days + 1))
    return days if due >= today else -days


def _row(view: View, record: DocumentRecord, calendar: WorkingCalendar, today: dt.date) -> DocumentRow:
    assignments = view.assignments(record.id)
    dues = [a.due for a in assignments if a.due and a.state in OPEN_STATES]
    return DocumentRow(
        record=record,
        fields=view.fields(record.id),
        assignments=assignments,
        days_left=working_days_left(calendar, today, min(dues)) if dues else None,
    )
