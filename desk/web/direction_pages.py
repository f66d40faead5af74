"""The form of a leader's direction on a document's page: first shown, then recorded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web import directed
from desk.web.answer import typed_form
from desk.web.document_page import SEE_OTHER, SentForm, address_of, draw_document
from desk.web.guard import allowed, desk_of, now_of
from desk.web.troubles import status_of
from documents.errors import Conflict, Missing, Refused
from documents.people import Duty, Officer, PersonId
from office.direction import give_direction
from office.foresee_direction import foresee_direction
from office.policy import Act

router = APIRouter()

FORM = "chi-dao"
CONFLICT = 409


@router.post("/van-ban/{document}/chi-dao")
def direct(
    request: Request,
    person: Annotated[Officer, Depends(allowed(Act.GIVE_DIRECTION))],
    document: str,
    form: SentForm,
) -> Response:
    """Show what a direction would do; record it only when that is just what was shown before."""
    desk, now = desk_of(request), now_of(request)
    typed = typed_form(form)
    view = desk.look_at_document(document, reader=person, now=now)
    here, text = view.row.record.id, typed.get("y_kien", "")
    answers = directed.answers_of(typed)
    lead, chosen = answers.get(directed.LEAD), directed.chosen_of(answers)
    said_by = person.id if person.duty is Duty.LEADER else PersonId(typed.get("cua", ""))
    records = typed.get("buoc") == "ghi"
    try:
        foreseen = foresee_direction(
            desk.office, here, text, said_by=said_by, by=person, now=now, lead=lead, chosen=chosen
        )
        is_as_shown = bool(foreseen.lines) and typed.get("thay") == foreseen.seen
        if records and is_as_shown and typed.get("chac", "") == foreseen.sure:
            give_direction(
                desk.office,
                here,
                text,
                said_by=said_by,
                by=person,
                now=now,
                lead=lead,
                chosen=chosen,
                sure=foreseen.sure,
                seen=foreseen.seen,
            )
            return RedirectResponse(f"{address_of(document)}?xong={FORM}", SEE_OTHER)
    except Missing:
        raise
    except (Refused, Conflict) as trouble:
        return draw_document(
            request, person, document, typed=typed, step=FORM, trouble=trouble, status=status_of(trouble)
        )
    return draw_document(
        request,
        person,
        document,
        typed=typed,
        step=FORM,
        status=CONFLICT if records else 200,
        direction=directed.show_direction(foreseen, view, answers, is_other=records and not is_as_shown),
    )
