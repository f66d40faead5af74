from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.decisions import Assignee, Deadline, Ground, Question, Role, Routing
from documents.people import Directory, Officer, PersonId, UnitId
from documents.reading import AgencyChain, FieldName, FieldReading, Reading
from rules.case import LEAD, NOBODY
from rules.route import apply_deadline, choose_assignees, find_row
from rules.rows import RoutingTable
from tests.rules.builders import (
    ARRIVED,
    OFFICE,
    PLACE,
    TWO_LINH,
    UNITS,
    field,
    forwarded,
    person,
    reading,
    table,
    unit,
    with_people,
)

F = FieldName
WHO = F.ARRIVAL_FORWARDED_TO.value
ROWS = """
    {id: A, if: {field: doc_type, is: Giấy mời}, lead: vp, days: 3, source: QC}
    {id: B, if: {field: subject, contains: báo chí}, lead: bcxb, support: [cntt], inform: [gd], source: QC}
    {id: C, if: {field: subject, contains: phần mềm}, lead: cntt, support: [bcxb], source: QC}
    {id: D, if: {field: doc_type, is: Kế hoạch}, inform: [khtc], source: QC}
"""
TABLE = table(ROWS)


def choose(
    paper: Reading,
    *,
    rules: RoutingTable = TABLE,
    directory: Directory = OFFICE,
    on: dt.date = ARRIVED,
    first: bool = False,
    answers: dict[str, str] | None = None,
) -> Routing:
    return choose_assignees(paper, rules, directory, on=on, first_named_leads=first, answers=answers)


def lines(routing: Routing) -> list[str]:
    """`lead linh`, `inform unit:vp`, in the order given."""
    return [f"{a.role} {a.person or f'unit:{a.unit}'}" for a in routing.assignees]


def asked(routing: Routing) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(q.topic, q.about, q.candidates) for q in routing.questions]


def grounds(assignee: Assignee) -> list[Ground]:
    return [step.ground for step in assignee.because]


# ── names of the stamp ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(["Đ/c Linh"], ["lead linh"], id="one name leads"),
        pytest.param(["P. BCXB"], ["lead unit:bcxb"], id="one unit leads"),
        pytest.param(["Đ/c Linh chủ trì", "Đ/c Hùng"], ["lead linh", "support hung"], id="a mark"),
        pytest.param(["Đ/c Linh", "Đ/c Hùng (CT)"], ["lead hung", "support linh"], id="a mark on the second"),
        pytest.param(["Đ/c Linh", "VP p/h"], ["lead linh", "support unit:vp"], id="the others only support"),
        pytest.param(
            ["VP để biết", "Đ/c Linh", "TTra p/h"],
            ["lead linh", "support unit:ttra", "inform unit:vp"],
            id="lead, then support, then information",
        ),
        pytest.param(["CT: Linh; PH: Linh, VP"], ["lead linh", "support unit:vp"], id="nobody twice"),
        pytest.param(["Đ/c Linh", "Đ/c Linh"], ["lead linh"], id="the same person written twice"),
        pytest.param(["CT: Linh", "CT: Nguyễn Thị Linh"], ["lead linh"], id="marked lead twice, one person"),
        pytest.param(
            ["VP để biết, VP p/h, Linh"], ["lead linh", "support unit:vp"], id="support over inform"
        ),
    ],
)
def test_the_names_of_the_stamp_are_the_direction(written: list[str], expected: list[str]) -> None:
    routing = choose(forwarded(*written, doc_type="Công văn"))
    assert lines(routing) == expected
    assert routing.questions == ()
    assert routing.is_decided
    assert [step.text for step in routing.because] == [
        "Dấu đến ghi người nhận nên theo dấu, không theo bảng giao việc."
    ]


def test_the_stamp_outranks_the_table_but_whom_the_table_informs_is_informed() -> None:
    routing = choose(forwarded("Đ/c Linh", subject="Quy hoạch báo chí"))
    assert lines(routing) == ["lead linh", "inform gd", "inform unit:khtc"]


