"""The common sign-in: out to the provider, back from it, and signing out there.

The way back is the only one of them that another site may lead to.
"""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from desk.web import door, guard
from desk.web.document_page import SEE_OTHER
from desk.web.guard import Anyone, desk_of, now_of
from desk.web.rendering import language_of
from documents.errors import Refused, Unavailable
from office.elsewhere import BACK, Elsewhere

router = APIRouter()


@router.get(door.AWAY)
def leave_for_provider(request: Request, _: Anyone, tiep: str = "") -> Response:
    """Send the browser to the provider; only from a page of ours, or typed."""
    elsewhere, page = _elsewhere(request), guard.inside(tiep)
    if _is_led_here(request):
        return RedirectResponse("/dang-nhap", SEE_OTHER)
    try:
        begun = elsewhere.begin(
            page, language=language_of(request), place=guard.place_of(request), now=now_of(request)
        )
    except (Refused, Unavailable) as trouble:
        return _back_at_door(request, trouble, page)
    response = RedirectResponse(begun.address, SEE_OTHER)
    door.keep_way(request, response, begun.kept)
    return response


@router.get(BACK)
def come_back(request: Request, _: Anyone) -> Response:
    """Start a session for whom the provider names; a session the browser already had ends."""
    elsewhere, now = _elsewhere(request), now_of(request)
    try:
        entered = elsewhere.finish(
            door.way_of(request), _answer(request), place=guard.place_of(request), now=now
        )
    except (Refused, Unavailable) as trouble:
        response = _back_at_door(request, trouble, "/")
        door.end_way(request, response, came_so=False)
        return response
    if old := guard.token_of(request):
        desk_of(request).sign_out(old, now)
    response = RedirectResponse(guard.inside(entered.next_page), SEE_OTHER)
    guard.let_in(request, response, entered.token)
    door.end_way(request, response, came_so=entered.can_leave)
    return response


@router.get(f"{door.AWAY}/ra")
def sign_out_there(request: Request, _: Anyone) -> Response:
    """Go and end the session at the provider too; it asks the person itself."""
    elsewhere = _elsewhere(request)
    if _is_led_here(request):
        return RedirectResponse("/dang-nhap", SEE_OTHER)
    try:
        address = elsewhere.address_to_leave(now=now_of(request))
    except Unavailable as trouble:
        return _back_at_door(request, trouble, "/")
    return RedirectResponse(address or "/dang-nhap", SEE_OTHER)


def _elsewhere(request: Request) -> Elsewhere:
    found = door.elsewhere_of(request)
    if found is None:
        raise HTTPException(404)
    return found


def _is_led_here(request: Request) -> bool:
    """Whether another site's page led the browser here; older browsers, and plain HTTP, do not say."""
    return request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


def _answer(request: Request) -> dict[str, str]:
    """What the provider says in the address; what stands there twice was not said."""
    sent = request.query_params
    return {name: sent[name] for name in ("code", "state", "iss", "error") if len(sent.getlist(name)) == 1}


def _back_at_door(request: Request, trouble: Refused | Unavailable, page: str) -> Response:
    # The code in the address is used up: a change of language must not send it once more.
    request.state.here = "/dang-nhap"
    return door.draw(request, next_page=page, trouble=trouble)
