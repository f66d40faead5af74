"""Every command that the README shows is run, in the order in which it stands, in an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

LONG_RUNNING = {"./congvan demo", "./congvan up --home van-phong"}
"""Run by tests of their own (tests/journeys/test_journey_up.py): they do not end by themselves."""
ITSELF = {"./congvan test"}


def shown(readme: Path) -> list[str]:
    """The command lines of every `sh` block."""
    blocks = re.findall(r"```sh\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.slow
@pytest.mark.tesseract
@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_every_command_of_the_readme_works_as_shown(name: str, root: Path, tmp_path: Path) -> None:
    (tmp_path / "congvan").symlink_to(root / "congvan")
    (tmp_path / "docs").symlink_to(root / "docs")
    commands = [c for c in shown(root / name) if c not in LONG_RUNNING | ITSELF]
    assert len(commands) >= 9
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "CONGVAN"))}
    for command in commands:
        done = subprocess.run(
            shlex.split(command), cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        # 1 says: done, but something needs a person. A paper to review and an office at rest are that.
        assert done.returncode in {0, 1}, f"{command}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr
        if command.startswith("./congvan find"):
            assert "1187/UBND-KGVX" in done.stdout
    assert any((tmp_path / "van-phong" / "kho").rglob("*"))


@pytest.mark.slow
def test_the_suite_runs_by_the_command_of_the_readme(root: Path) -> None:
    done = subprocess.run(
        ["./congvan", "test", "-n", "0", "tests/house/test_house_errors.py", "-q"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_both_readmes_show_the_same_commands(root: Path) -> None:
    assert shown(root / "README.md") == shown(root / "README.vi.md")
