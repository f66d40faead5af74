"""Tesseract as a library answers what the program answers, fails alike, and is not always there."""

from __future__ import annotations

import numpy as np
import pytest

from documents.errors import EngineFailed, EngineMissing
from documents.page import Box, Line, Word
from ocr import loaded_tesseract
from ocr.engine import Layout, TesseractEngine
from ocr.loaded_tesseract import LoadedTesseract
from ocr.raster import Gray
from tests.ocr.pictures import rows_of_text

EMPTY = np.full((300, 200), 255, np.uint8)


@pytest.mark.tesseract
@pytest.mark.parametrize(
    ("picture", "layout", "only"),
    [
        pytest.param(rows_of_text(rows=3, dpi=200), Layout.PAGE, "", id="a page"),
        pytest.param(rows_of_text(rows=1, dpi=200)[150:260], Layout.LINE, "", id="one line"),
        pytest.param(rows_of_text(rows=1, dpi=200)[150:260], Layout.LINE, "0123456789", id="only digits"),
        pytest.param(rows_of_text(rows=3, dpi=200)[:, ::-1], Layout.BLOCK, "", id="a view, mirrored"),
        pytest.param(EMPTY, Layout.PAGE, "", id="nothing"),
        pytest.param(rows_of_text(rows=3, dpi=200), Layout.PAGE, "", id="a page after only digits"),
    ],
)
def test_the_library_answers_as_the_program_does(picture: Gray, layout: Layout, only: str) -> None:
    said = [
        engine.read_lines(picture, dpi=200, layout=layout, only=only)
        for engine in (LoadedTesseract(), TesseractEngine())
    ]
    assert said[0] == said[1]


@pytest.mark.tesseract
def test_a_library_that_is_late_failed_and_reads_the_next_picture() -> None:
    with pytest.raises(EngineFailed, match="giây"):
        LoadedTesseract(timeout_s=0.001).read_lines(rows_of_text(rows=20, dpi=200), dpi=200)
    assert LoadedTesseract().read_lines(rows_of_text(rows=1, dpi=200), dpi=200)


@pytest.mark.tesseract
def test_a_language_that_is_not_there_is_a_missing_engine() -> None:
    with pytest.raises(EngineMissing):
        LoadedTesseract(language="xyz").read_lines(EMPTY, dpi=100)


def test_a_machine_without_the_library_starts_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line((Word("Kính", Box(0.1, 0.1, 0.2, 0.2)),))
    monkeypatch.setattr(loaded_tesseract, "_LIBRARIES", ("/nowhere/libtesseract.so.5",))
    monkeypatch.setattr(TesseractEngine, "read_lines", lambda *_, **__: (line,))
    loaded_tesseract._load.cache_clear()
    try:
        assert LoadedTesseract().read_lines(EMPTY, dpi=100) == (line,)
    finally:
        loaded_tesseract._load.cache_clear()