def test_the_default_row_informs_nobody_where_the_stamp_speaks() -> None:
    rules = table("", "{lead: vp, inform: [gd], days: 15, source: QC}")
    assert lines(choose(forwarded("Đ/c Linh"), rules=rules)) == ["lead linh"]
    assert lines(choose(forwarded(), rules=rules)) == ["lead unit:vp", "inform gd"]


@pytest.mark.parametrize(
    ("written", "first", "expected", "question"),
    [
        pytest.param(
            ["Đ/c Linh", "Đ/c Thanh xuân"], True, ["lead linh", "support xuan"], None, id="on: the first"
        ),
        pytest.param(
            ["Đ/c Linh", "Đ/c Thanh xuân"],
            False,
            ["support linh", "support xuan"],
            ("linh", "xuan"),
            id="off: who leads is the one question left",
        ),
        pytest.param(
            ["VP để biết", "P.CNTT p/h", "Linh", "Hùng"],
            True,
            ["lead linh", "support unit:cntt", "support hung", "inform unit:vp"],
            None,
            id="on: the first without a mark",
        ),
        pytest.param(
            ["Đ/c Linh", "Đ/c Hùng chủ trì"], True, ["lead hung", "support linh"], None, id="on: a mark wins"
        ),
        pytest.param(
            ["Linh chủ trì", "Hùng chủ trì"],
            True,
            ["support linh", "support hung"],
            ("linh", "hung"),
            id="on: two marks are asked about all the same",
        ),
        pytest.param(
            ["PH: VP, TTra"],
            True,
            ["support unit:vp", "support unit:ttra"],
            ("unit:vp",),
            id="on: nobody but support, the table's lead is proposed",
        ),
    ],
)
def test_of_several_names_the_setting_says_who_leads_or_it_is_asked(
    written: list[str], first: bool, expected: list[str], question: tuple[str, ...] | None
) -> None:
    routing = choose(forwarded(*written, doc_type="Công văn"), first=first)
    assert lines(routing) == expected
    assert asked(routing) == ([] if question is None else [(LEAD, None, question)])
    assert routing.is_decided == (question is None)


def test_the_setting_is_named_as_the_reason_for_the_first_named() -> None:
    lead, support = choose(forwarded("Đ/c Linh", "Đ/c Thanh xuân", doc_type="Công văn"), first=True).assignees
    assert grounds(lead) == [Ground.EVIDENCE, Ground.CHECK, Ground.SETTING]
    assert lead.because[-1].text == "Cơ quan đặt: người ghi đầu tiên chủ trì, ở đây là “Đ/c Linh”."
    assert support.because[-1].text == "Không phải người chủ trì nên phối hợp."


@pytest.mark.parametrize(
    ("written", "last"),
    [
        pytest.param(["Đ/c Linh"], "Chỉ ghi một người nên “Đ/c Linh” chủ trì.", id="alone"),
        pytest.param(["Đ/c Linh", "Đ/c Linh"], "Chỉ ghi một người nên “Đ/c Linh” chủ trì.", id="twice"),
        pytest.param(
            ["Đ/c Linh", "VP p/h"],
            "Những người khác ghi phối hợp hoặc để biết nên “Đ/c Linh” chủ trì.",
            id="the only one without a mark",
        ),
        pytest.param(["Đ/c Linh CT", "VP"], "“Đ/c Linh CT” ghi chủ trì.", id="marked"),
    ],
)
def test_why_somebody_leads_is_said_as_it_stands_on_the_stamp(written: list[str], last: str) -> None:
    lead = choose(forwarded(*written)).assignees[0]
    assert lead.role is Role.LEAD
    assert lead.because[0].text == f"Dòng Chuyển của dấu đến ghi “{'; '.join(written)}”."
    assert (lead.because[0].page, lead.because[0].box) == (1, PLACE)
    assert lead.because[-1].text == last


def test_marks_are_named_as_the_reason_for_support_and_information() -> None:
    routing = choose(forwarded("Linh, VP p/h, TTra để biết", doc_type="Công văn"))
    said = {f"{a.role} {a.unit}": [step.text for step in a.because] for a in routing.assignees}
    assert "“VP p/h” ghi phối hợp." in said["support vp"]
    assert "“TTra để biết” ghi để biết." in said["inform ttra"]


