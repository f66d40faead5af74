"""When the morning's digest leaves: the person's hour, else the office's, on days that the office works."""

from __future__ import annotations

import datetime as dt

from documents.people import PersonId
from office.office import CIVIL_TIME, Office
from registry.preferences import preferences_of
from registry.view import View


def morning_of(office: Office, view: View, person: PersonId, *, now: dt.datetime) -> dt.datetime:
    """The hour of today's digest for a person, aware; what comes later than it leaves when it is found."""
    local = now.astimezone(CIVIL_TIME)
    hour = preferences_of(view, person).digest_at or office.settings.digest_at
    return dt.datetime.combine(local.date(), hour, tzinfo=CIVIL_TIME)
