"""Rows as the plain values that leave this room."""

from __future__ import annotations

from documents.events import Arrival
from documents.lines import LineNumber, LineState, basis_from_json
from documents.page import Box, Source
from documents.reading import FieldName, FieldReading
from documents.record import AssignmentRecord, DocumentRecord
from registry.doubts import open_doubts
from registry.moves import HEAD_READ
from registry.plain import assignee_of, because_of, question_of
from registry.register import entry_of
from registry.tables import AssignmentRow, DocumentRow, EntryRow, FieldRow

FULL_TEXT_UNREAD = "full_text_unread"
"""The flag of a document whose whole text could not be read after several tries; it is tried further."""
TRIES_BEFORE_FLAG = 5


def document_of(row: DocumentRow, entry: EntryRow | None) -> DocumentRecord:
    """A document with the line of the register it stands under."""
    return DocumentRecord(
        id=row.id,
        status=row.status,
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        arrival=Arrival(
            folder=row.folder, name=row.name, inode=int(row.inode), mtime_ns=row.mtime_ns, size=row.size
        ),
        arrival_cleared=row.arrival_cleared,
        received_at=row.received_at,
        received_by=row.received_by,
        attempt=row.attempt,
        page_count=row.page_count,
        duplicate_of=row.duplicate_of,
        quarantine_code=row.quarantine_code,
        quarantine_message=row.quarantine_message,
        quarantine_advice=row.quarantine_advice,
        flags=_flags(row),
        review_reasons=tuple(row.review_reasons),
        questions=tuple(question_of(q) for q in row.questions),
        proposal=tuple(assignee_of(a) for a in row.proposal),
        doubts=open_doubts(row),
        entry=entry_of(entry) if entry else None,
        routed_at=row.routed_at,
        read_in_full=row.read_in_full,
    )


def field_of(row: FieldRow) -> FieldReading:
    """A field as it stands."""
    return FieldReading(
        name=FieldName(row.name),
        value=row.value,
        checked=row.checked,
        reason=row.reason,
        page=row.page,
        box=Box(*row.box) if row.box else None,
        source=Source(row.source) if row.source else None,
        evidence=tuple(row.evidence),
    )


def assignment_of(
    row: AssignmentRow, person_name: str | None, unit_name: str | None, holder_name: str | None
) -> AssignmentRecord:
    """A recipient line with the names people know."""
    return AssignmentRecord(
        role=row.role,
        person=row.person,
        unit=row.unit,
        officer_name=person_name,
        unit_name=unit_name,
        due=row.due,
        state=LineState(row.state),
        because=because_of(row.because),
        line=LineNumber(row.line),
        holder=row.holder,
        holder_name=holder_name,
        stands_in_for=row.stands_in_for,
        basis=basis_from_json(row.basis) if row.basis else None,
        outer_due=row.outer_due,
        handed_by=tuple(row.handed_by),
        accepted_at=row.accepted_at,
        direction=row.direction,
        returned=row.returned,
        progress=row.progress,
        asked_due=row.asked_due,
        asked_reason=row.asked_reason,
        result=row.result,
        reply=row.reply,
        assigned_at=row.assigned_at,
    )


def _flags(row: DocumentRow) -> tuple[str, ...]:
    unread = not row.read_in_full and row.status in HEAD_READ and row.full_tries >= TRIES_BEFORE_FLAG
    return (*row.flags, FULL_TEXT_UNREAD) if unread else tuple(row.flags)