# ── an ambiguous name ────────────────────────────────────────────────────────────────────────────────────


def test_of_two_linh_one_question_names_both_and_nobody_is_assigned() -> None:
    routing = choose(forwarded("Đ/c Linh"), directory=TWO_LINH)
    assert asked(routing) == [(WHO, "Đ/c Linh", ("linh", "linh2"))]
    assert routing.questions[0].text == (
        "“Đ/c Linh” là ai: Nguyễn Thị Linh (Chuyên viên, Phòng Báo chí – Xuất bản) "
        "hoặc Trần Văn Linh (Phó Chánh Văn phòng, Văn phòng)?"
    )
    assert "lead linh" not in lines(routing)
    assert not routing.is_decided


def test_one_linh_is_decided() -> None:
    assert lines(choose(forwarded("Đ/c Linh"), directory=OFFICE))[0] == "lead linh"


def test_a_name_written_twice_is_asked_about_once() -> None:
    routing = choose(forwarded("Đ/c Linh", "Đ/c Linh"), directory=TWO_LINH)
    assert asked(routing) == [(WHO, "Đ/c Linh", ("linh", "linh2"))]


@pytest.mark.parametrize(
    ("first", "topics"),
    [
        pytest.param(True, [WHO], id="on: only who is meant"),
        pytest.param(False, [WHO, LEAD], id="off: also who leads"),
    ],
)
def test_an_unclear_first_name_does_not_hand_the_lead_to_the_second(first: bool, topics: list[str]) -> None:
    routing = choose(forwarded("Đ/c Linh", "Đ/c Hùng"), directory=TWO_LINH, first=first)
    assert [q.topic for q in routing.questions] == topics
    assert "support hung" in lines(routing)
    assert all(a.role is not Role.LEAD for a in routing.assignees)


def test_who_leads_is_asked_among_everybody_the_names_may_mean() -> None:
    routing = choose(forwarded("Đ/c Linh", "Đ/c Hùng", "Đ/c Linh"), directory=TWO_LINH)
    (_, lead) = routing.questions
    assert lead.candidates == ("linh", "linh2", "hung")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param(
            "Đ/c Tharh Xuân",
            "“Đ/c Tharh Xuân” có phải Lê Thanh Xuân (Trưởng phòng, Phòng Báo chí – Xuất bản) không?",
            id="a letter misread",
        ),
        pytest.param(
            "Đ/c Hùng (CNTT)",
            "“Đ/c Hùng (CNTT)” có phải Đỗ Hùng (Chánh Văn phòng, Văn phòng) không? "
            "Phần ghi kèm không khớp danh bạ.",
            id="the unit beside speaks against it",
        ),
        pytest.param("Đ/c Minh", "“Đ/c Minh” là ai? Danh bạ không có.", id="nobody"),
    ],
)
def test_what_is_not_as_stored_is_asked_in_its_own_words(written: str, text: str) -> None:
    routing = choose(forwarded(written, doc_type="Công văn"))
    assert [q.text for q in routing.questions] == [text]
    assert routing.assignees == ()


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "answers", "expected"),
    [
        pytest.param(["Đ/c Linh"], {"Đ/c Linh": "linh2"}, ["lead linh2"], id="who is meant"),
        pytest.param(["Đ/c Linh"], {"Đ/c  Linh ": "linh2"}, ["lead linh2"], id="spaces aside"),
        pytest.param(["Đ/c Linh"], {LEAD: "linh2"}, ["lead linh2"], id="who leads is who is meant"),
        pytest.param(
            ["Đ/c Linh", "Đ/c Hùng"], {LEAD: "linh"}, ["lead linh", "support hung"], id="both in one answer"
        ),
        pytest.param(
            ["Đ/c Linh", "Đ/c Hùng"],
            {"Đ/c Linh": "linh", LEAD: "hung"},
            ["lead hung", "support linh"],
            id="one answer each",
        ),
        pytest.param(
            ["Đ/c Linh", "Đ/c Hùng"], {"Đ/c Linh": NOBODY}, ["lead hung"], id="nobody is meant by the first"
        ),
        pytest.param(["Đ/c Minh"], {"Đ/c Minh": "unit:vp"}, ["lead unit:vp"], id="a unit"),
        pytest.param(
            ["Đ/c Hùng"], {LEAD: "xuan"}, ["lead xuan", "support hung"], id="somebody not on the stamp leads"
        ),
        pytest.param(["Đ/c Hùng"], {"Đ/c Hùng": "linh2"}, ["lead linh2"], id="against a sure match"),
    ],
)
def test_the_word_of_the_clerk_settles_it(
    written: list[str], answers: dict[str, str], expected: list[str]
) -> None:
    routing = choose(forwarded(*written, doc_type="Công văn"), directory=TWO_LINH, answers=answers)
    assert lines(routing) == expected
    assert routing.is_decided
    said = [step.text for a in routing.assignees for step in a.because if step.ground is Ground.PERSON]
    assert bool(said) == (NOBODY not in answers.values())


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"Đ/c Linh": "xyz"}, id="nobody of that id"),
        pytest.param({"Đ/c Linh": "gone"}, id="somebody who has left"),
        pytest.param({"Đ/c Linh": "unit:xyz"}, id="no such unit"),
        pytest.param({LEAD: "gone"}, id="the lead has left"),
        pytest.param({"Đ/c Hùng": "hung"}, id="an answer to another question"),
    ],
)
def test_an_answer_that_names_nobody_here_leaves_the_question(answers: dict[str, str]) -> None:
    directory = dataclasses.replace(
        TWO_LINH, people=(*TWO_LINH.people, person("gone", "Lý Minh", until="2011-12-31"))
    )
    routing = choose(forwarded("Đ/c Linh"), directory=directory, answers=answers)
    assert asked(routing) == [(WHO, "Đ/c Linh", ("linh", "linh2"))]


