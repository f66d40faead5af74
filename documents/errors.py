"""Every trouble a person must act on, in one place.

The kind tells the doors what to do: `Unreadable` goes to quarantine, `Refused` and `Missing` answer the
caller, `Conflict` asks to look again, and `Unavailable` is the only one that is retried. Each error says
what happened (`message`) and what to do next (`advice`), in Vietnamese; the facts stay by name for the log.
"""

from __future__ import annotations

import hashlib
import string
from typing import Any, ClassVar

from documents.wording import STATUS_LABELS


class Trouble(Exception):
    """Base of all errors raised for people; carries its facts and survives pickling."""

    message: ClassVar[str] = "Có trục trặc."
    advice: ClassVar[str] = "Xem nhật ký hệ thống."

    def __init__(self, **facts: Any) -> None:
        wanted = {name for _, name, _, _ in string.Formatter().parse(self.message + self.advice) if name}
        if missing := wanted - facts.keys():
            raise TypeError(f"{type(self).__name__} lacks the facts {sorted(missing)}")
        self.facts = facts
        super().__init__(self.message.format(**facts))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.facts)

    @property
    def code(self) -> str:
        """A stable name for programs: `TooCoarse` → `too_coarse`."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))

    def advise(self) -> str:
        """What to do next, with the facts filled in."""
        return self.advice.format(**self.facts)


def _rebuild(kind: type[Trouble], facts: dict[str, Any]) -> Trouble:
    return kind(**facts)


class Unreadable(Trouble):
    """The file cannot become a document by itself: quarantine it, keep its bytes."""


class Refused(Trouble):
    """The request cannot be granted as it stands."""


class Missing(Trouble):
    """What was asked for is not there, or not for this person."""


class Conflict(Trouble):
    """Somebody was faster, or the state has moved on: look again."""


class Unavailable(Trouble):
    """A neighbour is away; the same call may succeed later. The only kind that is retried."""


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────


class EmptyFile(Unreadable):
    """The file holds no bytes."""

    message = "Tệp rỗng, không có nội dung."
    advice = "Quét lại văn bản rồi thả tệp mới vào thư mục nhận."


class UnknownKind(Unreadable):
    """Neither PDF, TIFF, JPEG nor PNG by its content."""

    message = "Nội dung tệp không phải PDF, TIFF, JPEG hay PNG."
    advice = "Lưu hoặc quét lại thành PDF, rồi thả vào thư mục nhận."


class Encrypted(Unreadable):
    """The PDF asks for a password."""

    message = "Tệp PDF có mật khẩu nên không đọc được."
    advice = "Xin mật khẩu của nơi gửi, mở khoá và lưu lại tệp, rồi thả bản đã mở khoá vào thư mục nhận."


class Broken(Unreadable):
    """The file is damaged or cut short."""

    message = "Tệp hỏng hoặc thiếu phần cuối: {detail}."
    advice = "Quét lại, hoặc xin nơi gửi gửi lại tệp."


class TooLarge(Unreadable):
    """More bytes than an office sends."""

    message = "Tệp lớn {size_mb} MB, vượt giới hạn {limit_mb} MB."
    advice = "Chia nhỏ tệp hoặc quét lại ở 300 dpi ảnh xám, hoặc nâng giới hạn trong thiết đặt."


class TooManyPages(Unreadable):
    """More pages than the limit."""

    message = "Tệp có {pages} trang, vượt giới hạn {limit} trang."
    advice = "Tách phụ lục thành tệp riêng rồi thả lại, hoặc nâng giới hạn trong thiết đặt."


class NoPages(Unreadable):
    """A file that opens but holds no page."""

    message = "Tệp không có trang nào."
    advice = "Quét lại văn bản, hoặc xin nơi gửi gửi lại tệp."


class PictureTooLarge(Unreadable):
    """A page picture beyond the pixel limit."""

    message = "Ảnh trang {page} có {megapixels} triệu điểm, vượt giới hạn {limit} triệu."
    advice = "Quét lại ở 300 dpi, khổ A4 hoặc A3."


class ReaderStopped(Unreadable):
    """The reader was ended because it took too long or died on this file, several times."""

    message = "Bộ đọc dừng khi đọc tệp này ({detail}), đã thử {attempts} lần."
    advice = "Mở tệp xem có bình thường không; quét lại, hoặc vào sổ bằng tay. Tệp gốc vẫn còn nguyên."


class SecretMark(Unreadable):
    """A secrecy mark was seen: the file is sealed aside, nothing read is kept."""

    message = "Trang 1 có dấu chỉ mức độ mật."
    advice = "Ngắt khỏi hệ thống: giao cho người được phân công giữ văn bản mật xử lý theo quy định."


# ── programs and neighbours ──────────────────────────────────────────────────────────────────────────────


class EngineMissing(Unavailable):
    """Tesseract or its Vietnamese data is not installed."""

    message = "Chưa có Tesseract tiếng Việt trên máy này."
    advice = "Chạy: sudo apt-get install -y tesseract-ocr tesseract-ocr-vie"


class EngineFailed(Unavailable):
    """Tesseract ended without an answer."""

    message = "Tesseract không trả kết quả: {detail}."
    advice = "Tệp còn nguyên; văn bản đã nhận sẽ được đọc lại. Nếu lặp lại, chạy: congvan doctor"


class DatabaseAway(Unavailable):
    """The registry database does not answer."""

    message = "Không mở được cơ sở dữ liệu: {detail}."
    advice = "Tệp trong thư mục nhận vẫn còn nguyên. Chạy: congvan doctor"


class MailAway(Unavailable):
    """The mail server refuses or does not answer."""

    message = "Máy chủ thư {host} không nhận: {detail}."
    advice = "Thông báo vẫn chờ trong hàng gửi và sẽ được gửi lại. Kiểm tra: congvan doctor"


class FolderAway(Unavailable):
    """The intake folder is missing, unmounted or may not be opened; nothing in it counts as deleted."""

    message = "Không mở được thư mục nhận {folder}: {detail}."
    advice = (
        "Nối lại ổ mạng hoặc cấp quyền cho thư mục này, việc nhận sẽ tự tiếp tục. Kiểm tra: congvan doctor"
    )


class StoreAway(Unavailable):
    """The store cannot be written."""

    message = "Không ghi được vào kho: {detail}."
    advice = "Tệp vẫn ở thư mục nhận. Kiểm tra ổ đĩa và quyền của thư mục kho: congvan doctor"


class NoSpace(Unavailable):
    """Not enough free space to accept a file safely."""

    message = "Ổ đĩa của kho chỉ còn {free_mb} MB trống."
    advice = "Tệp vẫn ở thư mục nhận. Giải phóng chỗ trống, việc nhận sẽ tự tiếp tục."


# ── people's requests ────────────────────────────────────────────────────────────────────────────────────


class NoSuchDocument(Missing):
    """No document by that id or register number."""

    message = "Không có văn bản {asked}."
    advice = 'Tìm bằng: congvan find "từ trong trích yếu", hoặc congvan list'


class NoOffice(Missing):
    """The folder holds no office yet."""

    message = "Chưa có cơ quan nào trong {home}."
    advice = "Tạo mới bằng: congvan init --home {home}"


class NotSignedIn(Refused):
    """Name and password do not fit."""

    message = "Tên đăng nhập hoặc mật khẩu không đúng."
    advice = "Thử lại, hoặc nhờ quản trị đặt lại mật khẩu."


class TooManyTries(Refused):
    """Too many wrong passwords in a short time, for this name or from this place."""

    message = "Đăng nhập sai quá nhiều lần."
    advice = "Đợi {minutes} phút rồi thử lại, hoặc nhờ quản trị đặt lại mật khẩu."


class NotAllowed(Refused):
    """The person's role, unit or relation to the work does not include this act."""

    message = "Bạn không làm được việc này: {why}."
    advice = "Nhờ người đang giữ việc, trưởng đơn vị, lãnh đạo hoặc văn thư làm; chưa có gì thay đổi."


