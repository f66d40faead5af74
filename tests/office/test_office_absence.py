"""Who stands in for whom: work goes and comes back by itself, whenever the sweep runs, and never twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.absence import Delegation, DelegationId, Matter
from documents.errors import NotAllowed
from documents.lines import LineState
from documents.people import Officer, PersonId, UnitId
from documents.status import DocumentId, Status
from office import absences, extensions, lines
from office.absence import follow_absences
from office.absences import AbsenceWish
from office.delegations import (
    BadDelegation,
    NoSuchDelegation,
    add_delegation,
    end_delegation,
    list_delegations,
    why_not,
)
from office.handover import work_left_by
from office.office import Office
from office.queries import why
from office.reassign import reassign
from office.staff import OpenWork, retire_person, save_unit
from registry.audit import verify
from tests.journeys.working import documents, drop, work_off
from tests.office.lines_at_work import (
    HOA,
    HUNG,
    LAN,
    LEADER,
    LINH,
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
from tests.offices import MORNING, PEOPLE
from tests.recorded_reader import RecordedReader, stub_file

MONDAY, FRIDAY = dt.date(2012, 1, 9), dt.date(2012, 1, 13)
PAPER = "Giấy ủy quyền số 3/GUQ-STTTT"


def at(day: dt.date, hour: int = 8) -> dt.datetime:
    """That hour of that day in Vietnam."""
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as office:
        yield office


def away(
    office: Office,
    giver: str = "thanhxuan",
    taker: str = "linh",
    since: dt.date = MONDAY,
    until: dt.date = FRIDAY,
    *,
    now: dt.datetime = MORNING,
    **scope: Any,
) -> Delegation:
    one, _ = add_delegation(
        office,
        giver=giver,
        taker=taker,
        since=since,
        until=until,
        instrument=PAPER,
        by="hoa",
        now=now,
        **scope,
    )
    return one


def held(office: Office, document: DocumentId, number: int = 1) -> tuple[str | None, str | None]:
    line = line_of(office, document, number)
    return line.holder, line.stands_in_for


HERS, HIS = ("thanhxuan", None), ("linh", "thanhxuan")


@pytest.mark.parametrize(
    ("sweeps", "holder"),
    [
        pytest.param([at(MONDAY, 0)], HIS, id="just after midnight of the first day"),
        pytest.param([at(MONDAY - dt.timedelta(1), 23)], HERS, id="the evening before"),
        pytest.param([at(FRIDAY, 23)], HIS, id="late on the last day, skipped all week"),
        pytest.param([at(MONDAY), at(MONDAY), at(FRIDAY)], HIS, id="run again and again"),
        pytest.param(
            [at(MONDAY), at(FRIDAY + dt.timedelta(1), 0)], HERS, id="the day after it ends by itself"
        ),
        pytest.param([at(MONDAY), at(FRIDAY + dt.timedelta(30))], HERS, id="the end noticed a month late"),
        pytest.param([at(FRIDAY + dt.timedelta(1))], HERS, id="never noticed at all"),
    ],
)
def test_work_is_with_whom_the_day_says_whenever_the_sweep_runs(
    sweeps: list[dt.datetime], holder: tuple[str, str | None], office: Office
) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    away(office)
    for moment in sweeps:
        follow_absences(office, now=moment)
    assert held(office, document) == holder
    with office.view() as view:
        assert verify(view).whole


def test_a_sweep_moves_each_line_once_and_tells_both(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    away(office)
    assert [follow_absences(office, now=at(MONDAY, hour)) for hour in (0, 1, 2)] == [1, 0, 0]
    assert told(office, document, "moved") == ["linh", "thanhxuan"]
    with office.view() as view:
        moved = view.history(document)[-1].payload["reason"]
        told_why = why(view, view.document(document))
    assert any(moved in step for step in told_why)
    assert moved == (
        "Nguyễn Thị Linh thay Lê Thanh Xuân theo Giấy ủy quyền số 3/GUQ-STTTT, đến hết ngày 13/01/2012."
    )


def test_accepted_work_goes_and_comes_back_as_accepted(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    lines.accept(office, on(office, document, XUAN), now=MORNING)
    away(office)
    follow_absences(office, now=at(MONDAY))
    assert line_of(office, document).state is LineState.ACCEPTED
    lines.report_progress(office, on(office, document, LINH), note="Đã dự thảo", now=at(MONDAY))
    follow_absences(office, now=at(FRIDAY + dt.timedelta(1)))
    line = line_of(office, document)
    assert (line.holder, line.state, line.progress) == ("thanhxuan", LineState.ACCEPTED, "Đã dự thảo")
    assert status_of(office, document) is Status.IN_PROGRESS


def test_what_is_done_or_for_information_or_with_the_clerks_stays_where_it_is(office: Office) -> None:
    done = pass_on(office, 1, lead("bcxb"))
    lines.finish(office, on(office, done, XUAN), result="Xong", now=MORNING)
    known = pass_on(office, 2, lead(HUNG), inform(XUAN))
    returned = pass_on(office, 3, lead("bcxb"))
    lines.give_back(office, on(office, returned, XUAN), reason="Không phải", now=MORNING)
    away(office)
    assert follow_absences(office, now=at(MONDAY)) == 0
    assert (held(office, done), held(office, known, 2), held(office, returned)) == (HERS, HERS, HERS)


def test_one_that_begins_today_takes_effect_at_once(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    away(office, since=TODAY)
    assert held(office, document) == HIS


def test_both_names_stand_on_what_is_done_meanwhile(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    away(office, since=TODAY)
    with pytest.raises(NotAllowed, match="Nguyễn Thị Linh giữ"):
        lines.accept(office, on(office, document, XUAN), now=MORNING)
    lines.finish(office, on(office, document, LINH), result="Đã trả lời", now=MORNING)
    with office.view() as view:
        last = view.history(document)[-1]
    assert (last.actor, last.payload["behalf"]) == ("linh", "thanhxuan")
    assert told(office, document, "finished") == ["thanhxuan"]


def test_who_stands_in_for_a_head_directs_the_unit_and_answers_for_it(office: Office) -> None:
    document, other = pass_on(office, 1, lead("bcxb")), pass_on(office, 2, lead(SECOND))
    with pytest.raises(NotAllowed):
        extensions.grant_extension(office, on(office, other, LINH), due=TODAY, now=MORNING)
    away(office, since=TODAY)
    lines.hand_on(office, on(office, document, LINH), to="mai", direction="Dự thảo", now=MORNING)
    extensions.grant_extension(office, on(office, other, LINH), due=TODAY, now=MORNING)
    with office.view() as view:
        assert view.history(document)[-1].payload["behalf"] == "thanhxuan"
        assert view.history(other)[-1].payload["behalf"] == "thanhxuan"
    assert line_of(office, document).handed_by == ("thanhxuan",), "it was handed on in her right"
    follow_absences(office, now=at(FRIDAY + dt.timedelta(1)))
    assert held(office, document) == ("mai", None), "what was handed on stays there"
    lines.give_back(office, on(office, document, SECOND), reason="Ốm", now=at(FRIDAY + dt.timedelta(1)))
    assert held(office, document) == HERS


def test_what_comes_back_during_the_absence_goes_to_who_stands_in(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    lines.hand_on(office, on(office, document, XUAN), to="mai", direction="Làm", now=MORNING)
    away(office, since=TODAY)
    lines.give_back(office, on(office, document, SECOND), reason="Ốm", now=MORNING)
    assert held(office, document) == HIS


def test_new_work_goes_to_who_stands_in_and_says_why(tmp_path: Path) -> None:
    with at_work(tmp_path) as office:
        away(office, since=TODAY)
        drop(office, "x.pdf", stub_file(1, arrival_forwarded_to=["P.BCXB"]))
        work_off(office, RecordedReader())
        (document,) = documents(office)
        with office.view() as view:
            lines_now = view.assignments(document.id)
    mine = [line for line in lines_now if line.stands_in_for == "thanhxuan"]
    assert mine, [(line.person, line.unit, line.holder) for line in lines_now]
    assert mine[0].holder == "linh"
    assert "thay Lê Thanh Xuân" in mine[0].because[-1].text


def test_work_given_again_during_the_absence_goes_to_who_stands_in(office: Office) -> None:
    document = pass_on(office, 1, lead(HUNG))
    away(office, since=TODAY)
    reassign(office, on(office, document, HOA), to="unit:bcxb", reason="Đúng phòng", now=MORNING)
    assert held(office, document, 2) == HIS


@pytest.mark.parametrize(
    ("scope", "moves"),
    [
        pytest.param({}, (True, True, True), id="all of it"),
        pytest.param(
            {"doc_types": ("kế hoạch",)}, (True, False, False), id="one type, however it is written"
        ),
        pytest.param({"unit": "vp"}, (True, True, False), id="as head of one unit only"),
        pytest.param({"doc_types": ("Giấy mời",), "unit": "vp"}, (False, True, False), id="both"),
    ],
)
def test_a_scope_is_by_type_and_by_unit(
    scope: dict[str, Any], moves: tuple[bool, ...], office: Office
) -> None:
    papers = (
        pass_on(office, 1, lead("vp"), doc_type="Kế hoạch"),
        pass_on(office, 2, lead("vp"), doc_type="Giấy mời"),
        pass_on(office, 3, lead("khtc"), doc_type="Công văn"),
    )
    away(office, "lan", "hoa", since=TODAY, **scope)
    assert tuple(held(office, paper)[0] == "hoa" for paper in papers) == moves


@pytest.mark.parametrize(
    ("secrecy", "with_secret", "covered"),
    [(None, False, True), ("Mật", False, False), ("Mật", True, True)],
)
def test_secret_work_is_in_a_scope_only_when_it_says_so(
    secrecy: str | None, with_secret: bool, covered: bool
) -> None:
    one = delegation(1, "a", "b", 1, 5, with_secret=with_secret)
    assert one.covers(Matter(secrecy=secrecy)) is covered


def test_one_that_is_ended_early_gives_the_work_back_at_once(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    one = away(office, since=TODAY)
    ended, moved = end_delegation(office, one.id, None, by="hoa", now=at(MONDAY))
    assert (ended.until, moved, held(office, document)) == (MONDAY - dt.timedelta(1), 1, HERS)


def test_one_that_is_withdrawn_before_it_begins_never_counts(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    one = away(office)
    end_delegation(office, one.id, None, by="hoa", now=MORNING)
    assert follow_absences(office, now=at(MONDAY)) == 0
    assert held(office, document) == HERS
    away(office)


def test_nothing_is_ended_that_is_not_there_or_over(office: Office) -> None:
    with pytest.raises(NoSuchDelegation):
        end_delegation(office, 7, None, by="hoa", now=MORNING)
    one = away(office)
    for wrong in (FRIDAY, FRIDAY + dt.timedelta(1), TODAY - dt.timedelta(2)):
        with pytest.raises(BadDelegation):
            end_delegation(office, one.id, wrong, by="hoa", now=MORNING)


@pytest.mark.parametrize(
    ("giver", "taker", "since", "until", "why"),
    [
        pytest.param("lan", "lan", MONDAY, FRIDAY, "hai người", id="oneself"),
        pytest.param("lan", "ai-do", MONDAY, FRIDAY, "không có người", id="nobody"),
        pytest.param("lan", "hung", FRIDAY, MONDAY, "đứng trước", id="ends before it begins"),
        pytest.param("lan", "hung", dt.date(2012, 1, 2), dt.date(2012, 1, 4), "đã qua", id="over already"),
        pytest.param("lan", "cuong", MONDAY, FRIDAY, "giám sát", id="somebody who only looks"),
        pytest.param("cuong", "lan", MONDAY, FRIDAY, "không giữ việc", id="who has no work to pass on"),
        pytest.param("lan", "hung", MONDAY, dt.date(2082, 1, 13), "quá một năm", id="a slip of the year"),
        pytest.param("lan", "khang", MONDAY, FRIDAY, "không làm việc", id="somebody who leaves meanwhile"),
        pytest.param("linh", "thanhxuan", FRIDAY, FRIDAY, "lẫn nhau", id="a circle of two"),
        pytest.param("lan", "thanhxuan", FRIDAY, FRIDAY, "cũng vắng", id="somebody who is away"),
        pytest.param(
            "linh", "mai", MONDAY, MONDAY, "không ủy quyền tiếp", id="passing on what one stands in for"
        ),
        pytest.param("thanhxuan", "mai", FRIDAY, FRIDAY, "đã có người thay", id="two who stand in at once"),
    ],
)
def test_a_delegation_that_cannot_stand_is_refused_with_the_reason(
    giver: str, taker: str, since: dt.date, until: dt.date, why: str, office: Office
) -> None:
    retire_person(office, "khang", FRIDAY - dt.timedelta(1), by="admin", now=MORNING)
    away(office)
    with pytest.raises(BadDelegation, match=why):
        away(office, giver, taker, since, until)


@pytest.mark.parametrize(
    ("giver", "taker", "since", "until"),
    [
        pytest.param(
            "linh", "thanhxuan", FRIDAY + dt.timedelta(1), FRIDAY + dt.timedelta(5), id="the week after"
        ),
        pytest.param("lan", "linh", MONDAY, FRIDAY, id="one may stand in for two"),
        pytest.param("thanhxuan", "mai", dt.date(2012, 1, 6), dt.date(2012, 1, 6), id="the day before"),
    ],
)
def test_what_shares_no_day_or_no_person_may_stand_beside_it(
    giver: str, taker: str, since: dt.date, until: dt.date, office: Office
) -> None:
    away(office)
    away(office, giver, taker, since, until)


@pytest.mark.parametrize(
    ("by", "giver", "taker", "why"),
    [
        pytest.param(HUNG, "minh", "hung", "trong đơn vị mình", id="a head makes themselves stand in above"),
        pytest.param(HUNG, "linh", "mai", "trong đơn vị mình", id="a head, of another unit"),
        pytest.param(HOA, "minh", "hoa", "tự ghi mình", id="a clerk makes themselves stand in"),
        pytest.param(XUAN, "linh", "thanhxuan", None, id="a head takes over in their own unit"),
        pytest.param(LINH, "linh", "mai", None, id="one's own"),
        pytest.param(HOA, "minh", "lan", None, id="a clerk enters what a paper says"),
        pytest.param(LEADER, "linh", "minh", None, id="a leader"),
    ],
)
def test_whose_absence_one_enters_follows_duty_and_unit(
    by: Officer, giver: str, taker: str, why: str | None, office: Office
) -> None:
    wish = AbsenceWish(giver=giver, taker=taker, since=MONDAY, until=FRIDAY, instrument=PAPER)
    doors = (absences.preview_absence, absences.enter_absence)
    for door in doors:
        if why:
            with pytest.raises(NotAllowed, match=why):
                door(office, wish, by=by, now=MORNING)
        else:
            door(office, wish, by=by, now=MORNING)
            end = door is absences.enter_absence
            assert len(list_delegations(office)) == int(end)


def test_a_head_ends_no_absence_of_another_unit(office: Office) -> None:
    one = away(office)
    with pytest.raises(NotAllowed, match="trong đơn vị mình"):
        absences.end_absence(office, one.id, None, by=HUNG, now=MORNING)


def test_one_without_a_paper_to_rest_on_is_refused(office: Office) -> None:
    with pytest.raises(BadDelegation, match="văn bản ủy quyền"):
        add_delegation(
            office,
            giver="lan",
            taker="hung",
            since=MONDAY,
            until=FRIDAY,
            instrument=" ",
            by="hoa",
            now=MORNING,
        )


def delegation(number: int, giver: str, taker: str, since: int, until: int, **scope: Any) -> Delegation:
    return Delegation(
        id=DelegationId(number),
        giver=PersonId(giver),
        taker=PersonId(taker),
        since=dt.date(2012, 1, since),
        until=dt.date(2012, 1, until),
        instrument=PAPER,
        **scope,
    )


WHO = st.sampled_from([str(p.id) for p in PEOPLE.people])
DAY = st.integers(1, 12)


@given(st.lists(st.tuples(WHO, WHO, DAY, DAY, st.booleans()), max_size=25))
def test_whatever_is_entered_nobody_stands_in_while_away(
    wanted: list[tuple[str, str, int, int, bool]],
) -> None:
    known: list[Delegation] = []
    for number, (giver, taker, since, until, narrow) in enumerate(wanted):
        unit = UnitId("vp") if narrow else None
        one = delegation(number, giver, taker, since, until, unit=unit)
        if why_not(one, known, PEOPLE, dt.date(2012, 1, 1)) is None:
            known.append(one)
    for day in (dt.date(2012, 1, n) for n in range(1, 13)):
        today = [one for one in known if one.is_in_force(day)]
        assert not {one.giver for one in today} & {one.taker for one in today}
        keys = [(one.giver, one.unit) for one in today]
        assert len(keys) == len(set(keys))


# ── people who leave, units with a new head ──────────────────────────────────────────────────────────────


def test_a_units_open_work_is_its_new_heads(office: Office) -> None:
    mine, handed = pass_on(office, 1, lead("bcxb")), pass_on(office, 2, lead("bcxb"))
    lines.hand_on(office, on(office, handed, XUAN), to="mai", direction="Làm", now=MORNING)
    own = pass_on(office, 3, lead(XUAN))
    save_unit(office, unit_id="bcxb", name="Phòng Báo chí", aliases=None, head="linh", by="hoa", now=MORNING)
    assert (held(office, mine), held(office, handed), held(office, own)) == (
        ("linh", None), ("mai", None), HERS,
    )  # fmt: skip
    assert told(office, mine, "moved") == ["linh", "thanhxuan"]


def test_a_new_head_who_is_away_is_stood_in_for(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    away(office, "hung", "mai", since=TODAY)
    save_unit(office, unit_id="bcxb", name="Phòng Báo chí", aliases=None, head="hung", by="hoa", now=MORNING)
    assert held(office, document) == ("mai", "hung")


def test_nobody_leaves_work_behind_unless_somebody_insists(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    with pytest.raises(OpenWork, match="1/2012"):
        retire_person(office, "linh", TODAY, by="admin", now=MORNING)
    retire_person(office, "linh", TODAY, anyway=True, by="admin", now=MORNING)
    assert held(office, document) == ("linh", None), "today is still a day of service"
    assert follow_absences(office, now=at(TODAY + dt.timedelta(1))) == 1
    assert held(office, document) == (None, None)
    assert told(office, document, "unheld") == ["hoa"]
    assert follow_absences(office, now=at(TODAY + dt.timedelta(2))) == 0
    reassign(office, on(office, document, HOA), to="mai", reason="Linh nghỉ việc", now=MORNING)
    assert held(office, document, 2) == ("mai", None)


def test_the_work_of_somebody_who_left_goes_to_the_head_of_its_unit(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    lines.hand_on(office, on(office, document, XUAN), to="linh", direction="Làm", now=MORNING)
    retire_person(office, "linh", TODAY - dt.timedelta(1), anyway=True, by="admin", now=MORNING)
    assert held(office, document) == HERS
    assert work_left_by(office, LINH.id) == ()


def test_a_last_day_to_come_is_entered_and_the_work_named(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    retire_person(office, "linh", FRIDAY, by="admin", now=MORNING)
    assert work_left_by(office, LINH.id) == ("1/2012",)
    assert held(office, document) == ("linh", None)


def test_work_comes_back_to_somebody_who_serves_again(office: Office) -> None:
    document = pass_on(office, 1, lead(LINH))
    retire_person(office, "linh", TODAY - dt.timedelta(1), anyway=True, by="admin", now=MORNING)
    retire_person(office, "linh", None, by="admin", now=MORNING)
    follow_absences(office, now=MORNING)
    assert held(office, document) == ("linh", None)


def test_who_stands_in_and_leaves_gives_the_work_back(office: Office) -> None:
    document = pass_on(office, 1, lead("bcxb"), support(LAN))
    away(office, since=TODAY)
    retire_person(office, "linh", TODAY - dt.timedelta(1), anyway=True, by="admin", now=MORNING)
    assert held(office, document) == HERS
    assert STRANGER.id not in told(office, document, "moved")
