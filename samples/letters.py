"""Invented letters, invitations and notices that the demo office receives, one function each.

`on` is the day they arrive; their own dates lie a few working days before it and their deadlines after it, so
that a demo on any day looks like an ordinary week. Agencies are real kinds of agency, people are invented.
"""

from __future__ import annotations

import datetime as dt

from samples.paper import Hand, Ink, Layout, Letterhead, Mark, Paper, Seal, Signer, Stamp
from samples.wording import read_body

PROVINCE = ("ỦY BAN NHÂN DÂN", "TỈNH TÂY NINH")
PROVINCE_SHORT = ("UBND TỈNH TÂY NINH",)
OFFICE_STAMP_NAME = ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG",)
WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


def weekday_from(on: dt.date, days: int) -> dt.date:
    """The day `days` after `on` (before, when negative), moved away from a weekend in that direction."""
    day = on + dt.timedelta(days=days)
    step = dt.timedelta(days=-1 if days <= 0 else 1)
    while day.weekday() > 4:
        day += step
    return day


def written(day: dt.date) -> str:
    """A day as running text writes it: `05/3/2024`."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def urgent_letter(on: dt.date) -> Paper:
    """A letter of the province marked KHẨN, with a dated deadline."""
    due = weekday_from(on, 6)
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            issuer=PROVINCE,
            number="2345",
            symbol="UBND-KGVX",
            place="Tây Ninh",
            date=weekday_from(on, -1),
        ),
        subject=("V/v bảo đảm an toàn thông tin mạng trong dịp nghỉ lễ",),
        addressees=(
            "Các sở, ban, ngành tỉnh;",
            "Công an tỉnh;",
            "Các doanh nghiệp viễn thông trên địa bàn tỉnh.",
        ),
        body=read_body(f"""
Thời gian gần đây, tình hình tấn công mạng nhằm vào hệ thống thông tin của các cơ quan nhà nước diễn biến
phức tạp. Để bảo đảm an toàn thông tin trong dịp nghỉ lễ, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Các sở, ban, ngành rà soát, cập nhật bản vá cho hệ thống thông tin thuộc phạm vi quản lý; phân công cán
bộ trực 24/24 giờ trong những ngày nghỉ.

2. Giao Sở Thông tin và Truyền thông chủ trì, phối hợp với Công an tỉnh kiểm tra, đánh giá mức độ an toàn
của Trung tâm tích hợp dữ liệu và Cổng thông tin điện tử tỉnh; báo cáo kết quả về Ủy ban nhân dân tỉnh
trước ngày {written(due)}.

3. Các doanh nghiệp viễn thông bảo đảm hạ tầng mạng, kịp thời xử lý sự cố khi có yêu cầu.

Yêu cầu Thủ trưởng các cơ quan, đơn vị nghiêm túc thực hiện./.
"""),
        signer=Signer(authority=("KT. CHỦ TỊCH",), title="PHÓ CHỦ TỊCH", name="Đoàn Hữu Phước"),
        recipients=(
            "Như trên;",
            "CT, các PCT UBND tỉnh;",
            "LĐVP; P.KGVX;",
            "Lưu: VT, VP UBND tỉnh.",
        ),
        typist_mark=("Tr. 15",),
        urgency=Mark(words="KHẨN", place=(42.0, 78.0), tilt_deg=-1.2),
        seal=Seal(rim="ỦY BAN NHÂN DÂN TỈNH TÂY NINH"),
    )


def invitation(on: dt.date) -> Paper:
    """An invitation with the time and place of the meeting."""
    meeting = weekday_from(on, 4)
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            parent=PROVINCE_SHORT,
            issuer=("SỞ TÀI CHÍNH",),
            number="118",
            symbol="GM-STC",
            place="Tây Ninh",
            date=weekday_from(on, -2),
        ),
        doc_type="Giấy mời",
        subject=("Họp thẩm định dự toán kinh phí", "ứng dụng công nghệ thông tin"),
        addressees=("Sở Thông tin và Truyền thông;", "Sở Xây dựng;", "Kho bạc Nhà nước tỉnh."),
        body=read_body(f"""
