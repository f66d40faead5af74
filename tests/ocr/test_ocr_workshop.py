"""Files are read in children that cannot hurt us: late, greedy, dying or orphaned, they end."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from documents.errors import Broken, EmptyFile, ReaderStopped, Trouble
from documents.looks import Alphabet, SecondLook
from documents.page import Box
from documents.reading import FieldName
from ocr.engine import Engine
from ocr.limits import Limits
from ocr.read import Depth
from ocr.workbench import load_answer
from ocr.workshop import Workshop
from tests.ocr.engines import Dying, Greedy, Late, Recorded, said
from tests.ocr.pictures import rows_of_text, scan

WORDS = said("Kính gửi các đơn vị")
LOOK = SecondLook(FieldName.DATE, 1, Box(0.1, 0.1, 0.5, 0.2), Alphabet.TEXT)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return scan(tmp_path / "a.pdf", rows_of_text())


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    """One child for all tests that leave it alive."""
    with Workshop(1, Limits(), Recorded((WORDS,))) as open_workshop:
        yield open_workshop


def read(workshop: Workshop, path: Path) -> object:
    return workshop.read(path, file_name=path.name, sha256="0" * 64, depth=Depth.HEAD)


def child_of(workshop: Workshop) -> int:
    running = workshop._children[0]._running
    assert running is not None
    return running.process.pid


def wait_until(holds: Callable[[], bool], *, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_a_child_inspects_reads_and_looks_again(workshop: Workshop, page: Path) -> None:
    assert workshop.inspect(page).page_count == 1
    paper = workshop.read(page, file_name="a.pdf", sha256="1" * 64, depth=Depth.FULL).paper
    assert paper.page(1).text == "Kính gửi các đơn vị"  # type: ignore[union-attr]
    assert workshop.look_again(page, ()) == ()
    (answer,) = workshop.look_again(page, (LOOK,))
    assert (answer.look, answer.text) == (LOOK, "Kính gửi các đơn vị")


def test_errors_for_people_come_out_of_the_child_whole(workshop: Workshop, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    with pytest.raises(EmptyFile) as caught:
        workshop.inspect(empty)
    assert caught.value.advise() == EmptyFile().advise()
    with pytest.raises(Broken, match="trang 7"):
        workshop.look_again(
            scan(tmp_path / "a.pdf", rows_of_text()),
            (SecondLook(FieldName.DATE, 7, LOOK.box, Alphabet.TEXT),),
        )


def test_one_child_serves_many_files_and_is_polite(workshop: Workshop, page: Path) -> None:
    workshop.inspect(page)
    first = child_of(workshop)
    workshop.inspect(page)
    assert child_of(workshop) == first
    assert os.getpriority(os.PRIO_PROCESS, first) >= Limits().niceness


def test_a_child_that_died_between_two_files_is_replaced(workshop: Workshop, page: Path) -> None:
    workshop.inspect(page)
    first = workshop._children[0]._running
    assert first is not None
    os.killpg(first.process.pid, signal.SIGKILL)
    assert wait_until(lambda: first.process.poll() is not None)
    assert workshop.inspect(page).page_count == 1
    assert child_of(workshop) != first.process.pid


@pytest.mark.parametrize(
    ("engine", "limits", "reason"),
    [
        pytest.param(Late(), Limits(step_s=1.0), "quá 1 giây", id="late"),
        pytest.param(Greedy(), Limits(memory_mb=512), "bộ nhớ", id="greedy"),
        pytest.param(Dying(), Limits(), "bộ đọc hỏng", id="dying"),
    ],
)
def test_a_child_out_of_bounds_stops_this_file_and_not_the_next(
    engine: Engine, limits: Limits, reason: str, page: Path
) -> None:
    with Workshop(1, limits, engine) as workshop:
        with pytest.raises(ReaderStopped, match=reason):
            read(workshop, page)
        assert workshop.inspect(page).page_count == 1


def test_a_late_child_is_really_killed(page: Path) -> None:
    with Workshop(1, Limits(step_s=1.0), Late()) as workshop:
        workshop.inspect(page)
        late = child_of(workshop)
        with pytest.raises(ReaderStopped):
            read(workshop, page)
        assert wait_until(lambda: is_gone(late))


def test_a_closed_workshop_ends_its_child_its_folder_and_further_calls(page: Path) -> None:
    workshop = Workshop(1, Limits(), Recorded((WORDS,)))
    workshop.inspect(page)
    pid, folder = child_of(workshop), workshop._children[0]._running._folder  # type: ignore[union-attr]
    workshop.close()
    assert wait_until(lambda: is_gone(pid))
    assert not Path(folder).exists()
    with pytest.raises(ReaderStopped, match="đóng"):
        workshop.inspect(page)


PARENT = """
import sys
from pathlib import Path
from ocr.limits import Limits
from ocr.workshop import Workshop
workshop = Workshop(1, Limits())
workshop.inspect(Path(sys.argv[1]))
running = workshop._children[0]._running
print(running.process.pid, running._folder, flush=True)
sys.stdin.read()
"""


def test_when_the_parent_is_killed_the_child_ends_and_leaves_nothing(page: Path, root: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(page)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    )
    with parent:
        assert parent.stdout is not None
        pid, folder = parent.stdout.readline().split()
        assert not is_gone(int(pid))
        parent.kill()
    assert wait_until(lambda: is_gone(int(pid)))
    assert wait_until(lambda: not Path(folder).exists())


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(pickle.dumps(os.system), id="a function of the system"),
        pytest.param(pickle.dumps({"not": "an answer"}), id="no answer at all"),
        pytest.param(b"garbage", id="garbage"),
    ],
)
def test_only_answers_of_this_room_are_taken_from_a_child(message: bytes) -> None:
    with pytest.raises(pickle.UnpicklingError):
        load_answer(message)


def test_an_unexpected_error_tells_its_kind_and_never_the_words(page: Path) -> None:
    with (
        Workshop(1, Limits(), Recorded(("Kính gửi",))) as workshop,  # type: ignore[arg-type]  # no lines: a slip
        pytest.raises(Trouble) as caught,
    ):
        read(workshop, page)
    assert "AttributeError" in str(caught.value)
    assert "Kính" not in str(caught.value) + str(caught.value.__cause__)
