"""Every phrase by which papers set a time: what is read of it, row for row (domain: deadlines)."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.rrule import rrulestr

from fields.deadlines import check_deadlines, list_deadline_looks
from tests.fields.test_body_deadlines import deadlines, rows

ISSUED = dt.date(2012, 1, 3)

NAMED = (
    ("Báo cáo trước ngày 15/02/2012", "trước ngày 15/02/2012", "2012-02-15", {"strict": "2012-02-14"}, "two readings"),
    ("Gửi trước 17h00 ngày 15/02/2012", "trước 17h00 ngày 15/02/2012", "2012-02-15", {"time": "17:00"}, "an hour is plain"),
    ("Gửi trước 16 giờ 30 ngày 15/02/2012", "trước 16 giờ 30 ngày 15/02/2012", "2012-02-15", {"time": "16:30"}, "hour and minutes"),
    ("Gửi trước 4 giờ chiều ngày 15/02/2012", "trước 4 giờ chiều ngày 15/02/2012", "2012-02-15", {"time": "16:00"}, "of the afternoon"),
    ("Gửi trước 9 giờ sáng ngày 15/02/2012", "trước 9 giờ sáng ngày 15/02/2012", "2012-02-15", {"time": "09:00"}, "of the morning"),
    ("chậm nhất ngày 25/3", "chậm nhất ngày 25/3", "2012-03-25", {}, "inclusive, the year of issue"),
    ("chậm nhất là ngày 25/3", "chậm nhất là ngày 25/3", "2012-03-25", {}, "inclusive"),
    ("muộn nhất là 15 giờ ngày 25/3/2012", "muộn nhất là 15 giờ ngày 25/3/2012", "2012-03-25", {"time": "15:00"}, "an hour after latest"),
    ("hạn chót ngày 25/3/2012", "hạn chót ngày 25/3/2012", "2012-03-25", {}, "the last day"),
    ("nộp đến hết ngày 25/3/2012", "đến hết ngày 25/3/2012", "2012-03-25", {}, "to the end of the day"),
    ("báo cáo không quá ngày 25/3/2012", "không quá ngày 25/3/2012", "2012-03-25", {}, "not beyond"),
    ("nộp trong vòng 05 ngày kể từ ngày ký", "trong vòng 05 ngày kể từ ngày ký", "2012-01-08", {}, "from signing"),
    ("nộp trong thời hạn 02 tuần kể từ ngày ký", "trong thời hạn 02 tuần kể từ ngày ký", "2012-01-17", {}, "weeks from signing"),
    ("nộp trong vòng 01 tháng kể từ ngày ban hành", "trong vòng 01 tháng kể từ ngày ban hành", "2012-02-03", {}, "months from issue"),
    ("hoàn thành trong tháng 3/2012", "trong tháng 3/2012", "2012-03-31", {}, "a month"),
    ("hoàn thành trong quý II/2012", "trong quý II/2012", "2012-06-30", {}, "a quarter"),
    ("hoàn thành vào cuối năm", "vào cuối năm", "2012-12-31", {}, "the end of the year of issue"),
    ("hoàn thành vào giữa năm", "vào giữa năm", "2012-06-30", {}, "the middle of a year by law"),
    ("hoàn thành trước cuối tháng này", "trước cuối tháng này", "2012-01-31", {}, "this month"),
    ("hoàn thành vào cuối quý này", "vào cuối quý này", "2012-03-31", {}, "this quarter"),
    ("hoàn thành vào đầu tháng 3/2012", "đầu tháng 3/2012", "2012-03-01", {}, "the beginning of a month"),
    ("hoàn thành vào giữa tháng 3/2012", "giữa tháng 3/2012", "2012-03-15", {}, "the middle of a month"),
    ("hoàn thành vào cuối tháng 3/2012", "cuối tháng 3/2012", "2012-03-31", {}, "the end of a month"),
    ("hoàn thành vào giữa năm 2012", "giữa năm 2012", "2012-06-30", {}, "the middle of a year"),
    ("hoàn thành vào giữa quý II/2012", "giữa quý II/2012", None, {}, "the law names no middle of a quarter"),
    ("hoàn thành vào cuối tháng", "vào cuối tháng", None, {}, "of which month is not said"),
    (
        "đăng ký từ ngày 01/6/2012 đến hết ngày 14/6/2012",
        "từ ngày 01/6/2012 đến hết ngày 14/6/2012",
        None,
        {"since": "2012-06-01", "until": "2012-06-14"},
        "a range",
    ),
)  # fmt: skip

FARTHEST = (
    ("nộp trong vòng 05 ngày kể từ ngày ký", "no day after the last one"),
    ("nộp trong vòng 12 tháng kể từ ngày ký", "no month after the last one"),
)

COUNTED = (
    ("trả lời trong 07 ngày", None, "no beginning and no time limit"),
    ("trả lời trong 07 ngày làm việc kể từ ngày nhận", ("7", "working_days", "receipt"), "without a word for the limit"),
    ("Báo cáo trong 07 (bảy) ngày làm việc, kể từ ngày nhận được văn bản này", ("7", "working_days", "receipt"), "the same, in full"),
    ("trả lời trong 30 ngày kể từ ngày nộp đơn", None, "counted from what is not this paper"),
    ("trả lời trong thời hạn 07 ngày làm việc kể từ ngày nhận", ("7", "working_days", "receipt"), "from receipt"),
    ("trả lời trong thời hạn 07 ngày làm việc kể từ ngày ký", ("7", "working_days", "issue"), "working days from signing"),
    ("trả lời trong vòng 07 (bảy) ngày kể từ khi nhận văn bản", ("7", "days", "receipt"), "a number in words too"),
    ("trả lời không quá 02 tuần kể từ ngày nhận được công văn", ("14", "days", "receipt"), "weeks"),
    ("trả lời trong vòng 02 tháng kể từ ngày nhận văn bản này", ("2", "months", "receipt"), "months"),
    ("báo cáo trong vòng 24 giờ kể từ khi nhận được văn bản", ("24", "hours", "receipt"), "hours"),
    ("đề nghị trả lời sau 05 ngày kể từ ngày nhận được công văn này", ("5", "days", "receipt"), "after"),
    ("Ngay sau khi nhận được công văn này, đề nghị báo cáo", ("0", "working_days", "receipt"), "at once"),
    ("đề nghị báo cáo ngay khi nhận được văn bản.", ("0", "working_days", "receipt"), "at once, at the end"),
)  # fmt: skip

RECURRING = (
    ("báo cáo trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20", None, "monthly"),
    ("báo cáo trước ngày 20 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=20", None, "the other spelling"),
    ("báo cáo ngày 15 tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", None, "last month of a quarter"),
    ("báo cáo trước ngày 15 của tháng cuối hằng quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", None, "the same, longer"),
    ("báo cáo trước ngày 05 tháng đầu quý", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5", None, "first month of a quarter"),
    ("báo cáo trước ngày 15 hằng quý", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", "month", "which month is not said"),
    ("báo cáo trước ngày 10/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", None, "yearly"),
    ("báo cáo vào thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR", None, "a weekday"),
    ("báo cáo định kỳ hằng quý", "FREQ=MONTHLY;INTERVAL=3", "day", "quarterly without a day"),
    ("Đề nghị báo cáo định kỳ hằng năm", "FREQ=YEARLY", "day", "yearly without a day"),
    ("báo cáo định kỳ hằng ngày", "FREQ=DAILY", None, "daily lacks nothing"),
    ("Tổ chức hội nghị giao ban 06 tháng 01 lần về công tác", "FREQ=MONTHLY;INTERVAL=6", "day", "the plan of Tây Ninh"),
    ("báo cáo mỗi quý một lần", "FREQ=MONTHLY;INTERVAL=3", "day", "each quarter once"),
    ("báo cáo 01 lần/tháng", "FREQ=MONTHLY", "day", "once a month"),
    ("- Hàng năm, xây dựng kế hoạch thực hiện", "FREQ=YEARLY", "day", "at the beginning of an item"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "phrase", "day", "more"), [pytest.param(*row[:4], id=row[4]) for row in NAMED]
)
def test_a_phrase_gives_its_day_and_what_else_it_says(
    text: str, phrase: str, day: str | None, more: dict[str, str]
) -> None:
    assert rows(text, issued=ISSUED) == [{"phrase": phrase, "date": day, **more}]


@pytest.mark.parametrize("text", [pytest.param(text, id=why) for text, why in FARTHEST])
def test_at_the_end_of_time_a_day_is_unclear(text: str) -> None:
    found = deadlines(text, issued=dt.date.max)
    assert found is not None
    assert found.unclear


@pytest.mark.parametrize(
    ("text", "issued", "more"),
    [
        pytest.param(
            "hoàn thành trước đầu tháng này", ISSUED, {"date": None}, id="before the issue itself: history"
        ),
        pytest.param("đăng ký từ ngày 01/6 đến ngày 14/6", None, {"date": None}, id="a range of no year"),
        pytest.param(
            "báo cáo trước ngày 01/01/0001",
            None,
            {"date": "0001-01-01"},
            id="the first day has none before it",
        ),
    ],
)
def test_what_lies_at_the_edges(text: str, issued: dt.date | None, more: dict[str, str | None]) -> None:
    for row in rows(text, issued=issued):
        assert {key: row.get(key) for key in more} == more
        assert "strict" not in row


@pytest.mark.parametrize(("text", "count"), [pytest.param(*row[:2], id=row[2]) for row in COUNTED])
def test_a_phrase_that_counts_gives_the_number_and_never_a_day(
    text: str, count: tuple[str, str, str] | None
) -> None:
    found = rows(text, issued=ISSUED)
    assert [row["date"] for row in found] == [None] * len(found)
    told = [(row.get("days") or row.get("hours"), row["unit"], row["from"]) for row in found if "unit" in row]
    assert told == ([count] if count else [])


@pytest.mark.parametrize(("text", "rule", "ask"), [pytest.param(*row[:3], id=row[3]) for row in RECURRING])
def test_what_comes_again_is_a_rule_that_calendars_read_and_says_what_it_lacks(
    text: str, rule: str, ask: str | None
) -> None:
    (row,) = rows(text, issued=ISSUED)
    assert (row["recurrence"], row.get("ask")) == (rule, ask)
    assert "date" not in row
    assert rrulestr(rule, dtstart=dt.datetime(2012, 1, 3))[0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Báo cáo định kỳ hoặc đột xuất theo quy định", id="on demand"),
        pytest.param("- Định kỳ hoặc đột xuất báo cáo tình hình công tác", id="the plan of Tây Ninh"),
        pytest.param("Báo cáo định kỳ, đột xuất về Sở", id="with a comma"),
        pytest.param("Báo cáo định kỳ theo quy định", id="by some rule"),
    ],
)
def test_what_has_no_time_is_told_without_one_and_is_not_read_again(text: str) -> None:
    (row,) = rows(text, issued=ISSUED)
    assert row["date"] is None
    assert set(row) == {"phrase", "date"}
    found = deadlines(text, issued=ISSUED)
    assert list_deadline_looks(found) == ()
    assert check_deadlines(found, ()).checked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Xây dựng kinh phí hàng năm để thực hiện", id="a thing of every year"),
        pytest.param("Đề nghị nộp báo cáo cuối năm", id="a report of the end of the year"),
        pytest.param("Đề nghị khẩn trương triển khai", id="haste without a day"),
        pytest.param("Ngay sau khi nhận được báo cáo của huyện, Sở tổng hợp", id="what others hand in"),
        pytest.param("Sau 05 ngày kể từ ngày nghiệm thu, bàn giao", id="a wait from something else"),
        pytest.param("Căn cứ Kế hoạch giao ban 06 tháng 01 lần;", id="a paper cited"),
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert rows(text, issued=ISSUED) == []
