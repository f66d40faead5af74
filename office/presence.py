"""Two clerks at one document: each is told of the other while both have its form open.

The browser says every half minute that the page is still there. That is kept in a row that is overwritten,
not in the audit: the audit holds that somebody opened a document, and a page that stays open is no new act of
theirs. It warns and locks nothing; that a stale form overwrites nothing is held by what the form shows
(`review.seen_of`).
"""

from __future__ import annotations

import datetime as dt

from documents.people import Officer
from documents.status import DocumentId
from office.office import Office, names_of
from registry.presence import note_open

STAYS = dt.timedelta(seconds=75)
"""Two missed beats and a little: then the page is taken for closed."""


def stay(office: Office, document: DocumentId, person: Officer, *, now: dt.datetime) -> tuple[str, ...]:
    """Note that this person has the form open; return the names of who else has it open."""
    others = note_open(office.registry, document, person.id, now, since=now - STAYS)
    if not others:
        return ()
    with office.view() as view:
        names = names_of(view.directory())
    return tuple(names.get(one, one) for one in others)
