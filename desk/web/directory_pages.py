"""Danh bạ: people by unit, one unit, aliases offered by habit; one person in `person_pages`.

Names of the forms: `ten` name, `ma` id, `vai_tro` duty, `don_vi` unit, `chuc_vu` title, `thu`
mail, `bi_danh` aliases with commas, `dung_dau` head.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web.answer import Typed, typed_form
from desk.web.complaints import complaint_of
from desk.web.directory_parts import choices_of, person_address, typed_duty, typed_list, unit_address
from desk.web.document_page import SEE_OTHER, SentForm
from desk.web.guard import allowed, desk_of, now_of
from desk.web.rendering import render
from desk.web.troubles import status_of
from documents.errors import Conflict, Refused, Trouble
from documents.people import Officer
from documents.text import fold
from office import directory, habits, staff
from office.directory import UnitGroup
from office.office import local_day
from office.policy import Act

router = APIRouter()

Reader = Annotated[Officer, Depends(allowed(Act.SEE_PEOPLE))]
Manager = Annotated[Officer, Depends(allowed(Act.MANAGE_PEOPLE))]


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/danh-ba")
def people(request: Request, _: Reader, loc: str = "", xong: str = "") -> Response:
    """People by unit, who is away, and the aliases on offer."""
    return draw_directory(request, wanted=loc.strip()[:100], just_done=xong)


@router.post("/danh-ba/nguoi")
def add_person(request: Request, person: Manager, form: SentForm) -> Response:
    """Add a person; the one-time password is shown in the answer and nowhere else."""
    typed = typed_form(form)
    try:
        password = staff.add_person(
            desk_of(request).office,
            person_id=typed.get("ma", "").strip(),
            name=typed.get("ten", ""),
            duty=typed_duty(typed),
            unit=typed.get("don_vi"),
            email=typed.get("thu"),
            title=typed.get("chuc_vu"),
            aliases=typed_list(typed.get("bi_danh", "")),
            by=person.id,
            now=now_of(request),
        )
    except (Refused, Conflict) as trouble:
        return draw_directory(request, typed=typed, sent="nguoi", trouble=trouble)
    made = {"name": typed["ten"], "login": typed["ma"].strip(), "password": password}
    return draw_directory(request, made=made)


@router.post("/danh-ba/don-vi")
def add_unit(request: Request, person: Manager, form: SentForm) -> Response:
    """Add a unit."""
    typed = typed_form(form)
    try:
        _save_unit(request, person, typed.get("ma", "").strip(), typed, is_new=True)
    except (Refused, Conflict) as trouble:
        return draw_directory(request, typed=typed, sent="don-vi", trouble=trouble)
    return RedirectResponse(f"{unit_address(typed['ma'].strip())}?xong=don-vi", SEE_OTHER)


@router.post("/danh-ba/bi-danh")
def adopt_alias(request: Request, person: Manager, form: SentForm) -> Response:
    """Make a habit an alias, as it was offered."""
    typed = typed_form(form)
    office, now = desk_of(request).office, now_of(request)
    habit = habits.accept_offer(office, typed.get("viet", ""), typed.get("la", ""), by=person, now=now)
    of_unit = habit.chosen.startswith("unit:")
    page = "/danh-ba" if of_unit else person_address(habit.chosen)
    return RedirectResponse(f"{page}?xong=bi-danh", SEE_OTHER)


def draw_directory(
    request: Request,
    *,
    wanted: str = "",
    typed: Typed | None = None,
    sent: str = "",
    trouble: Trouble | None = None,
    made: dict[str, str] | None = None,
    just_done: str = "",
) -> Response:
    """The list; with a form that could not be done as it was sent, or the person just added."""
    office, now = desk_of(request).office, now_of(request)
    today = local_day(now)
    groups, others = directory.group_people(office, today=today)
    known = staff.list_people(office)
    lines = [line for group in groups for line in group.lines]
    return render(
        request,
        "directory.html",
        status=status_of(trouble) if trouble else 200,
        groups=_matching(groups, wanted) if wanted else groups,
        others=[p for p in others if not wanted or _is_called(p, wanted)],
        serving=len(lines),
        away=sum(bool(line.away) and line.away[0].since <= today for line in lines),
        wanted=wanted,
        offers=habits.list_offers(office, now=now),
        complaint=complaint_of(trouble),
        typed=typed or {},
        sent=sent,
        made=made,
        just_done=just_done,
        **choices_of(known, today=today),
    )


def _matching(groups: Iterable[UnitGroup], wanted: str) -> list[UnitGroup]:
    """The units, and the people in them, that are called something like it."""
    found = []
    for group in groups:
        names = (group.unit.name, *group.unit.aliases, group.unit.id) if group.unit else ()
        is_unit = any(fold(wanted) in fold(name) for name in names)
        lines = tuple(line for line in group.lines if is_unit or _is_called(line.person, wanted))
        if lines or is_unit:
            found.append(UnitGroup(unit=group.unit, head=group.head, lines=lines))
    return found


def _is_called(person: Officer, wanted: str) -> bool:
    names = (person.name, person.id, person.title or "", *person.aliases)
    return any(fold(wanted) in fold(name) for name in names)


# ── one unit ─────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/danh-ba/don-vi/{unit}")
def one_unit(request: Request, _: Reader, unit: str, xong: str = "") -> Response:
    """One unit."""
    return _draw_unit(request, unit, just_done=xong)


@router.post("/danh-ba/don-vi/{unit}")
def change_unit(request: Request, person: Manager, unit: str, form: SentForm) -> Response:
    """Change a unit; a new head takes over what the former one held for it."""
    typed = typed_form(form)
    directory.show_unit(desk_of(request).office, unit, today=local_day(now_of(request)))
    try:
        _save_unit(request, person, unit, typed)
    except (Refused, Conflict) as trouble:
        return _draw_unit(request, unit, typed=typed, trouble=trouble)
    return RedirectResponse(f"{unit_address(unit)}?xong=don-vi", SEE_OTHER)


def _draw_unit(
    request: Request,
    unit: str,
    *,
    typed: Typed | None = None,
    trouble: Trouble | None = None,
    just_done: str = "",
) -> Response:
    office, today = desk_of(request).office, local_day(now_of(request))
    return render(
        request,
        "unit.html",
        status=status_of(trouble) if trouble else 200,
        view=directory.show_unit(office, unit, today=today),
        complaint=complaint_of(trouble),
        typed=typed or {},
        just_done=just_done,
        **choices_of(staff.list_people(office), today=today),
    )


def _save_unit(
    request: Request, person: Officer, unit_id: str, typed: Typed, *, is_new: bool = False
) -> None:
    office, now = desk_of(request).office, now_of(request)
    known = staff.list_people(office)
    if is_new and (taken := next((u for u in known.units if u.id.casefold() == unit_id.casefold()), None)):
        raise staff.IdTaken(id=taken.id, name=taken.name)
    staff.save_unit(
        office,
        unit_id=unit_id,
        name=typed.get("ten", ""),
        aliases=typed_list(typed.get("bi_danh", "")),
        head=typed.get("dung_dau", ""),
        by=person.id,
        now=now,
    )
