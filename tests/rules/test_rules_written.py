from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.decisions import Role
from documents.text import fold, tidy
from rules.written import RANKS, Written, carry_marks, list_pieces, take_apart

LEAD, SUPPORT, INFORM = Role.LEAD, Role.SUPPORT, Role.INFORM


def pieces(text: str, *known: str) -> list[str]:
    return list(list_pieces(text, lambda words: tidy(words) in known))


# ── one name ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "name", "is_person"),
    [
        pytest.param("Linh", "Linh", False, id="a name alone"),
        pytest.param("Đ/c Linh", "Linh", True, id="comrade"),
        pytest.param("ĐC. Linh", "Linh", True, id="comrade in capitals with a stop"),
        pytest.param("Đ/e Linh", "Linh", True, id="c read as e"),
        pytest.param("các đ/c Linh", "Linh", True, id="all comrades"),
        pytest.param("Các đồng chí Linh", "Linh", True, id="all comrades in full"),
        pytest.param("A. Tuấn", "Tuấn", True, id="anh"),
        pytest.param("A Tuấn", "Tuấn", True, id="anh without a stop"),
        pytest.param("C. Lan", "Lan", True, id="chị"),
        pytest.param("Ô. Hùng", "Hùng", True, id="ông, short"),
        pytest.param("B. Nga", "Nga", True, id="bà, short"),
        pytest.param("ông Hùng", "Hùng", True, id="ông"),
        pytest.param("Chị Lan", "Lan", True, id="chị in full"),
        pytest.param("Chí Linh", "Chí Linh", False, id="chí is a name, chị a title"),
        pytest.param("Cô Nga", "Nga", True, id="cô"),
        pytest.param("An", "An", False, id="a name that begins like a title"),
        pytest.param("Cường", "Cường", False, id="a name that begins with c"),
        pytest.param("Đức", "Đức", False, id="a name that begins like đ/c"),
        pytest.param("Đ/c anh Tuấn", "Tuấn", True, id="two titles"),
        pytest.param("Lê Thanh Xuân.", "Lê Thanh Xuân", False, id="a stop behind"),
        pytest.param("Đ/c", "", True, id="a title alone"),
        pytest.param("P. BCXB", "P. BCXB", False, id="a unit stays as it is written"),
    ],
)
def test_titles_come_off_the_front_of_a_name(text: str, name: str, is_person: bool) -> None:
    one = take_apart(text)
    assert (one.name, one.is_person) == (name, is_person)
    assert (one.rank, one.hint, one.mark) == (None, None, None)
    assert one.text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("PGĐ Hùng", ("Hùng", "pho giam doc", None), id="rank before"),
        pytest.param(
            "P.GĐ Hùng", ("P.GĐ Hùng", None, None), id="a form that is not a rank stays in the name"
        ),
        pytest.param("Phó Giám đốc Hùng", ("Hùng", "pho giam doc", None), id="rank in full, the longest"),
        pytest.param("GĐ", ("", "giam doc", None), id="rank alone"),
        pytest.param("Đ/c PGĐ Hùng", ("Hùng", "pho giam doc", None), id="title and rank"),
        pytest.param("PGĐ đ/c Hùng", ("Hùng", "pho giam doc", None), id="rank and title"),
        pytest.param("TP. CNTT", ("CNTT", "truong phong", None), id="rank of a unit, with a stop"),
        pytest.param("LĐ VP", ("VP", "lanh dao", None), id="leader of a unit"),
        pytest.param("Đ/c Linh (VP)", ("Linh", None, "VP"), id="unit in brackets"),
        pytest.param("Đ/c Linh ( P. BCXB )", ("Linh", None, "P. BCXB"), id="spaces in brackets"),
        pytest.param("VP: đ/c Hùng", ("Hùng", None, "VP"), id="unit before the title"),
        pytest.param(
            "TP CNTT đ/c Tuấn", ("Tuấn", "truong phong", "CNTT"), id="rank and unit before the title"
        ),
        pytest.param("P.CNTT (đ/c Hùng)", ("P.CNTT", None, "đ/c Hùng"), id="person in brackets"),
        pytest.param("Linh ()", ("Linh", None, None), id="empty brackets"),
    ],
)
def test_rank_and_unit_are_told_from_the_name(
    text: str, expected: tuple[str, str | None, str | None]
) -> None:
    one = take_apart(text)
    assert (one.name, one.rank, one.hint) == expected


