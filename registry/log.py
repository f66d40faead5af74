"""The audit as it is read: newest first, by person, event, document and day; or copied piece by piece."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from documents.log_events import LogVerified
from documents.reach import Reach
from documents.record import AuditLine
from documents.status import DocumentId
from registry.audit import line_of
from registry.change import Appliers, Change
from registry.reach import within
from registry.tables import AuditRow, DocumentRow, SettingRow
from registry.view import View
from registry.watch import Period, in_period

LAST_CHECK = "log_last_checked"
"""The setting that holds the newest check; the audit is too long to be walked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWanted:
    """Which lines: everything that is given must hold; `before` is a number that all are below."""

    actor: str = ""
    event: str = ""
    document: DocumentId | None = None
    period: Period | None = None
    before: int | None = None


def log_lines(view: View, wanted: LogWanted, most: int) -> tuple[AuditLine, ...]:
    """Lines of the audit, newest first."""
    asked = select(AuditRow).order_by(AuditRow.seq.desc()).limit(most)
    if wanted.actor:
        asked = asked.where(AuditRow.actor == wanted.actor)
    if wanted.event:
        asked = asked.where(AuditRow.event == wanted.event)
    if wanted.document:
        asked = asked.where(AuditRow.document == wanted.document)
    if wanted.period:
        asked = asked.where(*in_period(wanted.period))
    if wanted.before:
        asked = asked.where(AuditRow.seq < wanted.before)
    return tuple(line_of(row) for row in view.session.scalars(asked))


def within_reach(view: View, documents: Iterable[DocumentId], reach: Reach) -> frozenset[DocumentId]:
    """Those of the documents that may be opened."""
    asked = select(DocumentRow.id).where(DocumentRow.id.in_(sorted(documents)), within(reach))
    return frozenset(view.session.scalars(asked))


@dataclass(frozen=True, slots=True, kw_only=True)
class RawLine:
    """A line just as it was hashed; `payload` is the very text."""

    seq: int
    at: dt.datetime
    actor: str
    document: DocumentId | None
    event: str
    payload: str
    previous: str
    hash: str


def raw_lines(view: View, after: int, most: int) -> Sequence[RawLine]:
    """The next lines behind a number, in order."""
    columns = [getattr(AuditRow, name) for name in RawLine.__slots__]
    asked = select(*columns).where(AuditRow.seq > after).order_by(AuditRow.seq).limit(most)
    return [RawLine(**row._asdict()) for row in view.session.execute(asked)]


def hash_of(view: View, seq: int) -> str | None:
    """The hash of a line; None when there is no such line."""
    return view.session.scalar(select(AuditRow.hash).where(AuditRow.seq == seq))


def keep_check(event: LogVerified, change: Change) -> None:
    """Keep what the newest check found, beside its line in the audit."""
    found: dict[str, Any] = {
        "at": change.now.isoformat(),
        "by": event.by,
        "whole": event.whole,
        "count": event.count,
        "head": event.head,
        "first_wrong": event.first_wrong,
    }
    change.session.merge(SettingRow(name=LAST_CHECK, value=found))


APPLIERS: Appliers = {LogVerified: keep_check}
