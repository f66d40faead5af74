"""What the pages of supervision look at, as it stands in their addresses, and the addresses of every figure.

Names in an address: `ky` a period that ends today (7, 30, 90 days, `nam` this year), else `tu` and `den`
(days); `don-vi` the unit looked at; in lists also `muc` what is counted, `cua` whose, `phong` of which unit,
`o` which corrected field.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from desk.web.tongue import Said
from documents.people import UnitId
from office.typed import day_or_none
from office.watch import Ask, Kind, Which

PERIODS: Said[str] = Said(
    {"7": "7 ngày qua", "30": "30 ngày qua", "90": "90 ngày qua", "nam": "Từ đầu năm", "": "Chọn ngày"}
)
USUAL = "30"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What was asked, and how its addresses are written."""

    ask: Ask
    period: str
    """A key of `PERIODS`; empty when days were chosen."""

    def at(self, path: str, **more: object) -> str:
        """The address of a page that looks at the same unit and period."""
        days = (
            {"ky": self.period}
            if self.period
            else {"tu": self.ask.since.isoformat(), "den": self.ask.until.isoformat()}
        )
        unit = {"don-vi": str(self.ask.unit)} if self.ask.unit else {}
        said = {name: str(value) for name, value in more.items() if value not in ("", None)}
        return f"{path}?{urlencode({**said, **unit, **days})}"

    def list_as(self, which: Which, page: int = 0, path: str = "/giam-sat/van-ban") -> str:
        """A page of that list, or of what is done from it."""
        return self.at(
            path, muc=which.kind, cua=which.person, phong=which.unit, o=which.field, trang=page or ""
        )

    def list_of(self, kind: str, *, who: str = "", unit: str = "", field: str = "", page: int = 0) -> str:
        """The list of what a figure counts."""
        return self.at("/giam-sat/van-ban", muc=kind, cua=who, phong=unit, o=field, trang=page or "")


def asking_of(query: dict[str, str], today: dt.date) -> Asking:
    """What an address asks for; what it says wrongly is left out, days the wrong way round are turned."""
    period = query.get("ky", "")
    since, until = day_or_none(query.get("tu", "")), day_or_none(query.get("den", ""))
    if period not in PERIODS or not (period or since or until):
        period = USUAL
    if period:
        until = today
        back = 0 if period == "nam" else int(period) - 1
        since = dt.date(today.year, 1, 1) if period == "nam" else today - dt.timedelta(days=back)
    until = until or today
    first, last = sorted((since or until, until))
    return Asking(ask=Ask(since=first, until=last, unit=_unit(query)), period=period)


def which_of(query: dict[str, str]) -> Which | None:
    """What a list counts; None for something that nobody counts."""
    if query.get("muc") not in set(Kind):
        return None
    return Which(
        kind=Kind(query["muc"]),
        person=query.get("cua", ""),
        unit=query.get("phong", ""),
        field=query.get("o", ""),
    )


def _unit(query: dict[str, str]) -> UnitId | None:
    return UnitId(query["don-vi"]) if query.get("don-vi") else None