class FieldMissing(Refused):
    """Registration needs a field that is empty."""

    message = "Chưa có {field}, không vào sổ được."
    advice = "Điền rồi bấm lại. Văn bản và các ô đã điền vẫn còn."


class BadDate(Refused):
    """Not a day that exists, or not written day first."""

    message = "“{given}” không phải là ngày hợp lệ."
    advice = "Viết ngày/tháng/năm, ví dụ 05/01/2012."


class NoSuchTask(Missing):
    """A task that the document does not have, or that nobody can act on any more."""

    message = "Văn bản không có việc số {task} đang chờ."
    advice = "Xem các việc: congvan tasks, hoặc mở văn bản."


class NoSuchDayOfTask(Missing):
    """A report on a day that is none of the days of the task's rule."""

    message = "Việc số {task} không có kỳ nào ngày {day}."
    advice = "Ghi ngày theo quy tắc của việc, chưa dời vì ngày nghỉ. Xem các việc: congvan tasks"


class TaskChanged(Conflict):
    """A task is no longer as the person saw it: its holder, its day, or where it stands."""

    message = "Việc số {task} vừa được người khác ghi thay đổi."
    advice = "Xem lại việc như bây giờ rồi làm tiếp nếu vẫn cần; những gì người khác đã ghi còn nguyên."


