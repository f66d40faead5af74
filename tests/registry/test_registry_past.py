"""Looking back over registered documents: in the order of the book, with what is known and who leads by which row."""

from __future__ import annotations

import datetime as dt

import pytest

from documents.decisions import Assignee, Because, Ground, Role
from documents.errors import DraftClosed, NoSuchDraft, OwnDraft
from documents.events import DocumentSealed, RulesApproved, RulesDraftDropped, RulesDrafted
from documents.people import PersonId
from documents.reading import FieldName
from documents.status import Status
from registry.engine import Registry
from tests.registry.builders import (
    INCOMING,
    LINH,
    NOW,
    PRESS,
    TODAY,
    XUAN,
    an_office,
    assigned,
    bring,
    cancelled,
    name,
)


def by(rule: str) -> tuple[Because, ...]:
    return (Because(Ground.EVIDENCE, "Trích yếu."), Because(Ground.RULE, "Theo bảng.", rule=rule))


def test_every_registered_document_is_seen_with_its_fields_its_lead_and_its_row(registry: Registry) -> None:
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        for number in range(1, 7):
            bring(book, number, Status.ASSIGNED, doc_type="Kế hoạch", place=None)
        bring(book, 7, Status.REVIEW)
        lead = Assignee(role=Role.LEAD, unit=PRESS, because=by("giao_viec@3#QT-07"))
        other = Assignee(role=Role.SUPPORT, person=LINH, because=by("giao_viec@3#QT-09"))
        book.record(assigned(name(2), other, lead))
        book.record(assigned(name(3), Assignee(role=Role.LEAD, person=XUAN, because=by("giao_viec@3#QT-07"))))
        book.record(assigned(name(4), Assignee(role=Role.LEAD, person=XUAN, because=by("một lý do khác"))))
        book.record(DocumentSealed(document=name(5), attempt=None))
        book.record(cancelled(name(6), 6))
    with registry.view() as view:
        found = list(view.past(INCOMING, TODAY, (FieldName.SUBJECT, FieldName.PLACE)))
        assert [(one.document, one.entry.name, one.arrival) for one in found] == [
            (name(n), f"{n}/2012", TODAY) for n in (1, 2, 3, 4)
        ]
        assert [(one.lead, one.rule) for one in found] == [
            ("linh", None),
            ("unit:bcxb", "3#QT-07"),
            ("thanhxuan", "3#QT-07"),
            ("thanhxuan", None),
        ]
        assert set(found[0].fields) == {FieldName.SUBJECT, FieldName.PLACE}
        assert found[0].fields[FieldName.SUBJECT].value == "Về việc thứ 1"
        assert (found[0].fields[FieldName.PLACE].value, found[0].fields[FieldName.PLACE].checked) == (
            None,
            True,
        )
        assert view.count_leads(3) == {"QT-07": 2}
        assert view.count_leads(2) == {}
        assert list(view.past(INCOMING, TODAY + dt.timedelta(1), FieldName)) == []


def draft(number: int, by: PersonId = LINH) -> RulesDrafted:
    return RulesDrafted(table="giao_viec", draft=number, text=f"bản {number}", by=by)


def approval(number: int, by: PersonId = XUAN, day: dt.date = TODAY) -> RulesApproved:
    return RulesApproved(
        table="giao_viec", draft=number, effective_from=day, by=by, since=TODAY, documents=0, moved=0
    )


@pytest.mark.parametrize(
    ("event", "trouble"),
    [
        pytest.param(approval(3), NoSuchDraft, id="approve what is not there"),
        pytest.param(approval(1, by=LINH), OwnDraft, id="approve one's own"),
        pytest.param(approval(2), DraftClosed, id="approve what was dropped"),
        pytest.param(
            RulesDraftDropped(table="giao_viec", draft=2, reason="x", by=LINH),
            DraftClosed,
            id="drop it twice",
        ),
    ],
)
def test_the_registry_refuses(
    event: RulesApproved | RulesDraftDropped, trouble: type[Exception], registry: Registry
) -> None:
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        for number in (1, 2):
            book.record(draft(number))
        book.record(RulesDraftDropped(table="giao_viec", draft=2, reason="x", by=LINH))
    with pytest.raises(trouble), registry.book("hoa", NOW) as book:
        book.record(event)
    with registry.view() as view:
        assert view.rules("giao_viec") == (0, "")


def test_the_highest_version_that_has_taken_effect_is_in_force(registry: Registry) -> None:
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        for number, days in ((1, 0), (2, 30), (3, 10)):
            book.record(draft(number))
            book.record(approval(number, day=TODAY + dt.timedelta(days)))
    with registry.view() as view:
        in_force = {
            days: view.rules("giao_viec", TODAY + dt.timedelta(days))[0] for days in (-1, 0, 9, 10, 30)
        }
    assert in_force == {-1: 0, 0: 1, 9: 1, 10: 3, 30: 3}
