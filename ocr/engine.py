"""The engine that turns a picture into words: a port, and Tesseract behind it.

Tesseract gets a PGM file (encoding PNG costs as much as the recognition) and one thread (its OpenMP threads
spin against each other as soon as two pages are read at once).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from pathlib import Path
from subprocess import SubprocessError
from typing import Protocol

import cv2
import pytesseract

from documents.errors import EngineFailed, EngineMissing
from documents.page import Box, Line, Word
from documents.text import nfc
from ocr.raster import Gray


class Layout(IntEnum):
    """What the engine may expect to see; the values are Tesseract's page segmentation modes."""

    PAGE = 3
    BLOCK = 6
    LINE = 7
    WORD = 8
    SPARSE = 11


class Engine(Protocol):
    """Reads pictures of text. Must survive pickling: it travels into the child process that reads."""

    @property
    def name(self) -> str:
        """Short name for the record, e.g. `tesseract`."""
        ...

    def read_lines(
        self, picture: Gray, *, dpi: int, layout: Layout = Layout.PAGE, only: str = ""
    ) -> tuple[Line, ...]:
        """Read `picture`.

        Args:
            picture: Upright gray picture; 0 is ink.
            dpi: Dots per inch of `picture`.
            layout: What to expect.
            only: The only characters that may be answered; empty means all.

        Returns:
            Lines in reading order; boxes in fractions of `picture`; text in NFC.

        Raises:
            EngineMissing: the program or its Vietnamese data is not there.
            EngineFailed: it ended without an answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class TesseractEngine:
    """Tesseract as a program, through pytesseract."""

    language: str = "vie"
    timeout_s: float = 50.0

    @property
    def name(self) -> str:
        """`tesseract`."""
        return "tesseract"

    def check(self) -> None:
        """Raise `EngineMissing` unless the program and its language data are installed."""
        if shutil.which(pytesseract.pytesseract.tesseract_cmd) is None:
            raise EngineMissing()
        if self.language not in pytesseract.get_languages():
            raise EngineMissing()

    def read_lines(
        self, picture: Gray, *, dpi: int, layout: Layout = Layout.PAGE, only: str = ""
    ) -> tuple[Line, ...]:
        """Read `picture`; see `Engine.read_lines`."""
        config = f"--psm {int(layout)} --dpi {dpi}"
        if only:
            config += f" -c tessedit_char_whitelist={only}"
        height, width = picture.shape[:2]
        return tuple(lines_of_tsv(self._run(picture, config), width_px=width, height_px=height))

    def _run(self, picture: Gray, config: str) -> str:
        with _as_pgm(picture) as file:
            # The engine's process inherits it; set here because it must hold in whatever process calls.
            os.environ["OMP_THREAD_LIMIT"] = "1"
            try:
                return str(
                    pytesseract.image_to_data(
                        str(file), lang=self.language, config=config, timeout=self.timeout_s
                    )
                )
            except pytesseract.TesseractNotFoundError as trouble:
                raise EngineMissing() from trouble
            except pytesseract.TesseractError as trouble:
                if "language" in str(trouble).lower():
                    raise EngineMissing() from trouble
                raise EngineFailed(detail=f"mã {trouble.status}") from trouble
            except RuntimeError as trouble:
                raise EngineFailed(detail=f"quá {self.timeout_s:.0f} giây") from trouble
            except (SubprocessError, OSError, SystemExit) as trouble:
                # What pytesseract lets out when the program cannot say its version or leaves no answer.
                raise EngineFailed(detail="không chạy được") from trouble


class _as_pgm:  # noqa: N801  # a context manager reads as a verb
    """Write a picture as PGM into a folder of its own, and take both away again."""

    def __init__(self, picture: Gray) -> None:
        self._picture = picture

    def __enter__(self) -> Path:
        self._folder = tempfile.TemporaryDirectory(prefix="congvan-ocr-")
        file = Path(self._folder.name) / "page.pgm"
        if not cv2.imwrite(str(file), self._picture):
            raise EngineFailed(detail="không ghi được ảnh tạm")
        return file

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


@dataclass(frozen=True, slots=True)
class _Cell:
    line: tuple[str, str, str]
    word: Word


def lines_of_tsv(tsv: str, *, width_px: int, height_px: int) -> Iterator[Line]:
    """Yield the lines of Tesseract's TSV; words without text or without a size are left out."""
    cells = (_cell_of(row.split("\t"), width_px, height_px) for row in tsv.splitlines()[1:])
    for _, group in groupby((c for c in cells if c is not None), key=lambda c: c.line):
        yield Line(tuple(c.word for c in group))


def _cell_of(row: list[str], width_px: int, height_px: int) -> _Cell | None:
    if len(row) < 12 or row[0] != "5" or not (text := nfc(row[11]).strip()):
        return None
    left, top, width, height = (int(v) for v in row[6:10])
    box = Box(
        left / width_px,
        top / height_px,
        min((left + width) / width_px, 1.0),
        min((top + height) / height_px, 1.0),
    )
    return _Cell((row[2], row[3], row[4]), Word(text, box, float(row[10])))
