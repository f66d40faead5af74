"""The pages of work: a person's box, and the forms of their steps on a document's page.

Names of a step's form (all plain text): `thay` what was seen of the line, `noi_dung` the reason, direction,
note or result, `den` to whom, `han` a day, `so` number of the reply, `chac` the token of the doubts that one
insists on.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from desk.web.answer import typed_form
from desk.web.document_page import SEE_OTHER, SentForm, address_of, draw_document
from desk.web.guard import Person, desk_of, now_of
from desk.web.rendering import render
from desk.web.troubles import status_of
from desk.web.words import STEP_ADDRESS
from documents.errors import Conflict, Missing, NoSuchDocument, Refused
from documents.lines import LineNumber
from documents.status import DocumentId
from office.lines import OnLine
from office.steps import Said

router = APIRouter()
_STEPS = {address: step for step, address in STEP_ADDRESS.items()}


@router.get("/viec")
def work_box(request: Request, person: Person, xong: str = "") -> Response:
    """What the person has to do, what came back, what they are to know and to answer."""
    box = desk_of(request).work_box(person, now=now_of(request))
    return render(request, "work.html", box=box, just_done=xong)


@router.post("/van-ban/{document}/viec/{line}/{step}")
def take_step(
    request: Request, person: Person, document: str, line: int, step: str, form: SentForm
) -> Response:
    """Take a step of work; what was typed stays on the page when it cannot be done."""
    name = _STEPS.get(step)
    if name is None:
        raise NoSuchDocument(asked=f"{document}, {step}")
    typed = typed_form(form)
    on = OnLine(document=DocumentId(document), line=LineNumber(line), by=person, seen=typed.get("thay", ""))
    said = Said(
        to=typed.get("den", ""),
        text=typed.get("noi_dung", ""),
        due=typed.get("han", ""),
        reply=typed.get("so", ""),
        sure=typed.get("chac") or None,
    )
    try:
        desk_of(request).take_step(name, on, said, now=now_of(request))
    except Missing:
        raise
    except (Refused, Conflict) as trouble:
        return draw_document(
            request,
            person,
            document,
            typed=typed,
            step=f"{line}/{step}",
            trouble=trouble,
            status=status_of(trouble),
        )
    sees_it = desk_of(request).may_open(on.document, person, now=now_of(request))
    return RedirectResponse(f"{address_of(document) if sees_it else '/viec'}?xong=viec", SEE_OTHER)
