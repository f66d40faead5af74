"""The private calendars: the address itself is the key, so no session is asked for."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from desk.web.guard import Anyone, desk_of, now_of, place_of
from office.feed import NoSuchFeed, calendar_feed, hash_token

router = APIRouter()

_HEADERS = {"cache-control": "private, no-cache", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}


@router.get("/lich/{token}.ics")
def calendar(request: Request, token: str, _: Anyone, dang: str = "") -> Response:
    """The open work of whoever has this address; `dang=viec` gives tasks in place of entries of a day.

    Wrong addresses count as wrong passwords do, by the place they come from.
    """
    desk, now = desk_of(request), now_of(request)
    name, key = f"lich {place_of(request)}", hash_token(token)
    if wait := desk.throttle.wait(name, key, now):
        return PlainTextResponse(
            "Thử lại sau.", 429, {**_HEADERS, "retry-after": str(int(wait.total_seconds()) + 1)}
        )
    try:
        feed = calendar_feed(desk.office, token, now, as_tasks=dang == "viec")
    except NoSuchFeed as trouble:
        desk.throttle.fail(name, key, now)
        return PlainTextResponse(f"{trouble} {trouble.advise()}", 404, _HEADERS)
    headers = {**_HEADERS, "etag": feed.etag, "content-disposition": 'inline; filename="han-van-ban.ics"'}
    if request.headers.get("if-none-match") == feed.etag:
        return Response(status_code=304, headers=headers)
    return Response(feed.content, media_type="text/calendar; charset=utf-8", headers=headers)
