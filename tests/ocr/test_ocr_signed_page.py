"""Which page of a long paper is signed shows before any is read: by its seal, or by the file's own words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ocr.files import open_source
from ocr.limits import Limits
from ocr.raster import Pixels
from ocr.signed_page import find_signed_pages, is_sealed
from samples.electronic import save_born_digital
from samples.paper import Seal
from samples.reports import guidance
from samples.stamps import cut_seal
from tests.ocr.engines import Recorded, said
from tests.ocr.pictures import ARRIVES, BLACK, DPI, RED, raster, rows_of_text, scan
from tests.ocr.test_ocr_read import read

MM = DPI / 25.4
PLAIN, SIGNED = said("Căn cứ Quyết định số 79"), said("Nơi nhận: TM. ỦY BAN")


def page(x_mm: float | None = None, y_mm: float = 120, *, ink: tuple[int, int, int] = RED) -> Pixels:
    """A page of text, with a seal of 36 mm whose middle is at (`x_mm`, `y_mm`); it may lie across an edge."""
    pixels = np.repeat(rows_of_text()[:, :, None], 3, axis=2)
    if x_mm is not None:
        mask = cut_seal(Seal(rim="CỘNG HÒA XHCN VIỆT NAM TỈNH KIÊN GIANG", middle=("SỞ", "Y TẾ")), dpi=DPI)
        x, y = round(x_mm * MM) - mask.shape[1] // 2, round(y_mm * MM) - mask.shape[0] // 2
        width = min(mask.shape[1], pixels.shape[1] - x)
        part = pixels[y : y + mask.shape[0], x : x + width]
        share = mask[:, :width, None] / 255.0
        part[:] = np.minimum(part, part * (1 - share) + np.array(ink) * share).astype(np.uint8)
    return pixels


@pytest.mark.parametrize(
    ("pixels", "sealed"),
    [
        pytest.param(page(130), True, id="where signatures stand"),
        pytest.param(page(130, ink=BLACK), True, id="a photocopy: all of it black"),
        pytest.param(page(130, ink=BLACK).min(axis=2), True, id="a gray scan"),
        pytest.param(page(), False, id="text alone"),
        pytest.param(page(40, 30), False, id="an annex, sealed at the left of its head"),
        pytest.param(page(208), False, id="across the edges of all pages: half of it on each"),
        pytest.param(np.full((9, 9), 255, np.uint8), False, id="nearly nothing"),
    ],
)
def test_a_seal_counts_where_signatures_stand(pixels: Pixels, sealed: bool) -> None:
    assert is_sealed(raster(np.asarray(pixels, np.uint8))) is sealed


@pytest.mark.parametrize(
    ("answers", "signature_pages", "read_pages"),
    [
        pytest.param(
            [PLAIN, PLAIN, SIGNED], 3, [1, 4, 8], id="the last page is an annex, then the sealed one"
        ),
        pytest.param([PLAIN, SIGNED], 3, [1, 8], id="signed on the last: no seal is sought"),
        pytest.param([PLAIN], 3, [1, 2, 4, 8], id="the seal says it, the words do not: bounded"),
        pytest.param([PLAIN], 1, [1, 8], id="a single page allowed"),
    ],
)
def test_of_a_long_scan_the_page_with_the_seal_is_read(
    answers: list[tuple[object, ...]], signature_pages: int, read_pages: list[int], tmp_path: Path
) -> None:
    pages = [page() for _ in range(8)]
    pages[3], pages[4] = page(130), page(40, 30)
    path = scan(tmp_path / "a.pdf", *pages, dpi=110)
    engine = Recorded(answers)  # type: ignore[arg-type]
    paper = read(path, engine, limits=Limits(signature_pages=signature_pages)).paper
    assert [p.number for p in paper.pages] == read_pages


def test_the_files_own_words_say_which_page_is_signed(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    save_born_digital(guidance(ARRIVES, signed=False), path)
    with open_source(path, Limits()) as source:
        numbers = range(1, source.page_count + 1)
        said_so = [n for n in numbers if any("Nơi nhận" in line.text for line in source.words(n))]
        assert list(find_signed_pages(source, numbers)) == said_so
        assert said_so
