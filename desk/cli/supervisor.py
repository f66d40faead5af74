"""Run the processes of an office on one machine: start, say when ready, restart what dies, stop cleanly.

Each part says that it lives by a heartbeat in the registry; a part is ready when its first beat after the
start is there. A part that dies is started again, after a wait that doubles up to a minute and falls back
when it has lived for a while.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from desk.cli.speech import COULD_NOT, DONE, tell
from documents.errors import Refused
from office.office import Office

MODULES = {
    "desk": "desk.web",
    "intake": "flows.intake",
    "processor": "flows.processor",
    "notifier": "flows.notifier",
    "sweeper": "flows.sweeper",
    "prefect-server": "flows.server",
}
"""Process names of `congvan run`, and the module each is; the page comes first, Prefect joins behind it."""

LONGEST_WAIT_S = 60.0
STEADY_S = 120.0
"""A part that lived this long is healthy again: its next restart is immediate."""
STOP_S = 15.0
LOG_BYTES = 10_000_000
"""A log longer than this is put aside when its part starts."""
_ROOT = Path(__file__).resolve().parents[2]


class AlreadyUp(Refused):
    """Another `up` runs on this home."""

    message = "Cơ quan trong {home} đang chạy rồi (tiến trình {pid})."
    advice = "Mở trang web đang chạy, hoặc dừng nó trước (Ctrl+C ở cửa sổ kia)."


@dataclass(slots=True)
class Part:
    """One process and how it has fared."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    started_at: dt.datetime | None = None
    failures: int = 0
    start_after: float = 0.0
    is_ready: bool = field(default=False)


def command_of(name: str, home: Path, host: str, port: int) -> list[str]:
    """The command line of one process."""
    address = ["--host", host, "--port", str(port)] if name == "desk" else []
    return [sys.executable, "-m", MODULES[name], "--home", str(home.absolute()), *address]


class Supervisor:
    """Keeps the parts running until a signal says stop.

    With `logs_in`, what the parts log goes to one file each in that folder; otherwise to our own stderr.
    `on_tick` is called about twice a second once everything is announced.
    """

    def __init__(
        self,
        office: Office,
        parts: Sequence[Part],
        *,
        clock: Callable[[], dt.datetime],
        logs_in: Path | None = None,
        on_tick: Callable[[], None] = lambda: None,
    ) -> None:
        self._office = office
        self._parts = list(parts)
        self._clock = clock
        self._logs_in = logs_in
        self._on_tick = on_tick
        self._stopping = False

    def run(self, on_ready: Callable[[], None]) -> int:
        """Start everything, call `on_ready` once the desk answers, stay until SIGINT or SIGTERM."""
        lock = lock_home(self._office.settings.home)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)
        announced = False
        try:
            while not self._stopping:
                for part in self._parts:
                    self._tend(part)
                self._tell_ready()
                if not announced and self._parts[0].is_ready:
                    announced = True
                    on_ready()
                if announced:
                    self._on_tick()
                time.sleep(0.4)
        finally:
            self._stop_all()
            os.close(lock)
        return DONE if announced else COULD_NOT

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _tend(self, part: Part) -> None:
        moment = time.monotonic()
        if part.process is None:
            if moment >= part.start_after:
                self._start(part)
            return
        status = part.process.poll()
        if status is None:
            return
        part.failures = 0 if moment - part.started > STEADY_S else part.failures + 1
        wait = min(LONGEST_WAIT_S, 2.0 ** max(0, part.failures - 1)) if part.failures else 0.0
        tell(
            "! {name} dừng (mã {status}), chạy lại sau {wait:.0f} giây; không có gì bị mất.",
            name=part.name,
            status=status,
            wait=wait,
        )
        if self._logs_in:
            tell("  → Xem nhật ký: {log}", log=self._logs_in / f"{part.name}.log")
        part.process, part.is_ready, part.start_after = None, False, moment + wait

    def _start(self, part: Part) -> None:
        part.started_at = self._clock()
        part.started = time.monotonic()
        with open_log(self._logs_in, part.name) as log:
            part.process = subprocess.Popen(
                part.command,
                cwd=_ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )

    def _tell_ready(self) -> None:
        waiting = [p for p in self._parts if not p.is_ready and p.started_at and p.process]
        if not waiting:
            return
        with self._office.view() as view:
            beats = view.beats()
        for part in waiting:
            beat = beats.get(part.name)
            if part.started_at and beat and beat >= part.started_at:
                part.is_ready = True
                tell("✓ {name} sẵn sàng", name=part.name)

    def _stop_all(self) -> None:
        running = [p.process for p in self._parts if p.process and p.process.poll() is None]
        for process in running:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + STOP_S
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(process, signal.SIGKILL)
                process.wait()
        tell("Đã dừng mọi tiến trình; văn bản đang đọc dở sẽ được đọc lại.")


@contextmanager
def open_log(folder: Path | None, name: str) -> Iterator[BinaryIO | None]:
    """The log file of one part, to append to; None without a folder. One older file is kept."""
    if folder is None:
        yield None
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{name}.log"
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    with path.open("ab") as log:
        yield log


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def _die_with_parent() -> None:
    """Ask the kernel to end this child when the supervisor dies, even by kill -9 (prctl PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def lock_home(home: Path) -> int:
    """Only one supervisor for a home; the lock falls with the process."""
    import fcntl

    file = os.open(home / ".dang-chay", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        pid = os.read(file, 20).decode().strip() or "?"
        os.close(file)
        raise AlreadyUp(home=home, pid=pid) from error
    os.ftruncate(file, 0)
    os.write(file, str(os.getpid()).encode())
    return file
