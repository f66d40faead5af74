"""The grammar of numbers and notations, and the keys by which they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fields.reference_grammar import Reference, fold_notation, parse_reference


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        pytest.param("Số: 02 /KH-UBND", "02/KH-UBND", id="a space before the slash"),
        pytest.param("79/2010/QĐ-TTg", "79/2010/QĐ-TTg", id="with the year of a normative document"),
        pytest.param("Công văn số 29a/UBND-VX", "29a/UBND-VX", id="inserted after the fact"),
        pytest.param("số 30c/NQ-CP ngày", "30c/NQ-CP", id="suffix without a space"),
        pytest.param("12 bis/QĐ-UBND", "12bis/QĐ-UBND", id="suffix bis"),
        pytest.param("Số 12-CV/TU", "12-CV/TU", id="the party's hyphen"),
        pytest.param("15-KH/TĐTN-VP", "15-KH/TĐTN-VP", id="a mass organisation writes like the party"),
        pytest.param("1171/BTTTT-TTĐN, ngày", "1171/BTTTT-TTĐN", id="letter of a ministry"),
        pytest.param("118/STTTT", "118/STTTT", id="one group only"),
        pytest.param("4039/STC- HCSN", "4039/STC-HCSN", id="broken after the hyphen"),
        pytest.param(
            "01/2016/TTLT-TANDTC-VKSNDTC-BTP", "01/2016/TTLT-TANDTC-VKSNDTC-BTP", id="three issuers"
        ),
        pytest.param("33/2024/QH15", "33/2024/QH15", id="assembly and its term"),
        pytest.param("12/KH-BCĐ389", "12/KH-BCĐ389", id="digits in the issuer"),
        pytest.param("78/SNN&PTNT", "78/SNN&PTNT", id="ampersand in the issuer"),
        pytest.param("thay số 09/KH-UBND.", "09/KH-UBND", id="the end of a sentence"),
        pytest.param("15/VP.UBND-TH", "15/VP.UBND-TH", id="a dot inside a group"),
        pytest.param("10/2007/QĐ_BKHCN", "10/2007/QĐ-BKHCN", id="underscore for the hyphen"),
        pytest.param("17/NQ–CP", "17/NQ-CP", id="en dash for the hyphen"),
        pytest.param("456\\QÐ-UBND", "456/QĐ-UBND", id="backslash, and Eth for Đ"),
    ],
)
def test_printed_references_are_read_whole(text: str, registered: str) -> None:
    assert [r.registered for r in parse_reference(text)] == [registered]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ngày 22/4/2011", id="a date"),
        pytest.param("1/2 số đại biểu", id="a fraction"),
        pytest.param("các đơn vị và / hoặc cá nhân", id="no number"),
        pytest.param("mục 3/Chương II", id="a part of a law"),
        pytest.param("3/Quý", id="one capital only"),
        pytest.param("100.000đ/đợt", id="a price"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_reference_is_passed_over(text: str) -> None:
    assert parse_reference(text) == ()


def test_all_references_of_a_line_come_in_order_with_their_place() -> None:
    text = "Quyết định 38/2011/QĐ-UBND thay 12-QĐ/TU và 7/QĐ-UB"
    found = parse_reference(text)
    assert [r.registered for r in found] == ["38/2011/QĐ-UBND", "12-QĐ/TU", "7/QĐ-UB"]
    assert [text[r.start : r.end] for r in found] == ["38/2011/QĐ-UBND", "12-QĐ/TU", "7/QĐ-UB"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("02/KH-UBND", "2/KH-UBND", id="leading zero"),
        pytest.param("79/2010/QĐ-TTg", "79/2010/QD-TTG", id="marks and case"),
        pytest.param("29a/UBND-VX", "29A/UBND-VX", id="case of the suffix"),
    ],
)
def test_writings_of_one_reference_share_a_key(one: str, other: str) -> None:
    assert parse_reference(one)[0].match_key == parse_reference(other)[0].match_key


def test_party_and_state_forms_do_not_share_a_key() -> None:
    assert parse_reference("12-CV/TU")[0].match_key == "12-CV/TU"
    assert parse_reference("12/CV-TU")[0].match_key == "12/CV-TU"


def test_a_number_of_zeros_keeps_one() -> None:
    assert parse_reference("00/QĐ-UBND")[0].match_key == "0/QD-UBND"


@pytest.mark.parametrize(
    ("text", "groups"),
    [("02/KH-UBND", ("KH", "UBND")), ("12-CV/TU", ("CV", "TU")), ("118/STTTT", ("STTTT",))],
)
def test_groups_are_what_stands_between_hyphens_and_slashes(text: str, groups: tuple[str, ...]) -> None:
    assert parse_reference(text)[0].groups == groups


def test_fold_notation_drops_marks_spaces_and_the_bar_of_d() -> None:
    assert fold_notation("qđ - ubnd") == "QD-UBND"


GROUPS = st.text(alphabet="ABCDĐGHKLNPQSTUVX", min_size=2, max_size=6)
NUMBERS = st.from_regex(r"[0-9]{1,6}", fullmatch=True)
YEARS = st.one_of(st.none(), st.integers(min_value=1945, max_value=2099).map(str))
SUFFIXES = st.sampled_from(["", "", "", "a", "b", "bis"])


@st.composite
def references(draw: st.DrawFn) -> str:
    number, groups = draw(NUMBERS) + draw(SUFFIXES), draw(st.lists(GROUPS, min_size=1, max_size=3))
    if draw(st.booleans()):
        return f"{number}-{groups[0][:4]}/{'-'.join(groups)}"
    year = draw(YEARS)
    return "/".join(filter(None, [number, year, "-".join(groups)]))


@given(
    reference=references(),
    before=st.sampled_from(["", "Căn cứ Quyết định số ", "tại Công văn ", "(", "theo "]),
    after=st.sampled_from(["", " ngày 22/4/2011 của Bộ", ";", ", ngày 01 tháng 3", ")."]),
)
def test_any_valid_reference_is_found_whole_in_a_line(reference: str, before: str, after: str) -> None:
    assert [r.registered for r in parse_reference(before + reference + after)] == [reference]


@given(reference=references())
def test_reading_what_is_registered_changes_nothing(reference: str) -> None:
    once = parse_reference(reference)[0]
    again = parse_reference(once.registered)[0]
    assert isinstance(again, Reference)
    assert again.match_key == once.match_key
