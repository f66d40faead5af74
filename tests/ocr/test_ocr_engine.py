"""The port to Tesseract: what it is given, and how it fails."""

from __future__ import annotations

import stat
from pathlib import Path

import numpy as np
import pytesseract
import pytest

from documents.errors import EngineFailed, EngineMissing
from ocr.engine import Layout, TesseractEngine, lines_of_tsv
from tests.ocr.pictures import rows_of_text

TSV = "\n".join(
    (
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
        "4\t1\t1\t1\t1\t0\t10\t10\t90\t20\t-1\t",
        "5\t1\t1\t1\t1\t1\t10\t10\t40\t20\t96.5\tQuye\u0302\u0301t",
        "5\t1\t1\t1\t1\t2\t60\t10\t40\t20\t91\tđịnh",
        "5\t1\t1\t1\t2\t1\t10\t40\t40\t20\t12\t ",
        "5\t1\t2\t1\t1\t1\t10\t70\t300\t20\t50\tsố",
        "5\t1\t2",
    )
)

ECHO = """#!/bin/sh
# Stands in for Tesseract: writes down what it was given, then answers with an empty table or not at all.
case "$1" in --version) {version}; exit 0;; esac
printf '%s\\n' "$@" > "{log}"
printf 'OMP_THREAD_LIMIT=%s\\n' "$OMP_THREAD_LIMIT" >> "{log}"
head -c 2 "$1" >> "{log}"
{then}
printf 'level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext\\n' > "$2.tsv"
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Put a script in Tesseract's place; returns a function of what else it does, giving the log's path."""

    def install(then: str = "", version: str = "echo tesseract 5.3.0") -> Path:
        program, log = tmp_path / "tesseract", tmp_path / "log"
        program.write_text(ECHO.format(log=log, then=then, version=version), "utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(program))
        # pytesseract asks for the version once in the life of a process.
        ask = pytesseract.pytesseract.get_tesseract_version
        monkeypatch.setattr(ask, "_result", ask)
        return log

    return install


def test_tesseract_gets_a_pgm_one_thread_and_the_dpi(
    stand_in: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    log = stand_in()  # type: ignore[operator]
    lines = TesseractEngine().read_lines(rows_of_text(), dpi=203, layout=Layout.LINE, only="0123456789")
    given = log.read_text("latin-1")
    assert lines == ()
    assert given.endswith("P5"), "the picture is a PGM, never a PNG"
    assert "OMP_THREAD_LIMIT=1" in given
    asked = given.split("\n")
    for option, value in (("-l", "vie"), ("--psm", "7"), ("--dpi", "203")):
        assert asked[asked.index(option) + 1] == value
    assert "tessedit_char_whitelist=0123456789" in given


def test_the_picture_is_taken_away_again(stand_in: object) -> None:
    log = stand_in()  # type: ignore[operator]
    TesseractEngine().read_lines(rows_of_text(), dpi=100)
    assert not Path(log.read_text("latin-1").split("\n")[0]).exists()


def test_an_engine_that_is_late_is_ended(stand_in: object) -> None:
    stand_in("exec sleep 30")  # type: ignore[operator]
    with pytest.raises(EngineFailed, match="giây"):
        TesseractEngine(timeout_s=0.3).read_lines(rows_of_text(), dpi=100)


def test_an_engine_that_dies_failed_and_may_be_tried_again(stand_in: object) -> None:
    stand_in("exit 3")  # type: ignore[operator]
    with pytest.raises(EngineFailed, match="3"):
        TesseractEngine().read_lines(rows_of_text(), dpi=100)


@pytest.mark.parametrize("version", ["exit 3", "echo nonsense"])
def test_an_engine_that_cannot_say_its_version_failed(stand_in: object, version: str) -> None:
    stand_in(version=version)  # type: ignore[operator]
    with pytest.raises(EngineFailed):
        TesseractEngine().read_lines(rows_of_text(), dpi=100)


def test_without_the_program_the_advice_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "/nowhere/tesseract")
    for ask in (TesseractEngine().check, lambda: TesseractEngine().read_lines(rows_of_text(), dpi=100)):
        with pytest.raises(EngineMissing) as caught:
            ask()
        assert "tesseract-ocr-vie" in caught.value.advise()


@pytest.mark.tesseract
def test_a_missing_language_is_a_missing_engine() -> None:
    engine = TesseractEngine(language="xyz")
    for ask in (engine.check, lambda: engine.read_lines(rows_of_text(), dpi=100)):
        with pytest.raises(EngineMissing):
            ask()


@pytest.mark.tesseract
def test_the_real_engine_reads_rows_of_letters_where_they_stand() -> None:
    picture = rows_of_text(rows=3, dpi=200)
    engine = TesseractEngine()
    engine.check()
    lines = engine.read_lines(picture, dpi=200)
    assert [line.text.lower().replace("i", "").count("gu") for line in lines] == [1, 1, 1]
    for at, line in enumerate(lines):
        assert line.box.middle[1] * 11.69 == pytest.approx(1 + at * 0.4, abs=0.1)
        assert line.box.x0 * 8.27 == pytest.approx(0.8, abs=0.1)


@pytest.mark.tesseract
def test_an_empty_page_has_no_lines() -> None:
    assert TesseractEngine().read_lines(np.full((300, 200), 255, np.uint8), dpi=100) == ()


def test_a_table_of_words_becomes_lines_in_nfc_and_fractions() -> None:
    lines = list(lines_of_tsv(TSV, width_px=200, height_px=100))
    assert [line.text for line in lines] == ["Quyết định", "số"]
    first = lines[0].words[0]
    assert first.text == "Quy\u1ebft"
    assert first.confidence == 96.5
    assert first.box.as_list() == [0.05, 0.1, 0.25, 0.3]
    assert lines[1].box.x1 == 1.0, "a word never reaches beyond the picture"
