"""The words by which a sentence asks for something, reports it, or says how long a rule holds.

    orders  = "đề nghị" | "yêu cầu" | "phải" | "giao" | …          asks whatever else the sentence reports
    hands   = "báo cáo" | "gửi" | "nộp" | "hoàn thành" | …         something is handed over or done with
    acts    = "thực hiện" | "triển khai" | "tham gia" | "họp" | …          also said of what was done
    topic   = "tình hình" | "số ca" | …                            what the asked-for report tells of
    reports = "đã …" | "tăng" | "giảm" | "so với cùng kỳ" | …
    holds   = "có hiệu lực" | "hết hiệu lực" | "áp dụng từ" | "thay thế …" | …

A word that asks says nothing where it tells of what was done (`đã báo cáo`), names a thing (`theo báo cáo`,
`kế hoạch thực hiện`) or is part of another (`kính gửi`). Patterns run on text without marks; short words that
marks alone tell apart (`giao`, `giáo`) are looked up in the printed text.
"""

from __future__ import annotations

import re
from enum import Enum


class Says(Enum):
    """What a word of a sentence says."""

    ORDER = "orders"
    HAND = "hands"
    ACT = "acts"
    REPORT = "reports"
    HOLD = "holds"
    TOPIC = "is told of"


ASKING = frozenset({Says.ORDER, Says.HAND, Says.ACT})
_ORDERS = (
    r"de nghi|yeu cau|khan truong|tap trung|don doc|chu tri|chi dao|de quy|phan cong"
    r"|(?:co|chiu) trach nhiem|bat buoc|tran trong moi|kinh moi|kinh de|nghiem tuc|luu y"
    r"|khong (?:nop|gui|de) "
)
_HANDS = (
    r"bao\s?cao|gui|nop|hoan (?:thanh|tat|chinh|thien)|dang (?:ky|ki|bao|tai|cong bao|thong tin)|gop y"
    r"|(?:co|cho) y kien|tham gia y kien|cung cap|phan hoi|tra loi|xac nhan|ke khai|khai bao|thanh toan"
    r"|quyet toan|co van ban|de xuat|thong bao (?:cho|den|ve)|chuyen (?:ve|den|cho)|dang nhap"
    r"|cap nhat|nhap (?:so )?lieu|nhan (?:ho so|don|bai)|giai ngan|cham dut|nghiem thu|ban giao"
    r"|lap (?:danh sach|ke hoach|bao cao|ho so)|ket thuc|lam xong|tra ve|tra lai"
)
_ACTS = (
    r"thuc hien|trien khai|tham (?:gia|du|muu)|chuan bi|phoi hop|tong hop|ra soat|kiem tra|xay dung|ban hanh"
    r"|to chuc|thanh lap|bo tri|lua chon|pho bien|quan triet|giai quyet|xu ly|khac phuc|lien he|co mat"
    r"|tiep nhan|danh gia|thong ke|to trinh|phe duyet|tham dinh|cong bo|tuyen truyen|kien toan|tap huan"
    r"|sap xep|mua sam|lap dat|niem yet|thong bao|bo sung|thu hoi|cong khai"
)
_REPORTS = (
    r"\btang (?!cuong|them|toc)|\btang$|\bgiam (?!doc|sat|dinh|thieu|ngheo|nhe|bot|thu)"
    r"|\bso voi (?:cung ky|thang|nam|quy)"
    r"|\bghi nhan\b|\bdu (?:kien|bao)\b|\bxay ra\b|\bco \d+|\bdat (?:\d|ty le)"
    r"|\bket qua (?:thuc hien|dat duoc|cong tac)\b|\bduoc \d+|\bluy ke\b|\btinh den (?:ngay|het|thoi diem)\b"
)
_HOLDS = (
    r"hieu luc(?! hoi)|ap dung (?:tu|ke tu|den|cho den)|bai bo"
    r"|thay the (?:cho )?(?:quyet dinh|thong tu|nghi (?:dinh|quyet)|cong van|van ban|quy dinh|huong dan)"
    r"|(?:co|con|het) gia tri|gia tri (?:den|tu|su dung|ke tu)|duoc sua doi"
    r"|thoi han (?:su dung|hieu luc|hop dong|bao hanh|cua giay)|han (?:su dung|dung)"
)
_TOPICS = r"tinh hinh|ke hoach (?:thuc hien|trien khai)|so (?:lieu|ca|luong|nguoi|vu)|dien bien"
_DONE = r"da(?! (?:khoa|nang|lat|lieu|dang|so|phan|chieu|nganh|muc|giac|cap)\b)"
"""`đã`, and none of the words that look like it without marks: `đa khoa`, `Đà Nẵng`, `da liễu`."""
_NOT_ASKED = (
    # What was done, what is a noun, what another asked.
    rf"\b(?:{_DONE}|vua|moi duoc)\s(?:duoc\s)?(?:\w+\s){{0,2}}?(?:{_ORDERS}|{_HANDS}|{_ACTS})"
    r"|\b(?:tinh hinh|ket qua|so lieu|ke hoach|chuong trinh|cong tac|thoi gian)\s"
    rf"(?:\w+\s){{0,2}}?(?:{_ACTS})\b"
    r"|\bsua doi,? bo sung\b|\bkinh (?:gui|trinh)\b"
    rf"|\bdu kien\s(?:\w+\s){{0,2}}?(?:{_HANDS}|{_ACTS})"
    rf"|\b(?:{_HANDS}|{_ACTS})\s(?:xong\s)?duoc\s(?:\d+|hon|gan|tren)\b"
    r"|\bse\s(?:tong hop|ban hanh|to chuc|xem xet|thong bao)"
    r"|\b(?:theo|qua|tai|trong|tu|cac|nhung|so lieu|ky|che do)\s(?:bao cao|thong bao)\b(?!\scho\b)"
    r"|\b(?:theo|dap ung|nhung|dat|xet|can cu)\s(?:yeu cau|de nghi|de xuat|dang ky)"
    r"|\b(?:noi|co quan|nguoi|ngay|(?<!ho )so|giay) (?:gui|nop|ban hanh|dang ky)\b(?! ve)"
    r"|\bto chuc (?:y te|tin dung|chinh tri|xa hoi|ca nhan|cong doan|dang(?! ky| bao| tai)|quoc te|can bo)"
)
_WITH_MARKS = (
    (
        Says.ORDER,
        r"(?<!\w)(?:(?<!được )giao(?! thông| dịch| lưu| tiếp| thừa| ban)|(?<!không )phải|hãy"
        r"|cần(?! thơ| giuộc| giờ| đước)|(?<!giấy )mời)(?!\w)",
    ),
    (
        Says.HAND,
        r"(?<!chương )(?<!quá )(?<!công )(?<!lộ )(?<!quy )(?<!tiến )(?<!hành )(?<!giáo )(?<!\w)"
        r"trình(?! độ| bày| tự| diễn| dược)(?!\w)",
    ),
    (Says.ACT, r"(?<!cuộc )(?<!buổi )(?<!phòng )(?<!kỳ )(?<!phiên )(?<!giấy mời )(?<!đã )(?<!\w)họp(?!\w)"),
    (
        Says.HAND,
        r"(?<!bầu )(?<!đề )(?<!ứng )(?<!\w)cử(?! tri| nhân| chỉ)(?!\w)|(?<!\w)(?:đóng|lấy ý kiến)(?!\w)",
    ),
)
_SIGNALS = tuple(
    (says, re.compile(pattern))
    for says, pattern in (
        (Says.ORDER, rf"\b(?:{_ORDERS})\b"),
        (Says.HAND, rf"\b(?:{_HANDS})\b"),
        (Says.ACT, rf"\b(?:{_ACTS})\b"),
        (Says.REPORT, _REPORTS),
        (Says.REPORT, rf"\b{_DONE}\b"),
        (Says.HOLD, rf"\b(?:{_HOLDS})"),
        (Says.TOPIC, rf"\b(?:{_TOPICS})\b"),
    )
)
_MARKED_SIGNALS = tuple((says, re.compile(pattern)) for says, pattern in _WITH_MARKS)
_MASKED = re.compile(_NOT_ASKED)
OF_A_STATE = re.compile(
    r"\b(?:(?<!hoc )(?<!thi )(?<!ve )(?<!khai )(?<!ho )sinh|(?:duoc|da) (?:cap|tuyen dung)|san xuat|nghi huu"
    r"|het han|nhap canh|du kien|hop dong (?:da |duoc )?ky|tiep nhan|thu ly|phat sinh|xay ra"
    r"|nghi viec)\s(?:vao\s)?(?:tu\s)?$"
)
_PAPERS = (
    r"chi dao|cong (?:van|dien)|ke hoach|quyet dinh|chi thi|thong (?:bao|tu)|nghi (?:quyet|dinh)|van ban"
    r"|giay moi|huong dan|to trinh"
)
CITES = re.compile(
    r"\W*(?:can\s?cu|xet|(?:thuc hien|theo|tiep theo|phuc dap|tra loi) (?:tinh than |y kien )?"
    rf"(?:{_PAPERS}))\b"
)
ABOUT = re.compile(r"\b(?:ve viec|v/v|ve)\b")


def list_signals(folded: str, small: str) -> list[tuple[int, Says]]:
    """What the words of a stretch of text say, left to right; the place is where each word ends.

    Args:
        folded: The text in lower case without marks, on one line.
        small: The same in lower case with its marks, letter for letter.
    """
    masked = [match.span() for match in _MASKED.finditer(folded)]
    found = [
        (match.end(), says)
        for text, signals in ((folded, _SIGNALS), (small, _MARKED_SIGNALS))
        for says, pattern in signals
        for match in pattern.finditer(text)
        if says not in ASKING or not any(a <= match.start() < b for a, b in masked)
    ]
    return sorted(found, key=lambda pair: pair[0])
