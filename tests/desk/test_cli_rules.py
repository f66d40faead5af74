"""`rules …` as people and programs call it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from desk.cli import dry_run
from desk.cli.app import main
from office.found import ADMINISTRATOR
from office.office import local_day
from rules.table import load_sample_table_text
from tests.office.test_office_dry_run import paper
from tests.offices import an_office

Capture = pytest.CaptureFixture[str]
SAMPLE = load_sample_table_text()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three documents, the last led by its stamp; `moi.yaml` gives the first to another unit."""
    with an_office(tmp_path / "office") as office:
        paper(office, 1, subject="Công nghệ thông tin", number_symbol="02/KH-UBND")
        paper(office, 2, subject="Việc khác")
        paper(office, 3, subject="Công nghệ thông tin", arrival_forwarded_to=["Đ/c Linh"])
    (tmp_path / "office" / "moi.yaml").write_text(SAMPLE.replace("lead: cntt", "lead: bcvt"), "utf-8")
    return tmp_path / "office"


def call(*words: str, home: Path) -> int:
    return main(["rules", *words, "--home", str(home)])


def today() -> str:
    return f"{local_day(dt.datetime.now(dt.UTC)):%d/%m/%Y}"


def rows(capsys: Capture) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_table_goes_from_draft_to_dry_run_to_approval(home: Path, capsys: Capture) -> None:
    file = str(home / "moi.yaml")
    assert call("draft", file, "--by", "hoa", home=home) == 0
    assert "--draft 1" in capsys.readouterr().err
    assert call("dry-run", "--from", "01/01/2012", home=home) == 1
    said = capsys.readouterr().out
    assert "bản nháp số 1 trên 3 văn bản từ 01/01/2012, so với bản 2 đang dùng" in said
    assert "  1 văn bản đi nơi khác\n" in said
    assert "  1 văn bản theo tên trên dấu đến" in said
    assert (
        "1/2012\t02/KH-UBND\tPhòng Công nghệ thông tin → Phòng Bưu chính – Viễn thông, do QT-05 (trước: QT-05)"
        in said
    )
    assert "QT-05: chủ trì 1 văn bản, 1 trong đó từ nơi khác" in said
    approve = ("approve", "1", "--by", ADMINISTRATOR, "--from", today(), "--since", "01/01/2012")
    assert call(*approve, home=home) == 2
    assert "--moved 1" in capsys.readouterr().err
    assert call(*approve, "--moved", "1", home=home) == 0
    assert "bản 3" in capsys.readouterr().err
    assert call("dry-run", file, "--from", "01/01/2012", home=home) == 0
    capsys.readouterr()
    assert call("show", home=home) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"bản 3, từ ngày {today()}, đang dùng\n")
    assert "Phòng Bưu chính – Viễn thông chủ trì" in shown
    assert "[0 văn bản]" in shown


def test_drafts_are_listed_for_people_and_for_programs(home: Path, capsys: Capture) -> None:
    for _ in range(2):
        assert call("draft", str(home / "moi.yaml"), "--by", "hoa", home=home) == 0
    assert call("drop", "1", "--by", "lan", "--reason", "thiếu phòng", home=home) == 0
    capsys.readouterr()
    assert call("drafts", home=home) == 0
    assert "đã bỏ\tTrần Thị Hoa" in capsys.readouterr().out
    assert call("drafts", "--json", home=home) == 0
    first, second = rows(capsys)
    assert (first["state"], first["closed_by"], first["reason"], first["version"]) == (
        "dropped",
        "lan",
        "thiếu phòng",
        None,
    )
    assert (second["draft"], second["state"], second["drafted_by"], second["closed_at"]) == (
        2,
        "open",
        "hoa",
        None,
    )


def test_a_dry_run_is_one_object_for_programs(home: Path, capsys: Capture) -> None:
    assert call("dry-run", str(home / "moi.yaml"), "--from", "01/01/2012", "--json", home=home) == 1
    (said,) = rows(capsys)
    assert (said["documents"], said["elsewhere"], said["by_stamp"], said["version"]) == (3, 1, 1, 2)
    assert said["unmatched"] == {"before": 1, "after": 1}
    (moved,) = said["moved"]
    assert (moved["register"], moved["number_symbol"], moved["routed_by"]) == (
        "1/2012",
        "02/KH-UBND",
        "2#QT-07",
    )
    assert moved["before"]["lead"] == "Phòng Công nghệ thông tin"
    assert moved["after"] == {
        "row": "QT-05", "lead": "Phòng Bưu chính – Viễn thông", "support": [], "inform": [],
        "due": "2012-01-19", "also": [], "unknown": [],
    }  # fmt: skip
    assert {row["row"]: row["led"] for row in said["rows"] if row["led"]} == {"QT-05": 1, "mac_dinh": 1}


