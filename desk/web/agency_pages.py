"""Danh bạ: issuing agencies of the office's own, beside those that the software knows.

Names of the forms: `ten` full name, `tat` short name, `tren` the body above, `tu` and `den` days, `thay` what
was seen of the agency.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web.answer import Typed, typed_form
from desk.web.complaints import complaint_of
from desk.web.document_page import SEE_OTHER, SentForm
from desk.web.guard import allowed, desk_of, now_of
from desk.web.rendering import render
from desk.web.troubles import status_of
from documents.agencies import AgencyId
from documents.errors import Conflict, Missing, Refused, Trouble
from documents.people import Officer
from documents.text import fold
from office.agencies import (
    TypedAgency,
    add_agency,
    agencies_known,
    agency_seen,
    change_agency,
    list_agencies,
)
from office.office import local_day
from office.policy import Act

router = APIRouter()

Reader = Annotated[Officer, Depends(allowed(Act.SEE_PEOPLE))]
Manager = Annotated[Officer, Depends(allowed(Act.MANAGE_PEOPLE))]

PAGE = "/danh-ba/co-quan"
FEW = 30
"""Agencies of the software that a search shows; a longer list is a search too short."""


@router.get(PAGE)
def agencies(request: Request, _: Reader, loc: str = "", xong: str = "") -> Response:
    """The office's own agencies, and what the software knows by the name looked for."""
    return _draw(request, wanted=loc.strip()[:100], just_done=xong)


@router.post(PAGE)
def add(request: Request, person: Manager, form: SentForm) -> Response:
    """Enter an agency."""
    typed = typed_form(form)
    try:
        add_agency(desk_of(request).office, _typed(typed), by=person, now=now_of(request))
    except (Refused, Conflict) as trouble:
        return _draw(request, typed=typed, sent="moi", trouble=trouble)
    return RedirectResponse(f"{PAGE}?xong=them", SEE_OTHER)


@router.post(PAGE + "/{agency}")
def change(request: Request, person: Manager, agency: int, form: SentForm) -> Response:
    """Change an agency, or say its last day."""
    typed = typed_form(form)
    try:
        change_agency(
            desk_of(request).office,
            AgencyId(agency),
            _typed(typed),
            seen=typed.get("thay", ""),
            by=person,
            now=now_of(request),
        )
    except Missing:
        raise
    except (Refused, Conflict) as trouble:
        return _draw(request, typed=typed, sent=str(agency), trouble=trouble)
    return RedirectResponse(f"{PAGE}?xong=sua#cq-{agency}", SEE_OTHER)


def _typed(typed: Typed) -> TypedAgency:
    return TypedAgency(
        name=typed.get("ten", ""),
        abbreviation=typed.get("tat", ""),
        parent=typed.get("tren", ""),
        since=typed.get("tu", ""),
        until=typed.get("den", ""),
    )


def _draw(
    request: Request,
    *,
    wanted: str = "",
    typed: Typed | None = None,
    sent: str = "",
    trouble: Trouble | None = None,
    just_done: str = "",
) -> Response:
    office, today = desk_of(request).office, local_day(now_of(request))
    own = list_agencies(office)
    known = agencies_known(office).agencies[len(own) :]
    found = [one for one in known if fold(wanted) in fold(f"{one.name} {one.abbreviation}")] if wanted else []
    return render(
        request,
        "agencies.html",
        status=status_of(trouble) if trouble else 200,
        own=[one for one in own if fold(wanted) in fold(f"{one.name} {one.abbreviation}")],
        count=len(own),
        packaged=len(known),
        found=found[:FEW],
        found_count=len(found),
        wanted=wanted,
        seen=agency_seen,
        today=today,
        complaint=complaint_of(trouble),
        typed=typed or {},
        sent=sent,
        just_done=just_done,
    )
