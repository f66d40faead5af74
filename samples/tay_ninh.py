"""The plan this project was started from, drawn anew: layout of 2012, its words paraphrased.

Plan 02/KH-UBND of the People's Committee of Tây Ninh province, 03/01/2012, as it lay in the registry of the
Department of Information and Communications with arrival number 29 of 05/01/2012.
"""

from __future__ import annotations

import datetime as dt

from samples.paper import (
    Hand,
    Ink,
    Layout,
    Letterhead,
    Paper,
    Seal,
    Signer,
    Stamp,
    Wear,
)
from samples.wording import read_bases, read_body

SCANNER_WEAR = Wear(skew_deg=0.9, noise=4.0, blur=0.6, jpeg_quality=82, speckle=60, shading=0.04)


BASES = read_bases("""
Căn cứ Quyết định số 79/2010/QĐ-TTg ngày 30 tháng 11 năm 2010 của Thủ tướng Chính phủ ban hành Quy chế
quản lý nhà nước về thông tin đối ngoại;

Căn cứ Quyết định số 38/2011/QĐ-UBND ngày 24 tháng 10 năm 2011 của Ủy ban nhân dân tỉnh Tây Ninh về việc
ban hành Quy chế quản lý nhà nước về thông tin đối ngoại trên địa bàn tỉnh Tây Ninh;

Theo Văn bản số 1171/BTTTT-TTĐN ngày 22/4/2011 của Bộ Thông tin và Truyền thông về việc triển khai thực
hiện Quyết định số 79/2010/QĐ-TTg của Thủ tướng Chính phủ,
""")

BODY = read_body("""
Ủy ban nhân dân tỉnh Tây Ninh xây dựng kế hoạch thực hiện công tác thông tin đối ngoại năm 2012 trên địa
bàn tỉnh như sau:

# I. Mục đích, yêu cầu

- Nâng cao nhận thức của các cấp, các ngành về vị trí của thông tin đối ngoại; đưa công tác này đi vào
nền nếp, góp phần thực hiện đường lối đối ngoại của Đảng và Nhà nước.

- Phát huy sức mạnh của các sở, ngành, đoàn thể và doanh nghiệp trong việc giới thiệu hình ảnh Tây Ninh
với bạn bè trong nước và quốc tế.

# II. Nội dung và hình thức thực hiện

# 1. Nội dung

- Tổ chức hội nghị giao ban công tác thông tin đối ngoại 06 tháng 01 lần.

- Thông tin chủ trương của Đảng, chính sách, pháp luật của Nhà nước và những thành tựu của tỉnh ra thế
giới; quảng bá tiềm năng hợp tác và các dự án kêu gọi đầu tư vào Tây Ninh.

- Theo dõi, tổng hợp dư luận; kịp thời phản bác những thông tin sai sự thật làm ảnh hưởng đến uy tín của
địa phương.

# 2. Hình thức

- Tuyên truyền trên Báo Tây Ninh, Đài Phát thanh và Truyền hình tỉnh, Cổng thông tin điện tử tỉnh và hệ
thống truyền thanh tại các cửa khẩu.

- Phát hành tờ gấp, tập san, đĩa hình giới thiệu lịch sử, văn hóa, danh lam thắng cảnh và con người Tây
Ninh; mở lớp bồi dưỡng kiến thức về thông tin đối ngoại cho cán bộ, công chức.

# III. Tổ chức thực hiện

# 1. Sở Thông tin và Truyền thông

- Tham mưu Ủy ban nhân dân tỉnh quản lý nhà nước về thông tin đối ngoại; phối hợp với các sở, ngành và
Ủy ban nhân dân các huyện, thị xã thực hiện Kế hoạch này.

- Chủ trì, phối hợp với Ban Tuyên giáo Tỉnh ủy, Văn phòng Ủy ban nhân dân tỉnh, Sở Ngoại vụ tổ chức hội
nghị giao ban và mở lớp tập huấn, bồi dưỡng kiến thức về công tác thông tin đối ngoại.

- Phối hợp với Sở Ngoại vụ, Sở Tài chính xây dựng kinh phí thực hiện, trình Ủy ban nhân dân tỉnh xem
xét, phân bổ.

# 2. Sở Ngoại vụ

- Theo dõi, nghiên cứu dư luận báo chí nước ngoài; phối hợp quản lý phóng viên nước ngoài hoạt động trên
địa bàn tỉnh.

# 3. Ủy ban nhân dân các huyện, thị xã

- Hàng năm xây dựng kế hoạch và phân công cán bộ phụ trách; định kỳ hoặc đột xuất báo cáo tình hình về
Sở Thông tin và Truyền thông để tổng hợp, báo cáo Ủy ban nhân dân tỉnh.

Trên đây là kế hoạch thực hiện công tác thông tin đối ngoại năm 2012 trên địa bàn tỉnh, yêu cầu các sở,
ngành, đơn vị liên quan phối hợp tổ chức thực hiện./.
""")

RECIPIENTS = (
    "Bộ TT&TT;",
    "TTTU, TT.HĐND tỉnh;",
    "CT, các PCT. UBND tỉnh;",
    "Ban Tuyên giáo Tỉnh ủy;",
    "Các Sở: TTTT, Ngoại vụ, VHTTDL, Tài chính;",
    "UBND các huyện, thị xã;",
    "Lưu: VT, VP.UBND tỉnh.",
)


def tay_ninh_plan(
    *, hand: Hand = Hand.TYPED, forwarded_to: tuple[str, ...] = ("Đ/c Linh,", "Đ/c Thanh Xuân")
) -> Paper:
    """The plan with its red arrival stamp over the text.

    `hand` says how the stamp was filled in; `forwarded_to` are the lines of its cell *Chuyển*.
    """
    return Paper(
        layout=Layout.TT01,
        head=Letterhead(
            issuer=("ỦY BAN NHÂN DÂN", "TỈNH TÂY NINH"),
            number="02",
            symbol="KH-UBND",
            place="Tây Ninh",
            date=dt.date(2012, 1, 3),
        ),
        doc_type="Kế hoạch",
        subject=("Thực hiện công tác thông tin đối ngoại", "tỉnh Tây Ninh năm 2012"),
        bases=BASES,
        body=BODY,
        signer=Signer(
            authority=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), title="PHÓ CHỦ TỊCH", name="Trần Lưu Quang"
        ),
        recipients=RECIPIENTS,
        typist_mark=("(KH thông tin đối ngoại 2012)Dg", "C 70b"),
        seal=Seal(rim="ỦY BAN NHÂN DÂN TỈNH TÂY NINH"),
        stamp=Stamp(
            agency=("SỞ THÔNG TIN VÀ TRUYỀN THÔNG",),
            number="29",
            date="05/01/2012",
            forwarded_to=forwarded_to,
            hand=hand,
            ink=Ink.RED,
            tilt_deg=-1.8,
            place=(23.0, 45.5),
            file_row=None,
        ),
    )
