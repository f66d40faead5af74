"""The whole way from words to a reading, on drawn heads and on the text the project was started from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from documents.looks import Alphabet, SecondReading
from documents.page import Line, Paper, Source
from documents.reading import ROUTING_FIELDS, FieldName, Reading
from documents.record import BookState
from fields.agencies import load_agencies
from fields.circumstances import Circumstances
from fields.read import Findings, check_fields, find_fields, list_second_looks
from tests.fields.paper_from_text import letterhead, line, paper, paper_from_text

DIRECTORY = load_agencies()
CIRCUMSTANCES = Circumstances(today=dt.date(2026, 11, 24), agencies=DIRECTORY)
HEAD = (
    FieldName.NUMBER_SYMBOL,
    FieldName.DATE,
    FieldName.PLACE,
    FieldName.ISSUER,
    FieldName.ISSUER_PARENT,
    FieldName.ISSUER_AGENCY,
    FieldName.DOC_TYPE,
    FieldName.SUBJECT,
)


def read_again(findings: Findings) -> list[SecondReading]:
    """A second reader that sees the lines of the head as they are printed."""
    head = findings.layout.head
    said = {
        (FieldName.NUMBER_SYMBOL, Alphabet.DIGITS): findings.number.number if findings.number else None,
        (FieldName.NUMBER_SYMBOL, Alphabet.REFERENCE): head.number.text if head.number else None,
        (FieldName.DATE, Alphabet.DATE): head.date.text if head.date else None,
    }
    subject = {line.box: line.text for line in (findings.subject.lines if findings.subject else ())}
    return [
        SecondReading(look, said.get((look.field, look.alphabet)) or subject.get(look.box), "khác")
        for look in list_second_looks(findings)
    ]


def read(page: Paper) -> Reading:
    findings = find_fields(page, DIRECTORY)
    return check_fields(findings, read_again(findings), CIRCUMSTANCES)


def plan(left: Sequence[str] = ("ỦY BAN NHÂN DÂN", "TỈNH TÂY NINH")) -> list[Line]:
    return letterhead(
        left=left,
        number="Số: 02/KH-UBND",
        date="Tây Ninh, ngày 03 tháng 01 năm 2012",
        under=(),
        title="KẾ HOẠCH",
        subject=("Thực hiện công tác thông tin đối ngoại", "tỉnh Tây Ninh năm 2012"),
        then=(
            "Căn cứ Quyết định số 79/2010/QĐ-TTg ngày 30 tháng 11 năm 2010;",
            "Ủy ban nhân dân tỉnh xây dựng:",
        ),
    )


def test_every_field_of_a_clean_plan_is_checked() -> None:
    reading = read(paper(plan()))
    assert {name: reading.value(name) for name in HEAD} == {
        FieldName.NUMBER_SYMBOL: "02/KH-UBND",
        FieldName.DATE: "2012-01-03",
        FieldName.PLACE: "Tây Ninh",
        FieldName.ISSUER: "ỦY BAN NHÂN DÂN TỈNH TÂY NINH",
        FieldName.ISSUER_PARENT: None,
        FieldName.ISSUER_AGENCY: "Ủy ban nhân dân tỉnh Tây Ninh",
        FieldName.DOC_TYPE: "Kế hoạch",
        FieldName.SUBJECT: "Thực hiện công tác thông tin đối ngoại tỉnh Tây Ninh năm 2012",
    }
    assert [name for name in HEAD if not reading[name].checked] == []


def test_every_field_of_a_clean_letter_is_checked() -> None:
    reading = read(paper(letterhead()))
    assert reading.value(FieldName.NUMBER_SYMBOL) == "01/SYT-NVD"
    assert reading.value(FieldName.DOC_TYPE) == "Công văn"
    assert reading.value(FieldName.ISSUER_PARENT) == "UBND TỈNH KIÊN GIANG"
    assert [name for name in HEAD if not reading[name].checked] == []


def test_a_joint_circular_names_its_issuers() -> None:
    lines = letterhead(
        left=("TÒA ÁN NHÂN DÂN TỐI CAO", "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", "BỘ TƯ PHÁP"),
        number="Số: 01/2016/TTLT-TANDTC-VKSNDTC-BIP",
        date="Hà Nội, ngày 06 tháng 01 năm 2016",
        under=(),
        title="THÔNG TƯ LIÊN TỊCH",
        subject=("Hướng dẫn thi hành một số quy định",),
        then=("Căn cứ Luật ban hành văn bản;",),
    )
    reading = read(paper(lines))
    assert reading.value(FieldName.NUMBER_SYMBOL) == "01/2016/TTLT-TANDTC-VKSNDTC-BTP"
    assert str(reading.value(FieldName.ISSUER)).count(" - ") == 2
    assert reading[FieldName.ISSUER].checked


def test_nothing_is_checked_without_a_second_reader() -> None:
    findings = find_fields(paper(plan()), DIRECTORY)
    reading = check_fields(findings, (), CIRCUMSTANCES)
    assert not reading[FieldName.NUMBER_SYMBOL].checked
    assert not reading[FieldName.DATE].checked
    assert not reading[FieldName.SUBJECT].checked
    assert reading.needs_review


def test_second_looks_name_places_on_page_one() -> None:
    looks = list_second_looks(find_fields(paper(plan()), DIRECTORY))
    first = [look.alphabet for look in looks if look.field is not FieldName.SUBJECT]
    assert first == [Alphabet.DIGITS, Alphabet.REFERENCE, Alphabet.STROKES, Alphabet.DATE]
    assert {look.alphabet for look in looks if look.field is FieldName.SUBJECT} == {Alphabet.TEXT}
    assert {look.page for look in looks} == {1}


def test_an_empty_paper_goes_to_a_person_with_a_reason_for_each_field() -> None:
    for page in (paper(), paper([]), paper([line("Trang trắng", 0.2, 0.2)])):
        reading = read(page)
        assert reading.needs_review
        assert all(reading[name].reason for name in HEAD)


def test_a_silent_layout_leaves_the_type_to_the_notation() -> None:
    lines = [each for each in plan() if each.text != "KẾ HOẠCH"]
    reading = read(paper(lines))
    assert (reading.value(FieldName.DOC_TYPE), reading[FieldName.DOC_TYPE].checked) == ("Kế hoạch", False)
    assert not reading[FieldName.NUMBER_SYMBOL].checked


def test_an_unknown_issuer_leaves_number_and_issuer_to_a_person() -> None:
    reading = read(paper(plan(left=("CÔNG TY ABC",))))
    assert not reading[FieldName.ISSUER].checked
    assert not reading[FieldName.NUMBER_SYMBOL].checked
    assert reading[FieldName.DATE].checked


def test_a_document_that_cites_itself_does_not_list_itself() -> None:
    lines = [*plan(), line("Kế hoạch số 02/KH-UBND này thay Kế hoạch số 09/KH-UBND.", 0.16, 0.6)]
    cited = read(paper(lines)).value(FieldName.REFERENCES)
    assert cited == ["79/2010/QĐ-TTg", "09/KH-UBND"]


@pytest.fixture
def seed_text(shared: Path) -> str:
    text = next(iter(sorted((shared / "seed").glob("*.txt"))), None)
    if text is None:
        pytest.skip("the text of the plan of Tây Ninh is not beside the project")
    return text.read_text("utf-8")


@pytest.mark.corpus
def test_the_plan_of_tay_ninh_is_read_from_its_text(seed_text: str) -> None:
    reading = read(paper_from_text(seed_text))
    assert reading.value(FieldName.NUMBER_SYMBOL) == "02/KH-UBND"
    assert reading.value(FieldName.DATE) == "2012-01-03"
    assert reading.value(FieldName.PLACE) == "Tây Ninh"
    assert reading.value(FieldName.DOC_TYPE) == "Kế hoạch"
    assert reading.value(FieldName.SUBJECT) == "Thực hiện công tác thông tin đối ngoại tỉnh Tây Ninh năm 2012"
    assert reading.value(FieldName.REFERENCES) == ["79/2010/QĐ-TTg", "38/2011/QĐ-UBND", "1171/BTTTT-TTĐN"]


@pytest.mark.corpus
def test_its_issuer_is_inferred_said_so_and_never_the_stamps_agency(seed_text: str) -> None:
    issuer = read(paper_from_text(seed_text))[FieldName.ISSUER]
    assert str(issuer.value).casefold() == "ủy ban nhân dân tỉnh tây ninh"
    assert (issuer.source, issuer.checked) == (Source.INFERRED, False)
    assert "suy ra" in (issuer.reason or "")


@pytest.mark.corpus
def test_its_stamp_is_read_apart_and_a_person_must_look(seed_text: str) -> None:
    reading = read(paper_from_text(seed_text))
    number = reading[FieldName.ARRIVAL_NUMBER]
    assert (number.value, number.checked) == ("29", False)
    assert "“29”" in (number.reason or "")
    assert reading.value(FieldName.ARRIVAL_DATE) == "2012-01-05"
    assert reading.value(FieldName.ARRIVAL_FORWARDED_TO) == ["Đ/c Linh", "Đ/c Thanh xuân"]
    assert reading.needs_review


@pytest.mark.corpus
def test_the_book_settles_the_number_of_its_stamp(seed_text: str) -> None:
    book = BookState(book="den", year=2012, next_number=29)
    office = Circumstances(today=dt.date(2012, 1, 5), agencies=DIRECTORY, books={2012: book})
    number = check_fields(find_fields(paper_from_text(seed_text), DIRECTORY), (), office)[
        FieldName.ARRIVAL_NUMBER
    ]
    assert (number.value, number.checked) == ("29", True)


@pytest.mark.corpus
def test_its_end_and_its_silences_are_read_from_its_text(seed_text: str) -> None:
    reading = read(paper_from_text(seed_text))
    recipients = reading.value(FieldName.RECIPIENTS)
    assert isinstance(recipients, list)
    assert (recipients[0], recipients[-1]) == ("Bộ TT&TT", "Lưu: VT VP.UBND tỉnh")
    assert reading.value(FieldName.SIGNER_NAME) == "Trần Lưu Quang"
    for name in (FieldName.URGENCY, FieldName.SECRECY):
        assert reading[name].value is None
        assert "phần đầu" in (reading[name].reason or ""), (
            "a head without its national line proves no absence"
        )


def test_every_field_is_in_the_reading_once() -> None:
    assert set(read(paper(plan())).fields) == set(FieldName)


def test_words_of_urgency_and_secrecy_in_running_text_are_no_marks() -> None:
    lines = [
        *plan(),
        line("Đây là văn bản khẩn, đề nghị bảo vệ bí mật nhà nước;", 0.16, 0.6),
        line("Chứng thư mật của cơ quan được gửi hỏa tốc.", 0.16, 0.62),
    ]
    reading = read(paper(lines))
    for name in (FieldName.URGENCY, FieldName.SECRECY):
        assert (reading[name].value, reading[name].checked) == (None, True)


def test_routing_needs_every_field_that_it_names() -> None:
    reading = read(paper(plan()))
    assert {FieldName.NUMBER_SYMBOL, FieldName.DATE, FieldName.ISSUER} <= ROUTING_FIELDS
    whole = replace(reading, doubts=())
    assert whole.needs_review is any(
        name not in reading.fields or not reading[name].checked for name in ROUTING_FIELDS
    )
