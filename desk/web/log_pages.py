"""Nhật ký: read the audit and check that it is whole."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from desk.web import guard, log_words, words
from desk.web.answer import typed_form
from desk.web.document_page import SentForm
from desk.web.guard import desk_of, now_of
from desk.web.rendering import render
from desk.web.troubles import status_of
from desk.web.watch_words import LOG_BROKEN, LOG_WHOLE
from documents.errors import Trouble
from documents.people import Officer
from office.log import Checked, HeadNotWritten, LogAsk, check_log, kept_head, last_checked, read_log
from office.log_copy import copy_log
from office.office import names_of
from office.policy import Act
from office.typed import day_or_none

router = APIRouter()

Reader = Annotated[Officer, Depends(guard.allowed(Act.SEE_LOG))]
_ASKED = ("nguoi", "viec", "van-ban", "tu", "den")


@router.get("/nhat-ky")
def log(request: Request, person: Reader) -> Response:
    """The audit newest first, each line in a sentence."""
    return _draw(request, person)


@router.post("/nhat-ky/kiem")
def check(request: Request, person: Reader, form: SentForm) -> Response:
    """Have the whole chain checked, and a head kept on paper compared with it."""
    typed = typed_form(form)
    try:
        kept = kept_head(typed.get("so", ""), typed.get("ma", ""))
    except HeadNotWritten as trouble:
        return _draw(request, person, typed=typed, trouble=trouble)
    checked = check_log(desk_of(request).office, person, kept, now=now_of(request))
    return _draw(request, person, typed=typed, checked=checked)


@router.get("/nhat-ky/ban-sao")
def copy(request: Request, person: Reader) -> Response:
    """The audit as JSON lines, to be checked elsewhere; sent while it is read."""
    now = now_of(request)
    name = f"nhat-ky-{words.local(now):%Y-%m-%d-%H%M}.jsonl"
    return StreamingResponse(
        copy_log(desk_of(request).office, person, now=now),
        media_type="application/x-ndjson",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _draw(
    request: Request,
    person: Officer,
    *,
    typed: dict[str, str] | None = None,
    trouble: Trouble | None = None,
    checked: Checked | None = None,
) -> Response:
    office, now = desk_of(request).office, now_of(request)
    query = {name: text for name, text in request.query_params.items() if name in _ASKED and text}
    page = read_log(office, person, _ask_of(query, request.query_params.get("truoc", "")), now=now)
    with office.view() as view:
        directory, last = view.directory(), last_checked(view)
    names = names_of(directory)
    return render(
        request,
        "log.html",
        status=status_of(trouble) if trouble else 200,
        query=query,
        page=page,
        told=[(one, log_words.tell(one, names)) for one in page.lines],
        older="/nhat-ky?" + urlencode({**query, "truoc": page.older}) if page.older else None,
        is_first="truoc" not in request.query_params,
        people=sorted(directory.people, key=lambda one: one.name),
        names=names,
        events=sorted(log_words.EVENT.items(), key=lambda one: one[1]),
        last=last,
        sign_whole=LOG_WHOLE,
        sign_broken=LOG_BROKEN,
        typed=typed or {},
        trouble=trouble,
        checked=checked,
    )


def _ask_of(query: dict[str, str], before: str) -> LogAsk:
    """What an address asks for; a day or number that is none is left out."""
    return LogAsk(
        actor=query.get("nguoi", ""),
        event=query.get("viec", ""),
        document=query.get("van-ban", ""),
        since=day_or_none(query.get("tu", "")),
        until=day_or_none(query.get("den", "")),
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None,
    )
