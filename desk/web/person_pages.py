"""Danh bạ: one person.

Names of the forms as in `directory_pages`, and `ngay` last day, `lai` serves again, `da_xem` how many lines
were shown to move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web.answer import Typed, typed_form
from desk.web.complaints import complaint_of
from desk.web.directory_parts import choices_of, person_address, typed_duty, typed_list
from desk.web.document_page import SEE_OTHER, SentForm
from desk.web.guard import allowed, desk_of, may, now_of
from desk.web.rendering import render
from desk.web.troubles import status_of
from documents.errors import Conflict, Refused, Trouble
from documents.people import Officer
from office import directory, habits, staff
from office.absences import may_manage_absence
from office.directory import Held
from office.office import local_day
from office.policy import Act
from office.typed import parse_day

router = APIRouter()

Reader = Annotated[Officer, Depends(allowed(Act.SEE_PEOPLE))]
Manager = Annotated[Officer, Depends(allowed(Act.MANAGE_PEOPLE))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A delegation that is about to be ended sooner: after which day as typed, and what comes back."""

    number: int
    day: str
    moves: tuple[Held, ...]


@router.get("/danh-ba/nguoi/{who}")
def one_person(request: Request, person: Reader, who: str, xong: str = "") -> Response:
    """One person."""
    return draw_person(request, person, who, just_done=xong)


@router.post("/danh-ba/nguoi/{who}")
def change_person(request: Request, person: Manager, who: str, form: SentForm) -> Response:
    """Change a person."""
    typed = typed_form(form)
    change = staff.PersonChange(
        name=typed.get("ten", ""),
        duty=typed_duty(typed),
        unit=typed.get("don_vi", ""),
        email=typed.get("thu", ""),
        title=typed.get("chuc_vu", ""),
        aliases=typed_list(typed.get("bi_danh", "")),
    )
    try:
        staff.change_person(desk_of(request).office, who, change, by=person.id, now=now_of(request))
    except (Refused, Conflict) as trouble:
        return draw_person(request, person, who, typed=typed, sent="sua", trouble=trouble)
    return RedirectResponse(f"{person_address(who)}?xong=sua", SEE_OTHER)


@router.post("/danh-ba/nguoi/{who}/mat-khau")
def reset_password(request: Request, person: Manager, who: str) -> Response:
    """Make a one-time password; it is shown in the answer and nowhere else."""
    made = staff.set_password(desk_of(request).office, who, None, by=person.id, now=now_of(request))
    return draw_person(request, person, who, password=made)


@router.post("/danh-ba/nguoi/{who}/thoi-viec")
def leave(request: Request, person: Manager, who: str, form: SentForm) -> Response:
    """End a person's service after a day, once what moves has been seen; or open it again."""
    typed, office, now = typed_form(form), desk_of(request).office, now_of(request)
    try:
        if typed.get("lai"):
            staff.retire_person(office, who, None, by=person.id, now=now)
            return RedirectResponse(f"{person_address(who)}?xong=lai", SEE_OTHER)
        last_day = parse_day(typed.get("ngay", ""))
        leaving = directory.preview_leave(office, who, last_day, reader=person, now=now)
        if typed.get("da_xem") != str(len(leaving)):
            return draw_person(request, person, who, typed=typed, sent="thoi", leaving=leaving)
        staff.retire_person(office, who, last_day, anyway=True, by=person.id, now=now)
    except (Refused, Conflict) as trouble:
        return draw_person(request, person, who, typed=typed, sent="thoi", trouble=trouble)
    return RedirectResponse(f"{person_address(who)}?xong=thoi", SEE_OTHER)


def draw_person(
    request: Request,
    reader: Officer,
    who: str,
    *,
    typed: Typed | None = None,
    sent: str = "",
    trouble: Trouble | None = None,
    password: str | None = None,
    leaving: tuple[Held, ...] | None = None,
    preview: tuple[Held, ...] | None = None,
    ending: Ending | None = None,
    just_done: str = "",
) -> Response:
    """The page of a person; `preview`, `leaving` and `ending` are what would move, before it is recorded."""
    office, now = desk_of(request).office, now_of(request)
    view = directory.show_person(office, who, reader=reader, now=now)
    known = staff.list_people(office)
    return render(
        request,
        "person.html",
        status=status_of(trouble) if trouble else 200,
        view=view,
        offers=[one for one in habits.list_offers(office, now=now) if one.chosen == view.person.id],
        may_absent=may_manage_absence(reader, view.person, known),
        sees_work=reader.id == view.person.id or may(reader, Act.WATCH),
        complaint=complaint_of(trouble),
        typed=typed or {},
        sent=sent,
        password=password,
        leaving=leaving,
        preview=preview,
        ending=ending,
        just_done=just_done,
        **choices_of(known, today=local_day(now), but=view.person.id),
    )
