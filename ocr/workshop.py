"""Run the readers in child processes, so that no file can hurt the process that asks.

A child is started afresh as a program of its own: nothing of the parent comes along but its import path,
whatever the parent was started as. It keeps its libraries loaded and does one step at a time under limits of
memory, processor time, written bytes and wall clock. A child that dies or is late is replaced.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, cast

from documents.errors import ReaderStopped
from documents.looks import SecondLook, SecondReading
from documents.page import Box, Paper
from ocr.again import look_again
from ocr.engine import Engine
from ocr.files import FileFacts, inspect_file
from ocr.limits import Limits
from ocr.loaded_tesseract import LoadedTesseract
from ocr.read import Depth, PaperRead, read_paper
from ocr.region import read_region
from ocr.workbench import Beat, Done, Failed, Order, load_answer

Found = TypeVar("Found")

_PROGRAM = """
import pickle, sys
from multiprocessing.connection import Connection
line = Connection(int(sys.argv[1]))
sys.path[:] = pickle.loads(line.recv_bytes())
from ocr.workbench import work
work(line, int(sys.argv[2]), sys.argv[3], pickle.loads(line.recv_bytes()))
"""
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""A child is one core's work; threads of its libraries would spin beside it."""
_START_S = 60.0
_LONGEST_ANSWER = 256 * 1024 * 1024
_DEATHS = {
    signal.SIGXCPU: "quá thời gian xử lý cho phép",
    signal.SIGSEGV: "tệp làm bộ đọc hỏng",
    signal.SIGABRT: "tệp làm bộ đọc hỏng",
    signal.SIGBUS: "tệp làm bộ đọc hỏng",
    signal.SIGKILL: "bị hệ thống dừng",
}