def test_two_unclear_names_are_both_still_asked_about_when_only_the_lead_is_answered() -> None:
    paper = forwarded("Đ/c Linh", "A. Linh", doc_type="Công văn")
    routing = choose(paper, directory=TWO_LINH, answers={LEAD: "linh"})
    assert [q.about for q in routing.questions] == ["Đ/c Linh", "A. Linh"]
    assert lines(routing) == ["lead linh"]


def test_the_lead_already_written_clearly_does_not_answer_for_an_unclear_name() -> None:
    paper = forwarded("Nguyễn Thị Linh", "Đ/c Linh", doc_type="Công văn")
    routing = choose(paper, directory=TWO_LINH, answers={LEAD: "linh"})
    assert lines(routing) == ["lead linh"]
    assert [q.about for q in routing.questions] == ["Đ/c Linh"]


def test_a_lead_whom_no_unclear_name_may_mean_answers_for_none_of_them() -> None:
    paper = forwarded("Đ/c Linh", doc_type="Công văn")
    routing = choose(paper, directory=TWO_LINH, answers={LEAD: "xuan"})
    assert lines(routing) == ["lead xuan"]
    assert [q.about for q in routing.questions] == ["Đ/c Linh"]


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("doc_type", "subject", "expected"),
    [
        pytest.param(
            "Giấy mời", "Họp báo chí", ["lead unit:vp", "support unit:cntt", "inform gd"], id="first"
        ),
        pytest.param(
            "Công văn",
            "Phần mềm báo chí",
            ["lead unit:bcxb", "support unit:cntt", "inform gd"],
            id="the upper of two rows; the lead of the lower one is nobody's, who supports stays out twice",
        ),
        pytest.param(
            "Công văn", "Phần mềm một cửa", ["lead unit:cntt", "support unit:bcxb"], id="the lower row alone"
        ),
        pytest.param(
            "Kế hoạch", "Khác", ["lead unit:vp", "inform unit:khtc"], id="default, and a row to inform"
        ),
        pytest.param("Công văn", "Khác", ["lead unit:vp"], id="default"),
        pytest.param(None, None, ["lead unit:vp"], id="neither type nor subject on the paper"),
    ],
)
def test_without_names_the_first_row_that_holds_leads(
    doc_type: str | None, subject: str | None, expected: list[str]
) -> None:
    routing = choose(reading({F.DOC_TYPE: doc_type, F.SUBJECT: subject}))
    assert lines(routing) == expected
    assert routing.is_decided
    assert routing.because[0].text == "Dấu đến không ghi người nhận nên theo bảng giao việc."


