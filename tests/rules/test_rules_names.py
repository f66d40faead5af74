from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.decisions import Role
from documents.people import AliasDays, Directory, Duty
from documents.text import fold
from rules.names import MOST_CANDIDATES, How, NameMatch, match_names
from tests.rules.builders import ARRIVED, OFFICE, PEOPLE, TWO_LINH, UNITS, person, unit, with_people

LEAD, SUPPORT, INFORM = Role.LEAD, Role.SUPPORT, Role.INFORM


def matches(written: str | list[str], directory: Directory = OFFICE) -> list[NameMatch]:
    return list(match_names(written, directory, ARRIVED))


def references(written: str | list[str], directory: Directory = OFFICE) -> list[str | None]:
    return [match.reference for match in matches(written, directory)]


# ── one name ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "reference", "how"),
    [
        pytest.param("Đ/c Linh", "linh", How.NAME, id="the only one of that name"),
        pytest.param("Đ/c Thanh xuân", "xuan", How.NAME, id="letter case aside"),
        pytest.param("Lê Thanh Xuân", "xuan", How.NAME, id="full name"),
        pytest.param("đ/c Linh", "linh", How.NAME, id="small letters"),
        pytest.param("Đ/C Linh", "linh", How.NAME, id="capital title"),
        pytest.param("D/c Linh", "linh", How.NAME, id="title without its bar"),
        pytest.param("Ð/c Linh", "linh", How.NAME, id="title with eth for đ"),
        pytest.param("Đ/c. Linh", "linh", How.NAME, id="title with a stop"),
        pytest.param("Đ.c Linh", "linh", How.NAME, id="title with a stop inside"),
        pytest.param("Đc Linh", "linh", How.NAME, id="title without its slash"),
        pytest.param("Đ / c Linh", "linh", How.NAME, id="title with spaces"),
        pytest.param("Đ/cLinh", "linh", How.NAME, id="title glued to the name"),
        pytest.param("đồng chí Linh", "linh", How.NAME, id="title in full"),
        pytest.param("A. Hùng", "hung", How.NAME, id="anh"),
        pytest.param("C.Lan", "gd", How.NAME, id="chị, glued"),
        pytest.param("A Hùng", "hung", How.NAME, id="anh without a stop"),
        pytest.param("ông Hùng", "hung", How.NAME, id="ông"),
        pytest.param("bà Lan", "gd", How.NAME, id="bà"),
        pytest.param("A. Tuấn", "tuan", How.NAME, id="anh, of a man whose middle name is Anh"),
        pytest.param("P. BCXB", "unit:bcxb", How.UNIT, id="the unit of the stamp"),
        pytest.param("các đ/c Linh", "linh", How.NAME, id="all comrades, of whom one is written"),
        pytest.param("CV Linh", "linh", How.NAME, id="officer, short"),
        pytest.param("Chuyên viên Linh", "linh", How.NAME, id="officer: chuyên is not chuyển"),
        pytest.param("Chuyển Linh", "linh", How.NAME, id="the word of the row itself"),
        pytest.param("KHTC", "unit:khtc", How.UNIT, id="one alias of two"),
        pytest.param("Anh Tuấn", "tuan", How.NAME, id="a title, or the middle name: the same person"),
        pytest.param("PGĐ Cường", "pgd", How.NAME, id="rank that agrees"),
        pytest.param("Đ/c Cường PGĐ", "pgd", How.NAME, id="rank behind"),
        pytest.param("PGĐ đ/c Cường", "pgd", How.NAME, id="rank before the title"),
        pytest.param("Đ/c Cường (PGĐ)", "pgd", How.NAME, id="rank in brackets"),
        pytest.param("Đ/c Linh (BCXB)", "linh", How.NAME, id="unit that agrees"),
        pytest.param("LĐ Cường", "pgd", How.NAME, id="one of the leaders"),
        pytest.param("LĐ Hùng", "hung", How.NAME, id="the head of a unit is a leader of it"),
        pytest.param("GĐ", "gd", How.RANK, id="rank alone"),
        pytest.param("Giám đốc", "gd", How.RANK, id="rank in full"),
        pytest.param("CVP", "hung", How.RANK, id="chief of office"),
        pytest.param("TP CNTT", "tuan", How.RANK, id="rank and unit"),
        pytest.param("Trưởng phòng BCVT", "hanh", How.RANK, id="rank in full and unit"),
        pytest.param("LĐ VP", "hung", How.RANK, id="leader of a unit"),
        pytest.param("TP (CNTT)", "tuan", How.RANK, id="rank and unit in brackets"),
        pytest.param("VP", "unit:vp", How.UNIT, id="unit"),
        pytest.param("P.CNTT", "unit:cntt", How.UNIT, id="unit with P."),
        pytest.param("P. BCVT", "unit:bcvt", How.UNIT, id="unit with P. and a space"),
        pytest.param("Phòng CNTT", "unit:cntt", How.UNIT, id="unit with Phòng"),
        pytest.param("TTra", "unit:ttra", How.UNIT, id="thanh tra, short"),
        pytest.param("Thanh tra", "unit:ttra", How.UNIT, id="thanh tra"),
        pytest.param("Công nghệ thông tin", "unit:cntt", How.UNIT, id="name without Phòng"),
        pytest.param("Phòng Báo chí - Xuất bản", "unit:bcxb", How.UNIT, id="hyphen for dash"),
        pytest.param("P.KH-TC", "unit:khtc", How.UNIT, id="hyphen inside an alias"),
        pytest.param("TTra g/q", "unit:ttra", How.UNIT, id="with what to do"),
        pytest.param("Kính chuyển VP tham mưu", "unit:vp", How.UNIT, id="in a polite sentence"),
        pytest.param("P.BCXB (đ/c Linh)", "linh", How.NAME, id="person in brackets behind the unit"),
        pytest.param("VP: đ/c Hùng", "hung", How.NAME, id="unit before the person"),
        pytest.param("VP Hùng", "hung", How.NAME, id="unit before the name"),
        pytest.param("Hùng VP", "hung", How.NAME, id="unit behind the name"),
    ],
)
def test_a_name_as_it_is_stored_is_matched(written: str, reference: str, how: How) -> None:
    (match,) = matches(written)
    assert (match.reference, match.how) == (reference, how)
    assert match.candidates == ()
    assert match.written.replace("Ð", "Đ") in match.because.text


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        pytest.param("Đ/c Linh (VP)", "linh2", id="unit in brackets"),
        pytest.param("Đ/c Linh (P.BCXB)", "linh", id="the other unit"),
        pytest.param("Đ/c Linh VP", "linh2", id="unit behind"),
        pytest.param("VP - đ/c Linh (VP)", "linh2", id="unit before and in brackets"),
        pytest.param("Đ/c Linh (Phó CVP)", None, id="a rank nobody writes so"),
        pytest.param("PCVP Linh", "linh2", id="rank before"),
        pytest.param("CV Linh", "linh", id="the other rank"),
        pytest.param("Đ/c Văn Linh", "linh2", id="middle name"),
        pytest.param("Đ/c Linh", None, id="nothing to tell them apart"),
        pytest.param("Linh VP (BCXB)", None, id="two units that speak against each other"),
        pytest.param("Đ/c Linh (CNTT)", None, id="a unit neither is in"),
        pytest.param("PGĐ Linh", None, id="a rank neither has"),
        pytest.param("Đ/c Linh (Đài PT-TH)", None, id="words that are nothing here"),
    ],
)
def test_of_two_people_of_one_name_what_is_written_beside_decides(
    written: str, reference: str | None
) -> None:
    assert references(written, TWO_LINH)[-1] == reference


