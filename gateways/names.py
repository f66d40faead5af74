"""Names of files are other people's data: any bytes but `/` and NUL.

The registry keeps text, and databases refuse lone surrogates, so a name that is not UTF-8 travels as text
with its odd bytes written out. The way back is exact: the file is always found again by its own bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 255
"""Bytes in a name on the file systems of Linux."""

_ODD_BYTE = re.compile("[\udc80-\udcff]")
_WRITTEN = re.compile(r"\\(?:\\|x([89a-f][0-9a-f]))")
_LONGEST_ENDING = 12
"""Bytes after the last point that still count as the kind of the file."""

_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", "~")
_UNFINISHED_STARTS = (".", "~$", "~")
_FURNITURE = frozenset({"thumbs.db", "desktop.ini"})


def name_as_text(name: bytes) -> str:
    r"""Return `name` as text that any database keeps: bytes that are not UTF-8 as `\xff`, `\` as `\\`.

    >>> name_as_text("Kế hoạch 02.pdf".encode()), name_as_text(b"v\xe3n b\xb6n.pdf")
    ('Kế hoạch 02.pdf', 'v\\xe3n b\\xb6n.pdf')
    """
    text = name.decode("utf-8", "surrogateescape").replace("\\", "\\\\")
    return _ODD_BYTE.sub(lambda odd: f"\\x{ord(odd[0]) - 0xDC00:02x}", text)


def name_from_text(text: str) -> bytes:
    """Return the bytes that `name_as_text` wrote as `text`."""

    def unwritten(match: re.Match[str]) -> str:
        return chr(0xDC00 + int(match[1], 16)) if match[1] else "\\"

    return _WRITTEN.sub(unwritten, text).encode("utf-8", "surrogateescape")


def is_unfinished(name: bytes) -> bool:
    """Whether a name says "not yet" or "not for you": hidden, a lock, a download, a system's own file."""
    text = name.decode("utf-8", "replace").lower()
    return text.startswith(_UNFINISHED_STARTS) or text.endswith(_UNFINISHED) or text in _FURNITURE


def list_free_names(name: bytes, *, beside: bytes = b"") -> Iterator[bytes]:
    """Yield `name`, then `name (2).pdf`, `name (3).pdf` …, each short enough to have `beside` added to it."""
    stem, dot, ending = name.rpartition(b".")
    if not stem or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = name, b"", b""
    count = 1
    while True:
        tail = (f" ({count})".encode() if count > 1 else b"") + dot + ending
        yield _shorten(stem, LONGEST - len(tail) - len(beside)) + tail
        count += 1


def _shorten(name: bytes, most: int) -> bytes:
    """Cut `name` to `most` bytes, never through a letter of UTF-8."""
    if len(name) <= most:
        return name
    while most and name[most] & 0xC0 == 0x80:
        most -= 1
    return name[:most]
