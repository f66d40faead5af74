"""The whole run: which pages are read, annotations are seen, and boxes lie on the picture for the screen."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from documents.errors import Broken
from documents.looks import Alphabet, SecondLook
from documents.page import Box, Line, Source, Word
from documents.reading import FieldName
from ocr.again import look_again
from ocr.cleaning import rotated
from ocr.engine import TesseractEngine
from ocr.files import open_source
from ocr.limits import Limits
from ocr.panels import find_panels
from ocr.read import Depth, PaperRead, read_paper
from samples.electronic import save_born_digital
from samples.reports import guidance
from tests.ocr.engines import Recorded, said
from tests.ocr.pictures import ARRIVES, blank, rows_of_text, scan

PLAIN = said("Căn cứ Quyết định số 79")
SIGNED = said("Nơi nhận: TM. ỦY BAN")


def read(path: Path, engine: object, depth: Depth = Depth.HEAD, **more: object) -> PaperRead:
    return read_paper(
        path,
        file_name=path.name,
        sha256="0" * 64,
        engine=engine,  # type: ignore[arg-type]
        depth=depth,
        limits=more.pop("limits", Limits()),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


# ── which pages ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("count", "answers", "limits", "read_pages"),
    [
        pytest.param(1, [PLAIN], Limits(), [1], id="one page"),
        pytest.param(5, [SIGNED], Limits(), [1], id="signed on the first of five"),
        pytest.param(5, [PLAIN, SIGNED], Limits(), [1, 5], id="signed on the last"),
        pytest.param(5, [PLAIN, PLAIN, SIGNED], Limits(), [1, 2, 5], id="annexes behind a short letter"),
        pytest.param(9, [PLAIN], Limits(signature_pages=3), [1, 2, 8, 9], id="never signed: bounded"),
    ],
)
def test_the_head_is_page_1_and_then_the_page_that_is_signed(
    count: int, answers: list[tuple[Line, ...]], limits: Limits, read_pages: list[int], tmp_path: Path
) -> None:
    # Fine enough to be read once a page: each answer is one page.
    path = scan(tmp_path / "a.tif", *[rows_of_text(rows=8, dpi=150)] * count, dpi=150)
    paper = read(path, Recorded(answers), limits=limits).paper
    assert [page.number for page in paper.pages] == read_pages
    assert paper.page_count == count


def test_every_page_is_read_up_to_the_limit_and_the_rest_is_said(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.tif", *[rows_of_text(rows=8)] * 4)
    told: list[int] = []
    paper = read(path, Recorded([PLAIN]), Depth.FULL, limits=Limits(ocr_pages=3), on_page=told.append).paper
    assert [page.number for page in paper.pages] == told == [1, 2, 3]
    assert "more_pages_unread" in paper.flags
    assert "more_pages_unread" not in read(path, Recorded([PLAIN]), Depth.FULL).paper.flags


# ── coordinates ──────────────────────────────────────────────────────────────────────────────────────────


def page_with_a_word(word: str = "HOCHIMINH") -> np.typing.NDArray[np.uint8]:
    """Rows of text with one long word by itself under them."""
    page = rows_of_text(rows=12, dpi=200)
    cv2.putText(page, word, (900, 1500), cv2.FONT_HERSHEY_COMPLEX, 2.2, (0,), 4)
    return page


@pytest.mark.tesseract
@pytest.mark.parametrize("skew", [pytest.param(0.0, id="straight"), pytest.param(2.5, id="crooked")])
def test_boxes_lie_on_the_picture_for_the_screen(skew: float, tmp_path: Path) -> None:
    path = scan(tmp_path / "a.png", rotated(page_with_a_word(), skew), dpi=200)
    pictures = tmp_path / "anh"
    pictures.mkdir()
    result = read(path, TesseractEngine(), pictures_to=pictures)
    (picture,), (page,) = result.pictures, result.paper.pages
    shown = np.asarray(Image.open(picture.path).convert("L"))
    assert shown.shape == (picture.height_px, picture.width_px)
    assert picture.width_px == 1280
    assert picture.height_px / picture.width_px == pytest.approx(page.height_px / page.width_px, abs=0.002)
    word = max((w for line in page.lines for w in line.words), key=lambda w: w.box.height)
    height, width = shown.shape
    ys, xs = np.nonzero(shown[height // 2 :] < 100)
    seen = [xs.min() / width, ys.min() / height + 0.5, xs.max() / width, ys.max() / height + 0.5]
    assert word.box.as_list() == pytest.approx(seen, abs=0.006)
    (answer,) = look_again(
        path,
        [SecondLook(FieldName.SUBJECT, 1, word.box, Alphabet.TEXT)],
        engine=TesseractEngine(),
        limits=Limits(),
    )
    assert (answer.text or "").upper().replace(" ", "")[:3] == "HOC"


def test_a_second_look_at_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.png", rows_of_text())
    look = SecondLook(FieldName.SUBJECT, 2, Box(0, 0, 1, 1), Alphabet.TEXT)
    with pytest.raises(Broken, match="không có trang 2"):
        look_again(path, [look], engine=Recorded(), limits=Limits())


def test_looks_are_answered_in_their_order_and_a_number_with_digits_only(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.tif", rows_of_text(), rows_of_text())
    looks = [
        SecondLook(FieldName.DATE, 2, Box(0.1, 0.1, 0.6, 0.2), Alphabet.DATE),
        SecondLook(FieldName.NUMBER_SYMBOL, 1, Box(0.1, 0.1, 0.3, 0.2), Alphabet.DIGITS),
    ]
    engine = Recorded((said("1 2"), said("ngày 5")))
    answers = look_again(path, looks, engine=engine, limits=Limits())
    assert [(a.look, a.text) for a in answers] == [(looks[0], "ngày 5"), (looks[1], "12")]
    assert [only for *_, only in engine.asked] == ["0123456789", ""]


def test_what_the_engine_hardly_believes_is_not_answered(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.png", rows_of_text())
    doubtful = (Line((Word("29", Box(0, 0, 1, 1), 20.0),)),)
    look = SecondLook(FieldName.NUMBER_SYMBOL, 1, Box(0.1, 0.1, 0.3, 0.2), Alphabet.DIGITS)
    (answer,) = look_again(path, [look], engine=Recorded((doubtful,)), limits=Limits())
    assert answer.text is None


# ── electronic papers ────────────────────────────────────────────────────────────────────────────────────


def test_an_electronic_paper_needs_no_recognition(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    save_born_digital(guidance(ARRIVES, signed=False), path)
    engine = Recorded()
    paper = read(path, engine, Depth.FULL).paper
    page = paper.page(1)
    assert page is not None
    assert page.source is Source.TEXT_LAYER
    assert engine.asked == []
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page.text
    assert paper.annotations == ()


def test_numbers_that_stand_only_in_annotations_are_seen_where_they_show(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    save_born_digital(guidance(ARRIVES, signed=True), path)
    paper = read(path, Recorded()).paper
    page = paper.page(1)
    assert page is not None
    assert paper.annotations
    assert "annotated" in paper.flags
    number = next(line for line in page.lines if line.text.startswith("Số:"))
    assert [a.text for a in paper.annotations] == ["61", "13"], "each by itself, though on one height"
    assert number.text.startswith("Số: 61 /HD-SNV"), "and in its line"
    with open_source(path, Limits()) as source:
        drawn = source.picture(1).pixels
    box = next(a.box for a in paper.annotations if a.box)
    height, width = drawn.shape[:2]
    part = drawn[int(box.y0 * height) : int(box.y1 * height), int(box.x0 * width) : int(box.x1 * width)]
    assert (part < 100).any(), "and it is drawn into the picture"


def test_a_signature_panel_is_set_apart_with_its_rows() -> None:
    rows = said("Người ký: Cổng Thông tin", "Thời gian ký: 07.01.2025 16:02:32")
    near = tuple(
        Line(tuple(Word(w.text, Box(w.box.x0, 0.02 * at, w.box.x1, 0.02 * at + 0.012)) for w in row.words))
        for at, row in enumerate(rows, 1)
    )
    (panel,) = find_panels([*near, *said("", "", "", "CHÍNH PHỦ")[3:]], (), ())
    assert [line.text for line in panel.lines] == [line.text for line in near]


def test_a_page_that_is_one_picture_is_taken_and_not_drawn_anew(tmp_path: Path) -> None:
    page = rows_of_text(dpi=137)
    path = scan(tmp_path / "a.pdf", page, dpi=137)
    with open_source(path, Limits()) as source:
        assert source.is_scan(1)
        raster = source.picture(1)
    assert raster.pixels.shape == page.shape
    assert raster.dpi == 137


def test_a_coloured_page_stays_coloured(tmp_path: Path) -> None:
    page = blank()
    page[100:200, 100:200] = (206, 32, 44)
    with open_source(scan(tmp_path / "a.pdf", page), Limits()) as source:
        raster = source.picture(1)
    assert raster.has_colour
    red, green, blue = (int(v) for v in raster.pixels[150, 150])
    assert red > 180 > 90 > max(green, blue)
