"""A routing table changes by a draft, a dry run that was seen, a second person and a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from documents.errors import DraftClosed, NoSuchDraft, NotAllowed, OwnDraft, RuleSlip, Trouble
from documents.events import RulesApproved, RulesDrafted
from documents.people import Duty, PersonId
from documents.record import DraftState
from office import drafts
from office.decide import ROUTING_TABLE, routing_table
from office.drafts import approve_draft, draft_table, drop_draft, list_drafts, show_table, text_to_try
from office.found import ADMINISTRATOR
from office.office import INCOMING, Office
from office.staff import NoSuchPerson, add_person, retire_person
from office.tables import FIRST_TABLE, NotTheFirstTable, adopt_table
from registry.tables import AuditRow, RulesDraftRow
from rules.table import load_sample_table_text
from tests.office.test_office_dry_run import paper
from tests.offices import MORNING, an_office

TODAY = dt.date(2012, 1, 5)
LATER = dt.date(2012, 2, 1)
SAMPLE = load_sample_table_text()
OTHER = SAMPLE.replace("lead: cntt", "lead: bcvt")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The sample table is in force, version 2; one document would go elsewhere by the other."""
    with an_office(tmp_path / "office") as made:
        paper(made, 1, subject="Công nghệ thông tin")
        yield made


def drafted(office: Office, text: str = OTHER, by: str = "hoa") -> int:
    return draft_table(office, text, by=by, actor="operator", now=MORNING)


def approved(
    office: Office, number: int = 1, *, by: str = ADMINISTRATOR, day: dt.date = LATER, moved: int | None = 1
) -> drafts.Approved:
    return approve_draft(
        office, number, effective_from=day, by=by, actor="operator", now=MORNING, moved=moved
    )


def test_a_draft_decides_nothing_until_a_second_person_approves_it_from_a_day_on(office: Office) -> None:
    assert drafted(office) == 1
    with office.view() as view:
        assert routing_table(view, on=LATER).version == 2
    done = approved(office)
    assert (done.version, done.trial.documents, len(done.trial.moved), done.overtaken) == (3, 1, 1, ())
    with office.view() as view:
        assert routing_table(view, on=LATER - dt.timedelta(1)).version == 2
        assert routing_table(view, on=LATER).version == 3
        (past,) = view.past(INCOMING, TODAY, ())
        assert past.rule == "2#QT-07"
    (one,) = list_drafts(office)
    assert (one.state, one.drafted_by, one.closed_by, one.version) == (
        DraftState.APPROVED,
        "hoa",
        "quantri",
        3,
    )


def test_the_approval_says_in_the_audit_what_its_dry_run_showed(office: Office) -> None:
    drafted(office)
    approved(office)
    with office.view() as view:
        row = view.session.query(AuditRow).order_by(AuditRow.seq.desc()).first()
        assert row is not None
        assert (row.event, row.actor) == ("RulesApproved", "operator")
        for said in ('"documents":1', '"moved":1', '"since":"2011-01-05"', '"by":"quantri"', '"draft":1'):
            assert said in row.payload


@pytest.mark.parametrize(
    ("by", "trouble"),
    [
        pytest.param("hoa", NotAllowed, id="a clerk may not approve"),
        pytest.param("linh", NotAllowed, id="nor an officer"),
        pytest.param("nobody", NoSuchPerson, id="nor somebody unknown"),
        pytest.param("old", NoSuchPerson, id="nor somebody who has left"),
    ],
)
def test_not_everybody_approves(by: str, trouble: type[Trouble], office: Office) -> None:
    _leader(office, "old")
    retire_person(office, "old", TODAY - dt.timedelta(1), by="test", now=MORNING)
    drafted(office)
    with pytest.raises(trouble):
        approved(office, by=by)
    assert list_drafts(office)[0].state is DraftState.OPEN


def _leader(office: Office, person_id: str) -> None:
    add_person(
        office, person_id=person_id, name="Ngô Lan", duty=Duty.LEADER, unit=None, email=None, title=None,
        aliases=(), by="test", now=MORNING,
    )  # fmt: skip


def test_nobody_approves_their_own_draft_not_even_the_only_administrator(office: Office) -> None:
    drafted(office, by=ADMINISTRATOR)
    with pytest.raises(OwnDraft):
        approved(office)
    with pytest.raises(OwnDraft), office.registry.book("operator", MORNING) as book:
        book.record(_approval(by=ADMINISTRATOR))
    _leader(office, "gd")
    assert approved(office, by="gd").version == 3


def _approval(*, by: str) -> RulesApproved:
    return RulesApproved(
        table=ROUTING_TABLE, draft=1, effective_from=LATER, by=PersonId(by), since=TODAY, documents=0, moved=0
    )


@pytest.mark.parametrize("moved", [None, 0, 2])
def test_a_dry_run_that_was_not_seen_as_it_is_now_approves_nothing(moved: int | None, office: Office) -> None:
    drafted(office)
    with pytest.raises(drafts.DryRunUnseen) as caught:
        approved(office, moved=moved)
    assert caught.value.facts == {"draft": 1, "documents": 1, "since": "05/01/2011", "moved": 1}
    assert "--moved 1" in caught.value.advise()
    assert list_drafts(office)[0].state is DraftState.OPEN


