"""Who signed, by what power, and to whom the paper is addressed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import KNOWN_NAME, LETTERS_ONLY, Alphabet, SecondLook, SecondReading
from documents.names import surnames
from documents.page import Box, Source
from documents.reading import FieldName, Found
from documents.text import fold
from fields.addressees import check_addressees, find_addressees, list_addressee_looks
from fields.layout import find_layout
from fields.personal_names import is_spelled_right, mend_person, read_person
from fields.signer import SignerFinding, find_signer
from fields.signer_check import check_signer, list_signer_looks
from fields.signer_rows import person_in, rows_of, vote_for_name
from fields.signing_titles import is_damaged_power, is_deputy, list_titles, read_power, read_title
from tests.fields.paper_from_text import centred, letterhead, line, paper

COPIES = ("Nơi nhận:", "- Như trên;", "- Lưu: VT.")
NAME = "Nguyễn Văn Nam"


def signed(*right: str, name: str = NAME, source: Source = Source.OCR) -> SignerFinding:
    lines = [*letterhead(), line("Đề nghị các đơn vị thực hiện./.", 0.16, 0.4)]
    lines += [line(text, 0.14, 0.5 + 0.02 * at) for at, text in enumerate(COPIES)]
    lines += [centred(text, 0.5 + 0.02 * at, middle=0.72) for at, text in enumerate(right)]
    if name:
        lines.append(centred(name, 0.65, middle=0.72))
    whole = paper(lines, source=source)
    return find_signer(whole, find_layout(whole))


def value(found: object) -> object:
    return getattr(found, "value", None)


@pytest.mark.parametrize(
    ("block", "title", "authority"),
    [
        pytest.param(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "PHÓ GIÁM ĐỐC", "KT.", id="deputy for the head"),
        pytest.param(
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            "PHÓ CHỦ TỊCH",
            "TM.",
            id="the first of two powers",
        ),
        pytest.param(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "CHỦ TỊCH", "TM.", id="head for the body"),
        pytest.param(("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "CHÁNH VĂN PHÒNG", "TL.", id="by order"),
        pytest.param(
            ("TUQ. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ PHÁP CHẾ"), "VỤ TRƯỞNG VỤ PHÁP CHẾ", "TUQ.", id="authorised"
        ),
        pytest.param(("Q. GIÁM ĐỐC",), "GIÁM ĐỐC", "Q.", id="acting, power and office on one line"),
    ],
)
def test_a_block_tells_power_office_and_name(block: tuple[str, ...], title: str, authority: str) -> None:
    found = signed(*block)
    assert (value(found.name), value(found.title), value(found.authority)) == (NAME, title, authority)
    _, office, power = check_signer(found, ())
    assert office.checked
    assert power.checked


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        pytest.param(("GIÁM ĐỐC",), "Không thấy TM.", id="a head alone may have lost its power"),
        pytest.param(("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "suy ra", id="KT. only follows"),
        pytest.param(("KT. GIÁM ĐỐC", "GIÁM ĐỐC"), "không phải cấp phó", id="KT. over a head"),
        pytest.param(("TL. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "không thấy “KT.”", id="deputy by order"),
    ],
)
def test_power_and_office_that_do_not_agree_go_to_a_person(block: tuple[str, ...], reason: str) -> None:
    _, office, power = check_signer(signed(*block), ())
    assert (office.checked, power.checked) == (False, False)
    assert reason in (office.reason or "")


def test_a_paper_without_a_block_says_so_for_each_of_the_three() -> None:
    nowhere = paper(letterhead())
    readings = check_signer(find_signer(nowhere, find_layout(nowhere)), ())
    assert [r.name for r in readings] == [
        FieldName.SIGNER_NAME,
        FieldName.SIGNER_TITLE,
        FieldName.SIGNER_AUTHORITY,
    ]
    assert all(r.reason and not r.checked and r.value is None for r in readings)


@pytest.mark.parametrize(
    ("second", "is_checked"),
    [
        pytest.param(NAME, True, id="the same"),
        pytest.param("Nguyễn Văn Năm", False, id="another mark"),
        pytest.param("Nguyễn Văn Nga", False, id="another letter"),
        pytest.param(None, False, id="nothing seen"),
    ],
)
def test_two_readings_settle_the_name(second: str | None, is_checked: bool) -> None:
    found = signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    answers = [SecondReading(look, second, "khác") for look in list_signer_looks(found)]
    assert answers
    assert check_signer(found, answers)[0].checked is is_checked


@pytest.mark.parametrize(
    ("certificate", "is_checked"),
    [
        pytest.param(NAME, True, id="the same name"),
        pytest.param("Nguyễn Văn Năm", False, id="another mark is another name"),
        pytest.param("Trần Văn Nam", False, id="another person"),
    ],
)
def test_a_certificate_proves_only_the_very_name(certificate: str, is_checked: bool) -> None:
    printed = signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    found = SignerFinding(name=printed.name, digital=(certificate,))
    assert check_signer(found, ())[0].checked is is_checked


def test_a_name_known_from_the_certificate_alone_is_only_offered() -> None:
    name = check_signer(SignerFinding(digital=(NAME,)), ())[0]
    assert (name.value, name.checked, name.source) == (NAME, False, Source.SIGNATURE)


def test_a_mended_surname_is_never_checked() -> None:
    found = signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", name="hạm Trường Thọ")
    assert value(found.name) == "Phạm Trường Thọ"
    answers = [SecondReading(look, "Phạm Trường Thọ", "khác") for look in list_signer_looks(found)]
    assert not check_signer(found, answers)[0].checked


def again(*rows: tuple[str, ...]) -> SecondReading:
    """An answer to the look at a block whose name the page as a whole did not show."""
    look = SecondLook(FieldName.SIGNER_NAME, 1, Box(0.5, 0.5, 1, 0.8), Alphabet.NAME)
    return SecondReading(look, "\n\n".join("\n".join(row) for row in rows), "khác")


L, K = LETTERS_ONLY, KNOWN_NAME
GIANG = "Nguyễn Trúc Giang"


@pytest.mark.parametrize(
    ("row", "name", "is_checked"),
    [
        pytest.param((GIANG, GIANG, GIANG), GIANG, True, id="three ways say one name"),
        pytest.param((GIANG, GIANG), GIANG, False, id="two ways of one reader are too few"),
        pytest.param((GIANG, GIANG, f"{L}Nguyen Truc Giang"), GIANG, True, id="two, and another reader"),
        pytest.param(
            (GIANG, GIANG, GIANG, f"{L}Nguyen Tan Giang"), GIANG, False, id="another reader differs"
        ),
        pytest.param((GIANG, GIANG, GIANG, "Nguyễn Trục Giang"), GIANG, False, id="another mark"),
        pytest.param((GIANG, GIANG, GIANG, "Nguyễn Trúc Giảng"), GIANG, False, id="another mark at the end"),
        pytest.param((GIANG, GIANG, "Nguyễn Trắc Giang", f"{L}Nguyen Truc Giang"), GIANG, True, id="refuted"),
        pytest.param((GIANG, GIANG, GIANG, "Nguyễn Yấn Giang"), GIANG, True, id="no syllable, no vote"),
        pytest.param((GIANG, GIANG, GIANG, "yễn Trúc Giang"), GIANG, True, id="a part is no other name"),
        pytest.param(
            ("Trúc Giang",) * 5 + ("” 2 Trúc Giang",), None, False, id="lost surname, not one listed"
        ),
        pytest.param(
            ("Hoàng Anh",) * 5 + ("È# Hoàng Anh",), "Hoàng Anh", False, id="lost surname, listed one"
        ),
        pytest.param(("“TP. Nguyễn Trúc Giang",) * 3, GIANG, True, id="pieces of the seal before it"),
        pytest.param(("Y Hà Văn Phúc",) * 3, "Hà Văn Phúc", True, id="a stroke of the seal is no surname"),
        pytest.param(("uân đuấn", "Juấn"), None, False, id="a face like handwriting"),
        pytest.param(("PHÓ GIÁM ĐÓC",) * 5, None, False, id="a damaged office is nobody"),
        pytest.param(("NGUYỄN TRÚC GIANG",) * 3, "NGUYỄN TRÚC GIANG", True, id="in capitals"),
        pytest.param(("(đã ký)",) * 3, None, False, id="no name at all"),
        pytest.param(
            ("Le zấn Dũng", "Lê ân Dũng", f"{L}LeTan Dung", f"{L}Le Tán Dūng"),
            "Lê Tấn Dũng",
            False,
            id="letters of one reader with the marks of the other: offered only",
        ),
        pytest.param(
            ("Hoàng Anh", f"{L}Le Hoang Anh", f"{L}KIEN Le Hoang Anh"),
            "Lê Hoàng Anh",
            False,
            id="the other reader still saw the surname",
        ),
        pytest.param(
            ("2uần đuẩn", f"{K}55 Trần Tuấn Hiệp", f"{K}20 Trần Tuân Hiệp", f"{K}54 Trần Tuấn"),
            "Trần Tuấn Hiệp",
            False,
            id="script letters: the likeliest name of known syllables, offered only",
        ),
        pytest.param(
            ("lê Ánh", f"{K}50 Lê Hoàng Anh", f"{K}40 Lê Hoàng Ánh"),
            "Lê Hoàng Ánh",
            False,
            id="of two likely names the one whose marks a reader with marks has seen",
        ),
        pytest.param(
            ("Lê Minh Đúc", "Lê Minh Đúc", f"{L}Le Minh Duc", f"{K}60 Lê Minh Đức"),
            "Lê Minh Đức",
            False,
            id="two readings with marks that hardly any name has",
        ),
        pytest.param(
            (GIANG, GIANG, GIANG, f"{K}60 Nguyễn Trúc Giáng"), GIANG, True, id="three readings outweigh it"
        ),
        pytest.param(
            ("Lê Lan", f"{K}80 Lê Văn Lan", f"{K}3 Hà Lê Văn Lan", f"{K}10 Lê Văn Lân"),
            "Lê Văn Lan",
            False,
            id="a piece of the seal is hardly ever a surname",
        ),
        pytest.param((f"{K}x Lê Lan", f"{K}Lê Lan", f"{K}9 Lan"), None, False, id="likely names, damaged"),
    ],
)
def test_a_name_under_the_seal(row: tuple[str, ...], name: str | None, is_checked: bool) -> None:
    reading = check_signer(SignerFinding(page=1), [again(("GIÁM ĐỐC",), row)])[0]
    assert (reading.value, reading.checked) == (name, is_checked)
    assert reading.checked or reading.reason


@pytest.mark.parametrize(
    ("row", "name", "is_checked"),
    [
        pytest.param((NAME,), NAME, True, id="page and row agree"),
        pytest.param(("Nguyễn Văn Nấm", "Nguyễn Văn Nấm"), "Nguyễn Văn Nấm", False, id="most win, unchecked"),
        pytest.param(("Văn Nam",), NAME, False, id="a part of it says nothing"),
        pytest.param((NAME, f"{L}Nguyen Van Nga"), NAME, False, id="the other reader sees another name"),
    ],
)
def test_a_name_of_the_page_and_its_row(row: tuple[str, ...], name: str, is_checked: bool) -> None:
    found = signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    reading = check_signer(found, [again(row)])[0]
    assert (reading.value, reading.checked) == (name, is_checked)


def test_a_certificate_and_a_row_that_name_one_person_check_it() -> None:
    found = SignerFinding(digital=(GIANG,), page=1)
    assert check_signer(found, [again((GIANG,))])[0].checked
    assert not check_signer(found, [again(("Nguyễn Trục Giang",))])[0].checked


def test_a_name_known_already_is_not_looked_for_again() -> None:
    drawn = signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", source=Source.TEXT_LAYER)
    assert list_signer_looks(drawn) == ()


def test_the_place_to_look_begins_at_the_office_and_holds_the_name() -> None:
    (look,) = list_signer_looks(signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", name=""))
    assert look.alphabet is Alphabet.NAME
    assert look.box.y0 <= 0.5
    assert look.box.y1 >= 0.65
    assert look.box.x0 > 0.4


def test_an_office_that_only_the_second_reading_sees_is_offered() -> None:
    _, title, power = check_signer(
        SignerFinding(page=1), [again(("KT. GIÁM ĐỐC",), ("PHÓ GIÁM ĐỐC",), (GIANG,))]
    )
    assert (title.value, title.checked) == ("PHÓ GIÁM ĐỐC", False)
    assert (power.value, power.checked) == ("KT.", False)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["\n", "\n\n", f"\n{L}", f"\n{K}50 "]))
def test_no_answer_makes_the_check_fail(one: str, other: str, between: str) -> None:
    look = SecondLook(FieldName.SIGNER_NAME, 1, Box(0, 0, 1, 1), Alphabet.NAME)
    answer = SecondReading(look, one + between + other + between + one, "khác")
    for found in (SignerFinding(page=1), signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")):
        assert len(check_signer(found, [answer])) == 3
    assert rows_of("") == ()


@pytest.mark.parametrize(
    ("text", "person"),
    [
        pytest.param("giật ” Nguyễn Trúc Giang", GIANG, id="crumbs before"),
        pytest.param("Ngugn Hoàng Anh Thư", None, id="a damaged syllable before it belongs to it"),
        pytest.param("2 Hoàng Anh", "Hoàng Anh", id="a digit before"),
        pytest.param("ẾS Hoàng Anh", None, id="two syllables after a rest of letters"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_person_behind_pieces_of_a_seal(text: str, person: str | None) -> None:
    assert person_in(text) == person


@pytest.mark.parametrize(
    ("name", "is_right"),
    [
        pytest.param("Nguyễn Trúc Giang", True, id="ordinary"),
        pytest.param("Đoàn Thị Huỳnh Quyên", True, id="qu and uy"),
        pytest.param("Giáp Văn Giỏi", True, id="gi"),
        pytest.param("Lê Thúy Hòa", True, id="tone where it stands today"),
        pytest.param("Ty Huàng Anh", False, id="no such rime"),
        pytest.param("Lê Yấn Dũng", False, id="y before a vowel with a hat"),
        pytest.param("Lê Thị Lạc", True, id="a stop with the dot"),
        pytest.param("Lê Thị Làc", False, id="a stop with a falling tone"),
        pytest.param("Xyz Văn Nam", False, id="no surname"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_names_that_can_be_spelled_so(name: str, is_right: bool) -> None:
    assert is_spelled_right(name) is is_right


def test_votes_prefer_the_whole_name() -> None:
    votes = vote_for_name((("GIÁM ĐỐC",), ("Lê Hoàng Anh", "2 Hoàng Anh", "È Hoàng Anh")))
    assert votes.best == "Lê Hoàng Anh"


@pytest.mark.parametrize(
    ("text", "power"),
    [
        pytest.param("KT. CHỦ TỊCH", ("KT.", "CHỦ TỊCH"), id="state"),
        pytest.param("K/T CHỦ TỊCH", ("KT.", "CHỦ TỊCH"), id="Party, with a slash"),
        pytest.param("KT.CHỦ TỊCH", ("KT.", "CHỦ TỊCH"), id="no space"),
        pytest.param("T/M BAN THƯỜNG VỤ", ("TM.", "BAN THƯỜNG VỤ"), id="Party, for the body"),
        pytest.param("TUQ. GIÁM ĐỐC", ("TUQ.", "GIÁM ĐỐC"), id="not TU and Q"),
        pytest.param("Quyết định này", None, id="a word with Q"),
        pytest.param("TM bài viết", None, id="small letters"),
        pytest.param("CHỦ TỊCH", None, id="no power"),
    ],
)
def test_signing_powers(text: str, power: tuple[str, str] | None) -> None:
    assert read_power(text) == power


def test_a_damaged_power_is_seen_but_not_read() -> None:
    assert is_damaged_power("EL, HIỆU TRƯỞNG")
    assert read_power("EL, HIỆU TRƯỞNG") is None
    assert not is_damaged_power("HIỆU TRƯỞNG")


@given(st.sampled_from(list_titles()), st.sampled_from(("TM.", "KT.", "TL.", "TUQ.", "Q.")))
def test_every_office_is_read_alone_and_behind_every_power(title: str, power: str) -> None:
    office = title.upper()
    assert read_title(office) == office
    assert read_power(f"{power} {office}") == (power, office)
    assert read_title(f"{power} {office}") is None
    assert read_title(title) is None


@given(st.sampled_from(list_titles()))
def test_an_office_without_its_marks_keeps_its_rank(title: str) -> None:
    read = read_title(fold(title).upper())
    assert read is not None
    assert fold(read) == fold(title)
    assert is_deputy(read) is is_deputy(title)


@given(st.sampled_from(sorted({s for names in surnames().values() for s in names})))
def test_every_surname_begins_a_name(surname: str) -> None:
    assert read_person(f"ThS. {surname} Thị Kim Oanh") == f"{surname} Thị Kim Oanh"


@pytest.mark.parametrize("text", ["Sở Y tế", "GIÁM ĐỐC", "nguyễn văn nam", "Nguyễn", "", "Văn Phúc"])
def test_what_is_no_name(text: str) -> None:
    assert read_person(text) is None
    assert mend_person(text) is None


@pytest.mark.parametrize(
    ("then", "addressees"),
    [
        pytest.param(("Kính gửi: Các Bệnh viện.",), ["Các Bệnh viện"], id="one, on the line"),
        pytest.param(
            ("Kính gửi:", "- Sở Y tế;", "- Sở Nội vụ.", "Thực hiện Kế hoạch số 02"),
            ["Sở Y tế", "Sở Nội vụ"],
            id="several behind dashes, closed by a full stop",
        ),
        pytest.param(
            ("Kính gửi:", "- Sở Y tế", "Căn cứ Quyết định số 02"), ["Sở Y tế"], id="the body closes it"
        ),
        pytest.param(("Theo đề nghị của Sở Y tế.",), None, id="no such line"),
    ],
)
def test_addressees(then: tuple[str, ...], addressees: list[str] | None) -> None:
    assert value(find_addressees(find_layout(paper(letterhead(then=then))))) == addressees


@pytest.mark.parametrize(
    ("answer", "is_checked"),
    [
        pytest.param(f"Kính gửi: Sở Y tế.\n{L}Kinh gui: So Y t.", True, id="both see the same"),
        pytest.param(f": - Sở Y tế;\n{L}: - S Y te;", True, id="a piece of the label, a dash"),
        pytest.param(f"Sở Y tê\n{L}So Y te", False, id="a mark differs"),
        pytest.param(f"Sở Y tế\n{L}So Y t tinh", False, id="the recogniser sees more"),
        pytest.param("Sở Y tế", False, id="no recogniser on this machine"),
        pytest.param("", False, id="nothing seen"),
    ],
)
def test_addressees_are_checked_when_both_readers_see_them(answer: str, is_checked: bool) -> None:
    found = Found(["Sở Y tế"], 1, Box(0.3, 0.3, 0.6, 0.32))
    (look,) = list_addressee_looks(found)
    assert look.alphabet is Alphabet.LIST
    reading = check_addressees(found, [SecondReading(look, answer or None, "khác")], is_letter=True)
    assert reading.checked is is_checked
    assert reading.value == ["Sở Y tế"]


def test_addressees_of_the_files_own_text_are_not_read_again() -> None:
    own = Found(["Sở Y tế"], 1, Box(0.3, 0.3, 0.6, 0.32), Source.TEXT_LAYER)
    assert list_addressee_looks(own) == list_addressee_looks(None) == ()
    assert list_addressee_looks(Found(None, 1, Box(0.3, 0.3, 0.6, 0.32))) == ()


def test_a_letter_to_nobody_is_asked_about_and_a_decision_is_not() -> None:
    assert check_addressees(None, is_letter=True).reason
    assert check_addressees(None, is_letter=False).reason is None
