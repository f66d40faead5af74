"""What a notice tells, looked up when it is sent: metadata only, and only what still is so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from documents.decisions import Role
from documents.people import PersonId
from documents.reading import FieldName, FieldReading
from documents.record import AssignmentRecord, DocumentRecord, NoticeRecord
from documents.status import Status
from documents.wording import ROLE_LABELS
from gateways.notices import NoticeText
from office.alarms import NOT_DONE
from office.audience import audience_for, everybody
from office.office import names_of
from office.remind import PASSED_ON, deadline_of
from office.tasks import OpenOccurrence, open_occurrences
from registry.absence import load_delegations
from registry.view import View
from rules.reminders import Pace, pace_of


def notice_text(view: View, notice: NoticeRecord, *, base_url: str) -> NoticeText:
    """What a notice says to its recipient: metadata only, never the document's text."""
    record, line = view.document(notice.document), find_line(view, notice)
    text = line_text(view, record, line, reader=notice.recipient, base_url=base_url, kind=notice.kind)
    names, told = names_of(view.directory()), notice.payload
    moved = (_name(names, told.get("before")), _name(names, told.get("holder")))
    task = find_task(view, notice)
    is_task = notice.kind == "task" or task is not None
    holder = task.task.holder_name if task and task.task.holder != notice.recipient else None
    why = (
        *(record.doubts if notice.kind == "doubted" else record.review_reasons),
        *filter(None, (record.quarantine_message, record.quarantine_advice)),
    )
    beside = (one for one in view.assignments(notice.document) if one != line)
    return replace(
        text,
        others=tuple(_name(names, one.person or one.unit) for one in beside),
        reasons=why if notice.kind in _WITH_REASONS else (),
        step=told.get("step"),
        by=_name(names, told.get("by")) or None,
        behalf=_name(names, told.get("behalf")) or None,
        said=told.get("reason") or told.get("direction") or told.get("result"),
        reply=told.get("reply"),
        moved=moved if notice.kind in ("moved", "unheld") else None,
        instrument=told.get("instrument"),
        wanted=_day(told.get("wanted")),
        granted=bool(told.get("granted")),
        due=_day(told["due"]) if is_task else text.due,
        due_before=_day(told["before"] if notice.kind == "recounted" else told.get("due_before")),
        task=told["task"] if is_task else None,
        recurs=bool(task.task.recurrence) if task else is_task and bool(told.get("recurrence")),
        occurrence=task.day if task and task.task.recurrence else None,
        # Whoever holds the line, a task has its own holder.
        holder=holder if is_task else text.holder,
        role=None if task else text.role,
        time=None if is_task else text.time,
    )


_WITH_REASONS = frozenset({"review", "doubted", "quarantined", "alarm"})
"""Kinds that tell the clerk what to look at."""


def line_text(
    view: View,
    record: DocumentRecord,
    line: AssignmentRecord | None,
    *,
    reader: PersonId,
    base_url: str,
    kind: str,
) -> NoticeText:
    """What is known of a document and of one recipient line, as its reader may know it."""
    fields = {} if record.status is Status.SEALED else view.fields(record.id)
    urgency = _text(fields, FieldName.URGENCY)
    deadline = deadline_of(line, urgency) if line else None
    because = line.because[0].text if line and line.because else None
    names = names_of(view.directory())
    stood_in = line.stands_in_for if line and line.holder == reader else None
    return NoticeText(
        kind=kind,
        document_id=str(record.id),
        office=view.directory().office_name,
        entry=record.entry.name if record.entry else None,
        number_symbol=_text(fields, FieldName.NUMBER_SYMBOL),
        date=_day(_text(fields, FieldName.DATE)),
        issuer=_text(fields, FieldName.ISSUER),
        subject=_text(fields, FieldName.SUBJECT),
        urgency=urgency,
        role=ROLE_LABELS[line.role] if line else None,
        due=line.due if line and line.role is not Role.INFORM else None,
        time=deadline.time if deadline else None,
        because=because if kind == "assigned" else None,
        file_name=None if record.status is Status.SEALED else record.file_name,
        link=f"{base_url.rstrip('/')}/van-ban/{record.id}" if base_url else None,
        holder=(line.holder_name or line.unit_name) if line and line.holder != reader else None,
        stands_in_for=names.get(str(stood_in)) if stood_in else None,
        restricted=is_restricted(record, fields),
        urgent=pace_of(urgency) is not Pace.NORMAL,
        line=line.line if line else None,
    )


def is_restricted(record: DocumentRecord, fields: dict[FieldName, FieldReading]) -> bool:
    """Whether nothing that tells what the document is about may leave the office."""
    return record.status is Status.SEALED or bool(_text(fields, FieldName.SECRECY))


def find_line(view: View, notice: NoticeRecord) -> AssignmentRecord | None:
    """The recipient line a notice is about: the one it names, else the one its recipient holds."""
    lines = view.assignments(notice.document)
    if number := notice.payload.get("line"):
        return next((line for line in lines if line.line == number), None)
    return next((line for line in lines if line.holder == notice.recipient), None)


def find_task(view: View, notice: NoticeRecord) -> OpenOccurrence | None:
    """The day of a task that a reminder is about, while nobody has reported on it."""
    if notice.kind != "reminder" or not (number := notice.payload.get("task")):
        return None
    due = dt.date.fromisoformat(notice.payload["due"])
    found = open_occurrences(view, due, [notice.document])
    return next((one for one in found if (one.task.number, one.due) == (number, due)), None)


def task_text(view: View, occurrence: OpenOccurrence, *, base_url: str) -> NoticeText:
    """What its holder may know of a day of a task."""
    task, record = occurrence.task, view.document(occurrence.task.document)
    reader = task.holder or PersonId("")
    return replace(
        line_text(view, record, None, reader=reader, base_url=base_url, kind="task"),
        due=occurrence.due,
        task=task.number,
        recurs=bool(task.recurrence),
        occurrence=occurrence.day if task.recurrence else None,
    )


def stale_cause(view: View, notice: NoticeRecord, today: dt.date) -> str | None:
    """Why a notice need not be sent any more; None when it still tells the truth."""
    status = view.document(notice.document).status
    if notice.kind == "alarm":
        return None if NOT_DONE.get(status) == notice.payload["step"] else "done_meanwhile"
    if notice.kind != "reminder":
        return None
    if notice.payload.get("task"):
        return _stale_task(view, notice, today)
    line = find_line(view, notice)
    if line is None or deadline_of(line, None) is None or status not in PASSED_ON:
        return "done_meanwhile"
    if line.due is None or line.due.isoformat() != notice.payload["due"]:
        return "due_day_changed"
    audience = audience_for(view, notice.document, line, load_delegations(view, today), today)
    if notice.recipient not in everybody(audience):
        return "held_by_another"
    return None


def _stale_task(view: View, notice: NoticeRecord, today: dt.date) -> str | None:
    found = find_task(view, notice)
    if found is None or view.document(notice.document).status not in PASSED_ON:
        return "done_meanwhile"
    audience = audience_for(view, notice.document, found.task, load_delegations(view, today), today)
    return None if notice.recipient in everybody(audience) else "held_by_another"


def _name(names: dict[str, str], known: Any) -> str:
    """The name people know of a person or unit; empty for nobody."""
    return names.get(str(known), str(known)) if known else ""


def _text(fields: dict[FieldName, FieldReading], name: FieldName) -> str | None:
    reading = fields.get(name)
    return reading.value if reading and isinstance(reading.value, str) else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
