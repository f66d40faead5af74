"""A letter says what, to whom, by when and why, and nothing in it can become anything else."""

from __future__ import annotations

import datetime as dt
import email
import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from documents.errors import AddressRefused
from gateways.mail import NoticeText, compose_notice
from gateways.notices import LONGEST_SUBJECT, due_in_words, one_line

NOW = dt.datetime(2012, 1, 5, 1, 12, tzinfo=dt.UTC)
PLAN = NoticeText(
    kind="assigned",
    document_id="k7m2x9q4r1ab",
    office="Sở Thông tin và Truyền thông tỉnh Tây Ninh",
    entry="29/2012",
    number_symbol="02/KH-UBND",
    date=dt.date(2012, 1, 3),
    issuer="Ủy ban nhân dân tỉnh Tây Ninh",
    subject="Thực hiện công tác thông tin đối ngoại năm 2012",
    role="chủ trì",
    due=dt.date(2012, 1, 30),
    because="Tên “Đ/c Linh” ghi trên dấu đến.",
    others=("Phạm Thanh Xuân",),
    link="http://congvan.local:8321/van-ban/k7m2x9q4r1ab",
)


def _letter(text: NoticeText = PLAN, **changes: object) -> EmailMessage:
    told: dict[str, object] = {
        "sender": "congvan@so.local",
        "recipient": "linh@so.local",
        "recipient_name": "Nguyễn Thị Linh",
        "message_id": "<k7m2x9q4r1ab.assigned.1@congvan>",
        "now": NOW,
    }
    return compose_notice(text, **{**told, **changes})  # type: ignore[arg-type]  # rows of the tables below


def _sent(message: EmailMessage) -> EmailMessage:
    """The letter as the receiver's program reads it from the wire."""
    received = email.message_from_bytes(message.as_bytes(), policy=default)
    assert isinstance(received, EmailMessage)
    assert received.defects == []
    return received


def _part(message: EmailMessage, kind: str) -> str:
    for part in message.walk():
        if part.get_content_type() == kind:
            assert isinstance(part, EmailMessage)
            return str(part.get_content())
    return ""


def test_the_letter_of_the_plan_reads_as_a_colleague_would_write_it() -> None:
    message = _sent(_letter())
    assert message["Subject"] == (
        "Giao chủ trì, hạn 30/01/2012: 02/KH-UBND – Thực hiện công tác thông tin đối ngoại năm 2012"
    )
    assert _part(message, "text/plain").replace("\r\n", "\n") == (
        "Kính gửi Nguyễn Thị Linh,\n"
        "\n"
        "Ông/Bà được giao chủ trì văn bản đến dưới đây.\n"
        "\n"
        "  Số đến: 29/2012\n"
        "  Số, ký hiệu: 02/KH-UBND\n"
        "  Ngày văn bản: 03/01/2012\n"
        "  Cơ quan ban hành: Ủy ban nhân dân tỉnh Tây Ninh\n"
        "  Trích yếu: Thực hiện công tác thông tin đối ngoại năm 2012\n"
        "  Vai trò: chủ trì\n"
        "  Hạn xử lý: thứ Hai, ngày 30/01/2012 (còn 25 ngày)\n"
        "  Cùng nhận: Phạm Thanh Xuân\n"
        "  Lý do: Tên “Đ/c Linh” ghi trên dấu đến.\n"
        "\n"
        "Mở văn bản: http://congvan.local:8321/van-ban/k7m2x9q4r1ab\n"
        "\n"
        "Thư do hệ thống văn bản đến của Sở Thông tin và Truyền thông tỉnh Tây Ninh tự gửi, "
        "xin không trả lời.\n"
    )


def test_the_letter_goes_to_one_person_with_its_fixed_number_and_asks_for_no_answer() -> None:
    message = _sent(_letter())
    assert message["To"].addresses[0].addr_spec == "linh@so.local"
    assert message["To"].addresses[0].display_name == "Nguyễn Thị Linh"
    assert message["From"].addresses[0].addr_spec == "congvan@so.local"
    assert message["Message-ID"] == "<k7m2x9q4r1ab.assigned.1@congvan>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == NOW
    assert message["Cc"] is None
    assert message["Bcc"] is None


