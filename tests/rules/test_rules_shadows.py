from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from documents.people import Directory
from documents.reading import Reading
from rules import covering
from rules.conditions import Condition
from rules.covering import Cover
from rules.implied import excludes, implies, list_branches
from rules.judging import judge
from rules.rows import Row
from rules.table import check_table
from tests.rules.builders import OFFICE, person, table, unit, with_people
from tests.rules.making import CONDITIONS, papers

PLAN = "{field: doc_type, is: Kế hoạch}"
ABROAD = "{field: subject, contains: đối ngoại}"


@pytest.mark.parametrize(
    ("above", "row"),
    [
        pytest.param("", f"if: {PLAN},", id="a row that always holds"),
        pytest.param(f"if: {PLAN},", f"if: {PLAN},", id="the same condition"),
        pytest.param(f"if: {PLAN},", f"if: {{all: [{ABROAD}, {PLAN}]}},", id="a condition less"),
        pytest.param(f"if: {{any: [{PLAN}, {ABROAD}]}},", f"if: {ABROAD},", id="one of its alternatives"),
        pytest.param(
            f"if: {{any: [{PLAN}, {ABROAD}, {{field: place, is: Huế}}]}},",
            f"if: {{any: [{ABROAD}, {PLAN}]}},",
            id="every alternative among its own",
        ),
        pytest.param(
            "if: {field: doc_type, one_of: [Kế hoạch, Chỉ thị]},", f"if: {PLAN},", id="a value among several"
        ),
        pytest.param("if: {field: doc_type, is: KẾ HOẠCH},", f"if: {PLAN},", id="the same but for capitals"),
        pytest.param(
            f"if: {ABROAD},", "if: {field: subject, contains: thông tin đối ngoại},", id="a longer phrase"
        ),
        pytest.param(
            "if: {field: doc_type, contains: ke hoach},", f"if: {PLAN},", id="a value that contains it"
        ),
        pytest.param(
            "if: {field: date, before: 2012-02-01},", "if: {field: date, before: 2012-01-01},", id="before"
        ),
        pytest.param(
            "if: {field: date, after: 2012-01-01},", "if: {field: date, after: 2012-02-01},", id="after"
        ),
        pytest.param(
            "if: {field: date, at_least: 2012-01-01},",
            "if: {field: date, at_least: 2012-02-01},",
            id="from a day",
        ),
        pytest.param(
            "if: {field: arrival_number, at_least: 5},",
            "if: {field: arrival_number, at_least: 9},",
            id="number",
        ),
        pytest.param("valid_from: 2012-01-01,", "valid_from: 2012-02-01,", id="within its dates"),
        pytest.param("valid_to: 2012-12-31,", "valid_to: 2012-02-01,", id="ends earlier"),
        pytest.param(
            f"if: {{not: {PLAN}}},", "if: {field: doc_type, is: Chỉ thị},", id="another value is not that one"
        ),
        pytest.param(f"if: {{not: {{all: [{PLAN}, {ABROAD}]}}}},", f"if: {{not: {ABROAD}}},", id="De Morgan"),
        pytest.param(
            "if: {from: [Bộ Y tế, Bộ Tài chính]},", "if: {from: Bộ Tài chính},", id="an agency among several"
        ),
        pytest.param(
            "if: {from: Bộ Tài chính},",
            "if: {field: issuer_agency, is: Bộ Tài chính},",
            id="the agency itself is from the agency",
        ),
        pytest.param(
            "if: {names_us: true},", f"if: {{all: [{{names_us: true}}, {PLAN}]}},", id="names us and more"
        ),
        pytest.param(
            "if: {field: urgency, at_least: Khẩn},", "if: {field: urgency, at_least: Hỏa tốc},", id="urgency"
        ),
    ],
)
def test_a_row_that_another_always_takes_before_is_warned_about(above: str, row: str) -> None:
    warnings = check_table(
        table(f"{{id: A, {above} lead: vp, source: QC}}\n{{id: B, {row} lead: ttra, source: QC}}")
    )
    assert any(text.startswith("B không bao giờ chọn được") and "A ở trên" in text for text in warnings)


