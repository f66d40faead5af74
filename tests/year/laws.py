"""What must hold on every day of an office's year, judged from the audit and the rows alone.

The laws are written a second time here, in the plainest way, so that they do not repeat a mistake of the
program: working days are counted one by one, and what was told is read from the audit.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from documents.decisions import Role
from documents.people import Directory, Duty
from documents.reading import FieldName
from documents.record import AssignmentRecord
from documents.status import DocumentId, Status
from office.office import Office, local_day, working_calendar
from registry.absence import load_delegations
from registry.audit import verify
from registry.tables import AuditRow
from registry.view import View
from rules.calendar import WorkingCalendar

_NORMAL = ((-3, "before-3"), (0, "on"), (1, "after-1"), (3, "after-3"), (5, "after-5"), (10, "after-10"))
"""The ladder of documents without urgency, as the handbook has it."""
_EXPLAINED = {
    "LineMoved": "reason",
    "LineReturned": "reason",
    "LineReassigned": "reason",
    "LineHandedOn": "direction",
    "ExtensionRefused": "reason",
    "LineReopened": "reason",
    "LineFinished": "result",
}
"""Events of a line, and where they say why."""

Told = tuple[DocumentId, int, str, str, str]
"""A reminder: document, line, due day, step, recipient."""


@dataclass(slots=True)
class Laws:
    """Watches one office. `broken` are sentences, empty as long as all is well."""

    office: Office
    broken: list[str] = field(default_factory=list)
    looked_at: Counter[str] = field(default_factory=Counter)
    _seq: int = 0
    _told: Counter[Told] = field(default_factory=Counter)
    _known: set[tuple[DocumentId, int, str, str]] = field(default_factory=set)
    """Rungs of lines that somebody was told of, or that a later one has overtaken."""

    def after_sweep(self, now: dt.datetime) -> None:
        """Look at what a sweep that ended must have done, and must not have done."""
        with self.office.view() as view:
            calendar, directory = working_calendar(view), view.directory()
            is_worked = calendar.is_working(local_day(now))
            for said in self._new_lines(view):
                if said.event == "ReminderDue" and said.at == now and not is_worked:
                    self._ask(self._is_flash(view, said.document), f"nhắc vào ngày nghỉ: {said.document}")
            lines = view.open_deadlines(local_day(now) + dt.timedelta(30))
            urgent = self._urgent(view, [document for document, _ in lines])
            for document, line in lines:
                self._look_at_holder(line, document, view, directory, now)
                if is_worked and document not in urgent and _is_passed_on(view, document):
                    self._look_at_reminders(document, line, calendar, directory, now)

    def at_the_end(self) -> None:
        """What must hold of everything that was ever recorded."""
        with self.office.view() as view:
            for _ in self._new_lines(view):
                pass
            for told, times in self._told.items():
                self._ask(times == 1, f"nhắc {times} lần: {told}")
            for line in _audit(view, 0):
                self._look_at_reason(line.event, json.loads(line.payload), line.document)
            for record in view.documents(None, None):
                self._look_at_lead(view, record.id, record.status)
            verified = verify(view)
            self._ask(verified.whole, f"nhật ký: {verified.complaint}")

    # ── single laws ──────────────────────────────────────────────────────────────────────────────────────

    def _look_at_reminders(
        self,
        document: DocumentId,
        line: AssignmentRecord,
        calendar: WorkingCalendar,
        directory: Directory,
        now: dt.datetime,
    ) -> None:
        """Whoever holds an open line was told of the newest rung; earlier ones were told or overtaken."""
        if line.holder is None or line.due is None or line.assigned_at is None:
            return
        reached = [
            name
            for days, name in _NORMAL
            if line.assigned_at < _seven(_away(line.due, days, calendar)) <= now
        ]
        if not reached:
            return
        self.looked_at["rungs"] += len(reached)
        newest = (document, line.line, line.due.isoformat(), reached[-1])
        # Told of the newest, one was told of all: the letter says how late it is. What a machine that stood
        # still never sent is on record as overtaken, or went to whoever held the line then.
        is_told = (*newest, line.holder) in self._told
        self._ask(is_told, f"chưa nhắc {line.holder} bậc {reached[-1]} của {document}:{line.line} lúc {now}")
        for name in reached[:-1]:
            key = (document, line.line, line.due.isoformat(), name)
            self._ask(key in self._known, f"bậc {name} của {document}:{line.line} không ai biết lúc {now}")
        if reached[-1] in {"after-3", "after-5", "after-10"}:
            leaders = [p for p in directory.active(local_day(now)) if p.duty is Duty.LEADER]
            told = any((*newest, leader.id) in self._told for leader in leaders)
            self._ask(told or not leaders, f"chưa báo lãnh đạo bậc {reached[-1]} của {document}:{line.line}")

    def _look_at_holder(
        self, line: AssignmentRecord, document: DocumentId, view: View, directory: Directory, now: dt.datetime
    ) -> None:
        """Nobody who has left or is away holds work; what nobody holds the clerks know of."""
        today = local_day(now)
        self.looked_at["holders"] += 1
        if line.holder is None:
            told = any(n.kind in {"review", "moved"} for n in view.notices_of(document))
            self._ask(told, f"không ai giữ {document}:{line.line} mà văn thư không biết")
            return
        person = directory.person(line.holder)
        serves = person is not None and person.is_active(today)
        self._ask(serves, f"{line.holder} đã nghỉ việc vẫn giữ {document}:{line.line}")
        away = {
            one.giver for one in load_delegations(view, today) if one.is_in_force(today) and not one.doc_types
        }
        self._ask(
            line.holder not in away, f"{line.holder} đang vắng vẫn giữ {document}:{line.line} lúc {now}"
        )

    def _look_at_reason(self, event: str, payload: dict[str, Any], document: DocumentId | None) -> None:
        """Every change says why."""
        if event == "DocumentAssigned":
            reasons = [a["because"] for a in payload["assignees"]]
            self._ask(all(reasons), f"giao {document} không lý do")
        elif event == "DeadlinesRecounted":
            self._ask(all(one["because"] for one in payload["lines"]), f"đổi hạn {document} không lý do")
        elif cell := _EXPLAINED.get(event):
            self._ask(bool(payload[cell].strip()), f"{event} của {document} không lý do")
        else:
            return
        self.looked_at["reasons"] += 1

    def _look_at_lead(self, view: View, document: DocumentId, status: Status) -> None:
        leads = sum(line.role is Role.LEAD for line in view.assignments(document))
        wanted = 1 if status in {Status.ASSIGNED, Status.IN_PROGRESS, Status.DONE} else 0
        self.looked_at["leads"] += wanted
        self._ask(leads == wanted, f"{document} ({status.value}) có {leads} người chủ trì")

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────

    def _new_lines(self, view: View) -> Iterator[AuditRow]:
        for line in _audit(view, self._seq):
            self._seq = line.seq
            if line.event == "ReminderDue":
                said = json.loads(line.payload)
                key = (DocumentId(line.document or ""), int(said["line"]), str(said["due"]))
                self._told[*key, said["step"], said["recipient"]] += 1
                self._known |= {(*key, step) for step in (said["step"], *said["overtaken"])}
            yield line

    def _urgent(self, view: View, documents: list[DocumentId]) -> set[DocumentId]:
        fields = view.fields_of(list(dict.fromkeys(documents)))
        return {d for d, f in fields.items() if FieldName.URGENCY in f and f[FieldName.URGENCY].value}

    def _is_flash(self, view: View, document: DocumentId | None) -> bool:
        value = view.fields(document)[FieldName.URGENCY].value if document else None
        return isinstance(value, str) and value.startswith("Hỏa tốc")

    def _ask(self, holds: bool, complaint: str) -> None:
        if not holds:
            self.broken.append(complaint)


def _audit(view: View, after: int) -> Iterator[AuditRow]:
    return iter(
        view.session.scalars(select(AuditRow).where(AuditRow.seq > after).order_by(AuditRow.seq)).all()
    )


def _is_passed_on(view: View, document: DocumentId) -> bool:
    return view.document(document).status in {Status.ASSIGNED, Status.IN_PROGRESS}


def _away(due: dt.date, days: int, calendar: WorkingCalendar) -> dt.date:
    """The working day so many from the due day, counted one by one; a due day that is off moves on first."""
    day = due
    while not calendar.is_working(day):
        day += dt.timedelta(1)
    step = dt.timedelta(1 if days > 0 else -1)
    for _ in range(abs(days)):
        day += step
        while not calendar.is_working(day):
            day += step
    return day


def _seven(day: dt.date) -> dt.datetime:
    """Seven in the morning in Vietnam, when a rung is reached."""
    return dt.datetime.combine(day, dt.time(0), dt.UTC)


def group(broken: list[str]) -> Counter[str]:
    """How often each kind of complaint was raised, for a report."""
    return Counter(" ".join(one.split()[:4]) for one in broken)
