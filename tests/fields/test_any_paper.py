"""Whatever stands on a paper, and wherever: it is read to the end, and every value shows its place."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Sequence
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.looks import SecondLook, SecondReader, SecondReading
from documents.page import Box, Paper, around
from documents.reading import FieldName, Reading, reading_as_json
from documents.record import BookState
from fields.agencies import load_agencies
from fields.circumstances import Circumstances
from fields.read import check_fields, find_fields, list_second_looks
from tests.fields.hostile_papers import ANYTHING, ANYWHERE, TEXTS, papers
from tests.fields.paper_from_text import line
from tests.fields.paper_from_text import paper as laid_paper

DIRECTORY = load_agencies()
TODAY = dt.date(2026, 11, 24)
CIRCUMSTANCES = (
    Circumstances(today=TODAY, agencies=DIRECTORY),
    Circumstances(
        today=TODAY,
        agencies=DIRECTORY,
        office_names=("Sở Y tế tỉnh Kiên Giang", "SYT"),
        books={2018: BookState(book="den", year=2018, next_number=42)},
        received_on=dt.date(2018, 1, 4),
    ),
)


@st.composite
def answers(draw: st.DrawFn, looks: tuple[SecondLook, ...]) -> list[SecondReading]:
    """Every place read again by some readers, each of which says anything."""
    said: list[SecondReading] = []
    for look in looks[:12]:
        for reader in draw(st.lists(st.sampled_from(SecondReader), max_size=2)):
            text = draw(st.none() | TEXTS | st.sampled_from(["01", "8", "02/01/2018", "a\n\nb"]))
            shares = draw(st.lists(st.tuples(ANYTHING, st.floats(0, 1)), max_size=2))
            said.append(SecondReading(look, text, reader, tuple(shares)))
    return said


def read(paper: Paper, data: st.DataObject) -> Reading:
    findings = find_fields(paper, DIRECTORY)
    said = data.draw(answers(list_second_looks(findings)))
    return check_fields(findings, said, data.draw(st.sampled_from(CIRCUMSTANCES)))


def holds(outer: Box, inner: Box) -> bool:
    near = 1e-9
    return (
        outer.x0 - near <= inner.x0 <= inner.x1 <= outer.x1 + near
        and outer.y0 - near <= inner.y0 <= inner.y1 <= outer.y1 + near
    )


def ink_of(paper: Paper, number: int) -> Box:
    """The smallest box around all that the reader handed over for page `number`."""
    every = [page for page in (*paper.pages, *paper.text_layer) if page.number == number]
    lines = [line for page in every for line in (*page.lines, *(at for r in page.regions for at in r.lines))]
    return around(
        (
            *(word.box for line in lines for word in line.words),
            *(region.box for page in every for region in page.regions),
            *(a.box for a in paper.annotations if a.page == number and a.box),
        )
    )


@settings(max_examples=40)
@given(papers(), st.data())
def test_every_field_is_read_and_shows_its_place_on_its_page(paper: Paper, data: st.DataObject) -> None:
    reading = read(paper, data)
    assert [field.name for field in reading] == list(FieldName)
    json.dumps(reading_as_json(reading))
    for field in reading:
        assert not (field.checked and field.reason)
        assert field.value is None or field.checked or field.reason
        if field.box is not None:
            assert field.page is not None
            assert paper.page(field.page) is not None
            assert holds(ink_of(paper, field.page), field.box), field


@settings(max_examples=25)
@given(papers(ANYWHERE), st.data())
def test_boxes_that_leave_the_page_upset_nothing(paper: Paper, data: st.DataObject) -> None:
    json.dumps(reading_as_json(read(paper, data)))


def steps(paper: Paper) -> int:
    """How many functions are called to read `paper`: its cost, the same on every machine."""
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        check_fields(find_fields(paper, DIRECTORY), (), CIRCUMSTANCES[0])
    finally:
        sys.setprofile(before)
    return count


HOSTILE = {
    "one long word": lambda n: [" ".join(["1" * 20 * n])],
    "slashes": lambda n: ["1/" * n],
    "one long line of numbers": lambda n: ["12/QĐ-UBND " * n],
    "many short lines": lambda n: ["Số: /"] * n,
    "a list of numbers": lambda n: ["số 1, " * 10 * n],
    "many dates": lambda n: ["Hà Nội, ngày 02 tháng 01 năm 2018"] * n,
    "many deadlines": lambda n: ["đề nghị báo cáo trước ngày 15/3/2018 và"] * n,
    "hyphens": lambda n: ["- " * n],
    "letters one by one": lambda n: ["a " * n] * 2,
    "many names": lambda n: ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "BS. CKI. Nguyễn Văn An"] * n,
    "degrees": lambda n: ["BS.CK1." * n + " Nguyễn"],
    "many recipients": lambda n: ["Nơi nhận:", *["- Như trên;"] * n],
    "many heads": lambda n: ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "UBND TỈNH KIÊN GIANG"] * n,
    "stamps": lambda n: ["ĐẾN Số: 12 Ngày: 21/3/18 Chuyển: P. NVD"] * n,
    "brackets": lambda n: ["(" * n + ")" * n],
}


def long_paper(texts: Sequence[str]) -> Paper:
    rows = [line(text.strip(), 0.1, 0.05 + 0.9 * at / len(texts)) for at, text in enumerate(texts)]
    return laid_paper(rows)


@pytest.mark.parametrize("kind", [pytest.param(make, id=name) for name, make in HOSTILE.items()])
def test_reading_twice_as_much_costs_about_twice_as_much(kind: Callable[[int], list[str]]) -> None:
    few, many = (steps(long_paper(kind(n))) for n in (60, 120))
    assert many < 2.6 * few
