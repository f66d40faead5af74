"""Child processes that must not outlive us."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
from collections.abc import Sequence


def start_child(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a silent child that the kernel ends when we die, even by kill -9."""
    return subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )


def end_child(
    child: subprocess.Popen[bytes], *, ask: signal.Signals = signal.SIGTERM, patience_s: float = 10.0
) -> None:
    """Ask the child to end, then insist."""
    if child.poll() is not None:
        return
    child.send_signal(ask)
    try:
        child.wait(patience_s)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
