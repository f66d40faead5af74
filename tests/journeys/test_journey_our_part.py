"""The plan of Tây Ninh read to its end from a worn scan: whose part is cut out, by the name of the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pytest

from documents.people import Directory
from documents.reading import FieldName
from fields.circumstances import Circumstances
from office.reading import ReadPaper, WorkshopReader, open_reader
from samples.files import save_scan
from samples.papers import scan as scan_paper
from samples.tay_ninh import SCANNER_WEAR, tay_ninh_plan

pytestmark = [pytest.mark.slow, pytest.mark.tesseract, pytest.mark.fonts, pytest.mark.xdist_group("tay-ninh")]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WorkshopReader, ReadPaper]]:
    """The drawn plan, every page read by the real engine."""
    path = tmp_path_factory.mktemp("plan") / "ke_hoach.pdf"
    save_scan(scan_paper(tay_ninh_plan(), SCANNER_WEAR, dpi=300, rng=np.random.default_rng(29)), path)
    with open_reader(slots=1) as reader:
        yield reader, reader.read(path, file_name=path.name, sha256="0" * 64, full=True)


@pytest.mark.parametrize(
    ("office", "found"),
    [
        pytest.param(
            "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
            [("lead", "Tham mưu"), ("lead", "Chủ trì,"), ("support", "Phối hợp")],
            id="a section of its own",
        ),
        pytest.param(
            "SỞ NGOẠI VỤ", [("support", "Chủ trì,"), ("support", "Phối hợp"), ("lead", "Theo dõi")], id="both"
        ),
        pytest.param("SỞ TÀI CHÍNH", [("support", "Phối hợp")], id="needed by another"),
        pytest.param("ỦY BAN NHÂN DÂN HUYỆN TÂN BIÊN", [("all", "Hàng năm")], id="one of all"),
        pytest.param("SỞ Y TẾ", [], id="not named"),
    ],
)
def test_the_part_of_an_office_is_what_names_it(
    read: tuple[WorkshopReader, ReadPaper], office: str, found: list[tuple[str, str]]
) -> None:
    reader, paper = read
    reading = paper.check(
        Circumstances(
            today=dt.date(2012, 1, 5), agencies=reader.agencies, office_names=(office,), staff=Directory()
        )
    )
    field = reading[FieldName.OUR_PART]
    rows = field.value if isinstance(field.value, list) else []
    assert [(r["role"], (r["text"] or "")[:8]) for r in rows if isinstance(r, dict)] == found
    assert all(r["page"] == "2" for r in rows if isinstance(r, dict))
    assert not (field.checked and rows), "a picture read once proves nothing"
