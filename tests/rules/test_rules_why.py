from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.decisions import Assignee, Because, Deadline, Ground, Question, Role, Routing
from documents.page import Box
from documents.people import PersonId, UnitId
from documents.reading import FieldName
from documents.wording import GROUND_LABELS
from rules.calendar import WorkingCalendar
from rules.deadline import set_deadline
from rules.route import apply_deadline, choose_assignees
from rules.why import tell_decision, tell_why
from tests.rules.builders import ARRIVED, OFFICE, PLACE, forwarded, reading, table

F = FieldName
TABLE = table("{id: QT-04, if: {field: subject, contains: báo chí}, lead: bcxb, days: 10, source: Quy chế}")
NAMES = {str(p.id): p.name for p in OFFICE.people} | {str(u.id): u.name for u in OFFICE.units}


@pytest.mark.parametrize(
    ("step", "line"),
    [
        pytest.param(
            Because(Ground.EVIDENCE, "Dấu đến ghi “Đ/c Linh”.", page=1, box=PLACE),
            "Trên giấy (trang 1): Dấu đến ghi “Đ/c Linh”.",
            id="evidence with its page",
        ),
        pytest.param(
            Because(Ground.EVIDENCE, "Dấu đến ghi “Đ/c Linh”."),
            "Trên giấy: Dấu đến ghi “Đ/c Linh”.",
            id="evidence without a page",
        ),
        pytest.param(
            Because(Ground.RULE, "Phòng chủ trì.", rule="giao_viec@3#QT-07"),
            "Quy tắc giao_viec@3#QT-07: Phòng chủ trì.",
            id="rule with table, version and row",
        ),
        pytest.param(Because(Ground.CHECK, "Khớp."), "Đối chiếu: Khớp.", id="check"),
        pytest.param(
            Because(Ground.CHECK, "Không lấy làm hạn.", page=2),
            "Đối chiếu (trang 2): Không lấy làm hạn.",
            id="check with a page",
        ),
        pytest.param(Because(Ground.SETTING, "Cơ quan đặt."), "Thiết đặt: Cơ quan đặt.", id="setting"),
        pytest.param(Because(Ground.CALENDAR, "Đếm 3 ngày."), "Lịch: Đếm 3 ngày.", id="calendar"),
        pytest.param(Because(Ground.PERSON, "Lan chọn."), "Người quyết định: Lan chọn.", id="person"),
    ],
)
def test_a_step_is_one_line_that_begins_with_its_ground(step: Because, line: str) -> None:
    assert tell_why([step]) == (line,)


def test_every_ground_has_its_own_word() -> None:
    assert set(GROUND_LABELS) == set(Ground)
    assert len(set(GROUND_LABELS.values())) == len(Ground)


def test_a_step_told_twice_is_printed_once_where_it_came_first() -> None:
    first, second = Because(Ground.CHECK, "Một."), Because(Ground.CHECK, "Hai.")
    elsewhere = Because(Ground.CHECK, "Một.", box=Box(0, 0, 1, 1))
    assert tell_why([first, second, first, elsewhere]) == ("Đối chiếu: Một.", "Đối chiếu: Hai.")
    assert tell_why([]) == ()


def test_the_whole_story_goes_from_the_paper_over_the_rule_to_the_person() -> None:
    paper = reading({F.SUBJECT: "Quy hoạch báo chí"})
    routing = choose_assignees(paper, TABLE, OFFICE, on=ARRIVED, first_named_leads=False)
    calendar = WorkingCalendar()
    row = TABLE.row_for(paper, ARRIVED)
    deadline = set_deadline(paper, row, calendar, arrival=ARRIVED, default_days=15)
    assert tell_decision(apply_deadline(routing, deadline), deadline, NAMES) == (
        "Đối chiếu: Dấu đến không ghi người nhận nên theo bảng giao việc.",
        "→ Phòng Báo chí – Xuất bản: chủ trì, hạn 19/01/2012",
        "    Trên giấy (trang 1): Trích yếu: “Quy hoạch báo chí”.",
        "    Quy tắc giao_viec@3#QT-04: QT-04: nếu trích yếu chứa “báo chí” thì Phòng Báo chí – Xuất bản "
        "chủ trì; hạn 10 ngày làm việc (Quy chế).",
        "    Đối chiếu: Lê Thanh Xuân phụ trách Phòng Báo chí – Xuất bản nên nhận thay đơn vị.",
        "Hạn: 19/01/2012",
        "    Quy tắc giao_viec@3#QT-04: Quy tắc QT-04 (Quy chế) cho 10 ngày làm việc.",
        "    Lịch: Đếm 10 ngày làm việc sau ngày đến thứ Năm 05/01/2012: hạn thứ Năm 19/01/2012.",
    )


def test_a_name_of_the_stamp_is_told_from_the_ink_to_the_directory() -> None:
    routing = choose_assignees(forwarded("Đ/c Linh"), TABLE, OFFICE, on=ARRIVED, first_named_leads=False)
    assert tell_decision(routing, names=NAMES) == (
        "Đối chiếu: Dấu đến ghi người nhận nên theo dấu, không theo bảng giao việc.",
        "→ Nguyễn Thị Linh: chủ trì",
        "    Trên giấy (trang 1): Dòng Chuyển của dấu đến ghi “Đ/c Linh”.",
        "    Đối chiếu: “Đ/c Linh” là Nguyễn Thị Linh, người duy nhất mang tên ấy trong 9 người "
        "đang công tác ngày 05/01/2012.",
        "    Đối chiếu: Chỉ ghi một người nên “Đ/c Linh” chủ trì.",
    )


def test_lines_stand_by_role_and_what_is_still_asked_stands_last() -> None:
    routing = Routing(
        assignees=(
            Assignee(role=Role.INFORM, person=PersonId("gd")),
            Assignee(role=Role.SUPPORT, unit=UnitId("vp"), due=dt.date(2012, 1, 19)),
            Assignee(role=Role.LEAD, person=PersonId("linh"), due=dt.date(2012, 1, 19)),
        ),
        questions=(Question(topic="lead", text="Ai chủ trì?"),),
    )
    assert tell_decision(routing, Deadline(due=None), {"linh": "Nguyễn Thị Linh"}) == (
        "→ Nguyễn Thị Linh: chủ trì, hạn 19/01/2012",
        "→ vp: phối hợp, hạn 19/01/2012",
        "→ gd: để biết",
        "Hạn: không có",
        "Còn phải hỏi: Ai chủ trì?",
    )


@given(st.lists(st.builds(Because, st.sampled_from(Ground), st.sampled_from(["Một.", "Hai.", "Ba."]))))
def test_no_step_is_lost_and_their_order_is_kept(steps: list[Because]) -> None:
    told = tell_why(steps)
    assert len(told) == len(set(steps))
    assert [line.split(": ", 1)[1] for line in told] == [step.text for step in dict.fromkeys(steps)]