def test_the_same_notice_makes_the_same_bytes_but_for_the_boundary() -> None:
    def bare(message: EmailMessage) -> bytes:
        return re.sub(rb"={15}\d+==", b"", message.as_bytes())

    assert bare(_letter()) == bare(_letter())


def test_everything_on_the_wire_is_plain_ascii_in_short_lines() -> None:
    lines = _letter(replace(PLAN, subject="Về việc " * 200)).as_bytes().split(b"\r\n")
    assert all(byte < 128 for line in lines for byte in line)
    assert max(len(line) for line in lines) <= 998


# ── the due day ──────────────────────────────────────────────────────────────────────────────────────────


def _todo(message: EmailMessage) -> object:
    calendar = Calendar.from_ical(_part(message, "text/calendar"))
    assert "METHOD" not in calendar
    (todo,) = calendar.walk("VTODO")
    return todo


def test_the_due_day_comes_as_a_task_with_an_alarm_the_morning_before() -> None:
    todo = _todo(_sent(_letter()))
    assert todo["DUE"].dt == dt.date(2012, 1, 30)  # type: ignore[index]  # icalendar is untyped here
    assert "02/KH-UBND" in todo["SUMMARY"]  # type: ignore[index]  # the same
    (alarm,) = todo.walk("VALARM")  # type: ignore[attr-defined]  # the same
    assert alarm["TRIGGER"].dt == dt.timedelta(hours=-16)
    assert alarm["TRIGGER"].params["RELATED"] == "END"


def test_a_reminder_renews_the_task_of_the_same_person_only() -> None:
    def uid(text: NoticeText, recipient: str) -> str:
        return str(_todo(_sent(_letter(text, recipient=recipient)))["UID"])  # type: ignore[index]  # untyped

    reminder = replace(PLAN, kind="reminder", step="before", due=dt.date(2012, 2, 1))
    assert uid(PLAN, "linh@so.local") == uid(reminder, "Linh@so.local")
    assert uid(PLAN, "linh@so.local") != uid(PLAN, "xuan@so.local")
    assert uid(PLAN, "linh@so.local") != uid(replace(PLAN, document_id="other"), "linh@so.local")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(replace(PLAN, due=None), id="no due day"),
        pytest.param(replace(PLAN, kind="review"), id="the clerk's own work"),
        pytest.param(replace(PLAN, kind="sealed"), id="nothing of a sealed file leaves"),
    ],
)
def test_without_a_day_to_keep_there_is_no_task(text: NoticeText) -> None:
    assert _part(_letter(text), "text/calendar") == ""


@pytest.mark.parametrize(
    ("due", "words"),
    [
        pytest.param("2012-01-10", "thứ Ba, ngày 10/01/2012 (còn 5 ngày)", id="next week"),
        pytest.param("2012-01-06", "thứ Sáu, ngày 06/01/2012 (ngày mai)", id="tomorrow"),
        pytest.param("2012-01-05", "thứ Năm, ngày 05/01/2012 (hôm nay)", id="today"),
        pytest.param("2012-01-04", "thứ Tư, ngày 04/01/2012 (đã quá 1 ngày)", id="yesterday"),
        pytest.param("2012-01-08", "Chủ nhật, ngày 08/01/2012 (còn 3 ngày)", id="a Sunday has another word"),
    ],
)
def test_due_days_are_said_as_people_say_them(due: str, words: str) -> None:
    assert due_in_words(dt.date.fromisoformat(due), dt.date(2012, 1, 5)) == words


def test_today_is_the_day_in_vietnam() -> None:
    late_evening_utc = dt.datetime(2012, 1, 29, 18, 0, tzinfo=dt.UTC)
    assert "hôm nay" in _part(_letter(now=late_evening_utc), "text/plain")


# ── the kinds ────────────────────────────────────────────────────────────────────────────────────────────

_FILE = replace(PLAN, number_symbol=None, subject=None, role=None, due=None, file_name="quét 7.pdf")


