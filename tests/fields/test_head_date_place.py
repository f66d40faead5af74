"""Date and place of the document."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Box, Line, Paper, Source, Word
from documents.reading import FieldName, FieldReading
from fields.agencies import load_agencies
from fields.circumstances import Circumstances
from fields.date import DateFinding, check_date, find_date, issued_day, list_date_looks, parse_date
from fields.layout import find_layout
from fields.place import check_place, find_place
from tests.fields.paper_from_text import letterhead, line, paper

DIRECTORY = load_agencies()
TODAY = dt.date(2026, 11, 24)
CIRCUMSTANCES = Circumstances(today=TODAY, agencies=DIRECTORY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("Tây Ninh, ngày 03 tháng 01 năm 2012", "2012-01-03", id="as the decree asks"),
        pytest.param("ngày 5 tháng 3 năm 2020", "2020-03-05", id="no noughts"),
        pytest.param("ngày30 tháng 4 năm 2026", "2026-04-30", id="day joined to its word"),
        pytest.param("ngày 04tháng 3 năm 2022", "2022-03-04", id="month's word joined to the day"),
        pytest.param("ngày l6 tháng 12 năm 2017", "2017-12-16", id="a letter for a one"),
        pytest.param("ngày O3 thang O1 nam 2O12", "2012-01-03", id="letters for noughts, marks lost"),
        pytest.param("ngày 14 tháng II năm 2019", "2019-11-14", id="ones read as letters"),
        pytest.param("ngày 14 tháng 12 năm 201]", "2011-12-14", id="a bracket for a one"),
        pytest.param("ngày 22/4/2011 của Bộ", "2011-04-22", id="running text"),
        pytest.param("11-01-2022", "2022-01-11", id="hyphens, day first"),
        pytest.param("ngày 31 tháng 02 năm 2012", None, id="no such day"),
        pytest.param("ngày    tháng 12 năm 2011", None, id="day left blank"),
        pytest.param("ngày Z tháng 4 năm 2020", None, id="a stroke for the day"),
        pytest.param("ngày 13 tháng 13 năm 2012", None, id="no such month"),
        pytest.param("tháng 01 năm 2012", None, id="no day at all"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_dates_are_read_day_first_and_must_be_real(text: str, day: str | None) -> None:
    assert parse_date(text) == (dt.date.fromisoformat(day) if day else None)


@given(day=st.dates(min_value=dt.date(1945, 9, 2), max_value=dt.date(2099, 12, 31)))
def test_every_real_day_is_read_back_from_both_forms(day: dt.date) -> None:
    assert parse_date(f"Tây Ninh, ngày {day.day:02} tháng {day.month} năm {day.year}") == day
    assert parse_date(f"{day:%d/%m/%Y}") == day


@given(
    day=st.text(alphabet="0123456789OlI| ", max_size=3), month=st.text(alphabet="0123456789OI", max_size=2)
)
def test_whatever_is_read_is_a_day_of_the_printed_year(day: str, month: str) -> None:
    read = parse_date(f"ngày {day} tháng {month} năm 2020")
    assert read is None or read.year == 2020


def found(
    date: str = "Kiên Giang, ngày 02 tháng 01 năm 2018",
    *,
    doubt: str = "",
    confidence: float | None = 95.0,
    layer: str | None = None,
) -> tuple[Paper, DateFinding | None]:
    """A paper with this date line; the words in `doubt` were read at 30."""
    lines = [
        Line(tuple(Word(w.text, w.box, 30.0 if w.text in doubt.split() else confidence) for w in each.words))
        for each in letterhead(date=date)
    ]
    page = paper(lines, text_layer=letterhead(date=layer) if layer else ())
    return page, find_date(page, find_layout(page))


def check(finding: DateFinding | None, *seconds: str | None, arrival: dt.date | None = None) -> FieldReading:
    look = (
        list_date_looks(finding)[0]
        if finding
        else SecondLook(FieldName.DATE, 1, Box(0, 0, 1, 1), Alphabet.DATE)
    )
    answers = [SecondReading(look, text, "khác") for text in seconds]
    return check_date(finding, answers, CIRCUMSTANCES, arrival=arrival)


def test_a_typed_date_read_twice_is_checked() -> None:
    reading = check(found()[1], "ngày 02 tháng 01 năm 2018", arrival=dt.date(2018, 1, 2))
    assert (reading.value, reading.checked) == ("2018-01-02", True)
    assert len(reading.evidence) == 2


def test_a_typed_date_that_the_files_own_text_bears_out_is_checked() -> None:
    assert check(found(layer="Kiên Giang, ngày 02 tháng 01 năm 2018")[1]).checked


def test_a_date_from_the_files_own_text_needs_the_picture() -> None:
    _, finding = found(confidence=None)
    assert not check(finding).checked
    assert check(finding, "02/01/2018").checked


@pytest.mark.parametrize(
    ("date", "doubt", "second", "arrival", "reason"),
    [
        pytest.param("Kiên Giang, ngày 02 tháng 01 năm 2018", "", None, None, "một lần", id="read once"),
        pytest.param(
            "Kiên Giang, ngày 02 tháng 01 năm 2018", "", "không rõ", None, "một lần", id="second saw nothing"
        ),
        pytest.param(
            "Kiên Giang, ngày 02 tháng 01 năm 2018", "", "12/01/2018", None, "khác nhau", id="disagreement"
        ),
        pytest.param(
            "Kiên Giang, ngày 02 tháng 01 năm 2018", "02", "02/01/2018", None, "viết tay", id="day in doubt"
        ),
        pytest.param(
            "Kiên Giang, ngày 02 tháng 01 năm 2018",
            "tháng",
            "02/01/2018",
            None,
            "viết tay",
            id="a pen over a word",
        ),
        pytest.param(
            "Kiên Giang, ngày02 tháng 01 năm 2018",
            "",
            "02/01/2018",
            None,
            "viết tay",
            id="day joined to its word",
        ),
        pytest.param(
            "Kiên Giang, ngày l2 tháng 01 năm 2018", "", "12/01/2018", None, "viết tay", id="mended"
        ),
        pytest.param(
            "Kiên Giang, ngày 02 tháng 01 năm 2018",
            "",
            "02/01/2018",
            dt.date(2018, 1, 1),
            "sau ngày đến",
            id="arrived before",
        ),
        pytest.param(
            "Kiên Giang, ngày 25 tháng 11 năm 2026", "", "25/11/2026", None, "sau hôm nay", id="not yet"
        ),
        pytest.param(
            "Kiên Giang, ngày 25 tháng 11 năm 1926", "", "25/11/1926", None, "quá xa", id="long ago"
        ),
    ],
)
def test_a_date_without_agreement_is_doubted(
    date: str, doubt: str, second: str | None, arrival: dt.date | None, reason: str
) -> None:
    reading = check(found(date, doubt=doubt)[1], second, arrival=arrival)
    assert reading.value is not None
    assert not reading.checked
    assert reason in (reading.reason or "")


@pytest.mark.parametrize(
    ("seconds", "layer", "value"),
    [
        pytest.param(("05/4/2018",), None, "2018-04-05", id="the only whole reading is offered"),
        pytest.param(
            (), "Kiên Giang, ngày 05 tháng 4 năm 2018", "2018-04-05", id="the file's own text is offered"
        ),
        pytest.param(("05/4/2018", "06/4/2018"), None, None, id="two readings: neither"),
        pytest.param((), None, None, id="no reading"),
    ],
)
def test_a_date_not_read_whole_goes_to_a_person(
    seconds: tuple[str, ...], layer: str | None, value: str | None
) -> None:
    reading = check(found("Kiên Giang, ngày Ð tháng 4 năm 2018", layer=layer)[1], *seconds)
    assert (reading.value, reading.checked) == (value, False)
    assert "trọn vẹn" in (reading.reason or "")


def seen_by(
    finding: DateFinding | None,
    row: tuple[str, ...],
    gap: str | None,
    pen: str | None,
) -> list[SecondReading]:
    """What the readers of rows saw: day and month as `d/m`, the year as printed."""
    (look,) = list_date_looks(finding)
    said = [*((r, SecondReader.ROW) for r in row), (gap, SecondReader.GAP), (pen, SecondReader.PEN)]
    answers = []
    for text, reader in said:
        if text:
            day, month = text.split("/")
            shares = () if reader is SecondReader.ROW else ((f"ngày {day}", 0.95), (f"tháng {month}", 0.95))
            answers.append(SecondReading(look, f"ngày {day} tháng {month} năm 2018", reader, shares))
    return answers


@pytest.mark.parametrize(
    ("printed", "row", "gap", "pen", "value", "checked"),
    [
        pytest.param("ngày .° tháng 10 năm 2018", ("25/10",), "25/10", "25/10", "2018-10-25", True, id="agreed"),
        pytest.param("ngày tháng 10 năm 2018", ("25/10",), "25/10", "25/10", "2018-10-25", True, id="blank at first"),
        pytest.param("ngày ý tháng 10 năm 2018", ("46/10", "A6/10"), "16/10", "16/10", "2018-10-16", True, id="no such day in the row"),
        pytest.param("ngày ý tháng 10 năm 2018", ("1/10", "19/10"), "9/10", "9/10", "2018-10-09", False, id="the gap cut wrong"),
        pytest.param("ngày ý tháng ý năm 2018", ("24/a",), "24/01", "24/01", "2018-01-24", True, id="month unread in the row, both readers of the gap sure"),
        pytest.param("ngày ý tháng 2 năm 2018", ("30/2",), "30/2", "30/2", None, False, id="no real day"),
        pytest.param("ngày ý tháng 10 năm 2013", ("25/10",), "25/10", "25/10", None, False, id="two years"),
        pytest.param("ngày 04 tháng 10 năm 2018", ("04/10",), "07/10", "07/10", None, False, id="the gap twice otherwise"),
    ],
)  # fmt: skip
def test_a_date_by_pen_is_checked_when_readers_of_different_kinds_agree(
    printed: str, row: tuple[str, ...], gap: str, pen: str, value: str | None, checked: bool
) -> None:
    _, finding = found(f"Kiên Giang, {printed}", confidence=40.0)
    reading = check_date(finding, seen_by(finding, row, gap, pen), CIRCUMSTANCES, arrival=None)
    assert reading.checked is checked
    assert value is None or reading.value == value
    assert bool(reading.reason) is not checked


def test_a_row_without_its_year_is_looked_at_a_little_further() -> None:
    whole, cut = (found(f"Kiên Giang, ngày 02 tháng 01 năm{year}")[1] for year in (" 2018", ""))
    assert whole is not None
    assert cut is not None
    for finding, longer in ((whole, False), (cut, True)):
        (look,) = list_date_looks(finding)
        assert look.row is not None
        assert (look.row.x1 > look.box.x1) is longer


def test_a_date_by_pen_after_the_arrival_is_doubted() -> None:
    _, finding = found("Kiên Giang, ngày ý tháng 10 năm 2018", confidence=40.0)
    answers = seen_by(finding, ("25/10",), "25/10", "25/10")
    reading = check_date(finding, answers, CIRCUMSTANCES, arrival=dt.date(2018, 10, 24))
    assert reading.reason == "Ngày văn bản 25/10/2018 ở sau ngày đến 24/10/2018."


def test_a_doubt_names_the_part_and_what_was_seen() -> None:
    _, finding = found("Kiên Giang, ngày ý tháng 10 năm 2018", confidence=40.0)
    reading = check_date(finding, seen_by(finding, ("25/10",), "25/10", "29/10"), CIRCUMSTANCES, arrival=None)
    assert reading.reason == "Các cách đọc ngày văn bản chưa thống nhất: ngày 25 hoặc 29."


@pytest.mark.parametrize(
    ("row", "gap", "reason"),
    [
        pytest.param(
            ("30/2",),
            "30/2",
            "Ngày văn bản đọc được là 30/2/2018, là ngày không có thật.",
            id="no calendar has it",
        ),
        pytest.param(
            ("x/2",),
            "x/2",
            "Chưa đọc được ngày của văn bản; chỗ này có thể để trống.",
            id="nobody read the day",
        ),
    ],
)
def test_a_day_that_cannot_be_is_said_so(row: tuple[str, ...], gap: str, reason: str) -> None:
    _, finding = found("Kiên Giang, ngày tháng 2 năm 2018", confidence=40.0)
    reading = check_date(finding, seen_by(finding, row, gap, gap), CIRCUMSTANCES, arrival=None)
    assert (reading.checked, reading.reason) == (False, reason)


def test_a_date_inside_a_sentence_is_not_the_documents_own() -> None:
    line = "Kế hoạch số 42/NQ-CP ngày 09 tháng 4 năm 2018"
    _, finding = found(line)
    answers = seen_by(finding, ("09/4",), "09/4", "09/4")
    reading = check_date(finding, answers, CIRCUMSTANCES, arrival=None)
    assert reading.reason == "Ngày này đứng trong một câu, có thể là ngày của văn bản khác."
    assert issued_day(finding, answers) is None


def test_the_likeliest_day_of_issue_needs_no_agreement() -> None:
    _, finding = found("Kiên Giang, ngày ý tháng 10 năm 2018", confidence=40.0)
    assert issued_day(finding, seen_by(finding, ("25/10",), None, None)) == dt.date(2018, 10, 25)
    assert issued_day(finding, []) is None
    assert issued_day(None, []) is None


def test_without_a_date_line_nothing_is_found() -> None:
    page = paper([line("Trang trắng", 0.2, 0.2)])
    assert find_date(page, find_layout(page)) is None
    assert list_date_looks(None) == ()
    assert check(None).reason == "Không thấy dòng ngày, tháng, năm của văn bản."


def test_the_second_look_leaves_the_place_aside() -> None:
    _, finding = found()
    assert finding is not None
    (look,) = list_date_looks(finding)
    first = next(w for w in finding.line.words if w.text == "ngày")
    assert look.box.x0 == first.box.x0


def test_answers_for_other_fields_are_passed_over() -> None:
    other = SecondLook(FieldName.ARRIVAL_DATE, 1, Box(0, 0, 1, 1), Alphabet.DATE)
    answers = [SecondReading(other, "09/09/2018", "khác")]
    assert not check_date(found()[1], answers, CIRCUMSTANCES, arrival=None).checked


def test_the_found_date_names_its_source() -> None:
    page = paper(letterhead(), source=Source.TEXT_LAYER)
    finding = find_date(page, find_layout(page))
    assert finding is not None
    assert finding.found is not None
    assert finding.found.source is Source.TEXT_LAYER


# ── place ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        pytest.param("Tây Ninh", "Tây Ninh", id="as printed"),
        pytest.param("Cân Thơ", "Cần Thơ", id="a mark lost"),
        pytest.param("Đù Nẵng", "Đà Nẵng", id="one letter wrong"),
        pytest.param("Tp. Hô Chí Minh", "Tp. Hồ Chí Minh", id="kind before the name"),
        pytest.param("TP.Hồ Chí Minh", "TP.Hồ Chí Minh", id="kind joined to the name"),
        pytest.param("Thành phó Hồ Chỉ Minh", "Thành phố Hồ Chí Minh", id="kind written out, marks wrong"),
        pytest.param("tỉnh Bên Tre", "tỉnh Bến Tre", id="a small letter stays small"),
        pytest.param("Thủ Dầu Một", "Thủ Dầu Một", id="a town stays as read"),
        pytest.param("Quảng Nanh", "Quảng Nanh", id="between two provinces: as read"),
        pytest.param("Huê", "Huế", id="a short name, marks only"),
        pytest.param("Hue1", "Hue1", id="a short name with a letter wrong: as read"),
    ],
)
def test_places_are_read_as_printed_with_the_marks_of_provinces(printed: str, place: str) -> None:
    layout = find_layout(paper(letterhead(date=f"{printed}, ngày 02 tháng 01 năm 2018")))
    found_place = find_place(layout, DIRECTORY)
    assert found_place is not None
    assert found_place.value == place


def test_a_date_without_place_has_none() -> None:
    lines = [each for each in letterhead() if "Số:" not in each.text]
    bare = line("ngày 02 tháng 01 năm 2018", 0.55, 0.12)
    assert find_place(find_layout(paper([*lines, bare])), DIRECTORY) is None
    crumbs = line("12 , ngày 02 tháng 01 năm 2018", 0.55, 0.12)
    assert find_place(find_layout(paper([*lines, crumbs])), DIRECTORY) is None
    assert find_place(find_layout(paper(lines)), DIRECTORY) is None


@pytest.mark.parametrize(
    ("place", "issuer", "checked"),
    [
        pytest.param("Kiên Giang", "Sở Y tế tỉnh Kiên Giang", True, id="the issuer bears the name"),
        pytest.param("Hà Nội", "Bộ Tư pháp", True, id="a central body writes from the capital"),
        pytest.param("Hà Nội", "Sở Y tế tỉnh Kiên Giang", False, id="a province does not"),
        pytest.param("Thủ Dầu Một", "Ủy ban nhân dân tỉnh Bình Dương", False, id="a town of the province"),
        pytest.param("Kiên Giang", None, False, id="issuer not known"),
        pytest.param(None, "Bộ Tư pháp", False, id="no place"),
    ],
)
def test_a_place_is_checked_against_the_issuer(place: str | None, issuer: str | None, checked: bool) -> None:
    lines = letterhead(date=f"{place}, ngày 02 tháng 01 năm 2018") if place else []
    reading = check_place(find_place(find_layout(paper(lines)), DIRECTORY), issuer, DIRECTORY)
    assert reading.checked is checked
    assert (reading.reason is None) is checked


@pytest.mark.parametrize(
    ("parent", "is_checked"),
    [
        pytest.param("ĐẠI HỌC ĐÀ NẴNG", True, id="the body above bears it"),
        pytest.param("SỞ Y TẾ BẮC NINH", False, id="another province"),
        pytest.param(None, False, id="nothing above"),
    ],
)
def test_a_place_is_checked_against_the_body_above_an_unknown_issuer(
    parent: str | None, is_checked: bool
) -> None:
    found = find_place(find_layout(paper(letterhead(date="Đà Nẵng, ngày 02 tháng 01 năm 2018"))), DIRECTORY)
    assert check_place(found, None, DIRECTORY, parent=parent).checked is is_checked