class TaskWithoutTime(Refused):
    """A task that would be due on no day, or by a day and a rule at once."""

    message = "Việc cần một hạn, hoặc một quy tắc định kỳ, không cần cả hai."
    advice = "Chọn ngày (--due 20/01/2012) hoặc quy tắc (--rule 'FREQ=MONTHLY;BYMONTHDAY=20')."


class NoSuchDay(Missing):
    """A day that the office has not entered into its calendar."""

    message = "Lịch cơ quan không ghi riêng ngày {day}."
    advice = "Xem các ngày đã ghi: congvan calendar list."


class RuleNotUnderstood(Refused):
    """Not a rule by which days come again."""

    message = "“{given}” không phải là quy tắc định kỳ đọc được."
    advice = "Viết theo RFC 5545, ví dụ FREQ=MONTHLY;BYMONTHDAY=20 (ngày 20 hằng tháng)."


class DueTooEarly(Refused):
    """A due day before the document came in."""

    message = "Hạn {due} đứng trước ngày đến {arrival}."
    advice = "Chọn ngày từ {arrival} trở đi, hoặc để trống để máy tính hạn."


class TextTooLong(Refused):
    """More text than a field of the register can be."""

    message = "{field} dài quá {most} chữ."
    advice = "Kiểm tra xem có dán nhầm cả văn bản vào ô không, rồi rút gọn và bấm lại."


class BadArrivalNumber(Refused):
    """Not a plain whole number from 1."""

    message = "“{given}” không phải là số đến."
    advice = "Số đến chỉ gồm chữ số, ví dụ 29; để trống thì lấy số kế tiếp trong sổ."


class UnknownChoice(Refused):
    """A value outside a closed list."""

    message = "{field} không có mức “{given}”."
    advice = "Chọn một trong: {known}; hoặc để trống."


class ArrivalAhead(Refused):
    """A day of arrival that has not come yet."""

    message = "Ngày đến {arrival} ở sau hôm nay ({today})."
    advice = "Xem lại ngày trên dấu đến; văn bản không thể đến sau hôm nay."


class UnknownRecipient(Refused):
    """Somebody who is not in the directory, or no longer serves."""

    message = "Không chuyển được cho “{who}”: không có trong danh bạ, hoặc không còn làm việc vào ngày đến."
    advice = "Chọn người hoặc đơn vị khác, hoặc bổ sung danh bạ: congvan people add"


