"""The child's side of the workshop: take an order, carry it out under limits, answer.

Nothing here is called in the parent but the message types and `load_answer`.
"""

from __future__ import annotations

import ctypes
import io
import os
import pickle
import resource
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import cv2

from documents.errors import ReaderStopped, Trouble
from ocr.limits import Limits

_NO_NEW_PRIVILEGES = 38  # prctl(2)
_MB = 1024 * 1024
_TRUSTED = ("documents.", "ocr.")
_TRUSTED_NAMES = frozenset(
    {("pathlib", "Path"), ("pathlib", "PosixPath"), ("pathlib", "PurePosixPath"), ("builtins", "frozenset")}
)


@dataclass(frozen=True, slots=True)
class Order:
    """A function of this room and what to call it with; `beats` asks for a sign of life after each page."""

    function: Callable[..., object]
    args: tuple[object, ...] = ()
    named: Mapping[str, object] = field(default_factory=dict)
    beats: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """The child has loaded its libraries."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A page is done."""

    page: int


@dataclass(frozen=True, slots=True)
class Done:
    """The order's result."""

    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """The order's error: one for people, or the kind and place (never the words) of any other."""

    trouble: Trouble | None
    kind: str = ""
    place: str = ""


Answer = Ready | Beat | Done | Failed


class _Careful(pickle.Unpickler):
    """Loads only values of this project: what a child sends was made next to hostile files."""

    def find_class(self, module: str, name: str) -> Any:
        if f"{module}.".startswith(_TRUSTED) or (module, name) in _TRUSTED_NAMES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not expected from a reader")


class _Plain(pickle.Pickler):
    """Writes members of an enumeration by value: Python 3.11.0 to 3.11.3 would write a call of `getattr`."""

    def reducer_override(self, obj: Any) -> Any:
        return (type(obj), (obj.value,)) if isinstance(obj, Enum) else NotImplemented


def dump_answer(answer: Answer) -> bytes:
    """Return `answer` as `load_answer` takes it, whatever the release of Python."""
    message = io.BytesIO()
    _Plain(message).dump(answer)
    return message.getvalue()


def load_answer(message: bytes) -> Answer:
    """Return what a child sent.

    Raises:
        pickle.UnpicklingError: it is not one of the answers.
    """
    answer = _Careful(io.BytesIO(message)).load()
    if not isinstance(answer, Ready | Beat | Done | Failed):
        raise pickle.UnpicklingError("not an answer")
    return answer


def work(line: Connection, life_fd: int, folder: str, limits: Limits) -> None:
    """Carry out orders until the parent hangs up; the child's main function."""
    threading.Thread(target=_die_with_parent, args=(life_fd, folder), daemon=True).start()
    tempfile.tempdir = folder
    os.environ["TMPDIR"] = folder
    cv2.setNumThreads(1)
    _limit_process(limits)
    try:
        line.send_bytes(dump_answer(Ready()))
        while True:
            message = line.recv_bytes()
            line.send_bytes(dump_answer(_carry_out(message, line, limits)))
            _empty(Path(folder))
    except (EOFError, OSError):
        # The parent is gone: the thread that watches it may not come to tidying up before we end.
        shutil.rmtree(folder, ignore_errors=True)


def _carry_out(message: bytes, line: Connection, limits: Limits) -> Answer:
    try:
        order: Order = pickle.loads(message)  # noqa: S301  # from our parent, over a private pipe

        def beat(page: int) -> None:
            _allow_cpu(limits)
            line.send_bytes(dump_answer(Beat(page)))

        _allow_cpu(limits)
        named = {**order.named, "on_page": beat} if order.beats else order.named
        return Done(order.function(*order.args, **named))
    except Trouble as trouble:
        return Failed(trouble)
    except MemoryError:
        return Failed(ReaderStopped(detail="hết bộ nhớ cho phép", attempts=1))
    except Exception as trouble:
        # Without the message: it may quote the document.
        return Failed(None, type(trouble).__name__, "".join(traceback.format_tb(trouble.__traceback__)))


def _limit_process(limits: Limits) -> None:
    os.nice(limits.niceness)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    written = limits.written_mb * _MB
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    room = _address_space() + limits.memory_mb * _MB
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def _address_space() -> int:
    """Bytes of address space in use now; 1 GB where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 1024 * _MB
    return pages * resource.getpagesize()


def _allow_cpu(limits: Limits) -> None:
    """Give the next step its processor seconds: the limit counts from the birth of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + limits.cpu_s + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _die_with_parent(life_fd: int, folder: str) -> None:
    """Wait until the parent is gone, then end this process and the engine it may have started.

    PR_SET_PDEATHSIG would not do: it fires when the *thread* that started us ends, and spares the engine.
    """
    os.read(life_fd, 1)
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _empty(folder: Path) -> None:
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
