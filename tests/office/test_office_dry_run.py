"""A dry run says who would have got what, and changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from documents.decisions import Assignee, Because, Ground, Role
from documents.errors import RuleSlip
from documents.events import (
    Arrival,
    DocumentAssigned,
    DocumentRead,
    DocumentReceived,
    DocumentRegistered,
    DocumentSealed,
    FieldsConfirmed,
    PersonSaved,
    ReadingStarted,
    SettingChanged,
)
from documents.people import Officer, PersonId, UnitId
from documents.reading import FieldName, FieldReading, FieldValue, Reading
from documents.status import DocumentId
from office.dry_run import DEADLINE_FIELDS, DryRun, dry_run
from office.office import INCOMING, Office
from registry.audit import head
from rules.calendar import WorkingCalendar
from rules.deadline import set_deadline
from rules.table import load_sample_table_text
from tests.offices import MORNING, an_office

F = FieldName
TODAY = dt.date(2012, 1, 5)
SAMPLE = load_sample_table_text()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path / "office") as made:
        yield made


def paper(
    office: Office, number: int, *, arrival: dt.date = TODAY, leader: str = "hung", **values: FieldValue
) -> DocumentId:
    """A registered paper with these fields, the others not on it; led by somebody, by the row QT-07."""
    document = DocumentId(f"vb{number}")
    fields = {name: FieldReading(name=name, checked=True) for name in FieldName}
    fields |= {
        FieldName(n): FieldReading(name=FieldName(n), value=v, checked=True) for n, v in values.items()
    }
    reason = Because(Ground.RULE, "Theo bảng.", rule="giao_viec@2#QT-07")
    with office.registry.book("test", MORNING) as book:
        book.record(
            DocumentReceived(
                document=document,
                sha256=f"{number:064}",
                size=1,
                media_type="application/pdf",
                arrival=Arrival(folder="/n", name=f"{number}.pdf", inode=number, mtime_ns=number, size=1),
            )
        )
        book.record(
            ReadingStarted(document=document, attempt=1, worker="p", lease_until=MORNING + dt.timedelta(1))
        )
        book.record(DocumentRead(document=document, attempt=1, reading=Reading(fields), page_count=1))
        allotted, _ = book.allot_number(INCOMING, 2012)
        book.record(
            DocumentRegistered(
                document=document, book=INCOMING, year=2012, number=allotted, arrival_date=arrival
            )
        )
        lead = Assignee(role=Role.LEAD, person=PersonId(leader), because=(reason,))
        book.record(DocumentAssigned(document=document, assignees=(lead,)))
    return document


def tried(office: Office, text: str, since: dt.date = TODAY) -> DryRun:
    return dry_run(office, text, since=since, today=TODAY)


def test_a_table_that_is_the_same_moves_nothing(office: Office) -> None:
    paper(office, 1, subject="Thông tin đối ngoại")
    paper(office, 2, subject="Việc khác")
    said = tried(office, SAMPLE)
    assert (said.documents, said.moved, said.elsewhere) == (2, (), 0)
    assert (said.unmatched_before, said.unmatched_after, said.version) == (1, 1, 2)
    assert {row.row: row.led for row in said.rows if row.led} == {"QT-04": 1, "mac_dinh": 1}


def test_a_document_that_goes_elsewhere_is_told_with_from_whom_to_whom_and_by_which_row(
    office: Office,
) -> None:
    document = paper(office, 1, subject="Công nghệ thông tin", number_symbol="02/KH-UBND")
    paper(office, 2, subject="Tần số")
    said = tried(office, SAMPLE.replace("lead: cntt", "lead: bcvt"))
    (one,) = said.moved
    assert (one.document, one.name, one.number_symbol) == (document, "1/2012", "02/KH-UBND")
    assert (one.before.lead, one.after.lead) == ("Phòng Công nghệ thông tin", "Phòng Bưu chính – Viễn thông")
    assert (one.before.row, one.after.row, one.goes_elsewhere, one.by_stamp) == (
        "QT-05",
        "QT-05",
        True,
        False,
    )
    assert (one.leads_now, one.routed_by) == ("Bùi Mạnh Hùng", "2#QT-07")
    assert {row.row: (row.led, row.moved) for row in said.rows if row.led} == {
        "QT-05": (1, 1),
        "QT-06": (1, 0),
    }


NEW_ROW = "  - {id: MOI, if: {field: subject, contains: đối ngoại}, lead: ttra, source: QC}\n\n"


def test_a_row_above_that_takes_documents_is_told_with_the_rows_it_takes_them_from(office: Office) -> None:
    paper(office, 1, subject="Thông tin đối ngoại")
    (one,) = tried(office, SAMPLE.replace("  - id: QT-04", NEW_ROW + "  - id: QT-04")).moved
    assert (one.after.row, one.after.also, one.before.also) == ("MOI", ("QT-04",), ())


@pytest.mark.parametrize(
    ("old", "new", "values", "differs"),
    [
        pytest.param("days: 15", "days: 12", {"subject": "Việc khác"}, "due", id="other days"),
        pytest.param(
            "days: 15",
            "days: 12",
            {"subject": "Việc khác", "deadlines": [{"phrase": "trước 20/01/2012", "date": "2012-01-20"}]},
            None,
            id="other days, but the paper names its own",
        ),
        pytest.param("inform: [khtc]", "inform: [khtc, ttra]", {}, None, id="a row that does not hold"),
        pytest.param(
            "inform: [vp]",
            "inform: [ttra]",
            {"urgency": "KHẨN", "subject": "Báo chí"},
            "inform",
            id="information",
        ),
        pytest.param(
            "inform: [vp]", "support: [ttra]\n    inform: [vp]", {"urgency": "KHẨN"}, "support", id="support"
        ),
    ],
)
def test_days_support_and_information_are_compared_too(
    old: str, new: str, values: dict[str, Any], differs: str | None, office: Office
) -> None:
    paper(office, 1, **values)
    moved = tried(office, SAMPLE.replace(old, new)).moved
    assert len(moved) == (differs is not None)
    if differs:
        (one,) = moved
        assert not one.goes_elsewhere
        assert getattr(one.before, differs) != getattr(one.after, differs)


def test_where_names_of_the_stamp_lead_the_table_is_not_asked(office: Office) -> None:
    paper(office, 1, subject="Công nghệ thông tin", arrival_forwarded_to=["Đ/c Linh"])
    paper(office, 2, subject="Công nghệ thông tin", arrival_forwarded_to=["LĐ VP để biết"])
    said = tried(office, SAMPLE.replace("lead: cntt", "lead: bcvt"))
    assert said.by_stamp == 1
    assert [one.name for one in said.moved] == ["2/2012"]
    (urgent,) = tried(office, SAMPLE.replace("days: 10", "days: 9"), TODAY).moved[:1]
    assert urgent.by_stamp
    assert urgent.before.lead is None


def test_documents_before_that_day_and_sealed_ones_are_left_out(office: Office) -> None:
    paper(office, 1, arrival=TODAY - dt.timedelta(1), subject="Công nghệ thông tin")
    paper(office, 2, subject="Công nghệ thông tin")
    sealed = paper(office, 3, subject="Công nghệ thông tin")
    with office.registry.book("test", MORNING) as book:
        book.record(DocumentSealed(document=sealed, attempt=None))
    assert [one.name for one in tried(office, SAMPLE.replace("lead: cntt", "lead: vp")).moved] == ["2/2012"]
    assert tried(office, SAMPLE, TODAY - dt.timedelta(1)).documents == 2


def test_a_person_s_word_on_a_field_counts(office: Office) -> None:
    document = paper(office, 1, subject="Công nghệ thông tin")
    with office.registry.book("hoa", MORNING) as book:
        book.record(FieldsConfirmed(document=document, values={"subject": "Việc khác"}))
    assert tried(office, SAMPLE.replace("lead: cntt", "lead: vp")).moved == ()


def test_who_had_left_by_then_gets_nothing(office: Office) -> None:
    with office.registry.book("test", MORNING) as book:
        person = Officer(id=PersonId("cu"), name="Phan Cũ", unit=UnitId("vp"), until=dt.date(2012, 1, 4))
        book.record(PersonSaved(person=person))
    paper(office, 1, arrival=dt.date(2012, 1, 4), subject="Công nghệ thông tin")
    paper(office, 2, arrival=dt.date(2012, 1, 5), subject="Công nghệ thông tin")
    moved = tried(office, SAMPLE.replace("lead: cntt", "lead: cu"), dt.date(2012, 1, 4)).moved
    assert [one.after.lead for one in moved] == ["Phan Cũ", None]


def test_a_rule_that_asks_for_superiors_is_tried_with_them(office: Office) -> None:
    paper(office, 1, issuer_agency="Sở Y tế tỉnh Tây Ninh", subject="Việc khác")
    paper(office, 2, issuer_agency="Bộ Y tế", subject="Việc khác")
    row = "rows:\n  - {id: TN, if: {from: Ủy ban nhân dân tỉnh Tây Ninh}, lead: ttra, source: QC}\n"
    assert [one.name for one in tried(office, SAMPLE.replace("rows:\n", row)).moved] == ["1/2012"]


def test_a_dry_run_records_nothing_and_a_slip_is_refused(office: Office) -> None:
    paper(office, 1)
    with office.view() as view:
        before = head(view)
    tried(office, SAMPLE.replace("lead: vp", "lead: ttra"))
    with pytest.raises(RuleSlip, match="“Bộ Tài chính”"):
        tried(
            office,
            SAMPLE.replace("rows:\n", "rows:\n  - {id: X, if: {from: Bộ Tài chánh}, lead: vp, source: x}\n"),
        )
    with office.view() as view:
        assert head(view) == before


def test_the_office_s_default_days_count_where_no_row_sets_any(office: Office) -> None:
    with office.registry.book("test", MORNING) as book:
        book.record(SettingChanged(name="default_days", value=3))
    paper(office, 1, subject="Việc khác")
    (one,) = tried(office, SAMPLE.replace("  days: 15\n", "")).moved
    assert (one.before.due, one.after.due) == (dt.date(2012, 2, 2), dt.date(2012, 1, 10))


class Watched(Mapping[FieldName, FieldReading]):
    """Fields that remember which of them were asked for."""

    def __init__(self, fields: Mapping[FieldName, FieldReading]) -> None:
        self.fields, self.asked = fields, set[FieldName]()

    def __getitem__(self, name: FieldName) -> FieldReading:
        self.asked.add(name)
        return self.fields[name]

    def __iter__(self) -> Iterator[FieldName]:
        raise AssertionError("asked for all fields")

    def __len__(self) -> int:
        return len(self.fields)


@pytest.mark.parametrize("doc_type", ["Giấy mời", "Kế hoạch"])
def test_a_dry_run_loads_every_field_that_a_deadline_looks_at(doc_type: str) -> None:
    values: dict[FieldName, FieldValue] = {
        F.DOC_TYPE: doc_type,
        F.MEETING_TIME: "2012-01-20T08:00",
        F.DEADLINES: [{"phrase": "sớm", "date": None}],
    }
    fields = Watched(
        {name: FieldReading(name=name, value=values.get(name), checked=True) for name in FieldName}
    )
    set_deadline(Reading(fields), None, WorkingCalendar((), 0), arrival=TODAY, default_days=5)
    assert fields.asked <= set(DEADLINE_FIELDS)
