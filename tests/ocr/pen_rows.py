"""Typed rows in whose gaps a pen has written, drawn for the tests."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from documents.page import Box
from ocr.raster import Raster
from samples.penmanship import write
from samples.typeface import Face, load_font

DPI = 200
_EM = round(13 / 72 * DPI)
_LEFT, _BASE = 60, 90


def draw_row(
    *parts: str | tuple[str, int], dotted: bool = False, seed: int = 1, dpi: int = DPI
) -> tuple[Raster, Box]:
    """Draw a row of typed parts and gaps, and return it on a strip of page with the box of its print.

    A part is typed text, or what the pen writes (maybe nothing) with the pixels that the gap is wide.
    """
    rng = np.random.default_rng(seed)
    page = Image.new("L", (1200, 160), 255)
    pen = ImageDraw.Draw(page)
    x = float(_LEFT)
    for part in parts:
        if isinstance(part, str):
            font = load_font(Face.ROMAN, _EM)
            pen.text((x, _BASE), part, fill=0, font=font, anchor="ls")
            x += font.getlength(part)
            continue
        written, width = part
        if dotted:
            for dot in range(round(x), round(x) + width - 3, 6):
                pen.ellipse((dot, _BASE - 1, dot + 2, _BASE + 1), fill=0)
        if written:
            mask, base = write(written, size_pt=15, dpi=DPI, rng=rng)
            page.paste(30, (round(x), _BASE - base), Image.fromarray(mask))
        x += width
    pixels = np.asarray(page, np.uint8)
    box = Box(_LEFT / 1200, (_BASE - 0.75 * _EM) / 160, x / 1200, (_BASE + 0.25 * _EM) / 160)
    return Raster(pixels, dpi), box


def number_row(
    number: str, *, symbol: str = "/KH-UBND", width: int = 150, **more: bool | int
) -> tuple[Raster, Box]:
    """`Số:` with a number by pen before the notation."""
    return draw_row("Số: ", (number, width), symbol, **more)  # type: ignore[arg-type]  # as `draw_row` has them


def date_row(day: str, month: str, year: int, **more: bool | int) -> tuple[Raster, Box]:
    """`ngày … tháng … năm …` with day and month by pen."""
    return draw_row("ngày ", (day, 70), "tháng ", (month, 60), f"năm {year}", **more)  # type: ignore[arg-type]  # as above