class NotSure(Conflict):
    """What is asked for is unlikely or cannot be undone: it is done when the clerk says so once more."""

    message = "Xin xem lại trước khi ghi: {doubts}"
    advice = "Sửa nếu sai; nếu đúng, đánh dấu “Tôi đã xem lại” rồi bấm lần nữa."

    @property
    def token(self) -> str:
        """What an answer must carry to insist on exactly these doubts, and on no others."""
        return hashlib.sha256(str(self.facts["doubts"]).encode()).hexdigest()[:16]


class NumberTaken(Conflict):
    """That arrival number already stands in the book."""

    message = "Số đến {number}/{year} đã có trong sổ."
    advice = "Số kế tiếp là {next}. Nếu là cùng một văn bản, mở văn bản đã vào sổ và gắn bản quét này vào đó."


class NumberOutOfOrder(Conflict):
    """The arrival number is neither the next nor one held back."""

    message = "Số đến {number}/{year} không phải số kế tiếp ({next})."
    advice = (
        "Xem lại dấu đến. Nếu số đúng và lớn hơn số kế tiếp, xác nhận giữ chỗ các số ở giữa "
        "(nhiều nhất 500 số); số nhỏ hơn mà chưa có trong sổ này thì thuộc sổ giấy."
    )


class AlreadyMoved(Conflict):
    """The document is no longer in the state the request was made for."""

    message = "Văn bản đang ở trạng thái “{status}”, không làm được việc này nữa."
    advice = "Mở lại văn bản để xem ai đã làm gì; không có gì bị mất."

    def __init__(self, *, status: str) -> None:
        words = {one.value: label for one, label in STATUS_LABELS.items()}
        super().__init__(status=words.get(status, status))


class LineChanged(Conflict):
    """A recipient line is no longer as the person saw it: its state, its holder, its day, or it is gone."""

    message = "Việc này vừa đổi: nay {now}."
    advice = "Xem lại văn bản rồi làm tiếp nếu vẫn cần; những gì người khác đã ghi vẫn còn nguyên."


class AddressRefused(Refused):
    """The mail server will never take mail for this address, or the address is not one."""

    message = "Không gửi được thư tới {address}: {detail}."
    advice = "Sửa địa chỉ thư của người nhận trong danh bạ, hoặc hỏi người quản trị máy chủ thư."


class LeadNotChosen(Refused):
    """Exactly one lead is obligatory."""

    message = "Chưa chọn người hoặc đơn vị chủ trì."
    advice = "Chọn đúng một người chủ trì trong số những người được chuyển."


class RuleSlip(Refused):
    """A routing table cannot be loaded; the version in force stays in force."""

    message = "Bảng quy tắc có lỗi ở {place}: {detail}"
    advice = "Sửa rồi chạy: congvan rules check. Bản đang dùng vẫn giữ nguyên."


class NoSuchDraft(Missing):
    """No draft of the routing table under that number."""

    message = "Không có bản nháp số {draft} của bảng quy tắc."
    advice = "Xem các bản nháp: congvan rules drafts"


class DraftClosed(Conflict):
    """The draft was approved or given up meanwhile."""

    message = "Bản nháp số {draft} không còn chờ duyệt."
    advice = (
        "Xem ai đã làm gì: congvan rules drafts. Muốn sửa tiếp thì lập bản nháp mới: congvan rules draft TỆP"
    )


class OwnDraft(Refused):
    """Nobody approves a routing table of their own."""

    message = "Người lập bản nháp số {draft} không tự duyệt được; bản đang dùng vẫn giữ nguyên."
    advice = (
        "Nhờ người thứ hai (lãnh đạo hoặc quản trị) duyệt: congvan rules approve {draft} --by MÃ --from NGÀY"
    )


class SettingSlip(Refused):
    """A setting of the office cannot be understood."""

    message = "Thiết đặt {name} không hợp lệ: {detail}."
    advice = "Sửa trong {file} rồi chạy lại."
