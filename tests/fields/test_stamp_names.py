"""Names by pen are proposed from the closed set of those who can be named, and checked only when unique."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Box
from documents.people import Directory, Officer, PersonId, Unit, UnitId
from documents.reading import FieldName
from fields.stamp_names import SeenNames, find_names
from fields.stamp_people import forms_of, match_name, split_row

DAY = dt.date(2012, 1, 5)
LOOK = SecondLook(FieldName.ARRIVAL_AGENCY, 1, Box(0, 0, 1, 1), Alphabet.STAMP)


def person(code: str, name: str, *aliases: str, until: dt.date | None = None) -> Officer:
    return Officer(id=PersonId(code), name=name, aliases=aliases, until=until)


STAFF = Directory(
    units=(
        Unit(id=UnitId("vp"), name="Văn phòng Sở", aliases=("VP", "VPS")),
        Unit(id=UnitId("cntt"), name="Phòng Công nghệ thông tin", aliases=("P.CNTT",)),
    ),
    people=(
        person("linh", "Nguyễn Thị Linh"),
        person("xuan", "Lê Thanh Xuân"),
        person("hung", "Trần Minh Hùng", "PGĐ Hùng"),
        person("tuan", "Phan Anh Tuấn"),
        person("old", "Đỗ Quang Phước", until=dt.date(2011, 12, 31)),
    ),
)
TWO_LINHS = replace(STAFF, people=(*STAFF.people, person("plinh", "Phạm Văn Linh")))
LINH_AND_LINH_MARKED = replace(STAFF, people=(*STAFF.people, person("linhx", "Phạm Văn Lĩnh")))
MINH_TOO = replace(STAFF, people=(*STAFF.people, person("minh", "Phạm Văn Minh")))


def rows(*texts: str) -> list[SecondReading]:
    return [SecondReading(LOOK, "\n".join(texts), SecondReader.ROW)]


def seen(
    *texts: str, staff: Directory = STAFF, printed: tuple[tuple[str, ...], ...] = ()
) -> tuple[list[str] | None, str | None]:
    found = find_names(rows(*texts), printed, staff, (DAY,))
    assert found is not None
    return (list(found.value) if found.value is not None else None, found.complaint)


# ── one row ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("D/c Linh, d/c Thanh Xuân", ("D/c Linh", "d/c Thanh Xuân"), id="comma"),
        pytest.param("Linh + Xuân; Hùng", ("Linh", "Xuân", "Hùng"), id="plus and semicolon"),
        pytest.param("Linh và Xuân", ("Linh", "Xuân"), id="and"),
        pytest.param("Vân, Và Xuân", ("Vân", "Xuân"), id="a name that begins like and"),
        pytest.param("D/c Linh d/c Xuân", ("D/c Linh", "d/c Xuân"), id="comma lost before a title"),
        pytest.param("A, Hùng + Chi Lan", ("A. Hùng", "Chi Lan"), id="the point of a title read as comma"),
        pytest.param("....Linh....", ("Linh",), id="dotted line"),
        pytest.param(" . : ", (), id="nothing"),
    ],
)
def test_a_row_is_cut_into_names(text: str, pieces: tuple[str, ...]) -> None:
    assert split_row(text) == pieces


@pytest.mark.parametrize(
    ("read", "value", "is_clear"),
    [
        pytest.param("D/c Linh", "Đ/c Linh", True, id="title with its stroke lost"),
        pytest.param("f/cLinh", "Đ/c Linh", True, id="title badly read, no space"),
        pytest.param("Thanh xuan", "Thanh Xuân", True, id="marks lost"),
        pytest.param("D/c Thanh-Xun.", "Đ/c Thanh Xuân", True, id="a letter lost in a long name"),
        pytest.param("A. hung", "A. Hùng", True, id="title of one letter"),
        pytest.param("Anh Tuan", "Anh Tuấn", False, id="may be all of his name, or be anh Xuân's"),
        pytest.param("Le Thanh Xuân", "Lê Thanh Xuân", True, id="full name"),
        pytest.param("P.cntt", "P.CNTT", True, id="unit"),
        pytest.param("CNTT", "CNTT", True, id="unit without its front"),
        pytest.param("vp", "VP", True, id="unit of two letters"),
        pytest.param("D/c VP", None, False, id="a title wants a person"),
        pytest.param("Limh", None, False, id="a letter wrong in a short name"),
        pytest.param("Phước", None, False, id="left the office"),
        pytest.param("Linh gap", None, False, id="a word more"),
        pytest.param("b/c Linh", None, False, id="a role mark is no title"),
        pytest.param("5/1", None, False, id="no name"),
    ],
)
def test_a_name_is_matched_without_marks(read: str, value: str | None, is_clear: bool) -> None:
    guess = match_name(read, forms_of(STAFF, (DAY,)))
    assert (guess.value, guess.is_clear) == (value, is_clear)


# ── the whole field ──────────────────────────────────────────────────────────────────────────────────────

PLAN = ("Chuyển: f/s Limh", "Chuyển: D/c Linh,", "Chuyển: d/c Linh,", "Dưới: D/c Thanh Xuan", "Dưới: d/c Thanh-Xun", "Dưới: ")  # fmt: skip


def test_names_over_two_rows_are_checked_as_the_office_spells_them() -> None:
    assert seen(*PLAN) == (["Đ/c Linh", "Đ/c Thanh Xuân"], None)


def test_print_and_one_window_are_two_readings() -> None:
    once = ("Chuyển: D/c Linh",)
    assert "một lần" in (seen(*once)[1] or "")
    assert seen(*once, printed=(("Đ/c Linh",),)) == (["Đ/c Linh"], None)


@pytest.mark.parametrize(
    ("texts", "staff", "value", "reason"),
    [
        pytest.param(PLAN, TWO_LINHS, ["Đ/c Linh", "Đ/c Thanh Xuân"], "Phạm Văn Linh", id="two Linhs"),
        pytest.param(PLAN, LINH_AND_LINH_MARKED, None, "Phạm Văn Lĩnh", id="alike but for a mark"),
        pytest.param(PLAN, MINH_TOO, ["Đ/c Linh", "Đ/c Thanh Xuân"], "Phạm Văn Minh", id="near miss"),
        pytest.param(("Chuyển: Khoa", "Chuyển: Khoa"), STAFF, None, "không giống tên ai", id="a stranger"),
        pytest.param(("Chuyển: Linh gap", "Chuyển: Linh gap"), STAFF, None, "Linh gap", id="leftover word"),
        pytest.param(("Chuyển: Linh, 5/1", "Chuyển: Linh, 5/1"), STAFF, None, "5/1", id="leftover day"),
        pytest.param(("Chuyển: Linh,", "Chuyển: Linh,"), STAFF, ["Linh"], "còn tên", id="another should follow"),
        pytest.param(("Chuyển: Linh", "Chuyển: Linh", "Chuyển: Tuan"), STAFF, ["Linh"], "khác nhau", id="differ"),
        pytest.param(
            ("Chuyển: Linh", "Chuyển: Linh", "Chuyển: Linh, xx yy", "Chuyển: Linh, xy"),
            STAFF, ["Linh"], "còn chữ", id="two windows show more",
        ),
        pytest.param(
            ("Chuyển: Linh", "Chuyển: Linh", "Dưới: gap trong", "Dưới: gap trog"), STAFF, ["Linh"], "Dưới", id="unread below"
        ),
        pytest.param((*PLAN[:4], "Dưới: "), STAFF, ["Đ/c Linh", "Đ/c Thanh Xuân"], "một lần", id="below once"),
        pytest.param(
            ("Chuyển: D/c Hung", "Chuyển: D/c Hung", "Dưới: Linh", "Dưới: Linh"),
            STAFF, ["Đ/c Hùng", "Linh"], "chỗ ngắt", id="broken",
        ),
        pytest.param(
            ("Chuyển: Linh,", "Chuyển: Linh,", "Dưới: Linh", "Dưới: Linh"), STAFF, ["Linh", "Linh"], "hai lần", id="named twice"
        ),
        pytest.param(
            ("Chuyển: Linh", "Chuyển: Linh", "Chuyển: Linh gap"), STAFF, ["Linh"], "còn chữ", id="one window shows more"
        ),
        pytest.param(
            (*PLAN, "Dưới: D/c Thanh Xuan + Huy"), STAFF, ["Đ/c Linh", "Đ/c Thanh Xuân"], "còn chữ", id="more below once"
        ),
        pytest.param(("Chuyển: ", "Chuyển: "), STAFF, None, "trống", id="empty"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_asked(
    texts: tuple[str, ...], staff: Directory, value: list[str] | None, reason: str
) -> None:
    proposed, complaint = seen(*texts, staff=staff)
    assert proposed == value
    assert complaint is not None
    assert reason in complaint


@pytest.mark.parametrize(
    ("printed", "is_asked"),
    [
        pytest.param((("Đ/c Linh",),), False, id="print saw one of them"),
        pytest.param((("Đ/c Linh", "Đ/c Tuấn"),), True, id="print saw somebody else"),
        pytest.param((("Đ/c Linh", "xx", "Đ/c Thanh Xuân"),), True, id="print saw something more"),
        pytest.param((("Ð", "Linh", "Đ/c Thanh Xuân"),), False, id="print saw a scrap of the title"),
    ],
)
def test_print_may_contradict(printed: tuple[tuple[str, ...], ...], is_asked: bool) -> None:
    assert (seen(*PLAN, printed=printed)[1] is not None) is is_asked


@pytest.mark.parametrize("texts", [PLAN, ("Ngày: 5/1/12",), ()])
def test_without_staff_nobody_is_named(texts: tuple[str, ...]) -> None:
    assert find_names(rows(*texts), (), Directory(), (DAY,)) is None


def test_without_the_label_nobody_is_named() -> None:
    assert find_names(rows("Ngày: 5/1/12", "Dưới: Linh"), (), STAFF, (DAY,)) is None


# ── whatever is read ─────────────────────────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(
    ["Linh", "D/c Linh", "Lĩnh", "Minh", "Xuan", "Thanh Xuân", "hung", "A. Tuan", "VP", "gap", ",", "+", "5"]
)
LINES = st.tuples(
    st.sampled_from(["Chuyển: ", "Dưới: "]), st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=3)
)


@given(st.lists(LINES.map(lambda one: one[0] + " ".join(one[1]).replace("\n", " ")), max_size=8))
def test_only_names_of_the_set_are_ever_proposed_and_a_tie_is_asked(texts: list[str]) -> None:
    for staff in (STAFF, TWO_LINHS, LINH_AND_LINH_MARKED):
        found = find_names(rows(*texts), (), staff, (DAY,)) or SeenNames(None)
        spelled = {form.spelling for form in forms_of(staff, (DAY,))}
        for value in found.value or ():
            assert any(value == way or value.endswith(f" {way}") for way in spelled)
        has_linh = any(value.split()[-1] in ("Linh", "Lĩnh") for value in found.value or ())
        if has_linh and staff is not STAFF and len(set(found.value or ())) == 1:
            full = [value for value in found.value or () if len(value.removeprefix("Đ/c ").split()) > 1]
            assert full or found.complaint
        assert found.value or found.complaint or not texts or found == SeenNames(None)
