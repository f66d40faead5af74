"""Whether somebody may open a document, and which ones: the policy held against the registry."""

from __future__ import annotations

import datetime as dt

from documents.errors import NotAllowed
from documents.people import Officer
from documents.reach import Reach
from documents.record import DocumentRecord
from office import policy, queries
from office.notice_text import is_restricted
from office.office import Office, local_day
from office.phrase import Phrase
from registry.absence import load_delegations
from registry.view import View


def reach_of(office: Office, reader: Officer, *, now: dt.datetime) -> Reach:
    """Which documents a person may open now."""
    with office.view() as view:
        return _reach(view, reader, now)


def find_document(view: View, asked: str, reader: Officer, *, now: dt.datetime) -> DocumentRecord:
    """The document named by `29/2012` or by its id, when this person may open it.

    Raises:
        NoSuchDocument: there is none by that name.
        NotAllowed: the document is not for this person to open.
    """
    record = queries.find_document(view, asked)
    if not may_open(view, record, reader, now=now):
        raise NotAllowed(why=Phrase("văn bản này không giao cho bạn hay đơn vị bạn phụ trách"))
    return record


def may_open(view: View, record: DocumentRecord, reader: Officer, *, now: dt.datetime) -> bool:
    """Whether this person may open the document now."""
    restricted = is_restricted(record, view.fields(record.id))
    return _reach(view, reader, now).covers(view.assignments(record.id), restricted=restricted)


def _reach(view: View, reader: Officer, now: dt.datetime) -> Reach:
    today = local_day(now)
    return policy.reach_of(reader, view.directory(), on=today, delegations=load_delegations(view, today))
