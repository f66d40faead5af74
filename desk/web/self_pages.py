"""Cá nhân: language, letters, password, the private calendar address, own absences and the keys.

Names of the forms: `thu.KIND` mail that kind, `gio` hour of the digest, `lich` with tasks for the calendar;
`cu`, `moi`, `lai` the password as it was, the new one, and again.
"""

from __future__ import annotations

import math

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from desk.web import guard
from desk.web.answer import typed_form
from desk.web.complaints import complaint_of
from desk.web.directory_parts import choices_of
from desk.web.document_page import SEE_OTHER, SentForm
from desk.web.guard import Person, desk_of, now_of
from desk.web.rendering import render
from desk.web.tongue import Said
from desk.web.troubles import status_of
from documents.errors import Conflict, Refused, TooManyTries, Trouble
from documents.notices import KINDS, OBLIGATORY
from documents.people import Officer
from office import directory, feed, own, preferences, staff
from office.office import local_day

router = APIRouter()

KEYS: Said[str] = Said(
    {
        "Tab": "tới ô kế tiếp",
        "Enter": "tới ô còn phải xem kế tiếp (trang duyệt)",
        "Shift+Enter": "xuống dòng trong ô nhiều dòng",
        "Ctrl+Enter": "vào sổ và chuyển",
        "Esc": "đóng trình đơn, bỏ gợi ý",
        "F2": "khoanh một vùng trên trang để đọc lại",
        "F4": "lấy gợi ý của ô, số kế tiếp",
        "F8": "để sau, sang văn bản kế tiếp",
        "F9": "phóng to chỗ làm chứng trên trang",
        "Ctrl+/": "xem mọi phím",
    }
)
"""The keys of the pages: none is a single letter, so that Telex types in peace."""


@router.get("/ca-nhan")
def own_page(request: Request, person: Person, xong: str = "") -> Response:
    """One's own page."""
    return _draw(request, person, just_done=xong)


@router.post("/ca-nhan/thong-bao")
def choose_ways(request: Request, person: Person, form: SentForm) -> Response:
    """Say which letters one wants, and when."""
    typed = typed_form(form)
    try:
        own.choose_own_ways(
            desk_of(request).office,
            person,
            mailed=frozenset(kind for kind in KINDS if f"thu.{kind}" in typed),
            digest_at=typed.get("gio", ""),
            calendar="lich" in typed,
            now=now_of(request),
        )
    except (Refused, Conflict) as trouble:
        return _draw(request, person, trouble=trouble, sent="thong-bao", hour=typed.get("gio", ""))
    return RedirectResponse("/ca-nhan?xong=thong-bao", SEE_OTHER)


@router.post("/ca-nhan/mat-khau")
def change_password(request: Request, person: Person, form: SentForm) -> Response:
    """Change one's password; every other session of the person ends, this one goes on anew.

    Wrong tries count as those at the door do.
    """
    desk, now = desk_of(request), now_of(request)
    name, place = str(person.id).lower(), guard.place_of(request)
    # As they were sent, like the door reads them: a password is no text to be made NFC.
    old, new, again = (str(form.get(part, "")) for part in ("cu", "moi", "lai"))
    try:
        if wait := desk.throttle.begin(name, place, now):
            raise TooManyTries(minutes=math.ceil(wait.total_seconds() / 60))
        own.change_own_password(desk.office, person, old=old, new=new, again=again, now=now)
    except (Refused, Conflict) as trouble:
        if not isinstance(trouble, own.OldPasswordWrong | TooManyTries):
            desk.throttle.forget(name, place)
        return _draw(request, person, trouble=trouble, sent="mat-khau")
    desk.throttle.forget(name, place)
    response = RedirectResponse("/ca-nhan?xong=mat-khau", SEE_OTHER)
    guard.let_in(request, response, desk.sign_in(login=name, password=new, now=now, place=place))
    return response


@router.post("/ca-nhan/lich-rieng")
def new_calendar(request: Request, person: Person) -> Response:
    """Make a new private calendar address; it is shown in the answer and nowhere else."""
    office = desk_of(request).office
    path = feed.open_feed(office, person.id, by=person.id, now=now_of(request))
    base = (office.settings.base_url or str(request.base_url)).rstrip("/")
    return _draw(request, person, address=f"{base}{path}")


@router.post("/ca-nhan/dong-lich")
def close_calendar(request: Request, person: Person) -> Response:
    """Let the private calendar address answer no more."""
    feed.close_feed(desk_of(request).office, person.id, by=person.id, now=now_of(request))
    return RedirectResponse("/ca-nhan?xong=dong-lich", SEE_OTHER)


def _draw(
    request: Request,
    person: Officer,
    *,
    trouble: Trouble | None = None,
    sent: str = "",
    hour: str | None = None,
    address: str | None = None,
    just_done: str = "",
) -> Response:
    office, now = desk_of(request).office, now_of(request)
    today = local_day(now)
    _, ways, has_feed = preferences.ways_of(office, person.id)
    return render(
        request,
        "self.html",
        status=status_of(trouble) if trouble else 200,
        view=directory.show_person(office, person.id, reader=person, now=now),
        ways=ways,
        hour=hour if hour is not None else f"{ways.digest_at:%H:%M}" if ways.digest_at else "",
        office_hour=f"{office.settings.digest_at:%H:%M}",
        kinds=KINDS,
        obligatory=OBLIGATORY,
        has_feed=has_feed,
        address=address,
        keys=KEYS,
        complaint=complaint_of(trouble),
        sent=sent,
        just_done=just_done,
        **choices_of(staff.list_people(office), today=today, but=person.id),
    )
