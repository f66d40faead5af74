"""A very coarse page is read twice, and the better reading of each line is kept."""

from __future__ import annotations

import numpy as np
import pytest

from documents.page import Box, Line, Word
from documents.syllables import count_sensible
from ocr.cleaning import CALMED_DPI, COARSE_DPI, calmed
from ocr.coarse import better_of, read_enlarged
from ocr.engine import TesseractEngine
from ocr.inks import under_coloured_ink
from ocr.orientation import make_upright
from ocr.raster import Raster
from samples.letters import invitation
from samples.paper import Wear
from samples.papers import scan
from tests.ocr.engines import Recorded
from tests.ocr.pictures import ARRIVES, BLACK, RED, blank, rows_of_text


def line(text: str, *, row: int, sure: float, x0: float = 0.1, x1: float = 0.9) -> Line:
    """One word standing for a line, so high that rows touch but do not overlap."""
    return Line((Word(text, Box(x0, row * 0.02, x1, row * 0.02 + 0.018), sure),))


CASES = [
    pytest.param(["Số: 12"], ["Sổ: l2"], [90, 70], ["Số: 12"], id="the surer reading is kept"),
    pytest.param(["tháng $1"], ["tháng 01"], [60, 95], ["tháng 01"], id="also when it is the second"),
    pytest.param(["ngày"], ["ngày 04 tháng 01"], [95, 90], ["ngày 04 tháng 01"], id="and the fuller one"),
    pytest.param(
        ["Hà Nội"], ["Hà Nội »~=|ÿ"], [90, 30], ["Hà Nội"], id="rubbish does not make a line fuller"
    ),
    pytest.param(["như nhau"], ["như nhau"], [90, 90], ["như nhau"], id="alike, once"),
]


@pytest.mark.parametrize(("first", "second", "sure", "kept"), CASES)
def test_of_two_readings_of_a_line_the_better_is_kept(
    first: list[str], second: list[str], sure: list[int], kept: list[str]
) -> None:
    ours = [line(text, row=i, sure=sure[0]) for i, text in enumerate(first)]
    theirs = [line(text, row=i, sure=sure[1]) for i, text in enumerate(second)]
    assert [found.text for found in better_of(ours, theirs)] == kept


def test_what_only_the_second_reading_has_stands_in_its_place() -> None:
    first = [line("Số: 12", row=1, sure=90), line("Kính gửi", row=5, sure=90)]
    second = [line("ngày 04 tháng 01", row=3, sure=90), line("#~", row=7, sure=20)]
    assert [found.text for found in better_of(first, second)] == ["Số: 12", "ngày 04 tháng 01", "Kính gửi"]


def test_a_line_that_one_reading_has_in_two_parts_is_compared_as_a_whole() -> None:
    whole = [line("Số 12 ngày 04", row=1, sure=60)]
    parts = [line("Số: 12", row=1, sure=90, x1=0.4), line("ngày 04", row=1, sure=90, x0=0.5)]
    assert [found.text for found in better_of(whole, parts)] == ["Số: 12", "ngày 04"]
    assert [found.text for found in better_of(parts, whole)] == ["Số: 12", "ngày 04"]


def test_nothing_lost_and_nothing_found_twice_where_a_reading_is_empty() -> None:
    lines = (line("một", row=1, sure=90), line("hai", row=2, sure=90))
    assert better_of(lines, ()) == lines
    assert better_of((), lines) == lines


@pytest.mark.parametrize(
    ("dpi", "times"),
    [
        pytest.param(72, 2, id="very coarse: twice"),
        pytest.param(CALMED_DPI, 1, id="coarse: once, enlarged"),
        pytest.param(COARSE_DPI, 1, id="fine enough: once, as it is"),
    ],
)
def test_only_a_very_coarse_page_costs_a_second_reading(dpi: int, times: int) -> None:
    engine = Recorded()
    read_enlarged(rows_of_text(dpi=dpi), dpi, engine)
    assert len(engine.asked) == times


def test_what_is_enlarged_already_is_judged_by_what_was_taken() -> None:
    engine = Recorded()
    read_enlarged(rows_of_text(dpi=200), 200, engine, sharpness_dpi=60)
    assert [dpi for _, dpi, *_ in engine.asked] == [200, 200]


def test_calming_darkens_pale_print_and_keeps_paper_white() -> None:
    page = np.full((300, 300), 255, np.uint8)
    page[100:110, 50:250] = 150
    calm = calmed(page, 2.0)
    assert int(calm[105, 150]) < 60
    assert int(calm[20, 20]) == 255


def test_print_beside_a_stamp_keeps_its_edges_when_the_stamps_colour_runs_over_it() -> None:
    page = blank(20, 20)
    page[10:20, 10:60] = BLACK
    page[20:24, 10:60] = (150, 112, 112)
    page[40:44, 10:60] = RED
    seen = under_coloured_ink(page)
    assert int(seen[15, 30]) < 40
    assert int(seen[22, 30]) < 190, "tinted print"
    assert int(seen[42, 30]) > 245, "the stamp"
    assert int(seen[60, 60]) == 255


@pytest.mark.tesseract
def test_a_letter_at_72_dpi_is_read_at_least_as_well_twice_as_once() -> None:
    wear = Wear(blur=0.6, noise=3, jpeg_quality=60)
    (page, *_) = scan(invitation(ARRIVES), wear, dpi=72, rng=np.random.default_rng(5))
    engine = TesseractEngine()
    clean = make_upright(Raster(np.asarray(page.convert("RGB"), np.uint8), 72), engine)
    once = engine.read_lines(clean.fit_to_read()[0], dpi=200)
    assert _sense(read_enlarged(clean.gray, 72, engine)) >= 0.97 * _sense(once)


def _sense(lines: tuple[Line, ...]) -> int:
    return count_sensible(word.text for line in lines for word in line.words)
