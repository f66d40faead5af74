"""A paper as read answers for all that was asked, and for the paper as a whole."""

from __future__ import annotations

import datetime as dt

import pytest

from documents.reading import FieldName
from fields.agencies import load_agencies
from fields.read import find_fields
from office.reading import EARLY_FIELDS, ReadPaper, bare_circumstances
from tests.fields.paper_from_text import letterhead, paper

AGENCIES = load_agencies()


@pytest.mark.parametrize(
    "asked",
    [pytest.param(frozenset(FieldName), id="every field"), pytest.param(EARLY_FIELDS, id="the early ones")],
)
def test_only_what_was_asked_is_answered_and_doubts_of_the_whole_paper_always(
    asked: frozenset[FieldName],
) -> None:
    page = paper(letterhead())
    read = ReadPaper(page, (), find_fields(page, AGENCIES), (), fields=asked)
    reading = read.check(bare_circumstances(AGENCIES, today=dt.date(2026, 11, 28)))
    assert {field.name for field in reading} <= asked
    assert asked <= EARLY_FIELDS or FieldName.SIGNER_NAME in reading.fields
    assert any("phần ký" in doubt for doubt in reading.doubts), "a head alone has no end"
