"""The work of officers on their lines: what each step changes, who is told, what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from documents.errors import LineChanged, NotAllowed, NotSure, TextTooLong
from documents.lines import DueKind, LineState
from documents.people import Officer
from documents.status import DocumentId, Status
from office import extensions, lines, reassign
from office.lines import BadDue, BadTaker, OnLine, WordsMissing
from office.office import Office
from office.staff import retire_person
from registry.audit import verify
from tests.office.lines_at_work import (
    DUE,
    HOA,
    HUNG,
    LAN,
    LEADER,
    LINH,
    OUTER,
    SECOND,
    STRANGER,
    TODAY,
    XUAN,
    at_work,
    inform,
    lead,
    line_of,
    on,
    pass_on,
    status_of,
    support,
    told,
)
from tests.offices import MORNING

Step = Callable[[Office, OnLine], None]

STEPS: dict[str, Step] = {
    "accept": lambda o, x: lines.accept(o, x, now=MORNING),
    "hand on": lambda o, x: lines.hand_on(o, x, to="mai", direction="Tham mưu", now=MORNING),
    "return": lambda o, x: lines.give_back(o, x, reason="Không thuộc phòng", now=MORNING),
    "ask": lambda o, x: extensions.ask_extension(o, x, wanted=OUTER, reason="Chờ số liệu", now=MORNING),
    "grant": lambda o, x: extensions.grant_extension(o, x, due=OUTER, now=MORNING),
    "refuse": lambda o, x: extensions.refuse_extension(o, x, reason="Gấp", now=MORNING),
    "report": lambda o, x: lines.report_progress(o, x, note="Được nửa", now=MORNING),
    "finish": lambda o, x: lines.finish(o, x, result="Đã trả lời", reply="15/STTTT", now=MORNING),
    "reopen": lambda o, x: lines.reopen(o, x, reason="Thiếu biểu", now=MORNING),
    "reassign": lambda o, x: reassign.reassign(o, x, to="lan", reason="Nhầm phòng", now=MORNING),
}
PATHS: dict[LineState, tuple[str, ...]] = {
    LineState.OPEN: (),
    LineState.ACCEPTED: ("accept",),
    LineState.RETURNED: ("return",),
    LineState.DONE: ("accept", "finish"),
}
AFTER: dict[tuple[str, LineState], LineState] = {
    ("accept", LineState.OPEN): LineState.ACCEPTED,
    ("hand on", LineState.OPEN): LineState.OPEN,
    ("hand on", LineState.ACCEPTED): LineState.OPEN,
    ("return", LineState.OPEN): LineState.RETURNED,
    ("return", LineState.ACCEPTED): LineState.RETURNED,
    ("ask", LineState.OPEN): LineState.OPEN,
    ("ask", LineState.ACCEPTED): LineState.ACCEPTED,
    ("grant", LineState.OPEN): LineState.OPEN,
    ("grant", LineState.ACCEPTED): LineState.ACCEPTED,
    ("report", LineState.ACCEPTED): LineState.ACCEPTED,
    ("finish", LineState.OPEN): LineState.DONE,
    ("finish", LineState.ACCEPTED): LineState.DONE,
    ("reopen", LineState.DONE): LineState.ACCEPTED,
    ("reassign", LineState.OPEN): LineState.OPEN,
    ("reassign", LineState.ACCEPTED): LineState.OPEN,
    ("reassign", LineState.RETURNED): LineState.OPEN,
}
"""Every other step in every other state is refused."""
BY_LEADER = {"grant", "refuse", "reassign"}
STATUS = {
    LineState.OPEN: Status.ASSIGNED,
    LineState.ACCEPTED: Status.IN_PROGRESS,
    LineState.RETURNED: Status.ASSIGNED,
    LineState.DONE: Status.DONE,
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as office:
        yield office


def take(office: Office, document: DocumentId, *names: str, by: Officer = XUAN) -> None:
    """Take steps in a row, each by somebody who may."""
    for name in names:
        STEPS[name](office, on(office, document, LEADER if name in BY_LEADER else by))


@pytest.mark.parametrize("state", PATHS)
@pytest.mark.parametrize("name", STEPS)
def test_each_step_goes_from_where_it_can_and_from_nowhere_else(
    name: str, state: LineState, office: Office
) -> None:
    document = pass_on(office, 1, lead(XUAN), support(HUNG))
    take(office, document, *PATHS[state])
    if (name, state) not in AFTER:
        with pytest.raises(LineChanged):
            take(office, document, name)
        assert line_of(office, document).state is state
        return
    take(office, document, name)
    number = 3 if name == "reassign" else 1
    assert line_of(office, document, number).state is AFTER[name, state]
    assert status_of(office, document) is STATUS[AFTER[name, state]], "the document follows its lead"
    assert line_of(office, document, 2).state is LineState.OPEN, "the other line goes its own way"
    with office.view() as view:
        assert verify(view).whole


def test_a_supporting_line_never_moves_the_document(office: Office) -> None:
    document = pass_on(office, 1, lead(HUNG), support(XUAN))
    lines.finish(office, on(office, document, XUAN, 2), result="Góp ý xong", now=MORNING)
    assert status_of(office, document) is Status.ASSIGNED
    assert line_of(office, document, 2).state is LineState.DONE


def test_the_lead_may_be_done_while_others_are_not(office: Office) -> None:
    document = pass_on(office, 1, lead(XUAN), support(HUNG))
    take(office, document, "accept", "finish")
    assert status_of(office, document) is Status.DONE
    lines.accept(office, on(office, document, HUNG, 2), now=MORNING)
    assert (status_of(office, document), line_of(office, document, 2).state) == (
        Status.DONE,
        LineState.ACCEPTED,
    )


def test_work_handed_on_keeps_its_unit_and_comes_back_to_who_handed_it_on(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    lines.hand_on(office, on(office, document, XUAN), to="linh", direction="Dự thảo báo cáo", now=MORNING)
    line = line_of(office, document)
    assert (line.unit, line.holder, line.handed_by, line.direction) == (
        "bcxb", "linh", ("thanhxuan",), "Dự thảo báo cáo",
    )  # fmt: skip
    assert told(office, document, "handed_on") == ["linh"]
    lines.give_back(office, on(office, document, LINH), reason="Đang đi công tác", now=MORNING)
    line = line_of(office, document)
    assert (line.holder, line.state, line.handed_by, line.returned) == (
        "thanhxuan", LineState.OPEN, (), "Đang đi công tác",
    )  # fmt: skip
    assert told(office, document, "returned") == ["thanhxuan"]


def test_what_nobody_handed_on_goes_back_to_the_clerks(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    lines.give_back(office, on(office, document, LINH), reason="Không đúng lĩnh vực", now=MORNING)
    assert told(office, document, "returned") == ["hoa"]
    with office.view() as view:
        assert view.open_deadlines(DUE) == (), "who gave it back has no deadline any more"


def test_what_the_giver_cannot_take_back_goes_to_the_clerks(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    lines.hand_on(office, on(office, document, XUAN), to="linh", direction="Làm", now=MORNING)
    retire_person(office, "thanhxuan", TODAY - dt.timedelta(1), by="admin", now=MORNING)
    lines.give_back(office, on(office, document, LINH), reason="Không làm được", now=MORNING)
    assert line_of(office, document).state is LineState.RETURNED
    assert told(office, document, "returned") == ["hoa"]


def test_who_handed_it_on_is_told_what_came_of_it(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    lines.hand_on(office, on(office, document, XUAN), to="linh", direction="Làm", now=MORNING)
    lines.finish(office, on(office, document, LINH), result="Đã gửi", reply=" 15/STTTT-BCXB ", now=MORNING)
    line = line_of(office, document)
    assert (line.result, line.reply, line.state) == ("Đã gửi", "15/STTTT-BCXB", LineState.DONE)
    assert told(office, document, "finished") == ["thanhxuan"]


def test_a_nearer_day_may_be_set_when_handing_on_and_no_later_one(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    for wrong in (DUE + dt.timedelta(1), TODAY - dt.timedelta(1)):
        with pytest.raises(BadDue):
            lines.hand_on(
                office, on(office, document, XUAN), to="linh", direction="x", due=wrong, now=MORNING
            )
    near = DUE - dt.timedelta(3)
    lines.hand_on(office, on(office, document, XUAN), to="linh", direction="x", due=near, now=MORNING)
    line = line_of(office, document)
    assert (line.due, line.basis and line.basis.kind) == (near, DueKind.ORDERED)


@pytest.mark.parametrize(
    ("to", "trouble"),
    [
        pytest.param("khong-co", BadTaker, id="nobody by that id"),
        pytest.param("thanhxuan", BadTaker, id="who has it already"),
        pytest.param("khang", NotAllowed, id="somebody of another unit"),
        pytest.param("cuong", BadTaker, id="who only watches"),
    ],
)
def test_work_is_handed_on_inside_the_unit_to_somebody_else_who_serves(
    to: str, trouble: type[Exception], office: Office
) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    with pytest.raises(trouble):
        lines.hand_on(office, on(office, document, XUAN), to=to, direction="Làm", now=MORNING)


def test_an_extension_is_asked_of_the_head_and_the_answer_goes_to_who_asked(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    extensions.ask_extension(office, on(office, document, LINH), wanted=OUTER, reason="Chờ", now=MORNING)
    line = line_of(office, document)
    assert (line.asked_due, line.asked_reason, line.due) == (OUTER, "Chờ", DUE), "asked is not granted"
    assert told(office, document, "extension_asked") == ["thanhxuan"]
    extensions.grant_extension(office, on(office, document, XUAN), now=MORNING)
    line = line_of(office, document)
    assert (line.due, line.asked_due, line.basis and line.basis.kind) == (OUTER, None, DueKind.ORDERED)
    assert told(office, document, "extension_answered") == ["linh"]


def test_a_heads_own_extension_is_the_leaders_to_grant(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    extensions.ask_extension(office, on(office, document, XUAN), wanted=OUTER, reason="Chờ", now=MORNING)
    assert told(office, document, "extension_asked") == ["minh"]
    with pytest.raises(NotAllowed):
        extensions.grant_extension(office, on(office, document, XUAN), now=MORNING)


def test_where_nobody_may_answer_the_clerks_learn_that_something_is_asked(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    retire_person(office, "minh", TODAY - dt.timedelta(1), by="admin", now=MORNING)
    extensions.ask_extension(office, on(office, document, XUAN), wanted=OUTER, reason="Chờ", now=MORNING)
    assert told(office, document, "extension_asked") == ["hoa"]


def test_a_refused_extension_leaves_the_day(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    extensions.ask_extension(office, on(office, document, LINH), wanted=OUTER, reason="Chờ", now=MORNING)
    extensions.refuse_extension(office, on(office, document, XUAN), reason="Tỉnh giục", now=MORNING)
    line = line_of(office, document)
    assert (line.due, line.asked_due) == (DUE, None)


def test_an_outer_day_is_never_passed_silently(office: Office) -> None:
    document, beyond = pass_on(office, 1, lead(LINH)), OUTER + dt.timedelta(1)
    extensions.ask_extension(office, on(office, document, LINH), wanted=beyond, reason="Chờ", now=MORNING)
    with pytest.raises(NotSure, match="vượt ngày 31/01/2012") as asked:
        extensions.grant_extension(office, on(office, document, XUAN), now=MORNING)
    assert line_of(office, document).due == DUE
    extensions.grant_extension(office, on(office, document, XUAN), sure=asked.value.token, now=MORNING)
    with office.view() as view:
        granted = view.history(document)[-1]
    assert (granted.event, granted.payload["beyond_outer"]) == ("ExtensionGranted", True)


def test_insisting_on_one_day_is_not_insisting_on_another(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    with pytest.raises(NotSure) as asked:
        extensions.grant_extension(
            office, on(office, document, XUAN), due=OUTER + dt.timedelta(1), now=MORNING
        )
    later = OUTER + dt.timedelta(9)
    with pytest.raises(NotSure):
        extensions.grant_extension(
            office, on(office, document, XUAN), due=later, sure=asked.value.token, now=MORNING
        )


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(None, id="no day"),
        pytest.param(DUE, id="the day it has"),
        pytest.param(DUE - dt.timedelta(1), id="an earlier day"),
        pytest.param(dt.date(2112, 1, 31), id="a slip of the year"),
    ],
)
def test_only_a_later_day_can_be_asked_for(wanted: dt.date | None, office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    with pytest.raises(BadDue):
        extensions.ask_extension(office, on(office, document, LINH), wanted=wanted, reason="Chờ", now=MORNING)


def test_no_day_more_than_a_year_ahead_is_given(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    far = TODAY + dt.timedelta(extensions.FARTHEST_DAYS + 1)
    with pytest.raises(BadDue, match="quá một năm"):
        extensions.grant_extension(office, on(office, document, LEADER), due=far, now=MORNING)
    assert line_of(office, document).due == DUE


def test_work_without_a_day_has_none_to_extend(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH, due=None))
    with pytest.raises(BadDue):
        extensions.ask_extension(office, on(office, document, LINH), wanted=OUTER, reason="Chờ", now=MORNING)


@pytest.mark.parametrize("state", [LineState.OPEN, LineState.ACCEPTED, LineState.RETURNED])
def test_work_given_to_somebody_else_is_a_new_line_with_the_old_day(state: LineState, office: Office) -> None:
    document = pass_on(office, 1, lead(XUAN))
    take(office, document, *PATHS[state])
    reassign.reassign(office, on(office, document, HOA), to="unit:cntt", reason="Đúng lĩnh vực", now=MORNING)
    with office.view() as view:
        (line,) = view.assignments(document)
    assert (line.line, line.unit, line.holder, line.due, line.outer_due) == (2, "cntt", "hung", DUE, OUTER)
    assert line.because[-1].text == "Giao lại: Đúng lĩnh vực"
    assert told(office, document, "assigned")[-1] == "hung"
    assert told(office, document, "moved") == ([] if state is LineState.RETURNED else ["thanhxuan"])
    with pytest.raises(LineChanged):
        lines.accept(office, OnLine(document=document, line=line.line, by=XUAN, seen="?"), now=MORNING)


def test_nobody_gets_the_same_part_twice(office: Office) -> None:
    document = pass_on(office, 1, lead(XUAN), support(HUNG), support(LAN))
    with pytest.raises(BadTaker):
        reassign.reassign(office, on(office, document, HOA, 2), to="lan", reason="x", now=MORNING)
    reassign.reassign(office, on(office, document, HOA, 2), to="thanhxuan", reason="x", now=MORNING)


def test_work_does_not_go_to_who_only_watches_and_could_do_nothing_with_it(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    with pytest.raises(BadTaker, match="chỉ xem"):
        reassign.reassign(office, on(office, document, HOA), to="cuong", reason="x", now=MORNING)


def test_a_head_gives_work_to_another_inside_the_unit_only(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    with pytest.raises(NotAllowed):
        reassign.reassign(office, on(office, document, XUAN), to="khang", reason="x", now=MORNING)
    reassign.reassign(office, on(office, document, XUAN), to="mai", reason="Linh đi học", now=MORNING)
    assert line_of(office, document, 2).holder == SECOND.id


@pytest.mark.parametrize("name", [n for n in STEPS if n != "accept"])
def test_a_step_upon_what_has_changed_meanwhile_is_refused_and_says_what_is_now(
    name: str, office: Office
) -> None:
    document = pass_on(office, 1, lead(XUAN))
    take(office, document, *(("accept", "finish") if name == "reopen" else ()))
    stale = on(office, document, LEADER if name in BY_LEADER else XUAN)
    take(office, document, *(("reopen",) if name == "reopen" else ("accept",)))
    with pytest.raises(LineChanged, match="Lê Thanh Xuân giữ"):
        STEPS[name](office, stale)


def test_two_who_press_the_same_button_take_one_step(office: Office) -> None:
    document = pass_on(office, 1, lead(XUAN))
    same = on(office, document, XUAN)
    lines.accept(office, same, now=MORNING)
    with pytest.raises(LineChanged):
        lines.accept(office, same, now=MORNING)


@pytest.mark.parametrize(
    "empty",
    [
        pytest.param(lambda o, x: lines.give_back(o, x, reason=" \n", now=MORNING), id="return"),
        pytest.param(lambda o, x: lines.hand_on(o, x, to="mai", direction="", now=MORNING), id="hand on"),
        pytest.param(
            lambda o, x: extensions.ask_extension(o, x, wanted=OUTER, reason="", now=MORNING), id="ask"
        ),
        pytest.param(lambda o, x: lines.finish(o, x, result="", now=MORNING), id="finish"),
        pytest.param(lambda o, x: lines.report_progress(o, x, note="", now=MORNING), id="report"),
        pytest.param(lambda o, x: lines.reopen(o, x, reason="", now=MORNING), id="reopen"),
        pytest.param(lambda o, x: extensions.refuse_extension(o, x, reason="", now=MORNING), id="refuse"),
        pytest.param(lambda o, x: reassign.reassign(o, x, to="lan", reason="", now=MORNING), id="reassign"),
    ],
)
def test_words_that_others_need_are_obligatory(empty: Step, office: Office) -> None:
    document = pass_on(office, 1, lead(XUAN))
    with pytest.raises(WordsMissing):
        empty(office, on(office, document, XUAN))


def test_a_whole_paper_pasted_as_a_reason_is_refused(office: Office) -> None:
    document = pass_on(office, 1, lead(XUAN))
    with pytest.raises(TextTooLong):
        lines.give_back(office, on(office, document, XUAN), reason="x" * 2001, now=MORNING)


def test_what_is_for_information_is_read_once_and_never_due(office: Office) -> None:
    document = pass_on(office, 1, lead(XUAN), inform(STRANGER))
    for reader in (LINH, STRANGER, STRANGER):
        with office.registry.book(reader.id, MORNING) as book:
            lines.note_read(book, document, reader)
    assert line_of(office, document, 2).state is LineState.READ
    with office.view() as view:
        assert sum(line.event == "LineRead" for line in view.history(document)) == 1
        assert [x.holder for _, x in view.open_deadlines(OUTER)] == ["thanhxuan"]
    with pytest.raises(LineChanged):
        lines.accept(office, on(office, document, STRANGER, 2), now=MORNING)


def test_what_is_done_is_taken_up_again_by_who_did_it(office: Office) -> None:
    document = pass_on(office, 1, lead(XUAN))
    take(office, document, "accept", "finish", "reopen")
    line = line_of(office, document)
    assert (line.state, line.holder, line.result, line.returned) == (
        LineState.ACCEPTED, "thanhxuan", None, "Thiếu biểu",
    )  # fmt: skip


def test_what_somebody_did_who_left_is_taken_up_again_by_the_head(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    lines.hand_on(office, on(office, document, XUAN), to="linh", direction="Làm", now=MORNING)
    lines.finish(office, on(office, document, LINH), result="Xong", now=MORNING)
    retire_person(office, "linh", TODAY - dt.timedelta(1), by="admin", now=MORNING)
    lines.reopen(office, on(office, document, XUAN), reason="Thiếu", now=MORNING)
    assert line_of(office, document).holder == "thanhxuan"


def test_every_step_names_who_took_it(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    lines.hand_on(office, on(office, document, XUAN), to="linh", direction="Làm", now=MORNING)
    lines.accept(office, on(office, document, LINH), now=MORNING)
    lines.report_progress(office, on(office, document, LINH), note="Nửa", now=MORNING)
    with office.view() as view:
        steps: list[tuple[str, str, Any]] = [
            (x.event, x.actor, x.payload.get("behalf")) for x in view.history(document)[-3:]
        ]
    assert steps == [
        ("LineHandedOn", "thanhxuan", None),
        ("LineAccepted", "linh", None),
        ("ProgressReported", "linh", None),
    ]


def test_a_page_of_somebody_whose_role_changed_meanwhile_counts_for_nothing(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    posing = replace(STRANGER, duty=LEADER.duty)
    with pytest.raises(NotAllowed):
        extensions.grant_extension(office, on(office, document, posing), due=OUTER, now=MORNING)
