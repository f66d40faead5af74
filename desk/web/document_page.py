"""The page of one document, drawn for whoever opened it and for every form on it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from desk.web import answer, directed, guard, planned, reasons, showing, task_words, told, tongue
from desk.web.complaints import complaint_of
from desk.web.directed import ShownDirection
from desk.web.guard import desk_of, now_of
from desk.web.rendering import language_of, render
from documents.errors import Missing, NotAllowed, Trouble
from documents.people import Officer
from documents.status import Status
from office.office import local_day
from office.views import DocumentRow

MOST_ROWS = 200
SEE_OTHER = 303


async def _form(request: Request) -> FormData:
    """The form of the request: text only, no more parts than a review can have."""
    return await request.form(max_files=0, max_fields=200)


SentForm = Annotated[FormData, Depends(_form)]


def draw_document(
    request: Request,
    person: Officer,
    document: str,
    *,
    typed: answer.Typed | None = None,
    step: str = "",
    trouble: Trouble | None = None,
    status: int = 200,
    just_done: str = "",
    before: str = "",
    direction: ShownDirection | None = None,
) -> Response:
    """The page of a document.

    Args:
        request: What is answered.
        person: Who looks.
        document: Its id or number.
        typed: A form that was sent and could not be done: shown again as it was.
        step: Whose form that was: the line and step of a step of work (`3/tra-lai`), else the review's.
        trouble: Why it could not be done.
        status: The HTTP status.
        just_done: What was done just before.
        before: The document that was registered just before.
        direction: What a leader's direction would do, when it was asked for.
    """
    view = desk_of(request).open_document(document, reader=person, now=now_of(request))
    today = local_day(now_of(request))
    in_charge = guard.may_register(person)
    in_review = in_charge and view.row.record.status is Status.REVIEW
    with tongue.speaking(language_of(request)):
        fields = showing.show_fields(view)
        return render(
            request,
            "document.html",
            status=status,
            view=view,
            record=view.row.record,
            pages=showing.show_pages(view),
            fields=[f for f in fields if f.name not in showing.FORM_FIELDS] if in_review else fields,
            form_fields=showing.show_form_fields(view) if in_review else (),
            recipients=showing.show_recipients(view) if in_review else (),
            lead_question=showing.lead_question(view),
            everybody=tuple(showing.everybody(view.people, view.units).values()),
            workers=tuple(showing.everybody(showing.workers(view.people), view.units).values()),
            history=told.tell(view.history, view.names),
            reasons=reasons.show_reasons(view),
            ground=reasons.GROUND,
            typed=typed,
            step=step,
            trouble=trouble,
            plan=planned.proposed_plan(view),
            direction=direction,
            complaint=complaint_of(trouble),
            tasks=task_words.show_tasks(
                view.tasks, person, desk_of(request).office if view.tasks else None, today=today
            ),
            may_act_on_tasks=task_words.may_add(person, view.row.record.status),
            periods=task_words.PERIOD,
            own_people=task_words.whom_to_give(view.people, person, today),
            leaders=directed.leaders_of(view, today),
            just_done=just_done,
            before=registered_before(request, person, before),
            next_waiting=oldest_waiting(waiting(request, person)) if just_done and in_charge else None,
        )


def registered_before(request: Request, person: Officer, document: str) -> DocumentRow | None:
    """The document that was registered just before, for a line that says so; None when there is none."""
    if not document:
        return None
    try:
        view = desk_of(request).look_at_document(document, reader=person, now=now_of(request))
    except (Missing, NotAllowed):
        return None
    return view.row if view.row.record.entry else None


def waiting(request: Request, person: Officer) -> tuple[DocumentRow, ...]:
    """Documents that wait for the clerk."""
    return desk_of(request).list_rows(
        reader=person, status=Status.REVIEW, text="", limit=MOST_ROWS, now=now_of(request)
    )


def oldest_waiting(rows: tuple[DocumentRow, ...]) -> DocumentRow | None:
    """Of documents the one that has waited for the clerk longest."""
    found = (row for row in rows if row.record.status is Status.REVIEW)
    return min(found, key=lambda row: row.record.received_at, default=None)


def address_of(document: str) -> str:
    """The address of a document's page."""
    return f"/van-ban/{quote(document, safe='')}"
