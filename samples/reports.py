"""Invented decisions, reports, plans and guidance that the demo office receives, one function each.

`on` is the day they arrive, as in `samples.letters`.
"""

from __future__ import annotations

import datetime as dt

from samples.letters import OFFICE_STAMP_NAME, PROVINCE, PROVINCE_SHORT, weekday_from, written
from samples.paper import Hand, Layout, Letterhead, Paper, Seal, Signer, Stamp
from samples.wording import read_bases, read_body


def decision(on: dt.date) -> Paper:
    """A decision of the province with legal bases in italics and its articles."""
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            issuer=PROVINCE,
            number="1408",
            symbol="QĐ-UBND",
            place="Tây Ninh",
            date=weekday_from(on, -4),
        ),
        doc_type="Quyết định",
        subject=("Về việc thành lập Tổ công tác rà soát", "hạ tầng thông tin di động vùng biên giới"),
        bases=read_bases("""
Căn cứ Luật Tổ chức chính quyền địa phương;

Căn cứ Luật Viễn thông số 24/2023/QH15 ngày 24 tháng 11 năm 2023;

Căn cứ Nghị định số 163/2024/NĐ-CP ngày 24 tháng 12 năm 2024 của Chính phủ quy định chi tiết một số điều của
Luật Viễn thông;

Theo đề nghị của Giám đốc Sở Thông tin và Truyền thông tại Tờ trình số 61/TTr-STTTT.
"""),
        body=read_body("""
= QUYẾT ĐỊNH:

[Điều 1.] Thành lập Tổ công tác rà soát hạ tầng thông tin di động tại các xã biên giới, gồm đại diện Sở Thông
tin và Truyền thông (Tổ trưởng), Bộ Chỉ huy Bộ đội Biên phòng tỉnh, Công an tỉnh và các doanh nghiệp viễn
thông.

[Điều 2.] Tổ công tác có nhiệm vụ khảo sát vùng lõm sóng, đề xuất vị trí xây dựng trạm thu phát và phương án
dùng chung hạ tầng; định kỳ hằng quý báo cáo kết quả với Chủ tịch Ủy ban nhân dân tỉnh. Tổ công tác tự giải
thể sau khi hoàn thành nhiệm vụ.

[Điều 3.] Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Thông tin và Truyền thông, Thủ trưởng các cơ quan,
đơn vị có liên quan và các thành viên Tổ công tác chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./.
"""),
        signer=Signer(authority=("KT. CHỦ TỊCH",), title="PHÓ CHỦ TỊCH", name="Đoàn Hữu Phước"),
        recipients=(
            "Như Điều 3;",
            "CT, các PCT UBND tỉnh;",
            "Trung tâm CB-TH;",
            "Lưu: VT, VP UBND tỉnh.",
        ),
        typist_mark=("QĐ-TCT (12b)",),
        seal=Seal(rim="ỦY BAN NHÂN DÂN TỈNH TÂY NINH"),
    )


def report(on: dt.date, *, arrival_number: int | None = None) -> Paper:
    """A department's report, number and day by pen, stamped over the addressee."""
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            parent=PROVINCE_SHORT,
            issuer=("SỞ Y TẾ",),
            number="284",
            symbol="BC-SYT",
            place="Tây Ninh",
            date=weekday_from(on, -6),
            number_by=Hand.PEN,
            day_by=Hand.PEN,
        ),
        doc_type="Báo cáo",
        subject=("Kết quả triển khai hồ sơ sức khỏe điện tử", "6 tháng đầu năm"),
        addressees=("Sở Thông tin và Truyền thông.",),
        body=read_body("""
Thực hiện đề nghị của Sở Thông tin và Truyền thông về tình hình ứng dụng công nghệ thông tin, Sở Y tế báo
cáo như sau:

# I. Kết quả thực hiện

1. Toàn tỉnh đã lập 812.450 hồ sơ sức khỏe điện tử, đạt 71,3% dân số; 9/9 bệnh viện công lập kết nối với cổng
giám định bảo hiểm y tế.

2. Đã tổ chức 14 lớp tập huấn sử dụng phần mềm cho 620 viên chức, nhân viên y tế.

# II. Khó khăn, vướng mắc

Đường truyền tại một số trạm y tế xã chưa ổn định; máy trạm đã cũ, chưa đáp ứng yêu cầu liên thông dữ liệu.

# III. Kiến nghị

Đề nghị Sở Thông tin và Truyền thông hỗ trợ đánh giá an toàn thông tin hệ thống trước khi đưa vào vận hành
chính thức./.
"""),
        signer=Signer(authority=("KT. GIÁM ĐỐC",), title="PHÓ GIÁM ĐỐC", name="Thái Bá Nghĩa"),
        recipients=("Như trên;", "Giám đốc Sở (b/c);", "Lưu: VT, KHTC."),
        seal=Seal(rim="TỈNH TÂY NINH", middle=("SỞ", "Y TẾ")),
        stamp=Stamp(
            agency=OFFICE_STAMP_NAME,
            number="" if arrival_number is None else str(arrival_number),
            date=f"{on.day:02d}/{on.month:02d}/{on.year}",
            forwarded_to=("P.CNTT",),
            tilt_deg=3.0,
            place=(20.0, 46.0),
        ),
    )


