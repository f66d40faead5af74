"""The folder into which scanners and people drop files: which have come to rest, and how each leaves.

A sweep is the truth; whatever wakes it only wakes it. A file is taken when size, times and inode have rested
for a while between sweeps, is copied through one open descriptor, and counts only if it is still the same
afterwards. It leaves exactly once: removed, or moved to `trung/` or `loi/` with a note beside it; a newer
file under the same name is never touched. Nothing outside the folder is read, whatever links lie in it.

Source: reliability bar, section 2 (lessons 1, 6, 7, 8, 10) and section 5 (R9, R12).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from documents.errors import FolderAway
from documents.events import Arrival
from gateways.leaving import Tray, list_names, move_aside
from gateways.names import is_unfinished, name_as_text, name_from_text
from gateways.store import Kept, Store, open_regular, read_chunks

ASIDE = ("trung", "loi")
LONG_S = 3600
"""A file that lies here so long is not being written and should have been taken."""
_GONE = (FileNotFoundError, NotADirectoryError)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a file tells; two equal looks mean that nobody touched it in between."""

    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int

    @classmethod
    def of(cls, facts: os.stat_result) -> Self:
        """The look behind a `stat`."""
        return cls(facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Settled:
    """A file that has rested long enough to be taken."""

    arrival: Arrival
    look: Look


@dataclass(frozen=True, slots=True)
class Stuck:
    """Something in the folder that cannot be taken or cannot leave, and why in one sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Sighting:
    look: Look
    since_s: float


class Inbox:
    """One intake folder, with the memory of what was seen in it; keep the object between sweeps."""

    def __init__(self, folder: Path, settle_s: float) -> None:
        """`settle_s`: seconds a file must rest; scanners pause between pages, so ten is a fair start."""
        self.folder = folder
        self.settle_s = settle_s
        self._sightings: dict[bytes, _Sighting] = {}
        self._odd: dict[bytes, str] = {}
        self._unreadable: dict[bytes, str] = {}
        self._unmovable: dict[bytes, str] = {}
        self._last_s = float("-inf")
        self._resting = 0

    @property
    def is_waiting(self) -> bool:
        """Whether the last sweep saw files that have not rested long enough yet."""
        return self._resting > 0

    def list_settled(self, now_s: float) -> tuple[Settled, ...]:
        """Look at the folder and return the files that have rested for `settle_s`, longest untouched first.

        Args:
            now_s: Seconds on any clock that runs evenly; one that goes back makes every file rest anew.

        Raises:
            FolderAway: the folder is missing or may not be read; nothing is forgotten.
        """
        with self._opened() as folder:
            Tray(folder).put_back_leftovers()
            looks = self._look_around(folder)
        self._note_sightings(looks, now_s)
        rested = [name for name, seen in self._sightings.items() if now_s - seen.since_s >= self.settle_s]
        self._resting = len(self._sightings) - len(rested)
        rested.sort(key=lambda name: (looks[name].mtime_ns, name))
        return tuple(Settled(self._arrival(name, looks[name]), looks[name]) for name in rested)

    def list_stuck(self) -> tuple[Stuck, ...]:
        """What the clerk should see to: links, folders, files without the right to read or to remove."""
        reasons = {**self._odd, **self._unreadable, **self._unmovable}
        return tuple(Stuck(name_as_text(name), reason) for name, reason in sorted(reasons.items()))

    def list_left_lying(self, now_s: float, after_s: float = LONG_S) -> tuple[Stuck, ...]:
        """What lies in the folder and is not taken, told by one look: odd things, and what is `after_s` old.

        Raises:
            FolderAway: the folder is missing or may not be read.
        """
        lying: dict[bytes, str] = {}
        with self._opened() as folder:
            looks = self._look_around(folder)
            lying |= self._odd
            for name in list_names(folder):
                with suppress(OSError):
                    facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
                    if stat.S_ISREG(facts.st_mode) and now_s - max(facts.st_mtime, facts.st_ctime) > after_s:
                        lying[name] = _LONG_HERE if name in looks else _UNFINISHED
        return tuple(Stuck(name_as_text(name), reason) for name, reason in sorted(lying.items()))

    def read_stable(self, settled: Settled, store: Store) -> Kept | None:
        """Copy a settled file into `store` if it stays the same from the first byte to after the last.

        Returns:
            What the store keeps; None when the file changed (it rests anew), vanished, or may not be read
            (`list_stuck` says so, and every sweep tries again).

        Raises:
            FolderAway: the folder went away meanwhile.
            NoSpace, StoreAway: the store cannot take it now; the file is untouched.
        """
        name = name_from_text(settled.arrival.name)
        with self._opened() as folder:
            try:
                kept = _copy_unchanged(folder, name, settled.look, store)
            except _GONE:
                kept = None
            except OSError as trouble:
                self._unreadable[name] = f"Không đọc được tệp: {_words(trouble)}."
                return None
        self._unreadable.pop(name, None)
        if kept is None and name in self._sightings:
            del self._sightings[name]
            self._resting += 1
        return kept

    def clear(self, path: Path, *, identity: Arrival) -> bool:
        """Remove the file that was taken as `identity`, and only that one.

        Args:
            path: `folder` and the name as the arrival keeps it.
            identity: Inode, modification time and size it was taken with.

        Returns:
            True when that file is no longer under its name: removed now, gone before, or replaced by a newer
            file, which is left alone. False when it cannot be removed; `list_stuck` says why.

        Raises:
            FolderAway: the folder is away; its files are not taken for deleted.
        """
        name = name_from_text(path.name)
        with self._opened() as folder:
            if not self._is_same(folder, name, identity):
                return True
            try:
                Tray(folder).remove(name, lambda facts: _is_identity(facts, identity))
            except OSError as trouble:
                return self._cannot_leave(name, trouble)
            # Another machine that sweeps this folder may have put it back from our tray.
            left = not self._lies_there(folder, name, identity)
        self._forget(name)
        return left

    def set_aside(
        self, path: Path, kind: Literal["trung", "loi"], note: str, *, identity: Arrival
    ) -> Path | None:
        """Move the file that was taken as `identity` into a subfolder, with `note` as a text file beside it.

        An earlier call cut off half-way is finished, not repeated. No file in the subfolder is overwritten.

        Returns:
            Where the file lies now, its name written as arrivals write names; None when it was not moved: it
            is gone or replaced (`holds` is False), or cannot leave (`holds` is True, `list_stuck` says why).

        Raises:
            FolderAway: the folder is away.
        """
        name = name_from_text(path.name)
        with self._opened() as folder:
            if not self._is_same(folder, name, identity):
                return None
            try:
                moved = move_aside(folder, name, kind, note, lambda facts: _is_identity(facts, identity))
            except OSError as trouble:
                self._cannot_leave(name, trouble)
                return None
        if moved is None:
            return None
        self._forget(name)
        return self.folder / kind / name_as_text(moved)

    def holds(self, arrival: Arrival) -> bool:
        """Whether the very file taken as `arrival` still lies under its name.

        Raises:
            FolderAway: the folder is away.
        """
        with self._opened() as folder:
            return self._is_same(folder, name_from_text(arrival.name), arrival)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """Open the folder itself; all work goes through this descriptor, never through a path again."""
        try:
            fd = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as trouble:
            raise FolderAway(folder=self.folder, detail=_words(trouble)) from trouble
        try:
            yield fd
        finally:
            os.close(fd)

    def _look_around(self, folder: int) -> dict[bytes, Look]:
        """Look at every finished name once; what is no plain file is noted as odd."""
        looks: dict[bytes, Look] = {}
        self._odd = {}
        try:
            names = list_names(folder)
        except OSError as trouble:
            raise FolderAway(folder=self.folder, detail=_words(trouble)) from trouble
        for name in names:
            if is_unfinished(name) or os.fsdecode(name) in ASIDE:
                continue
            with suppress(OSError):
                facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if stat.S_ISREG(facts.st_mode):
                    looks[name] = Look.of(facts)
                else:
                    self._odd[name] = _ODD.get(stat.S_IFMT(facts.st_mode), _ODD_OTHER)
        return looks

    def _note_sightings(self, looks: dict[bytes, Look], now_s: float) -> None:
        known = {} if now_s < self._last_s else self._sightings
        self._last_s = now_s
        self._sightings = {}
        for name, look in looks.items():
            seen = known.get(name)
            self._sightings[name] = seen if seen and seen.look == look else _Sighting(look, now_s)
        for reasons in (self._unreadable, self._unmovable):
            for name in reasons.keys() - looks.keys():
                del reasons[name]

    def _arrival(self, name: bytes, look: Look) -> Arrival:
        return Arrival(
            folder=str(self.folder),
            name=name_as_text(name),
            inode=look.inode,
            mtime_ns=look.mtime_ns,
            size=look.size,
        )

    def _is_same(self, folder: int, name: bytes, identity: Arrival) -> bool:
        """Whether the very file lies there; one that an earlier kill left in a tray is put back first."""
        if self._lies_there(folder, name, identity):
            return True
        Tray(folder).put_back_leftovers()
        return self._lies_there(folder, name, identity)

    def _lies_there(self, folder: int, name: bytes, identity: Arrival) -> bool:
        try:
            facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except _GONE:
            return False
        except OSError as trouble:
            raise FolderAway(folder=self.folder, detail=_words(trouble)) from trouble
        return _is_identity(facts, identity)

    def _cannot_leave(self, name: bytes, trouble: OSError) -> bool:
        """Note that a file has to stay; always False."""
        self._unmovable[name] = f"Đã nhận nhưng không đưa được tệp ra khỏi thư mục: {_words(trouble)}."
        return False

    def _forget(self, name: bytes) -> None:
        for memory in (self._sightings, self._unreadable, self._unmovable):
            memory.pop(name, None)


_LONG_HERE = "Đã nằm đây hơn một giờ mà chưa được nhận."
_UNFINISHED = "Tên tệp tạm nên không nhận; nếu đã ghi xong, hãy đổi tên."
_ODD_OTHER = "Không phải tệp thường nên không nhận."
_ODD = {
    stat.S_IFLNK: "Liên kết tới nơi khác không được nhận; chép hẳn tệp vào thư mục.",
    stat.S_IFDIR: "Thư mục con không được quét; đưa tệp ra thư mục nhận.",
}


def _is_identity(facts: os.stat_result, identity: Arrival) -> bool:
    same = (facts.st_ino, facts.st_size, facts.st_mtime_ns) == (
        identity.inode,
        identity.size,
        identity.mtime_ns,
    )
    return same and stat.S_ISREG(facts.st_mode)


def _copy_unchanged(folder: int, name: bytes, look: Look, store: Store) -> Kept | None:
    """Copy one file; None when it is not, or does not stay, the file of `look`."""
    with open_regular(name, dir_fd=folder) as (fd, facts):
        if Look.of(facts) != look:
            return None

        def is_unchanged() -> bool:
            """Asked again both of the open file and of the name: a swap changes only the name."""
            try:
                named = os.stat(name, dir_fd=folder, follow_symlinks=False)
            except _GONE:
                return False
            return Look.of(os.fstat(fd)) == look == Look.of(named)

        kept = store.keep_chunks(_no_more_than(fd, look.size), size=look.size, still_good=is_unchanged)
    return kept if kept and kept.size == look.size else None


def _no_more_than(fd: int, size: int) -> Iterator[bytes]:
    """Chunks of a file until it proves longer than it was: one that keeps growing must not fill the store."""
    left = size
    for chunk in read_chunks(fd):
        yield chunk
        left -= len(chunk)
        if left < 0:
            return


def _words(trouble: OSError) -> str:
    return _REASONS.get(trouble.errno or 0, trouble.strerror or type(trouble).__name__)


_REASONS = {
    errno.ENOENT: "không tồn tại",
    errno.ENOTDIR: "không phải thư mục",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đầy",
    errno.ESTALE: "ổ mạng đã ngắt",
    errno.EIO: "ổ đĩa báo lỗi đọc ghi",
    errno.EXDEV: "thư mục con nằm ở ổ khác",
}
