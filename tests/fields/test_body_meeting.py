"""When the meeting is that a paper invites to: every order of day and hour, read twice or asked about."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import SecondReading
from documents.page import Source
from fields.layout import find_layout
from fields.meeting import MeetingFinding, check_meeting, find_meeting, list_meeting_looks
from tests.fields.paper_from_text import letterhead, line, paper

ISSUED = dt.date(2012, 2, 1)


def find(
    *text: str, is_invitation: bool = True, issued: dt.date | None = ISSUED, source: Source = Source.OCR
) -> MeetingFinding | None:
    lines = [line(row, 0.16, 0.4 + 0.02 * at) for at, row in enumerate(text)]
    layout = find_layout(paper([*letterhead(), *lines]))
    return find_meeting(layout, is_invitation=is_invitation, issued=issued, source=source)


def meeting(*text: str, is_invitation: bool = True, issued: dt.date | None = ISSUED) -> str | None:
    finding = find(*text, is_invitation=is_invitation, issued=issued)
    return str(finding.found.value) if finding and finding.found else None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param(
            "Thời gian: 08 giờ 00 phút, thứ Ba, ngày 14/02/2012.", "2012-02-14T08:00", id="as the form"
        ),
        pytest.param(
            "Thời gian: 8 giờ, ngày 14 tháng 02 năm 2012", "2012-02-14T08:00", id="the day in words"
        ),
        pytest.param("vào lúc 14h00 ngày 09/4/2012", "2012-04-09T14:00", id="in a sentence"),
        pytest.param("Vào hồi 7h30' ngày 09/4/2012", "2012-04-09T07:30", id="vào hồi"),
        pytest.param("bắt đầu 8 g30, thứ hai, ngày 9/4/2012", "2012-04-09T08:30", id="g for giờ"),
        pytest.param("bắt đầu từ 13:30 thứ 2 (09/4/2012)", "2012-04-09T13:30", id="the day in brackets"),
        pytest.param("Thời gian: ngày 14/02/2012, lúc 8 giờ 30", "2012-02-14T08:30", id="the day first"),
        pytest.param(
            "Thời gian: ngày 14/02/2012 (thứ Ba), vào 14h", "2012-02-14T14:00", id="day, weekday, hour"
        ),
        pytest.param(
            "Thời gian: Thứ Ba, ngày 14 tháng 02 năm 2012, từ 08h00",
            "2012-02-14T08:00",
            id="weekday, day, hour",
        ),
        pytest.param("Từ 14:00 – 16:00, thứ 5 ngày 12/4/2012", "2012-04-12T14:00", id="from and to"),
        pytest.param(
            "Thời gian: 01 buổi, lúc 08h00 ngày 14/02/2012", "2012-02-14T08:00", id="how long it takes"
        ),
        pytest.param(
            "khai mạc lúc 7 giờ 30 phút sáng ngày 14/02/2012", "2012-02-14T07:30", id="of the morning"
        ),
        pytest.param("Thời gian: 08 giờ 00, ngày 14/02", "2012-02-14T08:00", id="the year of issue"),
        pytest.param("Thời gian: 8 giờ 15/02/2012", "2012-02-15T08:00", id="the day is not the minutes"),
        pytest.param("Thời gian: 25 giờ 00 ngày 14/02/2012", None, id="no such hour"),
        pytest.param("Thời gian: 08 giờ 00 ngày 31/02/2012", None, id="no such day"),
        pytest.param("Thời gian: 08 giờ 00 ngày 14/01/2012", None, id="before the paper was issued"),
        pytest.param("Thời gian: ngày 14/02/2012", None, id="no hour"),
    ],
)
def test_an_invitation_tells_its_hour_and_day(text: str, moment: str | None) -> None:
    assert meeting(text) == moment


@given(
    st.dates(dt.date(2012, 2, 1), dt.date(2030, 12, 31)),
    st.times(),
    st.sampled_from(
        (
            "Thời gian: {hour} giờ {minute:02} phút, ngày {day}/{month}/{year}",
            "Thời gian: {hour}h{minute:02}, thứ Hai, ngày {day} tháng {month} năm {year}",
            "Thời gian: thứ Hai, ngày {day}/{month}/{year}, lúc {hour:02}:{minute:02}",
            "Thời gian: ngày {day} tháng {month} năm {year}, {hour} giờ {minute:02}",
        )
    ),
)
def test_every_hour_and_day_is_read_in_every_order(day: dt.date, hour: dt.time, form: str) -> None:
    text = form.format(day=day.day, month=day.month, year=day.year, hour=hour.hour, minute=hour.minute)
    assert meeting(text) == f"{day}T{hour:%H:%M}"


def test_hour_and_day_may_stand_on_lines_of_their_own() -> None:
    assert meeting("1. Thời gian: 08 giờ 00,", "thứ Ba, ngày 14/02/2012.") == "2012-02-14T08:00"


def test_a_paper_that_invites_to_nothing_has_no_meeting() -> None:
    text = "Trực tiếp công dân từ 8 giờ 00 ngày 14/02/2012"
    assert meeting(text, is_invitation=False) is None
    assert meeting("Kính mời đại biểu dự họp", text, is_invitation=False) == "2012-02-14T08:00"
    assert find("Nộp giấy triệu tập học", is_invitation=False) is None


# ── checking ─────────────────────────────────────────────────────────────────────────────────────────────


def test_an_invitation_without_its_time_is_asked_about() -> None:
    read = check_meeting(None, is_invitation=True, source=Source.OCR)
    assert (read.checked, read.reason) == (False, "Giấy mời mà chưa đọc được thời gian họp.")


def test_a_letter_that_invites_without_a_time_is_asked_about() -> None:
    finding = find("Kính mời các đơn vị dự họp.", is_invitation=False)
    read = check_meeting(finding, is_invitation=False, source=Source.OCR)
    assert (read.checked, read.reason) == (False, "Văn bản có lời mời mà chưa đọc được thời gian họp.")


def test_a_paper_that_invites_to_nothing_rightly_has_no_time() -> None:
    read = check_meeting(None, is_invitation=False, source=Source.OCR)
    assert (read.checked, read.value, read.reason) == (True, None, None)
    assert read.evidence


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        pytest.param("vào lúc 14h00 ngày 09/4/2012.", None, id="the same"),
        pytest.param("vào lúc 14 h 00 ngày 9/04/2012.", None, id="the same, written otherwise"),
        pytest.param("vào lúc 14h00 ngày 08/4/2012.", "khác nhau", id="another day"),
        pytest.param("vào lúc 11h00 ngày 09/4/2012.", "khác nhau", id="another hour"),
        pytest.param("vào lúc 14h00 tháng 09/4/2012.", "khác nhau", id="another word"),
        pytest.param(None, "một lần", id="not seen again"),
    ],
)
def test_the_time_is_checked_when_two_readings_agree(second: str | None, reason: str | None) -> None:
    finding = find("Kính mời dự họp vào lúc 14h00 ngày 09/4/2012")
    looks = list_meeting_looks(finding, source=Source.OCR)
    assert len(looks) == 1
    answers = [SecondReading(look, second, "again") for look in looks]
    read = check_meeting(finding, answers, is_invitation=True, source=Source.OCR)
    assert read.checked is (reason is None)
    assert read.reason is None if reason is None else reason in (read.reason or "")
    assert read.value == "2012-04-09T14:00"


def test_without_a_second_reading_nothing_is_checked() -> None:
    finding = find("Thời gian: 14h00 ngày 09/4/2012")
    read = check_meeting(finding, is_invitation=True, source=Source.OCR)
    assert (read.checked, read.reason) == (False, "Thời gian họp mới đọc được một lần.")


def test_the_files_own_text_is_believed_and_not_read_again() -> None:
    finding = find("Thời gian: 14h00 ngày 09/4/2012", source=Source.TEXT_LAYER)
    assert list_meeting_looks(finding, source=Source.TEXT_LAYER) == ()
    read = check_meeting(finding, is_invitation=True, source=Source.TEXT_LAYER)
    assert (read.checked, read.source) == (True, Source.TEXT_LAYER)


@given(
    st.lists(
        st.sampled_from(
            ["Thời gian:", "lúc", "8 giờ", "25h", "14/02/2012", "31/2", "thứ Ba", "ngày", ".", "–", "0"]
        )
        | st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=8),
        max_size=12,
    ),
    st.booleans(),
)
def test_no_text_makes_the_search_fail_or_leaves_a_doubt_without_reason(
    words: list[str], is_invitation: bool
) -> None:
    finding = find(" ".join(words), is_invitation=is_invitation)
    read = check_meeting(finding, is_invitation=is_invitation, source=Source.OCR)
    assert read.checked or read.reason
