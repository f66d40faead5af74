"""A leader's direction: who, in which role, and by when, in the short forms of a pen."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.decisions import Role, Routing
from documents.lines import DueKind
from rules.calendar import WorkingCalendar
from rules.directed_day import list_directed_days, without_days
from rules.direction import only_adds, read_direction
from rules.table import load_table
from tests.rules.builders import ARRIVED, OFFICE, TWO_LINH, reading

TABLE = load_table("title: x\nrows: []\ndefault: {lead: vp, source: a}\n", OFFICE)
LEAD, SUPPORT, INFORM = Role.LEAD, Role.SUPPORT, Role.INFORM


def directed(text: str, answers: dict[str, str] | None = None, *, two_linh: bool = False) -> Routing:
    return read_direction(
        text,
        reading({}),
        TABLE,
        TWO_LINH if two_linh else OFFICE,
        WorkingCalendar(),
        on=ARRIVED,
        said_by="Giám đốc Ngô Lan",
        first_named_leads=False,
        answers=answers,
    )


def lines(routing: Routing) -> list[tuple[Role, str, str | None]]:
    return [
        (one.role, str(one.person or one.unit), f"{one.due:%d/%m/%Y}" if one.due else None)
        for one in routing.assignees
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "P.CNTT chủ trì, VP p/h, trước 20/01",
            [(LEAD, "cntt", "20/01/2012"), (SUPPORT, "vp", "20/01/2012")],
            id="one clause: its day is everybody's",
        ),
        pytest.param(
            "Đ/c Linh xử lý trong tuần; PGĐ Cường để b/c",
            [(LEAD, "linh", "06/01/2012"), (INFORM, "pgd", None)],
            id="this week ends on Friday; who is told has no day",
        ),
        pytest.param(
            "Giao P.CNTT chủ trì. Hạn: 15/2/2012. VP phối hợp",
            [(LEAD, "cntt", "15/02/2012"), (SUPPORT, "vp", "15/02/2012")],
            id="a day in a sentence of its own is everybody's",
        ),
        pytest.param(
            "P.BCVT chủ trì xong trước 17h ngày 13/1; TTra p/h trong 05 ngày làm việc",
            [(LEAD, "bcvt", "13/01/2012"), (SUPPORT, "ttra", "12/01/2012")],
            id="each clause its own day",
        ),
        pytest.param(
            "CT: P.KHTC; PH: BCXB, TTra",
            [(LEAD, "khtc", None), (SUPPORT, "bcxb", None), (SUPPORT, "ttra", None)],
            id="marks before the names, no day",
        ),
        pytest.param(
            "Kính chuyển P.CNTT nghiên cứu, tham mưu trước ngày 14/01/2012.",
            [(LEAD, "cntt", "16/01/2012")],
            id="what to do is nobody's name; a Saturday moves to Monday",
        ),
        pytest.param("A. Hùng g/q trong ngày", [(LEAD, "hung", "05/01/2012")], id="the same day"),
        pytest.param("Đ/c. Linh xử lý", [(LEAD, "linh", None)], id="a short form's stop ends no sentence"),
        pytest.param(
            "GĐ đã xem. VP lưu", [(SUPPORT, "gd", None)], id="words that are nobody are asked about"
        ),
    ],
)
def test_a_direction_says_who_and_by_when(text: str, expected: list[tuple[Role, str, str | None]]) -> None:
    found = directed(text)
    if text.startswith("GĐ"):
        assert found.questions
    else:
        assert lines(found) == expected
        assert not found.questions


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        pytest.param("Đ/c Linh, Đ/c Thanh Xuân", "lead", id="two names and no mark: who leads"),
        pytest.param("VP hạn 31/02", "due", id="a day that is not in the calendar"),
        pytest.param("VP trước 3/1", "due", id="a day just past, without its year: next year or a slip"),
        pytest.param("Đ/c Minh xử lý", "arrival_forwarded_to", id="a name that nobody has"),
    ],
)
def test_a_doubt_is_asked_about(text: str, topic: str) -> None:
    assert topic in {question.topic for question in directed(text).questions}


def test_a_tie_is_never_broken_and_an_answer_settles_it() -> None:
    assert directed("Đ/c Linh xử lý", two_linh=True).questions[0].candidates == ("linh", "linh2")
    settled = directed("Đ/c Linh xử lý", {"Đ/c Linh": "linh2"}, two_linh=True)
    assert lines(settled) == [(LEAD, "linh2", None)]
    assert not settled.questions


def test_who_was_asked_about_keeps_the_day_written_beside_the_name() -> None:
    text = "Đ/c Linh xử lý trước 10/01; VP p/h trước 20/01"
    settled = directed(text, {"Đ/c Linh": "linh2"}, two_linh=True)
    assert lines(settled) == [(LEAD, "linh2", "10/01/2012"), (SUPPORT, "vp", "20/01/2012")]


def test_a_day_that_looked_like_a_slip_stands_when_it_is_insisted_on() -> None:
    assert lines(directed("VP trước 3/1", {"due": "trước 3/1"})) == [(LEAD, "vp", "03/01/2013")]
    assert not directed("VP trước 3/1", {"due": "trước 3/1"}).questions


def test_every_line_says_whose_word_it_is() -> None:
    for line in directed("P.CNTT chủ trì, VP p/h, trước 20/01").assignees:
        texts = [step.text for step in line.because]
        assert texts[0] == "Giám đốc Ngô Lan chỉ đạo: “P.CNTT chủ trì, VP p/h, trước 20/01”."
        assert "Chỉ đạo ghi “trước 20/01”: hạn thứ Sáu 20/01/2012." in texts


@pytest.mark.parametrize(
    ("text", "adds"),
    [
        pytest.param("VP p/h", True, id="support only"),
        pytest.param("PGĐ Cường để b/c, trước 20/1", True, id="told only, the day aside"),
        pytest.param("VP p/h, P.CNTT", False, id="somebody without a mark"),
        pytest.param("P.CNTT chủ trì", False, id="who leads"),
        pytest.param("", False, id="nobody"),
    ],
)
def test_whether_the_lead_stays(text: str, adds: bool) -> None:
    assert only_adds(text, OFFICE, ARRIVED) is adds


@pytest.mark.parametrize(
    ("text", "kind", "start", "days"),
    [
        pytest.param("hạn 20/1", DueKind.DAY, "2012-01-20", 0, id="hạn"),
        pytest.param("xong trước ngày 20.01.2012", DueKind.DAY, "2012-01-20", 0, id="stops for slashes"),
        pytest.param("chậm nhất 20-1-12", DueKind.DAY, "2012-01-20", 0, id="a year of two digits"),
        pytest.param("trong vòng 07 ngày", DueKind.CALENDAR_DAYS, "2012-01-05", 7, id="calendar days"),
        pytest.param("trong 2 tuần", DueKind.CALENDAR_DAYS, "2012-01-05", 14, id="weeks"),
        pytest.param("trong 3 nlv", DueKind.WORKING_DAYS, "2012-01-05", 3, id="working days, short"),
        pytest.param("trong hôm nay", DueKind.WORKING_DAYS, "2012-01-05", 0, id="today"),
    ],
)
def test_the_days_of_a_direction(text: str, kind: DueKind, start: str, days: int) -> None:
    (found,) = list_directed_days(f"P.CNTT {text}, VP p/h", ARRIVED)
    assert found.basis is not None
    assert (found.basis.kind, found.basis.start.isoformat(), found.basis.days) == (kind, start, days)
    assert found.text == text


@given(
    st.text(alphabet="hạntrướcogyl 0123456789/.-:;,h", max_size=60),
    st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)),
)
def test_any_words_are_read_without_a_fault_and_their_days_lie_where_they_say(text: str, on: dt.date) -> None:
    days = list_directed_days(text, on)
    assert all(text[day.start : day.end] == day.text for day in days)
    assert all(a.end <= b.start for a, b in pairwise(days))
    assert not list_directed_days(without_days(text, days), on) or days
