"""Who may come in, and what every answer must carry: sessions, the same-origin rule, headers.

Each route depends on exactly one rule: `anyone`, or `allowed(ACT)` with an act of `office.policy` that a duty
alone decides. A test holds every router to it. Who may open which document, and take which step on a line,
the office decides by the document (`office.sight`, `office.policy.may`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, cast
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from documents.errors import NotAllowed
from documents.people import Officer
from office import policy
from office.policy import Act

if TYPE_CHECKING:
    from office.desk import Desk

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

MOST_BODY_BYTES = 256_000
"""A form with every field filled is under 20 KB; more is no form of ours."""

UPLOADS = "/tiep-nhan/tai-len"
"""The one address whose form brings files."""
MOST_UPLOAD_BYTES = 1_000_000_000
"""All files of one form together; parts wait on the disk, never in memory. The office limits each."""

MOST_LOGIN = 64
"""A longer name is nobody's; it is not even shown again."""

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not `no-referrer`: with it browsers send `Origin: null` on our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    # Documents are confidential and desks are shared: nothing stays in the browser.
    "cache-control": "no-store",
}


class SignInFirst(Exception):
    """The page is for people of the office; the visitor has no living session."""


class Unwelcome(Exception):
    """A request that no page of ours sends."""

    def __init__(self, status: int, what: str) -> None:
        self.status = status
        self.what = what
        super().__init__(what)


# ── the desk and the clock, as `create_app` set them ─────────────────────────────────────────────────────


def desk_of(request: Request) -> Desk:
    """The office's desk this app serves."""
    return cast("Desk", request.app.state.desk)


def now_of(request: Request) -> dt.datetime:
    """This moment, aware UTC, by the clock the app was given."""
    return cast("dt.datetime", request.app.state.clock())


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────


def cookie_name(request: Request, name: str = "congvan") -> str:
    """Over HTTPS a name that the browser binds to this host; plain HTTP cannot carry it."""
    return f"__Host-{name}" if request.url.scheme == "https" else name


