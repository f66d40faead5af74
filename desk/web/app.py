"""Build the web application around an office's desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from desk.web import feed, guard, pages
from desk.web.rendering import STATIC, make_environment
from desk.web.troubles import add_troubles, tell_unforeseen

if TYPE_CHECKING:
    from office.desk import Desk

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


def create_app(desk: Desk, *, clock: Clock = utc_now, office_name: str = "") -> FastAPI:
    """Return the application that serves `desk`.

    Args:
        desk: The office's desk, or anything with the same methods.
        clock: Tells the moment, aware UTC.
        office_name: Shown at the top of the pages and on printed ones; may be empty.
    """
    app = FastAPI(title="Công Văn", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.state.clock = clock
    app.state.office_name = office_name
    app.state.templates = make_environment()
    app.add_middleware(guard.Guard, tell=tell_unforeseen)
    app.mount("/static", _KeptFiles(directory=STATIC))
    app.include_router(pages.router)
    app.include_router(feed.router)
    add_troubles(app)
    return app
