"""Invented readings of a year: types, urgencies, deadlines in the text, names on the stamp, doubts."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from documents.page import Box, Source
from documents.people import Officer
from documents.reading import ROUTING_FIELDS, FieldName, FieldReading, FieldValue, Reading

_PLACE = Box(0.1, 0.1, 0.5, 0.15)
_TYPES = (
    ("Công văn", 50), ("Kế hoạch", 12), ("Quyết định", 12), ("Báo cáo", 8), ("Giấy mời", 8), ("Thông báo", 6),
    ("Tờ trình", 4),
)  # fmt: skip
_SUBJECTS = (
    "thực hiện công tác thông tin đối ngoại", "báo cáo tình hình ứng dụng công nghệ thông tin",
    "cấp phép xuất bản bản tin", "giải quyết đơn khiếu nại của công dân", "xây dựng dự toán ngân sách năm",
    "bảo đảm an toàn mạng bưu chính, viễn thông", "góp ý dự thảo văn bản", "tổ chức hội nghị tổng kết",
)  # fmt: skip
_ISSUERS = ("ỦY BAN NHÂN DÂN TỈNH TÂY NINH", "BỘ THÔNG TIN VÀ TRUYỀN THÔNG", "SỞ TÀI CHÍNH", "SỞ NỘI VỤ")
_URGENCIES = ((None, 90), ("Khẩn", 6), ("Thượng khẩn", 2), ("Hỏa tốc", 2))


def make_reading(rng: random.Random, number: int, arrived: dt.date, people: Sequence[Officer]) -> Reading:
    """The reading of one paper; one in ten leaves a doubt, three in ten carry a leader's names."""
    doc_type = _weighed(rng, _TYPES)
    values: dict[FieldName, FieldValue] = {
        FieldName.NUMBER_SYMBOL: f"{number}/UBND-VX",
        FieldName.DATE: (arrived - dt.timedelta(rng.randint(0, 5))).isoformat(),
        FieldName.ISSUER: rng.choice(_ISSUERS),
        FieldName.DOC_TYPE: doc_type,
        FieldName.SUBJECT: f"Về việc {rng.choice(_SUBJECTS)} ({number})",
        FieldName.URGENCY: _weighed(rng, _URGENCIES),
        FieldName.ARRIVAL_FORWARDED_TO: _names(rng, people) if rng.random() < 0.3 else [],
        FieldName.DEADLINES: [_deadline(rng, arrived)] if rng.random() < 0.25 else [],
    }
    doubtful = (
        rng.choice((FieldName.DATE, FieldName.NUMBER_SYMBOL, FieldName.SUBJECT))
        if rng.random() < 0.1
        else None
    )
    names = {*ROUTING_FIELDS, *values}
    return Reading({name: _field(name, values.get(name), is_checked=name is not doubtful) for name in names})


def _field(name: FieldName, value: FieldValue, *, is_checked: bool) -> FieldReading:
    return FieldReading(
        name=name,
        value=value,
        checked=is_checked,
        reason=None if is_checked else "Hai lần đọc khác nhau.",
        page=1 if value else None,
        box=_PLACE if value else None,
        source=Source.OCR if value else None,
    )


def _names(rng: random.Random, people: Sequence[Officer]) -> list[str]:
    """As leaders write them: the last word or two of a name, a unit, with or without a role."""
    written = []
    for place in range(rng.choice((1, 1, 2, 3))):
        one = rng.choice(people)
        words = one.name.split()
        said = rng.choice(
            (f"Đ/c {words[-1]}", f"Đ/c {' '.join(words[-2:])}", f"P.{(one.unit or 'vp').upper()}")
        )
        mark = (
            " chủ trì"
            if place == 0 and rng.random() < 0.6
            else " p/h"
            if place and rng.random() < 0.6
            else ""
        )
        written.append(f"{said}{mark}")
    return written


def _deadline(rng: random.Random, arrived: dt.date) -> dict[str, str | None]:
    day = arrived + dt.timedelta(rng.randint(2, 40))
    if rng.random() < 0.2:
        return {"phrase": "định kỳ hằng tháng", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=20"}
    return {"phrase": f"trước ngày {day:%d/%m/%Y}", "date": day.isoformat()}


def _weighed(rng: random.Random, choices: Sequence[tuple[str | None, int]]) -> str | None:
    return rng.choices([value for value, _ in choices], [weight for _, weight in choices])[0]