def test_a_row_tells_the_place_on_the_paper_then_the_row_then_who_receives() -> None:
    lead = choose(reading({F.SUBJECT: "Quy hoạch báo chí"})).assignees[0]
    assert grounds(lead) == [Ground.EVIDENCE, Ground.RULE, Ground.CHECK]
    assert lead.because[0].text == "Trích yếu: “Quy hoạch báo chí”."
    assert (lead.because[0].page, lead.because[0].box) == (1, PLACE)
    assert lead.because[1].rule == "giao_viec@3#B"
    assert lead.because[1].text.startswith("B: nếu trích yếu chứa “báo chí” thì")
    assert lead.because[2].text == "Lê Thanh Xuân phụ trách Phòng Báo chí – Xuất bản nên nhận thay đơn vị."


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        pytest.param(field(F.ARRIVAL_FORWARDED_TO, []), "không ghi người nhận", id="empty row"),
        pytest.param(
            FieldReading(name=F.ARRIVAL_FORWARDED_TO), "không ghi người nhận", id="not on the paper"
        ),
        pytest.param(
            FieldReading(name=F.ARRIVAL_FORWARDED_TO, reason="Chữ mờ."), "chưa đọc được", id="unreadable"
        ),
        pytest.param(field(F.ARRIVAL_FORWARDED_TO, ["..."]), "không ghi tên ai", id="only dots"),
        pytest.param(
            field(F.ARRIVAL_FORWARDED_TO, ["TTra để biết"]), "chỉ ghi người để biết", id="inform only"
        ),
    ],
)
def test_why_the_table_was_asked_is_said(stamp: FieldReading, said: str) -> None:
    routing = choose(reading({F.DOC_TYPE: "Công văn"}, stamp))
    assert lines(routing)[0] == "lead unit:vp"
    assert said in routing.because[0].text


def test_names_that_mean_nobody_by_the_clerks_word_leave_it_to_the_table_and_say_so() -> None:
    routing = choose(forwarded("Đ/c Minh", doc_type="Công văn"), answers={"Đ/c Minh": NOBODY})
    assert lines(routing) == ["lead unit:vp"]
    assert routing.is_decided
    assert [(s.ground, s.text) for s in routing.because] == [
        (Ground.PERSON, "Văn thư cho biết dòng Chuyển không chỉ ai nên theo bảng giao việc.")
    ]


def test_who_is_only_informed_by_the_stamp_is_informed_beside_the_table() -> None:
    routing = choose(forwarded("TTra để biết, Đ/c Minh để biết, VP để biết", doc_type="Công văn"))
    assert lines(routing) == ["lead unit:vp", "inform unit:ttra"]
    assert asked(routing) == [(WHO, "Đ/c Minh để biết", ())]


def test_whom_the_stamp_informs_stands_behind_whom_the_table_asks_to_support() -> None:
    routing = choose(forwarded("TTra đb, VP để biết", doc_type="Công văn", subject="Báo chí"))
    assert lines(routing) == [
        "lead unit:bcxb",
        "support unit:cntt",
        "inform unit:ttra",
        "inform unit:vp",
        "inform gd",
    ]


def test_the_stamps_word_that_somebody_is_only_informed_stands_above_the_tables_support() -> None:
    routing = choose(forwarded("P.CNTT để biết", doc_type="Công văn", subject="Báo chí"))
    assert lines(routing) == ["lead unit:bcxb", "inform unit:cntt", "inform gd"]


def test_support_goes_before_information_and_one_person_has_one_line() -> None:
    rules = table(
        """
        {id: A, inform: [cntt, ttra], source: QC}
        {id: B, lead: vp, support: [cntt, vp], inform: [vp], source: QC}
        """
    )
    assert lines(choose(reading(), rules=rules)) == [
        "lead unit:vp",
        "support unit:cntt",
        "inform unit:ttra",
    ]


