"""Build the API: its own application with its own description, mounted under the desk's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from desk.api import routes
from desk.api.rules import KeyNeeded
from desk.web import tongue, words
from desk.web.troubles import status_of
from documents.errors import Refused, Trouble

if TYPE_CHECKING:
    from office.desk import Desk


class WrongCall(Refused):
    """A request that the description of the API does not allow."""

    message = "Yêu cầu không đúng: {where}."
    advice = "Xem mô tả ở /api/v1/openapi.json rồi gửi lại; chưa có gì thay đổi."


class NoSuchCall(Refused):
    """An address or method that the API does not have."""

    message = "Không có lời gọi này."
    advice = "Xem mô tả ở /api/v1/openapi.json."


def create_api(desk: Desk, *, clock: Callable[[], dt.datetime]) -> FastAPI:
    """The application that answers programs.

    Args:
        desk: The office's desk.
        clock: Tells the moment, aware UTC.
    """
    api = FastAPI(
        title="Công Văn",
        version="1",
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    api.state.desk = desk
    api.state.clock = clock
    api.include_router(routes.router)
    api.add_exception_handler(Trouble, _tell)
    api.add_exception_handler(RequestValidationError, _tell_wrong_call)
    api.add_exception_handler(HTTPException, _tell_http)
    return api


def language_of(request: Request) -> str:
    """The language a program asks for; Vietnamese unless it asks for English first."""
    return "en" if request.headers.get("accept-language", "").strip().lower().startswith("en") else "vi"


def _tell(request: Request, trouble: Exception) -> Response:
    assert isinstance(trouble, Trouble)  # noqa: S101 - the handler is registered for this kind only
    return _answer(request, trouble, 401 if isinstance(trouble, KeyNeeded) else status_of(trouble))


def _tell_wrong_call(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this kind only
    first = error.errors()[0]
    return _answer(request, WrongCall(where=" → ".join(str(part) for part in first["loc"])), 422)


def _tell_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - the handler is registered for this kind only
    trouble = WrongCall(where="JSON") if error.status_code == 400 else NoSuchCall()
    answer = _answer(request, trouble, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def _answer(request: Request, trouble: Trouble, status: int) -> Response:
    with tongue.speaking(language_of(request)):
        said = {
            "code": trouble.code,
            "message": words.complaint(trouble),
            "advice": words.advice(trouble),
        }
    headers = {"www-authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({"error": said}, status, headers)