@pytest.mark.parametrize(
    ("text", "mark", "whole"),
    [
        pytest.param("P.CNTT chủ trì", LEAD, "P.CNTT", id="behind"),
        pytest.param("Linh - CT", LEAD, "Linh", id="behind a dash"),
        pytest.param("Linh (chủ trì)", LEAD, "Linh", id="in brackets"),
        pytest.param("C/t: Linh", LEAD, "Linh", id="before, with a slash"),
        pytest.param("CT: Linh (đb, VP)", LEAD, "Linh (đb, VP)", id="before, over one in brackets"),
        pytest.param("VP p/h", SUPPORT, "VP", id="support"),
        pytest.param("VP phối hợp.", SUPPORT, "VP", id="support in full with a stop"),
        pytest.param("phối hợp VP", SUPPORT, "VP", id="support before"),
        pytest.param("VP đ/b", INFORM, "VP", id="for information"),
        pytest.param("LĐ VP để b/c", INFORM, "LĐ VP", id="to report"),
        pytest.param("k/b VP", INFORM, "VP", id="respectfully reported"),
        pytest.param("TTra g/q", None, "TTra", id="to settle is no role"),
        pytest.param("Kính chuyển VP tham mưu", None, "VP", id="a polite sentence"),
        pytest.param("giao: VP xử lý", None, "VP", id="handed on"),
        pytest.param("Linh g/q, CT", LEAD, "Linh", id="the role behind what to do"),
        pytest.param("Phương", None, "Phương", id="a name that begins with ph"),
        pytest.param("Cát", None, "Cát", id="a name that begins with c and ends in t"),
        pytest.param("Đức Bình", None, "Đức Bình", id="a name with the letters of đb"),
    ],
)
def test_a_role_mark_comes_off_the_name(text: str, mark: Role | None, whole: str) -> None:
    one = take_apart(text)
    assert (one.mark, one.whole) == (mark, whole)


def test_ct_before_a_name_is_the_chairman_where_there_is_one() -> None:
    office, committee = take_apart("CT Sơn"), take_apart("CT Sơn", has_chairman=True)
    assert (office.name, office.mark, office.rank) == ("Sơn", LEAD, None)
    assert (committee.name, committee.mark, committee.rank) == ("Sơn", None, "chu tich")
    assert take_apart("CT: Sơn", has_chairman=True).mark is LEAD
    assert take_apart("chủ trì Sơn", has_chairman=True).mark is LEAD


