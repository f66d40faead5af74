"""Tiếp nhận: what waits, the longest waiting first, and the way to the next of them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web.document_page import SEE_OTHER, address_of, registered_before
from desk.web.guard import allowed, desk_of, now_of
from desk.web.rendering import render
from documents.people import Officer
from documents.status import DocumentId
from office.intake_queue import MOST_ROWS, Waits, intake_queue, next_waiting
from office.policy import Act

router = APIRouter()

Receiver = Annotated[Officer, Depends(allowed(Act.SEE_INTAKE))]


@router.get("/tiep-nhan")
def intake_page(request: Request, person: Receiver, loc: str = "", xong: str = "", vua: str = "") -> Response:
    """What came in and is in no register yet; `loc` shows one kind only, `vua` was just registered."""
    only = Waits(loc) if loc in set(Waits) else None
    queue = intake_queue(desk_of(request).office, reader=person, only=only, now=now_of(request))
    return render(
        request,
        "intake.html",
        queue=queue,
        only=only,
        most=MOST_ROWS,
        just_done=xong,
        before=registered_before(request, person, vua),
    )


@router.get("/tiep-nhan/ke-tiep")
def next_page(request: Request, person: Receiver, sau: str = "", vua: str = "") -> Response:
    """Open the next document that waits; the list when there is none.

    `sau` was put off: the one after it is opened. `vua` was just registered: the oldest is opened, and its
    page says so.
    """
    found = next_waiting(
        desk_of(request).office, reader=person, after=DocumentId(sau) if sau else None, now=now_of(request)
    )
    said = f"?vua={quote(vua, safe='')}" if vua else ""
    if found:
        return RedirectResponse(f"{address_of(found)}{said}", SEE_OTHER)
    return RedirectResponse(f"/tiep-nhan{said or '?xong=het'}", SEE_OTHER)