def submission(on: dt.date) -> Paper:
    """A submission from a body under the receiving office itself: its parent line is the receiver."""
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            parent=("SỞ THÔNG TIN VÀ TRUYỀN THÔNG",),
            issuer=("TRUNG TÂM CÔNG NGHỆ", "THÔNG TIN VÀ TRUYỀN THÔNG"),
            number="33",
            symbol="TTr-TTCNTT",
            place="Tây Ninh",
            date=weekday_from(on, -2),
        ),
        doc_type="Tờ trình",
        subject=("Về việc xin chủ trương thay thế thiết bị lưu trữ",),
        addressees=("Giám đốc Sở Thông tin và Truyền thông.",),
        body=read_body("""
Thiết bị lưu trữ của Trung tâm tích hợp dữ liệu tỉnh được đầu tư đã lâu, hết thời hạn bảo hành và thường
xuyên phát sinh lỗi ổ đĩa, ảnh hưởng đến hoạt động của hệ thống quản lý văn bản.

Trung tâm Công nghệ thông tin và Truyền thông kính trình Giám đốc Sở xem xét, cho chủ trương thay thế 01 thiết
bị lưu trữ từ nguồn kinh phí sự nghiệp được giao trong năm.

Kính trình Giám đốc Sở xem xét, quyết định./.
"""),
        signer=Signer(title="GIÁM ĐỐC", name="Châu Hoàng Long"),
        recipients=("Như trên;", "P.KHTC, P.CNTT;", "Lưu: VT."),
        seal=Seal(rim="SỞ THÔNG TIN VÀ TRUYỀN THÔNG", middle=("TRUNG TÂM", "CNTT&TT")),
    )


def commune_letter(on: dt.date) -> Paper:
    """A commune's letter, the kind that comes as a telephone picture."""
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            issuer=("ỦY BAN NHÂN DÂN", "XÃ TÂN HÒA"),
            number="205",
            symbol="UBND-VHXH",
            place="Tân Hòa",
            date=weekday_from(on, -3),
        ),
        subject=("V/v đề nghị sửa chữa đài truyền thanh xã",),
        addressees=("Sở Thông tin và Truyền thông.",),
        body=read_body("""
Đài truyền thanh xã Tân Hòa được đầu tư nhiều năm, đến nay 05/12 cụm loa không còn hoạt động, ảnh hưởng đến
việc thông tin, tuyên truyền tại các ấp vùng biên giới.

Ủy ban nhân dân xã Tân Hòa kính đề nghị Sở Thông tin và Truyền thông xem xét, hỗ trợ kinh phí sửa chữa và
cử cán bộ kỹ thuật hướng dẫn vận hành.

Rất mong được sự quan tâm của Quý Sở./.
"""),
        signer=Signer(
            authority=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), title="PHÓ CHỦ TỊCH", name="Nguyễn Thành Được"
        ),
        recipients=("Như trên;", "CT, các PCT UBND xã;", "Lưu: VT."),
        seal=Seal(rim="ỦY BAN NHÂN DÂN XÃ TÂN HÒA"),
    )