Sở Tài chính trân trọng kính mời đại diện lãnh đạo Quý cơ quan dự họp thẩm định dự toán kinh phí ứng dụng
công nghệ thông tin của các cơ quan hành chính trong tỉnh.

[Thời gian:] 08 giờ 00 phút, thứ {WEEKDAYS[meeting.weekday()]}, ngày {written(meeting)}.

[Địa điểm:] Phòng họp A, tầng 2, trụ sở Sở Tài chính.

[Chủ trì:] Bà Mai Thị Hồng Vân, Phó Giám đốc Sở Tài chính.

Đề nghị Sở Thông tin và Truyền thông chuẩn bị báo cáo thuyết minh và mang theo hồ sơ dự toán. Rất mong Quý
cơ quan dự họp đúng thành phần và thời gian./.
"""),
        signer=Signer(authority=("KT. GIÁM ĐỐC",), title="PHÓ GIÁM ĐỐC", name="Mai Thị Hồng Vân"),
        recipients=("Như trên;", "Ban Giám đốc Sở;", "Lưu: VT, QLNS."),
        seal=Seal(rim="TỈNH TÂY NINH", middle=("SỞ", "TÀI CHÍNH")),
    )


def notice_of_conclusions(on: dt.date) -> Paper:
    """A notice of a meeting's conclusions, with a deadline for the receiver, stamped on arrival."""
    due = weekday_from(on, 12)
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            parent=("ỦY BAN NHÂN DÂN TỈNH TÂY NINH",),
            issuer=("VĂN PHÒNG",),
            number="356",
            symbol="TB-VP",
            place="Tây Ninh",
            date=weekday_from(on, -3),
        ),
        doc_type="Thông báo",
        subject=("Kết luận của Phó Chủ tịch Ủy ban nhân dân tỉnh", "tại cuộc họp về chuyển đổi số"),
        body=read_body(f"""
Phó Chủ tịch Ủy ban nhân dân tỉnh đã chủ trì cuộc họp nghe báo cáo tiến độ thực hiện kế hoạch chuyển đổi
số của tỉnh. Sau khi nghe báo cáo và ý kiến của các đại biểu, Phó Chủ tịch Ủy ban nhân dân tỉnh kết luận:

1. Ghi nhận kết quả của các sở, ngành trong việc đưa dịch vụ công trực tuyến vào hoạt động; một số chỉ tiêu
còn chậm so với kế hoạch.

2. Giao Sở Thông tin và Truyền thông hoàn thiện dự thảo Kế hoạch phát triển hạ tầng số, gửi lấy ý kiến các
sở, ngành và trình Ủy ban nhân dân tỉnh chậm nhất ngày {written(due)}.

3. Các sở, ngành bố trí cán bộ đầu mối, phối hợp chặt chẽ với Sở Thông tin và Truyền thông.

Văn phòng Ủy ban nhân dân tỉnh thông báo để các đơn vị biết, thực hiện./.
"""),
        signer=Signer(authority=("KT. CHÁNH VĂN PHÒNG",), title="PHÓ CHÁNH VĂN PHÒNG", name="Cao Thanh Bình"),
        recipients=(
            "CT, các PCT UBND tỉnh;",
            "Các sở, ban, ngành tỉnh;",
            "LĐVP, P.KTTC;",
            "Lưu: VT, VP UBND tỉnh.",
        ),
        seal=Seal(rim="ỦY BAN NHÂN DÂN TỈNH TÂY NINH", middle=("VĂN PHÒNG",)),
        stamp=Stamp(
            agency=OFFICE_STAMP_NAME,
            number="",
            date=f"{on.day:02d}/{on.month}/{on.year % 100:02d}",
            forwarded_to=("P.CNTT; BCVT p/h",),
            ink=Ink.VIOLET,
            tilt_deg=2.2,
            place=(20.0, 45.5),
        ),
    )


