"""By when the paper wants something done, and when it invites to: phrases, days, and what is no deadline."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import SecondReading
from documents.page import Source
from fields.deadlines import DeadlineFinding, check_deadlines, find_deadlines, list_deadline_looks
from fields.layout import find_layout
from fields.meeting import check_meeting, find_meeting
from fields.when import read_day, read_hour
from tests.fields.paper_from_text import letterhead, line, paper

ISSUED = dt.date(2012, 2, 1)


def deadlines(
    *text: str, issued: dt.date | None = ISSUED, source: Source = Source.OCR
) -> DeadlineFinding | None:
    lines = [line(row, 0.16, 0.4 + 0.02 * at) for at, row in enumerate(text)]
    return find_deadlines(find_layout(paper([*letterhead(), *lines])), issued=issued, source=source)


def rows(*text: str, issued: dt.date | None = ISSUED) -> list[dict[str, str | None]]:
    found = deadlines(*text, issued=issued)
    return list(found.found.value) if found and isinstance(found.found.value, list) else []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "phrase", "day"),
    [
        pytest.param(
            "báo cáo trước ngày 15/02/2012 để tổng hợp", "trước ngày 15/02/2012", "2012-02-15", id="before"
        ),
        pytest.param(
            "gửi trước 17h00 ngày 20/3/2012 về Sở", "trước 17h00 ngày 20/3/2012", "2012-03-20", id="an hour"
        ),
        pytest.param(
            "chậm nhất là ngày 25/3/2012.", "chậm nhất là ngày 25/3/2012", "2012-03-25", id="latest"
        ),
        pytest.param(
            "chậm nhất đến hết ngày 25/3/2012", "chậm nhất đến hết ngày 25/3/2012", "2012-03-25", id="both"
        ),
        pytest.param("Hạn chót: ngày 10/4/2012", "Hạn chót: ngày 10/4/2012", "2012-04-10", id="a colon"),
        pytest.param(
            "Hạn đăng ký: Thứ 4 ngày 11/4/2012",
            "Hạn đăng ký: Thứ 4 ngày 11/4/2012",
            "2012-04-11",
            id="weekday",
        ),
        pytest.param(
            "trước ngày 20 tháng 5 năm 2012", "trước ngày 20 tháng 5 năm 2012", "2012-05-20", id="in words"
        ),
        pytest.param("trước ngày 20/5", "trước ngày 20/5", "2012-05-20", id="the year of issue"),
        pytest.param("trong tháng 3/2012 phải xong", "trong tháng 3/2012", "2012-03-31", id="a month"),
        pytest.param("hoàn thành trong quý II/2012", "trong quý II/2012", "2012-06-30", id="a quarter"),
        pytest.param(
            "trong ngày 05 tháng 3 năm 2012", "trong ngày 05 tháng 3 năm 2012", "2012-03-05", id="on that day"
        ),
        pytest.param(
            "chậm nhất là 05 ngày, kể từ ngày ký",
            "chậm nhất là 05 ngày, kể từ ngày ký",
            "2012-02-06",
            id="signed",
        ),
        pytest.param(
            "từ ngày 01/6/2012 đến ngày 14/6/2012", "từ ngày 01/6/2012 đến ngày 14/6/2012", None, id="a range"
        ),
    ],
)
def test_phrases_give_their_day(text: str, phrase: str, day: str | None) -> None:
    assert rows(text) == [{"phrase": phrase, "date": day}]


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        pytest.param("báo cáo trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20", id="monthly"),
        pytest.param("gửi trước ngày 15 hàng quý", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", id="quarterly"),
    ],
)
def test_what_comes_again_has_a_rule_and_no_day(text: str, recurrence: str) -> None:
    (row,) = rows(text)
    assert row["recurrence"] == recurrence
    assert "date" not in row


@pytest.mark.parametrize(
    ("text", "days", "unit"),
    [
        pytest.param(
            "trong thời hạn 07 ngày làm việc kể từ ngày nhận được công văn này", "7", "working_days", id="w"
        ),
        pytest.param("trong vòng 10 (mười) ngày kể từ khi nhận văn bản", "10", "days", id="calendar days"),
    ],
)
def test_days_counted_from_receipt_are_left_to_the_office(text: str, days: str, unit: str) -> None:
    (row,) = rows(text)
    assert row["date"] is None
    assert (row["days"], row["unit"], row["from"]) == (days, unit, "receipt")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Căn cứ Quyết định số 79/2010/QĐ-TTg ngày 30/11/2010", id="a day of another paper"),
        pytest.param("hồ sơ nộp trước ngày 01/7/2011 được xét", id="history"),
        pytest.param("trước ngày 31/02/2012", id="no such day"),
        pytest.param("báo cáo trong tháng 12 năm 0000", id="a year misread as nought"),
        pytest.param("hoàn thành trong quý II/0000", id="a quarter of the year nought"),
        pytest.param("khẩn trương triển khai thực hiện", id="haste without a day"),
        pytest.param("Họp ngày 10/4/2012 tại Sở", id="a day that ends nothing"),
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    assert [row for row in rows(text) if row.get("date")] == []


def test_a_day_that_no_month_has_comes_never_again() -> None:
    (row,) = rows("gửi báo cáo trước ngày 35 hằng tháng")
    assert row == {"phrase": "trước ngày 35 hằng tháng", "date": None}


def test_a_phrase_runs_over_the_end_of_a_line() -> None:
    assert (
        rows("đề nghị báo cáo Ủy ban nhân dân tỉnh trước", "ngày 15/3/2012 để tổng hợp")[0]["date"]
        == "2012-03-15"
    )


def test_the_same_phrase_twice_is_one() -> None:
    assert len(rows("trước ngày 15/3/2012 và", "trước ngày 15/3/2012")) == 1


def test_a_day_without_year_after_the_turn_of_the_year() -> None:
    assert rows("gửi trước ngày 10/01", issued=dt.date(2012, 12, 20))[0]["date"] == "2013-01-10"
    assert rows("gửi trước ngày 10/01", issued=dt.date(2012, 5, 20))[0]["date"] is None


@given(st.dates(dt.date(2012, 2, 1), dt.date(2030, 12, 31)))
def test_every_day_after_the_issue_is_read_as_written(day: dt.date) -> None:
    assert rows(f"báo cáo trước ngày {day:%d/%m/%Y}.") == [
        {"phrase": f"trước ngày {day:%d/%m/%Y}", "date": day.isoformat()}
    ]


# ── checking ─────────────────────────────────────────────────────────────────────────────────────────────


def again(found: DeadlineFinding | None, text: str | None) -> list[SecondReading]:
    return [SecondReading(look, text, "again") for look in list_deadline_looks(found)]


@pytest.mark.parametrize(
    ("second", "is_checked"),
    [
        pytest.param("báo cáo trước ngày 15/03/2012", True, id="the same day"),
        pytest.param("báo cáo trước ngày 18/3/2012", False, id="another day"),
        pytest.param(None, False, id="not seen again"),
    ],
)
def test_two_readings_of_the_day_settle_it(second: str | None, is_checked: bool) -> None:
    found = deadlines("báo cáo trước ngày 15/3/2012")
    read = check_deadlines(found, again(found, second))
    assert read.checked is is_checked
    assert is_checked or read.reason


def test_the_files_own_text_is_believed_and_not_read_again() -> None:
    found = deadlines("báo cáo trước ngày 15/3/2012", source=Source.TEXT_LAYER)
    assert list_deadline_looks(found) == ()
    assert check_deadlines(found, ()).checked


def test_a_paper_without_deadlines_says_nothing() -> None:
    read = check_deadlines(deadlines("Thực hiện nghiêm túc."), ())
    assert (read.value, read.reason) == (None, None)


# ── meetings ─────────────────────────────────────────────────────────────────────────────────────────────


def meeting(*text: str, is_invitation: bool = True) -> str | None:
    lines = [line(row, 0.16, 0.4 + 0.02 * at) for at, row in enumerate(text)]
    found = find_meeting(
        find_layout(paper([*letterhead(), *lines])), is_invitation=is_invitation, issued=ISSUED
    )
    return str(found.value) if found else None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param(
            "Thời gian: 08 giờ 00 phút, thứ Ba, ngày 14/02/2012.", "2012-02-14T08:00", id="as the form"
        ),
        pytest.param("vào lúc 14h00 ngày 09/4/2012", "2012-04-09T14:00", id="in a sentence"),
        pytest.param("bắt đầu 8 g30, thứ hai, ngày 9/4/2012", "2012-04-09T08:30", id="g for giờ"),
        pytest.param("Thời gian: ngày 14/02/2012, lúc 8 giờ 30", "2012-02-14T08:30", id="the day first"),
        pytest.param("Thời gian: 25 giờ 00 ngày 14/02/2012", None, id="no such hour"),
        pytest.param("Thời gian: 08 giờ 00 ngày 14/01/2012", None, id="before the paper was issued"),
    ],
)
def test_an_invitation_tells_its_hour_and_day(text: str, moment: str | None) -> None:
    assert meeting(text) == moment


def test_a_paper_that_invites_to_nothing_has_no_meeting() -> None:
    text = "Trực tiếp công dân từ 8 giờ 00 ngày 14/02/2012"
    assert meeting(text, is_invitation=False) is None
    assert meeting("Kính mời đại biểu dự họp", text, is_invitation=False) == "2012-02-14T08:00"


def test_an_invitation_without_its_time_is_asked_about() -> None:
    read = check_meeting(None, is_invitation=True, source=Source.OCR)
    assert not read.checked
    assert read.reason
    assert check_meeting(None, is_invitation=False, source=Source.OCR).reason is None


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(("{0}/{1}/{2}", "{0}-{1}-{2}", "{0}.{1}.{2}", "ngay {0} thang {1} nam {2}")),
)
def test_a_day_is_read_day_first_however_it_is_written(day: dt.date, form: str) -> None:
    written = read_day(f"den {form.format(day.day, day.month, day.year)} thi xong")
    assert written is not None
    assert written.after(None) == day


@given(st.times(), st.sampled_from(("{0} gio {1:02}", "{0}h{1:02}", "{0:02}:{1:02}", "{0}g{1:02} phut")))
def test_an_hour_is_read_however_it_is_written(moment: dt.time, form: str) -> None:
    assert read_hour(f"vao luc {form.format(moment.hour, moment.minute)}, tai") == moment.replace(
        second=0, microsecond=0
    )


@pytest.mark.parametrize("text", ["ngay 31/2/2012", "ngay 00/05/2012", "ngay 12/13/2012"])
def test_a_day_that_does_not_exist_is_no_day(text: str) -> None:
    written = read_day(text)
    assert written is None or written.after(None) is None
