"""`congvan log verify --copy`: a copy of the audit checked where there is no office."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk.cli.office_parts import verify
from office.log_copy import copy_log
from tests.office.lines_at_work import LEADER, LINH, OBSERVER, at_work, lead, pass_on
from tests.offices import MORNING


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    with at_work(tmp_path / "office") as office:
        pass_on(office, 1, lead(LINH), secrecy="Mật")
        for who in (LEADER, OBSERVER):
            text = "".join(copy_log(office, who, now=MORNING))
            (tmp_path / f"{who.duty.value}.jsonl").write_text(text, "utf-8")
    return tmp_path


def test_a_whole_copy(copies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(home=copies / "nowhere", copy=copies / "leader.jsonl") == 0
    assert "mục liền mạch" in capsys.readouterr().out


def test_a_copy_of_one_who_may_not_open_everything_says_so(
    copies: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(home=copies / "nowhere", copy=copies / "supervisor.jsonl") == 0
    said = capsys.readouterr()
    assert "chỉ kiểm được chỗ nối" in said.out + said.err


def test_the_first_wrong_line_is_named(copies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = copies / "leader.jsonl"
    lines = file.read_text("utf-8").splitlines()
    row = json.loads(lines[5])
    lines[5] = json.dumps({**row, "actor": "ke-la"})
    file.write_text("\n".join(lines), "utf-8")
    assert verify(home=copies / "nowhere", copy=file) != 0
    assert "Mục 5: Nội dung mục 5 đã bị sửa." in capsys.readouterr().out
    verify(home=copies / "nowhere", copy=file, json=True)
    assert json.loads(capsys.readouterr().out)["first_wrong"] == 5
