"""Page pictures for the screen are small, and no coarser than the page was scanned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocr.raster import Raster
from ocr.screen import keep_picture


@pytest.mark.parametrize(
    ("taken_px", "kept_px"),
    [
        pytest.param(2480, 1240, id="A4 at 300 dpi is halved"),
        pytest.param(2550, 1275, id="a letter sheet at 300 dpi is halved"),
        pytest.param(4960, 1240, id="A4 at 600 dpi is quartered"),
        pytest.param(1654, 1280, id="A4 at 200 dpi loses a quarter"),
        pytest.param(2000, 1280, id="half would be too coarse"),
        pytest.param(1000, 1000, id="a small picture stays as it is"),
    ],
)
def test_a_picture_for_the_screen_is_as_wide_as_the_screen_needs(
    taken_px: int, kept_px: int, tmp_path: Path
) -> None:
    page = np.full((taken_px // 4, taken_px), 255, np.uint8)
    picture = keep_picture(Raster(page, 300), 1, tmp_path)
    assert picture.width_px == kept_px
    assert picture.height_px == pytest.approx(kept_px / 4, abs=1)
    with Image.open(picture.path) as shown:
        assert shown.size == (picture.width_px, picture.height_px)
