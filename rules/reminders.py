"""Which reminders of a deadline have come: a ladder for each urgency, from before the day to after it.

A rung says when and how high: the one who holds the work, then the head of the unit, then the leaders.
Everything here is counted from the deadline and the moment, never from when a schedule meant to run.

Source: Decree 30/2020/NĐ-CP, article 24 (the head of the office has the resolving of documents watched and
urged); urgent documents at once: article 4.2c.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from documents.text import fold
from rules.calendar import WorkingCalendar

DAY_BEGINS = dt.time(7, 0)
"""Local hour at which a rung that is counted in days is reached: nobody is reminded at midnight."""


class Tier(StrEnum):
    """How high a rung reaches; everybody below is told too, so that nobody is talked about unheard."""

    HOLDER = "holder"
    HEAD = "head"
    LEADER = "leader"


TIERS = tuple(Tier)


class Pace(StrEnum):
    """How urgent a document is, as far as reminding goes."""

    NORMAL = "thường"
    URGENT = "khẩn"
    VERY_URGENT = "thượng khẩn"
    FLASH = "hỏa tốc"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder.

    Attributes:
        name: Its name for ever; with the due day and the line it makes a reminder unique.
        days: Working days after the due day, negative before it; of a flash document calendar days.
        tier: How high it reaches.
        hours: Hours after the hour that the deadline names; the rung is left out where it names none.
    """

    name: str
    days: int
    tier: Tier
    hours: int | None = None


def day_rung(days: int, tier: Tier) -> Rung:
    """The rung so many days from the due day, named after them."""
    name = "on" if days == 0 else f"{'before' if days < 0 else 'after'}-{abs(days)}"
    return Rung(name, days, tier)


def hour_rung(hours: int, tier: Tier) -> Rung:
    """The rung so many hours from the hour that the deadline names, named after them."""
    return Rung(f"hour{hours:+d}", 0, tier, hours=hours)


_BEFORE_THE_HOUR = hour_rung(-2, Tier.HEAD)
_PAST_THE_HOUR = hour_rung(0, Tier.LEADER)
_AFTER = tuple(day_rung(days, Tier.LEADER) for days in (3, 5, 10))

Ladders = Mapping[Pace, tuple[Rung, ...]]
LADDERS: Ladders = {
    Pace.NORMAL: (
        day_rung(-3, Tier.HOLDER),
        day_rung(0, Tier.HOLDER),
        day_rung(1, Tier.HEAD),
        *_AFTER,
    ),
    Pace.URGENT: (
        day_rung(-1, Tier.HOLDER),
        day_rung(0, Tier.HOLDER),
        _PAST_THE_HOUR,
        day_rung(1, Tier.LEADER),
        *_AFTER,
    ),
    **{
        pace: (
            day_rung(0, Tier.HOLDER),
            _BEFORE_THE_HOUR,
            _PAST_THE_HOUR,
            day_rung(1, Tier.LEADER),
            *_AFTER,
        )
        for pace in (Pace.VERY_URGENT, Pace.FLASH)
    },
}
"""The ladders of an office that has set none; each rung is later than the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """What a recipient line must keep.

    Attributes:
        due: Last day.
        time: Local hour of that day, where one is named.
        pace: Urgency of the document.
        given_at: When the line was given, aware; rungs before it never were in force.
    """

    due: dt.date
    given_at: dt.datetime
    time: dt.time | None = None
    pace: Pace = Pace.NORMAL


def pace_of(urgency: str | None) -> Pace:
    """The pace of a degree of urgency as the register writes it; what is not known is normal.

    >>> pace_of("Hỏa tốc hẹn giờ"), pace_of(None)
    (<Pace.FLASH: 'hỏa tốc'>, <Pace.NORMAL: 'thường'>)
    """
    said = fold(urgency or "")
    return max((pace for pace in Pace if said.startswith(fold(pace))), key=len, default=Pace.NORMAL)


def list_reminders(
    deadline: Deadline, now: dt.datetime, calendar: WorkingCalendar, ladders: Ladders = LADDERS
) -> tuple[Rung, ...]:
    """Return the rungs that have been reached, oldest first; none on a day off, flash documents excepted.

    A rung stays reached for ever, so that a sweep that was late or down still finds it. Whoever sends must
    keep (line, due day, rung, person) unique; see `choose_reminder`.

    Args:
        deadline: What must be kept.
        now: The moment, aware and in the zone in which days begin and end here.
        calendar: The office's calendar. A due day that it has since turned into a day off counts as the
            next working day, except for a flash document.
        ladders: A ladder for each pace.
    """
    if deadline.pace is not Pace.FLASH and not calendar.is_working(now.date()):
        return ()
    reached = []
    for rung in ladders[deadline.pace]:
        moment = _moment(rung, deadline, now, calendar)
        if moment is not None and deadline.given_at < moment <= now:
            reached.append((moment, rung))
    return tuple(rung for _, rung in sorted(reached, key=lambda one: one[0]))


def choose_reminder(
    reached: tuple[Rung, ...], recorded: Collection[str], settled: Collection[str]
) -> tuple[Rung, tuple[Rung, ...]] | None:
    """Return what one person is to be told now, and the rungs that this overtakes; None for nothing new.

    Args:
        reached: The rungs that concern the person, oldest first.
        recorded: Names of the rungs for which a reminder was made, sent or still waiting.
        settled: Names of those that left, and of those that were overtaken before.
    """
    if not reached or reached[-1].name in recorded:
        return None
    return reached[-1], tuple(rung for rung in reached[:-1] if rung.name not in settled)


def reaches(rung: Rung, tier: Tier) -> bool:
    """Whether the people of that tier are told at that rung."""
    return TIERS.index(tier) <= TIERS.index(rung.tier)


def _moment(
    rung: Rung, deadline: Deadline, now: dt.datetime, calendar: WorkingCalendar
) -> dt.datetime | None:
    """When the rung is reached; None where it needs an hour and the deadline names none."""
    if rung.hours is not None:
        if deadline.time is None:
            return None
        hour = dt.datetime.combine(deadline.due, deadline.time, tzinfo=now.tzinfo)
        return hour + dt.timedelta(hours=rung.hours)
    if deadline.pace is Pace.FLASH:
        day = deadline.due + dt.timedelta(rung.days)
    else:
        day = calendar.add_working_days(calendar.next_working(deadline.due), rung.days)
    return dt.datetime.combine(day, DAY_BEGINS, tzinfo=now.tzinfo)
