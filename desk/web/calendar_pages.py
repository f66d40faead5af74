"""Lịch làm việc: a year of twelve months, its special days with their sources, and changes seen beforehand.

Names of the forms: `ngay` a day, `loai` off, work or half, `ly_do` the reason, `nguon` the source, `da_xem`
how many deadlines were shown to move.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web.answer import Typed, typed_form
from desk.web.complaints import complaint_of
from desk.web.document_page import SEE_OTHER, SentForm
from desk.web.guard import allowed, desk_of, now_of
from desk.web.rendering import render
from desk.web.troubles import status_of
from desk.web.words import Label
from documents.errors import BadDate, Conflict, NoSuchDay, Refused, Trouble
from documents.people import Officer
from documents.record import CalendarDay
from office import diary
from office.office import local_day
from office.policy import Act
from office.recount import Preview
from office.typed import parse_day
from office.year import FIRST_YEAR, LAST_YEAR, name_moved, reason_of, show_year

router = APIRouter()

Reader = Annotated[Officer, Depends(allowed(Act.SEE_CALENDAR))]
Keeper = Annotated[Officer, Depends(allowed(Act.MANAGE_CALENDAR))]

KIND = {
    "off": Label("Nghỉ", "cross", "bad"),
    "work": Label("Làm việc", "tick", "good"),
    "half": Label("Làm buổi sáng", "clock", "ask"),
}
REMOVED = Label("Bỏ ngày ghi riêng", "none", "calm")
_MARKS = {"off": "N", "work": "L", "half": "½"}
"""What stands in the corner of a special day: nothing is told by colour alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A day of a month as it is drawn: its classes, the letter in its corner, and what it is about."""

    day: dt.date
    classes: str
    mark: str
    reason: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks from Monday; None where the week belongs to another month."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]


@router.get("/lich")
def year_page(request: Request, person: Reader, nam: str = "", ngay: str = "", xong: str = "") -> Response:
    """A year, this one when none is asked for; `ngay` puts a day into the form."""
    asked = _iso_or_none(ngay)
    year = int(nam) if nam.isdecimal() and len(nam) == 4 else None
    typed = {"ngay": f"{asked:%d/%m/%Y}"} if asked else {}
    return _draw(request, person, year or (asked.year if asked else None), typed=typed, just_done=xong)


@router.post("/lich/ngay")
def set_day(request: Request, person: Keeper, form: SentForm) -> Response:
    """Enter a day; where open deadlines move, which is shown first."""
    typed, office, now = typed_form(form), desk_of(request).office, now_of(request)
    day = None
    try:
        day = _day(typed)
        kind = typed.get("loai", "")
        reason = reason_of(kind, typed.get("ly_do", ""))
        preview = diary.preview_day(office, day, kind)
        if preview.moved and typed.get("da_xem") != str(preview.moved):
            return _draw(request, person, day.year, typed=typed, sent="ngay", preview=preview)
        source = typed.get("nguon", "").strip()
        moved = diary.set_day(office, day, kind=kind, reason=reason, source=source, by=person.id, now=now)
    except (Refused, Conflict) as trouble:
        return _draw(request, person, day.year if day else None, typed=typed, sent="ngay", trouble=trouble)
    return RedirectResponse(f"/lich?nam={day.year}&xong=ghi-{moved}#n-{day.isoformat()}", SEE_OTHER)


@router.post("/lich/bo")
def remove_day(request: Request, person: Keeper, form: SentForm) -> Response:
    """Take out what the office entered for a day; where open deadlines move, which is shown first."""
    typed, office, now = typed_form(form), desk_of(request).office, now_of(request)
    day = None
    try:
        day = _day(typed)
        reason = reason_of("off", typed.get("ly_do", ""))
        preview = diary.preview_day(office, day, None)
        if preview.moved and typed.get("da_xem") != str(preview.moved):
            return _draw(request, person, day.year, typed=typed, sent="bo", preview=preview)
        moved = diary.remove_day(office, day, reason=reason, by=person.id, now=now)
    except (Refused, Conflict, NoSuchDay) as trouble:
        return _draw(request, person, day.year if day else None, typed=typed, sent="bo", trouble=trouble)
    return RedirectResponse(f"/lich?nam={day.year}&xong=bo-{moved}", SEE_OTHER)


def _draw(
    request: Request,
    person: Officer,
    year: int | None,
    *,
    typed: Typed,
    sent: str = "",
    preview: Preview | None = None,
    trouble: Trouble | None = None,
    just_done: str = "",
) -> Response:
    office, now = desk_of(request).office, now_of(request)
    today = local_day(now)
    wanted = min(max(year or today.year, FIRST_YEAR), LAST_YEAR)
    view = show_year(office, wanted)
    done, _, moved = just_done.partition("-")
    return render(
        request,
        "calendar.html",
        status=status_of(trouble) if trouble else 200,
        view=view,
        months=_months(wanted, view.days, today),
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        today=today,
        kinds=KIND,
        removed=REMOVED,
        typed=typed,
        sent=sent,
        preview=preview,
        examples=name_moved(office, preview, person, now=now) if preview else (),
        complaint=complaint_of(trouble),
        done=done,
        moved=int(moved) if moved.isdecimal() else 0,
    )


def _months(year: int, days: Iterable[CalendarDay], today: dt.date) -> tuple[Month, ...]:
    special = {one.day: one for one in days}

    def cell(day: dt.date) -> Cell:
        one = special.get(day)
        classes = [one.kind if one else "weekend" if day.weekday() > 4 else ""]
        classes += ["own"] * bool(one and one.entered_by) + ["today"] * (day == today)
        return Cell(
            day=day,
            classes=" ".join(filter(None, classes)),
            mark=_MARKS[one.kind] if one else "",
            reason=one.reason if one else "",
        )

    weeks = calendar.Calendar()
    return tuple(
        Month(
            number,
            tuple(
                tuple(cell(day) if day.month == number else None for day in week)
                for week in weeks.monthdatescalendar(year, number)
            ),
        )
        for number in range(1, 13)
    )


def _day(typed: Typed) -> dt.date:
    """The day of a form, within the years that have a page."""
    day = parse_day(typed.get("ngay", ""))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadDate(given=typed["ngay"])
    return day


def _iso_or_none(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
