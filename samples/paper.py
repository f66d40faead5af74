"""What a paper says and how an office treats it, as plain values.

Lengths are millimetres from the top left corner of an upright A4 page; type sizes are points; angles are
degrees clockwise. What is written here is the truth a reading of the drawn scan can be compared with.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum, StrEnum

A4_MM = (210.0, 297.0)
"""Width and height of the paper, in millimetres."""


class Layout(StrEnum):
    """The rules of layout a paper follows."""

    TT01 = "tt01"
    """Circular 01/2011/TT-BNV, 2011 to 2020: page number bottom right, legal bases upright."""
    ND30 = "nd30"
    """Decree 30/2020/NĐ-CP: page number top centre, legal bases in italics."""
    PARTY = "party"
    """Party documents: no national motto, a star under the issuer, `Số 12-CV/TU`."""


class Hand(StrEnum):
    """How a value was put on the paper."""

    TYPED = "typed"
    PEN = "pen"


class Ink(Enum):
    """Colours of ink, as (red, green, blue) on white paper."""

    BLACK = (24, 24, 28)
    RED = (206, 32, 44)
    BLUE = (32, 54, 150)
    VIOLET = (92, 52, 140)


class Manner(StrEnum):
    """How a paragraph of the body is set."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CENTRED = "centred"
    """Bold and centred, as `QUYẾT ĐỊNH:`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The head of a paper. `parent` and `issuer` are its printed lines, `date` the day of issue."""

    parent: tuple[str, ...] = ()
    issuer: tuple[str, ...]
    number: str
    symbol: str
    place: str
    date: dt.date
    number_by: Hand = Hand.TYPED
    day_by: Hand = Hand.TYPED


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; `lead` are its first words, set in bold."""

    text: str
    manner: Manner = Manner.PLAIN
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs: `authority` lines (`TM. …`, `KT. …`), the office held, and the name."""

    authority: tuple[str, ...] = ()
    title: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The arrival stamp (dấu "ĐẾN") of the receiving office, 50 × 35 mm.

    `forwarded_to` is one line or several of the cell *Chuyển*; `file_row` names the last row, None when the
    form has none. `place` is the top left corner of the stamp before it is tilted.

    Source: Decree 30/2020/NĐ-CP, Appendix IV, form V.
    """

    agency: tuple[str, ...]
    number: str
    date: str
    forwarded_to: tuple[str, ...] = ()
    hand: Hand = Hand.PEN
    ink: Ink = Ink.RED
    pen_ink: Ink = Ink.BLUE
    tilt_deg: float = 1.5
    place: tuple[float, float] = (32.0, 62.0)
    file_row: str | None = "Số và ký hiệu HS:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The round seal of the issuer: words around its rim, words in its middle."""

    rim: str
    middle: tuple[str, ...] = ()
    ink: Ink = Ink.RED
    diameter_mm: float = 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A framed word: `KHẨN`, `HỎA TỐC`, `MẬT`. `place` is the top left corner of its frame."""

    words: str
    ink: Ink = Ink.RED
    tilt_deg: float = -1.0
    place: tuple[float, float] = (36.0, 66.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One official paper as it lies on the clerk's desk.

    A letter (công văn) has no `doc_type`: its `subject` stands under the number as `V/v …`. The lines of
    `subject` are printed as given for a named type and wrapped for a letter. `typist_mark` lines (typist's
    initials, number of copies) stand under the recipients; `panel` lines of an electronic signature above the
    head.
    """

    layout: Layout
    head: Letterhead
    doc_type: str | None = None
    subject: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    body: tuple[Paragraph, ...]
    signer: Signer
    recipients: tuple[str, ...] = ()
    typist_mark: tuple[str, ...] = ()
    urgency: Mark | None = None
    secrecy: Mark | None = None
    seal: Seal | None = None
    stamp: Stamp | None = None
    panel: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """Number and notation as printed: `02/KH-UBND`, and `12-CV/TU` on Party papers."""
        mark = "-" if self.layout is Layout.PARTY else "/"
        return f"{self.head.number}{mark}{self.head.symbol}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """What scanning, copying and time do to a page; all zero leaves it clean.

    Attributes:
        skew_deg: Turn of the page on the glass, clockwise.
        noise: Standard deviation of the sensor's noise, in grey levels of 255.
        blur: Standard deviation of the blur, in pixels.
        jpeg_quality: 1 to 95, None when no JPEG was between.
        speckle: Specks of dust and toner on a page.
        shading: Darkening towards one side, 0 to 1.
        grey: Scanned without colour.
        bilevel: Scanned in black and white only, as a fax.
        turned_deg: Quarter turns: 0, 90, 180 or 270.
    """

    skew_deg: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    jpeg_quality: int | None = None
    speckle: int = 0
    shading: float = 0.0
    grey: bool = False
    bilevel: bool = False
    turned_deg: int = 0


def printed_day(value: int) -> str:
    """A day or number under ten with its leading zero: `05`."""
    return f"{value:02d}"


def printed_month(value: int) -> str:
    """A month as the rules print it: `01` and `02` with a zero, March as `3`."""
    return f"{value:02d}" if value < 3 else str(value)
