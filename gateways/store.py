"""Keep bytes for ever under their SHA-256, or not at all.

What is made from a file may be kept beside it (`keep_beside`): it bears the file's hash and a word for its
kind, is replaced when it is made anew, and goes when the file goes.

A file is copied under a temporary name, written to the disk, renamed to `ab/cd/<sha256>`, and the folder is
written to the disk: a kill at any moment leaves either nothing or the whole file. What is kept is never
changed and never a hard link to what a scanner may still write to.

Source: reliability bar, sections 0 (points 2 and 5) and 2 (lessons 1, 11, 13, 14).
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from documents.errors import NoSpace, StoreAway
from gateways.durable import make_folder, sync_folder, temporary_file, write_all

CHUNK_BYTES = 1 << 20
RESERVE_MB = 256
"""Free space that accepting a file must leave: the registry, its journal and the logs live on it."""
ROOM_FOR = 3
"""A file needs its size this many times: the copy, its page pictures, its searchable form."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_TEMPORARY = "tam"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_MB = 1 << 20


class Beside(StrEnum):
    """What may be kept beside a file; the values are endings of names."""

    WORDS = "chu"
    """Its pages as read so far, for whoever reads the rest."""
    SEARCHABLE = "tim-chu.pdf"
    """Its searchable form."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes in the store: their SHA-256 in hex, and how many."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Store:
    """A content-addressed store in one folder, made when first needed; safe for several processes at once."""

    root: Path
    reserve_mb: int = RESERVE_MB

    def keep(self, path: Path) -> Kept:
        """Copy the file at `path` into the store; keeping the same bytes again changes nothing.

        Raises:
            NoSpace: less than three times the file and the reserve is free; nothing was written.
            StoreAway: the store cannot be written.
            OSError: `path` cannot be read, or is a link.
        """
        with open_regular(path) as (fd, facts):
            kept = self.keep_chunks(read_chunks(fd), size=facts.st_size)
        assert kept is not None  # noqa: S101 -- nothing was asked that could refuse
        return kept

    def keep_bytes(self, data: bytes) -> Kept:
        """Keep `data`; raises as `keep` does."""
        kept = self.keep_chunks((data,), size=len(data))
        assert kept is not None  # noqa: S101 -- nothing was asked that could refuse
        return kept

    def keep_chunks(
        self, chunks: Iterable[bytes], *, size: int, still_good: Callable[[], bool] = lambda: True
    ) -> Kept | None:
        """Copy `chunks` in; `still_good` is asked once all is on the disk and before the name is given.

        Returns:
            What is kept, or None when `still_good` said no; then nothing is left behind.

        Raises:
            NoSpace, StoreAway: as `keep`; errors of `chunks` pass through.
        """
        self.require_space(size)
        temporary_folder = self.root / _TEMPORARY
        with self._storing():
            make_folder(temporary_folder)
        with ExitStack() as stack:
            with self._storing():
                fd, path = stack.enter_context(temporary_file(temporary_folder))
            kept = self._copy(chunks, fd)
            if not still_good():
                return None
            with self._storing():
                os.fsync(fd)
                self._publish(path, self.path_of(kept.sha256))
        return kept

    def path_of(self, sha256: str) -> Path:
        """Where the bytes with that hash lie, whether they are there or not.

        Raises:
            ValueError: not 64 lower-case hex digits; no other name can leave the store's folder.
        """
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256 in lower-case hex")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def beside(self, sha256: str, kind: Beside) -> Path:
        """Where what was made from the file with that hash lies, whether it is there or not."""
        path = self.path_of(sha256)
        return path.with_name(f"{path.name}.{kind}")

    def keep_beside(self, sha256: str, kind: Beside, path: Path) -> None:
        """Copy the file at `path` beside the one with that hash, whole or not at all.

        Raises:
            NoSpace, StoreAway: as `keep`.
            OSError: `path` cannot be read, or is a link.
        """
        temporary_folder = self.root / _TEMPORARY
        with open_regular(path) as (source, facts), ExitStack() as stack:
            self.require_space(facts.st_size)
            with self._storing():
                make_folder(temporary_folder)
                fd, copy = stack.enter_context(temporary_file(temporary_folder))
            self._copy(read_chunks(source), fd)
            with self._storing():
                os.fsync(fd)
                self._publish(copy, self.beside(sha256, kind))

    def drop_beside(self, sha256: str, *kinds: Beside) -> None:
        """Remove what was made from a file; what is not there is no trouble."""
        for kind in kinds:
            with self._storing():
                self.beside(sha256, kind).unlink(missing_ok=True)

    def has(self, sha256: str) -> bool:
        """Whether a file stands under that hash; `is_intact` says whether it is whole."""
        return self.path_of(sha256).is_file()

    def is_intact(self, sha256: str) -> bool:
        """Whether the bytes are there, readable, and still have that hash."""
        digest = hashlib.sha256()
        try:
            with open_regular(self.path_of(sha256)) as (fd, _):
                for chunk in read_chunks(fd):
                    digest.update(chunk)
        except OSError:
            return False
        return digest.hexdigest() == sha256

    def drop(self, sha256: str) -> None:
        """Remove bytes that must not be kept here (a secrecy mark was seen); missing ones are no trouble.

        What was made from them goes first.
        """
        path = self.path_of(sha256)
        self.drop_beside(sha256, *Beside)
        with self._storing(), suppress(FileNotFoundError):
            path.unlink()
            sync_folder(path.parent)

    def free_mb(self) -> int:
        """Free space for this user on the store's disk, in MiB."""
        return shutil.disk_usage(_nearest(self.root)).free // _MB

    def require_space(self, size: int) -> None:
        """Make sure that a file of `size` bytes can be taken and worked on.

        Raises:
            NoSpace: less than three times `size` and the reserve is free.
        """
        free_mb = self.free_mb()
        if free_mb * _MB < ROOM_FOR * size + self.reserve_mb * _MB:
            raise NoSpace(free_mb=free_mb)

    def sweep_temporary(self, older_than: dt.datetime) -> int:
        """Remove copies that a kill cut off, last written before `older_than`; returns how many."""
        swept = 0
        for path in (self.root / _TEMPORARY).glob("*.tmp"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < older_than.timestamp():
                    path.unlink()
                    swept += 1
        return swept

    def _copy(self, chunks: Iterable[bytes], fd: int) -> Kept:
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            with self._storing():
                write_all(fd, chunk)
        return Kept(digest.hexdigest(), size)

    def _publish(self, temporary: Path, target: Path) -> None:
        """Give the copy its name. A copy already there is replaced: the fresh one is known to be whole."""
        make_folder(target.parent)
        temporary.replace(target)
        sync_folder(target.parent)

    @contextmanager
    def _storing(self) -> Iterator[None]:
        """Turn trouble of the store's own disk into what the intake can wait for."""
        try:
            yield
        except OSError as trouble:
            if trouble.errno in _FULL:
                raise NoSpace(free_mb=self.free_mb()) from trouble
            raise StoreAway(detail=trouble.strerror or type(trouble).__name__) from trouble


@contextmanager
def open_regular(path: Path | bytes, *, dir_fd: int | None = None) -> Iterator[tuple[int, os.stat_result]]:
    """Open a regular file for reading, following no link and waiting for no pipe.

    Yields:
        The file descriptor and its facts.

    Raises:
        OSError: missing, not readable, a link, or not a regular file.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    fd = os.open(path, flags, dir_fd=dir_fd)
    try:
        facts = os.fstat(fd)
        if not stat.S_ISREG(facts.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        yield fd, facts
    finally:
        os.close(fd)


def read_chunks(fd: int) -> Iterator[bytes]:
    """The rest of an open file, a mebibyte at a time."""
    while chunk := os.read(fd, CHUNK_BYTES):
        yield chunk


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder
