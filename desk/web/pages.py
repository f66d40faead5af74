"""The pages: each route checks who asks, calls the desk once or twice, and draws."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from desk.web import door, guard, menu, words
from desk.web.document_page import (
    MOST_ROWS,
    SEE_OTHER,
    address_of,
    draw_document,
    oldest_waiting,
    waiting,
)
from desk.web.guard import Anyone, Clerk, Person, desk_of, now_of
from desk.web.rendering import render
from documents.errors import NoSuchDocument, NotSignedIn, TooManyTries
from documents.status import DocumentId, Status

router = APIRouter()

_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"RIFF", "image/webp"))
_SERVED = frozenset({"application/pdf", "image/tiff", "image/jpeg", "image/png"})


# ── in and out ───────────────────────────────────────────────────────────────────────────────────────────


@router.get("/")
def start(request: Request, person: Person) -> Response:
    """Everybody starts where their work is."""
    return RedirectResponse(menu.start_of(request, person), SEE_OTHER)


@router.get("/suc-khoe")
def health(_: Anyone) -> Response:
    """For the supervisor of the process: the desk answers."""
    return PlainTextResponse("ok")


@router.get("/dang-nhap")
def sign_in_page(request: Request, _: Anyone, tiep: str = "", xong: str = "") -> Response:
    """The form to sign in; `tiep` is where to go afterwards."""
    return door.draw(request, next_page=guard.inside(tiep), has_left=xong == door.LEFT)


@router.post("/dang-nhap")
def sign_in(
    request: Request,
    _: Anyone,
    login: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    tiep: Annotated[str, Form()] = "",
) -> Response:
    """Start a session; a session the browser already had ends."""
    desk, now = desk_of(request), now_of(request)
    try:
        token = desk.sign_in(login=login, password=password, now=now, place=guard.place_of(request))
    except (NotSignedIn, TooManyTries) as trouble:
        return door.draw(
            request, next_page=guard.inside(tiep), login=login[: guard.MOST_LOGIN], trouble=trouble
        )
    if old := guard.token_of(request):
        desk.sign_out(old, now)
    response = RedirectResponse(guard.inside(tiep), SEE_OTHER)
    guard.let_in(request, response, token)
    return response


@router.post("/dang-xuat")
def sign_out(request: Request, _: Person) -> Response:
    """End the session at once."""
    if token := guard.token_of(request):
        desk_of(request).sign_out(token, now_of(request))
    response = RedirectResponse(door.after_leaving(request), SEE_OTHER)
    guard.let_out(request, response)
    door.forget(request, response)
    return response


# ── documents ────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/van-ban")
def document_list(
    request: Request,
    person: Person,
    trang_thai: Annotated[str, Query(alias="trang-thai")] = "",
    tim: str = "",
) -> Response:
    """Documents with their state: all, of one state, or those that match what was typed."""
    desk, now, search = desk_of(request), now_of(request), tim.strip()
    status = Status(trang_thai) if trang_thai in set(Status) else None
    rows = desk.list_rows(reader=person, status=status, text=search, limit=MOST_ROWS, now=now)
    has_all = status is None and not search and len(rows) < MOST_ROWS
    return render(
        request,
        "list.html",
        rows=rows,
        counts=desk.count_by_status(reader=person, now=now),
        chosen=status,
        search=search,
        most=MOST_ROWS,
        oldest=oldest_waiting(rows if has_all else waiting(request, person)),
    )


@router.get("/van-ban/{document}")
def document_page(request: Request, person: Person, document: str, xong: str = "", vua: str = "") -> Response:
    """One document; for a clerk and a document in review, the form to register it."""
    return draw_document(request, person, document, just_done=xong, before=vua)


@router.post("/van-ban/{document}/doc-lai")
def read_again(request: Request, person: Clerk, document: str) -> Response:
    """Put the document back to be read again."""
    desk_of(request).retry_document(DocumentId(document), by=person, now=now_of(request))
    return RedirectResponse(f"{address_of(document)}?xong=doc-lai", SEE_OTHER)


@router.post("/van-ban/{document}/da-xem")
def settle_doubts(request: Request, person: Clerk, document: str) -> Response:
    """Let a document stand as it is, its doubts looked at."""
    desk_of(request).settle_doubts(DocumentId(document), by=person, now=now_of(request))
    return RedirectResponse(f"{address_of(document)}?xong=da-xem", SEE_OTHER)


@router.get("/van-ban/{document}/trang/{number}")
def page_picture(request: Request, person: Person, document: str, number: int) -> Response:
    """The picture of a page; its kind is told by its bytes, never by its name."""
    desk, now = desk_of(request), now_of(request)
    path = desk.page_picture(DocumentId(document), number, reader=person, now=now)
    return FileResponse(path, media_type=_kind_of_picture(path, document))


def _kind_of_picture(path: Path, document: str) -> str:
    try:
        with path.open("rb") as file:
            start = file.read(12)
    except FileNotFoundError as error:
        raise NoSuchDocument(asked=f"{document} (ảnh trang)") from error
    kind = next((kind for magic, kind in _PICTURES if start.startswith(magic)), None)
    if kind is None:
        raise NoSuchDocument(asked=f"{document} (ảnh trang)")
    return kind


@router.get("/van-ban/{document}/tep")
def original_file(request: Request, person: Person, document: str) -> Response:
    """The file as it came, to keep or to open in another program, never shown inside the desk."""
    desk, now = desk_of(request), now_of(request)
    path, media_type, name = desk.original_file(DocumentId(document), reader=person, now=now)
    if not path.exists():
        raise NoSuchDocument(asked=f"{document} (tệp gốc)")
    return _to_keep(path, media_type if media_type in _SERVED else "application/octet-stream", name)


def _to_keep(path: Path, media_type: str, name: str) -> Response:
    file_name = words.visible(name.encode("utf-8", "replace").decode())
    response = FileResponse(path, media_type=media_type, filename=file_name)
    response.headers["content-security-policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return response


@router.get("/van-ban/{document}/tim-chu")
def searchable_file(request: Request, person: Person, document: str) -> Response:
    """The searchable form, as a file to keep, never shown inside the desk."""
    desk, now = desk_of(request), now_of(request)
    path, name = desk.searchable_file(DocumentId(document), reader=person, now=now)
    return _to_keep(path, "application/pdf", name)
