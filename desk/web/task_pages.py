"""The forms of a document's tasks: take or change, drop, report on, and a task added by hand.

Names of a form (all plain text): `viec` what is to be done, `ai` who has it, `ky` how often, `han` the day of
a task done once, `ngay_ky` the day in the period, `quy_tac` a rule; `ly_do` why it is dropped, `lan` which
occurrence was reported on, `thay` what was seen of the task.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web.answer import Typed, typed_form
from desk.web.document_page import SEE_OTHER, SentForm, address_of, draw_document
from desk.web.guard import allowed, desk_of, now_of
from desk.web.troubles import status_of
from documents.errors import Conflict, Missing, NoSuchDayOfTask, NoSuchDocument, NoSuchTask, Refused
from documents.people import Officer, PersonId
from documents.status import DocumentId
from documents.tasks import TaskNumber
from office.office import Office
from office.policy import Act
from office.tasks import drop_task, report_task, take_task
from office.typed import parse_day
from office.typed_task import TypedTime, add_task

router = APIRouter()

Doer = Annotated[Officer, Depends(allowed(Act.TAKE_TASK))]
PART = "phan-viec"
DEEDS = ("giao", "bo", "xong")
"""Take or change, drop, report on."""


@router.post("/van-ban/{document}/phan-viec")
def add(request: Request, person: Doer, document: str, form: SentForm) -> Response:
    """Give somebody a task that was not proposed."""
    typed = typed_form(form)
    desk, now = desk_of(request), now_of(request)
    here = desk.look_at_document(document, reader=person, now=now).row.record.id
    try:
        add_task(
            desk.office,
            here,
            typed.get("viec", ""),
            holder=PersonId(typed.get("ai", "")),
            time=_time(typed),
            by=person,
            now=now,
        )
    except (Refused, Conflict) as trouble:
        return _again(request, person, document, typed, PART, trouble)
    return RedirectResponse(f"{address_of(document)}?xong={PART}#{PART}", SEE_OTHER)


@router.post("/van-ban/{document}/phan-viec/{task}/{deed}")
def act_on(request: Request, person: Doer, document: str, task: int, deed: str, form: SentForm) -> Response:
    """Take, change, drop or report on a task; what was typed stays on the page when it cannot be done."""
    if deed not in DEEDS:
        raise NoSuchDocument(asked=f"{document}, {deed}")
    typed = typed_form(form)
    desk, now = desk_of(request), now_of(request)
    here = desk.look_at_document(document, reader=person, now=now).row.record.id
    try:
        _do(desk.office, deed, here, TaskNumber(task), typed, request, person)
    except (NoSuchTask, NoSuchDayOfTask) as trouble:
        return _again(request, person, document, typed, f"{PART}/{task}/{deed}", trouble)
    except Missing:
        raise
    except (Refused, Conflict) as trouble:
        return _again(request, person, document, typed, f"{PART}/{task}/{deed}", trouble)
    return RedirectResponse(f"{address_of(document)}?xong={PART}#{PART}", SEE_OTHER)


def _do(
    office: Office,
    deed: str,
    document: DocumentId,
    task: TaskNumber,
    typed: Typed,
    request: Request,
    person: Officer,
) -> None:
    now, seen = now_of(request), typed.get("thay", "")
    if deed == "giao":
        due, rule = _time(typed).read()
        holder = PersonId(typed.get("ai", ""))
        take_task(
            office, document, task, holder=holder, due=due, recurrence=rule, by=person, now=now, seen=seen
        )
    elif deed == "bo":
        drop_task(office, document, task, reason=typed.get("ly_do", ""), by=person, now=now, seen=seen)
    else:
        day = parse_day(typed["lan"]) if typed.get("lan") else None
        report_task(office, document, task, day=day, by=person, now=now, seen=seen)


def _time(typed: Typed) -> TypedTime:
    return TypedTime(
        period=typed.get("ky", ""),
        due=typed.get("han", ""),
        day=typed.get("ngay_ky", ""),
        rule=typed.get("quy_tac", ""),
    )


def _again(
    request: Request,
    person: Officer,
    document: str,
    typed: Typed,
    step: str,
    trouble: Refused | Conflict | Missing,
) -> Response:
    status = status_of(trouble)
    return draw_document(request, person, document, typed=typed, step=step, trouble=trouble, status=status)
