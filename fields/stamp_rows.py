"""The day and the number that a pen wrote into an arrival stamp, as readers of rows see them.

A pen's slash reads as 1, and the other way round: `0415.1.2026` is 04/5/2026. Such a text names a day only
together with what is known: no document arrives before it is issued, and hardly weeks later. So every day of
that time is written in all usual ways and compared with what was read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from documents.looks import SecondReader, SecondReading

_SLASH = r"(?:[/lI|!jJt.,:;\-\s]{0,3}|[.,\s]?1[.,\s]?)"
_ENDS = " .,:;…_-|'`\"()"
_CLEARLY = 2
"""How many times as often a value must be seen as any other one to be the guess."""
_SEEN_ENOUGH = 3
"""How often a value must be seen in all to be agreed on."""
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)

Value = TypeVar("Value", dt.date, int)


@dataclass(frozen=True, slots=True)
class SeenInStamp(Generic[Value]):
    """A value as the readers of rows saw it: the best guess, and whether two kinds of readers saw it.

    The recogniser's reading of the row counts as one kind, that of the pen network as the other; two readings
    of one gap may share what went wrong in cutting it. `agreed` says that moreover nobody saw another value.
    """

    guess: Value | None = None
    seen_by_both: bool = False
    agreed: bool = False


def days_written(text: str, since: dt.date, days: int) -> frozenset[dt.date]:
    """Return the days from `since` on, at most `days` later, as which `text` can be read whole.

    >>> sorted(days_written("0415.1.2026", dt.date(2026, 4, 30), 60))
    [datetime.date(2026, 5, 4)]
    """
    bare = text.strip(_ENDS)
    if sum(c.isdecimal() for c in bare) < 3:
        return frozenset()
    return frozenset(day for day, written in _writings(since, days) if written.fullmatch(bare))


def find_day(rows: Iterable[SecondReading], since: dt.date | None, days: int) -> SeenInStamp[dt.date]:
    """Return the day that the readers of rows saw in a stamp.

    Args:
        rows: Their readings of the whole stamp; lines that begin `Ngày:` count.
        since: The day of issue; without it nothing can be told.
        days: How long after it a document may arrive.
    """
    if since is None:
        return SeenInStamp()
    return _weigh((reader, days_written(text, since, days)) for reader, text in _lines(rows, "Ngày"))


def find_number(rows: Iterable[SecondReading], since: dt.date | None, days: int) -> SeenInStamp[int]:
    """Return the number that the readers of rows saw after `Số:`; what can be the day is none."""
    return _weigh((reader, frozenset({number})) for reader, number in _numbers(rows, since, days))


def list_numbers(rows: Iterable[SecondReading], since: dt.date | None, days: int) -> tuple[int, ...]:
    """Return every number that a reader of rows saw after `Số:`, the most often seen first."""
    return tuple(n for n, _ in Counter(n for _, n in _numbers(rows, since, days)).most_common())


def _numbers(rows: Iterable[SecondReading], since: dt.date | None, days: int) -> Iterator[tuple[str, int]]:
    for reader, text in _lines(rows, "Số"):
        bare = text.strip(_ENDS)
        if _NUMBER.fullmatch(bare) and not (since and days_written(bare, since, days)):
            yield reader, int(bare)


def _lines(rows: Iterable[SecondReading], wanted: str) -> Iterator[tuple[str, str]]:
    """Who read, and what stands after the label."""
    for reading in rows:
        for line in (reading.text or "").splitlines():
            label, _, written = line.partition(":")
            if label == wanted:
                yield reading.reader, written


def _weigh(seen: Iterable[tuple[str, frozenset[Value]]]) -> SeenInStamp[Value]:
    by_reader: dict[str, Counter[Value]] = defaultdict(Counter)
    for reader, values in seen:
        by_reader[reader].update(values)
    every = sum(by_reader.values(), Counter[Value]())
    ranked = every.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEARLY * ranked[1][1]):
        return SeenInStamp()
    best, times = ranked[0]
    both = best in by_reader[SecondReader.ROW] and best in by_reader[SecondReader.PEN]
    return SeenInStamp(best, both, agreed=both and len(ranked) == 1 and times >= _SEEN_ENOUGH)


@lru_cache(maxsize=8)
def _writings(since: dt.date, days: int) -> tuple[tuple[dt.date, re.Pattern[str]], ...]:
    """Each day with a pattern of all the ways in which it is written: 4/5, 04/05/26, 04/5/2026, 4/5/20."""
    every = (since + dt.timedelta(days=n) for n in range(days + 1) if (dt.date.max - since).days >= n)
    return tuple((day, _pattern(day)) for day in every)


def _pattern(day: dt.date) -> re.Pattern[str]:
    # The pen runs over the stamp's edge: of the year only the beginning may be seen.
    whole = str(day.year)
    years = "|".join((whole, whole[:3], whole[:2], whole[2:]))
    year = rf"(?:{_SLASH}(?:{years}))?"
    return re.compile(rf"0?{day.day}{_SLASH}0?{day.month}{year}")
