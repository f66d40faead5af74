"""Which reminder a deadline is at: a ladder of steps counted in working days around the due day."""

from __future__ import annotations

import datetime as dt

from rules.calendar import WorkingCalendar

LADDER: tuple[tuple[str, int], ...] = (
    ("before", -3),
    ("on", 0),
    ("after-1", 1),
    ("after-3", 3),
    ("after-5", 5),
    ("after-10", 10),
)
"""Name of each step, and how many working days it lies from the due day."""


def list_reminders(due: dt.date, today: dt.date, calendar: WorkingCalendar) -> str | None:
    """Return the step of the ladder that is in force today, or None: too early, or a day off.

    A step stays in force until the next one begins, so that a sweep which was late or down still finds it;
    whoever sends it must keep (due day, step) unique, and then each step goes out once, one a day at most.
    A due day that the calendar has since turned into a day off counts as the next working day.
    """
    if not calendar.is_working(today):
        return None
    anchor = calendar.next_working(due)
    reached = [step for step, days in LADDER if calendar.add_working_days(anchor, days) <= today]
    return reached[-1] if reached else None
