"""The upper part of page 1 is parted from the rest where no line is cut, and the rest is read on from there."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from documents.page import Box, Line, Page, Word
from ocr import opened_page
from ocr.cleaning import as_it_is
from ocr.engine import Layout
from ocr.kept_words import Begun, PageRead, keep_words, load_words
from ocr.limits import Limits
from ocr.raster import Gray, Raster
from ocr.read import Depth, PaperRead, read_paper
from ocr.upper_part import find_end_of_upper_part, lines_of_part
from tests.ocr.engines import Recorded, said
from tests.ocr.pictures import rows_of_text, scan

DPI = 150
SHA = "0" * 64


def end_of(gray: Gray, *, dpi: int = DPI, below: tuple[float, ...] = ()) -> float:
    return find_end_of_upper_part(as_it_is(Raster(gray, dpi)), below=below)


def rows() -> Gray:
    return rows_of_text(rows=24, dpi=DPI)


def with_bar(gray: Gray, y0: float, y1: float) -> Gray:
    height, width = gray.shape
    gray[round(y0 * height) : round(y1 * height), width // 3 : width // 2] = 0
    return gray


def test_the_part_ends_on_paper_about_two_fifths_down() -> None:
    gray = rows()
    end = end_of(gray)
    assert 0.36 <= end <= 0.5
    height = gray.shape[0]
    around = gray[round(end * height) - 3 : round(end * height) + 3]
    assert around.min() == 255, "no line is cut"


def test_a_stamp_is_never_cut() -> None:
    assert end_of(rows(), below=(0.44,)) > 0.44


@pytest.mark.parametrize(
    ("gray", "dpi", "below"),
    [
        pytest.param(np.ascontiguousarray(rows().T), DPI, (), id="lies across"),
        pytest.param(rows_of_text(rows=24, dpi=100), 100, (), id="coarse: read in two ways as a whole"),
        pytest.param(with_bar(rows(), 0.3, 0.6), DPI, (), id="no row of paper where the part may end"),
        pytest.param(rows(), DPI, (0.2, 0.62), id="a stamp reaches further down"),
    ],
)
def test_such_a_page_is_read_whole(gray: Gray, dpi: int, below: tuple[float, ...]) -> None:
    assert end_of(gray, dpi=dpi, below=below) == 1.0


def test_boxes_of_a_part_are_those_of_the_page() -> None:
    def read(part: Gray) -> tuple[Line, ...]:
        assert part.shape == (50, 80)
        return (Line((Word("a", Box(0.1, 0.0, 0.2, 0.5), 90.0),)),)

    (line,) = lines_of_part(np.zeros((100, 80), np.uint8), 0.5, 1.0, read)
    assert line.box.as_list() == [0.1, 0.5, 0.2, 0.75]
    assert lines_of_part(np.zeros((100, 80), np.uint8), 1.0, 1.0, read) == ()


# ── reading on ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(autouse=True)
def upright(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn pages are upright and straight: nobody asks the engine which way up they are."""
    monkeypatch.setattr(opened_page, "make_upright", lambda raster, _: as_it_is(raster))


class Measuring(Recorded):
    """Remembers how high each picture was; a part of a page lies across."""

    def read_lines(
        self, picture: Gray, *, dpi: int, layout: Layout = Layout.PAGE, only: str = ""
    ) -> tuple[Line, ...]:
        self.asked.append((picture.shape, dpi, layout, only))
        return tuple(self.answers[min(len(self.asked), len(self.answers)) - 1])

    @property
    def heights(self) -> list[int]:
        """Pixels down of the pictures."""
        return [shape[0] for shape, *_ in self.asked]


def read(path: Path, engine: Recorded, depth: Depth, to: Path, known: Path | None = None) -> PaperRead:
    return read_paper(
        path, file_name=path.name, sha256=SHA, engine=engine, depth=depth, limits=Limits(), pictures_to=to,
        known_words=known,
    )  # fmt: skip


@pytest.mark.parametrize("then", [Depth.HEAD, Depth.FULL])
def test_the_rest_is_read_on_and_nothing_twice(tmp_path: Path, then: Depth) -> None:
    path = scan(tmp_path / "a.tif", rows(), dpi=DPI)
    engine = Measuring([said("UBND Số: 5/KH"), said("Nơi nhận: VT")])
    top = read(path, engine, Depth.TOP, tmp_path)
    assert [line.text for line in top.paper.pages[0].lines] == ["UBND Số: 5/KH"]
    assert not top.paper.pages[0].is_whole
    assert ([picture.number for picture in top.pictures], top.searchable) == ([1], None)
    assert top.words is not None
    known = top.words.rename(tmp_path / "known")

    whole = read(path, engine, then, tmp_path, known)
    (page,) = whole.paper.pages
    assert page.is_whole
    assert [line.text for line in page.lines] == ["UBND Số: 5/KH", "Nơi nhận: VT"]
    assert page.lines[1].box.y0 > top.paper.pages[0].read_to
    assert sum(engine.heights) == pytest.approx(page.height_px * 200 / DPI, abs=2), "enlarged to 200 dpi"
    assert [picture.number for picture in whole.pictures] == [1]
    assert (whole.searchable is not None) == (then is Depth.FULL)


def test_a_page_that_cannot_be_parted_is_whole_at_once(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.tif", with_bar(rows(), 0.3, 0.6), dpi=DPI)
    engine = Measuring([said("UBND Số: 5/KH")])
    top = read(path, engine, Depth.TOP, tmp_path)
    assert top.paper.pages[0].is_whole
    assert top.words is not None
    read(path, engine, Depth.HEAD, tmp_path, top.words.rename(tmp_path / "known"))
    assert len(engine.asked) == 1


def test_what_was_begun_is_kept_to_the_letter(tmp_path: Path) -> None:
    begun = Begun(said("UBND Số: 5/KH"), (), 0.4)
    page = Page(1, 1240, 1754, DPI, begun.lines, read_to=0.4)
    kept = keep_words([PageRead(page, begun=begun)], tmp_path / "words", sha256=SHA, engine="recorded")
    (again,) = load_words(kept, sha256=SHA, engine="recorded").values()
    assert (again.begun, again.page) == (begun, page)


def test_a_drawn_line_keeps_its_place_whatever_the_part(tmp_path: Path) -> None:
    """A bar of ink stands where the lines of the lower part say it does."""
    gray = rows()
    height, width = gray.shape
    cv2.rectangle(gray, (100, round(0.8 * height)), (400, round(0.82 * height)), (0,), -1)

    def read_bar(part: Gray) -> tuple[Line, ...]:
        dark = np.flatnonzero((part[:, 110:390] == 0).all(axis=1))
        return (Line((Word("bar", Box(0, dark[0] / len(part), 1, dark[-1] / len(part)), 90.0),)),)

    (line,) = lines_of_part(gray, end_of(gray), 1.0, read_bar)
    assert line.box.y0 == pytest.approx(0.8, abs=0.002)
    assert line.box.y1 == pytest.approx(0.82, abs=0.002)
    assert width == gray.shape[1]
