"""Templates to pages: one environment, everything escaped, no document text ever trusted."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from desk.web import guard, words

_ROOM = Path(__file__).parent
STATIC = _ROOM / "static"


def _made_visible(value: object) -> object:
    """Hidden characters of any text become marks; what a macro drew is left as it is."""
    return words.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def make_environment() -> Environment:
    """The templates, with the words they may use."""
    environment = Environment(
        loader=FileSystemLoader(_ROOM / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_made_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=words, version=_version_of_static(), may_register=guard.may_register)
    return environment


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page; `person` is None for visitors without a session."""
    page = request.app.state.templates.get_template(template)
    text = page.render(
        person=getattr(request.state, "person", None),
        now=guard.now_of(request),
        path=request.url.path,
        office_name=request.app.state.office_name,
        **values,
    )
    return HTMLResponse(text, status_code=status)


def _version_of_static() -> str:
    """Changes whenever a file of `static/` does, so that browsers may keep them for long."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
