"""Sổ đến: find, print and export the register.

What is asked for stands in the address, so that a page can be kept and sent: `tim` words, `tu` and `den` days
of arrival, `tac-gia`, `loai`, `nguoi` (a person's id or `unit:` and a unit's), `khan`, `viec`, `qua-han`,
`truoc` (paging).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web import words
from desk.web.guard import allowed, desk_of, now_of
from desk.web.rendering import render
from desk.web.tongue import Said
from desk.web.troubles import status_of
from documents.errors import BadDate, NoSuchDocument
from documents.people import Officer, PersonId, UnitId
from documents.register import LineKind, RegisterAsk
from documents.wording import URGENCIES
from office.book_export import Form, export_book
from office.office import local_day
from office.policy import Act
from office.register_figures import MOST_LINES, Outcome, register_figures
from office.register_list import register_page
from office.slips import handover_sheet, routing_slip
from office.typed import parse_day

router = APIRouter()
Reader = Annotated[Officer, Depends(allowed(Act.SEE_BOOK))]
Exporter = Annotated[Officer, Depends(allowed(Act.EXPORT_BOOK))]

KIND: Said[LineKind] = Said(
    {
        LineKind.OPEN: "Chưa xong",
        LineKind.DONE: "Đã xong",
        LineKind.CANCELLED: "Số đã huỷ",
        LineKind.HELD: "Số giữ chỗ",
    }
)
OUTCOME: Said[Outcome] = Said(
    {
        Outcome.IN_TIME: "Xong đúng hạn",
        Outcome.LATE: "Xong trễ",
        Outcome.IN_HAND: "Còn hạn",
        Outcome.OVERDUE: "Quá hạn",
        Outcome.NO_DUE: "Không có hạn",
    }
)
_ASKED = ("tim", "tu", "den", "tac-gia", "loai", "nguoi", "viec", "khan", "qua-han")
_MOST_TYPED = 200
_MEDIA_TYPES = {
    Form.PDF: "application/pdf",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/so-den")
def this_years_book(request: Request, _: Reader) -> Response:
    """The register of this year by the clock of Vietnam."""
    return RedirectResponse(f"/so-den/{words.local(now_of(request)).year}", 303)


@router.get("/so-den/{year}")
def book(request: Request, person: Reader, year: int) -> Response:
    """The lines of the register that were asked for, the newest first, a page at a time."""
    require_year(year)
    typed = {name: request.query_params.get(name, "").strip()[:_MOST_TYPED] for name in _ASKED}
    now, trouble = now_of(request), None
    try:
        ask = _ask_of(year, typed, request.query_params.get("truoc", ""), today=local_day(now))
    except BadDate as error:
        trouble = error
        ask = _ask_of(year, {**typed, "tu": "", "den": ""}, "", today=local_day(now))
    office = desk_of(request).office
    page = register_page(office, ask, reader=person, now=now)
    kept = {name: value for name, value in typed.items() if value}

    def here(**changed: str | int | None) -> str:
        """This page with other questions; one that is None is asked no more."""
        asked = {
            k: v for k, v in {**kept, **{n.replace("_", "-"): v for n, v in changed.items()}}.items() if v
        }
        return f"/so-den/{year}" + (f"?{urlencode(asked)}" if asked else "")

    return render(
        request,
        "register.html",
        status=status_of(trouble) if trouble else 200,
        trouble=trouble,
        year=year,
        page=page,
        typed=typed,
        kept=kept,
        link=here,
        is_first=ask.before is None,
        today=local_day(now),
        kinds=KIND,
        urgencies=URGENCIES,
    )


@router.get("/so-den/{year}/so.{form}")
def exported(request: Request, person: Exporter, year: int, form: str) -> Response:
    """The register in its legal form as a file to keep; that it was taken is on record."""
    require_year(year)
    if form not in set(Form):
        raise NoSuchDocument(asked=f"sổ năm {year}, {form}")
    made = export_book(desk_of(request).office, year, Form(form), by=person, now=now_of(request))
    return as_file(made, f"so-den-{year}.{form}", _MEDIA_TYPES[Form(form)])


@router.get("/so-den/{year}/chuyen-giao")
def handed_over(request: Request, person: Exporter, year: int, tu: str = "", den: str = "") -> Response:
    """The hand-over sheet of what arrived on these days, today unless said."""
    require_year(year)
    now = now_of(request)
    since = parse_day(tu) if tu else local_day(now)
    ask = RegisterAsk(year=year, since=since, until=parse_day(den) if den else since)
    made = handover_sheet(desk_of(request).office, ask, by=person, now=now)
    return as_file(made, f"chuyen-giao-{since:%Y-%m-%d}.pdf", _MEDIA_TYPES[Form.PDF])


@router.get("/van-ban/{document}/phieu")
def slip(request: Request, person: Reader, document: str) -> Response:
    """The slip of one document (phiếu giải quyết văn bản đến), for whoever may open it."""
    made = routing_slip(desk_of(request).office, document, by=person, now=now_of(request))
    return as_file(made, f"phieu-giai-quyet-{document}.pdf", _MEDIA_TYPES[Form.PDF])


@router.get("/so-den/{year}/thong-ke")
def figures(request: Request, person: Exporter, year: int, tu: str = "", den: str = "") -> Response:
    """What came in over some days, and how much of it was done in time; this month unless said."""
    require_year(year)
    now, trouble = now_of(request), None
    today = local_day(now)
    is_now = today.year == year
    since, until = (today.replace(day=1), today) if is_now else (dt.date(year, 1, 1), dt.date(year, 12, 31))
    try:
        since = parse_day(tu) if tu else since
        until = parse_day(den) if den else until
    except BadDate as error:
        trouble = error
    ask = RegisterAsk(year=year, since=since, until=until)
    return render(
        request,
        "register_figures.html",
        status=status_of(trouble) if trouble else 200,
        trouble=trouble,
        year=year,
        since=since,
        until=until,
        typed={"tu": tu or words.day(since), "den": den or words.day(until)},
        figures=register_figures(desk_of(request).office, ask, reader=person, now=now),
        outcomes=OUTCOME,
        most=MOST_LINES,
    )


def as_file(made: bytes, name: str, media_type: str) -> Response:
    """A file to keep, never shown inside the desk."""
    response = Response(made, media_type=media_type)
    response.headers["content-disposition"] = f'attachment; filename="{name}"'
    return response


def require_year(year: int) -> None:
    """Refuse what is no year.

    Raises:
        NoSuchDocument: there can be no register of that year.
    """
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise NoSuchDocument(asked=f"sổ năm {year}")


def _ask_of(year: int, typed: Mapping[str, str], before: str, *, today: dt.date) -> RegisterAsk:
    """What the address asks for; what means nothing narrows nothing.

    Raises:
        BadDate: a day cannot be understood.
    """
    whom = typed["nguoi"]
    unit = whom.removeprefix("unit:") if whom.startswith("unit:") else ""
    return RegisterAsk(
        year=year,
        text=typed["tim"],
        since=parse_day(typed["tu"]) if typed["tu"] else None,
        until=parse_day(typed["den"]) if typed["den"] else None,
        issuer=typed["tac-gia"],
        doc_type=typed["loai"],
        person=PersonId(whom) if whom and not unit else None,
        unit=UnitId(unit) if unit else None,
        kind=LineKind(typed["viec"]) if typed["viec"] in set(LineKind) else None,
        urgency=typed["khan"],
        overdue_on=today if typed["qua-han"] else None,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