def party_letter(on: dt.date) -> Paper:
    """A letter of a Party committee's board: no motto, a star, hyphen after the number.

    The board merged with the one for mass mobilisation in February 2025 and is named accordingly.
    """
    merged = on >= dt.date(2025, 3, 1)
    return Paper(
        layout=Layout.PARTY,
        head=Letterhead(
            parent=("TỈNH ỦY TÂY NINH",),
            issuer=("BAN TUYÊN GIÁO VÀ DÂN VẬN",) if merged else ("BAN TUYÊN GIÁO",),
            number="412",
            symbol="CV/BTGDVTU" if merged else "CV/BTGTU",
            place="Tây Ninh",
            date=weekday_from(on, -2),
        ),
        subject=("Về việc định hướng thông tin tháng tới",),
        addressees=("Đảng ủy Sở Thông tin và Truyền thông;", "Báo Tây Ninh, Đài Phát thanh và Truyền hình."),
        body=read_body("""
Thực hiện chương trình công tác năm của Tỉnh ủy, đề nghị các cơ quan báo chí và Sở Thông tin và
Truyền thông tập trung tuyên truyền một số nội dung trọng tâm sau:

1. Kết quả phát triển kinh tế - xã hội của tỉnh; gương người tốt, việc tốt trong phong trào thi đua yêu
nước.

2. Công tác phòng, chống thiên tai và bảo đảm an toàn giao thông trong mùa mưa.

3. Kỷ niệm các ngày lễ lớn của đất nước và của địa phương.

Đề nghị Sở Thông tin và Truyền thông chỉ đạo hệ thống đài truyền thanh cơ sở và trang thông tin điện tử của
các xã, phường thực hiện các nội dung trên; định kỳ hằng tháng gửi kết quả về Ban để tổng hợp.
"""),
        signer=Signer(authority=("K/T TRƯỞNG BAN",), title="PHÓ TRƯỞNG BAN", name="Dương Văn Lộc"),
        recipients=("Như trên;", "Thường trực Tỉnh ủy (b/c);", "Lưu Văn phòng Ban."),
        seal=Seal(
            rim="ĐẢNG BỘ TỈNH TÂY NINH",
            middle=("BAN TUYÊN GIÁO", "VÀ DÂN VẬN") if merged else ("BAN", "TUYÊN GIÁO"),
        ),
    )


def ministry_letter(on: dt.date, *, arrival_number: int | None = None) -> Paper:
    """A ministry's letter whose number and day were written by pen; TL. then KT. sign."""
    due = weekday_from(on, 15)
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            issuer=("BỘ NỘI VỤ",),
            number="3127",
            symbol="BNV-VP",
            place="Hà Nội",
            date=weekday_from(on, -5),
            number_by=Hand.PEN,
            day_by=Hand.PEN,
        ),
        subject=("V/v báo cáo công tác văn thư, lưu trữ",),
        addressees=("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương.",),
        body=read_body(f"""
Thực hiện chức năng quản lý nhà nước về văn thư, lưu trữ, Bộ Nội vụ đề nghị Ủy ban nhân dân các tỉnh, thành
phố trực thuộc Trung ương báo cáo kết quả thực hiện công tác văn thư, lưu trữ trong năm theo các nội dung:

a) Việc ban hành văn bản chỉ đạo, hướng dẫn nghiệp vụ;

b) Việc đăng ký, chuyển giao và theo dõi giải quyết văn bản đến trên hệ thống quản lý tài liệu điện tử;

c) Khó khăn, vướng mắc và kiến nghị.

Báo cáo gửi về Bộ Nội vụ trước ngày {written(due)} để tổng hợp, báo cáo Chính phủ.

Trân trọng cảm ơn./.
"""),
        signer=Signer(
            authority=("TL. BỘ TRƯỞNG", "KT. CHÁNH VĂN PHÒNG"),
            title="PHÓ CHÁNH VĂN PHÒNG",
            name="Ngô Quý Đạt",
        ),
        recipients=("Như trên;", "Bộ trưởng (để b/c);", "Cục VTLTNN;", "Lưu: VT, VP."),
        seal=Seal(rim="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", middle=("BỘ", "NỘI VỤ")),
        stamp=Stamp(
            agency=OFFICE_STAMP_NAME,
            number="" if arrival_number is None else str(arrival_number),
            date=f"{on.day}/{on.month}/{on.year}",
            forwarded_to=("VP, Đ/c Hoa",),
            tilt_deg=-2.5,
            place=(141.0, 41.0),
        ),
    )


