"""The office's own ladder of reminders, written as people say it, one line for each urgency.

```
thường: -3 người giữ, 0 người giữ, +1 trưởng đơn vị, +3 lãnh đạo
hỏa tốc: 0 người giữ, -2g trưởng đơn vị, 0g lãnh đạo, +1 lãnh đạo
```

A number counts working days from the due day (calendar days for `hỏa tốc`); with `g` hours from the hour that
the deadline names. After it stands how high the reminder reaches. An urgency that is not written keeps the
built-in ladder; `#` begins a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TypeVar

from rapidfuzz import fuzz, process

from documents.errors import Refused
from documents.text import fold, tidy, visible
from rules.reminders import LADDERS, Ladders, Pace, Rung, Tier, day_rung, hour_rung

TIER_WORDS = {
    Tier.HOLDER: "người giữ",
    Tier.HEAD: "trưởng đơn vị",
    Tier.LEADER: "lãnh đạo",
}
"""What each tier is called."""

_T = TypeVar("_T")

EARLIEST_DAYS, LATEST_DAYS, MOST_RUNGS = -15, 60, 12
_RUNG = re.compile(r"(?P<number>[+-]?\d{1,3})\s*(?P<hours>g\b|giờ\b)?\s*(?P<tier>\D*)")


class LadderSlip(Refused):
    """The ladder as written cannot be understood; the one in force stays."""

    message = "Bậc nhắc việc có lỗi ở dòng {line}: {detail}."
    advice = "Viết như: thường: -3 người giữ, 0 người giữ, +1 trưởng đơn vị, +3 lãnh đạo"


def read_ladders(text: str) -> Ladders:
    """Return a ladder for each pace: as written, else the built-in one.

    Raises:
        LadderSlip: something in it cannot be understood; says the line and what was perhaps meant.
    """
    written: dict[Pace, tuple[Rung, ...]] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = tidy(raw.partition("#")[0])
        if not line:
            continue
        name, colon, rest = line.partition(":")
        pace = _named(name, {fold(pace): pace for pace in Pace})
        if not colon or pace is None:
            raise LadderSlip(line=number, detail=f"không có mức khẩn “{visible(name)}”{_meant(name, Pace)}")
        if pace in written:
            raise LadderSlip(line=number, detail=f"mức “{pace}” được viết hai lần")
        written[pace] = _read_rungs(rest, number)
    return {**LADDERS, **written}


def write_ladders(ladders: Ladders) -> str:
    """Return the ladders as people write them; reading it again gives the same."""
    return "".join(f"{pace}: {', '.join(map(_write, ladders[pace]))}\n" for pace in Pace)


def _read_rungs(rest: str, line: int) -> tuple[Rung, ...]:
    rungs = [_read_rung(part.strip(), line) for part in rest.split(",")]
    if len(rungs) > MOST_RUNGS:
        raise LadderSlip(line=line, detail=f"nhiều nhất {MOST_RUNGS} bậc")
    for before, after in pairwise(rungs):
        if _place(before) >= _place(after):
            raise LadderSlip(line=line, detail=f"“{_write(after)}” phải đứng trước “{_write(before)}”")
    return tuple(rungs)


def _read_rung(part: str, line: int) -> Rung:
    found = _RUNG.fullmatch(part)
    if found is None:
        raise LadderSlip(line=line, detail=f"không hiểu “{visible(part)}”")
    tier = _named(found["tier"], {fold(words): tier for tier, words in TIER_WORDS.items()})
    if tier is None:
        meant = _meant(found["tier"], TIER_WORDS.values())
        raise LadderSlip(line=line, detail=f"không có cấp “{visible(found['tier'])}”{meant}")
    number = int(found["number"])
    if found["hours"]:
        if not -12 <= number <= 12:
            raise LadderSlip(line=line, detail=f"{number} giờ là quá xa giờ hạn, nhiều nhất 12 giờ")
        return hour_rung(number, tier)
    if not EARLIEST_DAYS <= number <= LATEST_DAYS:
        raise LadderSlip(line=line, detail=f"số ngày phải từ {EARLIEST_DAYS} đến +{LATEST_DAYS}")
    return day_rung(number, tier)


def _place(rung: Rung) -> tuple[int, bool, int]:
    """Where a rung stands: the hours of the due day come after its morning."""
    return rung.days, rung.hours is not None, rung.hours or 0


def _write(rung: Rung) -> str:
    number = f"{rung.hours:+d}g" if rung.hours else "0g" if rung.hours == 0 else f"{rung.days:+d}"
    return f"{'0' if number == '+0' else number} {TIER_WORDS[rung.tier]}"


def _named(name: str, known: dict[str, _T]) -> _T | None:
    return known.get(fold(name))


def _meant(name: str, known: Iterable[str]) -> str:
    by_key = {fold(one): one for one in known}
    best = process.extractOne(fold(name), list(by_key), scorer=fuzz.ratio, score_cutoff=50)
    return f" (có phải “{by_key[best[0]]}”?)" if best else ""