@pytest.mark.parametrize(
    ("written", "how", "candidates"),
    [
        pytest.param("Đ/c Linh", How.AMBIGUOUS, ("linh", "linh2"), id="two of one name"),
        pytest.param("PGĐ Linh", How.CONFLICT, ("linh", "linh2"), id="rank that neither has"),
        pytest.param("LĐ Linh", How.CONFLICT, ("linh", "linh2"), id="no leader is called so"),
        pytest.param("Đ/c Hùng (CNTT)", How.CONFLICT, ("hung",), id="the only one, but elsewhere"),
        pytest.param("Đ/c Lĩnh", How.APPROXIMATE, ("linh", "linh2"), id="another mark"),
        pytest.param("Thanh Xuan", How.APPROXIMATE, ("xuan",), id="marks lost"),
        pytest.param("Đ/c Tharh Xuân", How.APPROXIMATE, ("xuan",), id="a letter misread"),
        pytest.param("Đ/c Ngọc Xuân", How.APPROXIMATE, ("xuan",), id="another middle name"),
        pytest.param("Van phong", How.APPROXIMATE, ("unit:vp",), id="unit without marks"),
        pytest.param("P.CNT", How.APPROXIMATE, ("unit:cntt",), id="unit with a letter less"),
        pytest.param("LTX", How.APPROXIMATE, ("xuan",), id="initials"),
        pytest.param("L.T.Xuân", How.APPROXIMATE, ("xuan",), id="initials and name"),
        pytest.param("Đ/c Thanh Xuâm", How.APPROXIMATE, ("xuan",), id="the last letter misread"),
        pytest.param("Đ/c Lê Thanh Xuôn", How.APPROXIMATE, ("xuan",), id="a full name misread, clear margin"),
        pytest.param("Đ/c An", How.APPROXIMATE, ("gd",), id="the end of a name, but no word of it"),
        pytest.param("Đ/c VP", How.UNKNOWN, (), id="a title before a unit: some person is meant"),
        pytest.param("Đ/c L1nh", How.UNKNOWN, (), id="half of a short name misread"),
        pytest.param("Trần Thị Linh", How.APPROXIMATE, ("linh", "linh2"), id="between two full names"),
        pytest.param("P. BCVB", How.UNKNOWN, (), id="as near to one short unit as to another"),
        pytest.param("Đ/c Minh", How.UNKNOWN, (), id="nobody like it"),
        pytest.param("BC", How.UNKNOWN, (), id="a unit or to report: nobody knows"),
        pytest.param("chủ trì", How.UNKNOWN, (), id="a mark that belongs to nobody"),
        pytest.param("VP (gấp)", How.CONFLICT, ("unit:vp",), id="a unit with words not understood"),
        pytest.param("TP", How.AMBIGUOUS, ("xuan", "tuan", "hanh", "nga"), id="a rank of many"),
        pytest.param("TP Sở", How.UNKNOWN, (), id="a rank in a unit nobody knows"),
        pytest.param("LĐ Sở", How.UNKNOWN, (), id="leaders of something"),
        pytest.param("PTP CNTT", How.APPROXIMATE, ("unit:cntt",), id="a rank nobody holds there"),
        pytest.param("Đ/c", How.UNKNOWN, (), id="a title alone"),
        pytest.param("BGĐ", How.AMBIGUOUS, ("pgd", "gd"), id="all leaders"),
    ],
)
def test_what_is_not_certain_is_never_decided(written: str, how: How, candidates: tuple[str, ...]) -> None:
    (match,) = matches(written, TWO_LINH)
    assert match.reference is None
    assert (match.how, match.candidates) == (how, candidates)
    assert match.because.text.endswith(".")


