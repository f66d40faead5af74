"""What the pages of supervision call things."""

from __future__ import annotations

import datetime as dt

from desk.web import words
from desk.web.tongue import Said, language, tr
from documents.reading import FieldName
from office.corrections import RECIPIENTS
from office.watch import Kind

KIND: Said[Kind] = Said(
    {
        Kind.OVERDUE: "Quá hạn",
        Kind.SOON: "Đến hạn trong 3 ngày làm việc tới",
        Kind.UNCLAIMED: "Chưa ai nhận",
        Kind.UNGIVEN: "Chờ giao lại",
        Kind.HELD: "Đang giữ",
        Kind.REVIEW: "Chờ duyệt",
        Kind.REGISTERED: "Đã vào sổ trong kỳ",
        Kind.ACCEPTED: "Vào sổ trong kỳ, đã có người nhận",
        Kind.DONE: "Vào sổ trong kỳ, đã xong",
        Kind.ALONE: "Vào sổ trong kỳ, máy làm trọn, không ai phải xem",
        Kind.UNTOUCHED: "Vào sổ trong kỳ, không phải sửa",
        Kind.CORRECTED: "Vào sổ trong kỳ, người đã sửa",
    }
)
STEP: Said[Kind] = Said(
    {
        Kind.REGISTERED: "Đến → vào sổ",
        Kind.ACCEPTED: "Vào sổ → nhận việc",
        Kind.DONE: "Nhận việc → xong",
    }
)
MOVE: Said[str] = Said(
    {
        "DocumentAssigned": "giao",
        "LineHandedOn": "giao tiếp",
        "LineReturned": "trả lại",
        "LineReassigned": "giao lại",
        "LineMoved": "chuyển người giữ",
    }
)

LOG_WHOLE = words.Label("Liền mạch", "tick", "good")
LOG_BROKEN = words.Label("Sai", "flag", "bad")


def field(name: str) -> str:
    """What a corrected field is called."""
    if name == RECIPIENTS:
        return tr("Người nhận")
    return words.FIELD[FieldName(name)] if name in set(FieldName) else name


def working(length: dt.timedelta | None) -> str:
    """`40 phút`, `5 giờ`, `2,5 ngày làm việc` of working time; a dash when nothing was measured."""
    if length is None:
        return "–"
    days = length / dt.timedelta(days=1)
    if days < 1:
        return words.span(length)
    said = f"{days:.0f}" if days >= 10 else f"{days:.1f}".removesuffix(".0")
    said = said if language() == "en" else said.replace(".", ",")
    return tr("{count} ngày làm việc").format(count=said)
