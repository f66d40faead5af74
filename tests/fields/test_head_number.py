"""Number and notation: reading the line, other sources, and when a number is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Annotation, Box, Line, Paper, Source, Word
from documents.reading import FieldName, FieldReading
from fields.layer import layer_paper, page_source
from fields.layout import find_layout
from fields.notation import fits_type, list_unexplained, mend_notation, split_groups
from fields.number import NumberFinding, check_number, find_number, list_number_looks
from fields.number_line import find_gap, is_typed, list_digit_words, split_line
from fields.typed import looks_typed
from tests.fields.paper_from_text import LETTER, letterhead, line, paper

NUMBER = FieldName.NUMBER_SYMBOL


# ── the line ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "number", "suffix", "year", "notation"),
    [
        pytest.param("Số: 02 /KH-UBND", "02", "", None, "KH-UBND", id="a space before the slash"),
        pytest.param("Số: 01/2025/QĐ-TTg", "01", "", "2025", "QĐ-TTg", id="with a year"),
        pytest.param("Số 12-CV/TU", "12", "", None, "CV/TU", id="party"),
        pytest.param("Số: 3176B/QĐ-SYT", "3176", "B", None, "QĐ-SYT", id="suffix"),
        pytest.param("Só2624 /QĐ-BGDĐT", "2624", "", None, "QĐ-BGDĐT", id="label joined to the digits"),
        pytest.param(
            "Số: 4532UBND- KSTTHC", "4532", "", None, "UBND-KSTTHC", id="slash lost, space after the hyphen"
        ),
        pytest.param("Số: 0003/2022/ CV-VOA", "0003", "", "2022", "CV-VOA", id="space after the year"),
        pytest.param("Số: 47/QĐÐ-UBND", "47", "", None, "QĐ-UBND", id="Đ read as two letters"),
        pytest.param("Số: 5//SYT-NVY", "5", "", None, "SYT-NVY", id="slash struck twice"),
        pytest.param("10/KH-UBND", "10", "", None, "KH-UBND", id="no label"),
        pytest.param("No: 123/SYT-NVY", "123", "", None, "SYT-NVY", id="an English label is no nought"),
        pytest.param("Số: 118/STTTT", "118", "", None, "STTTT", id="one group"),
        pytest.param("Số: 7/NQ-CP .", "7", "", None, "NQ-CP", id="a crumb at the end"),
    ],
)
def test_number_lines_come_apart(
    text: str, number: str, suffix: str, year: str | None, notation: str
) -> None:
    parts = split_line(text)
    assert parts is not None
    assert (parts.number, parts.suffix, parts.year, parts.notation) == (number, suffix, year, notation)
    assert not parts.mended


@pytest.mark.parametrize(
    ("text", "number", "mended", "blank"),
    [
        pytest.param("Số: l2/QĐ-SYT", "12", True, False, id="a letter for a one"),
        pytest.param("Số: 1O4/QĐ-SYT", "104", True, False, id="a letter for a nought"),
        pytest.param("Số:      /TB-UBND", None, False, True, id="blank"),
        pytest.param("Số: ……/TB-UBND", None, False, True, id="dots"),
        pytest.param("Số: ý#/CT-UBND", None, False, False, id="handwriting"),
        pytest.param("Số: 2/3%/QĐ-SYT", None, False, False, id="strokes read as signs"),
        pytest.param("Số: Il/QĐ-SYT", None, False, False, id="letters alone are no number"),
        pytest.param("Số: 1234567/QĐ-SYT", None, False, False, id="too many digits"),
    ],
)
def test_a_number_is_mended_among_digits_only(
    text: str, number: str | None, mended: bool, blank: bool
) -> None:
    parts = split_line(text)
    assert parts is not None
    assert (parts.number, parts.mended, parts.is_blank) == (number, mended, blank)


@pytest.mark.parametrize("text", ["Số: 29", "Số:", "", "Số: 12/2018", "Số: 1/đợt"])
def test_a_line_without_notation_has_no_parts(text: str) -> None:
    assert split_line(text) is None


@given(
    number=st.integers(min_value=1, max_value=999999),
    year=st.one_of(st.none(), st.integers(min_value=1945, max_value=2099)),
    groups=st.lists(st.text(alphabet="ABCDĐGHKLNPQSTUVX", min_size=2, max_size=6), min_size=1, max_size=4),
    label=st.sampled_from(["Số: ", "Số:", "Só: ", "Số ", "Sô. ", ""]),
)
def test_any_clean_line_is_read_back_as_printed(
    number: int, year: int | None, groups: list[str], label: str
) -> None:
    notation = "-".join(groups)
    middle = f"/{year}/" if year else "/"
    parts = split_line(f"{label}{number}{middle}{notation}")
    assert parts is not None
    assert (parts.number, parts.year, parts.notation) == (str(number), str(year) if year else None, notation)


def at(word: str, x0: float, x1: float, confidence: float | None = 95.0, height: float = 0.014) -> Word:
    return Word(word, Box(x0, 0.1, x1, 0.1 + height), confidence)


@pytest.mark.parametrize(
    ("words", "x0", "x1"),
    [
        pytest.param(
            (at("Số:", 0.2, 0.23), at("02", 0.25, 0.27), at("/KH-UBND", 0.28, 0.36)),
            0.23,
            0.28,
            id="three words",
        ),
        pytest.param(
            (at("Số", 0.2, 0.22), at(":", 0.225, 0.23), at("/KH-UBND", 0.28, 0.36)),
            0.23,
            0.28,
            id="colon apart",
        ),
        pytest.param(
            (at("Số:02/KH-UBND", 0.2, 0.33),), 0.23, 0.25, id="one word, cut by the share of its letters"
        ),
        pytest.param((at("02/KH-UBND", 0.2, 0.30),), 0.2, 0.22, id="no label"),
        pytest.param((at("Số:", 0.2, 0.23), at("43TB-DCT", 0.25, 0.33)), 0.23, 0.25, id="slash lost"),
    ],
)
def test_the_gap_lies_between_label_and_slash(words: tuple[Word, ...], x0: float, x1: float) -> None:
    gap = find_gap(Line(words))
    assert (gap.x0, gap.x1) == pytest.approx((x0, x1), abs=1e-9)


LABEL, NOTATION = at("Số:", 0.2, 0.23), at("/KH-UBND", 0.28, 0.36)


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        pytest.param((LABEL, at("02/KH-UBND", 0.25, 0.35, 91)), True, id="one word with its notation"),
        pytest.param((LABEL, at("02/KH-UBND", 0.25, 0.35, 56)), False, id="the same read with doubt"),
        pytest.param((LABEL, at("2827", 0.24, 0.28, 92), NOTATION), True, id="digits alone, clear"),
        pytest.param((LABEL, at("2827", 0.24, 0.28, 80), NOTATION), False, id="digits alone need more"),
        pytest.param((LABEL, at("22", 0.24, 0.28, 92, 0.033), NOTATION), False, id="taller than the line"),
        pytest.param((LABEL, at("22", 0.24, 0.28, 92, 0.006), NOTATION), False, id="lower than the line"),
        pytest.param(
            (LABEL, at("1", 0.24, 0.25, 95), at("2", 0.26, 0.27, 95), NOTATION), False, id="two strokes"
        ),
        pytest.param((LABEL, NOTATION), False, id="no digits"),
        pytest.param((at("Số2624", 0.2, 0.26, 92), NOTATION), True, id="joined to the label"),
        pytest.param(
            (at("Số:", 0.2, 0.23, None), at("11", 0.25, 0.27, None), at("/TB", 0.3, 0.33, None)),
            True,
            id="file's text",
        ),
    ],
)
def test_typed_digits_are_told_from_a_pen(words: tuple[Word, ...], typed: bool) -> None:
    assert is_typed(Line(words)) is typed


def test_digit_words_stop_at_the_notation() -> None:
    words = (LABEL, at("02", 0.24, 0.27), NOTATION, at("07", 0.4, 0.42))
    assert [w.text for w in list_digit_words(Line(words))] == ["02"]


def test_digits_with_nothing_beside_them_are_not_typed() -> None:
    assert not looks_typed([at("02", 0.2, 0.25)], [], 60.0)
    assert not looks_typed([], [at("02", 0.2, 0.25)], 60.0)


# ── the notation ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("read", "type_name", "abbreviations", "mended"),
    [
        pytest.param("QD-BGDĐT", "Quyết định", {"BGDĐT"}, "QĐ-BGDĐT", id="Đ by the title"),
        pytest.param("HD-SNV", "Hướng dẫn", {"SNV"}, "HD-SNV", id="HD is guidance, not a contract"),
        pytest.param("HĐ-SNV", "Hướng dẫn", {"SNV"}, "HD-SNV", id="and not the other way round"),
        pytest.param("QO-UBND", "Quyết định", {"UBND"}, "QĐ-UBND", id="one letter wrong, one candidate"),
        pytest.param(
            "TTLT-TANDTC-BIP",
            "Thông tư liên tịch",
            {"TANDTC", "BTP"},
            "TTLT-TANDTC-BTP",
            id="issuer's letters",
        ),
        pytest.param(
            "BGDDT-GDTrH", "Công văn", {"BGDĐT"}, "BGDĐT-GDTrH", id="letter: the issuer comes first"
        ),
        pytest.param("SYT-NVD", "Công văn", {"SYT"}, "SYT-NVD", id="what nobody spells stays"),
        pytest.param("KH-TU", "Kế hoạch", {"TV"}, "KH-TU", id="two letters are too few to mend"),
        pytest.param("CV/TU", "Công văn", {"TU"}, "CV/TU", id="party"),
        pytest.param("XYZ-UBND", "Quyết định", (), "XYZ-UBND", id="nothing near"),
        pytest.param("KH-UBND", None, (), "KH-UBND", id="nothing known"),
    ],
)
def test_notations_get_their_official_spelling(
    read: str, type_name: str | None, abbreviations: set[str], mended: str
) -> None:
    assert mend_notation(read, type_name, abbreviations) == mended


@pytest.mark.parametrize(
    ("notation", "type_name", "fits"),
    [
        pytest.param("KH-UBND", "Kế hoạch", True, id="plan"),
        pytest.param("KH-UBND", "Báo cáo", False, id="another type"),
        pytest.param("UBND-VX", "Công văn", True, id="letter"),
        pytest.param("KH-UBND", "Công văn", False, id="a plan is no letter"),
        pytest.param("CT-TTHT", "Công văn", True, id="letter of a tax office"),
        pytest.param("STTTT", "Công văn", True, id="letter with one group"),
        pytest.param("CV/TU", "Công văn", True, id="letter of the party"),
        pytest.param("QH15", "Luật", True, id="law of the assembly"),
        pytest.param("QH15", "Quyết định", False, id="no decision"),
        pytest.param("KH-UBND", None, False, id="type not known"),
        pytest.param(None, "Kế hoạch", False, id="notation not known"),
    ],
)
def test_a_notation_must_go_with_the_type(notation: str | None, type_name: str | None, fits: bool) -> None:
    assert fits_type(split_groups(notation), type_name) is fits


@pytest.mark.parametrize(
    ("notation", "type_name", "abbreviations", "unexplained"),
    [
        pytest.param("KH-UBND", "Kế hoạch", {"UBND"}, (), id="type and issuer"),
        pytest.param("SYT-NVD", "Công văn", {"SYT"}, ("NVD",), id="the drafting unit"),
        pytest.param("DCT", "Kế hoạch", (), ("DCT",), id="no type in it"),
        pytest.param("QD-UBND", "Quyết định", {"UBND"}, ("QD",), id="not in its official spelling"),
        pytest.param(None, None, (), (), id="nothing"),
    ],
)
def test_groups_that_nothing_bears_out_are_named(
    notation: str | None, type_name: str | None, abbreviations: set[str], unexplained: tuple[str, ...]
) -> None:
    assert list_unexplained(split_groups(notation), type_name, abbreviations) == unexplained


# ── finding and checking ─────────────────────────────────────────────────────────────────────────────────


def found(
    number: str = "Số: 02/KH-SYT", *, confidence: float | None = 95.0, **more: object
) -> tuple[Paper, NumberFinding | None]:
    head = [
        Line(tuple(Word(w.text, w.box, confidence) for w in each.words))
        for each in letterhead(number=number, under=(), title="KẾ HOẠCH", subject=("Phát triển",))
    ]
    page = paper(head, **more)  # type: ignore[arg-type]  # keyword arguments of `paper`
    return page, find_number(page, find_layout(page), type_name="Kế hoạch", abbreviations={"SYT"})


def answers(
    finding: NumberFinding | None, *, digits: str | None = None, whole: str | None = None
) -> list[SecondReading]:
    looks = {look.alphabet: look for look in list_number_looks(finding)}
    said = {Alphabet.DIGITS: digits, Alphabet.REFERENCE: whole}
    return [SecondReading(looks[a], text, "khác") for a, text in said.items() if text is not None]


def check(finding: NumberFinding | None, seconds: list[SecondReading], **more: object) -> FieldReading:
    facts: dict[str, object] = {
        "type_name": "Kế hoạch",
        "issuer_agrees": True,
        "abbreviations": {"SYT"},
    } | more
    return check_number(finding, seconds, **facts)  # type: ignore[arg-type]  # as named above


@pytest.mark.parametrize(
    ("digits", "whole"),
    [
        pytest.param("2", None, id="digits again"),
        pytest.param("02", "Số: 02/KH-SYT", id="both again"),
        pytest.param(None, "Số: 02/KH-SVT", id="whole line again, another reader's slip in the notation"),
    ],
)
def test_a_typed_number_read_twice_is_checked(digits: str | None, whole: str | None) -> None:
    _, finding = found()
    reading = check(finding, answers(finding, digits=digits, whole=whole))
    assert (reading.value, reading.checked) == ("02/KH-SYT", True)
    assert len(reading.evidence) == 2


@pytest.mark.parametrize(
    ("digits", "whole", "more", "reason"),
    [
        pytest.param(None, None, {}, "mới đọc được một lần", id="nobody read it again"),
        pytest.param("", "không rõ", {}, "mới đọc được một lần", id="the second reader saw nothing"),
        pytest.param("82", None, {}, "khác nhau", id="the second reader disagrees"),
        pytest.param("2", "Số: 03/KH-SYT", {}, "khác nhau", id="one of two disagrees"),
        pytest.param("2", None, {"type_name": "Báo cáo"}, "tên loại", id="notation of another type"),
        pytest.param(
            "2", None, {"issuer_agrees": False}, "cơ quan ban hành", id="notation of another issuer"
        ),
        pytest.param(
            "2", None, {"abbreviations": ()}, "Phần SYT", id="letters that nothing bears out, read once"
        ),
    ],
)
def test_a_number_without_agreement_is_doubted(
    digits: str | None, whole: str | None, more: dict[str, object], reason: str
) -> None:
    _, finding = found()
    reading = check(finding, answers(finding, digits=digits, whole=whole), **more)
    assert (reading.value, reading.checked) == ("02/KH-SYT", False)
    assert reason in (reading.reason or "")


def test_letters_that_nothing_bears_out_must_be_read_alike_twice() -> None:
    _, finding = found()
    reading = check(finding, answers(finding, digits="2", whole="Số: 02/KH-SYT"), abbreviations=())
    assert reading.checked


def test_two_readers_of_one_handwriting_do_not_check_it() -> None:
    _, finding = found(confidence=48.0)
    reading = check(finding, answers(finding, digits="2", whole="Số: 02/KH-SYT"))
    assert not reading.checked
    assert "viết tay" in (reading.reason or "")


@pytest.mark.parametrize(
    ("number", "digits", "value", "reason"),
    [
        pytest.param("Số:      /KH-SYT", None, "/KH-SYT", "để trống", id="blank"),
        pytest.param("Số: ý#/KH-SYT", None, "/KH-SYT", "viết tay", id="unread"),
        pytest.param(
            "Số: ý#/KH-SYT", "745", "745/KH-SYT", "viết tay", id="the only reading is offered, unbelieved"
        ),
        pytest.param("Số: 29", "29", None, "ký hiệu", id="no notation"),
    ],
)
def test_an_unread_number_goes_to_a_person(
    number: str, digits: str | None, value: str | None, reason: str
) -> None:
    _, finding = found(number)
    reading = check(finding, answers(finding, digits=digits))
    assert (reading.value, reading.checked) == (value, False)
    assert reason in (reading.reason or "")


# ── numbers by pen, read by several readers ──────────────────────────────────────────────────────────────


def rows(
    finding: NumberFinding | None, *row: str, gap: str = "", pen: str = "", line: str = ""
) -> list[SecondReading]:
    """What the readers of rows saw; `line` is the whole line as the recogniser has it."""
    looks = list_number_looks(finding)
    digits = next(look for look in looks if look.alphabet is Alphabet.DIGITS)
    whole = next(look for look in looks if look.alphabet is Alphabet.REFERENCE and look.row)
    said = [(digits, text, SecondReader.ROW) for text in row]
    said += [
        (digits, gap, SecondReader.GAP),
        (digits, pen, SecondReader.PEN),
        (whole, line, SecondReader.ROW),
    ]
    of_gap = {SecondReader.GAP, SecondReader.PEN}
    return [
        SecondReading(look, text, reader, ((text, 0.95),) if reader in of_gap else ())
        for look, text, reader in said
        if text
    ]


@pytest.mark.parametrize(
    ("printed", "row", "gap", "pen", "value", "checked"),
    [
        pytest.param("Số: #4B/KH-SYT", "745", "745", "745", "745/KH-SYT", True, id="agreed"),
        pytest.param("Số: /KH-SYT", "07", "07", "07", "07/KH-SYT", True, id="blank to the first reader"),
        pytest.param("Số: 465/KH-SYT", "455", "455", "155", "455/KH-SYT", False, id="the pen against"),
        pytest.param("Số: ý/KH-SYT", "29a", "29a", "29a", "29a/KH-SYT", True, id="with a suffix"),
        pytest.param("Số: ý/KH-SYT", "3176B", "31768", "31768", "31768/KH-SYT", False, id="a suffix or a digit: the row says otherwise"),
        pytest.param("Số: /KH-SYT", "", "", "", "/KH-SYT", False, id="blank to everybody"),
        pytest.param("Số: ý/2018/KH-SYT", "12", "12", "12", "12/2018/KH-SYT", True, id="before a year"),
    ],
)  # fmt: skip
def test_a_number_by_pen_is_checked_when_readers_of_different_kinds_agree(
    printed: str, row: str, gap: str, pen: str, value: str, checked: bool
) -> None:
    _, finding = found(printed, confidence=40.0)
    reading = check(finding, rows(finding, row, gap=gap, pen=pen))
    assert (reading.value, reading.checked) == (value, checked)
    assert bool(reading.reason) is not checked


def test_a_doubt_names_what_the_readers_saw() -> None:
    _, finding = found("Số: 465/KH-SYT", confidence=40.0)
    reading = check(finding, rows(finding, "455", gap="455", pen="155"))
    assert reading.reason == "Các cách đọc số văn bản cho kết quả khác nhau: “455” và “155” và “465”."


def test_a_number_that_only_one_kind_saw_is_offered() -> None:
    _, finding = found("Số: ý/KH-SYT", confidence=40.0)
    reading = check(finding, rows(finding, "29"))
    assert (reading.value, reading.checked) == ("29/KH-SYT", False)
    assert reading.reason == "Số văn bản “29” chưa được cách đọc khác xác nhận."


@pytest.mark.parametrize(
    ("printed", "line", "checked"),
    [
        pytest.param("Số: 02/KH-TCCB", "S: 02/KH-TCCB", True, id="letter by letter"),
        pytest.param("Số: 02/KH-ĐHKT", "S: 02/KH-DHKT", True, id="its D stands for Đ"),
        pytest.param("Số: 02/KH-DHKT", "S: 02/KH-DHKT", False, id="a D may be a Đ: read by the first again"),
        pytest.param("Số: 02/KH-TCCB", "S: 02/KH-TCCR", False, id="another letter"),
        pytest.param("Số: 02/KH-TCCB", "S: 02/TCCB", False, id="a group lost"),
        pytest.param("Số: 02/KH-TCCB", "", False, id="not read again"),
    ],
)
def test_unknown_letters_are_borne_out_by_the_recogniser(printed: str, line: str, checked: bool) -> None:
    _, finding = found(printed)
    reading = check(finding, rows(finding, "02", gap="02", pen="02", line=line), abbreviations=())
    assert reading.checked is checked


def test_a_notation_that_only_the_reader_of_rows_saw_is_offered() -> None:
    _, finding = found("Số: 4% K¬§", confidence=40.0)
    assert finding is not None
    assert finding.parts is None
    reading = check(finding, rows(finding, "45", gap="45", pen="45", line="S: 45/KH-SYT"))
    assert (reading.value, reading.checked) == ("45/KH-SYT", False)
    assert reading.reason == "Ký hiệu văn bản chỉ một cách đọc nhận ra, cần đối chiếu với bản quét."


def test_a_d_in_unknown_letters_is_looked_at_by_the_first_reader_too() -> None:
    plain, doubtful = (
        [look.row is None for look in looks if look.alphabet is not Alphabet.STROKES]
        for group in ("TCCB", "DHKT")
        if (looks := list_number_looks(found(f"Số: 02/KH-{group}")[1]))
    )
    assert plain == [False, False]
    assert doubtful == [False, False, True]


def test_a_year_stays_before_an_unread_number() -> None:
    _, finding = found("Số: ý#/2018/KH-SYT")
    assert check(finding, []).value == "/2018/KH-SYT"


def test_without_a_number_line_nothing_is_found() -> None:
    page = paper([line("Trang trắng", 0.2, 0.2)])
    assert find_number(page, find_layout(page)) is None
    assert list_number_looks(None) == ()
    assert check(None, []).reason == "Không thấy dòng số, ký hiệu của văn bản."


def test_answers_for_other_fields_are_passed_over() -> None:
    _, finding = found()
    other = SecondReading(SecondLook(FieldName.DATE, 1, Box(0, 0, 1, 1), Alphabet.DIGITS), "99", "khác")
    assert check(finding, [other, *answers(finding, digits="2")]).checked


# ── other sources of the same file ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "agrees"),
    [
        pytest.param("02_KH-SYT.pdf", True, id="number and notation"),
        pytest.param("2.KH.SYT signed.PDF", True, id="dots"),
        pytest.param("KH 02-2018 KH-SYT.pdf", True, id="with the year"),
        pytest.param("scan0002.pdf", False, id="a scanner's counter is no number"),
        pytest.param("112_KH-SYT.pdf", None, id="another number"),
    ],
)
def test_a_file_name_counts_when_it_bears_the_notation(name: str, agrees: bool | None) -> None:
    _, finding = found(file_name=name)
    reading = check(finding, [])
    assert reading.checked is (agrees is True)
    assert ("khác nhau" in (reading.reason or "")) is (agrees is None)


@pytest.mark.parametrize(
    ("own", "checked"),
    [
        pytest.param("Số: 02/KH-SYT", True, id="the same"),
        pytest.param("Số: 12/KH-SYT", False, id="another"),
        pytest.param("Số:    /KH-SYT", False, id="blank in the file's text"),
        pytest.param("Số: O2/KH-SYT", False, id="rubbish in the file's text"),
        pytest.param("không có số", False, id="no number line"),
    ],
)
def test_the_files_own_text_is_another_source(own: str, checked: bool) -> None:
    layer = letterhead(number=own, under=(), title="KẾ HOẠCH", subject=("Phát triển",))
    _, finding = found(text_layer=layer)
    assert check(finding, [], abbreviations=()).checked is checked


def test_the_files_text_that_was_read_already_is_no_second_source() -> None:
    page, finding = found(
        source=Source.TEXT_LAYER, text_layer=letterhead(number="Số: 02/KH-SYT"), confidence=None
    )
    assert layer_paper(page) is None
    assert not check(finding, []).checked
    assert check(finding, answers(finding, digits="02")).source is Source.TEXT_LAYER


def test_a_paper_without_first_page_was_read_from_the_picture() -> None:
    assert page_source(paper()) is Source.OCR


def note(text: str, *, page: int = 1, dx: float = 0.05, dy: float = 0.005, box: bool = True) -> Annotation:
    row = next(each for each in letterhead() if "Số:" in each.text).box
    x0, y0 = row.x0 + dx, row.y0 + dy
    return Annotation(page, text, Box(x0, y0, x0 + 4 * LETTER, y0 + 0.01) if box else None)


def test_an_annotation_over_a_blank_line_is_the_number() -> None:
    _, finding = found("Số:      /KH-SYT", annotations=(note(" 1849 "),))
    reading = check(finding, answers(finding, digits="1849"))
    assert (reading.value, reading.checked, reading.source) == ("1849/KH-SYT", True, Source.ANNOTATION)


def test_an_annotation_must_agree_with_the_picture_under_it() -> None:
    _, finding = found("Số: 02/KH-SYT", annotations=(note("1849"),))
    assert "khác nhau" in (check(finding, []).reason or "")
    _, same = found("Số: 02/KH-SYT", annotations=(note("02"),))
    assert check(same, []).checked


@pytest.mark.parametrize(
    "annotation",
    [
        pytest.param(note("Người ký: Sở Y tế"), id="no number"),
        pytest.param(note("1849", page=2), id="on another page"),
        pytest.param(note("1849", dy=0.2), id="lower down"),
        pytest.param(note("1849", dx=0.7), id="beside the line"),
        pytest.param(note("1849", box=False), id="without a place"),
    ],
)
def test_other_annotations_are_no_number(annotation: Annotation) -> None:
    _, finding = found("Số:      /KH-SYT", annotations=(annotation,))
    assert check(finding, []).value == "/KH-SYT"