# ── several names ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Đ/c Linh, Đ/c Thanh Xuân", ["Đ/c Linh", "Đ/c Thanh Xuân"], id="comma"),
        pytest.param("Linh; Hùng + Lan", ["Linh", "Hùng", "Lan"], id="semicolon and plus"),
        pytest.param("Linh => Hùng -> Lan → Nga", ["Linh", "Hùng", "Lan", "Nga"], id="arrows"),
        pytest.param("Linh 5/1 Hùng", ["Linh", "Hùng"], id="a date between"),
        pytest.param("Linh 05.01.2012", ["Linh"], id="a date with stops"),
        pytest.param("Linh/Hùng", ["Linh", "Hùng"], id="slash"),
        pytest.param("VP p/h", ["VP p/h"], id="the slash of a mark cuts nothing"),
        pytest.param("Đ/c Linh", ["Đ/c Linh"], id="the slash of a title cuts nothing"),
        pytest.param("Linh và Hùng", ["Linh", "Hùng"], id="và"),
        pytest.param("Linh & Hùng", ["Linh", "Hùng"], id="and sign"),
        pytest.param("Linh\n Hùng ", ["Linh", "Hùng"], id="line end"),
        pytest.param("Linh (VP, CT), Hùng", ["Linh (VP, CT)", "Hùng"], id="commas in brackets cut nothing"),
        pytest.param("Đ/c Linh Đ/c Hùng", ["Đ/c Linh", "Đ/c Hùng"], id="a second title cuts"),
        pytest.param("Các đ/c Linh, Hùng", ["Các đ/c Linh", "Hùng"], id="all comrades"),
        pytest.param("Linh, ..., 12, Hùng", ["Linh", "Hùng"], id="without a letter it is no name"),
        pytest.param(" \n ", [], id="nothing"),
    ],
)
def test_the_row_is_cut_where_the_hand_cuts_it(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        pytest.param("KH-TC", ["KH-TC"], ["KH-TC"], id="an alias with a hyphen"),
        pytest.param("KH-TC", [], ["KH", "TC"], id="nobody knows it"),
        pytest.param("VP-KH-TC", ["KH-TC"], ["VP", "KH-TC"], id="the known part of it"),
        pytest.param(
            "Kế hoạch - Tài chính - VP", ["Kế hoạch - Tài chính"], ["Kế hoạch - Tài chính", "VP"], id="front"
        ),
        pytest.param("A - B - C", ["A - B", "A - B - C"], ["A - B - C"], id="the longest known"),
        pytest.param(
            "Kế hoạch và\nTài chính",
            ["Kế hoạch và Tài chính"],
            ["Kế hoạch và Tài chính"],
            id="over two lines",
        ),
        pytest.param("A, B", ["A, B"], ["A", "B"], id="a comma cuts even so"),
    ],
)
def test_a_name_the_office_knows_is_not_cut_apart(text: str, known: list[str], expected: list[str]) -> None:
    assert pieces(text, *known) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(["PH: A", "B"], [("A", SUPPORT), ("B", SUPPORT)], id="support goes on"),
        pytest.param(["ĐB A", "B"], [("A", INFORM), ("B", INFORM)], id="information goes on"),
        pytest.param(["CT A", "B"], [("A", LEAD), ("B", None)], id="lead does not"),
        pytest.param(["CT: A", "B"], [("A", LEAD), ("B", LEAD)], id="lead with a colon does"),
        pytest.param(["CT:", "A", "B"], [("A", LEAD), ("B", LEAD)], id="a heading of its own"),
        pytest.param(
            ["CT: A", "PH: B", "C"], [("A", LEAD), ("B", SUPPORT), ("C", SUPPORT)], id="the next ends it"
        ),
        pytest.param(
            ["PH: A", "B CT", "C"], [("A", SUPPORT), ("B", LEAD), ("C", None)], id="a mark behind ends it"
        ),
        pytest.param(
            ["PH: A", "xử lý: B", "C"], [("A", SUPPORT), ("B", SUPPORT), ("C", SUPPORT)], id="what to do"
        ),
        pytest.param(
            ["chủ trì", "A"], [("chủ trì", None), ("A", None)], id="a lone mark is a name nobody has"
        ),
        pytest.param(["PH: A", "B (CT, VP)"], [("A", SUPPORT), ("B", LEAD)], id="a mark of its own wins"),
        pytest.param(["A", "PH: B"], [("A", None), ("B", SUPPORT)], id="not backwards"),
    ],
)
def test_a_mark_before_a_name_goes_on_to_the_names_after_it(
    written: list[str], expected: list[tuple[str, Role | None]]
) -> None:
    assert [(one.name, one.mark) for one in carry_marks(written)] == expected


# ── whatever is written ──────────────────────────────────────────────────────────────────────────────────

SIGNS = st.sampled_from([*"aáoĐdcCTPHhbý .,/-–:;()&+\n→0159", "đ/c ", " và ", "p/h", "Linh", "CT: "])
SCRAWLS = st.one_of(st.text(max_size=40), st.lists(SIGNS, max_size=15).map("".join))


@given(text=SCRAWLS, has_chairman=st.booleans())
def test_any_scrawl_is_taken_apart_and_nothing_is_made_up(text: str, has_chairman: bool) -> None:
    one = take_apart(text, has_chairman=has_chairman)
    assert isinstance(one, Written)
    assert one.text == tidy(text)
    assert one.rank is None or one.rank in RANKS.values()
    letters = set(fold(one.text))
    assert set(fold(one.name)) - {" "} <= letters
    assert set(fold(one.hint or "")) - {" "} <= letters


@given(text=SCRAWLS, known=st.booleans())
def test_pieces_hold_every_letter_written_but_those_of_va(text: str, known: bool) -> None:
    cut = list(list_pieces(text, lambda _: known))
    assert all(any(letter.isalpha() for letter in piece) for piece in cut)
    left = fold("".join(cut))
    for letter in {c for c in fold(tidy(text)) if c.isalpha()} - set("va"):
        assert letter in left


@given(names=st.lists(st.sampled_from(["Linh", "Hùng", "Lan", "Thanh Xuân"]), min_size=1, max_size=5))
def test_names_joined_by_any_sign_come_apart_again(names: list[str]) -> None:
    for sign in (", ", "; ", " + ", " - ", "/", " & ", " và ", "\n", " → ", " 5/1 "):
        assert pieces(sign.join(names)) == names


@pytest.mark.parametrize("rank", sorted(RANKS))
def test_every_rank_comes_off_before_a_name(rank: str) -> None:
    one = take_apart(f"{rank.upper()} Đinh", has_chairman=True)
    assert (one.name, one.rank) == ("Đinh", RANKS[rank])