def test_a_document_that_came_after_the_dry_run_makes_it_unseen(office: Office) -> None:
    drafted(office)
    paper(office, 2, subject="Công nghệ thông tin")
    with pytest.raises(drafts.DryRunUnseen):
        approved(office)
    assert approved(office, moved=2).version == 3


def test_a_day_that_has_passed_is_no_first_day(office: Office) -> None:
    drafted(office)
    with pytest.raises(drafts.EffectiveTooEarly):
        approved(office, day=TODAY - dt.timedelta(1))
    assert approved(office, day=TODAY).version == 3


def test_a_closed_draft_stays_closed(office: Office) -> None:
    drafted(office)
    drop_draft(office, 1, reason=" thiếu phòng ", by="lan", actor="operator", now=MORNING)
    (one,) = list_drafts(office)
    assert (one.state, one.reason, one.closed_by) == (DraftState.DROPPED, "thiếu phòng", "lan")
    for act in (
        lambda: approved(office),
        lambda: drop_draft(office, 1, reason="x", by="lan", actor="o", now=MORNING),
    ):
        with pytest.raises(DraftClosed):
            act()
    with pytest.raises(NoSuchDraft):
        approved(office, 9)
    with pytest.raises(NoSuchDraft):
        drop_draft(office, 9, reason="x", by="lan", actor="o", now=MORNING)


@pytest.mark.parametrize(
    ("by", "reason", "trouble"),
    [
        pytest.param("hoa", "  ", drafts.ReasonMissing, id="without a reason"),
        pytest.param("linh", "x", NotAllowed, id="by an officer"),
    ],
)
def test_a_draft_is_dropped_with_a_reason_by_who_may(
    by: str, reason: str, trouble: type[Trouble], office: Office
) -> None:
    drafted(office)
    with pytest.raises(trouble):
        drop_draft(office, 1, reason=reason, by=by, actor="operator", now=MORNING)


def test_a_table_with_a_slip_or_by_an_officer_is_no_draft(office: Office) -> None:
    with pytest.raises(RuleSlip):
        drafted(office, SAMPLE.replace("lead: cntt", "lead: cntx"))
    with pytest.raises(NotAllowed, match="chỉ văn thư, trưởng đơn vị"):
        drafted(office, by="linh")
    assert list_drafts(office) == ()


def test_a_later_version_overtakes_one_whose_day_is_still_to_come(office: Office) -> None:
    drafted(office)
    approved(office, day=LATER)
    drafted(office, SAMPLE.replace("lead: cntt", "lead: ttra"))
    assert approved(office, 2, day=TODAY).overtaken == (3,)
    with office.view() as view:
        assert routing_table(view, on=LATER).version == 4


def test_the_newest_draft_that_waits_is_tried(office: Office) -> None:
    with pytest.raises(drafts.NoDraftWaits):
        text_to_try(office, None)
    drafted(office)
    drafted(office, SAMPLE)
    drop_draft(office, 2, reason="x", by="hoa", actor="o", now=MORNING)
    assert text_to_try(office, None) == (1, OTHER)
    assert text_to_try(office, 2) == (2, SAMPLE)
    with pytest.raises(NoSuchDraft):
        text_to_try(office, 3)


def test_a_version_is_read_back_with_how_often_each_row_led(office: Office) -> None:
    shown = show_table(office, None, today=TODAY)
    assert (shown.version.version, shown.in_force) == (2, True)
    assert {row: led for row, _, led in shown.rows if led} == {"QT-07": 1}
    assert all(sentence.startswith(row) for row, sentence, _ in shown.rows)
    first = show_table(office, 1, today=TODAY)
    assert (first.version.text, first.in_force) == (FIRST_TABLE, False)
    with pytest.raises(drafts.NoSuchVersion, match="bản 9"):
        show_table(office, 9, today=TODAY)


def test_only_the_first_table_comes_into_force_by_one_person(office: Office) -> None:
    with pytest.raises(NotTheFirstTable) as caught:
        adopt_table(office, OTHER, by="quantri", now=MORNING, file="moi.yaml")
    assert "rules draft moi.yaml" in caught.value.advise()
    with office.view() as view:
        assert view.rules(ROUTING_TABLE) == (2, SAMPLE)


def test_the_database_itself_refuses_an_approval_by_the_same_person(office: Office) -> None:
    with office.registry.book("operator", MORNING) as book:
        book.record(RulesDrafted(table=ROUTING_TABLE, draft=1, text=OTHER, by=PersonId("hoa")))
    with pytest.raises(IntegrityError), office.registry.writing() as session:
        row = session.get(RulesDraftRow, (ROUTING_TABLE, 1))
        assert row is not None
        row.state, row.closed_by = "approved", PersonId("hoa")
        session.flush()
