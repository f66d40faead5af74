"""Rows of text that two readings did not agree on: who is asked, and what is taken from the cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.looks import Alphabet, SecondLook, SecondReader
from documents.page import Box
from documents.reading import FieldName
from ocr.again import look_again
from ocr.engine import Layout
from ocr.limits import Limits
from tests.ocr.engines import Recorded, said
from tests.ocr.pictures import scan

ROW = Box(0.3, 0.3, 0.7, 0.32)


@pytest.mark.parametrize(
    ("row", "first", "readers"),
    [
        pytest.param(None, None, [SecondReader.AGAIN], id="a row nobody else is to read"),
        pytest.param(ROW, "Phát triển, du lịch", [SecondReader.AGAIN], id="read alike before"),
        pytest.param(
            ROW, "Phát triển du kích", [SecondReader.AGAIN, SecondReader.BLOCK], id="read otherwise"
        ),
        pytest.param(ROW, None, [SecondReader.AGAIN, SecondReader.BLOCK], id="always to be read by others"),
    ],
)
def test_other_readers_are_asked_only_where_two_readings_differ(
    tmp_path: Path, row: Box | None, first: str | None, readers: list[str]
) -> None:
    engine = Recorded([said("Phát triển du lịch"), said("x", "y", "z", "t", "Phát triển du lịch")])
    look = SecondLook(FieldName.SUBJECT, 1, ROW, Alphabet.TEXT, row, first)
    answers = look_again(scan(tmp_path / "a.png"), [look], engine=engine, limits=Limits())
    assert [a.reader for a in answers if a.reader != SecondReader.ROW] == readers
    assert {a.text for a in answers if a.reader != SecondReader.ROW} == {"Phát triển du lịch"}
    assert [layout for *_, layout, _ in engine.asked] == [Layout.LINE, Layout.BLOCK][: len(readers)]


def test_a_cut_without_a_line_in_its_middle_has_no_reading(tmp_path: Path) -> None:
    engine = Recorded([(), said("Kính gửi")])
    look = SecondLook(FieldName.SUBJECT, 1, ROW, Alphabet.TEXT, ROW, "Phát triển")
    answers = look_again(scan(tmp_path / "a.png"), [look], engine=engine, limits=Limits())
    assert [(a.reader, a.text) for a in answers if a.reader != SecondReader.ROW] == [
        (SecondReader.AGAIN, None)
    ]
