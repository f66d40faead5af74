"""The audit: append-only lines, each carrying the hash of the one before, and their verification.

A line's hash is SHA-256 over the hash before it and the line itself as canonical JSON. Whoever changes,
deletes, inserts or reorders a line breaks the chain there; whoever cuts its end or puts an older database
back is found by a head kept outside (`expected_head`). Triggers refuse such changes in the first place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from documents.events import DocumentEvent, Event, payload
from documents.record import AuditLine, Verification
from registry.agreement import Disagreement, Told
from registry.columns import canonical
from registry.tables import AuditRow, ChainRow

if TYPE_CHECKING:
    from registry.view import View

START = "0" * 64
"""What stands before the first line."""
_BATCH = 2000
_quoted = json.encoder.encode_basestring_ascii


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the number of the last line and its hash; 0 and `START` when there is none."""

    seq: int
    hash: str


def head(view: View) -> tuple[int, str]:
    """Number and hash of the last line: what to keep outside, where this program cannot rewrite it."""
    end = _read_head(view.session, lock=False)
    return end.seq, end.hash


def verify(view: View, expected_head: str | None = None) -> Verification:
    """Walk the chain from its first line, and compare what the rows say with what the lines say.

    Args:
        view: A consistent look; other writers may go on meanwhile.
        expected_head: A hash kept outside, alone or with its number as `1234:hash`.

    Returns:
        How many lines stand and the last hash; when something is wrong, the first wrong number and one
        Vietnamese sentence.
    """
    walk = _Walk()
    for row in _lines(view.session):
        if complaint := walk.step(row):
            return _wrong(walk, row.seq if row.seq <= walk.seq + 1 else walk.seq + 1, complaint)
    outside = (_check_end(view.session, walk), _check_expected(walk, expected_head))
    for found in chain(filter(None, outside), walk.told.disagreements(view.session)):
        return _wrong(walk, *found)
    return Verification(count=walk.seq, head=walk.hash)


def lock_head(session: Session) -> Head:
    """The end of the chain, locked until the transaction ends: here writers wait for one another."""
    return _read_head(session, lock=True)


def append(session: Session, end: Head, event: Event, *, actor: str, now: dt.datetime) -> Head:
    """Write the line of `event` behind `end` and return the new end; `move_head` keeps it."""
    seq = end.seq + 1
    document = event.document if isinstance(event, DocumentEvent) else None
    text = canonical(payload(event))
    name = type(event).__name__
    own = hash_line(end.hash, seq=seq, at=now, actor=actor, document=document, event=name, payload_text=text)
    values = {
        "seq": seq,
        "at": now,
        "actor": actor,
        "document": document,
        "event": name,
        "payload": text,
        "previous": end.hash,
        "hash": own,
    }
    session.execute(insert(AuditRow), [values])
    return Head(seq, own)


def move_head(session: Session, end: Head) -> None:
    """Keep the new end of the chain, once a transaction."""
    session.execute(update(ChainRow).values(seq=end.seq, hash=end.hash))


def hash_line(
    previous: str,
    *,
    seq: int,
    at: dt.datetime,
    actor: str,
    document: str | None,
    event: str,
    payload_text: str,
) -> str:
    """SHA-256 of the hash before and the line as canonical JSON (see `registry.columns.canonical`)."""
    line = (
        f'{{"actor":{_quoted(actor)},"at":"{at.astimezone(dt.UTC).isoformat()}",'
        f'"document":{_quoted(document) if document is not None else "null"},'
        f'"event":{_quoted(event)},"payload":{payload_text},"seq":{seq}}}'
    )
    return hashlib.sha256((previous + line).encode("ascii")).hexdigest()


def line_of(row: AuditRow) -> AuditLine:
    """The line as a plain value."""
    return AuditLine(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        document=row.document,
        event=row.event,
        payload=json.loads(row.payload),
        previous=row.previous,
        hash=row.hash,
    )


@dataclass(slots=True)
class _Walk:
    """What is known after the lines walked so far."""

    seq: int = 0
    hash: str = START
    seen: dict[str, int] = field(default_factory=dict)
    """Hash to number; kept for finding an outside head again."""
    told: Told = field(default_factory=Told)

    def step(self, row: Row[Any]) -> str | None:
        """Take the next line, or say what is wrong with it."""
        if row.seq != self.seq + 1:
            return f"Thiếu mục {self.seq + 1} của nhật ký."
        if row.previous != self.hash:
            return f"Mục {row.seq} không nối tiếp mục trước nó."
        own = hash_line(
            self.hash,
            seq=row.seq,
            at=row.at,
            actor=row.actor,
            document=row.document,
            event=row.event,
            payload_text=row.payload,
        )
        if own != row.hash:
            return f"Nội dung mục {row.seq} đã bị sửa."
        self.seq, self.hash = row.seq, own
        self.seen[own] = row.seq
        self.told.hear(row)
        return None


def _check_end(session: Session, walk: _Walk) -> Disagreement | None:
    end = _read_head(session, lock=False)
    if end.seq > walk.seq:
        return walk.seq + 1, f"Nhật ký bị cắt phần cuối: phải có {end.seq} mục, chỉ còn {walk.seq}."
    if (end.seq, end.hash) != (walk.seq, walk.hash):
        return end.seq + 1, f"Từ mục {end.seq + 1} là những mục không do chương trình ghi."
    return None


def _check_expected(walk: _Walk, expected: str | None) -> Disagreement | None:
    if not expected:
        return None
    number, _, wanted = expected.rpartition(":")
    if wanted == START or walk.seen.get(wanted) == (int(number) if number else walk.seen.get(wanted, -1)):
        return None
    if number and int(number) <= walk.seq:
        return int(number), f"Mục {number} khác với dấu đã giữ bên ngoài: nhật ký đã bị viết lại."
    return walk.seq + 1, "Không còn mục đã giữ dấu bên ngoài: nhật ký bị cắt đuôi hoặc thay bằng bản cũ."


def _wrong(walk: _Walk, seq: int, complaint: str) -> Verification:
    return Verification(count=walk.seq, head=walk.hash, first_wrong=seq, complaint=complaint)


def _lines(session: Session) -> Iterator[Row[Any]]:
    columns = (
        AuditRow.seq,
        AuditRow.at,
        AuditRow.actor,
        AuditRow.document,
        AuditRow.event,
        AuditRow.payload,
        AuditRow.previous,
        AuditRow.hash,
    )
    yield from session.execute(select(*columns).order_by(AuditRow.seq)).yield_per(_BATCH)


def _read_head(session: Session, *, lock: bool) -> Head:
    asked = select(ChainRow.seq, ChainRow.hash).where(ChainRow.id == 1)
    row = session.execute(asked.with_for_update() if lock else asked).one()
    return Head(row.seq, row.hash)
