"""What a notice says, in Vietnamese: which document, what role, by when, why. Never the document's text.

Each kind of notice is two plain functions here: one for the subject line, one for the opening sentences.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from documents.text import visible

CIVIL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
LONGEST_SUBJECT = 160
"""Letters of a subject line; longer ones are cut at a word, mail programs show about half of it."""

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """The facts a notice tells; what is not known is None and its line is left out.

    Attributes:
        kind: `assigned`, `reminder`, `review`, `doubted`, `quarantined` or `sealed`.
        entry: Arrival number, `29/2012`.
        role: Role in Vietnamese (`chủ trì`, `phối hợp`, `để biết`).
        because: One sentence saying why this person.
        others: Names of those who got it too.
        reasons: Sentences for the clerk: what to look at, or what went wrong and what to do.
        link: Address of the document on the desk; only http and https are shown.
        step: Step of a reminder: `before…`, `on…`, `after…`.
    """

    kind: str
    document_id: str
    office: str
    entry: str | None = None
    number_symbol: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    subject: str | None = None
    urgency: str | None = None
    role: str | None = None
    due: dt.date | None = None
    because: str | None = None
    others: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    file_name: str | None = None
    link: str | None = None
    step: str | None = None


def one_line(text: str) -> str:
    """Return `text` on one line, hidden characters shown, white space collapsed."""
    return visible(" ".join(text.split()))


def subject_line(text: NoticeText, today: dt.date) -> str:
    """The subject of the mail: what is asked, by when, which document."""
    urgency = f"[{one_line(text.urgency).upper()}] " if text.urgency else ""
    return _shorten(urgency + _SUBJECTS.get(text.kind, _about)(text, today), LONGEST_SUBJECT)


def opening(text: NoticeText, today: dt.date) -> str:
    """The first sentence of the mail."""
    return _OPENINGS.get(text.kind, _news)(text, today)


def facts(text: NoticeText, today: dt.date) -> tuple[tuple[str, str], ...]:
    """Label and value of every known fact, in the order people look for them."""
    if text.kind == "sealed":
        return (("Mã văn bản", one_line(text.document_id)),)
    rows = (
        ("Số đến", text.entry),
        ("Số, ký hiệu", text.number_symbol),
        ("Ngày văn bản", f"{text.date:%d/%m/%Y}" if text.date else None),
        ("Cơ quan ban hành", text.issuer),
        ("Trích yếu", text.subject),
        ("Độ khẩn", text.urgency),
        ("Tệp", text.file_name if not text.number_symbol else None),
        ("Vai trò", text.role),
        ("Hạn xử lý", due_in_words(text.due, today) if text.due else None),
        ("Cùng nhận", ", ".join(text.others)),
        ("Lý do", text.because),
    )
    return tuple((label, one_line(value)) for label, value in rows if value)


def due_in_words(due: dt.date, today: dt.date) -> str:
    """A due day as people say it, with calendar days from `today`.

    >>> due_in_words(dt.date(2012, 1, 10), dt.date(2012, 1, 5))
    'thứ Ba, ngày 10/01/2012 (còn 5 ngày)'
    """
    return f"{_WEEKDAYS[due.weekday()]}, ngày {due:%d/%m/%Y} ({_distance(due, today)})"


def _distance(due: dt.date, today: dt.date) -> str:
    days = (due - today).days
    if days == 0:
        return "hôm nay"
    if days == 1:
        return "ngày mai"
    return f"còn {days} ngày" if days > 0 else f"đã quá {-days} ngày"


# ── subjects ─────────────────────────────────────────────────────────────────────────────────────────────


def _assigned_subject(text: NoticeText, today: dt.date) -> str:
    role = text.role or "xử lý"
    verb = "Chuyển để biết" if role == "để biết" else f"Giao {role}"
    due = f", hạn {text.due:%d/%m/%Y}" if text.due else ""
    return f"{verb}{due}: {_about(text, today)}"


def _reminder_subject(text: NoticeText, today: dt.date) -> str:
    state = _distance(text.due, today) if text.due else "đến hạn"
    return f"Nhắc việc, {state}: {_about(text, today)}"


def _review_subject(text: NoticeText, today: dt.date) -> str:
    return f"Cần văn thư xem: {_about(text, today)}"


def _doubted_subject(text: NoticeText, today: dt.date) -> str:
    return f"Cần xem lại, văn bản đã chuyển: {_about(text, today)}"


def _quarantined_subject(text: NoticeText, _today: dt.date) -> str:
    return f"Không đọc được tệp: {one_line(text.file_name or text.document_id)}"


def _sealed_subject(_text: NoticeText, _today: dt.date) -> str:
    return "Có tệp mang dấu chỉ mức độ mật, đã niêm riêng"


def _about(text: NoticeText, _today: dt.date) -> str:
    """The shortest words by which people know the document."""
    known = (one_line(part or "") for part in (text.number_symbol, text.subject))
    return " – ".join(filter(None, known)) or one_line(text.file_name or f"văn bản {text.document_id}")


_SUBJECTS = {
    "assigned": _assigned_subject,
    "reminder": _reminder_subject,
    "review": _review_subject,
    "doubted": _doubted_subject,
    "quarantined": _quarantined_subject,
    "sealed": _sealed_subject,
}


# ── first sentences ──────────────────────────────────────────────────────────────────────────────────────


def _assigned(text: NoticeText, _today: dt.date) -> str:
    if text.role == "để biết":
        return "Văn bản đến dưới đây được chuyển tới Ông/Bà để biết, không phải trả lời."
    role = one_line(text.role or "xử lý")
    return f"Ông/Bà được giao {role} văn bản đến dưới đây."


def _reminder(text: NoticeText, today: dt.date) -> str:
    if text.due is None:
        return "Văn bản đến dưới đây sắp đến hạn xử lý."
    if today < text.due:
        return "Văn bản đến dưới đây sắp đến hạn xử lý mà chưa được ghi là hoàn thành."
    if today == text.due:
        return "Hôm nay là hạn xử lý văn bản đến dưới đây, văn bản chưa được ghi là hoàn thành."
    return "Văn bản đến dưới đây đã quá hạn xử lý mà chưa được ghi là hoàn thành."


def _review(_text: NoticeText, _today: dt.date) -> str:
    return "Máy đã đọc một văn bản đến nhưng chưa đủ chắc để vào sổ; mời văn thư xem những điểm sau."


def _doubted(_text: NoticeText, _today: dt.date) -> str:
    return "Khi đọc toàn văn một văn bản đã chuyển, máy thấy điều mời văn thư xem lại trên tệp gốc."


def _quarantined(_text: NoticeText, _today: dt.date) -> str:
    return "Một tệp trong thư mục nhận không đọc được nên được để riêng; nội dung gốc vẫn giữ trong kho."


def _sealed(_text: NoticeText, _today: dt.date) -> str:
    return (
        "Một tệp vừa nhận có dấu chỉ mức độ mật trên trang 1. Máy đã dừng đọc, không giữ ảnh và chữ, "
        "và niêm riêng tệp. Đề nghị giao ngay cho người được phân công giữ văn bản mật, ngắt bản quét khỏi "
        "máy nối mạng và xử lý theo quy định; không chuyển tiếp thư này."
    )


def _news(_text: NoticeText, _today: dt.date) -> str:
    return "Có tin về văn bản đến dưới đây."


_OPENINGS = {
    "assigned": _assigned,
    "reminder": _reminder,
    "review": _review,
    "doubted": _doubted,
    "quarantined": _quarantined,
    "sealed": _sealed,
}


def _shorten(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0] + "…"
