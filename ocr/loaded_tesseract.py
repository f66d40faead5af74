"""Tesseract inside this process: the model is loaded once, not once for every picture.

The same library that the program is made of, called through its C interface, so its answers are the
program's to the letter. Starting the program and loading its model costs about a sixth of a second, and a
paper has many small pictures: stamps, marks, rows of the signature block. Where the library cannot be
loaded, or has no Vietnamese, the program is started as before.

A library that fails takes its process along; it is therefore used in the workshop's children, which may die.

Source: Tesseract 5, `capi.h`.
"""

from __future__ import annotations

import ctypes
import os
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from documents.errors import EngineFailed
from documents.page import Line
from ocr.engine import Layout, TesseractEngine, lines_of_tsv
from ocr.raster import Gray

_LIBRARIES: Final = (
    "libtesseract.so.5",
    "libtesseract.5.dylib",
    "/opt/homebrew/lib/libtesseract.5.dylib",
    "/usr/local/lib/libtesseract.5.dylib",
)
_HEADING: Final = "\n"
"""Stands for the heading of the program's table, which the library leaves out."""


@dataclass(frozen=True, slots=True)
class LoadedTesseract:
    """Tesseract as a library; as the program where there is none."""

    language: str = "vie"
    timeout_s: float = 50.0

    @property
    def name(self) -> str:
        """`tesseract`."""
        return "tesseract"

    def read_lines(
        self, picture: Gray, *, dpi: int, layout: Layout = Layout.PAGE, only: str = ""
    ) -> tuple[Line, ...]:
        """Read `picture`; see `ocr.engine.Engine.read_lines`."""
        library = _load(self.language)
        if library is None:
            program = TesseractEngine(self.language, self.timeout_s)
            return program.read_lines(picture, dpi=dpi, layout=layout, only=only)
        height, width = picture.shape[:2]
        tsv = library.read(picture, dpi=dpi, layout=layout, only=only, timeout_s=self.timeout_s)
        return tuple(lines_of_tsv(_HEADING + tsv, width_px=width, height_px=height))


class _Library:
    """One loaded model; one thread at a time."""

    def __init__(self, functions: ctypes.CDLL, handle: int) -> None:
        self._call = functions
        self._handle = handle

    def read(self, picture: Gray, *, dpi: int, layout: Layout, only: str, timeout_s: float) -> str:
        """Return Tesseract's table of words without its heading.

        Raises:
            EngineFailed: no answer, or none in time.
        """
        call, handle = self._call, self._handle
        pixels = np.ascontiguousarray(picture, np.uint8)
        height, width = pixels.shape
        call.TessBaseAPISetPageSegMode(handle, int(layout))
        self._set("tessedit_char_whitelist", only)
        self._set("user_defined_dpi", str(dpi))
        call.TessBaseAPISetImage(handle, pixels.ctypes.data_as(ctypes.c_void_p), width, height, 1, width)
        monitor = call.TessMonitorCreate()
        call.TessMonitorSetDeadlineMSecs(monitor, round(timeout_s * 1000))
        started = time.monotonic()
        try:
            failed = call.TessBaseAPIRecognize(handle, monitor)
            if time.monotonic() - started >= timeout_s:
                raise EngineFailed(detail=f"quá {timeout_s:.0f} giây")
            text = None if failed else call.TessBaseAPIGetTsvText(handle, 0)
            if text is None:
                raise EngineFailed(detail="không nhận được chữ")
            try:
                return ctypes.string_at(text).decode("utf-8", "replace")
            finally:
                call.TessDeleteText(text)
        finally:
            call.TessMonitorDelete(monitor)
            call.TessBaseAPIClear(handle)

    def _set(self, variable: str, value: str) -> None:
        self._call.TessBaseAPISetVariable(self._handle, variable.encode(), value.encode())


@lru_cache(maxsize=2)
def _load(language: str) -> _Library | None:
    """The library with a language's model, loaded once a process; None where one of them is not there."""
    # Read by the library's threads when it is loaded: they would spin against each other.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    functions = _open()
    if functions is None:
        return None
    handle = functions.TessBaseAPICreate()
    # What it has to say of itself goes to standard error otherwise; set before the model is loaded as well.
    functions.TessBaseAPISetVariable(handle, b"debug_file", os.devnull.encode())
    if functions.TessBaseAPIInit3(handle, None, language.encode()) != 0:
        functions.TessBaseAPIDelete(handle)
        return None
    functions.TessBaseAPISetVariable(handle, b"debug_file", os.devnull.encode())
    return _Library(functions, handle)


def _open() -> ctypes.CDLL | None:
    for name in _LIBRARIES:
        try:
            functions = ctypes.CDLL(name)
            _declare(functions)
        except (OSError, AttributeError):
            continue
        return functions
    return None


def _declare(functions: ctypes.CDLL) -> None:
    """Say what each function takes and gives; AttributeError when one is not there."""
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, gives, takes in (
        ("TessBaseAPICreate", pointer, ()),
        ("TessBaseAPIDelete", None, (pointer,)),
        ("TessBaseAPIInit3", number, (pointer, text, text)),
        ("TessBaseAPISetVariable", number, (pointer, text, text)),
        ("TessBaseAPISetPageSegMode", None, (pointer, number)),
        ("TessBaseAPISetImage", None, (pointer, pointer, number, number, number, number)),
        ("TessBaseAPIRecognize", number, (pointer, pointer)),
        ("TessBaseAPIGetTsvText", pointer, (pointer, number)),
        ("TessBaseAPIClear", None, (pointer,)),
        ("TessDeleteText", None, (pointer,)),
        ("TessMonitorCreate", pointer, ()),
        ("TessMonitorDelete", None, (pointer,)),
        ("TessMonitorSetDeadlineMSecs", None, (pointer, number)),
    ):
        function = getattr(functions, name)
        function.restype, function.argtypes = gives, takes
