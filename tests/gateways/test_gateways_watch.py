"""The watcher wakes; whatever goes wrong with it, the sweep still comes when it is due."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from gateways.watch import is_network_folder, wait_for_change

MOUNTS = (
    "overlay / overlay rw 0 0\n"
    "proc /proc proc rw 0 0\n"
    "//may/scan /mnt/scan cifs rw 0 0\n"
    "//may/scan2 /mnt/M\\303\\241y\\040qu\\303\\251t cifs rw 0 0\n"
    "/dev/sda1 /mnt/scan/dia ext4 rw 0 0\n"
    "nas:/kho /srv/kho nfs4 rw 0 0\n"
    "sshfs#u@h: /srv/ssh fuse.sshfs rw 0 0\n"
    "/dev/sdb1 /srv/ntfs fuseblk rw 0 0\n"
    "tmpfs /twice tmpfs rw 0 0\n"
    "nas:/x /twice nfs rw 0 0\n"
    "broken\n"
)


@pytest.mark.parametrize(
    ("folder", "network"),
    [
        pytest.param("/home/vanthu/nhan", False, id="the machine's own disk"),
        pytest.param("/mnt/scan", True, id="the share itself"),
        pytest.param("/mnt/scan/phong 1/nhan", True, id="below a share"),
        pytest.param("/mnt/scanner", False, id="only the same beginning of a name"),
        pytest.param("/mnt/scan/dia/nhan", False, id="a disk mounted inside a share"),
        pytest.param("/srv/kho/a", True, id="nfs"),
        pytest.param("/srv/ssh", True, id="any network file system in user space"),
        pytest.param("/srv/ntfs", False, id="a local disk in user space"),
        pytest.param("/twice/a", True, id="mounted over: the later one counts"),
    ],
)
def test_network_folders_are_known_by_their_mount(folder: str, network: bool) -> None:
    assert is_network_folder(Path(folder), MOUNTS) is network


def test_a_mount_point_with_spaces_and_marks_is_found() -> None:
    assert is_network_folder(Path("/mnt/Máy quét/nhan"), MOUNTS)


def test_this_machine_answers_for_itself(tmp_path: Path) -> None:
    assert is_network_folder(tmp_path) in (True, False)


def _after(wait_s: float, act: object) -> threading.Timer:
    timer = threading.Timer(wait_s, act)  # type: ignore[arg-type]  # a callable
    timer.start()
    return timer


@pytest.mark.timeout(60)
@pytest.mark.parametrize("polling", [False, True], ids=["listening", "looking through"])
def test_a_dropped_file_wakes(folder: Path, polling: bool) -> None:
    timer = _after(0.5, lambda: (folder / "a.pdf").write_bytes(b"x"))
    start = time.monotonic()
    assert wait_for_change(folder, 30.0, threading.Event(), polling=polling)
    assert time.monotonic() - start < 15.0
    timer.join()


@pytest.mark.timeout(60)
def test_nothing_happening_ends_with_the_time(folder: Path) -> None:
    start = time.monotonic()
    assert not wait_for_change(folder, 0.3, threading.Event(), polling=False)
    assert 0.25 < time.monotonic() - start < 5.0


@pytest.mark.timeout(60)
def test_stopping_ends_the_rest_at_once(folder: Path) -> None:
    stop = threading.Event()
    timer = _after(0.3, stop.set)
    start = time.monotonic()
    assert not wait_for_change(folder, 30.0, stop, polling=False)
    assert time.monotonic() - start < 5.0
    timer.join()


@pytest.mark.timeout(60)
def test_a_missing_folder_only_waits_for_its_time(tmp_path: Path) -> None:
    start = time.monotonic()
    assert not wait_for_change(tmp_path / "not mounted", 0.3, threading.Event(), polling=False)
    assert time.monotonic() - start >= 0.25


@pytest.mark.timeout(60)
def test_files_already_set_aside_do_not_wake(folder: Path) -> None:
    (folder / "trung").mkdir()
    timer = _after(0.2, lambda: (folder / "trung" / "a.pdf").write_bytes(b"x"))
    assert not wait_for_change(folder, 1.0, threading.Event(), polling=False)
    timer.join()