def let_in(request: Request, response: Response, token: str) -> None:
    """Set the session cookie; it dies with the browser, and sooner in the registry."""
    response.set_cookie(
        cookie_name(request),
        token,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def let_out(request: Request, response: Response) -> None:
    """Take the session cookie back."""
    response.delete_cookie(
        cookie_name(request), path="/", secure=request.url.scheme == "https", httponly=True, samesite="lax"
    )


def place_of(request: Request) -> str:
    """Where the request came from, as far as the connection tells."""
    return request.client.host if request.client else ""


def token_of(request: Request) -> str | None:
    """The session token the browser sent."""
    return request.cookies.get(cookie_name(request))


# ── the two rules ────────────────────────────────────────────────────────────────────────────────────────


def anyone() -> None:
    """The route is open to visitors without a session."""


@dataclass(frozen=True)
class Allowed:
    """The route is for people whose duty includes an act; a form must carry the token of their session.

    Calling it returns the person of the session.

    Raises:
        SignInFirst: there is no session, it has ended, or the person has left.
        NotAllowed: the person's duty does not include it.
        Unwelcome: a form without the token of this session.
    """

    act: Act
    files: int = 0
    """How many files a form of it may bring."""

    async def __call__(self, request: Request) -> Officer:
        """Asynchronous for the form's sake only: what has been parsed is kept by the request."""
        person = await run_in_threadpool(_person_of, request)
        if refusal := policy.refusal_by_duty(person, self.act):
            raise NotAllowed(why=refusal)
        if request.method not in SAFE_METHODS:
            form = await request.form(max_files=self.files, max_fields=MOST_FIELDS)
            if not secrets.compare_digest(
                str(form.get(FORM_TOKEN, "")).encode(), form_token(request).encode()
            ):
                await form.close()
                raise Unwelcome(403, STALE_FORM)
        return person


def _person_of(request: Request) -> Officer:
    token = token_of(request)
    person = desk_of(request).person_of(token, now_of(request)) if token else None
    if person is None:
        raise SignInFirst
    request.state.person = person
    return person


@cache
def allowed(act: Act, files: int = 0) -> Allowed:
    """The rule of a route: people whose duty includes `act`; `files` its form may bring."""
    return Allowed(act, files)


Anyone = Annotated[None, Depends(anyone)]
Person = Annotated[Officer, Depends(allowed(Act.SEE_OWN))]
Clerk = Annotated[Officer, Depends(allowed(Act.REGISTER))]

FORM_TOKEN = "ma-phien"  # noqa: S105 - the name of a form's part
MOST_FIELDS = 200
"""A review with every field and recipient filled has fewer."""
STALE_FORM = "Mẫu này không thuộc phiên làm việc hiện tại."


def form_token(request: Request) -> str:
    """What a form of this session carries: bound to the session's secret, which no script can read."""
    return form_token_of(token_of(request) or "")


def form_token_of(session: str) -> str:
    """What a form carries of the session with that secret."""
    return hashlib.sha256(f"form {session}".encode()).hexdigest()[:32]


def may(person: Officer | None, act: str) -> bool:
    """Whether the person's duty includes the act of that name; for what a page offers."""
    return person is not None and policy.refusal_by_duty(person, Act(act)) is None


def may_register(person: Officer) -> bool:
    """Whether the person's duty includes registering and passing on."""
    return may(person, Act.REGISTER)


# ── where to go after signing in ─────────────────────────────────────────────────────────────────────────


def inside(path: str | None) -> str:
    """Return `path` when it is a page of this desk, else the first page: no one is led elsewhere."""
    if (
        path
        and path.isascii()
        and path.isprintable()
        and path.startswith("/")
        and path[1:2] not in ("/", "\\")
    ):
        parts = urlsplit(path)
        if not parts.scheme and not parts.netloc and "\\" not in path:
            return path
    return "/"


# ── every request and every answer ───────────────────────────────────────────────────────────────────────


def is_cross_site(method: str, headers: Headers, host: str) -> bool:
    """Whether another site's page made the browser send this request.

    The session cookie is SameSite=Lax; this is the second wall. Browsers say where a request comes from
    (`Sec-Fetch-Site`; over plain HTTP only `Origin`); programs that say neither carry no one's cookies.

    Source:
        Go 1.25 net/http CrossOriginProtection; Fetch Metadata Request Headers, W3C.
    """
    if method in SAFE_METHODS:
        return False
    if site := headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != host.lower()


class Guard:
    """Refuses cross-site and oversized requests, puts the headers on every answer, catches what is left.

    Args:
        app: The application behind the guard.
        tell: Draws the page of an `Unwelcome` request, or of an error nobody foresaw.
    """

    def __init__(self, app: _App, tell: Callable[[Request, Exception], Response]) -> None:
        self.app = app
        self.tell = tell

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """Serve one request; the protocol of ASGI is asynchronous, everything behind it is not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_started = False

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if unwelcome := _unwelcome(scope):
                raise unwelcome
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            if has_started:
                raise
            await self.tell(Request(scope, receive), error)(scope, receive, send_with_headers)


def _unwelcome(scope: _Scope) -> Unwelcome | None:
    headers = Headers(scope=scope)
    if scope["method"] in SAFE_METHODS:
        return None
    if is_cross_site(scope["method"], headers, headers.get("host", "")):
        return Unwelcome(403, "Yêu cầu này do một trang khác gửi đến nên bị từ chối.")
    length = headers.get("content-length", "")
    if not length.isdigit():
        return Unwelcome(411, "Yêu cầu không ghi độ dài.")
    most = MOST_UPLOAD_BYTES if scope["path"] == UPLOADS else MOST_BODY_BYTES
    if int(length) > most:
        return Unwelcome(413, "Nội dung gửi lên quá lớn.")
    return None
