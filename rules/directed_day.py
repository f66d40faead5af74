"""Find by when a leader wants it done: the days that a direction names, in the short forms of a pen.

`trước 20/01`, `hạn: 15/2/2012`, `xong trước ngày 20/1`, `trong 05 ngày làm việc`, `trong tuần`, `trong ngày`.
What names no day (`gấp`, `sớm`) sets none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.lines import DueBasis, DueKind
from documents.text import fold_in_place

_BY = r"(?:xong\s+)?(?:truoc|cham\s+nhat(?:\s+la)?|muon\s+nhat|han(?:\s+(?:chot|xu\s+ly|la))?|den(?:\s+het)?)"
_DAY = r"(?:ngay\s*)?(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})(?:\s?[/.-]\s?(?P<year>\d{4}|\d{2}))?(?!\d)"
_HOUR = r"(?:(?P<hour>\d{1,2})\s?(?:h|g|gio|:)\s?(?P<minute>\d{2})?\s*(?:,\s*)?)?"
_NAMED = re.compile(rf"(?<!\w){_BY}\s*:?\s*{_HOUR}{_DAY}")
_COUNTED = re.compile(
    r"(?<!\w)(?:xong\s+)?trong(?:\s+(?:vong|thoi\s+han))?\s+(?P<count>\d{1,3})\s+"
    r"(?P<unit>ngay\s+lam\s+viec|nlv|ngay|tuan)(?!\w)"
)
_TODAY = re.compile(
    r"(?<!\w)(?:xong\s+)?(?:ngay\s+)?trong\s+(?:ngay(?:\s+hom\s+nay)?|hom\s+nay)(?!\s*\d)(?!\w)"
)
_THIS_WEEK = re.compile(r"(?<!\w)(?:xong\s+)?trong\s+tuan(?:\s+nay)?(?!\w)")
_FRIDAY = 4
_FAR = 300
"""Calendar days beyond which a day without a year is more likely a slip than a wish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectedDay:
    """A day at `start`:`end` of the direction; without `basis` it names none that is in the calendar."""

    text: str
    start: int
    end: int
    basis: DueBasis | None
    is_far: bool = False
    """Its year was not written and it lies so far ahead that it may be a slip."""


def list_directed_days(text: str, on: dt.date) -> tuple[DirectedDay, ...]:
    """The days that a direction given on `on` names, left to right."""
    bare = fold_in_place(text)
    found: list[DirectedDay] = []
    for one in (*_list_named(text, bare, on), *_list_counted(text, bare, on)):
        if all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def without_days(text: str, days: tuple[DirectedDay, ...]) -> str:
    """The direction without its days: what is left are names and roles."""
    for one in reversed(days):
        text = f"{text[: one.start]},{text[one.end :]}"
    return text


def _list_named(text: str, bare: str, on: dt.date) -> Iterator[DirectedDay]:
    for match in _NAMED.finditer(bare):
        day, is_far = _day_of(match, on)
        basis = DueBasis(kind=DueKind.DAY, start=day, time=_hour_of(match)) if day else None
        yield DirectedDay(
            text=text[match.start() : match.end()],
            start=match.start(),
            end=match.end(),
            basis=basis,
            is_far=is_far,
        )


def _list_counted(text: str, bare: str, on: dt.date) -> Iterator[DirectedDay]:
    friday = on + dt.timedelta((_FRIDAY - on.weekday()) % 7)
    for pattern, basis in (
        (_COUNTED, None),
        (_THIS_WEEK, DueBasis(kind=DueKind.DAY, start=friday)),
        (_TODAY, DueBasis(kind=DueKind.WORKING_DAYS, start=on)),
    ):
        for match in pattern.finditer(bare):
            yield DirectedDay(
                text=text[match.start() : match.end()],
                start=match.start(),
                end=match.end(),
                basis=basis or _counted(match, on),
            )


def _counted(match: re.Match[str], on: dt.date) -> DueBasis:
    count, unit = int(match["count"]), match["unit"]
    if unit == "nlv" or unit.endswith("viec"):
        return DueBasis(kind=DueKind.WORKING_DAYS, start=on, days=count)
    return DueBasis(kind=DueKind.CALENDAR_DAYS, start=on, days=count * 7 if unit == "tuan" else count)


def _day_of(match: re.Match[str], on: dt.date) -> tuple[dt.date | None, bool]:
    """The day as written; without a year the next such day from `on`."""
    written = match["year"]
    years = (
        (on.year, on.year + 1) if written is None else (int(written) + (2000 if len(written) == 2 else 0),)
    )
    for year in years:
        try:
            day = dt.date(year, int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        if written is not None or day >= on:
            return day, written is None and (day - on).days > _FAR
    return None, False


def _hour_of(match: re.Match[str]) -> dt.time | None:
    if match["hour"] is None or int(match["hour"]) > 23 or int(match["minute"] or 0) > 59:
        return None
    return dt.time(int(match["hour"]), int(match["minute"] or 0))