@pytest.mark.parametrize(
    ("text", "subject", "said"),
    [
        pytest.param(
            replace(PLAN, role="phối hợp"),
            "Giao phối hợp, hạn 30/01/2012:",
            "được giao phối hợp",
            id="support",
        ),
        pytest.param(
            replace(PLAN, role="để biết", due=None),
            "Chuyển để biết: 02/KH-UBND",
            "để biết",
            id="for information",
        ),
        pytest.param(
            replace(PLAN, urgency="Hỏa tốc"), "[HỎA TỐC] Giao chủ trì", "Độ khẩn: Hỏa tốc", id="urgent first"
        ),
        pytest.param(
            replace(PLAN, kind="reminder", step="before", due=dt.date(2012, 1, 7)),
            "Nhắc việc, còn 2 ngày: 02/KH-UBND",
            "sắp đến hạn",
            id="reminder before",
        ),
        pytest.param(
            replace(PLAN, kind="reminder", step="on", due=dt.date(2012, 1, 5)),
            "Nhắc việc, hôm nay:",
            "Hôm nay là hạn",
            id="reminder on the day",
        ),
        pytest.param(
            replace(PLAN, kind="reminder", step="after-1", due=dt.date(2012, 1, 2)),
            "Nhắc việc, đã quá 3 ngày:",
            "đã quá hạn",
            id="reminder after",
        ),
        pytest.param(
            replace(_FILE, kind="review", reasons=("Số đến không đọc được.", "Hai người tên Linh.")),
            "Cần văn thư xem: quét 7.pdf",
            "- Hai người tên Linh.",
            id="the clerk must look",
        ),
        pytest.param(
            replace(_FILE, kind="quarantined", reasons=("Tệp rỗng.", "Quét lại.")),
            "Không đọc được tệp: quét 7.pdf",
            "- Quét lại.",
            id="a file set aside",
        ),
        pytest.param(
            replace(PLAN, kind="doubted", reasons=("Tệp như gồm hai văn bản.",)),
            "Cần xem lại, văn bản đã chuyển: 02/KH-UBND",
            "- Tệp như gồm hai văn bản.",
            id="what the other pages show",
        ),
        pytest.param(
            replace(PLAN, kind="news of tomorrow"), "02/KH-UBND", "29/2012", id="a kind not known yet"
        ),
    ],
)
def test_each_kind_of_notice_says_what_to_do(text: NoticeText, subject: str, said: str) -> None:
    message = _sent(_letter(text))
    assert message["Subject"].startswith(subject)
    assert said in _part(message, "text/plain")
    assert said.removeprefix("- ") in re.sub(r"</?[a-z][^>]*>", ": ", _part(message, "text/html")).replace(
        ": : ", ": "
    )


def test_a_sealed_file_gives_away_nothing_but_its_id() -> None:
    secret = replace(
        PLAN, kind="sealed", file_name="tuyệt mật.pdf", reasons=("Kế hoạch phòng thủ.",), urgency=None
    )
    wire = _sent(_letter(secret))
    told = " ".join([str(wire["Subject"]), _part(wire, "text/plain"), _part(wire, "text/html")])
    assert secret.document_id in told
    for kept in ("02/KH", "đối ngoại", "Ủy ban", "tuyệt mật.pdf", "phòng thủ", "29/2012", "Xuân"):
        assert kept not in told


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", 'http://a/"onclick="x', "http://a/\nb", "", "//a/b"],
)
def test_only_a_plain_web_address_becomes_a_link(link: str) -> None:
    message = _sent(_letter(replace(PLAN, link=link)))
    assert "Mở văn bản" not in _part(message, "text/plain")
    assert "<a " not in _part(message, "text/html")


# ── hostile text ─────────────────────────────────────────────────────────────────────────────────────────

