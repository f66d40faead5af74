"""Whether the rows still say what the audit says.

Compared are status and bytes of documents, state and holder of recipient lines, every line of the register
and its counter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from documents.events import BookOpened, DocumentRegistered, EntryCancelled
from documents.status import DocumentId, Status
from registry.moves import AFTER, FIRST
from registry.tables import BookRow, DocumentRow, EntryRow
from registry.told_lines import HEARD, ToldLines

_BATCH = 2000
_STATUS_AFTER: dict[str, Status] = {kind.__name__: status for kind, status in (FIRST | AFTER).items()}
_ARRIVALS = frozenset(kind.__name__ for kind in FIRST)

Disagreement = tuple[int, str]
"""The number of the audit line concerned, and one Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class _Entry:
    seq: int
    state: str = "không có"
    document: str | None = None
    arrival_date: str | None = None


@dataclass(frozen=True, slots=True)
class _Counter:
    seq: int
    first: int = 1
    next: int = 1


@dataclass(slots=True)
class Told:
    """What the audit lines heard so far say about the rows."""

    statuses: dict[DocumentId, tuple[Status, int]] = field(default_factory=dict)
    bytes: dict[DocumentId, str] = field(default_factory=dict)
    entries: dict[tuple[str, int, int], _Entry] = field(default_factory=dict)
    counters: dict[tuple[str, int], _Counter] = field(default_factory=dict)
    lines: ToldLines = field(default_factory=ToldLines)

    def hear(self, line: Row[Any]) -> None:
        """Take in the next line of the audit."""
        if status := _STATUS_AFTER.get(line.event):
            self.statuses[line.document] = (status, line.seq)
        if line.event in HEARD:
            status = self.lines.hear(line.event, line.document, json.loads(line.payload), line.seq)
            if status:
                self.statuses[line.document] = (status, line.seq)
        if line.event in _ARRIVALS:
            self.bytes[line.document] = json.loads(line.payload)["sha256"]
        elif line.event == BookOpened.__name__:
            self._open(json.loads(line.payload), line.seq)
        elif line.event == DocumentRegistered.__name__:
            self._enter(json.loads(line.payload), line.document, line.seq)
        elif line.event == EntryCancelled.__name__:
            self._cancel(json.loads(line.payload), line.document, line.seq)

    def disagreement(self, session: Session) -> Disagreement | None:
        """The first place found where the rows say something else."""
        return (
            self._documents(session)
            or self._entries(session)
            or self._counters(session)
            or self.lines.disagreement(session)
        )

    def _open(self, facts: dict[str, Any], seq: int) -> None:
        key, number = (facts["book"], facts["year"]), facts["next_number"]
        known = self.counters.get(key)
        if known is None or known.next != number:
            self.counters[key] = _Counter(seq, number, number)

    def _enter(self, facts: dict[str, Any], document: DocumentId, seq: int) -> None:
        book, year, number = facts["book"], facts["year"], facts["number"]
        for held in facts["held"]:
            self.entries[book, year, held] = _Entry(seq, "held")
        self.entries[book, year, number] = _Entry(seq, "taken", document, facts["arrival_date"])
        known = self.counters.get((book, year), _Counter(seq))
        self.counters[book, year] = _Counter(seq, known.first, max(known.next, number + 1))

    def _cancel(self, facts: dict[str, Any], document: DocumentId, seq: int) -> None:
        key = (facts["book"], facts["year"], facts["number"])
        before = self.entries.get(key, _Entry(seq))
        self.entries[key] = _Entry(seq, "cancelled", document, before.arrival_date)

    def _documents(self, session: Session) -> Disagreement | None:
        asked = select(DocumentRow.id, DocumentRow.status, DocumentRow.arrived, DocumentRow.sha256)
        missing = dict(self.statuses)
        with session.execute(asked).yield_per(_BATCH) as rows:
            for document, status, arrived, sha256 in rows:
                told, seq = missing.pop(document, (None, arrived))
                if told is not status:
                    was = told.value if told else "không có"
                    return seq, f"Văn bản {document} ở trạng thái {status.value} nhưng nhật ký ghi {was}."
                if self.bytes.get(document) != sha256:
                    return seq, f"Văn bản {document} trỏ tới tệp khác với tệp mà nhật ký đã ghi."
        for document, (_, seq) in missing.items():
            return seq, f"Văn bản {document} có trong nhật ký nhưng không còn trong cơ sở dữ liệu."
        return None

    def _entries(self, session: Session) -> Disagreement | None:
        missing = dict(self.entries)
        with session.scalars(select(EntryRow).execution_options(yield_per=_BATCH)) as rows:
            for row in rows:
                told = missing.pop((row.book, row.year, row.number), _Entry(0))
                name = f"Số đến {row.number}/{row.year}"
                arrived = row.arrival_date.isoformat() if row.arrival_date else None
                if told.state != row.state:
                    return told.seq, f"{name} trong sổ ghi {row.state} nhưng nhật ký ghi {told.state}."
                if told.document != row.document:
                    return told.seq, f"{name} trong sổ thuộc văn bản khác với văn bản mà nhật ký ghi."
                if told.arrival_date != arrived:
                    return told.seq, f"{name} trong sổ có ngày đến khác với ngày mà nhật ký ghi."
        for (_, year, number), told in missing.items():
            return told.seq, f"Số đến {number}/{year} có trong nhật ký nhưng không còn trong sổ."
        return None

    def _counters(self, session: Session) -> Disagreement | None:
        missing = dict(self.counters)
        for row in session.scalars(select(BookRow)):
            told = missing.pop((row.book, row.year), _Counter(0, 0, 0))
            if (row.first_number, row.next_number) != (told.first, told.next):
                wrong = f"{row.first_number}…{row.next_number}, theo nhật ký phải là {told.first}…{told.next}"
                return told.seq, f"Bộ đếm số đến năm {row.year} là {wrong}."
        for (_, year), told in missing.items():
            return told.seq, f"Sổ đến năm {year} có trong nhật ký nhưng không còn trong cơ sở dữ liệu."
        return None
