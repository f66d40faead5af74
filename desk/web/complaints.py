"""What a form that could not be done says above itself: the trouble, and what to do on this page."""

from __future__ import annotations

from dataclasses import dataclass

from desk.web import words
from desk.web.tongue import Said
from documents.errors import (
    DraftClosed,
    DueTooEarly,
    NoSuchDay,
    NoSuchDayOfTask,
    NoSuchTask,
    OwnDraft,
    RuleSlip,
    TaskWithoutTime,
    Trouble,
    UnknownRecipient,
)
from office import delegations, drafts, feed, passwords, preferences, staff

ADVICE: Said[type[Trouble]] = Said(
    {
        staff.IdTaken: "Chọn mã khác, hoặc mở trang của người đang mang mã ấy để sửa.",
        staff.BadAddress: "Ghi một địa chỉ như linh@coquan.gov.vn, hoặc bỏ trống.",
        staff.LastAdministrator: "Cho một người khác làm quản trị trước, rồi làm lại.",
        staff.NoSuchPerson: "Chọn lại người trong danh bạ.",
        staff.NoSuchUnit: "Chọn lại đơn vị, hoặc thêm đơn vị trước.",
        delegations.BadDelegation: "Sửa rồi ghi lại; những uỷ quyền đã có nằm ngay trên trang này.",
        delegations.NoSuchDelegation: "Mở lại trang của người uỷ quyền.",
        passwords.WeakPassword: "Chọn mật khẩu khác. Mật khẩu cũ vẫn dùng được.",
        preferences.NoSuchHour: "Viết giờ:phút, ví dụ 07:30; bỏ trống là theo giờ của cơ quan.",
        feed.NoSuchFeed: "Tạo một địa chỉ mới trên trang cá nhân.",
        TaskWithoutTime: "Ghi một ngày hạn cho việc làm một lần; việc định kỳ thì chọn kỳ và ngày trong kỳ.",
        DueTooEarly: "Chọn từ hôm nay trở đi.",
        NoSuchTask: "Xem lại danh sách việc như bây giờ; việc ấy có thể đã xong.",
        NoSuchDayOfTask: "Chọn một kỳ trong danh sách.",
        UnknownRecipient: "Chọn lại người đang làm việc trong danh bạ.",
        NoSuchDay: "Mở lại lịch của năm: ngày ấy có thể đã được bỏ.",
        OwnDraft: "Nhờ người thứ hai (lãnh đạo hoặc quản trị) duyệt trên trang này.",
        DraftClosed: "Xem lại danh sách bản nháp; soạn bản mới nếu vẫn cần.",
        RuleSlip: "Sửa chỗ nêu trên rồi kiểm tra lại. Bản đang dùng vẫn giữ nguyên.",
        drafts.DryRunUnseen: "Xem kết quả chạy thử mới bên dưới rồi duyệt lại.",
        drafts.EffectiveTooEarly: "Chọn từ hôm nay trở đi; văn bản đã chuyển giữ bản quy tắc đã dùng cho nó.",
        drafts.ReasonMissing: "Ghi lý do rồi bấm lại.",
        drafts.NoSuchVersion: "Chọn một bản trong danh sách.",
        drafts.NoDraftWaits: "Lập một bản nháp trước.",
    }
)
"""Advice for readers of pages where the error's own names a command."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What happened and what to do next, in the language of the answer."""

    what: str
    advice: str


def complaint_of(trouble: Trouble | None) -> Complaint | None:
    """What to say above the form; None when there is nothing to complain of."""
    if trouble is None:
        return None
    own = "" if "congvan " in type(trouble).advice else words.advice(trouble)
    return Complaint(words.complaint(trouble), ADVICE.get(type(trouble)) or own)