def test_rows_count_on_the_day_of_arrival_only() -> None:
    rules = table("{id: A, lead: bcxb, source: QC, valid_to: 2012-01-05}")
    assert lines(choose(reading(), rules=rules)) == ["lead unit:bcxb"]
    assert lines(choose(reading(), rules=rules, on=dt.date(2012, 1, 6))) == ["lead unit:vp"]
    row = find_row(reading(), rules, on=dt.date(2012, 1, 6))
    assert row is not None
    assert row.is_default
    assert find_row(reading(), rules, on=dt.date(2012, 1, 5)) is None


# ── what the table cannot settle ─────────────────────────────────────────────────────────────────────────

GONE = with_people(person("minh", "Lý Minh", "vp", until="2012-01-04"))


@pytest.mark.parametrize(
    ("rules", "directory", "question", "expected"),
    [
        pytest.param(
            table("", "{source: QC}"),
            OFFICE,
            Question(topic=LEAD, text="Không quy tắc nào chọn được người chủ trì. Ai chủ trì?"),
            [],
            id="a default without a lead",
        ),
        pytest.param(
            table("{id: A, lead: minh, support: [vp], source: QC}", directory=GONE),
            GONE,
            Question(
                topic=LEAD,
                text="Quy tắc A giao cho Lý Minh, không công tác ngày 05/01/2012. Ai chủ trì?",
            ),
            ["support unit:vp"],
            id="a lead who left the day before",
        ),
        pytest.param(
            table("{id: A, lead: vp, inform: [minh], source: QC}", directory=GONE),
            GONE,
            None,
            ["lead unit:vp"],
            id="who has left is not informed",
        ),
    ],
)
def test_a_row_that_names_nobody_here_is_asked_about(
    rules: RoutingTable, directory: Directory, question: Question | None, expected: list[str]
) -> None:
    routing = choose(reading(), rules=rules, directory=directory)
    assert list(routing.questions) == ([question] if question else [])
    assert lines(routing) == expected


@pytest.mark.parametrize(
    ("head", "is_asked"),
    [
        pytest.param(person("sep", "Lý Minh", "moi"), False, id="a head who serves"),
        pytest.param(person("sep", "Lý Minh", "moi", until="2012-01-04"), True, id="a head who has left"),
        pytest.param(person("sep", "Lý Minh", "moi", since="2012-01-05"), False, id="a head since today"),
        pytest.param(None, True, id="no head at all"),
    ],
)
def test_a_unit_where_nobody_would_receive_it_is_asked_about(head: Officer | None, is_asked: bool) -> None:
    staff = [person("an", "Lê An", "moi"), person("ba", "Lê Ba", "vp")]
    people = (*staff, *((head,) if head else ()))
    directory = Directory(units=(*UNITS, unit("moi", "Phòng Mới", head="sep")), people=people)
    for routing in (
        choose(
            reading(), rules=table("{id: A, lead: moi, source: QC}", directory=directory), directory=directory
        ),
        choose(forwarded("Phòng Mới"), rules=table("", "{source: QC}"), directory=directory),
    ):
        assert lines(routing) == ["lead unit:moi"]
        assert asked(routing) == ([(LEAD, None, ("an", "unit:moi"))] if is_asked else [])
        said = "chưa có người phụ trách" if is_asked else "phụ trách Phòng Mới nên nhận"
        assert said in routing.assignees[0].because[-1].text


def test_the_clerk_may_give_it_to_a_unit_without_a_head() -> None:
    directory = Directory(units=(unit("moi", "Phòng Mới"),), people=())
    rules = table("{id: A, lead: moi, source: QC}", "{source: QC}", directory=directory)
    routing = choose(reading(), rules=rules, directory=directory, answers={LEAD: "unit:moi"})
    assert lines(routing) == ["lead unit:moi"]
    assert routing.is_decided
    assert routing.assignees[0].because[0].text == "Văn thư chọn Phòng Mới chủ trì."


