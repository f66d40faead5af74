"""`people notices` and `notices …`: people choose how they are told; slips are told with their place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desk.cli.app import main
from documents.notices import KINDS
from office.found import found_office
from tests.offices import MORNING

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("founded") / "office"
    found_office(home, name="Sở Thử", now=MORNING, password="mat-khau-quan-tri")
    assert main(["people", "add", "Phạm Văn Linh", "--id", "linh", "--home", str(home)]) == 0
    return home


@pytest.fixture
def home(tmp_path: Path, founded: Path) -> Path:
    return shutil.copytree(founded, tmp_path / "office")


def call(home: Path, *words: str) -> int:
    return main([*words, "--home", str(home)])


def ways(home: Path, capsys: Capture, *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert call(home, "people", "notices", "linh", *words, "--json") == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def test_a_persons_ways_are_changed_where_named_and_nowhere_else(home: Path, capsys: Capture) -> None:
    before = ways(home, capsys)
    assert (before["muted"], before["digest_at"], before["calendar"]) == ([], None, True)
    ways(home, capsys, "--mute", "finished", "--mute", "review", "--digest-at", "08:15", "--no-calendar")
    after = ways(home, capsys, "--hear", "review")
    assert (after["muted"], after["digest_at"], after["calendar"]) == (["finished"], "08:15", False)
    assert ways(home, capsys, "--digest-at", "")["digest_at"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--mute", "finishd"], "có phải “finished”?", id="a slip"),
        pytest.param(["--mute", "assigned"], "không tắt được", id="new work is always mailed"),
        pytest.param(["--digest-at", "25:00"], "không phải là giờ", id="no hour"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    words: list[str], said: str, home: Path, capsys: Capture
) -> None:
    before = ways(home, capsys)
    assert call(home, "people", "notices", "linh", "--mute", "review", *words) == 2
    assert said in capsys.readouterr().err
    assert ways(home, capsys) == before


def test_the_calendar_address_is_shown_once(home: Path, capsys: Capture) -> None:
    opened = ways(home, capsys, "--open-feed")
    assert str(opened["feed_path"]).startswith("/lich/")
    known = ways(home, capsys)
    assert (known["feed"], known["feed_path"]) == (True, None)
    assert ways(home, capsys, "--close-feed")["feed"] is False


def test_every_kind_is_listed_for_people(home: Path, capsys: Capture) -> None:
    capsys.readouterr()
    assert call(home, "people", "notices", "linh") == 0
    told = capsys.readouterr().out
    assert all(kind in told for kind in KINDS)


def test_the_ladder_is_read_back_and_a_slip_leaves_the_one_in_force(home: Path, capsys: Capture) -> None:
    file = home / "bac.txt"
    file.write_text("thường: -2 người giữ, 0 người giữ, +2 trưởng đơn vị\n", "utf-8")
    assert call(home, "notices", "ladder", str(file)) == 0
    capsys.readouterr()
    file.write_text("thường: -2 người gữ\n", "utf-8")
    assert call(home, "notices", "ladder", str(file)) == 2
    assert "dòng 1" in capsys.readouterr().err
    assert call(home, "notices", "ladder") == 0
    assert capsys.readouterr().out.startswith("thường: -2 người giữ, 0 người giữ, +2 trưởng đơn vị\n")
    assert call(home, "notices", "ladder", "--reset") == 0
    assert "thường: -3 người giữ" in capsys.readouterr().out


def test_the_words_of_letters_are_copied_and_checked(home: Path, capsys: Capture) -> None:
    assert call(home, "notices", "letters", "--write") == 0
    assert "giao.txt" in capsys.readouterr().out
    assert call(home, "notices", "letters") == 0
    (home / "mau-thu" / "giao.txt").write_text("Giao $so_denn\n", "utf-8")
    assert call(home, "notices", "letters", "--write") == 0
    capsys.readouterr()
    assert call(home, "notices", "letters") == 1
    assert "giao.txt:1: không có ô $so_denn (có phải “$so_den”?)" in capsys.readouterr().out
