"""The rubber on a paper: arrival stamp, round seal, framed marks, each as a mask of ink.

Source: Decree 30/2020/NĐ-CP, Appendix IV, form V (arrival stamp, 50 × 35 mm); Appendix I, part I, section
III, clause 2b (urgency marks, 8 mm high).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from samples.ink import Mask
from samples.paper import Hand, Mark, Seal, Stamp
from samples.penmanship import write
from samples.typeface import MM_PER_POINT, Face, load_font, width_mm

STAMP_MM = (50.0, 35.0)
MARGIN_MM = 10.0
"""Room around the frame for a hand that writes over it."""
ARRIVED_CELL_MM = 14.5
MARK_WIDTH_MM = {"KHẨN": 20.0, "THƯỢNG KHẨN": 40.0, "HỎA TỐC": 30.0, "MẬT": 20.0, "TỐI MẬT": 30.0}
MARK_HEIGHT_MM = 8.0


@dataclass(slots=True)
class Plate:
    """A mask to draw on in millimetres from the corner of a rubber stamp's frame."""

    dpi: int
    image: Image.Image
    margin_mm: float

    @classmethod
    def of_size(cls, width_mm: float, height_mm: float, *, dpi: int, margin_mm: float) -> Plate:
        """An empty plate with a margin around it."""
        scale = dpi / 25.4
        size = (round((width_mm + 2 * margin_mm) * scale), round((height_mm + 2 * margin_mm) * scale))
        return cls(dpi, Image.new("L", size), margin_mm)

    def px(self, mm: float) -> float:
        """Pixels from the plate's edge to a point `mm` inside the frame."""
        return (mm + self.margin_mm) * self.dpi / 25.4

    def line(self, x0: float, y0: float, x1: float, y1: float, thickness_mm: float = 0.4) -> None:
        """Draw a straight line."""
        width = max(round(thickness_mm * self.dpi / 25.4), 1)
        draw = ImageDraw.Draw(self.image)
        draw.line((self.px(x0), self.px(y0), self.px(x1), self.px(y1)), fill=255, width=width)

    def box(self, width_mm: float, height_mm: float, thickness_mm: float = 0.5) -> None:
        """Draw the frame."""
        for x0, y0, x1, y1 in (
            (0.0, 0.0, width_mm, 0.0),
            (0.0, height_mm, width_mm, height_mm),
            (0.0, 0.0, 0.0, height_mm),
            (width_mm, 0.0, width_mm, height_mm),
        ):
            self.line(x0, y0, x1, y1, thickness_mm)

    def text(
        self, text: str, x: float, y: float, *, size_pt: float, face: Face = Face.ROMAN, anchor: str = "ls"
    ) -> None:
        """Set `text` with its baseline at `y`; `anchor` as Pillow names it."""
        font = load_font(face, size_pt / 72 * self.dpi)
        draw = ImageDraw.Draw(self.image)
        draw.text((self.px(x), self.px(y)), text, fill=255, font=font, anchor=anchor)

    def pen(self, text: str, x: float, y: float, *, size_pt: float, rng: np.random.Generator) -> None:
        """Write `text` by hand from `x` on the baseline `y`."""
        mask, base = write(text, size_pt=size_pt, dpi=self.dpi, rng=rng)
        place = (round(self.px(x)), round(self.px(y)) - base)
        self.image.paste(255, place, Image.fromarray(mask))

    def mask(self) -> Mask:
        """What was drawn."""
        return np.asarray(self.image, np.uint8)


# ── arrival stamp ────────────────────────────────────────────────────────────────────────────────────────


def cut_stamp(stamp: Stamp, *, dpi: int, rng: np.random.Generator) -> tuple[Mask, Mask]:
    """The stamp as two masks of one size: the rubber, and the values put into it."""
    width, height = STAMP_MM
    rubber = Plate.of_size(width, height, dpi=dpi, margin_mm=MARGIN_MM)
    values = Plate.of_size(width, height, dpi=dpi, margin_mm=MARGIN_MM)
    name_height = 9.5 if len(stamp.agency) > 1 else 7.5
    rows_end = name_height + 13.5
    _cut_frame(rubber, stamp, name_height, rows_end)
    _fill_in(rubber, values, "Số:", stamp.number, y=name_height + 5.0, stamp=stamp, rng=rng)
    _fill_in(rubber, values, "Ngày:", stamp.date, y=name_height + 11.7, stamp=stamp, rng=rng)
    _fill_forwarding(rubber, values, stamp, rows_end, rng)
    return rubber.mask(), values.mask()


def _cut_frame(plate: Plate, stamp: Stamp, name_height: float, rows_end: float) -> None:
    width, height = STAMP_MM
    plate.box(width, height)
    plate.line(0, name_height, width, name_height)
    plate.line(ARRIVED_CELL_MM, name_height, ARRIVED_CELL_MM, rows_end)
    plate.line(ARRIVED_CELL_MM, name_height + 6.7, width, name_height + 6.7, 0.25)
    plate.line(0, rows_end, width, rows_end)
    size = min(10.0, *(10.0 * (width - 3) / width_mm(line, Face.BOLD, 10) for line in stamp.agency))
    for place, line in enumerate(stamp.agency):
        y = name_height / 2 + 1.3 + (place - (len(stamp.agency) - 1) / 2) * 4.0
        plate.text(line, width / 2, y, size_pt=size, face=Face.BOLD, anchor="ms")
    middle = (name_height + rows_end) / 2 + 1.7
    plate.text("ĐẾN", ARRIVED_CELL_MM / 2, middle, size_pt=14, face=Face.BOLD, anchor="ms")
    if stamp.file_row:
        plate.line(0, height - 5.6, width, height - 5.6, 0.25)
        plate.text(stamp.file_row, 1.5, height - 1.7, size_pt=9)


