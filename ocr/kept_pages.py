"""Pages opened by the last reading of this process, and what second looks at them saw, kept for the next.

Opening a page again (decoding, turning, straightening) costs a third of a second and gives the same pixels;
looking at the same place again gives the same answer, as when a paper is read on after its upper part. One
paper is kept, and never more than `MOST_MB` of it; what is not kept is opened again.
"""

from __future__ import annotations

from pathlib import Path

from documents.looks import SecondLook, SecondReading
from ocr.frames import Frame, find_frames
from ocr.opened_page import OpenedPage

MOST_MB = 256
_MB = 1_000_000

_FileKey = tuple[str, int, int, int]
PageFrames = tuple[tuple[Frame, ...], tuple[Frame, ...]]
"""The frames of a page, and apart from them its round seals."""


class KeptPages:
    """The opened pages of one file; one thread only."""

    def __init__(self) -> None:
        self._of: _FileKey | None = None
        self._pages: dict[int, OpenedPage] = {}
        self._frames: dict[int, PageFrames] = {}
        self._seen: dict[SecondLook, tuple[SecondReading, ...]] = {}
        self._bytes = 0

    def start(self, path: Path) -> None:
        """Keep pages of `path` from now on, and let go those of another file."""
        key = _key(path)
        if key is None or key != self._of:
            self._of, self._pages, self._frames, self._seen, self._bytes = key, {}, {}, {}, 0

    def keep(self, opened: OpenedPage) -> None:
        """Keep a page of the file started with, if there is room."""
        size = opened.clean.seen.pixels.nbytes + opened.clean.gray.nbytes
        if opened.number not in self._pages and self._bytes + size <= MOST_MB * _MB:
            self._pages[opened.number] = opened
            self._bytes += size

    def find(self, path: Path, number: int) -> OpenedPage | None:
        """Page `number` of `path` as opened before; None when it is not kept or the file is not the same."""
        return self._pages.get(number) if self._is_of(path) else None

    def frames_of(self, opened: OpenedPage) -> PageFrames:
        """The frames and seals of a page, sought once where it is kept."""
        if self._pages.get(opened.number) is not opened:
            return find_frames(opened.clean)
        if opened.number not in self._frames:
            self._frames[opened.number] = find_frames(opened.clean)
        return self._frames[opened.number]

    def remember(self, path: Path, look: SecondLook, seen: tuple[SecondReading, ...]) -> None:
        """Keep what a second look at the file started with saw."""
        if self._is_of(path):
            self._seen[look] = seen

    def recall(self, path: Path, look: SecondLook) -> tuple[SecondReading, ...] | None:
        """What that look saw before; None when it was not taken, or the file is not the same."""
        return self._seen.get(look) if self._is_of(path) else None

    def _is_of(self, path: Path) -> bool:
        return self._of is not None and self._of == _key(path)


KEPT = KeptPages()
"""Those of this process."""


def _key(path: Path) -> _FileKey | None:
    """What tells that a file is still the one it was; None when it cannot be asked."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return str(path), facts.st_ino, facts.st_mtime_ns, facts.st_size
