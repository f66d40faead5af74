"""Build the web application around an office's desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from desk.api.app import create_api
from desk.web import (
    absence_pages,
    agency_pages,
    calendar_pages,
    direction_pages,
    directory_pages,
    feed,
    guard,
    intake_pages,
    language_pages,
    live,
    log_pages,
    openid_pages,
    pages,
    person_pages,
    register_pages,
    review_pages,
    rule_pages,
    self_pages,
    state_pages,
    task_pages,
    watch_pages,
    work_pages,
)
from desk.web.rendering import STATIC, make_environment
from desk.web.troubles import add_troubles, tell_unforeseen

if TYPE_CHECKING:
    from office.desk import Desk
    from office.elsewhere import Elsewhere

SCREENS = (
    pages,
    openid_pages,
    intake_pages,
    review_pages,
    direction_pages,
    task_pages,
    register_pages,
    work_pages,
    watch_pages,
    log_pages,
    rule_pages,
    directory_pages,
    person_pages,
    agency_pages,
    absence_pages,
    calendar_pages,
    self_pages,
    state_pages,
    language_pages,
    live,
    feed,
)
"""Every module with routes; a test holds each route of them to its rule."""

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """This moment, aware UTC."""
    return dt.datetime.now(dt.UTC)


class _KeptFiles(StaticFiles):
    """Our own style, script and fonts: their address changes with their content, so browsers keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=604800"
        return response


def create_app(
    desk: Desk, *, clock: Clock = utc_now, office_name: str = "", elsewhere: Elsewhere | None = None
) -> FastAPI:
    """Return the application that serves `desk`.

    Args:
        desk: The office's desk, or anything with the same methods.
        clock: Tells the moment, aware UTC.
        office_name: Shown at the top of the pages and on printed ones; may be empty.
        elsewhere: The common sign-in, where the office has one.
    """
    app = FastAPI(title="Công Văn", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.state.clock = clock
    app.state.office_name = office_name
    app.state.elsewhere = elsewhere
    app.state.templates = make_environment()
    app.add_middleware(guard.Guard, tell=tell_unforeseen)
    app.mount("/static", _KeptFiles(directory=STATIC))
    app.state.pulse = None
    app.mount("/api/v1", create_api(desk, clock=clock))
    for screen in SCREENS:
        app.include_router(screen.router)
    app.state.addresses = frozenset(
        route.path for screen in SCREENS for route in screen.router.routes if isinstance(route, APIRoute)
    )
    add_troubles(app)
    return app
