"""A kill at every single step of the way from the folder into the store: nothing lost, nothing twice.

The intake here is a model of the real one: store, then one fsynced line in a ledger, then the file leaves.
The child process kills itself at its n-th call to the operating system, for every n until a run ends well.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest

from documents.errors import Unavailable
from documents.events import Arrival
from gateways.inbox import Inbox
from gateways.store import Store

PAPER = b"%PDF-1.4 " + bytes(range(256)) * 20
_STEPS = ("os.", "open", "shutil.")


class LedgerBroken(Exception):
    """The model's database is away."""


class Ledger:
    """What the registry would remember: arrivals taken, and which have left; one fsynced line each."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, **line: object) -> None:
        try:
            file = self.path.open("a")
        except OSError as trouble:
            raise LedgerBroken from trouble
        with file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.path.read_text().splitlines()] if self.path.exists() else []

    def taken(self) -> list[Arrival]:
        return [Arrival(**line["taken"]) for line in self.lines() if "taken" in line]  # type: ignore[arg-type]  # JSON

    def left(self) -> list[Arrival]:
        return [Arrival(**line["left"]) for line in self.lines() if "left" in line]  # type: ignore[arg-type]  # JSON


def _leave(inbox: Inbox, arrival: Arrival, way: str) -> bool:
    path = inbox.folder / arrival.name
    if way == "clear":
        return inbox.clear(path, identity=arrival)
    inbox.set_aside(path, "trung", f"Đã có: {arrival.inode}.", identity=arrival)
    return not inbox.holds(arrival)


def _sweep(folder: Path, store: Store, ledger: Ledger, way: str) -> None:
    inbox = Inbox(folder, 0)
    for arrival in ledger.taken():
        if arrival not in ledger.left() and _leave(inbox, arrival, way):
            ledger.write(left=asdict(arrival))
    for settled in inbox.list_settled(0.0):
        if settled.arrival in ledger.taken():
            continue
        if kept := inbox.read_stable(settled, store):
            ledger.write(taken=asdict(settled.arrival), sha256=kept.sha256)
            if _leave(inbox, settled.arrival, way):
                ledger.write(left=asdict(settled.arrival))


def _in_a_child(work: Callable[[], None], at_call: Callable[[int, str], None]) -> bool:
    """Run `work` in a child; `at_call` is told the number and name of each call to the operating system.

    A hook of the interpreter can never be taken off again, so it must not live in the process of the tests.

    Returns:
        Whether the child was killed; False when it came to its end.
    """
    child = os.fork()
    if child == 0:
        calls = 0

        def count(event: str, _arguments: object) -> None:
            nonlocal calls
            if event.startswith(_STEPS):
                calls += 1
                at_call(calls, event)

        try:
            sys.addaudithook(count)
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("way", ["clear", "set_aside"])
def test_a_kill_before_any_step_loses_nothing_and_takes_nothing_twice(tmp_path: Path, way: str) -> None:
    step, was_killed = 0, True
    while was_killed:
        step += 1
        home = tmp_path / str(step)
        folder, store, ledger = home / "nhan", Store(home / "kho", 0), Ledger(home / "ledger")
        folder.mkdir(parents=True)
        (folder / "a.pdf").write_bytes(PAPER)
        was_killed = _in_a_child(partial(_sweep, folder, store, ledger, way), partial(_die_at, step))
        for _ in range(2):
            _sweep(folder, store, ledger, way)
        hashes = [line["sha256"] for line in ledger.lines() if "taken" in line]
        assert len(hashes) == 1, f"taken {len(hashes)} times after a kill at step {step}"
        assert store.is_intact(str(hashes[0]))
        assert len(ledger.left()) == 1
        _assert_left_once(folder, way, step)
    assert step > 15, "the kills did not reach the steps"


def _assert_left_once(folder: Path, way: str, step: int) -> None:
    lying = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    if way == "clear":
        assert lying == [], f"after a kill at step {step}"
    else:
        assert lying == ["trung/a.pdf", "trung/a.pdf.txt"], f"after a kill at step {step}"
        assert (folder / "trung/a.pdf").read_bytes() == PAPER


def _die_at(step: int, call: int, _event: str) -> None:
    if call == step:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("way", ["clear", "set_aside"])
def test_a_newer_file_that_comes_before_any_step_is_never_lost(tmp_path: Path, way: str) -> None:
    """A scanner swaps the file just before the n-th call on its way out; the newer one must remain."""
    step, swapped = 0, True
    while swapped:
        step += 1
        folder = tmp_path / str(step)
        folder.mkdir()
        scan, newer = folder / "a.pdf", tmp_path / f"newer-{step}"
        scan.write_bytes(PAPER)
        newer.write_bytes(b"newer")
        inbox = Inbox(folder, 0)
        (settled,) = inbox.list_settled(0.0)

        def swap_at(call: int, _event: str, step: int = step, newer: Path = newer, scan: Path = scan) -> None:
            if call == step:
                newer.replace(scan)

        _in_a_child(partial(_expect_gone, inbox, settled.arrival, way), swap_at)
        swapped = not newer.exists()
        if swapped:
            lying = [p for p in folder.iterdir() if p.is_file()]
            assert [p.read_bytes() for p in lying] == [b"newer"], f"swapped at step {step}"
            assert [p.suffix for p in lying] == [".pdf"]
    assert step > 5, "the swaps did not reach the steps"


def _expect_gone(inbox: Inbox, arrival: Arrival, way: str) -> None:
    assert _leave(inbox, arrival, way)


@pytest.mark.parametrize("way", ["clear", "set_aside"])
def test_trouble_of_the_disk_at_any_step_leaves_the_file_or_its_copy(tmp_path: Path, way: str) -> None:
    step, was_hit = 0, True
    while was_hit:
        step += 1
        home = tmp_path / str(step)
        folder, store, ledger = home / "nhan", Store(home / "kho", 0), Ledger(home / "ledger")
        folder.mkdir(parents=True)
        (folder / "a.pdf").write_bytes(PAPER)
        hit = home / "hit"

        def fail_at(call: int, event: str, step: int = step, hit: Path = hit) -> None:
            if call == step and event != "os.listdir":
                hit.touch()
                raise OSError(5, "Input/output error")

        _in_a_child(partial(_sweep_with_trouble, folder, store, ledger, way), fail_at)
        was_hit = hit.exists() or step < 6
        for _ in range(3):
            _sweep(folder, store, ledger, way)
        hashes = {str(line["sha256"]) for line in ledger.lines() if "taken" in line}
        assert len(hashes) == 1
        assert store.is_intact(hashes.pop())
        assert len(ledger.taken()) == 1
        _assert_left_once(folder, way, step)
    assert step > 15, "the trouble did not reach the steps"


def _sweep_with_trouble(folder: Path, store: Store, ledger: Ledger, way: str) -> None:
    """The real sweep meets these kinds and goes on later; anything else would end the process."""
    try:
        _sweep(folder, store, ledger, way)
    except (Unavailable, LedgerBroken):
        return
