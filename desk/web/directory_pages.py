"""Danh bạ: people by unit, one person, one unit, aliases offered by habit.

Names of the forms: `ten` name, `ma` id, `vai_tro` duty, `don_vi` unit, `chuc_vu` title, `thu`
mail, `bi_danh` aliases with commas, `dung_dau` head, `ngay` last day, `lai` serves again, `da_xem` how many
lines were shown to move.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web.answer import Typed, typed_form
from desk.web.complaints import complaint_of
from desk.web.document_page import SEE_OTHER, SentForm
from desk.web.guard import allowed, desk_of, may, now_of
from desk.web.rendering import render
from desk.web.tongue import tr
from desk.web.troubles import status_of
from documents.errors import Conflict, Refused, Trouble
from documents.people import Directory, Duty, Officer, PersonId
from documents.text import fold
from office import directory, habits, staff
from office.absences import may_manage_absence
from office.directory import Held, UnitGroup
from office.office import local_day, names_of
from office.policy import Act
from office.typed import parse_day

router = APIRouter()

Reader = Annotated[Officer, Depends(allowed(Act.SEE_PEOPLE))]
Manager = Annotated[Officer, Depends(allowed(Act.MANAGE_PEOPLE))]
_BETWEEN = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A delegation that is about to be ended sooner: after which day as typed, and what comes back."""

    number: int
    day: str
    moves: tuple[Held, ...]


def person_address(person_id: str) -> str:
    """The address of a person's page."""
    return f"/danh-ba/nguoi/{quote(person_id, safe='')}"


def unit_address(unit_id: str) -> str:
    """The address of a unit's page."""
    return f"/danh-ba/don-vi/{quote(unit_id, safe='')}"


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
            duty=_duty(typed),
            unit=typed.get("don_vi"),
            email=typed.get("thu"),
            title=typed.get("chuc_vu"),
            aliases=_list(typed.get("bi_danh", "")),
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


# ── one person ───────────────────────────────────────────────────────────────────────────────────────────


@router.get("/danh-ba/nguoi/{who}")
def one_person(request: Request, person: Reader, who: str, xong: str = "") -> Response:
    """One person."""
    return draw_person(request, person, who, just_done=xong)


@router.post("/danh-ba/nguoi/{who}")
def change_person(request: Request, person: Manager, who: str, form: SentForm) -> Response:
    """Change a person."""
    typed = typed_form(form)
    change = staff.PersonChange(
        name=typed.get("ten", ""),
        duty=_duty(typed),
        unit=typed.get("don_vi", ""),
        email=typed.get("thu", ""),
        title=typed.get("chuc_vu", ""),
        aliases=_list(typed.get("bi_danh", "")),
    )
    try:
        staff.change_person(desk_of(request).office, who, change, by=person.id, now=now_of(request))
    except (Refused, Conflict) as trouble:
        return draw_person(request, person, who, typed=typed, sent="sua", trouble=trouble)
    return RedirectResponse(f"{person_address(who)}?xong=sua", SEE_OTHER)


@router.post("/danh-ba/nguoi/{who}/mat-khau")
def reset_password(request: Request, person: Manager, who: str) -> Response:
    """Make a one-time password; it is shown in the answer and nowhere else."""
    made = staff.set_password(desk_of(request).office, who, None, by=person.id, now=now_of(request))
    return draw_person(request, person, who, password=made)


@router.post("/danh-ba/nguoi/{who}/thoi-viec")
def leave(request: Request, person: Manager, who: str, form: SentForm) -> Response:
    """End a person's service after a day, once what moves has been seen; or open it again."""
    typed, office, now = typed_form(form), desk_of(request).office, now_of(request)
    try:
        if typed.get("lai"):
            staff.retire_person(office, who, None, by=person.id, now=now)
            return RedirectResponse(f"{person_address(who)}?xong=lai", SEE_OTHER)
        last_day = parse_day(typed.get("ngay", ""))
        leaving = directory.preview_leave(office, who, last_day, reader=person, now=now)
        if typed.get("da_xem") != str(len(leaving)):
            return draw_person(request, person, who, typed=typed, sent="thoi", leaving=leaving)
        staff.retire_person(office, who, last_day, anyway=True, by=person.id, now=now)
    except (Refused, Conflict) as trouble:
        return draw_person(request, person, who, typed=typed, sent="thoi", trouble=trouble)
    return RedirectResponse(f"{person_address(who)}?xong=thoi", SEE_OTHER)


def draw_person(
    request: Request,
    reader: Officer,
    who: str,
    *,
    typed: Typed | None = None,
    sent: str = "",
    trouble: Trouble | None = None,
    password: str | None = None,
    leaving: tuple[Held, ...] | None = None,
    preview: tuple[Held, ...] | None = None,
    ending: Ending | None = None,
    just_done: str = "",
) -> Response:
    """The page of a person; `preview`, `leaving` and `ending` are what would move, before it is recorded."""
    office, now = desk_of(request).office, now_of(request)
    view = directory.show_person(office, who, reader=reader, now=now)
    known = staff.list_people(office)
    return render(
        request,
        "person.html",
        status=status_of(trouble) if trouble else 200,
        view=view,
        offers=[one for one in habits.list_offers(office, now=now) if one.chosen == view.person.id],
        may_absent=may_manage_absence(reader, view.person, known),
        sees_work=reader.id == view.person.id or may(reader, Act.WATCH),
        complaint=complaint_of(trouble),
        typed=typed or {},
        sent=sent,
        password=password,
        leaving=leaving,
        preview=preview,
        ending=ending,
        just_done=just_done,
        **choices_of(known, today=local_day(now), but=view.person.id),
    )


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
        aliases=_list(typed.get("bi_danh", "")),
        head=typed.get("dung_dau", ""),
        by=person.id,
        now=now,
    )


# ── what is typed and chosen ─────────────────────────────────────────────────────────────────────────────


def _duty(typed: Typed) -> Duty:
    said = typed.get("vai_tro", "")
    return Duty(said) if said in set(Duty) else Duty.OFFICER


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())


def choices_of(known: Directory, *, today: dt.date, but: PersonId | None = None) -> dict[str, Any]:
    """What the pages of the directory have in common: names, units, people to choose from."""
    return {
        "today": today,
        "names": names_of(known),
        "units": sorted(known.units, key=lambda u: u.name.casefold()),
        "choices": directory.people_to_choose(known, today=today, but=but),
        "say": tr,
    }