def faxed_letter(on: dt.date) -> Paper:
    """A letter that comes by fax, black and white only."""
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            parent=PROVINCE_SHORT,
            issuer=("SỞ GIÁO DỤC VÀ ĐÀO TẠO",),
            number="1876",
            symbol="SGDĐT-VP",
            place="Tây Ninh",
            date=weekday_from(on, -1),
        ),
        subject=("V/v phối hợp triển khai đường truyền Internet cho các trường học",),
        addressees=("Sở Thông tin và Truyền thông.",),
        body=read_body("""
Để chuẩn bị cho năm học mới, Sở Giáo dục và Đào tạo đề nghị Sở Thông tin và Truyền thông phối hợp, chỉ đạo
các doanh nghiệp viễn thông khảo sát, nâng cấp đường truyền Internet cho các trường trung học phổ thông
thuộc khu vực biên giới.

Danh sách các trường và nhu cầu cụ thể được gửi kèm theo Công văn này. Kết quả khảo sát đề nghị gửi về Sở
Giáo dục và Đào tạo trong thời hạn 07 ngày làm việc kể từ ngày nhận được Công văn.

Rất mong nhận được sự phối hợp của Quý Sở./.
"""),
        signer=Signer(title="GIÁM ĐỐC", name="Lương Thị Kim Yến"),
        recipients=("Như trên;", "Ban Giám đốc;", "Lưu: VT, VP."),
        seal=Seal(rim="TỈNH TÂY NINH", middle=("SỞ GIÁO DỤC", "VÀ ĐÀO TẠO")),
    )


def plain_letter(number: int, day: dt.date) -> Paper:
    """A short letter that differs by number and day only: for load, not for looks."""
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            parent=PROVINCE_SHORT,
            issuer=("SỞ Y TẾ",),
            number=str(number),
            symbol="SYT-VP",
            place="Tây Ninh",
            date=day,
        ),
        subject=(f"V/v cung cấp số liệu kỳ {number}",),
        addressees=("Sở Thông tin và Truyền thông.",),
        body=read_body(f"""
Sở Y tế đề nghị Sở Thông tin và Truyền thông cung cấp số liệu kỳ {number} về hạ tầng viễn thông tại các
trạm y tế để tổng hợp, báo cáo Ủy ban nhân dân tỉnh./.
"""),
        signer=Signer(title="GIÁM ĐỐC", name="Thái Bá Nghĩa"),
        recipients=("Như trên;", "Lưu: VT, VP."),
        seal=Seal(rim="TỈNH TÂY NINH", middle=("SỞ", "Y TẾ")),
    )


def secret_letter(on: dt.date) -> Paper:
    """A paper with a framed MẬT: it must never be read in, only sealed aside."""
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            parent=PROVINCE_SHORT,
            issuer=("CÔNG AN TỈNH",),
            number="77",
            symbol="CAT-PV01",
            place="Tây Ninh",
            date=weekday_from(on, -1),
        ),
        subject=("V/v trao đổi thông tin",),
        addressees=("Sở Thông tin và Truyền thông.",),
        body=read_body("""
Văn bản này được vẽ để thử việc phát hiện dấu chỉ mức độ mật; nội dung không có thật.

Đề nghị Quý cơ quan phối hợp theo quy định./.
"""),
        signer=Signer(authority=("KT. GIÁM ĐỐC",), title="PHÓ GIÁM ĐỐC", name="Trịnh Công Minh"),
        recipients=("Như trên;", "Lưu: VT, PV01."),
        secrecy=Mark(words="MẬT", place=(35.0, 50.0), tilt_deg=1.5),
        seal=Seal(rim="BỘ CÔNG AN", middle=("CÔNG AN", "TỈNH TÂY NINH")),
    )
