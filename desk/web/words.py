"""Vietnamese words of the pages: labels, signs, dates, ages and amounts.

Every label a person reads for a value of `documents` stands here, once.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from desk.web.tongue import Said, Titled, language, recorded_text, tn, tr
from documents.errors import Trouble
from documents.page import Source
from documents.reading import FieldName
from documents.status import Status
from documents.wording import DUTY_LABELS, FIELD_LABELS, LINE_STATE_LABELS, ROLE_LABELS
from documents.wording import SECRECIES as SECRECIES
from documents.wording import URGENCIES as URGENCIES
from office.doctor import Health
from office.intake_queue import Waits
from office.steps import StepName

CIVIL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Label:
    """A word with its sign and tone: nothing is said by colour alone.

    `text` is the word in Vietnamese, `word` in the language of the answer; `sign` names a drawing of
    `templates/parts.html`; `tone` is one of `good`, `ask`, `bad`, `calm`.
    """

    text: str
    sign: str
    tone: str

    @property
    def word(self) -> str:
        """The word in the language of the answer."""
        return tr(self.text)


STATUS: dict[Status, Label] = {
    Status.WAITING: Label("Chờ đọc", "clock", "calm"),
    Status.READING: Label("Đang đọc", "clock", "calm"),
    Status.REVIEW: Label("Chờ văn thư xem", "dot", "ask"),
    Status.REGISTERED: Label("Đã vào sổ", "book", "good"),
    Status.ASSIGNED: Label("Đã chuyển", "arrow", "good"),
    Status.IN_PROGRESS: Label("Đang xử lý", "arrow", "good"),
    Status.DONE: Label("Hoàn thành", "tick", "calm"),
    Status.QUARANTINED: Label("Không đọc được", "flag", "bad"),
    Status.SEALED: Label("Niêm riêng", "lock", "bad"),
    Status.DUPLICATE: Label("Trùng", "copy", "calm"),
}

WAITS: dict[Waits, Label] = {
    Waits.UNOPENED: Label("Chưa ai mở", "dot", "ask"),
    Waits.OPENED: Label("Đã mở, còn thiếu", "ring", "calm"),
    Waits.UNREADABLE: Label("Không đọc được", "flag", "bad"),
    Waits.READING: Label("Máy đang đọc", "clock", "calm"),
}
"""What a document that came in waits for, in the order of the filter."""

FIELD = Titled(FIELD_LABELS)

WITHOUT: Said[FieldName] = Said(
    {
        FieldName.URGENCY: "Thường",
        FieldName.SECRECY: "Không có dấu mật",
        FieldName.ARRIVAL_NUMBER: "Lấy số kế tiếp",
    }
)
"""What an empty field means to a person, where emptiness means something."""

SOURCE: Said[Source] = Said(
    {
        Source.OCR: "đọc từ ảnh",
        Source.TEXT_LAYER: "chữ có sẵn trong tệp",
        Source.ANNOTATION: "ghi chú trong tệp PDF",
        Source.STAMP: "đọc trong dấu đến",
        Source.FILE: "tên tệp",
        Source.SIGNATURE: "chữ ký số",
        Source.INFERRED: "suy ra từ chỗ khác",
        Source.REGISTER: "lấy từ sổ",
        Source.PERSON: "người nhập",
    }
)

ROLE = Said(ROLE_LABELS)

DUTY = Titled(DUTY_LABELS)
ASSIGNMENT_STATE = Said(LINE_STATE_LABELS)

STEP_ADDRESS: dict[StepName, str] = {
    StepName.ACCEPT: "nhan",
    StepName.FINISH: "xong",
    StepName.PROGRESS: "tien-do",
    StepName.HAND_ON: "giao",
    StepName.RETURN: "tra-lai",
    StepName.EXTEND: "xin-gia-han",
    StepName.GRANT: "gia-han",
    StepName.REFUSE: "khong-gia-han",
    StepName.REOPEN: "mo-lai",
    StepName.REASSIGN: "giao-lai",
}
"""What a step's form is sent to, in the order in which steps are offered."""

STEP: Said[StepName] = Said(
    {
        StepName.ACCEPT: "Nhận việc",
        StepName.FINISH: "Đã xong",
        StepName.PROGRESS: "Báo tiến độ",
        StepName.HAND_ON: "Giao tiếp",
        StepName.RETURN: "Trả lại",
        StepName.EXTEND: "Xin gia hạn",
        StepName.GRANT: "Đặt hạn khác",
        StepName.REFUSE: "Không gia hạn",
        StepName.REOPEN: "Mở lại",
        StepName.REASSIGN: "Giao lại cho người khác",
    }
)

