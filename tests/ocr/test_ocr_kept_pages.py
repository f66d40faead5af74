"""Pages of the last reading serve the second look; of another file, or a changed one, nothing is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from documents.looks import Alphabet, SecondLook
from documents.page import Box
from documents.reading import FieldName
from ocr import again, kept_pages
from ocr.again import look_again
from ocr.cleaning import CleanPage, as_it_is
from ocr.kept_pages import KeptPages
from ocr.limits import Limits
from ocr.opened_page import OpenedPage
from ocr.raster import Raster
from ocr.read import Depth, read_paper
from tests.ocr.engines import Recorded, said
from tests.ocr.pictures import rows_of_text, scan

WORDS = "Kính gửi các đơn vị"


def page(number: int) -> OpenedPage:
    return OpenedPage(number, as_it_is(Raster(rows_of_text(dpi=50), 50)), (), is_drawn_text=False)


def test_a_page_is_found_until_its_file_changes_or_another_is_read(tmp_path: Path) -> None:
    one, other = tmp_path / "a.pdf", tmp_path / "b.pdf"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    kept = KeptPages()
    assert kept.find(one, 1) is None, "nothing was started"
    kept.start(one)
    kept.keep(first := page(1))
    assert kept.find(one, 1) is first
    assert kept.find(one, 2) is None
    assert kept.find(other, 1) is None
    os.utime(one, ns=(1, 1))
    assert kept.find(one, 1) is None
    kept.start(other)
    assert kept.find(other, 1) is None


def test_no_more_is_kept_than_there_is_room_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"1")
    size = page(1).clean.gray.nbytes * 2
    monkeypatch.setattr(kept_pages, "MOST_MB", 1.5 * size / 1_000_000)
    kept = KeptPages()
    kept.start(file)
    kept.keep(page(1))
    kept.keep(page(2))
    assert kept.find(file, 1)
    assert kept.find(file, 2) is None


def test_a_missing_file_has_no_pages(tmp_path: Path) -> None:
    kept = KeptPages()
    kept.start(tmp_path / "gone.pdf")
    kept.keep(page(1))
    assert kept.find(tmp_path / "gone.pdf", 1) is None


def test_the_second_look_opens_no_page_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = scan(tmp_path / "a.pdf", rows_of_text())
    look = SecondLook(FieldName.SUBJECT, 1, Box(0.1, 0.1, 0.6, 0.2), Alphabet.TEXT)
    engine = Recorded((said(WORDS),))
    read_paper(file, file_name="a.pdf", sha256="1" * 64, engine=engine, depth=Depth.FULL, limits=Limits())
    monkeypatch.setattr(again, "open_pages", None)
    (answer,) = look_again(file, (look,), engine=engine, limits=Limits())
    assert answer.text == WORDS


def test_a_look_taken_before_is_not_taken_again_until_the_file_changes(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.tif", rows_of_text(rows=8))
    engine = Recorded([said(WORDS)])
    read_paper(path, file_name=path.name, sha256="0" * 64, engine=engine, depth=Depth.HEAD, limits=Limits())
    look = SecondLook(FieldName.SUBJECT, 1, Box(0.1, 0.1, 0.6, 0.15), Alphabet.TEXT)
    first = look_again(path, [look], engine=engine, limits=Limits())
    asked = len(engine.asked)
    assert look_again(path, [look], engine=engine, limits=Limits()) == first
    assert len(engine.asked) == asked, "answered from what was kept"
    other = SecondLook(FieldName.SUBJECT, 1, Box(0.1, 0.2, 0.6, 0.25), Alphabet.TEXT)
    look_again(path, [look, other], engine=engine, limits=Limits())
    assert len(engine.asked) > asked
    asked = len(engine.asked)
    os.utime(path, ns=(1, 1))
    look_again(path, [look], engine=engine, limits=Limits())
    assert len(engine.asked) > asked, "another file now"


def test_frames_are_sought_once_on_a_page_that_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"1")
    sought: list[CleanPage] = []

    def find(clean: CleanPage) -> kept_pages.PageFrames:
        sought.append(clean)
        return (), ()

    monkeypatch.setattr(kept_pages, "find_frames", find)
    kept = KeptPages()
    kept.start(file)
    kept.keep(first := page(1))
    assert kept.frames_of(first) == kept.frames_of(first) == ((), ())
    assert len(sought) == 1
    kept.frames_of(page(1))
    assert len(sought) == 2, "another opening of the page is not the one that is kept"
