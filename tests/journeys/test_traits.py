"""The traits of real paper, each drawn, read with Tesseract and compared with what was drawn.

A value may be asked about; it is never wrong and checked. What a trait must not spoil, a row names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from documents.reading import FieldName
from documents.text import same_tone, tidy
from office.reading import WorkshopReader, open_reader, read_file_json
from samples.electronic import save_born_digital
from samples.paper import Hand, Ink, Layout, Mark, Signer
from tests.journeys.trait_papers import (
    FAX,
    ISSUED,
    Trait,
    also,
    annexed,
    blank_first,
    every,
    followed_by,
    frame_broken,
    halved,
    in_order,
    inked,
    layered,
    letter,
    lowered,
    mirrored,
    only,
    pen_moved,
    side_by_side,
    stamp,
    stamped,
    upside_down,
    without,
)

pytestmark = [pytest.mark.tesseract, pytest.mark.fonts, pytest.mark.slow, pytest.mark.xdist_group("traits")]

NUMBER, DATE, ISSUER, SUBJECT, TYPE = (
    FieldName.NUMBER_SYMBOL,
    FieldName.DATE,
    FieldName.ISSUER,
    FieldName.SUBJECT,
    FieldName.DOC_TYPE,
)
NAME, URGENCY, SECRECY = FieldName.SIGNER_NAME, FieldName.URGENCY, FieldName.SECRECY
STAMP_NUMBER, STAMP_DATE = FieldName.ARRIVAL_NUMBER, FieldName.ARRIVAL_DATE
REFERENCES, DEADLINES = FieldName.REFERENCES, FieldName.DEADLINES
RUBBISH = ("Cftn cir Lu$t T6 chric chinh quy6n dia phuong", "S6: 9999/QD-UBND ngdy 01 thdng 01 ndm 2001") * 12


def tall(**changes: object) -> Trait:
    """A letter with a stamp of its own."""
    return Trait(paper=letter(stamp=stamp(**changes)), must=(NUMBER, DATE, ISSUER))


PEN = letter(number_by=Hand.PEN, day_by=Hand.PEN)
TRAITS = {
    # 1. handwritten number and day
    "number and day by pen": Trait(paper=PEN, must=(ISSUER, TYPE)),
    "pen number touches the colon": Trait(paper=PEN, sheets=pen_moved(-2.5), must=(ISSUER,)),
    "pen number touches the slash": Trait(paper=PEN, sheets=pen_moved(2.5), must=(ISSUER,)),
    "pen number runs over the slash into the notation": Trait(paper=PEN, sheets=pen_moved(4.0)),
    # 2. resolution, fax, two pages on a sheet
    "fax of two colours": Trait(paper=letter(), how=FAX, must=(NUMBER, DATE, ISSUER)),
    "100 dots an inch": Trait(paper=letter(), dpi=100, must=(ISSUER, DATE)),
    "two pages on one sheet": Trait(
        paper=letter(
            *(f"{n}. Đơn vị rà soát, báo cáo tình hình thực hiện công tác quản lý." for n in range(24))
        ),
        pages=side_by_side,
        must=(NUMBER, DATE, ISSUER),
    ),
    # 3. layers
    "layer of the signature panel only": Trait(
        paper=letter(),
        file=layered("Signature Not Verified", "Digitally signed by VAN THU", "Date: 2019.05.05"),
        must=(NUMBER, DATE),
    ),
    "layer of rubbish": Trait(paper=letter(), file=layered(*RUBBISH), must=(NUMBER, DATE, ISSUER)),
    # 4. what stands above the issuer
    "signature panel above the head": Trait(
        paper=letter(
            panel=(
                "Người ký: Cổng Thông tin điện tử Chính phủ",
                "Cơ quan: Văn phòng Chính phủ",
                "Thời gian ký: 20.03.2018 10:11:12 +07:00",
            )
        ),
        must=(NUMBER, DATE, ISSUER),
    ),
    "SAO Y above the head": Trait(
        paper=letter(),
        sheets=lowered(12, ("SAO Y; BỆNH VIỆN ĐA KHOA; 17/03/2018 08:12:45", 14, 9)),
        must=(NUMBER, DATE, ISSUER),
    ),
    "gazette header above the head": Trait(
        paper=letter(),
        sheets=lowered(12, ("CÔNG BÁO/Số 123 + 124/Ngày 25-3-2018", 70, 9)),
        must=(NUMBER, DATE, ISSUER),
    ),
    # 5. arrival stamps
    "stamp where the issuer should be": replace(tall(place=(28.0, 8.0)), must=(DATE,)),
    "stamp below the subject": tall(),
    "stamp over the subject": tall(place=(30.0, 58.0)),
    "stamp over the addressees": tall(place=(75.0, 70.0)),
    "stamp over the body": tall(place=(60.0, 105.0)),
    "stamp over the date": replace(tall(place=(120.0, 38.0)), must=(NUMBER, ISSUER)),
    "stamp tilted": tall(tilt_deg=7.0),
    "stamp cut by the edge": tall(place=(178.0, 90.0)),
    "stamp in black on a fax": replace(tall(ink=Ink.BLACK, pen_ink=Ink.BLACK), how=FAX),
    "stamp with a broken frame": Trait(
        paper=letter(),
        pages=stamped(stamp(), frame_broken),
        must=(NUMBER, DATE, ISSUER),
        says={STAMP_NUMBER: "512", STAMP_DATE: "2018-03-16"},
    ),
    "stamp mirrored from the back": Trait(
        paper=letter(), pages=stamped(stamp(), mirrored), must=(NUMBER, DATE, ISSUER)
    ),
    "stamp date 21/3/18": replace(tall(date="21/3/18"), says={STAMP_DATE: "2018-03-21"}),
    "stamp date 5/5": replace(tall(date="5/5"), says={STAMP_DATE: "2018-05-05"}),
    "stamp date 07/01/2025": Trait(
        paper=letter(stamp=stamp(date="07/01/2025"), date=ISSUED.replace(year=2025, month=1, day=3)),
        says={STAMP_DATE: "2025-01-07"},
        must=(NUMBER, DATE, ISSUER),
    ),
    "stamp typed": tall(hand=Hand.TYPED),
    "two stamps": Trait(
        paper=letter(stamp=stamp(place=(28.0, 92.0))),
        pages=stamped(stamp(agency=("TRUNG TÂM Y TẾ",), number="77", date="19/3/2018", place=(120.0, 92.0))),
        must=(NUMBER, DATE, ISSUER),
    ),
    # 6. who signs
    "TL. then KT.": Trait(
        paper=letter(
            signer=Signer(
                authority=("TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG"),
                title="PHÓ CHÁNH VĂN PHÒNG",
                name="Lê Thị Hoa",
            )
        ),
        must=(NAME,),
    ),
    "TM. then KT.": Trait(
        paper=letter(
            signer=Signer(
                authority=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), title="PHÓ CHỦ TỊCH", name="Đỗ Minh Tuấn"
            )
        ),
        must=(NAME,),
    ),
    "rubber-stamped name": Trait(
        paper=letter(signer=Signer(title="GIÁM ĐỐC", name="Hồ Quang Vinh")),
        sheets=without("Hồ Quang Vinh"),
        pages=inked("Hồ Quang Vinh", 150, 196, tilt_deg=2.5),
    ),
    "title stamped over a title": Trait(
        paper=letter(), pages=inked("Q. GIÁM ĐỐC", 151, 163, ink=Ink.VIOLET, size_pt=15, tilt_deg=-2.0)
    ),
    "joint signers": Trait(
        paper=letter(signer=Signer(title="GIÁM ĐỐC SỞ Y TẾ", name="Trần Văn Bình")),
        sheets=every(
            without("Nơi nhận:"),
            without("- Như trên;"),
            without("- Lưu: VT, NVY."),
            also(("GIÁM ĐỐC SỞ TÀI CHÍNH", 38, 162), ("Nguyễn Thị Lan", 48, 192), size_pt=13.5),
        ),
    ),
    # 7. annexes
    "signed before its annexes": Trait(paper=letter(), sheets=annexed, must=(NUMBER, DATE, ISSUER, NAME)),
    # 8. numbers and references
    "3176B/QĐ-SYT": Trait(
        paper=letter(
            number="3176B", symbol="QĐ-SYT", doc_type="Quyết định", subject=("Về việc thành lập Tổ kiểm tra",)
        ),
        must=(DATE, ISSUER, TYPE),
    ),
    "154/CTPH-LĐLĐ,SYT": Trait(
        paper=letter(
            number="154",
            symbol="CTPH-LĐLĐ,SYT",
            doc_type="Chương trình",
            subject=("Phối hợp công tác năm 2018",),
        ),
        must=(DATE,),
    ),
    "V.I": Trait(paper=letter(number="210", symbol="VKSTC-V.I"), must=(DATE, ISSUER)),
    "38/ĐHNN": Trait(
        paper=letter(
            number="38",
            symbol="ĐHNN",
            parent=("BỘ GIÁO DỤC VÀ ĐÀO TẠO",),
            issuer=("TRƯỜNG ĐẠI HỌC NGOẠI NGỮ",),
        ),
        must=(DATE,),
    ),
    "THPTCL2": Trait(
        paper=letter(
            number="45",
            symbol="THPTCL2",
            parent=("SỞ GIÁO DỤC VÀ ĐÀO TẠO",),
            issuer=("TRƯỜNG THPT CAI LẬY 2",),
        ),
        must=(DATE,),
    ),
    "KT&ĐBCLGD": Trait(paper=letter(number="118", symbol="KT&ĐBCLGD"), must=(DATE, ISSUER)),
    "55-TB/ĐTN": Trait(
        paper=letter(
            layout=Layout.PARTY,
            number="55",
            symbol="TB/ĐTN",
            doc_type="Thông báo",
            subject=("Kết luận hội nghị Ban Chấp hành",),
            parent=("ĐOÀN TNCS HỒ CHÍ MINH",),
            issuer=("TỈNH ĐOÀN KIÊN GIANG",),
        ),
        must=(DATE, TYPE),
    ),
    "0003/2022/CV-VOA": Trait(
        paper=letter(number="0003/2022", symbol="CV-VOA", parent=(), issuer=("HỘI Y TẾ VIỆT NAM",)),
        must=(DATE,),
    ),
    "UBND- KSTTHC": Trait(
        paper=letter(
            number="1420", symbol="UBND- KSTTHC", parent=(), issuer=("ỦY BAN NHÂN DÂN", "TỈNH KIÊN GIANG")
        ),
        must=(DATE,),
    ),
    "reference broken over a line end": Trait(
        paper=letter(),
        sheets=also(
            ("Thực hiện Kế hoạch, căn cứ Quyết định số 1479/QĐ-", 30, 225),
            ("TTg ngày 28/11/2017 và Nghị quyết số 17/", 30, 232),
            ("NQ-CP ngày 07/3/2018 của Chính phủ.", 30, 239),
            size_pt=14,
        ),
        says={REFERENCES: ["1479/QĐ-TTg", "17/NQ-CP"]},
        must=(NUMBER, REFERENCES),
    ),
    "another number in the subject": Trait(
        paper=letter(subject=("V/v trả lời Công văn số 455/SYT-NVD ngày 20/02/2018",)), must=(NUMBER, DATE)
    ),
    # 9. columns
    "columns that touch": Trait(
        paper=letter(
            parent=("ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG",),
            issuer=("VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH",),
            symbol="VP-VX",
        ),
        must=(NUMBER, DATE, ISSUER),
    ),
    # 10. marks
    "words of marks in running text": Trait(
        paper=letter(
            "Để xử lý khẩn cấp các tình huống, bảo đảm bí mật nhà nước, các đơn vị mở sổ công văn đến, ghi số "
            "đến, ngày đến và chuyển văn bản hỏa tốc, thượng khẩn theo quy định."
        ),
        must=(NUMBER, DATE, URGENCY, SECRECY),
    ),
    "framed urgency mark": Trait(
        paper=letter(urgency=Mark(words="KHẨN", place=(40.0, 74.0))), must=(NUMBER, DATE, URGENCY)
    ),
    "framed mark, slanted": Trait(
        paper=letter(urgency=Mark(words="HỎA TỐC", place=(40.0, 74.0), tilt_deg=-7.0)), must=(NUMBER, DATE)
    ),
    "slanted mark without a frame": Trait(
        paper=letter(),
        pages=inked("KHẨN", 52, 80, ink=Ink.RED, size_pt=18, tilt_deg=-9.0),
        says={URGENCY: "KHẨN"},
    ),
}


LONG = letter(*(f"{n}. Đơn vị rà soát, báo cáo tình hình thực hiện công tác quản lý." for n in range(40)))
OTHER = letter(
    "Căn cứ dự toán được giao, Sở Tài chính thông báo hạn mức kinh phí để các đơn vị thực hiện.",
    number="77",
    symbol="STC-NS",
    issuer=("SỞ TÀI CHÍNH",),
    date=ISSUED.replace(month=2, day=7),
    subject=("V/v thông báo hạn mức kinh phí",),
)
NOT_WHOLE = {
    "two documents on one sheet": (Trait(paper=letter(), pages=halved(OTHER)), "cùng trang 1 còn có"),
    "two documents side by side": (
        Trait(paper=letter(), pages=in_order(followed_by(OTHER), side_by_side)),
        "hai văn bản",
    ),
    "two documents in one file": (Trait(paper=letter(), pages=followed_by(OTHER)), "trang 2 có phần đầu"),
    "another document behind two pages": (
        Trait(paper=LONG, pages=followed_by(OTHER)),
        "trang 3 có phần đầu riêng “Số: 77/STC-NS",
    ),
    "page 1 alone": (Trait(paper=LONG, pages=only(1)), "Không thấy phần ký và nơi nhận"),
    "the back of the sheet first": (Trait(paper=letter(), pages=blank_first), "trang 1 trống"),
    "pages in the wrong order": (Trait(paper=LONG, pages=only(2, 1)), "Thứ tự trang"),
    "one whole letter": (Trait(paper=LONG), None),
    "a letter with annexes and a form": (Trait(paper=letter(), sheets=annexed), None),
    "the same page scanned twice": (Trait(paper=letter(), pages=only(1, 1)), None),
    "a page upside down": (Trait(paper=LONG, pages=upside_down(2)), None),
}
"""Papers and the doubt about the whole that they must raise, None for none."""


@pytest.fixture(scope="module")
def reader() -> Iterator[WorkshopReader]:
    with open_reader(slots=1) as opened:
        yield opened


def plain(value: object) -> object:
    """For comparing: spaces, dashes and the place of tone marks do not count; `V/v` neither."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if not isinstance(value, str):
        return value
    return same_tone(tidy(value)).casefold().removeprefix("v/v ").removesuffix(".")


