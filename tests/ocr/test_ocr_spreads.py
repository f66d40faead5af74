"""Two pages on one sheet are two pages; broad papers and pages on their side are not cut."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from ocr.limits import Limits
from ocr.raster import Gray, Raster
from ocr.spreads import find_gutter, open_pages
from tests.ocr.pictures import DPI, scan


def side_by_side(left: Gray, right: Gray) -> Gray:
    return np.ascontiguousarray(np.hstack([left, right]))


WORDS = ("kinh", "gui", "cac", "don", "vi", "thuc", "hien", "ke", "hoach", "truoc", "ngay", "bao", "cao")


def full_rows() -> Gray:
    """A page with a different line of text in every row."""
    page = np.full((1169, 827), 255, np.uint8)
    rng = np.random.default_rng(3)
    for y in range(100, 1080, 40):
        text = " ".join(rng.choice(WORDS, 9))
        cv2.putText(page, text, (80, y), cv2.FONT_HERSHEY_COMPLEX, 0.55, (0,), 1)
    page[:, 760:] = 255
    return page


def with_table() -> Gray:
    """A broad sheet whose table runs over its middle."""
    sheet = side_by_side(full_rows(), full_rows())
    for y in range(300, 900, 60):
        cv2.line(sheet, (100, y), (sheet.shape[1] - 100, y), (0,), 2)
    return sheet


def with_title() -> Gray:
    """A broad certificate with a title in its middle."""
    sheet = np.full((827, 1169), 255, np.uint8)
    cv2.putText(sheet, "GIAY CHUNG NHAN", (380, 400), cv2.FONT_HERSHEY_COMPLEX, 1.5, (0,), 3)
    return sheet


@pytest.mark.parametrize(
    ("sheet", "parted"),
    [
        pytest.param(side_by_side(full_rows(), full_rows()), True, id="two pages side by side"),
        pytest.param(full_rows(), False, id="one page upright"),
        pytest.param(with_table(), False, id="a broad table"),
        pytest.param(with_title(), False, id="a certificate"),
        pytest.param(np.rot90(full_rows()).copy(), False, id="one page scanned lying on its side"),
        pytest.param(np.full((827, 1169), 255, np.uint8), False, id="an empty sheet"),
        pytest.param(
            side_by_side(full_rows(), np.full_like(full_rows(), 255)), False, id="the second page empty"
        ),
    ],
)
def test_a_sheet_is_parted_only_where_two_pages_are(sheet: Gray, parted: bool) -> None:
    gutter = find_gutter(Raster(sheet, DPI))
    assert (gutter is not None) is parted
    if gutter is not None:
        assert gutter == pytest.approx(0.5, abs=0.05)


def test_pages_of_parted_sheets_follow_each_other(tmp_path: Path) -> None:
    marked = full_rows()
    marked[50:120, 50:120] = 0
    sheets = side_by_side(full_rows(), marked), full_rows()
    path = scan(tmp_path / "a.tif", *sheets)
    with open_pages(path, Limits()) as source:
        assert source.page_count == 3
        assert "two_on_a_sheet" in source.flags()
        first, second, third = (source.picture(number) for number in (1, 2, 3))
        assert first.width_px + second.width_px == sheets[0].shape[1]
        assert third.width_px == sheets[1].shape[1]
        assert (second.pixels == 0).sum() > (first.pixels == 0).sum()


def test_words_and_annotations_go_with_their_page(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.png", side_by_side(full_rows(), full_rows()))
    with open_pages(path, Limits()) as source:
        for number in (1, 2):
            assert source.words(number) == ()
            assert source.annotations(number) == ()
            assert source.signature_boxes(number) == ()
            source.check_page(number)
            assert source.is_scan(number)
        assert source.signatures() == ()


def test_a_file_that_begins_with_an_ordinary_page_is_left_alone(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.tif", full_rows(), side_by_side(full_rows(), full_rows()))
    with open_pages(path, Limits()) as source:
        assert source.page_count == 2
        assert "two_on_a_sheet" not in source.flags()
