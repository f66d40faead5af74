"""Files that are whole or not there, and still there after a power cut."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def sync_folder(folder: Path) -> None:
    """Write the folder's list of names to the disk; a rename counts only after this."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def make_folder(folder: Path) -> None:
    """Make `folder` and its missing parents, for this user only, each safe on the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    sync_folder(folder.parent)


@contextmanager
def temporary_file(folder: Path) -> Iterator[tuple[int, Path]]:
    """Open a new file under a random name for writing; whatever still has that name at the end is removed.

    Yields:
        The file descriptor and the path. Rename the path before leaving to keep the file.
    """
    path = folder / f"{secrets.token_hex(12)}.tmp"
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        yield fd, path
    finally:
        os.close(fd)
        with suppress(OSError):
            path.unlink(missing_ok=True)


def write_all(fd: int, data: bytes) -> None:
    """Write every byte of `data`; a short write is gone on with."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def write_file(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data` in one step: readers see the old one or the new one, whole."""
    make_folder(path.parent)
    with temporary_file(path.parent) as (fd, temporary):
        write_all(fd, data)
        os.fsync(fd)
        temporary.replace(path)
    sync_folder(path.parent)
