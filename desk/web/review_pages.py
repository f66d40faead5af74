"""The clerk's desk of one document: what would happen, register, have a place on the paper read again."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from desk.web import answer, showing
from desk.web.document_page import SEE_OTHER, SentForm, address_of, draw_document
from desk.web.guard import Clerk, desk_of, now_of
from desk.web.planned import Plan, foreseen_plan
from desk.web.rendering import render
from desk.web.troubles import status_of
from documents.errors import Conflict, Missing, Refused
from documents.reading import FieldName
from office.foresee import foresee
from office.phrase import Phrase
from office.presence import stay
from office.reread import BadRegion, parse_region, read_into_field

router = APIRouter()


@router.post("/van-ban/{document}/vao-so")
def register(request: Request, person: Clerk, document: str, form: SentForm) -> Response:
    """Register and pass on, then lead on to the next; what was typed stays when it cannot be done."""
    desk, now = desk_of(request), now_of(request)
    typed = answer.typed_form(form)
    view = desk.open_document(document, reader=person, now=now)
    here = view.row.record.id
    try:
        said = answer.answer_of(typed, showing.show_form_fields(view))
        entry = desk.confirm_document(here, by=person, answer=said, now=now)
    except Missing:
        raise
    except (Refused, Conflict) as trouble:
        return draw_document(
            request, person, document, typed=typed, trouble=trouble, status=status_of(trouble)
        )
    if entry is None:
        return RedirectResponse(f"{address_of(here)}?xong=niem", SEE_OTHER)
    return RedirectResponse(f"/tiep-nhan/ke-tiep?vua={quote(here, safe='')}", SEE_OTHER)


@router.post("/van-ban/{document}/se-chuyen")
def foreseen(request: Request, person: Clerk, document: str, form: SentForm) -> Response:
    """The panel that says what registering would do with the form as it stands; nothing is written."""
    desk, now = desk_of(request), now_of(request)
    view = desk.look_at_document(document, reader=person, now=now)
    try:
        said = answer.answer_of(answer.typed_form(form), showing.show_form_fields(view))
        foresight = foresee(desk.office, view.row.record.id, by=person, answer=said, now=now)
        plan = foreseen_plan(foresight, view)
    except Missing:
        raise
    except (Refused, Conflict) as trouble:
        plan = Plan(lines=(), trouble=trouble)
    return render(request, "foresight.html", plan=plan)


@router.post("/van-ban/{document}/doc-vung")
def read_place(request: Request, person: Clerk, document: str, form: SentForm) -> Response:
    """Read a place on the page into a field; the whole form comes back as it was, with that value in it."""
    desk, now = desk_of(request), now_of(request)
    typed = answer.typed_form(form)
    view = desk.look_at_document(document, reader=person, now=now)
    asked = typed.get("vung.o", "")
    try:
        if asked not in set(showing.FORM_FIELDS):
            raise BadRegion(why=Phrase("không có ô đó trong mẫu"))
        region = {name.removeprefix("vung."): one for name, one in typed.items() if name.startswith("vung.")}
        page, box = parse_region(region)
        field, here = FieldName(asked), view.row.record.id
        value = read_into_field(desk.office, here, field, page, box, by=person, now=now)
    except Missing:
        raise
    except (Refused, Conflict) as trouble:
        return draw_document(
            request, person, document, typed=typed, trouble=trouble, status=status_of(trouble)
        )
    return draw_document(request, person, document, typed={**typed, f"o.{asked}": value}, just_done="vung")


@router.post("/van-ban/{document}/dang-mo")
def stay_open(request: Request, person: Clerk, document: str) -> Response:
    """The page is still open with this person: who else has it open too."""
    desk, now = desk_of(request), now_of(request)
    view = desk.look_at_document(document, reader=person, now=now)
    others = stay(desk.office, view.row.record.id, person, now=now)
    return render(request, "others.html", view=replace(view, others=others))
