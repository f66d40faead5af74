"""Templates to pages: one environment, everything escaped, no document text ever trusted."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from desk.recorded import in_english
from desk.web import guard, menu, tongue, words

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
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(tongue.tr, tongue.tn, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(recorded=recorded, recorded_text=tongue.recorded_text)
    environment.globals.update(
        words=words,
        version=_version_of_static(),
        may=guard.may,
        may_register=guard.may_register,
        languages=tongue.LANGUAGES,
        token=_token,
    )
    return environment


def recorded(text: str | None, start: str = "") -> Markup:
    """A sentence that stands on record in Vietnamese, in the language of the answer.

    In English with the Vietnamese as its title; one whose English is not known is marked as Vietnamese.
    `start` is what it begins with when that is to stand out, such as the id of a rule.
    """
    shown = words.visible(text or "")
    if tongue.language() == "vi":
        return _begun(shown, start)
    english = in_english(text) if text else None
    if english is None:
        return Markup('<span lang="vi">{}</span>').format(_begun(shown, start)) if text else Markup()
    return Markup('<span title="{}">{}</span>').format(shown, _begun(words.visible(english), start))


def _begun(text: str, start: str) -> Markup:
    if start and text.startswith(f"{start}: "):
        return Markup("<b>{}</b> {}").format(start, text[len(start) + 2 :])
    return escape(text)


@pass_context
def _token(context: Context) -> Markup:
    """The hidden part of a form that ties it to the reader's session."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(
        guard.FORM_TOKEN, context["form_token"]
    )


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page; `person` is None for visitors without a session."""
    page = request.app.state.templates.get_template(template)
    person = getattr(request.state, "person", None)
    with tongue.speaking(language_of(request)):
        text = page.render(
            person=person,
            menu=menu.menu_of(request, person),
            addresses=request.app.state.addresses,
            now=guard.now_of(request),
            path=request.url.path,
            here=getattr(request.state, "here", None)
            or request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            language=tongue.language(),
            form_token=guard.form_token(request),
            office_name=request.app.state.office_name,
            **values,
        )
    return HTMLResponse(text, status_code=status)


def language_of(request: Request) -> str:
    """The language that this browser asked for; Vietnamese until it does."""
    return request.cookies.get(tongue.COOKIE, "vi")


def _version_of_static() -> str:
    """Changes whenever a file of `static/` does, so that browsers may keep them for long."""
    digest = hashlib.sha256()
    for path in sorted(p for p in STATIC.rglob("*") if p.suffix in {".css", ".js", ".svg"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