_TEXT = st.one_of(
    st.text(max_size=120),
    st.text(alphabet="\r\n\t :<>\"'@;,=?ế\\()\0\x1b\u202e\u2028", max_size=80),
    st.sampled_from(
        [
            "x\r\nBcc: ke-gian@ngoai.vn",
            "x\nTo: ke-gian@ngoai.vn\n\n<script>alert(1)</script>",
            "=?utf-8?q?x=0D=0ABcc:_ke-gian@ngoai.vn?=",
            "</td></table><img src=x onerror=alert(1)>",
            '"><a href="http://ngoai.vn">bấm</a>',
            "\r\n.\r\nMAIL FROM:<x@y>",
            "BEGIN:VEVENT\r\nATTENDEE:x",
        ]
    ),
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)


def _tags(page: str) -> list[str]:
    parser = _Tags()
    parser.feed(page)
    return sorted(set(parser.seen))


@given(a=_TEXT, b=_TEXT, c=_TEXT, name=_TEXT)
@settings(max_examples=150)
def test_no_text_of_a_document_becomes_a_header_a_recipient_or_a_tag(
    a: str, b: str, c: str, name: str
) -> None:
    hostile = replace(
        PLAN,
        office=b,
        number_symbol=a,
        subject=b,
        issuer=c,
        urgency=c,
        because=a,
        others=(b,),
        reasons=(a, c),
    )
    message = _sent(_letter(hostile, recipient_name=name))
    plain = _sent(_letter())
    assert sorted(message.keys()) == sorted(plain.keys())
    assert [x.addr_spec for x in message["To"].addresses] == ["linh@so.local"]
    assert [x.addr_spec for x in message["From"].addresses] == ["congvan@so.local"]
    assert [p.get_content_type() for p in message.walk()] == [p.get_content_type() for p in plain.walk()]
    assert set(_tags(_part(message, "text/html"))) <= {*_tags(_part(plain, "text/html")), "ul", "li"}
    calendar = Calendar.from_ical(_part(message, "text/calendar"))
    assert [c.name for c in calendar.walk()] == ["VCALENDAR", "VTODO", "VALARM"]
    assert len(str(message["Subject"])) <= LONGEST_SUBJECT


@given(
    subject=st.text(
        alphabet='aăâbcdđeêgh iklmnoôơpqrstuưvxyếộừ0123456789/-.,:;“”"()', min_size=1, max_size=90
    )
)
@settings(max_examples=150)
def test_a_subject_of_any_length_arrives_as_it_was_written(subject: str) -> None:
    text = replace(PLAN, kind="review", number_symbol=None, subject=subject, file_name="tep")
    message = _sent(_letter(text))
    expected = f"Cần văn thư xem: {one_line(subject) or 'tep'}".strip()
    assert str(message["Subject"]).strip() == expected
    wire = email.message_from_bytes(_letter(text).as_bytes())  # the older reader, as many programs are
    assert str(make_header(decode_header(wire["Subject"]))).strip() == expected


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("linh@so.local\r\nBcc: x@y.vn", id="line break"),
        pytest.param("linh@so.local\n", id="line break at the end"),
        pytest.param("linh@so.local, x@y.vn", id="two addresses"),
        pytest.param("Linh <linh@so.local>", id="a name belongs elsewhere"),
        pytest.param("linh", id="no domain"),
        pytest.param("@so.local", id="no person"),
        pytest.param("", id="empty"),
        pytest.param("linh@so..local", id="two dots"),
        pytest.param("lĩnh@so.local", id="letters that old servers refuse"),
        pytest.param("linh@so.local\0", id="a zero"),
    ],
)
@pytest.mark.parametrize("whose", ["recipient", "sender"])
def test_what_is_no_plain_address_is_refused_with_advice(address: str, whose: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        _letter(**{whose: address})
    assert "\n" not in str(caught.value)
    assert "danh bạ" in caught.value.advise()


@pytest.mark.parametrize("given_id", ["", "abc@congvan", "<a@b>\r\nBcc: x@y.vn", "<a b@c>", "<a@b", "<ab>"])
def test_what_is_no_message_id_is_a_mistake_of_the_caller(given_id: str) -> None:
    with pytest.raises(ValueError, match="Message-ID"):
        _letter(message_id=given_id)
