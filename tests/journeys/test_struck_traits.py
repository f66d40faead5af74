"""Values struck out and corrected by pen, each drawn and read: never the old value, checked.

The old value may be shown, with a reason; what is not struck out on the same paper stays checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from documents.reading import FieldName
from office.reading import WorkshopReader, open_reader, read_file_json
from samples.paper import Hand, Wear
from samples.sheet import Rule, Run, Sheet
from samples.typeface import Face, width_mm
from tests.journeys.trait_papers import CLEAN, FAX, ISSUED, Trait, letter

pytestmark = [pytest.mark.tesseract, pytest.mark.fonts, pytest.mark.slow, pytest.mark.xdist_group("traits")]

NUMBER, DATE = FieldName.NUMBER_SYMBOL, FieldName.DATE
COARSE = Wear(skew_deg=-0.8, noise=4.0, blur=0.5, jpeg_quality=55)
Lines = tuple[tuple[float, float], ...]
"""Heights of each line over the base line, in mm, at its left end and at its right."""
SINGLE: Lines = ((1.4, 1.6),)
TILTED: Lines = ((1.0, 2.0),)
DOUBLE: Lines = ((1.0, 1.1), (1.9, 2.0))
SLANTING: Lines = ((-0.4, 3.2),)


def struck(
    before: str, old: str, new: str, *, lines: Lines = SINGLE, above_mm: float = 4.8
) -> Callable[[list[Sheet]], None]:
    """Strike out `old`, which is printed after `before`, and write `new` so far above it, or below."""

    def strike(sheets: list[Sheet]) -> None:
        sheet = sheets[0]
        by_pen = next((run for run in sheet.pen if run.text == old), None)
        if by_pen is not None:
            left, base = by_pen.x_mm, by_pen.y_mm
            right = left + width_mm(old, by_pen.face, by_pen.size_pt)
        else:
            run = next(run for run in sheet.runs if before + old in run.text)
            head = run.text.split(before + old)[0] + before
            left, base = run.x_mm + width_mm(head, run.face, run.size_pt), run.y_mm
            right = left + width_mm(old, run.face, run.size_pt)
        for low, high in lines:
            sheet.rules.append(Rule(left - 0.8, base - low, right + 0.8, base - high, 0.35))
        if new:
            sheet.pen.append(Run(new, left, base - above_mm, Face.PEN, 15))

    return strike


def of_number(old: str, new: str, *, how: Wear = CLEAN, by: Hand = Hand.TYPED, **more: object) -> Trait:
    return Trait(
        paper=letter(number=old, number_by=by),
        sheets=struck("Số: ", old, new, **more),  # type: ignore[arg-type]  # as `struck` has them
        how=how,
        must=(DATE,),
        says={NUMBER: f"{new}/SYT-NVY"},
    )


def of_date(before: str, old: str, new: str, says: str, *, how: Wear = CLEAN, **more: object) -> Trait:
    return Trait(
        paper=letter(),
        sheets=struck(before, old, new, **more),  # type: ignore[arg-type]  # as `struck` has them
        how=how,
        must=(NUMBER,),
        says={DATE: says},
    )


STRUCK = {
    "typed number, above": of_number("2062", "2063"),
    "typed number, below": of_number("417", "418", above_mm=-5.0, lines=TILTED),
    "typed number, on a fax": of_number("1045", "1054", how=FAX),
    "typed number, twice": of_number("391", "397", lines=DOUBLE),
    "typed number, from corner to corner": of_number("1045", "1054", lines=SLANTING),
    "typed number, worn scan": of_number("77", "71", how=COARSE),
    "number by pen, above": of_number("77", "71", by=Hand.PEN),
    "number by pen, on a fax": of_number("391", "397", by=Hand.PEN, how=FAX),
    "day, above": of_date("ngày ", "14", "15", "2018-03-15"),
    "day, below, on a fax": of_date("ngày ", "14", "16", "2018-03-16", how=FAX, above_mm=-5.5),
    "day, twice": of_date("ngày ", "14", "19", "2018-03-19", lines=DOUBLE),
    "month": of_date("tháng ", "3", "4", "2018-04-14", lines=TILTED),
    "year": of_date("năm ", "2018", "2019", "2019-03-14"),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[WorkshopReader]:
    with open_reader(slots=1) as opened:
        yield opened


@pytest.mark.parametrize("trait", [pytest.param(trait, id=name) for name, trait in STRUCK.items()])
def test_a_value_struck_out_is_asked_about_and_the_others_are_not(
    trait: Trait, reader: WorkshopReader, tmp_path: Path
) -> None:
    trait.save(tmp_path / "quet.pdf")
    read = read_file_json(reader, tmp_path / "quet.pdf", full=False, today=ISSUED.replace(year=2026))
    (changed,) = trait.says
    assert not read["fields"][changed.value]["checked"]
    assert read["fields"][changed.value]["reason"]
    for name in trait.must:
        assert read["fields"][name.value]["value"] == str(trait.expected()[name])
        assert "gạch bỏ" not in (read["fields"][name.value]["reason"] or "")
