"""The intake folder: what has come to rest is taken whole, leaves once, and nothing else is touched."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.errors import FolderAway
from documents.events import Arrival
from gateways.inbox import Inbox, Settled
from gateways.store import Store

SETTLE_S = 10.0


@pytest.fixture
def inbox(folder: Path) -> Inbox:
    """The folder, swept with the usual settle time."""
    return Inbox(folder, SETTLE_S)


def _only(inbox: Inbox, now_s: float) -> Settled:
    (settled,) = inbox.list_settled(now_s)
    return settled


def _rested(inbox: Inbox, now_s: float = 0.0) -> Settled:
    """The one file of the folder, rested long enough."""
    inbox.list_settled(now_s)
    return _only(inbox, now_s + SETTLE_S)


def _touch_later(path: Path, by_ns: int = 1_000_000_000) -> None:
    facts = path.stat()
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + by_ns))


def _write_at_end(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


def _write_over(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)


# ── settling ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_taken_after_it_has_rested_and_not_before(inbox: Inbox, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"whole")
    assert inbox.list_settled(100.0) == ()
    assert inbox.is_waiting
    assert inbox.list_settled(109.9) == ()
    assert _only(inbox, 110.0).arrival.name == "a.pdf"
    assert not inbox.is_waiting


def test_without_a_settle_time_a_file_is_taken_at_first_sight(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"whole")
    assert _only(Inbox(folder, 0), 5.0).arrival.size == 5


def test_a_scanner_that_pauses_between_pages_is_waited_for(inbox: Inbox, folder: Path) -> None:
    scan = folder / "a.tif"
    for page in range(5):
        with scan.open("ab") as again:
            again.write(b"page" * 100)
        assert inbox.list_settled(page * 4.0) == ()
    assert inbox.list_settled(16.0 + SETTLE_S - 0.1) == ()
    assert _only(inbox, 16.0 + SETTLE_S).arrival.size == 2000


@pytest.mark.parametrize(
    "disturb",
    [
        pytest.param(lambda p: _write_at_end(p, b"x"), id="a page is added"),
        pytest.param(lambda p: p.write_bytes(b"other"), id="rewritten with the same size"),
        pytest.param(lambda p: p.write_bytes(b""), id="cut to nothing"),
        pytest.param(lambda p: _touch_later(p), id="only its time changes"),
        pytest.param(
            lambda p: (shutil.copy2(p, p.with_name(".neu")), p.with_name(".neu").replace(p)),
            id="swapped for an equal copy with the same time",
        ),
        pytest.param(lambda p: (p.unlink(), p.write_bytes(b"whole")), id="deleted and dropped again"),
    ],
)
def test_whatever_happens_to_a_resting_file_makes_it_rest_anew(
    inbox: Inbox, folder: Path, disturb: Callable[[Path], object]
) -> None:
    scan = folder / "a.pdf"
    scan.write_bytes(b"whole")
    inbox.list_settled(0.0)
    disturb(scan)
    assert inbox.list_settled(SETTLE_S) == ()
    assert len(inbox.list_settled(2 * SETTLE_S)) == 1


def test_a_rewrite_that_sets_the_old_time_back_is_noticed(inbox: Inbox, folder: Path) -> None:
    scan = folder / "a.pdf"
    scan.write_bytes(b"whole")
    before = scan.stat()
    inbox.list_settled(0.0)
    time.sleep(0.02)  # the kernel counts changes in ticks
    scan.write_bytes(b"WHOLE")
    os.utime(scan, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert inbox.list_settled(SETTLE_S) == ()


def test_a_file_renamed_into_the_folder_rests_from_its_rename(inbox: Inbox, folder: Path) -> None:
    (folder / "a.pdf.part").write_bytes(b"whole")
    inbox.list_settled(0.0)
    inbox.list_settled(SETTLE_S)
    (folder / "a.pdf.part").rename(folder / "a.pdf")
    assert inbox.list_settled(SETTLE_S + 1) == ()
    assert _only(inbox, 2 * SETTLE_S + 1).arrival.name == "a.pdf"


def test_a_clock_that_goes_back_makes_files_rest_anew(inbox: Inbox, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"whole")
    inbox.list_settled(1_000_000.0)
    assert inbox.list_settled(5.0) == ()
    assert inbox.list_settled(5.0 + SETTLE_S - 1) == ()
    assert len(inbox.list_settled(5.0 + SETTLE_S)) == 1


def test_files_come_in_the_order_they_were_scanned(folder: Path) -> None:
    for name, moment in (("b.pdf", 100), ("c.pdf", 50), ("a.pdf", 100)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (moment, moment))
    assert [s.arrival.name for s in Inbox(folder, 0).list_settled(0.0)] == ["c.pdf", "a.pdf", "b.pdf"]


def test_ten_thousand_files_are_looked_at_in_a_moment(folder: Path) -> None:
    for n in range(10_000):
        (folder / f"{n}.pdf").touch()
    inbox = Inbox(folder, SETTLE_S)
    start = time.perf_counter()
    inbox.list_settled(0.0)
    assert len(inbox.list_settled(SETTLE_S)) == 10_000
    assert time.perf_counter() - start < 5.0


# ── what is not taken ────────────────────────────────────────────────────────────────────────────────────


def test_hidden_unfinished_and_set_aside_files_are_left_alone(folder: Path) -> None:
    for name in (".a.pdf", "~$a.docx", "b.pdf.part", "c.tmp", "d.crdownload"):
        (folder / name).write_bytes(b"x")
    for kind in ("trung", "loi"):
        (folder / kind).mkdir()
        (folder / kind / "e.pdf").write_bytes(b"x")
    inbox = Inbox(folder, 0)
    assert inbox.list_settled(0.0) == ()
    assert inbox.list_stuck() == ()


@pytest.mark.timeout(20)
def test_links_pipes_and_folders_are_neither_followed_nor_waited_for_but_shown(
    folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"not for the inbox")
    (folder / "link.pdf").symlink_to(outside)
    (folder / "away").symlink_to(tmp_path, target_is_directory=True)
    (folder / "sub").mkdir()
    os.mkfifo(folder / "pipe.pdf")
    inbox = Inbox(folder, 0)
    assert inbox.list_settled(0.0) == ()
    stuck = {s.name: s.reason for s in inbox.list_stuck()}
    assert stuck.keys() == {"link.pdf", "away", "sub", "pipe.pdf"}
    assert "Liên kết" in stuck["link.pdf"]
    assert "Thư mục con" in stuck["sub"]
    (folder / "sub").rmdir()
    inbox.list_settled(1.0)
    assert "sub" not in {s.name for s in inbox.list_stuck()}


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "swap",
    [
        pytest.param(lambda p, outside: p.symlink_to(outside), id="a link to another file"),
        pytest.param(lambda p, _: os.mkfifo(p), id="a pipe"),
        pytest.param(lambda p, _: p.mkdir(), id="a folder"),
        pytest.param(lambda p, _: p.write_bytes(b"wholf"), id="another file of the same size"),
        pytest.param(lambda _p, _: None, id="nothing"),
    ],
)
def test_a_settled_file_swapped_for_something_else_is_not_read(
    inbox: Inbox, folder: Path, store: Store, tmp_path: Path, swap: Callable[[Path, Path], object]
) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"wholf")
    scan = folder / "a.pdf"
    scan.write_bytes(b"whole")
    settled = _rested(inbox)
    scan.unlink()
    swap(scan, outside)
    assert inbox.read_stable(settled, store) is None
    assert [p for p in store.root.rglob("*") if p.is_file()] == []


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_at_rest_is_read_whole_and_stays_where_it_is(inbox: Inbox, folder: Path, store: Store) -> None:
    data = os.urandom(3_000_000)
    (folder / "a.pdf").write_bytes(data)
    kept = inbox.read_stable(_rested(inbox), store)
    assert kept is not None
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    assert (folder / "a.pdf").read_bytes() == data


class _DisturbedStore(Store):
    """A store in which something happens to the file after its first piece was copied."""

    def keep_chunks(self, chunks, *, size, still_good=lambda: True):  # type: ignore[no-untyped-def]  # a twin
        def disturbed():  # type: ignore[no-untyped-def]  # a twin
            for number, chunk in enumerate(chunks):
                yield chunk
                if number == 0:
                    _DISTURB[0]()

        return Store.keep_chunks(self, disturbed(), size=size, still_good=still_good)


_DISTURB: list[Callable[[], object]] = [lambda: None]


@pytest.mark.parametrize(
    "disturb",
    [
        pytest.param(lambda p: _write_at_end(p, b"x" * 50), id="grows at its end"),
        pytest.param(lambda p: os.truncate(p, 10), id="is cut short"),
        pytest.param(lambda p: _write_over(p, b"NEW HEAD"), id="its part already copied is rewritten"),
        pytest.param(lambda p: (p.unlink(), p.write_bytes(b"new")), id="its name goes to another file"),
        pytest.param(lambda p: p.rename(p.with_name("b.pdf")), id="it is renamed"),
        pytest.param(lambda p: p.unlink(), id="it vanishes"),
    ],
)
def test_a_file_that_changes_while_it_is_copied_leaves_no_trace_and_is_read_again(
    folder: Path, tmp_path: Path, disturb: Callable[[Path], object]
) -> None:
    scan = folder / "a.pdf"
    scan.write_bytes(b"old head" + os.urandom(3_000_000))
    store = _DisturbedStore(tmp_path / "kho", 0)
    inbox = Inbox(folder, SETTLE_S)
    settled = _rested(inbox)
    _DISTURB[0] = lambda: disturb(scan)
    assert inbox.read_stable(settled, store) is None
    assert [p for p in store.root.rglob("*") if p.is_file()] == []
    _DISTURB[0] = lambda: None
    assert inbox.list_settled(2 * SETTLE_S) == ()
    for later in inbox.list_settled(3 * SETTLE_S):
        kept = inbox.read_stable(later, store)
        assert kept is not None
        assert kept.sha256 == hashlib.sha256((folder / later.arrival.name).read_bytes()).hexdigest()


def test_a_file_that_never_stops_growing_does_not_fill_the_store(
    inbox: Inbox, folder: Path, store: Store
) -> None:
    scan = folder / "a.pdf"
    scan.write_bytes(b"x" * 100)
    settled = _rested(inbox)
    copied = 0

    class Counting(Store):
        def keep_chunks(self, chunks, *, size, still_good=lambda: True):  # type: ignore[no-untyped-def]  # a twin
            def growing():  # type: ignore[no-untyped-def]  # a twin
                nonlocal copied
                for chunk in chunks:
                    copied += len(chunk)
                    with scan.open("ab") as more:
                        more.write(b"x" * 3_000_000)
                    yield chunk

            return Store.keep_chunks(store, growing(), size=size, still_good=still_good)

    assert inbox.read_stable(settled, Counting(store.root, 0)) is None
    assert copied <= 100 + (1 << 20)


def test_a_file_without_the_right_to_read_stays_is_shown_and_is_tried_again(home_of_nobody: Path) -> None:
    folder, store = home_of_nobody / "nhan", Store(home_of_nobody / "kho", 0)
    folder.mkdir()
    scan = folder / "a.pdf"
    scan.write_bytes(b"x")
    scan.chmod(0)
    inbox = Inbox(folder, 0)
    for sweep in range(3):
        assert inbox.read_stable(_only(inbox, sweep), store) is None
    assert [(s.name, "không có quyền" in s.reason) for s in inbox.list_stuck()] == [("a.pdf", True)]
    scan.chmod(0o600)
    assert inbox.read_stable(_only(inbox, 9.0), store) is not None
    assert inbox.list_stuck() == ()


# ── the folder goes away ─────────────────────────────────────────────────────────────────────────────────


def test_a_folder_that_is_away_is_no_empty_folder(inbox: Inbox, folder: Path, store: Store) -> None:
    (folder / "a.pdf").write_bytes(b"x")
    settled = _rested(inbox)
    folder.rename(folder.with_name("elsewhere"))
    path = folder / "a.pdf"
    for call in (
        lambda: inbox.list_settled(50.0),
        lambda: inbox.read_stable(settled, store),
        lambda: inbox.clear(path, identity=settled.arrival),
        lambda: inbox.set_aside(path, "loi", "note", identity=settled.arrival),
        lambda: inbox.holds(settled.arrival),
    ):
        with pytest.raises(FolderAway) as caught:
            call()
        assert "không tồn tại" in str(caught.value)
    folder.with_name("elsewhere").rename(folder)
    assert _only(inbox, 60.0).arrival == settled.arrival


def test_a_file_in_place_of_the_folder_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "nhan").write_bytes(b"")
    with pytest.raises(FolderAway):
        Inbox(tmp_path / "nhan", 0).list_settled(0.0)


# ── leaving: taken ───────────────────────────────────────────────────────────────────────────────────────


def test_a_taken_file_is_removed_and_that_is_so_the_second_time_too(inbox: Inbox, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"x")
    arrival = _rested(inbox).arrival
    assert inbox.holds(arrival)
    assert inbox.clear(folder / "a.pdf", identity=arrival)
    assert inbox.clear(folder / "a.pdf", identity=arrival)
    assert list(folder.iterdir()) == []
    assert not inbox.holds(arrival)


@pytest.mark.parametrize(
    "renew",
    [
        pytest.param(lambda p: (p.unlink(), p.write_bytes(b"new")), id="a new file under the old name"),
        pytest.param(lambda p: _write_at_end(p, b"new"), id="a page was added after it was taken"),
        pytest.param(lambda p: _touch_later(p), id="rewritten in place with the same length"),
    ],
)
@pytest.mark.parametrize("way", ["clear", "set_aside"])
def test_a_newer_file_under_the_name_is_never_touched(
    inbox: Inbox, folder: Path, renew: Callable[[Path], object], way: str
) -> None:
    scan = folder / "a.pdf"
    scan.write_bytes(b"old")
    arrival = _rested(inbox).arrival
    renew(scan)
    newer = scan.read_bytes()
    if way == "clear":
        assert inbox.clear(scan, identity=arrival)
    else:
        assert inbox.set_aside(scan, "loi", "note", identity=arrival) is None
    assert scan.read_bytes() == newer
    assert not inbox.holds(arrival)
    inbox.list_settled(100.0)
    assert len(inbox.list_settled(100.0 + SETTLE_S)) == 1


# ── leaving: set aside ───────────────────────────────────────────────────────────────────────────────────


def test_a_file_set_aside_has_a_note_that_old_notepads_show(inbox: Inbox, folder: Path) -> None:
    (folder / "kế hoạch.pdf").write_bytes(b"x")
    arrival = _rested(inbox).arrival
    moved = inbox.set_aside(folder / arrival.name, "trung", "Đã có.\nSố đến 29/2012.\n", identity=arrival)
    assert moved == folder / "trung" / "kế hoạch.pdf"
    assert moved.read_bytes() == b"x"
    note = moved.with_name("kế hoạch.pdf.txt").read_bytes()
    assert note == b"\xef\xbb\xbf" + "Đã có.\r\nSố đến 29/2012.\r\n".encode()
    assert not (folder / arrival.name).exists()
    assert inbox.list_settled(99.0) == ()


def test_nothing_already_set_aside_is_overwritten(folder: Path) -> None:
    inbox = Inbox(folder, 0)
    moved = []
    for n in range(4):
        (folder / "a.pdf").write_bytes(str(n).encode())
        arrival = _only(inbox, n).arrival
        moved.append(inbox.set_aside(folder / "a.pdf", "loi", f"note {n}", identity=arrival))
    assert [m.name for m in moved if m] == ["a.pdf", "a (2).pdf", "a (3).pdf", "a (4).pdf"]
    assert [m.read_bytes() for m in moved if m] == [b"0", b"1", b"2", b"3"]
    assert (folder / "loi" / "a (3).pdf.txt").read_text("utf-8-sig") == "note 2"


def test_whoever_drops_scans_may_read_the_notes_whatever_this_process_keeps_to_itself(
    inbox: Inbox, folder: Path
) -> None:
    before = os.umask(0o077)
    try:
        (folder / "a.pdf").write_bytes(b"x")
        arrival = _rested(inbox).arrival
        aside = inbox.set_aside(folder / "a.pdf", "loi", "Không mở được.", identity=arrival)
    finally:
        os.umask(before)
    assert aside is not None
    note = aside.with_name(aside.name + ".txt")
    assert (folder / "loi").stat().st_mode & 0o777 == 0o770
    assert note.stat().st_mode & 0o777 == 0o660


def test_two_files_without_content_and_with_equal_notes_get_two_names(folder: Path) -> None:
    inbox = Inbox(folder, 0)
    for n in range(2):
        (folder / "a.pdf").write_bytes(b"")
        arrival = _only(inbox, n).arrival
        inbox.set_aside(folder / "a.pdf", "loi", f"Tệp rỗng, mã {n}.", identity=arrival)
    assert sorted(p.name for p in (folder / "loi").iterdir()) == [
        "a (2).pdf", "a (2).pdf.txt", "a.pdf", "a.pdf.txt",
    ]  # fmt: skip


def test_a_file_whose_name_is_the_note_of_another_gets_another_name(folder: Path) -> None:
    inbox = Inbox(folder, 0)
    for n, name in enumerate(("a.pdf", "a.pdf.txt", "a.pdf")):
        (folder / name).write_bytes(b"%d" % n)
        arrival = _only(inbox, n).arrival
        assert inbox.set_aside(folder / name, "loi", f"note {n}", identity=arrival)
    contents = {p.read_bytes() for p in (folder / "loi").iterdir()}
    assert {b"0", b"1", b"2"} < contents
    assert len(list((folder / "loi").iterdir())) == 6


def test_a_subfolder_that_is_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / "loi").symlink_to(elsewhere, target_is_directory=True)
    (folder / "a.pdf").write_bytes(b"x")
    inbox = Inbox(folder, 0)
    arrival = _only(inbox, 0.0).arrival
    assert inbox.set_aside(folder / "a.pdf", "loi", "note", identity=arrival) is None
    assert inbox.holds(arrival)
    assert list(elsewhere.iterdir()) == []
    assert [s.name for s in inbox.list_stuck()] == ["a.pdf"]


@pytest.mark.parametrize("way", ["clear", "set_aside"])
def test_a_file_in_a_folder_without_the_right_to_write_stays_and_is_shown(
    home_of_nobody: Path, way: str
) -> None:
    folder = home_of_nobody / "nhan"
    (folder / "loi").mkdir(parents=True)
    (folder / "a.pdf").write_bytes(b"x")
    inbox = Inbox(folder, 0)
    arrival = _only(inbox, 0.0).arrival
    folder.chmod(0o500)
    for sweep in range(200):
        if way == "clear":
            assert not inbox.clear(folder / "a.pdf", identity=arrival)
        else:
            assert inbox.set_aside(folder / "a.pdf", "loi", "note", identity=arrival) is None
        assert inbox.holds(arrival)
        assert _only(inbox, sweep).arrival == arrival
    assert [(s.name, "không có quyền" in s.reason) for s in inbox.list_stuck()] == [("a.pdf", True)]
    assert list((folder / "loi").iterdir()) == []
    folder.chmod(0o700)
    assert inbox.clear(folder / "a.pdf", identity=arrival)
    assert inbox.list_stuck() == ()


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────

_NAMES = st.one_of(
    st.binary(min_size=1, max_size=255),
    st.text(alphabet="ếĐ ()\\x.\n\u202e'\"-%/", min_size=1, max_size=80).map(str.encode),
).filter(lambda n: b"/" not in n and b"\0" not in n and len(n) <= 255 and not n.startswith((b".", b"~")))


@given(name=_NAMES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_of_any_name_is_taken_set_aside_and_found(name: bytes, folder: Path, store: Store) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    lying = os.path.join(os.fsencode(folder), name)  # noqa: PTH118 -- a name of bytes
    with open(lying, "wb") as file:  # noqa: PTH123 -- a name of bytes
        file.write(b"data")
    inbox = Inbox(folder, 0)
    for settled in inbox.list_settled(0.0):
        settled.arrival.name.encode("utf-8")
        assert inbox.read_stable(settled, store) is not None
        moved = inbox.set_aside(folder / settled.arrival.name, "trung", "ghi chú", identity=settled.arrival)
        assert moved is not None
        str(moved).encode("utf-8")
        assert sorted(p.stat().st_size for p in (folder / "trung").iterdir()) == [4, 11]
        assert not os.path.lexists(lying)


def test_arrivals_are_made_of_plain_facts(inbox: Inbox, folder: Path) -> None:
    scan = folder / "a.pdf"
    scan.write_bytes(b"abc")
    facts = scan.stat()
    assert _rested(inbox).arrival == Arrival(
        folder=str(folder), name="a.pdf", inode=facts.st_ino, mtime_ns=facts.st_mtime_ns, size=3
    )
