"""Say that the law's own limit has passed: a document not entered, or not passed on, in time.

The clock starts with the arrival, not with the scan: where the stamp, read for certain, bears an earlier
day, that day counts.

Source: Decree 30/2020/NĐ-CP, articles 4.2c and 23.1: on the day of arrival, at the latest on the next working
day; urgent documents at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from documents.events import AlarmRaised
from documents.reading import FieldName, FieldReading
from documents.record import DocumentRecord
from documents.status import DocumentId, Status
from office.audience import told_of_delay
from office.office import CIVIL_TIME, Office, local_day, working_calendar
from registry.outbox import alarm_slot, list_told
from registry.view import View
from rules.calendar import WorkingCalendar
from rules.reminders import Pace, pace_of

NOT_DONE = {
    Status.WAITING: "unregistered",
    Status.READING: "unregistered",
    Status.REVIEW: "unregistered",
    Status.QUARANTINED: "unregistered",
    Status.REGISTERED: "unassigned",
}
"""What has not been done yet, by where a document stands."""


def raise_alarms(office: Office, *, now: dt.datetime) -> int:
    """Raise every alarm whose time has come, each once; returns how many. None on days off but for flash."""
    with office.view() as view:
        late = list(_list_late(office, view, now=now))
    count = 0
    for alarm in late:
        with office.registry.book("sweeper", now) as book:
            # Looked at again inside the transaction: somebody may just have entered it.
            still = NOT_DONE.get(book.document(alarm.document).status) == alarm.step
            if still and (alarm.document, alarm_slot(alarm)) not in _told(book, [alarm.document]):
                book.record(alarm)
                count += 1
    return count


def last_day_in_time(
    record: DocumentRecord, fields: Mapping[FieldName, FieldReading], calendar: WorkingCalendar
) -> dt.date:
    """The end of this day is the last moment at which a document of ordinary urgency is in time."""
    return calendar.add_working_days(_arrival_day(record, fields), 1)


def _list_late(office: Office, view: View, *, now: dt.datetime) -> Iterator[AlarmRaised]:
    calendar, today = working_calendar(view), local_day(now)
    recipients = told_of_delay(view.directory(), today)
    records = [one for status in NOT_DONE for one in view.documents(status, limit=None)]
    documents = [one.id for one in records]
    fields, told = view.fields_of(documents), _told(view, documents)
    for record in records:
        pace = pace_of(_text(fields.get(record.id, {}).get(FieldName.URGENCY)))
        if not recipients or not (calendar.is_working(today) or pace is Pace.FLASH):
            continue
        limit = last_day_in_time(record, fields.get(record.id, {}), calendar)
        if pace is not Pace.NORMAL:
            late = now - record.received_at >= dt.timedelta(minutes=office.settings.urgent_alarm_minutes)
            limit = _arrival_day(record, fields.get(record.id, {}))
        else:
            late = today > limit
        alarm = AlarmRaised(
            document=record.id,
            recipients=recipients,
            step=NOT_DONE[record.status],
            limit=limit,
            send_at=None if pace is not Pace.NORMAL else _morning(office, now),
        )
        if late and (record.id, alarm_slot(alarm)) not in told:
            yield alarm


def _arrival_day(record: DocumentRecord, fields: Mapping[FieldName, FieldReading]) -> dt.date:
    """The day of arrival: of entry or stamp where that is earlier and certain, else of the file."""
    days = [local_day(record.received_at)]
    if record.entry and record.entry.arrival_date:
        days.append(record.entry.arrival_date)
    stamped = fields.get(FieldName.ARRIVAL_DATE)
    if stamped and stamped.checked and isinstance(stamped.value, str):
        days.append(dt.date.fromisoformat(stamped.value))
    return min(days)


def _told(view: View, documents: Sequence[DocumentId]) -> set[tuple[DocumentId, str]]:
    """Which alarms have been raised, by document and slot."""
    return {(notice.document, notice.slot) for notice in list_told(view, "alarm", documents)}


def _morning(office: Office, now: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(local_day(now), office.settings.digest_at, tzinfo=CIVIL_TIME)


def _text(reading: FieldReading | None) -> str | None:
    return reading.value if reading and isinstance(reading.value, str) else None
