"""Second looks: places on the paper that a second reader should read again, and how.

The fields room says where and what for; the ocr room reads; the office carries the answers back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from documents.page import Box
from documents.reading import FieldName

LETTERS_ONLY, KNOWN_NAME = "~ ", "≈ "


def leaves_out(letter: str) -> bool:
    """Whether the reader behind `LETTERS_ONLY` has no sign for `letter`: two marks, a dot below or a hook.

    >>> [leaves_out(letter) for letter in "ấạảáâđ"]
    [True, True, True, False, False, False]
    """
    return "\u1e00" <= letter < "\u1f00"


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
    LIST = "list"
    """A copy list; the answer has its lines one a row, each followed by what the reader behind `LETTERS_ONLY`
    sees."""
    NAME = "name"
    """A signature block; the answer has all readings of a row of letters one a line, an empty line between
    rows, top to bottom. Readings behind `LETTERS_ONLY` are of a reader that knows no Vietnamese marks;
    behind `KNOWN_NAME`, names of known syllables that the same reader holds likely, after their percentage:
    `≈ 68 Hồ Đức Phớc`."""
    STROKES = "strokes"
    """Nothing to read: whether a short value is struck out."""


class SecondReader(StrEnum):
    """Who looked a second time; readers of different kinds err differently."""

    AGAIN = "tesseract-crop"
    """The engine of the first reading, on the place alone and larger."""
    ROW = "recogniser-row"
    """Another recogniser, on the whole row."""
    GAP = "recogniser-gap"
    """The same as `ROW`, on the gap alone and for digits only."""
    BLOCK = "tesseract-block"
    """The engine of the first reading on the row alone, as it stands and with all that reaches into it."""
    PEN = "pen-gap"
    """The network for digits by pen, on the same gap."""
    FORM = "stamp-form"
    """Another recogniser, on the rows that a stamp's form has; it answers only when no room is left for more:
    their labels, one a line."""
    STRIKE = "struck-out"
    """No reader of signs: it looks whether a value is struck out, and names those that are, one a line."""


ROW_READERS = frozenset({SecondReader.ROW, SecondReader.GAP, SecondReader.PEN, SecondReader.FORM})
"""The readers of rows that a pen may have filled, and of their labels."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Read `box` of `page` again, for `field`.

    `row` is the printed row in which `box` is a gap that a pen fills; a reader of rows finds the gap itself.
    A row of `TEXT` is its own box, and readers of other kinds are to read it too: always, or with `first`, as
    it was read first, only where the second reading differs from that.
    """

    field: FieldName
    page: int
    box: Box
    alphabet: Alphabet
    row: Box | None = None
    first: str | None = None


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader saw, and which reader it was; `text` None when it saw nothing it trusts.

    `shares` are texts, its own among them, each with how likely this reader holds it, 0 to 1; empty for a
    reader that cannot say.
    """

    look: SecondLook
    text: str | None
    reader: str
    shares: tuple[tuple[str, float], ...] = ()
