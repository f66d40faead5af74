from __future__ import annotations

import pytest

from documents.people import Directory
from rules.table import check_table
from tests.rules.builders import OFFICE, table, unit

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
        pytest.param(PLAN, "{field: doc_type, contains: chỉ thị}", False, id="not looked into"),
        pytest.param(
            "{field: recipients, is: A}", "{field: recipients, is: B}", False, id="a list holds both"
        ),
        pytest.param(f"{{any: [{PLAN}, {ABROAD}]}}", PLAN, False, id="alternatives"),
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