def test_a_mark_for_mark_match_outranks_one_without_marks() -> None:
    directory = with_people(person("ha", "Lê Hà"), person("ha2", "Lê Hạ"), person("hoa", "Lê Hoà"))
    assert references("Đ/c Hà, Đ/c Hạ, Đ/c Há, Đ/c Hòa", directory) == ["ha", "ha2", None, "hoa"]


def test_an_alias_outranks_a_name_unless_what_is_beside_speaks_against_it() -> None:
    directory = with_people(person("linh2", "Trần Văn Linh", "vp", aliases=("Linh", "Xuân A")))
    found = matches("Đ/c Linh, Xuân A, Linh (BCXB), Linh (CNTT)", directory)
    assert [one.reference for one in found] == ["linh2", "linh2", "linh", None]
    assert [one.how for one in found] == [How.ALIAS, How.ALIAS, How.HINT, How.CONFLICT]


def test_an_alias_may_be_the_whole_of_what_is_written() -> None:
    directory = with_people(person("linh2", "Trần Văn Linh", "vp", aliases=("Đ/c Linh", "CT Sáu")))
    assert references("Đ/c Linh; CT Sáu", directory) == ["linh2", "linh2"]


def test_an_alias_of_two_people_decides_nothing_even_beside_one_of_that_name() -> None:
    directory = with_people(person("a", "Lê An", aliases=("Sáu",)), person("b", "Lê Bình", aliases=("Sáu",)))
    (match,) = matches("Đ/c Sáu", directory)
    assert (match.how, match.candidates) == (How.AMBIGUOUS, ("a", "b"))
    third = dataclasses.replace(directory, people=(*directory.people, person("c", "Trần Sáu")))
    (match,) = matches("Đ/c Sáu", third)
    assert (match.how, match.candidates) == (How.AMBIGUOUS, ("a", "b", "c"))


