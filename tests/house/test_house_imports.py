"""What the doors load: neither the pages nor the commands nor the plain processes load Prefect."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT_PREFECT = [
    pytest.param("desk.cli.app", id="every command"),
    pytest.param("desk.web.app", id="the pages"),
    pytest.param("flows.intake", id="intake"),
    pytest.param("flows.notifier", id="notifier"),
    pytest.param("flows.sweeper", id="the sweeper, which starts Prefect as a child"),
    pytest.param("flows.processor", id="the processor until its first session"),
]


@pytest.mark.parametrize("module", WITHOUT_PREFECT)
def test_prefect_is_not_loaded_by(module: str, root: Path) -> None:
    script = f"import sys, {module}; sys.exit(any(m.split('.')[0] == 'prefect' for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False
    )
    assert done.returncode == 0
