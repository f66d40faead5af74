"""Draw what was read over the paper: boxes with numbers, and beside the page what stands behind each number.

For people who want to see why a field is what it is, and for whoever works on the reading. One picture; the
pages that hold fields stand under each other, each with its list at the right.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from documents.reading import FieldReading, FieldValue, Reading
from documents.wording import FIELD_LABELS
from ocr.screen import PagePicture

PAGE_PX, PANEL_PX = 1100, 620
_EDGE, _LINE, _SMALL = 24, 28, 24
_PAPER, _GROUND, _INK, _MUTED = "#ffffff", "#f4f5f2", "#1b2026", "#59626d"
_CHECKED, _DOUBTFUL = "#17683c", "#b45f06"
_LETTERS_A_LINE = 48
_MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Lettering:
    """A typeface in two files: the Latin letters, and those only Vietnamese has."""

    latin: Path
    vietnamese: Path


@dataclass(frozen=True, slots=True)
class _Pen:
    latin: ImageFont.FreeTypeFont
    vietnamese: ImageFont.FreeTypeFont

    @classmethod
    def of(cls, lettering: Lettering, size_px: int) -> _Pen:
        return cls(
            ImageFont.truetype(str(lettering.latin), size_px),
            ImageFont.truetype(str(lettering.vietnamese), size_px),
        )

    def write(self, draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, colour: str) -> None:
        x, base = float(at[0]), at[1]
        for letter in text:
            font = self.vietnamese if _is_vietnamese(letter) else self.latin
            draw.text((x, base), letter, fill=colour, font=font, anchor="ls")
            x += font.getlength(letter)


def draw_overlay(
    pictures: Sequence[PagePicture], reading: Reading, lettering: Lettering, *, to: Path
) -> None:
    """Draw `reading` over the pages in `pictures` into the picture file `to`.

    Args:
        pictures: The pages as read; the boxes of `reading` are fractions of them.
        reading: Every field; those without a place are listed beside the first page.
        lettering: What to write with.
        to: A file whose ending says the kind (`.png`).

    Raises:
        OSError, ValueError: `to` cannot be written, or its ending names no kind of picture.
    """
    numbered = list(enumerate((f for f in reading if not _is_rightly_absent(f)), 1))
    absent = [FIELD_LABELS[f.name] for f in reading if _is_rightly_absent(f)]
    sheets = [
        _draw_page(p, _of_page(numbered, p.number, pictures), lettering, absent if p is pictures[0] else [])
        for p in pictures
    ]
    height = sum(sheet.height for sheet in sheets) or 1
    whole = Image.new("RGB", (PAGE_PX + PANEL_PX, height), _GROUND)
    top = 0
    for sheet in sheets:
        whole.paste(sheet, (0, top))
        top += sheet.height
    whole.save(to)


def _is_rightly_absent(field: FieldReading) -> bool:
    return not field.value and not field.reason


def _of_page(
    numbered: Iterable[tuple[int, FieldReading]], page: int, pictures: Sequence[PagePicture]
) -> list[tuple[int, FieldReading]]:
    """Fields that stand on `page`; on the first one also those that stand nowhere."""
    known = {p.number for p in pictures}
    first = pictures[0].number
    return [
        (number, field)
        for number, field in numbered
        if field.page == page or (page == first and field.page not in known)
    ]


def _draw_page(
    picture: PagePicture,
    fields: Sequence[tuple[int, FieldReading]],
    lettering: Lettering,
    absent: Sequence[str],
) -> Image.Image:
    with Image.open(picture.path) as opened:
        page = opened.convert("RGB")
    page = page.resize((PAGE_PX, max(round(page.height * PAGE_PX / page.width), 1)))
    lines = [(number, field, _lines(field)) for number, field in fields]
    missing = textwrap.wrap(f"Không có trên văn bản: {', '.join(absent)}." if absent else "", _LETTERS_A_LINE)
    panel = 2 * _EDGE + sum(_LINE + _SMALL * len(rest) + 10 for _, _, rest in lines) + _SMALL * len(missing)
    sheet = Image.new("RGB", (PAGE_PX + PANEL_PX, max(page.height, panel)), _GROUND)
    sheet.paste(page, (0, 0))
    draw = ImageDraw.Draw(sheet)
    name, small = _Pen.of(lettering, 20), _Pen.of(lettering, 17)
    for number, field, _ in lines:
        if field.box and field.page == picture.number:
            _draw_box(draw, field, number, page.size, small)
    y = _EDGE + 20
    for number, field, rest in lines:
        colour = _CHECKED if field.checked else _DOUBTFUL
        draw.rectangle((PAGE_PX + 14, y - 20, PAGE_PX + 19, y + _SMALL * len(rest) + 4), fill=colour)
        sign = "đã kiểm" if field.checked else "cần xem" if field.reason else "chưa kiểm"
        name.write(draw, (PAGE_PX + 32, y), f"{number}  {FIELD_LABELS[field.name]} · {sign}", colour)
        for text, muted in rest:
            y += _SMALL
            small.write(draw, (PAGE_PX + 32, y), text, _MUTED if muted else _INK)
        y += _LINE + 10
    for text in missing:
        small.write(draw, (PAGE_PX + 32, y), text, _MUTED)
        y += _SMALL
    return sheet


def _draw_box(
    draw: ImageDraw.ImageDraw, field: FieldReading, number: int, size: tuple[int, int], pen: _Pen
) -> None:
    assert field.box is not None  # noqa: S101 - asked by the caller
    colour = _CHECKED if field.checked else _DOUBTFUL
    x0, y0 = round(field.box.x0 * size[0]) - 3, round(field.box.y0 * size[1]) - 3
    x1, y1 = round(field.box.x1 * size[0]) + 3, round(field.box.y1 * size[1]) + 3
    draw.rectangle((x0, y0, max(x1, x0 + 2), max(y1, y0 + 2)), outline=colour, width=2)
    wide = 12 + 10 * len(str(number))
    draw.rectangle((x0, max(y0 - 20, 0), x0 + wide, max(y0, 20)), fill=colour)
    pen.write(draw, (x0 + 5, max(y0, 20) - 3), str(number), _PAPER)


def _lines(field: FieldReading) -> list[tuple[str, bool]]:
    """The value in black, then in gray why it needs eyes or what speaks for it."""
    said = textwrap.wrap(_text(field.value) or "—", _LETTERS_A_LINE)[:_MOST_LINES]
    behind = field.reason or " ".join(field.evidence)
    return [(line, False) for line in said] + [
        (line, True) for line in textwrap.wrap(behind, _LETTERS_A_LINE)[:_MOST_LINES]
    ]


def _text(value: FieldValue) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return " · ".join(item if isinstance(item, str) else str(item.get("phrase") or "") for item in value)


def _is_vietnamese(letter: str) -> bool:
    return letter in "ĂăĐđĨĩŨũƠơƯư₫" or "\u1ea0" <= letter <= "\u1ef9" or "\u0300" <= letter <= "\u0329"
