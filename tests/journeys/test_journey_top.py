"""The example letter, drawn and worn: passed on by the upper part of its page, then read to the end.

Real Tesseract, real rules, real database. The letter names its day below the part that is read first.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from documents.reading import FieldName
from documents.record import BODY_UNREAD, DocumentRecord
from documents.status import Status
from gateways.store import Beside
from office.office import Office
from office.reading import open_reader
from samples.example import example_letter
from samples.files import save_scan
from samples.papers import OFFICE_SCAN, scan
from tests.journeys.working import drop, take_in, work_one
from tests.offices import an_office

pytestmark = [pytest.mark.tesseract, pytest.mark.fonts]
MONDAY = dt.datetime(2026, 3, 16, 1, 12, tzinfo=dt.UTC)
BY_TEXT = dt.date(2026, 3, 25)
COUNTED, NAMED = "trong thời hạn 10 ngày làm việc kể từ ngày nhận được Công văn này", "trước ngày 25/3/2026"


def letter(path: Path) -> Path:
    """The letter as a worn scan, with a day of its own instead of days to count."""
    paper = example_letter()
    body = tuple(replace(part, text=part.text.replace(COUNTED, NAMED)) for part in paper.body)
    assert body != paper.body
    save_scan(scan(replace(paper, body=body), OFFICE_SCAN, dpi=200, rng=np.random.default_rng(30)), path)
    return path


def due_days(office: Office, document: DocumentRecord) -> set[dt.date | None]:
    with office.view() as view:
        return {line.due for line in view.assignments(document.id)} - {None}


def test_a_clear_letter_is_passed_on_by_its_upper_part_and_its_text_sets_the_day(tmp_path: Path) -> None:
    content = letter(tmp_path / "letter.pdf").read_bytes()
    with (
        an_office(tmp_path / "home", now=MONDAY, full_lane=True) as office,
        open_reader(office.settings, slots=1) as reader,
    ):
        drop(office, "letter.pdf", content)
        take_in(office, reader, MONDAY)
        document = work_one(office, reader, "head", MONDAY)
        assert (document.status, document.flags) == (Status.ASSIGNED, (BODY_UNREAD,))
        with office.view() as view:
            early = view.fields(document.id)
            assert [page.number for page in view.pages(document.id)] == [1], (
                "the clerk sees the paper at once"
            )
        assert early[FieldName.NUMBER_SYMBOL].value == "1187/UBND-KGVX"
        assert not {FieldName.SIGNER_NAME, FieldName.DEADLINES} & set(early)
        assert due_days(office, document) != {BY_TEXT}

        document = work_one(office, reader, "full", MONDAY)
        assert (document.status, document.flags) == (Status.ASSIGNED, ())
        with office.view() as view:
            fields, pages = view.fields(document.id), view.pages(document.id)
        assert fields[FieldName.SIGNER_NAME].value == "Đoàn Hữu Phước"
        assert fields[FieldName.NUMBER_SYMBOL] == early[FieldName.NUMBER_SYMBOL]
        assert due_days(office, document) == {BY_TEXT}
        assert [page.number for page in pages] == [1]
        assert office.store.beside(document.sha256, Beside.SEARCHABLE).exists()
