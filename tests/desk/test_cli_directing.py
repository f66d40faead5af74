"""`direct` and `people aliases` as a person types them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.cli.app import main
from documents.direction import NameChosen
from documents.events import PersonSaved
from documents.people import Duty, Officer, PersonId
from documents.record import AssignmentRecord
from office.office import Office
from tests.office.lines_at_work import at_work, lead, pass_on
from tests.offices import MORNING

BOSS = Officer(id=PersonId("binh"), name="Ngô Thanh Bình", duty=Duty.LEADER, title="Giám đốc")
OUTER = dt.date(2026, 12, 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as opened:
        with opened.registry.book("admin", MORNING) as book:
            book.record(PersonSaved(person=BOSS))
        yield opened


def call(office: Office, *words: str) -> int:
    return main([*words, "--home", str(office.settings.home)])


def lines(office: Office) -> tuple[AssignmentRecord, ...]:
    with office.view() as view:
        (document,) = view.documents(None, None)
        return view.assignments(document.id)


def test_a_direction_is_given_and_told(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    assert call(office, "direct", document, "VP chủ trì, P.CNTT p/h", "--by", "binh", "--as", "hoa") == 0
    assert "→ Văn phòng: chủ trì" in capsys.readouterr().out
    assert [line.unit for line in lines(office)] == ["vp", "cntt"]


def test_a_day_past_the_papers_own_needs_anyway(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    document = pass_on(office, 1, lead("bcxb", outer=OUTER))
    far = ("direct", document, "P.BCXB chủ trì, trước 15/12/2099", "--by", "binh")
    assert call(office, *far) == 2
    assert "--anyway" in capsys.readouterr().err
    assert call(office, *far, "--anyway") == 0
    assert lines(office)[0].due == dt.date(2099, 12, 15)


def test_who_is_meant_is_asked_with_the_candidates(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    assert call(office, "direct", document, "Đ/c Ai Đó xử lý", "--by", "binh") == 2
    assert "“Đ/c Ai Đó xử lý” là ai?" in capsys.readouterr().err
    answered = ("direct", document, "Đ/c Ai Đó xử lý", "--by", "binh", "--choose", "Đ/c Ai Đó=hung")
    assert call(office, *answered) == 0
    assert lines(office)[0].person == "hung"


def test_a_habit_is_offered_and_accepted(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    with office.registry.book("hoa", MORNING) as book:
        for _ in range(6):
            book.record(NameChosen(document=document, written="Đ/c Hùng em", chosen="hung"))
    assert call(office, "people", "aliases", "--json") == 0
    assert '"times": 6' in capsys.readouterr().out
    assert call(office, "people", "aliases", "--accept", "Đ/c Hùng em=hung") == 0
    assert "6/6" in capsys.readouterr().err
    assert call(office, "people", "aliases", "--accept", "Đ/c Hùng em=hung") == 2
