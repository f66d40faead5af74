"""Lay bytes into a folder that others watch: whole or not at all, on the disk, over nobody's file."""

from __future__ import annotations

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gateways.names import is_unfinished, list_free_names

HEAD = 1024
"""Bytes by which the kind of a file shows."""
_CHUNK = 1 << 20
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ELSEWHERE = '/\\:*?"<>|'
"""Signs that separate folders, or that no file of Windows may carry: the folder may be shared with one."""
_NAMELESS = "tai-len"


class TooMany(Exception):
    """More bytes than allowed; nothing was left behind."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A file that lies whole in a hidden place of the folder, not yet under its name."""

    aside: Path
    size: int
    sha256: str


def safe_name(asked: str) -> str:
    r"""The last part of a name as a browser sent it, without anything that hides, leads elsewhere or waits.

    >>> safe_name("C:\\Quét\\Kế hoạch 02.pdf"), safe_name("../../etc/passwd"), safe_name(".an.pdf")
    ('Kế hoạch 02.pdf', 'passwd', 'an.pdf')
    """
    last = unicodedata.normalize("NFC", asked).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN and c not in _ELSEWHERE)
    name = " ".join(seen.split()).lstrip(".~$ ").rstrip(". ~")
    # An ending such as `.part` would let the file wait for ever.
    return (name.replace(".", "_") if is_unfinished(name.encode()) else name) or _NAMELESS


@contextmanager
def laid_aside(folder: Path, read: Callable[[int], bytes], *, most: int) -> Iterator[Laid]:
    """Write everything that `read` gives into a hidden file of `folder`, and onto the disk.

    The hidden file is gone when the block ends, whatever happened; `give_name` keeps its bytes.

    Raises:
        TooMany: more than `most` bytes came.
        OSError: the folder or the disk refuses.
    """
    aside = folder / f".{secrets.token_hex(8)}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with aside.open("xb") as file:
            while chunk := read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise TooMany
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield Laid(aside, size, digest.hexdigest())
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()


def give_name(laid: Laid, name: str) -> str:
    """Let a laid file appear under `name`, or under the next free one; returns which.

    Raises:
        OSError: the folder or the disk refuses.
    """
    folder = laid.aside.parent
    for free in list_free_names(os.fsencode(name)):
        target = folder / os.fsdecode(free)
        try:
            _appear(laid.aside, target)
        except FileExistsError:
            continue
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
        return target.name
    raise AssertionError("free names never end")


def _appear(aside: Path, target: Path) -> None:
    """Put the whole file there at once; FileExistsError when something is there already."""
    try:
        os.link(aside, target)
    except FileExistsError:
        raise
    except OSError:
        # A folder without hard links (shares, sticks): reserve the name, then put the whole file over it.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            aside.replace(target)
        except OSError:
            target.unlink()
            raise
