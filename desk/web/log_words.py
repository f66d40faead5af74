"""What each kind of event is called where the audit is filtered, and how its lines are told."""

from __future__ import annotations

from dataclasses import replace

from desk.web import told, told_office
from desk.web.tongue import Said, tr
from office.log import LogLine

EVENT: Said[str] = Said(
    {
        "DocumentReceived": "Nhận tệp",
        "DuplicateReceived": "Nhận tệp trùng",
        "UnreadableReceived": "Nhận tệp không mở được",
        "ArrivalCleared": "Lấy tệp khỏi thư mục nhận",
        "ReadingStarted": "Bắt đầu đọc",
        "ReadingLapsed": "Đọc dở dang",
        "DocumentRead": "Đọc xong",
        "FullTextRead": "Đọc toàn văn",
        "ReviewAsked": "Nhờ văn thư xem",
        "DocumentQuarantined": "Để riêng, không đọc được",
        "DocumentSealed": "Niêm riêng",
        "RetryAsked": "Yêu cầu đọc lại",
        "DoubtsSettled": "Xem và giữ nguyên",
        "FieldsConfirmed": "Xác nhận các ô",
        "DocumentRegistered": "Vào sổ",
        "EntryCancelled": "Huỷ số đến",
        "DocumentAssigned": "Chuyển văn bản",
        "DirectionGiven": "Ý kiến chỉ đạo",
        "NameChosen": "Chọn người theo tên",
        "DeadlinesRecounted": "Tính lại hạn",
        "LineAccepted": "Nhận việc",
        "LineHandedOn": "Giao tiếp",
        "LineReturned": "Trả lại",
        "LineReassigned": "Giao lại",
        "LineMoved": "Chuyển người giữ",
        "ExtensionAsked": "Xin gia hạn",
        "ExtensionGranted": "Đặt hạn khác",
        "ExtensionRefused": "Không gia hạn",
        "ProgressReported": "Báo tiến độ",
        "LineFinished": "Báo hoàn thành",
        "LineReopened": "Mở lại",
        "LineRead": "Đã xem để biết",
        "TasksProposed": "Đề xuất việc trong văn bản",
        "TaskAdded": "Thêm việc cho văn bản",
        "TaskTaken": "Nhận việc trong văn bản",
        "TaskDropped": "Bỏ việc trong văn bản",
        "TaskReported": "Báo cáo việc trong văn bản",
        "NoticeSent": "Gửi thông báo",
        "NoticeFailed": "Chưa gửi được thông báo",
        "NoticeWithdrawn": "Rút thông báo",
        "ReminderDue": "Nhắc hạn",
        "AlarmRaised": "Báo động quá thời hạn",
        "DocumentOpened": "Mở văn bản",
        "OriginalTaken": "Tải tệp",
        "SignedIn": "Đăng nhập",
        "SignInRefused": "Từ chối đăng nhập",
        "BookOpened": "Mở sổ",
        "OfficeNamed": "Đặt tên cơ quan",
        "UnitSaved": "Ghi đơn vị",
        "PersonSaved": "Ghi người",
        "PreferencesSet": "Đổi cách nhận thông báo",
        "FeedOpened": "Mở lịch riêng",
        "FeedClosed": "Đóng lịch riêng",
        "CalendarDaySet": "Ghi ngày vào lịch",
        "CalendarDayRemoved": "Bỏ ngày khỏi lịch",
        "RecountFinished": "Tính lại mọi hạn",
        "RulesAdopted": "Đưa quy tắc vào dùng",
        "RulesDrafted": "Lập bản nháp quy tắc",
        "RulesApproved": "Duyệt quy tắc",
        "RulesDraftDropped": "Bỏ bản nháp quy tắc",
        "SettingChanged": "Đổi thiết đặt",
        "SweepFinished": "Xong một lượt theo lịch",
        "DelegationSaved": "Ghi uỷ quyền",
        "DelegationEnded": "Thôi uỷ quyền",
        "AliasAdopted": "Chấp nhận cách viết tên",
        "AgencySaved": "Ghi cơ quan ban hành",
        "FileUploaded": "Tải bản quét lên",
        "LogVerified": "Kiểm nhật ký",
        "ProgramKeyMade": "Cấp khoá chương trình",
        "ProgramKeyRevoked": "Thu hồi khoá chương trình",
        "ProgramAsked": "Chương trình hỏi",
        "BookExported": "Xuất sổ",
    }
)
"""Every kind of event; a test holds it against the events that exist."""


def tell(one: LogLine, names: told.Names) -> told.Told:
    """A line as a sentence; of a document that its reader may not open only what kind of thing happened."""
    line = one.line
    if not one.is_open:
        hidden = told.tell_line(replace(line, event="", payload={}), names)
        return replace(
            hidden,
            text=EVENT.get(line.event, line.event).lower(),
            details=(tr("Văn bản này không mở cho bạn."),),
        )
    if (teller := told_office.TELLERS.get(line.event)) and line.document is None:
        try:
            text, details = teller(line.payload, names)
        except (KeyError, TypeError, ValueError, AttributeError):
            # A line of an older form: what kind of thing happened is still known.
            text, details = EVENT[line.event].lower(), ()
        plain = told.tell_line(replace(line, event="", payload={}), names)
        return replace(plain, text=text, details=details, event=line.event)
    return told.tell_line(line, names)
