"""A real reader finds the words of drawn papers on their pictures."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from samples.drawing import draw_pages
from samples.files import save_scan
from samples.letters import invitation
from samples.paper import Paper, Wear
from samples.papers import COPY_SCAN, OFFICE_SCAN, scan
from samples.reports import decision
from samples.setting import set_paper
from samples.tay_ninh import SCANNER_WEAR, tay_ninh_plan

DAY = dt.date(2026, 3, 16)


pytestmark = [pytest.mark.tesseract, pytest.mark.fonts]


def read_first_page(paper: Paper, how: Wear, folder: Path, *, dpi: int = 200) -> str:
    """The words on page 1, spaces joined."""
    rng = np.random.default_rng(11)
    pages = scan(paper, how, dpi=dpi, rng=rng) if how != Wear() else draw_pages(paper, dpi=dpi, rng=rng)
    save_scan(pages[:1], folder / "page.png")
    run = subprocess.run(
        ["tesseract", str(folder / "page.png"), "-", "-l", "vie"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return unicodedata.normalize("NFC", " ".join(run.stdout.split()))


def share_read(paper: Paper, text: str) -> float:
    """How many of the words on page 1 stand in `text`."""
    printed = [word for run in set_paper(paper)[0].runs for word in run.text.split()]
    read = set(text.split())
    return sum(word in read for word in printed) / len(printed)


@pytest.mark.parametrize(
    ("paper", "how", "share", "words"),
    [
        pytest.param(
            invitation(DAY),
            Wear(),
            0.98,
            (
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Số: 118/GM-STC",
                "Tây Ninh, ngày 13 tháng 3 năm 2026",
                "Họp thẩm định dự toán kinh phí",
            ),
            id="a clean page is read word for word",
        ),
        pytest.param(
            invitation(DAY),
            OFFICE_SCAN,
            0.95,
            ("118/GM-STC", "ngày 13 tháng 3 năm 2026"),
            id="an everyday scan is read",
        ),
        pytest.param(
            decision(DAY),
            COPY_SCAN,
            0.93,
            ("1408/QĐ-UBND", "QUYẾT ĐỊNH"),
            id="a crooked gray copy is read but for a few marks",
        ),
        pytest.param(
            tay_ninh_plan(),
            SCANNER_WEAR,
            0.9,
            ("02/KH-UBND", "ngày 03 tháng 01 năm 2012", "1171/BTTTT-TTĐN", "05/01/2012"),
            id="the plan is read around and under its red stamp",
        ),
    ],
)
def test_words_of_the_paper_are_read(
    paper: Paper, how: Wear, share: float, words: tuple[str, ...], tmp_path: Path
) -> None:
    text = read_first_page(paper, how, tmp_path)
    assert [wanted for wanted in words if wanted not in text] == []
    assert share_read(paper, text) >= share
