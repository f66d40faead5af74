"""Watch the deadlines: record each reminder that is due today, once, whatever is restarted or late.

Computed from "due and not yet reminded", never from the time a schedule meant to run; the notice's slot
(step and due day) makes a repeat harmless.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from documents.events import ReminderDue, SweepFinished
from office.office import Office, local_day, working_calendar
from office.seal import finish_sealing
from registry.queue import lapse_expired
from rules.reminders import list_reminders

LOOK_AHEAD = dt.timedelta(days=30)
"""How far ahead open deadlines are looked at; longer than the first reminder can be before any deadline."""


def remind_due(office: Office, *, now: dt.datetime) -> int:
    """Record every reminder due today; returns how many were new. None on days off."""
    today = local_day(now)
    with office.view() as view:
        calendar = working_calendar(view)
        open_deadlines = view.open_deadlines(today + LOOK_AHEAD)
    count = 0
    for document, assignment in open_deadlines:
        if assignment.holder is None or assignment.due is None:
            continue
        if step := list_reminders(assignment.due, today, calendar):
            with office.registry.book("sweeper", now) as book:
                count += book.remind_once(
                    ReminderDue(document=document, recipient=assignment.holder, step=step, due=assignment.due)
                )
    _finished(office, "deadlines", count, now=now)
    return count


def release_stuck(
    office: Office, *, now: dt.datetime, is_dead: Callable[[str], bool] = lambda _: False
) -> int:
    """Give back documents whose processor died, and finish seals that were cut off; returns how many.

    `is_dead` says of a worker that it surely lives no more; the others are waited for until their lease ends.
    """
    count = len(lapse_expired(office.registry, now, is_dead=is_dead)) + finish_sealing(office)
    _finished(office, "stuck", count, now=now)
    return count


def _finished(office: Office, name: str, found: int, *, now: dt.datetime) -> None:
    """Tell the dead-man check that the sweep ran; an audit line only when it did something."""
    office.registry.beat(f"sweep:{name}", now)
    if found:
        with office.registry.book("sweeper", now) as book:
            book.record(SweepFinished(name=name, found=found))
