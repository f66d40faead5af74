"""Tiếp nhận: what came in and is in no register yet, the longest waiting first, and what each still needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from documents.people import Directory, Officer
from documents.reading import ROUTING_FIELDS, FieldName, FieldReading
from documents.record import DocumentRecord
from documents.status import DocumentId, Status
from office import sight
from office.office import Office, names_of
from office.policy import CLERKS
from registry.awaiting import last_openings, list_awaiting
from registry.view import View

MOST_ROWS = 100
"""More on one page nobody looks through; the oldest stand first."""

_READING = frozenset({Status.WAITING, Status.READING})
_LOOKED_THROUGH = 2000
"""Documents in review of which it is asked who has opened them; an office far behind has hundreds."""


class Waits(StrEnum):
    """What a document that came in waits for."""

    UNOPENED = "chua-mo"
    """Chờ duyệt, chưa văn thư nào mở."""
    OPENED = "da-mo"
    """Đã mở, còn thiếu."""
    READING = "dang-doc"
    """Máy đang đọc hoặc sắp đọc."""
    UNREADABLE = "khong-doc-duoc"
    """Không đọc được."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """A document that waits, and what it still needs.

    `needs` are the routing fields a clerk must look at, `names` the written names that may be several
    people; `lacks_lead` tells that nobody is known to lead. `opened_by` is the clerk who opened it last.
    """

    record: DocumentRecord
    waits: Waits
    fields: Mapping[FieldName, FieldReading] = field(default_factory=dict)
    needs: tuple[FieldName, ...] = ()
    names: tuple[str, ...] = ()
    lacks_lead: bool = False
    opened_by: str | None = None
    opened_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeQueue:
    """The rows asked for, how many there are of each kind, and the one a clerk has kept longest."""

    rows: tuple[WaitingRow, ...]
    counts: Mapping[Waits, int]
    oldest: WaitingRow | None


def intake_queue(
    office: Office, *, reader: Officer, only: Waits | None = None, now: dt.datetime
) -> IntakeQueue:
    """What waits within this person's reach, oldest first; `only` narrows the rows, never the counts."""
    reach = sight.reach_of(office, reader, now=now)
    with office.view() as view:
        directory = view.directory()
        in_review = list_awaiting(view, {Status.REVIEW}, reach, limit=_LOOKED_THROUGH)
        openings = _openings(view, in_review, directory)
        waits = {
            **{r: Waits.OPENED if r.id in openings else Waits.UNOPENED for r in in_review},
            **dict.fromkeys(list_awaiting(view, {Status.QUARANTINED}, reach, limit=None), Waits.UNREADABLE),
            **dict.fromkeys(list_awaiting(view, _READING, reach, limit=None), Waits.READING),
        }
        chosen = [record for record, kind in waits.items() if only in (None, kind)][:MOST_ROWS]
        shown = chosen if not in_review or in_review[0] in chosen else [*chosen, in_review[0]]
        fields = view.fields_of([record.id for record in shown])
        names = names_of(directory)
        rows = {
            record.id: _row(record, waits[record], fields.get(record.id, {}), openings, names)
            for record in shown
        }
    return IntakeQueue(
        rows=tuple(rows[record.id] for record in chosen),
        counts={kind: sum(one is kind for one in waits.values()) for kind in Waits},
        oldest=rows[in_review[0].id] if in_review else None,
    )


def next_waiting(
    office: Office, *, reader: Officer, after: DocumentId | None, now: dt.datetime
) -> DocumentId | None:
    """The document that a clerk looks at next: the longest waiting that came after `after`.

    Past the last one it starts again with the oldest, so that what was put off comes round; None when nothing
    but `after` itself waits.
    """
    reach = sight.reach_of(office, reader, now=now)
    with office.view() as view:
        waiting = [record.id for record in list_awaiting(view, {Status.REVIEW}, reach, limit=None)]
    place = waiting.index(after) + 1 if after in waiting else 0
    others = [one for one in (*waiting[place:], *waiting[:place]) if one != after]
    return others[0] if others else None


def _openings(
    view: View, in_review: Sequence[DocumentRecord], directory: Directory
) -> Mapping[DocumentId, tuple[str, dt.datetime]]:
    clerks = [person.id for person in directory.people if person.duty in CLERKS]
    return last_openings(view, [record.id for record in in_review], clerks)


def _row(
    record: DocumentRecord,
    waits: Waits,
    fields: Mapping[FieldName, FieldReading],
    openings: Mapping[DocumentId, tuple[str, dt.datetime]],
    names: Mapping[str, str],
) -> WaitingRow:
    opened_by, opened_at = openings.get(record.id, (None, None))
    is_in_review = record.status is Status.REVIEW
    return WaitingRow(
        record=record,
        waits=waits,
        fields=fields,
        needs=needs_of(fields) if is_in_review else (),
        names=tuple(q.about for q in record.questions if q.about),
        lacks_lead=any(q.topic == "lead" and not q.about for q in record.questions),
        opened_by=names.get(opened_by, opened_by) if opened_by else None,
        opened_at=opened_at,
    )


def needs_of(fields: Mapping[FieldName, FieldReading]) -> tuple[FieldName, ...]:
    """The routing fields that a person must look at: not checked, or never read."""
    return tuple(
        name
        for name in FieldName
        if name in ROUTING_FIELDS and not (fields.get(name) and fields[name].checked)
    )