@pytest.mark.parametrize(
    ("above", "row"),
    [
        pytest.param(f"if: {PLAN}, lead: vp,", f"if: {ABROAD}, lead: ttra,", id="another field"),
        pytest.param(
            f"if: {{all: [{PLAN}, {ABROAD}]}}, lead: vp,", f"if: {PLAN}, lead: ttra,", id="narrower"
        ),
        pytest.param(f"if: {PLAN}, support: [vp],", f"if: {PLAN}, lead: ttra,", id="names no lead"),
        pytest.param("lead: vp, valid_to: 2012-01-31,", f"if: {PLAN}, lead: ttra,", id="ends"),
        pytest.param("lead: vp, valid_from: 2012-01-31,", f"if: {PLAN}, lead: ttra,", id="begins later"),
        pytest.param(
            "lead: vp, valid_from: 2012-02-01,", "lead: ttra, valid_from: 2012-01-01,", id="begins after it"
        ),
        pytest.param(
            "lead: vp, valid_to: 2012-02-01,", "lead: ttra, valid_to: 2012-03-01,", id="ends before it"
        ),
        pytest.param(
            f"if: {PLAN}, lead: vp,", "if: {field: doc_type, is: Chỉ thị}, lead: vp,", id="other value"
        ),
        pytest.param(f"if: {{not: {PLAN}}}, lead: vp,", f"if: {ABROAD}, lead: vp,", id="a negation above"),
        pytest.param(
            "if: {field: doc_type, contains: quy hoạch}, lead: vp,", f"if: {PLAN}, lead: vp,", id="not within"
        ),
        pytest.param(
            "if: {field: subject, contains: x}, lead: vp,",
            "if: {field: subject, matches: x}, lead: vp,",
            id="nobody sees through a pattern",
        ),
        pytest.param(
            "if: {field: subject, matches: x}, lead: vp,",
            "if: {field: subject, contains: x}, lead: vp,",
            id="nor past one",
        ),
        pytest.param(
            "if: {field: urgency, at_least: Khẩn}, lead: vp,",
            "if: {field: arrival_number, at_least: 3}, lead: vp,",
            id="different measures",
        ),
        pytest.param(
            "if: {field: date, before: 2012-01-01}, lead: vp,",
            "if: {field: date, before: 2012-02-01}, lead: vp,",
            id="earlier above",
        ),
    ],
)
def test_a_row_that_may_fire_is_not_warned_about(above: str, row: str) -> None:
    text = f"{{id: A, {above} source: QC}}\n{{id: B, {row} source: QC}}"
    assert not [warning for warning in check_table(table(text)) if warning.startswith("B ")]


def test_what_a_shadowed_row_still_does_is_said() -> None:
    warnings = check_table(
        table(
            """
            {id: A, lead: vp, source: QC}
            {id: B, lead: ttra, support: [cntt], source: QC}
            {id: C, days: 3, source: QC}
            {id: D, inform: [gd], source: QC}
            """
        )
    )
    assert warnings == (
        "B không bao giờ chọn được người chủ trì: A ở trên luôn được dùng trước; "
        "chỉ phần phối hợp và để biết còn tác dụng.",
        "C không bao giờ đặt được hạn: A ở trên luôn được dùng trước.",
        "mac_dinh không bao giờ chọn được người chủ trì: A ở trên luôn được dùng trước.",
        "A và B trái nhau: cùng điều kiện, A giao cho vp, B giao cho ttra.",
    )


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        pytest.param(PLAN, "{field: doc_type, one_of: [Chỉ thị]}", True, id="two values of one field"),
        pytest.param(
            "{field: date, before: 2012-01-02}", "{field: date, after: 2012-01-01}", True, id="no day between"
        ),
        pytest.param(
            "{field: date, before: 2012-01-03}",
            "{field: date, after: 2012-01-01}",
            False,
            id="one day between",
        ),
        pytest.param(PLAN, "{field: doc_type, one_of: [kế hoạch]}", False, id="the same value"),
        pytest.param(PLAN, "{field: place, is: Huế}", False, id="two fields"),
        pytest.param(PLAN, "{field: doc_type, contains: chỉ thị}", True, id="a value without the phrase"),
        pytest.param(PLAN, "{field: doc_type, contains: hoạch}", False, id="a value with the phrase"),
        pytest.param(PLAN, "{field: doc_type, matches: chỉ thị}", False, id="nobody sees through a pattern"),
        pytest.param(PLAN, f"{{not: {PLAN}}}", True, id="a comparison and its opposite"),
        pytest.param(
            "{field: recipients, is: A}", "{not: {field: recipients, is: A}}", True, id="so of a list too"
        ),
        pytest.param(
            "{field: subject, contains: thông tin đối ngoại}",
            f"{{not: {ABROAD}}}",
            True,
            id="not even a part",
        ),
        pytest.param(
            "{field: urgency, at_least: Hỏa tốc}",
            "{not: {field: urgency, at_least: Khẩn}}",
            True,
            id="most urgent and not urgent",
        ),
        pytest.param(
            "{field: urgency, is: Khẩn}", "{field: urgency, at_least: Hỏa tốc}", True, id="a level too low"
        ),
        pytest.param(
            "{field: date, before: 2012-01-02}", "{field: date, at_least: 2012-01-02}", True, id="no day left"
        ),
        pytest.param(
            "{from: Bộ Tài chính}", "{not: {from: [Bộ Tài chính, Bộ Y tế]}}", True, id="from it and not"
        ),
        pytest.param("{from: Bộ Tài chính}", "{from: Bộ Y tế}", False, id="joint papers have two"),
        pytest.param("{names_us: true}", "{not: {names_us: true}}", True, id="names us and does not"),
        pytest.param(
            "{field: recipients, is: A}", "{field: recipients, is: B}", False, id="a list holds both"
        ),
        pytest.param(f"{{any: [{PLAN}, {ABROAD}]}}", PLAN, False, id="alternatives"),
        pytest.param(
            f"{{any: [{PLAN}, {{field: doc_type, is: Báo cáo}}]}}",
            "{field: doc_type, is: Chỉ thị}",
            True,
            id="every alternative clashes",
        ),
        pytest.param(
            f"{{any: [{PLAN}, {ABROAD}]}}",
            f"{{not: {PLAN}}}",
            False,
            id="one alternative is left",
        ),
    ],
)
def test_a_row_that_contradicts_itself_is_warned_about(first: str, second: str, clash: bool) -> None:
    warnings = check_table(table(f"{{id: A, if: {{all: [{first}, {second}]}}, lead: ttra, source: QC}}"))
    assert bool(warnings) is clash
    assert all("A không bao giờ đúng" in text for text in warnings)


