"""A person reminds whoever holds a document that is late or due soon: now, and once a day for each line.

The reminder is one of those that the ladder of `office.remind` makes, under a step of its own: letters, the
inbox and what makes a reminder stale are the same. Who pressed is the actor of its audit line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from documents.errors import Conflict, NotAllowed
from documents.events import ReminderDue
from documents.lines import OPEN_STATES, LineNumber
from documents.people import Officer
from documents.record import AssignmentRecord
from documents.status import DocumentId
from office import policy, sight
from office.audience import audience_for
from office.office import Office, local_day, names_of, working_calendar
from office.phrase import Phrase
from office.policy import Act
from office.watch import SOON_DAYS, is_theirs
from registry.absence import load_delegations
from registry.outbox import list_told
from registry.view import View
from rules.reminders import Tier

_STEP = "asked-"
"""Begins the step of a reminder that a person asked for; the day follows."""


class NudgedAlready(Conflict):
    """Whoever holds the line was reminded by a person today."""

    message = "Hôm nay đã nhắc việc này rồi."
    advice = (
        "Mỗi việc nhắc tay một lần một ngày. Cần gấp hơn thì gọi trực tiếp, hoặc giao lại cho người khác."
    )


class NotDueYet(Conflict):
    """There is nothing to remind of: the line is done, has no day, or its day is further away."""

    message = "Việc này không quá hạn cũng chưa sắp đến hạn nên chưa nhắc."
    advice = "Xem lại danh sách: người giữ có thể vừa xong việc, hoặc hạn vừa đổi."


def nudge(
    office: Office, document: DocumentId, line: LineNumber, *, by: Officer, now: dt.datetime
) -> tuple[str, ...]:
    """Remind whoever holds a line, at once; returns who was reminded, by name.

    Raises:
        NoSuchDocument, NotAllowed: no such document, not for this person to open, or not theirs to watch.
        NotDueYet: the line is gone or done, or neither late nor due within the next working days.
        NudgedAlready: it was done today already, by whomever.
    """
    today = local_day(now)
    with office.registry.book(by.id, now) as book:
        policy.require(book, by, Act.REMIND, on=today)
        record = sight.find_document(book, document, by, now=now)
        found = next((one for one in book.assignments(record.id) if one.line == line), None)
        if found is None or found.due is None or not _is_due(book, found, today):
            raise NotDueYet()
        delegations = load_delegations(book, today)
        reach = policy.reach_of(by, book.directory(), on=today, delegations=delegations)
        if not is_theirs(found, reach):
            raise NotAllowed(why=Phrase("việc này không thuộc đơn vị bạn phụ trách"))
        told = list_told(book, "reminder", [record.id])
        step = f"{_STEP}{today.isoformat()}"
        if any(one.payload.get("line") == line and one.payload["step"] == step for one in told):
            raise NudgedAlready()
        holders = audience_for(book, record.id, found, delegations, today)[Tier.HOLDER]
        for person in holders:
            # What waits for the digest says the same later: it goes out now, and is not made again.
            waiting = (
                one.payload["step"]
                for one in told
                if (one.recipient, one.payload.get("line"), one.payload["due"])
                == (person, line, found.due.isoformat())
                and not one.is_out
            )
            book.remind_once(
                ReminderDue(
                    document=record.id,
                    recipient=person,
                    step=step,
                    due=found.due,
                    line=line,
                    overtaken=tuple(sorted(waiting)),
                )
            )
        names = names_of(book.directory())
    return tuple(names.get(str(person), str(person)) for person in holders)


def nudged_today(
    view: View, documents: Iterable[DocumentId], *, today: dt.date
) -> frozenset[tuple[DocumentId, LineNumber]]:
    """Of those documents, the lines whose holders a person has reminded today."""
    step = f"{_STEP}{today.isoformat()}"
    return frozenset(
        (one.document, LineNumber(one.payload["line"]))
        for one in list_told(view, "reminder", sorted(set(documents)))
        if one.payload["step"] == step and one.payload.get("line")
    )


def is_nudge(step: str) -> bool:
    """Whether a person asked for that reminder."""
    return step.startswith(_STEP)


def _is_due(view: View, line: AssignmentRecord, today: dt.date) -> bool:
    soon = working_calendar(view).add_working_days(today, SOON_DAYS)
    return line.state in OPEN_STATES and line.due is not None and line.due <= soon
