"""The audit: append-only lines, each carrying the hash of the one before, and their verification.

A line's hash is SHA-256 over the hash before it and the line itself as canonical JSON. Whoever changes,
deletes, inserts or reorders a line breaks the chain there; whoever cuts its end or puts an older database
back is found by a head kept outside (`expected_head`). Triggers refuse such changes in the first place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import NoResultFound
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
_LINE = (
    AuditRow.seq,
    AuditRow.at,
    AuditRow.actor,
    AuditRow.document,
    AuditRow.event,
    AuditRow.payload,
    AuditRow.previous,
    AuditRow.hash,
)
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
    walk, wrong = _walk(view.session)
    wrong = (
        wrong
        or _check_end(view.session, walk)
        or _check_expected(walk, expected_head)
        or _compare_rows(view.session, walk)
    )
    if wrong:
        return Verification(count=walk.seq, head=walk.hash, first_wrong=wrong[0], complaint=wrong[1])
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
    return hashlib.sha256((previous + line).encode("utf-8", "surrogatepass")).hexdigest()


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
        self.told.hear(row)
        self.seq, self.hash = row.seq, own
        self.seen[own] = row.seq
        return None


def _walk(session: Session, batch: int = _BATCH) -> tuple[_Walk, Disagreement | None]:
    """Walk as far as all is well; a line that cannot even be read spoils its batch, so go by ones then."""
    walk = _Walk()
    try:
        with session.execute(select(*_LINE).order_by(AuditRow.seq)).yield_per(batch) as rows:
            for row in rows:
                if complaint := walk.step(row):
                    return walk, (min(row.seq, walk.seq + 1), complaint)
    except (KeyError, TypeError, ValueError):
        if batch > 1:
            return _walk(session, batch=1)
        return walk, (walk.seq + 1, f"Mục {walk.seq + 1} không còn đọc được: nội dung đã bị sửa.")
    return walk, None


def _check_end(session: Session, walk: _Walk) -> Disagreement | None:
    try:
        end = _read_head(session, lock=False)
    except NoResultFound:
        return walk.seq + 1, "Dòng giữ đầu chuỗi của nhật ký đã bị xoá."
    if end.seq > walk.seq:
        return walk.seq + 1, f"Nhật ký bị cắt phần cuối: phải có {end.seq} mục, chỉ còn {walk.seq}."
    if (end.seq, end.hash) != (walk.seq, walk.hash):
        return end.seq + 1, f"Từ mục {end.seq + 1} là những mục không do chương trình ghi."
    return None


def _check_expected(walk: _Walk, expected: str | None) -> Disagreement | None:
    if not expected:
        return None
    number, _, wanted = expected.strip().rpartition(":")
    kept = int(number) if number.isdecimal() else None
    found = 0 if wanted == START else walk.seen.get(wanted)
    if found is not None and (found == kept or not number):
        return None
    if kept and kept <= walk.seq:
        return kept, f"Mục {number} khác với dấu đã giữ bên ngoài: nhật ký đã bị viết lại."
    return walk.seq + 1, "Không còn mục đã giữ dấu bên ngoài: nhật ký bị cắt đuôi hoặc thay bằng bản cũ."


def _compare_rows(session: Session, walk: _Walk) -> Disagreement | None:
    try:
        return walk.told.disagreement(session)
    except (LookupError, TypeError, ValueError):
        # A value that this program never writes: somebody else's hand was in the tables.
        return walk.seq, "Có hàng trong cơ sở dữ liệu mang giá trị mà chương trình không bao giờ ghi."


def _read_head(session: Session, *, lock: bool) -> Head:
    asked = select(ChainRow.seq, ChainRow.hash).where(ChainRow.id == 1)
    row = session.execute(asked.with_for_update() if lock else asked).one()
    return Head(row.seq, row.hash)
