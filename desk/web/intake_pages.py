"""Tiếp nhận: what waits, the longest waiting first, and the way to the next of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from desk.web.document_page import SEE_OTHER, address_of
from desk.web.guard import allowed, desk_of, now_of
from desk.web.rendering import render
from documents.people import Officer
from documents.status import DocumentId
from office.intake_queue import MOST_ROWS, Waits, intake_queue, next_waiting
from office.policy import Act

router = APIRouter()

Receiver = Annotated[Officer, Depends(allowed(Act.SEE_INTAKE))]


@router.get("/tiep-nhan")
def intake_page(request: Request, person: Receiver, loc: str = "", xong: str = "") -> Response:
    """What came in and is in no register yet; `loc` shows one kind only."""
    only = Waits(loc) if loc in set(Waits) else None
    queue = intake_queue(desk_of(request).office, reader=person, only=only, now=now_of(request))
    return render(request, "intake.html", queue=queue, only=only, most=MOST_ROWS, just_done=xong)


@router.get("/tiep-nhan/ke-tiep")
def next_page(request: Request, person: Receiver, sau: Annotated[str, Query()] = "") -> Response:
    """Open the next document that waits, after `sau` when it is given; the list when there is none."""
    found = next_waiting(
        desk_of(request).office, reader=person, after=DocumentId(sau) if sau else None, now=now_of(request)
    )
    return RedirectResponse(address_of(found) if found else "/tiep-nhan?xong=het", SEE_OTHER)
