"""Every kind of event of recipient lines and delegations: what it changes for those who look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from documents.absence import Delegation, DelegationEnded, DelegationId, DelegationSaved
from documents.decisions import Assignee, Role
from documents.events import Event
from documents.lines import DueBasis, DueKind, LineNumber, LineState
from documents.status import Status
from documents.work import (
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    LineAccepted,
    LineFinished,
    LineHandedOn,
    LineMoved,
    LineRead,
    LineReassigned,
    LineReopened,
    LineReturned,
    ProgressReported,
)
from registry.absence import load_delegations, next_delegation
from registry.view import View
from tests.registry.builders import HOA, LINH, NOW, PRESS, TODAY, XUAN, assigned
from tests.registry.seen import DOC, Case, document, notices, that

LATER = TODAY + dt.timedelta(9)
FIRST, SECOND = {"document": DOC, "line": LineNumber(1), "role": Role.LEAD}, LineNumber(2)
GIVEN: tuple[Event, ...] = (
    assigned(
        DOC,
        Assignee(role=Role.LEAD, unit=PRESS, due=TODAY, outer=LATER),
        Assignee(role=Role.INFORM, person=HOA),
    ),
)
TOLD = (("review", HOA, "waiting"), ("assigned", XUAN, "waiting"), ("assigned", HOA, "waiting"))
ACCEPTED, FINISHED = LineAccepted(**FIRST), LineFinished(**FIRST, result="Đã trả lời", reply="15/STTTT")
HANDED = LineHandedOn(**FIRST, to=LINH, direction="Tham mưu")
ASKED = ExtensionAsked(**FIRST, wanted=LATER, reason="Chờ số liệu", asked_of=(LINH,))
AWAY = Delegation(
    id=DelegationId(1),
    giver=XUAN,
    taker=LINH,
    since=TODAY,
    until=LATER,
    instrument="GUQ số 3",
    doc_types=("Kế hoạch",),
    unit=PRESS,
    with_secret=True,
)


def line(number: int = 1, **wanted: Any) -> Callable[[View], None]:
    """A line of paper 1 has these facts now."""

    def look(view: View) -> None:
        found = next(x for x in view.assignments(DOC) if x.line == number)
        assert {fact: getattr(found, fact) for fact in wanted} == wanted

    return look


def told(kind: str, *who: str) -> Callable[[View], None]:
    """Besides those of the assignment, these have a notice of that kind."""
    return notices(*TOLD, *((kind, one, "waiting") for one in who))


def work(event: Event, *seen: Callable[[View], None], first: tuple[Event, ...] = ()) -> Case:
    """An event of a line of paper 1, given to the press unit and to Hoa for information."""
    return Case(event, seen, at=Status.REGISTERED, first=(*GIVEN, *first))


LINE_CASES = {
    "work is taken on": work(
        ACCEPTED,
        line(state=LineState.ACCEPTED, accepted_at=NOW, holder=XUAN),
        document(status=Status.IN_PROGRESS),
        notices(*TOLD),
    ),
    "work is handed on with a direction and a nearer day": work(
        LineHandedOn(**FIRST, to=LINH, direction="Tham mưu", due=TODAY),
        line(
            state=LineState.OPEN,
            unit=PRESS,
            holder=LINH,
            handed_by=(XUAN,),
            direction="Tham mưu",
            basis=DueBasis(kind=DueKind.ORDERED, start=TODAY),
        ),
        document(status=Status.ASSIGNED),
        told("handed_on", LINH),
        first=(ACCEPTED,),
    ),
    "work is given back to who handed it on": work(
        LineReturned(**FIRST, reason="Ốm", to=XUAN),
        line(state=LineState.OPEN, holder=XUAN, handed_by=(), returned="Ốm"),
        notices(*TOLD, ("handed_on", LINH, "waiting"), ("returned", XUAN, "waiting")),
        first=(HANDED,),
    ),
    "work is given back to the clerks": work(
        LineReturned(**FIRST, reason="Sai phòng"),
        line(state=LineState.RETURNED, holder=XUAN, returned="Sai phòng"),
        document(status=Status.ASSIGNED),
        that(lambda v: v.open_deadlines(LATER), ()),
        told("returned", HOA),
        first=(ACCEPTED,),
    ),
    "work is given to somebody else": work(
        LineReassigned(**FIRST, person=LINH, holder=LINH, reason="Đúng người"),
        line(3, person=LINH, unit=None, holder=LINH, due=TODAY, outer_due=LATER, role=Role.LEAD),
        that(lambda v: [x.line for x in v.assignments(DOC)], [3, 2]),
        document(status=Status.ASSIGNED),
        notices(*TOLD, ("assigned", LINH, "waiting"), ("moved", XUAN, "waiting")),
        first=(ACCEPTED,),
    ),
    "somebody stands in": work(
        LineMoved(**FIRST, to=LINH, stands_in_for=XUAN, reason="Linh thay Xuân."),
        line(holder=LINH, stands_in_for=XUAN, state=LineState.ACCEPTED),
        told("moved", LINH, XUAN),
        first=(ACCEPTED,),
    ),
    "nobody is left to hold it": work(
        LineMoved(**FIRST, to=None, reason="Đã nghỉ việc."),
        line(holder=None, holder_name=None),
        notices(*TOLD, ("moved", XUAN, "waiting"), ("unheld", HOA, "waiting")),
    ),
    "a later day is asked for": work(
        ASKED, line(asked_due=LATER, asked_reason="Chờ số liệu", due=TODAY), told("extension_asked", LINH)
    ),
    "a later day is asked for where nobody can answer": work(
        ExtensionAsked(**FIRST, wanted=LATER, reason="Chờ"), told("extension_asked", HOA)
    ),
    "a later day is given": work(
        ExtensionGranted(**FIRST, due=LATER, reason="Tỉnh cho phép"),
        line(due=LATER, asked_due=None, asked_reason=None, basis=DueBasis(kind=DueKind.ORDERED, start=LATER)),
        that(lambda v: v.assignments(DOC)[0].because[-1].text, "Hạn đổi thành 14/01/2012: Tỉnh cho phép"),
        notices(*TOLD, ("extension_asked", LINH, "waiting"), ("extension_answered", XUAN, "waiting")),
        first=(ASKED,),
    ),
    "a later day is not given": work(
        ExtensionRefused(**FIRST, reason="Gấp"),
        line(due=TODAY, asked_due=None),
        notices(*TOLD, ("extension_asked", LINH, "waiting"), ("extension_answered", XUAN, "waiting")),
        first=(ASKED,),
    ),
    "how far it is": work(
        ProgressReported(**FIRST, note="Đã dự thảo"),
        line(progress="Đã dự thảo", state=LineState.ACCEPTED),
        first=(ACCEPTED,),
    ),
    "work is done": work(
        FINISHED,
        line(state=LineState.DONE, result="Đã trả lời", reply="15/STTTT"),
        document(status=Status.DONE),
        that(lambda v: v.open_deadlines(LATER), ()),
        notices(*TOLD, ("handed_on", LINH, "waiting"), ("finished", XUAN, "waiting")),
        first=(HANDED,),
    ),
    "work is taken up again": work(
        LineReopened(**FIRST, reason="Thiếu biểu"),
        line(state=LineState.ACCEPTED, result=None, reply=None),
        document(status=Status.IN_PROGRESS),
        told("returned", XUAN),
        first=(FINISHED,),
    ),
    "who is to know has looked": work(
        LineRead(document=DOC, line=SECOND, role=Role.INFORM), line(2, state=LineState.READ), notices(*TOLD)
    ),
    "somebody is to stand in": Case(
        DelegationSaved(delegation=AWAY),
        (that(load_delegations, (AWAY,)), that(next_delegation, 2)),
    ),
    "somebody stands in no longer": Case(
        DelegationEnded(delegation=AWAY.id, until=TODAY),
        (
            that(lambda v: [one.until for one in load_delegations(v)], [TODAY]),
            that(lambda v: load_delegations(v, LATER), ()),
        ),
        first=(DelegationSaved(delegation=AWAY),),
    ),
}