def test_letters_that_re2_reads_as_ascii_are_warned_about() -> None:
    warnings = check_table(
        table(
            r"""
            {id: A, if: {not: {field: subject, matches: '\bđối'}}, lead: ttra, source: QC}
            {id: B, if: {any: [{field: place, matches: '\pL'}, {field: place, is: Huế}]}, lead: vp, source: Q}
            """
        )
    )
    assert len(warnings) == 1
    assert r"\pL" in warnings[0]
    assert warnings[0].startswith("A:")


def test_a_unit_nobody_heads_is_warned_about_when_the_directory_is_at_hand() -> None:
    directory = Directory(units=(*OFFICE.units, unit("moi", "Phòng Mới")), people=OFFICE.people)
    rows = table(
        "{id: A, if: {field: place, is: Huế}, lead: gd, support: [moi], source: QC}", directory=directory
    )
    assert check_table(rows) == ()
    assert check_table(rows, directory) == (
        "A: Phòng Mới chưa ghi người phụ trách, thông báo sẽ không có người nhận.",
    )


def test_rows_that_together_take_everything_shadow_the_one_below() -> None:
    rows = table(
        """
        {id: A, if: {field: doc_type, is: Kế hoạch}, lead: vp, source: QC}
        {id: B, if: {field: doc_type, is: Chỉ thị}, lead: vp, source: QC}
        {id: C, if: {field: doc_type, one_of: [Chỉ thị, Kế hoạch]}, lead: ttra, source: QC}
        {id: D, if: {field: doc_type, one_of: [Chỉ thị, Công văn]}, lead: ttra, source: QC}
        """
    )
    assert check_table(rows) == (
        "C không bao giờ chọn được người chủ trì: A và B ở trên luôn được dùng trước.",
    )


def test_days_that_a_row_above_has_always_set_are_warned_about() -> None:
    rows = table(
        f"""
        {{id: A, if: {PLAN}, days: 3, source: QC}}
        {{id: B, if: {{all: [{PLAN}, {ABROAD}]}}, lead: ttra, days: 9, source: QC}}
        {{id: C, if: {ABROAD}, lead: vp, days: 9, source: QC}}
        """
    )
    assert check_table(rows) == ("B không bao giờ đặt được hạn: A ở trên luôn được dùng trước.",)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        pytest.param(f"if: {PLAN}, lead: vp", f"if: {PLAN}, lead: ttra", True, id="the same condition"),
        pytest.param(f"if: {PLAN}, lead: vp", f"if: {PLAN}, lead: vp", False, id="the same lead"),
        pytest.param(f"if: {PLAN}, lead: vp", f"if: {PLAN}, support: [ttra]", False, id="no second lead"),
        pytest.param(f"if: {PLAN}, lead: vp", f"if: {ABROAD}, lead: ttra", False, id="other conditions"),
        pytest.param(
            f"if: {{all: [{PLAN}, {ABROAD}]}}, lead: vp",
            f"if: {{all: [{ABROAD}, {PLAN}]}}, lead: ttra",
            True,
            id="the same but for the order",
        ),
        pytest.param(
            f"if: {{not: {{any: [{PLAN}, {ABROAD}]}}}}, lead: vp",
            f"if: {{all: [{{not: {PLAN}}}, {{not: {ABROAD}}}]}}, lead: ttra",
            True,
            id="the same in other words",
        ),
        pytest.param(
            f"if: {PLAN}, lead: vp, valid_to: 2012-06-30",
            f"if: {PLAN}, lead: ttra, valid_from: 2012-07-01",
            False,
            id="one after the other",
        ),
        pytest.param(
            f"if: {PLAN}, lead: vp, valid_to: 2012-06-30",
            f"if: {PLAN}, lead: ttra, valid_from: 2012-06-30",
            True,
            id="on one day both",
        ),
    ],
)
def test_rows_that_give_the_same_papers_to_different_people_are_warned_about(
    one: str, other: str, clash: bool
) -> None:
    warnings = check_table(table(f"{{id: A, {one}, source: QC}}\n{{id: B, {other}, source: QC}}"), OFFICE)
    said = [text for text in warnings if text.startswith("A và B trái nhau")]
    assert bool(said) is clash
    assert all("A giao cho Văn phòng, B giao cho Thanh tra" in text for text in said)


