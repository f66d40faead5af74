"""Troubles as pages: what happened, what is safe, what to do next."""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from desk.web import guard
from desk.web.guard import SignInFirst, Unwelcome
from desk.web.rendering import render
from documents.errors import (
    Conflict,
    Missing,
    NoSuchDocument,
    NotAllowed,
    NotSignedIn,
    TooManyTries,
    Trouble,
    Unavailable,
)

_log = logging.getLogger(__name__)

_ADVICE: dict[type[Trouble], str] = {
    NoSuchDocument: "Tìm văn bản bằng ô tìm ở đầu trang, hoặc xem lại danh sách.",
}
"""Advice for readers of pages where the error's own names a command."""

_LAST_PLACES = 6
"""How many places of a fault the log keeps; the outer ones are the web framework's."""

_STATUS: tuple[tuple[type[Trouble], int], ...] = (
    (NotSignedIn, 401),
    (TooManyTries, 429),
    (NotAllowed, 403),
    (Missing, 404),
    (Conflict, 409),
    (Unavailable, 503),
)
"""Kind of trouble to status; any other trouble is 422."""


def add_troubles(app: FastAPI) -> None:
    """Answer every kind of trouble of `app` with a page."""
    app.add_exception_handler(SignInFirst, _sign_in_first)
    app.add_exception_handler(Trouble, _tell_trouble)
    app.add_exception_handler(RequestValidationError, _tell_unknown_address)
    app.add_exception_handler(HTTPException, _tell_http)


def _say(request: Request, *, status: int, what: str, safe: str, advice: str, code: str) -> Response:
    """A page for people; the same as JSON for a program whose call did not reach the API."""
    if request.url.path.startswith("/api/"):
        said = {"code": code, "message": what, "advice": f"{safe} {advice}"}
        return JSONResponse({"error": said}, status)
    return render(request, "trouble.html", status=status, what=what, safe=safe, advice=advice, code=code)


def status_of(trouble: Trouble) -> int:
    """The HTTP status of a trouble."""
    return next((status for kind, status in _STATUS if isinstance(trouble, kind)), 422)


def _sign_in_first(request: Request, _: Exception) -> Response:
    """Readers are led to the door and back; a sent form is answered by a page that says what to do."""
    if request.method in guard.SAFE_METHODS:
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/dang-nhap?tiep={quote(asked, safe='')}", 303)
    return _say(
        request,
        status=401,
        what="Phiên làm việc đã hết.",
        safe="Chưa có gì được ghi và chưa có gì bị mất.",
        advice="Mở trang đăng nhập ở thẻ khác, đăng nhập, rồi quay lại trang trước và bấm lại.",
        code="signed_out",
    )


def _tell_trouble(request: Request, trouble: Exception) -> Response:
    assert isinstance(trouble, Trouble)  # noqa: S101 - the handler is registered for this kind only
    return _say(
        request,
        status=status_of(trouble),
        what=str(trouble),
        safe="Chưa có gì thay đổi; văn bản và tệp gốc vẫn còn nguyên.",
        advice=_ADVICE.get(type(trouble)) or trouble.advise(),
        code=trouble.code,
    )


def _tell_unknown_address(request: Request, _: Exception) -> Response:
    return _no_such_page(request)


def _tell_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - the handler is registered for this kind only
    if error.status_code == 404:
        return _no_such_page(request)
    return _say(
        request,
        status=error.status_code,
        what="Trang này không nhận yêu cầu như vậy.",
        safe="Chưa có gì thay đổi.",
        advice="Quay lại danh sách văn bản rồi làm lại từ đó.",
        code=f"http_{error.status_code}",
    )


def _no_such_page(request: Request) -> Response:
    return _say(
        request,
        status=404,
        what="Không có trang này.",
        safe="Văn bản và sổ sách không bị ảnh hưởng.",
        advice="Xem lại địa chỉ, hoặc tìm văn bản trong danh sách.",
        code="no_such_page",
    )


def tell_unforeseen(request: Request, error: Exception) -> Response:
    """The page of a request the guard refused, else of an error nobody foresaw."""
    if not isinstance(error, Unwelcome):
        return _tell_fault(request, error)
    return _say(
        request,
        status=error.status,
        what=error.what,
        safe="Chưa có gì thay đổi; văn bản và sổ sách vẫn nguyên.",
        advice="Mở lại trang này từ danh sách văn bản rồi bấm lại.",
        code="unwelcome",
    )


def _tell_fault(request: Request, error: Exception) -> Response:
    """The last resort: a number that ties the page to the log, and nothing of the fault itself.

    The log gets the kind and the places only: messages of errors may quote a document.
    """
    incident = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)[-_LAST_PLACES:]
    places = " > ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames)
    _log.error("incident %s at %s: %s in %s", incident, request.method, type(error).__name__, places)
    return _say(
        request,
        status=500,
        what=f"Trang gặp trục trặc ngoài dự kiến (sự cố {incident}).",
        safe="Việc đang làm dở không được ghi nửa chừng; văn bản và tệp gốc vẫn còn nguyên.",
        advice=f"Thử lại; nếu còn gặp, báo quản trị số sự cố {incident} và chạy: congvan doctor",
        code=f"incident_{incident}",
    )
