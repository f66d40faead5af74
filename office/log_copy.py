"""A copy of the audit as JSON lines, and its check far from the office that wrote it.

The first line says what the copy is and up to which head it goes; each further line is a line of the audit,
its payload as the very text that was hashed. A line of a document that whoever made the copy may not open
comes without its payload: how it joins its neighbours can be checked, what it says cannot.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from documents.people import Officer
from office.office import Office
from office.sight import reach_of
from registry.audit import START, hash_line, head
from registry.log import RawLine, raw_lines, within_reach

FORMAT = "congvan-log-1"
_BATCH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyCheck:
    """What the check of a copy found: `count` good lines, `withheld` of them without what they say."""

    count: int
    head: str
    withheld: int = 0
    first_wrong: int | None = None
    complaint: str | None = None

    @property
    def whole(self) -> bool:
        """True when every line follows from the one before, up to the head that the copy names."""
        return self.complaint is None


def copy_log(office: Office, reader: Officer, *, now: dt.datetime) -> Iterator[str]:
    """The audit as it stands now, piece by piece; each piece is some whole lines.

    No transaction is held between the pieces: the audit only grows, and the copy ends at the head it names.
    """
    reach = reach_of(office, reader, now=now)
    with office.view() as view:
        last, end = head(view)
    opening = {"format": FORMAT, "made_at": now.isoformat(), "made_by": reader.id, "count": last, "head": end}
    yield json.dumps(opening) + "\n"
    done = 0
    while done < last:
        with office.view() as view:
            lines = raw_lines(view, done, min(_BATCH, last - done))
            reached = within_reach(view, {line.document for line in lines if line.document}, reach)
        if not lines:
            return
        yield "".join(_as_text(one, one.document is None or one.document in reached) for one in lines)
        done = lines[-1].seq


def check_copy(lines: Iterable[str]) -> CopyCheck:
    """Check a copy line by line, without any office; the first wrong line is named."""
    rows = iter(lines)
    opening = _read(next(rows, ""))
    if opening is None or opening.get("format") != FORMAT:
        return CopyCheck(count=0, head=START, complaint="Tệp này không phải bản sao nhật ký.")
    seq, end, withheld = 0, START, 0
    for text in rows:
        row = _read(text)
        complaint = _complaint(row, seq + 1, end)
        if row is None or complaint:
            return CopyCheck(count=seq, head=end, withheld=withheld, first_wrong=seq + 1, complaint=complaint)
        seq, end = seq + 1, row["hash"]
        withheld += row["payload"] is None
    if (seq, end) != (opening.get("count"), opening.get("head")):
        short = f"Bản sao phải có {opening.get('count')} mục, chỉ thấy {seq}: thiếu phần cuối hoặc thừa."
        return CopyCheck(count=seq, head=end, withheld=withheld, first_wrong=seq + 1, complaint=short)
    return CopyCheck(count=seq, head=end, withheld=withheld)


def _as_text(line: RawLine, is_open: bool) -> str:
    row = {
        "seq": line.seq,
        "at": line.at.astimezone(dt.UTC).isoformat(),
        "actor": line.actor,
        "document": line.document,
        "event": line.event,
        "payload": line.payload if is_open else None,
        "previous": line.previous,
        "hash": line.hash,
    }
    return json.dumps(row) + "\n"


def _read(text: str) -> dict[str, Any] | None:
    try:
        row = json.loads(text)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _complaint(row: dict[str, Any] | None, number: int, before: str) -> str | None:
    """What is wrong with a line that should be that number and follow that hash."""
    try:
        if row is None:
            return f"Mục {number} không còn đọc được: nội dung đã bị sửa."
        if row["seq"] != number:
            return f"Thiếu mục {number} của nhật ký."
        if row["previous"] != before:
            return f"Mục {number} không nối tiếp mục trước nó."
        own = row["hash"] if row["payload"] is None else _hash(row, before)
        return None if own == row["hash"] else f"Nội dung mục {number} đã bị sửa."
    except (KeyError, TypeError, ValueError):
        return f"Mục {number} không còn đọc được: nội dung đã bị sửa."


def _hash(row: dict[str, Any], before: str) -> str:
    return hash_line(
        before,
        seq=row["seq"],
        at=dt.datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        document=row["document"],
        event=row["event"],
        payload_text=row["payload"],
    )
