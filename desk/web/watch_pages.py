"""Giám sát: what is late, who has it, and how much everybody has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web import guard, told, watch_words, words
from desk.web.guard import desk_of, now_of
from desk.web.rendering import language_of, render
from desk.web.tongue import speaking
from desk.web.troubles import status_of
from desk.web.watch_asking import PERIODS, Asking, asking_of, which_of
from desk.web.watch_tables import tables_of
from documents.errors import Conflict, NoSuchDocument
from documents.lines import LineNumber
from documents.people import Officer
from documents.status import DocumentId
from office import watch, watch_figures, watch_moves
from office.log import last_checked
from office.nudge import nudge, nudged_today
from office.office import names_of
from office.policy import Act
from office.watch import Kind, OpenLine, Which
from office.watch_xlsx import workbook

router = APIRouter()

Watcher = Annotated[Officer, Depends(guard.allowed(Act.WATCH))]
Reminder = Annotated[Officer, Depends(guard.allowed(Act.REMIND))]
Exporter = Annotated[Officer, Depends(guard.allowed(Act.EXPORT_BOOK))]

FEW, FEW_MOVES, MANY = 8, 8, 12
"""Rows of a list that the first page shows itself."""
PAGE = 100
SEE_OTHER = 303
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/giam-sat")
def overview(request: Request, person: Watcher) -> Response:
    """Everything at a glance; every figure leads to the documents it counts."""
    return _draw_overview(request, person)


@router.get("/giam-sat/van-ban")
def documents(request: Request, person: Watcher) -> Response:
    """The documents that a figure counts: as many rows as it says."""
    query = dict(request.query_params)
    which = which_of(query)
    if which is None:
        raise NoSuchDocument(asked=query.get("muc", ""))
    return _draw_list(request, person, which)


@router.post("/giam-sat/nhac/{document}/{line}")
def remind(request: Request, person: Reminder, document: str, line: int) -> Response:
    """Remind whoever holds a line, and come back to the page that the button stood on."""
    which = which_of(dict(request.query_params))
    try:
        nudge(desk_of(request).office, DocumentId(document), LineNumber(line), by=person, now=now_of(request))
    except Conflict as trouble:
        if which is None:
            return _draw_overview(request, person, trouble)
        return _draw_list(request, person, which, trouble)
    page = _asking(request)
    back = page.list_as(which, _page_asked(request)) if which else page.at("/giam-sat")
    return RedirectResponse(f"{back}&xong=nhac", SEE_OTHER)


def _draw_overview(request: Request, person: Officer, trouble: Conflict | None = None) -> Response:
    asking, office, now = _asking(request), desk_of(request).office, now_of(request)
    with office.view() as view:
        seen = watch.load(view, person, asking.ask, now=now, readings=True)
        late = watch.lines_chosen(seen, Which(kind=Kind.OVERDUE))[:FEW]
        soon = watch.lines_chosen(seen, Which(kind=Kind.SOON))[:FEW]
        recent = watch_moves.load_moves(view, person, asking.ask, now=now)[:FEW_MOVES]
        return render(
            request,
            "watch.html",
            status=status_of(trouble) if trouble else 200,
            **_common(asking, seen, person),
            **_nudging(request, view, (*late, *soon), seen, trouble, asking.at("/giam-sat/nhac")),
            itself=asking.at("/giam-sat"),
            counts={kind: watch_figures.count(seen, kind) for kind in Kind},
            late=watch.describe(view, late),
            soon=watch.describe(view, soon),
            people=watch_figures.loads_of_people(seen),
            many=MANY,
            unit_loads=watch_figures.loads_of_units(seen),
            waits=watch_figures.waits(seen),
            hands=watch_figures.hands(seen),
            moves=recent,
            captions=watch.name_documents(view, {move.document for move in recent}),
            log=last_checked(view) if guard.may(person, Act.SEE_LOG) else None,
        )


def _draw_list(request: Request, person: Officer, which: Which, trouble: Conflict | None = None) -> Response:
    query, asking = dict(request.query_params), _asking(request)
    with desk_of(request).office.view() as view:
        seen = watch.load(
            view, person, asking.ask, now=now_of(request), readings=which.kind in watch.OF_READINGS
        )
        found = watch.chosen(seen, which)
        page, pages = _page(query, len(found))
        shown = found[(page - 1) * PAGE : page * PAGE]
        lines = [one for one in shown if isinstance(one, OpenLine)]
        here = asking.list_as(which, page, "/giam-sat/nhac")
        return render(
            request,
            "watch_list.html",
            status=status_of(trouble) if trouble else 200,
            **_common(asking, seen, person),
            **_nudging(request, view, lines, seen, trouble, here),
            which=which,
            total=len(found),
            page=page,
            pages=pages,
            rows=watch.describe(view, shown),
        )


def _nudging(
    request: Request,
    view: Any,
    lines: Iterable[OpenLine],
    seen: watch.Watched,
    trouble: Conflict | None,
    address: str,
) -> dict[str, Any]:
    """What the buttons that remind need: who was reminded today, where they send, what just came of one."""
    path, _, query = address.partition("?")
    return {
        "nudged": nudged_today(view, {one.document for one in lines}, today=seen.today),
        "nudge_at": path,
        "nudge_query": query,
        "just_nudged": request.query_params.get("xong") == "nhac",
        "trouble": trouble,
    }


@router.get("/giam-sat/luan-chuyen")
def routing(request: Request, person: Watcher) -> Response:
    """Who was given what, moved by whom, when and why."""
    query = dict(request.query_params)
    asking, office, who = _asking(request), desk_of(request).office, query.get("cua", "")
    with office.view() as view:
        seen = watch.load(view, person, asking.ask, now=now_of(request), readings=False)
        found = watch_moves.load_moves(view, person, asking.ask, person=who, now=now_of(request))
        page, pages = _page(query, len(found))
        shown = found[(page - 1) * PAGE : page * PAGE]
        return render(
            request,
            "watch_moves.html",
            **_common(asking, seen, person),
            who_asked=who,
            people=sorted(seen.directory.people, key=lambda one: one.name),
            total=len(found),
            most=watch_moves.MOST_LINES,
            page=page,
            pages=pages,
            moves=shown,
            captions=watch.name_documents(view, {move.document for move in shown}),
        )


@router.get("/giam-sat/xlsx")
def export(request: Request, person: Exporter) -> Response:
    """The same figures and lists as a workbook."""
    asking, now = _asking(request), now_of(request)
    with desk_of(request).office.view() as view:
        seen = watch.load(view, person, asking.ask, now=now, readings=True)
        recent = watch_moves.load_moves(view, person, asking.ask, now=now)
        with speaking(language_of(request)):
            made = workbook(tables_of(view, seen, recent), made_at=words.local(now))
    name = f"giam-sat-{words.local(now):%Y-%m-%d}.xlsx"
    return Response(made, media_type=XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})


def _asking(request: Request) -> Asking:
    return asking_of(dict(request.query_params), words.local(now_of(request)).date())


def _common(asking: Asking, seen: watch.Watched, person: Officer) -> dict[str, Any]:
    names = names_of(seen.directory)
    units = {str(unit): names[str(unit)] for unit in watch.lead_units(person, seen.directory)}
    return {
        "asking": asking,
        "ask": asking.ask,
        "seen": seen,
        "units": units,
        "names": names,
        "periods": PERIODS,
        "Kind": Kind,
        "w": watch_words,
        "nobody": watch.NOBODY,
        "who": told.who,
    }


def _page_asked(request: Request) -> int:
    asked = request.query_params.get("trang", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0


def _page(query: dict[str, str], total: int) -> tuple[int, int]:
    """Which page of a list was asked for, and how many there are."""
    pages = max(-(-total // PAGE), 1)
    asked = query.get("trang", "1")
    return (min(max(int(asked), 1), pages) if asked.isascii() and asked.isdecimal() else 1), pages
