"""The tools that hold the house: format, lint, types, layers, spelling, dependencies, dead code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent

TOOLS = [
    pytest.param(["ruff", "format", "--check", "."], id="the code is formatted"),
    pytest.param(["ruff", "check", "."], id="the linter is content"),
    pytest.param(["mypy"], id="every type fits"),
    pytest.param(["lint-imports"], id="imports only go down"),
    pytest.param(["codespell"], id="the spelling is right"),
    pytest.param(["deptry", "."], id="what is imported is declared and what is declared is used"),
    pytest.param(["vulture"], id="nothing is left unused"),
]


@pytest.mark.xdist_group("tools")
@pytest.mark.parametrize("command", TOOLS)
def test_the_house_is_in_order(command: list[str], root: Path) -> None:
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-6000:]}{done.stderr[-3000:]}"
