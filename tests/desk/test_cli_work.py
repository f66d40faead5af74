"""`work …` and `people absence …`: what they change, what they print, how they end."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desk.cli.app import main
from desk.cli.home import now
from documents.lines import LineState
from office import lines
from office.office import Office, local_day
from tests.office.lines_at_work import HUNG, LINH, XUAN, at_work, inform, lead, line_of, on, pass_on

Capture = pytest.CaptureFixture[str]
DAY = dt.timedelta(1)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one document: led by the press unit, due in nine days, for information to Hùng."""
    home = tmp_path_factory.mktemp("founded") / "office"
    with at_work(home) as office:
        today = local_day(now())
        given = lead("bcxb", due=today + 9 * DAY, outer=today + 20 * DAY)
        pass_on(office, 1, given, inform(HUNG), now=now(), subject="Về thông tin đối ngoại")
    return home


@pytest.fixture
def home(tmp_path: Path, founded: Path) -> Path:
    """A copy of that office to change."""
    return shutil.copytree(founded, tmp_path / "office")


@pytest.fixture
def call(home: Path) -> Callable[..., int]:
    def run(words: str, *more: str) -> int:
        return main([*words.split(), *more, "--home", str(home)])

    return run


def the_line(home: Path, number: int = 1) -> Any:
    with Office.open(home) as office:
        with office.view() as view:
            document = view.documents()[0].id
        return line_of(office, document, number)


def in_days(days: int) -> str:
    return f"{local_day(now()) + days * DAY:%d/%m/%Y}"


def test_a_line_goes_its_way_by_commands(home: Path, call: Callable[..., int], capsys: Capture) -> None:
    steps = [
        ("work hand-on 1/2012 --as thanhxuan --to linh --direction", "Dự thảo báo cáo"),
        ("work accept 1/2012 --as linh",),
        ("work progress 1/2012 --as linh --note", "Được một nửa"),
        (f"work extend 1/2012 --as linh --until {in_days(12)} --reason", "Chờ huyện"),
        ("work refuse 1/2012 --as thanhxuan --reason", "Gấp"),
        (f"work grant 1/2012 --as minh --until {in_days(11)}",),
        ("work finish 1/2012 --as linh --reply 15/STTTT --result", "Đã gửi"),
        ("work reopen 1/2012 --as hoa --reason", "Thiếu biểu"),
        ("work return 1/2012 --as linh --reason", "Đi công tác"),
        ("work reassign 1/2012 --as hoa --to unit:cntt --reason", "Đúng phòng"),
    ]
    for step in steps:
        assert call(*step) == 0, capsys.readouterr().err
    line = the_line(home, 0)
    assert (line.line, line.unit, line.holder, line.state) == (3, "cntt", "hung", LineState.OPEN)
    assert line.due == local_day(now()) + 11 * DAY
    assert "chủ trì: chưa nhận, Bùi Mạnh Hùng giữ, hạn" in capsys.readouterr().err
    assert call("log verify") == 0


def test_a_box_is_one_object_a_line(call: Callable[..., int], capsys: Capture) -> None:
    assert call("work list --as thanhxuan --json") == 0
    (row,) = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert (row["box"], row["role"], row["state"], row["holder"], row["subject"]) == (
        "todo", "lead", "open", "thanhxuan", "Về thông tin đối ngoại",
    )  # fmt: skip
    assert row["register"]["number"] == 1
    assert call("work list --as hung") == 0
    assert capsys.readouterr().out.startswith("để biết\t1/2012\t2\tđể biết\tđể biết, chưa xem")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        pytest.param(["accept", "1/2012", "--as", "hung"], 2, "Lê Thanh Xuân giữ", id="not theirs"),
        pytest.param(["accept", "1/2012", "--as", "ai"], 2, "không có người nào", id="nobody by that id"),
        pytest.param(["accept", "9/2012", "--as", "hung"], 2, "Không có văn bản", id="no such document"),
        pytest.param(
            ["accept", "1/2012", "--as", "thanhxuan", "--line", "7"],
            2,
            "không còn ở văn bản",
            id="no such line",
        ),
        pytest.param(["return", "1/2012", "--as", "thanhxuan"], 64, "--reason", id="no reason at all"),
        pytest.param(
            ["return", "1/2012", "--as", "thanhxuan", "--reason", " "],
            2,
            "Chưa ghi lý do",
            id="an empty reason",
        ),
        pytest.param(
            ["extend", "1/2012", "--as", "thanhxuan", "--until", "31/02/2012", "--reason", "x"],
            2,
            "không phải là ngày",
            id="no such day",
        ),
        pytest.param(["accept", "1/2012"], 64, "--as", id="nobody acts"),
    ],
)
def test_a_step_that_cannot_be_taken_says_why_and_changes_nothing(
    words: list[str], status: int, told: str, home: Path, call: Callable[..., int], capsys: Capture
) -> None:
    assert call("work", *words) == status
    assert told in capsys.readouterr().err
    assert the_line(home).state is LineState.OPEN


