"""What a notice says, in Vietnamese: which document, what role, by when, why. Never the document's text.

Which words a kind of notice takes is said here; the words themselves are files (`gateways.templates`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from documents.text import visible
from gateways.templates import Templates, Words, built_in

CIVIL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
LONGEST_SUBJECT = 160
"""Letters of a subject line; longer ones are cut at a word, mail programs show about half of it."""

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """The facts a notice tells; what is not known is None and its line is left out.

    Attributes:
        kind: One of `documents.notices.KINDS`.
        entry: Arrival number, `29/2012`.
        role: Role in Vietnamese (`chủ trì`, `phối hợp`, `để biết`).
        time: Local hour of the due day, where one is named.
        because: One sentence saying why this person.
        others: Names of those who got it too.
        reasons: Sentences for the clerk: what to look at, or what went wrong and what to do.
        link: Address of the document on the desk; only http and https are shown.
        step: Step of a reminder or an alarm.
        holder: Name of who holds the work, when that is not the reader.
        by: Name of who did what the notice tells.
        behalf: Name of who that person acts for.
        said: What that person wrote: a reason, a direction, a result.
        reply: Number of the reply that was sent.
        moved: Names of who had it and who has it now.
        stands_in_for: Name of whom the reader stands in for.
        wanted: The day that an extension asks for.
        due_before: The day that was due until now.
        task: Number of the document's task that it is about.
        recurs: Whether that task comes again.
        occurrence: Of a task that comes again the day that is meant, before days off moved it.
        granted: Whether an extension was granted.
        restricted: Nothing that tells what the document is about may leave the office.
        urgent: It stands before the others.
        line: Number of the recipient line that it is about.
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
    time: dt.time | None = None
    because: str | None = None
    others: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    file_name: str | None = None
    link: str | None = None
    step: str | None = None
    holder: str | None = None
    by: str | None = None
    behalf: str | None = None
    said: str | None = None
    reply: str | None = None
    moved: tuple[str, str] | None = None
    instrument: str | None = None
    stands_in_for: str | None = None
    wanted: dt.date | None = None
    due_before: dt.date | None = None
    task: int | None = None
    recurs: bool = False
    occurrence: dt.date | None = None
    granted: bool = False
    restricted: bool = False
    urgent: bool = False
    line: int | None = None

    @property
    def is_closed(self) -> bool:
        """Whether nothing but the document's own number may be told."""
        return self.restricted or self.kind == "sealed"


def one_line(text: str) -> str:
    """Return `text` on one line, hidden characters shown, white space collapsed."""
    return visible(" ".join(text.split()))


def words_of(text: NoticeText, today: dt.date, templates: Templates | None = None) -> Words:
    """Subject and opening of the letter; the subject on one line and no longer than people read."""
    words = (templates or built_in()).fill(_name_of(text, today), _values(text, today))
    urgency = f"[{one_line(text.urgency).upper()}] " if text.urgency else ""
    return Words(_shorten(one_line(urgency + words.subject), LONGEST_SUBJECT), words.opening)


def facts(text: NoticeText, today: dt.date) -> tuple[tuple[str, str], ...]:
    """Label and value of every known fact, in the order people look for them."""
    if text.kind == "sealed":
        return (("Mã văn bản", one_line(text.document_id)),)
    about = (
        ("Số, ký hiệu", text.number_symbol),
        ("Ngày văn bản", f"{text.date:%d/%m/%Y}" if text.date else None),
        ("Cơ quan ban hành", text.issuer),
        ("Trích yếu", text.subject),
    )
    rows = (
        ("Số đến", text.entry),
        *(() if text.restricted else about),
        ("Độ khẩn", text.urgency),
        ("Tệp", text.file_name if not text.number_symbol and not text.restricted else None),
        ("Mã văn bản", text.document_id if text.restricted and not text.entry else None),
        ("Vai trò", text.role),
        ("Người giữ", text.holder),
        ("Thay cho", text.stands_in_for),
        ("Việc", f"việc số {text.task} trong văn bản" if text.task else None),
        ("Định kỳ", _recurs(text)),
        ("Hạn xử lý", due_in_words(text.due, today, text.time) if text.due else None),
        ("Hạn đề nghị", f"{text.wanted:%d/%m/%Y}" if text.wanted else None),
        ("Cùng nhận", ", ".join(text.others)),
        ("Văn bản giao", text.instrument),
        (_SAID.get(text.kind, "Lý do đưa ra"), None if text.restricted else text.said),
        ("Văn bản trả lời", None if text.restricted else text.reply),
        ("Lý do", None if text.restricted else text.because),
    )
    return tuple((label, one_line(value)) for label, value in rows if value)


def _recurs(text: NoticeText) -> str | None:
    """Which of its days a task that comes again is about."""
    if not text.recurs:
        return None
    if text.occurrence is None:
        return "việc lặp lại, xem từng kỳ trên bàn làm việc"
    moved = " (ngày nghỉ, chuyển sang ngày làm việc kế tiếp)" if text.due != text.occurrence else ""
    return f"việc lặp lại, kỳ ngày {text.occurrence:%d/%m/%Y}{moved}"


