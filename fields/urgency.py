"""Find the urgency mark: KHẨN, THƯỢNG KHẨN, HỎA TỐC, HỎA TỐC HẸN GIỜ.

Absence is a finding too, but only on a page whose head was read and whose frames are all known.

Source: Decree 30/2020/NĐ-CP, Appendix I, part III, section II, clause 2b.
"""

from __future__ import annotations

from documents.page import Source
from documents.reading import FieldName, FieldReading, Found
from fields.framed_marks import URGENT, FramedMark
from fields.verdict import checked, doubted


def check_urgency(marks: tuple[FramedMark, ...], *, head_seen: bool) -> FieldReading:
    """Return the urgency: checked when its frame and word are clear, or when the page surely has none."""
    name = FieldName.URGENCY
    urgent = [mark for mark in marks if mark.word in URGENT]
    if len({mark.word for mark in urgent}) > 1:
        return doubted(name, _found(urgent[0]), "Trang 1 có hai dấu độ khẩn khác nhau.")
    if urgent:
        return _check_mark(urgent[0])
    if any(mark.framed and mark.word is None for mark in marks):
        return doubted(name, None, "Trang 1 có khung dấu đọc chưa ra chữ; có thể là dấu độ khẩn.")
    if not head_seen:
        return doubted(name, None, "Chưa đọc được phần đầu trang 1 nên chưa biết có dấu độ khẩn không.")
    return checked(name, None, "Trang 1 không có dấu độ khẩn.")


def _check_mark(mark: FramedMark) -> FieldReading:
    name, found = FieldName.URGENCY, _found(mark)
    if not mark.framed:
        return doubted(name, found, f"Có chữ {mark.word} đứng riêng nhưng không thấy khung dấu.")
    if not mark.sure:
        return doubted(name, found, "Chữ trong khung dấu độ khẩn đọc chưa rõ.")
    evidence = ["Chữ trong khung đúng là một mức độ khẩn."]
    if mark.read_twice:
        evidence.append("Hai lần đọc cùng cho một mức.")
    return checked(name, found, *evidence)


def _found(mark: FramedMark) -> Found:
    return Found(mark.word, 1, mark.box, Source.OCR)
