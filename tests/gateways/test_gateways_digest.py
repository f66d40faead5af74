"""One letter in place of many: what presses most stands first, nothing is left out unsaid."""

from __future__ import annotations

import datetime as dt
import email
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from gateways.digest import MOST_ROWS, compose_digest
from gateways.envelope import Envelope
from gateways.notices import LONGEST_SUBJECT, NoticeText

NOW = dt.datetime(2012, 1, 17, 0, 30, tzinfo=dt.UTC)
TODAY = dt.date(2012, 1, 17)
ENVELOPE = Envelope(
    sender="congvan@so.local",
    recipient="linh@so.local",
    recipient_name="Nguyễn Thị Linh",
    message_id="<8f2c@congvan.invalid>",
    now=NOW,
)


def a_text(number: int, days: int = 0, **changes: object) -> NoticeText:
    text = NoticeText(
        kind="reminder",
        document_id=f"vb{number}",
        office="Sở Thông tin và Truyền thông",
        entry=f"{number}/2012",
        number_symbol=f"{number:02}/KH-UBND",
        subject=f"Về việc số {number}",
        role="chủ trì",
        due=TODAY + dt.timedelta(days),
        link=f"http://congvan.local/van-ban/vb{number}",
        line=1,
    )
    return replace(text, **changes)  # type: ignore[arg-type]  # rows of the tables below


def sent(*texts: NoticeText, **changes: object) -> EmailMessage:
    message = compose_digest(texts, ENVELOPE, desk="http://congvan.local", **changes)  # type: ignore[arg-type]  # the same
    received = email.message_from_bytes(message.as_bytes(), policy=default)
    assert isinstance(received, EmailMessage)
    assert received.defects == []
    return received


def part(message: EmailMessage, kind: str) -> str:
    found = next((p for p in message.walk() if p.get_content_type() == kind), None)
    return str(found.get_content()).replace("\r\n", "\n") if isinstance(found, EmailMessage) else ""


def test_the_morning_reads_as_a_colleague_would_write_it() -> None:
    head = a_text(4, -3, holder="Bùi Mạnh Hùng")
    message = sent(a_text(1, 3), a_text(2, 0), a_text(3, -1), head)
    assert message["Subject"] == "Việc sáng nay, 17/01/2012: 4 văn bản, 2 quá hạn"
    assert part(message, "text/plain") == (
        "Kính gửi Nguyễn Thị Linh,\n\n"
        "Dưới đây là 4 văn bản, 2 quá hạn, việc gấp đứng trước.\n\n"
        "Quá hạn (2)\n"
        "- đã quá 3 ngày: 04/KH-UBND – Về việc số 4\n"
        "  số đến 4/2012 · chủ trì · người giữ: Bùi Mạnh Hùng · hạn 14/01/2012\n"
        "  http://congvan.local/van-ban/vb4\n"
        "- đã quá 1 ngày: 03/KH-UBND – Về việc số 3\n"
        "  số đến 3/2012 · chủ trì · hạn 16/01/2012\n"
        "  http://congvan.local/van-ban/vb3\n\n"
        "Đến hạn hôm nay (1)\n"
        "- hôm nay: 02/KH-UBND – Về việc số 2\n"
        "  số đến 2/2012 · chủ trì · hạn 17/01/2012\n"
        "  http://congvan.local/van-ban/vb2\n\n"
        "Sắp đến hạn (1)\n"
        "- còn 3 ngày: 01/KH-UBND – Về việc số 1\n"
        "  số đến 1/2012 · chủ trì · hạn 20/01/2012\n"
        "  http://congvan.local/van-ban/vb1\n\n"
        "Mở bàn làm việc: http://congvan.local\n\n"
        "Thư do hệ thống văn bản đến của Sở Thông tin và Truyền thông tự gửi, xin không trả lời.\n"
    )


def test_a_flood_says_of_each_what_it_is_and_puts_the_urgent_first() -> None:
    texts = [
        a_text(1, 9, kind="assigned"),
        a_text(2, 9, kind="assigned", urgency="Khẩn", urgent=True),
        a_text(3, 9, kind="finished", by="Linh"),
    ]
    message = sent(*texts)
    assert message["Subject"] == "Văn bản đến, 17/01/2012: 3 tin"
    told = part(message, "text/plain")
    assert told.index("02/KH-UBND") < told.index("01/KH-UBND")
    assert "[KHẨN] Giao chủ trì, hạn 26/01/2012" in told
    assert "Đã xong" in told


def test_the_tasks_come_along_but_not_those_of_others() -> None:
    message = sent(a_text(1, 3), a_text(2, 0, time=dt.time(17)), a_text(3, -1, holder="Hùng"))
    tasks = Calendar.from_ical(part(message, "text/calendar")).walk("VTODO")
    assert [task["DUE"].dt for task in tasks] == [
        dt.date(2012, 1, 20),
        dt.datetime(2012, 1, 17, 10, 0, tzinfo=dt.UTC),
    ]
    assert part(sent(a_text(1, 3), calendar=False), "text/calendar") == ""


def test_what_is_too_much_to_list_is_counted() -> None:
    message = sent(*(a_text(n) for n in range(MOST_ROWS + 7)))
    assert "Và 7 tin khác" in part(message, "text/plain")
    assert part(message, "text/html").count("KH-UBND") == MOST_ROWS


@pytest.mark.parametrize("kind", ["reminder", "assigned", "alarm", "review"])
def test_of_a_restricted_document_only_the_number_is_told(kind: str) -> None:
    closed = a_text(
        1, kind=kind, restricted=True, issuer="Công an tỉnh", file_name="mật.pdf", reasons=("x y",)
    )
    message = sent(closed, a_text(2))
    wire = str(message["Subject"]) + "".join(
        part(message, k) for k in ("text/plain", "text/html", "text/calendar")
    )
    assert "1/2012" in wire
    for kept in ("01/KH-UBND", "việc số 1", "Công an", "mật.pdf", "x y"):
        assert kept not in wire


_TEXT = st.text(max_size=60) | st.sampled_from(
    ["x\r\nBcc: ke-gian@ngoai.vn", "</td></table><script>alert(1)</script>", "$so_den ${x} $$", "{{7*7}}"]
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)


def tags(page: str) -> set[str]:
    parser = _Tags()
    parser.feed(page)
    return parser.seen


@given(a=_TEXT, b=_TEXT, kind=st.sampled_from(["reminder", "assigned", "finished", "moved", "news"]))
@settings(max_examples=100)
def test_no_text_of_a_document_becomes_a_header_or_a_tag(a: str, b: str, kind: str) -> None:
    hostile = a_text(1, kind=kind, subject=a, number_symbol=b, holder=b, urgency=a, role=b, office=a, by=b)
    message = sent(hostile, a_text(2))
    assert sorted(message.keys()) == sorted(sent(a_text(1), a_text(2)).keys())
    assert [x.addr_spec for x in message["To"].addresses] == ["linh@so.local"]
    assert tags(part(message, "text/html")) <= tags(part(sent(a_text(1), a_text(2)), "text/html"))
    assert len(str(message["Subject"])) <= LONGEST_SUBJECT
