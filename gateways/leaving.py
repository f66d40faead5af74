"""How a taken file leaves the intake folder without ever taking a newer one with it.

Between "is it still the same?" and "remove it" a scanner may put a new file under the old name. So the name
is first moved where no scanner writes, looked at there, and only then removed; the wrong one is put back.
A kill in between leaves the file in its tray, and the next sweep puts it back.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from gateways.durable import write_all
from gateways.names import list_free_names

Wanted = Callable[[os.stat_result], bool]
"""Says by its facts whether a file is the one meant."""

_TRAY = b".congvan-"
_NOTE = b".txt"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_SHARED_FILE, _SHARED_FOLDER = 0o660, 0o770
"""Those who may use the intake folder may read and tidy what is set aside in it; the umask narrows it."""


@dataclass(frozen=True, slots=True)
class Tray:
    """Hidden subfolders of an open folder, each for one file on its way out."""

    folder: int
    """Descriptor of the intake folder."""

    def remove(self, name: bytes, is_wanted: Wanted) -> None:
        """Remove `name` if it is the wanted file once nobody can swap it any more; else put it back.

        Raises:
            OSError: it cannot be moved or removed; it is where it was.
        """
        tray = _TRAY + secrets.token_hex(8).encode()
        os.mkdir(tray, 0o700, dir_fd=self.folder)
        try:
            with _subfolder(self.folder, tray) as inside:
                os.rename(name, name, src_dir_fd=self.folder, dst_dir_fd=inside)
                if is_wanted(os.stat(name, dir_fd=inside, follow_symlinks=False)):
                    _remove_or_return(inside, name, self.folder)
                else:
                    _put_back(inside, name, self.folder)
        except FileNotFoundError:
            return
        finally:
            with suppress(OSError):
                os.rmdir(tray, dir_fd=self.folder)
        os.fsync(self.folder)

    def put_back_leftovers(self) -> None:
        """Return what a kill left in a tray, under its own name or a free one; what cannot be moved waits."""
        for tray in (name for name in list_names(self.folder) if name.startswith(_TRAY)):
            with suppress(OSError):
                with _subfolder(self.folder, tray) as inside:
                    for name in list_names(inside):
                        _put_back(inside, name, self.folder)
                os.rmdir(tray, dir_fd=self.folder)


def move_aside(folder: int, name: bytes, kind: str, note: str, is_wanted: Wanted) -> bytes | None:
    """Move `name` into the subfolder `kind` under a free name, the note beside it under that name and `.txt`.

    The note comes first and reserves the name: if a kill follows, the same call finds its own note again.

    Returns:
        The name it lies under; None when it is gone or another file came under its name.

    Raises:
        OSError: it cannot be moved; the file is where it was and no note is left.
    """
    with suppress(FileExistsError):
        os.mkdir(kind, _SHARED_FOLDER, dir_fd=folder)
        # Whoever drops scans must be able to read the notes, whatever this process keeps to itself.
        os.chmod(kind, _SHARED_FOLDER, dir_fd=folder)
    with _subfolder(folder, kind.encode()) as aside:
        target = _reserve(aside, name, _as_note(note))
        try:
            os.replace(name, target, src_dir_fd=folder, dst_dir_fd=aside)
            if is_wanted(os.stat(target, dir_fd=aside, follow_symlinks=False)):
                os.fsync(aside)
                os.fsync(folder)
                return target
            _put_back(aside, target, folder, under=name)
        except FileNotFoundError:
            pass
        except OSError:
            _release(aside, target)
            raise
        _release(aside, target)
    return None


def list_names(folder: int) -> list[bytes]:
    """The names in an open folder, as the bytes they are."""
    return [os.fsencode(name) for name in os.listdir(folder)]


@contextmanager
def _subfolder(folder: int, name: bytes) -> Iterator[int]:
    """Open a real subfolder; a link to elsewhere is refused."""
    fd = os.open(name, _FOLDER, dir_fd=folder)
    try:
        yield fd
    finally:
        os.close(fd)


def _reserve(aside: int, name: bytes, note: bytes) -> bytes:
    """Take a free name by writing its note, and hold its place with an empty file."""
    for target in list_free_names(name, beside=_NOTE):
        if _is_ours(aside, target, note):
            return target
        if _exists(aside, target):
            continue
        try:
            _write_new(aside, target + _NOTE, note)
        except FileExistsError:
            continue
        try:
            _write_new(aside, target, b"")
        except FileExistsError:
            os.unlink(target + _NOTE, dir_fd=aside)
            continue
        return target
    raise AssertionError("free names never end")


def _is_ours(aside: int, target: bytes, note: bytes) -> bool:
    """Whether an earlier call reserved `target` with this very note and got no further."""
    try:
        fd = os.open(target + _NOTE, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=aside)
    except OSError:
        return False
    try:
        same = os.read(fd, len(note) + 1) == note
    finally:
        os.close(fd)
    return same and not _size(aside, target)


def _write_new(folder: int, name: bytes, data: bytes) -> None:
    fd = os.open(name, _NEW, _SHARED_FILE, dir_fd=folder)
    try:
        write_all(fd, data)
        os.fsync(fd)
        os.fchmod(fd, _SHARED_FILE)
    except OSError:
        os.unlink(name, dir_fd=folder)
        raise
    finally:
        os.close(fd)


def _release(aside: int, target: bytes) -> None:
    """Give back a reserved name: the note goes, and the empty file that held the place."""
    with suppress(OSError):
        os.unlink(target + _NOTE, dir_fd=aside)
    with suppress(OSError):
        if _size(aside, target) == 0:
            os.unlink(target, dir_fd=aside)


def _remove_or_return(inside: int, name: bytes, folder: int) -> None:
    try:
        os.unlink(name, dir_fd=inside)
    except OSError:
        _put_back(inside, name, folder)
        raise


def _put_back(inside: int, name: bytes, folder: int, *, under: bytes | None = None) -> None:
    """Move a file back into the folder; when its name was taken meanwhile, under a free one."""
    for target in list_free_names(under or name):
        try:
            _hold(folder, target)
        except FileExistsError:
            continue
        os.replace(name, target, src_dir_fd=inside, dst_dir_fd=folder)
        os.fsync(folder)
        return


def _hold(folder: int, name: bytes) -> None:
    os.close(os.open(name, _NEW, _SHARED_FILE, dir_fd=folder))


def _exists(folder: int, name: bytes) -> bool:
    return _size(folder, name) is not None


def _size(folder: int, name: bytes) -> int | None:
    """Bytes of what stands under a name, links not followed; None when nothing does."""
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False).st_size
    except FileNotFoundError:
        return None


def _as_note(note: str) -> bytes:
    """The note as Windows Notepad of any age shows it: UTF-8 with its mark, CR LF."""
    return b"\xef\xbb\xbf" + note.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
