"""The store keeps bytes whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.errors import NoSpace, StoreAway
from gateways.store import Store

ROOT = Path(__file__).resolve().parents[2]


def _files(store: Store) -> list[Path]:
    return [p for p in store.root.rglob("*") if p.is_file()]


def test_a_file_is_kept_under_its_hash(store: Store, tmp_path: Path) -> None:
    scan = tmp_path / "quét.pdf"
    scan.write_bytes(b"%PDF-1.4 x")
    kept = store.keep(scan)
    assert kept.sha256 == hashlib.sha256(b"%PDF-1.4 x").hexdigest()
    assert kept.size == 10
    assert store.path_of(kept.sha256) == store.root / kept.sha256[:2] / kept.sha256[2:4] / kept.sha256
    assert store.path_of(kept.sha256).read_bytes() == b"%PDF-1.4 x"
    assert store.has(kept.sha256)


def test_what_is_kept_is_a_copy_and_no_link_to_the_hot_file(store: Store, tmp_path: Path) -> None:
    scan = tmp_path / "a.pdf"
    scan.write_bytes(b"first")
    kept = store.keep(scan)
    assert store.path_of(kept.sha256).stat().st_ino != scan.stat().st_ino
    with scan.open("r+b") as again:
        again.write(b"XXXXX")
    assert store.is_intact(kept.sha256)


def test_only_this_user_may_look_into_the_store(store: Store) -> None:
    kept = store.keep_bytes(b"secret")
    path = store.path_of(kept.sha256)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for above in (path.parent, path.parent.parent, store.root):
        assert stat.S_IMODE(above.stat().st_mode) == 0o700


def test_keeping_the_same_bytes_again_leaves_one_file(store: Store) -> None:
    first, second = store.keep_bytes(b"same"), store.keep_bytes(b"same")
    assert first == second
    assert _files(store) == [store.path_of(first.sha256)]


def test_a_damaged_copy_is_healed_by_keeping_the_file_again(store: Store) -> None:
    kept = store.keep_bytes(b"whole")
    store.path_of(kept.sha256).write_bytes(b"")
    assert not store.is_intact(kept.sha256)
    store.keep_bytes(b"whole")
    assert store.is_intact(kept.sha256)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda p: p.write_bytes(b"wHole"), id="one flipped bit"),
        pytest.param(lambda p: p.write_bytes(b""), id="emptied"),
        pytest.param(lambda p: p.unlink(), id="missing"),
        pytest.param(lambda p: (p.unlink(), p.symlink_to("/etc/hostname")), id="replaced by a link"),
        pytest.param(lambda p: (p.unlink(), os.mkfifo(p)), id="replaced by a pipe that never answers"),
    ],
)
def test_damage_is_noticed(store: Store, damage: object) -> None:
    kept = store.keep_bytes(b"whole")
    assert store.is_intact(kept.sha256)
    damage(store.path_of(kept.sha256))  # type: ignore[operator]  # a row of the table above
    assert not store.is_intact(kept.sha256)


@given(data=st.binary(max_size=5000), cut=st.integers(1, 700))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_in_any_pieces_come_back_as_they_were(store: Store, data: bytes, cut: int) -> None:
    pieces = (data[i : i + cut] for i in range(0, len(data), cut))
    kept = store.keep_chunks(pieces, size=len(data))
    assert kept is not None
    assert store.path_of(kept.sha256).read_bytes() == data


@pytest.mark.parametrize(
    "name", ["", "ab", "../../etc/passwd", "A" * 64, "0" * 63 + "\n", "/" + "0" * 63, "0" * 65]
)
def test_only_a_hash_is_a_name_in_the_store(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path_of(name)


def test_a_link_is_not_followed(store: Store, tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(OSError, match=r"."):
        store.keep(tmp_path / "link")
    assert not store.root.exists() or _files(store) == []


def test_a_copy_that_proves_wrong_leaves_nothing(store: Store) -> None:
    assert store.keep_chunks((b"half",), size=4, still_good=lambda: False) is None
    assert _files(store) == []


def test_trouble_of_the_source_is_not_taken_for_trouble_of_the_store(store: Store) -> None:
    def broken() -> object:
        yield b"some"
        raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        store.keep_chunks(broken(), size=4)  # type: ignore[arg-type]  # a generator of bytes that breaks
    assert _files(store) == []


def test_dropped_bytes_are_gone_and_dropping_again_is_no_trouble(store: Store) -> None:
    kept = store.keep_bytes(b"to be sealed")
    store.drop(kept.sha256)
    store.drop(kept.sha256)
    assert not store.has(kept.sha256)


def test_a_file_without_room_for_three_of_it_is_not_begun(tmp_path: Path) -> None:
    free_mb = Store(tmp_path, 0).free_mb()
    store = Store(tmp_path / "kho", reserve_mb=free_mb + 10_000)
    with pytest.raises(NoSpace) as caught:
        store.keep_bytes(b"x")
    assert caught.value.facts["free_mb"] > 0
    assert not store.root.exists()
    with pytest.raises(NoSpace):
        Store(tmp_path / "kho", 0).require_space((free_mb << 20) // 2)


def test_a_disk_that_fills_during_the_copy_leaves_nothing(store: Store) -> None:
    store.keep_bytes(b"makes the folders")
    before = _files(store)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(NoSpace):
            store.keep_bytes(os.urandom(300_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert _files(store) == before


def test_a_store_that_may_not_be_written_is_away_and_the_file_stays(home_of_nobody: Path) -> None:
    scan = home_of_nobody / "a.pdf"
    scan.write_bytes(b"x")
    root = home_of_nobody / "kho"
    root.mkdir(mode=0o500)
    with pytest.raises(StoreAway) as caught:
        Store(root, 0).keep(scan)
    assert caught.value.advise()
    assert scan.read_bytes() == b"x"


def test_leftovers_are_swept_by_age_and_kept_files_never(store: Store) -> None:
    kept = store.keep_bytes(b"stays")
    old, young = store.root / "tam" / "old.tmp", store.root / "tam" / "young.tmp"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (1_000_000, 1_000_000))
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    assert store.sweep_temporary(moment) == 1
    assert young.exists()
    assert not old.exists()
    assert store.is_intact(kept.sha256)
    assert Store(store.root / "nowhere").sweep_temporary(moment) == 0


_KEEPS_FOR_EVER = """
import random, sys
from pathlib import Path
from gateways.store import Store
store, seed = Store(Path(sys.argv[1]), 0), int(sys.argv[2])
print("go", flush=True)
for n in range(10_000):
    store.keep_bytes(random.Random(seed * 10_000 + n).randbytes(1_500_000))
"""


def _kill_during_keeping(store: Store, kills: int) -> None:
    chance = random.Random(30)
    for seed in range(kills):
        command = [sys.executable, "-c", _KEEPS_FOR_EVER, str(store.root), str(seed)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
            assert child.stdout
            assert child.stdout.readline() == b"go\n"
            time.sleep(chance.uniform(0.0, 0.12))
            child.send_signal(signal.SIGKILL)
    visible = [p for p in _files(store) if p.suffix != ".tmp"]
    assert visible
    assert all(store.is_intact(p.name) for p in visible)
    store.sweep_temporary(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    assert sorted(_files(store)) == sorted(visible)


def test_a_kill_during_a_copy_leaves_only_whole_files_in_sight(store: Store) -> None:
    _kill_during_keeping(store, kills=6)


@pytest.mark.slow
def test_a_hundred_kills_during_copies_leave_only_whole_files_in_sight(store: Store) -> None:
    _kill_during_keeping(store, kills=100)
