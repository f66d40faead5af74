"""`calendar` and `tasks` as they are called: what is entered, what moves, what is asked, in both languages."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import pytest

from desk.cli.app import main
from desk.cli.home import now
from documents.lines import DueBasis, DueKind
from documents.reading import FieldName, FieldReading, Reading
from documents.status import Status
from office.office import Office, local_day
from office.tasks import propose_tasks
from tests.offices import MORNING, an_office
from tests.registry.builders import TODAY, assigned, bring, lead, name

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An office with one document, due on Friday 6 January 2012, and a task of a plan."""
    with an_office(tmp_path / "office") as office:
        _fill(office)
    return tmp_path / "office"


def _fill(office: Office) -> None:
    due = lead(due=TODAY.replace(day=6))
    basis = DueBasis(kind=DueKind.WORKING_DAYS, start=TODAY, days=1)
    row: dict[str, str | None] = {
        "heading": "1. Sở Thông tin và Truyền thông",
        "text": "Tổ chức hội nghị giao ban",
        "role": "lead",
        "partners": "Sở Ngoại vụ",
        "phrase": "06 tháng 01 lần",
        "recurrence": "FREQ=MONTHLY;INTERVAL=6",
        "ask": "day",
        "page": "3",
        "box": "0.1 0.2 0.9 0.3",
    }
    with office.registry.book("test", MORNING) as book:
        document = bring(book, 1, Status.REGISTERED)
        book.record(assigned(document, type(due)(role=due.role, person=due.person, due=due.due, basis=basis)))
        part = FieldReading(name=FieldName.OUR_PART, value=[row])
        propose_tasks(book, document, Reading({FieldName.OUR_PART: part}))


def call(home: Path, *words: str) -> int:
    return main([*words, "--home", str(home)])


def test_a_day_is_entered_with_its_source_and_moves_deadlines(home: Path, capsys: Capture) -> None:
    entered = call(
        home, "calendar", "add", "06/01/2012", "off", "--reason", "Bão", "--source", "CĐ 1", "--yes"
    )
    assert entered == 0
    assert "1 hạn đang mở đổi theo" in capsys.readouterr().err
    assert call(home, "calendar", "list", "2012", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {
        "day": "2012-01-06",
        "kind": "off",
        "reason": "Bão",
        "source": "CĐ 1",
        "entered_by": "operator",
    } in rows
    assert call(home, "calendar", "remove", "06/01/2012", "--reason", "Bão tan") == 0
    assert "1 hạn đang mở đổi theo" in capsys.readouterr().err
    assert call(home, "calendar", "history", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["version"], row["kind"], row["by"]) for row in rows] == [
        (1, "off", "operator"),
        (2, None, "operator"),
    ]
    assert call(home, "calendar", "history") == 0
    assert "Bão tan" in capsys.readouterr().out


def test_without_a_terminal_what_would_move_is_told_and_done(home: Path, capsys: Capture) -> None:
    assert call(home, "calendar", "off", "06/01/2012", "--reason", "Bão") == 0
    told = capsys.readouterr().err
    assert "dời 1 hạn đang mở" in told
    assert "06/01/2012 → 09/01/2012" in told


@pytest.mark.parametrize("agrees", [True, False])
def test_at_a_terminal_a_person_is_asked_first(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, agrees: bool
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", lambda _: agrees)
    assert call(home, "calendar", "off", "06/01/2012", "--reason", "Bão") == (0 if agrees else 1)
    assert ("Chưa ghi gì." in capsys.readouterr().err) is not agrees
    call(home, "calendar", "history", "--json")
    assert bool(capsys.readouterr().out) is agrees


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        pytest.param(["add", "06/01/2012", "off"], 64, "--reason", id="no reason"),
        pytest.param(["add", "06/01/2012", "nghỉ", "--reason", "x"], 64, "số nguyên", id="no such kind"),
        pytest.param(["remove", "06/01/2012", "--reason", "x"], 2, "không ghi riêng", id="nothing entered"),
        pytest.param(["before", "perhaps"], 64, "perhaps", id="no such reading"),
    ],
)
def test_what_cannot_be_entered_is_told(
    home: Path, capsys: Capture, words: list[str], status: int, said: str
) -> None:
    assert call(home, "calendar", *words) == status
    assert said in capsys.readouterr().err


def test_what_is_doubtful_of_a_year_is_listed(home: Path, capsys: Capture) -> None:
    assert call(home, "calendar", "check", "2026") == 1
    assert "Thứ Sáu 02/01/2026" in capsys.readouterr().out
    assert call(home, "calendar", "check", "2025") == 0


def test_how_before_a_day_is_read_is_asked_and_set(home: Path, capsys: Capture) -> None:
    assert call(home, "calendar", "before") == 0
    assert call(home, "calendar", "before", "strict") == 0
    assert capsys.readouterr().out.split() == ["by", "strict"]


def test_tasks_are_listed_given_reported_and_shown_first(home: Path, capsys: Capture) -> None:
    document = name(1)
    assert call(home, "tasks", document) == 0
    out = capsys.readouterr().out
    assert "Tổ chức hội nghị giao ban" in out
    assert "FREQ=MONTHLY;INTERVAL=6 (chưa nêu ngày trong kỳ)" in out
    rule, day = "FREQ=DAILY", local_day(now()) + dt.timedelta(1)
    assert call(home, "task", "take", document, "1", "--holder", "linh", "--rule", rule) == 0
    assert call(home, "task", "report", document, "1", "--day", f"{day:%d/%m/%Y}") == 0
    assert call(home, "task", "report", document, "1", "--day", "15/01/2012") == 2
    assert call(home, "tasks", document, "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["holder"], row["recurrence"], row["reported"]) == ("linh", rule, [day.isoformat()])
    assert (row["page"], row["box"], row["partners"]) == (3, [0.1, 0.2, 0.9, 0.3], ["Sở Ngoại vụ"])
    assert call(home, "show", document) == 0
    shown = capsys.readouterr().out
    assert shown.index("Tổ chức hội nghị") < shown.index("trích yếu")
    assert call(home, "task", "drop", document, "1", "--reason", "Sở Ngoại vụ làm") == 0
    assert call(home, "tasks", document) == 0
    assert "lý do bỏ: Sở Ngoại vụ làm" in capsys.readouterr().out


def test_a_document_without_tasks_says_so(home: Path, capsys: Capture) -> None:
    with Office.open(home) as office, office.registry.book("test", MORNING) as book:
        bring(book, 2, Status.REVIEW)
    assert call(home, "tasks", name(2)) == 0
    assert "không có việc nào" in capsys.readouterr().err
    assert call(home, "tasks", name(2), "--json") == 0
    assert capsys.readouterr().out == ""


def test_a_task_without_a_time_is_refused_in_both_languages(home: Path, capsys: Capture) -> None:
    assert call(home, "task", "take", name(1), "1", "--holder", "linh") == 2
    assert "Việc cần một hạn" in capsys.readouterr().err
    assert (
        main(
            [
                "--lang",
                "en",
                "task",
                "take",
                name(1),
                "9",
                "--holder",
                "linh",
                "--due",
                "20/01/2032",
                "--home",
                str(home),
            ]
        )
        == 2
    )
    assert "no open task 9" in capsys.readouterr().err
