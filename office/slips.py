"""Slips that go with paper: the hand-over sheet that recipients sign, and the slip a leader directs by.

Sources: Circular 07/2012/TT-BNV (sổ chuyển giao văn bản đến); Decree 30/2020/NĐ-CP, Appendix IV, section VII
(phiếu giải quyết văn bản đến).
"""

from __future__ import annotations

import datetime as dt
import re

from documents.decisions import Role
from documents.events import DocumentOpened
from documents.people import Officer
from documents.reading import FieldName
from documents.record import AssignmentRecord
from documents.register import RegisterAsk
from documents.status import Status
from documents.text import visible
from documents.wording import shown
from office import sight
from office.book import cells_of, line_of
from office.office import CIVIL_TIME, INCOMING, Office, local_day
from office.typeset import set_pdf
from registry.book_lines import load_facts, office_head
from registry.book_search import find_lines

_ABOUT = re.compile(r"^(?:v/v|về việc|về)[\s:]+", re.IGNORECASE)
"""How subjects of letters begin; the slip says it already."""
MOST_LINES = 2000
"""Lines of one hand-over sheet."""


def handover_sheet(office: Office, ask: RegisterAsk, *, by: Officer, now: dt.datetime) -> bytes:
    """Return the hand-over sheet of the lines meant as PDF: a row for each recipient, to be signed."""
    reach = sight.reach_of(office, by, now=now)
    with office.view() as view:
        parent, name = office_head(view)
        rows = find_lines(view, INCOMING, ask, reach, MOST_LINES)
        facts = list(load_facts(view, sorted(rows, key=lambda row: -row.number), reach))
    listed = [
        {**cells_of(line_of(one)), "recipient": visible(recipient)}
        for one in reversed(facts)
        if one.entry.state == "taken" and one.routed_at and (one.may_open or not one.is_restricted)
        for recipient in one.recipients
    ]
    days = [f"{day:%d/%m/%Y}" for day in (ask.since, ask.until) if day]
    return set_pdf(
        "chuyen_giao.typ",
        {
            "parent": visible(parent),
            "office": visible(name),
            "days": " đến ".join(dict.fromkeys(days)),
            "printed": _printed(by, now),
            "rows": listed,
        },
    )


def routing_slip(office: Office, asked: str, *, by: Officer, now: dt.datetime) -> bytes:
    """Return the slip of one document as PDF, what is known filled in; that it was opened is on record.

    Raises:
        NoSuchDocument: there is none by that name.
        NotAllowed: the document is not for this person to open.
    """
    with office.view() as view:
        record = sight.find_document(view, asked, by, now=now)
        fields = view.fields(record.id) if record.status is not Status.SEALED else {}
        lines = view.assignments(record.id)
        parent, name = office_head(view)
    with office.registry.book(by.id, now) as book:
        book.record(DocumentOpened(document=record.id))

    def text(field: FieldName) -> str:
        reading = fields.get(field)
        return visible(shown(reading.value)) if reading and reading.value else ""

    entry = record.entry
    return set_pdf(
        "phieu.typ",
        {
            "parent": visible(parent),
            "office": visible(name),
            "day": f"ngày {local_day(now):%d} tháng {local_day(now):%m} năm {local_day(now):%Y}",
            "number": f"{entry.number:02}" if entry else "",
            "arrived": f"{entry.arrival_date:%d/%m/%Y}" if entry and entry.arrival_date else "",
            "doc_type": text(FieldName.DOC_TYPE) or "Văn bản",
            "symbol": text(FieldName.NUMBER_SYMBOL),
            "date": text(FieldName.DATE),
            "issuer": text(FieldName.ISSUER),
            "subject": _ABOUT.sub("", text(FieldName.SUBJECT)),
            "urgency": text(FieldName.URGENCY),
            "lead": [_told(line) for line in lines if line.role is Role.LEAD],
            "support": [_told(line) for line in lines if line.role is Role.SUPPORT],
            "inform": [_told(line) for line in lines if line.role is Role.INFORM],
            "directions": [visible(line.direction) for line in lines if line.direction],
            "printed": _printed(by, now),
        },
    )


def _told(line: AssignmentRecord) -> str:
    due = f", hạn {line.due:%d/%m/%Y}" if line.due else ""
    return visible(f"{line.officer_name or line.unit_name or ''}{due}")


def _printed(by: Officer, now: dt.datetime) -> str:
    return visible(f"In lúc {now.astimezone(CIVIL_TIME):%H:%M %d/%m/%Y}, người in: {by.name}")
