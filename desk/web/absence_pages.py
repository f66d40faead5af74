"""Vắng mặt, uỷ quyền: entered and ended from a person's page or one's own, with what moves shown before.

Names of the forms: `thay` who stands in, `tu` and `den` days, `van_ban` the instrument, `loai` types with
commas, `don_vi` a unit, `mat` with secret ones, `ngay` the new last day, `da_xem` how many lines were shown
to move, `ve` the page to go back to.
"""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from desk.web import guard
from desk.web.answer import Typed, typed_form
from desk.web.directory_parts import person_address
from desk.web.document_page import SEE_OTHER, SentForm
from desk.web.guard import Person, desk_of, now_of
from desk.web.person_pages import Ending, draw_person
from documents.errors import Conflict, NotAllowed, Refused
from documents.people import PersonId
from office import absences, staff
from office.absences import AbsenceWish
from office.typed import parse_day

router = APIRouter()


@router.post("/danh-ba/nguoi/{who}/vang")
def enter(request: Request, person: Person, who: str, form: SentForm) -> Response:
    """Enter an absence; where open work moves, what moves is shown first."""
    typed, office, now = typed_form(form), desk_of(request).office, now_of(request)
    try:
        wish = _wish(who, typed)
        moves = absences.preview_absence(office, wish, by=person, now=now)
        if moves and typed.get("da_xem") != str(len(moves)):
            return draw_person(request, person, who, typed=typed, sent="vang", preview=moves)
        absences.enter_absence(office, wish, by=person, now=now)
    except NotAllowed:
        raise
    except (Refused, Conflict, staff.NoSuchPerson) as trouble:
        return draw_person(request, person, who, typed=typed, sent="vang", trouble=trouble)
    return RedirectResponse(_back(typed, who, "vang"), SEE_OTHER)


@router.post("/danh-ba/uy-quyen/{delegation}/het")
def end(request: Request, person: Person, delegation: int, form: SentForm) -> Response:
    """End a delegation sooner; where open work comes back, what comes is shown first."""
    typed, office, now = typed_form(form), desk_of(request).office, now_of(request)
    giver = absences.giver_of(office, delegation)
    try:
        last_day = _day_or_none(typed.get("ngay", ""))
        moves = absences.preview_end(office, delegation, last_day, by=person, now=now)
        if moves and typed.get("da_xem") != str(len(moves)):
            ending = Ending(number=delegation, day=typed.get("ngay", ""), moves=moves)
            return draw_person(request, person, giver, ending=ending)
        absences.end_absence(office, delegation, last_day, by=person, now=now)
    except NotAllowed:
        raise
    except (Refused, Conflict) as trouble:
        return draw_person(request, person, giver, sent="het", trouble=trouble)
    return RedirectResponse(_back(typed, giver, "het"), SEE_OTHER)


def _wish(who: str, typed: Typed) -> AbsenceWish:
    return AbsenceWish(
        giver=PersonId(who),
        taker=typed.get("thay", ""),
        since=parse_day(typed.get("tu", "")),
        until=parse_day(typed.get("den", "")),
        instrument=typed.get("van_ban", ""),
        doc_types=tuple(one.strip() for one in typed.get("loai", "").split(",") if one.strip()),
        unit=typed.get("don_vi") or None,
        with_secret="mat" in typed,
    )


def _day_or_none(text: str) -> dt.date | None:
    return parse_day(text) if text.strip() else None


def _back(typed: Typed, who: str, done: str) -> str:
    page = guard.inside(typed["ve"]) if typed.get("ve") else person_address(who)
    return f"{page}?xong={done}"
