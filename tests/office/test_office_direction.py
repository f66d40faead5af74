"""The leader's direction at the desk, and names that become aliases by being chosen again and again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.decisions import Role
from documents.direction import NameChosen
from documents.errors import AlreadyMoved, NotAllowed, NotSure, UnknownRecipient
from documents.events import PersonSaved
from documents.people import Duty, Officer, PersonId
from documents.reading import FieldName
from documents.status import DocumentId
from office.delegations import add_delegation
from office.direction import DirectionUnclear, EmptyDirection, NotALeader, give_direction
from office.habits import NoHabit, accept_offer, list_offers
from office.lines import OnLine, hand_on, seen_of
from office.office import Office
from office.queries import why
from tests.journeys.working import drop, take_in, work_off
from tests.offices import MORNING, an_office
from tests.recorded_reader import RecordedReader, stub_file

LATER = MORNING + dt.timedelta(hours=1)
TODAY = dt.date(2012, 1, 5)
BOSS = Officer(id=PersonId("binh"), name="Ngô Thanh Bình", duty=Duty.LEADER, title="Giám đốc")
HOA = PersonId("hoa")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path / "home", two_linh=True) as opened:
        with opened.registry.book("admin", MORNING) as book:
            book.record(PersonSaved(person=BOSS))
        yield opened


def passed_on(office: Office, **values: object) -> DocumentId:
    drop(office, "a.pdf", stub_file(1, **values))
    take_in(office, RecordedReader())
    work_off(office, RecordedReader())
    with office.view() as view:
        (document,) = view.documents(None, None)
    return document.id


def clerk(office: Office) -> Officer:
    with office.view() as view:
        person = view.directory().person(HOA)
    assert person is not None
    return person


def lines(office: Office, document: DocumentId) -> list[tuple[Role, str, str | None]]:
    with office.view() as view:
        return [
            (one.role, str(one.person or one.unit), f"{one.due:%d/%m/%Y}" if one.due else None)
            for one in view.assignments(document)
        ]


def direct(office: Office, document: DocumentId, text: str, **more: object) -> None:
    by = more.pop("by", BOSS)
    give_direction(office, document, text, said_by=BOSS.id, by=by, now=LATER, **more)  # type: ignore[arg-type]


def test_a_direction_replaces_the_table_and_is_told_as_the_leaders_word(office: Office) -> None:
    document = passed_on(office)
    direct(office, document, "P.CNTT chủ trì, VP p/h, trước 20/01", by=clerk(office))
    assert lines(office, document) == [
        (Role.LEAD, "cntt", "20/01/2012"),
        (Role.SUPPORT, "vp", "20/01/2012"),
        (Role.INFORM, "khtc", None),
    ], "whom the rules always tell is told"
    with office.view() as view:
        record = view.document(document)
        told = " ".join(why(view, record))
        given = next(line for line in view.history(document) if line.event == "DirectionGiven")
        notices = [n.recipient for n in view.notices_of(document) if n.kind == "assigned"]
    assert "Giám đốc Ngô Thanh Bình chỉ đạo: “P.CNTT chủ trì, VP p/h, trước 20/01”" in told
    assert (given.actor, given.payload["said_by"]) == ("hoa", "binh"), "who entered it, and whose word it is"
    assert {"hung", "lan"} <= set(notices)


def test_why_tells_which_lines_were_changed_since(office: Office) -> None:
    document = passed_on(office)
    direct(office, document, "P.CNTT chủ trì")
    direct(office, document, "VP chủ trì")
    with office.view() as view:
        told = why(view, view.document(document))
    leads = [step.partition(".")[0] for step in told if step.startswith("→") and ": chủ trì" in step]
    assert ["(về sau đã đổi)" in step for step in leads] == [True, True, False]


def test_who_only_supports_is_added_and_the_lead_stays(office: Office) -> None:
    document = passed_on(office)
    before = lines(office, document)
    direct(office, document, "TTra p/h trong 3 ngày làm việc; Đ/c Văn Linh để biết")
    after = lines(office, document)
    assert after[0] == before[0]
    assert set(after) - set(before) == {
        (Role.SUPPORT, "ttra", "10/01/2012"),
        (Role.INFORM, "vanlinh", None),
    }


def test_a_line_keeps_its_day_when_the_direction_names_none(office: Office) -> None:
    document = passed_on(office)
    direct(office, document, "P.CNTT chủ trì trước 20/01")
    direct(office, document, "P.CNTT chủ trì, VP p/h")
    assert lines(office, document)[0] == (Role.LEAD, "cntt", "20/01/2012")


def test_a_line_that_was_handed_on_stays_with_who_holds_it(office: Office) -> None:
    document = passed_on(office)
    direct(office, document, "Đ/c Xuân chủ trì")
    with office.view() as view:
        xuan = view.directory().person(PersonId("thanhxuan"))
        line = view.assignments(document)[0]
    assert xuan is not None
    on = OnLine(document=document, line=line.line, by=xuan, seen=seen_of(line))
    hand_on(office, on, to="linh", direction="Dự thảo", now=LATER)
    add_delegation(
        office,
        giver="thanhxuan",
        taker="linh",
        since=TODAY,
        until=TODAY,
        instrument="GUQ",
        by="hoa",
        now=LATER,
    )
    direct(office, document, "Đ/c Xuân chủ trì trước 20/01; Đ/c Văn Linh p/h")
    with office.view() as view:
        first = view.assignments(document)[0]
    assert (first.person, first.holder, first.stands_in_for) == ("thanhxuan", "linh", None)
    assert first.due == dt.date(2012, 1, 20)


def test_a_new_line_of_somebody_away_goes_to_who_stands_in(office: Office) -> None:
    document = passed_on(office)
    add_delegation(
        office,
        giver="thanhxuan",
        taker="linh",
        since=TODAY,
        until=TODAY,
        instrument="GUQ",
        by="hoa",
        now=LATER,
    )
    direct(office, document, "Đ/c Xuân chủ trì")
    with office.view() as view:
        first = view.assignments(document)[0]
    assert (first.person, first.holder, first.stands_in_for) == ("thanhxuan", "linh", "thanhxuan")


def test_nothing_changes_while_something_is_asked_and_the_answer_is_remembered(office: Office) -> None:
    document = passed_on(office)
    before = lines(office, document)
    with pytest.raises(DirectionUnclear, match="“Đ/c Linh xử lý” là ai"):
        direct(office, document, "Đ/c Linh xử lý")
    assert lines(office, document) == before
    direct(office, document, "Đ/c Linh xử lý", chosen={"Đ/c Linh": "vanlinh"})
    assert lines(office, document)[0][:2] == (Role.LEAD, "vanlinh")
    with office.view() as view:
        assert [(h.written, h.chosen, h.times) for h in view.name_habits()] == [("Đ/c Linh", "vanlinh", 1)]


def test_a_day_beyond_what_the_paper_allows_is_insisted_on(office: Office) -> None:
    document = passed_on(office, deadlines=[{"phrase": "trước ngày 20/01/2012", "date": "2012-01-20"}])
    with pytest.raises(NotSure) as asked:
        direct(office, document, "P.CNTT chủ trì, hạn 31/01")
    assert "muộn hơn ngày 20/01/2012" in str(asked.value)
    direct(office, document, "P.CNTT chủ trì, hạn 31/01", sure=asked.value.token)
    assert lines(office, document)[0] == (Role.LEAD, "cntt", "31/01/2012")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param("  ", EmptyDirection, id="no words"),
        pytest.param("VP " * 300, EmptyDirection, id="a document of its own"),
        pytest.param("đã xem", DirectionUnclear, id="nobody is named"),
        pytest.param("@@ ##", DirectionUnclear, id="no words at all"),
    ],
)
def test_what_directs_nobody_is_refused(office: Office, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        direct(office, passed_on(office), text)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"lead": "ai-do"}, id="nobody of that id to lead"),
        pytest.param({"lead": "unit:x"}, id="no such unit"),
        pytest.param({"chosen": {"Đ/c Linh": "ai-do"}}, id="nobody of that id for a name"),
    ],
)
def test_an_answer_that_names_nobody_is_refused_and_not_passed_over(
    office: Office, answers: dict[str, object]
) -> None:
    document = passed_on(office)
    before = lines(office, document)
    with pytest.raises(UnknownRecipient):
        direct(office, document, "VP chủ trì, Đ/c Linh p/h", **answers)
    assert lines(office, document) == before


def test_who_leads_does_not_become_a_supporter_without_another_lead(office: Office) -> None:
    document = passed_on(office)
    direct(office, document, "VP chủ trì")
    with pytest.raises(DirectionUnclear, match="Ai chủ trì"):
        direct(office, document, "VP p/h")
    direct(office, document, "VP p/h", lead="unit:cntt")
    assert [line[:2] for line in lines(office, document)][:2] == [(Role.LEAD, "cntt"), (Role.SUPPORT, "vp")]


def test_only_leaders_direct_and_only_clerks_enter_their_word(office: Office) -> None:
    document = passed_on(office)
    with office.view() as view:
        linh = view.directory().person(PersonId("linh"))
    assert linh is not None
    with pytest.raises(NotAllowed):
        direct(office, document, "VP chủ trì", by=linh)
    with pytest.raises(NotALeader):
        give_direction(office, document, "VP chủ trì", said_by=linh.id, by=clerk(office), now=LATER)


def test_a_document_that_waits_for_the_clerk_is_not_directed(office: Office) -> None:
    document = passed_on(office, doubtful=(FieldName.DATE,))
    with pytest.raises(AlreadyMoved):
        direct(office, document, "VP chủ trì")


# ── names chosen again and again ─────────────────────────────────────────────────────────────────────────


def chosen(office: Office, document: DocumentId, *who: str) -> None:
    with office.registry.book("hoa", LATER) as book:
        for one in who:
            book.record(NameChosen(document=document, written="Đ/c Linh", chosen=one))


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        pytest.param(("linh",) * 12 + ("vanlinh",) * 2, True, id="12 of 14"),
        pytest.param(("linh",) * 4, False, id="too few"),
        pytest.param(("linh",) * 6 + ("vanlinh",) * 4, False, id="two people go by it"),
        pytest.param(("gone",) * 9, False, id="nobody of the directory"),
    ],
)
def test_a_clear_habit_is_offered_as_an_alias(office: Office, who: tuple[str, ...], offered: bool) -> None:
    chosen(office, passed_on(office), *who)
    assert bool(list_offers(office, now=LATER)) is offered


def test_an_accepted_alias_settles_the_name_from_then_on_and_stands_on_record(office: Office) -> None:
    document = passed_on(office)
    chosen(office, document, *["linh"] * 12, *["vanlinh"] * 2)
    habit = accept_offer(office, "Đ/c Linh", "linh", by="admin", now=LATER)
    assert (habit.times, habit.among) == (12, 14)
    direct(office, document, "Đ/c Linh xử lý")
    assert lines(office, document)[0][:2] == (Role.LEAD, "linh")
    assert not list_offers(office, now=LATER)
    with pytest.raises(NoHabit):
        accept_offer(office, "Đ/c Linh", "linh", by="admin", now=LATER)
