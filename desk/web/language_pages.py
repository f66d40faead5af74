"""The switch of language: a form, so that it works without scripts and no link changes anything."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from desk.web import guard, tongue
from desk.web.guard import Anyone

router = APIRouter()

_A_YEAR_S = 365 * 24 * 3600


@router.post("/ngon-ngu")
def choose_language(
    request: Request,
    _: Anyone,
    tieng: Annotated[str, Form()] = "vi",
    tiep: Annotated[str, Form()] = "/",
) -> Response:
    """Remember the language in this browser and go back to the page."""
    response = RedirectResponse(guard.inside(tiep), 303)
    response.set_cookie(
        tongue.COOKIE,
        tieng if tieng in tongue.LANGUAGES else "vi",
        max_age=_A_YEAR_S,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response
