"""The door: the page of signing in, with the button of the common sign-in where the office has one.

Two small cookies of it hold nothing about the person: one carries a sign-in on its way through the provider
and back, the other remembers that this browser came in that way, so that leaving can be offered there too.
"""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from desk.web.guard import cookie_name
from desk.web.rendering import render
from desk.web.troubles import status_of
from documents.errors import Trouble
from office.elsewhere import Elsewhere
from office.pending import LIFE

AWAY = "/dang-nhap/noi-khac"
"""Where the button leads; a link, no form: browsers hold a form's answer to the policy `form-action`."""
LEFT = "dang-xuat"
_ON_THE_WAY, _CAME_SO = "congvan-di", "congvan-qua"


def elsewhere_of(request: Request) -> Elsewhere | None:
    """The common sign-in, where the office has one."""
    found = request.app.state.elsewhere
    return found if isinstance(found, Elsewhere) else None


def draw(
    request: Request,
    *,
    next_page: str,
    login: str = "",
    trouble: Trouble | None = None,
    has_left: bool = False,
) -> Response:
    """The page of signing in; `has_left` offers to sign out at the provider as well."""
    elsewhere = elsewhere_of(request)
    asked = "" if next_page == "/" else f"?tiep={quote(next_page, safe='')}"
    return render(
        request,
        "sign_in.html",
        status=status_of(trouble) if trouble else 200,
        next_page=next_page,
        login=login,
        trouble=trouble,
        label=elsewhere.label if elsewhere else "",
        # By the address that the provider knows: what is kept on the way out must be there on the way back.
        away=f"{elsewhere.base_url}{AWAY}{asked}" if elsewhere else "",
        leave_there=f"{elsewhere.base_url}{AWAY}/ra" if elsewhere and has_left else "",
    )


# ── what the browser keeps ───────────────────────────────────────────────────────────────────────────────


def keep_way(request: Request, response: Response, kept: str) -> None:
    """Let the browser carry a sign-in there and back; it dies by itself."""
    _put(request, response, _ON_THE_WAY, kept, int(LIFE.total_seconds()))


def way_of(request: Request) -> str:
    """The sign-in on its way that the browser carries."""
    return request.cookies.get(cookie_name(request, _ON_THE_WAY), "")


def end_way(request: Request, response: Response, *, came_so: bool) -> None:
    """The way is over; `came_so` remembers that the session can be ended at the provider too."""
    _take(request, response, _ON_THE_WAY)
    if came_so:
        _put(request, response, _CAME_SO, "1", None)


def after_leaving(request: Request) -> str:
    """Where signing out leads."""
    came_so = elsewhere_of(request) and cookie_name(request, _CAME_SO) in request.cookies
    return f"/dang-nhap?xong={LEFT}" if came_so else "/dang-nhap"


def forget(request: Request, response: Response) -> None:
    """Forget which way the person came."""
    if cookie_name(request, _CAME_SO) in request.cookies:
        _take(request, response, _CAME_SO)


def _put(request: Request, response: Response, name: str, value: str, life_s: int | None) -> None:
    response.set_cookie(
        cookie_name(request, name),
        value,
        max_age=life_s,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def _take(request: Request, response: Response, name: str) -> None:
    is_sealed = request.url.scheme == "https"
    response.delete_cookie(
        cookie_name(request, name), path="/", secure=is_sealed, httponly=True, samesite="lax"
    )
