"""Names that a pen wrote into the stamp of the plan reach the people meant, or the clerk."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from documents.looks import Alphabet, SecondLook, SecondReading
from documents.page import Box
from documents.people import Directory
from documents.reading import FieldName
from fields.stamp_names import find_names
from ocr.raster import Raster
from ocr.stamp_rows import read_stamp_rows
from rules.names import match_names
from samples.office import demo_office
from samples.paper import Hand
from samples.papers import scan as scan_paper
from samples.tay_ninh import SCANNER_WEAR, tay_ninh_plan

DAY = dt.date(2012, 1, 5)


@pytest.mark.fonts
@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize(
    ("written", "one_linh", "value", "people", "reason"),
    [
        pytest.param(
            ("Đ/c Linh,", "Đ/c Thanh Xuân"), True, ["Đ/c Linh", "Đ/c Thanh Xuân"], ["linh", "xuan"], None, id="two people"
        ),
        pytest.param(
            ("Đ/c Linh,", "Đ/c Thanh Xuân"), False, ["Đ/c Linh", "Đ/c Thanh Xuân"], [None, "xuan"], "Phạm Văn Linh", id="two Linhs"
        ),
        pytest.param(("P.CNTT, P.BCVT",), True, ["P.CNTT", "P.BCVT"], ["unit:cntt", "unit:bcvt"], None, id="units"),
        pytest.param(
            ("P.CNTT, VP",), True, ["P.CNTT", "VP"], ["unit:cntt", "unit:vp"], "Tuyết Nhung", id="VP is a letter from CVP"
        ),
        pytest.param(
            ("A. Hùng + Chị Lan",), True, ["A. Hùng", "Chị Lan"], ["pgd", "lan"], "Võ Quốc Dũng", id="a letter from another"
        ),
    ],
)  # fmt: skip
def test_names_by_pen_are_those_of_the_people_meant(
    written: tuple[str, ...],
    one_linh: bool,
    value: list[str],
    people: list[str | None],
    reason: str | None,
    seed: int,
) -> None:
    staff = demo_office(one_linh=one_linh)
    rows = read_rows(written, seed)
    seen = find_names(rows, (), staff, (DAY,))
    assert seen is not None
    assert list(seen.value or ()) == value
    assert [match.reference for match in match_names(value, staff, DAY)] == people
    assert seen.complaint is None if reason is None else reason in (seen.complaint or "")
    assert find_names(rows, (), Directory(), (DAY,)) is None


def read_rows(written: tuple[str, ...], seed: int) -> list[SecondReading]:
    plan = tay_ninh_plan(hand=Hand.PEN, forwarded_to=written)
    assert plan.stamp is not None
    page = scan_paper(plan, SCANNER_WEAR, dpi=200, rng=np.random.default_rng(seed))[0]
    (x, y), (width, height) = plan.stamp.place, (50, 35)
    box = Box(x / 210, y / 297, (x + width) / 210, (y + height) / 297)
    tilt_deg = plan.stamp.tilt_deg + SCANNER_WEAR.skew_deg
    rows = read_stamp_rows(Raster(np.asarray(page, np.uint8), 200), box, tilt_deg, "red")
    look = SecondLook(FieldName.ARRIVAL_AGENCY, 1, box, Alphabet.STAMP)
    return [SecondReading(look, row.text, row.reader) for row in rows]
