"""The audit (nhật ký) for people: read within reach, its chain checked, a head kept on paper compared."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from documents.errors import Refused
from documents.log_events import LogVerified
from documents.people import Officer, PersonId
from documents.record import AuditLine, Verification
from documents.status import DocumentId
from office.office import CIVIL_TIME, Office
from office.sight import reach_of
from registry import audit
from registry.log import LAST_CHECK, LogWanted, hash_of, log_lines, within_reach
from registry.view import View
from registry.watch import Caption, Period, captions

PAGE = 100
LEAST_LETTERS = 8
"""Of a hash kept on paper: fewer would fit another line by chance too easily."""
_HEX = re.compile(r"[0-9a-f]+")


class HeadNotWritten(Refused):
    """A head kept outside was typed in a way that cannot be compared."""

    message = "Dấu đã giữ ghi chưa đủ để đối chiếu."
    advice = "Gõ số dòng và ít nhất {least} chữ đầu của mã, như trên bản in: 1234 và 9f3a41c0."


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAsk:
    """Which lines somebody wants to read. `document` is `29/2012` or an id; days are included."""

    actor: str = ""
    event: str = ""
    document: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A line of the audit; of a document that its reader may not open only its register number is known."""

    line: AuditLine
    is_open: bool
    caption: Caption | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """Lines newest first; `older` is the number that the next page starts below, None on the last."""

    lines: tuple[LogLine, ...]
    older: int | None
    is_document_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCheck:
    """What the newest check found, when, and who had asked for it."""

    at: dt.datetime
    by: PersonId
    whole: bool
    count: int
    head: str
    first_wrong: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHead:
    """The number of a line and the beginning of its hash, as printed on paper earlier."""

    seq: int
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A check of the chain; `holds` says whether it still holds the kept head, None when none was given."""

    verification: Verification
    kept: KeptHead | None = None
    holds: bool | None = None


def read_log(office: Office, reader: Officer, ask: LogAsk, *, now: dt.datetime) -> LogPage:
    """A page of the audit; lines of documents out of reach come without what they say."""
    reach = reach_of(office, reader, now=now)
    with office.view() as view:
        document: DocumentId | None = None
        if ask.document.strip():
            record = view.find_document(ask.document)
            if record is None:
                return LogPage(lines=(), older=None, is_document_known=False)
            document = record.id
        wanted = LogWanted(
            actor=ask.actor, event=ask.event, document=document, period=_period(ask), before=ask.before
        )
        found = log_lines(view, wanted, PAGE + 1)
        named = {line.document for line in found if line.document}
        reached, known = within_reach(view, named, reach), captions(view, sorted(named))
        lines = tuple(
            LogLine(
                line=line,
                is_open=line.document is None or line.document in reached,
                caption=known.get(line.document) if line.document else None,
            )
            for line in found[:PAGE]
        )
        return LogPage(lines=lines, older=lines[-1].line.seq if len(found) > PAGE else None)


def kept_head(seq: str, start: str) -> KeptHead | None:
    """What was typed of a kept head; None when nothing was.

    Raises:
        HeadNotWritten: there is no number, or too little of the hash.
    """
    number, letters = seq.strip().replace(".", ""), re.sub(r"[\s…]", "", start).lower()
    if not number and not letters:
        return None
    is_number = number.isascii() and number.isdecimal() and len(number) <= 15
    if not is_number or not (LEAST_LETTERS <= len(letters) <= 64) or not _HEX.fullmatch(letters):
        raise HeadNotWritten(least=LEAST_LETTERS)
    return KeptHead(seq=int(number), start=letters)


def check_log(office: Office, by: Officer, kept: KeptHead | None, *, now: dt.datetime) -> Checked:
    """Walk the whole chain and note in it who had this done, and what came out."""
    with office.view() as view:
        verification = audit.verify(view)
        holds = _holds(view, kept, verification) if kept else None
    with office.registry.book(by.id, now) as book:
        book.record(
            LogVerified(
                by=by.id,
                whole=verification.whole,
                count=verification.count,
                head=verification.head,
                first_wrong=verification.first_wrong,
                kept=f"{kept.seq}:{kept.start}" if kept else None,
            )
        )
    return Checked(verification=verification, kept=kept, holds=holds)


def last_checked(view: View) -> LastCheck | None:
    """The newest check of the chain; None when nobody ever asked for one."""
    kept = view.setting(LAST_CHECK)
    return LastCheck(**{**kept, "at": dt.datetime.fromisoformat(kept["at"])}) if kept else None


def _holds(view: View, kept: KeptHead, verification: Verification) -> bool:
    """A line behind a broken place proves nothing: it was not walked."""
    own = hash_of(view, kept.seq) if kept.seq <= verification.count else None
    return own is not None and own.startswith(kept.start)


def _period(ask: LogAsk) -> Period | None:
    days = sorted(day for day in (ask.since, ask.until) if day)
    if not days:
        return None
    return Period(
        since=dt.datetime.combine(days[0], dt.time(), CIVIL_TIME),
        until=dt.datetime.combine(days[-1] + dt.timedelta(days=1), dt.time(), CIVIL_TIME),
    )
