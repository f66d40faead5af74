"""When the morning's digest leaves: the person's hour, else the office's, on days that the office works."""

from __future__ import annotations

import datetime as dt

from documents.people import PersonId
from office.office import CIVIL_TIME, Office, local_day, working_calendar
from registry.parcels import had_digest
from registry.preferences import preferences_of
from registry.view import View


def morning_of(
    office: Office, view: View, person: PersonId, *, due: dt.date, now: dt.datetime
) -> dt.datetime:
    """The hour of the digest with which a person is told of work due on `due`, aware.

    Today's, also where its hour is past: an office that is switched on at eight must not be told everything
    a day late. Who has had today's letter is told the next working morning, unless the work is due before.
    """
    today = local_day(now)
    hour = preferences_of(view, person).digest_at or office.settings.digest_at
    morning = dt.datetime.combine(today, hour, tzinfo=CIVIL_TIME)
    if now <= morning or due == today or not had_digest(view, person, _midnight(today)):
        return morning
    tomorrow = working_calendar(view).next_working(today + dt.timedelta(1))
    if today < due < tomorrow:
        return morning
    return dt.datetime.combine(tomorrow, hour, tzinfo=CIVIL_TIME)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=CIVIL_TIME)
