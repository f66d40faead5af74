"""The routes of the API: each checks who asks, calls the office once or twice, and answers JSON."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import FileResponse, Response

from desk.api import shapes
from desk.api.rules import asks, desk_of, now_of
from documents.errors import NoSuchDocument
from documents.lines import LineNumber
from documents.status import DocumentId, Status
from office import queries, sight
from office.lines import OnLine, seen_of
from office.office import local_day
from office.policy import Act
from office.programs import Program, note_asked
from office.steps import Said, StepName, offers
from office.work_box import WorkItem, work_box

router = APIRouter(
    responses={code: {"model": shapes.Trouble} for code in (400, 401, 403, 404, 409, 411, 413, 422, 429, 503)}
)

Reader = Annotated[Program, Depends(asks(Act.SEE_OWN))]
Writer = Annotated[Program, Depends(asks(Act.SEE_OWN, writes=True))]
Watcher = Annotated[Program, Depends(asks(Act.SEE_STATE))]
Id = Annotated[str, Path(max_length=64, description="the id; by number: /documents?text=29/2012")]


@router.get("/documents")
def list_documents(
    request: Request,
    program: Reader,
    status: Status | None = None,
    text: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=shapes.MOST)] = 50,
    after: Annotated[str | None, Query(max_length=64)] = None,
) -> shapes.Documents:
    """Documents that the person may open, newest first; with `text` those that hold every word of it."""
    desk = desk_of(request)
    reach = sight.reach_of(desk.office, program.person, now=now_of(request))
    with desk.office.view() as view:
        if text.strip():
            found = [view.document(one) for one in view.search(text, limit, reach)]
            records = [r for r in found if status is None or r.status is status]
        else:
            records = list(view.documents(status, limit, DocumentId(after) if after else None, reach=reach))
        rows = [shapes.Document.model_validate(queries.document_json(view, r)) for r in records]
    more = len(rows) == limit and not text.strip()
    return shapes.Documents(documents=rows, next=rows[-1].id if more and rows else None)


@router.get("/documents/{document}")
def show_document(request: Request, program: Reader, document: Id) -> shapes.Document:
    """One document with its evidence, reasons and history; that it was opened is on record."""
    record = _opened(request, program, document, "open")
    with desk_of(request).office.view() as view:
        return shapes.Document.model_validate(queries.show_json(view, view.document(record)))


@router.get("/documents/{document}/why")
def why_there(request: Request, program: Reader, document: Id) -> shapes.Why:
    """Why a document is where it is, from the place on the paper to the rule and the person."""
    record = _opened(request, program, document, "open")
    with desk_of(request).office.view() as view:
        return shapes.Why.model_validate(queries.why_json(view, view.document(record)))


@router.get("/documents/{document}/file", response_class=Response)
def original_file(request: Request, program: Reader, document: Id) -> Response:
    """The file as it came."""
    record = _opened(request, program, document, "file")
    path, media_type, _ = desk_of(request).original_file(record, reader=program.person, now=now_of(request))
    if not path.exists():
        raise NoSuchDocument(asked=f"{document} (tệp gốc)")
    return FileResponse(path, media_type=media_type)


@router.get("/work")
def own_work(request: Request, program: Reader) -> shapes.WorkBox:
    """What the person has to do, what came back, what they are to know."""
    desk, now = desk_of(request), now_of(request)
    box = work_box(desk.office, program.person, now=now)
    return shapes.WorkBox(
        todo=_lines(request, program, box.todo),
        returned=_lines(request, program, box.returned),
        inform=_lines(request, program, box.inform),
    )


@router.post("/documents/{document}/lines/{line}/{step}", status_code=204)
def take_step(
    request: Request,
    program: Writer,
    document: Id,
    line: Annotated[int, Path(ge=1, le=10_000)],
    step: StepName,
    said: shapes.Step,
) -> None:
    """Take a step of work in the person's name; nothing changes when the line is not as it was seen."""
    desk, now = desk_of(request), now_of(request)
    with desk.office.view() as view:
        record = sight.find_document(view, document, program.person, now=now).id
    note_asked(desk.office, program, record, step.value, now=now)
    on = OnLine(document=record, line=LineNumber(line), by=program.person, seen=said.seen)
    desk.take_step(
        step,
        on,
        Said(to=said.to, text=said.text, due=said.due, reply=said.reply, sure=said.sure),
        now=now,
    )


@router.get("/state")
def state(request: Request, _: Watcher) -> shapes.State:
    """Who beat last, what waits, and the head of the audit."""
    found = desk_of(request).state_of_office(now_of(request))
    return shapes.State(
        heartbeats=dict(found.heartbeats),
        notices_waiting=found.notices_waiting,
        notices_given_up=found.notices_given_up,
        audit_count=found.audit_count,
        audit_head=found.audit_head,
        documents={status.value: count for status, count in found.documents.items()},
    )


def _opened(request: Request, program: Program, document: str, what: str) -> DocumentId:
    """The id of a document that the person may open; that the program asked for it is on record."""
    desk, now = desk_of(request), now_of(request)
    with desk.office.view() as view:
        record = sight.find_document(view, document, program.person, now=now).id
    note_asked(desk.office, program, record, what, now=now)
    return record


def _lines(request: Request, program: Program, items: tuple[WorkItem, ...]) -> list[shapes.Work]:
    desk, today = desk_of(request), local_day(now_of(request))
    with desk.office.view() as view:
        made: list[shapes.Work] = []
        for item in items:
            offer: Any = offers(view, item.record.id, program.person, on=today).get(item.line.line)
            made.append(
                shapes.Work(
                    document=item.record.id,
                    line=item.line.line,
                    role=item.line.role.value,
                    state=item.line.state.value,
                    number_symbol=item.number_symbol,
                    issuer=item.issuer,
                    subject=item.subject,
                    due=item.line.due,
                    days_left=item.days_left,
                    may=sorted(step.value for step in offer.steps) if offer else [],
                    seen=seen_of(item.line),
                )
            )
    return made