@pytest.mark.parametrize(
    ("changed", "is_asked"),
    [
        pytest.param(field(F.SIGNER_NAME, "Trần Lưu Quang"), False, id="checked"),
        pytest.param(field(F.SIGNER_NAME, "Trần Lưu Quang", checked=False), True, id="it holds, unchecked"),
        pytest.param(FieldReading(name=F.SIGNER_NAME, reason="Chữ ký che tên."), True, id="not readable"),
        pytest.param(FieldReading(name=F.SIGNER_NAME), False, id="simply not on the paper"),
        pytest.param(
            field(F.SIGNER_NAME, "Ai Khác", checked=False), False, id="unchecked, and it does not hold"
        ),
        pytest.param(field(F.SUBJECT, "Báo chí", checked=False), False, id="a routing field: seen anyway"),
    ],
)
def test_a_row_that_leans_on_an_unchecked_field_is_asked_about(changed: FieldReading, is_asked: bool) -> None:
    rules = table(
        """
        {id: A, if: {field: signer_name, is: Trần Lưu Quang}, lead: ttra, source: QC}
        {id: B, if: {field: subject, contains: báo chí}, lead: bcxb, source: QC}
        """
    )
    routing = choose(reading({}, changed), rules=rules)
    assert [q.topic for q in routing.questions] == ([LEAD] if is_asked else [])
    if is_asked:
        assert routing.questions[0].text.startswith("Quy tắc A xét người ký, ô này chưa được kiểm; có để ")
        assert len(routing.questions[0].candidates) == 1


def test_a_rule_that_asks_for_the_directory_entry_is_asked_about_where_the_issuer_is_in_no_directory() -> (
    None
):
    issuer = field(F.ISSUER, "KHOA HỆ THỐNG THÔNG TIN")
    unknown = FieldReading(name=F.ISSUER_AGENCY, reason="Danh bạ chưa có cơ quan này.")
    asks = table("{id: A, if: {field: issuer_agency, is: Sở Y tế}, lead: ttra, source: QC}")
    (question,) = choose(reading({}, issuer, unknown), rules=asks).questions
    assert question.text.startswith("Quy tắc A xét cơ quan trong danh bạ, ô này chưa được kiểm; có để ")
    silent = table("{id: A, if: {field: issuer, is: Sở Y tế}, lead: ttra, source: QC}")
    assert choose(reading({}, issuer, unknown), rules=silent).is_decided


def test_an_issuer_whose_superiors_are_not_known_is_asked_about_where_a_rule_asks_for_them() -> None:
    asks = table("{id: A, if: {from: Bộ Tài chính}, lead: ttra, source: QC}")
    agency = reading({F.ISSUER_AGENCY: "Tổng cục Thuế"})
    known = AgencyChain(agencies=("Tổng cục Thuế", "Bộ Tài chính"), is_whole=True)
    unknown = AgencyChain(agencies=("Tổng cục Thuế",), is_whole=False)
    routing = choose(dataclasses.replace(agency, chain=known), rules=asks)
    assert [(a.unit, a.role) for a in routing.assignees] == [("ttra", Role.LEAD)]
    (question,) = choose(dataclasses.replace(agency, chain=unknown), rules=asks).questions
    assert question.text == (
        "Quy tắc A: chưa biết Tổng cục Thuế có trực thuộc “Bộ Tài chính” không; "
        "có để Văn phòng chủ trì không?"
    )


def test_a_doubt_about_the_row_is_asked_before_the_unit_that_has_no_head() -> None:
    directory = Directory(units=(*UNITS, unit("moi", "Phòng Mới")))
    row = "{id: A, if: {field: signer_name, is: Lê An}, lead: moi, source: QC}"
    paper = reading({}, field(F.SIGNER_NAME, "Lê An", checked=False))
    routing = choose(paper, rules=table(row, directory=directory), directory=directory)
    assert [q.text for q in routing.questions] == [
        "Quy tắc A xét người ký, ô này chưa được kiểm; có để Phòng Mới chủ trì không?"
    ]
    assert asked(routing) == [(LEAD, None, ("unit:moi",))]


# ── the deadline on each line ────────────────────────────────────────────────────────────────────────────