def test_of_many_documents_some_are_told_and_the_rest_is_counted(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dry_run, "MOST_SHOWN", 1)
    table = home / "khac.yaml"
    table.write_text(SAMPLE.replace("days: 15", "days: 9").replace("days: 10", "days: 8"), "utf-8")
    assert call("dry-run", str(table), "--from", "01/01/2012", home=home) == 1
    said = capsys.readouterr().out
    assert "… và 2 văn bản nữa" in said
    assert "hạn: 19/01/2012 → 17/01/2012" in said


def test_a_version_is_read_back_for_programs(home: Path, capsys: Capture) -> None:
    assert call("show", "2", "--json", home=home) == 0
    (shown,) = rows(capsys)
    assert (shown["version"], shown["in_force"], shown["effective_from"]) == (2, True, None)
    assert {row["id"]: row["led"] for row in shown["rows"] if row["led"]} == {"QT-07": 3}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["dry-run", "--from", "01/01/2012"], "rules draft", id="no draft to try"),
        pytest.param(["dry-run", "--from", "01/13/2012"], "ngày/tháng/năm", id="no day"),
        pytest.param(["dry-run", "{home}/none.yaml", "--from", "01/01/2012"], "none.yaml", id="no file"),
        pytest.param(["show", "9"], "rules show 2", id="no such version"),
        pytest.param(["drop", "4", "--by", "hoa", "--reason", "x"], "rules drafts", id="no such draft"),
        pytest.param(["adopt", "{home}/moi.yaml"], "rules draft", id="there is a table"),
        pytest.param(["draft", "{home}/moi.yaml", "--by", "ai"], "people list", id="nobody of that id"),
        pytest.param(["draft", "{home}/moi.yaml", "--by", "linh"], "quản trị", id="an officer"),
        pytest.param(
            ["approve", "1", "--by", "quantri", "--from", "01/01/2012"],
            "từ hôm nay trở đi",
            id="a day gone by",
        ),
    ],
)
def test_what_cannot_be_done_is_said_with_the_next_step(
    words: list[str], said: str, home: Path, capsys: Capture
) -> None:
    assert call(*(word.format(home=home) for word in words), home=home) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("words", [["dry-run"], ["approve", "1"], ["draft"], ["drop", "1"], ["show", "0"]])
def test_a_wrong_call_is_64(words: list[str], home: Path) -> None:
    assert call(*words, home=home) == 64


def test_a_draft_with_something_doubtful_is_kept_and_told(home: Path, capsys: Capture) -> None:
    table = home / "khac.yaml"
    table.write_text(SAMPLE.replace("rows:\n", "rows:\n  - {id: X, lead: vp, source: thử}\n"), "utf-8")
    assert call("draft", str(table), "--by", "hoa", home=home) == 1
    assert "X ở trên luôn được dùng trước" in capsys.readouterr().err


def test_a_version_whose_day_can_no_longer_come_is_told(home: Path, capsys: Capture) -> None:
    file = str(home / "moi.yaml")
    for number, day in ((1, "01/01/2099"), (2, today())):
        assert call("draft", file, "--by", "hoa", home=home) == 0
        approve = ["approve", str(number), "--by", ADMINISTRATOR, "--from", day, "--since", "01/01/2012"]
        assert call(*approve, "--moved", "1", home=home) == (1 if number == 2 else 0)
    assert "Bản 3 đã duyệt trước" in capsys.readouterr().err


def test_in_english_the_words_are_english(home: Path, capsys: Capture) -> None:
    assert (
        main(
            [
                "rules",
                "dry-run",
                str(home / "moi.yaml"),
                "--from",
                "01/01/2012",
                "--home",
                str(home),
                "--lang",
                "en",
            ]
        )
        == 1
    )
    assert "1 documents would go elsewhere" in capsys.readouterr().out
