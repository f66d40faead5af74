"""Run the whole suite: `./congvan test` (default), `./congvan test --all` (slow and real papers too).

Anything else is passed to pytest, so `./congvan test tests/rules -k tet` works as one hopes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Run pytest in the root of the project; the exit status is pytest's."""
    os.chdir(_ROOT)
    if "--all" in arguments:
        arguments = [a for a in arguments if a != "--all"]
        arguments = ["-m", "", *arguments]
    if not any(a.startswith(("-n", "--numprocesses", "-p")) for a in arguments):
        arguments = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup", *arguments]
    return int(pytest.main(["-ra", "--color=auto", *arguments]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