class Workshop:
    """A fixed number of child processes that read files; a context manager, safe to share among threads.

    Every method waits for a free child, then for its answer, and raises what the function of the same name
    raises, or `ReaderStopped` when the child died, ran out of memory or was late.
    """

    def __init__(self, slots: int, limits: Limits, engine: Engine | None = None) -> None:
        """Prepare `slots` children; each is started when it is first needed.

        Args:
            slots: Children at most, one for each processor core that may be used.
            limits: Bounds of each step.
            engine: What turns pictures into words; it is pickled. Tesseract by default.
        """
        self._limits = limits
        self._engine: Engine = engine if engine is not None else LoadedTesseract()
        self._children = tuple(_Child(limits) for _ in range(max(slots, 1)))
        self._free: queue.LifoQueue[_Child] = queue.LifoQueue()
        for child in self._children:
            self._free.put(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _trouble: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every child at once, also those at work; further calls raise `ReaderStopped`."""
        for child in self._children:
            child.close()

    def inspect(self, path: Path) -> FileFacts:
        """Run `ocr.files.inspect_file` in a child."""
        with self._one_child() as child:
            return cast(FileFacts, child.run(Order(inspect_file, (path, self._limits))))

    def read(
        self, path: Path, *, file_name: str, sha256: str, depth: Depth, pictures_to: Path | None = None
    ) -> PaperRead:
        """Run `ocr.read.read_paper` in a child; the wall clock limit holds for each page."""
        with self._one_child() as child:
            order = self._reading(path, file_name, sha256, depth, pictures_to, None)
            return cast(PaperRead, child.run(order))

    def look_again(self, path: Path, looks: Sequence[SecondLook]) -> tuple[SecondReading, ...]:
        """Run `ocr.again.look_again` in a child; no look, no child."""
        if not looks:
            return ()
        with self._one_child() as child:
            return cast("tuple[SecondReading, ...]", child.run(self._looking(path, looks)))

    def read_region(self, path: Path, page: int, box: Box) -> tuple[str, ...]:
        """Run `ocr.region.read_region` in a child."""
        with self._one_child() as child:
            named = {"engine": self._engine, "limits": self._limits}
            return cast("tuple[str, ...]", child.run(Order(read_region, (path, page, box), named)))

    def read_twice(
        self,
        path: Path,
        choose: Callable[[Paper], tuple[Found, Sequence[SecondLook]]],
        *,
        file_name: str,
        sha256: str,
        depth: Depth,
        pictures_to: Path | None = None,
        known_words: Path | None = None,
    ) -> tuple[PaperRead, Found, tuple[SecondReading, ...]]:
        """Read, let `choose` say here what it found and where to look again, and look.

        All in one child, which still has the pages.
        """
        with self._one_child() as child:
            order = self._reading(path, file_name, sha256, depth, pictures_to, known_words)
            read = cast(PaperRead, child.run(order))
            found, looks = choose(read.paper)
            answers = child.run(self._looking(path, looks)) if looks else ()
        return read, found, cast("tuple[SecondReading, ...]", answers)

    def _reading(
        self,
        path: Path,
        file_name: str,
        sha256: str,
        depth: Depth,
        pictures_to: Path | None,
        known_words: Path | None,
    ) -> Order:
        named = {
            "file_name": file_name,
            "sha256": sha256,
            "engine": self._engine,
            "depth": depth,
            "limits": self._limits,
            "pictures_to": pictures_to,
            "known_words": known_words,
        }
        return Order(read_paper, (path,), named, beats=True)

    def _looking(self, path: Path, looks: Sequence[SecondLook]) -> Order:
        return Order(look_again, (path, tuple(looks)), {"engine": self._engine, "limits": self._limits})

    @contextlib.contextmanager
    def _one_child(self) -> Iterator[_Child]:
        child = self._free.get()
        try:
            yield child
        finally:
            self._free.put(child)


class _Child:
    """A child process and the lines to it: used by one thread at a time, closed by any."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._closed = False

    def run(self, order: Order) -> object:
        """Carry out `order`: return its result or raise its error."""
        running = self._started()
        try:
            running.line.send_bytes(pickle.dumps(order))
            answer = self._answer(running)
        except (EOFError, OSError) as trouble:
            raise ReaderStopped(detail=running.end(), attempts=1) from trouble
        except BaseException:
            running.end()  # late, or interrupted: whatever it is doing, it stops
            raise
        if isinstance(answer, Done):
            return answer.result
        if answer.trouble is not None:
            raise answer.trouble
        raise ReaderStopped(detail=f"lỗi {answer.kind}", attempts=1) from RuntimeError(answer.place)

    def _answer(self, running: _Running) -> Done | Failed:
        while True:
            if not running.line.poll(self._limits.step_s):
                raise ReaderStopped(detail=f"một bước quá {self._limits.step_s:g} giây", attempts=1)
            try:
                answer = load_answer(running.line.recv_bytes(_LONGEST_ANSWER))
            except pickle.UnpicklingError as trouble:
                raise ReaderStopped(detail="trả lời sai khuôn dạng", attempts=1) from trouble
            if isinstance(answer, Done | Failed):
                return answer
            assert isinstance(answer, Beat)  # noqa: S101  # tells mypy what is left

    def _started(self) -> _Running:
        with self._lock:
            if self._closed:
                raise ReaderStopped(detail="bộ đọc đã đóng", attempts=1)
            if self._running is None or self._running.process.poll() is not None:
                if self._running is not None:
                    self._running.end()
                self._running = _Running(self._limits)
            return self._running

    def close(self) -> None:
        """End the process, at work or not, for good."""
        with self._lock:
            self._closed = True
            running, self._running = self._running, None
        if running is not None:
            running.end()


class _Running:
    """A started process: its line, its life line (closed when we are gone), its own temporary folder."""

    def __init__(self, limits: Limits) -> None:
        self._folder = tempfile.mkdtemp(prefix="congvan-reader-")
        self.line, theirs = Pipe()
        life_fd, self._life_fd = os.pipe()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, str(theirs.fileno()), str(life_fd), self._folder],
                pass_fds=(theirs.fileno(), life_fd),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_ONE_THREAD},
                start_new_session=True,
            )
        finally:
            theirs.close()
            os.close(life_fd)
        self._wait_until_ready(self.line, limits)

    def _wait_until_ready(self, line: Connection[bytes, bytes], limits: Limits) -> None:
        try:
            line.send_bytes(pickle.dumps(sys.path))
            line.send_bytes(pickle.dumps(limits))
            if not line.poll(_START_S):
                raise EOFError
            line.recv_bytes()
        except (EOFError, OSError) as trouble:
            raise ReaderStopped(detail=f"không khởi động được, {self.end()}", attempts=1) from trouble

    def end(self) -> str:
        """Kill the process and the engine it may have started; return in Vietnamese how it had ended."""
        died_by = self.process.poll()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        code = self.process.wait()
        with contextlib.suppress(OSError):
            self.line.close()
            os.close(self._life_fd)
        shutil.rmtree(self._folder, ignore_errors=True)
        died_by = code if died_by is None else died_by
        return _DEATHS.get(signal.Signals(-died_by), "bị dừng") if died_by < 0 else f"kết thúc mã {died_by}"
