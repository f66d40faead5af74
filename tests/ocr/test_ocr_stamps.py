"""Arrival stamps are found by their frame or their ĐẾN, read in their own ink, and taken out of the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from documents.looks import Alphabet, SecondLook
from documents.page import Box, Line, Page, Region, RegionKind, Word
from documents.reading import FieldName
from documents.text import fold
from ocr.again import look_again
from ocr.cleaning import as_it_is
from ocr.cuts import Cut, cut_out, without_rules
from ocr.engine import TesseractEngine
from ocr.frames import Frame, find_frames
from ocr.inks import ink_only, stamp_ink, stamp_ink_sharp
from ocr.limits import Limits
from ocr.other_ink import with_other_ink
from ocr.raster import Pixels
from ocr.read import Depth, read_paper
from ocr.stamp_reading import what_it_says
from ocr.stamps import blanked, find_stamps
from samples.files import save_scan
from samples.paper import Ink, Paper, Stamp, Wear
from samples.papers import scan as scan_paper
from samples.tay_ninh import SCANNER_WEAR, tay_ninh_plan
from tests.ocr.engines import Recorded, said
from tests.ocr.pictures import BLACK, BLUE, DPI, RED, blank, frame, raster

STAMP_WORDS = said("SỞ Y TẾ", "Số: 29", "ĐẾN", "Ngày: 05/01/2012", "Chuyển: Đ/c Linh")
NOTHING = said("Kính gửi các đơn vị trực thuộc và các phòng ban của huyện")


def frames_of(page: Pixels) -> tuple[Frame, ...]:
    return find_frames(as_it_is(raster(page)))[0]


def iou(one: Box, other: Box) -> float:
    shared = one.overlap(other) * one.width * one.height
    return shared / (one.width * one.height + other.width * other.height - shared)


# ── frames ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ink", [RED, BLUE, BLACK], ids=["red", "blue", "black"])
@pytest.mark.parametrize("tilt", [-5.0, -2.0, 0.0, 2.0, 5.0])
def test_the_frame_of_a_stamp_is_found_in_every_ink_and_tilt(ink: tuple[int, int, int], tilt: float) -> None:
    page = blank()
    frame(page, 30, 60, 50, 35, ink=ink, tilt_deg=tilt)
    (found,) = frames_of(page)
    assert found.width_mm == pytest.approx(50, abs=2)
    assert found.height_mm == pytest.approx(35, abs=2)
    assert found.tilt_deg == pytest.approx(tilt, abs=0.5)
    assert found.drawn > 3.5
    assert found.box.middle[0] * 210 == pytest.approx(55, abs=1)


def test_a_table_is_no_frame() -> None:
    page = blank()
    frame(page, 20, 80, 170, 120, ink=BLACK)
    assert frames_of(page) == ()


def test_a_frame_broken_by_wear_is_put_together_again() -> None:
    page = blank()
    frame(page, 30, 60, 50, 35, ink=BLACK)
    page[:, round(55 / 25.4 * DPI) : round(56.5 / 25.4 * DPI)] = 255
    (found,) = frames_of(page)
    assert found.width_mm == pytest.approx(50, abs=2)


def test_a_round_seal_is_no_frame() -> None:
    page = blank()
    mm = DPI / 25.4
    cv2.circle(page, (round(60 * mm), round(80 * mm)), round(17 * mm), RED, 2, cv2.LINE_AA)
    frames, seals = find_frames(as_it_is(raster(page)))
    assert [len(seals), sum(f.box.overlap(seals[0].box) > 0 for f in frames)] == [1, 0]


# ── what a frame says ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rows", "enough"),
    [
        pytest.param(("SỞ Y TẾ", "ĐẾN", "Số: 2", "Ngày:"), True, id="the form"),
        pytest.param(("CONG VAN ĐEN", "Gio: S", "Ngày: 22/1"), True, id="an older form, marks lost"),
        pytest.param(("ĐỀN", "Ngay"), True, id="little of it"),
        pytest.param(("SAO Y", "Số: 12", "Trang"), False, id="a true copy"),
        pytest.param(("Người ký: Sở Y tế", "Ngày ký: 5/1", "đến"), False, id="a signature panel"),
        pytest.param(("Kính gửi các đơn vị", "đến trước ngày 5/1"), False, id="text"),
        pytest.param(("ĐƠN XIN NGHỈ PHÉP",), False, id="a title one letter off"),
        pytest.param((), False, id="nothing"),
    ],
)
def test_only_what_says_enough_is_a_stamp(rows: tuple[str, ...], enough: bool) -> None:
    assert (what_it_says(said(*rows)) >= 2) is enough


def stamps_of(page: Pixels, engine: Recorded) -> tuple[Region, ...]:
    clean = as_it_is(raster(page))
    return find_stamps(clean, find_frames(clean)[0], engine)


def test_a_frame_that_reads_as_a_stamp_is_one_with_its_words_on_the_page() -> None:
    page = blank()
    frame(page, 30, 60, 50, 35)
    (stamp,) = stamps_of(page, Recorded((STAMP_WORDS,)))
    assert stamp.kind is RegionKind.ARRIVAL_STAMP
    assert stamp.ink == "red"
    assert [line.text for line in stamp.lines][:2] == ["SỞ Y TẾ", "Số: 29"]
    for word in (word for line in stamp.lines for word in line.words):
        assert stamp.box.x0 - 0.02 <= word.box.x0 <= word.box.x1 <= stamp.box.x1 + 0.02
        assert stamp.box.y0 - 0.02 <= word.box.y0 <= word.box.y1 <= stamp.box.y1 + 0.02


def test_a_frame_like_a_stamp_that_cannot_be_read_is_shown_to_a_person() -> None:
    page = blank()
    frame(page, 30, 60, 50, 35)
    (stamp,) = stamps_of(page, Recorded((said("„¿ Ế"),)))
    assert stamp.lines == ()


@pytest.mark.parametrize(
    ("at", "size", "answers"),
    [
        pytest.param((30, 60), (50, 35), (NOTHING,), id="a frame around text"),
        pytest.param((30, 240), (50, 35), (STAMP_WORDS,), id="too low on the page"),
        pytest.param((30, 60), (20, 8), (STAMP_WORDS,), id="too small"),
        pytest.param((30, 20), (20, 50), (STAMP_WORDS,), id="too narrow"),
    ],
)
def test_other_frames_are_no_stamps(
    at: tuple[float, float], size: tuple[float, float], answers: tuple[tuple[object, ...], ...]
) -> None:
    page = blank()
    frame(page, *at, *size)
    assert stamps_of(page, Recorded(answers)) == ()  # type: ignore[arg-type]


def test_a_row_that_one_reading_loses_is_taken_from_the_next() -> None:
    page = blank()
    frame(page, 30, 60, 50, 35)
    without_number = said("SỞ Y TẾ", "ĐẾN", "Ngày: 05/01/2012", "Chuyển: Đ/c Linh")
    (stamp,) = stamps_of(page, Recorded((without_number, STAMP_WORDS)))
    rows = [line.text for line in stamp.lines]
    assert "Số: 29" in rows
    assert "Chuyển: Đ/c Linh" in rows


def test_a_stamp_without_colour_is_not_read_for_its_colour() -> None:
    page = blank()
    frame(page, 30, 60, 50, 35, ink=BLACK)
    engine = Recorded((STAMP_WORDS,))
    assert len(stamps_of(page, engine)) == 1
    assert len(engine.asked) == 1


# ── ink ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("way", [ink_only, stamp_ink, stamp_ink_sharp])
def test_coloured_ink_stays_and_black_print_goes(way: object) -> None:
    page = blank(20, 20)
    page[10:20, 10:30] = RED
    page[30:40, 10:30] = BLACK
    page[50:60, 10:30] = BLUE
    page[50:60, 40:60] = (160, 160, 160)
    gray = way(page)  # type: ignore[operator]
    assert gray.shape == page.shape[:2]
    assert gray[15, 20] < 100
    assert gray[55, 20] < 110
    assert gray[35, 20] > 220
    assert gray[55, 50] > 220
    assert gray[5, 5] == 255


def test_pale_rubber_is_still_ink() -> None:
    page = blank(20, 20)
    page[10:20, 10:30] = (238, 180, 185)
    assert stamp_ink(page)[15, 20] < 200


def test_rules_go_and_letters_stay() -> None:
    gray = np.full((400, 700), 255, np.uint8)
    cv2.line(gray, (20, 50), (680, 56), (90,), 4)
    cv2.line(gray, (30, 20), (30, 380), (120,), 4)
    cv2.putText(gray, "Chuyen: Linh", (120, 220), cv2.FONT_HERSHEY_SIMPLEX, 2, (0,), 4)
    letters = int((gray[150:260, 60:] < 128).sum())
    bare = without_rules(Cut(gray, 300, np.eye(2, 3)))
    pad = (bare.pixels.shape[0] - gray.shape[0]) // 2
    inner = bare.pixels[pad:-pad, pad:-pad]
    assert int((inner[30:80, 200:660] < 128).sum()) == 0
    assert int((inner[300:380, 10:60] < 128).sum()) == 0
    assert int((inner[150:260, 60:] < 128).sum()) > 0.95 * letters


@pytest.mark.parametrize("tilt", [-5.0, 0.0, 5.0])
def test_a_cut_knows_its_way_back_to_the_page(tilt: float) -> None:
    page = blank()
    frame(page, 30, 60, 50, 35, tilt_deg=tilt)
    middle = (round(70 / 25.4 * DPI), round(80 / 25.4 * DPI))
    cv2.circle(page, middle, 4, BLACK, -1)
    (found,) = frames_of(page)
    cut = cut_out(page, found.box, dpi=DPI, tilt_deg=found.tilt_deg)
    ys, xs = np.nonzero(cut.pixels.max(axis=2) < 60)
    height, width = cut.pixels.shape[:2]
    spot = Box(xs.min() / width, ys.min() / height, xs.max() / width, ys.max() / height)
    placed = cut.on_page(spot).middle
    assert placed[0] * page.shape[1] == pytest.approx(middle[0], abs=1.5)
    assert placed[1] * page.shape[0] == pytest.approx(middle[1], abs=1.5)


def test_black_stamps_are_painted_over_and_print_under_coloured_ones_stays() -> None:
    page = blank()
    frame(page, 30, 60, 50, 35)
    page[250:260, 150:190] = BLACK
    clean = as_it_is(raster(page))
    box = Box(30 / 210, 60 / 297, 80 / 210, 95 / 297)
    coloured = blanked(clean, [Region(RegionKind.ARRIVAL_STAMP, box, STAMP_WORDS, "red")])
    assert coloured[255, 170] < 50
    black = blanked(clean, [Region(RegionKind.ARRIVAL_STAMP, box, STAMP_WORDS, "black")])
    assert black[255, 170] == 255


@pytest.mark.parametrize(
    ("clear", "ink"),
    [
        pytest.param(95.0, "red", id="a word of the letter runs through"),
        pytest.param(20.0, "mixed", id="handwriting that nobody could read"),
        pytest.param(None, "mixed", id="nothing was read there"),
    ],
)
def test_black_writing_in_a_coloured_stamp_is_noticed(clear: float | None, ink: str) -> None:
    page = blank(dpi=200)
    frame(page, 30, 60, 50, 35, dpi=200)
    cv2.putText(page, "Linh", (300, 690), cv2.FONT_HERSHEY_SIMPLEX, 1.2, BLACK, 4)
    box = Box(30 / 210, 60 / 297, 80 / 210, 95 / 297)
    height, width = page.shape[:2]
    word = Box(300 / width, 660 / height, 380 / width, 692 / height)
    lines = [Line((Word("Linh", word, clear),))] if clear else []
    clean = as_it_is(raster(page, 200))
    stamp = Region(RegionKind.ARRIVAL_STAMP, box, STAMP_WORDS, "red")
    assert with_other_ink(clean, stamp, lines).ink == ink
    black = replace(stamp, ink="black")
    assert with_other_ink(clean, black, lines) is black


# ── drawn scans ──────────────────────────────────────────────────────────────────────────────────────────


def first_page_only(paper: Paper, stamp: Stamp | None) -> Paper:
    return replace(paper, body=paper.body[:6], recipients=(), typist_mark=(), seal=None, stamp=stamp)


def read_page_1(path: Path, stamp: Stamp | None, how: Wear, *, dpi: int, seed: int) -> tuple[Page, Path]:
    paper = first_page_only(tay_ninh_plan(), stamp)
    file = path / "a.pdf"
    save_scan(scan_paper(paper, how, dpi=dpi, rng=np.random.default_rng(seed))[:1], file)
    read = read_paper(
        file, file_name="a.pdf", sha256="0" * 64, engine=TesseractEngine(), depth=Depth.HEAD, limits=Limits()
    )
    page = read.paper.page(1)
    assert page is not None
    return page, file


def plan_stamp(**changes: object) -> Stamp:
    stamp = tay_ninh_plan().stamp
    assert stamp is not None
    return replace(stamp, **changes)  # type: ignore[arg-type]


@pytest.mark.tesseract
@pytest.mark.parametrize(
    ("stamp", "ink"),
    [
        pytest.param(plan_stamp(), "red", id="red, over the text"),
        pytest.param(plan_stamp(ink=Ink.VIOLET, tilt_deg=5.0), "blue", id="violet, leaning five degrees"),
    ],
)
def test_a_stamp_over_text_is_read_twice_alike_without_the_text(
    stamp: Stamp, ink: str, tmp_path: Path
) -> None:
    page, file = read_page_1(tmp_path, stamp, SCANNER_WEAR, dpi=300, seed=3)
    (region,) = page.regions_of(RegionKind.ARRIVAL_STAMP)
    assert region.ink == ink
    first = "\n".join(line.text for line in region.lines)
    look = SecondLook(FieldName.ARRIVAL_AGENCY, 1, region.box, Alphabet.STAMP)
    answer, *_ = look_again(file, [look], engine=TesseractEngine(), limits=Limits())
    for text in (first, answer.text or ""):
        rows = fold(text.replace("\n", " / "))
        for wanted in ("so: 29", "05/01/2012", "linh", "d/c thanh"):
            assert wanted in rows
        assert "can cu" not in rows
    assert "05/01/2012" not in page.text
    assert "Căn cứ Quyết định" in page.text


@pytest.mark.tesseract
def test_a_page_without_a_stamp_has_none(tmp_path: Path) -> None:
    page, _ = read_page_1(tmp_path, None, Wear(grey=True, noise=3), dpi=150, seed=3)
    assert page.regions_of(RegionKind.ARRIVAL_STAMP) == ()


@pytest.mark.slow
@pytest.mark.tesseract
@pytest.mark.parametrize("seed", range(8))
def test_the_plan_of_tay_ninh_is_read_whatever_its_wear(seed: int, tmp_path: Path) -> None:
    page, _ = read_page_1(tmp_path, plan_stamp(), SCANNER_WEAR, dpi=300, seed=seed)
    (region,) = page.regions_of(RegionKind.ARRIVAL_STAMP)
    rows = fold(" / ".join(line.text for line in region.lines))
    for wanted in ("so: 29", "ngay: 05/01/2012", "d/c linh, / d/c thanh xuan"):
        assert wanted in rows