@pytest.mark.parametrize(
    ("on", "reference"),
    [
        pytest.param("2011-12-31", None, id="both serve"),
        pytest.param("2012-01-01", "linh", id="the other has left"),
        pytest.param("2010-06-01", "linh2", id="this one is not there yet"),
    ],
)
def test_only_staff_serving_on_the_day_is_matched(on: str, reference: str | None) -> None:
    directory = Directory(
        units=UNITS,
        people=(
            person("linh", "Nguyễn Thị Linh", since="2011-01-01"),
            person("linh2", "Trần Văn Linh", until="2011-12-31"),
        ),
    )
    (match,) = match_names("Đ/c Linh", directory, dt.date.fromisoformat(on))
    assert match.reference == reference


@pytest.mark.parametrize(
    ("on", "how"),
    [
        pytest.param("2011-12-31", How.UNKNOWN, id="the day before the first"),
        pytest.param("2012-01-01", How.NAME, id="the first day"),
        pytest.param("2012-01-31", How.NAME, id="the last day"),
        pytest.param("2012-02-01", How.UNKNOWN, id="the day after the last"),
    ],
)
def test_the_first_and_the_last_day_of_service_count(on: str, how: How) -> None:
    directory = Directory(people=(person("an", "Lê An", since="2012-01-01", until="2012-01-31"),))
    for written in ("Đ/c An", "Lê An"):
        assert [one.how for one in match_names(written, directory, dt.date.fromisoformat(on))] == [how]


def test_somebody_not_serving_is_neither_matched_by_alias_or_rank_nor_shown_as_a_likeness() -> None:
    gone = person("cu", "Mai Sáu", "vp", "Chánh Thanh tra", aliases=("Sáu",), until="2011-12-31")
    found = matches("Đ/c Sáu; CTT; Mai Sau; LĐ TTra", with_people(gone))
    assert [(one.reference, one.candidates) for one in found] == [
        (None, ()),
        ("dao", ()),
        (None, ()),
        ("dao", ()),
    ]


def test_a_head_who_has_left_is_not_the_leader_of_the_unit() -> None:
    old = person("cu", "Mai Sáu", until="2011-12-31")
    directory = Directory(
        units=(unit("vp", "Văn phòng", "VP", head="cu"),), people=(old, person("an", "Lê An"))
    )
    assert references("LĐ VP", directory) == [None]
    (match,) = match_names("LĐ VP", directory, dt.date(2011, 12, 31))
    assert (match.reference, match.how) == ("cu", How.RANK)


def test_the_leader_of_a_unit_is_its_head_by_duty_where_none_is_entered() -> None:
    head = person("an", "Lê An", "moi", duty=Duty.UNIT_HEAD)
    directory = Directory(units=(unit("moi", "Phòng Mới"),), people=(head, person("ba", "Lê Ba", "moi")))
    assert references("LĐ Phòng Mới", directory) == ["an"]


