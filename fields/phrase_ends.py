"""What a dated phrase leads to, and what a reader of one kind of phrase is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from fields.asking import DatedKind


class Count(NamedTuple):
    """A number of units after something: `07 ngày làm việc kể từ ngày nhận`."""

    number: str
    unit: str
    """`days`, `working_days`, `months` or `hours`."""
    since: str
    """`receipt` or `issue`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseEnd:
    """The end that a phrase names: a day, a rule by which it comes again, a number of days, or none."""

    day: dt.date | None = None
    time: dt.time | None = None
    """The hour of the day, where the paper names one."""
    strict: dt.date | None = None
    """The last day of the other reading: `trước ngày` in its letter ends the day before."""
    recurrence: str | None = None
    """A rule of RFC 5545 without its beginning: `FREQ=MONTHLY;BYMONTHDAY=20`."""
    ask: str | None = None
    """What the rule lacks for a day, the office must say: `day` or `month`."""
    count: Count | None = None
    since: dt.date | None = None
    over: dt.date | None = None
    """First and last day of a range, which sets no single day."""
    is_unclear: bool = False
    """It names a day, but none that is in the calendar or that can be told."""
    is_open: bool = False
    """It names no time at all: `định kỳ hoặc đột xuất`."""
    is_next_year: bool = False
    """Written without a year, and past in the year of issue: perhaps the next year is meant."""
    leans: bool = False
    """Its day is reckoned from the day of issue: counted from signing, or written without a year."""


Reader: TypeAlias = Callable[[re.Match[str], dt.date | None], PhraseEnd]
"""Reads the match of one pattern, given the day of issue."""

Phrases: TypeAlias = tuple[tuple[DatedKind, re.Pattern[str], Reader], ...]
"""Kinds of phrases with the pattern and the reader of each."""


def compile_phrases(*phrases: tuple[DatedKind, str, Reader]) -> Phrases:
    """Return `phrases` with their patterns compiled."""
    return tuple((kind, re.compile(pattern), read) for kind, pattern, read in phrases)


def no_day(match: re.Match[str], issued: dt.date | None) -> PhraseEnd:
    """Read a phrase that sets no day."""
    del match, issued
    return PhraseEnd()
