"""Type of document and subject."""

from __future__ import annotations

import pytest

from documents.looks import SecondReader, SecondReading
from documents.page import Box, Line, Region, RegionKind, Source, Word
from documents.reading import FieldName, FieldReading
from fields.doc_type import TypeFinding, check_type, find_type, type_by_notation
from fields.layout import find_layout
from fields.marks import (
    begins_addressees,
    begins_letter_subject,
    find_run,
    is_capitals,
    is_date_line,
    is_day_word,
    is_number_label,
    is_rule,
    is_speckle,
    trim_noise,
)
from fields.notation import split_groups
from fields.subject import SubjectFinding, check_subject, find_subject, list_subject_looks
from fields.type_names import list_abbreviations, list_type_names, spell_abbreviation, types_of
from fields.verdict import checked, doubted
from tests.fields.paper_from_text import letterhead, line, paper, words

# ── landmarks ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("Số: 02/KH-UBND", True, id="as printed"),
        pytest.param("Só:#45/GM-UBND", True, id="mark misread"),
        pytest.param("S6: 12/QĐ", True, id="digit for the letter"),
        pytest.param("Sô : 0 /TB", True, id="space before the colon"),
        pytest.param("Só2624 /QĐ", True, id="joined to the digits"),
        pytest.param("Số 12-CV/TU", True, id="no colon"),
        pytest.param("Số   /TB-UBND", True, id="blank, no colon"),
        pytest.param("SỞ Y TẾ", False, id="a department"),
        pytest.param("Sóc Trăng", False, id="a province"),
    ],
)
def test_the_number_label_is_known_and_a_department_is_not(text: str, label: bool) -> None:
    assert is_number_label(text) is label


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày", True),
        ("ngày30", True),
        ("ngàM44.", True),
        (".ngày", True),
        ("Ngãi,", False),
        ("Nguyễn", False),
    ],
)
def test_the_word_for_day_is_told_from_names(text: str, day: bool) -> None:
    assert is_day_word(text) is day


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Tây Ninh, ngày 03 tháng 01 năm 2012", True),
        ("Bến Tre, ngàM44. tháng 12 năm 201]", True),
        ("ngày   tháng 3", True),
        ("Hà Nội, ngày 04 ránc ©. năm 2022", True),
        ("Nghị quyết số 42/NQ-CP ngày 09/4/2020", False),
        ("từ ngày ký cho đến hết năm sau", False),
        ("Độc lập - Tự do - Hạnh phúc", False),
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", False),
    ],
)
def test_date_lines_are_known(text: str, date: bool) -> None:
    assert is_date_line(text) is date


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        pytest.param("V/v báo cáo", True, id="as printed"),
        pytest.param("'V/v bảo cáo", True, id="a crumb before"),
        pytest.param("V/V báo cáo", True, id="both capitals"),
        pytest.param("V/ triển khai", True, id="second letter lost"),
        pytest.param("J⁄⁄v: Cử", True, id="first letter misread"),
        pytest.param("Về việc xây dựng", True, id="in full"),
        pytest.param("Vv báo cáo", True, id="without the slash"),
        pytest.param("VA: Cử sinh viên", True, id="slash and second letter run together"),
        pytest.param("A:: Cử sinh viên", True, id="and the first lost"),
        pytest.param("J⁄4v: Cử sinh viên", True, id="slash doubled into a digit"),
        pytest.param("4 Cử sinh viên", False, id="a digit without the colon"),
        pytest.param("Văn phòng", False, id="an office"),
        pytest.param("Vì vậy", False, id="running text"),
    ],
)
def test_the_start_of_a_letters_subject_is_known(text: str, begins: bool) -> None:
    assert begins_letter_subject(text) is begins


@pytest.mark.parametrize(
    ("text", "begins"),
    [("Kính gửi:", True), ("Kinh gửi: Các", True), (". Kính gửi", True), ("Kính mời", False)],
)
def test_addressees_are_known_by_their_greeting(text: str, begins: bool) -> None:
    assert begins_addressees(text) is begins


@pytest.mark.parametrize(
    ("text", "capitals", "rule", "speckle"),
    [
        ("SỞ Y TẾ", True, False, False),
        ("Sở Y tế", False, False, False),
        ("————", False, True, True),
        ("À .^A .À Lá ˆ £", False, False, True),
        ("", False, True, False),
    ],
)
def test_kinds_of_lines_are_told_apart(text: str, capitals: bool, rule: bool, speckle: bool) -> None:
    assert (is_capitals(text), is_rule(text), is_speckle(text)) == (capitals, rule, speckle)


