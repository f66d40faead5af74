"""Tiếp nhận: what waits, the longest waiting first, and the way to the next of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from desk.web.document_page import SEE_OTHER, address_of, registered_before
from desk.web.guard import MOST_FIELDS, UPLOADS, allowed, desk_of, now_of
from desk.web.rendering import render
from desk.web.troubles import status_of
from documents.errors import Refused, Trouble, Unavailable
from documents.people import Officer
from documents.status import DocumentId
from office.intake_queue import MOST_ROWS, Waits, intake_queue, next_waiting
from office.policy import Act
from office.upload import MOST_FILES, bring_in

router = APIRouter()

Receiver = Annotated[Officer, Depends(allowed(Act.SEE_INTAKE))]
Bringer = Annotated[Officer, Depends(allowed(Act.BRING_IN, 2 * MOST_FILES))]


async def _files(request: Request) -> FormData:
    """The form of the request as its rule has read it: the files wait on the disk."""
    return await request.form(max_files=2 * MOST_FILES, max_fields=MOST_FIELDS)


FilesForm = Annotated[FormData, Depends(_files)]


@router.get("/tiep-nhan")
def intake_page(
    request: Request, person: Receiver, loc: str = "", xong: str = "", vua: str = "", tai: int = 0
) -> Response:
    """What came in and is in no register yet; `loc` shows one kind only.

    `vua` was just registered; `tai` files were just brought in.
    """
    return _draw(request, person, loc=loc, just_done=xong, before=vua, brought=max(tai, 0))


@router.post(UPLOADS)
def upload(request: Request, person: Bringer, form: FilesForm) -> Response:
    """Lay the files of a form into the intake folder; those refused are named, each with its reason."""
    parts = [part for part in form.getlist("tep") if isinstance(part, UploadFile) and part.filename]
    try:
        brought = bring_in(
            desk_of(request).office,
            [(part.filename or "", part.file.read) for part in parts],
            by=person,
            now=now_of(request),
        )
    except (Refused, Unavailable) as trouble:
        return _draw(request, person, troubles=(trouble,), status=status_of(trouble))
    finally:
        for part in parts:
            part.file.close()
    if brought.refused:
        return _draw(
            request,
            person,
            brought=len(brought.names),
            troubles=brought.refused,
            status=status_of(brought.refused[0]),
        )
    return RedirectResponse(f"/tiep-nhan?tai={len(brought.names)}", SEE_OTHER)


def _draw(
    request: Request,
    person: Officer,
    *,
    loc: str = "",
    just_done: str = "",
    before: str = "",
    brought: int = 0,
    troubles: Sequence[Trouble] = (),
    status: int = 200,
) -> Response:
    only = Waits(loc) if loc in set(Waits) else None
    queue = intake_queue(desk_of(request).office, reader=person, only=only, now=now_of(request))
    return render(
        request,
        "intake.html",
        status=status,
        queue=queue,
        only=only,
        most=MOST_ROWS,
        just_done=just_done,
        before=registered_before(request, person, before),
        brought=brought,
        troubles=troubles,
        itself=f"/tiep-nhan?loc={only.value}" if only else "/tiep-nhan",
        most_files=MOST_FILES,
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
