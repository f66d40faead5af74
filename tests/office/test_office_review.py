"""The clerk's word: what it confirms, what it changes, what it cannot say, and what it must say twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.errors import (
    AlreadyMoved,
    ArrivalAhead,
    BadArrivalNumber,
    BadDate,
    FieldMissing,
    NotAllowed,
    NotSure,
    NumberOutOfOrder,
    TextTooLong,
    Trouble,
    UnknownChoice,
    UnknownRecipient,
)
from documents.page import Source
from documents.people import Officer, PersonId
from documents.reading import FieldName
from documents.record import DocumentRecord
from documents.status import DocumentId, Status
from office.office import Office
from office.queries import why
from office.remind import release_stuck
from office.review import confirm_document
from office.views import ReviewAnswer
from registry.audit import verify
from tests.journeys.working import documents, drop, work_off
from tests.offices import MORNING, PEOPLE, an_office
from tests.recorded_reader import RecordedReader, stub_file

HOA = next(p for p in PEOPLE.people if p.id == "hoa")
LINH = next(p for p in PEOPLE.people if p.id == "linh")
DATE, ISSUER, NUMBER = FieldName.DATE, FieldName.ISSUER, FieldName.NUMBER_SYMBOL


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as office:
        drop(office, "x.pdf", stub_file(1, doubtful=(DATE,)))
        work_off(office, RecordedReader())
        yield office


def the_document(office: Office) -> DocumentRecord:
    return next(d for d in documents(office) if d.file_name == "x.pdf")


def say(
    office: Office, values: dict[FieldName, str] | None = None, *, by: Officer = HOA, **others: object
) -> DocumentRecord:
    document = the_document(office).id
    answer = ReviewAnswer(values=values or {}, **{"lead": "linh", **others})  # type: ignore[arg-type]
    confirm_document(office, document, by=by, answer=answer, now=MORNING)
    return the_document(office)


def insisting(office: Office, values: dict[FieldName, str], **others: object) -> DocumentRecord:
    with pytest.raises(NotSure) as asked:
        say(office, values, **others)
    return say(office, values, sure=asked.value.token, **others)


def test_what_the_clerk_typed_is_a_persons_word_and_old_evidence_is_gone(office: Office) -> None:
    document = say(office, {ISSUER: "Sở Y tế tỉnh Tây Ninh", DATE: "3/1/2012"})
    with office.view() as view:
        fields = view.fields(document.id)
    assert fields[ISSUER].value == "Sở Y tế tỉnh Tây Ninh"
    assert (fields[ISSUER].source, fields[ISSUER].evidence) == (Source.PERSON, ())
    assert fields[DATE].source is Source.PERSON
    assert fields[ISSUER].box is not None, "the place on the paper can still be shown"


def test_what_the_machine_checked_and_the_clerk_left_alone_stays_the_machines(office: Office) -> None:
    document = say(office, {DATE: "3/1/2012"})
    with office.view() as view:
        fields = view.fields(document.id)
        story = "\n".join(why(view, document))
    assert fields[FieldName.SUBJECT].source is Source.OCR
    assert fields[FieldName.PLACE].source is Source.OCR, "never on the form, never seen by a person"
    assert "Người" in story


def test_a_doubt_that_was_not_typed_anew_is_confirmed_by_registering(office: Office) -> None:
    document = say(office)
    with office.view() as view:
        assert view.fields(document.id)[DATE].source is Source.PERSON


def test_an_issuer_typed_anew_is_looked_up_in_the_directory_again(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        old = {"issuer_agency": "Ủy ban nhân dân tỉnh Tây Ninh"}
        drop(office, "x.pdf", stub_file(1, doubtful=(DATE,), **old))
        work_off(office, RecordedReader())
        document = say(office, {ISSUER: "BỘ TÀI CHÍNH"})
        with office.view() as view:
            assert view.fields(document.id)[FieldName.ISSUER_AGENCY].value == "Bộ Tài chính"


def test_an_issuer_that_is_in_no_directory_keeps_no_old_agency(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        old = {"issuer_agency": "Ủy ban nhân dân tỉnh Tây Ninh"}
        drop(office, "x.pdf", stub_file(1, doubtful=(DATE,), **old))
        work_off(office, RecordedReader())
        document = say(office, {ISSUER: "Hợp tác xã Bình Minh"})
        with office.view() as view:
            assert view.fields(document.id)[FieldName.ISSUER_AGENCY].value is None


IMPOSSIBLE = [
    pytest.param({DATE: "31/2/2012"}, BadDate, id="no such day"),
    pytest.param({DATE: "03/01/0012"}, BadDate, id="a year of four digits is that year"),
    pytest.param({DATE: "1/1/1944"}, BadDate, id="older than the state"),
    pytest.param({DATE: "٣/١/٢٠١٢"}, BadDate, id="digits of another script"),
    pytest.param({FieldName.ARRIVAL_NUMBER: "-3"}, BadArrivalNumber, id="a sign"),
    pytest.param({FieldName.ARRIVAL_NUMBER: "29bis"}, BadArrivalNumber, id="letters"),
    pytest.param({FieldName.ARRIVAL_NUMBER: "٢٩"}, BadArrivalNumber, id="arrival number in another script"),
    pytest.param({FieldName.ARRIVAL_NUMBER: "0"}, BadArrivalNumber, id="numbers begin at 1"),
    pytest.param({FieldName.ARRIVAL_NUMBER: "1" + 30 * "0"}, BadArrivalNumber, id="larger than any book"),
    pytest.param({FieldName.ARRIVAL_NUMBER: "700"}, NumberOutOfOrder, id="a jump nobody confirmed"),
    pytest.param({FieldName.ARRIVAL_DATE: "6/1/2012"}, ArrivalAhead, id="arrival tomorrow"),
    pytest.param({FieldName.URGENCY: "Siêu tốc"}, UnknownChoice, id="no such urgency"),
    pytest.param({FieldName.SECRECY: "Bí mật"}, UnknownChoice, id="no such secrecy"),
    pytest.param({FieldName.SUBJECT: "x" * 100_000}, TextTooLong, id="a whole paper pasted"),
    pytest.param({FieldName.ARRIVAL_FORWARDED_TO: "a\n" * 1000}, TextTooLong, id="a thousand lines"),
    pytest.param({ISSUER: "  "}, FieldMissing, id="the issuer rubbed out"),
    pytest.param({FieldName.SUBJECT: "\u202e\u200b"}, FieldMissing, id="only letters nobody can see"),
]


@pytest.mark.parametrize(("values", "trouble"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    office: Office, values: dict[FieldName, str], trouble: type[Trouble]
) -> None:
    with pytest.raises(trouble):
        say(office, values)
    assert the_document(office).status is Status.REVIEW
    with office.view() as view:
        assert view.book_state("den", 2012).next_number == 1
        assert verify(view).whole


@pytest.mark.parametrize(
    "recipients",
    [
        pytest.param({"lead": "nobody"}, id="an unknown lead"),
        pytest.param({"lead": "unit:nowhere"}, id="an unknown unit"),
        pytest.param({"support": ("ghost",)}, id="an unknown supporter"),
        pytest.param({"inform": ("unit:",)}, id="an empty unit"),
        pytest.param({"chosen": {"Đ/c Linh": "x" * 500}}, id="an unknown choice"),
    ],
)
def test_nobody_outside_the_directory_gets_a_document(office: Office, recipients: dict[str, object]) -> None:
    with pytest.raises(UnknownRecipient):
        say(office, **recipients)


UNLIKELY = [
    pytest.param({DATE: "6/1/2012"}, {}, "đứng sau ngày đến", id="dated after it came"),
    pytest.param({DATE: "3/1/2002"}, {}, "cũ hơn", id="ten years old"),
    pytest.param({NUMBER: "", DATE: ""}, {}, "số, ký hiệu và ngày văn bản", id="number and date rubbed out"),
    pytest.param({FieldName.ARRIVAL_DATE: "5/1/2011"}, {}, "chưa có sổ", id="a book nobody opened"),
    pytest.param({FieldName.DOC_TYPE: "Giấy mừi"}, {}, "Giấy mời", id="a type misspelt"),
    pytest.param({}, {"due": "8/1/2012"}, "ngày nghỉ", id="due on a Sunday"),
    pytest.param({}, {"due": "5/1/2022"}, "một năm", id="due in ten years"),
]


@pytest.mark.parametrize(("values", "others", "words"), UNLIKELY)
def test_what_is_unlikely_is_asked_once_and_done_when_insisted_on(
    office: Office, values: dict[FieldName, str], others: dict[str, object], words: str
) -> None:
    with pytest.raises(NotSure, match=words):
        say(office, values, **others)
    assert the_document(office).status is Status.REVIEW
    assert insisting(office, values, **others).status is Status.ASSIGNED


def test_insisting_on_one_doubt_does_not_cover_another(office: Office) -> None:
    with pytest.raises(NotSure) as asked:
        say(office, {DATE: "6/1/2012"})
    with pytest.raises(NotSure, match="cũ hơn"):
        say(office, {DATE: "3/1/2002"}, sure=asked.value.token)


def test_what_the_clerk_typed_is_compared_with_the_book_before_a_number_is_spent(office: Office) -> None:
    drop(office, "first.pdf", stub_file(7))
    work_off(office, RecordedReader())
    with pytest.raises(NotSure, match="1/2012"):
        say(office, {NUMBER: "07/KH-UBND"})
    assert insisting(office, {NUMBER: "07/KH-UBND"}).entry is not None


def test_letters_that_nobody_sees_are_not_kept(office: Office) -> None:
    document = say(office, {FieldName.SUBJECT: "Về việc\u202e nghỉ\u200b lễ\x00"})
    with office.view() as view:
        assert view.fields(document.id)[FieldName.SUBJECT].value == "Về việc nghỉ lễ"


def test_a_secrecy_mark_the_clerk_saw_seals_the_document_and_tells_no_officer(office: Office) -> None:
    sha256 = the_document(office).sha256
    document = insisting(office, {FieldName.SECRECY: "mật"})
    assert document.status is Status.SEALED
    assert document.entry is None
    with office.view() as view:
        assert view.fields(document.id) == {}
        assert view.search("doi ngoai") == ()
        assert not view.assignments(document.id)
        assert {n.recipient for n in view.notices_of(document.id) if n.kind == "sealed"} == {"hoa"}
        assert verify(view).whole
    release_stuck(office, now=MORNING)
    assert not office.store.has(sha256)
    assert (office.settings.sealed_folder / sha256).read_bytes().startswith(b"STUB")


def test_only_clerks_and_administrators_register(office: Office) -> None:
    with pytest.raises(NotAllowed):
        say(office, by=LINH)


def test_the_slower_of_two_clerks_is_told_in_vietnamese(office: Office) -> None:
    say(office)
    with pytest.raises(AlreadyMoved, match="đã chuyển"):
        say(office)


def test_who_left_before_the_day_of_arrival_gets_nothing(office: Office) -> None:
    from documents.events import PersonSaved

    gone = Officer(id=PersonId("cu"), name="Người Cũ", until=MORNING.date() - dt.timedelta(days=30))
    with office.registry.book("hoa", MORNING) as book:
        book.record(PersonSaved(person=gone))
    with pytest.raises(UnknownRecipient):
        say(office, lead="cu")


def test_the_reasons_of_a_proposal_that_the_clerk_leaves_as_it_is_stay(office: Office) -> None:
    proposal = the_document(office).proposal
    keys = [str(line.person) if line.person else f"unit:{line.unit}" for line in proposal]
    lead = next(key for key, line in zip(keys, proposal, strict=True) if line.role.value == "lead")
    others = tuple(key for key in keys if key != lead)
    document = say(office, lead=lead, inform=others, support=())
    with office.view() as view:
        told = {
            a.person or f"unit:{a.unit}": [b.text for b in a.because] for a in view.assignments(document.id)
        }
    for line, key in zip(proposal, keys, strict=True):
        assert {b.text for b in line.because} <= set(told[key if key != lead else lead])
    assert "Người duyệt xác nhận." in told[lead]


def test_an_unknown_document_is_not_there(office: Office) -> None:
    with pytest.raises(Trouble):
        confirm_document(office, DocumentId("nope"), by=HOA, answer=ReviewAnswer(), now=MORNING)