def test_the_likest_run_of_words_is_found() -> None:
    run = find_run(
        words("UBND TỈNH CỘNG HOÀ XÃ HỌI CHỦ NGHĨA VIỆT NAM .", 0.1, 0.1),
        (("cong hoa xa hoi chu nghia viet nam", 70),),
    )
    assert run is not None
    assert (run.start, run.end) == (2, 10)
    assert find_run(words("UBND TỈNH", 0.1, 0.1), (("doc lap tu do hanh phuc", 70),)) is None


def test_crumbs_are_trimmed_from_the_ends_only() -> None:
    trimmed = trim_noise(line(". - SỞ & Y TẾ ~ ý1", 0.1, 0.1), capitals=True)
    assert trimmed is not None
    assert trimmed.text == "SỞ & Y TẾ"
    assert trim_noise(line(". -", 0.1, 0.1)) is None
    doubtful = trim_noise(line("Ề Phó", 0.1, 0.1, confidence=40.0))
    assert doubtful is not None
    assert doubtful.text == "Phó"


# ── names of types ───────────────────────────────────────────────────────────────────────────────────────


def test_titles_are_canonical_and_letters_have_none() -> None:
    names = list_type_names()
    assert {"Kế hoạch", "Quyết định", "Thông tư liên tịch", "Thư mời"} <= set(names)
    assert "Công văn" not in names
    assert not [name for name in names if "(" in name]


