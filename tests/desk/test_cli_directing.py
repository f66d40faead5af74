"""`direct` and `people aliases` as a person types them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.cli.app import main
from documents.direction import NameChosen
from documents.events import PersonSaved
from documents.people import Duty, Officer, PersonId, UnitId
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
    accept = ("people", "aliases", "--accept", "Đ/c Hùng em=hung")
    assert call(office, *accept, "--by", "linh") == 2, "an officer keeps no directory"
    assert call(office, *accept, "--by", "khong-co") == 2
    capsys.readouterr()
    assert call(office, *accept, "--by", "sys") == 0
    assert "6/6" in capsys.readouterr().err
    assert call(office, "people", "aliases", "--accept", "Đ/c Hùng em=hung") == 2


def test_an_alias_is_given_its_days(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        call(office, "people", "alias", "hung", "Hùng em", "--from", "01/02/2012", "--until", "01/03/2012")
        == 0
    )
    assert call(office, "people", "alias", "unit:vp", "HC", "--from", "01/02/2012") == 0
    capsys.readouterr()
    assert call(office, "people", "list") == 0
    assert "Hùng em (01/02/2012–01/03/2012)" in capsys.readouterr().out
    assert call(office, "people", "list", "--json") == 0
    assert '{"alias": "Hùng em", "since": "2012-02-01", "until": "2012-03-01"}' in capsys.readouterr().out
    with office.view() as view:
        (days,) = view.directory().unit(UnitId("vp")).alias_days  # type: ignore[union-attr]
    assert (days.alias, days.since, days.until) == ("HC", dt.date(2012, 2, 1), None)
    assert call(office, "people", "change", "hung", "--alias", "Hùng") == 0
    assert call(office, "people", "alias", "hung", "Hùng", "--until", "01/03/2012") == 0
    assert call(office, "people", "alias", "hung", "Hùng") == 0
    with office.view() as view:
        person = view.directory().person(PersonId("hung"))
    assert person is not None
    assert (person.aliases, person.alias_days) == (("Hùng",), ()), "an alias taken away takes its days along"


@pytest.mark.parametrize(
    ("who", "days", "said"),
    [
        pytest.param(
            "hung", ("--from", "02/02/2012", "--until", "01/02/2012"), "đứng trước", id="ends first"
        ),
        pytest.param("ai-do", (), "không có người", id="nobody"),
        pytest.param("unit:x", (), "không có trong danh bạ", id="no unit"),
    ],
)
def test_an_alias_that_cannot_be_is_refused(
    office: Office, capsys: pytest.CaptureFixture[str], who: str, days: tuple[str, ...], said: str
) -> None:
    assert call(office, "people", "alias", who, "Hùng em", *days) == 2
    assert said in capsys.readouterr().err


def test_an_accepted_habit_may_count_for_some_days_only(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    with office.registry.book("hoa", MORNING) as book:
        for _ in range(6):
            book.record(NameChosen(document=document, written="Đ/c Hùng em", chosen="hung"))
    accept = ("people", "aliases", "--accept", "Đ/c Hùng em=hung", "--from", "05/01/2012")
    assert call(office, *accept) == 0
    assert call(office, "people", "list") == 0
    assert "Đ/c Hùng em (05/01/2012–…)" in capsys.readouterr().out


def test_a_unit_that_may_be_meant_is_told_by_its_name(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    document = pass_on(office, 1, lead("bcxb"))
    assert call(office, "direct", document, "VP, P.CNTT", "--by", "binh") == 2
    assert "unit:vp: Văn phòng" in capsys.readouterr().err