def test_a_resemblance_stands_alone_only_with_a_clear_margin() -> None:
    near = with_people(person("dung", "Bùi Trung Dũng"), person("dung2", "Bùi Trung Dung", "vp"))
    (tie,) = matches("Đ/c Trung Dụng", near)
    assert (tie.how, tie.candidates) == (How.APPROXIMATE, ("dung", "dung2"))
    close = with_people(person("a", "Lê Quang Trung Đông"), person("b", "Bùi Quang Trung Dũng"))
    (match,) = matches("Đ/c Quang Trung Dung", close)
    assert (match.how, match.candidates) == (How.APPROXIMATE, ("b", "a"))
    clear = with_people(person("dung", "Bùi Trung Dũng"), person("dung2", "Bùi Quang Dung", "vp"))
    (match,) = matches("Đ/c Trung Dụng", clear)
    assert (match.how, match.candidates) == (How.APPROXIMATE, ("dung",))


def test_only_so_many_candidates_are_shown() -> None:
    many = with_people(*(person(f"an{n}", f"Lê {middle} An") for n, middle in enumerate("ABCDEGHIKL")))
    (match,) = matches("Đ/c An", many)
    assert (match.how, len(match.candidates)) == (How.AMBIGUOUS, MOST_CANDIDATES)


def test_a_name_only_someone_who_left_bears_is_said_to_be_so() -> None:
    directory = with_people(person("minh", "Lý Minh", until="2011-12-31"))
    (match,) = matches("Đ/c Minh", directory)
    assert match.how is How.UNKNOWN
    assert "trùng tên Lý Minh, không công tác ngày ấy" in match.because.text


def test_a_word_that_is_a_unit_and_a_person_is_asked_about_unless_a_title_tells() -> None:
    directory = Directory(units=(unit("huong", "Hương"),), people=(person("h", "Lê Hương"),))
    (word, titled) = matches("Hương, Đ/c Hương", directory)
    assert (word.reference, word.candidates) == (None, ("h", "unit:huong"))
    assert titled.reference == "h"
    beside = Directory(units=(unit("huong", "Hương"), UNITS[0]), people=(person("h", "Lê Hương", "vp"),))
    assert references("Hương (VP)", beside) == ["h"]


def test_people_whose_unit_or_title_is_not_recorded_are_not_ruled_out() -> None:
    directory = with_people(person("minh", "Lý Minh"))
    assert references("PGĐ Minh, Đ/c Minh (VP)", directory) == ["minh", "minh"]
    unsure = with_people(person("minh", "Lý Minh"), person("minh2", "Đỗ Minh", "vp"))
    (match,) = matches("Đ/c Minh (VP)", unsure)
    assert (match.how, match.candidates) == (How.AMBIGUOUS, ("minh", "minh2"))


def test_the_one_left_of_two_names_is_asked_about_while_nothing_speaks_for_him() -> None:
    (match,) = matches("Đ/c Linh (VP)", with_people(person("linh2", "Trần Văn Linh")))
    assert (match.how, match.candidates) == (How.AMBIGUOUS, ("linh2",))


def test_where_there_is_a_chairman_ct_before_a_name_is_the_rank() -> None:
    chairman = person("ct", "Lê Sơn", None, "Chủ tịch", duty=Duty.LEADER)
    committee = with_people(chairman, person("son", "Đinh Sơn", "vp", "Chuyên viên"))
    found = matches("CT Sơn, CT, CT: VP, TTra (CT), Linh CT", committee)
    assert [(one.reference, one.role_mark) for one in found] == [
        ("ct", None),
        ("ct", None),
        ("unit:vp", LEAD),
        ("unit:ttra", LEAD),
        ("linh", LEAD),
    ]
    office = with_people(person("son", "Đinh Sơn"))
    assert [(one.reference, one.role_mark) for one in matches("CT Sơn, CT", office)] == [
        ("son", LEAD),
        (None, None),
    ]