def inspection_plan(on: dt.date) -> Paper:
    """A plan of two pages for a fax machine's multi-page TIFF."""
    due = weekday_from(on, 20)
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            parent=PROVINCE_SHORT,
            issuer=("THANH TRA TỈNH",),
            number="19",
            symbol="KH-TTT",
            place="Tây Ninh",
            date=weekday_from(on, -5),
        ),
        doc_type="Kế hoạch",
        subject=("Thanh tra việc chấp hành pháp luật về tiếp công dân,", "giải quyết khiếu nại, tố cáo"),
        bases=read_bases("""
Căn cứ Luật Thanh tra ngày 14 tháng 11 năm 2022;

Thực hiện Quyết định số 2210/QĐ-UBND của Chủ tịch Ủy ban nhân dân tỉnh về phê duyệt kế hoạch thanh tra năm,
"""),
        body=read_body(f"""
Thanh tra tỉnh xây dựng kế hoạch thanh tra với những nội dung sau:

# I. Mục đích, yêu cầu

1. Đánh giá đúng việc chấp hành pháp luật về tiếp công dân, giải quyết khiếu nại, tố cáo của các sở, ngành;
phát hiện, chấn chỉnh những thiếu sót, kiến nghị hoàn thiện cơ chế quản lý.

2. Hoạt động thanh tra tuân thủ pháp luật, bảo đảm chính xác, khách quan, công khai, dân chủ, kịp thời; không
làm cản trở hoạt động bình thường của cơ quan được thanh tra.

# II. Phạm vi, đối tượng

1. Đối tượng: Sở Thông tin và Truyền thông, Sở Nội vụ, Sở Y tế.

2. Thời kỳ thanh tra: 02 năm gần nhất; khi cần thiết xem xét những nội dung liên quan trước và sau thời kỳ
này.

# III. Nội dung

1. Việc ban hành quy chế, bố trí địa điểm và cán bộ tiếp công dân.

2. Việc tiếp nhận, phân loại, xử lý đơn; việc mở sổ theo dõi và lưu trữ hồ sơ giải quyết.

3. Trách nhiệm của người đứng đầu trong việc tiếp công dân định kỳ và đột xuất.

4. Việc tổ chức thực hiện các quyết định giải quyết khiếu nại, quyết định xử lý hành vi bị tố cáo đã có hiệu
lực pháp luật.

# IV. Tổ chức thực hiện

1. Các cơ quan được thanh tra chuẩn bị báo cáo theo đề cương gửi kèm, gửi về Thanh tra tỉnh chậm nhất là ngày
{written(due)}.

2. Đoàn thanh tra làm việc trực tiếp tại trụ sở của các cơ quan; thời gian làm việc tại mỗi cơ quan không quá
05 ngày làm việc.

3. Phòng Nghiệp vụ 2 chủ trì, phối hợp với Văn phòng tham mưu quyết định thanh tra, bố trí phương tiện và kinh
phí theo quy định.

Trên đây là kế hoạch thanh tra, đề nghị các cơ quan, đơn vị phối hợp thực hiện./.
"""),
        signer=Signer(authority=("KT. CHÁNH THANH TRA",), title="PHÓ CHÁNH THANH TRA", name="Hà Quang Trung"),
        recipients=("Thanh tra Chính phủ;", "UBND tỉnh;", "Các Sở: TTTT, NV, YT;", "Lưu: VT, NV2."),
        seal=Seal(rim="TỈNH TÂY NINH", middle=("THANH TRA",)),
    )


def _signature_panel(agency: str, day: dt.date) -> tuple[str, ...]:
    return (
        f"Người ký: {agency}",
        "Cơ quan: Tỉnh Tây Ninh",
        f"Thời gian ký: {day:%d.%m.%Y} 15:21:07 +07:00",
    )


def guidance(on: dt.date, *, signed: bool) -> Paper:
    """Guidance that comes as an electronic document.

    `signed` is the state most such documents arrive in: number and day left open in the text and put in by
    the signing software, which is told by `Hand.PEN`.
    """
    put_in = Hand.PEN if signed else Hand.TYPED
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            parent=PROVINCE_SHORT,
            issuer=("SỞ NỘI VỤ",),
            number="61" if signed else "59",
            symbol="HD-SNV",
            place="Tây Ninh",
            date=weekday_from(on, -1),
            number_by=put_in,
            day_by=put_in,
        ),
        doc_type="Hướng dẫn",
        subject=("Lập hồ sơ công việc trong môi trường điện tử",),
        bases=read_bases("""
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư,
"""),
        body=read_body("""
Sở Nội vụ hướng dẫn các cơ quan, đơn vị lập hồ sơ công việc trong môi trường điện tử như sau:

[1. Mở hồ sơ.] Công chức được giao chủ trì mở hồ sơ theo Danh mục hồ sơ của năm ngay khi có văn bản đầu tiên.

[2. Thu thập, cập nhật.] Văn bản đến, văn bản đi và các tài liệu liên quan được đưa vào hồ sơ cùng ngày phát
sinh; ý kiến chỉ đạo của lãnh đạo là một phần của hồ sơ.

[3. Kết thúc hồ sơ.] Hồ sơ được đóng khi công việc giải quyết xong và nộp vào Lưu trữ cơ quan trong thời hạn
01 năm.

Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh về Sở Nội vụ để được giải đáp./.
"""),
        signer=Signer(authority=("KT. GIÁM ĐỐC",), title="PHÓ GIÁM ĐỐC", name="Kiều Thị Mỹ Duyên"),
        recipients=("Các sở, ban, ngành tỉnh;", "UBND các xã, phường;", "Lưu: VT, VTLT."),
        seal=Seal(rim="TỈNH TÂY NINH", middle=("SỞ", "NỘI VỤ")),
        panel=_signature_panel("Sở Nội vụ", weekday_from(on, -1)) if signed else (),
    )