def compared(reader: WorkshopReader, path: Path, trait: Trait) -> tuple[list[str], list[str]]:
    """What was checked and is wrong, and what had to be read and was not."""
    read = read_file_json(reader, path, full=True, today=ISSUED.replace(year=2026))
    assert "error" not in read
    wrong, missed = [], []
    for name, value in trait.expected().items():
        seen = read["fields"][name.value]
        is_right = plain(seen["value"]) == plain(value)
        told = f"{name.value}: drawn {value!r}, read {seen['value']!r} ({seen['reason']})"
        if seen["checked"] and not is_right:
            wrong.append(told)
        if name in trait.must and not is_right:
            missed.append(told)
    return wrong, missed


@pytest.mark.parametrize("trait", [pytest.param(trait, id=name) for name, trait in TRAITS.items()])
def test_a_trait_of_real_paper_is_read_or_asked_about(
    trait: Trait, reader: WorkshopReader, tmp_path: Path
) -> None:
    trait.save(tmp_path / "quet.pdf")
    assert compared(reader, tmp_path / "quet.pdf", trait) == ([], [])


def test_number_and_day_that_are_only_annotations_are_read(reader: WorkshopReader, tmp_path: Path) -> None:
    trait = Trait(paper=PEN, must=(NUMBER, DATE, ISSUER, TYPE))
    save_born_digital(PEN, tmp_path / "ky-so.pdf")
    assert compared(reader, tmp_path / "ky-so.pdf", trait) == ([], [])


@pytest.mark.parametrize(
    ("trait", "doubt"), [pytest.param(trait, doubt, id=name) for name, (trait, doubt) in NOT_WHOLE.items()]
)
def test_a_paper_that_is_not_one_whole_document_is_asked_about(
    trait: Trait, doubt: str | None, reader: WorkshopReader, tmp_path: Path
) -> None:
    trait.save(tmp_path / "quet.pdf")
    doubts = read_file_json(reader, tmp_path / "quet.pdf", full=True, today=ISSUED)["doubts"]
    assert [doubt is not None and doubt in one for one in doubts] == [True] * (doubt is not None)