@pytest.mark.parametrize(
    ("abbreviation", "names"),
    [
        pytest.param("KH", {"Kế hoạch"}, id="one"),
        pytest.param("qd", {"Quyết định", "Quy định"}, id="marks and case aside; the party's QĐ is both"),
        pytest.param("UBND", set(), id="an agency"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_abbreviations_name_types(abbreviation: str, names: set[str]) -> None:
    assert types_of(abbreviation) == names


def test_abbreviations_are_spelled_officially() -> None:
    assert spell_abbreviation("TTR", "Tờ trình") == "TTr"
    assert spell_abbreviation("QD", "Quyết định") == "QĐ"
    assert spell_abbreviation("XX", "Quyết định") == "XX"
    assert "TTr" in list_abbreviations()


# ── type ─────────────────────────────────────────────────────────────────────────────────────────────────


def type_of(
    number: str, *, under: tuple[str, ...] = (), title: str | None = None, then: str = "Căn cứ Luật"
) -> TypeFinding | None:
    lines = letterhead(
        number=number, under=under, title=title, subject=("Phát triển",) if title else (), then=(then,)
    )
    return find_type(find_layout(paper(lines)))


@pytest.mark.parametrize(
    ("number", "under", "title", "then", "name", "told_by", "is_checked"),
    [
        pytest.param("Số: 2/KH-SYT", (), "KẾ HOẠCH", "Căn cứ Luật", "Kế hoạch", "title", True, id="title and notation"),
        pytest.param("Số: 2/KH-SYT", (), "BÁO CÁO", "Căn cứ Luật", "Báo cáo", "title", False, id="notation of another type"),
        pytest.param("Số: 2/SYT-NVD", ("V/v báo cáo",), None, "Kính gửi: Các sở", "Công văn", "letter", True, id="letter"),
        pytest.param("Số: 2/CT-TTHT", ("V/v hoàn thuế",), None, "Kính gửi: Công ty", "Công văn", "letter", True, id="a letter whatever the notation"),
        pytest.param("Số: 2/KH-SYT", ("V/v báo cáo",), None, "Kính gửi: Các sở", "Công văn", "letter", False, id="a letter numbered as a plan"),
        pytest.param("Số: 2/SYT-NVD", (), None, "Kính gửi: Các sở", "Công văn", "greeting", False, id="only a greeting"),
        pytest.param("Số: 29", ("V/v báo cáo",), None, "Kính gửi: Các sở", "Công văn", "letter", False, id="notation not read"),
    ],
)  # fmt: skip
def test_the_layout_tells_the_type_and_the_notation_bears_it_out(
    number: str,
    under: tuple[str, ...],
    title: str | None,
    then: str,
    name: str,
    told_by: str,
    is_checked: bool,
) -> None:
    finding = type_of(number, under=under, title=title, then=then)
    assert finding is not None
    assert (finding.name, finding.told_by) == (name, told_by)
    notation = number.split("/")[1] if "/" in number else None
    assert check_type(finding, split_groups(notation)).checked is is_checked


def test_a_silent_layout_tells_no_type() -> None:
    assert type_of("Số: 2/KH-SYT") is None
    assert find_type(find_layout(paper())) is None
    assert check_type(None, ()).reason == "Không thấy tên loại văn bản, cũng không thấy V/v."


@pytest.mark.parametrize(
    ("notation", "name"),
    [
        pytest.param("KH-UBND", "Kế hoạch", id="one type"),
        pytest.param("QĐ-UBND", None, id="two types"),
        pytest.param("KH", None, id="no agency after it"),
        pytest.param("UBND-VX", None, id="a letter"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_the_notation_alone_is_a_hint(notation: str | None, name: str | None) -> None:
    finding = type_by_notation(split_groups(notation))
    assert (finding.name if finding else None) == name
    if finding:
        assert finding.found.source is Source.INFERRED
        assert not check_type(finding, split_groups(notation)).checked


# ── subject ──────────────────────────────────────────────────────────────────────────────────────────────


def subject_of(lines: list[Line], *regions: Region) -> SubjectFinding | None:
    page = paper(lines, regions=regions)
    return find_subject(page, find_layout(page))


def plan(*subject: str, then: tuple[str, ...] = ("Căn cứ Luật",)) -> list[Line]:
    return letterhead(number="Số: 2/KH-SYT", under=(), title="KẾ HOẠCH", subject=subject, then=then)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(
            plan("Thực hiện công tác đối ngoại", "năm 2012"),
            "Thực hiện công tác đối ngoại năm 2012",
            id="two lines",
        ),
        pytest.param(letterhead(), "V/v báo cáo tình hình thực hiện gói thầu cung ứng thuốc.", id="letter"),
        pytest.param(
            letterhead(under=("J⁄⁄v: Cử sinh viên",)), "V/v: Cử sinh viên", id="first letter misread"
        ),
        pytest.param(letterhead(under=("Về việc xây dựng",)), "Về việc xây dựng", id="in full"),
        pytest.param(plan(",Vềviệc triển khai"), "Về việc triển khai", id="run together"),
        pytest.param(plan("Vẽ việc tổ chức"), "Về việc tổ chức", id="mark misread"),
        pytest.param(plan("và việc tổ chức"), "Về việc tổ chức", id="another word misread"),
        pytest.param(plan("VỀ VIỆC TỔ CHỨC"), "VỀ VIỆC TỔ CHỨC", id="in capitals, as printed"),
        pytest.param(plan("VẼ VIỆC TỔ CHỨC"), "VỀ VIỆC TỔ CHỨC", id="mark misread in capitals"),
        pytest.param(plan("Phòng , chống dịch"), "Phòng, chống dịch", id="space before a comma"),
    ],
)
def test_subjects_are_joined_and_begin_as_printed(lines: list[Line], text: str) -> None:
    finding = subject_of(lines)
    assert finding is not None
    assert finding.found.value == text


def test_a_subject_read_once_is_never_checked_however_clear() -> None:
    reading = check_subject(subject_of(plan("Phát triển")), (), title_seen=True)
    assert (reading.checked, reading.reason) == (False, "Trích yếu mới đọc được một lần.")


def test_a_subject_read_twice_alike_with_its_end_is_checked() -> None:
    finding = subject_of(letterhead())
    assert finding is not None
    reading = check_subject(
        finding, second(finding, *(each.text for each in finding.lines)), title_seen=False
    )
    assert reading.checked
    assert reading.evidence[0] == "Trích yếu bắt đầu bằng V/v."


def stamp(kind: RegionKind = RegionKind.ARRIVAL_STAMP) -> Region:
    target = next(each for each in plan("Phát triển") if each.text == "Phát triển").box
    return Region(kind, Box(target.x0, target.y0, target.x0 + 0.05, target.y1 + 0.1))


@pytest.mark.parametrize(
    ("finding", "reason"),
    [
        pytest.param(None, "Không thấy", id="nothing"),
        pytest.param(subject_of(plan("Phát triển", then=())), "kết thúc", id="end not seen"),
        pytest.param(subject_of(plan("Phát triển"), stamp()), "đè lên", id="a stamp over it"),
        pytest.param(
            subject_of(
                [Line(tuple(Word(w.text, w.box, 40.0) for w in each.words)) for each in plan("Phát triển")]
            ),
            "chưa rõ",
            id="words in doubt",
        ),
    ],
)
def test_a_subject_in_doubt_goes_to_a_person(finding: SubjectFinding | None, reason: str) -> None:
    reading = check_subject(finding, (), title_seen=True)
    assert not reading.checked
    assert reason in (reading.reason or "")


WIDE = "Phát triển du lịch tỉnh Tây Ninh đến năm 2030"
TWO_LINES = ("Phát triển du lịch", "tỉnh Tây Ninh")


def second(finding: SubjectFinding | None, *texts: str | None) -> list[SecondReading]:
    """What the second reader says of each line."""
    looks = [look for look in list_subject_looks(finding) if look.row]
    return [SecondReading(look, text, SecondReader.AGAIN) for look, text in zip(looks, texts, strict=True)]


@pytest.mark.parametrize(
    ("again", "is_checked"),
    [
        pytest.param(TWO_LINES, True, id="the same"),
        pytest.param(("Phát triển du lịch .", "Tỉnh Tây  Ninh"), True, id="signs, spaces and capitals aside"),
        pytest.param(("Phát triên du lịch", "tỉnh Tây Ninh"), False, id="one mark differs"),
        pytest.param(("Phát triển du lịch", None), False, id="a line not seen again"),
    ],
)
def test_under_a_stamp_two_readings_that_agree_settle_the_subject(
    again: tuple[str | None, ...], is_checked: bool
) -> None:
    lines = plan(*TWO_LINES)
    over = Region(RegionKind.ARRIVAL_STAMP, next(each for each in lines if each.text == TWO_LINES[0]).box)
    finding = subject_of(lines, over)
    reading = check_subject(finding, second(finding, *again), title_seen=True)
    assert reading.checked is is_checked
    assert is_checked or "đè lên" in (reading.reason or "")


@pytest.mark.parametrize(
    "again",
    [
        pytest.param("Phát triển du kích", id="another word"),
        pytest.param("Phát triển du lịch 2", id="a number only one has"),
        pytest.param("Phát triển lịch", id="a word only one has"),
    ],
)
def test_two_readings_that_differ_are_shown_though_every_word_is_clear(again: str) -> None:
    finding = subject_of(plan(*TWO_LINES))
    reading = check_subject(finding, second(finding, again, TWO_LINES[1]), title_seen=True)
    assert not reading.checked
    assert again in (reading.reason or "")


@pytest.mark.parametrize(
    ("first", "again", "kept"),
    [
        pytest.param(
            "Phát triển du lịch", "Phát triên du lịch", "Phát triển du lịch", id="both can be spelled so"
        ),
        pytest.param("Quyềt định du lịch", "Quyết định du lịch", "Quyết định du lịch", id="one cannot"),
    ],
)
def test_two_readings_that_differ_in_marks_alone_agree_and_the_better_spelled_word_stays(
    first: str, again: str, kept: str
) -> None:
    finding = subject_of(plan(first, TWO_LINES[1]))
    reading = check_subject(finding, second(finding, again, TWO_LINES[1]), title_seen=True)
    assert reading.checked
    assert str(reading.value).startswith(kept)
    assert "hai lần đọc giống nhau" in " ".join(reading.evidence)


@pytest.mark.parametrize(
    ("line", "is_checked"),
    [
        pytest.param("năm 2010 a Thủ tướng Chính phủ", False, id="a stamp left a letter of a word"),
        pytest.param("sửa điểm a khoản 2 Điều 5", True, id="a letter that is a name"),
        pytest.param("y tế cơ sở", True, id="a word of one letter"),
        pytest.param("phòng cúm A", True, id="a capital"),
    ],
)
def test_the_rest_of_a_covered_word_is_a_doubt_though_read_twice(line: str, is_checked: bool) -> None:
    finding = subject_of(plan("Phát triển", line))
    reading = check_subject(finding, second(finding, "Phát triển", line), title_seen=True)
    assert reading.checked is is_checked
    assert is_checked or "một phần" in (reading.reason or "")


@pytest.mark.parametrize(
    ("line", "is_checked"),
    [
        pytest.param("Cải cách thủ tục hành chính", True, id="Vietnamese"),
        pytest.param("Cải cách thủ tục hàhñ chính", False, id="no letter of ours"),
        pytest.param("Cải cách thủ tục hànhh chính", False, id="no syllable"),
        pytest.param("Cải cách thủ tuc hành chính", False, id="no tone before c"),
        pytest.param("Cải cách thu tục hành chính", True, id="a lost mark that makes another syllable"),
        pytest.param("Phát triển cà phê tại Đắk Lắk, Krông Nô", True, id="names are written in many ways"),
        pytest.param("Triển khai e-Office và Internet", True, id="words of other languages bear no marks"),
    ],
)
def test_a_small_word_that_is_no_syllable_is_a_doubt_though_read_twice(line: str, is_checked: bool) -> None:
    finding = subject_of(plan(line))
    reading = check_subject(finding, second(finding, line), title_seen=True)
    assert reading.checked is is_checked
    assert is_checked or "không thành tiếng Việt" in (reading.reason or "")


@pytest.mark.parametrize(
    ("line", "issuer", "value", "asked"),
    [
        pytest.param(
            "số lượng hộ sinh tại các cơ sở y tê",
            "SỞ Y TẾ",
            "số lượng hộ sinh tại các cơ sở y tế",
            None,
            id="a tone lost in words of the issuer's name comes back",
        ),
        pytest.param("các cơ sở y tê", "SỞ NỘI VỤ", "các cơ sở y tê", "y tế", id="of another's: asked"),
        pytest.param("các cơ sở y tề", "SỞ Y TẾ", "các cơ sở y tề", "y tế", id="another tone: asked"),
        pytest.param(
            "từ vấn đề y tế công cộng", "SỞ Y TẾ", "từ vấn đề y tế công cộng", None, id="other words"
        ),
        pytest.param("phục vụ công chúng", "SỞ TƯ PHÁP", "phục vụ công chúng", None, id="another letter"),
    ],
)
def test_a_tone_unlike_a_known_phrase_is_asked_though_all_readings_have_it(
    line: str, issuer: str, value: str, asked: str | None
) -> None:
    finding = subject_of(plan("Phát triển", line))
    named = FieldReading(name=FieldName.ISSUER, value=issuer, checked=True)
    reading = check_subject(finding, second(finding, "Phát triển", line), title_seen=True, issuer=named)
    assert reading.checked is (asked is None)
    assert reading.value == f"Phát triển {value}"
    assert asked is None or f"“{asked}”" in (reading.reason or "")


@pytest.mark.parametrize(
    ("shift", "stamp_beside", "is_checked"),
    [
        pytest.param(0.0, True, True, id="in the middle, a stamp at its height"),
        pytest.param(0.03, False, True, id="a little off, nothing beside it"),
        pytest.param(0.03, True, False, id="a little off, and a stamp that may cover words"),
        pytest.param(0.08, False, False, id="far off, whatever was seen beside it"),
    ],
)
def test_a_line_off_the_middle_has_lost_words(shift: float, stamp_beside: bool, is_checked: bool) -> None:
    lines = [
        Line(tuple(Word(w.text, moved(w.box, shift), w.confidence) for w in each.words))
        if each.text == WIDE
        else each
        for each in plan(WIDE)
    ]
    at = next(each for each in lines if each.text == WIDE).box
    beside = Region(RegionKind.ARRIVAL_STAMP, Box(at.x0 - 0.2, at.y0 - 0.05, at.x0 - 0.01, at.y1 + 0.05))
    finding = subject_of(lines, *([beside] if stamp_beside else []))
    reading = check_subject(finding, second(finding, WIDE), title_seen=True)
    assert reading.checked is is_checked
    assert is_checked or "lệch khỏi giữa" in (reading.reason or "")


def test_a_centred_line_that_reaches_the_margin_of_a_short_body_is_subject() -> None:
    long = "tư số 27/2020/TT-BGDĐT về đánh giá học sinh tiểu học"
    finding = subject_of(plan("Về việc góp ý dự thảo Thông tư sửa đổi Thông", long, then=("Căn cứ.",)))
    assert finding is not None
    assert [line.text for line in finding.lines][1:] == [long]


def moved(box: Box, x: float) -> Box:
    return Box(box.x0 + x, box.y0, box.x1 + x, box.y1)


def test_a_row_that_two_readings_differ_on_is_settled_by_more_readers() -> None:
    finding = subject_of(plan("Báo cáp nhanh số ệu", "năm 2017"))
    first, other = (look for look in list_subject_looks(finding) if look.row)
    answers = [
        SecondReading(first, "Báo cáo nhanh số liệu", SecondReader.AGAIN),
        SecondReading(first, "Báo cáo nhanh số liệu", SecondReader.BLOCK),
        SecondReading(first, "Báo cáo nhanh s liu", SecondReader.ROW),
        SecondReading(other, "năm 2017", SecondReader.AGAIN),
    ]
    reading = check_subject(finding, answers, title_seen=True)
    assert (reading.checked, reading.value) == (True, "Báo cáo nhanh số liệu năm 2017")


@pytest.mark.parametrize(
    ("text", "is_checked"),
    [
        pytest.param("tố cáo 6 tháng đầu năm", False, id="a line that the first reading passed over"),
        pytest.param("—— _", True, id="the rule under a subject"),
        pytest.param("số e", True, id="one word is dirt"),
        pytest.param(None, True, id="nothing"),
    ],
)
def test_a_line_left_unread_below_the_subject_is_a_doubt(text: str | None, is_checked: bool) -> None:
    finding = subject_of(plan("Phát triển"))
    (below,) = [look for look in list_subject_looks(finding) if look.row is None]
    answers = [*second(finding, "Phát triển"), SecondReading(below, text, SecondReader.AGAIN)]
    reading = check_subject(finding, answers, title_seen=True)
    assert reading.checked is is_checked
    assert is_checked or "chưa đọc được" in (reading.reason or "")


def test_where_a_stamp_or_the_next_line_leaves_no_room_nothing_is_looked_for_below() -> None:
    lines = plan("Phát triển")
    at = next(each for each in lines if each.text == "Phát triển").box
    stamp_below = Region(RegionKind.ARRIVAL_STAMP, Box(at.x0 - 0.2, at.y1 + 0.01, at.x1, at.y1 + 0.1))
    assert all(look.row for look in list_subject_looks(subject_of(lines, stamp_below)))
    close = [*lines, line("Kính gửi: Các sở", at.x0, at.y1 + 0.005)]
    assert all(look.row for look in list_subject_looks(subject_of(close)))


def test_rubbish_below_the_subject_may_be_a_line_of_it_and_is_looked_at() -> None:
    lines = plan("Phát triển")
    at = next(each for each in lines if each.text == "Phát triển").box
    rubbish = line("—+Ä4LL322.. 9", at.x0, at.y1 + 0.003, confidence=7.0)
    assert [look for look in list_subject_looks(subject_of([*lines, rubbish])) if look.row is None]


def test_the_files_own_text_is_not_read_again() -> None:
    own = [Line(tuple(Word(w.text, w.box, None) for w in each.words)) for each in plan("Phát triển")]
    assert list_subject_looks(subject_of(own)) == ()


def test_words_of_the_files_own_text_are_clear_and_mere_letters_are_not() -> None:
    own = [Line(tuple(Word(w.text, w.box, None) for w in each.words)) for each in plan("Phát triển")]
    assert check_subject(subject_of(own), (), title_seen=True).checked
    assert not check_subject(subject_of(plan("A B")), (), title_seen=True).checked


def test_set_aside_lines_over_the_subject_are_noticed() -> None:
    page = paper(plan("Phát triển"))
    target = next(each for each in page.pages[0].lines if each.text == "Phát triển")
    over = Line((Word("ĐẾN", target.box, 90.0),))
    busy = paper([*page.pages[0].lines, over])
    finding = find_subject(busy, find_layout(busy, [over]))
    assert finding is not None
    assert finding.overprinted


def test_a_paper_without_subject_has_none() -> None:
    assert subject_of(letterhead(under=(), then=())) is None
    assert find_subject(paper(), find_layout(paper())) is None


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_field_rightly_absent_is_checked_with_no_value() -> None:
    reading = checked(FieldName.URGENCY, None, "Không thấy dấu khẩn.")
    assert (reading.value, reading.checked, reading.page, reading.reason) == (None, True, None, None)


def test_a_doubted_field_keeps_its_reason_and_its_evidence() -> None:
    reading = doubted(FieldName.URGENCY, None, "Chưa rõ.", "Có khung.")
    assert (reading.checked, reading.reason, reading.evidence) == (False, "Chưa rõ.", ("Có khung.",))