def test_rows_and_people_whose_time_is_over_are_warned_about_when_the_day_is_known() -> None:
    gone = with_people(person("cu", "Phan Cũ", until="2012-03-31"))
    rows = table(
        """
        {id: A, if: {field: place, is: Huế}, lead: gd, valid_to: 2012-03-31, source: QC}
        {id: B, if: {field: place, is: Vinh}, lead: cu, source: QC}
        """,
        directory=gone,
    )
    assert check_table(rows, gone) == ()
    assert check_table(rows, gone, dt.date(2012, 3, 31)) == ()
    assert check_table(rows, gone, dt.date(2012, 4, 1)) == (
        "A không còn được dùng: đã hết hiệu lực sau ngày 31/03/2012.",
        "B: Phan Cũ không công tác ngày 01/04/2012.",
    )


def test_a_head_who_has_left_is_warned_about() -> None:
    gone = Directory(
        units=(unit("moi", "Phòng Mới", head="cu"),), people=(person("cu", "Cũ", until="2012-01-01"),)
    )
    rows = table("", "{lead: moi, source: QC}", directory=gone)
    assert check_table(rows, gone, dt.date(2012, 1, 2)) == (
        "mac_dinh: Cũ phụ trách Phòng Mới không công tác ngày 02/01/2012.",
    )


def test_a_condition_with_too_many_ways_to_hold_is_taken_as_written() -> None:
    ways = [
        f"{{any: [{', '.join(f'{{field: {name}, is: {n}a}}' for n in range(9))}]}}"
        for name in ("place", "subject", "issuer")
    ]
    written = f"if: {{all: [{', '.join(ways)}]}}"
    rows = table(f"{{id: A, {written}, lead: vp, source: QC}}\n{{id: B, {written}, lead: vp, source: QC}}")
    assert check_table(rows) == ("B không bao giờ chọn được người chủ trì: A ở trên luôn được dùng trước.",)


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param("{{field: subject, contains: [từ {n}, chữ {n}]}}", id="words"),
        pytest.param(
            "{{all: [{{field: subject, contains: chữ {n}}}, {{field: issuer, contains: Bộ}}]}}", id="and"
        ),
        pytest.param("{{field: subject, matches: chữ{n}}}", id="patterns"),
    ],
)
def test_a_row_that_another_takes_is_found_among_hundreds(condition: str) -> None:
    written = [f"{{id: Q{n}, if: {condition.format(n=n)}, lead: vp, source: QC}}" for n in range(300)]
    rows = table("\n".join((*written, f"{{id: Z, if: {condition.format(n=7)}, lead: vp, source: QC}}")))
    assert check_table(rows) == ("Z không bao giờ chọn được người chủ trì: Q7 ở trên luôn được dùng trước.",)


def test_a_table_too_large_to_compare_says_so_instead_of_running_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering, "MOST_COMPARISONS", 3)
    rows = table("\n".join(f"{{id: Q{n}, if: {ABROAD}, lead: vp, source: QC}}" for n in range(9)))
    assert check_table(rows)[-1].startswith("Bảng có quá nhiều điều kiện để so mọi dòng")


# ── what is said of conditions is true of every paper ────────────────────────────────────────────────────


@settings(max_examples=400)
@given(one=CONDITIONS, other=CONDITIONS, paper=papers())
def test_what_is_said_of_two_conditions_is_true_of_every_paper(
    one: Condition, other: Condition, paper: Reading
) -> None:
    holds = judge(one, paper).holds
    ways = [all(judge(part, paper).holds for part in branch) for branch in list_branches(one)]
    assert any(ways) is (holds is True)
    cover = Cover((Row(id="A", rule="", when=other), Row(id="B", rule="", when=one)))
    if holds and all(0 in cover.over(branch) for branch in cover.branches[1]):
        assert judge(other, paper).holds is True
    if holds and implies(one, other):
        assert judge(other, paper).holds is True
    if excludes(one, other):
        assert not (holds and judge(other, paper).holds)
