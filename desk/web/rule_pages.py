"""Quy tắc: the table in force in sentences, versions, drafts, dry runs and approvals.

Names of the forms: `bang` the table as YAML, `viec` what to do with it (`kiem` check, `luu` keep), `tu` first
day of a dry run, `di_khac` how many documents it was shown to move, `hieu_luc` the first day, `ly_do` why,
`y.NUMBER` whether the difference of the document under that number is right (`dung`) or wrong (`sai`).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from desk.web.answer import Typed, typed_form
from desk.web.complaints import complaint_of
from desk.web.document_page import SEE_OTHER, SentForm
from desk.web.guard import allowed, desk_of, now_of
from desk.web.rendering import render
from desk.web.troubles import status_of
from desk.web.words import Label
from documents.errors import Conflict, Refused, RuleSlip, Trouble
from documents.people import Officer
from documents.record import DraftState
from office import drafts, rule_book, tables
from office.dry_run import DryRun, dry_run
from office.office import local_day
from office.policy import Act
from office.typed import parse_day

router = APIRouter()

Reader = Annotated[Officer, Depends(allowed(Act.SEE_RULES))]
Drafter = Annotated[Officer, Depends(allowed(Act.DRAFT_RULES))]
Approver = Annotated[Officer, Depends(allowed(Act.APPROVE_RULES))]

DRAFT_STATE = {
    DraftState.OPEN: Label("chờ duyệt", "clock", "ask"),
    DraftState.APPROVED: Label("đã duyệt", "tick", "good"),
    DraftState.DROPPED: Label("đã bỏ", "cross", "calm"),
}
WRONG = "sai"


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/quy-tac")
def table(request: Request, _: Reader, ban: str = "", xong: str = "") -> Response:
    """A version row by row, today's when none is asked for, with all versions and drafts."""
    today = local_day(now_of(request))
    book = rule_book.show_book(desk_of(request).office, _number(ban), today=today)
    most = max((led for _, _, led in book.shown.rows), default=0)
    return render(
        request,
        "rules.html",
        book=book,
        most=most or 1,
        warned={row for row, _, _ in book.shown.rows if any(_speaks_of(w, row) for w in book.warnings)},
        states=DRAFT_STATE,
        today=today,
        just_done=xong,
    )


def _speaks_of(warning: str, row: str) -> bool:
    return row in warning.replace(":", " ").replace(",", " ").split()


# ── drafting ─────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/quy-tac/soan")
def write(request: Request, _: Drafter, ban: str = "", nhap: str = "") -> Response:
    """The text of a version or a draft, to make a new draft of."""
    today = local_day(now_of(request))
    text = rule_book.text_of(desk_of(request).office, version=_number(ban), draft=_number(nhap), today=today)
    return _draw_editor(request, text)


@router.post("/quy-tac/soan")
def check_or_keep(request: Request, person: Drafter, form: SentForm) -> Response:
    """Check a table, or keep it as a draft; a slip is shown with its place, the text as it was typed."""
    typed, office, now = typed_form(form), desk_of(request).office, now_of(request)
    text = typed.get("bang", "")
    try:
        if typed.get("viec") == "luu":
            number = drafts.draft_table(office, text, by=person.id, actor=person.id, now=now)
            return RedirectResponse(f"/quy-tac/nhap/{number}?xong=luu", SEE_OTHER)
        checked = tables.check_rules(office, text, today=local_day(now))
    except (Refused, Conflict) as trouble:
        return _draw_editor(request, text, trouble=trouble)
    return _draw_editor(request, text, checked=checked)


def _draw_editor(
    request: Request,
    text: str,
    *,
    checked: tables.CheckedTable | None = None,
    trouble: Trouble | None = None,
) -> Response:
    slips = trouble.facts.get("slips", ()) if isinstance(trouble, RuleSlip) else ()
    return render(
        request,
        "rules_edit.html",
        status=status_of(trouble) if trouble else 200,
        text=text,
        checked=checked,
        complaint=complaint_of(trouble),
        slips=slips,
    )