def _fill_in(
    rubber: Plate,
    values: Plate,
    label: str,
    value: str,
    *,
    y: float,
    stamp: Stamp,
    rng: np.random.Generator,
) -> None:
    """Print `label` right of the ĐẾN cell and its value after it, over a dotted line when by pen."""
    start = ARRIVED_CELL_MM + 1.5
    rubber.text(label, start, y, size_pt=11)
    end = start + width_mm(label, Face.ROMAN, 11) + 1.5
    if stamp.hand is Hand.TYPED:
        values.text(value, end, y, size_pt=12.5, face=Face.BOLD)
        return
    dots = "." * int((STAMP_MM[0] - 1.5 - end) / width_mm(".", Face.ROMAN, 11))
    rubber.text(dots, end, y + 0.4, size_pt=11)
    values.pen(value, end + rng.uniform(0.5, 3.0), y - 0.5, size_pt=15.5, rng=rng)


def _fill_forwarding(
    rubber: Plate, values: Plate, stamp: Stamp, top: float, rng: np.random.Generator
) -> None:
    y = top + 5.0
    rubber.text("Chuyển:", 1.5, y, size_pt=11)
    x = 1.5 + width_mm("Chuyển: ", Face.ROMAN, 11)
    for line in stamp.forwarded_to:
        if stamp.hand is Hand.TYPED:
            room = (STAMP_MM[0] - 1.0 - x) / width_mm(line, Face.ROMAN, 11)
            values.text(line, x, y, size_pt=11 * min(1.0, room))
        else:
            values.pen(line, x - 1, y - 0.3, size_pt=13, rng=rng)
        x, y = (1.5, y + 5.0) if stamp.hand is Hand.TYPED else (3.0, y + 5.4)


# ── seal and marks ───────────────────────────────────────────────────────────────────────────────────────


def cut_seal(seal: Seal, *, dpi: int) -> Mask:
    """The round seal: two rings, words between them, a star below, words in the middle."""
    size = seal.diameter_mm
    plate = Plate.of_size(size, size, dpi=dpi, margin_mm=1.0)
    _ring(plate, size, 0.0, 0.7)
    _ring(plate, size, 1.1, 0.25)
    _ring(plate, size, 6.3, 0.3)
    _around(plate, seal.rim, size)
    _star(plate, size / 2, size - 3.8, 1.5)
    fitted = min((10.0, *(10.0 * (size - 15) / width_mm(line, Face.BOLD, 10) for line in seal.middle)))
    for place, line in enumerate(seal.middle):
        y = size / 2 + 1.4 + (place - (len(seal.middle) - 1) / 2) * 4.4
        plate.text(line, size / 2, y, size_pt=fitted, face=Face.BOLD, anchor="ms")
    if not seal.middle:
        _star(plate, size / 2, size / 2, size * 0.22)
    return plate.mask()


def cut_mark(mark: Mark, *, dpi: int) -> Mask:
    """A framed word, 8 mm high."""
    natural = width_mm(mark.words, Face.BOLD, 14) + 5
    width = max(MARK_WIDTH_MM.get(mark.words, natural), natural)
    plate = Plate.of_size(width, MARK_HEIGHT_MM, dpi=dpi, margin_mm=1.5)
    plate.box(width, MARK_HEIGHT_MM, 0.55)
    plate.text(mark.words, width / 2, MARK_HEIGHT_MM / 2 + 1.7, size_pt=14, face=Face.BOLD, anchor="ms")
    return plate.mask()


def _ring(plate: Plate, size: float, inset: float, thickness_mm: float) -> None:
    box = (plate.px(inset), plate.px(inset), plate.px(size - inset), plate.px(size - inset))
    width = max(round(thickness_mm * plate.dpi / 25.4), 1)
    ImageDraw.Draw(plate.image).ellipse(box, outline=255, width=width)


def _around(plate: Plate, text: str, size: float) -> None:
    """Set `text` along the rim, its middle at the top, over at most 300 degrees."""
    radius = size / 2 - 4.9
    size_pt = 8.5
    length = width_mm(text, Face.BOLD, size_pt) * 1.12
    size_pt *= min(1.0, radius * math.radians(300) / length)
    angle = -length * min(1.0, size_pt / 8.5) / radius / 2
    for letter in text:
        half = width_mm(letter, Face.BOLD, size_pt) * 1.12 / radius / 2
        angle += half
        _letter_at(plate, letter, size, radius, angle, size_pt)
        angle += half


def _letter_at(plate: Plate, letter: str, size: float, radius: float, angle: float, size_pt: float) -> None:
    side = round(size_pt * MM_PER_POINT * 2.4 * plate.dpi / 25.4)
    tile = Image.new("L", (side, side))
    font = load_font(Face.BOLD, size_pt / 72 * plate.dpi)
    ImageDraw.Draw(tile).text((side / 2, side / 2), letter, fill=255, font=font, anchor="ms")
    tile = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
    x = plate.px(size / 2 + radius * math.sin(angle)) - side / 2
    y = plate.px(size / 2 - radius * math.cos(angle)) - side / 2
    plate.image.paste(255, (round(x), round(y)), tile)


def _star(plate: Plate, x: float, y: float, radius: float) -> None:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.4
        angle = math.pi * corner / 5
        points.append((plate.px(x + reach * math.sin(angle)), plate.px(y - reach * math.cos(angle))))
    ImageDraw.Draw(plate.image).polygon(points, fill=255)