def test_a_day_past_the_outer_one_needs_anyway(home: Path, call: Callable[..., int], capsys: Capture) -> None:
    with Office.open(home) as office, office.view() as view:
        document = view.documents()[0].id
    with Office.open(home) as office:
        lines.hand_on(office, on(office, document, XUAN), to="linh", direction="Làm", now=now())
    grant = f"work grant 1/2012 --as thanhxuan --until {in_days(30)}"
    assert call(grant) == 2
    assert "mà văn bản cho phép" in capsys.readouterr().err
    assert call(grant, "--anyway") == 0
    assert the_line(home).due == local_day(now()) + 30 * DAY


def test_an_absence_is_entered_listed_and_ended(
    home: Path, call: Callable[..., int], capsys: Capture
) -> None:
    add = f"people absence add thanhxuan --taker linh --from {in_days(0)} --until {in_days(5)} --instrument"
    assert call(add, "Giấy ủy quyền số 3") == 0
    assert "1 việc đang mở đã chuyển người giữ" in capsys.readouterr().err
    assert (the_line(home).holder, the_line(home).stands_in_for) == ("linh", "thanhxuan")
    assert call("people absence list --json") == 0
    one = json.loads(capsys.readouterr().out)
    assert (one["id"], one["giver"], one["taker"], one["instrument"]) == (
        1, "thanhxuan", "linh", "Giấy ủy quyền số 3",
    )  # fmt: skip
    assert call("work accept 1/2012 --as linh") == 0
    assert call("people absence end 1") == 0
    assert (the_line(home).holder, the_line(home).stands_in_for) == ("thanhxuan", None)
    capsys.readouterr()
    assert call("people absence list") == 0
    assert capsys.readouterr().out == ""
    assert call("people absence list --past") == 0
    assert "đã rút" in capsys.readouterr().out
    assert call("people absence end 1") == 2
    assert call("people absence end 9") == 2


def test_an_absence_that_cannot_stand_says_why(call: Callable[..., int], capsys: Capture) -> None:
    days = f"--from {in_days(0)} --until {in_days(5)} --instrument GUQ"
    assert call(f"people absence add thanhxuan --taker linh {days}") == 0
    assert call(f"people absence add linh --taker mai {days}") == 2
    assert "không ủy quyền tiếp" in capsys.readouterr().err
    assert call(f"people absence add linh --taker mai {days} --lang en") == 2
    assert "cannot pass that on" in capsys.readouterr().err


def test_nobody_leaves_work_behind_without_being_asked_twice(
    home: Path, call: Callable[..., int], capsys: Capture
) -> None:
    assert call("people unit", "Phòng Báo chí", "--id", "bcxb", "--head", "linh") == 0
    assert the_line(home).holder == LINH.id
    assert call("people retire linh") == 2
    assert "còn giữ việc chưa xong ở 1 văn bản (1/2012)" in capsys.readouterr().err
    assert call("people retire linh --anyway") == 1
    assert "! 1/2012" in capsys.readouterr().err


def test_show_says_who_has_it(call: Callable[..., int], capsys: Capture) -> None:
    assert call("show 1/2012") == 0
    assert "→ 1. Phòng Báo chí – Xuất bản: chủ trì, hạn" in (shown := capsys.readouterr().out)
    assert "(chưa nhận, Lê Thanh Xuân)" in shown