# ── a draft, tried and approved ──────────────────────────────────────────────────────────────────────────


@router.get("/quy-tac/nhap/{draft}")
def one_draft(request: Request, person: Reader, draft: int, tu: str = "", xong: str = "") -> Response:
    """A draft in words; with a day (`tu`), what it would have done to the documents that came since."""
    office, today = desk_of(request).office, local_day(now_of(request))
    if not tu:
        return _draw_draft(request, person, draft, just_done=xong)
    try:
        trial = dry_run(office, drafts.text_to_try(office, draft)[1], since=parse_day(tu), today=today)
    except Refused as trouble:
        return _draw_draft(request, person, draft, typed={"tu": tu}, trouble=trouble)
    return _draw_draft(request, person, draft, trial=trial)


@router.post("/quy-tac/nhap/{draft}/duyet")
def approve(request: Request, person: Approver, draft: int, form: SentForm) -> Response:
    """Make a draft the next version; only as its dry run was seen, and with nothing in it judged wrong."""
    typed, office, now = typed_form(form), desk_of(request).office, now_of(request)
    today = local_day(now)
    since, moved = None, typed.get("di_khac", "")
    try:
        since = parse_day(typed.get("tu", ""))
        wrong = [name.removeprefix("y.") for name, said in typed.items() if said == WRONG]
        if wrong:
            raise rule_book.JudgedWrong(count=len(wrong), names=_some(wrong))
        done = drafts.approve_draft(
            office,
            draft,
            effective_from=parse_day(typed.get("hieu_luc", "")),
            by=person.id,
            actor=person.id,
            now=now,
            moved=int(moved) if moved.isdecimal() else None,
            since=since,
        )
    except (Refused, Conflict) as trouble:
        text = drafts.text_to_try(office, draft)[1]
        trial = dry_run(office, text, since=since, today=today) if since else None
        return _draw_draft(request, person, draft, trial=trial, typed=typed, trouble=trouble)
    return RedirectResponse(f"/quy-tac?ban={done.version}&xong=duyet", SEE_OTHER)


@router.post("/quy-tac/nhap/{draft}/bo")
def drop(request: Request, person: Drafter, draft: int, form: SentForm) -> Response:
    """Give a draft up, with a reason."""
    typed, office, now = typed_form(form), desk_of(request).office, now_of(request)
    try:
        drafts.drop_draft(
            office, draft, reason=typed.get("ly_do", ""), by=person.id, actor=person.id, now=now
        )
    except (Refused, Conflict) as trouble:
        return _draw_draft(request, person, draft, typed=typed, trouble=trouble)
    return RedirectResponse("/quy-tac?xong=bo", SEE_OTHER)


def _some(names: list[str]) -> str:
    return ", ".join((*names[:5], "…") if len(names) > 5 else names)


def _draw_draft(
    request: Request,
    person: Officer,
    number: int,
    *,
    trial: DryRun | None = None,
    typed: Typed | None = None,
    trouble: Trouble | None = None,
    just_done: str = "",
) -> Response:
    office, now = desk_of(request).office, now_of(request)
    today = local_day(now)
    shown: dict[str, Any] = {"view": rule_book.show_draft(office, number, today=today)}
    if trial:
        shown["differences"] = rule_book.list_differences(office, trial, person, now=now)
    return render(
        request,
        "rules_draft.html",
        status=status_of(trouble) if trouble else 200,
        trial=trial,
        since=_since(trial, typed, today),
        today=today,
        states=DRAFT_STATE,
        typed=typed or {},
        complaint=complaint_of(trouble),
        just_done=just_done,
        **shown,
    )


def _since(trial: DryRun | None, typed: Typed | None, today: dt.date) -> str:
    """The first day of the dry run as the form holds it: the one tried, as typed, or a year back."""
    if trial:
        return f"{trial.since:%d/%m/%Y}"
    return (typed or {}).get("tu") or f"{today - drafts.LOOK_BACK:%d/%m/%Y}"


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None