_SAID = {"handed_on": "Ý kiến chỉ đạo", "finished": "Kết quả", "recounted": "Cách tính"}
"""What the words of the person are called, by kind."""


def reasons_of(text: NoticeText) -> tuple[str, ...]:
    """What to look at, a line each; nothing of a document that may not be told."""
    return () if text.is_closed else tuple(one_line(reason) for reason in text.reasons)


def about(text: NoticeText) -> str:
    """The shortest words by which people know the document."""
    if text.is_closed:
        return f"văn bản số đến {one_line(text.entry)}" if text.entry else f"văn bản {text.document_id}"
    known = (one_line(part or "") for part in (text.number_symbol, text.subject))
    return " – ".join(filter(None, known)) or one_line(text.file_name or f"văn bản {text.document_id}")


def day_in_words(day: dt.date) -> str:
    """A day as people say it, with its weekday.

    >>> day_in_words(dt.date(2012, 1, 10))
    'thứ Ba, ngày 10/01/2012'
    """
    return f"{_WEEKDAYS[day.weekday()]}, ngày {day:%d/%m/%Y}"


def due_in_words(due: dt.date, today: dt.date, time: dt.time | None = None) -> str:
    """A due day as people say it, with calendar days from `today`.

    >>> due_in_words(dt.date(2012, 1, 10), dt.date(2012, 1, 5))
    'thứ Ba, ngày 10/01/2012 (còn 5 ngày)'
    """
    hour = f"{time:%H giờ %M} " if time else ""
    return f"{hour}{day_in_words(due)} ({distance(due, today)})"


def distance(due: dt.date, today: dt.date) -> str:
    """How far a due day is, in calendar days."""
    days = (due - today).days
    if days == 0:
        return "hôm nay"
    if days == 1:
        return "ngày mai"
    return f"còn {days} ngày" if days > 0 else f"đã quá {-days} ngày"


def _name_of(text: NoticeText, today: dt.date) -> str:
    """Which file has the words."""
    match text.kind:
        case "assigned" if text.due and text.due_before:
            return "giao-doi-han"
        case "assigned":
            return "giao-de-biet" if text.role == "để biết" else "giao"
        case "reminder" if text.task:
            return "nhac-viec-cap-tren" if text.holder else "nhac-viec"
        case "reminder" if text.holder:
            return "nhac-cap-tren"
        case "reminder" if text.due is None or today < text.due:
            return "nhac-truoc-han"
        case "reminder":
            return "nhac-dung-han" if today == text.due else "nhac-qua-han"
        case "alarm":
            return "bao-dong-chua-chuyen" if text.step == "unassigned" else "bao-dong-chua-vao-so"
        case "extension_answered":
            return "duoc-gia-han" if text.granted else "khong-gia-han"
    return _NAMES.get(text.kind, "tin")


_NAMES = {
    "handed_on": "chuyen-tiep",
    "returned": "tra-lai",
    "moved": "chuyen-giao",
    "unheld": "chua-co-nguoi-giu",
    "recounted": "doi-han-theo-lich",
    "task": "giao-viec",
    "finished": "da-xong",
    "extension_asked": "xin-gia-han",
    "review": "can-xem",
    "doubted": "can-xem-lai",
    "quarantined": "khong-doc-duoc",
    "sealed": "niem-rieng",
}


def _values(text: NoticeText, today: dt.date) -> dict[str, str]:
    """The values of the slots, each on one line."""
    due = f"{text.due:%d/%m/%Y}" if text.due else ""
    values = {
        "so_den": text.entry,
        "do_khan": text.urgency,
        "vai_tro": text.role or "xử lý",
        "han": due,
        "kem_han": f", hạn {due}" if due else "",
        "con_lai": distance(text.due, today) if text.due else "đến hạn",
        "van_ban": about(text),
        "ma": text.document_id,
        "nguoi": _who(text),
        "nguoi_giu": text.holder,
        "tu": text.moved[0] if text.moved else "",
        "den": (text.moved[1] if text.moved else "") or "(chưa có người)",
        "han_cu": f"{text.due_before:%d/%m/%Y}" if text.due_before else "",
        "han_xin": f"{text.wanted:%d/%m/%Y}" if text.wanted else "",
        "co_quan_minh": text.office or "cơ quan",
        "hom_nay": f"{today:%d/%m/%Y}",
    }
    if not text.is_closed:
        values |= {
            "so_ky_hieu": text.number_symbol,
            "ngay_van_ban": f"{text.date:%d/%m/%Y}" if text.date else "",
            "noi_gui": text.issuer,
            "trich_yeu": text.subject,
            "tep": text.file_name or text.document_id,
        }
    else:
        values["tep"] = text.document_id
    return {name: one_line(value or "") for name, value in values.items()}


def _who(text: NoticeText) -> str:
    """Who did it, and for whom."""
    by = text.by or "Có người"
    return f"{by} (thay {text.behalf})" if text.behalf else by


def _shorten(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0] + "…"
