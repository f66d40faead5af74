"""Between which numbers, or which arrivals, the lines of some days of a register lie."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Date, bindparam, text
from sqlalchemy.orm import Session

from documents.register import RegisterAsk

_DAYS = """
WITH RECURSIVE days(day) AS (
    SELECT (SELECT min(arrival_date) FROM entries
            WHERE book = :book AND year = :year AND arrival_date >= :since)
    UNION ALL
    SELECT (SELECT min(arrival_date) FROM entries
            WHERE book = :book AND year = :year AND arrival_date > days.day)
    FROM days WHERE days.day IS NOT NULL AND days.day < :until)
SELECT
min((SELECT min({0}) FROM entries WHERE book = :book AND year = :year AND arrival_date = days.day)),
max((SELECT max({0}) FROM entries WHERE book = :book AND year = :year AND arrival_date = days.day))
FROM days WHERE days.day <= :until"""
"""From day to day by the index: a month has a hundred thousand lines and thirty days."""
_YEAR = """
SELECT (SELECT min({0}) FROM entries WHERE book = :book AND year = :year),
(SELECT max({0}) FROM entries WHERE book = :book AND year = :year)"""


def bounds(session: Session, book: str, ask: RegisterAsk, column: str) -> tuple[int, int]:
    """The lowest and highest `number` or `arrived` of the days asked for; (0, -1) when there is none."""
    given: dict[str, Any] = {"book": book, "year": ask.year}
    asked = text(_YEAR.format(column))
    if ask.since or ask.until:
        given |= {"since": ask.since or dt.date.min, "until": ask.until or dt.date.max}
        days = (bindparam("since", type_=Date), bindparam("until", type_=Date))
        asked = text(_DAYS.format(column)).bindparams(*days)
    low, high = session.execute(asked, given).one()
    return (low, high) if low is not None else (0, -1)
