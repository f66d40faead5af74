"""What people and programs ask of the office; nothing here changes a document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from documents.decisions import Because, Role, because_from_json
from documents.errors import NoSuchDocument
from documents.lines import OPEN_STATES
from documents.reach import ALL, Reach
from documents.reading import FieldName, FieldReading, Reading
from documents.record import AssignmentRecord, DocumentRecord, NoticeRecord
from documents.status import Status
from documents.wording import FIELD_LABELS, ROLE_LABELS
from office.decide import look_alikes
from office.office import INCOMING, Office, local_day, names_of, working_calendar
from office.tasks import tasks_of
from office.views import DocumentRow, DocumentView, OfficeState
from registry.audit import head
from registry.view import View
from rules.calendar import WorkingCalendar
from rules.why import tell_why


def find_document(view: View, asked: str) -> DocumentRecord:
    """The document named by `29/2012` or by its id.

    Raises:
        NoSuchDocument: there is none by that name.
    """
    found = view.find_document(asked.strip())
    if found is None:
        raise NoSuchDocument(asked=asked)
    return found


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


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
        people=directory.active(local_day(now)),
        units=directory.units,
        next_number=view.book_state(INCOMING, year).next_number,
        names=names_of(directory),
        look_alikes=look_alikes(view, record.id, Reading(row.fields)),
        tasks=tasks_of(view, record.id),
    )


def why(view: View, record: DocumentRecord) -> tuple[str, ...]:
    """Why the document is where it is, step by step: paper → check → rule → person."""
    names = names_of(view.directory())
    if record.quarantine_code:
        return (f"{record.quarantine_message}", f"Cần làm: {record.quarantine_advice}")
    if record.duplicate_of:
        return (f"Nội dung giống hệt văn bản {record.duplicate_of}, nên gắn vào văn bản đó.",)
    fields = view.fields(record.id)
    steps = _evidence_steps(fields)
    decisions = [
        (line.event, tuple(_because(row) for row in line.payload.get("because", ())), line)
        for line in view.history(record.id)
        if line.event in {"DocumentRegistered", "DocumentAssigned", *_MOVES}
    ]
    rounds = [line.payload["assignees"] for *_, line in decisions if line.payload.get("assignees")]
    newest = {_line_key(row) for row in rounds[-1]} if rounds else set()
    for event, because, line in decisions:
        if event in _MOVES:
            steps.append(_moved(line.payload, names))
        steps.extend(tell_why(because))
        for row in line.payload.get("assignees", ()):
            person = names.get(str(row.get("person") or row.get("unit")), "?")
            chain = tell_why(tuple(_because(b) for b in row.get("because", ())))
            role = ROLE_LABELS[Role(row["role"])]
            due = f", hạn {dt.date.fromisoformat(row['due']):%d/%m/%Y}" if row.get("due") else ""
            past = "" if _line_key(row) in newest else " (về sau đã đổi)"
            steps.append(f"→ {person}: {role}{due}{past}. " + " ".join(chain))
    if record.status is Status.REVIEW:
        steps.extend(f"Cần xem: {reason}" for reason in record.review_reasons)
    return tuple(steps)


def _line_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["role"], row.get("person"), row.get("unit"), row.get("due")


_MOVES = frozenset({"LineMoved", "LineReassigned"})
"""Events by which somebody else has a line, each with its reason."""


def _moved(payload: Mapping[str, Any], names: Mapping[str, str]) -> str:
    to = payload.get("to") or payload.get("person") or payload.get("unit")
    return f"→ {names.get(str(to), '?')}: {payload['reason']}" if to else str(payload["reason"])


def _because(row: dict[str, Any]) -> Because:
    return because_from_json({**row, "box": _box(row.get("box"))})


def _box(value: Any) -> list[float] | None:
    if isinstance(value, dict):
        return [value["x0"], value["y0"], value["x1"], value["y1"]]
    return value if value is None else list(value)


def _evidence_steps(fields: Mapping[FieldName, FieldReading]) -> list[str]:
    steps = []
    for name in FieldName:
        reading = fields.get(name)
        # The part of this office is shown by itself: its words would bury what routing rests on.
        if reading and reading.value and reading.evidence and name is not FieldName.OUR_PART:
            label = FIELD_LABELS[name]
            steps.append(
                f"{label[0].upper()}{label[1:]}: {shown(reading.value)}. " + " ".join(reading.evidence)
            )
    return steps


def shown(value: Any) -> str:
    """A field's value in one line: days as people write them, lists joined; empty for no value."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(
            shown((v.get("text") or v.get("phrase")) if isinstance(v, dict) else v) for v in value
        )
    text = str(value)
    return f"{dt.date.fromisoformat(text):%d/%m/%Y}" if _ISO_DAY.fullmatch(text) else text


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
