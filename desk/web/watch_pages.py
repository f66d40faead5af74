"""Giám sát: what is late, who has it, and how much everybody has."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from desk.web import guard, told, watch_words, words
from desk.web.guard import desk_of, now_of
from desk.web.rendering import language_of, render
from desk.web.tongue import speaking
from desk.web.watch_asking import PERIODS, Asking, asking_of, which_of
from desk.web.watch_tables import tables_of
from documents.errors import NoSuchDocument
from documents.people import Officer
from office import watch, watch_figures, watch_moves
from office.log import last_checked
from office.office import names_of
from office.policy import Act
from office.watch import Kind, Which
from office.watch_xlsx import workbook

router = APIRouter()

Watcher = Annotated[Officer, Depends(guard.allowed(Act.WATCH))]
Exporter = Annotated[Officer, Depends(guard.allowed(Act.EXPORT_BOOK))]

FEW, FEW_MOVES, MANY = 8, 8, 12
"""Rows of a list that the first page shows itself."""
PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/giam-sat")
def overview(request: Request, person: Watcher) -> Response:
    """Everything at a glance; every figure leads to the documents it counts."""
    asking, office, now = _asking(request), desk_of(request).office, now_of(request)
    with office.view() as view:
        seen = watch.load(view, person, asking.ask, now=now, readings=True)
        late = watch.lines_chosen(seen, Which(kind=Kind.OVERDUE))
        soon = watch.lines_chosen(seen, Which(kind=Kind.SOON))
        recent = watch_moves.load_moves(view, person, asking.ask, now=now)[:FEW_MOVES]
        return render(
            request,
            "watch.html",
            **_common(asking, seen, person),
            counts={kind: watch_figures.count(seen, kind) for kind in Kind},
            late=watch.describe(view, late[:FEW]),
            soon=watch.describe(view, soon[:FEW]),
            people=watch_figures.loads_of_people(seen),
            many=MANY,
            unit_loads=watch_figures.loads_of_units(seen),
            waits=watch_figures.waits(seen),
            hands=watch_figures.hands(seen),
            moves=recent,
            captions=watch.name_documents(view, {move.document for move in recent}),
            log=last_checked(view) if guard.may(person, Act.SEE_LOG) else None,
        )


@router.get("/giam-sat/van-ban")
def documents(request: Request, person: Watcher) -> Response:
    """The documents that a figure counts: as many rows as it says."""
    query = dict(request.query_params)
    asking, which = _asking(request), which_of(query)
    if which is None:
        raise NoSuchDocument(asked=query.get("muc", ""))
    with desk_of(request).office.view() as view:
        seen = watch.load(
            view, person, asking.ask, now=now_of(request), readings=which.kind in watch.OF_READINGS
        )
        found = watch.chosen(seen, which)
        page, pages = _page(query, len(found))
        return render(
            request,
            "watch_list.html",
            **_common(asking, seen, person),
            which=which,
            total=len(found),
            page=page,
            pages=pages,
            rows=watch.describe(view, found[(page - 1) * PAGE : page * PAGE]),
        )


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


def _page(query: dict[str, str], total: int) -> tuple[int, int]:
    """Which page of a list was asked for, and how many there are."""
    pages = max(-(-total // PAGE), 1)
    asked = query.get("trang", "1")
    return (min(max(int(asked), 1), pages) if asked.isascii() and asked.isdecimal() else 1), pages
