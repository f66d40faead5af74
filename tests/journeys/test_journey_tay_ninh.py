"""The plan of Tây Ninh, drawn as a stamped scan and dropped into the folder of an office: the first case.

Real Tesseract, real rules, real database; the picture is drawn anew and worn, never canned.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from documents.decisions import Role
from documents.people import PersonId
from documents.reading import FieldName
from documents.record import DocumentRecord
from documents.status import Status
from office.found import open_book, set_setting
from office.office import Office
from office.queries import why
from office.reading import open_reader
from office.receive import open_inbox, sweep_intake
from office.review import confirm_document
from office.views import ReviewAnswer
from office.work import claim_next, process_document
from samples.files import save_scan
from samples.papers import scan as scan_paper
from samples.tay_ninh import SCANNER_WEAR, tay_ninh_plan
from tests.offices import an_office

pytestmark = [pytest.mark.tesseract, pytest.mark.fonts, pytest.mark.xdist_group("tay-ninh")]
AFTERNOON = dt.datetime(2012, 1, 5, 7, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan as a worn two-page PDF scan."""
    path = tmp_path_factory.mktemp("scan") / "quet_0105.pdf"
    pages = scan_paper(tay_ninh_plan(), SCANNER_WEAR, dpi=300, rng=np.random.default_rng(29))
    save_scan(pages, path)
    return path


def take_and_read(office: Office, scan: Path) -> DocumentRecord:
    target = office.settings.intake_folder / scan.name
    target.write_bytes(scan.read_bytes())
    with open_reader(office.settings, slots=1) as reader:
        inbox = open_inbox(office)
        for second in range(3):
            sweep_intake(office, inbox, reader, now=AFTERNOON + dt.timedelta(seconds=second))
        claimed = claim_next(office, "test", now=AFTERNOON)
        assert claimed is not None
        process_document(office, reader, claimed, clock=lambda: AFTERNOON)
    with office.view() as view:
        (record,) = view.documents(None, None)
    return record


@pytest.fixture
def office_of_two(tmp_path: Path, scan: Path) -> object:
    with an_office(tmp_path, now=AFTERNOON, two_linh=True) as office:
        open_book(office, year=2012, next_number=29, now=AFTERNOON)
        yield office


def test_with_two_linh_the_clerk_chooses_and_everything_else_is_done(
    office_of_two: Office, scan: Path
) -> None:
    office = office_of_two
    record = take_and_read(office, scan)
    assert record.status is Status.REVIEW
    with office.view() as view:
        fields = view.fields(record.id)
        clerk = view.directory().person(PersonId("hoa"))
    assert clerk is not None
    read = {name: fields[name].value for name in fields}
    assert read[FieldName.NUMBER_SYMBOL] == "02/KH-UBND"
    assert read[FieldName.DATE] == "2012-01-03"
    assert read[FieldName.DOC_TYPE] == "Kế hoạch"
    assert read[FieldName.SUBJECT] == "Thực hiện công tác thông tin đối ngoại tỉnh Tây Ninh năm 2012"
    assert read[FieldName.ISSUER_AGENCY] == "Ủy ban nhân dân tỉnh Tây Ninh"
    assert "THÔNG TIN VÀ TRUYỀN THÔNG" not in str(read[FieldName.ISSUER])
    assert read[FieldName.ARRIVAL_NUMBER] == "29"
    assert read[FieldName.ARRIVAL_DATE] == "2012-01-05"
    about_linh = [q for q in record.questions if q.about and "Linh" in q.about]
    assert [sorted(q.candidates) for q in about_linh] == [["linh", "vanlinh"]]

    entry = confirm_document(
        office,
        record.id,
        by=clerk,
        answer=ReviewAnswer(chosen={about_linh[0].about or "": "linh"}, lead="linh"),
        now=AFTERNOON,
    )
    assert entry.name == "29/2012"
    with office.view() as view:
        assignments = view.assignments(record.id)
        notices = [n for n in view.notices_of(record.id) if n.kind == "assigned"]
        history = [line.event for line in view.history(record.id)]
        reasons = " ".join(why(view, view.document(record.id)))
    assert {(a.person, a.role) for a in assignments if a.role is not Role.INFORM} == {
        ("linh", Role.LEAD),
        ("thanhxuan", Role.SUPPORT),
    }
    assert all(a.due for a in assignments if a.role is not Role.INFORM)
    assert {n.recipient for n in notices} >= {"linh", "thanhxuan"}
    for event in ("DocumentReceived", "DocumentRead", "ReviewAsked", "FieldsConfirmed", "DocumentRegistered"):
        assert event in history
    assert "Linh" in reasons


def test_with_one_linh_and_first_named_leads_it_needs_no_keystroke(tmp_path: Path, scan: Path) -> None:
    with an_office(tmp_path, now=AFTERNOON) as office:
        open_book(office, year=2012, next_number=29, now=AFTERNOON)
        set_setting(office, "first_named_leads", True, by="quantri", now=AFTERNOON)
        record = take_and_read(office, scan)
        assert record.review_reasons == ()
        assert record.status is Status.ASSIGNED
        assert record.entry is not None
        assert record.entry.name == "29/2012"
        with office.view() as view:
            roles = {a.person: a.role for a in view.assignments(record.id)}
            sent = [n.recipient for n in view.notices_of(record.id) if n.kind == "assigned"]
        assert roles[PersonId("linh")] is Role.LEAD
        assert roles[PersonId("thanhxuan")] is Role.SUPPORT
        assert set(sent) >= {"linh", "thanhxuan"}


def test_with_one_linh_and_the_setting_off_the_one_question_left_is_who_leads(
    tmp_path: Path, scan: Path
) -> None:
    with an_office(tmp_path, now=AFTERNOON) as office:
        open_book(office, year=2012, next_number=29, now=AFTERNOON)
        record = take_and_read(office, scan)
        assert record.status is Status.REVIEW
        assert [q.topic for q in record.questions] == ["lead"]
        assert len(record.review_reasons) == 1
