"""A page as it was read: words with their place, lines, and regions set apart from the text.

Coordinates are fractions of the page, origin top left, x to the right, y downward, so that a box means the
same on a 100 dpi fax and on a 300 dpi scan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Source(StrEnum):
    """Where a word or a value was taken from."""

    OCR = "ocr"
    """Read from the picture of the page."""
    TEXT_LAYER = "text_layer"
    """The file's own text."""
    ANNOTATION = "annotation"
    """A PDF annotation (number and day of many digitally signed files)."""
    STAMP = "stamp"
    """Read inside the arrival stamp, apart from the text."""
    FILE = "file"
    """File name or metadata: a hint, never proof."""
    SIGNATURE = "signature"
    """The certificate or panel of a digital signature."""
    INFERRED = "inferred"
    """Not printed where it belongs; concluded from other places, said so."""
    REGISTER = "register"
    """Allotted by the book."""
    PERSON = "person"
    """A person's word."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the page: 0 ≤ x0 ≤ x1 ≤ 1 and 0 ≤ y0 ≤ y1 ≤ 1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width as a fraction of the page's width."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height as a fraction of the page's height."""
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        """The centre, (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def overlap(self, other: Box) -> float:
        """Share of this box's area that lies inside `other`, 0 to 1; 0 for a box without area."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        area = self.width * self.height
        return width * height / area if width > 0 and height > 0 and area > 0 else 0.0

    def as_list(self) -> list[float]:
        """`[x0, y0, x1, y1]` rounded to four places, as `read --json` prints it."""
        return [round(v, 4) for v in (self.x0, self.y0, self.x1, self.y1)]


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all `boxes`; ValueError when there is none."""
    every = list(boxes)
    return Box(
        min(b.x0 for b in every),
        min(b.y0 for b in every),
        max(b.x1 for b in every),
        max(b.y1 for b in every),
    )


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place. `confidence` is the engine's, 0 to 100; a hint, never a proof."""

    text: str
    box: Box
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words that the engine put on one line, left to right; it may run across two columns of the head."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces between."""
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> Box:
        """The smallest box around the words."""
        return around(w.box for w in self.words)


class RegionKind(StrEnum):
    """What was set apart from the text."""

    ARRIVAL_STAMP = "arrival_stamp"
    SEAL = "seal"
    SIGNATURE_PANEL = "signature_panel"
    FRAMED_MARK = "framed_mark"
    """A short framed word: urgency, secrecy, `XEM XONG TRẢ LẠI`."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page read apart from the text, with its own lines (boxes still of the whole page)."""

    kind: RegionKind
    box: Box
    lines: tuple[Line, ...] = ()
    ink: str | None = None
    """`red`, `blue` or `black` where it could be told; `mixed` for a coloured stamp with black writing."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in pixels as read, its lines in reading order and its regions.

    Lines of an arrival stamp are in its region only, never among `lines`.
    """

    number: int
    width_px: int
    height_px: int
    dpi: int
    lines: tuple[Line, ...]
    regions: tuple[Region, ...] = ()
    source: Source = Source.OCR
    read_to: float = 1.0
    """How far down it was read, as a fraction of its height; below, nobody knows what stands there."""

    @property
    def is_whole(self) -> bool:
        """Whether all of it was read."""
        return self.read_to >= 1.0

    @property
    def text(self) -> str:
        """All lines, one a row."""
        return "\n".join(line.text for line in self.lines)

    def regions_of(self, kind: RegionKind) -> tuple[Region, ...]:
        """The regions of one kind, top to bottom."""
        return tuple(sorted((r for r in self.regions if r.kind is kind), key=lambda r: r.box.y0))


@dataclass(frozen=True, slots=True)
class Annotation:
    """Text that a PDF carries outside its page content (stamped number, day, comment)."""

    page: int
    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class SignaturePanel:
    """What a digital signature says of itself; evidence, for nobody's root certificate is trusted here.

    `intact`: the bytes it covers are still as signed; None when that could not be verified.
    """

    signer: str | None
    signed_at: str | None
    """ISO 8601 as the file has it."""
    organisation: str | None = None
    intact: bool | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole file as read so far: the pages that were read and what else the file carries.

    `pages` may hold only some of `page_count` pages (the head first, then the signature page).
    `text_layer` holds the file's own text only when it passed the test for being real Vietnamese.
    """

    file_name: str
    sha256: str
    media_type: str
    page_count: int
    pages: tuple[Page, ...]
    text_layer: tuple[Page, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    signatures: tuple[SignaturePanel, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = field(default=())
    """What a person should know: `repaired`, `signed`, `annotated`, `more_pages_unread` …"""
    is_begun: bool = False
    """Whether only its beginning was read: what is not there may stand further down."""

    def page(self, number: int) -> Page | None:
        """The page with that number, counted from 1, when it was read."""
        return next((p for p in self.pages if p.number == number), None)
