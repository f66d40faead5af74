"""Days and hours as offices write them: one result for each way of writing, and no trouble with any text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fields.running_text import fold_in_place
from fields.when import list_days, read_day, read_hour

FORMS = ("{0}/{1}/{2}", "{0:02}/{1:02}/{2}", "{0} / {1} / {2}", "{0}-{1}-{2}", "{0}.{1}.{2}")
IN_WORDS = ("ngay {0} thang {1} nam {2}", "{0} thang {1}, nam {2}", "ngay {0} thang {1}/{2}")


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), st.sampled_from((*FORMS, *IN_WORDS)))
def test_a_day_is_read_day_first_however_it_is_written(day: dt.date, form: str) -> None:
    written = read_day(f"den {form.format(day.day, day.month, day.year)} thi xong")
    assert written is not None
    assert written.after(None) == day


@given(
    st.times(),
    st.sampled_from(
        ("{0} gio {1:02}", "{0:02} gio {1:02} phut", "{0}h{1:02}", "{0:02}:{1:02}", "{0}g{1:02} phut")
    ),
)
def test_an_hour_is_read_however_it_is_written(moment: dt.time, form: str) -> None:
    assert read_hour(f"vao luc {form.format(moment.hour, moment.minute)}, tai") == moment.replace(
        second=0, microsecond=0
    )


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        pytest.param("8 giờ ngày 15/3", dt.time(8), id="the day is no minutes"),
        pytest.param("8 giờ 15/3/2018", dt.time(8), id="a day with slashes right after the hour"),
        pytest.param("8 giờ 15 tháng 3", dt.time(8), id="a day in words right after the hour"),
        pytest.param("8 giờ 15.3.2018", dt.time(8), id="a day with stops right after the hour"),
        pytest.param("8 giờ 5 phút", dt.time(8, 5), id="one digit of minutes needs the word"),
        pytest.param("14g30", dt.time(14, 30), id="the southern g"),
        pytest.param("2 giờ chiều", dt.time(14), id="of the afternoon"),
        pytest.param("7 giờ tối", dt.time(19), id="of the evening"),
        pytest.param("11 giờ trưa", dt.time(11), id="before noon"),
        pytest.param("1 giờ trưa", dt.time(13), id="after noon"),
        pytest.param("17 giờ chiều", dt.time(17), id="counted from midnight already"),
        pytest.param("9 giờ sáng", dt.time(9), id="of the morning"),
        pytest.param("lúc 25 giờ", None, id="no such hour"),
        pytest.param("lúc 8 giờ 75 phút", None, id="no such minute"),
        pytest.param("gồm 8 hồ sơ", None, id="h that begins a word"),
    ],
)
def test_what_follows_an_hour_does_not_change_it(text: str, hour: dt.time | None) -> None:
    assert read_hour(fold_in_place(text)) == hour


@pytest.mark.parametrize("text", ["ngay 31/2/2012", "ngay 00/05/2012", "ngay 12/13/2012", "ngay 1/1/0000"])
def test_a_day_that_does_not_exist_is_no_day(text: str) -> None:
    written = read_day(text)
    assert written is None or written.after(None) is None


@pytest.mark.parametrize(
    ("text", "issued", "day"),
    [
        pytest.param("15/3", dt.date(2018, 2, 1), dt.date(2018, 3, 15), id="the year of issue"),
        pytest.param("10/01", dt.date(2018, 12, 20), dt.date(2019, 1, 10), id="over the turn of the year"),
        pytest.param("10/01", dt.date(2018, 5, 20), None, id="long past: nothing is certain"),
        pytest.param("15/3", None, None, id="no day of issue"),
        pytest.param("29/02", dt.date(2018, 2, 1), None, id="not a leap year"),
    ],
)
def test_a_day_without_year_takes_it_from_the_issue(
    text: str, issued: dt.date | None, day: dt.date | None
) -> None:
    written = read_day(text)
    assert written is not None
    assert written.after(issued) == day


@given(st.text(st.characters(codec="utf-8"), max_size=60) | st.text("0123456789/-.: giohntha", max_size=40))
def test_no_text_makes_days_or_hours_fail(text: str) -> None:
    folded = fold_in_place(text)
    read_hour(folded)
    for written in list_days(folded):
        assert folded[written.start : written.end]
        written.after(dt.date(2018, 12, 31))