STEP_TEXT: Said[StepName] = Said(
    {
        StepName.FINISH: "Kết quả",
        StepName.PROGRESS: "Đã làm đến đâu",
        StepName.HAND_ON: "Ý kiến chỉ đạo",
        StepName.RETURN: "Lý do trả lại",
        StepName.EXTEND: "Lý do xin gia hạn",
        StepName.GRANT: "Lý do (không bắt buộc)",
        StepName.REFUSE: "Lý do không gia hạn",
        StepName.REOPEN: "Lý do mở lại",
        StepName.REASSIGN: "Lý do giao lại",
    }
)
"""What a step asks a person to write; one that is not here asks for nothing."""

ENTRY_STATE: dict[str, Label] = {
    "taken": Label("Đã vào sổ", "tick", "good"),
    "held": Label("Giữ chỗ", "clock", "ask"),
    "cancelled": Label("Huỷ", "cross", "bad"),
}

FLAG: Said[str] = Said(
    {
        "repaired": "tệp đã được sửa khi mở",
        "signed": "có chữ ký số",
        "signature_intact": "chữ ký số còn nguyên vẹn",
        "signature_broken": "tệp đã đổi sau khi ký số",
        "two_on_a_sheet": "hai trang trên một tờ quét",
        "photo_too_small": "ảnh chụp quá nhỏ, chữ chưa đọc chắc được: nên chụp lại gần hơn hoặc quét",
        "annotated": "có ghi chú trong tệp",
        "more_pages_unread": "còn trang chưa đọc",
    }
)

PROCESS: Said[str] = Said(
    {
        "intake": "Nhận tệp",
        "processor": "Đọc văn bản",
        "notifier": "Gửi thông báo",
        "sweeper": "Việc theo lịch",
        "desk": "Trang làm việc",
        "prefect-server": "Máy chủ Prefect",
        "sweep:deadlines": "Lượt nhắc hạn",
        "sweep:stuck": "Lượt gỡ văn bản kẹt",
        "sweep:absences": "Lượt chuyển việc khi vắng",
        "sweep:outbox": "Lượt soát thông báo",
    }
)

DOC_TYPES = (
    "Công văn", "Quyết định", "Kế hoạch", "Thông báo", "Báo cáo", "Tờ trình", "Giấy mời", "Chỉ thị",
    "Chương trình", "Hướng dẫn", "Phương án", "Đề án", "Dự án", "Quy chế", "Quy định", "Thông cáo",
    "Nghị quyết", "Biên bản", "Hợp đồng", "Công điện", "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền",
    "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo", "Thư công",
)  # fmt: skip
"""Offered while typing; any other type may be typed. Source: Decree 30/2020/NĐ-CP, article 7."""


HEALTH: dict[Health, Label] = {
    Health.WELL: Label("Tốt", "tick", "good"),
    Health.ATTENTION: Label("Cần để ý", "dot", "ask"),
    Health.BROKEN: Label("Hỏng", "flag", "bad"),
}

PART: Said[str] = Said(
    {
        "python": "Python",
        "tesseract": "Bộ đọc chữ (Tesseract)",
        "pins": "Phiên bản thư viện",
        "office": "Cơ quan",
        "database": "Cơ sở dữ liệu",
        "audit": "Nhật ký",
        "store": "Kho tệp",
        "intake": "Thư mục nhận",
        "quarantine": "Tệp không đọc được",
        "review": "Văn bản chờ xem",
        "sweeps": "Việc theo lịch",
        "outbox": "Thông báo chờ gửi",
        "webhook": "Cổng nhắn tin",
        "mail": "Gửi thư",
        "letters": "Mẫu thư",
        "rules": "Bảng quy tắc",
        "calendar": "Lịch làm việc",
    }
)


def part(name: str) -> str:
    """The name of a part that was examined; a process by its own name, an unknown part as it is."""
    if name.startswith("process:"):
        return process(name.removeprefix("process:"))
    return process(name) if name.startswith("sweep:") else PART.get(name, name)


