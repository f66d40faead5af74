"""Say whether page 1 bears a secrecy mark. One that is clear never comes this far: reading stops at it.

What is left here is the doubt: a frame whose word may be MẬT, or capitals that may be.
"""

from __future__ import annotations

from documents.page import Source
from documents.reading import FieldName, FieldReading, Found
from fields.framed_marks import SECRET, FramedMark
from fields.verdict import checked, doubted


def check_secrecy(marks: tuple[FramedMark, ...], *, head_seen: bool) -> FieldReading:
    """Return the secrecy: checked as absent when the head was read and every frame is known."""
    name = FieldName.SECRECY
    secret = next((mark for mark in marks if mark.word in SECRET), None)
    if secret:
        found = Found(secret.word, 1, secret.box, Source.OCR)
        return doubted(
            name, found, "Có thể là dấu độ mật; nếu đúng, văn bản không được ở trong hệ thống này."
        )
    if any(mark.framed and mark.word is None for mark in marks):
        return doubted(name, None, "Trang 1 có khung dấu đọc chưa ra chữ; có thể là dấu độ mật.")
    if not head_seen:
        return doubted(name, None, "Chưa đọc được phần đầu trang 1 nên chưa biết có dấu độ mật không.")
    return checked(name, None, "Trang 1 không có dấu độ mật.")
