"""Second looks: places on the paper that a second reader should read again, and how.

The fields room says where and what for; the ocr room reads; the office carries the answers back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from documents.page import Box
from documents.reading import FieldName


class Alphabet(StrEnum):
    """What the second reader may expect at the place."""

    DIGITS = "digits"
    """A bare number: the gap between `Số:` and `/`."""
    REFERENCE = "reference"
    """A whole number and notation."""
    DATE = "date"
    """`ngày … tháng … năm …` or dd/mm/yyyy."""
    TEXT = "text"
    """A line of Vietnamese."""
    STAMP = "stamp"
    """A whole arrival stamp; the answer has its lines one a row."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Read `box` of `page` again, for `field`."""

    field: FieldName
    page: int
    box: Box
    alphabet: Alphabet


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader saw, and which reader it was; `text` None when it saw nothing it trusts."""

    look: SecondLook
    text: str | None
    reader: str