ALIVE = Label("Đang chạy", "tick", "good")
SILENT = Label("Im lặng", "flag", "bad")
SILENT_AFTER = dt.timedelta(seconds=90)
"""Every process beats several times a minute."""
SWEEP_SILENT_AFTER: dict[str, dt.timedelta] = {
    "sweep:stuck": dt.timedelta(minutes=30),
    "sweep:absences": dt.timedelta(hours=3),
}
"""Scheduled sweeps speak when they end; one without a time of its own runs at least once a day."""
A_DAY = dt.timedelta(hours=26)


def process(name: str) -> str:
    """The Vietnamese name of a process or a scheduled sweep; an unknown one keeps its own."""
    return PROCESS.get(name, name)


def liveliness(name: str, since_beat: dt.timedelta) -> Label:
    """Whether a process or sweep that was heard that long ago is to be taken as running."""
    allowed = SWEEP_SILENT_AFTER.get(name, A_DAY) if name.startswith("sweep:") else SILENT_AFTER
    return ALIVE if since_beat <= allowed else SILENT


def complaint(trouble: Trouble) -> str:
    """What happened, in the language of the answer."""
    return tr(type(trouble).message).format(**_said(trouble))


def advice(trouble: Trouble) -> str:
    """What to do next, in the language of the answer."""
    return tr(type(trouble).advice).format(**_said(trouble))


def _said(trouble: Trouble) -> dict[str, Any]:
    return {
        name: recorded_text(tr(fact)) if isinstance(fact, str) else fact
        for name, fact in trouble.facts.items()
    }


# ── days and moments ─────────────────────────────────────────────────────────────────────────────────────


def local(moment: dt.datetime) -> dt.datetime:
    """`moment` (aware) on the clock of Vietnam."""
    return moment.astimezone(CIVIL_TIME)


def day(value: dt.date | str | None) -> str:
    """`05/01/2012`; an ISO text is turned round, any other text stays as it is, None is empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _turned_round(value)
    return f"{(local(value) if isinstance(value, dt.datetime) else value):%d/%m/%Y}"


def _turned_round(text: str) -> str:
    try:
        if len(text) <= len("2012-01-05"):
            return f"{dt.date.fromisoformat(text):%d/%m/%Y}"
        return f"{dt.datetime.fromisoformat(text):%H:%M %d/%m/%Y}"
    except ValueError:
        return text


def moment(value: dt.datetime) -> str:
    """`08:12 05/01/2012` on the clock of Vietnam."""
    return f"{local(value):%H:%M %d/%m/%Y}"


_UNITS = (
    (86_400, "{count} ngày (một)", "{count} ngày"),
    (3_600, "{count} giờ (một)", "{count} giờ"),
    (60, "{count} phút (một)", "{count} phút"),
)
"""Seconds of a unit, and how an amount of it is said; the first form is for one of it in English."""


def span(length: dt.timedelta) -> str:
    """How long, in one unit: `40 phút`, `3 giờ`, `2 ngày`; under a minute `vài giây`."""
    seconds = int(length.total_seconds())
    for unit_s, one, many in _UNITS:
        if seconds >= unit_s:
            return tn(one, many, seconds // unit_s).format(count=seconds // unit_s)
    return tr("vài giây")


def days_left(count: int | None) -> str:
    """`còn 3 ngày làm việc`, `hạn hôm nay`, `trễ 2 ngày làm việc`; empty without a deadline."""
    if count is None:
        return ""
    if count == 0:
        return tr("hạn hôm nay")
    said = tr("còn {count} ngày làm việc") if count > 0 else tr("trễ {count} ngày làm việc")
    return said.format(count=abs(count))


def urgency_of(count: int | None) -> str:
    """Tone of a deadline: `bad` when late, `ask` within two working days, else `calm`."""
    if count is None or count > 2:
        return "calm"
    return "bad" if count < 0 else "ask"


# ── amounts and texts ────────────────────────────────────────────────────────────────────────────────────


def amount(number: int) -> str:
    """`12.345`: groups of three with points, as Vietnamese writes them; `12,345` in English."""
    return f"{number:,}" if language() == "en" else f"{number:,}".replace(",", ".")


def size(count: int) -> str:
    """`640 B`, `84 KB`, `1,2 MB`."""
    if count < 1_000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count // 1_000} KB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")


def visible(text: str) -> str:
    """`text` with control, direction and zero-width characters shown as marks: `⟨202E⟩`.

    A file name may carry them to look like another; a person must see that. Tabs and line ends stay.
    """
    if text.isprintable():
        return text
    return "".join(
        f"⟨{ord(c):04X}⟩" if c not in "\t\n\r" and unicodedata.category(c) in _HIDDEN else c for c in text
    )


_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
