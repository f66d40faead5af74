"""A value of the stamp is believed only when something independent agrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from documents.looks import Alphabet, SecondReader, SecondReading
from documents.page import Box, Line, Page, Paper, Region, RegionKind, Word
from documents.people import Directory, Officer, PersonId
from documents.reading import FieldName, FieldReading
from documents.record import BookState
from fields.agencies import load_agencies
from fields.arrival import (
    ArrivalFinding,
    arrival_day,
    check_arrival,
    choose_stamp,
    find_arrival,
    list_arrival_looks,
)
from fields.circumstances import Circumstances

OURS = "Sở Thông tin và Truyền thông"
ISSUED = dt.date(2012, 1, 3)
BARE = Circumstances(today=dt.date(2026, 3, 16), agencies=load_agencies())
OFFICE = replace(
    BARE,
    office_names=(OURS, "Sở TT&TT"),
    books={2012: BookState(book="đến", year=2012, next_number=29, held=frozenset({27}))},
)
FORM = "SỞ THÔNG TIN VÀ TRUYỀN THÔNG\nSố: 29\nĐẾN\nNgày: 05/01/2012\nChuyển: Đ/c Linh,\nĐ/c Thanh Xuân"
AGENCY, NUMBER, DATE, NAMES = (
    FieldName.ARRIVAL_AGENCY,
    FieldName.ARRIVAL_NUMBER,
    FieldName.ARRIVAL_DATE,
    FieldName.ARRIVAL_FORWARDED_TO,
)


def region(text: str, *, top: float = 0.15, confidence: float = 95.0) -> Region:
    """A stamp with one line for each row of `text`."""
    lines = tuple(
        Line(
            tuple(
                Word(
                    word,
                    Box(0.11 + 0.035 * i, top + 0.02 * at, 0.14 + 0.035 * i, top + 0.015 + 0.02 * at),
                    confidence,
                )
                for i, word in enumerate(row.split())
            )
        )
        for at, row in enumerate(text.splitlines())
    )
    return Region(RegionKind.ARRIVAL_STAMP, Box(0.1, top - 0.005, 0.36, top + 0.12), lines, "red")


def finding(*regions: Region, lines: Sequence[Line] = ()) -> ArrivalFinding:
    page = Page(1, 1654, 2339, 200, tuple(lines), regions)
    return find_arrival(Paper("a.pdf", "0" * 64, "application/pdf", 1, (page,)))


def check(
    found: ArrivalFinding,
    *,
    again: str | None = None,
    number: str | None = None,
    within: Circumstances = BARE,
    issued: dt.date | None = ISSUED,
    struck: Sequence[FieldName] = (),
) -> dict[FieldName, FieldReading]:
    """The four fields; `again` and `number` are what the second reader saw in the stamp, and at its number.

    `struck` are the fields that are struck out.
    """
    said = {Alphabet.STAMP: again, Alphabet.DIGITS: number}
    answers = [
        SecondReading(look, said[look.alphabet], "khác")
        if look.alphabet in said
        else SecondReading(look, "gạch" if look.field in struck else None, SecondReader.STRIKE)
        for look in list_arrival_looks(found)
    ]
    return {reading.name: reading for reading in check_arrival(found, answers, within, issued=issued)}


def test_two_readings_alike_check_everything_even_without_an_office() -> None:
    read = check(finding(region(FORM)), again=FORM)
    assert {name: field.value for name, field in read.items()} == {
        AGENCY: "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        NUMBER: "29",
        DATE: "2012-01-05",
        NAMES: ["Đ/c Linh", "Đ/c Thanh Xuân"],
    }
    assert all(field.checked and field.evidence and field.reason is None for field in read.values())


def test_one_reading_alone_checks_nothing_but_a_known_office() -> None:
    read = check(finding(region(FORM)))
    assert [name for name, field in read.items() if field.checked] == [AGENCY]
    assert all(field.reason for field in read.values() if not field.checked)
    assert read[NUMBER].value == "29", "a printed number read once is offered, never checked"


def test_where_to_look_again_is_the_whole_stamp_and_the_digits_of_its_number() -> None:
    found = finding(region(FORM))
    stamp, number, *_ = list_arrival_looks(found)
    assert (stamp.alphabet, stamp.box) == (Alphabet.STAMP, found.stamps[0].box)
    assert (number.field, number.alphabet) == (NUMBER, Alphabet.DIGITS)
    assert number.box.as_list() == [0.145, 0.17, 0.175, 0.185]
    without = finding(region(FORM.replace("29", "—")))
    assert [look.alphabet for look in list_arrival_looks(without)] == [Alphabet.STAMP, Alphabet.STROKES]


def test_number_and_day_of_a_stamp_are_looked_at_for_strokes() -> None:
    looks = [look for look in list_arrival_looks(finding(region(FORM))) if look.alphabet is Alphabet.STROKES]
    assert [(look.field, look.box.as_list()) for look in looks] == [
        (NUMBER, [0.145, 0.17, 0.175, 0.185]),
        (DATE, [0.145, 0.21, 0.175, 0.225]),
    ]


@pytest.mark.parametrize("struck", [NUMBER, DATE])
def test_a_value_struck_out_in_a_stamp_is_shown_and_not_checked(struck: FieldName) -> None:
    read = check(finding(region(FORM)), again=FORM, struck=[struck])
    assert read[struck].value is not None
    assert "gạch bỏ" in (read[struck].reason or "")
    assert [name for name, field in read.items() if not field.checked] == [struck]


def test_not_even_the_book_vouches_for_a_number_struck_out() -> None:
    read = check(finding(region(FORM)), again=FORM, within=OFFICE, struck=[NUMBER])
    assert not read[NUMBER].checked


# ── absent ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_without_a_stamp_is_rightly_without() -> None:
    for field in check(finding()).values():
        assert (field.value, field.checked) == (None, True)


def test_a_frame_like_a_stamp_that_was_not_read_is_no_absence() -> None:
    unread = replace(region(FORM), lines=())
    for field in check(finding(unread)).values():
        assert (field.value, field.checked) == (None, False)
        assert field.box == unread.box
        assert field.reason == "Như có dấu đến chưa đọc được ở góc trên trái trang 1."


def test_a_lone_arrived_in_the_text_is_no_absence() -> None:
    lone = Line((Word("ĐẾN", Box(0.12, 0.2, 0.16, 0.22), 90.0),))
    assert not any(field.checked for field in check(finding(lines=[lone])).values())


@pytest.mark.parametrize(("top", "count"), [(0.15, 1), (0.4, 2)], ids=["the same place", "elsewhere"])
def test_words_left_in_the_text_are_a_stamp_of_their_own_only_elsewhere(top: float, count: int) -> None:
    left = region("ĐẾN Số: 512\nNgày: 04/01/2012", top=top).lines
    assert len(finding(region(FORM), lines=left).stamps) == count


def test_a_paper_whose_first_page_was_not_read_has_no_finding() -> None:
    unseen = find_arrival(Paper("a.pdf", "0" * 64, "application/pdf", 2, ()))
    assert unseen == ArrivalFinding(is_legible=False)
    for field in check(unseen).values():
        assert (field.value, field.checked) == (None, False)
        assert "chưa đọc được đủ rõ" in (field.reason or "")


# ── office ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("printed", "again", "value"),
    [
        pytest.param("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", None, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", id="as it is"),
        pytest.param("SO THONG TIN VA TRUYEN THONG", None, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", id="marks lost"),
        pytest.param("SỞ TT&TT", None, "SỞ TT&TT", id="our short name"),
        pytest.param(
            "27 TRE VÀ TRXR XƯA",
            "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
            "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
            id="by the second reading",
        ),
    ],
)
def test_our_own_name_is_known_in_either_reading(printed: str, again: str | None, value: str) -> None:
    form = FORM.split("\n", 1)[1]
    read = check(
        finding(region(f"{printed}\n{form}")), again=f"{again}\n{form}" if again else None, within=OFFICE
    )
    assert (read[AGENCY].value, read[AGENCY].checked) == (value, True)


@pytest.mark.parametrize(
    ("printed", "within", "reason"),
    [
        pytest.param("BỘ TÀI CHÍNH", OFFICE, "không phải cơ quan mình", id="another office"),
        pytest.param("SỞ THÔNG XYZW TRUYỂN", OFFICE, "chưa đọc được rõ", id="perhaps ours"),
        pytest.param("", OFFICE, "Chưa đọc được tên cơ quan", id="no name read"),
        pytest.param("CỔNG XYZ TÀU VŨ TRỤ", BARE, "Chưa có tên cơ quan mình", id="nobody knows it"),
    ],
)
def test_an_office_that_is_not_known_is_shown(printed: str, within: Circumstances, reason: str) -> None:
    form = FORM.split("\n", 1)[1]
    read = check(finding(region(f"{printed}\n{form}" if printed else form)), within=within)
    assert not read[AGENCY].checked
    assert reason in (read[AGENCY].reason or "")


def test_a_stamp_of_another_office_checks_nothing() -> None:
    other = FORM.replace("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "BỘ TÀI CHÍNH")
    read = check(finding(region(other)), again=other, within=OFFICE)
    assert not any(field.checked for field in read.values())
    assert read[NUMBER].value == "29", "what was read is still shown"


# ── two stamps ───────────────────────────────────────────────────────────────────────────────────────────


def test_of_two_stamps_ours_counts() -> None:
    other = "BỘ TÀI CHÍNH\nĐẾN\nSố: 512\nNgày: 04/01/2012"
    found = finding(region(other), region(FORM, top=0.4))
    read = check(found, again=FORM, within=OFFICE)
    assert read[NUMBER].value == "29"
    assert read[NUMBER].checked
    assert arrival_day(found, OFFICE.office_names, issued=ISSUED) == dt.date(2012, 1, 5)
    chosen = choose_stamp(found, ())
    assert chosen is not None
    assert chosen.number == "512", "an office without a name cannot tell; the first is shown"


@pytest.mark.parametrize(
    ("within", "reason"),
    [(BARE, "nhiều dấu đến, chưa rõ"), (OFFICE, "nhiều dấu đến nhưng chưa đọc được tên cơ quan mình")],
)
def test_of_two_stamps_neither_counts_when_none_is_ours(within: Circumstances, reason: str) -> None:
    other = "BỘ TÀI CHÍNH\nĐẾN\nSố: 512\nNgày: 04/01/2012"
    read = check(finding(region(other), region(other, top=0.4)), again=other, within=within)
    assert all(not field.checked and reason in (field.reason or "") for field in read.values())


# ── number ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("first", "again", "alone", "within", "value", "reason"),
    [
        pytest.param("29", "29", None, BARE, "29", None, id="alike in the whole stamp"),
        pytest.param("29", None, "29", BARE, "29", None, id="alike at the number alone"),
        pytest.param("29", "28", "29", BARE, "29", "khác nhau: 29 và 28", id="one of three differs"),
        pytest.param("29", None, "2 8", BARE, "29", "khác nhau: 29 và 28", id="alone it differs"),
        pytest.param("—", "29", None, BARE, None, "chỉ đọc được một lần", id="only the second saw it"),
        pytest.param("—", None, None, BARE, None, "chưa đọc được số đến", id="nobody saw it"),
        pytest.param("29", None, None, OFFICE, "29", None, id="the book expects it"),
        pytest.param("—", "29", None, OFFICE, "29", None, id="only the second, but the book expects it"),
        pytest.param("27", "27", None, OFFICE, "27", None, id="held in the book"),
        pytest.param("28", "28", None, OFFICE, "28", "đã có trong sổ", id="taken"),
        pytest.param("31", "31", None, OFFICE, "31", "không phải số kế tiếp", id="ahead of the book"),
        pytest.param(
            "29", "29", None, replace(OFFICE, books={}), "29", "Chưa có sổ", id="no book of that year"
        ),
    ],
)
def test_a_number_is_checked_by_a_second_reading_or_the_book(
    first: str,
    again: str | None,
    alone: str | None,
    within: Circumstances,
    value: str | None,
    reason: str | None,
) -> None:
    read = check(
        finding(region(FORM.replace("29", first))),
        again=FORM.replace("29", again) if again else FORM.replace("29", "—"),
        number=alone,
        within=within,
    )[NUMBER]
    assert read.value == value
    assert read.checked is (reason is None)
    assert reason is None or reason in (read.reason or "")


def test_a_written_number_read_twice_alike_still_wants_a_book() -> None:
    pen = region(FORM, confidence=60.0)
    assert "viết tay" in (check(finding(pen), again=FORM)[NUMBER].reason or "")
    assert check(finding(pen), again=FORM, within=OFFICE)[NUMBER].checked


def test_without_a_year_the_book_cannot_be_asked() -> None:
    read = check(finding(region(FORM.replace("/2012", ""))), again=FORM, within=OFFICE, issued=None)
    assert "Chưa rõ năm" in (read[NUMBER].reason or "")


# ── day ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("first", "again", "issued", "value", "reason"),
    [
        pytest.param("05/01/2012", "05/01/2012", ISSUED, "2012-01-05", None, id="alike"),
        pytest.param("05/01/2012", "06/01/2012", ISSUED, "2012-01-05", "kết quả khác nhau", id="different"),
        pytest.param("05/01/2012", "—", ISSUED, "2012-01-05", "mới đọc được một lần", id="once only"),
        pytest.param("—", "05/01/2012", ISSUED, "2012-01-05", "chưa đọc được ngày đến", id="second only"),
        pytest.param("t6i", "—", ISSUED, None, "chưa đọc được ngày đến", id="unread"),
        pytest.param("", "", ISSUED, None, "Ô “Ngày” trên dấu đến trống", id="blank"),
        pytest.param(
            "31/02/2012",
            "31/02/2012",
            ISSUED,
            None,
            "ghi ngày 31/02/2012, là ngày không có",
            id="no such day",
        ),
        pytest.param(
            "30/02", "30/02", ISSUED, None, "ghi ngày 30/02, là ngày không có", id="nor in any year"
        ),
        pytest.param("02/01", "02/01", ISSUED, None, "chưa suy ra được năm", id="no year that fits"),
        pytest.param(
            "02/01/2012", "02/01/2012", ISSUED, "2012-01-02", "trước ngày văn bản", id="before issue"
        ),
        pytest.param("05/05/2012", "05/05/2012", ISSUED, "2012-05-05", "quá 60 ngày", id="long after"),
        pytest.param("05/01/2002", "—", ISSUED, None, "05/01/2002 trước", id="before issue, read once"),
        pytest.param("05/01/2031", "05/01/2031", ISSUED, "2031-01-05", "sau hôm nay", id="after today"),
        pytest.param("05/01", "05/01", ISSUED, "2012-01-05", "không ghi năm", id="no year"),
        pytest.param(
            "05/01/2012", "05/01/2012", None, "2012-01-05", "Chưa có ngày văn bản", id="issue unknown"
        ),
    ],
)
def test_a_day_is_checked_by_a_second_reading_and_the_calendar(
    first: str, again: str, issued: dt.date | None, value: str | None, reason: str | None
) -> None:
    read = check(
        finding(region(FORM.replace("05/01/2012", first))),
        again=FORM.replace("05/01/2012", again),
        issued=issued,
    )[DATE]
    assert read.value == value
    assert read.checked is (reason is None)
    assert reason is None or reason in (read.reason or "")


def test_a_written_day_wants_more_than_two_readings_of_one_hand() -> None:
    pen = finding(region(FORM, confidence=45.0))
    assert not check(pen, again=FORM)[DATE].checked
    came = replace(BARE, received_on=dt.date(2012, 1, 5))
    assert check(pen, again=FORM, within=came)[DATE].checked


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────

TYPED = "Chuyển: Đ/c Linh,\nĐ/c Thanh Xuân"


@pytest.mark.parametrize(
    ("first", "again", "value", "reason"),
    [
        pytest.param(
            "Chuyển: Đ/c Hòa", "Chuyển: Đ/c Hoà", ["Đ/c Hòa"], None, id="alike but for the tone's place"
        ),
        pytest.param(
            "Chuyển: P.CNTT, P.BCVT", "Chuyén: P.CNTT, P.BCVT", ["P.CNTT", "P.BCVT"], None, id="units"
        ),
        pytest.param("Chuyển: Đ/c Linh", "Chuyển: Đ/c Lĩnh", ["Đ/c Linh"], "khác nhau", id="another mark"),
        pytest.param(
            "Chuyển: Đ/c Linh", "Chuyển: Đ/c Linh, Đ/c Xuân", ["Đ/c Linh"], "khác nhau", id="a name more"
        ),
        pytest.param("Chuyển: Đ/c Linh", "—", ["Đ/c Linh"], "mới đọc được một lần", id="once only"),
        pytest.param(
            "Chuyển: Đ/c Linh,", "Chuyển: Đ/c Linh,", ["Đ/c Linh"], "chỗ ngắt", id="another should follow"
        ),
        pytest.param(
            "Chuyển: Đ/c Thanh\nXuân", "Chuyển: Đ/c Thanh\nXuân", ["Đ/c Thanh Xuân"], "chỗ ngắt", id="broken"
        ),
        pytest.param("Chuyển: trong..t", "Chuyển: trong..t", None, "đọc chưa rõ", id="no name at all"),
        pytest.param(
            "Chuyển: Đ/c Xuân „ cứ Quvết ]", TYPED, None, "đọc chưa rõ", id="text of the letter in it"
        ),
        pytest.param("Chuyển:", TYPED, None, "trống hoặc viết tay", id="empty"),
        pytest.param("—", TYPED, None, "Không thấy ô", id="no such row"),
    ],
)
def test_names_are_checked_when_both_readings_spell_them_alike(
    first: str, again: str, value: list[str] | None, reason: str | None
) -> None:
    read = check(finding(region(FORM.replace(TYPED, first))), again=FORM.replace(TYPED, again))[NAMES]
    assert read.value == value
    assert read.checked is (reason is None)
    assert reason is None or reason in (read.reason or "")


def test_written_names_are_shown_to_a_person() -> None:
    pen = finding(region(FORM, confidence=30.0))
    read = check(pen, again=FORM)[NAMES]
    assert (read.value, read.checked) == (["Đ/c Linh", "Đ/c Thanh Xuân"], False)
    assert "viết tay" in (read.reason or "")


def test_names_are_not_all_when_another_ink_wrote_in_the_stamp() -> None:
    mixed = finding(replace(region(FORM), ink="mixed"))
    read = check(mixed, again=FORM)
    assert not read[NAMES].checked
    assert "mực khác" in (read[NAMES].reason or "")
    assert read[NUMBER].checked, "what stands in the stamp's own ink is not in doubt"


# ── values by pen, read by several readers ───────────────────────────────────────────────────────────────

BLANK = "SỞ THÔNG TIN VÀ TRUYỀN THÔNG\nĐẾN\nSố: ....\nNgày: ....\nChuyển: ...."


def by_pen(
    found: ArrivalFinding,
    *,
    row: str,
    pen: str,
    within: Circumstances = BARE,
    issued: dt.date | None = ISSUED,
    form: str | None = None,
) -> dict[FieldName, FieldReading]:
    look = next(look for look in list_arrival_looks(found) if look.alphabet is Alphabet.STAMP)
    answers = [SecondReading(look, row, SecondReader.ROW), SecondReading(look, pen, SecondReader.PEN)]
    answers += [SecondReading(look, form, SecondReader.FORM)] if form else []
    return {reading.name: reading for reading in check_arrival(found, answers, within, issued=issued)}


@pytest.mark.parametrize(
    ("row", "pen", "day", "checked"),
    [
        pytest.param(
            "Ngày: 5/1/12\nNgày: 511112", "Ngày: 5/1/12", "2012-01-05", True, id="row and pen agree"
        ),
        pytest.param("Ngày: 5/1/12\nNgày: 511112", "Ngày: ??", "2012-01-05", False, id="the pen saw none"),
        pytest.param("Ngày: 5/1/12", "Ngày: 8/1/12", None, False, id="they differ"),
        pytest.param("Ngày: 2/1/12\nNgày: 2/1/12", "Ngày: 2/1/12", None, False, id="before the day of issue"),
    ],
)
def test_a_day_by_pen_is_checked_when_row_and_pen_agree(
    row: str, pen: str, day: str | None, checked: bool
) -> None:
    read = by_pen(finding(region(BLANK)), row=row, pen=pen)[DATE]
    assert (read.value, read.checked) == (day, checked)


def test_a_day_by_pen_on_which_the_file_came_is_checked() -> None:
    arrived = replace(BARE, received_on=dt.date(2012, 1, 5))
    read = by_pen(finding(region(BLANK)), row="Ngày: 5/1/12", pen="", within=arrived)[DATE]
    assert (read.value, read.checked) == ("2012-01-05", True)


def test_a_day_that_readers_of_rows_saw_otherwise_is_doubted() -> None:
    read = by_pen(finding(region(FORM)), row="Ngày: 8/1/12\nNgày: 8/1/12", pen="Ngày: 8/1/12")[DATE]
    assert (read.value, read.checked) == ("2012-01-05", False)
    assert read.reason == "Cách đọc khác cho ngày đến 08/01/2012."


def test_a_number_by_pen_is_offered_when_row_and_pen_saw_it() -> None:
    read = by_pen(finding(region(BLANK)), row="Số: 029\nSố: 29", pen="Số: 29")[NUMBER]
    assert (read.value, read.checked) == ("29", False)
    assert read.reason == "Số đến 29 viết tay, không có sổ để đối chiếu."
    assert by_pen(finding(region(BLANK)), row="Số: 29", pen="Số: 79")[NUMBER].value is None


HOUR_AND_DAY = "CỔNG THÔNG TIN ĐIỆN TỬ\nĐẾN\nGiờ: C\nNgày: ...."


@pytest.mark.parametrize(
    ("text", "row", "is_absent"),
    [
        pytest.param(HOUR_AND_DAY, "Ngày: 5/1/12", True, id="nothing else was read"),
        pytest.param(BLANK, "Ngày: 5/1/12", False, id="the first reading saw a row of the number"),
        pytest.param(HOUR_AND_DAY, "Số: 29\nSố: 29", False, id="a reader of rows saw a number"),
    ],
)
def test_a_form_of_hour_and_day_has_rightly_neither_number_nor_names(
    text: str, row: str, is_absent: bool
) -> None:
    read = by_pen(finding(region(text)), row=row, pen=row, form="Giờ\nNgày")
    assert [read[name].checked for name in (NUMBER, NAMES)] == [is_absent] * 2
    if is_absent:
        assert read[NAMES].evidence == ("Dấu đến này chỉ có ô Giờ và ô Ngày.",)


def test_the_book_of_the_year_is_asked_when_only_readers_of_rows_saw_the_day() -> None:
    read = by_pen(
        finding(region(BLANK)),
        row="Số: 29\nSố: 29\nNgày: 5/1/12\nNgày: 5/1/12",
        pen="Số: 29\nNgày: 5/1/12",
        within=OFFICE,
    )[NUMBER]
    assert (read.value, read.checked) == ("29", True)


# ── names by pen ─────────────────────────────────────────────────────────────────────────────────────────

STAFF = Directory(people=(Officer(id=PersonId("linh"), name="Nguyễn Thị Linh", until=dt.date(2012, 6, 30)),))
LINH_BY_PEN = "Chuyển: D/c Linh\nChuyển: d/c Linh"


@pytest.mark.parametrize(
    ("within", "ink", "value", "reason"),
    [
        pytest.param(replace(OFFICE, staff=STAFF), "red", ["Đ/c Linh"], None, id="the only one"),
        pytest.param(replace(OFFICE, staff=STAFF), "mixed", ["Đ/c Linh"], "mực khác", id="black ink besides"),
        pytest.param(
            replace(OFFICE, staff=STAFF, received_on=dt.date(2012, 7, 2)),
            "red",
            None,
            "trống",
            id="she has left",
        ),
        pytest.param(OFFICE, "red", None, "trống", id="no staff is known"),
    ],
)
def test_names_by_pen_are_checked_against_the_staff_of_the_day(
    within: Circumstances, ink: str, value: list[str] | None, reason: str | None
) -> None:
    found = finding(replace(region(BLANK), ink=ink))
    read = by_pen(found, row=LINH_BY_PEN, pen="", within=within)[NAMES]
    assert (read.value, read.checked) == (value, reason is None)
    assert reason is None or reason in (read.reason or "")


@pytest.mark.parametrize(
    ("printed", "row", "reason"),
    [
        pytest.param("29", "Số: 29\nSố: 29", None, id="the rows have it too"),
        pytest.param("29", "", None, id="print of two signs, no row read"),
        pytest.param("2", "Số: 29\nSố: 29", "Cách đọc khác cho số đến 29.", id="a digit of a longer number"),
        pytest.param("2", "", "viết tay", id="a lone digit that no row has"),
        pytest.param("2", "Số: 2", None, id="a lone digit that a row has"),
    ],
)
def test_a_number_that_looks_printed_is_compared_with_the_readers_of_rows(
    printed: str, row: str, reason: str | None
) -> None:
    text = FORM.replace("29", printed)
    found = finding(region(text))
    look = next(look for look in list_arrival_looks(found) if look.alphabet is Alphabet.STAMP)
    answers = [SecondReading(look, text, "khác"), SecondReading(look, row, SecondReader.ROW)]
    read = {r.name: r for r in check_arrival(found, answers, BARE, issued=ISSUED)}[NUMBER]
    assert (read.value, read.checked) == (printed, reason is None)
    assert reason is None or reason in (read.reason or "")
