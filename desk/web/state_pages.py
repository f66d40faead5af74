"""Tình trạng: who beats, what waits, and every part of the machine examined on request."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from desk.web.guard import allowed, desk_of, now_of
from desk.web.rendering import render
from documents.people import Officer
from office.doctor import Check, Health, examine
from office.policy import Act

router = APIRouter()

Looker = Annotated[Officer, Depends(allowed(Act.SEE_STATE))]

_WORST_FIRST = (Health.BROKEN, Health.ATTENTION, Health.WELL)


@router.get("/tinh-trang")
def state(request: Request, _: Looker) -> Response:
    """Who beat last, what waits, and the head of the audit."""
    return _draw(request, None)


@router.get("/tinh-trang/kiem")
def examined(request: Request, _: Looker) -> Response:
    """The same with every part examined now, what is broken first; it takes some seconds."""
    checks = examine(desk_of(request).office.settings.home, now=now_of(request))
    return _draw(request, tuple(sorted(checks, key=lambda check: _WORST_FIRST.index(check.health))))


def _draw(request: Request, checks: tuple[Check, ...] | None) -> Response:
    now = now_of(request)
    return render(request, "state.html", state=desk_of(request).state_of_office(now), checks=checks)
