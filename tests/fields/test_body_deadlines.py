"""By when the paper wants something done: phrases and their days, what is no deadline, and two readings."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import SecondReading
from documents.page import Source
from fields.deadlines import (
    DeadlineFinding,
    check_deadlines,
    find_deadlines,
    list_deadline_looks,
    says_the_same,
)
from fields.layout import find_layout
from tests.fields.paper_from_text import letterhead, line, paper

ISSUED = dt.date(2012, 2, 1)


def deadlines(
    *text: str, issued: dt.date | None = ISSUED, source: Source = Source.OCR
) -> DeadlineFinding | None:
    lines = [line(row, 0.16, 0.4 + 0.02 * at) for at, row in enumerate(text)]
    return find_deadlines(find_layout(paper([*letterhead(), *lines])), issued=issued, source=source)


def rows(*text: str, issued: dt.date | None = ISSUED) -> list[dict[str, str | None]]:
    found = deadlines(*text, issued=issued)
    value = found.found.value if found and found.found else None
    return list(value) if isinstance(value, list) else []  # type: ignore[arg-type]


def days_of(*text: str, issued: dt.date | None = ISSUED) -> list[dict[str, str | None]]:
    """Phrases and days alone."""
    return [{key: row[key] for key in ("phrase", "date")} for row in rows(*text, issued=issued)]


# ── what asks, and by when ───────────────────────────────────────────────────────────────────────────────

ASKS = (
    ("Báo cáo gửi về Sở trước ngày 15/02/2012 để tổng hợp", "trước ngày 15/02/2012", "2012-02-15", "before"),
    ("gửi trước 17h00 ngày 20/3/2012 về Sở", "trước 17h00 ngày 20/3/2012", "2012-03-20", "with an hour"),
    ("gửi trước thứ Sáu, ngày 16/3/2012 về Sở", "trước thứ Sáu, ngày 16/3/2012", "2012-03-16", "a weekday"),
    ("nộp hồ sơ trước ngày 20 tháng 5 năm 2012", "trước ngày 20 tháng 5 năm 2012", "2012-05-20", "in words"),
    ("gửi góp ý trước ngày 20/5", "trước ngày 20/5", "2012-05-20", "the year of issue"),
    ("Hoàn thành trước ngày 15-3-2012.", "trước ngày 15-3-2012", "2012-03-15", "with dashes"),
    ("Chậm nhất là ngày 25/3/2012.", "Chậm nhất là ngày 25/3/2012", "2012-03-25", "latest says it by itself"),
    ("Không chậm hơn ngày 25/3/2012.", "Không chậm hơn ngày 25/3/2012", "2012-03-25", "not later than"),
    (
        "muộn nhất 17 giờ ngày 25/3/2012",
        "muộn nhất 17 giờ ngày 25/3/2012",
        "2012-03-25",
        "an hour after latest",
    ),
    (
        "chậm nhất đến hết ngày 25/3/2012",
        "chậm nhất đến hết ngày 25/3/2012",
        "2012-03-25",
        "latest and to the end of",
    ),
    ("Hạn chót: ngày 10/4/2012", "Hạn chót: ngày 10/4/2012", "2012-04-10", "a last day with a colon"),
    ("Hạn cuối nộp hồ sơ: 27/10/2012", "Hạn cuối nộp hồ sơ: 27/10/2012", "2012-10-27", "what for"),
    ("Hạn đăng ký: Thứ 4 ngày 11/4/2012", "Hạn đăng ký: Thứ 4 ngày 11/4/2012", "2012-04-11", "to register"),
    (
        "Thời hạn gửi báo cáo: ngày 10/4/2012",
        "Thời hạn gửi báo cáo: ngày 10/4/2012",
        "2012-04-10",
        "a time limit to send",
    ),
    ("Đăng ký đến hết ngày 25/3/2012", "đến hết ngày 25/3/2012", "2012-03-25", "to the end of a day"),
    ("hoàn thành trong tháng 3/2012", "trong tháng 3/2012", "2012-03-31", "a month"),
    ("trong tháng 3/2012 phải xong", "trong tháng 3/2012", "2012-03-31", "a month before its order"),
    (
        "Trong tháng 3/2012, các đơn vị báo cáo về Sở.",
        "Trong tháng 3/2012",
        "2012-03-31",
        "who and what after",
    ),
    ("Gửi về Sở trong tháng 02", "trong tháng 02", "2012-02-29", "a month of the year of issue"),
    ("hoàn thành trong quý II/2012", "trong quý II/2012", "2012-06-30", "a quarter"),
    ("hoàn thành vào cuối quý 3 năm 2012", "cuối quý 3 năm 2012", "2012-09-30", "the end of a quarter"),
    ("Hoàn thành vào quý III năm 2012", "vào quý III năm 2012", "2012-09-30", "in a quarter"),
    ("Báo cáo kết quả vào tháng 6/2012", "vào tháng 6/2012", "2012-06-30", "in a month"),
    ("Họp phụ huynh trước ngày 15/3/2012", "trước ngày 15/3/2012", "2012-03-15", "to meet is to act"),
    ("đăng thông tin trước 01 ngày tại bảng tin", "trước 01 ngày", None, "days before what the reader knows"),
    (
        "Đăng ký trước ít nhất 03 ngày làm việc.",
        "trước ít nhất 03 ngày làm việc",
        None,
        "at least so many days before",
    ),
    ("Hoàn thành trước tháng 7/2012", "trước tháng 7/2012", "2012-06-30", "the day before a month begins"),
    ("Hoàn thành trước quý IV/2012", "trước quý IV/2012", "2012-09-30", "the day before a quarter begins"),
    ("Gửi trước 8h sáng ngày 15/3/2012", "trước 8h sáng ngày 15/3/2012", "2012-03-15", "in the morning"),
    ("Gửi trước 8 giờ (ngày 15/3/2012)", "trước 8 giờ (ngày 15/3/2012)", "2012-03-15", "the day in brackets"),
    (
        "Sinh viên nộp bài trong vòng 10 ngày (tính từ ngày ra bảo vệ)",
        "trong vòng 10 ngày (tính từ ngày ra bảo vệ)",
        None,
        "days from what only the reader knows",
    ),
    (
        "Thời hạn góp ý: 30 ngày kể từ ngày ký",
        "Thời hạn góp ý: 30 ngày kể từ ngày ký",
        "2012-03-02",
        "what the days are for",
    ),
    ("Nộp vào đầu tháng 3/2012", "đầu tháng 3/2012", "2012-03-01", "the beginning of a month"),
    ("Nộp vào giữa tháng 3/2012", "giữa tháng 3/2012", "2012-03-15", "the middle of a month"),
    ("phải hoàn thành trong năm 2012", "trong năm 2012", "2012-12-31", "a year"),
    (
        "có văn bản gửi Bộ trong ngày 05 tháng 3 năm 2012",
        "trong ngày 05 tháng 3 năm 2012",
        "2012-03-05",
        "on that very day",
    ),
    (
        "Báo cáo chậm nhất là 05 ngày, kể từ ngày ký",
        "chậm nhất là 05 ngày, kể từ ngày ký",
        "2012-02-06",
        "days counted from signing",
    ),
    (
        "đăng ký từ ngày 01/6/2012 đến ngày 14/6/2012",
        "từ ngày 01/6/2012 đến ngày 14/6/2012",
        None,
        "a range names no single day",
    ),
    ("đăng ký từ 01 đến 14/6/2012", "từ 01 đến 14/6/2012", None, "a range in one month"),
    (
        "Báo cáo trong vòng 24h kể từ khi nhận được công văn",
        "trong vòng 24h kể từ khi nhận được công văn",
        None,
        "hours in short",
    ),
    (
        "Báo cáo trong thời hạn 01 quý kể từ ngày ký",
        "trong thời hạn 01 quý kể từ ngày ký",
        "2012-05-01",
        "a quarter counted from signing",
    ),
    ("Báo cáo được gửi trước ngày 15/3/2012", "trước ngày 15/3/2012", "2012-03-15", "the passive asks too"),
    ("Cử cán bộ tham gia trước ngày 15/3/2012", "trước ngày 15/3/2012", "2012-03-15", "to send somebody"),
    (
        "Giao Sở Y tế trình trước ngày 15/3/2012",
        "trước ngày 15/3/2012",
        "2012-03-15",
        "an order to one office",
    ),
    ("để nghị phản hôi trước ngày 15/3/2012", "trước ngày 15/3/2012", "2012-03-15", "marks misread"),
    (
        "Đề nghị các đơn vị đã đăng ký nộp tiền trước ngày 15/3/2012",
        "trước ngày 15/3/2012",
        "2012-03-15",
        "what was done only says who",
    ),
    ("Bệnh viện đa khoa nộp trước ngày 15/3/2012", "trước ngày 15/3/2012", "2012-03-15", "a word like đã"),
    (
        "Thực hiện Công văn số 5, các trường báo cáo trước ngày 15/3/2012",
        "trước ngày 15/3/2012",
        "2012-03-15",
        "a paper carried out, then what to do",
    ),
    ("Hồ sơ đăng ký nhận trước ngày 15/3/2012", "trước ngày 15/3/2012", "2012-03-15", "what is handed in"),
    (
        "Yêu cầu giảm số ca mắc, tăng cường giám sát trước ngày 15/3/2012",
        "trước ngày 15/3/2012",
        "2012-03-15",
        "figures that are to fall",
    ),
    (
        "Thông tư 05 có hiệu lực, đề nghị triển khai trước ngày 15/3/2012",
        "trước ngày 15/3/2012",
        "2012-03-15",
        "validity, then an order",
    ),
    (
        "Căn cứ Công văn của Bộ, Sở đề nghị báo cáo trước ngày 15/3/2012",
        "trước ngày 15/3/2012",
        "2012-03-15",
        "a paper cited, then an order",
    ),
    (
        "Các đơn vị hoàn thành khảo sát (trước ngày 20/4/2012)",
        "trước ngày 20/4/2012",
        "2012-04-20",
        "in brackets",
    ),
)

ASKS_NOTHING = (
    ("Trường được thành lập vào tháng 5/2009 và sẽ kỷ niệm", "when something began"),
    ("Vào tháng 3/2012 trời nắng", "nothing is asked in that month"),
    ("Kết luận tại cuộc họp trước ngày 15/3/2012", "a meeting that was held"),
    ("Trước 01 ngày trời mưa", "nothing is asked a day ahead"),
    ("Thông tư này có hiệu lực từ ngày 15/3/2012.", "entry into force"),
    ("Quyết định có hiệu lực thi hành trong tháng 3/2012.", "entry into force within a month"),
    ("Giấy phép hết hiệu lực trước ngày 15/3/2012.", "a licence that ends"),
    ("Quy định này áp dụng từ ngày 01/3/2012 đến ngày 31/12/2012.", "since when a rule applies"),
    ("Thẻ có giá trị đến hết ngày 31/12/2012.", "how long a card is good"),
    ("Thời hạn sử dụng: ngày 31/12/2012", "how long a thing keeps"),
    ("Chậm nhất ngày 15/3/2012 hết hiệu lực.", "even a sure phrase when it is about validity"),
    ("Thông tư thay thế Thông tư 01 trước ngày 15/3/2012", "one law for another"),
    ("Trong tháng 02 năm 2012 số ca mắc tăng so với cùng kỳ.", "a report of figures"),
    ("Trong tháng 02 năm 2012, Sở đã triển khai thực hiện, báo cáo kịp thời.", "a report of what was done"),
    ("Trong tháng 02/2012 toàn tỉnh ghi nhận 15 ca, giảm 5 ca.", "a report of cases"),
    ("Trong quý I/2012, đơn vị thực hiện được 50 cuộc kiểm tra.", "a report of how many"),
    ("Kết quả công tác kiểm tra trong tháng 3/2012", "the heading of a report"),
    ("Đề nghị báo cáo tình hình dịch bệnh trong tháng 3/2012", "what the report is about"),
    ("Số ca mắc trong tháng 02/2012 giảm.", "a month of figures"),
    ("Các đơn vị đã hoàn thành trong tháng 3/2012.", "done already"),
    ("Sở sẽ tổng hợp trong tháng 3/2012.", "what the sender will do"),
    ("Thời gian trao học bổng: dự kiến cuối tháng 12/2012", "what is planned"),
    ("Bão mạnh dần, từ đêm nay đến hết ngày 02/3/2012 có mưa vừa.", "the weather"),
    ("Thời gian tổ chức trong tháng 6/2012 tại Hội trường.", "when something takes place"),
    ("Căn cứ Công văn số 12/SYT-NVY ngày 15/3/2012 của Sở Y tế", "a paper cited"),
    ("Căn cứ Công văn của Bộ yêu cầu báo cáo trước ngày 15/3/2012;", "what a paper cited asked"),
    ("Căn cứ Kế hoạch công tác trong năm 2012;", "a plan cited"),
    ("Thời hạn nêu tại Quyết định ngày 15/3/2012", "the day of a paper"),
    ("Căn cứ Quyết định số 79/2010/QĐ-TTg ngày 30/11/2010", "a day of another paper"),
    ("Đề nghị rà soát cán bộ nghỉ hưu trước ngày 15/3/2012", "whom, not by when"),
    ("Các hợp đồng ký trước ngày 15/3/2012 giữ quy định cũ.", "which contracts"),
    ("Phòng khám được cấp phép trước ngày 15/3/2012 không phải làm lại.", "no duty"),
    ("Thực hiện Công văn của Sở về việc báo cáo công tác trong tháng 3/2012.", "what a cited paper is about"),
    ("Thời gian nghỉ lễ từ ngày 01/9/2012 đến ngày 03/9/2012.", "holidays"),
    ("Đến hết ngày 30/6/2012, toàn huyện có 12 xã đạt chuẩn.", "where things will stand"),
    ("Trẻ sinh trước ngày 15/3/2012 được tiêm miễn phí", "born before"),
    ("hồ sơ nộp trước ngày 01/7/2011 được xét", "history"),
    ("Thời gian báo cáo kể từ ngày 08/08/2011 đến hết ngày 31/12/2011", "a range that is over"),
    ("Báo cáo trong tháng 01/2012", "a month that is over"),
    ("khẩn trương triển khai thực hiện", "haste without a day"),
    ("Chế độ báo cáo định kỳ được sửa đổi", "what comes again without a time"),
    ("Họp ngày 10/4/2012 tại Sở", "a day that ends nothing"),
    ("Chương trình giáo dục, căn cứ, quá trình, trước ngày 15/3/2012", "words that are none without marks"),
    ("Trước ngày 15/3/2012 trời nắng", "nothing is asked, though the line before says Kính gửi"),
    ("đã khỏi bệnh không quá 6 tháng", "how long ago"),
)


@pytest.mark.parametrize(("text", "phrase", "day"), [pytest.param(*row[:3], id=row[3]) for row in ASKS])
def test_phrases_give_their_day(text: str, phrase: str, day: str | None) -> None:
    assert days_of(text) == [{"phrase": phrase, "date": day}]


@pytest.mark.parametrize("text", [pytest.param(text, id=why) for text, why in ASKS_NOTHING])
def test_what_is_no_deadline(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        pytest.param("Báo cáo trước ngày 31/02/2012", "trước ngày 31/02/2012", id="no such day"),
        pytest.param("Báo cáo trong tháng 12 năm 0000", "trong tháng 12 năm 0000", id="the year nought"),
        pytest.param("hoàn thành trong quý II/0000", "trong quý II/0000", id="a quarter of the year nought"),
        pytest.param("hoàn thành trong tháng 13/2012", "trong tháng 13/2012", id="no such month"),
        pytest.param("Báo cáo trước ngày l5/3/2012", "trước ngày l5/3/2012", id="a day misread"),
        pytest.param("Báo cáo trước ngày 15 tháng sau", "trước ngày 15", id="a day of no certain month"),
        pytest.param("gửi ngày 35 tháng cuối quý", "ngày 35 tháng cuối quý", id="never in a quarter"),
        pytest.param("báo cáo 99 tháng 01 lần", "99 tháng 01 lần", id="too far apart to be meant"),
        pytest.param("nộp trước ngày 31/4 hằng năm", "trước ngày 31/4 hằng năm", id="a day of no year"),
        pytest.param("gửi báo cáo trước ngày 35 hằng tháng", "trước ngày 35 hằng tháng", id="never"),
        pytest.param(
            "Báo cáo trước ngày mười lăm tháng ba", "trước ngày mười lăm tháng ba", id="all in words"
        ),
        pytest.param("nộp trước ngày ba mươi tháng 4", "trước ngày ba mươi tháng 4", id="a day in words"),
        pytest.param("Hoàn thành trước Tết Nguyên đán", "trước Tết Nguyên đán", id="whose days off vary"),
        pytest.param("Báo cáo trước dịp lễ 30/4", "trước dịp lễ 30/4", id="before a feast"),
        pytest.param("Báo cáo trước khi nghỉ Tết", "trước khi nghỉ Tết", id="before the days off"),
        pytest.param("Báo cáo trước rằm tháng Bảy", "trước rằm tháng Bảy", id="another moon"),
        pytest.param("Báo cáo trước mồng 30 tháng Giêng", "trước mồng 30 tháng Giêng", id="perhaps no day"),
        pytest.param("Báo cáo trước ngày 23 tháng Chạp", "trước ngày 23 tháng Chạp", id="the last moon"),
        pytest.param(
            "Báo cáo trước ngày 15 tháng Ba năm 2012", "trước ngày 15 tháng Ba", id="a month in words"
        ),
        pytest.param(
            "Hoàn thành trước tháng Tư năm 2012", "trước tháng Tư năm 2012", id="before one in words"
        ),
        pytest.param("Báo cáo trước thứ Sáu tuần này", "trước thứ Sáu tuần này", id="of which week"),
        pytest.param("Gửi báo cáo sau 5 ngày làm việc", "sau 5 ngày làm việc", id="after what"),
        pytest.param(
            "hoàn thành trong quý I và quý II/2012", "trong quý I và quý II/2012", id="two quarters"
        ),
        pytest.param("hoàn thành trong tháng 3, 4/2012", "trong tháng 3, 4/2012", id="two months"),
        pytest.param("hoàn thành trong quý 5/2012", "trong quý 5/2012", id="no such quarter"),
        pytest.param(
            "đăng ký từ ngày 20/3/2012 đến ngày 15/3/2012",
            "từ ngày 20/3/2012 đến ngày 15/3/2012",
            id="ends before it begins",
        ),
    ],
)
def test_a_day_that_cannot_be_told_is_kept_and_asked_about(text: str, phrase: str) -> None:
    assert rows(text) == [{"phrase": phrase, "date": None}]
    for source in (Source.OCR, Source.TEXT_LAYER):
        read = check_deadlines(deadlines(text, source=source), ())
        assert (read.checked, read.reason) == (False, f"Chưa rõ “{phrase}” là ngày nào.")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        pytest.param("Báo cáo trước 25h ngày 15/3/2012", "trước 25h ngày 15/3/2012", id="no such hour"),
        pytest.param("Báo cáo trước 17h75 ngày 15/3/2012", "trước 17h75 ngày 15/3/2012", id="no such minute"),
        pytest.param(
            "Báo cáo trước thứ Sáu, ngày 15/3/2012", "trước thứ Sáu, ngày 15/3/2012", id="it is a Thursday"
        ),
        pytest.param("Báo cáo trước ngày 15/3/2012 (thứ Sáu)", "trước ngày 15/3/2012", id="behind the day"),
    ],
)
def test_a_day_whose_hour_or_weekday_cannot_be_is_asked_about(text: str, phrase: str) -> None:
    (row,) = rows(text)
    assert (row["phrase"], row["date"]) == (phrase, "2012-03-15")
    for source in (Source.OCR, Source.TEXT_LAYER):
        read = check_deadlines(deadlines(text, source=source), ())
        assert (read.checked, read.reason) == (False, f"Chưa rõ “{phrase}” là ngày nào.")


@pytest.mark.parametrize(
    ("text", "day", "time", "strict"),
    [
        pytest.param("trước ngày 15/3/2012 lúc 17 giờ", "2012-03-15", "17:00", None, id="the hour behind"),
        pytest.param("trước ngày 15/3/2012 (thứ Năm)", "2012-03-15", None, "2012-03-14", id="its weekday"),
        pytest.param("trước 24h ngày 15/3/2012", "2012-03-15", None, None, id="the end of the day"),
        pytest.param("chậm nhất 0h ngày 15/3/2012", "2012-03-14", None, None, id="the end of the one before"),
        pytest.param("trước mồng 10 tháng Giêng", "2012-02-01", None, None, id="the first moon of 2012"),
        pytest.param("trước rằm tháng Giêng năm 2013", "2013-02-24", None, None, id="its full moon"),
        pytest.param("trước 16 giờ chiều nay", "2012-02-01", "16:00", None, id="today"),
        pytest.param("trong ngày mai", "2012-02-02", None, None, id="tomorrow"),
    ],
)
def test_hours_and_days_named_in_words(text: str, day: str, time: str | None, strict: str | None) -> None:
    (row,) = rows(f"Đề nghị báo cáo {text}.")
    assert (row["date"], row.get("time"), row.get("strict")) == (day, time, strict)


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        pytest.param("báo cáo hằng tháng, trước ngày 20", "FREQ=MONTHLY;BYMONTHDAY=20", id="monthly first"),
        pytest.param(
            "báo cáo hằng năm trước ngày 15/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", id="yearly first"
        ),
        pytest.param("báo cáo trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20", id="monthly"),
        pytest.param("gửi trước ngày 15 hàng quý", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", id="quarterly"),
        pytest.param(
            "nộp chậm nhất là ngày 10 mỗi tháng", "FREQ=MONTHLY;BYMONTHDAY=10", id="latest, each month"
        ),
        pytest.param("báo cáo vào ngày 25 hàng năm", "FREQ=YEARLY", id="yearly"),
        pytest.param(
            "nộp trước ngày 10/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", id="a day of each year"
        ),
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
            "trả lời trong thời hạn 07 ngày làm việc kể từ ngày nhận được công văn này",
            "7",
            "working_days",
            id="w",
        ),
        pytest.param(
            "gửi trong vòng 10 (mười) ngày kể từ khi nhận văn bản", "10", "days", id="calendar days"
        ),
        pytest.param("báo cáo trong vòng 02 tuần kể từ ngày nhận được", "14", "days", id="weeks"),
        pytest.param(
            "báo cáo trong thời hạn bảy ngày làm việc kể từ ngày nhận", "7", "working_days", id="words"
        ),
        pytest.param("báo cáo trong vòng 01 quý kể từ ngày nhận", "3", "months", id="a quarter"),
    ],
)
def test_days_counted_from_receipt_are_left_to_the_office(text: str, days: str, unit: str) -> None:
    (row,) = rows(text)
    assert row["date"] is None
    assert (row["days"], row["unit"], row["from"]) == (days, unit, "receipt")


def test_days_counted_from_what_others_hand_in_are_not_counted_from_receipt() -> None:
    text = "Cơ quan giải quyết trong thời hạn 05 ngày kể từ ngày nhận đủ hồ sơ"
    assert rows(text) == [{"phrase": text[text.index("trong") :], "date": None}]


# ── sentences and items ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param(
            (
                "Sở Y tế đề nghị các đơn vị:",
                "- Danh sách cán bộ: trước ngày 15/3/2012;",
                "- Kinh phí: trong tháng 3/2012.",
            ),
            ["2012-03-15", "2012-03-31"],
            id="items under an order",
        ),
        pytest.param(
            ("Đề nghị các đơn vị thực hiện:", "1. Tuyến tỉnh:", "a) Danh sách: trước ngày 15/3/2012."),
            ["2012-03-15"],
            id="items under items",
        ),
        pytest.param(
            ("Thông tư quy định:", "- Danh mục: trước ngày 15/3/2012;"),
            [],
            id="items under what asks nothing",
        ),
        pytest.param(
            ("Các trường báo cáo về Sở.", "Thời gian: trước ngày 15/3/2012."),
            ["2012-03-15"],
            id="a bare label",
        ),
        pytest.param(
            ("Đề nghị báo cáo về Sở.", "Trong tháng 3/2012 số ca mắc tăng."),
            [],
            id="an order in the sentence before",
        ),
        pytest.param(
            ("Căn cứ Công văn yêu cầu báo cáo trước ngày 10/3/2012;", "Sở đề nghị nộp trước ngày 15/3/2012."),
            ["2012-03-15"],
            id="a paper cited, then the order",
        ),
        pytest.param(
            ("Đề nghị ThS. Nguyễn Văn A, TP. Huế báo cáo", "trước ngày 15/3/2012."),
            ["2012-03-15"],
            id="abbreviations",
        ),
        pytest.param(
            (
                "Điều 2. Quyết định có hiệu lực sau 10 ngày và đăng Báo",
                "chậm nhất là 05 ngày, kể từ ngày ký.",
            ),
            ["2012-02-06"],
            id="validity, then something to do",
        ),
    ],
)
def test_what_asks_may_stand_in_the_line_that_introduces(text: tuple[str, ...], days: list[str]) -> None:
    assert [row["date"] for row in rows(*text)] == days


def test_a_phrase_runs_over_the_end_of_a_line() -> None:
    found = days_of("đề nghị báo cáo Ủy ban nhân dân tỉnh trước", "ngày 15/3/2012 để tổng hợp")
    assert found == [{"phrase": "trước ngày 15/3/2012", "date": "2012-03-15"}]


def test_the_same_phrase_twice_is_one() -> None:
    assert len(rows("nộp trước ngày 15/3/2012 và", "gửi trước ngày 15/3/2012")) == 1


def test_a_day_without_year_after_the_turn_of_the_year() -> None:
    assert rows("gửi trước ngày 10/01", issued=dt.date(2012, 12, 20))[0]["date"] == "2013-01-10"


def test_a_day_without_year_that_is_past_is_perhaps_of_the_next_year_and_asked_about() -> None:
    text, issued = "gửi trước ngày 10/01", dt.date(2012, 5, 20)
    (row,) = rows(text, issued=issued)
    assert (row["date"], row["year"]) == ("2013-01-10", "next")
    read = check_deadlines(deadlines(text, issued=issued, source=Source.TEXT_LAYER), (), issued=issued)
    assert not read.checked
    assert read.reason == "“trước ngày 10/01” không ghi năm, mà ngày ấy trong năm ban hành đã qua: năm sau?"


@given(st.dates(dt.date(2012, 2, 1), dt.date(2030, 12, 31)))
def test_every_day_after_the_issue_is_read_as_written(day: dt.date) -> None:
    assert rows(f"báo cáo trước ngày {day:%d/%m/%Y}.") == [
        {
            "phrase": f"trước ngày {day:%d/%m/%Y}",
            "date": day.isoformat(),
            "strict": (day - dt.timedelta(1)).isoformat(),
        }
    ]


# ── checking ─────────────────────────────────────────────────────────────────────────────────────────────


def again(found: DeadlineFinding | None, *texts: str | None) -> list[SecondReading]:
    """What a second reader saw: `texts` row by row, or the one text for every row."""
    looks = list_deadline_looks(found)
    seen = texts * len(looks) if len(texts) == 1 else texts
    return [SecondReading(look, text, "again") for look, text in zip(looks, seen, strict=True)]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        pytest.param("báo cáo trước ngày 15/03/2012", None, id="the same day"),
        pytest.param("bao cao truoc ngay 15 / 3 / 2012 de", None, id="marks and signs do not count"),
        pytest.param("trước ngày 15/3/201 2 để", None, id="a number in two pieces"),
        pytest.param("báo cáo trước ngày 18/3/2012", "khác nhau", id="another day"),
        pytest.param("báo cáo trong ngày 15/3/2012", "khác nhau", id="within for before"),
        pytest.param("báo cáo sau ngày 15/3/2012", "khác nhau", id="after for before"),
        pytest.param("báo cáo trước tháng 15/3/2012", "khác nhau", id="month for day"),
        pytest.param("báo cáo trước 15/3/2012", "khác nhau", id="a word is missing"),
        pytest.param(None, "một lần", id="not seen again"),
    ],
)
def test_two_readings_of_the_phrase_settle_it(second: str | None, reason: str | None) -> None:
    found = deadlines("báo cáo trước ngày 15/3/2012")
    read = check_deadlines(found, again(found, second))
    assert read.checked is (reason is None)
    assert read.reason is None if reason is None else reason in (read.reason or "")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("trong tháng 3/2012", "trong quý 3/2012", id="a quarter for a month"),
        pytest.param("trước ngày 15/3", "trước ngày 15/3/2013", id="a year that was missed"),
        pytest.param("trong 07 ngày làm việc", "trong 07 ngày", id="what days"),
        pytest.param("trước 17h00 ngày 15/3", "trước 11h00 ngày 15/3", id="another hour"),
    ],
)
def test_one_changed_word_is_disagreement(first: str, second: str) -> None:
    assert says_the_same(first, f"gửi {first} về Sở")
    assert not says_the_same(first, second)


def test_a_phrase_over_two_lines_is_read_again_in_both() -> None:
    found = deadlines("đề nghị báo cáo Ủy ban nhân dân tỉnh trước", "ngày 15/3/2012 để tổng hợp")
    assert len(list_deadline_looks(found)) == 2
    assert check_deadlines(found, again(found, "tỉnh trước", "ngày 15/3/2012 để")).checked
    assert not check_deadlines(found, again(found, "tỉnh sau", "ngày 15/3/2012 để")).checked
    assert not check_deadlines(found, again(found, None, "ngày 15/3/2012 để")).checked


def test_every_phrase_must_be_read_twice() -> None:
    found = deadlines("báo cáo trước ngày 15/3/2012", "đăng ký từ ngày 01/6/2012 đến ngày 14/6/2012")
    assert len(list_deadline_looks(found)) == 2
    right = "đăng ký từ ngày 01/6/2012 đến ngày 14/6/2012"
    assert check_deadlines(found, again(found, "báo cáo trước ngày 15/3/2012", right)).checked
    assert not check_deadlines(found, again(found, "báo cáo trước ngày 15/3/2012", None)).checked


def test_more_deadlines_than_are_read_again_are_asked_about() -> None:
    found = deadlines(*(f"{n}. Báo cáo trước ngày {n}/3/2012" for n in range(1, 15)))
    read = check_deadlines(found, [SecondReading(look, "", "again") for look in list_deadline_looks(found)])
    assert (read.checked, read.reason) == (False, "Văn bản nêu 14 thời hạn, máy chỉ đọc lại 12.")


def test_the_files_own_text_is_believed_and_not_read_again() -> None:
    found = deadlines("báo cáo trước ngày 15/3/2012", source=Source.TEXT_LAYER)
    assert list_deadline_looks(found) == ()
    assert check_deadlines(found, ()).checked


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        pytest.param("hồ sơ nộp trước ngày 01/7/2011 được xét", "trước ngày 01/7/2011", id="history"),
        pytest.param("gửi góp ý trước ngày 20/5", "trước ngày 20/5", id="a day without a year"),
        pytest.param("Gửi về Sở trong tháng 02", "trong tháng 02", id="a month without a year"),
        pytest.param(
            "Báo cáo chậm nhất là 05 ngày, kể từ ngày ký",
            "chậm nhất là 05 ngày, kể từ ngày ký",
            id="counted from signing",
        ),
    ],
)
def test_what_is_reckoned_from_the_day_of_issue_is_as_sure_as_that_day(text: str, phrase: str) -> None:
    found = deadlines(text, source=Source.TEXT_LAYER)
    assert check_deadlines(found, (), issued=ISSUED).checked
    for other in (None, ISSUED - dt.timedelta(days=1)):
        read = check_deadlines(found, (), issued=other)
        assert (read.checked, read.reason) == (
            False,
            f"“{phrase}” tính theo ngày ban hành, mà ngày ấy chưa chắc.",
        )


def test_a_paper_without_deadlines_is_checked_to_have_none() -> None:
    read = check_deadlines(deadlines("Thực hiện nghiêm túc."), ())
    assert (read.value, read.checked, read.reason) == (None, True, None)
    assert read.evidence


@pytest.mark.parametrize("text", ["Thực hiện nghiêm túc.", "báo cáo trước ngày 15/3/2012"])
def test_pages_that_were_not_read_may_hold_a_deadline(text: str) -> None:
    read = check_deadlines(deadlines(text, source=Source.TEXT_LAYER), (), all_pages=False)
    assert not read.checked
    assert read.reason == "Mới đọc một phần văn bản, có thể còn thời hạn ở trang chưa đọc."


PIECES = st.sampled_from(
    [
        "báo cáo",
        "đề nghị",
        "trước ngày",
        "trong tháng",
        "chậm nhất",
        "15/3/2012",
        "31/02/2012",
        "99",
        "quý IV",
        "0000",
        "kể từ ngày ký",
        "nhận",
        "từ",
        "đến hết",
        "hằng tháng",
        "đã",
        "tăng",
        "có hiệu lực",
        "Căn cứ",
        ";",
        ":",
        "-",
        ".",
        "trong vòng",
        "999 tuần",
        "9 tháng 01 lần",
        "định kỳ hằng quý",
        "ngày 15 tháng cuối quý",
        "17h00 ngày",
        "ngay sau khi nhận được",
        "24 giờ kể từ khi",
        "vào cuối năm",
        "mồng 10 tháng Giêng",
        "Tết",
        "chiều nay",
        "thứ Sáu",
        "0h ngày",
        "hằng năm",
        "thời hạn",
        "l5/3",
        "năm",
        "giữa",
    ]
) | st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=8)


@given(
    st.lists(st.lists(PIECES, min_size=1, max_size=8), max_size=5),
    st.sampled_from([None, ISSUED, dt.date.max]),
)
def test_no_text_makes_the_search_fail_or_leaves_a_doubt_without_reason(
    text: list[list[str]], issued: dt.date | None
) -> None:
    found = deadlines(*(" ".join(row) for row in text), issued=issued)
    read = check_deadlines(found, ())
    assert read.checked or read.reason
    value = found.found.value if found and found.found else None
    for row in value if isinstance(value, list) else ():
        assert isinstance(row, dict)
        assert row["phrase"]
        day = row.get("date")
        assert day is None or dt.date.fromisoformat(day) >= (issued or dt.date.min)


def test_on_a_photograph_too_small_to_be_read_no_deadline_is_no_knowledge() -> None:
    read = check_deadlines(None, (), is_legible=False)
    assert not read.checked
    assert read.reason
    assert "chụp lại" in read.reason
    assert check_deadlines(None, ()).checked