# ── several names ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("Đ/c Linh, Đ/c Thanh xuân", ["linh", "xuan"], id="commas"),
        pytest.param("Linh; Hùng + Lan", ["linh", "hung", "gd"], id="semicolon and plus"),
        pytest.param("Linh/Hùng", ["linh", "hung"], id="slash"),
        pytest.param("Linh - Hùng – Lan", ["linh", "hung", "gd"], id="hyphen and dash"),
        pytest.param("Linh-Hùng", ["linh", "hung"], id="hyphen without spaces"),
        pytest.param("Linh và Hùng & Lan", ["linh", "hung", "gd"], id="và and &"),
        pytest.param("VP → TTra", ["unit:vp", "unit:ttra"], id="arrow"),
        pytest.param("Đ/c Linh\nĐ/c Hùng", ["linh", "hung"], id="two lines"),
        pytest.param("Đ/c Linh Đ/c Hùng", ["linh", "hung"], id="comma lost"),
        pytest.param("Đ/c Linh 5/1", ["linh"], id="the date beside the signature"),
        pytest.param("Đ/c Linh 05/01/2012, VP.", ["linh", "unit:vp"], id="a whole date, a stop"),
        pytest.param(
            "VP -\nPhòng Bưu chính –\nViễn thông", ["unit:vp", "unit:bcvt"], id="a name over two lines"
        ),
        pytest.param(
            "Phòng Kế hoạch - Tài chính - VP", ["unit:khtc", "unit:vp"], id="hyphen in a unit's name"
        ),
        pytest.param("Các đ/c Linh, Hùng", ["linh", "hung"], id="one title for all"),
        pytest.param("TTra/Thanh tra", ["unit:ttra", "unit:ttra"], id="the same twice"),
        pytest.param("...", [], id="nothing but stops"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_row_is_cut_into_names(written: str, expected: list[str]) -> None:
    assert references(written) == expected


def test_a_list_of_names_is_read_like_the_row_it_came_from() -> None:
    assert references(["Đ/c Linh", "Đ/c Hùng, VP"]) == ["linh", "hung", "unit:vp"]


@pytest.mark.parametrize(
    ("written", "marks"),
    [
        pytest.param("P.CNTT chủ trì, VP p/h", [LEAD, SUPPORT], id="behind"),
        pytest.param(
            "CT: Linh; PH: Hùng, Lan; ĐB: VP", [LEAD, SUPPORT, SUPPORT, INFORM], id="before, carried"
        ),
        pytest.param("Chủ trì Linh, Hùng", [LEAD, None], id="a lead mark is not carried"),
        pytest.param("Chủ trì: Linh, Hùng", [LEAD, LEAD], id="but with a colon it is"),
        pytest.param("Phối hợp Linh, Hùng", [SUPPORT, SUPPORT], id="a support mark is carried"),
        pytest.param("để b/c Linh", [INFORM], id="to report"),
        pytest.param("VP để biết", [INFORM], id="for information"),
        pytest.param("VP (ĐB)", [INFORM], id="in brackets"),
        pytest.param("Đ/c Linh (BCXB, CT)", [LEAD], id="beside a unit in brackets"),
        pytest.param("Đ/c Linh (CT, BCXB)", [LEAD], id="before a unit in brackets"),
        pytest.param("VP g/q, TTra t/m", [None, None], id="what to do is no role"),
        pytest.param("CT:\nĐ/c Linh", [LEAD], id="on the line above"),
        pytest.param("Linh CT, xử lý: Hùng", [LEAD, None], id="a word of action ends the carrying"),
        pytest.param("Linh g/q CT", [LEAD], id="two marks"),
        pytest.param("phoi hop: Linh", [SUPPORT], id="without marks"),
        pytest.param("Linh", [None], id="none"),
    ],
)
def test_role_marks_are_read_beside_names(written: str, marks: list[Role | None]) -> None:
    found = matches(written)
    assert [one.role_mark for one in found] == marks
    assert all(one.reference for one in found)


# ── whatever is written ──────────────────────────────────────────────────────────────────────────────────

NAMES = st.sampled_from(
    [p.name for p in PEOPLE] + ["Linh", "Xuân", "Thanh Xuân", "VP", "P.CNTT", "Minh", "GĐ"]
)
TITLES = st.sampled_from(["", "Đ/c ", "đ/c ", "A. ", "ông ", "PGĐ ", "CT: "])
LISTS = st.lists(st.tuples(TITLES, NAMES), max_size=5).map(lambda parts: ", ".join(t + n for t, n in parts))


@given(written=LISTS)
def test_every_name_of_a_list_is_answered_in_its_order(written: str) -> None:
    found = matches(written, TWO_LINH)
    assert len(found) == (written.count(",") + 1 if written else 0)
    assert found == matches(written, TWO_LINH)


@given(written=st.one_of(st.text(max_size=40), LISTS))
def test_whatever_is_decided_is_somebody_serving_whose_name_or_alias_is_written(written: str) -> None:
    serving = {p.id: p for p in TWO_LINH.active(ARRIVED)}
    for match in matches(written, TWO_LINH):
        assert (match.person is None) or (match.unit is None)
        assert not (match.reference and match.candidates)
        if match.how in (How.NAME, How.HINT) and match.person:
            assert fold(serving[match.person].name.split()[-1]) in fold(match.written)


@given(extra=st.sampled_from(["Đinh Văn Linh", "Lê Linh", "Linh"]))
def test_one_more_person_of_the_name_makes_a_decided_name_a_question(extra: str) -> None:
    assert references("Đ/c Linh", OFFICE) == ["linh"]
    more = dataclasses.replace(OFFICE, people=(*OFFICE.people, person("new", extra)))
    assert references("Đ/c Linh", more) == [None]


@given(
    name=st.sampled_from([p.name for p in PEOPLE]), place=st.integers(0, 30), letter=st.sampled_from("bkxzưẽ")
)
def test_a_name_with_one_letter_misread_is_never_decided(name: str, place: int, letter: str) -> None:
    at = place % len(name)
    written = f"Đ/c {name[:at]}{letter}{name[at + 1 :]}"
    if fold(written) != fold(f"Đ/c {name}") and name[at] != " ":
        for match in matches(written):
            assert match.reference is None


@given(name=st.sampled_from([p.name for p in PEOPLE]))
def test_a_name_without_its_marks_is_shown_and_never_decided(name: str) -> None:
    bare = fold(name).title()
    owners = [str(p.id) for p in PEOPLE if p.name == name]
    (match,) = matches(f"Đ/c {bare}")
    assert (match.reference in owners) if bare == name else (match.reference is None)
    assert bare == name or match.candidates[:1] == tuple(owners)


# ── an alias and its days ────────────────────────────────────────────────────────────────────────────────

DAYS = [
    pytest.param(None, None, "linh", id="always"),
    pytest.param(ARRIVED, ARRIVED, "linh", id="on that day alone"),
    pytest.param(ARRIVED + dt.timedelta(1), None, None, id="from the day after"),
    pytest.param(None, ARRIVED - dt.timedelta(1), None, id="until the day before"),
]


@pytest.mark.parametrize(("since", "until", "reference"), DAYS)
def test_an_alias_counts_on_its_days_only(
    since: dt.date | None, until: dt.date | None, reference: str | None
) -> None:
    days = (AliasDays(alias="Út Trà Vinh", since=since, until=until),)
    named = tuple(
        dataclasses.replace(one, aliases=(*one.aliases, "Út Trà Vinh"), alias_days=days)
        if one.id == "linh"
        else one
        for one in OFFICE.people
    )
    found = references("Út Trà Vinh", dataclasses.replace(OFFICE, people=named))
    assert found == [reference]


@pytest.mark.parametrize(("since", "until", "reference"), DAYS)
def test_so_does_that_of_a_unit(since: dt.date | None, until: dt.date | None, reference: str | None) -> None:
    days = (AliasDays(alias="KTNB", since=since, until=until),)
    units = tuple(
        dataclasses.replace(one, aliases=(*one.aliases, "KTNB"), alias_days=days) if one.id == "bcxb" else one
        for one in OFFICE.units
    )
    found = references("KTNB", dataclasses.replace(OFFICE, units=units))
    assert found == [reference and "unit:bcxb"]
