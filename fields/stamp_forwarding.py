"""Check to whom an arrival stamp passes the paper on, as it was printed or written after *Chuyển*."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.reading import FieldName, FieldReading
from documents.text import same_tone
from fields.stamp_checks import NO_SUCH_ROW, StampCase, found_at
from fields.stamp_names import find_names
from fields.verdict import checked, doubted

_CLEAR_NAME = 40.0
"""The engine's confidence from which a name may be printed."""
_OTHER_INK = "Trong dấu đến còn chữ viết bằng mực khác, có thể là tên chưa đọc được."
_CLEAN_NAME = re.compile(
    r"(?:(?:[ĐđDd]\s?/\s?c|đồng chí|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[A-ZĐ]\.)\s?)?"
    r"[^\W\d_a-zà-ỹ][^\W\d_]*\.?(?:[ .&-]{1,2}[^\W\d_]+){0,5}(?:\s?\([^()\d]{1,20}\))?"
)


def check_names(case: StampCase) -> FieldReading:
    """Check to whom the paper was passed on: as print, which both readings must spell alike, else by pen.

    Names decide who works. What a pen wrote is matched with those who can be named (`fields.stamp_names`).
    """
    read = _check_print(case)
    if read.checked:
        return read
    stamp, circumstances = case.stamp, case.circumstances
    printed = [stamp.names, case.again.names if case.again else ()]
    days = [day for day in (case.day, case.pen_day.guess, circumstances.received_on) if day]
    seen = find_names(case.rows, printed, circumstances.staff, days)
    if seen is None:
        return read
    if seen.value is None:
        return replace(read, reason=seen.complaint) if seen.complaint else read
    found = found_at(stamp, stamp.forward_row, list(seen.value))
    if complaint := seen.complaint or (_OTHER_INK if stamp.other_ink else None):
        return doubted(FieldName.ARRIVAL_FORWARDED_TO, found, complaint)
    return checked(
        FieldName.ARRIVAL_FORWARDED_TO,
        found,
        "Các lần đọc ô “Chuyển” cho cùng những tên này, mỗi tên chỉ khớp một người hoặc đơn vị ngày ấy.",
    )


def _check_print(case: StampCase) -> FieldReading:
    name, stamp = FieldName.ARRIVAL_FORWARDED_TO, case.stamp
    row, names = stamp.forward_row, stamp.names
    unread = found_at(stamp, row, None)
    if case.has_hour_and_day_only:
        return checked(name, unread, NO_SUCH_ROW)
    if row is None:
        return doubted(name, unread, "Không thấy ô “Chuyển” trên dấu đến.")
    if not names:
        return doubted(name, unread, "Ô “Chuyển” trống hoặc viết tay chưa đọc được.")
    if not all(_CLEAN_NAME.fullmatch(one) for one in names):
        return doubted(name, unread, f"Tên trong ô “Chuyển” đọc chưa rõ: “{', '.join(names)}”.")
    found = found_at(stamp, row, list(names))
    if stamp.names_broken:
        return doubted(name, found, "Tên trong ô “Chuyển” xuống dòng, chưa rõ chỗ ngắt.")
    again = case.again.names if case.again else ()
    if not again:
        return doubted(name, found, "Ô “Chuyển” mới đọc được một lần.")
    if [_spelling(one) for one in again] != [_spelling(one) for one in names]:
        return doubted(name, found, f"Hai lần đọc ô “Chuyển” khác nhau; lần sau đọc “{', '.join(again)}”.")
    if stamp.other_ink:
        return doubted(name, found, _OTHER_INK)
    words = (w for w in row.words if sum(c.isalpha() for c in w.text) > 2)
    if any(w.confidence is not None and w.confidence < _CLEAR_NAME for w in words):
        return doubted(name, found, "Tên trong ô “Chuyển” viết tay hoặc mờ, cần xem lại.")
    return checked(name, found, "Hai lần đọc độc lập ô “Chuyển” cho cùng những tên này.")


def _spelling(one: str) -> str:
    return "".join(c for c in same_tone(one).casefold() if c.isalnum())