def test_who_leads_or_supports_gets_the_day_and_who_is_informed_none() -> None:
    routing = choose(reading({F.SUBJECT: "Báo chí"}))
    due = dt.date(2012, 2, 15)
    dated = apply_deadline(routing, Deadline(due=due))
    assert [(a.role, a.due) for a in dated.assignees] == [
        (Role.LEAD, due),
        (Role.SUPPORT, due),
        (Role.INFORM, None),
    ]
    assert lines(dated) == lines(routing)
    assert dated.because == routing.because


def test_a_day_that_was_ordered_for_one_line_stays() -> None:
    routing = choose(reading({F.SUBJECT: "Báo chí"}))
    lead, *others = routing.assignees
    ordered, due, outer = dt.date(2012, 2, 1), dt.date(2012, 2, 15), dt.date(2012, 2, 20)
    routing = replace(routing, assignees=(replace(lead, due=ordered), *others))
    dated = apply_deadline(routing, Deadline(due=due, outer=outer))
    assert [(a.due, a.outer) for a in dated.assignees] == [(ordered, outer), (due, outer), (None, None)]


# ── whatever is written ──────────────────────────────────────────────────────────────────────────────────

WRITTEN = st.lists(
    st.sampled_from(
        [
            *("Đ/c Linh", "A. Tuấn", "P. BCXB", "VP", "TTra p/h", "VP để biết", "CT: Hùng", "Đ/c Minh"),
            *("GĐ", "TP", "Thanh Xuan", "Trần Văn Linh", "...", "Linh chủ trì", "PH: CNTT, Linh"),
        ]
    ),
    max_size=4,
)
ANSWERS = st.dictionaries(
    st.sampled_from([LEAD, "Đ/c Linh", "Đ/c Minh", "TP", "GĐ"]),
    st.sampled_from(["linh", "linh2", "unit:vp", "xyz", NOBODY]),
    max_size=3,
)
SUBJECTS = st.sampled_from([None, "Báo chí", "Phần mềm", "Khác"])


@given(written=WRITTEN, answers=ANSWERS, first=st.booleans(), subject=SUBJECTS)
def test_there_is_one_lead_or_a_question_and_nobody_stands_twice(
    written: list[str], answers: dict[str, str], first: bool, subject: str | None
) -> None:
    paper = reading({F.ARRIVAL_FORWARDED_TO: list(written), F.SUBJECT: subject})
    routing = choose(paper, directory=TWO_LINH, first=first, answers=answers)
    leads = [a for a in routing.assignees if a.role is Role.LEAD]
    assert len(leads) <= 1
    assert leads or routing.questions
    assert routing.is_decided == (not routing.questions)
    assert len(set(routing.questions)) == len(routing.questions)
    who = [line.split()[1] for line in lines(routing)]
    assert len(set(who)) == len(who)
    assert all(a.because and (a.person is None) != (a.unit is None) for a in routing.assignees)
    assert [list(Role).index(a.role) for a in routing.assignees] == sorted(
        list(Role).index(a.role) for a in routing.assignees
    )
    assert routing == choose(paper, directory=TWO_LINH, first=first, answers=answers)


@given(written=WRITTEN, first=st.booleans())
def test_a_name_two_people_bear_assigns_neither_of_them(written: list[str], first: bool) -> None:
    paper = reading({F.ARRIVAL_FORWARDED_TO: ["Đ/c Linh", *written]})
    routing = choose(paper, directory=TWO_LINH, first=first)
    assert not routing.is_decided
    assert ("Đ/c Linh", ("linh", "linh2")) in [(q.about, q.candidates) for q in routing.questions]


@given(written=WRITTEN, first=st.booleans(), subject=SUBJECTS)
def test_only_people_and_units_of_the_office_are_assigned(
    written: list[str], first: bool, subject: str | None
) -> None:
    paper = reading({F.ARRIVAL_FORWARDED_TO: list(written), F.SUBJECT: subject})
    for one in choose(paper, directory=TWO_LINH, first=first).assignees:
        assert TWO_LINH.person(PersonId(one.person)) if one.person else TWO_LINH.unit(UnitId(str(one.unit)))
